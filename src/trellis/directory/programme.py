"""A place of care as lists tell of it: statements, each with its source and day, and what of them counts.

What no list says is unknown, and never "no".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from trellis.directory.terms import CAPABILITY, Steps, Terms
from trellis.frozen import FrozenDict
from trellis.once import once

YES, NO, UNKNOWN = "yes", "no", "unknown"
TEXTS = (
    "name", "part", "street", "city", "state", "zip", "phone", "intake_phone", "crisis_phone", "email", "website",
    "hours", "license", "complaint_to",
)  # fmt: skip
"""Fields of a place in words. There is none for who pays, and none for stars."""
NUMBERS = ("latitude", "longitude", "wait_days")
CLOSED = "closed"
FIELDS = (*TEXTS, *NUMBERS, CLOSED)
STALE_DAYS = 365
"""Older than this, what a place says is marked. Ours: the national lists are asked once a year."""


class ListSource(NamedTuple):
    """A list that was read. ``own``: the site's own words, which go before those of any other list."""

    id: str
    title: str
    format: str
    own: bool
    read_on: str


class PlaceStatement(NamedTuple):
    """That one list said one thing on one day: a field, a feature (``yes`` or ``no``), or a step (``iop.medical``).

    ``on``: the day as YYYY-MM-DD; empty where the list does not say. ``order``: among lists, the site's own is 0.
    """

    what: str
    value: str
    source: str
    on: str = ""
    own: bool = False


class Offer(NamedTuple):
    """A kind of care that a place has, or may have, and how much it gives on each axis.

    ``sure``: it says so itself; else it says something that may mean this or another kind. ``least``: what it says it
    gives at least; ``most``: what is not ruled out.
    """

    setting: str
    sure: bool
    least: Steps
    most: Steps


