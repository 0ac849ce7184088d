"""The common way to give answers, read at once: one plain value for everything that applies, and nothing else.

Whoever answered all of it in plain values leaves no interval, no day and no source to weigh, so each fact is at one
rank, and that is looked up for all facts together. Anything else (an answer missing, dated, by somebody else, of
several, misspelt, or two that cannot both be true) is left to :func:`trellis.decide.answers.read_answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import getitem, itemgetter
from typing import Any, NamedTuple

from trellis.decide.lazy import lazy
from trellis.decide.parsing import Answer
from trellis.decide.reading import Reading, carry
from trellis.library.knowledge import Knowledge, once_per_knowledge


class WholeReading(Reading):
    """A :class:`Reading` of which only the ranks are known at once; the rest is worked out when somebody looks."""

    def __init__(self, kb: Knowledge, given: dict[str, str], ranks: list[int], context: int) -> None:
        self.lo = self.fresh_lo = ranks
        self.contexts = [context]
        self.latched, self.unanswerable = [], []
        self.standing, self.set_aside, self.expired, self.disagreements = [], [], [], []
        self.last = {}
        self._kb, self._given = kb, given

    @lazy
    def used(self) -> dict[str, tuple[Answer, ...]]:
        """The answers, as they are kept."""
        values = plain_answers(self._kb)
        return {fact: values[fact][value] for fact, value in self._given.items()}

    @lazy
    def hi(self) -> list[int]:
        """The worst each fact can be before the context closes any."""
        artefact, hi = self._kb.artefact, self.lo.copy()
        closed = artefact.closed[self.contexts[0]]
        for fact in closed:
            hi[fact] = artefact.tops[fact]
        if closed:
            carry(artefact, self.lo, hi)
        return hi

    def intervals(self, kb: Knowledge, context: int) -> tuple[list[int], list[int]]:  # noqa: ARG002 - there is but one
        """In the one context, every fact is known: those that do not apply there are at their best."""
        return self.lo, self.lo


class _Form(NamedTuple):
    """What is to be answered in one context, and how a whole set of answers is read there."""

    context: int
    answers: int
    values_of: Callable[[dict[str, str]], tuple[str, ...]]
    ranks: tuple[Mapping[str, int], ...]


class _Forms(NamedTuple):
    """The form of each context, found by the values of the factors."""

    context_of: Callable[[Mapping[str, str]], object]
    by_context: Mapping[object, _Form]


def read_whole(kb: Knowledge, answers: Mapping[str, Any]) -> WholeReading | None:
    """Read a whole set of plain answers; None when these are not one, and need a closer look."""
    if type(answers) is not dict:
        return None
    context_of, by_context = _forms(kb)
    try:
        context, asked, values_of, ranks_of = by_context[context_of(answers)]
        ranks = [*map(getitem, ranks_of, values_of(answers))]
    except (KeyError, TypeError):  # something is missing, is no such value, or is no plain value at all
        return None
    # As many answers as asked for, each of which is there: so there is no other, which would have to be looked at too.
    if len(answers) != asked or not kb.artefact.engine.obeys(ranks):
        return None
    return WholeReading(kb, answers.copy(), ranks, context)


@once_per_knowledge
def plain_answers(kb: Knowledge) -> dict[str, dict[str, tuple[Answer, ...]]]:
    """Per fact and context, what each of its values comes to when it is given plainly. Evaluations never are."""
    steps = {fact.id: fact.values for fact in kb.facts.values() if fact.kind != "evaluation"}
    steps |= {factor.id: tuple(step.id for step in factor.values) for factor in kb.factors.values()}
    return {name: {value: (Answer(value),) for value in values} for name, values in steps.items()}


@once_per_knowledge
def _forms(kb: Knowledge) -> _Forms:
    """How whole answers are read in each context; nothing where a fact that is not asked for is open all the same."""
    if not kb.factors:
        return _Forms(len, {})
    context_of = itemgetter(*kb.factors)
    starts = {fact: (low, high) for fact, low, high in kb.artefact.starts}
    unasked = {number for number, fact in enumerate(kb.facts.values()) if fact.kind == "evaluation"}
    if any(low != high for low, high in (starts.get(number, (0, 1)) for number in unasked)):
        return _Forms(context_of, {})
    usual = [place for place, closed in enumerate(kb.artefact.closed) if not closed & unasked]
    return _Forms(context_of, {context_of(kb.contexts[place]): _form(kb, place) for place in usual})


def _form(kb: Knowledge, context: int) -> _Form:
    factor = next(iter(kb.factors.values()))
    starts = {fact: low for fact, low, _ in kb.artefact.starts}
    names, ranks = [], []
    for number, fact in enumerate(kb.facts.values()):
        if fact.kind == "evaluation" or number in kb.artefact.closed[context]:
            # Nobody is asked. So that the ranks come out in their places, the answer to something else is looked up.
            names.append(factor.id)
            ranks.append({step.id: starts[number] if fact.kind == "evaluation" else 0 for step in factor.values})
        else:
            names.append(fact.id)
            ranks.append({value: fact.rank_of(value) for value in fact.values})
    asked = {*names, *kb.factors}
    return _Form(context, len(asked), itemgetter(*names, factor.id), tuple(ranks))
