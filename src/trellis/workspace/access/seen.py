"""What was read while somebody was answered, collected row by row where rows are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_now: ContextVar[WhatWasSeen | None] = ContextVar("seen", default=None)


@dataclass
class WhatWasSeen:
    """What was read.

    Args:
        rows: by thing, the numbers of its rows.
        tables: things of which values were read in one go.
        people: the numbers of the people whom it is about.
    """

    rows: dict[str, set[int]] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.people)


@contextmanager
def collecting() -> Iterator[WhatWasSeen]:
    """Collect what is read inside."""
    found = WhatWasSeen()
    token = _now.set(found)
    try:
        yield found
    finally:
        _now.reset(token)


def note(row: Any) -> None:
    """A row was read."""
    found = _now.get()
    if found is None:
        return
    found.rows.setdefault(str(row.thing), set()).add(row.pk)
    person = row.pk if row.person_path == "pk" else row.__dict__.get("person_id")
    if person is not None:
        found.people.add(person)


def note_table(thing: str) -> None:
    """Values of many rows were read."""
    found = _now.get()
    if found is not None:
        found.tables.add(str(thing))
