"""The mission, line by line: its two settings with four groups each, their advantages, and the steps to a choice."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import trellis
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.engine.artefact import HOLD

INPATIENT = ("serious_mental_illness", "medical_detox", "structure", "harm")
IOP = ("step_down", "ongoing_support", "commitments", "low_risk")
GROUPS = [f"inpatient.{group}" for group in INPATIENT] + [f"iop.{group}" for group in IOP]
ADULT = {"focus": "both", "age": "adult", "pregnancy": "no"}


@cache
def people() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in vignettes()}


def of_group(group: str) -> dict[str, Any]:
    """The person who stands for the group in ``mission.yaml``; other files may hold more."""
    (found,) = (one for one in people().values() if one["file"] == "mission.yaml" and one.get("group") == group)
    return found


def near_miss_of(vignette: dict[str, Any]) -> dict[str, Any]:
    (found,) = (one for one in people().values() if one.get("near_miss_of") == vignette["id"])
    return found


def decided(vignette: dict[str, Any]) -> trellis.Recommendation:
    return person(shipped(), vignette)


def with_best(**answers: str) -> trellis.Recommendation:
    """Somebody with these answers and all else at its best; ``__`` stands for the dot of a fact's name."""
    kb = shipped()
    named = {name.replace("__", "."): value for name, value in answers.items()}
    return trellis.decide(kb, complete(kb, ADULT | named), as_of=AS_OF)


def gives(package: Any, axis: str) -> str:
    kb = shipped()
    return kb.axes[axis].steps[package.gives[list(kb.axes).index(axis)]].id


def around_the_clock(package: Any) -> bool:
    """Whether staff are there at every hour where the person sleeps."""
    kb = shipped()
    supervision = kb.axes["supervision"]
    return supervision.steps[package.gives[list(kb.axes).index("supervision")]].around_the_clock


def in_24_hour_care(rec: trellis.Recommendation) -> bool:
    return rec.now is not None and all(around_the_clock(package) for package in rec.now.packages)


def in_iop(rec: trellis.Recommendation) -> bool:
    return rec.now is not None and all("iop" in package.parts for package in rec.now.packages)


def services(rec: trellis.Recommendation) -> set[str]:
    return {service.id for service in rec.services if service.certain}


def needs_around_the_clock() -> dict[str, str | None]:
    """The needs that, outside a hold, ask for a step that only 24-hour care gives, with the group each names."""
    kb = shipped()
    axes = list(kb.axes.values())
    found = {}
    for need, compiled in zip(kb.needs.values(), kb.artefact.needs, strict=True):
        asks = any(axis.steps[step].around_the_clock for axis, step in zip(axes, compiled.requires, strict=True))
        if compiled.phase != HOLD and asks:
            found[need.id] = need.group
    return found


# The groups, and those who miss one by a single fact.


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_a_person_and_a_near_miss_that_differs_in_one_answer(group: str) -> None:
    member = of_group(group)
    miss = near_miss_of(member)
    differing = {
        name
        for name in member["answers"].keys() | miss["answers"].keys()
        if member["answers"].get(name) != miss["answers"].get(name)
    }
    assert len(differing) == 1


@pytest.mark.parametrize("group", GROUPS)
def test_the_answer_is_settled_for_both(group: str) -> None:
    assert decided(of_group(group)).settled
    assert decided(near_miss_of(of_group(group))).settled


def check_inpatient(group: str) -> None:
    member = of_group(f"inpatient.{group}")
    rec, miss = decided(member), decided(near_miss_of(member))
    asking = {need.group for need in rec.active if need.id in needs_around_the_clock()}
    assert in_24_hour_care(rec)
    assert asking == {group}
    assert not in_24_hour_care(miss)
    assert not any(need.id in needs_around_the_clock() for need in miss.active)


def test_a_person_with_serious_mental_illness_that_home_cannot_manage_gets_24_hour_care() -> None:
    check_inpatient("serious_mental_illness")


def test_a_person_who_needs_medical_detoxification_gets_24_hour_care() -> None:
    check_inpatient("medical_detox")


def test_a_person_who_needs_more_structure_than_home_gives_gets_24_hour_care() -> None:
    check_inpatient("structure")


