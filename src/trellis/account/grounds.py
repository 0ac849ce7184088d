"""What made a need hold for this person: of a rule's alternatives only those that are true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trellis.decide import Recommendation
from trellis.engine.node import TRUE, WITHIN, Node, evaluate


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
