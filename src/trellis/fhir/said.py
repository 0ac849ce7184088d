"""What a site says of a form where the form itself leaves it open, and what is told back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from trellis.errors import Problem

Total = Literal["all"] | tuple[str, ...] | None


@dataclass
class Said:
    """What was said, and what was found on the way.

    Args:
        total: which items the total of a form without a formula adds: ``"all"`` scored ones, or their link ids.
        leave_out: link ids of items that do not count.
        missing: codes of answers that leave the item missing, ``CODE`` or ``LINK=CODE``.
        counts: codes of answers that are scores although they look like "no answer".
        language: the language of the form's words.
        problems: why the form cannot be read.
        notes: what is worth knowing of how it was read.
    """

    total: Total = None
    leave_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    language: Literal["en", "es"] | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    _used: set[tuple[str, str]] = field(default_factory=set)

    def fault(self, where: str, what: str, remedy: str = "") -> None:
        """Note why the form cannot be read."""
        self.problems.append(Problem(where, what, remedy))

    def note(self, where: str, what: str, remedy: str = "") -> None:
        """Note something about how it was read."""
        self.notes.append(Problem(where, what, remedy))

    def leaves_out(self, link: str) -> bool:
        """Whether an item was said not to count."""
        return self._says("leave-out", self.leave_out, (link,))

    def is_missing(self, link: str, code: str) -> bool:
        """Whether an answer was said to leave its item missing."""
        return self._says("missing", self.missing, (code, f"{link}={code}"))

    def is_score(self, link: str, code: str) -> bool:
        """Whether an answer was said to be a score after all."""
        return self._says("counts", self.counts, (code, f"{link}={code}"))

    def _says(self, option: str, said: Iterable[str], names: tuple[str, ...]) -> bool:
        found = [name for name in names if name in said]
        self._used.update((option, name) for name in found)
        return bool(found)

    def tell_unused(self) -> None:
        """What was said of something that is not in the form is a slip of the pen, and never passed over."""
        whole = (("leave-out", self.leave_out, "item"), ("missing", self.missing, "answer"))
        for option, said, kind in (*whole, ("counts", self.counts, "answer")):
            for name in said:
                if (option, name) not in self._used:
                    self.fault(f"--{option}", f"is [{name}], and the form has no such {kind}.", "Check the name.")
