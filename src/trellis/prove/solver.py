"""The proofs (Z3). The same artefact that decides is read as logic; a failure is shown as a person one can read.

A person is a set of booleans "fact ``f`` is at least ``t``", with the chains, the implications and one context. A
need is a formula over them; a requirement is at least a step when some active need asks for it; a package fits when
no axis asks for more than it gives. Every theorem is shown by asking the solver for a person who breaks it, and
finding that there is none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import z3

from trellis.engine.artefact import Artefact, propagate
from trellis.errors import KnowledgeError, Problem
from trellis.library.knowledge import Knowledge
from trellis.prove.faults import why_known
from trellis.prove.looked_at import evaluated, held
from trellis.prove.offered import offered
from trellis.prove.properties import Theorem, compile_property
from trellis.prove.prover import Prover, Verdict

KINDS = (
    "total", "monotone", "order", "reachable", "groups", "alone", "never", "both", "evaluated", "held", "property",
    "excluded", "stops", "offered",
)  # fmt: skip
"""The kinds of theorems, so that one of which a knowledge states nothing can be told."""


def prove(kb: Knowledge, *, tell: Callable[[Verdict], None] | None = None) -> list[Verdict]:
    """Prove everything of the knowledge: its structure, and every property.

    Args:
        kb: the knowledge, with the parameters to prove it for.
        tell: called with each result as it comes.

    Returns:
        one result a theorem; broken ones carry a person who breaks them, and why that is known where it is.

    Raises:
        KnowledgeError: a property is not well formed.
    """
    prover, known = Prover(kb), why_known(kb)
    results = []
    for result in _all(prover):
        if not result.proved and result.theorem in known:
            result = replace(result, known=known[result.theorem])
        results.append(result)
        if tell is not None:
            tell(result)
    return results


def _all(prover: Prover) -> Iterator[Verdict]:
    for theorems in (
        total, monotone_needs, monotone_whole, reachable, groups, alone, never_less, evaluated, held, stated,
        offered,
    ):  # fmt: skip
        yield from theorems(prover)


def total(prover: Prover) -> Iterator[Verdict]:
    """In every context, everybody is covered by some package."""
    top = prover.artefact.packages[-1].rank
    for number, context in enumerate(prover.kb.contexts):
        shown = ", ".join(context.values())
        for phase in ("now", "next"):
            broken = z3.And(prover.x.context[number], z3.Not(prover.x.rank_at_most(phase, top)))
            yield prover.refute(f"total {phase}: {shown}", f"Everybody ({shown}) is covered by some package.", broken)


def _worse(prover: Prover) -> list[Any]:
    """That the second person is nowhere better than the first."""
    return [
        z3.Implies(better, worse)
        for first, second in zip(prover.x.at_least, prover.y.at_least, strict=True)
        for better, worse in zip(first[1:], second[1:], strict=True)
    ]


def _same_context(prover: Prover) -> list[Any]:
    return [left == right for left, right in zip(prover.x.context, prover.y.context, strict=True)]


def monotone_needs(prover: Prover) -> Iterator[Verdict]:
    """No need is cleared by a fact getting worse."""
    prover.two.push()
    prover.two.add(*_worse(prover), *_same_context(prover))
    for place, need in enumerate(prover.artefact.needs):
        broken = z3.And(prover.x.active[place], z3.Not(prover.y.active[place]))
        yield prover.refute(f"monotone: {need.id}", f"Worse facts never clear [{need.id}].", broken, two=True)
    prover.two.pop()


def monotone_whole(prover: Prover) -> Iterator[Verdict]:
    """Worse facts never lower a requirement or a rank."""
    prover.two.push()
    prover.two.add(*_worse(prover), *_same_context(prover))
    for phase in ("hold", "now", "next"):
        for axis, name in enumerate(prover.artefact.axes):
            steps = range(1, prover.artefact.axis_tops[axis] + 1)
            broken = z3.Or(
                [z3.And(prover.x.asks(phase, axis, s), z3.Not(prover.y.asks(phase, axis, s))) for s in steps]
            )
            yield prover.refute(
                f"monotone {phase}: {name}", f"Worse facts never lower {name} ({phase}).", broken, two=True
            )
    for phase in ("now", "next"):
        ranks = sorted({package.rank for package in prover.artefact.packages})[1:]
        broken = z3.Or(
            [z3.And(prover.x.rank_at_least(phase, r), z3.Not(prover.y.rank_at_least(phase, r))) for r in ranks]
        )
        yield prover.refute(f"monotone {phase}: rank", f"Worse facts never lower the rank ({phase}).", broken, two=True)
    prover.two.pop()
    ranks = sorted({package.rank for package in prover.artefact.packages})[1:]
    broken = z3.Or([z3.And(prover.x.rank_at_least("next", r), z3.Not(prover.x.rank_at_least("now", r))) for r in ranks])
    yield prover.refute("order: next after now", "What comes next is never more restrictive than now.", broken)


def reachable(prover: Prover) -> Iterator[Verdict]:
    """Every setting and add-on is recommended to somebody."""
    for part in (*prover.kb.settings, *prover.kb.add_ons):
        places = [p for p, package in enumerate(prover.kb.packages.values()) if part in package.parts]
        wanted = z3.Or(
            [
                z3.And(prover.x.fits(phase, p), prover.x.rank_at_least(phase, prover.artefact.packages[p].rank))
                for p in places
                for phase in ("now", "next")
            ]
        )
        yield prover.exhibit(f"reachable: {part}", f"Somebody is recommended [{part}].", wanted)


def groups(prover: Prover) -> Iterator[Verdict]:
    """Care round the clock, outside a hold, only for one of the four groups; each group by itself can call for it."""
    asked = z3.Or(
        [
            prover.x.asks("now", number, _first_around_the_clock(axis))
            for number, axis in enumerate(prover.kb.axes.values())
        ]
    )
    grouped: dict[str, list[Any]] = {}
    for place, need in enumerate(prover.kb.needs.values()):
        if need.group is not None:
            grouped.setdefault(need.group, []).append(prover.x.active[place])
    every = [active for members in grouped.values() for active in members]
    says = "Care round the clock is asked for only when one of the four groups applies."
    yield prover.refute("groups: only these four", says, z3.And(asked, z3.Not(z3.Or(every))))
    for name, members in grouped.items():
        rest = [active for other, actives in grouped.items() if other != name for active in actives]
        wanted = z3.And(asked, z3.Or(members), z3.Not(z3.Or(rest)))
        yield prover.exhibit(f"groups: {name}", f"The group {name} by itself can call for it.", wanted)


def _first_around_the_clock(axis: Any) -> int:
    flagged = [number for number, step in enumerate(axis.steps) if step.around_the_clock]
    return flagged[0] if flagged else len(axis.steps)


def alone(prover: Prover) -> Iterator[Verdict]:
    """No score places alone; what ``never_places`` names changes the clinical level neither alone nor at all."""
    kb, x = prover.kb, prover.x
    clinical = [number for number, axis in enumerate(kb.axes.values()) if axis.clinical]
    for fact in kb.facts.values():
        if fact.kind == "score":
            broken = z3.And(
                x.others_best(frozenset({kb.number_of(fact.id)})),
                z3.Or([x.asks("now", n, _first_around_the_clock(axis)) for n, axis in enumerate(kb.axes.values())]),
            )
            says = f"The score [{fact.id}] alone never asks for care round the clock beyond a hold."
            yield prover.refute(f"alone: {fact.id}", says, broken)
    for stated in kb.never_places.values():
        asked = z3.Or([x.asks("now", axis, 1) for axis in clinical])
        broken = z3.And(x.others_best(frozenset({kb.number_of(stated.fact)})), asked)
        yield prover.refute(f"alone: {stated.fact}", f"[{stated.fact}] alone never raises a clinical axis.", broken)
    for stated in kb.never_places.values():
        if stated.whenever == "at_all":
            yield _never(prover, stated.fact, clinical)


def _never(prover: Prover, name: str, clinical: list[int]) -> Verdict:
    """Two people who differ in one fact only are asked for the same on every clinical axis."""
    x, y = prover.x, prover.y
    same = [
        left == right
        for place, (first, second) in enumerate(zip(x.at_least, y.at_least, strict=True))
        if place != prover.kb.number_of(name)
        for left, right in zip(first[1:], second[1:], strict=True)
    ]
    differ = z3.Or(
        [
            x.asks("now", axis, step) != y.asks("now", axis, step)
            for axis in clinical
            for step in range(1, prover.artefact.axis_tops[axis] + 1)
        ]
    )
    says = f"Whatever else is true, [{name}] changes no clinical axis."
    return prover.refute(f"never: {name}", says, z3.And(*same, *_same_context(prover), differ), two=True)


def never_less(prover: Prover) -> Iterator[Verdict]:
    """What ``never_less`` names, such as both conditions together, never gets less than another of its factor."""
    kb = prover.kb
    for stated in kb.never_less.values():
        for other in (step.id for step in kb.factors[stated.factor].values if step.id != stated.value):
            yield from _never_less_than(prover, stated.factor, stated.value, other)


def _never_less_than(prover: Prover, factor: str, value: str, other: str) -> Iterator[Verdict]:
    pairs = [
        z3.And(prover.x.context[i], prover.y.context[j])
        for i, one in enumerate(prover.kb.contexts)
        for j, more in enumerate(prover.kb.contexts)
        if one[factor] == other
        and more[factor] == value
        and {k: v for k, v in one.items() if k != factor} == {k: v for k, v in more.items() if k != factor}
    ]
    ranks = sorted({package.rank for package in prover.artefact.packages})[1:]
    for phase in ("now", "next"):
        lower = z3.Or(
            [z3.And(prover.x.rank_at_least(phase, r), z3.Not(prover.y.rank_at_least(phase, r))) for r in ranks]
        )
        says = f"{factor.capitalize()} {value} never gives less than {other} alone ({phase})."
        broken = z3.And(*_worse(prover), z3.Or(pairs), lower)
        yield prover.refute(f"both {phase}: {other}", says, broken, two=True)


def stated(prover: Prover) -> Iterator[Verdict]:
    """Every property: first that its premise can hold at all, then that nobody breaks it."""
    problems: list[Problem] = []
    kb = prover.kb
    theorems = [
        compile_property(kb, one, problems)
        for one in kb.properties.values()
        if all(kb.parameters.get(name) == value for name, value in one.parameters.items())
    ]
    if problems:
        raise KnowledgeError(problems)
    for theorem in theorems:
        yield _prove_property(prover, theorem)


def _prove_property(prover: Prover, theorem: Theorem) -> Verdict:
    started = time.perf_counter()
    x, solver = prover.x, prover.one
    solver.push()
    solver.add(x.formula(theorem.given), x.in_contexts(theorem.contexts))
    if theorem.others == "best":
        solver.add(x.others_best(theorem.named))
    if solver.check() != z3.sat:
        solver.pop()
        note = "the premise can never hold"
        return Verdict(f"property: {theorem.id}", theorem.says, False, {}, note, time.perf_counter() - started)
    solver.add(z3.Not(z3.And([x.claim(claim) for claim in theorem.claims])))
    answer = solver.check()
    person = prover.read(solver.model()) if answer == z3.sat else {}
    solver.pop()
    seconds = time.perf_counter() - started
    return Verdict(f"property: {theorem.id}", theorem.says, answer == z3.unsat, person, "", seconds)


def consistent(artefact: Artefact, ranks: Sequence[int]) -> bool:
    """Whether a point obeys every implication.

    >>> import trellis
    >>> artefact = trellis.load().artefact
    >>> consistent(artefact, [0] * len(artefact.facts)), consistent(artefact, artefact.tops)
    (True, True)
    """
    lo, hi = list(ranks), list(ranks)
    propagate(artefact.implications, lo, hi)
    return lo == hi == list(ranks)
