"""The compiled artefact: the whole knowledge as integers, the one thing that every reader reads.

Python (:mod:`trellis.decide`), the solver (:mod:`trellis.prove.solver`), JavaScript (``guide/assets/js/core``, as plain
data) and later columns all read :class:`Artefact`. It holds integers, tuples of integers and ids; never null, text,
fractions or dates as a value compared. Golden files in ``tests/golden`` hold every reader to the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, NoReturn

from trellis.model.condition import Node, to_python
from trellis.model.frozen import thawed
from trellis.model.need import PHASES

HOLD, ACUTE, ONGOING = range(3)
SLOTS = ("hold", "now", "next")
Ranks = Sequence[int]
Requirement = tuple[int, ...]


@dataclass(frozen=True)
class CompiledNeed:
    """A need in integers.

    Args:
        phase: ``HOLD``, ``ACUTE`` or ``ONGOING``; ``contexts`` those it applies in; ``node`` its condition.
        requires: what it requires on each axis, while it holds.
        afterwards: what it leaves to be done next: for an ongoing need the same, for an acute need that asks for
            care round the clock the care that follows such a stay, else nothing.
    """

    id: str
    phase: int
    contexts: frozenset[int]
    node: Node
    requires: Requirement
    afterwards: Requirement

    def asks(self, slot: str) -> Requirement:
        """What it asks in a slot: ``hold`` (until somebody has looked), ``now`` (acute and ongoing) or ``next``."""
        if slot == "next":
            return self.afterwards
        return self.requires if (slot == "hold") == (self.phase == HOLD) else (0,) * len(self.requires)


@dataclass(frozen=True)
class CompiledPackage:
    """A package in integers: its rank, what it gives on each axis, the contexts it admits."""

    id: str
    rank: int
    gives: Requirement
    contexts: frozenset[int]


@dataclass(frozen=True, repr=False)
class Artefact:
    """All that a decision needs, in integers.

    Args:
        facts: ids, in order; a fact's place is its number.
        tops: each fact's worst worse-rank.
        starts: ``(fact, lo, hi)`` for the facts that are not wholly open while nothing is told: evaluations.
        contexts: each context as one value number a factor.
        closed: per context, the facts that do not apply there and so are held at their best.
        implications: ``(a, i, b, j)``: fact ``a`` at least ``i`` implies fact ``b`` at least ``j``.
        axes: ids of the capability axes; ``axis_tops`` their top steps.
        needs: the needs, in order; a need's place is its bit in a mask.
        packages: in order of rank, and of declaration within a rank.
    """

    facts: tuple[str, ...]
    tops: tuple[int, ...]
    starts: tuple[tuple[int, int, int], ...]
    contexts: tuple[tuple[int, ...], ...]
    closed: tuple[frozenset[int], ...]
    implications: tuple[tuple[int, int, int, int], ...]
    axes: tuple[str, ...]
    axis_tops: tuple[int, ...]
    needs: tuple[CompiledNeed, ...]
    packages: tuple[CompiledPackage, ...]
    _engine: Engine = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_engine", Engine(self))

    def __repr__(self) -> str:
        return f"<Artefact: {len(self.facts)} facts, {len(self.needs)} needs, {len(self.packages)} packages>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Without the engine: what was compiled cannot be sent on, and is compiled anew.
        return Artefact, tuple(getattr(self, part.name) for part in fields(self) if part.init)

    @property
    def nothing(self) -> Requirement:
        """The requirement that asks for nothing."""
        return (0,) * len(self.axes)

    @property
    def engine(self) -> Engine:
        """The Python reader of this artefact."""
        return self._engine

    def to_json(self) -> dict[str, Any]:
        """The artefact as plain lists, for golden files and readers in other languages."""
        return {
            "version": 1,
            "facts": [[name, top] for name, top in zip(self.facts, self.tops, strict=True)],
            "starts": [list(start) for start in self.starts],
            "contexts": [list(context) for context in self.contexts],
            "closed": [sorted(facts) for facts in self.closed],
            "implications": [list(implication) for implication in self.implications],
            "axes": [[name, top] for name, top in zip(self.axes, self.axis_tops, strict=True)],
            "needs": [
                [n.id, n.phase, sorted(n.contexts), thawed(n.node), list(n.requires), list(n.afterwards)]
                for n in self.needs
            ],
            "packages": [[p.id, p.rank, list(p.gives), sorted(p.contexts)] for p in self.packages],
        }


def propagate(implications: Sequence[tuple[int, int, int, int]], lo: list[int], hi: list[int]) -> None:
    """Narrow intervals in place until every implication holds of both ends, both ways round.

    What is known to be bad makes its consequences bad; what is known to be good clears what would have implied worse.
    A contradiction is left as ``lo > hi`` for the caller to name.

    >>> lo, hi = [2, 0], [2, 3]
    >>> propagate([(0, 1, 1, 2)], lo, hi)
    >>> lo, hi
    ([2, 2], [2, 3])
    """
    changed = True
    while changed:
        changed = False
        for a, i, b, j in implications:
            if hi[b] < j and hi[a] >= i:
                hi[a] = i - 1
                changed = True
            elif lo[a] >= i and lo[b] < j:
                lo[b] = j
                changed = True


class Engine:
    """Evaluates an artefact at single points (one rank for every fact) at the speed of hand-written Python.

    The conditions are turned into one Python function; they hold integers only, so the text that is compiled cannot
    carry anything else. Requirements are read off bit masks: the highest step of an axis that any active need asks for.
    """

    active: Callable[[Ranks], int]
    obeys: Callable[[Ranks], bool]
    context_masks: tuple[int, ...]
    phase_masks: tuple[int, ...]
    fit: Callable[[Requirement, int], tuple[int, ...]]
    _steps: dict[str, tuple[tuple[tuple[int, int], ...], ...]]
    _packages: tuple[CompiledPackage, ...]

    def __init__(self, artefact: Artefact) -> None:
        vars(self).update(
            active=_compile_active(artefact),
            obeys=_compile_obeys(artefact),
            context_masks=tuple(
                _mask(place for place, need in enumerate(artefact.needs) if number in need.contexts)
                for number in range(len(artefact.contexts))
            ),
            phase_masks=tuple(
                _mask(place for place, need in enumerate(artefact.needs) if need.phase == phase)
                for phase in range(len(PHASES))
            ),
            fit=lru_cache(maxsize=20_000)(self._fit),
            _steps={slot: _step_masks(artefact, slot) for slot in SLOTS},
            _packages=artefact.packages,
        )

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("an engine is immutable")

    def requirement(self, active: int, slot: str) -> Requirement:
        """Per axis, the highest step that any need in the mask ``active`` asks for in a slot (a join)."""
        joined = []
        for steps in self._steps[slot]:
            for step, mask in steps:
                if active & mask:
                    joined.append(step)
                    break
            else:
                joined.append(0)
        return tuple(joined)

    def _fit(self, requirement: Requirement, context: int) -> tuple[int, ...]:
        """The places of the packages of lowest rank that cover ``requirement`` on every axis and admit ``context``."""
        fitting: list[int] = []
        for place, package in enumerate(self._packages):
            if fitting and package.rank > self._packages[fitting[0]].rank:
                break
            if context in package.contexts and covers(package.gives, requirement):
                fitting.append(place)
        return tuple(fitting)


def covers(gives: Requirement, requirement: Requirement) -> bool:
    """Whether a vector covers a requirement on every axis. Nothing is averaged.

    >>> covers((2, 1), (2, 0)), covers((9, 0), (0, 1))
    (True, False)
    """
    return all(given >= asked for given, asked in zip(gives, requirement, strict=True))


def bits(mask: int) -> list[int]:
    """The places of the bits that are set, in order.

    >>> bits(0b1011)
    [0, 1, 3]
    """
    places = []
    while mask:
        low = mask & -mask
        places.append(low.bit_length() - 1)
        mask ^= low
    return places


def _step_masks(artefact: Artefact, slot: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Per axis, from the top step down, the mask of the needs that ask for that step in a slot."""
    asked = [need.asks(slot) for need in artefact.needs]
    return tuple(
        tuple(
            (step, _mask(place for place, vector in enumerate(asked) if vector[axis] == step))
            for step in range(top, 0, -1)
            if any(vector[axis] == step for vector in asked)
        )
        for axis, top in enumerate(artefact.axis_tops)
    )


def _mask(places: Any) -> int:
    return sum(1 << place for place in places)


def _compile_active(artefact: Artefact) -> Callable[[Ranks], int]:
    lines = ["def active(r):", "    m = 0"]
    for place, need in enumerate(artefact.needs):
        lines.append(f"    if {to_python(need.node, artefact.tops)}: m |= {1 << place}")
    lines.append("    return m")
    return _compiled("active", lines)


def _compile_obeys(artefact: Artefact) -> Callable[[Ranks], bool]:
    """Whether a point obeys every implication."""
    kept = [f"(r[{a}]<{i} or r[{b}]>={j})" for a, i, b, j in artefact.implications]
    return _compiled("obeys", ["def obeys(r):", f"    return {' and '.join(kept) or 'True'}"])


def _compiled(name: str, lines: list[str]) -> Callable[[Ranks], Any]:
    space: dict[str, Any] = {"__builtins__": {}}
    exec(compile("\n".join(lines), f"<compiled {name}>", "exec"), space)  # noqa: S102 - integers only, see to_python
    function: Callable[[Ranks], Any] = space[name]
    return function
