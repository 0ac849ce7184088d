"""A plan fits this person: what they take already, where they are, how old they are; nothing is said of them twice."""

from __future__ import annotations

from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml12

import trellis
from tests.support import AS_OF, complete, person, shipped, vignettes
from tests.test_lives import AS_OF as LIVED
from tests.test_lives import PEOPLE
from trellis.approaches import guidance_for
from trellis.plans import make_plan, read_person
from trellis.plans.plan import Plan
from trellis.plans.render import to_html, to_markdown
from trellis.plans.roles import role_in
from trellis.plans.view import PlanView

VIGNETTES = vignettes()
BY_VIGNETTE = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
EXPECTED: dict[str, dict[str, Any]] = yaml12.read_yaml(Path(__file__).parents[1] / "approaches" / "reading_first.yaml")[
    "people"
]
READING = {life["also_known_as"]: life for life in PEOPLE if "also_known_as" in life}
OPIOIDS = {"focus": "substance_use", "use.opioids": "severe", "use.opioid_medication": "not_taken"}


@cache
def plan_of(name: str) -> Plan:
    return make_plan(person(shipped(), next(one for one in VIGNETTES if one["id"] == name)))


def plan_for(answers: dict[str, Any], **said: Any) -> Plan:
    kb = shipped()
    return make_plan(trellis.decide(kb, complete(kb, answers), as_of=AS_OF), read_person(said))


def proposed(plan: Plan) -> dict[str, Any]:
    return {one.approach: one for one in plan.interventions}


def steps(plan: Plan) -> list[str]:
    return [action.what.en for action in plan.actions]


# What comes first


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_first_treatment_in_the_plan_of_each_person_of_the_reading_is_one_guidance_names_first(name: str) -> None:
    plan = make_plan(trellis.decide(shipped(), READING[name]["answers"], as_of=LIVED))
    first = plan.ahead[0].name.en if plan.ahead else plan.interventions[0].approach
    reason = plan.ahead[0].why if plan.ahead else plan.interventions[0].why[0]
    assert first in EXPECTED[name]["first"]
    assert reason.sources


def test_hospital_care_stands_above_every_therapy_for_somebody_who_refuses_all_food() -> None:
    kb = shipped()
    plan = make_plan(trellis.decide(kb, READING["V9"]["answers"], as_of=LIVED))
    for page in (to_markdown(kb, plan), to_html(kb, plan), to_markdown(kb, plan, layout="page")):
        assert page.index("Hospital care by medical and eating disorder") < page.index("Cognitive behavioral therapy")
    assert "Hospital care by medical" not in " ".join(one.en for one in plan.not_held)


def test_what_treats_the_illness_stands_before_what_stands_beside_it() -> None:
    answers = {"focus": "mental_health", "age": "adolescent", "mental.eating": "symptoms"}
    names = [*proposed(plan_for(answers, aims=[{"words": "Run again", "serves": ["daily_life"]}]))]
    assert names.index("fbt") < names.index("case_management")


# What the person has already


def test_a_medicine_on_record_is_told_as_one_the_person_has_and_not_as_one_to_start() -> None:
    answers = {"focus": "mental_health", "mental.depression": "moderate"}
    fresh = proposed(plan_for(answers))["antidepressant"]
    assert any("Before you start" in one.words.person.en for one in fresh.cautions)
    plan = plan_for(answers, medications=[{"name": "Zoloft 50 mg", "prescriber": "Dr. Weiss"}])
    had = proposed(plan)["antidepressant"]
    assert had.taken == "Zoloft 50 mg, Dr. Weiss"
    assert not any("Before you start" in one.words.person.en for one in had.cautions)
    kb = shipped()
    for page in (to_markdown(kb, plan), to_html(kb, plan), to_markdown(kb, plan, role="clinician")):
        assert "Zoloft 50 mg, Dr. Weiss" in page
    assert "ya anotada" in to_markdown(kb, plan, lang="es", layout="page")


