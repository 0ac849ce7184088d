"""Measure every figure: ``python -m benchmarks [--quick]``.

Writes ``results.json``, and, unless quick, the tables in ``docs/benchmarks.md``.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import trellis
from benchmarks import (
    decide,
    directory,
    guide_answers,
    guide_core,
    guide_journeys,
    guide_length,
    guide_load,
    guide_places,
    guide_weight,
    interview,
    load,
    pooling,
    printing,
    scoring,
    start,
)
from benchmarks.measure import Figure, machine, stolen

GUIDE = (guide_weight, guide_load, guide_answers, guide_core, guide_places, guide_length, guide_journeys)
MODULES = (decide, start, load, interview, scoring, pooling, printing, directory, *GUIDE)
RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BETWEEN = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)


def main(quick: bool) -> int:
    """Run all, print all, write all; 1 when results that must agree do not, 0 otherwise, however long things took."""
    kb = trellis.load()
    told = machine() | {
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "knowledge": {
            "digest": kb.digest,
            "facts": len(kb.facts),
            "needs": len(kb.needs),
            "packages": len(kb.packages),
        },
    }
    figures: list[Figure] = []
    before = stolen()
    for module in MODULES:
        figure = module.main(quick)
        print(figure.text(), end="\n\n", flush=True)
        figures.append(figure)
    lost, busy = (after - start for after, start in zip(stolen(), before, strict=True))
    told["stolen_percent"] = round(100 * lost / busy, 1) if busy else None
    results = told | {"figures": {figure.name: figure.data | {"says": figure.says} for figure in figures}}
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not quick and PAGE.exists():
        page = PAGE.read_text(encoding="utf-8")
        shown = "\n\n".join([_measured(told), *(figure.text() for figure in figures)])
        PAGE.write_text(BETWEEN.sub(lambda _: f"\n{shown}\n\n", page), encoding="utf-8")
    return 0 if all(figure.sound for figure in figures) else 1


def _measured(told: dict) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in told["versions"].items())
    stolen_part = f"; of the busy processor time {told['stolen_percent']} % went to other machines on the same host"
    return (
        f"Measured on {told['date']} on {told['cores']} cores of {told['processor']}, {told['system']}, Python "
        f"{told['python']}; load average {told['load_average_1min']} when it began; {versions}; knowledge "
        f"`{told['knowledge']['digest'][:12]}` with {told['knowledge']['facts']} facts, {told['knowledge']['needs']} "
        f"needs and {told['knowledge']['packages']} packages{stolen_part if told['stolen_percent'] else ''}."
    )


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv))
