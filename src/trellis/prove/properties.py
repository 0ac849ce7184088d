"""Safety theorems as data: what is given, and the claims that must follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from trellis.engine.artefact import Artefact, propagate
from trellis.engine.node import ANY, Node
from trellis.errors import Problem, did_you_mean
from trellis.kinds import condition as conditions
from trellis.kinds.need import Property
from trellis.library.knowledge import Knowledge
from trellis.library.references import check_applies

Bound = Literal["at_least", "at_most"]
Effect = Literal["services", "urgent", "evaluate"]
PLACED = ("now", "next")


@dataclass(frozen=True)
class RequirementConclusion:
    """On one axis, the requirement of a phase (``hold``, ``now``, ``next``) is bounded by a step."""

    phase: str
    axis: int
    bound: Bound
    step: int


@dataclass(frozen=True)
class RankConclusion:
    """The rank of the recommended packages is bounded."""

    phase: str
    bound: Bound
    rank: int


@dataclass(frozen=True)
class EffectConclusion:
    """A service, an urgent text or an evaluator is among the results, or is not. ``needs`` are those that bring it."""

    effect: Effect
    name: str
    present: bool
    needs: frozenset[int]


Conclusion = RequirementConclusion | RankConclusion | EffectConclusion


@dataclass(frozen=True)
class Theorem:
    """A property, compiled: in which contexts, given what, which claims follow."""

    id: str
    says: str
    given: Node
    contexts: frozenset[int]
    named: frozenset[int]
    others: Literal["best", "any"]
    claims: tuple[Conclusion, ...]


def compile_property(kb: Knowledge, stated: Property, problems: list[Problem]) -> Theorem:
    """Compile one property; what is wrong with it is added to ``problems``."""
    where = f"properties.yaml [{stated.id}]"
    given = conditions.parse(stated.given, kb.facts, where, problems)
    named = conditions.facts_read(given)
    contexts = frozenset(
        number
        for number, context in enumerate(kb.contexts)
        if all(context.get(factor) in values for factor, values in stated.context.items())
    )
    check_applies(stated.context, kb.factors, where, problems)
    if not contexts:
        problems.append(Problem(where, f"no context is [{stated.context}].", "See context.yaml."))
    claims = [claim for key, body in stated.then.items() for claim in _claims(kb, key, body, where, problems)]
    if not claims:
        problems.append(Problem(where, "claims nothing.", "Say below then what must follow."))
    wrong = any(problem.where == where for problem in problems)
    node = (ANY,) if wrong else conditions.compile_condition(given, kb.numbers)
    numbers = frozenset(kb.number_of(name) for name in named)
    return Theorem(stated.id, stated.says, node, contexts, numbers, stated.others, tuple(claims))


def _claims(kb: Knowledge, key: str, body: Any, where: str, problems: list[Problem]) -> list[Conclusion]:
    if key in ("hold", *PLACED) and isinstance(body, dict):
        return [claim for axis, bounds in body.items() for claim in _bounds(kb, key, axis, bounds, where, problems)]
    if key in ("services", "urgent", "evaluate") and isinstance(body, dict) and set(body) <= {"has", "lacks"}:
        return [
            claim
            for present, verb in ((True, "has"), (False, "lacks"))
            for name in body.get(verb, [])
            for claim in _effect(kb, key, name, present, where, problems)
        ]
    problems.append(
        Problem(where, f"[{key}] with [{body}] is no claim.", "Use hold, now, next, services, urgent, evaluate.")
    )
    return []


def _bounds(kb: Knowledge, phase: str, axis: str, bounds: Any, where: str, problems: list[Problem]) -> list[Conclusion]:
    found: list[Conclusion] = []
    for bound, value in bounds.items() if isinstance(bounds, dict) else ():
        if bound not in ("at_least", "at_most"):
            problems.append(Problem(where, f"[{bound}] is no bound.", "Use at_least or at_most."))
        elif axis == "rank" and phase in PLACED:
            if value in kb.packages:
                found.append(RankConclusion(phase, bound, kb.packages[value].rank))
            else:
                problems.append(Problem(where, f"[{value}] is no package.", did_you_mean(value, kb.packages)))
        elif axis not in kb.axes:
            problems.append(Problem(where, f"[{axis}] is no axis.", did_you_mean(axis, [*kb.axes, "rank"])))
        elif value not in [step.id for step in kb.axes[axis].steps]:
            near = did_you_mean(str(value), [step.id for step in kb.axes[axis].steps])
            problems.append(Problem(where, f"axis [{axis}] has no step [{value}].", near))
        else:
            found.append(RequirementConclusion(phase, list(kb.axes).index(axis), bound, kb.axes[axis].rank_of(value)))
    return found


def _effect(
    kb: Knowledge, effect: str, name: str, present: bool, where: str, problems: list[Problem]
) -> list[Conclusion]:
    known = {"services": kb.services, "urgent": kb.urgent, "evaluate": kb.evaluators}[effect]
    if name not in known:
        problems.append(Problem(where, f"[{name}] is not among {effect}.", did_you_mean(name, known)))
        return []
    bringing = frozenset(
        place
        for place, need in enumerate(kb.needs.values())
        if (effect == "services" and name in need.services)
        or (effect == "urgent" and need.urgent == name)
        or (effect == "evaluate" and need.evaluate is not None and need.evaluate.by == name)
    )
    kinds: dict[str, Effect] = {"services": "services", "urgent": "urgent", "evaluate": "evaluate"}
    return [EffectConclusion(kinds[effect], name, present, bringing)]


def least_people(artefact: Artefact, points: Iterable[Mapping[int, int]], context: int) -> list[list[int]]:
    """The least consistent people for whom a monotone node holds, in one context; none where it cannot hold there.

    Args:
        artefact: the compiled knowledge.
        points: the node's `least_points`. They are the same in every context, so whoever asks for many makes them once.
        context: the number of the context.
    """
    people = []
    for point in points:
        if any(rank > 0 and fact in artefact.closed[context] for fact, rank in point.items()):
            continue
        lo = [point.get(number, 0) for number in range(len(artefact.facts))]
        hi = list(artefact.tops)
        propagate(artefact.implications, lo, hi)
        if all(best <= worst for best, worst in zip(lo, hi, strict=True)) and not any(
            lo[fact] for fact in artefact.closed[context]
        ):
            people.append(lo)
    return people


def holds_at(artefact: Artefact, claim: Conclusion, ranks: list[int], context: int) -> bool:
    """Whether a claim is true of one person: the plain reading, without a solver."""
    engine = artefact.engine
    active = engine.active(ranks) & engine.context_masks[context]
    if isinstance(claim, EffectConclusion):
        return claim.present == any(active >> place & 1 for place in claim.needs)
    requirement = engine.requirement(active, claim.phase)
    if isinstance(claim, RequirementConclusion):
        asked = requirement[claim.axis]
        return asked >= claim.step if claim.bound == "at_least" else asked <= claim.step
    rank = artefact.packages[engine.fit(requirement, context)[0]].rank
    return rank >= claim.rank if claim.bound == "at_least" else rank <= claim.rank


def is_lower(claim: Conclusion) -> bool:
    """Whether a claim, once true, stays true as facts get worse; then testing the least people is enough."""
    if isinstance(claim, EffectConclusion):
        return claim.present
    return claim.bound == "at_least"
