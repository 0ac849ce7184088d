"""Conditions that collide: hours, curfew, ways and areas that cannot all be kept, found from the week as it was told.

What nobody said, such as how long a way takes, is never taken for no time: it makes no collision and is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from trellis.justice.assessment import Assessment, Slot
from trellis.kinds.justice import Collision

DAY = 24 * 60
WEEK = 7 * DAY


class Collided(NamedTuple):
    """Two things that cannot both be kept; ``other`` is None where one collides with a curfew or an area.

    ``short``: minutes that are missing; 0 where that is no matter of minutes.
    """

    rule: Collision
    slot: Slot
    other: Slot | None = None
    short: int = 0


def collisions(read: Assessment) -> tuple[Collided, ...]:
    """Every collision in the week, in the order of the week.

    Args:
        read: the justice part of a file, with its week and curfew.

    >>> group = Slot("Group", "program", 0, 18 * 60, 20 * 60, 45)
    >>> [(one.rule, one.short) for one in collisions(Assessment(week=(group,), curfew=(20 * 60, 6 * 60)))]
    [('curfew', 45)]
    """
    slots = read.week
    found = [*_overlaps(slots), *_ways(slots), *_areas(slots)]
    if read.curfew is not None:
        found += _curfew(slots, read.curfew)
    return tuple(sorted(found, key=lambda one: (_at(one.slot), one.rule, one.slot.what)))


def ways_not_told(read: Assessment) -> tuple[Slot, ...]:
    """Hours whose way nobody told, so that nobody can say whether it fits."""
    return tuple(slot for slot in read.week if slot.travel is None)


def _at(slot: Slot) -> int:
    return slot.day * DAY + slot.start


def _length(slot: Slot) -> int:
    return slot.end - slot.start


def _shared(one: Slot, other: Slot) -> int:
    """Minutes that two hours of the week share; a night that ends on Monday meets the Monday that begins the week."""
    return sum(
        max(0, min(_at(one) + _length(one), _at(other) + _length(other) + turn) - max(_at(one), _at(other) + turn))
        for turn in (-WEEK, 0, WEEK)
    )


def _overlaps(slots: Iterable[Slot]) -> list[Collided]:
    found = []
    for one, other in combinations(slots, 2):
        shared = _shared(one, other)
        if not shared:
            continue
        works = [slot for slot in (one, other) if slot.kind == "work"]
        if len(works) == 1:
            moved = other if works[0] is one else one
            found.append(Collided("work", moved, works[0], shared))
        else:
            found.append(Collided("overlap", one, other, shared))
    return found


def _ways(slots: tuple[Slot, ...]) -> list[Collided]:
    """Where less time lies between two things than the way takes. What overlaps is told as that alone."""
    found = []
    for after in slots:
        before = _before(slots, after)
        if before is None or after.travel is None:
            continue
        gap = _gap(before, after)
        if gap < after.travel:
            found.append(Collided("travel", after, before, after.travel - gap))
    return found


def _gap(before: Slot, after: Slot) -> int:
    """Minutes from the end of the one to the next time that the other begins; the week begins anew after Sunday."""
    return (_at(after) - _at(before) - _length(before)) % WEEK


def _before(slots: Iterable[Slot], after: Slot) -> Slot | None:
    """What ends last before something begins, over midnight and over Sunday too. None where nothing else does."""
    others = [one for one in slots if one is not after and not _shared(one, after)]
    return min(others, key=lambda one: _gap(one, after), default=None)


def _areas(slots: Iterable[Slot]) -> list[Collided]:
    return [Collided("area", slot) for slot in slots if slot.inside is False]


def _curfew(slots: tuple[Slot, ...], curfew: tuple[int, int]) -> list[Collided]:
    """Hours that lie in the curfew, or whose way there or home does. The way home is taken to be as long as that there.

    Between two things one goes home where there is time for the way home and the way out again, else from the one to
    the other.
    """
    found = []
    for slot in slots:
        way = slot.travel or 0
        before, after = _before(slots, slot), _after(slots, slot)
        leave = slot.start - (way if before is None or _goes_home(before, slot) else 0)
        home = slot.end + (way if after is None or _goes_home(slot, after) else 0)
        short = _inside(leave, home, curfew)
        if short:
            found.append(Collided("curfew", slot, None, short))
    return found


def _after(slots: Iterable[Slot], before: Slot) -> Slot | None:
    """What begins first after something ends. None where nothing else does."""
    others = [one for one in slots if one is not before and not _shared(one, before)]
    return min(others, key=lambda one: _gap(before, one), default=None)


def _goes_home(before: Slot, after: Slot) -> bool:
    return _gap(before, after) >= (before.travel or 0) + (after.travel or 0)


def _inside(start: int, end: int, curfew: tuple[int, int]) -> int:
    """Minutes of ``[start, end)`` within the curfew, which may run over midnight."""
    begin, stop = curfew
    length = (stop - begin) % DAY or DAY
    return sum(max(0, min(end, begin + length + turn) - max(start, begin + turn)) for turn in (-DAY, 0, DAY))
