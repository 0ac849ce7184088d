"""A review: what changed, what is met, what still holds, and the step it proposes. Versions are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import trellis
from tests.support import AS_OF, complete, shipped
from trellis.decide import Answer
from trellis.errors import AnswerError
from trellis.plans import differences, make_plan, read_person, review
from trellis.plans.plan import Plan

LATER = date(2026, 12, 7)
DANGER = {"harm.suicide_thoughts": "intent", "harm.stays_safe": "no", "mental.depression": "severe"}
CALMER = {"harm.suicide_thoughts": "none", "harm.stays_safe": "without_help", "mental.depression": "mild"}

EVALUATED = {"harm.suicide_evaluated": Answer("no_imminent_danger", "clinician", LATER, "N. N.")}


def made(answers: dict[str, Any], **said: Any) -> Plan:
    kb = shipped()
    return make_plan(trellis.decide(kb, complete(kb, answers), as_of=AS_OF), read_person(said))


def everything(answers: dict[str, Any]) -> dict[str, Any]:
    return complete(shipped(), answers)


def test_a_person_who_is_out_of_danger_is_proposed_a_step_down_with_its_reasons() -> None:
    plan = made(DANGER)
    found = review(shipped(), plan, everything(CALMER) | EVALUATED, as_of=LATER)
    assert found.step == "step_down"
    assert "suicide-cannot-stay-safe" in found.needs_cleared
    assert found.goals_met
    assert {change.fact for change in found.changed} >= {"harm.suicide_thoughts", "mental.depression"}


def test_a_person_in_new_danger_is_proposed_a_step_up() -> None:
    found = review(shipped(), made(CALMER), everything(DANGER), as_of=LATER)
    assert found.step == "step_up"
    assert "suicide-cannot-stay-safe" in found.needs_new
    assert found.plan.urgent == ("suicide",)


def test_intent_of_the_past_month_is_not_lowered_by_a_milder_answer_but_by_an_evaluation() -> None:
    milder = review(shipped(), made(DANGER), everything(CALMER), as_of=LATER)
    assert milder.plan.urgent == ("suicide",)
    assert [held.fact for held in milder.rec.standing] == ["harm.suicide_thoughts"]
    assert review(shipped(), made(DANGER), everything(CALMER) | EVALUATED, as_of=LATER).plan.urgent == ()


@pytest.mark.parametrize("silence", ["not_known", "declined"])
def test_danger_stays_in_the_plan_through_not_known_and_rather_not_say(silence: str) -> None:
    found = review(shipped(), made(DANGER), {"harm.suicide_thoughts": silence}, as_of=LATER)
    assert found.plan.urgent == ("suicide",)
    assert found.step != "step_down"


def test_the_same_answers_again_propose_to_stay() -> None:
    found = review(shipped(), made(CALMER), everything(CALMER), as_of=LATER)
    assert found.step == "stay"
    assert found.changed == ()
    assert found.needs_new == ()


def test_versions_count_up_and_earlier_ones_are_kept_whole() -> None:
    kb = shipped()
    first = made(DANGER, strengths=["Sings"])
    second = review(kb, first, everything(CALMER), as_of=LATER).plan
    third = review(kb, second, everything(CALMER), as_of=date(2026, 12, 20)).plan
    assert [plan.version for plan in (*third.earlier, third)] == [1, 2, 3]
    assert third.earlier[0] == first
    assert third.strengths == ("Sings",)


def test_danger_that_was_not_asked_about_again_stays_in_force() -> None:
    found = review(shipped(), made(DANGER), {"mental.depression": "mild"}, as_of=LATER)
    assert found.step != "step_down"
    assert "suicide-cannot-stay-safe" not in found.needs_cleared


def test_an_old_answer_that_contradicts_a_new_one_is_left_out_and_named() -> None:
    plan = made({"harm.any": "no"})
    found = review(shipped(), plan, {"harm.suicide_thoughts": "plan"}, as_of=AS_OF)
    assert "harm.any" in found.outdated
    assert found.plan.urgent


def test_wrong_new_answers_are_told_and_nothing_is_made() -> None:
    with pytest.raises(AnswerError, match=r"harm\.suicide_thoughts"):
        review(shipped(), made(CALMER), {"harm.suicide_thoughts": "maybe"}, as_of=LATER)


def test_what_the_person_says_now_takes_the_place_of_what_they_said_then() -> None:
    plan = made(CALMER, strengths=["Old"], called="Ana")
    found = review(shipped(), plan, everything(CALMER), as_of=LATER, person={"strengths": ["New"]})
    assert found.plan.strengths == ("New",)
    assert found.plan.called == "Ana"
    assert [one.part for one in differences(plan, found.plan)] == ["strengths"]


def test_differences_name_what_went_and_what_came() -> None:
    plan = made(DANGER)
    found = review(shipped(), plan, everything(CALMER), as_of=LATER)
    placing = next(one for one in differences(plan, found.plan) if one.part == "placing")
    assert placing.only_before == ("inpatient_psychiatric",)
    assert placing.only_after == tuple(place.package for place in found.plan.placing.now)


def test_a_goal_is_not_met_while_its_answers_have_grown_old() -> None:
    plan = made({"mental.depression": "severe"})
    found = review(shipped(), plan, {}, as_of=date(2028, 1, 1))
    assert not set(found.goals_met) & {goal.id for goal in plan.goals if "symptoms-severe" in goal.needs}
    assert found.step == "not_settled"


def test_an_answer_that_grew_old_cancels_no_service() -> None:
    plan = made({"harm.suicide_thoughts": "thoughts"})
    assert "safety_plan" in {service.service for service in plan.services}
    found = review(shipped(), plan, {}, as_of=date(2027, 3, 1))
    kept = {service.service for service in (*found.plan.services, *found.plan.services_kept)}
    assert kept >= {service.service for service in plan.services}
    ruled_out = review(shipped(), plan, everything(CALMER | {"mental.depression": "none"}), as_of=LATER)
    assert "safety_plan" not in {one.service for one in (*ruled_out.plan.services, *ruled_out.plan.services_kept)}


def test_danger_on_record_never_gives_way_to_a_no_of_the_same_day() -> None:
    kb = shipped()
    plan = make_plan(trellis.decide(kb, {"harm.suicide_thoughts": "plan"}, as_of=AS_OF))
    with pytest.raises(AnswerError, match=r"harm\.suicide_thoughts"):
        review(kb, plan, {"harm.any": "no"}, as_of=AS_OF)
    later = review(kb, plan, {"harm.any": "no"}, as_of=LATER)
    assert later.plan.urgent == ("suicide",)
