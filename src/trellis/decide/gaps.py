"""Which needs a package is not enough for: worked out once for a knowledge, when somebody first asks what one lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trellis.engine.artefact import HOLD, CompiledPackage, Requirement, bits, covers
from trellis.library.knowledge import Knowledge, once_per_knowledge


class Gaps:
    """What never changes about a knowledge, by the places of its needs.

    Args:
        ids: the id of each need.
        gives: per package, what it gives on each axis.
        responses: the responses that can serve a hold, each with what it gives on each axis.
        beyond: per package, the needs for which it is not enough, as a mask. Holds are not among them: no package
            serves one.
        more: for now and next, per axis and step, the needs that ask for more than that step, as a mask.
        steps: the id of each axis, and those of its steps.
        lifelong: of each fact, whether it is lifetime history.
        historic: the needs that read such a fact, as a mask.
    """

    def __init__(self, kb: Knowledge) -> None:
        artefact = kb.artefact
        self.ids = tuple(need.id for need in artefact.needs)
        self.gives = {package.id: package.gives for package in artefact.packages}
        self.responses = tuple((name, _vector(kb, response.gives)) for name, response in kb.responses.items())
        self.beyond = {package.id: _beyond(kb, package) for package in artefact.packages}
        self.more = {slot: _more(kb, slot) for slot in ("now", "next")}
        self.steps = tuple((axis.id, tuple(step.id for step in axis.steps)) for axis in kb.axes.values())
        self.lifelong = tuple(fact.fixed for fact in kb.facts.values())
        self.historic = mask_of(any(self.lifelong[number] for _, number in read) for read in kb.reading)

    def names(self, needs: int) -> tuple[str, ...]:
        """The ids of the needs in a mask."""
        return tuple([self.ids[place] for place in bits(needs)])


@once_per_knowledge
def gaps_of(kb: Knowledge) -> Gaps:
    """The gaps of a knowledge."""
    return Gaps(kb)


def mask_of(said: Iterable[bool]) -> int:
    """The places of which something is said to be so, a bit each.

    >>> mask_of([True, False, True])
    5
    """
    return sum(1 << place for place, so in enumerate(said) if so)


def _vector(kb: Knowledge, gives: Mapping[str, str]) -> Requirement:
    return tuple(axis.rank_of(gives[axis.id]) if axis.id in gives else 0 for axis in kb.axes.values())


def _beyond(kb: Knowledge, package: CompiledPackage) -> int:
    needs = kb.artefact.needs
    enough = {asked: covers(package.gives, asked) for asked in {need.requires for need in needs}}
    return mask_of(need.phase != HOLD and not enough[need.requires] for need in needs)


def _more(kb: Knowledge, slot: str) -> tuple[tuple[int, ...], ...]:
    asks = [need.asks(slot) for need in kb.artefact.needs]
    return tuple(
        tuple(mask_of(asked[axis] > step for asked in asks) for step in range(top + 1))
        for axis, top in enumerate(kb.artefact.axis_tops)
    )
