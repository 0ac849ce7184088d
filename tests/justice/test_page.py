"""The pages say what was found, once for every form, in both languages, for the person and for the team."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import outloud
import pdfua
import pytest

import trellis
from tests.support import person, shipped, vignettes
from trellis.justice.assessment import read_assessment
from trellis.justice.page import PAGE_KINDS, Page, page_of
from trellis.justice.render import to_html, to_markdown, to_pdf
from trellis.kinds.text import LANGUAGES

DAY = date(2026, 11, 23)
PEOPLE = {one["id"]: one for one in vignettes() if "justice" in one}
PRINTER = {"ORD-001", "PAG-001"}
"""What the second checker warns of and the printer cannot change: see tests/plans/test_pdf_ua.py."""
REDUCES = re.compile(
    r"\b(offenders?|addicts?|criminals?|inmates?|convicts?|felons?|delincuentes?|reos?|adictos?)\b", re.I
)


def page(name: str, kind: Any, **more: Any) -> Page:
    rec = person(shipped(), PEOPLE[name])
    read = read_assessment(shipped(), PEOPLE[name]["justice"] | more.pop("also", {}), as_of=DAY)
    return page_of(rec, read, kind, as_of=DAY, **more)


def words(found: Page) -> str:
    return to_markdown(found)


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", ["person", "clinician"])
@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_can_be_made_of_everybody_and_reduces_nobody(name: str, role: Any, lang: str, kind: Any) -> None:
    found = page(name, kind, lang=lang, role=role)
    # A title of a source is as it was published.
    own = words(found).partition("## Sources")[0].partition("## Fuentes")[0]
    assert not REDUCES.findall(own)
    assert "911" in own
    assert "988" in own


@pytest.mark.parametrize("role", ["person", "loved_one"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_in_custody_is_sent_to_an_emergency_room(lang: str, role: Any) -> None:
    first = page("jail-wants-to-die", "reentry", lang=lang, role=role).sections[0]
    there = shipped().inside_now["custody"]
    assert first.items == (there.person if role == "person" else there.loved_one).in_language(lang)
    out = page(
        "jail-wants-to-die",
        "reentry",
        lang=lang,
        also={"status": "parole", "custody": {"place": "jail", "release": "2026-11-20", "out": "yes"}},
    )
    assert out.sections[0].items == shipped().urgent["suicide"].person.in_language(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_danger_stands_before_everything_else(lang: str) -> None:
    first = page("jail-wants-to-die", "track", lang=lang).sections[0]
    assert first.danger
    assert first.title == shipped().urgent["suicide"].title.in_language(lang)


def test_what_saves_lives_stands_first_for_somebody_leaving_jail() -> None:
    found = page("jail-fentanyl-out-in-three-weeks", "reentry")
    assert found.sections[0].title == "Not ready yet, and it saves lives"
    assert any("naloxone" in line for line in found.sections[0].items)
    assert found.sections[1].title == "The first two weeks are the most dangerous"


def test_a_parolee_is_told_that_a_drug_court_is_not_for_them() -> None:
    text = words(page("parole-same-person-no-drug-court", "track"))
    assert "it is not for you now" in text
    assert "A drug court may be for you" not in text


def test_at_low_risk_the_page_says_that_hours_can_harm() -> None:
    assert "At low risk they can do harm" in words(page("low-low-diversion", "dose"))


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_not_tested_stands_on_every_page_of_hours(name: str) -> None:
    assert "They have not been fully tested" in words(page(name, "dose"))


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_each_page_says_that_care_comes_from_health_alone(kind: Any) -> None:
    assert "A risk score takes no part in it" in words(page("high-risk-nothing-clinical", kind))


def test_a_collision_is_told_once_with_its_days_and_a_way_out() -> None:
    lines = [line for line in words(page("rules-that-collide", "reentry")).splitlines() if "Group" in line]
    assert len(lines) == 1
    assert "Monday and Wednesday" in lines[0]
    assert "written pass" in lines[0]


def test_only_the_team_reads_sources_and_what_nobody_checked_is_marked() -> None:
    team = page("jail-fentanyl-out-in-three-weeks", "reentry", role="clinician")
    assert team.sections[-1].title == "Sources"
    assert page("jail-fentanyl-out-in-three-weeks", "reentry").sections[-1].title != "Sources"
    kb = shipped()
    for line in page("court-high-risk-high-need", "track", role="clinician").sections[-1].items:
        source = next(one for one in kb.sources.values() if line.startswith(one.cite()))
        assert ("Not yet checked" in line) == (source.verified == "memory")
        assert ("Read in an account" in line) == (source.verified == "secondary")


def test_what_is_from_memory_is_marked_for_the_team_and_brings_no_source() -> None:
    team = words(page("out-since-monday-parole", "reentry", role="clinician"))
    line = next(line for line in team.splitlines() if "First report with the treatment hours" in line)
    assert "Not yet checked against a source" in line
    kb = shipped()
    tasks = kb.of("reentry_tasks")
    only = {ref.ref for ref in tasks["first_report"].sources}
    others = {ref.ref for name, task in tasks.items() if name != "first_report" for ref in task.sources}
    for name in only - others:
        assert kb.sources[name].cite() not in team


def test_what_somebody_typed_becomes_no_tag_and_no_block() -> None:
    also = {"called": "<script>x</script> [a](b)\n# c"}
    found = page("rules-that-collide", "track", also=also)
    assert "<script" not in to_html(found)
    assert "\n# c" not in words(found)
    assert "[a](b)" not in words(found)


def test_both_languages_have_the_same_blocks() -> None:
    for name in PEOPLE:
        for kind in PAGE_KINDS:
            one, other = (page(name, kind, lang=lang) for lang in LANGUAGES)
            shape = [(len(block.says), len(block.items), len(block.rows)) for block in one.sections]
            assert shape == [(len(block.says), len(block.items), len(block.rows)) for block in other.sections]


@pytest.mark.parametrize(("kind", "lang", "role"), [("reentry", "es", "person"), ("track", "en", "clinician")])
def test_two_checkers_of_printed_pages_find_nothing_to_mend(kind: Any, lang: str, role: Any, tmp_path: Any) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(to_pdf(page("jail-fentanyl-out-in-three-weeks", kind, lang=lang, role=role)))
    assert not pdfua.validate(str(path)).findings
    second = outloud.check(str(path))
    assert not second.errors
    assert not [one for one in second.findings if one.rule not in PRINTER]


def test_an_empty_file_makes_a_page_that_asks() -> None:
    rec = trellis.decide(shipped(), {}, as_of=DAY)
    found = page_of(rec, read_assessment(shipped(), None, as_of=DAY), "track", as_of=DAY)
    asked = next(block for block in found.sections if block.title == "To talk over")
    assert len(asked.items) >= 20


def dose_words(justice: Any, **answers: str) -> str:
    rec = trellis.decide(shipped(), answers, as_of=DAY)
    return words(page_of(rec, read_assessment(shipped(), justice, as_of=DAY), "dose", as_of=DAY))


def test_hours_between_two_levels_are_told_as_a_range_and_what_was_attended_beside_them() -> None:
    session = {"program": "t4c", "on": "2026-11-10", "hours": 2}
    answers = {"justice.reoffending_risk": "high"}
    assert "Between 200 and 300 hours" in dose_words({"attendance": [session]}, **answers)
    assert "So far 2 hours count." in dose_words({"attendance": [session]}, **answers)


def test_hours_at_low_risk_are_told_as_too_much() -> None:
    session = {"program": "t4c", "on": "2026-11-10", "hours": 2}
    risk = {"tool": "oras", "level": "low", "on": "2026-11-01"}
    told = dose_words({"risk": risk, "attendance": [session]})
    assert "Ask the officer or a lawyer to end the program" in told
    # Who just stays away can be held to have broken a rule.
    assert "keep going until they say yes" in told


def test_a_way_whose_length_nobody_told_is_asked_about() -> None:
    slot = {"what": "Group", "kind": "program", "days": ["mon"], "from": "18:00", "to": "20:00"}
    assert "How long the way takes is not known: Group." in words(
        page("rules-that-collide", "reentry", also={"week": [slot]})
    )


# --- somebody close: what they can do for a release

ADDRESSED = {
    "en": re.compile(
        r"\b(you (?:leave|take|use|come out)|your (?:officer|medicine|next dose|rules|needs|risk))\b", re.I
    ),
    "es": re.compile(r"\b(su (?:oficial|medicina|siguiente dosis|riesgo)|sus (?:reglas|necesidades))\b", re.I),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PEOPLE)
def test_somebody_close_reads_what_they_can_do_and_is_not_spoken_to_as_the_person(name: str, lang: str) -> None:
    found = page(name, "reentry", lang=lang, role="loved_one")
    dangers = {shipped().urgent[one.id].title.in_language(lang) for one in person(shipped(), PEOPLE[name]).urgent}
    own = [block for block in found.sections if block.title not in dangers]
    told = words(Page(found.title, lang, (), tuple(own), ""))
    assert not ADDRESSED[lang].findall(told.replace("your home", ""))
    assert not REDUCES.findall(told)


def test_each_task_of_a_release_has_words_for_somebody_close() -> None:
    assert not [name for name, task in shipped().of("reentry_tasks").items() if task.what.loved_one is None]


def test_a_mother_is_told_of_the_danger_as_somebody_close() -> None:
    first = page("jail-wants-to-die", "reentry", role="loved_one").sections[0]
    assert first.items == shipped().inside_now["custody"].loved_one.in_language("en")


@pytest.mark.parametrize("kind", ["track", "dose"])
def test_track_and_hours_are_the_persons_own_matter(kind: Any) -> None:
    with pytest.raises(ValueError, match="no page for somebody close"):
        page("jail-wants-to-die", kind, role="loved_one")


JAIL = {"custody": {"place": "jail"}}


def of(answers: dict[str, Any], justice: dict[str, Any], kind: Any, **more: Any) -> Page:
    read = read_assessment(shipped(), justice, as_of=DAY)
    return page_of(trellis.decide(shipped(), answers, as_of=DAY), read, kind, as_of=DAY, **more)


@pytest.mark.parametrize(
    ("answers", "named", "unnamed"),
    [
        ({"use.alcohol": "severe"}, "acamprosate", "methadone"),
        ({"use.stimulants": "severe"}, "cm", "buprenorphine"),
        ({"use.opioids": "severe"}, "methadone", "acamprosate"),
    ],
)
def test_a_medicine_is_named_only_for_the_use_that_it_treats(answers: Any, named: str, unnamed: str) -> None:
    told = words(of({"age": "adult", "pregnancy": "no"} | answers, {}, "dose"))
    short = {name: shipped().approaches[name].short.in_language("en") for name in (named, unnamed)}
    assert short[named] in told
    assert short[unnamed] not in told


def test_at_low_risk_no_page_names_a_program_aimed_at_offending() -> None:
    low = {
        "risk": {"tool": "oras", "level": "low", "on": "2026-11-01"},
        "needs": {"peers": "high", "attitudes": "high"},
    }
    high = low | {"risk": {"tool": "oras", "level": "high", "on": "2026-11-01"}}
    for kind in ("track", "dose"):
        assert "T4C" not in words(of({}, low, kind))
        assert "T4C" in words(of({}, high, kind))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", ["person", "loved_one"])
def test_who_is_inside_reads_first_whom_to_tell_there(lang: str, role: Any) -> None:
    there = shipped().inside_now["custody"].crisis
    assert there is not None
    answered = of({"justice.involvement": "custody"}, {}, "reentry", lang=lang, role=role)
    assert there.for_role(role).in_language(lang) in answered.lead[-1]
    released = {"custody": {"release": "2026-11-20", "out": "yes"}}
    assert there.for_role(role).in_language(lang) not in of({}, released, "reentry", lang=lang, role=role).lead[-1]


def test_the_team_is_not_told_that_it_is_the_person() -> None:
    told = words(of({"use.opioids": "severe"}, JAIL, "reentry", role="clinician"))
    assert not re.search(r"\b[Yy]our?\b", told.partition("## Sources")[0].replace("For you", ""))
