"""What comes out for one person, in short, and for which contexts the same does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

from trellis.decide import explain
from trellis.decide.ends import Ends, end_at
from trellis.decide.tables import tables_of
from trellis.engine.artefact import bits
from trellis.library.knowledge import Knowledge

Box = Mapping[str, tuple[str, ...]]
"""Contexts as factors with the values allowed; a factor left out may have any."""


@dataclass(frozen=True)
class Outcome:
    """What comes out for one person, by ids.

    Args:
        now: the packages placed now; ``next`` those that follow.
        hold: the responses that serve until somebody has looked.
        evaluate: who must look, and within how many hours.
        urgent: the danger texts shown.
        services: what is offered.
        needs: the needs that are active. What they are called changes nothing of what comes out.
    """

    now: tuple[str, ...]
    next: tuple[str, ...]
    hold: tuple[str, ...] = ()
    evaluate: tuple[tuple[str, int], ...] = ()
    urgent: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """What comes out as plain values, without what is empty and without the needs."""
        plain: dict[str, Any] = {
            "now": list(self.now), "next": list(self.next), "hold": list(self.hold), "evaluate": dict(self.evaluate),
            "urgent": list(self.urgent), "services": sorted(self.services),
        }  # fmt: skip
        return {name: value for name, value in plain.items() if value}

    def differs(self, read: Mapping[str, Any]) -> list[str]:
        """In which parts it is not what was read, each with both."""
        found = self.to_plain()
        return [
            f"{part.name}: read [{_shown(read.get(part.name))}], found [{_shown(found.get(part.name))}]"
            for part in fields(self)
            if part.name != "needs" and _sorted(read.get(part.name)) != _sorted(found.get(part.name))
        ]


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return sorted([value] if isinstance(value, str) else value or ()) or None


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{who} within {hours} h" for who, hours in value.items()) or "nothing"
    return value if isinstance(value, str) else ", ".join(value or ()) or "nothing"


def outcome_at(kb: Knowledge, ranks: Sequence[int], context: int) -> Outcome:
    """What comes out for a person of whom all is known.

    Args:
        kb: the knowledge.
        ranks: the worse-rank of every fact, in order; they obey the implications.
        context: the number of the context.

    >>> import trellis
    >>> kb = trellis.load()
    >>> outcome_at(kb, least(kb, {}, 0) or [], 0).to_plain()
    {'now': ['self_management'], 'next': ['self_management']}
    """
    end = end_at(kb.artefact, ranks, context)
    ends, tables = (Ends(end, end),), tables_of(kb)
    hold = explain.hold(kb, ends)
    packages = [package.id for package in kb.artefact.packages]
    return Outcome(
        now=tuple(packages[place] for place in end.now_fit),
        next=tuple(packages[place] for place in end.next_fit),
        hold=hold.responses if hold is not None else (),
        evaluate=tuple((view.by, view.within_hours) for view in explain.evaluations(kb, ends, tables)),
        urgent=tuple(name for name, mask in kb.urgent_masks if end.active & mask),
        services=tuple(view.id for view in explain.services(ends, tables, placements=())),
        needs=tuple(kb.artefact.needs[place].id for place in bits(end.active)),
    )


def least(kb: Knowledge, facts: Mapping[str, str], context: int) -> list[int] | None:
    """The best person with these facts at these steps: all else is as good as they allow, and nobody has evaluated.

    Args:
        kb: the knowledge.
        facts: per fact the step it is at.
        context: the number of the context.

    Returns:
        the worse-rank of every fact; None where a fact does not apply in the context, or they do not go together.
    """
    artefact = kb.artefact
    lo = [0] * len(artefact.facts)
    hi = list(artefact.tops)
    for number, low, _ in artefact.starts:
        lo[number] = low
    for name, step in facts.items():
        number = kb.number_of(name)
        lo[number] = hi[number] = kb.facts[name].rank_of(step)
    for number in artefact.closed[context]:
        hi[number] = 0
    _carry(kb, lo)
    return lo if all(low <= high for low, high in zip(lo, hi, strict=True)) else None


def _carry(kb: Knowledge, lo: list[int]) -> None:
    changed = True
    while changed:
        changed = False
        for a, i, b, j in kb.artefact.implications:
            if lo[a] >= i and lo[b] < j:
                lo[b] = j
                changed = True


def in_box(kb: Knowledge, box: Box) -> frozenset[int]:
    """The numbers of the contexts in a box."""
    return frozenset(
        number
        for number, context in enumerate(kb.contexts)
        if all(context.get(factor) in allowed for factor, allowed in box.items())
    )


def boxes(kb: Knowledge, contexts: Iterable[int], among: Iterable[int]) -> tuple[Box, ...]:
    """Contexts in as few words as can be: as boxes that, of those ``among`` which they stand, hold just them.

    Args:
        kb: the knowledge.
        contexts: their numbers.
        among: the numbers of all that could be meant; what is said holds of these only.

    Returns:
        boxes that together hold the contexts, the widest first; one without factors when all are meant.

    >>> import trellis
    >>> kb = trellis.load()
    >>> everybody = range(len(kb.contexts))
    >>> boxes(kb, everybody, everybody)
    ({},)
    >>> boxes(kb, [n for n in everybody if kb.contexts[n]["age"] != "adult"], everybody)
    ({'age': ('adolescent', 'older_adult')},)
    """
    left, wanted, possible = set(contexts), set(contexts), set(among)
    found: list[Box] = []
    while left:
        fitting = ((box, held & possible) for box, held in _all_boxes(kb) if held & possible <= wanted)
        best = max(fitting, key=lambda one: (len(one[1] & left), -sum(map(len, one[0].values()))))
        found.append(best[0])
        left -= best[1]
    return tuple(found)


def _all_boxes(kb: Knowledge) -> list[tuple[Box, frozenset[int]]]:
    kept: dict[object, Any] = kb._kept
    if _all_boxes not in kept:
        choices = [
            [(factor.id, values) for values in _subsets(tuple(step.id for step in factor.values))]
            for factor in kb.factors.values()
        ]
        every = [{name: values for name, values in chosen if values} for chosen in product(*choices)]
        kept[_all_boxes] = [(box, in_box(kb, box)) for box in every]
    found: list[tuple[Box, frozenset[int]]] = kept[_all_boxes]
    return found


def _subsets(values: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Nothing, which stands for any, and every choice of some but not all."""
    some = [
        tuple(value for place, value in enumerate(values) if chosen >> place & 1)
        for chosen in range(1, 2 ** len(values) - 1)
    ]
    return [(), *some]
