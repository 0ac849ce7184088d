"""One solver that proves theorems of a knowledge, and what comes of each: proved, or broken by a person to look at."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import z3

from trellis.library.knowledge import Knowledge
from trellis.prove.world import World


@dataclass(frozen=True)
class Verdict:
    """One theorem: proved, or broken by a person.

    Args:
        theorem: which; ``says`` is it in words.
        proved: whether it holds.
        person: for one that does not, a person who breaks it, as ``{name: value}``; facts at their best are left out.
        note: what else to know, such as that the premise can never hold.
        seconds: how long it took.
        known: of one that does not hold, why that is known and waits to be mended; empty otherwise.
    """

    theorem: str
    says: str
    proved: bool
    person: dict[str, str]
    note: str
    seconds: float
    known: str = ""


class Prover:
    """Proves theorems of one knowledge, one after the other, with one solver."""

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb
        self.artefact = kb.artefact
        self.x, self.y = World(kb.artefact, "x"), World(kb.artefact, "y")
        self.one, self.two = z3.Solver(), z3.Solver()
        self.one.add(*self.x.rules())
        self.two.add(*self.x.rules(), *self.y.rules())

    def refute(self, theorem: str, says: str, broken: Any, *, two: bool = False) -> Verdict:
        """Prove a theorem by finding nobody (or no pair of people) for whom ``broken`` holds."""
        started = time.perf_counter()
        solver = self.two if two else self.one
        solver.push()
        solver.add(broken)
        answer = solver.check()
        person = self.read(solver.model()) if answer == z3.sat else {}
        solver.pop()
        note = "" if answer != z3.unknown else f"the solver gave up: {solver.reason_unknown()}"
        return Verdict(theorem, says, answer == z3.unsat, person, note, time.perf_counter() - started)

    def exhibit(self, theorem: str, says: str, wanted: Any) -> Verdict:
        """Prove that somebody exists."""
        started = time.perf_counter()
        self.one.push()
        self.one.add(wanted)
        found = self.one.check() == z3.sat
        self.one.pop()
        note = "" if found else "there is no such person"
        return Verdict(theorem, says, found, {}, note, time.perf_counter() - started)

    def read(self, model: Any) -> dict[str, str]:
        """A solver's person in the words of the knowledge; of a pair, the first."""
        person: dict[str, str] = {}
        for number, context in enumerate(self.kb.contexts):
            if z3.is_true(model.eval(self.x.context[number], model_completion=True)):
                person |= context
        for number, fact in enumerate(self.kb.facts.values()):
            steps = self.x.at_least[number]
            rank = sum(z3.is_true(model.eval(step, model_completion=True)) for step in steps[1:])
            if rank:
                person[fact.id] = fact.step_at(rank).id
        return person
