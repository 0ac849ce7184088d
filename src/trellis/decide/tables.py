"""What explanations look up: worked out once for a knowledge, so that a result only goes through what is active."""

from __future__ import annotations

from functools import reduce
from operator import or_

from trellis.decide.ends import SignatureMasks
from trellis.decide.views import Placement
from trellis.engine.artefact import Requirement
from trellis.kinds.condition import leaves
from trellis.library.knowledge import Knowledge, once_per_knowledge

MOST_KEPT = 20_000
"""So many placements are kept; a program that runs for ever must not grow for ever."""


class Tables:
    """What never changes about a knowledge, by the places of its needs and facts.

    Args:
        masks: what matters for being settled.
        ids: the id of each need.
        urgent: the needs that are danger, as a mask; ``evaluated`` those that ask for an evaluation.
        hours: per need, within how many hours somebody must look; 0 when nobody must.
        services: the services that needs ask for, in the order they are told, each with whether it is one of safety.
        brings: per need, the places in ``services`` of those it asks for; ``bringing`` the needs that ask for any.
        standard: per package, the ``services`` that it has as standard, as a mask.
        meeting: per barrier, the packages that have something which it meets.
        firm: what makes a wish firm: the place of a fact, its last rank, and the barrier that it is.
    """

    def __init__(self, kb: Knowledge) -> None:
        needs = kb.need_list
        self.masks = SignatureMasks(kb)
        self.ids = tuple(need.id for need in needs)
        self.urgent = reduce(or_, (mask for _, mask in kb.urgent_masks), 0)
        self.evaluated = reduce(or_, (mask for _, mask in kb.evaluator_masks), 0)
        self.hours = tuple(need.evaluate.within_hours if need.evaluate else 0 for need in needs)
        self.services = tuple((name, kb.services[name].safety) for name, _ in kb.service_masks)
        order = {name: place for place, (name, _) in enumerate(self.services)}
        self.brings = tuple(tuple(order[name] for name in dict.fromkeys(need.services)) for need in needs)
        self.standard = {
            package.id: sum(1 << order[name] for name in package.services if name in order)
            for package in kb.packages.values()
        }
        self.bringing = reduce(or_, (mask for _, mask in kb.service_masks), 0)
        self.meeting = {name: _meeting(kb, barrier.meets) for name, barrier in kb.barriers.items()}
        self.firm = tuple(wish for barrier in kb.barriers for wish in _firm(kb, barrier))
        self._placements: dict[tuple[tuple[int, ...], Requirement], Placement] = {}

    def placement(self, kb: Knowledge, fit: tuple[int, ...], asked: Requirement) -> Placement:
        """The packages at these places, in the order of the knowledge; made once, as many people share theirs."""
        placed = self._placements.get((fit, asked))
        if placed is None:
            every, steps = list(kb.packages.values()), kb.steps(asked)
            placed = Placement(tuple(every[place] for place in fit), steps, steps)
            if len(self._placements) < MOST_KEPT:
                self._placements[fit, asked] = placed
        return placed


@once_per_knowledge
def tables_of(kb: Knowledge) -> Tables:
    """The tables of a knowledge."""
    return Tables(kb)


def _meeting(kb: Knowledge, meets: tuple[str, ...]) -> frozenset[str]:
    return frozenset(package.id for package in kb.packages.values() if set(package.meets) & set(meets))


def _firm(kb: Knowledge, barrier: str) -> list[tuple[int, int, str]]:
    """A barrier is a firm wish when it asks for a preference held as firmly as its scale allows ("must")."""
    return [
        (kb.number_of(leaf.fact), leaf.top, barrier)
        for leaf, _ in leaves(kb.barrier_conditions[barrier])
        if kb.facts[leaf.fact].kind == "preference" and leaf.top > 1 and leaf.ranks == {leaf.top}
    ]
