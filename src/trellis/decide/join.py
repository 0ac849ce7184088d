"""How the answers to one fact join: what each says, how long it says it, and which of several counts.

The rules, which ``docs/how-it-decides.md`` tells as a table and ``tests/joining`` holds both readers to:

* a later answer of the same source replaces its earlier one; of two sources the worse one counts;
* "at least this bad" raises what is milder, and says nothing where what is known is as bad or worse;
* danger is not lowered by what is said later: only by an evaluation, or when its own window has passed;
* past its validity an answer is unknown again, and is told as expired; danger stays in force as last known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from trellis.kinds.fact import Fact


@dataclass(frozen=True)
class Disagreement:
    """Two sources that do not agree about a fact. The worse one counts, and both are shown."""

    fact: str
    values: tuple[str, ...]
    sources: tuple[str, ...]


class Expired(NamedTuple):
    """An answer that is too old to count: what it was, of which day, and the last day that it counted."""

    name: str
    value: str
    day: date
    until: date


class StandingDanger(NamedTuple):
    """Danger told on a day that stays in force, though its source says less now: until an evaluation, or a day."""

    fact: str
    value: str
    day: date
    until: date | None


class EvaluationFinding(NamedTuple):
    """What a professional found on a danger: who, when, what. It counts today."""

    fact: str
    value: str
    author: str
    day: date


class AnswerClaim(NamedTuple):
    """What one answer or number says of one fact, in worse-ranks: no better than ``low``, no worse than ``high``.

    Args:
        name: the fact or number that was answered; ``given`` the answer to it, ``value`` the step that it means.
        source: who said so; ``shown`` the same as a disagreement shows it. A number's source is never a person's own.
        date: the day it was said.
        author: who recorded it.
        own: it answers the fact itself; else it was worked out from a number or is a score.
    """

    low: int
    high: int
    name: str
    value: str
    given: str
    source: str
    shown: str
    date: date
    author: str = ""
    own: bool = True


class Joined(NamedTuple):
    """What all claims on one fact come to. ``counted`` are those that count; ``latched``: danger as last known."""

    low: int
    high: int
    counted: tuple[AnswerClaim, ...] = ()
    latched: bool = False
    standing: AnswerClaim | None = None
    expired: tuple[AnswerClaim, ...] = ()
    disagreement: Disagreement | None = None


def days_after(day: date, days: int) -> date:
    """A day so many days later, or the last that there is."""
    return day + timedelta(days=days) if (date.max - day).days >= days else date.max


def is_danger(fact: Fact, rank: int) -> bool:
    """Whether a worse-rank tells of danger that stays in force."""
    return fact.danger_rank is not None and rank >= fact.danger_rank


def age(claim: AnswerClaim, as_of: date) -> int:
    """How many days old a claim is."""
    return (as_of - claim.date).days


def is_fresh(fact: Fact, claim: AnswerClaim, as_of: date) -> bool:
    """Whether a claim is within the fact's validity."""
    return fact.valid_days is None or age(claim, as_of) <= fact.valid_days


def slid(fact: Fact, claim: AnswerClaim, as_of: date) -> AnswerClaim:
    """A claim on a scale of times ("in the past week") as it stands some days later.

    A step says that something happened within so many days. Once those have passed, it lies further back: the worst
    that can still be true is the worst step whose days reach back to the day it was told.

    >>> import trellis
    >>> fact = trellis.load().facts["harm.suicide_behaviour"]
    >>> rank = fact.rank_of("past_day")
    >>> told = AnswerClaim(rank, rank, fact.id, "past_day", "past_day", "self-report", "self-report", date(2026, 11, 1))
    >>> fact.step_at(slid(fact, told, date(2026, 11, 4)).low).id
    'past_week'
    """
    if not fact.slides:
        return claim
    days = age(claim, as_of)
    reach = [fact.within(rank) for rank in range(claim.low + 1)]
    low = max(rank for rank in range(claim.low + 1) if (limit := reach[rank]) is None or limit >= days)
    return claim if low == claim.low else claim._replace(low=low, high=low if claim.high == claim.low else claim.high)


def holds_until(fact: Fact, claim: AnswerClaim) -> date | None:
    """The last day on which danger stays in force whatever is said later; None on a scale of times, which slides."""
    if fact.slides:
        return None
    return days_after(claim.date, max(fact.window_days or 0, fact.valid_days or 0))


def _in_window(fact: Fact, claim: AnswerClaim, as_of: date) -> bool:
    until = holds_until(fact, claim)
    return until is None or as_of <= until


