"""What the figures share: clocks, tables, and what machine this is."""

from __future__ import annotations

import gc
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

AS_OF = date(2026, 11, 23)


@dataclass
class Figure:
    """One figure: a table, what it says about the aims, and whether what must hold does hold.

    Args:
        name: its key in ``results.json``.
        title: one line above the table.
        header: of the table; ``rows`` below it.
        says: sentences below the table: aims met or missed, agreement.
        sound: False when results that must be the same are not; a missed time limit alone leaves it True.
        data: the numbers, for ``results.json``.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    sound: bool = True
    data: dict[str, Any] = field(default_factory=dict)

    def table(self) -> str:
        """The table as Markdown, with its columns in line: the first one to the left, the others to the right."""
        rows = [list(self.header), *map(list, self.rows)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(self.header))]

        def line(cells: Sequence[str]) -> str:
            padded = [c.ljust(w) if n == 0 else c.rjust(w) for n, (c, w) in enumerate(zip(cells, widths, strict=True))]
            return f"| {' | '.join(padded)} |"

        rule = [("-" * (w - (n > 0))) + (":" if n else "") for n, w in enumerate(widths)]
        return "\n".join([line(rows[0]), line(rule), *map(line, rows[1:])])

    def text(self) -> str:
        """The whole figure as it is printed and as ``docs/benchmarks.md`` shows it."""
        return "\n".join([f"### {self.title}", "", self.table(), "", *(f"* {sentence}" for sentence in self.says)])


def seconds(function: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    function()
    return perf_counter() - start


def in_rounds(contestants: dict[str, list[Callable[[], object]]]) -> dict[str, list[float]]:
    """Time contestants in turn, a call each a round, another one first each round so that no place is an advantage.

    Args:
        contestants: by name, one call for each round.

    Returns:
        by name, the seconds of each round.
    """
    names = list(contestants)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for place in range(len(contestants[names[0]])):
        first = place % len(names)
        for name in (*names[first:], *names[:first]):
            gc.collect()
            taken[name].append(seconds(contestants[name][place]))
    return taken


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p90(values: Sequence[float]) -> float:
    """The value that nine in ten do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 9 // 10) - 1)]


def limit(what: str, value: float, at_most: float, unit: str) -> str:
    """A sentence that says whether a limit is kept."""
    kept = "kept" if value <= at_most else "MISSED"
    return f"Aim {kept}: {what} {value:.3g} {unit}, limit {at_most:g} {unit}."


def machine() -> dict[str, Any]:
    """Where and with what the figures were measured."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_average_1min": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "versions": {name: _version(name) for name in ("trellis-care", "zen-engine", "common-expression-language")},
    }


def stolen() -> tuple[int, int]:
    """Processor time that the host gave to other machines, and all of it, so far; zeros where nobody counts."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0, 0
    counts = [int(part) for part in stat.read_text(encoding="utf-8").splitlines()[0].split()[1:9]]
    return counts[7], sum(counts) - counts[3] - counts[4]


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