def test_a_medicine_that_was_stopped_is_one_to_talk_about_and_shown_as_not_taken() -> None:
    answers = {"focus": "mental_health", "mental.psychosis": "acute"}
    plan = plan_for(answers, medications=[{"name": "olanzapine", "taken": False}])
    assert proposed(plan)["antipsychotic"].taken == ""
    assert "olanzapine, not taken now" in to_markdown(shipped(), plan)


@pytest.mark.parametrize("name", ["methadone", "Suboxone film", "buprenorphine/naloxone 8-2 mg"])
def test_naltrexone_is_never_offered_to_somebody_who_takes_methadone_or_buprenorphine(name: str) -> None:
    without = plan_for(OPIOIDS)
    named = {other for one in without.interventions for other in one.instead}
    assert "naltrexone_xr" in {*named, *proposed(without), *without.ask_about}
    plan = plan_for(OPIOIDS | {"use.alcohol": "severe"}, medications=[{"name": name}])
    named = {other for one in plan.interventions for other in one.instead}
    assert not {"naltrexone_xr", "naltrexone_oral"} & {*named, *proposed(plan), *plan.ask_about}
    assert "naltrexone_xr" in plan.stopped


def test_buprenorphine_with_naloxone_is_no_naloxone_to_carry() -> None:
    carried = plan_for(OPIOIDS, medications=[{"name": "Narcan nasal spray"}])
    assert not any("Get naloxone" in step for step in steps(carried))
    assert not [one for one in carried.services if one.service == "naloxone" and one.gap]
    film = plan_for(OPIOIDS, medications=[{"name": "buprenorphine and naloxone film"}])
    assert any("Get naloxone" in step for step in steps(film))
    assert [one for one in film.services if one.service == "naloxone" and one.gap]


def test_whoever_prescribes_the_calming_pills_weighs_them_and_not_another_prescriber() -> None:
    answers = {"focus": "substance_use", "withdrawal.sedatives": "regular"}
    team = [{"name": "Dr. Bell", "role": "prescriber"}]
    plan = plan_for(answers, team=team, medications=[{"name": "clonazepam", "prescriber": "Dr. Orr"}])
    goal = plan.goal("pills-weighed")
    assert goal is not None
    assert {step.who.en for step in goal.steps} == {"Prescriber (Dr. Orr)"}
    other = plan_for(answers, team=team).goal("pills-weighed")
    assert other is not None
    assert {step.who.en for step in other.steps} == {"Prescriber (Dr. Bell)"}


def test_the_names_of_medicines_are_single_words_in_small_letters() -> None:
    kb = shipped()
    names = [name for one in (*kb.approaches.values(), *kb.goals.values()) for name in one.medicines]
    assert names
    assert [name for name in names if not (name.isalpha() and name == name.casefold())] == []


def test_care_for_pain_with_an_opioid_problem_is_not_offered_to_somebody_without_one() -> None:
    said = {"aims": [{"words": "Less pain in my knees", "serves": ["less_pain"]}]}
    calming = {"focus": "both", "age": "older_adult", "withdrawal.sedatives": "regular", "use.opioids": "none"}
    assert "oud_pain" not in proposed(plan_for(calming, **said))
    assert "oud_pain" in proposed(plan_for(OPIOIDS, **said))


# Where the person is, and how old


def test_somebody_in_jail_asks_for_medicine_and_naloxone_there() -> None:
    answers = OPIOIDS | {"overdose.tolerance_loss": "within_2_weeks", "justice.involvement": "custody"}
    said = steps(plan_for(answers, aims=[{"words": "Not go back to jail", "serves": ["stay_out_of_jail"]}]))
    assert any("while you are here" in step for step in said)
    assert not any("pharmacy" in step or "call and ask" in step for step in said)


