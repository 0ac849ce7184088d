"""The first places in their order, out of a directory of many: the order of :mod:`matching`, said in SQL.

SQLite sorts what it holds in integers; only the places that are shown are read whole and held against what is wanted.
A test holds both orders together, place for place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from trellis.directory.matching import (
    FITS,
    LIKELY,
    NO_RANK,
    NOT_SAID,
    PERHAPS,
    SURE,
    USUAL_WAIT,
    PlaceMatch,
    covers,
    likely,
    match,
)
from trellis.directory.near import BANDS, EARTH_MILES, Near, nearness, vector
from trellis.directory.store import WORD, WORDS, Directory
from trellis.directory.terms import Terms
from trellis.directory.wanted import Wanted

MEETS, MAY, LACKS = range(len(FITS))


def search(
    directory: Directory, wanted: Wanted, near: Near | None = None, *, limit: int = 10, within: float | None = None
) -> list[PlaceMatch]:
    """The first places in the order of :func:`trellis.directory.matching.rank`.

    Args:
        directory: the directory.
        wanted: what is wanted.
        near: where somebody looks from.
        limit: so many at most.
        within: no farther than so many miles; places without coordinates stay.

    Raises:
        DirectoryError: the file cannot be read.
    """
    terms = directory.terms
    order = _Order(terms, wanted, near, within)
    found: dict[int, tuple[float, ...]] = {}
    # A place may stand there once for each kind of care that it has: the best one counts.
    room = limit * max(1, len(wanted.settings))
    for row in directory.ask(order.of_those_that_meet(room), order.values):
        found.setdefault(row[0], tuple(row[1:]))
    if len(found) < limit:
        found.clear()
        for row in directory.ask(order.of_those_that_offer(room), order.values):
            found.setdefault(row[0], tuple(row[1:]))
    enough = sum(key[0] <= MAY and key[1] < LIKELY for key in found.values())
    if enough < limit and not (found and wanted.when == "asked"):
        for row in directory.ask(order.of_those_that_do_not(limit), order.values):
            found.setdefault(row[0], tuple(row[1:]))
    numbers = sorted(found, key=found.__getitem__)[:limit]
    matches = [match(terms, place, wanted, near) for place in directory.numbered(numbers)]
    return sorted(matches, key=lambda one: one.key)


class _Order:
    """The parts of the two statements."""

    def __init__(self, terms: Terms, wanted: Wanted, near: Near | None, within: float | None) -> None:
        self.terms, self.wanted = terms, wanted
        self.values: dict[str, float] = {}
        self.near = near
        if near is not None:
            self.values |= dict(zip("xyz", vector(near.latitude, near.longitude), strict=True))
        if near is not None and within is not None:
            self.values["within"] = nearness(within)
            degrees = math.degrees(within / EARTH_MILES)
            self.values |= {"south": near.latitude - degrees, "north": near.latitude + degrees}

    def of_those_that_meet(self, limit: int) -> str:
        """Places that say that they have a kind of care that is wanted and give all that is asked."""
        return self._of_offers(str(MEETS), str(SURE), limit, _all(self._meeting()))

    def of_those_that_offer(self, limit: int) -> str:
        """Places that have, or may have, a kind of care that is wanted."""
        lacking = [f"most{axis} < {step}" for axis, step in self._asked()] + self._people(False)
        meeting = self._meeting()
        fit = f"CASE WHEN {_any(lacking)} THEN {LACKS} WHEN {_all(meeting)} THEN {MEETS} ELSE {MAY} END"
        opened = f"CASE sure WHEN 1 THEN {SURE} ELSE {PERHAPS} END"
        return self._of_offers(fit, opened, limit)

    def _asked(self) -> list[tuple[int, int]]:
        return [(self.terms.axes.index(axis), step) for axis, step, _ in self.wanted.asked]

    def _meeting(self) -> list[str]:
        return ["sure = 1", *(f"least{axis} >= {step}" for axis, step in self._asked()), *self._people(True)]

    def _of_offers(self, fit: str, opened: str, limit: int, only: str = "1") -> str:
        source = "offers AS o CROSS JOIN places AS p ON p.number = o.number"
        if "within" in self.values:  # few places lie near: by latitude first, then what each offers
            source = "places AS p CROSS JOIN offers AS o ON o.number = p.number"
        here = f"o.setting IN ({self._settings(self.wanted.settings)}) AND {only}"
        order = list(self.terms.kinds_of_care)
        ranks = " ".join(f"WHEN {order.index(name)} THEN {rank}" for name, rank in self.wanted.ranks.items())
        restrictive = f"CASE o.setting {ranks} END" if ranks else str(NO_RANK)
        return self._statement(fit, opened, restrictive, source, here, limit)

    def of_those_that_do_not(self, limit: int) -> str:
        """Places that say nothing of what is wanted, or that they have it not."""
        settings = self.wanted.settings
        denied = [_any([_bits("no", self.terms.mask([one])) for one in self.terms.alone[name]]) for name in settings]
        covering = [one for one in self.terms.ranked if covers(self.terms, self.wanted, one)]
        other = "EXISTS (SELECT 1 FROM offers AS q WHERE q.number = p.number AND q.setting IN ({}))"
        nothing_else = f"NOT {other.format(self._settings(self.terms.ranked))}"
        enough = [other.format(self._settings(covering)), nothing_else]
        lacking = [*([_all(denied)] if denied else []), *self._people(False)]
        if settings:
            lacking.append(f"NOT {_any(enough)}")
        open_people = self._people(True)
        otherwise = f"CASE WHEN {_all(open_people)} THEN {MEETS} ELSE {MAY} END" if not settings else str(MAY)
        fit = f"CASE WHEN {_any(lacking)} THEN {LACKS} ELSE {otherwise} END"
        here = f"NOT {other.format(self._settings(settings))}"
        near = other.format(self._settings(likely(self.terms, self.wanted)))
        opened = f"CASE WHEN {near} THEN {LIKELY} ELSE {NOT_SAID} END"
        return self._statement(fit, opened, str(NO_RANK), "places AS p", here, limit)

    def _settings(self, names: Iterable[str]) -> str:
        order = list(self.terms.kinds_of_care)
        return ", ".join(str(order.index(name)) for name in names)

    def _people(self, so: bool) -> list[str]:
        """That the place takes each of those people; or, that it says of one group that it does not."""
        found = []
        for one in self.wanted.people:
            if so:
                found.append(_bits("yes", self.terms.mask(one.features)))
            else:
                denied = [_bits("no", self.terms.mask([name])) for name in one.features]
                found.append(f"({_all(denied)} AND NOT {_bits('yes', self.terms.mask(one.features))})")
        return found

    def _statement(self, fit: str, opened: str, restrictive: str, source: str, here: str, limit: int) -> str:
        wanted, mask = self.wanted, self.terms.mask
        product = "p.x * :x + p.y * :y + p.z * :z" if self.near is not None else "NULL"
        denied = [
            f"({_all([_bits('no', mask([name])) for name in one.features])} AND NOT {_bits('yes', mask(one.features))})"
            for one in wanted.services
        ]
        unsaid = [
            f"(NOT {_bits('yes', mask(one.features))} AND NOT {gone})"
            for one, gone in zip(wanted.services, denied, strict=True)
            if one.orders
        ]
        soft = [
            f"CASE WHEN {_bits('yes', mask([name]))} THEN 0 WHEN {_bits('no', mask([name]))} THEN 2 ELSE 1 END"
            if name
            else "0"
            for name in (wanted.payment, wanted.language)
        ]
        band = "0"
        if self.near is not None:
            edges = " ".join(f"WHEN near >= {nearness(edge)!r} THEN {n}" for n, edge in enumerate(BANDS))
            band = f"CASE WHEN near IS NULL THEN {len(BANDS) + 1} {edges} ELSE {len(BANDS)} END"
        inside = " AND (near IS NULL OR near >= :within)" if "within" in self.values else ""
        if inside:
            here += " AND (p.lat BETWEEN :south AND :north OR p.lat IS NULL)"
        return (
            f"SELECT number, fit, opened, restrictive, gaps, unsaid, {band}, wait, pay, speaks, "  # noqa: S608
            f"coalesce(-near, 0.0), id FROM ("
            f"SELECT p.number AS number, p.id AS id, {fit} AS fit, {opened} AS opened, "
            f"{restrictive} AS restrictive, {_sum(denied)} AS gaps, "
            f"{_sum(unsaid)} AS unsaid, coalesce(p.wait, {USUAL_WAIT}) AS wait, {soft[0]} AS pay, {soft[1]} AS speaks, "
            f"{product} AS near FROM {source} WHERE p.closed = 0 AND {here}) WHERE 1{inside} "
            f"ORDER BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 LIMIT {int(limit)}"
        )


def _bits(column: str, mask: int) -> str:
    """That any of the features of a mask is in a column, which is split into words that SQLite can hold."""
    parts = [(word, mask >> word * WORD & (1 << WORD) - 1) for word in range(WORDS)]
    return _any([f"p.{column}{word} & {part} != 0" for word, part in parts if part])


def _any(parts: list[str]) -> str:
    return f"({' OR '.join(parts)})" if parts else "0"


def _all(parts: list[str]) -> str:
    return f"({' AND '.join(parts)})" if parts else "1"


def _sum(parts: list[str]) -> str:
    return " + ".join(parts) if parts else "0"
