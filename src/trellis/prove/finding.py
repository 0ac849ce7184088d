"""What the checker finds, and where in the files it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from trellis.errors import Problem
from trellis.kinds.text import Frozen
from trellis.library.knowledge import Knowledge, once_per_knowledge

TOP_KEY = re.compile(r"^(\w+):", re.MULTILINE)
ENTRY = re.compile(r"^\s*(?:- )?\{?\s*id: ([\w.+-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing the checker found. ``kind`` names the rule, so that a test can ask for it."""

    level: Literal["error", "warning"]
    kind: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.level} [{self.kind}] {self.problem}"


def error(kind: str, where: str, what: str, remedy: str = "") -> Finding:
    """What must be mended."""
    return Finding("error", kind, Problem(where, what, remedy))


def warning(kind: str, where: str, what: str, remedy: str = "") -> Finding:
    """What an author should weigh."""
    return Finding("warning", kind, Problem(where, what, remedy))


def where_of(kb: Knowledge, key: str, name: str) -> str:
    """The file and line of an entry, found by its id."""
    return _places(kb).get((key, name), f"{key} [{name}]")


@once_per_knowledge
def _places(kb: Knowledge) -> dict[tuple[str, str], str]:
    """Where each id stands, by the key of its list; the first place where it stands twice."""
    found: dict[tuple[str, str], str] = {}
    for file, text in kb.files.items():
        keys = TOP_KEY.findall(text)
        line = place = 0
        for match in ENTRY.finditer(text):
            line += text.count("\n", place, match.end())
            place = match.end()
            for key in keys:
                found.setdefault((key, match.group(1)), f"{file}:{line + 1}")
    return found


def entries(kb: Knowledge) -> Iterator[tuple[str, str, Frozen]]:
    """Every entry with the key of its list and its id."""
    groups: dict[str, Mapping[str, Frozen]] = {
        "facts": kb.facts,
        "needs": kb.needs,
        "services": kb.services,
        "setting": kb.settings,
        "add_ons": kb.add_ons,
        "responses": kb.responses,
        "barriers": kb.barriers,
        "after_24_hour_care": {"after_24_hour_care": kb.aftercare},
        "urgent": kb.urgent,
        "lines": kb.lines,
        "evaluators": kb.evaluators,
        "contexts": kb.factors,
        "axes": kb.axes,
        "inputs": kb.inputs,
        "screens": kb.screens,
        "parameters": kb.parameter_definitions,
        "properties": kb.properties,
        "never_places": kb.never_places,
        "never_less": kb.never_less,
        "known_faults": kb.known_faults,
        "instruments": kb.instruments,
        "treated_conditions": kb.treated,
        "approaches": kb.approaches,
        "aims": kb.aims,
        "matches": kb.matches,
        "stops": kb.stops,
        "results": kb.results,
        "summaries": kb.summaries,
        "methods": kb.methods,
        "datasets": kb.datasets,
        "values": kb.values,
        "goals": kb.goals,
        "step_up": kb.step_up,
    }
    for key, group in groups.items():
        for name, entry in group.items():
            yield key, name, entry
