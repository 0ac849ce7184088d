"""Terminal, plan, guide and JSON tell the same reasons of everybody, in the same order."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.account import account_of, reasons_of, to_json
from trellis.cli import clinician, public
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.guide.next_data import next_of
from trellis.guide.site import read_site
from trellis.guide.words import talk_of
from trellis.plans import make_plan
from trellis.plans.render import to_markdown
from trellis.say import Say

ROOT = Path(__file__).parents[2]
NODE = ("node", "tests/guide/js/reasons.mjs")
ON_PAPER = 8
PEOPLE = vignettes()
EVERYBODY = pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])


@cache
def decided(number: int) -> trellis.Recommendation:
    return person(shipped(), PEOPLE[number])


def told(rec: trellis.Recommendation) -> list[str]:
    return [reason.need for reason in reasons_of(rec)]


def one_line(text: str) -> str:
    return " ".join(text.split())


def told_apart(rec: trellis.Recommendation) -> list[str]:
    return [reason.need for reason in reasons_of(rec) if reason.later]


def tells_of_danger(rec: trellis.Recommendation, private: list[str]) -> bool:
    """Whether the page on paper tells of a danger in which something is to be done at once."""
    return any(shipped().urgent[view.id].actions and not set(view.needs) <= set(private) for view in rec.urgent)


def spoken_in(rec: trellis.Recommendation, text: str, role: str) -> list[str]:
    """The needs whose sentences stand in a text, in the order in which they stand there."""
    line, found = one_line(text), {}
    for need in rec.needs:
        for hour, alternatives in product((True, False), repeat=2):
            words = need.need.told(hour=hour, alternatives=alternatives)
            place = line.find(one_line(words.for_role(role).en))
            if place >= 0:
                found[need.id] = place
    return sorted(found, key=lambda name: found[name])


def section(text: str, title: str) -> str:
    """What stands under a smaller heading of the terminal, up to the next empty line."""
    lines = text.splitlines()
    start = lines.index(title) + 1
    return "\n".join(lines[start : lines.index("", start)])


@EVERYBODY
def test_the_terminal_tells_the_person_these_reasons(
    vignette: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    rec = decided(PEOPLE.index(vignette))
    public.short(View(rec, Say("en"), Terminal(), "person"))
    page, apart = capsys.readouterr().out, told_apart(rec)
    shown = section(page, Say("en")("result.why_heading"))
    assert spoken_in(rec, shown, "person") == [need for need in told(rec) if need not in apart]
    after = section(page, Say("en")("grounds.later")) if apart else ""
    assert spoken_in(rec, after, "person") == apart


@EVERYBODY
def test_the_terminal_tells_the_clinician_these_reasons(
    vignette: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    rec = decided(PEOPLE.index(vignette))
    clinician.short(View(rec, Say("en"), Terminal(), "clinician"))
    shown = section(capsys.readouterr().out, Say("en")("clinician.active"))
    assert [name for name in re.findall(r"\[([a-z0-9-]+)\]", one_line(shown)) if name in rec.kb.needs] == told(rec)


@EVERYBODY
def test_only_in_danger_is_a_reason_told_apart_and_none_of_the_danger_itself(vignette: dict[str, Any]) -> None:
    rec = decided(PEOPLE.index(vignette))
    apart = told_apart(rec)
    assert told(rec)[len(told(rec)) - len(apart) :] == apart
    if apart:
        assert any(shipped().urgent[view.id].actions for view in rec.urgent)
        assert not {need for view in rec.urgent for need in view.needs} & set(apart)
        assert not set(make_plan(rec).placing.holds) & set(apart)


def test_some_vignette_has_reasons_told_apart() -> None:
    assert any(told_apart(decided(number)) for number in range(len(PEOPLE)))


@EVERYBODY
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_the_plan_tells_these_reasons(vignette: dict[str, Any], role: str) -> None:
    rec = decided(PEOPLE.index(vignette))
    plan = make_plan(rec)
    assert list(plan.placing.because) == told(rec)
    page = to_markdown(rec.kb, plan, layout="full", role=role)
    holds = plan.placing.holds
    with_the_place, further_down = ("**Why**\n", "## What else the answers say\n")
    for heading, expected in (
        (with_the_place, [need for need in told(rec) if need in holds or not holds]),
        (further_down, [need for need in told(rec) if holds and need not in holds]),
    ):
        _, _, after = page.partition(heading)
        reasons = re.split(r"\n(?=\*\*|#)", after)[0] if expected else ""
        assert spoken_in(rec, re.sub(r"\\(?=[^\w\s])", "", reasons), role) == expected


@EVERYBODY
def test_both_kinds_of_json_hold_these_reasons_with_what_is_folded(vignette: dict[str, Any]) -> None:
    rec = decided(PEOPLE.index(vignette))
    expected = [{"need": one.need, "folded": list(one.folded), "later": one.later} for one in reasons_of(rec)]
    assert to_json(rec)["reasons"] == expected
    plain = public.to_json(View(rec, Say("en"), Terminal(), "person"))
    assert plain["reasons"] == expected
    assert len(plain["why"]) == len(expected)


def test_the_guide_tells_these_reasons_on_its_result_and_on_the_printed_page() -> None:
    kb = shipped()
    site, _ = read_site(None, kb, AS_OF)
    texts = {"talk": talk_of(kb, "en", site.to_json("en")), "more": compare_of(kb, "en"), "next": next_of(kb, "en")}
    given = [one["answers"] if one.get("others") == "unknown" else complete(kb, one["answers"]) for one in PEOPLE]
    sent = json.dumps({"core": core_of(kb), "texts": texts, "people": given, "asOf": AS_OF.isoformat()}, default=list)
    done = subprocess.run(NODE, input=sent, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for number, found in enumerate(json.loads(done.stdout)):
        rec = decided(number)
        assert found["reasons"] == told(rec), PEOPLE[number]["id"]
        told_here = [need for needs in found["settings"] for need in needs]
        assert all(needs == [need for need in told(rec) if need in needs] for needs in found["settings"])
        assert set(told_here) <= set(told(rec))
        open_to_all = [need for need in told(rec) if need not in found["private"]][:ON_PAPER]
        title = Say("en")("guide.paper.reasons")
        page = found["page"].split(title, 1)[1].split(Say("en")("guide.paper.questions"), 1)[0]
        assert spoken_in(rec, page, "person") == open_to_all, PEOPLE[number]["id"]
        apart = [need for need in told_apart(rec) if need in open_to_all and tells_of_danger(rec, found["private"])]
        _, heading, after = page.partition(Say("en")("grounds.later"))
        assert bool(heading) == bool(apart), PEOPLE[number]["id"]
        assert spoken_in(rec, after, "person") == apart, PEOPLE[number]["id"]


@EVERYBODY
@pytest.mark.parametrize("audience", ["person", "clinician"])
def test_the_account_gives_both_audiences_these_reasons(vignette: dict[str, Any], audience: Any) -> None:
    rec = decided(PEOPLE.index(vignette))
    assert account_of(rec, audience=audience).reasons == reasons_of(rec)
