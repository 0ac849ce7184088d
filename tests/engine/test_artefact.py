"""The artefact: what one answer implies of another, what needs ask for, what fits, and nothing but integers in it."""

from __future__ import annotations

import json
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.tiny import tiny
from tests.support import shipped
from trellis.engine.artefact import ACUTE, HOLD, ONGOING, SLOTS, CompiledNeed, bits, covers, propagate
from trellis.engine.node import TRUE, evaluate
from trellis.frozen import thawed

KNOWLEDGE = pytest.mark.parametrize("kb", [tiny, shipped], ids=["tiny", "shipped"])

# --- propagation


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[tuple[int, int, int, int]], list[int], list[int], list[int]]:
    """Up to four facts, implications without circles between them, and an interval for each."""
    tops = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    pairs = [(a, b) for a in range(len(tops)) for b in range(a + 1, len(tops))]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=5))
    implications = [(a, draw(st.integers(1, tops[a])), b, draw(st.integers(1, tops[b]))) for a, b in chosen]
    lo = [draw(st.integers(0, top)) for top in tops]
    hi = [draw(st.integers(low, top)) for low, top in zip(lo, tops, strict=True)]
    return implications, tops, lo, hi


@given(worlds())
def test_propagation_finds_the_least_and_the_greatest_consistent_person(world: Any) -> None:
    implications, _, lo, hi = world
    people = [
        ranks
        for ranks in product(*(range(low, high + 1) for low, high in zip(lo, hi, strict=True)))
        if all(ranks[a] < i or ranks[b] >= j for a, i, b, j in implications)
    ]
    least, greatest = lo.copy(), hi.copy()
    propagate(implications, least, greatest)
    if people:
        assert least == [min(column) for column in zip(*people, strict=True)]
        assert greatest == [max(column) for column in zip(*people, strict=True)]
        assert tuple(least) in people
        assert tuple(greatest) in people
    else:
        assert any(low > high for low, high in zip(least, greatest, strict=True))


@pytest.mark.parametrize(
    ("lo", "hi", "narrowed"),
    [
        pytest.param([2, 0, 0], [2, 2, 2], ([2, 2, 1], [2, 2, 2]), id="bad news travels all the way"),
        pytest.param([0, 0, 0], [2, 2, 0], ([0, 0, 0], [0, 1, 0]), id="good news travels back"),
        pytest.param([0, 0, 0], [2, 2, 2], ([0, 0, 0], [2, 2, 2]), id="nothing known says nothing"),
    ],
)
def test_what_is_known_travels_both_ways(lo: list[int], hi: list[int], narrowed: Any) -> None:
    propagate([(0, 1, 1, 2), (1, 2, 2, 1)], lo, hi)
    assert (lo, hi) == narrowed


def test_a_contradiction_is_left_for_the_caller_to_name() -> None:
    lo, hi = [1, 0], [2, 1]
    propagate([(0, 1, 1, 2)], lo, hi)
    assert any(low > high for low, high in zip(lo, hi, strict=True))


# --- small parts


@given(st.integers(0, 2**130))
def test_the_bits_of_a_mask_are_its_places_in_order(mask: int) -> None:
    places = bits(mask)
    assert places == sorted(set(places))
    assert sum(1 << place for place in places) == mask


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5))
def test_one_axis_too_little_is_not_made_up_for_by_the_others(pairs: list[tuple[int, int]]) -> None:
    gives, asked = (tuple(column) for column in zip(*pairs, strict=True))
    assert covers(gives, asked) == (not any(given < ask for given, ask in pairs))


@pytest.mark.parametrize(
    ("phase", "asks"),
    [
        (HOLD, {"hold": (1, 2), "now": (0, 0), "next": (0, 0)}),
        (ACUTE, {"hold": (0, 0), "now": (1, 2), "next": (0, 1)}),
        (ONGOING, {"hold": (0, 0), "now": (1, 2), "next": (1, 2)}),
    ],
)
def test_a_need_asks_in_the_slots_of_its_phase(phase: int, asks: dict[str, tuple[int, ...]]) -> None:
    afterwards = asks["next"]
    need = CompiledNeed("need", phase, frozenset({0}), [2], requires=(1, 2), afterwards=afterwards)
    assert {slot: need.asks(slot) for slot in SLOTS} == asks


# --- the engine against what it stands for


@KNOWLEDGE
def test_a_requirement_is_the_highest_step_that_any_active_need_asks_for(kb) -> None:
    artefact, random = kb().artefact, Random(1)
    for _ in range(300):
        active = [place for place in range(len(artefact.needs)) if random.random() < random.choice((0.02, 0.3))]
        mask = sum(1 << place for place in active)
        for slot in SLOTS:
            asked = [artefact.needs[place].asks(slot) for place in active]
            joined = tuple(max(column) for column in zip(artefact.nothing, *asked, strict=True))
            assert artefact.engine.requirement(mask, slot) == joined


