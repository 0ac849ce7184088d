"""Places in the guide: matched on the device as `trellis.directory` does, and told in the same words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest

import trellis
from tests.directory.invented import invented
from tests.directory.support import directory
from tests.support import AS_OF, complete, shipped, vignettes
from trellis.directory import Directory, ListSource, Near, Point, rank, terms_of, wanted_of
from trellis.directory.told import told_of
from trellis.guide.core import core_of
from trellis.guide.places_data import place_of, terms_data, words_of
from trellis.guide.words import talk_of
from trellis.say import Say

ROOT = Path(__file__).parents[2]
CHECK = "tests/guide/js/places.mjs"
KB = shipped()
HERE = Near("here", 38.0, -78.5)
SHOWN, TOLD = 12, 3


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


# --- the same as Python


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    """Invented places; some have the number of a license, and of some nobody knows since when."""
    opened = directory(tmp_path_factory.mktemp("places"))
    more = {"license": "VA-12", "complaint_to": "the state"}
    rows = [
        row._replace(values={**row.values, **(more if number % 3 == 0 else {})}, on=row.on if number % 5 else "")
        for number, row in enumerate(invented(KB, 120))
    ]
    with opened.writing():
        opened.remember_source(ListSource("invented", "Invented", "csv", False, "2026-11-30"))
        opened.write_said(rows)
        opened.index_all()
    return opened


def people() -> list[tuple[str, Mapping[str, Any]]]:
    """The people of the vignettes, each as they answered and, of every second, filled in."""
    found = []
    for number, one in enumerate(vignettes()):
        answers = complete(KB, one["answers"]) if number % 2 and one.get("others", "best") == "best" else one["answers"]
        found.append((one["id"], answers))
    return found


def row(places: Directory, number: int, name: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What Python says for one person."""
    chance = Random(number)
    when = chance.choice(["now", "now", "next"])
    lang, close = chance.choice(["en", "es"]), chance.random() < 0.5
    near, within = chance.choice([(None, None), (HERE, None), (HERE, 50.0), (HERE, 25.0)])
    wishes = {"language": chance.choice(["", "lang_es"]), "payment": chance.choice(["", "medicaid"])}
    wishes |= {"also": chance.choice([[], [], ["veterans"], ["deaf"]])}
    rec = trellis.decide(KB, answers, as_of=AS_OF)
    wanted = wanted_of(rec, when, **wishes)  # type: ignore[arg-type]
    terms = terms_of(KB)
    found = rank(terms, places, wanted, near, within)[:SHOWN]
    told = [
        told_of(KB, one, wanted, places.sources, Say(lang), as_of=AS_OF, role="loved_one" if close else "person",
                looked_from=near is not None)
        for one in found[:TOLD]
    ]  # fmt: skip

    def points(several: tuple[Point, ...]) -> list[list[Any]]:
        return [[one.kind, one.id, one.step, list(one.features), list(one.needs)] for one in several]

    asked = [[terms.axes.index(one.axis), one.step, list(one.needs)] for one in wanted.asked]
    services = [[one.service, list(one.features), list(one.needs), one.orders] for one in wanted.services]
    return {
        "name": name, "answers": dict(answers), "asOf": AS_OF.isoformat(), "when": when, "lang": lang, "close": close,
        "near": near and near._asdict(), "within": within, "told": TOLD, **wishes,
        "expect": {
            "wanted": [list(wanted.settings), wanted.open, asked,
                       [[one.about, list(one.features)] for one in wanted.people], services],
            "found": [
                [one.programme.id, one.fit, one.setting, points(one.met), points(one.ask), points(one.lacks), one.wait,
                 list(one.key[:9])]
                for one in found
            ],
            "miles": [None if one.miles is None else round(one.miles * 1000) for one in found],
            "told": [asdict(one) for one in told],
        },
    }  # fmt: skip


def write(folder: Path, places: Directory, rows: list[dict[str, Any]]) -> None:
    terms, numbers = terms_of(KB), {one.id: number for number, one in enumerate(places.sources)}
    files: dict[str, Any] = {
        "core": core_of(KB), "terms": terms_data(terms), "rows": rows,
        "list": {"places": [place_of(terms, one, numbers) for one in places]},
    }  # fmt: skip
    for lang in ("en", "es"):
        files |= {f"words.{lang}": words_of(KB, places, lang), f"talk.{lang}": talk_of(KB, lang, {})}
    for name, tree in files.items():
        (folder / f"{name}.json").write_text(json.dumps(tree), encoding="utf-8")


def test_a_device_matches_orders_and_tells_places_as_python_does(places: Directory, tmp_path: Path) -> None:
    rows = [row(places, number, *one) for number, one in enumerate(people())]
    assert len(rows) > 100
    write(tmp_path, places, rows)
    checked = run("node", CHECK, tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_row_that_says_otherwise_is_noticed(places: Directory, tmp_path: Path) -> None:
    one = row(places, 3, *people()[3])
    one["expect"]["told"][0]["name"] += "!"
    write(tmp_path, places, [one])
    checked = run("node", CHECK, tmp_path)
    assert checked.returncode == 1
    assert "1 differ" in checked.stdout
