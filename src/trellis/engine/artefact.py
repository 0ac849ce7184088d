"""The compiled artefact: the whole knowledge as integers, the one thing that every reader reads.

Python (:mod:`trellis.decide`), the solver (:mod:`trellis.prove.solver`) and later columns all read :class:`Artefact`;
JavaScript (``guide/assets/js/core``) reads what :mod:`trellis.guide.core` makes of it. It holds integers, tuples of
integers and ids; never null, text, fractions or dates as a value compared. Golden files
in ``tests/golden`` hold every reader to the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, NoReturn

from trellis.engine.node import Node, to_python
from trellis.frozen import thawed

HOLD, ACUTE, ONGOING = PHASES = range(3)
SLOTS = ("hold", "now", "next")
Ranks = Sequence[int]
Requirement = tuple[int, ...]
Placed = tuple[Requirement, Requirement, Requirement, tuple[int, ...], tuple[int, ...]]


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
    carry anything else. What a need asks is packed into one integer, so that joining what several ask is an "or".
    """

    active: Callable[[Ranks], int]
    obeys: Callable[[Ranks], bool]
    context_masks: tuple[int, ...]
    phase_masks: tuple[int, ...]
    fit: Callable[[Requirement, int], tuple[int, ...]]
    unpacked: Callable[[int], tuple[Requirement, ...]]
    placed: Callable[[int, int], Placed]
    _asked: tuple[tuple[int, ...], ...]
    _axis_tops: tuple[int, ...]
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
                _mask(place for place, need in enumerate(artefact.needs) if need.phase == phase) for phase in PHASES
            ),
            fit=lru_cache(maxsize=20_000)(self._fit),
            unpacked=lru_cache(maxsize=20_000)(self._unpacked),
            placed=lru_cache(maxsize=20_000)(self._placed),
            _asked=_by_byte([_packed(need, artefact.axis_tops) for need in artefact.needs]),
            _axis_tops=artefact.axis_tops,
            _packages=artefact.packages,
        )

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("an engine is immutable")

    def joined(self, active: int) -> int:
        """What the needs in a mask ask together, in all slots, packed (a join)."""
        asked = 0
        for by_byte, byte in zip(self._asked, active.to_bytes(len(self._asked), "little"), strict=True):
            if byte:
                asked |= by_byte[byte]
        return asked

    def requirement(self, active: int, slot: str) -> Requirement:
        """Per axis, the highest step that any need in the mask ``active`` asks for in a slot."""
        return self.unpacked(self.joined(active))[SLOTS.index(slot)]

    def _unpacked(self, asked: int) -> tuple[Requirement, ...]:
        """The requirement in each of ``SLOTS``."""
        slots = []
        for _ in SLOTS:
            steps = []
            for top in self._axis_tops:
                steps.append((asked & ((1 << top) - 1)).bit_length())
                asked >>= top
            slots.append(tuple(steps))
        return tuple(slots)

    def _placed(self, asked: int, context: int) -> Placed:
        """What is asked in each of ``SLOTS``, with what fits now and next in a context."""
        hold, now, following = self.unpacked(asked)
        return hold, now, following, self.fit(now, context), self.fit(following, context)

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


def _packed(need: CompiledNeed, tops: Sequence[int]) -> int:
    """What a need asks in each slot on each axis, a step as so many bits in a row: so the higher step has the lower."""
    packed = place = 0
    for slot in SLOTS:
        for step, top in zip(need.asks(slot), tops, strict=True):
            packed |= ((1 << step) - 1) << place
            place += top
    return packed


def _by_byte(packed: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """For each eight needs in turn, what each choice of them asks together: a mask is joined a byte at a time."""
    tables = []
    for start in range(0, len(packed), 8):
        joined = [0]
        for one in packed[start : start + 8]:
            joined += [before | one for before in joined]
        tables.append(tuple(joined))
    return tuple(tables)


def _mask(places: Any) -> int:
    return sum(1 << place for place in places)


def _compile_active(artefact: Artefact) -> Callable[[Ranks], int]:
    lines = [*_unpacking("active", artefact), "    m = 0"]
    for place, need in enumerate(artefact.needs):
        lines.append(f"    if {_of_names(to_python(need.node, artefact.tops))}: m |= {1 << place}")
    lines.append("    return m")
    return _compiled("active", lines)


def _compile_obeys(artefact: Artefact) -> Callable[[Ranks], bool]:
    """Whether a point obeys every implication."""
    kept = [f"(r[{a}]<{i} or r[{b}]>={j})" for a, i, b, j in artefact.implications]
    return _compiled("obeys", ["def obeys(r):", f"    return {' and '.join(kept) or 'True'}"])


def _unpacking(function: str, artefact: Artefact) -> list[str]:
    """A function of ranks that gives each a name of its own first: names are read faster than places in a list."""
    return [f"def {function}(r):", f"    ({''.join(f'r{fact}, ' for fact in range(len(artefact.facts)))}) = r"]


def _of_names(expression: str) -> str:
    """``r[3]>=1`` as ``r3>=1``."""
    return expression.replace("[", "").replace("]", "")


def _compiled(name: str, lines: list[str]) -> Callable[[Ranks], Any]:
    space: dict[str, Any] = {"__builtins__": {}}
    exec(compile("\n".join(lines), f"<compiled {name}>", "exec"), space)  # noqa: S102 - integers only, see to_python
    function: Callable[[Ranks], Any] = space[name]
    return function
