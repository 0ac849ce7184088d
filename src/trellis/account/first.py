"""What is said before all else: below an answer at once, and on top of a result whatever is chosen. Ids only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trellis.decide import Recommendation
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer
from trellis.engine.artefact import bits
from trellis.kinds.told_first import First
from trellis.library.knowledge import Knowledge, once_per_knowledge

NEVER = 10**6
"""More hours, and less grave, than anything."""


def first_of(rec: Recommendation) -> tuple[str, ...]:
    """The lines that stand on top of a result, whatever is chosen: the soonest danger first.

    A line stands there when a need that brings it holds for certain, in whatever context is still open. Those whose
    needs tell of a danger come first, the gravest before; then by the hours within which somebody must look.

    Args:
        rec: the recommendation.

    Returns:
        ids of ``kb.first``.

    >>> import trellis
    >>> from datetime import date
    >>> answers = {"use.opioids": "severe", "use.opioid_medication": "not_taken"}
    >>> first_of(trellis.decide(trellis.load(), answers, as_of=date(2026, 11, 30)))
    ('naloxone', 'opioid-medicine')
    """
    kb = rec.kb
    standing = {kb.need_list[place].id for place in bits(rec.somewhere)}
    grave = list(kb.urgent)
    found = []
    for place, (name, needs) in enumerate(bringing(kb).items()):
        active = [kb.needs[need] for need in needs if need in standing]
        if active:
            dangers = [grave.index(need.urgent) for need in active if need.urgent]
            hours = [need.evaluate.within_hours for need in active if need.evaluate]
            found.append((min(dangers, default=NEVER), min(hours, default=NEVER), place, name))
    return tuple(name for *_, name in sorted(found))


@once_per_knowledge
def bringing(kb: Knowledge) -> dict[str, tuple[str, ...]]:
    """For each line that may stand on top, the needs that bring it, by themselves or by a service."""
    return {line.id: tuple(_bringing(kb, line)) for line in kb.first.values()}


def _bringing(kb: Knowledge, line: First) -> Iterable[str]:
    return (
        need.id
        for need in kb.needs.values()
        if need.id in line.needs or not set(need.services).isdisjoint(line.services)
    )


def at_once(kb: Knowledge, given: Mapping[str, Answer]) -> tuple[str, ...]:
    """What is said right below answers that were just given, in the order of the content.

    Args:
        kb: the knowledge.
        given: the answers to one question or list, each with its fact.

    Returns:
        ids of ``kb.at_once``.

    >>> import trellis
    >>> at_once(trellis.load(), {"harm.suicide_thoughts": Answer("wish")})
    ('suicide-thoughts',)
    >>> at_once(trellis.load(), {"harm.suicide_thoughts": Answer("not_known")})
    ('danger-not-sure',)
    """
    found = []
    for entry in kb.at_once.values():
        told = any(_tells(kb, name, step, given[name]) for name, step in entry.tells.items() if name in given)
        left = any(given[name].value in (NOT_KNOWN, DECLINED) for name in entry.left_open if name in given)
        if told or left:
            found.append(entry.id)
    return tuple(found)


def _tells(kb: Knowledge, name: str, step: str, answer: Answer) -> bool:
    fact = kb.facts[name]
    if answer.at_most or str(answer.value) not in fact.values:
        return False
    return fact.rank_of(str(answer.value)) >= fact.rank_of(step)
