"""Places in the guide: the first ten of 20,000 on the device over a plain loop of distances, and how large an area is.

Run it as ``python -m benchmarks.guide_places``; it needs Node.js and the extra ``directory``.
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
from tests.directory.invented import invented
from trellis.directory import Directory, ListSource, terms_of
from trellis.directory.near import all_zips
from trellis.directory.store import SaidRow
from trellis.guide.core import core_of
from trellis.guide.places_data import AREAS, place_of, places_files, terms_data

PLACES = 20_000
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


def main() -> int:
    """Measure, and print."""
    kb = trellis.load()
    with tempfile.TemporaryDirectory() as name, Directory(Path(name) / "places.sqlite", kb, create=True) as directory:
        folder = Path(name)
        with directory.writing():
            directory.remember_source(ListSource(SOURCE, "Invented", "csv", False, "2026-11-30"))
            directory.write_said(spread(kb, PLACES))
            directory.index_all()
        start = time.perf_counter()
        written = places_files(kb, directory)
        seconds = time.perf_counter() - start
        sizes = [len(gzip.compress(one, 9)) for path, one in written.files.items() if path.startswith(AREAS)]
        trees = {
            "core": core_of(kb),
            "terms": terms_data(terms_of(kb)),
            "list": {"places": [place_of(terms_of(kb), one, {SOURCE: 0}) for one in directory]},
        }
        for path, tree in trees.items():
            (folder / f"{path}.json").write_text(json.dumps(tree), encoding="utf-8")
        script = Path(__file__).with_suffix(".mjs")
        done = subprocess.run(["node", script, folder], capture_output=True, text=True, check=True)  # noqa: S607
    found = json.loads(done.stdout)
    print(f"{found['places']:,} places; read and laid out in {found['layout']:.0f} ms, once for a list")
    print(f"a plain loop of distances {found['loop']:.2f} ms; the first ten", [f"{one:.2f}" for one in found["first"]])
    print(f"at most {found['ratio']:.1f} times the loop")
    print(f"{len(sizes)} areas of at least {min(one.zips for one in written.areas)} ZIP codes, packed", end=" ")
    print(f"{min(sizes):,} to {max(sizes):,} bytes, the middle one {sorted(sizes)[len(sizes) // 2]:,}")
    print(f"written in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
