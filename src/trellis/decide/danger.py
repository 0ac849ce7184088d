"""Danger read from whatever is valid in an input, so that a fault elsewhere in it never hides the help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from trellis.decide import explain
from trellis.decide.adding import several
from trellis.decide.answers import read_answers
from trellis.decide.ends import both_ends
from trellis.decide.given import check_arguments
from trellis.decide.parsing import Answer, Answers, read_day
from trellis.decide.tables import tables_of
from trellis.decide.views import UrgentView
from trellis.library.in_force import in_force
from trellis.library.knowledge import Knowledge


def _named(kb: Knowledge, answers: Answers) -> Iterator[tuple[str, Any]]:
    """Names with what was answered; one that was taken apart at its dot is put together again."""
    for name, given in answers.items():
        parts = {f"{name}.{key}": part for key, part in given.items()} if isinstance(given, Mapping) else {}
        yield from parts.items() if str(name) not in kb.facts and set(parts) & set(kb.facts) else ((str(name), given),)


def _bare(kb: Knowledge, name: str, one: Any, as_of: date) -> Any:
    """An answer without what is wrong around its value: danger does not wait for a date to be mended."""
    if isinstance(one, Answer):
        return one if _is_day(one.date, as_of) else replace(one, date=None)
    if not isinstance(one, Mapping) or "value" not in one:
        return _value(kb, name, one)
    plain = {key: one.get(key) for key in ("source", "author")}
    kept = {key: part for key, part in plain.items() if isinstance(part, str)} | {
        "value": _value(kb, name, one["value"])
    }
    kept |= {key: True for key in ("at_least", "at_most") if one.get(key) is True}
    day = one.get("date")
    try:
        day = read_day(day) if isinstance(day, str) else day
    except ValueError:
        return kept
    return kept | ({"date": day} if _is_day(day, as_of) else {})


def _value(kb: Knowledge, name: str, value: Any) -> Any:
    """A step as it was surely meant: true is yes, and capitals make no other word."""
    known = kb.facts[name].values if name in kb.facts else ()
    meant = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return next((step for step in known if isinstance(meant, str) and step == meant.strip().casefold()), value)


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
    bare = {name: [_bare(kb, name, one, as_of) for one in several(given)] for name, given in _named(kb, answers)}
    reading = read_answers(kb, bare, as_of, strict=False)
    return explain.urgent(kb, reading, both_ends(kb, reading), tables_of(kb))
