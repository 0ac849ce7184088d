"""The goals of a plan: what endangers, then what the person came for; due when asked; met by their own measure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

import trellis
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.errors import AnswerError
from trellis.plans import find_gaps, make_plan, read_person, review
from trellis.plans.goals import days_of
from trellis.plans.plan import Plan
from trellis.plans.render import to_html, to_markdown
from trellis.plans.view import PlanView

VIGNETTES = vignettes()
BY_VIGNETTE = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
STUDY = re.compile(r"\b(of 100|times as often|SMD|RR \d|95 ?%|confidence|randomi[sz]ed)\b", re.IGNORECASE)


@cache
def plan_of(name: str) -> tuple[trellis.Recommendation, Plan]:
    vignette = next(one for one in VIGNETTES if one["id"] == name)
    rec = person(shipped(), vignette)
    return rec, make_plan(rec)


def plan_for(answers: dict[str, Any], **said: Any) -> Plan:
    kb = shipped()
    return make_plan(trellis.decide(kb, complete(kb, answers), as_of=AS_OF), read_person(said))


OPIOIDS = {"focus": "substance_use", "use.opioids": "severe", "use.opioid_medication": "not_taken"}


@BY_VIGNETTE
def test_each_goal_that_asks_for_an_evaluation_has_a_step_by_the_day_it_is_asked_for(vignette: dict[str, Any]) -> None:
    rec, plan = plan_of(vignette["id"])
    for place, goal in enumerate(plan.goals, 1):
        asked = [one.within_hours for need in goal.needs if (one := rec.kb.needs[need].evaluate) is not None]
        if asked:  # a step that two goals share stands in the first of them
            soonest = min(step.by for one in plan.goals[:place] for step in one.steps)
            assert soonest <= rec.as_of + timedelta(days=days_of(min(asked))), goal.id


@BY_VIGNETTE
def test_a_plan_is_never_empty(vignette: dict[str, Any]) -> None:
    _, plan = plan_of(vignette["id"])
    assert plan.goals
    assert plan.actions


@BY_VIGNETTE
def test_what_must_be_looked_at_within_three_days_stands_before_what_may_wait(vignette: dict[str, Any]) -> None:
    rec, plan = plan_of(vignette["id"])
    protecting = [
        rec.kb.goals[goal.id].protects
        or any((one := rec.kb.needs[need].evaluate) is not None and one.within_hours <= 72 for need in goal.needs)
        or any(need in view.needs for view in rec.urgent for need in goal.needs)
        for goal in plan.goals
    ]
    assert protecting == sorted(protecting, reverse=True)


@BY_VIGNETTE
def test_a_safety_plan_is_asked_for_only_where_danger_calls_for_it(vignette: dict[str, Any]) -> None:
    rec, plan = plan_of(vignette["id"])
    needs = {need.id for need in rec.active}
    calls = (
        any(service.id == "safety_plan" for service in rec.services if service.certain)
        or any(rec.kb.urgent[view.id].safety_plan for view in rec.urgent)
        or any(needs & set(goal.safety_plan) for goal in rec.kb.goals.values())
    )
    view = PlanView(rec.kb, plan, "en", "person")
    assert view.wants_safety_plan is calls


@pytest.mark.parametrize("answers", [{}, {"focus": "mental_health", "age": "adult"}])
def test_a_person_of_whom_little_is_known_gets_a_goal_and_three_steps(answers: dict[str, Any]) -> None:
    plan = make_plan(trellis.decide(shipped(), answers, as_of=AS_OF))
    assert [goal.id for goal in plan.goals] == ["know-what-helps"]
    assert len(plan.actions) == 3
    assert not [gap for gap in find_gaps(shipped(), plan) if gap.goal]
    assert len(plan.ask_about) <= 12


def test_a_person_who_needs_nothing_gets_a_goal_and_steps_and_no_form() -> None:
    plan = plan_for({})
    assert [goal.id for goal in plan.goals] == ["keep-well"]
    assert len(plan.actions) == 3
    assert "My safety plan" not in to_markdown(shipped(), plan)


def test_medicine_for_opioid_use_is_a_step_of_today_or_tomorrow() -> None:
    plan = plan_for(OPIOIDS)
    goal = plan.goal("opioid-medicine")
    assert goal is not None
    first = next(step for step in goal.steps if "First dose" in step.text.clinician.en)
    assert first.by <= AS_OF + timedelta(days=1)
    assert plan.actions[0].by <= AS_OF + timedelta(days=1)


def test_a_person_who_takes_the_medicine_is_not_told_to_start_it() -> None:
    plan = plan_for(OPIOIDS | {"use.opioid_medication": "taken_or_not_needed"})
    assert plan.goal("opioid-medicine") is None
    assert plan.goal("keep-opioid-medicine") is not None
    assert "start medicine" not in " ".join(action.what.en for action in plan.actions)


def test_the_milestone_of_a_goal_within_another_one_holds_a_step_down() -> None:
    plan = plan_for(OPIOIDS)
    view = PlanView(shipped(), plan, "en", "person")
    lines = " ".join(line for way in view.step_down for line in view.waits_for(way))
    assert "Opioids are no longer part of my life" in lines
    assert "This goal is met: I take a medicine" not in lines


def test_lethal_means_counseling_is_a_clinicians_and_comes_first() -> None:
    answers = {"focus": "mental_health", "harm.suicide_thoughts": "wish", "harm.lethal_means": "not_secured"}
    plan = plan_for(answers)
    goal = next(goal for goal in plan.goals if goal.id == "safer-home")
    step = next(step for step in goal.steps if "Lethal-means" in step.text.clinician.en)
    assert step.who.en == "Mental health professional"
    assert plan.goals[0].id in ("safer-home", "stay-safe-suicide")
    assert "safer" in plan.actions[0].what.en


def test_what_the_person_came_for_stands_before_the_rest_and_among_the_next_steps() -> None:
    answers = {"mental.depression": "moderate", "environment.housing": "homeless", "use.alcohol": "moderate"}
    home = plan_for(answers, aims=[{"words": "A door that locks", "serves": ["stable_home"]}])
    assert home.goals[0].id == "steady-home"
    assert any(action.goal == "steady-home" for action in home.actions)
    low = plan_for(answers, aims=[{"words": "Laugh again", "serves": ["feel_less_low"]}])
    assert low.goals[0].id == "symptoms-eased"


def test_a_goal_of_the_persons_own_comes_before_what_they_did_not_come_for() -> None:
    own = {"goal": "Walk the dog on three days", "by": "2027-02-01", "steps": ["Ask the neighbor", "Buy a leash"]}
    plan = plan_for({"mental.depression": "moderate"}, goals=[own])
    assert plan.goals[0].id == "own-1"
    assert [step.by for step in plan.goals[0].steps] == [AS_OF + timedelta(days=7), date(2027, 2, 1)]


def test_an_aim_that_nothing_stands_for_is_named() -> None:
    said = {"aims": [{"words": "See my daughter on Sundays", "serves": ["be_a_better_parent"]}]}
    plan = plan_for({"use.alcohol": "moderate"}, **said)
    told = [gap.says.en for gap in find_gaps(shipped(), plan)]
    assert any("See my daughter on Sundays" in line for line in told)
    own = {"goal": "Call my daughter every Sunday", "by": "2027-02-01", "steps": ["Ask for the number"]}
    with_goal = plan_for({"use.alcohol": "moderate"}, goals=[own], **said)
    assert not any("See my daughter" in gap.says.en for gap in find_gaps(shipped(), with_goal))


def test_every_goal_says_what_is_counted_and_no_need_of_twelve_months_is_told_as_its_end() -> None:
    plan = plan_for(OPIOIDS | {"mental.depression": "severe"})
    for role in ("person", "clinician"):
        text = to_markdown(shipped(), plan, role=role)
        assert text.count("Met when: ") == len(plan.goals)
        assert "12 months" not in text
        assert "twelve months" not in text


def test_a_goal_is_met_when_the_team_says_so_by_its_measure_although_its_need_goes_on() -> None:
    kb = shipped()
    answers = {"focus": "substance_use", "use.alcohol": "moderate"}
    plan = plan_for(answers)
    later = AS_OF + timedelta(days=56)
    reached = {"reached": [{"goal": "less-use", "on": later.isoformat()}]}
    found = review(kb, plan, complete(kb, answers), as_of=later, person=reached)
    assert "less-use" in found.goals_met
    goal = found.plan.goal("less-use")
    assert goal is not None
    assert goal.reached == later
    assert "Reached on" in to_markdown(kb, found.plan, layout="page")
    assert all(action.goal != "less-use" for action in found.plan.actions)
    assert "less-use" not in review(kb, plan, complete(kb, answers), as_of=later).goals_met


def test_what_is_urgent_is_never_told_as_reached() -> None:
    answers = {"harm.suicide_thoughts": "intent", "harm.stays_safe": "no", "mental.depression": "severe"}
    plan = plan_for(answers, reached=[{"goal": "stay-safe-suicide", "on": AS_OF.isoformat()}])
    goal = plan.goal("stay-safe-suicide")
    assert goal is not None
    assert goal.reached is None


def test_a_goal_that_does_not_exist_cannot_be_reached() -> None:
    with pytest.raises(AnswerError, match="Did you mean less-use"):
        plan_for({"use.alcohol": "moderate"}, reached=[{"goal": "les-use", "on": "2026-11-23"}])


@pytest.mark.parametrize("layout", ["page", "full"])
def test_no_goal_falls_off_any_form(layout: Any) -> None:
    answers = OPIOIDS | {
        "mental.trauma": "ptsd",
        "justice.involvement": "supervision",
        "justice.reoffending_risk": "high",
    }
    plan = plan_for(answers | {"use.injection": "yes", "environment.housing": "homeless"})
    assert len(plan.goals) > 5
    for text in (to_markdown(shipped(), plan, layout=layout), to_html(shipped(), plan, layout=layout)):
        for goal in plan.goals:
            assert goal.goal.person.en in text


@pytest.mark.parametrize("role", ["person", "clinician"])
def test_a_plan_tells_no_figures_of_studies(role: str) -> None:
    for name in ("opioids-strong-urges", "severe-depression-no-thoughts-of-suicide", "psychosis-on-the-street"):
        _, plan = plan_of(name)
        assert not STUDY.search(to_markdown(shipped(), plan, role=role))


@BY_VIGNETTE
def test_nobody_is_asked_to_weigh_costs_and_gains_of_use(vignette: dict[str, Any]) -> None:
    _, plan = plan_of(vignette["id"])
    told = " ".join(action.what.en for action in plan.actions)
    assert "what it costs" not in told


def test_a_step_stands_in_one_goal_only() -> None:
    _, plan = plan_of("first-psychosis-not-yet-on-medicine")
    steps = [step.text.clinician.en for goal in plan.goals for step in goal.steps]
    assert len(steps) == len(set(steps))


def test_only_a_first_psychosis_is_sent_to_a_team_for_a_first_psychosis() -> None:
    _, first = plan_of("first-psychosis-not-yet-on-medicine")
    _, later = plan_of("psychosis-on-the-street")
    told = [" ".join(step.text.clinician.en for goal in plan.goals for step in goal.steps) for plan in (first, later)]
    assert "Early psychosis team" in told[0]
    assert "Early psychosis team" not in told[1]


def test_only_a_plan_with_a_disorder_has_the_part_on_being_pulled_back() -> None:
    assert "If I feel pulled back" in to_markdown(shipped(), plan_of("gambling-lost-the-savings")[1])
    assert "If I feel pulled back" not in to_markdown(shipped(), plan_of("sedatives-at-seventy-two")[1])


def test_a_clinician_is_asked_for_what_a_payer_asks_and_a_person_is_not() -> None:
    _, plan = plan_of("severe-depression-no-thoughts-of-suicide")
    assert "Diagnosis, with code and date" in to_markdown(shipped(), plan, role="clinician")
    assert "Diagnosis, with code" not in to_markdown(shipped(), plan)
