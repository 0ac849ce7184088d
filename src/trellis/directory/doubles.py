"""The same place twice: found by what two entries say, merged with a reason, and undone without a loss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from trellis.directory.near import miles
from trellis.directory.programme import Programme
from trellis.directory.reading.row import bare

ALIKE = 0.75
"""So much of two names must be the same for one place, where address or phone speak for it."""
SAME_SPOT = 0.1
"""Miles."""
MOST_TOGETHER = 40
"""Beyond so many entries with one phone number it is that of an operator, and says nothing."""


class Double(NamedTuple):
    """Two entries that may be one place. ``why``: what speaks for it: ``address``, ``phone``, ``spot``.

    ``sure``: name and address are the same word for word, so that they are merged without asking.
    """

    kept: str
    merged: str
    why: tuple[str, ...]
    sure: bool


def find_doubles(places: Iterable[Programme], apart: Iterable[tuple[str, str]] = ()) -> list[Double]:
    """The entries that may be one place, those that surely are first.

    Args:
        places: the places.
        apart: pairs of ids of which somebody said that they are two places.

    >>> from trellis.directory.programme import PlaceStatement
    >>> def place(name, street):
    ...     said = {"name": name, "street": street, "zip": "22902"}
    ...     return Programme(name, {what: PlaceStatement(what, value, "a") for what, value in said.items()})
    >>> find_doubles([place("Example House", "10 Main St"), place("Example House Inc", "10 Main Street")])
    [Double(kept='Example House', merged='Example House Inc', why=('address',), sure=False)]
    """
    known = {frozenset(pair) for pair in apart}
    blocks: dict[str, list[Programme]] = {}
    for place in places:
        for key in _keys(place):
            blocks.setdefault(key, []).append(place)
    found: dict[frozenset[str], Double] = {}
    for together in blocks.values():
        if len(together) > MOST_TOGETHER:
            continue
        for one, other in combinations(together, 2):
            pair = frozenset((one.id, other.id))
            if len(pair) == 2 and pair not in known and pair not in found:
                double = _double(one, other)
                if double is not None:
                    found[pair] = double
    return sorted(found.values(), key=lambda one: (not one.sure, one.kept, one.merged))


def _keys(place: Programme) -> Iterator[str]:
    number = re.search(r"\d+", place.text("street"))
    if number and place.text("zip"):
        yield f"address {place.text('zip')} {number[0]}"
    if place.text("phone"):
        yield f"phone {place.text('phone')}"


def _double(one: Programme, other: Programme) -> Double | None:
    names = [bare(f"{place.text('name')} {place.text('part')}") for place in (one, other)]
    same = names[0] == names[1]
    if not same and SequenceMatcher(None, names[0], names[1]).ratio() < ALIKE and not _within(names[0], names[1]):
        return None
    why = []
    if set(_keys(one)) & {key for key in _keys(other) if key.startswith("address")}:
        why.append("address")
    if one.text("phone") and one.text("phone") == other.text("phone"):
        why.append("phone")
    if one.at and other.at:
        if miles(one.at, other.at) <= SAME_SPOT:
            why.append("spot")
        elif "address" not in why:
            return None  # one telephone for two houses
    streets = {bare(place.text("street")) for place in (one, other)}
    sure = same and "address" in why and len(streets) == 1
    kept, merged = (other, one) if (other.own, one.id) > (one.own, other.id) else (one, other)
    return Double(kept.id, merged.id, tuple(why), sure)


def _within(one: str, other: str) -> bool:
    words = [set(name.split()) for name in (one, other)]
    return min(map(len, words)) >= 2 and (words[0] <= words[1] or words[1] <= words[0])
