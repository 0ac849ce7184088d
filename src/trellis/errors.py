"""Errors that say what is wrong, where, and how to mend it; all of them at once, never one at a time."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SHORT = 4
"""A name of so few letters is like many others."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong.

    Args:
        where: a place the reader can go to, such as ``criteria/harm.yaml:41`` or ``answers[harm.hopelessness]``.
        what: what is wrong there, with the offending value in brackets.
        remedy: what to write instead.

    >>> print(Problem("criteria/harm.yaml:41", "need [x] reads fact [harm.y], which no file defines.", "Remove it."))
    criteria/harm.yaml:41: need [x] reads fact [harm.y], which no file defines. Remove it.
    """

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}".rstrip()


class TrellisError(ValueError):
    """The parent of all errors raised on purpose. ``problems`` holds every one that was found.

    >>> str(TrellisError([Problem("a", "is wrong.")]))
    'a: is wrong.'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)  # an exception is sent on as its words, from which none is made


class KnowledgeError(TrellisError):
    """The clinical content cannot be loaded: each problem names file, line, value and remedy."""


class AnswerError(TrellisError):
    """The answers cannot be used: each problem names the fact, the value and the values allowed."""


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Suggest the nearest right name, as a whole sentence, or nothing when none is near.

    >>> did_you_mean("harm.suicide_rsk", ["harm.suicide_risk", "use.alcohol"])
    'Did you mean harm.suicide_risk?'
    >>> did_you_mean("zzz", ["use.alcohol"])
    ''
    >>> did_you_mean("PHQ-9", ["gad7", "phq9"]), did_you_mean("NO", ["no", "yes"])
    ('Did you mean phq9?', 'Did you mean no?')
    """
    name = str(name)
    others = [one for one in known if one != name]
    # Written the same but for case, hyphens and blanks: "No", "PHQ-9". The shorter the name, the less such a change
    # leaves alike, so that looking for the nearest would miss it.
    bare = _bare(name)
    near = [one for one in others if bare and _bare(one) == bare]
    if not near:
        # Of a short name nothing is left when letters are missing: "nope" is no misspelt "pe".
        alike = [one for one in others if len(name) > SHORT or abs(len(one) - len(name)) <= 1]
        near = difflib.get_close_matches(name, alike, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
