"""What current guidance names for one person: first, second, against, and what it names that is not held here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trellis.decide import Recommendation
from trellis.engine.node import TRUE
from trellis.kinds.guidance import LINES, SEVERITIES, Cell, Line, Treatment
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge


@dataclass(frozen=True)
class Guided:
    """One entry of a cell of the table that holds for a person.

    Args:
        cell: for whom guidance says it, and in what words.
        line: where it stands there: ``first``, ``second`` or ``against``.
        named: the entry.
        place: its place in that list, from 0.
    """

    cell: Cell
    line: Line
    named: Treatment
    place: int

    @property
    def key(self) -> tuple[int, int, int]:
        """What entries are ordered by: first before second before against, what is graver first, then the list."""
        return (LINES.index(self.line), SEVERITIES.index(self.cell.severity), self.place)

    @property
    def says(self) -> Text:
        """Why it stands where it stands: of the entry itself where it says so, otherwise of its cell."""
        return self.named.says if self.line == "against" and self.named.says is not None else self.cell.says

    @property
    def id(self) -> str:
        """A name of this entry of the table: its cell, its list, its place there."""
        return f"{self.cell.id}.{self.line}.{self.place}"

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        name = {"approach": self.named.approach} if self.named.approach else {}
        held = {} if self.named.not_held is None else {"not_held": self.named.not_held.model_dump(exclude_none=True)}
        return {"cell": self.cell.id, "line": self.line, **name, **held}


def guidance_for(rec: Recommendation) -> tuple[Guided, ...]:
    """Every entry of the table that holds for certain for a person, in order.

    A cell that gives way to another one that holds is left out: what is said of everybody yields to what is said of
    people in the same situation.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"use.opioids": "severe"}, as_of=date(2026, 11, 30))
    >>> [found.named.approach for found in guidance_for(rec)][:1]
    ['naloxone']
    """
    holding = tuple(_holding(rec))
    there = {guided.cell.id for guided in holding}
    return tuple(guided for guided in holding if not there.intersection(guided.cell.gives_way_to))


def _holding(rec: Recommendation) -> Iterator[Guided]:
    for guided in asked_table(rec.kb):
        if rec.stands(rec.kb.rule_nodes[guided.cell.id], guided.cell.applies) == TRUE:
            yield guided


def asked_table(kb: Knowledge) -> tuple[Guided, ...]:
    """Every entry of every cell that answers can bring about, in order."""
    cells: list[Cell] = list(kb.of("guidance").values())
    found = [
        Guided(cell, line, named, place)
        for cell in cells
        if cell.asked
        for line in LINES
        for place, named in enumerate(cell.names(line))
    ]
    return tuple(sorted(found, key=lambda guided: guided.key))


def by_approach(found: tuple[Guided, ...]) -> dict[str, tuple[Guided, ...]]:
    """The entries of each approach that is held, in order; what guidance is against comes last."""
    names = dict.fromkeys(guided.named.approach for guided in found if guided.named.approach)
    return {name: tuple(guided for guided in found if guided.named.approach == name) for name in names}


def not_held(found: tuple[Guided, ...]) -> tuple[Guided, ...]:
    """What guidance names and no approach holds, each treatment once, at its first place."""
    once = {guided.named.not_held.en: guided for guided in reversed(found) if guided.named.not_held is not None}
    return tuple(guided for guided in found if guided in once.values())
