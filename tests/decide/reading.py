"""Answers to the made-up knowledge, read and decided: shorthands for the tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import trellis
from tests.library.tiny import known, tiny
from tests.support import AS_OF
from trellis import AnswerError, Recommendation
from trellis.decide.answers import read_answers
from trellis.decide.reading import Reading

ADULT = {"focus": "both", "age": "adult", "pregnancy": "no"}


def days_ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def read(answers: dict[str, Any], as_of: date = AS_OF) -> Reading:
    return read_answers(tiny(), answers, as_of)


def interval(answers: dict[str, Any], name: str, as_of: date = AS_OF) -> tuple[str, str]:
    """The best and the worst step that a fact can have."""
    reading, number = read(answers, as_of), tiny().number_of(name)
    fact = tiny().facts[name]
    return fact.step_at(reading.lo[number]).id, fact.step_at(reading.hi[number]).id


def told(answers: dict[str, Any], as_of: date = AS_OF) -> list[str]:
    with pytest.raises(AnswerError) as raised:
        read(answers, as_of)
    return [str(problem) for problem in raised.value.problems]


def decide(answers: dict[str, Any], **places: str) -> Recommendation:
    return trellis.decide(
        tiny(), answers, as_of=AS_OF, places={name.replace("__", "+"): s for name, s in places.items()}
    )


def well(**facts: Any) -> Recommendation:
    """Decide for somebody of whom all is known, and all is at its best but these facts."""
    return decide(known(**facts))


def ids(views: Any) -> list[str]:
    return [view.id for view in views]
