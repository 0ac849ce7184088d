"""Danger read from whatever is valid in an input, so that a fault elsewhere in it never hides the help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from trellis.decide import explain
from trellis.decide.adding import several
from trellis.decide.answers import read_answers
from trellis.decide.ends import both_ends
from trellis.decide.given import check_arguments
from trellis.decide.parsing import Answer, Answers, read_day
from trellis.decide.views import UrgentView
from trellis.model.in_force import in_force
from trellis.model.knowledge import Knowledge


def _bare(one: Any, as_of: date) -> Any:
    """An answer without what is wrong around its value: danger does not wait for a date to be mended."""
    if not isinstance(one, Mapping) or "value" not in one:
        return one if not isinstance(one, Answer) or _is_day(one.date, as_of) else replace(one, date=None)
    kept = {
        key: one[key] for key in ("value", "source", "author") if key in one and isinstance(one[key], str | int | float)
    }
    kept |= {key: True for key in ("at_least", "at_most") if one.get(key) is True}
    day = one.get("date")
    try:
        day = read_day(day) if isinstance(day, str) else day
    except ValueError:
        return kept
    return kept | ({"date": day} if _is_day(day, as_of) else {})


def _is_day(day: Any, as_of: date) -> bool:
    return type(day) is date and day <= as_of


def danger_in(kb: Knowledge, answers: Answers, *, as_of: date) -> tuple[UrgentView, ...]:
    """The dangers that the usable part of some answers tells of, the gravest first.

    For input that :func:`trellis.decide` refuses: whatever is wrong with it is left out, of answers that cannot both be
    true the worse one counts, and what is left is read for danger. It is shown before the faults are.

    Args:
        kb: the knowledge.
        answers: as for :func:`trellis.decide`, with faults.
        as_of: the day.

    Raises:
        AnswerError: the answers are no mapping at all, or the day is no day.

    >>> from datetime import date
    >>> import trellis
    >>> given = {"harm.suicide_thoughts": "plan", "harm.suicide_rsk": "high"}
    >>> [danger.id for danger in danger_in(trellis.load(), given, as_of=date(2026, 11, 23))]
    ['suicide']
    """
    check_arguments(answers, as_of)
    kb = in_force(kb, as_of)
    bare = {str(name): [_bare(one, as_of) for one in several(given)] for name, given in answers.items()}
    reading = read_answers(kb, bare, as_of, strict=False)
    return explain.urgent(kb, reading, both_ends(kb, reading))
