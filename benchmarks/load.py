"""Loading the shipped knowledge: read, parsed, validated, checked, compiled.

Alone: ``python -m benchmarks.load [--quick]``.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import TypeVar
from unittest import mock

import trellis
from benchmarks.measure import Figure, limit, median, seconds
from trellis.library import cache, files, loader
from trellis.library.compile import compile_knowledge
from trellis.library.entries import Entries

T = TypeVar("T")

LIMIT_TIMES = 5.0
TIMES, TIMES_QUICK = 21, 5
FRESH = "import time, trellis; start = time.perf_counter(); trellis.load(); print(time.perf_counter() - start)"


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    times = TIMES_QUICK if quick else TIMES
    kept, plain, anew = _three_ways(times)
    phases = _phases(times)
    fresh = [
        float(subprocess.run([sys.executable, "-c", FRESH], check=True, capture_output=True, text=True).stdout) * 1e3
        for _ in range(times // 2)
    ]
    figure = Figure("load", f"Loading the knowledge: milliseconds, {times} times", ("", "median", "least", "most"))
    for name, each in {
        "json.loads of the same content": plain,
        "trellis.load(), kept by an earlier one": kept,
        "trellis.load(), anew": anew,
        **phases,
        "trellis.load(), first in a fresh process": fresh,
    }.items():
        figure.rows.append((name, f"{median(each):.1f}", f"{min(each):.1f}", f"{max(each):.1f}"))
        figure.data[name.strip()] = each
    figure.says = [
        limit("trellis.load() takes, of json.loads", median(kept) / median(plain), LIMIT_TIMES, "times"),
        "The same content: the trees of all files that a decision needs, as JSON text. Load also reads all files and "
        "their digest, and compiles the rules.",
        "What helps (instruments, approaches, evidence, plans) is read when first asked for: its own row above.",
        "A fresh process also imports Trellis and its dependencies; that time is not counted here.",
    ]
    return figure


def _three_ways(times: int) -> tuple[list[float], ...]:
    """Load from what an earlier one kept, the least that reading so much takes, and from the files; in turn."""
    texts = files.read_texts(files.shipped())
    core, _ = loader.needed_and_rest(texts)
    content = json.dumps({name: parsed.tree for name, parsed in files.parse_texts(core).items()})
    trellis.load()
    found: tuple[list[float], ...] = ([], [], [])
    for _ in range(times):
        found[0].append(seconds(trellis.load) * 1e3)
        gc.disable()  # as load does
        found[1].append(seconds(partial(json.loads, content)) * 1e3)
        gc.enable()
        with mock.patch.dict(os.environ, {cache.SWITCH: "off"}):
            found[2].append(seconds(trellis.load) * 1e3)
    return found


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
        core, rest = loader.needed_and_rest(texts)
        parsed = timed("parse the YAML", partial(files.parse_texts, core))
        entries = Entries(texts)
        timed("validate each entry", partial(entries.add, parsed))
        entries.parameters = chosen = loader._choose_parameters(entries, {})
        digest = timed("digest", partial(files.digest, texts, chosen))
        later = partial(loader._later, entries, rest)
        knowledge = timed("check references and compile", partial(compile_knowledge, entries, digest, later))
        assert knowledge is not None
        timed("what helps, when first asked for", lambda kb=knowledge: kb.what_helps)
        gc.enable()
    return taken


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
