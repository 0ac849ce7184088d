"""What must hold of every person: worse is never less, the ends are exact, nothing between them is ruled out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trellis
from tests.library.tiny import tiny
from tests.support import AS_OF, shipped
from trellis import Knowledge, Recommendation
from trellis.decide.ends import End, end_at
from trellis.engine.artefact import bits, propagate

Load = Callable[[], Knowledge]
KNOWLEDGE = pytest.mark.parametrize("load", [tiny, shipped], ids=["tiny", "shipped"])
MOST_COMPLETIONS = 700


class Person(NamedTuple):
    """Somebody of whom all is known: the number of their context and a worse-rank for every fact."""

    context: int
    ranks: tuple[int, ...]

    def answers(self, kb: Knowledge) -> dict[str, Any]:
        """All that they can be asked."""
        closed = kb.artefact.closed[self.context]
        return dict(kb.contexts[self.context]) | {
            fact.id: fact.step_at(rank).id
            for number, (fact, rank) in enumerate(zip(kb.facts.values(), self.ranks, strict=True))
            if number not in closed and fact.kind != "evaluation"
        }


def troubles(kb: Knowledge, context: int) -> st.SearchStrategy[dict[int, int]]:
    """Some facts that apply in a context, each with a rank above the best."""
    closed = kb.artefact.closed[context]
    apply = [n for n, fact in enumerate(kb.facts.values()) if n not in closed and fact.kind != "evaluation"]
    return st.dictionaries(st.sampled_from(apply), st.integers(1, 9), max_size=12)


def consistent(kb: Knowledge, ranks: list[int], worse: dict[int, int]) -> tuple[int, ...]:
    """The least consistent person who is at least as bad as ``ranks`` and ``worse`` say."""
    lo = [max(rank, min(worse.get(n, 0), kb.artefact.tops[n])) for n, rank in enumerate(ranks)]
    for number, low, _ in kb.artefact.starts:
        lo[number] = low
    propagate(kb.artefact.implications, lo, list(kb.artefact.tops))
    return tuple(lo)


@st.composite
def people(draw: st.DrawFn, load: Load) -> Person:
    kb = load()
    context = draw(st.integers(0, len(kb.contexts) - 1))
    return Person(context, consistent(kb, [0] * len(kb.facts), draw(troubles(kb, context))))


def decide(kb: Knowledge, answers: dict[str, Any]) -> Recommendation:
    return trellis.decide(kb, answers, as_of=AS_OF)


def requirement(kb: Knowledge, placement: Any) -> dict[str, int]:
    asked = dict(placement.requirement) if placement else {}
    return {name: axis.rank_of(asked[name]) if name in asked else 0 for name, axis in kb.axes.items()}


def no_less(kb: Knowledge, worse: Any, better: Any) -> bool:
    return all(requirement(kb, worse)[axis] >= step for axis, step in requirement(kb, better).items())


# --- worse facts


@KNOWLEDGE
@given(data=st.data())
def test_a_worse_fact_never_lowers_anything(load: Load, data: st.DataObject) -> None:
    kb = load()
    better = data.draw(people(load))
    worse = Person(better.context, consistent(kb, list(better.ranks), data.draw(troubles(kb, better.context))))
    one, two = (decide(kb, person.answers(kb)) for person in (better, worse))
    assert {need.id for need in one.active} <= {need.id for need in two.active}
    for slot in ("now", "next"):
        assert no_less(kb, getattr(two, slot), getattr(one, slot))
        assert getattr(two, slot).rank >= getattr(one, slot).rank
    assert no_less(kb, two.hold, one.hold)
    assert {view.id for view in one.urgent} <= {view.id for view in two.urgent}
    assert {view.id for view in one.services} <= {view.id for view in two.services}
    hours = {view.by: view.within_hours for view in two.evaluate}
    assert all(hours[view.by] <= view.within_hours for view in one.evaluate)


@KNOWLEDGE
@given(data=st.data())
def test_what_comes_next_is_never_more_than_now(load: Load, data: st.DataObject) -> None:
    kb = load()
    rec = decide(kb, data.draw(people(load)).answers(kb))
    assert rec.next.rank <= rec.now.rank


@KNOWLEDGE
@given(data=st.data())
def test_both_problems_together_never_get_less_than_either_alone(load: Load, data: st.DataObject) -> None:
    kb = load()
    alone = data.draw(people(load))
    wider = dict(kb.contexts[alone.context]) | {"focus": "both"}
    together = Person(kb.contexts.index(wider), alone.ranks)
    one, both = (decide(kb, person.answers(kb)) for person in (alone, together))
    assert {need.id for need in one.active} <= {need.id for need in both.active}
    for slot in ("now", "next"):
        assert getattr(both, slot).rank >= getattr(one, slot).rank
    assert no_less(kb, both.hold, one.hold)


@KNOWLEDGE
@given(data=st.data())
def test_an_instrument_never_lowers_anything(load: Load, data: st.DataObject) -> None:
    kb = load()
    person = data.draw(people(load))
    answers = person.answers(kb)
    raising = [d for d in kb.derivations if d.effect in ("raises", "bands") and d.to in answers]
    if not raising:
        return
    derivation = data.draw(st.sampled_from(raising))
    number = kb.inputs[derivation.from_]
    value = data.draw(st.integers(int(number.min) + 1, int(number.max)))
    one, two = decide(kb, answers), decide(kb, answers | {derivation.from_: value})
    assert {need.id for need in one.active} <= {need.id for need in two.active}
    assert two.now.rank >= one.now.rank


# --- what is open


@st.composite
def partly_known(draw: st.DrawFn, load: Load) -> tuple[Person, list[int], list[str]]:
    """Somebody, three to five of whose facts are open and perhaps something of their context, all else known."""
    kb = load()
    person = draw(people(load))
    closed = kb.artefact.closed[person.context]
    apply = [n for n, fact in enumerate(kb.facts.values()) if n not in closed and fact.kind != "evaluation"]
    # Facts that some need or implication sees together are likelier to be open together than chance would have it.
    start = draw(st.sampled_from(list(kb.reads.values())))
    near = [kb.number_of(name) for name in start if kb.number_of(name) in apply]
    chosen = list(dict.fromkeys([*near[:3], *draw(st.lists(st.sampled_from(apply), min_size=3, max_size=5))]))[:5]
    while _size(kb, chosen) > MOST_COMPLETIONS:
        chosen.pop()
    # With the focus or pregnancy open, facts that it closes to this person would be unknown too.
    facts = list(kb.facts.values())
    closing = {factor for number in closed for factor in facts[number].applies}
    factors = [name for name in kb.factors if name not in closing]
    return person, chosen, draw(st.lists(st.sampled_from(factors), unique=True, max_size=1)) if factors else []


def _size(kb: Knowledge, chosen: list[int]) -> int:
    size = 1
    for number in chosen:
        size *= kb.artefact.tops[number] + 1
    return size


def completions(kb: Knowledge, person: Person, chosen: list[int], factors: list[str]) -> Iterator[End]:
    """Everybody the person can still be, decided one by one."""
    artefact = kb.artefact
    wanted = {factor: value for factor, value in kb.contexts[person.context].items() if factor not in factors}
    contexts = [number for number, context in enumerate(kb.contexts) if wanted.items() <= context.items()]
    for values in product(*(range(artefact.tops[number] + 1) for number in chosen)):
        ranks = list(person.ranks)
        for number, value in zip(chosen, values, strict=True):
            ranks[number] = value
        if any(ranks[a] >= i and ranks[b] < j for a, i, b, j in artefact.implications):
            continue
        for context in contexts:
            if not any(ranks[number] for number in artefact.closed[context]):
                yield end_at(artefact, ranks, context)


def packages(kb: Knowledge, places: tuple[int, ...]) -> set[str]:
    return {kb.artefact.packages[place].id for place in places}


@KNOWLEDGE
@given(data=st.data())
def test_the_ends_are_those_of_everybody_the_person_can_still_be(load: Load, data: st.DataObject) -> None:
    kb = load()
    person, chosen, factors = data.draw(partly_known(load))
    hidden = {kb.artefact.facts[number] for number in chosen} | set(factors)
    rec = decide(kb, {name: value for name, value in person.answers(kb).items() if name not in hidden})
    everybody = list(completions(kb, person, chosen, factors))
    for slot in ("now", "next"):
        fits = [end.now_fit if slot == "now" else end.next_fit for end in everybody]
        ranks = [kb.artefact.packages[fit[0]].rank for fit in fits]
        assert getattr(rec.least, slot).rank == min(ranks)
        assert getattr(rec.most, slot).rank == max(ranks)
        assert set().union(*(packages(kb, fit) for fit in fits)) <= set(getattr(rec.between, slot))
        same = len({frozenset(fit) for fit in fits}) == 1
        assert (getattr(rec, slot) is not None) == same
    active = [{kb.artefact.needs[place].id for place in bits(end.active)} for end in everybody]
    assert {need.id for need in rec.active} == set.intersection(*active)
    assert {need.id for need in (*rec.active, *rec.open)} == set.union(*active)
    if rec.settled:
        assert len({(end.now_fit, end.next_fit, end.hold) for end in everybody}) == 1


@KNOWLEDGE
@given(data=st.data())
def test_partial_answers_bracket_what_full_answers_say(load: Load, data: st.DataObject) -> None:
    kb = load()
    answers = data.draw(people(load)).answers(kb)
    hidden = data.draw(st.sets(st.sampled_from(sorted(answers)), max_size=len(answers)))
    some = {name: value for name, value in answers.items() if name not in hidden}
    fewer = {name: value for place, (name, value) in enumerate(some.items()) if place % 2}
    full, partly, barely = decide(kb, answers), decide(kb, some), decide(kb, fewer)
    for slot in ("now", "next"):
        least = [getattr(rec.least, slot).rank for rec in (barely, partly)]
        most = [getattr(rec.most, slot).rank for rec in (partly, barely)]
        ranks = [*least, getattr(full, slot).rank, *most]
        assert ranks == sorted(ranks)
        assert set(getattr(full, slot).ids) <= set(getattr(partly.between, slot)) <= set(getattr(barely.between, slot))
    assert {need.id for need in partly.active} <= {need.id for need in full.active}
    assert {need.id for need in full.active} <= {need.id for need in (*partly.active, *partly.open)}


@KNOWLEDGE
@given(data=st.data())
def test_who_is_settled_stays_so_whatever_else_is_said(load: Load, data: st.DataObject) -> None:
    kb = load()
    answers = data.draw(people(load)).answers(kb)
    kept = {name: value for name, value in answers.items() if name in kb.factors or data.draw(st.booleans())}
    partly, full = decide(kb, kept), decide(kb, answers)
    if partly.settled:
        assert set(partly.now.ids) == set(full.now.ids)
        assert set(partly.next.ids) == set(full.next.ids)
        assert {view.id for view in partly.urgent} == {view.id for view in full.urgent}
        assert requirement(kb, partly.hold) == requirement(kb, full.hold)


# --- the same again


@KNOWLEDGE
@given(data=st.data())
def test_every_recommendation_replays_identically(load: Load, data: st.DataObject) -> None:
    kb = load()
    answers = data.draw(people(load)).answers(kb)
    hidden = data.draw(st.sets(st.sampled_from(sorted(answers))))
    place = data.draw(st.sampled_from(list(kb.packages)))
    places = {place: data.draw(st.sampled_from(["full", "denied", "refused"]))}
    given_answers = {name: "not_known" if name in hidden else value for name, value in answers.items()}
    rec = trellis.decide(kb, given_answers, as_of=AS_OF, places=places)
    assert trellis.replay(kb, json.loads(json.dumps(rec.provenance.to_json()))) == rec


@KNOWLEDGE
@given(data=st.data())
def test_the_order_of_the_answers_says_nothing(load: Load, data: st.DataObject) -> None:
    kb = load()
    answers = list(data.draw(people(load)).answers(kb).items())
    one, two = decide(kb, dict(answers)), decide(kb, dict(data.draw(st.permutations(answers))))
    assert one == two


@KNOWLEDGE
@given(data=st.data())
def test_what_is_asked_for_certain_is_never_more_than_what_may_be_asked(load: Load, data: st.DataObject) -> None:
    kb = load()
    person, chosen, factors = data.draw(partly_known(load))
    hidden = {kb.artefact.facts[number] for number in chosen} | set(factors)
    rec = decide(kb, {name: value for name, value in person.answers(kb).items() if name not in hidden})
    for slot in ("now", "next"):
        placed = getattr(rec, slot)
        if placed is None:
            continue
        ends = [end.now if slot == "now" else end.next for end in completions(kb, person, chosen, factors)]
        up_to = {name: axis.rank_of(dict(placed.up_to).get(name, axis.steps[0].id)) for name, axis in kb.axes.items()}
        for place, axis in enumerate(kb.axes):
            asked = [end[place] for end in ends]
            assert requirement(kb, placed)[axis] == min(asked)
            assert up_to[axis] == max(asked)
