"""A directory of places as files of the guide that tell nobody who looks, or where: the whole list, or large areas.

A small list is one file that everybody loads alike. A larger one is cut into areas, each so large that asking for it
does not tell where somebody lives; the guide asks before it loads one. What the site says itself is in a file that
everybody loads. Nothing of a person is in any of them: what fits is worked out on the device.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, cos, radians
from typing import Any, NamedTuple

from trellis.directory import Directory, Programme, Terms, miles, terms_of
from trellis.directory.near import all_zips
from trellis.directory.programme import CLOSED, YES
from trellis.directory.terms import CAPABILITY
from trellis.directory.told import care_name, list_names
from trellis.guide.core import Plain
from trellis.kinds.text import LANGUAGES
from trellis.library.knowledge import Knowledge
from trellis.say import Say, catalogue

LatLon = tuple[float, float]
"""Latitude and longitude in degrees."""
FOLDER = "places/"
AREAS = f"{FOLDER}areas/"
"""Files that are loaded only after somebody said yes, and never ahead."""
FORMAT = 1
WHOLE_MOST = 100_000
"""A list of so many bytes, packed, or less is one file. A slow phone (400 kbit a second) has it in two seconds, behind
the first view; a county's own list of some hundreds of places is far below."""
LEAST_ZIPS = 300
"""So many ZIP codes make an area, joined of three-digit areas: which of them was typed nobody can tell. Ours. The whole
country has some 42,000, so that a list of all of it has 130 areas or so."""
LEAST_PLACES = 50
"""And so many places, so that the length of a file, which a network sees, tells of no single town."""
NEARBY = 50
"""Miles. An area also holds the places so far outside of it, so that nobody at its edge has to ask for a second one:
two would tell where the edge runs that somebody lives at."""
AROUND = 100
"""Miles. The whole list knows the ZIP codes so far from a place."""
WORD = 30
"""Bits of a mask in one number, as the script reads it."""
TEXTS = (
    "name", "part", "street", "city", "state", "zip", "phone", "intake_phone", "crisis_phone", "website", "hours",
    "license", "complaint_to",
)  # fmt: skip
"""What is shown of a place in its own words."""
OF_COMMANDS = (
    "import_", "check_", "merge", "pair", "why_", "undone", "export", "explain", "column_", "title_", "near", "none_",
)  # fmt: skip
"""How the keys of the catalogue begin that only commands say."""
AGES = ("children", "young_adults")
"""Ages that the guide does not ask for apart; those it asks for it looks for by itself."""
CELL = 1.0
"""Degrees: ZIP codes are looked up by cells of this size."""
A_DEGREE = 69.0
"""Miles of latitude."""


class ZipArea(NamedTuple):
    """Some three-digit ZIP areas joined: their first three digits, in order, and how many ZIP codes they have."""

    prefixes: tuple[str, ...]
    zips: int


class PlacesFiles(NamedTuple):
    """The files of a directory by path, and how they are cut: ``areas`` is empty where the whole list is one file."""

    files: Mapping[str, bytes]
    areas: tuple[ZipArea, ...]


def places_files(kb: Knowledge, directory: Directory) -> PlacesFiles:
    """The files of a directory: what the words mean, the list or its areas, and words in each language.

    Args:
        kb: the knowledge that the guide is built from.
        directory: the directory.

    Raises:
        DirectoryError: it cannot be read.
        TrellisError: the extra ``directory`` is not installed, without which nobody knows where a ZIP code lies.
    """
    terms, zips = terms_of(kb), all_zips()
    numbers = {one.id: number for number, one in enumerate(directory.sources)}
    open_ones = [one for one in directory if one.text(CLOSED) != YES]
    entries = {one.id: place_of(terms, one, numbers) for one in open_ones}
    known = ZipMap(zips)
    areas: tuple[ZipArea, ...] = ()
    files = _whole(entries, known, _points(open_ones))
    if files is None:
        areas, files = _parted(entries, open_ones, known)
    files[f"{FOLDER}terms.json"] = _json(terms_data(terms) | {"used": _used(terms, open_ones)})
    for lang in LANGUAGES:
        files[f"{FOLDER}words.{lang}.json"] = _json(words_of(kb, directory, lang))
    return PlacesFiles(files, areas)


def _whole(entries: Mapping[str, Plain], zips: ZipMap, points: Sequence[LatLon]) -> dict[str, bytes] | None:
    """The whole list as one file; None where it is too large for everybody to load."""
    if _packed(_json(list(entries.values()))) > WHOLE_MOST:
        return None
    near = table(zips.within(points, AROUND))
    whole = _json({"places": list(entries.values()), "zips": near, "areas": []})
    return {f"{FOLDER}list.json": whole} if _packed(whole) <= WHOLE_MOST else None


