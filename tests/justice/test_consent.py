"""A consent is data: what it must hold, when it holds, and that nobody learns from a refusal why it was refused."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import Any

import pytest

from tests.justice.reporting import (
    DAY,
    GIVEN,
    HELD,
    KB,
    REFUSALS,
    given_,
    read,
    refused,
)
from tests.support import message
from trellis.errors import AnswerError
from trellis.justice.assessment import read_assessment
from trellis.justice.consent import WHYS, ConsentError, permitted
from trellis.justice.report import report_of
from trellis.kinds.text import LANGUAGES

# What is refused.


@pytest.mark.parametrize(("why", "consents"), REFUSALS)
def test_without_a_consent_that_holds_the_report_is_refused_with_the_reason(why: str, consents: list[Any]) -> None:
    found = refused(*consents)
    assert found.why == why
    assert found.reason("en").startswith(message(f"justice.refused_{why}").partition("{")[0])
    assert found.reason("es") != found.reason("en")


def test_a_kind_that_the_consent_does_not_name_is_refused_and_named() -> None:
    found = refused(given_(kinds=["attendance"]), parts=("attendance", "setting"))
    assert (found.why, found.lacks) == ("kind_not_named", ("setting",))
    assert "setting" in found.reason("en")


def test_a_consent_says_what_it_lacks() -> None:
    assert refused(given_(purpose=None, until=None)).reason("en") == (
        "The consent does not say: what it is for and when it ends."
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_asked_is_told_the_same_words_whatever_the_reason(lang: str) -> None:
    told_them = {refused(*consents).for_recipient(lang) for _, consents in REFUSALS}
    assert len(told_them) == 1
    words = told_them.pop()
    for why in WHYS:
        assert message(f"justice.refused_{why}", lang).partition("{")[0].strip(" .:") not in words


def test_a_refusal_can_be_sent_on_to_another_process() -> None:
    found = refused(given_(purpose=None))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert (again.why, again.lacks, str(again)) == (found.why, found.lacks, str(found))


def test_it_holds_on_its_last_day_and_not_on_the_next() -> None:
    held = read(given_(until="2026-11-30"))
    assert report_of(KB, held, to="parole", as_of=DAY)
    with pytest.raises(ConsentError) as caught:
        report_of(KB, held, to="parole", as_of=DAY + timedelta(days=1))
    assert caught.value.why == "expired"


def test_what_is_taken_back_takes_back_every_earlier_paper_for_the_same_recipient() -> None:
    old, new = given_(signed="2026-10-01"), given_(kinds=["attendance"], revoked="2026-11-20")
    assert refused(old, new).why == "revoked"
    # By the name alone, too: the other paper names the same officer.
    assert refused(old, given_(to={"name": "officer lee"}, revoked="2026-11-20")).why == "revoked"
    after = given_(signed="2026-11-25")
    assert report_of(KB, read(old, new, after), to="parole", as_of=DAY)


def test_another_recipients_consent_is_left_alone_by_it() -> None:
    held = read(GIVEN, given_(to={"role": "court"}, revoked="2026-11-20"))
    assert report_of(KB, held, to="parole", as_of=DAY)


def test_the_newest_consent_that_gives_all_that_is_asked_is_taken() -> None:
    held = read(given_(signed="2026-10-01"), given_(signed="2026-11-20", kinds=["attendance"]))
    assert permitted(held.consent, to="parole", as_of=DAY).parts == ("attendance",)
    assert permitted(held.consent, to="parole", parts=["setting"], as_of=DAY).consent.signed == date(2026, 10, 1)


# What is wrong in the file.

WRONG: list[tuple[Any, str]] = [
    ({"consent": "yes"}, "Write a list"),
    ({"consent": {"too": {}}}, "Did you mean to?"),
    ({"consent": {"to": "court"}}, "Write a mapping of name, role"),
    ({"consent": {"to": {"role": "cuort"}}}, "Did you mean court?"),
    ({"consent": {"kinds": "attendance"}}, "Write a list of attendance"),
    ({"consent": {"kinds": ["atendance"]}}, "Did you mean attendance?"),
    ({"consent": {"purpose": "gossip"}}, "court_review"),
    ({"consent": {"signed": "2027-01-01"}}, "which is after [2026-11-30]"),
    ({"consent": given_(until="2026-11-01")}, "before [2026-11-02]"),
    ({"consent": given_(revoked="2026-11-01")}, "before it was signed"),
    ({"consent": given_(event_on="2026-11-20")}, "and no event"),
    ({"agreed": [{"program": "buprenorphine", "per_week": 1, "from": "2026-11-02"}]}, "No report tells of medicines"),
    ({"agreed": [{"program": "t4c", "per_week": 0, "from": "2026-11-02"}]}, "from 1 to 21 sessions"),
    ({"agreed": [{"program": "t4c", "per_week": 1}]}, "has no [from]"),
    (
        {"agreed": [{"program": "t4c", "per_week": 1, "from": "2026-11-02", "until": "2026-11-01"}]},
        "before [2026-11-02]",
    ),
    ({"care": {"setting": "iopp"}}, "Did you mean iop?"),
    ({"care": {"since": "2026-11-02"}}, "has no [setting]"),
    ({"milestones": [{"what": "job", "on": "2026-11-02"}]}, "It may be started"),
    ({"milestones": [{"what": "work"}]}, "has no [on]"),
    ({"helps": ["a car"]}, "It may be ride"),
]


@pytest.mark.parametrize(("held", "said"), WRONG)
def test_what_is_wrong_is_told_with_its_place_and_how_to_mend_it(held: Any, said: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_assessment(KB, held, as_of=DAY)
    assert said in str(caught.value)
    assert all(problem.where.startswith("justice") for problem in caught.value.problems)


# Names and days that are none.


@pytest.mark.parametrize("gone", [{"by": "unknown"}, {"from": "unknown"}])
def test_an_unknown_name_is_no_name(gone: dict[str, str]) -> None:
    assert refused(given_(**gone)).why == "incomplete"


def test_nobody_is_reached_by_the_name_unknown() -> None:
    assert refused(given_(to={"name": "unknown"}), to="unknown").why == "not_to_you"


@pytest.mark.parametrize("key", ["by", "from"])
def test_a_story_in_the_place_of_a_name_is_refused_and_not_told(key: str) -> None:
    story = "Sam, who told us of last night and of everything that came before it, and of his children too"
    with pytest.raises(AnswerError) as caught:
        read(given_(**{key: story}))
    assert f"justice.consent[0].{key}: has {len(story)} letters. Give a name of 80 at most" in str(caught.value)
    assert "children" not in str(caught.value)


@pytest.mark.parametrize("day", ["20270502", "2027-W18-7", "2027-5-2", "02/05/2027"])
def test_a_day_in_another_form_is_refused(day: str) -> None:
    with pytest.raises(AnswerError, match="Write the day as YYYY-MM-DD"):
        read(given_(until=day))


@pytest.mark.parametrize(
    ("given_on", "change"),
    [(date(2027, 6, 1), {}), (date(2027, 1, 1), {"until": None, "event": "case_decided", "event_on": "2026-12-15"})],
)
def test_a_day_in_the_past_brings_back_no_consent_that_has_ended_since(given_on: date, change: dict[str, Any]) -> None:
    held = read_assessment(KB, HELD | {"consent": [given_(**change)]}, as_of=date(2027, 7, 1))
    assert report_of(KB, held, to="parole", as_of=DAY, given_on=DAY)
    with pytest.raises(ConsentError) as caught:
        report_of(KB, held, to="parole", as_of=DAY, given_on=given_on)
    assert caught.value.why == "expired"