def test_a_person_who_may_harm_themselves_or_others_gets_24_hour_care() -> None:
    check_inpatient("harm")


def test_24_hour_care_for_danger_to_others_carries_the_group_harm_as_well() -> None:
    rec = with_best(harm__violence="plan_or_target", harm__violence_from_illness="yes")
    assert in_24_hour_care(rec)
    assert {need.group for need in rec.active if need.id in needs_around_the_clock()} == {"harm"}


def test_everybody_whom_a_vignette_puts_into_a_group_ends_where_the_group_ends() -> None:
    for vignette in people().values():
        setting, _, group = vignette.get("group", "").partition(".")
        rec = decided(vignette)
        if setting == "inpatient":
            asking = {need.group for need in rec.active if need.id in needs_around_the_clock()}
            assert in_24_hour_care(rec), vignette["id"]
            assert group in asking, vignette["id"]
        elif setting == "iop":
            assert in_iop(rec), vignette["id"]


def test_every_need_that_asks_for_care_around_the_clock_names_one_of_the_four_groups_and_all_four_are_used() -> None:
    groups = needs_around_the_clock()
    assert [need for need, group in groups.items() if group not in INPATIENT] == []
    assert set(groups.values()) == set(INPATIENT)


def test_no_other_need_names_a_group() -> None:
    named = {need.id for need in shipped().needs.values() if need.group is not None}
    assert named == needs_around_the_clock().keys()


def test_everybody_in_24_hour_care_is_there_for_one_of_the_four_reasons() -> None:
    for vignette in people().values():
        rec = decided(vignette)
        minor = vignette["answers"].get("age") == "adolescent"  # a home of their own for minors is a staffed one
        if in_24_hour_care(rec) and not minor:
            assert any(need.id in needs_around_the_clock() for need in rec.active), vignette["id"]


def check_iop(group: str) -> None:
    member = of_group(f"iop.{group}")
    assert in_iop(decided(member))
    assert not in_iop(decided(near_miss_of(member)))


def test_a_person_stepping_down_from_inpatient_to_regular_life_gets_iop() -> None:
    check_iop("step_down")
    rec = decided(of_group("iop.step_down"))
    assert "leaving-24-hour-care" in {need.id for need in rec.active}
    assert {"contact_7_days", "continuing_care"} <= services(rec)


def test_a_person_who_needs_continued_support_with_mental_health_and_addiction_gets_iop() -> None:
    check_iop("ongoing_support")
    assert "integrated_treatment" in services(decided(of_group("iop.ongoing_support")))


def test_a_person_whose_commitments_rule_out_living_in_gets_iop_with_accommodations() -> None:
    check_iop("commitments")
    rec = decided(of_group("iop.commitments"))
    assert rec.conflicts == ()
    offered = {accommodation for barrier in rec.barriers for accommodation in barrier.accommodations}
    assert {"evening_programme", "telehealth", "childcare"} <= offered


def test_commitments_in_the_face_of_danger_are_shown_as_a_conflict_and_never_lower_the_care() -> None:
    miss = near_miss_of(of_group("iop.commitments"))
    rec = decided(miss)
    free = {
        name: value for name, value in miss["answers"].items() if not name.startswith(("commitments.", "preferences."))
    }
    without_commitments = trellis.decide(shipped(), complete(shipped(), free), as_of=AS_OF)
    (conflict,) = rec.conflicts
    assert conflict.kind == "wish"
    assert conflict.packages == rec.now.ids
    assert conflict.lesser is not None
    assert conflict.interim
    assert conflict.look_again > AS_OF
    assert set(rec.now.ids) == set(without_commitments.now.ids)


def test_a_person_at_low_risk_of_harm_whose_problem_is_beyond_weekly_care_gets_iop() -> None:
    check_iop("low_risk")
    rec = decided(of_group("iop.low_risk"))
    assert not rec.hold
    assert rec.urgent == ()
    assert "outpatient" in {name for name, rows in rec.shortfalls.items() if rows}


# The advantages that the mission names.


@pytest.mark.parametrize("group", INPATIENT)
def test_inpatient_care_gives_intensive_support_and_structure(group: str) -> None:
    rec = decided(of_group(f"inpatient.{group}"))
    for package in rec.now.packages:
        assert gives(package, "structure") == "continuous"
        assert gives(package, "psychiatric") in ("weekly", "daily", "acute_unit")