def _parted(
    entries: Mapping[str, Plain], places: Sequence[Programme], zips: ZipMap
) -> tuple[tuple[ZipArea, ...], dict[str, bytes]]:
    """The list cut into areas, and what the site says itself for everybody."""
    near = {one.id: zips.prefixes_near(one.at, NEARBY) if one.at else set[str]() for one in places}
    # Where no place is near there is nothing to ask for.
    some = set[str]().union(*near.values(), {one.text("zip")[:3] for one in places})
    inside = {name: at for name, at in zips.zips.items() if name[:3] in some}
    areas = areas_of(inside, _counts(places))
    numbers = {prefix: number for number, area in enumerate(areas) for prefix in area.prefixes}
    here: list[list[Plain]] = [[] for _ in areas]
    for one in places:
        prefixes = {one.text("zip")[:3], *near[one.id]} if not one.own else set[str]()
        for number in {numbers[prefix] for prefix in prefixes if prefix in numbers}:
            here[number].append(entries[one.id])
    own = [entries[one.id] for one in places if one.own]
    index = {"places": own, "zips": table({}), "areas": [list(one.prefixes) for one in areas]}
    files = {f"{FOLDER}list.json": _json(index)}
    for number, area in enumerate(areas):
        known = {name: at for name, at in inside.items() if name[:3] in area.prefixes}
        files[f"{AREAS}{number:03}.json"] = _json({"places": here[number], "zips": table(known)})
    return tuple(areas), files


def place_of(terms: Terms, place: Programme, sources: Mapping[str, int]) -> Plain:
    """A place as the script reads it: what counts of it, without what is empty.

    Args:
        terms: the terms of the knowledge.
        place: the place.
        sources: the number of each list.
    """
    said = place.said
    yes = terms.mask(name for name in said if place.has(name))
    no = terms.mask(name for name in said if place.has(name) is False)
    at = place.at
    steps = {
        what: terms.rank(pair[1], one.value)
        for what, one in said.items()
        if CAPABILITY in what and (pair := terms.capability(what))
    }
    wait = place.number("wait_days")
    found: Plain = {
        "id": place.id,
        "yes": _words(terms, yes),
        "no": _words(terms, no),
        "t": {name: place.text(name) for name in TEXTS if place.text(name)},
        "from": [sources[name] for name in place.sources if name in sources],
    }
    more = {
        "at": [round(part, 5) for part in at] if at else None,
        "exact": place.number("latitude") is not None,
        "wait": None if wait is None else int(wait),
        "steps": steps,
        "on": place.newest,
        "gone": place.gone,
        "disputed": [name for name in place.disputed if name in terms.features],
        "own": place.own,
    }
    return found | {name: value for name, value in more.items() if value or (value == 0 and value is not False)}


def _words(terms: Terms, mask: int) -> list[int]:
    return [mask >> at * WORD & (1 << WORD) - 1 for at in range(ceil(len(terms.features) / WORD))]


def terms_data(terms: Terms) -> Plain:
    """The features and kinds of care without their words, for `js/places/terms.js`.

    >>> import trellis
    >>> terms_data(terms_of(trellis.load()))["features"][0]
    {'id': 'outpatient', 'group': 'setting', 'offers': ['outpatient'], 'says': [0, 5, 6]}
    """
    axes = terms.axes
    features = []
    for one in terms.features.values():
        found: Plain = {"id": one.id, "group": one.group}
        more: Plain = {
            "offers": list(one.offers),
            "says": [axes.index(axis) for axis in one.says],
            "gives": [[axes.index(axis), terms.rank(axis, step)] for axis, step in one.gives.items()],
            "services": list(one.services),
            "orders": one.orders,
            "contexts": {factor: list(values) for factor, values in one.contexts.items()},
            "language": one.language,
        }
        features.append(found | {name: value for name, value in more.items() if value})
    kinds = [
        {"id": name, "usual": list(terms.usual[name])} | ({"ranked": True} if name in terms.ranked else {})
        for name in terms.kinds_of_care
    ]
    return {"format": FORMAT, "features": features, "kinds": kinds, "homes": list(terms.homes)}


def words_of(kb: Knowledge, directory: Directory, lang: str) -> Plain:
    """What is said of places in one language: sentences, features, kinds of care, and what the lists are called.

    Args:
        kb: the knowledge.
        directory: the directory, for the names of its lists.
        lang: ``"en"`` or ``"es"``.
    """
    say, terms = Say(lang), terms_of(kb)
    names = list_names(kb, directory.sources, say)
    features = {}
    for one in terms.features.values():
        texts = {"name": one.name, "ask": one.ask, "check": one.check}
        features[one.id] = {key: text.in_language(lang) for key, text in texts.items() if text is not None}
    ui = catalogue.plain("directory", lang)
    return {
        "lang": lang,
        "ui": {key: words for key, words in ui.items() if not key.startswith(OF_COMMANDS)},
        "features": features,
        "care": {name: care_name(kb, name, say) for name in terms.kinds_of_care},
        "sources": [names[one.id] for one in directory.sources],
    }


