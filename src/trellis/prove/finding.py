"""What the checker finds, and where in the files it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trellis.errors import Problem
from trellis.kinds.kind import every
from trellis.kinds.shape import Frozen
from trellis.library.knowledge import Knowledge


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
    try:
        return str(kb.where(key, name))
    except KeyError:  # made and not read, such as the screen of a fact that no screen asks
        return f"{key} [{name}]"


def entries(kb: Knowledge) -> Iterator[tuple[str, str, Frozen]]:
    """Every entry with the key of its kind and its id; what has no id has the number of its place."""
    for key in every():
        for name, entry in kb.of(key).items():
            yield key, name, entry
