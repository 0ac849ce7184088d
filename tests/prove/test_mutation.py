"""Every need matters: delete one, or lower one of its requirements by a step, and a property or a vignette fails."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import trellis
from tests.support import person, shipped, vignettes
from trellis.engine.artefact import Artefact, CompiledNeed, Engine
from trellis.engine.node import least_points
from trellis.kinds.need import PHASES
from trellis.prove.properties import EffectConclusion, Theorem, compile_property, holds_at, is_lower, least_people

Case = tuple[Theorem, int, list[int]]


@cache
def cases() -> list[Case]:
    """Each property with a lower claim, and the least people of its premise: if those get enough, everybody does."""
    kb = shipped()
    found: list[Case] = []
    for one in kb.properties.values():
        if any(kb.parameters.get(name) != value for name, value in one.parameters.items()):
            continue
        theorem = compile_property(kb, one, problems := [])
        assert not problems
        if not any(is_lower(claim) for claim in theorem.claims):
            continue
        points = least_points(theorem.given)
        for context in sorted(theorem.contexts)[:: max(1, len(theorem.contexts) // 2)]:
            found += [(theorem, context, ranks) for ranks in least_people(kb.artefact, points, context)]
    return found


def mutants() -> list[tuple[str, int, CompiledNeed | None]]:
    """Per need: without it, and with each of its requirements one step lower."""
    kb = shipped()
    found: list[tuple[str, int, CompiledNeed | None]] = []
    for place, need in enumerate(kb.artefact.needs):
        found.append((f"{need.id} deleted", place, None))
        for axis, asked in enumerate(need.requires):
            if asked:
                lower = tuple(step - (number == axis) for number, step in enumerate(need.requires))
                afterwards = lower if PHASES[need.phase] == "ongoing" else need.afterwards
                name = f"{need.id}: {kb.artefact.axes[axis]} one step lower"
                found.append((name, place, replace(need, requires=lower, afterwards=afterwards)))
    return found


def mutated(artefact: Artefact, place: int, need: CompiledNeed | None) -> Artefact:
    gone = replace(artefact.needs[place], contexts=frozenset(), requires=artefact.nothing, afterwards=artefact.nothing)
    needs = (*artefact.needs[:place], need or gone, *artefact.needs[place + 1 :])
    return replace(artefact, needs=needs)


def a_property_fails(kb: trellis.Knowledge, artefact: Artefact, place: int) -> bool:
    for theorem, context, ranks in cases():
        for claim in theorem.claims:
            if isinstance(claim, EffectConclusion):
                claim = replace(claim, needs=frozenset(p for p in claim.needs if artefact.needs[p].contexts))
            if is_lower(claim) and not holds_at(artefact, claim, ranks, context):
                return True
    return False


@cache
def people() -> list[dict[str, object]]:
    return vignettes()


def a_vignette_fails(kb: trellis.Knowledge, need: str) -> bool:
    """Whether somebody no longer gets what is expected. The reasons expected are enough to notice a missing need."""
    for vignette in people():
        if need not in vignette["because"]:  # type: ignore[operator]
            continue
        rec = person(kb, vignette)
        expected = vignette["expect"]
        if not {*vignette["because"]} <= {view.id for view in rec.active}:  # type: ignore[misc]
            return True
        for slot in ("now", "next"):
            wanted = expected.get(slot)  # type: ignore[attr-defined]
            placed = getattr(rec, slot)
            if isinstance(wanted, (str, list)):
                ids = [wanted] if isinstance(wanted, str) else wanted
                if placed is None or set(placed.ids) != set(ids):
                    return True
    return False


@pytest.mark.parametrize(("name", "place", "need"), mutants(), ids=[name for name, _, _ in mutants()])
def test_the_content_notices(name: str, place: int, need: CompiledNeed | None) -> None:
    kb = shipped()
    artefact = mutated(kb.artefact, place, need)
    assert a_property_fails(kb, artefact, place) or a_vignette_fails(
        replace(kb, artefact=artefact), kb.artefact.needs[place].id
    ), f"nothing fails with [{name}]: add a property, a vignette, or drop the requirement"


def test_an_engine_is_made_for_each_artefact() -> None:
    artefact = shipped().artefact
    assert isinstance(mutated(artefact, 0, None).engine, Engine)
