"""Pairs that guidelines name together: two or three facts at steps, all else at its best, and what a source asks then.

What is expected is written from a source, before anybody looks at what comes out. A pair that comes out otherwise
carries ``waiting``: what is wrong today. When it no longer is, the entry fails until that word is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.frozen import EMPTY
from trellis.kinds.shape import Field, FrozenMap
from trellis.kinds.text import Day, Frozen
from trellis.library.knowledge import Knowledge
from trellis.prove.outcome import Outcome, in_box, least, outcome_at
from trellis.prove.readings import read_file


class Cite(Frozen):
    """Where it stands: a source of the knowledge (``ref``), or one by ``title`` and ``address``; how it was seen."""

    ref: str = ""
    title: str = ""
    address: str = ""
    at: str = ""
    verified: Literal["seen", "secondary", "memory"] = "seen"


class Seen(Frozen):
    """Somebody looks within so many hours, or not sooner than that; ``by``: one of these, anybody when left out."""

    within_hours: int | None = None
    not_sooner_than: int | None = None
    by: tuple[str, ...] = ()


class Expected(Frozen):
    """What a source asks for, as bounds. What is not named may be anything.

    ``now`` and ``next`` are bounds by rank, such as ``{at_least: iop, at_most: php}``; ``axes`` the least that is given
    now on an axis, or the most. ``evaluate`` says who looks and how soon, or ``nobody``.
    """

    now: FrozenMap[Literal["at_least", "at_most"], str] = EMPTY
    next: FrozenMap[Literal["at_least", "at_most"], str] = EMPTY
    axes: FrozenMap[str, FrozenMap[Literal["at_least", "at_most"], str]] = EMPTY
    evaluate: Seen | Literal["nobody"] | None = None
    urgent: FrozenMap[Literal["has", "lacks"], tuple[str, ...]] = EMPTY
    services: FrozenMap[Literal["has", "lacks"], tuple[str, ...]] = EMPTY


class NamedPair(Frozen):
    """Facts that a source names together, and what it asks. ``who``: in which contexts; everybody when left out."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    facts: FrozenMap[str, str] = Field(min_length=1)
    who: FrozenMap[str, tuple[str, ...]] = EMPTY
    expect: Expected
    because: str
    sources: tuple[Cite, ...] = Field(min_length=1)
    on: Day
    waiting: str = ""


class Pairs(Frozen):
    """A file of pairs."""

    about: str
    pairs: tuple[NamedPair, ...]


@dataclass(frozen=True)
class Tried:
    """A pair that was tried: what came out, per outcome its contexts, and what is otherwise than expected."""

    pair: NamedPair
    found: tuple[tuple[Outcome, frozenset[int]], ...]
    among: frozenset[int]
    wrong: tuple[str, ...]

    @property
    def fails(self) -> str:
        """Why it fails, in words; empty when it does not."""
        if self.wrong and not self.pair.waiting:
            return "; ".join(self.wrong)
        if self.pair.waiting and not self.wrong:
            return "comes out as the source asks; take out `waiting`"
        return ""


def read_pairs(path: Path) -> Pairs:
    """Read a file of pairs.

    Raises:
        AnswerError: there is no such file, or it is not of the form; it names every fault.
    """
    return read_file(path, Pairs)


def tried(kb: Knowledge, pairs: Pairs) -> tuple[Tried, ...]:
    """Every pair, tried in every context that it is about.

    Raises:
        AnswerError: a pair names what the knowledge has not, or its facts never go together; each is named.
    """
    problems = [problem for pair in pairs.pairs for problem in _problems(kb, pair)]
    if problems:
        raise AnswerError(problems)
    results = [_tried(kb, pair) for pair in pairs.pairs]
    nobody = [one.pair.id for one in results if not one.among]
    if nobody:
        what = "its facts apply to nobody, or do not go together."
        raise AnswerError([Problem(name, what, "Change the facts or who it is about.") for name in nobody])
    return tuple(results)


def _tried(kb: Knowledge, pair: NamedPair) -> Tried:
    points = {number: least(kb, pair.facts, number) for number in sorted(in_box(kb, pair.who))}
    found: dict[Outcome, list[int]] = {}
    for number, ranks in points.items():
        if ranks is not None:
            found.setdefault(outcome_at(kb, ranks, number), []).append(number)
    wrong = dict.fromkeys(one for outcome in found for one in _wrong(kb, pair.expect, outcome))
    among = frozenset(number for several in found.values() for number in several)
    return Tried(pair, tuple((o, frozenset(numbers)) for o, numbers in found.items()), among, tuple(wrong))