@pytest.mark.parametrize("group", INPATIENT)
def test_inpatient_care_gives_safety_and_supervision_at_all_hours(group: str) -> None:
    rec = decided(of_group(f"inpatient.{group}"))
    for package in rec.now.packages:
        assert gives(package, "supervision") in ("awake_24h", "nursing_24h", "constant")
        assert gives(package, "housing") == "residence_24h"


@pytest.mark.parametrize("group", IOP)
def test_iop_keeps_nights_at_home_and_the_daily_routine(group: str) -> None:
    rec = decided(of_group(f"iop.{group}"))
    for package in rec.now.packages:
        assert gives(package, "housing") == "own_home"
        assert gives(package, "structure") == "intensive"
        assert "nights_away" not in package.meets


def test_iop_bends_to_work_and_children_and_the_same_commitments_do_not_change_the_level() -> None:
    free = with_best(use__alcohol="severe")
    bound = with_best(use__alcohol="severe", commitments__work="fixed_hours", commitments__caring="sole")
    assert free.now.ids == bound.now.ids == ("iop",)
    assert free.barriers == ()
    assert {barrier.id for barrier in bound.barriers} == {"work_fixed_hours", "sole_carer"}
    assert all(barrier.accommodations for barrier in bound.barriers)


def test_support_is_tailored_so_that_people_at_the_same_level_get_different_services() -> None:
    at_iop = [decided(of_group(f"iop.{group}")) for group in IOP]
    assert len({rec.now.ids for rec in at_iop}) == 1
    assert len({frozenset(services(rec)) for rec in at_iop}) == len(IOP)


# Step 1: professional guidance.


def test_everybody_in_danger_is_told_who_must_look_and_how_soon() -> None:
    for vignette in people().values():
        rec = decided(vignette)
        dangers = {urgent.id for urgent in rec.urgent} - {"home_violence"}  # whoever is harmed at home is not examined
        if dangers:
            certain = [look for look in rec.evaluate if look.certain]
            assert certain, vignette["id"]
            assert min(look.within_hours for look in certain) <= 24, vignette["id"]
            assert all(look.by in shipped().evaluators for look in certain)


def test_every_active_need_shows_its_basis() -> None:
    for vignette in people().values():
        for need in decided(vignette).active:
            assert need.facts, f"{vignette['id']}: {need.id} names no fact"
            assert need.sources, need.id
            assert need.mapping in ("source", "judgement")
            assert need.review


# Step 2: the approaches.


@pytest.mark.parametrize(
    ("answers", "service"),
    [
        ({"use__stimulants": "mild"}, "contingency_management"),
        ({"mental__trauma": "ptsd"}, "trauma_therapy"),
        ({"engagement__readiness": "unsure"}, "motivational_interviewing"),
        ({"mental__emotional_crises": "some"}, "skills_for_emotions"),
        ({"use__opioids": "mild"}, "opioid_medication"),
        ({"use__alcohol": "moderate"}, "alcohol_medication"),
        ({"mental__eating": "needs_meal_support"}, "eating_disorder_care"),
        ({"justice__reoffending_risk": "moderate"}, "reoffending_programme"),
        ({"age": "adolescent", "use__other": "moderate"}, "family_work"),
    ],
)
def test_a_need_brings_the_approach_that_is_known_to_help(answers: dict[str, str], service: str) -> None:
    rec = with_best(**answers)
    assert service in services(rec)
    assert shipped().services[service].what.en
    assert shipped().services[service].what.es


@pytest.mark.parametrize(
    "answers",
    [
        {"use__opioids": "mild"},
        {"use__opioids": "moderate", "use__craving": "strong"},
        {"use__opioids": "severe", "history__intensive_not_enough": "once"},
        {"use__opioids": "severe", "use__unsafe_in_community": "yes"},
        {"use__opioids": "severe", "physical__illness": "nursing_24h"},
        {"use__opioids": "severe", "withdrawal__opioid_unstable": "yes"},
        {"use__opioids": "severe", "harm__suicide_behaviour": "past_day"},
    ],
)
def test_opioid_use_disorder_brings_medication_and_naloxone_at_every_level(answers: dict[str, str]) -> None:
    assert {"opioid_medication", "naloxone"} <= services(with_best(**answers))


