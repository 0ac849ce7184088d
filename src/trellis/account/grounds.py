"""What made a need hold for this person: of a rule's alternatives only those that are true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trellis.decide import Recommendation
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer
from trellis.engine.node import TRUE, WITHIN, Node, evaluate


class Ground(NamedTuple):
    """A fact that brought a need, and the answer that was given to it."""

    fact: str
    answer: Answer


def said_of(rec: Recommendation, need: str) -> tuple[Ground, ...]:
    """What was said that brought a need: told in the place of all that could have brought it.

    What only follows from other answers was not said. Of several answers to one fact the worst is told, of those the
    latest, since that is the one that holds. What is asked in private is not repeated where others may read it.

    Args:
        rec: the recommendation.
        need: the id of a need.

    >>> import trellis
    >>> from datetime import date
    >>> answers = {"use.stimulants": "severe", "use.alcohol": "mild"}
    >>> rec = trellis.decide(trellis.load(), answers, as_of=date(2026, 11, 30))
    >>> [(one.fact, one.answer.value) for one in said_of(rec, "use-disorder-severe")]
    [('use.stimulants', 'severe')]
    """
    facts, given = rec.kb.facts, rec.provenance.answers
    found = []
    for name in grounds_of(rec, need):
        fact = facts[name]
        told = [one for one in given.get(name, ()) if one.value not in (NOT_KNOWN, DECLINED) and not one.at_most]
        if told and fact.private is None:
            ranked = [(fact.rank_of(str(one.value)), place) for place, one in enumerate(told)]
            found.append(Ground(name, told[max(ranked)[1]]))
    return tuple(found)


def grounds_of(rec: Recommendation, need: str) -> tuple[str, ...]:
    """The facts whose part in the condition of a need holds for certain, in the order of the condition, each once.

    Args:
        rec: the recommendation.
        need: the id of a need.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(
    ...     trellis.load(), {"use.stimulants": "severe", "use.alcohol": "mild"}, as_of=date(2026, 11, 30)
    ... )
    >>> grounds_of(rec, "use-disorder-severe")
    ('use.stimulants',)
    """
    _, _, lo, hi = rec.in_integers
    place = next(place for place, one in enumerate(rec.kb.need_list) if one.id == need)
    numbers = {number: name for name, number in rec.kb.reading[place]}
    found = [numbers[fact] for fact in _true(rec.kb.artefact.needs[place].node, lo, hi) if lo[fact] > 0]
    return tuple(dict.fromkeys(found))


def _true(node: Node, lo: Sequence[int], hi: Sequence[int]) -> Iterator[int]:
    if evaluate(node, lo, hi) != TRUE:
        return
    if node[0] == WITHIN:
        yield int(node[1])
        return
    for child in node[1:]:
        if isinstance(child, tuple):
            yield from _true(child, lo, hi)