@KNOWLEDGE
def test_what_fits_is_everything_of_the_lowest_rank_that_covers_and_admits(kb) -> None:
    artefact, random = kb().artefact, Random(2)
    for _ in range(300):
        context = random.randrange(len(artefact.contexts))
        asked = tuple(random.randint(0, random.randint(0, top)) for top in artefact.axis_tops)
        fitting = [
            place
            for place, package in enumerate(artefact.packages)
            if context in package.contexts and covers(package.gives, asked)
        ]
        lowest = min(artefact.packages[place].rank for place in fitting)
        expected = tuple(place for place in fitting if artefact.packages[place].rank == lowest)
        assert artefact.engine.fit(asked, context) == expected


@KNOWLEDGE
def test_the_compiled_needs_say_what_evaluating_their_nodes_says(kb) -> None:
    artefact, random = kb().artefact, Random(3)
    for _ in range(200):
        share = random.random() ** 2
        ranks = [random.randint(0, top) if random.random() < share else 0 for top in artefact.tops]
        expected = [p for p, need in enumerate(artefact.needs) if evaluate(need.node, ranks, ranks) == TRUE]
        assert bits(artefact.engine.active(ranks)) == expected


@KNOWLEDGE
def test_the_masks_of_contexts_and_phases_name_the_needs_that_have_them(kb) -> None:
    artefact = kb().artefact
    engine = artefact.engine
    for number in range(len(artefact.contexts)):
        expected = [place for place, need in enumerate(artefact.needs) if number in need.contexts]
        assert bits(engine.context_masks[number]) == expected
    assert sum(engine.phase_masks) == (1 << len(artefact.needs)) - 1


@KNOWLEDGE
def test_the_greatest_requirement_is_covered_in_every_context(kb) -> None:
    artefact = kb().artefact
    assert all(artefact.engine.fit(artefact.axis_tops, number) for number in range(len(artefact.contexts)))


@KNOWLEDGE
def test_packages_stand_in_order_of_rank_and_as_the_knowledge_lists_them(kb) -> None:
    packages = kb().artefact.packages
    ranks = [package.rank for package in packages]
    assert ranks == sorted(ranks)
    assert [package.id for package in packages] == list(kb().packages)


def test_a_package_gives_the_most_of_its_parts_and_admits_what_all_admit() -> None:
    kb = tiny()
    joined, hospital, ward = (kb.packages[name] for name in ("hospital+ward", "hospital", "ward"))
    assert joined.gives == tuple(map(max, hospital.gives, ward.gives))
    assert joined.admits == hospital.admits & ward.admits
    assert joined.meets == ("nights_away", "travel")
    assert joined.services == hospital.services | ward.services
    assert not any(kb.contexts[number]["age"] == "adolescent" for number in kb.packages["house"].admits)


def test_contexts_that_cannot_be_are_left_out() -> None:
    assert len(tiny().contexts) == 3 * (3 * 2 - 1)
    assert not any(c["age"] == "older_adult" and c["pregnancy"] == "yes" for c in tiny().contexts)


def test_what_does_not_apply_in_a_context_is_closed_there() -> None:
    kb = tiny()
    for context, closed in zip(kb.contexts, kb.artefact.closed, strict=True):
        domains = {kb.artefact.facts[number].split(".")[0] for number in closed}
        assert (
            domains == {"mental_health": {"use"}, "substance_use": {"mood", "score"}, "both": set()}[context["focus"]]
        )


# --- the artefact as plain values


@KNOWLEDGE
def test_the_artefact_holds_integers_lists_and_ids_and_nothing_else(kb) -> None:
    plain = kb().artefact.to_json()
    assert json.loads(json.dumps(plain)) == plain

    def check(value: Any, path: str) -> None:
        assert type(value) in (int, str, list), f"{path}: {value!r}"
        if isinstance(value, list):
            # An id names an entry and stands first in it; what is compared is an integer.
            assert not any(isinstance(part, str) for part in value[1:]), f"{path}: {value!r}"
            for place, part in enumerate(value):
                check(part, f"{path}/{place}")

    for key, value in plain.items():
        check(value, key)


@KNOWLEDGE
def test_the_plain_artefact_says_all_that_the_object_says(kb) -> None:
    artefact, plain = kb().artefact, kb().artefact.to_json()
    assert [name for name, _ in plain["facts"]] == list(artefact.facts)
    assert [top for _, top in plain["facts"]] == list(artefact.tops)
    assert [[frozenset(row[2]), row[3], tuple(row[4]), tuple(row[5])] for row in plain["needs"]] == [
        [need.contexts, thawed(need.node), need.requires, need.afterwards] for need in artefact.needs
    ]
    assert [(row[1], tuple(row[2]), frozenset(row[3])) for row in plain["packages"]] == [
        (package.rank, package.gives, package.contexts) for package in artefact.packages
    ]
