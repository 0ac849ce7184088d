"""A court with treatment is offered only where it applies; an unknown legal status is checked first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import AS_OF, complete, shipped
from trellis.approaches import Matched, match_approaches, words_of_check
from trellis.decide import decide
from trellis.justice.assessment import read_assessment
from trellis.kinds.justice import LEGAL_STATUSES

KB = shipped()
COURTS = {"drug_court": "drug-court-legal-status", "mh_court": "mh-court-legal-status"}
RISK = {"tool": "oras", "level": "high", "on": "2026-11-02"}
ANSWERS = {
    "focus": "both",
    "use.opioids": "severe",
    "mental.psychosis": "past_or_stable",
    "justice.involvement": "supervision",
    "justice.reoffending_risk": "high",
}


def matched(justice: Any = None, **answers: str) -> Matched:
    named = ANSWERS | {name.replace("__", "."): value for name, value in answers.items()}
    read = None if justice is None else read_assessment(KB, justice, as_of=AS_OF)
    return match_approaches(decide(KB, complete(KB, named), as_of=AS_OF), justice=read)


def stopped(found: Matched, name: str) -> list[str]:
    return [stop.because.person.en for one in found.stopped if one.approach.id == name for stop in one.stops]


@pytest.mark.parametrize("status", LEGAL_STATUSES)
@pytest.mark.parametrize("court", COURTS)
def test_a_court_is_offered_to_those_whom_it_admits_and_to_nobody_else(court: str, status: str) -> None:
    found = matched({"status": status, "risk": RISK})
    entry = next(one for one in KB.of("treatment_courts").values() if one.approach == court)
    admitted = status in entry.admits
    assert (found.view(court) is not None) == admitted
    assert (entry.wrong_status.en in stopped(found, court)) != admitted


@pytest.mark.parametrize("justice", [None, {"risk": RISK}, {"status": "unknown", "risk": RISK}])
@pytest.mark.parametrize(("court", "rule"), COURTS.items())
def test_while_the_legal_status_is_not_known_to_check_it_comes_first(court: str, rule: str, justice: Any) -> None:
    view = matched(justice).view(court)
    assert view is not None
    assert rule in [stop.id for stop in view.cautions]
    assert "Check first where your case stands" in KB.stops[rule].because.person.en


@pytest.mark.parametrize(("court", "rule"), COURTS.items())
def test_once_the_status_is_known_nobody_is_asked_to_check_it(court: str, rule: str) -> None:
    view = matched({"status": "probation", "risk": RISK}).view(court)
    assert view is not None
    assert rule not in [stop.id for stop in view.cautions]


def test_the_typed_risk_of_a_tool_goes_before_what_was_answered() -> None:
    found = matched({"status": "probation", "risk": RISK | {"level": "low"}})
    assert found.view("drug_court") is None


def test_a_drug_court_is_for_a_use_disorder_even_where_guidance_names_it_for_high_risk() -> None:
    found = matched({"status": "probation", "risk": RISK}, focus="mental_health", use__opioids="none")
    assert found.view("drug_court") is None
    unknown = match_approaches(decide(KB, {"justice.reoffending_risk": "high"}, as_of=AS_OF)).view("drug_court")
    assert unknown is not None
    assert "Check first: a serious alcohol or drug problem." in [
        words_of_check(stop).person.en for stop in unknown.check_first
    ]


@pytest.mark.parametrize("court", COURTS)
def test_without_a_case_no_court_is_offered(court: str) -> None:
    assert matched(justice__involvement="none").view(court) is None


def test_every_court_that_is_an_approach_has_its_rule() -> None:
    named = {one.court for one in KB.stops.values() if one.court}
    assert named == {one.id for one in KB.of("treatment_courts").values() if one.approach}
