"""One file says one thing: what stands below ``justice:`` is known to every page, and where somebody is, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import trellis
from tests.support import shipped
from trellis.account import inside_of
from trellis.cli import app
from trellis.errors import AnswerError
from trellis.justice.assessment import read_assessment
from trellis.justice.told import FACT, INVOLVEMENT, with_justice
from trellis.kinds.text import LANGUAGES

DAY = date(2026, 11, 30)
Invoke = Callable[..., Result]
ELSEWHERE = ("emergency room", "sala de emergencias", "drug stores")


def told(justice: dict[str, Any], answers: dict[str, Any] | None = None) -> dict[str, Any]:
    return with_justice(shipped(), answers or {}, read_assessment(shipped(), justice, as_of=DAY), as_of=DAY)


@pytest.mark.parametrize(
    ("justice", "step"),
    [
        ({"status": "custody_pretrial"}, "custody"),
        ({"status": "probation", "custody": {"place": "jail"}}, "custody"),
        ({"status": "parole", "custody": {"release": "2026-11-20", "out": "yes"}}, "released"),
        ({"status": "parole", "custody": {"release": "2026-10-01", "out": "yes"}}, "supervision"),
        ({"status": "pretrial"}, "supervision"),
        ({"status": "none"}, None),
        ({"status": "unknown"}, None),
    ],
)
def test_the_legal_status_and_custody_are_known_to_the_answers(justice: dict[str, Any], step: str | None) -> None:
    assert told(justice).get(INVOLVEMENT) == step


@pytest.mark.parametrize(
    ("level", "on", "step"),
    [("low", "2026-11-01", "low"), ("moderate_high", "2026-11-01", "high"), ("high", "2026-01-01", None)],
)
def test_a_risk_is_known_to_the_answers_while_it_counts(level: str, on: str, step: str | None) -> None:
    assert told({"risk": {"tool": "oras", "level": level, "on": on}}).get(FACT) == step


def test_what_was_answered_stays_and_what_was_left_open_is_filled() -> None:
    jail = {"custody": {"place": "jail"}}
    assert told(jail, {INVOLVEMENT: "released"})[INVOLVEMENT] == "released"
    assert told(jail, {INVOLVEMENT: "declined"})[INVOLVEMENT] == "declined"
    assert told(jail, {INVOLVEMENT: "not_known"})[INVOLVEMENT] == "custody"


def test_who_is_out_below_justice_and_inside_in_the_answers_is_asked_which() -> None:
    with pytest.raises(AnswerError, match=r"justice\[custody\]: says that the person is out, .* Mend one of the two"):
        told({"custody": {"release": "2026-11-20", "out": "yes"}}, {INVOLVEMENT: "custody"})


@pytest.mark.parametrize("justice", [{"status": "parole"}, {"custody": {"place": "jail"}}])
def test_it_never_changes_the_level_of_care(justice: dict[str, Any]) -> None:
    answers = {"focus": "both", "age": "adult", "use.opioids": "severe"}
    high = justice | {"risk": {"tool": "oras", "level": "high", "on": "2026-11-01"}}
    alone, joined = (trellis.decide(shipped(), one, as_of=DAY) for one in (answers, told(high, answers)))
    assert (joined.least.now, joined.most.now) == (alone.least.now, alone.most.now)


def file(**more: Any) -> str:
    answers = {"harm.suicide_thoughts": "intent", "use.opioids": "severe", "age": "adult"} | more.pop("answers", {})
    return json.dumps({"as_of": "2026-11-30", "answers": answers} | more)


INSIDE = [{"justice": {"custody": {"place": "jail"}}}, {"answers": {INVOLVEMENT: "custody"}}]
COMMANDS = [
    ("decide", "-"),
    ("approaches", "--for", "-"),
    ("compare", "iop", "outpatient", "--for", "-"),
    ("plan", "new", "-"),
    ("justice", "track", "-"),
    ("justice", "dose", "-"),
    ("justice", "reentry", "-"),
    ("justice", "report", "-", "--copy"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("where", INSIDE)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_page_sends_somebody_in_jail_to_an_emergency_room(
    command: tuple[str, ...], where: dict[str, Any], lang: str
) -> None:
    there = shipped().inside_now["custody"].person.in_language(lang)[0]
    shown = CliRunner().invoke(app, [*command, "--lang", lang], input=file(**where))
    flat = " ".join(shown.stdout.split())
    assert there in flat
    assert [words for words in ELSEWHERE if words in flat] == []


@pytest.mark.parametrize("command", [("decide", "-"), ("justice", "track", "-"), ("justice", "reentry", "-")])
def test_plain_values_do_not_either(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*command, "--json"], input=file(**INSIDE[0]))
    there = shipped().inside_now["custody"]
    assert json.loads(shown.stdout)["urgent"][0]["person"] == list(there.person.in_language("en"))


def test_who_is_not_inside_is_told_of_911_as_before() -> None:
    shown = CliRunner().invoke(app, ["decide", "-"], input=file(justice={"status": "parole"}))
    assert shipped().inside_now["custody"].person.in_language("en")[0] not in " ".join(shown.stdout.split())
    assert "Call 911" in shown.stdout


def test_a_fault_below_justice_is_told_by_every_command() -> None:
    for command in (("decide", "-"), ("approaches", "--for", "-"), ("plan", "new", "-")):
        shown = CliRunner().invoke(app, command, input=file(justice={"status": "parol"}))
        assert shown.exit_code == 1
        assert "justice.status: is [parol]. Did you mean parole?" in " ".join(shown.stderr.split())


def test_where_somebody_is_counts_only_when_it_is_certain() -> None:
    for answers, place in (
        ({}, None),
        ({INVOLVEMENT: "released"}, None),
        ({"history.discharge": "in_care_now"}, "inside"),
    ):
        found = inside_of(trellis.decide(shipped(), answers, as_of=DAY))
        assert (found.id if found else None) == place


@pytest.mark.parametrize("name", ["harm.danger_now", "harm.not_eating", "overdose.recent", "withdrawal.opioid_signs"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_reason_sends_somebody_in_jail_elsewhere(name: str, lang: str) -> None:
    kb = shipped()
    answers = {"age": "adult", name: kb.facts[name].step_at(kb.facts[name].top).id}

    def flat(**more: str) -> str:
        typed = json.dumps({"as_of": "2026-11-30", "answers": answers | more})
        return " ".join(CliRunner().invoke(app, ["decide", "-", "--lang", lang], input=typed).stdout.split())

    room = ("mergency room", "ala de emergencias")[lang == "es"]
    assert room in flat()
    assert room not in flat(**{INVOLVEMENT: "custody"})
