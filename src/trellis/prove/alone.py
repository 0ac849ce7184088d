"""Worst alone: every fact at each worse step, and every number at its ends and edges, with all else at its best.

What one fact does by itself is hidden in people who have much else. Row by row it can be read by a clinician, and
what was read is kept (:mod:`trellis.prove.readings`): a row that comes out otherwise later fails until read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.decide.answers import read_answers
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.kinds.fact import Band, Input
from trellis.library.knowledge import Knowledge
from trellis.prove.outcome import Box, Outcome, boxes, least, outcome_at

ON = date(2000, 1, 1)
"""The day of a number that was typed today; which day it is changes nothing."""

FINE = 0.1
"""How far from an edge a number is tried that need not be whole."""


@dataclass(frozen=True)
class AloneRow:
    """One fact or number alone, and what comes out.

    Args:
        name: the fact or the number.
        step: the step of the fact, or the value of the number.
        contexts: the numbers of the contexts in which this comes out.
        among: those in which the fact is asked at all.
        outcome: what comes out.
    """

    name: str
    step: str | float
    contexts: frozenset[int]
    among: frozenset[int]
    outcome: Outcome

    def where(self, kb: Knowledge) -> tuple[Box, ...]:
        """The contexts in words; one box without factors when it is everybody who is asked."""
        return boxes(kb, self.contexts, self.among)


def alone(kb: Knowledge, *, name: str | None = None) -> tuple[AloneRow, ...]:
    """Every fact at each worse step and every number at its ends and band edges, each with all else at its best.

    Nobody has evaluated these people. Contexts in which the same comes out share a row.

    Args:
        kb: the knowledge.
        name: only this fact or number.

    Returns:
        the rows, facts before numbers, in the order of the files, milder before worse.

    Raises:
        AnswerError: there is no fact or number of that name.

    >>> import trellis
    >>> rows = alone(trellis.load(), name="harm.danger_now")
    >>> [(row.step, row.outcome.urgent, len(row.contexts)) for row in rows]
    [('yes', ('danger_now',), 21)]
    """
    if name is not None and name not in (*kb.facts, *kb.inputs):
        near = did_you_mean(name, [*kb.facts, *kb.inputs]) or "`trellis facts` lists them."
        raise AnswerError([Problem("--fact", f"[{name}] is no fact and no number.", near)])
    rows: list[AloneRow] = []
    for fact in kb.facts.values():
        if fact.kind == "check":  # no need reads it
            continue
        start = fact.start[0]
        for rank in range(1, fact.top + 1) if name in (None, fact.id) else ():
            if rank != start or fact.unless_told is None:  # an evaluation that nobody has made is no row
                step = fact.step_at(rank).id
                rows += _joined(kb, fact.id, step, {fact.id: step})
    for number in kb.inputs.values():
        for value in values_tried(kb, number) if name in (None, number.id) else ():
            rows += _grouped(number.id, value, dict(_with_number(kb, number.id, value)))
    return tuple(rows)


def _joined(kb: Knowledge, name: str, step: str, facts: Mapping[str, str]) -> Iterator[AloneRow]:
    points = ((context, least(kb, facts, context)) for context in range(len(kb.contexts)))
    found = {context: outcome_at(kb, ranks, context) for context, ranks in points if ranks is not None}
    return _grouped(name, step, found)


def _grouped(name: str, step: str | float, found: Mapping[int, Outcome]) -> Iterator[AloneRow]:
    among = frozenset(found)
    groups: dict[Outcome, list[int]] = {}
    for context, outcome in found.items():
        groups.setdefault(outcome, []).append(context)
    return (AloneRow(name, step, frozenset(contexts), among, outcome) for outcome, contexts in groups.items())


def _with_number(kb: Knowledge, name: str, value: float) -> Iterator[tuple[int, Outcome]]:
    for number, context in enumerate(kb.contexts):
        given: dict[str, Any] = {**context, name: value}
        try:
            reading = read_answers(kb, given, ON)
        except AnswerError:
            continue  # a number that says another age than the context
        yield number, outcome_at(kb, reading.intervals(kb, number)[0], number)


def values_tried(kb: Knowledge, number: Input) -> tuple[float, ...]:
    """The values at which a number is tried: its ends, and both sides of every edge of a band.

    >>> import trellis
    >>> kb = trellis.load()
    >>> values_tried(kb, kb.inputs["input.age"])
    (12, 15, 16, 17, 18, 64, 65, 120)
    """
    found = {number.min, number.max}
    for derivation in kb.derivations:
        if derivation.from_ == number.id:
            for band in derivation.bands:
                found |= set(_sides(band, number))
    return tuple(
        int(value) if float(value).is_integer() else value
        for value in sorted(found)
        if number.min <= value <= number.max
    )


def _sides(band: Band, number: Input) -> Iterator[float]:
    fine = 1.0 if number.whole else FINE
    for edge, outside in ((band.from_, -fine), (band.above, fine), (band.below, -fine)):
        if isinstance(edge, (int, float)):
            yield float(edge)
            yield round(edge + outside, 6)