def _wrong(kb: Knowledge, expect: Expected, outcome: Outcome) -> Iterator[str]:
    for slot, bounds in (("now", expect.now), ("next", expect.next)):
        placed = getattr(outcome, slot)
        for bound, package in bounds.items():
            rank, asked = kb.packages[placed[0]].rank, kb.packages[package].rank
            if (rank < asked) if bound == "at_least" else (rank > asked):
                yield f"{slot}: {bound} {package} was expected, found {' or '.join(placed)}"
    for axis, bounds in expect.axes.items():
        number = list(kb.axes).index(axis)
        steps = kb.axes[axis].steps
        given = [kb.packages[package].gives[number] for package in outcome.now]
        for bound, step in bounds.items():
            asked = kb.axes[axis].rank_of(step)
            if any((one < asked) if bound == "at_least" else (one > asked) for one in given):
                yield f"{axis}: {bound} {step} was expected, found {steps[min(given)].id}"
    yield from _wrongly_seen(expect.evaluate, outcome)
    for part, bounds_of in (("urgent", expect.urgent), ("services", expect.services)):
        there = getattr(outcome, part)
        yield from (f"{part}: {name} is missing" for name in bounds_of.get("has", ()) if name not in there)
        yield from (f"{part}: {name} is there" for name in bounds_of.get("lacks", ()) if name in there)


def _wrongly_seen(expected: Seen | str | None, outcome: Outcome) -> Iterator[str]:
    told = ", ".join(f"{who} within {hours} h" for who, hours in outcome.evaluate) or "nobody"
    if isinstance(expected, Seen):
        hours = [hours for who, hours in outcome.evaluate if not expected.by or who in expected.by]
        if expected.within_hours is not None and (not hours or min(hours) > expected.within_hours):
            by = f" by {' or '.join(expected.by)}" if expected.by else ""
            yield f"evaluate: within {expected.within_hours} h{by} was expected, found {told}"
        if expected.not_sooner_than is not None and hours and min(hours) < expected.not_sooner_than:
            yield f"evaluate: not within {expected.not_sooner_than} h was expected, found {told}"
    elif expected == "nobody" and outcome.evaluate:
        yield f"evaluate: nobody was expected, found {told}"


def _problems(kb: Knowledge, pair: NamedPair) -> Iterator[Problem]:
    def unknown(where: str, name: str, known: object) -> Problem:
        near = did_you_mean(name, list(known))  # type: ignore[call-overload]
        return Problem(f"{pair.id}: {where}", f"[{name}] is not known.", near)

    for fact, step in pair.facts.items():
        if fact not in kb.facts:
            yield unknown("facts", fact, kb.facts)
        elif step not in kb.facts[fact].values:
            yield unknown(f"facts: {fact}", step, kb.facts[fact].values)
    for factor, values in pair.who.items():
        if factor not in kb.factors:
            yield unknown("who", factor, kb.factors)
        else:
            known = [one.id for one in kb.factors[factor].values]
            yield from (unknown(f"who: {factor}", value, known) for value in values if value not in known)
    expect = pair.expect
    for package in (*expect.now.values(), *expect.next.values()):
        if package not in kb.packages:
            yield unknown("expect", package, kb.packages)
    for axis, bounds in expect.axes.items():
        if axis not in kb.axes:
            yield unknown("expect: axes", axis, kb.axes)
        else:
            steps = [one.id for one in kb.axes[axis].steps]
            yield from (unknown(f"expect: {axis}", step, steps) for step in bounds.values() if step not in steps)
    for part, known_names in (("urgent", kb.urgent), ("services", kb.services)):
        for names in getattr(expect, part).values():
            yield from (unknown(f"expect: {part}", name, known_names) for name in names if name not in known_names)
    if isinstance(expect.evaluate, Seen):
        yield from (
            unknown("expect: evaluate", by, kb.evaluators) for by in expect.evaluate.by if by not in kb.evaluators
        )
    for cite in pair.sources:
        if cite.ref and cite.ref not in kb.sources:
            yield unknown("sources", cite.ref, kb.sources)
        if not cite.ref and not (cite.title and cite.address):
            yield Problem(
                f"{pair.id}: sources", "has neither a ref nor a title with its address.", "Say where it stands."
            )
