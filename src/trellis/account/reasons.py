"""The reasons of a result in the order in which they are told, and what is folded under a stronger one.

Danger comes first, then what decides the placement, then the rest by weight; never the order of the files. A need is
folded under a stronger one of the same matter when it adds nothing: no demand on any axis, no service, no evaluation by
anybody else or sooner, no danger. Folding leaves nothing out of the decision, only out of what is spoken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trellis.account.packages import admitted, placed_rank
from trellis.decide import Recommendation
from trellis.decide.views import NeedView
from trellis.engine.artefact import HOLD, CompiledNeed, covers
from trellis.kinds.need import Need
from trellis.kinds.setting import Package
from trellis.library.knowledge import Knowledge, once_per_knowledge

SOON_HOURS = 24
"""Among what decides nothing: who must be seen within so many hours is told before what merely asks for more."""
NEVER = 10**6


class Reason(NamedTuple):
    """A need that is told, the needs folded under it, and whether its words tell within which time somebody looks.

    Of one dimension only the soonest time is told, so that no two contradict each other. All of them, each with its
    profession, stand in the next steps.
    """

    need: str
    folded: tuple[str, ...] = ()
    hour: bool = True


class _Known(NamedTuple):
    """An active need with what it weighs."""

    view: NeedView
    compiled: CompiledNeed
    told: tuple[int | str, ...]


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
    known = _in_order(rec)
    stronger = [[m for m in range(len(known)) if _covered(known, n, by=m)] for n in range(len(known))]
    folded: dict[int, list[str]] = {n: [] for n in range(len(known)) if not stronger[n]}
    for n, one in enumerate(known):
        if stronger[n]:
            folded[_root(stronger, n)].append(one.view.id)
    spoken = [known[n].view.id for n in folded]
    silent = told_without_hour(rec.kb, spoken)
    return tuple(Reason(known[n].view.id, tuple(under), known[n].view.id not in silent) for n, under in folded.items())


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
    known = [kb.needs[name] for name in spoken if name in kb.needs]
    asking = [need for need in known if need.evaluate is not None or need.within is not None]
    soonest: dict[str, int] = {}
    for need in asking:
        hours = _hours(need.evaluate)
        soonest[need.dimension] = min(hours, soonest.get(need.dimension, hours))
    return frozenset(need.id for need in asking if _hours(need.evaluate) > soonest[need.dimension])


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
    compiled = _compiled(rec.kb)
    rank = placed_rank(rec)
    gives = _gives(rec.kb)
    lighter = [gives[package.id] for package in admitted(rec) if package.rank < rank]
    unmet = {
        need.id: {place for place, given in enumerate(lighter) if not covers(given, compiled[need.id].requires)}
        for need in rec.active
        if compiled[need.id].phase != HOLD
    }
    found = set()
    for need, packages in unmet.items():
        others = set().union(*(more for other, more in unmet.items() if other != need))
        if packages and (len(packages) == len(lighter) or packages - others):
            found.add(need)
    return frozenset(found)


@once_per_knowledge
def _compiled(kb: Knowledge) -> dict[str, CompiledNeed]:
    return {need.id: need for need in kb.artefact.needs}


@once_per_knowledge
def _gives(kb: Knowledge) -> dict[str, tuple[int, ...]]:
    return {package.id: package.gives for package in kb.artefact.packages}


def _in_order(rec: Recommendation) -> list[_Known]:
    """The active needs as they are told: danger, then what decides, then the rest by weight."""
    kb = rec.kb
    places, gives, compiled = admitted(rec), _gives(kb), _compiled(kb)
    decides = what_decides(rec)
    danger = {need: number for number, view in reversed([*enumerate(rec.urgent)]) for need in view.needs}
    known = []
    for need in rec.active:
        own = compiled[need.id]
        hours = _hours(need.need.evaluate)
        told = (
            danger.get(need.id, NEVER),
            need.id not in decides,
            0 if need.id in decides or hours <= SOON_HOURS else 1,
            -_own_rank(places, gives, own),
            hours,
            -sum(kb.services[name].safety for name in need.services),
            -len(need.services),
            need.id,
        )
        known.append(_Known(need, own, told))
    return sorted(known, key=lambda one: one.told)


def _own_rank(places: list[Package], gives: dict[str, tuple[int, ...]], need: CompiledNeed) -> int:
    """The rank of the lightest package that gives what the need asks for; beyond all where none does."""
    return next((p.rank for p in places if covers(gives[p.id], need.requires)), places[-1].rank + 1 if places else 0)


def _hours(evaluate: object) -> int:
    return getattr(evaluate, "within_hours", NEVER)


def _covered(known: list[_Known], n: int, *, by: int) -> bool:
    """Whether a need adds nothing to another of the same matter; of two alike, the one told first is told."""
    one, other = known[n], known[by]
    if n == by or not _adds_nothing(one, other):
        return False
    return by < n or not _adds_nothing(other, one)


def _adds_nothing(one: _Known, other: _Known) -> bool:
    return _same_matter(one.view, other.view) and says_no_more(
        one.compiled, one.view.need, other.compiled, other.view.need
    )


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


def _same_matter(one: NeedView, other: NeedView) -> bool:
    """Whether something that was said speaks for both: a dimension holds suicide and violence, alcohol and pills."""
    return bool({fact.id for fact in one.facts} & {fact.id for fact in other.facts})


def _root(stronger: list[list[int]], n: int) -> int:
    """The need that is told for one that is not: the first, in order, that nothing stronger stands for."""
    seen, waiting = {n}, [n]
    roots: list[int] = []
    while waiting:
        for m in stronger[waiting.pop()]:
            if m not in seen:
                seen.add(m)
                (waiting if stronger[m] else roots).append(m)
    return min(roots)
