"""What the tests of places share: a directory in a folder of its own, places made of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import trellis
from tests.support import shipped
from trellis.directory import Directory, PlaceStatement, Programme, Report, import_lists, resolve, terms_of

AS_OF = date(2026, 11, 30)
FILES = Path(__file__).parent / "files"
EXAMPLE = Path(__file__).parents[2] / "examples" / "places.csv"


def place(name: str = "a", /, *, has: str = "", has_not: str = "", own: bool = False, **values: str) -> Programme:
    """A place that says that it has some features, has others not, and some more."""
    said = dict.fromkeys(has.split(), "yes") | dict.fromkeys(has_not.split(), "no") | {"name": name} | values
    statements = [PlaceStatement(what, value, "list", "2026-11-01", own) for what, value in said.items()]
    return resolve(terms_of(shipped()), name, statements)


def directory(folder: Path) -> Directory:
    return Directory(folder / "places.sqlite", shipped(), create=True)


def taken(opened: Directory, *paths: Path, as_of: date = AS_OF, **how: object) -> Report:
    return import_lists(opened, list(paths), as_of=as_of, **how)  # type: ignore[arg-type]


def table(path: Path, *rows: Mapping[str, str]) -> Path:
    """A table with the columns that the rows name."""
    import csv

    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def decided(answers: Mapping[str, object]) -> trellis.Recommendation:
    return trellis.decide(shipped(), answers, as_of=AS_OF)
