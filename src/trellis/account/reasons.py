"""The reasons of a result in the order in which they are told, and what is folded under a stronger one.

Danger comes first, then what decides the placement, then the rest by weight; never the order of the files. A need is
folded under a stronger one of the same matter when it adds nothing: no demand on any axis, no service, no evaluation by
anybody else or sooner, no danger. Folding leaves nothing out of the decision, only out of what is spoken.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import NamedTuple

from trellis.account.packages import placed_rank
from trellis.account.weights import hours_of, weights_of
from trellis.decide import Recommendation
from trellis.decide.gaps import gaps_of
from trellis.engine.artefact import bits
from trellis.library.knowledge import Knowledge, once_per_knowledge


class Reason(NamedTuple):
    """A need that is told, the needs folded under it, and whether its words tell within which time somebody looks.

    Of one dimension only the soonest time is told, so that no two contradict each other. All of them, each with its
    profession, stand in the next steps.
    """

    need: str
    folded: tuple[str, ...] = ()
    hour: bool = True


def reasons_of(rec: Recommendation) -> tuple[Reason, ...]:
    """The reasons to tell, in order, each with what is folded under it. Every active need is in it exactly once.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> answers = {"focus": "mental_health", "mental.depression": "severe"}
    >>> reasons_of(trellis.decide(trellis.load(), answers, as_of=date(2026, 11, 24)))
    (Reason(need='symptoms-severe', folded=('symptoms-need-treatment', 'mild-symptoms'), hour=True),)
    """
    ids, told = weights_of(rec.kb).ids, _in_order(rec)
    stronger = _stronger(rec, told)
    folded: dict[int, list[str]] = {need: [] for need in told if need not in stronger}
    for need in stronger:
        folded[_root(stronger, need, told)].append(ids[need])
    silent = told_without_hour(rec.kb, [ids[need] for need in folded])
    return tuple([Reason(ids[need], tuple(under), ids[need] not in silent) for need, under in folded.items()])


def told_without_hour(kb: Knowledge, spoken: Iterable[str]) -> frozenset[str]:
    """Those of some needs told together whose words leave out within which time somebody looks.

    Another one of the same dimension tells a sooner time. A need whose words name a time, but which asks for no
    evaluation, gives way to any that does.

    Args:
        kb: the knowledge.
        spoken: the ids of the needs that are told; ids that the knowledge does not have are left alone.

    >>> import trellis
    >>> sorted(told_without_hour(trellis.load(), ["alcohol-daily", "withdrawal-adolescent"]))
    ['alcohol-daily']
    """
    asking = _asking(kb)
    known = [(name, *asking[name]) for name in spoken if name in asking]
    soonest: dict[str, int] = {}
    for _, dimension, hours in known:
        soonest[dimension] = min(hours, soonest.get(dimension, hours))
    return frozenset([name for name, dimension, hours in known if hours > soonest[dimension]])


@once_per_knowledge
def _asking(kb: Knowledge) -> dict[str, tuple[str, int]]:
    """The needs that tell within which time somebody looks, each with its dimension and the hours."""
    asking = (need for need in kb.needs.values() if need.evaluate is not None or need.within is not None)
    return {need.id: (need.dimension, hours_of(need)) for need in asking}


def what_decides(rec: Recommendation) -> frozenset[str]:
    """The needs that hold the placement where it is: no lighter package covers them, or they alone rule one out.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"use.alcohol": "severe"}, as_of=date(2026, 11, 24))
    >>> sorted(what_decides(rec))
    ['use-disorder-severe']
    """
    return frozenset(gaps_of(rec.kb).names(_deciding(rec)))


def _deciding(rec: Recommendation) -> int:
    """What decides, as a mask."""
    weights, integers, rank = weights_of(rec.kb), rec.in_integers, placed_rank(rec)
    lighter = [beyond & integers.active for of, beyond in weights.here(rec.kb, integers.context).beyond if of < rank]
    if not lighter:
        return 0
    found = reduce(and_, lighter)  # no lighter package is enough
    for unmet in lighter:
        if not unmet & (unmet - 1):  # one alone rules it out
            found |= unmet
    return found


def _in_order(rec: Recommendation) -> list[int]:
    """The active needs as they are told: danger, then what decides, then the rest by weight."""
    weights, integers, decides = weights_of(rec.kb), rec.in_integers, _deciding(rec)
    here = weights.here(rec.kb, integers.context)
    told: list[int] = []
    left = integers.active
    for needs in (*[weights.urgent[danger.id] for danger in rec.urgent], left):
        told += sorted(bits(left & needs & decides), key=here.deciding.__getitem__)
        told += sorted(bits(left & needs & ~decides), key=here.others.__getitem__)
        left &= ~needs
    return told


def _stronger(rec: Recommendation, told: list[int]) -> dict[int, list[int]]:
    """The needs that add nothing to others of the same matter, each with those; of two alike, the later is folded."""
    weights, (active, _, lo, _) = weights_of(rec.kb), rec.in_integers
    stronger, before = {}, 0
    for need in told:
        above = weights.wider[need] & active | weights.alike[need] & before
        if above:
            # A dimension holds suicide and violence, alcohol and pills: something that was said must speak for both.
            found = [more for more in bits(above) if any(lo[fact] for fact in weights.shared[need, more])]
            if found:
                stronger[need] = found
        before |= 1 << need
    return stronger


def _root(stronger: dict[int, list[int]], need: int, told: list[int]) -> int:
    """The need that is told for one that is not: the first, in order, that nothing stronger stands for."""
    seen, waiting = {need}, [need]
    roots: list[int] = []
    while waiting:
        for more in stronger[waiting.pop()]:
            if more not in seen:
                seen.add(more)
                (waiting if more in stronger else roots).append(more)
    return min(roots, key=told.index)
