"""What will change on a day that is known, or that somebody promised: it says so, and whoever builds is warned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.kinds.kind import every
from trellis.kinds.shape import Frozen
from trellis.kinds.text import Cited, Claim
from trellis.library.knowledge import Knowledge

WATCH_DAYS = 30
"""So many days before its day something is told of: time to look, to write and to build."""


@dataclass(frozen=True)
class Watched:
    """Something that is to be looked at again by a day.

    Args:
        key: the kind of the entry.
        name: the id of the entry.
        until: the day.
        what: what may change, for whoever looks.
        left: days until then; negative once the day has passed.
    """

    key: str
    name: str
    until: date
    what: str
    left: int

    def says(self) -> str:
        """In a sentence: what, by when, and whether that has passed.

        >>> Watched("lines", "line_988", date(2026, 12, 31), "A new option.", -2).says()
        '[line_988] was to be looked at again by [2026-12-31], 2 days ago. A new option.'
        """
        days = f"{abs(self.left)} day{'' if abs(self.left) == 1 else 's'}"
        if self.left < 0:
            return f"[{self.name}] was to be looked at again by [{self.until}], {days} ago. {self.what}".strip()
        when = "today" if self.left == 0 else f"in {days}"
        return f"[{self.name}] is to be looked at again by [{self.until}], {when}. {self.what}".strip()


def watched(kb: Knowledge, as_of: date, *, within: int = WATCH_DAYS) -> Iterator[Watched]:
    """What of the knowledge is to be looked at again by a day that has passed or is near, entry by entry.

    Args:
        kb: the knowledge.
        as_of: the day; it is given, never read from a clock.
        within: days; what is further off is not told yet.

    >>> import trellis
    >>> [one.left < 0 for one in watched(trellis.load(), date(2020, 1, 1))]
    []
    """
    for key in every():
        for name, entry in kb.of(key).items():
            for day, what in dict.fromkeys((one.watch_until, one.watch_for) for one in watches(entry)):
                if day and (left := (date.fromisoformat(day) - as_of).days) <= within:
                    yield Watched(key, name, date.fromisoformat(day), what, left)


def watches(found: Any) -> Iterator[Cited | Claim]:
    """Everything in an entry that may be watched, the entry itself first."""
    if isinstance(found, (Cited, Claim)):
        yield found
    if isinstance(found, Frozen):
        for field in type(found).model_fields:
            yield from watches(getattr(found, field))
    elif isinstance(found, (tuple, dict)):
        for one in found.values() if isinstance(found, dict) else found:
            yield from watches(one)
