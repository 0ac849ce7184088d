"""Conditions that collide: hours, curfew, ways and areas that cannot all be kept, found from the week as it was told.

What nobody said, such as how long a way takes, is never taken for no time: it makes no collision and is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise
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
    for before, after in pairwise(slots):
        gap = _at(after) - (_at(before) + _length(before))
        if after.travel is not None and 0 <= gap < after.travel and before.day == after.day:
            found.append(Collided("travel", after, before, after.travel - gap))
    return found


def _areas(slots: Iterable[Slot]) -> list[Collided]:
    return [Collided("area", slot) for slot in slots if slot.inside is False]


def _curfew(slots: tuple[Slot, ...], curfew: tuple[int, int]) -> list[Collided]:
    """Hours that lie in the curfew, or whose way there or home does. The way home is taken to be as long as that there.

    Only the first of a day is reached from home, and only after the last of it does one go home.
    """
    found = []
    for slot in slots:
        same = [one for one in slots if one.day == slot.day]
        way = slot.travel or 0
        leave = slot.start - (way if slot is same[0] else 0)
        home = slot.end + (way if slot is max(same, key=lambda one: one.end) else 0)
        short = _inside(leave, home, curfew)
        if short:
            found.append(Collided("curfew", slot, None, short))
    return found


def _inside(start: int, end: int, curfew: tuple[int, int]) -> int:
    """Minutes of ``[start, end)`` within the curfew, which may run over midnight."""
    begin, stop = curfew
    length = (stop - begin) % DAY or DAY
    return sum(max(0, min(end, begin + length + turn) - max(start, begin + turn)) for turn in (-DAY, 0, DAY))
