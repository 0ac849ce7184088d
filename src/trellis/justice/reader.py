"""Reading plain values of the ``justice`` part: what is wrong is gathered, so that all of it is told at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from trellis.errors import Problem, did_you_mean
from trellis.library.knowledge import Knowledge
from trellis.written import as_written, safe, shortened

MOST_ENTRIES = 1000
LONGEST_NAME = 80
"""Letters of the name of a person, an office or a program, above which it is more than a name."""


class Reader:
    """Reads plain values one by one; ``problems`` holds everything that was wrong.

    Args:
        kb: the knowledge, for the names that values may have.
        as_of: the day; what has happened cannot be later.
    """

    def __init__(self, kb: Knowledge, as_of: date) -> None:
        self.kb, self.as_of = kb, as_of
        self.problems: list[Problem] = []

    def wrong(self, where: str, what: str, remedy: str = "") -> None:
        """Keep a problem at a place below ``justice``."""
        self.problems.append(Problem(f"justice.{where}" if where else "justice", what, remedy))

    def words(self, where: str, given: Any) -> str:
        """Text in one line, shortened; empty where it was left out."""
        if given is None:
            return ""
        if not isinstance(given, str) or not given.strip():
            self.wrong(where, f"is [{as_written(given)}].", "Write it as text in quotes.")
            return ""
        return shortened(safe(" ".join(given.split())))

    def name(self, where: str, given: Any) -> str:
        """The whole name of somebody; empty for what was left out or is unknown, which names nobody.

        A name is never shortened, as it is what a consent rests on; what is too long for one is refused, so that no
        story goes out in the place of a name.
        """
        if given is None or given == "unknown":
            return ""
        found = " ".join(given.split()) if isinstance(given, str) else ""
        if len(found) > LONGEST_NAME:
            self.wrong(
                where, f"has {len(found):,} letters.", f"Give a name of {LONGEST_NAME} at most, and nothing else."
            )
            return ""
        return self.words(where, given)

    def one_of(self, where: str, given: Any, allowed: tuple[str, ...]) -> str:
        """One of the allowed words; empty for what was left out or is unknown."""
        if given is None or given == "unknown":
            return ""
        if isinstance(given, bool):
            self.wrong(where, f"is true or false: [{as_written(given)}].", f"Write {' or '.join(allowed)} in quotes.")
        elif given in allowed:
            return str(given)
        else:
            remedy = did_you_mean(given, allowed) or f"It may be {', '.join(allowed)}, or unknown."
            self.wrong(where, f"is [{as_written(given)}].", remedy)
        return ""

    def day(self, where: str, given: Any, *, past: bool = False) -> date | None:
        """A day; None for what was left out or is unknown. ``past``: it cannot be later than the day of the file."""
        if given is None or given == "unknown":
            return None
        try:
            found = date.fromisoformat(str(given))
            # Python also reads a week or a day without dashes, which are easily taken for something else.
            if str(given) != found.isoformat():
                raise ValueError(given)
        except ValueError:
            self.wrong(where, f"is [{as_written(given)}].", "Write the day as YYYY-MM-DD.")
            return None
        if not 1900 <= found.year <= 2199:
            self.wrong(where, f"is [{found}].", "Give a day from 1900 to 2199.")
            return None
        if past and found > self.as_of:
            self.wrong(where, f"is [{found}], which is after [{self.as_of}].", "Mend the day, or give --as-of.")
            return None
        return found

    def number(self, where: str, given: Any, low: float, high: float, unit: str) -> float | None:
        """A number within bounds, or None."""
        whole = isinstance(given, (int, float)) and not isinstance(given, bool)
        if not whole or not math.isfinite(given) or not low <= given <= high:
            self.wrong(where, f"is [{as_written(given)}].", f"Give a number from {low:g} to {high:g} {unit}.".strip())
            return None
        return float(given)

    def mapping(self, where: str, given: Any, allowed: tuple[str, ...], need: tuple[str, ...] = ()) -> Any:
        """The mapping, or None where it is none or lacks what it needs. Its keys are checked."""
        if not isinstance(given, Mapping):
            self.wrong(where, f"is [{as_written(given)}].", f"Write a mapping of {', '.join(allowed)}.")
            return None
        for key in given:
            if key not in allowed:
                remedy = did_you_mean(key, allowed) or f"It may hold {', '.join(allowed)}."
                self.wrong(where, f"has [{as_written(key)}], which means nothing here.", remedy)
        missing = [key for key in need if given.get(key) is None]
        for key in missing:
            self.wrong(where, f"has no [{key}].", "Add it.")
        return None if missing else given

    def entries(self, where: str, given: Any, read: Callable[[str, Any], Any]) -> list[Any]:
        """Each entry of a list that could be read."""
        if given is None:
            return []
        if not isinstance(given, (list, tuple)):
            self.wrong(where, f"is [{as_written(given)}].", "Write a list, an entry a line, each after a dash.")
            return []
        if len(given) > MOST_ENTRIES:
            self.wrong(where, f"holds {len(given):,} entries.", f"Give {MOST_ENTRIES:,} at most.")
        found = [read(f"{where}[{number}]", one) for number, one in enumerate(given[:MOST_ENTRIES])]
        return [one for one in found if one is not None]