def test_no_step_towards_an_aim_takes_the_place_of_one_that_guards_life() -> None:
    answers = OPIOIDS | {"overdose.tolerance_loss": "within_2_weeks", "justice.involvement": "supervision"}
    plan = plan_for(answers, aims=[{"words": "Not go back to jail", "serves": ["stay_out_of_jail"]}])
    assert any("naloxone" in step for step in steps(plan))
    assert len(plan.actions) == 3


@BY_VIGNETTE
def test_one_of_the_next_steps_is_a_way_into_the_care_that_is_named(vignette: dict[str, Any]) -> None:
    kb, plan = shipped(), plan_of(vignette["id"])
    settings = [kb.settings[kb.packages[place.package].setting] for place in plan.placing.now]
    if plan.evaluate or not any(one.meets for one in settings) or any("nights_away" in one.meets for one in settings):
        return
    ways = {step.text.en for goal in kb.goals.values() for step in goal.first_steps if step.asks_for_care}
    told = [action for action in plan.actions if action.what.en in ways or "first visit" in action.what.en]
    guarded = [action for action in plan.actions if action.goal in kb.goals and kb.goals[action.goal].protects]
    inside = any("in-custody" in goal.needs for goal in plan.goals)
    assert told or inside or len(guarded) == 3


@pytest.mark.parametrize(("age", "told"), [("adolescent", False), ("adult", True), ("older_adult", False)])
def test_the_work_rule_of_medicaid_is_told_to_those_whom_it_is_for(age: str, told: bool) -> None:
    plan = plan_for({"focus": "substance_use", "age": age, "use.alcohol": "moderate"})
    assert any("Medicaid" in step.text.person.en for goal in plan.goals for step in goal.steps) is told


def test_coming_down_from_stimulants_sends_nobody_to_a_hospital() -> None:
    low = {"focus": "substance_use", "use.stimulants": "severe", "withdrawal.stimulant_state": "crash"}
    said = [*steps(plan_for(low)), *(s.text.person.en for g in plan_for(low).goals for s in g.steps)]
    assert not any("hospital" in step for step in said)
    assert any("suicide" in step for step in said)
    grave = plan_for(low | {"withdrawal.stimulant_state": "agitated"})
    assert grave.goal("stimulant-low-passes") is None
    assert grave.goal("stimulant-crisis-over") is not None


@BY_VIGNETTE
def test_thoughts_of_suicide_are_among_the_signs_of_every_plan(vignette: dict[str, Any]) -> None:
    assert "suicide-stronger" in plan_of(vignette["id"]).step_up


def test_signs_of_a_medicine_for_opioids_are_told_to_nobody_without_an_opioid_problem() -> None:
    plan = plan_for({"focus": "substance_use", "use.stimulants": "severe", "use.fentanyl": "possible"})
    assert plan.goal("avoid-overdose") is not None
    assert not {"missed-opioid-doses", "return-to-opioids-after-break"} & set(plan.step_up)
    assert {"missed-opioid-doses", "return-to-opioids-after-break"} <= set(plan_for(OPIOIDS).step_up)


# Said once, and in its place


@BY_VIGNETTE
def test_what_guidance_says_is_said_once(vignette: dict[str, Any]) -> None:
    kb, plan = shipped(), plan_of(vignette["id"])
    says = {cell.says.en for cell in kb.of("guidance").values()}
    told = [one.why.words.person.en for one in plan.ahead]
    told += [reason.words.person.en for one in plan.interventions for reason in one.why]
    repeated = [text for text in told if text in says]
    assert len(repeated) == len(set(repeated))


def test_what_to_check_before_a_medicine_stands_in_one_sentence() -> None:
    kb = shipped()
    rec = trellis.decide(kb, {"focus": "mental_health", "age": "adult", "mental.depression": "severe"}, as_of=AS_OF)
    found = proposed(make_plan(rec))["antidepressant"]
    checks = [one.words.person.en for one in found.cautions if one.words.person.en.startswith("Check first:")]
    assert len(checks) == 1
    assert checks[0].count(";") >= 2