# Step 3: individual needs.


def test_severity_changes_the_result() -> None:
    ranks = [with_best(use__alcohol=severity).now.rank for severity in ("none", "some", "mild", "moderate", "severe")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_co_occurring_conditions_change_the_result() -> None:
    apart = services(with_best(mental__depression="moderate")) | services(with_best(use__alcohol="moderate"))
    together = with_best(mental__depression="moderate", use__alcohol="moderate")
    assert services(together) - apart == {"integrated_treatment"}
    assert dict(together.now.requirement)["co_occurring"] == "capable"


def test_support_at_home_changes_the_result() -> None:
    alone = with_best(withdrawal__alcohol_signs="moderate", environment__support="none")
    supported = with_best(withdrawal__alcohol_signs="moderate", environment__support="reliable")
    assert in_24_hour_care(alone)
    assert not in_24_hour_care(supported)


@pytest.mark.parametrize(
    "answers",
    [
        {"environment__housing": "homeless"},
        {"justice__court_order": "yes", "justice__involvement": "custody", "justice__reoffending_risk": "high"},
        {"engagement__readiness": "not_now"},
        {"preferences__nights_at_home": "must", "commitments__caring": "sole"},
    ],
)
@pytest.mark.parametrize("severity", ["none", "mild", "severe"])
def test_homelessness_a_court_order_low_motivation_and_wishes_leave_clinical_care_where_it_was(
    answers: dict[str, str], severity: str
) -> None:
    plain, burdened = with_best(use__alcohol=severity), with_best(use__alcohol=severity, **answers)
    clinical = {axis.id for axis in shipped().axes.values() if axis.clinical}
    for phase in ("now", "next"):
        before, after = (dict(getattr(rec, phase).requirement) for rec in (plain, burdened))
        assert {axis: before.get(axis) for axis in clinical} == {axis: after.get(axis) for axis in clinical}


# Step 4: the settings compared.


@pytest.mark.parametrize("group", GROUPS)
def test_every_setting_below_the_recommended_one_says_what_it_lacks_and_who_asks(group: str) -> None:
    rec = decided(of_group(group))
    lower = [package for package in shipped().packages.values() if package.rank < rec.now.rank]
    assert lower
    for package in lower:
        rows = rec.shortfalls[package.id]
        assert rows, package.id
        for row in rows:
            axis = shipped().axes[row.axis]
            assert axis.rank_of(row.given) < axis.rank_of(row.asked)
            assert row.needs
    assert all(not rec.shortfalls[name] for name in rec.now.ids)


def test_supervision_structure_and_place_tell_iop_from_inpatient_care() -> None:
    lacking = {row.axis for group in INPATIENT for row in decided(of_group(f"inpatient.{group}")).shortfalls["iop"]}
    assert {"supervision", "structure", "housing", "withdrawal", "psychiatric"} <= lacking


# Step 5: a treatment team.


@pytest.mark.parametrize("group", INPATIENT)
def test_the_team_can_see_what_has_to_be_resolved_before_iop_is_enough(group: str) -> None:
    rec = decided(of_group(f"inpatient.{group}"))
    way = rec.step_down["iop"]
    active = {need.id for need in rec.active}
    assert way.resolve
    assert set(way.resolve) <= active
    assert way.open == ()
    assert set(way.resolve) & needs_around_the_clock().keys()


def test_the_near_miss_shows_that_resolving_those_needs_leads_out_of_24_hour_care() -> None:
    for group in INPATIENT:
        member = of_group(f"inpatient.{group}")
        rec, miss = decided(member), decided(near_miss_of(member))
        resolved = set(rec.step_down["php"].resolve) - {need.id for need in miss.active}
        assert resolved & needs_around_the_clock().keys(), member["id"]


def test_the_person_and_the_clinician_read_the_same_reasons_each_in_their_words_and_language() -> None:
    for vignette in people().values():
        for need in decided(vignette).active:
            said = [need.because.for_role(role) for role in ("person", "clinician")]
            assert all(text.en and text.es for text in said), need.id
            assert said[0].en != said[1].en, need.id