def _speaks_of_danger(fact: Fact, claim: AnswerClaim) -> bool:
    """Whether a claim says that there is danger, or that there is none; one that leaves both open says neither."""
    return is_danger(fact, claim.low) or not is_danger(fact, claim.high)


def _answered_since(fact: Fact, danger: AnswerClaim, claims: Sequence[AnswerClaim]) -> bool:
    """Whether it was said later that there is no such danger; of a number, that it was measured again and is better."""
    return any(
        claim.date > danger.date
        and (not is_danger(fact, claim.high) or (claim.source == danger.source and not claim.own))
        and not is_danger(fact, claim.low)
        for claim in claims
    )


Moved = list[tuple[AnswerClaim, bool]]
"""Claims as they stand today, each with whether an evaluation has dealt with it."""


def _still_danger(fact: Fact, moved: Moved, as_of: date) -> list[AnswerClaim]:
    """Danger in force: within its window, or as last known while nobody has said since that there is none."""
    every = [claim for claim, _ in moved]
    return [
        claim
        for claim, was_lowered in moved
        if is_danger(fact, claim.low)
        and not was_lowered
        and (_in_window(fact, claim, as_of) or not _answered_since(fact, claim, every))
    ]


def _dealt_with(fact: Fact, moved: Moved, as_of: date) -> list[AnswerClaim]:
    """Danger that an evaluation has dealt with: the month still had it, until somebody says otherwise."""
    every = [claim for claim, _ in moved]
    return [
        claim
        for claim, was_lowered in moved
        if is_danger(fact, claim.low)
        and was_lowered
        and fact.window_days is not None
        and _in_window(fact, claim, as_of)
        and not _answered_since(fact, claim, every)
    ]


def join(
    fact: Fact, claims: Sequence[AnswerClaim], as_of: date, lowered: frozenset[AnswerClaim] = frozenset()
) -> Joined:
    """Join all claims on one fact.

    Args:
        fact: the fact.
        claims: in the order given.
        as_of: the day of the decision.
        lowered: claims of danger that an evaluation has dealt with: they count like any other.
    """
    if fact.slides:
        moved = [(slid(fact, claim, as_of), claim in lowered) for claim in claims]
    else:
        moved = [(claim, claim in lowered) for claim in claims]
    latest: dict[str, date] = {}
    for claim, _ in moved:
        latest[claim.source] = max(latest.get(claim.source, claim.date), claim.date)
    last = [claim for claim, _ in moved if claim.date == latest[claim.source]]
    fresh = [claim for claim in last if is_fresh(fact, claim, as_of)]
    every = [claim for claim, _ in moved]
    held, past = _still_danger(fact, moved, as_of), _dealt_with(fact, moved, as_of)
    counted = [claim for claim in every if claim in fresh or claim in held or claim in past]
    if not counted:
        low = max((claim.low for claim in last), default=0) if fact.slides else 0  # what has happened stays true
        return Joined(low, fact.top, tuple(last) if low else (), expired=tuple(last))
    only_held = [claim for claim in held if claim not in fresh]
    bounds = [claim if claim in fresh else claim._replace(high=fact.top) for claim in counted]
    exact = [claim.high for claim in bounds if claim.low == claim.high]
    low = max(claim.low for claim in bounds)
    high = max(low, max(exact) if exact else min(claim.high for claim in bounds))
    spoken = [claim for claim in fresh if _speaks_of_danger(fact, claim)]
    standing = next((c for c in only_held if spoken and c.low == low and all(f.low < low for f in spoken)), None)
    return Joined(
        low,
        high,
        tuple(counted),
        latched=bool(only_held) and not any(_speaks_of_danger(fact, claim) for claim in fresh),
        standing=standing,
        disagreement=_disagreement(fact, bounds, low, standing),
    )


def _disagreement(fact: Fact, bounds: list[AnswerClaim], low: int, standing: AnswerClaim | None) -> Disagreement | None:
    """The claims that cannot be true together with the one that counts. A source that says less now is a change."""
    against = [claim for claim in bounds if claim.high < low]
    if standing is not None:
        against = [claim for claim in against if claim.source != standing.source]
    if not against:
        return None
    return disagreement(fact.id, ((c.value, c.shown) for c in bounds if c in against or c.low == low))


def disagreement(fact: str, said: Iterable[tuple[str, str]]) -> Disagreement:
    """A disagreement, of what was said by whom, each once."""
    pairs = dict.fromkeys(said)
    return Disagreement(fact, tuple(value for value, _ in pairs), tuple(shown for _, shown in pairs))
