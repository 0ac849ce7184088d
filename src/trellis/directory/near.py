"""How far: miles as the crow flies, and where a ZIP code or a town lies. Nothing is asked of any network.

How long a way takes without a car is never guessed: nobody here knows it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from trellis.errors import AnswerError, Problem, TrellisError, did_you_mean

EARTH_MILES = 3958.8
"""The mean radius of the earth (6,371.0 km)."""
BANDS = (5, 10, 25, 50, 100)
"""Miles. Within one band the wait counts more than a mile or two. Ours."""
ZIP = re.compile(r"(\d{5})(-?\d{4})?")

Vector = tuple[float, float, float]


class Near(NamedTuple):
    """Where somebody looks from: what was typed, and its coordinates in degrees."""

    name: str
    latitude: float
    longitude: float


def miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points on the earth, by the haversine formula.

    Args:
        one: latitude and longitude in degrees.
        other: the same.

    Returns:
        miles, as the crow flies.

    >>> round(miles((38.03, -78.48), (37.54, -77.44)))
    66
    """
    (lat1, lon1), (lat2, lon2) = [(math.radians(a), math.radians(b)) for a, b in (one, other)]
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))


def vector(latitude: float, longitude: float) -> Vector:
    """A point as a vector of length 1: the larger the product of two, the nearer they are, without a sine a place.

    >>> [round(part, 3) for part in vector(0, 90)]
    [0.0, 1.0, 0.0]
    """
    lat, lon = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def nearness(distance: float) -> float:
    """The product of the vectors of two points so many miles apart."""
    return math.cos(distance / EARTH_MILES)


def band_of(product: float | None) -> int:
    """The band that a distance falls into, the nearest 0; a place without coordinates stands behind all bands.

    >>> band_of(nearness(7)), band_of(nearness(600)), band_of(None)
    (1, 5, 6)
    """
    if product is None:
        return len(BANDS) + 1
    return next((number for number, edge in enumerate(BANDS) if product >= nearness(edge)), len(BANDS))


def coordinates_of_zip(zip_code: str) -> tuple[float, float] | None:
    """The middle of a ZIP code in degrees; None where it is not known.

    Raises:
        TrellisError: the extra ``directory`` is not installed.
    """
    found: tuple[float, float] | None = _zips().coordinates(zip_code[:5])
    return found


def _zips() -> Any:
    try:
        return import_module("zip2info")
    except ImportError:
        what = "needs the extra `directory` to know where a ZIP code lies."
        raise TrellisError([Problem("trellis", what, "pip install 'trellis-care[directory]'")]) from None


def knows_zips() -> bool:
    """Whether the middle of ZIP codes is known here."""
    try:
        _zips()
    except TrellisError:
        return False
    return True


def find_near(typed: str, towns: Iterable[tuple[str, str, float, float]]) -> Near:
    """Where something lies that somebody typed: a ZIP code, coordinates, or a town of the list.

    Args:
        typed: ``22902``, ``38.03,-78.48``, ``Charlottesville`` or ``Charlottesville, VA``.
        towns: name, state, latitude and longitude of the towns in which the list has places.

    Raises:
        AnswerError: it is none of them, or there are several towns of that name; it says which.
        TrellisError: it is a ZIP code, and the extra ``directory`` is not installed.

    >>> find_near("Exampleville", [("Exampleville", "VA", 38.0, -78.5)])
    Near(name='Exampleville, VA', latitude=38.0, longitude=-78.5)
    """
    text = typed.strip()
    as_zip = ZIP.fullmatch(text)
    if as_zip:
        found = coordinates_of_zip(as_zip[1])
        if found is None:
            _refuse(f"[{text}] is a ZIP code that is not known.", "Give a ZIP code nearby, or the name of a town.")
        return Near(as_zip[1], *found)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2:
        try:
            latitude, longitude = float(parts[0]), float(parts[1])
        except ValueError:
            pass
        else:
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                _refuse(
                    f"[{text}] lies outside the earth.", "Give latitude, longitude in degrees, such as 38.03,-78.48."
                )
            return Near(text, latitude, longitude)
    return _town(text, parts, list(towns))


def _town(text: str, parts: list[str], towns: list[tuple[str, str, float, float]]) -> Near:
    state = parts[1].upper() if len(parts) == 2 else ""
    here = [town for town in towns if _same(town[0], parts[0]) and state in ("", town[1].upper())]
    states = sorted({town[1] for town in here})
    if len(states) > 1:
        names = ", ".join(f"{here[0][0]}, {one}" for one in states)
        _refuse(f"[{text}] is the name of {len(states)} towns of this list.", f"Say which: {names}.")
    if not here:
        near = did_you_mean(text, dict.fromkeys([town[0] for town in towns] + [f"{t[0]}, {t[1]}" for t in towns]))
        remedy = near or "Give a ZIP code: the list has no place in a town of that name."
        _refuse(f"[{text}] is no ZIP code and no town of this list.", remedy)
    count = len(here)
    return Near(f"{here[0][0]}, {here[0][1]}", sum(t[2] for t in here) / count, sum(t[3] for t in here) / count)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _refuse(what: str, remedy: str) -> NoReturn:
    raise AnswerError([Problem("--near", what, remedy)])
