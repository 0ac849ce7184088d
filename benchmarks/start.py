"""Starting: what a command costs from nothing, in processor time, beside what Python itself costs.

Alone: ``python -m benchmarks.start [--quick]``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure, median

TIMES, TIMES_QUICK = 15, 5
LIMITS = {"trellis version": 15.0, "trellis decide FILE": 30.0}
PYTHON = "python -c pass"


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    times = TIMES_QUICK if quick else TIMES
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.yaml")
        file.write_text("answers: {focus: both, age: adult, use.alcohol: severe}\n", encoding="utf-8")
        calls = {
            PYTHON: ["-c", "pass"],
            "import trellis": ["-c", "import trellis"],
            "import trellis, load()": ["-c", "import trellis; trellis.load()"],
            "trellis version": ["-m", "trellis", "version"],
            "trellis decide FILE": ["-m", "trellis", "decide", str(file)],
            "trellis decide FILE --role clinician": ["-m", "trellis", "decide", str(file), "--role", "clinician"],
            "trellis --help": ["-m", "trellis", "--help"],
        }
        taken = _in_turn(calls, times, {"XDG_CACHE_HOME": folder, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"})
        nothing_kept = {"TRELLIS_CACHE": "off", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        first = "trellis decide FILE, nothing kept of an earlier run"
        taken |= _in_turn({first: calls["trellis decide FILE"]}, times, nothing_kept)
    header = ("", "median", "least", "most", "times python -c pass")
    figure = Figure("start", f"Starting from nothing: milliseconds of processor time, {times} times", header)
    base = median(taken[PYTHON])
    for name, each in taken.items():
        ratio = f"{median(each) / base:.1f}"
        figure.rows.append((name, f"{median(each):.0f}", f"{min(each):.0f}", f"{max(each):.0f}", ratio))
        figure.data[name] = each
    for name, at_most in LIMITS.items():
        ratio_found = median(taken[name]) / base
        kept = "kept" if ratio_found <= at_most else "MISSED"
        figure.says.append(f"Aim {kept}: {name} takes {ratio_found:.1f} times {PYTHON}, limit {at_most:g} times.")
    figure.says += [
        "User and system time of the whole process, in turn; Python's compiled files are there, as after an install.",
        "What loading made is kept by an earlier run, as on anybody's machine from the second run on.",
    ]
    return figure


def _in_turn(calls: dict[str, list[str]], times: int, settings: dict[str, str]) -> dict[str, list[float]]:
    """The processor time of each call, in milliseconds; each is run once before that, so that all is there."""
    environ = {**os.environ, **settings}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for each_round in range(times + 1):
        for name, arguments in calls.items():
            spent = _processor_time([sys.executable, *arguments], environ)
            if each_round:
                taken[name].append(spent * 1e3)
    return taken


def _processor_time(command: list[str], environ: dict[str, str]) -> float:
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    child = os.posix_spawn(command[0], command, environ, file_actions=silent)
    _, _, used = os.wait4(child, 0)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
