"""The two exact ends of what the answers leave open, per context: all at best, all at worst. No search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from trellis.decide.reading import Reading
from trellis.engine.artefact import Artefact, Requirement
from trellis.kinds.need import Need
from trellis.library.knowledge import Knowledge


class End(NamedTuple):
    """One end in one context.

    Args:
        context: the number of the context.
        active: the active needs, a bit each.
        hold: what the holds ask for until somebody has looked; ``now`` joins acute and ongoing needs;
            ``next`` ongoing needs and the care that follows a stay.
        now_fit: the places of the packages of lowest rank that cover ``now``; ``next_fit`` those that cover ``next``.
    """

    context: int
    active: int
    hold: Requirement
    now: Requirement
    next: Requirement
    now_fit: tuple[int, ...]
    next_fit: tuple[int, ...]


def end_at(artefact: Artefact, ranks: Sequence[int], context: int) -> End:
    """Decide one point: one worse-rank for every fact, in one context."""
    return _end(artefact, artefact.engine.active(ranks), context)


def _end(artefact: Artefact, holding: int, context: int) -> End:
    engine = artefact.engine
    active = holding & engine.context_masks[context]
    hold, now, following, now_fit, next_fit = engine.placed(engine.joined(active), context)
    return End(context, active, hold, now, following, now_fit, next_fit)


class Ends(NamedTuple):
    """The best and the worst the answers allow, in one context."""

    least: End
    most: End


def both_ends(kb: Knowledge, reading: Reading) -> tuple[Ends, ...]:
    """Both ends in every open context. When nothing is open they are the same object."""
    artefact = kb.artefact
    if len(reading.contexts) == 1:
        context = reading.contexts[0]
        return (_both(artefact, *_holding(kb, reading, context), context),)
    holding: dict[frozenset[int], tuple[int, int]] = {}
    ends = []
    for context in reading.contexts:
        closed = artefact.closed[context]
        if closed not in holding:
            holding[closed] = _holding(kb, reading, context)
        ends.append(_both(artefact, *holding[closed], context))
    return tuple(ends)


def _holding(kb: Knowledge, reading: Reading, context: int) -> tuple[int, int]:
    """The needs whose condition holds at the best and at the worst, as masks, wherever they apply."""
    lo, hi = reading.intervals(kb, context)
    active = kb.artefact.engine.active
    at_best = active(lo)
    return at_best, at_best if lo is hi or lo == hi else active(hi)


def _both(artefact: Artefact, at_best: int, at_worst: int, context: int) -> Ends:
    least = _end(artefact, at_best, context)
    return Ends(least, least if at_best == at_worst else _end(artefact, at_worst, context))


PARTS = ("placement_now", "placement_next", "hold", "danger", "evaluation", "safety_services")
"""What must be the same at all ends for a result to be settled."""


class SignatureMasks:
    """Which needs matter for being settled, apart from placement: danger, evaluation, safety services, a hold."""

    def __init__(self, kb: Knowledge) -> None:
        self.urgent = _groups(kb, lambda need: [need.urgent] if need.urgent else [])
        self.evaluate = _groups(
            kb, lambda need: [f"{need.evaluate.by}:{need.evaluate.within_hours}"] if need.evaluate else []
        )
        self.safety = _groups(kb, lambda need: [s for s in need.services if kb.services[s].safety])
        self.all = tuple(mask for _, mask in (*self.urgent, *self.evaluate, *self.safety))


def _groups(kb: Knowledge, keys: Callable[[Need], list[str]]) -> tuple[tuple[str, int], ...]:
    groups: dict[str, int] = {}
    for place, need in enumerate(kb.needs.values()):
        for key in keys(need):
            groups[key] = groups.get(key, 0) | 1 << place
    return tuple(groups.items())


def _signature(end: End, masks: SignatureMasks) -> tuple[object, ...]:
    """Per part of ``PARTS``, what it is at one end."""
    groups = ([bool(end.active & mask) for _, mask in part] for part in (masks.urgent, masks.evaluate, masks.safety))
    return (end.now_fit, end.next_fit, end.hold, *map(tuple, groups))


def open_parts(ends: tuple[Ends, ...], masks: SignatureMasks) -> tuple[str, ...]:
    """The parts of ``PARTS`` that the answers leave open; none when the result is settled."""
    points = dict.fromkeys(end for pair in ends for end in (pair.least, pair.most))
    by_part = zip(*(_signature(end, masks) for end in points), strict=True)
    return tuple(part for part, found in zip(PARTS, by_part, strict=True) if len(set(found)) > 1)


def is_settled(ends: tuple[Ends, ...], masks: SignatureMasks) -> bool:
    """Whether nothing that is still open can change placement, danger, evaluation or the safety services."""
    if len(ends) == 1 and ends[0].least is ends[0].most:
        return True
    first = _signature(ends[0].least, masks)
    return all(_signature(end, masks) == first for pair in ends for end in (pair.least, pair.most))
