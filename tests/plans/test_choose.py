"""What stands in a plan is little enough to do, fits where the person is, and leaves out nothing that warns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import trellis
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.account import reasons_of
from trellis.approaches import match_approaches
from trellis.plans import Person, find_gaps, make_plan, read_person, review
from trellis.plans.actions import IN_CUSTODY
from trellis.plans.choose import APPROACHES
from trellis.plans.person import Member
from trellis.plans.plan import Plan
from trellis.plans.roles import role_name
from trellis.plans.view import PlanView

BY_VIGNETTE = pytest.mark.parametrize("vignette", vignettes(), ids=lambda vignette: vignette["id"])


def plan_for(answers: dict[str, Any], **said: Any) -> Plan:
    kb = shipped()
    return make_plan(trellis.decide(kb, complete(kb, answers), as_of=AS_OF), read_person(said))


@BY_VIGNETTE
def test_nobody_in_a_stay_is_told_to_do_something_at_home(vignette: dict[str, Any]) -> None:
    kb = shipped()
    plan = make_plan(person(kb, vignette))
    settings = [kb.settings[kb.packages[place.package].setting] for place in plan.placing.now]
    inside = any(IN_CUSTODY in goal.needs for goal in plan.goals)
    here = "stay" if inside or all("nights_away" in setting.meets for setting in settings) else "home"
    for action in plan.actions:
        if action.goal in kb.goals:
            step = next(step for step in kb.goals[action.goal].first_steps if step.text == action.what)
            assert step.fits in (here, "both")


@BY_VIGNETTE
def test_a_plan_proposes_few_approaches_and_names_every_other_one(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    plan = make_plan(rec)
    ranked = match_approaches(rec).ranked
    first = [view.id for view in ranked if view.order == "first"]
    assert len(plan.interventions) <= max(APPROACHES, len(first))
    proposed = {one.approach for one in plan.interventions}
    named = proposed | {name for one in plan.interventions for name in one.instead} | set(plan.ask_about)
    assert set(first) <= named
    assert {view.id for view in ranked} <= named


@BY_VIGNETTE
def test_the_reasons_of_a_plan_are_those_that_are_told_everywhere(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    assert make_plan(rec).placing.because == tuple(reason.need for reason in reasons_of(rec))


def test_a_need_of_a_day_program_comes_after_what_asks_for_the_psychiatric_unit() -> None:
    plan = plan_for({"focus": "mental_health", "harm.suicide_thoughts": "intent", "harm.stays_safe": "no"})
    assert plan.placing.because[:3] == (
        "suicide-danger",
        "suicide-cannot-stay-safe",
        "suicide-thoughts-safe-only-with-help",
    )
    assert plan.placing.because.index("suicide-risk-daily-care") > 2


@BY_VIGNETTE
def test_a_goal_is_due_after_its_steps(vignette: dict[str, Any]) -> None:
    for goal in make_plan(person(shipped(), vignette)).goals:
        assert goal.by is not None
        assert all(step.by <= goal.by for step in goal.steps)


def test_a_step_down_waits_for_no_more_than_it_needs() -> None:
    plan = plan_for({"focus": "mental_health", "harm.suicide_thoughts": "intent", "harm.stays_safe": "no"})
    view = PlanView(shipped(), plan, "en", "person")
    lines = view.waits_for(view.step_down[0])
    assert lines == (
        "I can keep myself safe with the people and the plan around me, and what could harm me is out of reach.",
    )


def test_every_milestone_is_for_needs_of_its_goal() -> None:
    for goal in shipped().goals.values():
        assert {need for stone in goal.milestones for need in stone.needs} <= set(goal.needs)


def test_a_goal_within_another_one_lends_it_its_needs_and_does_not_keep_it_from_being_met() -> None:
    kb = shipped()
    answers = {
        "focus": "substance_use",
        "use.alcohol": "moderate",
        "withdrawal.alcohol_intake": "daily",
        "withdrawal.alcohol_window": "open",
        "withdrawal.alcohol_signs": "moderate",
    }
    plan = plan_for(answers)
    goal = plan.goal("settle-withdrawal-alcohol")
    assert goal is not None
    assert plan.goal("stop-drinking-safely") is None
    assert "alcohol-daily" in goal.needs
    signs_gone = complete(kb, answers | {"withdrawal.alcohol_signs": "none"})
    found = review(kb, plan, signs_gone, as_of=AS_OF + timedelta(days=2))
    assert "settle-withdrawal-alcohol" in found.goals_met
    assert "stop-drinking-safely" in found.goals_new


def test_a_partner_is_not_assumed() -> None:
    answers = {"use.alcohol": "moderate"}
    assert "bct" not in {one.approach for one in plan_for(answers).interventions}
    assert "bct" in plan_for(answers).ask_about
    wanted = plan_for(answers, prefers={"wants": ["couple"]})
    assert "bct" in {one.approach for one in wanted.interventions}


def test_what_a_person_would_rather_not_have_is_only_named_beside_main_care() -> None:
    kb = shipped()
    answers = {
        "focus": "substance_use",
        "use.stimulants": "moderate",
        "justice.involvement": "supervision",
        "justice.reoffending_risk": "high",
    }
    rec = trellis.decide(kb, complete(kb, answers), as_of=AS_OF)
    plan = make_plan(rec, read_person({"prefers": {"avoids": ["court"]}}))
    assert "drug_court" not in {one.approach for one in plan.interventions}
    assert "drug_court" in plan.ask_about


def test_team_members_are_found_by_other_words_for_their_role() -> None:
    team = (Member(name="Officer Hale", role="probation officer"), Member(name="Dr. Okafor", role="Psychiatrist"))
    assert "Officer Hale" in role_name("officer", team).en
    assert "Dr. Okafor" in role_name("prescriber", team).es


def test_a_plan_that_only_others_agreed_to_is_a_draft() -> None:
    agreed = [{"name": "Ines", "role": "family", "on": "2026-11-23"}]
    kinds = [gap.says.en for gap in find_gaps(shipped(), plan_for({}, agreed=agreed)) if gap.kind == "agreement"]
    assert kinds == ["The person has not agreed to this plan yet. It is a draft until they have."]
    agreed += [{"name": "Walter", "role": "person", "on": "2026-11-23"}]
    assert not [gap for gap in find_gaps(shipped(), plan_for({}, agreed=agreed)) if gap.kind == "agreement"]


def test_a_plan_without_use_says_nothing_of_a_return_to_it() -> None:
    view = PlanView(shipped(), plan_for({"focus": "mental_health", "mental.depression": "severe"}), "en", "person")
    assert not view.about_use
    assert PlanView(shipped(), plan_for({"use.alcohol": "mild"}), "en", "person").about_use


def test_the_first_step_of_an_own_goal_is_due_within_a_week() -> None:
    kb = shipped()
    said = Person.model_validate(
        {"goals": [{"goal": "Walk the dog", "by": "2027-11-01", "steps": ["Ask the neighbor"]}]}
    )
    plan = make_plan(trellis.decide(kb, complete(kb, {}), as_of=AS_OF), said)
    assert [action.by for action in plan.actions if action.goal == "own-1"] == [AS_OF + timedelta(days=7)]


def test_what_guidance_names_together_stands_side_by_side() -> None:
    kb = shipped()
    answers = {"focus": "mental_health", "mental.psychosis": "acute", "mental.first_episode": "yes"}
    rec = trellis.decide(kb, complete(kb, answers), as_of=AS_OF)
    proposed = {one.approach for one in make_plan(rec).interventions}
    assert {"antipsychotic", "csc", "cbtp", "family_intervention"} <= proposed


def test_naloxone_never_stands_in_place_of_medicine_for_opioid_use() -> None:
    answers = {
        "focus": "substance_use",
        "use.opioids": "severe",
        "use.opioid_medication": "not_taken",
        "overdose.tolerance_loss": "within_2_weeks",
        "justice.involvement": "custody",
    }
    proposed = {one.approach for one in plan_for(answers).interventions}
    assert "naloxone" in proposed
    assert proposed & {"buprenorphine", "methadone"}


def test_a_second_medicine_for_the_same_is_named_beside_the_first() -> None:
    plan = plan_for({"focus": "substance_use", "use.alcohol": "severe"})
    proposed = {one.approach for one in plan.interventions}
    assert len(proposed & {"acamprosate", "naltrexone_oral", "naltrexone_xr", "disulfiram"}) == 1


def test_a_medicine_that_is_prescribed_already_is_not_put_beside_another() -> None:
    answers = {"focus": "substance_use", "use.opioids": "severe"}
    plan = plan_for(answers, medications=[{"name": "methadone", "dose": "90 mg"}])
    assert "methadone" in {one.approach for one in plan.interventions}
    assert "buprenorphine" not in {one.approach for one in plan.interventions}


def test_what_serves_an_aim_that_nothing_else_serves_comes_in() -> None:
    answers = {
        "focus": "substance_use",
        "use.opioids": "severe",
        "use.opioid_medication": "taken_or_not_needed",
        "mental.anxiety": "moderate",
    }
    without = plan_for(answers)
    with_pain = plan_for(answers, aims=[{"words": "A back that lets me work", "serves": ["less_pain"]}])
    assert "oud_pain" not in {one.approach for one in without.interventions}
    assert "oud_pain" in {one.approach for one in with_pain.interventions}


def test_what_guidance_names_and_is_not_held_here_is_told() -> None:
    plan = plan_for({"focus": "substance_use", "use.alcohol": "severe"})
    assert plan.not_held
