"""Around the placement: danger, evaluation, holds, services, barriers, wishes and places that cannot be had."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

import trellis
from tests.decide.reading import decide, ids, well
from tests.library.tiny import CONTEXT, known, tiny
from tests.support import AS_OF, shipped
from trellis import Answer, AnswerError
from trellis.decide.ends import end_at
from trellis.decide.views import EvaluateView, ServiceView, UrgentView
from trellis.engine.artefact import propagate
from trellis.engine.node import least_points

# --- danger


def test_the_gravest_danger_stands_first() -> None:
    rec = well(use__shakes="severe", use__window="open", life__danger="yes")
    assert rec.urgent == (UrgentView("danger", ("danger-certain",)), UrgentView("shakes", ("shakes-severe",)))


def test_no_danger_no_help_panel() -> None:
    assert well().urgent == ()
    assert decide({}).urgent == ()


@pytest.mark.parametrize(("days", "latched"), [(1, False), (2, True), (400, True)])
def test_danger_that_rests_on_an_old_answer_says_so(days: int, latched: bool) -> None:
    rec = decide({"life.danger": Answer("yes", date=AS_OF - timedelta(days=days))})
    assert rec.urgent == (UrgentView("danger", ("danger-certain",), latched=latched),)


def test_danger_shows_while_all_else_is_open() -> None:
    rec = decide({"life.danger": "yes"})
    assert ids(rec.urgent) == ["danger"]
    assert rec.now is None or rec.now.rank >= tiny().packages["ward"].rank


# --- who must look, and what is done until then


def test_of_several_evaluations_by_one_person_the_earliest_counts() -> None:
    rec = well(life__danger="maybe", life__support="few", score__mood="high")
    assert rec.evaluate == (EvaluateView("nurse", 4, ("danger-unclear", "danger-unheard", "score-high")),)


def test_evaluations_stand_soonest_first_and_those_in_doubt_last() -> None:
    rec = decide(
        known(life__danger="yes") | {"score.mood": None, "mood.any": "yes", "use.shakes": None, "use.drink": None}
    )
    assert [(view.by, view.within_hours, view.certain) for view in rec.evaluate] == [
        ("doctor", 2, True),
        ("nurse", 24, True),
    ]
    rec = decide(known(mood__any="yes", score__mood=None))
    assert rec.evaluate == (EvaluateView("nurse", 12, ("score-high",), certain=False),)


def test_a_hold_says_what_is_required_who_asks_and_what_serves_it() -> None:
    hold = well(life__danger="maybe", life__support="few").hold
    assert hold.requirement == (("watch", "constant"),)
    assert hold.needs == ("danger-unclear", "danger-unheard")
    assert hold.responses == ("emergency",)


def test_a_hold_never_places_anybody() -> None:
    rec = well(life__danger="maybe")
    assert rec.hold is not None
    assert rec.now.ids == rec.next.ids == ("home",)


def test_a_hold_that_only_calls_for_an_evaluation_requires_nothing() -> None:
    rec = well(score__mood="highest")
    assert rec.hold is None
    assert [view.by for view in rec.evaluate] == ["nurse"]
    assert well().hold is None


# --- services


def test_services_stand_certain_before_open_and_safety_before_the_rest() -> None:
    rec = decide(known(use__drink="some", life__danger="yes", mood__any=None, mood__low=None))
    assert [(view.id, view.certain, view.safety) for view in rec.services] == [
        ("naloxone", True, True), ("safety_plan", True, True), ("leaflet", True, False), ("peer", True, False),
        ("talking", False, False),
    ]  # fmt: skip


def test_a_service_names_every_need_that_asks_for_it() -> None:
    rec = well(mood__low="moderate", use__shakes="mild")
    assert next(view for view in rec.services if view.id == "talking").needs == ("mood-moderate", "shakes-mild")


def test_a_service_that_a_recommended_package_lacks_is_a_gap_to_arrange() -> None:
    rec = well(mood__low="moderate")
    assert rec.now.ids == ("clinic",)
    assert rec.services == (
        ServiceView("leaflet", ("everybody",), certain=True, gap=False, safety=False),
        ServiceView("talking", ("mood-moderate",), certain=True, gap=False, safety=False),
    )
    assert [(view.id, view.gap) for view in well(use__drink="some").services] == [
        ("naloxone", True), ("leaflet", True), ("peer", True),
    ]  # fmt: skip


def test_a_service_never_decides_what_fits() -> None:
    assert well(use__drink="some").now.ids == ("home",)


# --- preferences, within a rank and nowhere else


def test_a_wish_orders_the_packages_of_the_lowest_rank() -> None:
    plain = well(use__shakes="mild")
    busy = well(use__shakes="mild", life__work="fixed")
    assert plain.now.ids == ("hospital", "ward")
    assert busy.now.ids == ("ward", "hospital")
    assert busy.now.rank == plain.now.rank
    assert busy.settled


def test_a_wish_never_lowers_what_is_safe() -> None:
    wishes = {"life__work": "fixed", "life__nights": "must_home", "life__language": "yes"}
    for facts in ({"life__danger": "yes"}, {"use__shakes": "mild"}, {"life__home": "street"}, {}):
        plain, wishing = well(**facts), well(**facts, **wishes)
        assert set(plain.now.ids) == set(wishing.now.ids)
        assert plain.now.requirement == wishing.now.requirement


def people_between_places(kb: trellis.Knowledge) -> Any:
    """The least people of whom two packages of one rank fit: each need by itself, and each two of them together."""
    artefact = kb.artefact
    singles = [point for need in artefact.needs for point in least_points(need.node)]
    for points in [*((one,) for one in singles), *combinations(singles, 2)]:
        ranks = [0] * len(artefact.facts)
        for point in points:
            for fact, rank in point.items():
                ranks[fact] = max(ranks[fact], rank)
        propagate(artefact.implications, ranks, list(artefact.tops))
        for context in range(len(kb.contexts)):
            if not any(ranks[fact] for fact in artefact.closed[context]):
                end = end_at(artefact, ranks, context)
                if len(end.now_fit) > 1:
                    yield ranks, context, end
                break


def test_in_the_shipped_knowledge_too_wishes_order_a_rank_and_nothing_else() -> None:
    """Where two packages share a rank, no commitment or preference changes which they are."""
    kb = shipped()
    ranks, context, end = next(people_between_places(kb))
    answers = dict(kb.contexts[context]) | {
        fact.id: fact.step_at(rank).id
        for number, (fact, rank) in enumerate(zip(kb.facts.values(), ranks, strict=True))
        if number not in kb.artefact.closed[context] and fact.kind != "evaluation"
    }
    wishes = {f.id: f.step_at(f.top).id for f in kb.facts.values() if f.kind in ("preference", "commitment")}
    expected = {kb.artefact.packages[place].id for place in end.now_fit}
    for one in ({}, wishes, *({name: value} for name, value in wishes.items())):
        rec = trellis.decide(kb, answers | one, as_of=AS_OF)
        assert set(rec.now.ids) == expected
        meets = {"", *(meet for barrier in rec.barriers for meet in kb.barriers[barrier.id].meets)}
        collisions = [len(meets & set(package.meets)) for package in rec.now.packages]
        assert not one or collisions == sorted(collisions)


# --- barriers


def test_a_barrier_names_the_recommended_packages_it_meets_and_what_answers_it() -> None:
    (barrier,) = well(use__shakes="mild", life__work="fixed").barriers
    assert (barrier.id, barrier.packages, barrier.accommodations) == ("work_fixed", ("hospital",), ("evening",))
    assert barrier.because == tiny().barriers["work_fixed"].because


def test_a_barrier_that_no_recommended_package_meets_is_none() -> None:
    assert well(life__work="fixed", life__nights="must_home").barriers == ()


def test_language_is_met_everywhere() -> None:
    (barrier,) = well(life__language="yes").barriers
    assert (barrier.id, barrier.packages) == ("language", ("home",))


def test_without_a_placement_there_are_no_barriers_to_it_yet() -> None:
    assert decide({"life.work": "fixed"}).barriers == ()


# --- wishes, refusals, places that are full or denied


def test_a_firm_wish_against_what_is_needed_is_shown_with_what_lies_below_it() -> None:
    rec = well(use__shakes="mild", life__nights="must_home")
    (conflict,) = rec.conflicts
    assert rec.now.ids == ("hospital", "ward")
    assert (conflict.kind, conflict.packages) == ("wish", ("hospital", "ward"))
    assert conflict.next_sufficient == ()
    # The shared home stands higher, and gives nothing of what is asked.
    assert conflict.lesser == "clinic"
    assert conflict.interim == ("naloxone",)
    assert conflict.look_again == AS_OF + timedelta(days=1)


@pytest.mark.parametrize("facts", [{"life__nights": "rather_home"}, {"life__work": "fixed"}, {}])
def test_a_wish_that_is_not_firm_is_no_conflict(facts: dict[str, str]) -> None:
    assert well(use__shakes="mild", **facts).conflicts == ()


def test_a_firm_wish_that_what_is_needed_grants_is_no_conflict() -> None:
    assert well(mood__low="moderate", life__nights="must_home").conflicts == ()


@pytest.mark.parametrize(("kind", "lesser"), [("refused", "house"), ("full", None), ("denied", None)])
def test_a_place_that_cannot_be_had_brings_the_next_that_is_enough(kind: str, lesser: str | None) -> None:
    (conflict,) = decide(known(use__shakes="mild"), hospital=kind, ward=kind).conflicts
    assert (conflict.kind, conflict.packages) == (kind, ("hospital", "ward"))
    assert conflict.next_sufficient == ()
    assert conflict.lesser == lesser


def test_a_place_of_the_same_rank_is_enough_when_another_is_full() -> None:
    (conflict,) = decide(known(use__shakes="mild"), hospital="full").conflicts
    assert (conflict.packages, conflict.next_sufficient) == (("hospital",), ("ward",))


def test_the_next_sufficient_packages_cover_everything_and_are_the_least_of_those() -> None:
    (conflict,) = decide(known(mood__low="moderate"), clinic="denied").conflicts
    assert (conflict.kind, conflict.packages, conflict.lesser) == ("denied", ("clinic",), None)
    assert conflict.next_sufficient == ("hospital", "ward")
    (conflict,) = decide(known(mood__low="moderate"), clinic="full", ward="denied").conflicts
    assert conflict.next_sufficient == ("hospital",)


def test_a_package_counts_as_refused_when_a_part_of_it_is() -> None:
    rec = decide(known(life__home="street"), shared_home="refused")
    assert rec.now.ids == ("home+shared_home",)
    (conflict,) = rec.conflicts
    assert (conflict.packages, conflict.next_sufficient, conflict.lesser) == (("home+shared_home",), ("house",), "home")


def test_without_anything_acute_there_is_a_week_before_looking_again() -> None:
    (conflict,) = decide(known(mood__low="moderate"), clinic="refused").conflicts
    assert conflict.look_again == AS_OF + timedelta(days=7)


def test_one_package_that_is_refused_by_name_leaves_its_parts_alone() -> None:
    (conflict,) = decide(known(mood__low="moderate"), clinic="full").conflicts
    assert conflict.packages == ("clinic",)
    rec = decide(known(mood__low="moderate", life__home="street"), clinic__shared_home="full")
    assert rec.conflicts[0].packages == ("clinic+shared_home",)


def test_a_place_that_is_not_recommended_is_no_conflict() -> None:
    assert decide(known(mood__low="moderate"), ward="refused").conflicts == ()


def test_while_the_placement_is_open_the_least_is_what_collides() -> None:
    rec = decide(CONTEXT | {"life.danger": "yes"}, ward="full")
    assert rec.now is None
    assert rec.conflicts[0].packages == rec.least.now.ids == ("ward",)


def test_every_place_that_cannot_be_is_named() -> None:
    with pytest.raises(AnswerError) as raised:
        decide({}, wrad="full", ward="closed")
    assert str(raised.value).splitlines() == [
        "places[wrad]: [wrad] is no setting or package. Did you mean ward?",
        "places[ward]: is [closed]. It may be full, denied, refused.",
    ]
