"""Answers as they are given, and whether they can be used at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from trellis.decide.given import day_problem, is_missing, plain
from trellis.errors import Problem, did_you_mean
from trellis.kinds.fact import Input
from trellis.library.knowledge import Knowledge

NOT_KNOWN, DECLINED = "not_known", "declined"
"""Answers that are no answer: the fact stays open, and an interview does not ask again."""

EVALUATES = ("clinician", "record")
"""The sources that may say that a professional has evaluated somebody. A screener is no evaluation."""


@dataclass(frozen=True)
class Answer:
    """One answer with where it comes from.

    Args:
        value: a step of the fact's scale, a context's value, or a number for an input; or ``"not_known"``,
            ``"declined"``.
        source: who said so: ``"self-report"``, ``"clinician"``, an instrument, a record.
        date: the day it was given; the day of the decision when left out.
        author: who recorded it.
        at_least: the truth is this bad or worse (a box ticked on a checklist); what more is left open.
        at_most: the truth is this or better (a box left empty).

    >>> Answer("intent", source="clinician").value
    'intent'
    """

    value: str | int | float
    source: str = "self-report"
    date: date | None = None
    author: str = ""
    at_least: bool = False
    at_most: bool = False

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values, for files and provenance; what has its default is left out."""
        plain: dict[str, Any] = {"value": self.value, "source": self.source}
        if self.date is not None:
            plain["date"] = self.date.isoformat()
        if self.author:
            plain["author"] = self.author
        if self.at_least:
            plain["at_least"] = True
        if self.at_most:
            plain["at_most"] = True
        return plain


AnswerLike = str | int | float | Answer | Mapping[str, Any] | Sequence[Any] | None
Answers = Mapping[str, AnswerLike]


def parse(kb: Knowledge, name: str, given: AnswerLike, as_of: date, problems: list[Problem]) -> tuple[Answer, ...]:
    """The answers to one fact, context or number that can be used; what is wrong goes to ``problems``."""
    where = f"answers[{name}]"
    if name not in kb.facts and name not in kb.factors and name not in kb.inputs:
        near = did_you_mean(name, [*kb.facts, *kb.factors, *kb.inputs])
        remedy = near or "`trellis facts` lists every name."
        problems.append(Problem(where, f"[{name}] is no fact, context or number of this knowledge.", remedy))
        return ()
    several = list(given) if isinstance(given, (list, tuple)) else [given]
    parsed = [_parse_one(where, one, problems) for one in several if not is_missing(one)]
    valid = [answer for answer in parsed if answer is not None and _check(kb, name, answer, as_of, where, problems)]
    return tuple(valid)


def _parse_one(where: str, given: Any, problems: list[Problem]) -> Answer | None:
    if isinstance(given, Answer):
        return _tidy(given)
    given = plain(given)
    if isinstance(given, (str, int, float)):
        return Answer(given)
    if isinstance(given, Mapping):
        fields = {name: one for name, one in given.items() if name == "value" or not is_missing(one)}
        unknown = set(fields) - {field.name for field in dataclass_fields(Answer)}
        if unknown or "value" not in fields:
            remedy = "Give value, and if you like source, date, author, at_least, at_most."
            problems.append(Problem(where, f"is not an answer: [{dict(given)}].", remedy))
            return None
        day = fields.get("date")
        if isinstance(day, str):
            try:
                fields["date"] = read_day(day)
            except ValueError:
                problems.append(Problem(where, f"has date [{day}].", "Write the date as YYYY-MM-DD."))
                return None
        return _tidy(Answer(**fields))
    problems.append(Problem(where, f"is not an answer: [{given!r}].", "Give a value, or null for unknown."))
    return None


def _tidy(answer: Answer) -> Answer | None:
    """The answer in Python's own values; None when its value says that there is none."""
    if is_missing(answer.value):
        return None
    parts = {name: plain(getattr(answer, name)) for name in ("value", "source", "author", "at_least", "at_most")}
    return replace(answer, **parts, date=None if is_missing(answer.date) else answer.date)


