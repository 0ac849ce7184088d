"""How many words a result takes on the terminal, over every vignette: `explain`, `compare --for` and the full plan.

``python -m benchmarks.words [--json FILE]``. The files of two versions side by side: ``... --beside BEFORE AFTER``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from typer.testing import CliRunner

import trellis
from tests.support import AS_OF, complete, shipped, vignettes
from trellis.cli import app

COMMANDS = {
    "decide, person": ("decide", "{file}"),
    "decide, clinician": ("decide", "{file}", "--role", "clinician"),
    "explain, person": ("explain", "{file}"),
    "explain, clinician": ("explain", "{file}", "--role", "clinician"),
    "compare --for, person": ("compare", "outpatient", "iop", "php", "--for", "{file}"),
    "compare --for, clinician": ("compare", "outpatient", "iop", "php", "--for", "{file}", "--role", "clinician"),
    "full plan, person": ("plan", "new", "{file}", "--full"),
    "full plan, clinician": ("plan", "new", "{file}", "--full", "--role", "clinician"),
}


def measure() -> dict[str, list[int]]:
    """The words of each command, one number a vignette."""
    kb = shipped()
    trellis.load = lambda *_, **__: kb  # every command would load it anew
    found: dict[str, list[int]] = {name: [] for name in COMMANDS}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "person.json"
        for vignette in vignettes():
            file.write_text(json.dumps(_case(kb, vignette)), encoding="utf-8")
            for name, command in COMMANDS.items():
                run = CliRunner().invoke(app, [part.format(file=file) for part in command])
                if run.exit_code not in (0, 4, 5):
                    raise SystemExit(f"{name} of [{vignette['name']}]: {run.output}")
                found[name].append(len(run.stdout.split()))
    return found


def _case(kb: trellis.Knowledge, vignette: dict[str, Any]) -> dict[str, Any]:
    answers = vignette["answers"]
    if vignette.get("others", "best") == "best":
        answers = complete(kb, answers)
    return {"as_of": AS_OF.isoformat(), "answers": answers, "places": vignette.get("places") or {}}


def rows(found: dict[str, list[int]]) -> list[str]:
    """The least, the median and the most words of each command."""
    return [
        f"| {name} | {min(words):,} | {median(words):,.0f} | {max(words):,} | {sum(words):,} |"
        for name, words in found.items()
    ]


def main(arguments: list[str]) -> None:
    """Measure, or put two measurements beside one another."""
    if arguments[:1] == ["--beside"]:
        before, after = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments[1:3])
        for name in COMMANDS:
            b, a = before[name], after[name]
            print(
                f"| {name} | {median(b):,.0f} | {median(a):,.0f} | {max(b):,} | {max(a):,} "
                f"| {100 * (median(a) - median(b)) / median(b):+.0f} % |"
            )
        return
    found = measure()
    print("\n".join(rows(found)))
    if arguments[:1] == ["--json"]:
        Path(arguments[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
