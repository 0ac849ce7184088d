"""Places: the first ten that may be right out of 20,000 invented ones, next to a bare query; and taking a table in.

Alone: ``python -m benchmarks.directory [--quick]``.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import trellis
from benchmarks.measure import Figure, in_rounds, limit, median
from tests.directory.invented import invented
from trellis.directory import (
    Directory,
    ListSource,
    Near,
    Wanted,
    import_lists,
    list_named,
    rank,
    search,
    terms_of,
    wanted_of,
)
from trellis.directory.exporting import to_table
from trellis.directory.near import nearness, vector
from trellis.directory.reading import form_of, reader_for

PLACES, PLACES_QUICK = 20_000, 400
ROUNDS, ROUNDS_QUICK = 15, 3
ROWS, ROWS_QUICK = 5_000, 200
AT_MOST = 3.0
"""How many times the time of the bare query the first ten may take."""
FIRST, WITHIN = 10, 50.0
HERE = Near("here", 38.03, -78.48)
AS_OF = date(2026, 11, 30)
PEOPLE: dict[str, dict[str, str]] = {
    "adult, low mood": {"focus": "mental_health", "age": "adult", "pregnancy": "no", "mental.depression": "severe"},
    "adult, opioids": {"focus": "substance_use", "age": "adult", "pregnancy": "no", "use.opioids": "severe"},
    "adolescent, both": {
        "focus": "both",
        "age": "adolescent",
        "pregnancy": "no",
        "use.alcohol": "severe",
        "mental.depression": "moderate",
    },
}
OURS, BARE = "Trellis: ten places, each with why and what to ask", "a bare indexed query: ids and distance"
TAKEN, READ, CSV = "Trellis: read, checked, compared, indexed", "our reader alone", "csv.reader alone"


def bare_query(directory: Directory, wanted: Wanted) -> tuple[str, dict[str, float]]:
    """What a programmer types: places that have the setting and take the age, the nearest first."""
    terms = directory.terms
    order = list(terms.kinds_of_care)
    settings = ", ".join(str(order.index(name)) for name in wanted.settings)
    taken = " AND ".join(
        "("
        + " OR ".join(f"p.yes{terms.bit[name] // 60} & {1 << terms.bit[name] % 60} != 0" for name in one.features)
        + ")"
        for one in wanted.people
    )
    values = dict(zip("xyz", vector(HERE.latitude, HERE.longitude), strict=True)) | {"within": nearness(WITHIN)}
    return (
        "SELECT p.id, p.x * :x + p.y * :y + p.z * :z AS near FROM offers AS o JOIN places AS p ON p.number = o.number "  # noqa: S608
        f"WHERE o.setting IN ({settings}) AND o.sure = 1 AND p.closed = 0 AND {taken} AND near >= :within "
        f"ORDER BY near DESC LIMIT {FIRST}"
    ), values


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    places, rounds, rows = (PLACES_QUICK, ROUNDS_QUICK, ROWS_QUICK) if quick else (PLACES, ROUNDS, ROWS)
    kb = trellis.load()
    figure = Figure(
        "directory",
        f"Places: the first {FIRST} of {places:,} within {WITHIN:g} miles, and a table of {rows:,} taken in; "
        f"milliseconds, {rounds} rounds",
        ("", "median", "least", "most"),
    )
    with tempfile.TemporaryDirectory() as folder:
        with Directory(Path(folder) / "places.sqlite", kb, create=True) as directory:
            with directory.writing():
                directory.remember_source(ListSource("invented", "Invented", "csv", False, AS_OF.isoformat()))
                directory.write_said(invented(kb, places))
                directory.index_all()
            _searches(figure, directory, kb, rounds)
        _imports(figure, Path(folder), kb, rows, max(3, rounds // 3))
    return figure


def _searches(figure: Figure, directory: Directory, kb: trellis.Knowledge, rounds: int) -> None:
    ratios = []
    for name, answers in PEOPLE.items():
        wanted = wanted_of(trellis.decide(kb, answers, as_of=AS_OF))
        statement, values = bare_query(directory, wanted)
        contestants: dict[str, Callable[[], object]] = {
            OURS: lambda wanted=wanted: search(directory, wanted, HERE, limit=FIRST, within=WITHIN),
            BARE: lambda statement=statement, values=values: directory.ask(statement, values),
        }
        taken = in_rounds({one: [call] * rounds for one, call in contestants.items()})
        _add(figure, {f"{name}: {one}": seconds for one, seconds in taken.items()})
        ratios.append(median([ours / bare for ours, bare in zip(taken[OURS], taken[BARE], strict=True)]))
        plain = rank(directory.terms, directory, wanted, HERE, WITHIN)[:FIRST]
        found = search(directory, wanted, HERE, limit=FIRST, within=WITHIN)
        figure.sound &= [one.programme.id for one in found] == [one.programme.id for one in plain]
    figure.data["ratio"] = ratios
    figure.says.append(limit("the first ten over the bare query, the worst person:", max(ratios), AT_MOST, "times"))
    same = "the same" if figure.sound else "NOT THE SAME"
    figure.says.append(f"The first ten are {same} as those of the plain order over all places.")


def _imports(figure: Figure, folder: Path, kb: trellis.Knowledge, rows: int, rounds: int) -> None:
    terms, table = terms_of(kb), folder / "table.csv"
    with Directory(folder / "written.sqlite", kb, create=True) as directory:
        with directory.writing():
            directory.remember_source(ListSource("invented", "Invented", "csv", False, AS_OF.isoformat()))
            directory.write_said(invented(kb, rows))
            directory.index_all()
        table.write_text("".join(to_table(terms, directory)), encoding="utf-8")
    number = iter(range(10**6))

    def take() -> object:
        with Directory(folder / f"{next(number)}.sqlite", kb, create=True) as fresh:
            return import_lists(fresh, [table], as_of=AS_OF)

    def read() -> object:
        return sum(1 for _ in reader_for("csv")(form_of(table), terms, list_named(kb, "csv"), AS_OF))

    def bare() -> object:
        with table.open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.reader(file))

    contestants = {TAKEN: [take] * rounds, READ: [read] * rounds, CSV: [bare] * rounds}
    taken = in_rounds(contestants)
    _add(figure, taken)
    speeds = {name: rows / median(seconds) for name, seconds in taken.items()}
    figure.data["rows_a_second"] = speeds
    figure.says.append(
        f"Rows a second: {speeds[TAKEN]:,.0f} taken in, {speeds[READ]:,.0f} read and checked by our reader, "
        f"{speeds[CSV]:,.0f} by csv.reader, which checks nothing."
    )


def _add(figure: Figure, taken: dict[str, list[float]]) -> None:
    figure.data.setdefault("milliseconds", {})
    for name, seconds in taken.items():
        each = [one * 1e3 for one in seconds]
        figure.rows.append((name, f"{median(each):.1f}", f"{min(each):.1f}", f"{max(each):.1f}"))
        figure.data["milliseconds"][name] = each


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
