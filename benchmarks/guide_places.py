"""Places in the guide: the first ten of 20,000 on the device over a plain loop of distances, and how large an area is.

Alone: ``python -m benchmarks.guide_places [--quick]``. Needs Node.js and the extra ``directory``.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import trellis
from benchmarks.measure import AS_OF, Figure, limit, median
from tests.directory.invented import invented
from trellis.directory import Directory, ListSource, Near, search, terms_of, wanted_of
from trellis.directory.near import all_zips
from trellis.directory.store import SaidRow
from trellis.guide.core import core_of
from trellis.guide.places_data import AREAS, place_of, places_files, terms_data

PLACES, PLACES_QUICK = 20_000, 400
FIRST, AT_MOST = 10, 3.0
"""So many places are looked for, in so many times the time of the loop at most."""
HERE = Near("here", 38, -78.5)
PEOPLE: list[dict[str, str]] = [
    {"focus": "both", "age": "adolescent", "pregnancy": "no", "mental.depression": "severe", "use.alcohol": "moderate"},
    {"focus": "substance_use", "age": "adult", "pregnancy": "no", "use.opioids": "severe"},
    {"focus": "mental_health", "mental.depression": "severe"},
]
NAMED = ("adolescent, both: first ten, ms", "adult, opioids: first ten, ms", "low mood, age not said: first ten, ms")
SOURCE = "invented"
AWAY = 0.05
"""Degrees around the middle of a ZIP code."""


def spread(kb: trellis.Knowledge, count: int, seed: int = 2026) -> Iterator[SaidRow]:
    """Invented places over the whole country: each in a ZIP code that chance chooses."""
    chance, zips = Random(seed), list(all_zips().items())
    for row in invented(kb, count):
        name, at = chance.choice(zips)
        values = dict(row.values) | {"zip": name}
        if "latitude" in values:
            latitude, longitude = (part + chance.uniform(-AWAY, AWAY) for part in at)
            values |= {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}
        yield row._replace(values=values)


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb, count = trellis.load(), PLACES_QUICK if quick else PLACES
    terms = terms_of(kb)
    with tempfile.TemporaryDirectory() as name, Directory(Path(name) / "places.sqlite", kb, create=True) as directory:
        folder = Path(name)
        with directory.writing():
            directory.remember_source(ListSource(SOURCE, "Invented", "csv", False, "2026-11-30"))
            directory.write_said(spread(kb, count))
            directory.index_all()
        start = time.perf_counter()
        written = places_files(kb, directory)
        seconds = time.perf_counter() - start
        sizes = sorted(len(gzip.compress(one, 9)) for path, one in written.files.items() if path.startswith(AREAS))
        trees = {
            "core": core_of(kb),
            "terms": terms_data(terms),
            "list": {"places": [place_of(terms, one, {SOURCE: 0}) for one in directory]},
            "people": PEOPLE,
        }
        for path, tree in trees.items():
            (folder / f"{path}.json").write_text(json.dumps(tree), encoding="utf-8")
        script = Path(__file__).with_suffix(".mjs")
        done = subprocess.run(["node", script, folder], capture_output=True, text=True, check=True)  # noqa: S607
        found = json.loads(done.stdout)
        same = [_first_ten(kb, directory, answers) for answers in PEOPLE] == found["ids"]
    figure = Figure(
        "guide_places",
        f"Places in the guide: the first ten of {count:,} on the device, and the files of areas",
        ("", "median", "least", "most"),
    )
    figure.sound = same
    for what, times in (("a plain loop of distances, ms", found["loop"]), *zip(NAMED, found["first"], strict=True)):
        figure.rows.append((what, *(f"{one:.2f}" for one in (median(times), min(times), max(times)))))
    ratio = max(median(times) for times in found["first"]) / median(found["loop"])
    figure.data |= {"milliseconds": found, "ratio": ratio, "area_bytes": sizes, "seconds_to_write": seconds}
    if sizes:
        figure.rows.append(
            ("an area, bytes packed", *(f"{one:,}" for one in (sizes[len(sizes) // 2], sizes[0], sizes[-1])))
        )
        least = min(one.zips for one in written.areas)
        figure.says.append(
            f"{len(sizes)} areas of at least {least} ZIP codes; all files were written in {seconds:.0f} s."
        )
    figure.says += [
        limit("the first ten over the plain loop, the worst person:", ratio, AT_MOST, "times"),
        f"A list is read and laid out once: {found['layout']:,.0f} ms for all {count:,}.",
        f"The first ten are {'the same' if same else 'NOT THE SAME'} as those of Python.",
    ]
    return figure


def _first_ten(kb: trellis.Knowledge, directory: Directory, answers: dict[str, str]) -> list[str]:
    wanted = wanted_of(trellis.decide(kb, answers, as_of=AS_OF), language="es", payment="medicaid")
    return [one.programme.id for one in search(directory, wanted, HERE, limit=FIRST)]


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
