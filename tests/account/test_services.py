"""Services that are told: two times for one matter never stand side by side."""

from __future__ import annotations

from datetime import date

import pytest

import trellis
from tests.support import complete, shipped
from trellis.account import account_of, services_of

AS_OF = date(2026, 11, 30)
LATER = {"contact_48h": {"contact_72h", "contact_7_days"}, "contact_72h": {"contact_7_days"}}
LEAVING = {"history.discharge": "in_care_now"}


def told(more: dict[str, str]) -> trellis.Recommendation:
    return trellis.decide(shipped(), complete(shipped(), LEAVING | more), as_of=AS_OF)


@pytest.mark.parametrize(
    ("more", "soonest"),
    [
        ({}, "contact_7_days"),
        ({"history.return_after_discharge": "repeatedly"}, "contact_72h"),
        ({"history.return_after_discharge": "repeatedly", "history.discharge_suicide_risk": "yes"}, "contact_48h"),
    ],
)
def test_of_several_calls_and_visits_the_soonest_alone_is_told(more: dict[str, str], soonest: str) -> None:
    rec = told(more)
    account = account_of(rec, audience="clinician")
    assert [one for one in account.whatever if one.startswith("contact")] == [soonest]
    assert [one.id for one in account.arrange if one.id.startswith("contact")] in ([], [soonest])
    assert [one.id for one in services_of(rec) if one.id.startswith("contact")] == [soonest]


def test_the_result_itself_keeps_every_service_with_who_asks_for_it() -> None:
    rec = told({"history.return_after_discharge": "repeatedly"})
    assert {"contact_72h", "contact_7_days"} <= {one.id for one in rec.services}


def test_what_is_still_open_silences_nothing_that_is_certain() -> None:
    rec = trellis.decide(shipped(), LEAVING, as_of=AS_OF)
    assert "contact_7_days" in {one.id for one in services_of(rec) if one.certain}


def test_a_sooner_one_names_all_later_ones() -> None:
    assert {name: set(shipped().services[name].instead_of) for name in LATER} == LATER


# --- a short talk, and treatment


@pytest.mark.parametrize(
    ("more", "is_told"),
    [
        ({"use.alcohol": "some"}, True),
        ({"use.alcohol": "mild"}, False),
        ({"use.alcohol": "severe"}, False),
        ({"use.alcohol": "some", "score.alcohol_use": "possible_dependence"}, False),
    ],
)
def test_a_short_talk_is_offered_where_no_treatment_is(more: dict[str, str], is_told: bool) -> None:
    answers = {"score.alcohol_use": "hazardous"} | more
    rec = trellis.decide(shipped(), complete(shipped(), answers), as_of=AS_OF)
    account = account_of(rec)
    assert ("brief_advice" in {one.id for one in services_of(rec)}) is is_told
    assert ("brief_advice" in {one.id for one in account.arrange}) is is_told
    reasons = {reason.need for reason in account.reasons}
    assert ("score-asks-for-a-short-talk" in reasons) is is_told
    everything = {need for reason in account.reasons for need in (reason.need, *reason.folded)}
    assert "score-asks-for-a-short-talk" in everything, "folding leaves nothing out of the decision"


def test_what_another_need_asks_for_too_is_still_told() -> None:
    rec = told({"use.alcohol": "severe", "score.alcohol_use": "hazardous"})
    assert {"contact_7_days", "alcohol_medication"} <= {one.id for one in services_of(rec)}
