"""A report tells only what a written consent names, to whom it names, while it holds; else nothing, and not why."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import date
from typing import Any

import outloud
import pdfua
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.justice.reporting import (
    DAY,
    GIVEN,
    HELD,
    KB,
    OF_PART,
    PRINTER,
    REFUSALS,
    given_,
    read,
    refused,
    sections,
    told,
)
from tests.support import message
from trellis.justice import report
from trellis.justice.assessment import Assessment, read_assessment
from trellis.justice.consent import Consent, ConsentError, permitted
from trellis.justice.render import to_html, to_pdf
from trellis.justice.report import attended_of, own_copy, report_of
from trellis.kinds.justice import CONSENT_EVENTS, RECIPIENT_ROLES, REPORT_PARTS
from trellis.kinds.text import LANGUAGES

# What is shared.


def test_with_consent_the_report_tells_attendance_setting_milestones_and_what_helps() -> None:
    found = sections(report_of(KB, read(GIVEN), to="parole", as_of=DAY))
    assert found["Attendance"].endswith("In 4 full weeks the person came to 0 of 4.")
    assert "In 4 full weeks the person came to 2 of 8. 1 more was excused." in found["Attendance"]
    assert found["Setting"] == "Now: Intensive outpatient program, since November 2, 2026."
    assert found["Milestones"] == "November 20, 2026: Found work"
    assert found["What helps"] == "A ride or a bus pass"


@pytest.mark.parametrize("part", REPORT_PARTS)
def test_only_the_kinds_that_the_consent_names_are_told(part: str) -> None:
    words = told(report_of(KB, read(given_(kinds=[part])), to="parole", as_of=DAY))
    body = words.partition("The consent that this rests on")[0]
    assert [one for one, mark in OF_PART.items() if mark in body] == [part]


@pytest.mark.parametrize("part", REPORT_PARTS)
def test_of_several_kinds_one_alone_can_be_asked_for(part: str) -> None:
    body = told(report_of(KB, read(GIVEN), to="parole", parts=[part], as_of=DAY)).partition("The consent that")[0]
    assert [one for one, mark in OF_PART.items() if mark in body] == [part]


@pytest.mark.parametrize("to", ["parole", "Officer Lee", "officer  lee", "PAROLE"])
def test_a_recipient_is_known_by_name_or_by_role(to: str) -> None:
    assert told(report_of(KB, read(GIVEN), to=to, as_of=DAY)).startswith("# Report\n\nTo: Officer Lee (Parole)")


def test_a_treatment_is_not_named_and_a_program_against_offending_is() -> None:
    words = told(report_of(KB, read(GIVEN), to="parole", as_of=DAY))
    assert "T4C" in words
    assert "Treatment: 1 session a week was agreed" in words
    assert "DBT" not in words
    assert "EMDR" not in words


def test_what_is_not_written_down_is_said_to_be_so_and_is_never_no() -> None:
    empty = read_assessment(KB, {"consent": [GIVEN]}, as_of=DAY)
    found = sections(report_of(KB, empty, to="parole", as_of=DAY))
    assert found["Attendance"] == message("justice.nothing_agreed")
    assert found["Setting"] == found["Milestones"] == found["What helps"] == message("justice.nothing_written")


def test_a_setting_without_its_day_is_told_without_one() -> None:
    held = read(GIVEN, care={"setting": "outpatient"})
    assert sections(report_of(KB, held, to="parole", as_of=DAY))["Setting"] == "Now: Outpatient care."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notice_of_the_law_stands_word_for_word_in_every_report(lang: str) -> None:
    words = " ".join(told(report_of(KB, read(GIVEN), to="parole", as_of=DAY, lang=lang)).replace("\\", "").split())
    for line in KB.of("legal_notices")["redisclosure"].text:
        assert line in words
    assert "NOT sufficient to meet the required elements of written consent" in words
    assert "in any civil, criminal, administrative, or legislative proceedings" in words


def test_the_scope_of_the_consent_goes_with_the_report() -> None:
    found = report_of(KB, read(given_(starts="2026-11-05")), to="parole", as_of=DAY)
    scope = sections(found)["The consent that this rests on"]
    for words in ("Signed by Sam Rivera on November 2, 2026.", "supervision", "May 2, 2027", "November 5, 2026"):
        assert words in scope


# A court or an agency that made the program a condition (42 CFR 2.35).


@pytest.mark.parametrize(
    "terms", [{"revocable_from": "2027-02-01"}, {"revocable_event": "case_decided", "event": "case_decided"}]
)
def test_such_a_consent_says_from_when_it_can_be_taken_back(terms: dict[str, str]) -> None:
    scope = sections(report_of(KB, read(given_(referral="yes", **terms)), to="parole", as_of=DAY))
    assert "It can be taken back" in scope["The consent that this rests on"]
    assert message("justice.revocable_any_time") not in scope["The consent that this rests on"]


@pytest.mark.parametrize(
    "terms", [{"revocable_from": "2027-02-01"}, {"revocable_event": "case_decided", "event": "case_decided"}]
)
def test_one_that_was_taken_back_early_is_refused_too_and_a_lawyer_is_named(terms: dict[str, str]) -> None:
    found = refused(given_(referral="yes", revoked="2026-11-20", **terms))
    assert (found.why, found.early) == ("revoked", True)
    assert found.reason("en").endswith("Share nothing, and ask a lawyer.")


@pytest.mark.parametrize(
    "terms",
    [
        {"revocable_from": "2026-11-10"},
        {"revocable_event": "case_decided", "event": "case_decided", "event_on": "2026-11-19"},
    ],
)
def test_one_that_was_taken_back_in_time_is_refused_without_a_word_of_that(terms: dict[str, str]) -> None:
    assert not refused(given_(referral="yes", revoked="2026-11-20", **terms)).early


# Nothing else can stand in it.


def test_no_answer_can_reach_a_report() -> None:
    for made in (report_of, own_copy):
        assert not {"rec", "answers"} & set(inspect.signature(made).parameters)
    assert not re.search(r"trellis\.(decide|account|approaches|plans)\b", inspect.getsource(report))


letters = st.text(st.characters(codec="ascii", categories=("L",)), min_size=9, max_size=14).map(lambda w: f"zq{w}")
secret = st.fixed_dictionaries(
    {
        "called": letters,
        "week": st.lists(
            st.fixed_dictionaries(
                {
                    "what": letters,
                    "kind": st.just("treatment"),
                    "days": st.just(["mon"]),
                    "from": st.just("9:00"),
                    "to": st.just("10:00"),
                }
            ),
            max_size=2,
        ),
        "needs": st.dictionaries(st.sampled_from(["peers", "attitudes"]), st.sampled_from(["some", "high"])),
        "violations": st.lists(
            st.fixed_dictionaries({"what": st.sampled_from(["positive_test", "new_arrest"]), "on": st.just(DAY)}),
            max_size=2,
        ),
        "risk": st.just({"tool": "oras", "level": "high", "score": 41, "on": "2026-11-01"}),
        "status": st.sampled_from(["parole", "custody_sentenced"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(secret, st.sets(st.sampled_from(REPORT_PARTS), min_size=1), st.sampled_from(LANGUAGES))
def test_whatever_else_the_file_holds_the_report_is_the_same(held: Any, kinds: set[str], lang: str) -> None:
    consent = given_(kinds=sorted(kinds))
    plain = read_assessment(KB, {k: v for k, v in HELD.items() if k != "called"} | {"consent": consent}, as_of=DAY)
    full = read(consent, **held)
    found = report_of(KB, full, to="parole", as_of=DAY, lang=lang)
    assert found == report_of(KB, plain, to="parole", as_of=DAY, lang=lang)
    for words in (held["called"], *(one["what"] for one in held["week"])):
        assert words not in told(found)
        assert words not in to_html(found)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_word_of_a_part_that_is_not_named_appears(data: st.DataObject) -> None:
    kinds = data.draw(st.sets(st.sampled_from(REPORT_PARTS), min_size=1))
    supports = data.draw(st.sets(st.sampled_from(list(KB.of("supports"))), min_size=1))
    steps = data.draw(st.sets(st.sampled_from(list(KB.of("milestones"))), min_size=1))
    setting = data.draw(st.sampled_from(list(KB.settings)))
    held = read(
        given_(kinds=sorted(kinds)),
        helps=sorted(supports),
        milestones=[{"what": what, "on": "2026-11-20"} for what in steps],
        care={"setting": setting},
    )
    body = told(report_of(KB, held, to="parole", as_of=DAY)).partition("The consent that this rests on")[0]
    of_part = {
        "what_helps": [KB.of("supports")[name].name.en for name in supports],
        "milestones": [KB.of("milestones")[name].name.en for name in steps],
        "setting": [KB.place(setting).name.en],
        "attendance": ["full weeks"],
    }
    for part, words in of_part.items():
        for word in words:
            assert (word in body) == (part in kinds)


days = st.dates(date(2026, 10, 1), date(2027, 3, 1))
consents = st.builds(
    Consent,
    by=st.sampled_from(["", "Sam"]),
    program=st.sampled_from(["", "Harbor"]),
    name=st.sampled_from(["", "Lee"]),
    role=st.sampled_from(["", *RECIPIENT_ROLES]),
    kinds=st.sets(st.sampled_from(REPORT_PARTS)).map(lambda some: tuple(p for p in REPORT_PARTS if p in some)),
    purpose=st.sampled_from(["", "supervision"]),
    signed=st.none() | days,
    starts=st.none() | days,
    until=st.none() | days,
    event=st.sampled_from(["", *CONSENT_EVENTS]),
    event_on=st.none() | days,
    referral=st.booleans(),
    revocable_from=st.none() | days,
    revoked=st.none() | days,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(consents, max_size=3), st.sampled_from(["Lee", "court", "parole", ""]), days)
def test_what_is_permitted_is_always_in_a_whole_signed_consent_in_force(
    several: list[Consent], to: str, day: date
) -> None:
    try:
        permit = permitted(several, to=to, as_of=day)
    except ConsentError:
        return
    one = permit.consent
    assert one in several
    assert to.casefold() in (one.name.casefold(), one.role)
    assert set(permit.parts) <= set(one.kinds)
    assert permit.parts
    assert one.signed is not None
    assert one.signed <= day
    assert one.by
    assert one.program
    assert one.purpose
    assert one.until is not None or one.event
    assert one.until is None or day <= one.until
    assert one.event_on is None or day < one.event_on
    assert one.starts is None or one.starts <= day
    assert one.revoked is None or day < one.revoked


@settings(max_examples=100, deadline=None)
@given(consents, days)
def test_taking_back_always_ends_it(one: Consent, day: date) -> None:
    with pytest.raises(ConsentError):
        permitted([replace(one, revoked=day)], to="parole", as_of=day)


# Attendance.


def test_the_week_that_runs_counts_neither_way() -> None:
    held = read(agreed=[{"program": "t4c", "per_week": 2, "from": "2026-11-26"}], attendance=[])
    kept = attended_of(held, held.agreed[0], as_of=DAY)
    assert (kept.weeks, kept.due, kept.came) == (0, 0, 0)


def test_sessions_after_the_last_full_week_are_told_apart() -> None:
    sessions = [{"program": "t4c", "on": "2026-11-30", "hours": 1}]
    held = read(GIVEN, agreed=[{"program": "t4c", "per_week": 1, "from": "2026-11-23"}], attendance=sessions)
    words = sections(report_of(KB, held, to="parole", as_of=DAY))["Attendance"]
    assert "In 1 full week the person came to 0 of 1. Since then the person came to 1 more session." in words


def test_what_was_agreed_until_a_day_ends_there() -> None:
    held = read(agreed=[{"program": "t4c", "per_week": 1, "from": "2026-11-02", "until": "2026-11-15"}])
    assert attended_of(held, held.agreed[0], as_of=DAY)[1:3] == (2, 2)


def test_a_day_the_person_came_is_not_excused_as_well() -> None:
    agreed = [{"program": "t4c", "per_week": 2, "from": "2026-11-02", "excused": ["2026-11-03"]}]
    held = read(agreed=agreed)
    kept = attended_of(held, held.agreed[0], as_of=DAY)
    assert (kept.came, kept.excused) == (2, 0)


# The person's own copy.


def test_the_persons_copy_says_what_is_shared_with_whom_and_how_to_end_it() -> None:
    found = sections(own_copy(KB, read(GIVEN), as_of=DAY))
    assert message("justice.is_shared") in found["Consent to share with: Officer Lee (Parole)"]
    assert "Nothing of what was said there." in found["What is shared now"]
    assert found["Milestones"] == "November 20, 2026: Found work"
    assert "in writing" in found["How to take your consent back"]
    assert "hhs.gov/ocr" in found["How to take your consent back"]
    assert "What you said to anybody in care." in found["What is never shared in such a report"]


@pytest.mark.parametrize(("why", "consents"), [one for one in REFUSALS if one[1]])
def test_the_copy_is_never_refused_and_tells_why_a_consent_does_not_hold(why: str, consents: list[Any]) -> None:
    words = told(own_copy(KB, read(*consents), as_of=DAY))
    if why == "not_to_you":  # it is to somebody else, and holds for them
        return
    assert message("justice.not_shared") in words
    assert message(f"justice.refused_{why}").partition("{")[0] in words
    assert "Found work" not in words


def test_a_consent_to_nobody_is_told_as_such() -> None:
    assert "nobody is named" in told(own_copy(KB, read(given_(to=None)), as_of=DAY))


def test_the_copy_without_any_consent_says_that_nothing_is_shared() -> None:
    words = told(own_copy(KB, Assessment(), as_of=DAY))
    assert message("justice.shares_nothing") in words
    assert "How to take your consent back" not in words


def test_the_copy_of_a_consent_for_a_court_tells_to_ask_a_lawyer_first() -> None:
    held = read(given_(referral="yes", revocable_event="case_decided"))
    assert message("justice.take_back_referral") in told(own_copy(KB, held, as_of=DAY)).replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages_have_the_same_blocks(lang: str) -> None:
    held = read(GIVEN, given_(to={"role": "court"}, revoked="2026-11-20"))
    for one, other in (
        (report_of(KB, held, to="parole", as_of=DAY, lang=lang), report_of(KB, held, to="parole", as_of=DAY)),
        (own_copy(KB, held, as_of=DAY, lang=lang), own_copy(KB, held, as_of=DAY)),
    ):
        assert [(len(b.says), len(b.items)) for b in one.sections] == [
            (len(b.says), len(b.items)) for b in other.sections
        ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_checkers_of_printed_pages_find_nothing_to_mend(lang: str, tmp_path: Any) -> None:
    pages = (
        report_of(KB, read(GIVEN), to="parole", as_of=DAY, lang=lang),
        own_copy(KB, read(GIVEN), as_of=DAY, lang=lang),
    )
    for number, found in enumerate(pages):
        path = tmp_path / f"page{number}.pdf"
        path.write_bytes(to_pdf(found))
        assert not pdfua.validate(str(path)).findings
        second = outloud.check(str(path))
        assert not second.errors
        assert not [one for one in second.findings if one.rule not in PRINTER]
