"""Proofs on what is offered: nobody is offered what a label excludes for them, and no stop or approach is dead.

What labels and guidelines exclude is written twice: as the stops that matching reads, and in ``never_offered``, which
it does not. A stop that is taken away or made too narrow leaves a person whom the solver shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import z3

from trellis.kinds.approach import NeverOffered
from trellis.kinds.guidance import LINES, Cell
from trellis.prove.prover import Prover, Verdict


def offered(prover: Prover) -> Iterator[Verdict]:
    """For whomever an exclusion is true, a stop of each approach it names holds; and every stop can hold."""
    kb = prover.kb
    excluded: Mapping[str, NeverOffered] = kb.of("never_offered")
    for one in excluded.values():
        for approach in one.approaches:
            broken = z3.And(holds(prover, one), z3.Not(kept_away(prover, approach)))
            yield prover.refute(f"excluded: {one.id}, {approach}", one.says.en, broken)
    for stop in kb.stops.values():
        if stop.action == "stop":
            says = f"There is somebody of whom [{stop.id}] is true."
            yield prover.exhibit(f"stops: {stop.id}", says, holds(prover, stop))
    for name in kb.approaches:
        wanted = z3.And(brought(prover, name), z3.Not(kept_away(prover, name)))
        yield prover.exhibit(f"offered: {name}", f"Somebody is offered [{name}].", wanted)


def kept_away(prover: Prover, approach: str) -> Any:
    """That a stop of an approach holds, or that guidance is against offering it."""
    stops = [stop for stop in prover.kb.stops.values() if stop.approach == approach and stop.action == "stop"]
    forbidding = [
        cell
        for cell in _cells(prover)
        if any(named.approach == approach and named.action == "stop" for named in cell.against)
    ]
    return z3.Or([holds(prover, one) for one in (*stops, *forbidding)])


def brought(prover: Prover, approach: str) -> Any:
    """That a rule, the table of guidance or an aim brings an approach, whatever speaks against it."""
    kb = prover.kb
    if kb.approaches[approach].anyone and any(one.approach == approach for one in kb.alignments):
        return z3.BoolVal(True)
    rules = [rule for rule in kb.matches.values() if rule.approach == approach]
    naming = [
        cell
        for cell in _cells(prover)
        if any(named.approach == approach for line in LINES if line != "against" for named in cell.names(line))
    ]
    return z3.Or([holds(prover, one) for one in (*rules, *naming)])


def _cells(prover: Prover) -> list[Cell]:
    cells: Mapping[str, Cell] = prover.kb.of("guidance")
    return [cell for cell in cells.values() if cell.asked]


def holds(prover: Prover, rule: Any) -> Any:
    """That a rule with a condition and contexts is true of the person."""
    kb = prover.kb
    numbers = frozenset(
        number
        for number, context in enumerate(kb.contexts)
        if all(context.get(factor) in allowed for factor, allowed in rule.applies.items())
    )
    return z3.And(prover.x.in_contexts(numbers), prover.x.formula(kb.rule_nodes[rule.id]))