def _true_or_false(kb: Knowledge, name: str, value: bool) -> tuple[str, str]:
    """What is wrong with a yes or no of another language, and what to give instead."""
    message = f"is true or false: [{value}]."
    if name in kb.inputs:
        return message, "Give a number."
    values = _values(kb, name)
    if {"yes", "no"} <= set(values):
        return message, "Give the text 'yes' or 'no', in a file in quotes."
    return message, f"It may be {', '.join(values)}."


def _values(kb: Knowledge, name: str) -> tuple[str, ...]:
    return kb.facts[name].values if name in kb.facts else tuple(step.id for step in kb.factors[name].values)


def _check(kb: Knowledge, name: str, answer: Answer, as_of: date, where: str, problems: list[Problem]) -> bool:
    if isinstance(answer.value, bool):
        problems.append(Problem(where, *_true_or_false(kb, name, answer.value)))
        return False
    wrong = day_problem(where, answer.date) if answer.date is not None else []
    if wrong:
        problems += [Problem(where, f"has a date that {one.what}", one.remedy) for one in wrong]
        return False
    texts: tuple[Any, ...] = (answer.source, answer.author)
    if not all(isinstance(text, str) for text in texts):
        given = f"source [{answer.source!r}] and author [{answer.author!r}]"
        problems.append(Problem(where, f"has {given}.", "Each is text."))
        return False
    flags: tuple[Any, ...] = (answer.at_least, answer.at_most)
    if not all(isinstance(flag, bool) for flag in flags):
        given = f"at_least [{answer.at_least!r}] and at_most [{answer.at_most!r}]"
        problems.append(Problem(where, f"has {given}.", "Each is true or false."))
        return False
    if answer.date is not None and answer.date > as_of:
        message = f"has date [{answer.date}], after the day of the decision [{as_of}]."
        problems.append(Problem(where, message, "Correct the date, or decide as of a later day."))
        return False
    if answer.value in (NOT_KNOWN, DECLINED):
        return True
    if name in kb.inputs:
        return _check_number(kb.inputs[name], answer, where, problems)
    fact = kb.facts.get(name)
    if fact and fact.kind == "evaluation" and not _check_evaluation(answer, fact.unless_told, where, problems):
        return False
    values = _values(kb, name)
    if answer.value in values:
        return True
    near = did_you_mean(str(answer.value), values)
    remedy = f"It may be {', '.join(values)}, {NOT_KNOWN} or {DECLINED}. {near}".strip()
    problems.append(Problem(where, f"is [{answer.value}].", remedy))
    return False


def read_day(text: str) -> date:
    """A day written as YYYY-MM-DD, and in no other form. Raises ``ValueError``.

    >>> read_day("2026-11-29")
    datetime.date(2026, 11, 29)
    """
    if len(text) != len("YYYY-MM-DD"):
        raise ValueError(text)
    return date.fromisoformat(text if text[4] == text[7] == "-" else "")


def _check_evaluation(answer: Answer, unless_told: str | None, where: str, problems: list[Problem]) -> bool:
    """An evaluation says who evaluated, when, and what was found; a questionnaire or a person's own word is none."""
    if answer.source not in EVALUATES:
        message = f"comes from [{answer.source}], which is no evaluation."
        problems.append(Problem(where, message, f"Only a {' or a '.join(EVALUATES)} can say it, as the source."))
        return False
    missing = [part for part, given in (("author", answer.author.strip()), ("date", answer.date)) if not given]
    if missing:
        message = f"is an evaluation without [{' and '.join(missing)}]."
        problems.append(Problem(where, message, "Say who evaluated (author), when (date) and what was found (value)."))
        return False
    if answer.value == unless_told or answer.at_least or answer.at_most:
        message = f"is [{answer.value}], which is no finding."
        problems.append(Problem(where, message, "Say plainly what was found, without at_least and at_most."))
        return False
    return True


def _check_number(number: Input, answer: Answer, where: str, problems: list[Problem]) -> bool:
    value = answer.value
    allowed = (
        f"It may be {'a whole number ' if number.whole else ''}from {number.min:g} to {number.max:g} {number.unit}"
    )
    remedy = allowed.rstrip() + "."
    if (
        isinstance(value, (int, float))
        and number.min <= value <= number.max
        and (not number.whole or value == int(value))
    ):
        return True
    problems.append(Problem(where, f"is [{value}].", remedy))
    return False
