"""Whether a setting would be enough for one person, what it would lack, and what it would take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from trellis.account import admits, services_of
from trellis.decide import Recommendation
from trellis.decide.views import NeedView, ServiceView, Shortfall
from trellis.engine.node import TRUE
from trellis.kinds.setting import Barrier, Package

Standing = Literal["enough", "open", "short", "not_admitted", "apart"]
"""``open``: it depends on what is still open; ``apart``: an add-on or a response, which is no setting of its own."""


@dataclass(frozen=True)
class Fit:
    """How a setting fits one person.

    Args:
        place: the id of the setting, add-on or response.
        package: the setting, with what has to be joined to it; None when no form of it admits the person.
        now: whether it covers what is asked now; ``next``: what is asked when the acute part has passed.
        more: it is enough, and gives more than the least that is enough.
        lacking: what it falls short on now; ``lacking_next``: next.
        resolve: the active needs that exceed it; ``fixed``: those of them that rest on history; ``open``: needs that
            the answers leave open and that could exceed it.
        arrange: services asked for that are no standard part of it.
        barriers: what the person told of that collides with what it asks.
        serves_hold: a response that serves until somebody has looked.
    """

    place: str
    package: Package | None
    now: Standing
    next: Standing
    more: bool = False
    lacking: tuple[Shortfall, ...] = ()
    lacking_next: tuple[Shortfall, ...] = ()
    resolve: tuple[NeedView, ...] = ()
    fixed: tuple[NeedView, ...] = ()
    open: tuple[NeedView, ...] = ()
    arrange: tuple[ServiceView, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    serves_hold: bool = False

    @property
    def joined(self) -> tuple[str, ...]:
        """What is joined to the setting."""
        return self.package.parts[1:] if self.package else ()

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "package": self.package.id if self.package else None,
            "now": self.now,
            "next": self.next,
            "more_than_asked": self.more,
            "lacking": [row._asdict() for row in self.lacking],
            "lacking_next": [row._asdict() for row in self.lacking_next],
            "resolve": [need.id for need in self.resolve],
            "fixed": [need.id for need in self.fixed],
            "open": [need.id for need in self.open],
            "arrange": [service.id for service in self.arrange],
            "barriers": [barrier.id for barrier in self.barriers],
            "serves_hold": self.serves_hold,
        }


def standing(rows: Iterable[Shortfall]) -> Standing:
    """What shortfalls make of a package.

    >>> standing(()), standing([Shortfall("structure", "day", "weekly", ("n",), certain=True)])
    ('enough', 'short')
    """
    several = list(rows)
    if not several:
        return "enough"
    return "short" if any(row.certain for row in several) else "open"


def package_for(rec: Recommendation, setting: str) -> Package | None:
    """The form of a setting that stands for it: the least restrictive that does not fall short for certain.

    A setting that is surely enough only with something joined to it is shown so joined, and says so. What is open joins
    nothing: a question that somebody skipped would otherwise put supportive housing, say, into the name of every place.
    """
    forms = [p for p in rec.kb.packages.values() if p.setting == setting and admits(rec, p)]
    return min(forms, key=lambda p: (standing(rec.shortfalls[p.id]) == "short", p.rank), default=None)


def fit_of(rec: Recommendation, place: str) -> Fit:
    """How a setting, add-on or response fits this person.

    Args:
        rec: the recommendation.
        place: the id of the place.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"harm.danger_now": "yes"}, as_of=date(2026, 11, 24))
    >>> fit_of(rec, "recovery_residence").now
    'apart'
    """
    if place not in rec.kb.settings:
        serves = rec.hold is not None and place in rec.hold.responses
        return Fit(place, None, "apart", "apart", serves_hold=serves)
    package = package_for(rec, place)
    if package is None:
        return Fit(place, None, "not_admitted", "not_admitted")
    lacking, lacking_next = rec.shortfalls[package.id], rec.shortfalls_next[package.id]
    way = rec.step_down[package.id]
    now = standing(lacking)
    asked = {*package.meets, "language"}
    barriers = (b for b in rec.kb.barriers.values() if asked & set(b.meets))
    return Fit(
        place=place,
        package=package,
        now=now,
        next=standing(lacking_next),
        more=now == "enough" and rec.now is not None and package.rank > rec.now.rank,
        lacking=lacking,
        lacking_next=lacking_next,
        resolve=tuple(rec.need(name) for name in way.resolve),
        fixed=tuple(rec.need(name) for name in way.fixed),
        open=tuple(rec.need(name) for name in way.open),
        arrange=tuple(s for s in services_of(rec) if s.certain and s.id not in package.services),
        barriers=tuple(b for b in barriers if rec.stands(rec.kb.barrier_nodes[b.id], b.applies) == TRUE),
    )
