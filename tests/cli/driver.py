"""Drives the command line as somebody at a keyboard would: typed lines in, text out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import trellis
from tests.support import AS_OF
from trellis.decide import Answer

WIDTH = 80
COMMAND = [sys.executable, "-m", "trellis"]


@dataclass
class Script:
    """What is typed, line by line, and after which question which danger is told of."""

    lines: list[str] = field(default_factory=list)
    dangers: dict[int, list[str]] = field(default_factory=dict)
    questions: int = 0

    def text(self, *ending: str) -> str:
        return "\n".join([*self.lines, *ending]) + "\n"


def script(kb: trellis.Knowledge, person: Mapping[str, str], *, source: str = "self-report") -> Script:
    """The keys of a person: the answers named, and the best for everything else."""
    interview = trellis.Interview(kb, AS_OF, source=source)
    typed = Script(lines=[""])
    shown: set[str] = set()
    while (question := interview.current()) is not None:
        typed.questions += 1
        if question.screen.checklist:
            items = [item for item in question.screen.checklist if item.fact in question.facts]
            ticked = [item for item in items if _at_least(kb, item.fact, person, item.at_least)]
            typed.lines.append(" ".join(str(items.index(item) + 1) for item in ticked) or "0")
            interview.tick([item.fact for item in ticked])
        else:
            given = {}
            for name in question.factors or question.facts:
                steps = kb.factors[name].values if question.factors else kb.facts[name].scale
                best = steps[0].id if question.factors else kb.facts[name].step_at(0).id
                value = person.get(name, best)
                typed.lines.append(str([step.id for step in steps].index(value) + 1))
                given[name] = Answer(value, source=source)
            interview.answer(given)
        urgent = [view.id for view in interview.result().urgent]
        new = [name for name in urgent if name not in shown]
        shown = set(urgent)
        if new:
            typed.dangers[typed.questions] = new
            typed.lines.append("")
    return typed


def _at_least(kb: trellis.Knowledge, fact: str, person: Mapping[str, str], step: str) -> bool:
    entry = kb.facts[fact]
    return fact in person and entry.rank_of(person[fact]) >= entry.rank_of(step)


def run(*arguments: str, typed: str = "", cwd: object = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real process with piped input, 80 columns wide, in UTF-8 unless said otherwise."""
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("TRELLIS", "PYTHON", "LC_", "LANG"))
    }
    clean |= {"COLUMNS": str(WIDTH), "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(sys.path)} | environment
    return subprocess.run(
        [*COMMAND, *arguments],
        input=typed.encode(),
        capture_output=True,
        timeout=120,
        env=clean,
        cwd=str(cwd) if cwd else None,
        check=False,
        text=False,
    )  # type: ignore[return-value]


def too_wide(text: str) -> list[str]:
    """Lines that are wider than they may be. A path or an address is never broken: it has a line to itself."""
    return [line for line in text.splitlines() if len(line) > WIDTH and not _whole(line)]


def _whole(line: str) -> bool:
    longest = max(line.split(), key=len)
    return "/" in longest and len(line.split()) <= 2 and len(longest) > WIDTH - 8
