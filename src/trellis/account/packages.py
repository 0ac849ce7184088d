"""Which packages a result speaks of: those that take the person, those considered, their nearest neighbours."""

from __future__ import annotations

from trellis.account.weights import Here, weights_of
from trellis.decide import Recommendation
from trellis.kinds.setting import Package


def admits(rec: Recommendation, package: Package) -> bool:
    """Whether a package takes people in this context; while the context is open, every one may."""
    return rec.context is None or any(rec.kb.contexts[number] == rec.context for number in package.admits)


def admitted(rec: Recommendation) -> tuple[Package, ...]:
    """The packages that take the person, least restrictive first."""
    return _here(rec).packages


def alone(rec: Recommendation) -> tuple[Package, ...]:
    """Those of them to which nothing is joined."""
    return _here(rec).alone


def _here(rec: Recommendation) -> Here:
    return weights_of(rec.kb).here(rec.kb, rec.in_integers.context)


def placed_rank(rec: Recommendation) -> int:
    """The rank of where the person is placed now; while that is open, of the least that the answers allow."""
    return (rec.now or rec.least.now).rank


def knows_too_little(rec: Recommendation) -> bool:
    """Whether the answers rule out nothing: then what to find out, and from whom, is told in the place of settings.

    Args:
        rec: the recommendation.

    >>> import trellis
    >>> from datetime import date
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> knows_too_little(trellis.decide(kb, {"use.opioids": "not_known"}, as_of=day))
    True
    >>> knows_too_little(trellis.decide(kb, {"use.opioids": "severe"}, as_of=day))
    False
    """
    if rec.settled or rec.now is not None:
        return False
    left, single = set(rec.between.now), alone(rec)
    return all(package.id in left for package in (single[0], single[-1]))


def considered_ids(rec: Recommendation) -> tuple[str, ...]:
    """The packages that are not ruled out, least restrictive first; those recommended once that is known."""
    return rec.now.ids if rec.now else rec.between.now


def neighbours(rec: Recommendation) -> tuple[str, ...]:
    """When the answers leave one rank: the nearest lighter and the nearest fuller setting, to compare with."""
    now = rec.now
    if now is None:
        return ()
    rank, shown = now.rank, {package.setting for package in now.packages}
    lighter: tuple[str, ...] = ()
    for package in alone(rec):
        if package.rank < rank and package.setting not in shown:
            lighter = (package.id,)
        elif package.rank > rank and package.setting not in shown:
            return (*lighter, package.id)
    return lighter
