"""The reasons of a result in the order in which they are told, and what is folded under a stronger one.

Danger comes first, then what decides the placement, then the rest by weight; never the order of the files. In danger
what asks for less than the result comes last: care by day is not told in one breath with a ward. A need is
folded under a stronger one of the same matter when it adds nothing: no demand on any axis, no service, no evaluation by
anybody else or sooner, no danger; and under one that it gives way to. Folding leaves nothing out of the decision, only
out of what is spoken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trellis.account.packages import placed_rank
from trellis.account.weights import weights_of
from trellis.decide import Recommendation
from trellis.decide.gaps import gaps_of
from trellis.engine.artefact import bits
from trellis.library.knowledge import Knowledge


class Reason(NamedTuple):
    """A need that is told, and how.

    Args:
        need: its id.
        folded: the needs folded under it.
        hour: whether its words tell within which time somebody looks. Of one dimension, and of one profession, only the
            soonest time is told, so that no two contradict each other. All professions, each with its soonest time,
            stand in the next steps.
        later: whether it stands apart, after the others, as what holds beside them and when the danger has passed: in
            a danger in which there is something to do at once, a lighter place than the result gives what it asks for.
    """

    need: str
    folded: tuple[str, ...] = ()
    hour: bool = True
    later: bool = False


def reasons_of(rec: Recommendation) -> tuple[Reason, ...]:
    """The reasons to tell, in order, each with what is folded under it. Every active need is in it exactly once.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> answers = {"focus": "mental_health", "mental.depression": "severe"}
    >>> reasons_of(trellis.decide(trellis.load(), answers, as_of=date(2026, 11, 24)))
    (Reason(need='symptoms-severe', folded=('symptoms-need-treatment', 'mild-symptoms'), hour=True, later=False),)
    """
    weights, told = weights_of(rec.kb), _in_order(rec)
    stronger = _stronger(rec, told)
    folded: dict[int, list[str]] = {need: [] for need in told if need not in stronger}
    for need in stronger:
        folded[_root(stronger, need, told)].append(weights.ids[need])
    ids, sooner, spoken = weights.ids, weights.sooner, sum([1 << need for need in folded])
    danger = {need for view in rec.urgent for need in view.needs}
    less = _asking_for_less(rec) if any(rec.kb.urgent[view.id].actions for view in rec.urgent) else 0
    reasons = [
        Reason(
            ids[need],
            tuple(under),
            not sooner[need] & spoken,
            bool(less >> need & 1) and danger.isdisjoint((ids[need], *under)),
        )
        for need, under in folded.items()
    ]
    return tuple(sorted(reasons, key=lambda reason: reason.later)) if less else tuple(reasons)


def told_without_hour(kb: Knowledge, spoken: Iterable[str]) -> frozenset[str]:
    """Those of some needs told together whose words leave out within which time somebody looks.

    Another one of the same dimension, or that asks the same profession, tells a sooner time. A need whose words name a
    time, but which asks for no evaluation, gives way to any that does.

    Args:
        kb: the knowledge.
        spoken: the ids of the needs that are told; ids that the knowledge does not have are left alone.

    >>> import trellis
    >>> sorted(told_without_hour(trellis.load(), ["alcohol-daily", "withdrawal-adolescent"]))
    ['alcohol-daily']
    """
    places, sooner = weights_of(kb).places, weights_of(kb).sooner
    known = {name: places[name] for name in spoken if name in places}
    together = sum(1 << place for place in known.values())
    return frozenset([name for name, place in known.items() if sooner[place] & together])


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
    active, context, *_ = rec.in_integers
    rank = placed_rank(rec)
    everywhere, alone = -1, 0  # every need, until a lighter package is enough for some
    for of, beyond in weights_of(rec.kb).here(rec.kb, context).beyond:
        if of >= rank:
            break
        everywhere &= beyond
        unmet = active & beyond
        if not unmet & (unmet - 1):
            alone |= unmet
    return alone if everywhere < 0 else alone | everywhere & active


def _asking_for_less(rec: Recommendation) -> int:
    """The active needs that ask for a place, and get it in a lighter one than the answers lead to, as a mask."""
    weights, (active, context, *_) = weights_of(rec.kb), rec.in_integers
    rank, enough = placed_rank(rec), 0
    for of, beyond in weights.here(rec.kb, context).beyond:
        if of < rank:
            enough |= ~beyond
    return weights.requiring & active & enough


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
    """The needs that add nothing to others of the same matter, each with those; of two alike, the later one."""
    weights, (active, _, lo, _) = weights_of(rec.kb), rec.in_integers
    above, alike, shared = weights.above, weights.alike, weights.shared
    stronger, later = {}, active
    for need in told:
        wider, found = above[need] & active, [*bits(weights.yields[need] & active)]
        if wider:
            # A dimension holds suicide and violence, alcohol and pills: something that was said must speak for both.
            others = bits(wider & ~(alike[need] & later))
            found += [more for more in others if any(map(lo.__getitem__, shared[need, more]))]
        if found:
            stronger[need] = found
        later ^= 1 << need
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
