"""Which packages a result speaks of: those that take the person, those considered, their nearest neighbours."""

from __future__ import annotations

from trellis.decide import Recommendation
from trellis.kinds.setting import Package


def admits(rec: Recommendation, package: Package) -> bool:
    """Whether a package takes people in this context; while the context is open, every one may."""
    return rec.context is None or any(rec.kb.contexts[number] == rec.context for number in package.admits)


def admitted(rec: Recommendation) -> list[Package]:
    """The packages that take the person, least restrictive first."""
    every = rec.kb.packages.values()
    if rec.context is None:
        return list(every)
    here = {number for number, context in enumerate(rec.kb.contexts) if context == rec.context}
    return [package for package in every if not here.isdisjoint(package.admits)]


def placed_rank(rec: Recommendation) -> int:
    """The rank of where the person is placed now; while that is open, of the least that the answers allow."""
    return (rec.now or rec.least.now).rank


def considered_ids(rec: Recommendation) -> tuple[str, ...]:
    """The packages that are not ruled out, least restrictive first; those recommended once that is known."""
    return rec.now.ids if rec.now else rec.between.now


def neighbours(rec: Recommendation) -> tuple[str, ...]:
    """When the answers leave one rank: the nearest lighter and the nearest fuller setting, to compare with."""
    now = rec.now
    if now is None:
        return ()
    shown = {package.setting for package in now.packages}
    alone = [package for package in admitted(rec) if len(package.parts) == 1 and package.setting not in shown]
    lighter = [package.id for package in alone if package.rank < now.rank]
    fuller = [package.id for package in alone if package.rank > now.rank]
    return (*lighter[-1:], *fuller[:1])
