"""What callers hand over: values as numpy and pandas have them, unknown as they write it, and arguments checked."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from trellis.errors import AnswerError, Problem

PLAIN = (str, int, float, bool)


def is_missing(value: Any) -> bool:
    """Whether a value says that there is none: None, NaN, and pandas' ``NA`` and ``NaT``.

    >>> is_missing(float("nan")), is_missing(0), is_missing("")
    (True, False, False)
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, Decimal):
        return value.is_nan()
    return isinstance(value, Real) and bool(value != value)


def plain(value: Any) -> Any:
    """A number or text of another library, or an enumeration's, as Python's own; anything else as it is.

    By the kinds of number that every library registers with, so that none of them is imported.

    >>> from fractions import Fraction
    >>> plain(Fraction(61, 2)), plain(30), plain([1])
    (30.5, 30, [1])
    """
    if type(value) in PLAIN:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    if isinstance(value, Integral):
        return operator.index(value)
    return float(value) if isinstance(value, (Real, Decimal)) else value


def check_arguments(answers: Any, as_of: Any) -> None:
    """Refuse arguments that are not of the right kind, by name, before anything is read from them.

    Raises:
        AnswerError: the answers are no mapping, or the day is no day.
    """
    problems = []
    if type(as_of) is not date:
        problems += day_problem("as_of", as_of)
    if type(answers) is not dict:
        problems += mapping_problem("answers", answers, "from the name of a fact, context or number to its answer")
    if problems:
        raise AnswerError(problems)


def day_problem(where: str, day: Any) -> list[Problem]:
    """What is wrong with something that should be a day; nothing when it is one."""
    if isinstance(day, datetime):
        remedy = "Give the day alone, in the time zone of the site: value.date()."
        return [Problem(where, f"is a day with a time: [{day}].", remedy)]
    if isinstance(day, date):
        return []
    remedy = "Give a datetime.date, or in a file the text YYYY-MM-DD in quotes."
    return [Problem(where, f"is no day: [{_shown(day)}].", remedy)]


def mapping_problem(where: str, given: Any, from_to: str) -> list[Problem]:
    """What is wrong with something that should be a mapping; nothing when it is one."""
    if isinstance(given, Mapping):
        return []
    return [Problem(where, f"is no mapping: [{_shown(given)}].", f"Give one {from_to}; {{}} when there is none.")]


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