@dataclass(frozen=True)
class Programme:
    """A place of care, as far as anybody says.

    Args:
        id: its name in this directory, which stays over refreshes.
        said: what counts, by what it is of.
        beside: what was said too and does not count: older, by another list, or overruled by the site.
        disputed: of what two lists of one day say the opposite; it is unknown.
        gone: the day since which a list that is read as a whole has it no more; empty while it is there.
        zip_at: the middle of its ZIP code, for a place of which nobody says where it lies.
    """

    id: str
    said: Mapping[str, PlaceStatement]
    beside: tuple[PlaceStatement, ...] = ()
    disputed: tuple[str, ...] = ()
    gone: str = ""
    zip_at: tuple[float, float] | None = None
    terms: Terms | None = field(default=None, repr=False, compare=False, hash=False)

    def text(self, name: str) -> str:
        """A field in words; empty where nobody says."""
        found = self.said.get(name)
        return found.value if found is not None else ""

    def number(self, name: str) -> float | None:
        """A field as a number; None where nobody says."""
        found = self.text(name)
        return float(found) if found else None

    def has(self, feature: str) -> bool | None:
        """Whether it has a feature; None where nobody says.

        >>> place = Programme("a", {"iop": PlaceStatement("iop", "yes", "county")})
        >>> place.has("iop"), place.has("php")
        (True, None)
        """
        found = self.said.get(feature)
        return None if found is None else found.value == YES

    @property
    def at(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, of its ZIP code where nobody says better; None where neither is known."""
        latitude, longitude = self.number("latitude"), self.number("longitude")
        return self.zip_at if latitude is None or longitude is None else (latitude, longitude)

    @property
    def newest(self) -> str:
        """The last day on which any list that counts said something; empty where none has a day."""
        return max((one.on for one in self.said.values()), default="")

    @property
    def own(self) -> bool:
        """Whether the site itself says something of it."""
        return any(one.own for one in self.said.values())

    @property
    def sources(self) -> tuple[str, ...]:
        """The lists that say what counts."""
        return tuple(dict.fromkeys(one.source for one in self.said.values()))

    def is_stale(self, as_of: date, days: int = STALE_DAYS) -> bool:
        """Whether it has to be looked at again: too old, without a day, or gone from its list.

        Args:
            as_of: the day.
            days: how old what is said may be.
        """
        if self.gone or not self.newest:
            return True
        return (as_of - date.fromisoformat(self.newest)).days > days

    @once
    def _masks(self) -> tuple[int, int]:
        bits = self.terms.bit if self.terms is not None else {}
        yes = no = 0
        for what, one in self.said.items():
            if what in bits:
                if one.value == YES:
                    yes |= 1 << bits[what]
                else:
                    no |= 1 << bits[what]
        return yes, no

    @property
    def yes(self) -> int:
        """What it says it has, as a mask."""
        return self._masks[0]

    @property
    def no(self) -> int:
        """What it says it has not, as a mask."""
        return self._masks[1]

    @once
    def offers(self) -> tuple[Offer, ...]:
        """The kinds of care it has or may have, least restrictive first."""
        return offers_of(self.terms, self) if self.terms is not None else ()

    def denies(self, setting: str) -> bool:
        """Whether it says that it has not this kind of care."""
        alone = self.terms.alone.get(setting, ()) if self.terms is not None else ()
        return any(self.has(name) is False for name in alone)


def resolve(
    terms: Terms,
    name: str,
    statements: Iterable[PlaceStatement],
    *,
    gone: str = "",
    zip_at: Callable[[str], tuple[float, float] | None] | None = None,
) -> Programme:
    """What counts of all that lists say of one place.

    What the site itself says goes first; it may also say that something is not known after all (``unknown``). Else the
    newest statement counts. Where two of the same day say the opposite of a feature it is unknown, and named as
    disputed; of two different texts of one day the first stands.

    Args:
        terms: the terms of the knowledge.
        name: the id of the place.
        statements: in the order in which the lists were read first.
        gone: the day since which its list has it no more.
        zip_at: gives the middle of a ZIP code, for a place of which nobody says where it lies.

    >>> import trellis
    >>> from trellis.directory.terms import terms_of
    >>> terms = terms_of(trellis.load())
    >>> old = PlaceStatement("iop", "yes", "national", "2026-01-01")
    >>> mended = PlaceStatement("iop", "no", "county", "2025-06-01", own=True)
    >>> resolve(terms, "a", [old, mended]).has("iop")
    False
    """
    said: dict[str, PlaceStatement] = {}
    rivals: dict[str, list[PlaceStatement]] = {}
    for one in statements:
        if one.what in said:
            rivals.setdefault(one.what, [said[one.what]]).append(one)
        else:
            said[one.what] = one
    beside: list[PlaceStatement] = []
    disputed = []
    for what, several in rivals.items():
        first = max(several, key=lambda one: (one.own, one.on))
        equal = [one for one in several if (one.own, one.on) == (first.own, first.on)]
        if any(one.value != first.value for one in equal) and (what in terms.bit or terms.capability(what)):
            disputed.append(what)
            beside += several
            del said[what]
        else:
            beside += [one for one in several if one is not first]
            said[what] = first
    for what in [what for what, one in said.items() if one.value == UNKNOWN]:
        del said[what]
    middle = None
    if zip_at is not None and "zip" in said and not ("latitude" in said and "longitude" in said):
        middle = zip_at(said["zip"].value)
    return Programme(name, FrozenDict(said), tuple(beside), tuple(disputed), gone, middle, terms)


def offers_of(terms: Terms, place: Programme) -> tuple[Offer, ...]:
    """The kinds of care that a place has or may have, least restrictive first.

    A word that may mean several kinds, such as "residential", stands for each of them, unless the place names one.
    """
    yes, no = place.yes, place.no
    least, most = [0] * len(terms.axes), list(terms.tops)
    for bit, axis, step, group in terms.giving:
        if yes >> bit & 1:
            least[axis] = max(least[axis], step)
        elif no >> bit & 1 and group == "treats":
            most[axis] = min(most[axis], step - 1)
    most = [max(*pair) for pair in zip(least, most, strict=True)]
    sure = {name for name, mask in terms.masks_alone.items() if yes & mask}
    steps = {what: one.value for what, one in place.said.items() if CAPABILITY in what}
    found = []
    for name in terms.kinds_of_care:
        if not yes & (terms.masks_alone[name] | terms.masks_among[name]) or no & terms.masks_alone[name]:
            continue
        said = [one for one in terms.alone[name] if place.has(one)]
        said += [
            one
            for one in terms.among[name]
            if place.has(one) and (name in sure or not sure.intersection(terms.features[one].offers))
        ]
        if not said:
            continue
        at_least, at_most = list(least), list(most)
        for named in {axis for one in said for axis in terms.features[one].says}:
            number = terms.axes.index(named)
            at_least[number] = max(at_least[number], terms.usual[name][number])
            at_most[number] = max(at_most[number], at_least[number])
        for number, one_axis in enumerate(terms.axes):
            stated = steps.get(f"{name}{CAPABILITY}{one_axis}") if steps else None
            if stated is not None:
                at_least[number] = at_most[number] = terms.steps[number].index(stated)
        found.append(Offer(name, name in sure, tuple(at_least), tuple(at_most)))
    return tuple(found)
