"""What an account looks up: worked out once for a knowledge, so that a result only goes through what is active."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trellis.decide.gaps import gaps_of, mask_of
from trellis.engine.artefact import HOLD, CompiledNeed, Requirement, bits, covers
from trellis.kinds.need import Need
from trellis.kinds.setting import Package
from trellis.library.knowledge import Knowledge, once_per_knowledge

SOON_HOURS = 24
"""Among what decides nothing: who must be seen within so many hours is told before what merely asks for more."""
NEVER = 10**6


class Here(NamedTuple):
    """What is the same for everybody of one context; while the context is open, every package takes the person.

    Args:
        packages: those that take the person, least restrictive first; ``alone``: those to which nothing is joined.
        beyond: each of the packages as its rank, and the needs for which it is not enough as a mask.
        deciding: per need, how early it is told among those that decide the placement; ``others``: among the others.
    """

    packages: tuple[Package, ...]
    alone: tuple[Package, ...]
    beyond: tuple[tuple[int, int], ...]
    deciding: tuple[int, ...]
    others: tuple[int, ...]


class Weights:
    """What never changes about a knowledge, by the places of its needs.

    Args:
        places: the place of each need by its id; ``ids`` the other way round.
        urgent: per danger, the needs that carry it, as a mask.
        requiring: the needs that ask for some capability and are no hold, as a mask.
        above: per need, those that ask for all that it asks for, as a mask.
        alike: per need, those of them that ask for no more than it does, as a mask.
        yields: per need, those that it gives way to, as a mask.
        shared: for a need and one above it, the facts that both read.
        sooner: per need that tells within which time somebody looks, those of its dimension, or with its evaluator,
            that tell a sooner time, as a mask; 0 for the others.
        may_hide: in order of their ids, the danger facts, each with its place and the rank from which it is danger.
    """

    def __init__(self, kb: Knowledge) -> None:
        self.ids = tuple(kb.needs)
        self.places = {name: place for place, name in enumerate(self.ids)}
        self.urgent = dict(kb.urgent_masks)
        self.requiring = mask_of(need.phase != HOLD and any(need.requires) for need in kb.artefact.needs)
        needs = _both(kb)
        matters: dict[str, list[int]] = {}
        for place, need in enumerate(kb.need_list):
            matters.setdefault(need.dimension, []).append(place)
        above = [
            sum(1 << m for m in matters[one[1].dimension] if m != n and says_no_more(*one, *needs[m]))
            for n, one in enumerate(needs)
        ]
        self.above = tuple(above)
        places = self.places
        self.yields = tuple(sum(1 << places[name] for name in need.gives_way_to if name in places) for _, need in needs)
        self.alike = tuple(sum(1 << m for m in bits(mask) if above[m] >> n & 1) for n, mask in enumerate(above))
        read = [frozenset(number for _, number in facts) for facts in kb.reading]
        self.shared = {(n, m): tuple(read[n] & read[m]) for n, wider in enumerate(above) for m in bits(wider)}
        self.sooner = tuple(_sooner(kb, need) for need in kb.need_list)
        self.may_hide = tuple(
            (name, kb.number_of(name), fact.danger_rank)
            for name, fact in sorted(kb.facts.items())
            if fact.kind == "danger" and fact.danger_rank is not None
        )
        self._here: dict[int | None, Here] = {}

    def here(self, kb: Knowledge, context: int | None) -> Here:
        """What is the same for everybody of a context; None while it is open."""
        found = self._here.get(context)
        if found is None:
            found = self._here[context] = _here(kb, context)
        return found


@once_per_knowledge
def weights_of(kb: Knowledge) -> Weights:
    """The weights of a knowledge."""
    return Weights(kb)


def says_no_more(compiled: CompiledNeed, need: Need, wider: CompiledNeed, more: Need) -> bool:
    """Whether a need asks for nothing that another of the same dimension does not ask for too, whoever the person is.

    Args:
        compiled: the need in integers.
        need: the same as it is written.
        wider: the other one in integers.
        more: the same as it is written.

    >>> import trellis
    >>> kb = trellis.load()
    >>> both = {one.id: (one, kb.needs[one.id]) for one in kb.artefact.needs}
    >>> severe, treatment = both["symptoms-severe"], both["symptoms-need-treatment"]
    >>> says_no_more(*treatment, *severe), says_no_more(*severe, *treatment)
    (True, False)
    """
    return (
        need.dimension == more.dimension
        and (compiled.phase == HOLD) == (wider.phase == HOLD)
        and covers(wider.requires, compiled.requires)
        and set(need.services) <= set(more.services)
        and need.urgent in (None, more.urgent)
        and (
            need.evaluate is None
            or (
                more.evaluate is not None
                and need.evaluate.by == more.evaluate.by
                and need.evaluate.within_hours >= more.evaluate.within_hours
            )
        )
    )


def hours_of(need: Need) -> int:
    """Within how many hours somebody must look; ``NEVER`` when nobody must."""
    return NEVER if need.evaluate is None else need.evaluate.within_hours


def _here(kb: Knowledge, context: int | None) -> Here:
    packages = tuple(one for one in kb.packages.values() if context is None or context in one.admits)
    gaps = gaps_of(kb)
    gives = [(package.rank, gaps.gives[package.id]) for package in packages]
    ranks = {asked: _own_rank(gives, asked) for asked in {own.requires for own in kb.artefact.needs}}
    weights = [_weight(kb, need, ranks[own.requires]) for own, need in _both(kb)]
    return Here(
        packages,
        tuple(package for package in packages if len(package.parts) == 1),
        tuple((package.rank, gaps.beyond[package.id]) for package in packages),
        _order(weights),
        _order([(hours_of(need) > SOON_HOURS, *weight) for need, weight in zip(kb.need_list, weights, strict=True)]),
    )


def _both(kb: Knowledge) -> list[tuple[CompiledNeed, Need]]:
    """Each need in integers and as it is written."""
    return [*zip(kb.artefact.needs, kb.need_list, strict=True)]


def _sooner(kb: Knowledge, need: Need) -> int:
    """The needs that tell a sooner time than one, whose own is then left out."""
    if need.evaluate is None and need.within is None:
        return 0
    return mask_of(
        (one.dimension == need.dimension or _same_evaluator(one, need)) and hours_of(one) < hours_of(need)
        for one in kb.need_list
    )


def _same_evaluator(one: Need, other: Need) -> bool:
    """Whether two needs ask the same profession to look: it comes once, at the sooner time."""
    return one.evaluate is not None and other.evaluate is not None and one.evaluate.by == other.evaluate.by


def _weight(kb: Knowledge, need: Need, own_rank: int) -> tuple[int | str, ...]:
    """What is told first sorts first: what asks for the fullest package, then for the soonest look, then for most."""
    safety = sum(kb.services[name].safety for name in need.services)
    return -own_rank, hours_of(need), -safety, -len(need.services), need.id


def _own_rank(gives: Sequence[tuple[int, Requirement]], asked: Requirement) -> int:
    """The rank of the lightest package that gives what a need asks for; beyond all where none does."""
    beyond_all = gives[-1][0] + 1 if gives else 0
    return next((rank for rank, given in gives if covers(given, asked)), beyond_all)


def _order(weights: list[tuple[int | str, ...]]) -> tuple[int, ...]:
    """Per need, how early it is told among all."""
    told = sorted(range(len(weights)), key=weights.__getitem__)
    return tuple(sorted(range(len(told)), key=told.__getitem__))
