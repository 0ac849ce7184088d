"""Matching: the order is lexicographic, what stops an approach stops it, what is open is asked about, never assumed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.approaches import Wishes, evidence_for, match_approaches, read_wishes
from trellis.approaches.match import ORDERS, SIZES, ApproachView
from trellis.decide import decide
from trellis.engine.node import FALSE, TRUE
from trellis.errors import Problem
from trellis.kinds.condition import facts_read
from trellis.kinds.evidence import LEVELS

KB = shipped()
PEOPLE = st.sampled_from([one["id"] for one in vignettes()])
AIMS = st.lists(st.sampled_from(list(KB.aims)), unique=True, max_size=3)
FEATURES = st.lists(st.sampled_from(["individual", "group", "homework", "injection", "faith", "brief"]), unique=True)

VIEWS = st.builds(
    ApproachView,
    approach=st.sampled_from(list(KB.approaches.values())),
    order=st.sampled_from(ORDERS),
    rules=st.just(()),
    aims=st.lists(st.sampled_from(KB.alignments), max_size=3).map(tuple),
    summaries=st.just(()),
    certainty=st.sampled_from([*LEVELS, None]),
    size=st.sampled_from(SIZES),
    wanted=st.lists(st.sampled_from(["individual", "group"]), max_size=2).map(tuple),
    unwanted=st.lists(st.sampled_from(["injection", "faith"]), max_size=2).map(tuple),
    inside=st.lists(st.sampled_from(["iop", "php"]), max_size=2).map(tuple),
    cautions=st.just(()),
)


def recommended(name: str):  # type: ignore[no-untyped-def]
    return person(KB, next(one for one in vignettes() if one["id"] == name))


def wishes_of(aims: list[str], wants: list[str] = [], avoids: list[str] = []) -> Wishes:  # noqa: B006
    problems: list[Problem] = []
    found = read_wishes(KB, {"aims": aims, "prefers": {"wants": wants, "avoids": avoids}}, problems)
    assert problems == []
    return found


@given(VIEWS, VIEWS)
def test_each_reason_counts_only_where_all_before_it_are_equal(one: ApproachView, other: ApproachView) -> None:
    certainties = [*reversed(LEVELS), None]
    reasons = [
        (one.line, other.line),
        (one.severity, other.severity),
        (-len(one.aims), -len(other.aims)),
        (ORDERS.index(one.order), ORDERS.index(other.order)),
        (certainties.index(one.certainty), certainties.index(other.certainty)),
        (SIZES.index(one.size), SIZES.index(other.size)),
        (len(one.unwanted) - len(one.wanted), len(other.unwanted) - len(other.wanted)),
        (-len(one.inside), -len(other.inside)),
    ]
    first = next(((a, b) for a, b in reasons if a != b), (0, 0))
    assert (one.key < other.key) == (first[0] < first[1])


@given(PEOPLE, AIMS, FEATURES)
def test_the_list_is_in_that_order_and_names_nothing_twice(name: str, aims: list[str], avoids: list[str]) -> None:
    matched = match_approaches(recommended(name), wishes_of(aims, avoids=avoids))
    assert [view.key for view in matched.ranked] == sorted(view.key for view in matched.ranked)
    every = [v.id for v in matched.ranked] + [x.approach.id for x in (*matched.stopped, *matched.ask_about)]
    assert len(set(every)) == len(every)


@given(PEOPLE, AIMS)
def test_each_approach_in_the_list_is_named_by_guidance_or_by_a_rule_or_serves_an_aim(
    name: str, aims: list[str]
) -> None:
    rec = recommended(name)
    for view in match_approaches(rec, wishes_of(aims)).ranked:
        assert view.rules or view.aims or any(one.line != "against" for one in view.guidance)
        assert all(rec.stands(KB.rule_nodes[rule.id], rule.applies) == TRUE for rule in view.rules)
        assert {alignment.aim for alignment in view.aims} <= set(aims)


@given(PEOPLE, AIMS)
def test_an_approach_with_a_reason_against_it_is_never_offered(name: str, aims: list[str]) -> None:
    rec = recommended(name)
    matched = match_approaches(rec, wishes_of(aims))
    holding = {
        stop.approach
        for stop in KB.stops.values()
        if stop.action == "stop" and rec.stands(KB.rule_nodes[stop.id], stop.applies) == TRUE
    }
    assert not holding & {view.id for view in matched.ranked}
    assert {stopped.approach.id for stopped in matched.stopped if not stopped.guidance} <= holding
    for view in matched.ranked:
        for stop in KB.stops.values():
            if stop.approach == view.id and rec.stands(KB.rule_nodes[stop.id], stop.applies) not in (FALSE,):
                assert stop in (*view.cautions, *view.check_first) or stop.action == "caution"


@given(PEOPLE, FEATURES, FEATURES)
def test_wishes_reorder_and_never_add_or_take_away(name: str, wants: list[str], avoids: list[str]) -> None:
    rec = recommended(name)
    plain, wished = match_approaches(rec), match_approaches(rec, wishes_of([], wants, avoids))
    assert {view.id for view in plain.ranked} == {view.id for view in wished.ranked}


def test_while_nothing_is_answered_approaches_are_asked_about_and_none_is_offered() -> None:
    matched = match_approaches(decide(KB, {}, as_of=AS_OF))
    assert matched.ask_about
    assert [view.id for view in matched.ranked if view.order != "aim"] == []


def test_somebody_at_their_best_is_pointed_to_no_main_treatment() -> None:
    matched = match_approaches(decide(KB, complete(KB, {}), as_of=AS_OF))
    assert [view.id for view in matched.ranked if view.order in ("first", "core")] == []


def test_for_opioids_the_medicines_that_protect_come_first() -> None:
    rec = decide(KB, complete(KB, {"use.opioids": "severe"}), as_of=AS_OF)
    assert {view.id for view in match_approaches(rec).ranked[:3]} == {"methadone", "buprenorphine", "naloxone"}


@pytest.mark.parametrize("aim", KB.aims)
def test_an_aim_alone_brings_what_is_for_anyone_and_nothing_made_for_another_illness(aim: str) -> None:
    rec = decide(KB, complete(KB, {}), as_of=AS_OF)
    for view in match_approaches(rec, wishes_of([aim])).ranked:
        assert view.rules or view.approach.anyone
        assert view.rules or (view.order, [alignment.aim for alignment in view.aims]) == ("aim", [aim])


def test_some_aim_brings_an_approach_by_itself() -> None:
    rec = decide(KB, complete(KB, {}), as_of=AS_OF)
    assert "aim" in {view.order for view in match_approaches(rec, wishes_of(["keep_or_find_work"])).ranked}


@pytest.mark.parametrize("name", KB.approaches)
def test_what_speaks_for_an_approach_stands_before_its_limits(name: str) -> None:
    sides = [summary.side for summary in evidence_for(KB, name)]
    assert sides == sorted(sides, key=["benefit", "neither", "harm"].index)


def test_no_rule_reads_race_ethnicity_or_the_like() -> None:
    read = {fact for condition in KB.rule_conditions.values() for fact in facts_read(condition)}
    assert read <= set(KB.facts)
    for fact in (*KB.facts.values(), *KB.factors.values()):
        words = {*fact.id.replace(".", "_").split("_")}
        assert not words & {"race", "ethnicity", "ethnic", "religion", "colour", "color", "nationality"}