def _used(terms: Terms, places: Iterable[Programme]) -> list[str]:
    """What any place tells of, of what can be chosen: languages, ways to pay, people of whom nothing was asked."""
    both = 0
    for place in places:
        both |= place.yes
    return [
        one.id
        for one in terms.of_group("payment", "language", "people")
        if both >> terms.bit[one.id] & 1 and not one.contexts and one.id not in AGES
    ]


# --- areas


def areas_of(zips: Iterable[str], places: Mapping[str, int]) -> list[ZipArea]:
    """Three-digit ZIP areas joined in their order, until each has ZIP codes and places enough.

    Args:
        zips: every ZIP code.
        places: how many places there are, by the first three digits of their ZIP code.

    >>> few = [f"{area}{number:02}" for area in range(220, 230) for number in range(100)]
    >>> [len(area.prefixes) for area in areas_of(few, dict.fromkeys(map(str, range(220, 230)), 20))]
    [3, 3, 4]
    """
    counts: dict[str, int] = defaultdict(int)
    for name in zips:
        counts[name[:3]] += 1
    found: list[ZipArea] = []
    waiting: list[str] = []
    for prefix in sorted(counts):
        waiting.append(prefix)
        enough = sum(counts[one] for one in waiting) >= LEAST_ZIPS
        if enough and sum(places.get(one, 0) for one in waiting) >= LEAST_PLACES:
            found.append(ZipArea(tuple(waiting), sum(counts[one] for one in waiting)))
            waiting = []
    if waiting:  # too few for one of their own
        before = found.pop().prefixes if found else ()
        prefixes = (*before, *waiting)
        found.append(ZipArea(prefixes, sum(counts[one] for one in prefixes)))
    return found


def _counts(places: Iterable[Programme]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for place in places:
        found[place.text("zip")[:3]] += 1
    return found


def _points(places: Iterable[Programme]) -> list[LatLon]:
    return [place.at for place in places if place.at is not None]


class ZipMap:
    """ZIP codes by where they lie, so that those near a place are found without looking at all of them."""

    def __init__(self, zips: Mapping[str, LatLon]) -> None:
        self.zips = zips
        self._cells: dict[tuple[int, int], list[tuple[str, LatLon]]] = defaultdict(list)
        for name, at in zips.items():
            self._cells[_cell(at)].append((name, at))

    def prefixes_near(self, at: LatLon, far: float) -> set[str]:
        """The first three digits of those that lie within so many miles."""
        found: set[str] = set()
        for cell in _cells_near(at, far):
            for name, one in self._cells.get(cell, ()):
                if name[:3] not in found and miles(at, one) <= far:
                    found.add(name[:3])
        return found

    def within(self, places: Sequence[LatLon], far: float) -> dict[str, LatLon]:
        """Those that lie within so many miles of any of the places."""
        cells: dict[tuple[int, int], list[LatLon]] = defaultdict(list)
        for at in places:
            for cell in _cells_near(at, far):
                cells[cell].append(at)
        return {
            name: one
            for name, one in self.zips.items()
            if any(miles(one, at) <= far for at in cells.get(_cell(one), ()))
        }


def _cell(at: LatLon) -> tuple[int, int]:
    return int(at[0] // CELL), int(at[1] // CELL)


def _cells_near(at: LatLon, far: float) -> Iterable[tuple[int, int]]:
    north = far / A_DEGREE
    east = north / max(0.1, cos(radians(abs(at[0]) + north)))
    (south, west), (top, right) = _cell((at[0] - north, at[1] - east)), _cell((at[0] + north, at[1] + east))
    return ((row, column) for row in range(south, top + 1) for column in range(west, right + 1))


def table(zips: Mapping[str, LatLon]) -> dict[str, list[int]]:
    """ZIP codes with their middle in hundredths of a degree (under a mile); each number is what is added to the last.

    >>> table({"22902": (38.01, -78.5), "22903": (38.03, -78.52)})
    {'zip': [22902, 1], 'lat': [3801, 2], 'lon': [-7850, -2]}
    """
    rows = [(int(name), round(at[0] * 100), round(at[1] * 100)) for name, at in sorted(zips.items())]
    steps = [tuple(b - a for a, b in zip(*pair, strict=True)) for pair in pairwise([(0, 0, 0), *rows])]
    columns = zip(*steps, strict=True) if steps else ((), (), ())
    return dict(zip(("zip", "lat", "lon"), map(list, columns), strict=True))


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


def _json(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
