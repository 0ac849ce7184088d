"""A plan follows from its recommendation, and from the person's own words; nothing is added and nothing is lost."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import trellis
from tests.support import AS_OF, CONTEXT, complete, person, shipped, vignettes
from trellis.account.services import services_of
from trellis.errors import AnswerError
from trellis.evidence import statement
from trellis.plans import Person, find_gaps, make_plan, read_person, read_plan
from trellis.plans.plan import Plan
from trellis.plans.render import to_json

VIGNETTES = vignettes()


@cache
def decided(name: str) -> tuple[trellis.Recommendation, Plan]:
    """A person of the vignettes, decided and planned once for all tests."""
    vignette = next(one for one in VIGNETTES if one["id"] == name)
    rec = person(shipped(), vignette)
    return rec, make_plan(rec)


def plan_for(answers: dict[str, Any], **said: Any) -> Plan:
    kb = shipped()
    rec = trellis.decide(kb, complete(kb, answers), as_of=AS_OF)
    return make_plan(rec, read_person(said))


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
def test_every_active_need_of_every_vignette_is_a_problem_with_a_goal(vignette: dict[str, Any]) -> None:
    rec, plan = decided(vignette["id"])
    worked_on = [need for goal in plan.goals for need in goal.needs]
    assert sorted(worked_on) == sorted(need.id for need in rec.active)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
def test_every_goal_of_every_vignette_is_specific_measurable_achievable_relevant_and_timed(
    vignette: dict[str, Any],
) -> None:
    _, plan = decided(vignette["id"])
    assert not [gap for gap in find_gaps(shipped(), plan) if gap.goal]


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
def test_every_sentence_of_evidence_leads_to_a_source_that_can_be_opened(vignette: dict[str, Any]) -> None:
    kb = shipped()
    for intervention in decided(vignette["id"])[1].interventions:
        for name in intervention.evidence:
            one = statement(kb, kb.summaries[name])
            assert one.sources
            assert all(source.link.startswith("http") for source in one.sources)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette["id"])
def test_danger_evaluations_and_services_stand_in_the_plan_as_in_the_recommendation(vignette: dict[str, Any]) -> None:
    rec, plan = decided(vignette["id"])
    assert plan.urgent == tuple(view.id for view in rec.urgent)
    assert [service.service for service in plan.services] == [s.id for s in services_of(rec) if s.certain]
    assert [e.by for e in plan.evaluate] == [e.by for e in rec.evaluate if e.certain]
    assert len(plan.actions) <= 3


def test_a_plan_reads_back_from_its_file_as_it_was() -> None:
    plan = plan_for(
        {"use.opioids": "severe", "harm.suicide_thoughts": "thoughts"},
        called="Sam",
        aims=["keep my job"],
        agreed=[{"name": "Sam", "role": "person", "on": "2026-11-23"}],
    )
    import json

    assert read_plan(json.loads(to_json(plan))) == plan


def test_a_saved_file_that_is_no_plan_is_refused_with_what_to_do() -> None:
    with pytest.raises(AnswerError, match="not a saved plan"):
        read_plan({"answers": {}})
    with pytest.raises(AnswerError, match="reads form 1"):
        read_plan({"form": 99, "placing": {}})


def test_medication_for_opioid_use_stands_before_every_therapy() -> None:
    plan = plan_for({"use.opioids": "severe", "mental.depression": "moderate"})
    first = [intervention.approach for intervention in plan.interventions][:2]
    assert {"methadone", "buprenorphine"} & set(first)
    assert plan.naloxone


def test_of_several_therapies_for_one_thing_one_is_proposed_and_the_others_are_named_beside_it() -> None:
    plan = plan_for({"mental.depression": "severe"})
    proposed = [intervention.approach for intervention in plan.interventions]
    talking = [name for name in ("cbt", "ba", "ipt") if name in proposed]
    assert len(talking) == 1
    beside = next(i.instead for i in plan.interventions if i.approach == talking[0])
    assert {"cbt", "ba", "ipt"} - set(talking) <= set(beside)


def test_what_the_person_chose_comes_in_and_what_they_declined_stays_out() -> None:
    usual = plan_for({"mental.depression": "severe"})
    first = next(i for i in usual.interventions if i.instead)
    other = next(name for name in first.instead if name in ("cbt", "ba", "ipt"))
    plan = plan_for({"mental.depression": "severe"}, approaches={"chosen": [other], "declined": [first.approach]})
    proposed = {intervention.approach: intervention for intervention in plan.interventions}
    assert proposed[other].chosen
    assert first.approach not in proposed
    assert all(first.approach not in intervention.instead for intervention in plan.interventions)
    assert first.approach not in plan.ask_about


def test_the_persons_own_words_are_kept_as_they_are() -> None:
    plan = plan_for(
        {},
        aims=[{"words": "see my girl on Sundays", "serves": ["be_a_better_parent"]}],
        strengths="My grandmother's kitchen",
        goals=[{"goal": "Call my girl every Sunday", "by": "2026-12-20", "steps": ["Ask for the number"]}],
        safety_plan={"people": ["Aunt R."]},
    )
    assert plan.aims[0].words == "see my girl on Sundays"
    assert plan.strengths == ("My grandmother's kitchen",)
    own = plan.goal("own-1")
    assert own is not None
    assert own.goal.person.en == own.goal.person.es == "Call my girl every Sunday"
    assert plan.safety_plan.people == ("Aunt R.",)


def test_a_mistyped_part_of_the_persons_words_is_named_with_its_place() -> None:
    with pytest.raises(AnswerError) as caught:
        read_person({"strenghts": ["x"], "agreed": [{"name": "A"}]})
    told = str(caught.value)
    assert "strenghts" in told
    assert "Did you mean strengths?" in told
    assert "agreed: 0: role" in told


def test_an_approach_or_aim_that_does_not_exist_is_named() -> None:
    with pytest.raises(AnswerError) as caught:
        plan_for({}, approaches={"chosen": ["cbtt"]}, aims=[{"words": "x", "serves": ["keep_work"]}])
    assert "cbtt" in str(caught.value)
    assert "keep_work" in str(caught.value)


def test_an_unsettled_recommendation_gives_the_least_and_says_how_much_is_open() -> None:
    kb = shipped()
    rec = trellis.decide(kb, CONTEXT | {"mental.depression": "severe"}, as_of=AS_OF)
    plan = make_plan(rec)
    assert not plan.placing.settled
    assert [place.package for place in plan.placing.now] == list(rec.least.now.ids)
    assert [place.package for place in plan.placing.most] == list(rec.most.now.ids)
    assert plan.open_questions > 0


def test_a_step_down_waits_for_exactly_the_needs_that_hold_it_back() -> None:

    for vignette in VIGNETTES:
        rec, plan = decided(vignette["id"])
        for way in plan.step_down:
            assert way.needs == rec.step_down[way.target.package].resolve


def test_nobody_gets_an_approach_that_is_stopped() -> None:

    for vignette in VIGNETTES:
        _, plan = decided(vignette["id"])
        assert not {intervention.approach for intervention in plan.interventions} & set(plan.stopped)


def test_a_plan_for_nobody_known_says_what_is_missing() -> None:
    plan = make_plan(trellis.decide(shipped(), {}, as_of=AS_OF), Person())
    kinds = {gap.kind for gap in find_gaps(shipped(), plan)}
    assert {"voice", "agreement"} <= kinds
