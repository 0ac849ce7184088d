"""From a scored instrument to facts of the core. An instrument only raises: a low score clears nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trellis.decide.parsing import Answer, AnswerLike
from trellis.instruments.score import Scored
from trellis.kinds.fact import Band
from trellis.kinds.instrument import Derives
from trellis.library.knowledge import Knowledge


def answers_from(kb: Knowledge, scored: Scored, *, on: date | None = None, author: str = "") -> dict[str, Answer]:
    """The answers that a scored instrument gives, ready for :func:`trellis.decide`.

    An item's answer raises the fact that says the same thing. A total feeds its input when it is exact; while items are
    missing, the lowest total still possible raises the fact that the input would have raised.

    Args:
        kb: the knowledge.
        scored: from :func:`trellis.instruments.score` or :func:`trellis.instruments.typed`.
        on: the day it was filled in.
        author: who recorded it.

    >>> import trellis
    >>> from trellis.instruments import score
    >>> kb = trellis.load()
    >>> found = answers_from(kb, score(kb.instruments["phq9"], {str(n): 2 for n in range(1, 10)}))
    >>> found["input.phq9"].value, found["harm.suicide_thoughts"].value, found["harm.suicide_thoughts"].at_least
    (18, 'wish', True)
    """
    found: dict[str, Answer] = {}
    for rule in scored.instrument.derives:
        if rule.to in kb.inputs:
            _feed_input(kb, scored, rule, on, author, found)
            continue
        value = _value_of(scored, rule)
        if value is None or rule.from_ is None or rule.step is None or value < rule.from_:
            continue
        which = f", item {rule.item}" if rule.item is not None else ""
        answer = Answer(rule.step, f"{scored.instrument.short}{which}", on, author, at_least=True)
        _raise(kb, found, rule.to, answer)
    return found


def add_answers(answers: Mapping[str, AnswerLike], found: Mapping[str, Answer]) -> dict[str, Any]:
    """Join what an instrument gives to answers already there; both are kept, and the worse one counts.

    >>> add_answers({"harm.hopelessness": "no"}, {"harm.hopelessness": Answer("yes", "PHQ-9")})["harm.hopelessness"]
    ['no', Answer(value='yes', source='PHQ-9', date=None, author='', at_least=False, at_most=False)]
    """
    joined: dict[str, Any] = dict(answers)
    for name, answer in found.items():
        before = joined.get(name)
        several = [] if before is None else list(before) if isinstance(before, (list, tuple)) else [before]
        joined[name] = [*several, answer] if several else answer
    return joined


def _value_of(scored: Scored, rule: Derives) -> int | None:
    if rule.item is not None:
        return scored.answers.get(rule.item)
    score = scored.scales.get(rule.scale or "")
    return None if score is None else score.low


def _feed_input(
    kb: Knowledge, scored: Scored, rule: Derives, on: date | None, author: str, found: dict[str, Answer]
) -> None:
    score = scored.scales.get(rule.scale or "")
    if score is None:
        return
    if score.total is not None:
        found[rule.to] = Answer(score.total, scored.instrument.short, on, author)
        return
    missing = "1 item" if len(score.missing) == 1 else f"{len(score.missing)} items"
    source = f"{scored.instrument.short}, {missing} missing"
    for derivation in kb.derivations:
        if derivation.from_ != rule.to or derivation.effect not in ("raises", "bands"):
            continue
        reached = [band.step for band in derivation.bands if _reached(band, score.low)]
        if reached:
            _raise(kb, found, derivation.to, Answer(reached[-1], source, on, author, at_least=True))


def _reached(band: Band, total: int) -> bool:
    if isinstance(band.from_, (int, float)):
        return total >= band.from_
    return isinstance(band.above, (int, float)) and total > band.above


def _raise(kb: Knowledge, found: dict[str, Answer], fact: str, answer: Answer) -> None:
    before = found.get(fact)
    rank = kb.facts[fact].rank_of
    if before is None or rank(str(answer.value)) > rank(str(before.value)):
        found[fact] = answer
