"""A person who answers truthfully, for driving interviews."""

from __future__ import annotations

import random
from collections.abc import Mapping

import trellis
from tests.support import AS_OF, complete
from trellis.interview import Interview


def answer(interview: Interview, truth: Mapping[str, str]) -> None:
    """Answer the current question as the person would."""
    question = interview.current()
    assert question is not None
    if question.factors:
        interview.answer({factor: truth[factor] for factor in question.factors})
    elif question.screen.checklist:
        facts = interview.kb.facts
        interview.tick(
            [
                item.fact
                for item in question.screen.checklist
                if item.fact in question.facts
                and facts[item.fact].rank_of(truth[item.fact]) >= facts[item.fact].rank_of(item.at_least)
            ]
        )
    else:
        interview.answer({fact: truth[fact] for fact in question.facts})


def interviewed(kb: trellis.Knowledge, truth: Mapping[str, str], *, most: int = 120) -> Interview:
    """Ask until there is nothing more to ask."""
    interview = Interview(kb, AS_OF)
    for _ in range(most):
        if interview.current() is None:
            return interview
        answer(interview, truth)
    raise AssertionError(f"still asking after {most} screens: {interview.current()}")


def somebody(kb: trellis.Knowledge, seed: int, *, trouble: float) -> dict[str, str]:
    """A random complete person: each fact is not at its best with the chance ``trouble``."""
    rng = random.Random(seed)
    context = dict(rng.choice(kb.contexts))
    closed = kb.artefact.closed[list(kb.contexts).index(context)]
    answers: dict[str, str] = dict(context)
    lo = [0] * len(kb.facts)
    for number, fact in enumerate(kb.facts.values()):
        if number not in closed and fact.kind != "evaluation" and rng.random() < trouble:
            lo[number] = rng.randint(1, fact.top)
    changed = True
    while changed:
        changed = False
        for a, i, b, j in kb.artefact.implications:
            if lo[a] >= i and lo[b] < j:
                lo[b], changed = j, True
    for number, fact in enumerate(kb.facts.values()):
        if number not in closed and fact.kind != "evaluation":
            answers[fact.id] = fact.step_at(lo[number]).id
    return complete(kb, answers, {})
