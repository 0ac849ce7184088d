"""What the answers of an assessment lead to: their rows folded into the answers that Trellis decides with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

import trellis
from trellis import Answer, AnswerError, Knowledge, Recommendation
from trellis.account import Account, account_of
from trellis.decide.adding import with_answers
from trellis.decide.views import UrgentView
from trellis.errors import Problem
from trellis.interview import Question, next_question
from trellis.workspace.words.content import knowledge as knowledge

Rows = dict[str, list[Any]]
"""By fact, the answers that stand, in the order given."""


def today(organisation: Any) -> date:
    """The day it is at the clinic."""
    return timezone.localdate(timezone=organisation.zone)


def standing(rows: Iterable[Any]) -> list[Any]:
    """The answers to one fact that were not taken back, in order. A row that takes back may itself be taken back.

    Args:
        rows: all rows of one fact in one assessment, in the order of their numbers.
    """
    several = list(rows)
    gone: set[int] = set()
    for row in reversed(several):
        if row.taken_back and row.number not in gone:
            gone.add(row.takes_back)
    return [row for row in several if not row.taken_back and row.number not in gone]


def fold(kb: Knowledge, rows: Iterable[Any]) -> Rows:
    """By fact, the answers that count beside one another; what was answered last stands last.

    A later answer takes the place of what its own source said before; danger stays, and so does what was kept as a
    disagreement, until somebody answers anew (see :func:`trellis.decide.adding.with_answers`).
    """
    by_fact: Rows = {}
    for row in sorted(rows, key=lambda row: row.number):
        by_fact.setdefault(row.fact, []).append(row)
    folded: Rows = {}
    for fact, several in by_fact.items():
        kept: list[Any] = []
        for row in standing(several):
            kept = [*kept, row] if row.beside else [*(one for one in kept if _stands(kb, one, row)), row]
        if kept:
            folded[fact] = kept
    return dict(sorted(folded.items(), key=lambda pair: max(row.at for row in pair[1])))


def _stands(kb: Knowledge, earlier: Any, later: Any) -> bool:
    before, after = as_answer(earlier, plain=True), as_answer(later, plain=True)
    joined = with_answers(kb, {earlier.fact: before}, {later.fact: after})[later.fact]
    return isinstance(joined, list) and len(joined) > 1


def as_answer(row: Any, *, plain: bool = False) -> Answer:
    """A row as Trellis takes it.

    Args:
        row: the row.
        plain: with its own source even where it stands beside another of the same source, as one that disagrees.
    """
    source = row.source
    if row.beside and not plain and not is_evaluation(row.fact):
        source = f"{row.source}, {row.by}" if row.by else f"{row.source}, 2"
    return Answer(
        row.unknown or row.value, source=source, date=row.on, author=row.by, at_least=row.at_least, at_most=row.at_most
    )


def is_evaluation(fact: str) -> bool:
    """Whether a fact is a professional's finding, whose source may be no other."""
    known = knowledge().facts.get(fact)
    return known is not None and known.kind == "evaluation"


def answers_of(rows: Rows) -> dict[str, list[Answer]]:
    """The answers as Trellis takes them."""
    return {fact: [as_answer(row) for row in several] for fact, several in rows.items()}


@dataclass
class AnswersResult:
    """What the answers lead to. Where they cannot all be true, nothing is decided, and danger is read all the same.

    Args:
        kb: the knowledge.
        answers: as Trellis takes them.
        day: the day at the clinic.
    """

    kb: Knowledge
    answers: Mapping[str, list[Answer]]
    day: date

    @cached_property
    def _decided(self) -> tuple[Recommendation | None, tuple[Problem, ...]]:
        try:
            return trellis.decide(self.kb, self.answers, as_of=self.day), ()
        except AnswerError as refused:
            return None, tuple(refused.problems)

    @property
    def rec(self) -> Recommendation | None:
        """The recommendation, or None where the answers cannot all be true."""
        return self._decided[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why nothing is decided."""
        return self._decided[1]

    @cached_property
    def account(self) -> Account | None:
        """What is said of it to a clinician."""
        return None if self.rec is None else account_of(self.rec, audience="clinician")

    @cached_property
    def danger(self) -> tuple[UrgentView, ...]:
        """The dangers, the gravest first."""
        if self.account is not None:
            return self.account.danger
        return trellis.danger_in(self.kb, self.answers, as_of=self.day)

    @cached_property
    def question(self) -> Question | None:
        """The next question; None when there is none, or the answers must be mended first."""
        return None if self.rec is None else next_question(self.kb, self.answers, as_of=self.day)

    def columns(self) -> dict[str, Any]:
        """What a list of many reads, so that it need not decide each anew."""
        rec = self.rec
        return {
            "knowledge": self.kb.digest,
            "urgent": bool(self.danger),
            "least": rec.least.now.ids[0] if rec else "",
            "most": rec.most.now.ids[0] if rec else "",
            "settled": bool(rec and rec.settled),
        }


def result_of(rows: Rows, day: date) -> AnswersResult:
    """What the rows of an assessment lead to on a day."""
    return AnswersResult(knowledge(), answers_of(rows), day)