@BY_VIGNETTE
def test_every_reason_is_told_and_those_that_hold_the_place_stand_with_it(vignette: dict[str, Any]) -> None:
    plan = plan_of(vignette["id"])
    view = PlanView(shipped(), plan, "en", "person")
    assert set(plan.placing.holds) <= set(plan.placing.because)
    assert len(view.because) + len(view.also) == len(plan.placing.because)
    assert bool(view.because) == bool(plan.placing.because)


def test_nobody_is_told_of_guided_self_help_as_a_reason_for_a_psychiatric_unit() -> None:
    plan = plan_for(
        {
            "focus": "mental_health",
            "harm.suicide_thoughts": "intent",
            "harm.stays_safe": "no",
            "mental.depression": "moderate",
        }
    )
    view = PlanView(shipped(), plan, "en", "person")
    assert plan.placing.holds[:2] == ("suicide-danger", "suicide-cannot-stay-safe")
    assert not any("self-help" in reason.text for reason in view.because)
    assert "Talk therapy" in [name for _, names in view.arranged for name in names]


@BY_VIGNETTE
def test_goals_for_later_stand_in_full_further_down_and_guard_nobodys_life(vignette: dict[str, Any]) -> None:
    kb, plan = shipped(), plan_of(vignette["id"])
    view = PlanView(kb, plan, "en", "person")
    assert len(view.goals_first) + len(view.goals_later) == len(plan.goals)
    assert not [goal.id for goal in view.goals_later if goal.own or kb.goals[goal.id].protects]


def test_every_goal_of_a_long_plan_stands_in_full_once_in_both_forms() -> None:
    kb = shipped()
    plan = make_plan(trellis.decide(kb, READING["V7"]["answers"], as_of=LIVED))
    assert PlanView(kb, plan, "en", "person").goals_later
    for page in (to_markdown(kb, plan), unescape(to_html(kb, plan))):
        for goal in plan.goals:
            assert goal.counts is not None
            assert page.count(goal.counts.en) == 1


def test_a_goal_of_their_own_that_is_due_sooner_stands_before_one_that_serves_an_aim() -> None:
    answers = {"focus": "mental_health", "use.gambling": "severe"}
    aims = [{"words": "Mend things with my wife", "serves": ["mend_relationships"]}]
    soon = plan_for(answers, aims=aims, goals=[{"goal": "Pay the rent", "by": str(AS_OF.replace(day=28))}])
    late = plan_for(answers, aims=aims, goals=[{"goal": "Pay the rent", "by": f"{AS_OF.year + 2}-01-01"}])
    assert soon.goals[0].id == "own-1"
    assert late.goals[0].id != "own-1"


def test_what_is_said_of_everybody_gives_way_to_what_is_said_of_the_time_around_a_birth() -> None:
    kb = shipped()
    answers = {"focus": "mental_health", "age": "adult", "mental.depression": "moderate"}
    after = trellis.decide(kb, complete(kb, answers | {"pregnancy": "postpartum"}), as_of=AS_OF)
    assert {one.cell.id for one in guidance_for(after)} & {
        "depression-moderate",
        "depression-moderate-medicine",
    } == set()
    names = [*proposed(make_plan(after))]
    assert names[0] == "perinatal_therapy"
    other = trellis.decide(kb, complete(kb, answers | {"pregnancy": "no"}), as_of=AS_OF)
    assert "depression-moderate" in {one.cell.id for one in guidance_for(other)}


def test_roles_of_the_team_are_in_the_language_of_the_reader() -> None:
    plan = plan_for(
        {},
        team=[{"name": "Dra. Ruiz", "role": "prescriber"}, {"name": "Hale", "role": "bike shop owner"}],
        agreed=[{"name": "Lupe", "role": "family", "on": "2026-11-23"}],
    )
    page = to_markdown(shipped(), plan, lang="es")
    assert "Dra. Ruiz, profesional que receta" in page
    assert "Lupe, familiar o amigo" in page
    assert "Hale, bike shop owner" in page
    assert role_in("persona", "en") == "person"
