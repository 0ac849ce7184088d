"""Proofs that somebody looks: whoever is asked into much care is evaluated, and every hold is served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3

from trellis.kinds.setting import Axis
from trellis.library.knowledge import Knowledge
from trellis.prove.prover import Prover, Verdict


def evaluated(prover: Prover) -> Iterator[Verdict]:
    """Whoever needs much care and has not been evaluated yet is: by this need, or by another that then holds as well.

    Much is care round the clock, and what the axes mark with ``evaluated``: a day program, daily withdrawal care.
    """
    kb, x = prover.kb, prover.x
    looks = z3.Or([x.active[place] for place, need in enumerate(kb.needs.values()) if need.evaluate is not None])
    not_yet = z3.And([x.at_least[fact][low] for fact, low, _ in prover.artefact.starts])
    for place, name in enumerate(kb.needs):
        if asks_for_much(kb, place):
            says = f"Whenever [{name}] holds, and nobody has evaluated the person, somebody is asked to."
            yield prover.refute(f"evaluated: {name}", says, z3.And(x.active[place], not_yet, z3.Not(looks)))


def asks_for_much(kb: Knowledge, place: int) -> bool:
    """Whether a need asks for care round the clock, or for so much that somebody is to look before it begins.

    Args:
        kb: the knowledge.
        place: the place of the need.

    >>> import trellis
    >>> kb = trellis.load()
    >>> [asks_for_much(kb, list(kb.needs).index(name)) for name in ("suicide-thoughts", "alcohol-withdrawal-moderate")]
    [False, True]
    """
    asked = kb.artefact.needs[place].requires
    return any(step >= _first_evaluated(axis) for step, axis in zip(asked, kb.axes.values(), strict=True))


def _first_evaluated(axis: Axis) -> int:
    marked = [number for number, step in enumerate(axis.steps) if step.around_the_clock or step.evaluated]
    return marked[0] if marked else len(axis.steps)


def held(prover: Prover) -> Iterator[Verdict]:
    """In every context one response gives all that a person's holds ask for together."""
    kb, x = prover.kb, prover.x
    served = z3.Or([_serves(prover, response.gives) for response in kb.responses.values()])
    for number, context in enumerate(kb.contexts):
        shown = ", ".join(context.values())
        says = f"Whatever is held for ({shown}), one response gives all of it."
        yield prover.refute(f"held: {shown}", says, z3.And(x.context[number], z3.Not(served)))


def _serves(prover: Prover, gives: Any) -> Any:
    """That a response gives what the holds ask for, on every axis."""
    exceeded = []
    for number, (name, axis) in enumerate(prover.kb.axes.items()):
        given = axis.rank_of(gives[name]) if name in gives else 0
        if given < len(axis.steps) - 1:
            exceeded.append(prover.x.asks("hold", number, given + 1))
    return z3.Not(z3.Or(exceeded))
