"""A directory as a file for others: a table that can be mended and taken in again, or plain values with each source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from trellis.directory.programme import CLOSED, FIELDS, YES, Programme
from trellis.directory.reading.table import CAPABILITIES, COLUMNS, DAY, DENIED, FORMULA, GROUPS, KEY, NOT_KNOWN
from trellis.directory.store import Directory
from trellis.directory.terms import Terms

BETWEEN = "; "


def to_table(terms: Terms, places: Iterable[Programme]) -> Iterator[str]:
    """The places as the lines of a table, as ``trellis directory template`` has it; what counts, and nothing else.

    >>> import trellis
    >>> from trellis.directory.terms import terms_of
    >>> next(to_table(terms_of(trellis.load()), []))[:17]
    'id,name,part,stre'
    """
    yield _line(COLUMNS)
    for place in places:
        cells = {KEY: place.id, DAY: place.newest}
        cells |= {name: place.text(name) for name in FIELDS}
        for column, group in GROUPS.items():
            cells[column] = BETWEEN.join(one.id for one in terms.of_group(group) if place.has(one.id))
        cells[CAPABILITIES] = BETWEEN.join(
            f"{what}={one.value}" for what, one in place.said.items() if terms.capability(what)
        )
        cells[DENIED] = BETWEEN.join(name for name in terms.features if place.has(name) is False)
        cells[NOT_KNOWN] = ""
        yield _line(_harmless(cells.get(column, "")) for column in COLUMNS)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) and not cell.lstrip("-").replace(".", "").isdecimal() else cell


def _line(cells: Iterable[str]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerow(list(cells))
    return held.getvalue()


def to_json(directory: Directory) -> dict[str, Any]:
    """Everything as plain values: each statement with its source and day, and what of it counts."""
    return {
        "sources": [one._asdict() for one in directory.sources],
        "places": [place_json(place) for place in directory],
    }


def place_json(place: Programme) -> dict[str, Any]:
    """One place as plain values.

    >>> from trellis.directory.programme import PlaceStatement
    >>> place_json(Programme("a", {"iop": PlaceStatement("iop", "yes", "county", "2026-11-01")}))["says"]
    {'iop': {'value': 'yes', 'source': 'county', 'on': '2026-11-01'}}
    """
    return {
        "id": place.id,
        "says": {
            what: {"value": one.value, "source": one.source, "on": one.on} for what, one in sorted(place.said.items())
        },
        "offers": [{"setting": one.setting, "sure": one.sure} for one in place.offers],
        "beside": [one._asdict() for one in place.beside],
        "disputed": list(place.disputed),
        "gone": place.gone,
        "closed": place.text(CLOSED) == YES,
    }
