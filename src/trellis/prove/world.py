"""One symbolic person: the compiled artefact read as logic."""

from __future__ import annotations

from typing import Any

import z3

from trellis.engine.artefact import Artefact
from trellis.engine.node import ALL, COUNT, WITHIN, Node
from trellis.prove.properties import Conclusion, EffectConclusion, RequirementConclusion


class World:
    """One symbolic person over an artefact."""

    def __init__(self, artefact: Artefact, name: str) -> None:
        self.artefact = artefact
        self.at_least = [
            [z3.BoolVal(True), *(z3.Bool(f"{name}:{fact}>={rank}") for rank in range(1, top + 1))]
            for fact, top in zip(artefact.facts, artefact.tops, strict=True)
        ]
        self.context = [z3.Bool(f"{name}:context{number}") for number in range(len(artefact.contexts))]
        self.active = [z3.And(self.formula(need.node), self.in_contexts(need.contexts)) for need in artefact.needs]
        self._requirement: dict[tuple[str, int, int], Any] = {}

    def rules(self) -> list[Any]:
        """What makes this a person at all: chains, implications, exactly one context, what the context closes."""
        rules: list[Any] = [z3.PbEq([(c, 1) for c in self.context], 1)]
        for steps in self.at_least:
            rules += [z3.Implies(steps[rank + 1], steps[rank]) for rank in range(1, len(steps) - 1)]
        for a, i, b, j in self.artefact.implications:
            rules.append(z3.Implies(self.at_least[a][i], self.at_least[b][j]))
        for number, closed in enumerate(self.artefact.closed):
            rules += [z3.Implies(self.context[number], z3.Not(self.at_least[fact][1])) for fact in closed]
        return rules

    def formula(self, node: Node) -> Any:
        """A compiled condition as logic."""
        if node[0] == WITHIN:
            _, fact, low, high = node
            upper = z3.BoolVal(True) if high >= self.artefact.tops[fact] else z3.Not(self.at_least[fact][high + 1])
            return z3.And(self.at_least[fact][low], upper)
        if node[0] == COUNT:
            return z3.PbGe([(self.formula(child), 1) for child in node[2:]], node[1])
        children = [self.formula(child) for child in node[1:]]
        return z3.And(children) if node[0] == ALL else z3.Or(children)

    def in_contexts(self, numbers: frozenset[int]) -> Any:
        """That the person's context is one of these."""
        return z3.BoolVal(True) if len(numbers) == len(self.context) else z3.Or([self.context[n] for n in numbers])

    def asks(self, phase: str, axis: int, step: int) -> Any:
        """That the requirement of ``hold``, ``now`` or ``next`` on an axis is at least a step."""
        if step <= 0:
            return z3.BoolVal(True)
        key = (phase, axis, step)
        if key not in self._requirement:
            self._requirement[key] = z3.Or(
                [self.active[place] for place, need in enumerate(self.artefact.needs) if need.asks(phase)[axis] >= step]
            )
        return self._requirement[key]

    def fits(self, phase: str, place: int) -> Any:
        """That a package admits the person and covers the requirement on every axis."""
        package = self.artefact.packages[place]
        exceeded = [
            self.asks(phase, axis, given + 1)
            for axis, given in enumerate(package.gives)
            if given < self.artefact.axis_tops[axis]
        ]
        return z3.And(self.in_contexts(package.contexts), z3.Not(z3.Or(exceeded)))

    def rank_at_least(self, phase: str, rank: int) -> Any:
        """That no package below a rank fits."""
        return z3.Not(self.rank_at_most(phase, rank - 1))

    def rank_at_most(self, phase: str, rank: int) -> Any:
        """That some package of this rank or below fits."""
        return z3.Or(
            [self.fits(phase, place) for place, package in enumerate(self.artefact.packages) if package.rank <= rank]
        )

    def others_best(self, named: frozenset[int]) -> Any:
        """That every fact not named is as good as the named ones allow, and that nobody has evaluated the person."""
        started = {fact: low for fact, low, _ in self.artefact.starts}
        implied: dict[tuple[int, int], list[Any]] = {}
        for a, i, b, j in self.artefact.implications:
            for rank in range(1, j + 1):
                implied.setdefault((b, rank), []).append(self.at_least[a][i])
        return z3.And(
            [
                self.at_least[fact][rank] == z3.BoolVal(rank <= started[fact])
                if fact in started
                else z3.Implies(self.at_least[fact][rank], z3.Or(implied.get((fact, rank), [])))
                for fact, top in enumerate(self.artefact.tops)
                if fact not in named
                for rank in range(1, top + 1)
            ]
        )

    def claim(self, claim: Conclusion) -> Any:
        """A claim of a property as logic."""
        if isinstance(claim, EffectConclusion):
            brought = z3.Or([self.active[place] for place in claim.needs])
            return brought if claim.present else z3.Not(brought)
        if isinstance(claim, RequirementConclusion):
            if claim.bound == "at_least":
                return self.asks(claim.phase, claim.axis, claim.step)
            if claim.step >= self.artefact.axis_tops[claim.axis]:
                return z3.BoolVal(True)
            return z3.Not(self.asks(claim.phase, claim.axis, claim.step + 1))
        if claim.bound == "at_least":
            return self.rank_at_least(claim.phase, claim.rank)
        return self.rank_at_most(claim.phase, claim.rank)
