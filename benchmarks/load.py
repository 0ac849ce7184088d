"""Loading the shipped knowledge: read, parsed, validated, checked, compiled.

Alone: ``python -m benchmarks.load [--quick]``.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import TypeVar

import trellis
from benchmarks.measure import Figure, limit, median, seconds
from trellis.model import files, loader
from trellis.model.compile import compile_knowledge

T = TypeVar("T")

LIMIT_MS = 150.0
TIMES, TIMES_QUICK = 21, 5
FRESH = "import time, trellis; start = time.perf_counter(); trellis.load(); print(time.perf_counter() - start)"


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    times = TIMES_QUICK if quick else TIMES
    trellis.load()
    warm = [seconds(trellis.load) * 1e3 for _ in range(times)]
    phases = _phases(times)
    fresh = [
        float(subprocess.run([sys.executable, "-c", FRESH], check=True, capture_output=True, text=True).stdout) * 1e3
        for _ in range(times // 2)
    ]
    figure = Figure("load", f"Loading the knowledge: milliseconds, {times} times", ("", "median", "least", "most"))
    for name, each in {
        "trellis.load(), warm": warm,
        **phases,
        "trellis.load(), first in a fresh process": fresh,
    }.items():
        figure.rows.append((name, f"{median(each):.1f}", f"{min(each):.1f}", f"{max(each):.1f}"))
        figure.data[name.strip()] = each
    figure.says = [
        limit("trellis.load() takes", median(warm), LIMIT_MS, "ms"),
        "What helps (instruments, approaches, evidence, plans) is read when first asked for: its own row above.",
        "A fresh process also imports Trellis and its dependencies; that time is not counted here.",
    ]
    return figure


def _phases(times: int) -> dict[str, list[float]]:
    """The same work a step at a time, by the inner functions of ``load`` and, as there, without garbage collection."""
    taken: dict[str, list[float]] = {}

    def timed(name: str, step: Callable[[], T]) -> T:
        start = perf_counter()
        result = step()
        taken.setdefault(f"  {name}", []).append((perf_counter() - start) * 1e3)
        return result

    for _ in range(times):
        gc.collect()
        gc.disable()
        texts = timed("read the files", partial(files.read_texts, files.shipped()))
        core = {name: text for name, text in texts.items() if not name.startswith(loader.LATER)}
        rest = {name: text for name, text in texts.items() if name not in core}
        trees = timed("parse the YAML", partial(files.parse_texts, core))
        loaded = timed("validate each entry", partial(loader._read, trees))
        chosen = loader._choose_parameters(loaded, {})
        digest = timed("digest", partial(files.digest, texts, chosen))
        later = partial(loader._later, loaded, texts, rest)
        timed("check references and compile", partial(compile_knowledge, loaded, chosen, digest, texts, later))
        knowledge = compile_knowledge(loaded, chosen, digest, texts, later)
        assert knowledge is not None
        timed("what helps, when first asked for", lambda kb=knowledge: kb.what_helps)
        gc.enable()
    return taken


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
