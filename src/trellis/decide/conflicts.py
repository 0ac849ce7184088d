"""Where a wish, a refusal, a full or denied place collides with what is needed, and what then."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, timedelta

from trellis.decide.explain import AllEnds, outlook, somewhere
from trellis.decide.gaps import gaps_of
from trellis.decide.reading import Reading
from trellis.decide.tables import Tables
from trellis.decide.views import Conflict, Placement, ServiceView
from trellis.engine.artefact import ONGOING, CompiledPackage, covers
from trellis.library.knowledge import Knowledge

LOOK_AGAIN_DAYS = 7
LOOK_AGAIN_DAYS_ACUTE = 1

OutOfReach = tuple[str, tuple[str, ...], tuple[str, ...], str | None]
"""The first parts of a :class:`Conflict`: its kind, the packages, what is enough as well, and what is less."""


def conflicts(
    kb: Knowledge,
    reading: Reading,
    ends: AllEnds,
    tables: Tables,
    *,
    now: Placement | None,
    places: Mapping[str, str],
    services: tuple[ServiceView, ...],
    wishes: list[str],
    as_of: date,
) -> tuple[Conflict, ...]:
    """Wishes, refusals, full and denied places that collide with what is needed now."""
    wanted = now or outlook(kb, reading, ends, tables, most=False).now
    colliding = [without for name in wishes if (without := tables.meeting[name]).issuperset(wanted.ids)]
    found = _out_of_reach(kb, wanted, places, ends) if places else []
    for without in colliding:
        following, lesser = _next_sufficient(kb, wanted, without, ends), _lesser(kb, wanted, without, ends)
        found.append(("wish", wanted.ids, following, lesser))
    if not found:
        return ()
    interim = tuple(service.id for service in services if service.safety and service.certain)
    acute = somewhere(ends) & ~kb.artefact.engine.phase_masks[ONGOING]
    again = as_of + timedelta(days=LOOK_AGAIN_DAYS_ACUTE if acute else LOOK_AGAIN_DAYS)
    return tuple(Conflict(*one, interim, again, now is not None) for one in found)


def _out_of_reach(kb: Knowledge, wanted: Placement, places: Mapping[str, str], ends: AllEnds) -> list[OutOfReach]:
    """The recommended packages that are refused, full or denied, each state with what is enough as well."""
    unavailable = {p.id for p in kb.packages.values() if p.id in places or any(part in places for part in p.parts)}
    found: list[OutOfReach] = []
    for state in ("refused", "full", "denied"):
        hit = tuple(
            p.id
            for p in wanted.packages
            if places.get(p.id) == state or any(places.get(part) == state for part in p.parts)
        )
        if hit:
            lesser = _lesser(kb, wanted, unavailable, ends) if state == "refused" else None
            found.append((state, hit, _next_sufficient(kb, wanted, unavailable, ends), lesser))
    return found


def _next_sufficient(kb: Knowledge, wanted: Placement, without: Container[str], ends: AllEnds) -> tuple[str, ...]:
    """The packages of the lowest rank, from the one wanted on, that cover all that may be asked of it."""
    asked = _asked(kb, wanted)
    contexts = {pair.least.context for pair in ends}
    fitting: list[CompiledPackage] = []
    for package in kb.artefact.packages:  # in order of rank
        if fitting and package.rank > fitting[0].rank:
            break
        enough = package.rank >= wanted.rank and contexts <= package.contexts and covers(package.gives, asked)
        if enough and package.id not in without:
            fitting.append(package)
    return tuple(package.id for package in fitting)


def _lesser(kb: Knowledge, wanted: Placement, without: Container[str], ends: AllEnds) -> str | None:
    """The package below that gives most, without a part that gives nothing of what may be asked."""
    contexts = {pair.least.context for pair in ends}
    lighter = [
        package
        for package in kb.artefact.packages  # in order of rank
        if package.rank < wanted.rank and package.id not in without and contexts <= package.contexts
    ]
    if not lighter:
        return None
    of_use = tuple(map(min, lighter[-1].gives, _asked(kb, wanted)))
    return next(package.id for package in lighter if covers(package.gives, of_use))


def _asked(kb: Knowledge, wanted: Placement) -> tuple[int, ...]:
    """All that may be asked of a placement, as a number on each axis."""
    up_to = dict(wanted.up_to)
    return tuple([steps.index(up_to[axis]) if axis in up_to else 0 for axis, steps in gaps_of(kb).steps])
