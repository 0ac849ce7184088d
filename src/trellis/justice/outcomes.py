"""Outcomes as they are defined once: what counts, within a window, on a clock that custody stops.

Days are counted from the day the clock begins, which is day 0. A stay in custody is from the day of admission up to the
day of release, which is a day outside again: ``[admission, release)``. So an event on the day of admission lies on the
last day outside, as an arrest does. What happens within a stay counts neither as an event nor as time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from trellis.kinds.justice import OutcomeDefinition

Status = Literal["event", "no_event", "not_yet_known"]
Trend = Literal["fewer", "same", "more", "not_known"]


@dataclass(frozen=True)
class Stay:
    """A stay in custody, from the day of admission up to the day of release; None while it goes on.

    Raises:
        ValueError: it ends before it begins.
    """

    admission: date
    release: date | None = None

    def __post_init__(self) -> None:
        if self.release is not None and self.release < self.admission:
            raise ValueError(f"a stay from [{self.admission}] cannot end on [{self.release}]")


def days_in_custody(begin: date, end: date, stays: Iterable[Stay]) -> int:
    """Days of ``[begin, end)`` that were spent in custody; days of overlapping stays count once.

    >>> days_in_custody(date(2026, 1, 1), date(2026, 2, 1), [Stay(date(2026, 1, 11), date(2026, 1, 21))])
    10
    """
    held, reached = 0, begin
    for stay in sorted(stays, key=lambda one: one.admission):
        first = max(stay.admission, reached)
        last = end if stay.release is None else min(stay.release, end)
        if last > first:
            held += (last - first).days
            reached = last
    return held


def days_at_risk(begin: date, end: date, stays: Iterable[Stay]) -> int:
    """Days of ``[begin, end)`` outside custody.

    Raises:
        ValueError: ``end`` lies before ``begin``.

    >>> days_at_risk(date(2026, 1, 1), date(2026, 2, 1), [Stay(date(2026, 1, 11), date(2026, 1, 21))])
    21
    """
    if end < begin:
        raise ValueError(f"time cannot run from [{begin}] to [{end}]")
    return (end - begin).days - days_in_custody(begin, end, stays)


def in_custody(day: date, stays: Iterable[Stay]) -> bool:
    """Whether a day lies within a stay: after the day of admission and before that of release."""
    return any(one.admission < day and (one.release is None or day < one.release) for one in stays)


class Observed(NamedTuple):
    """One outcome of one person within one window.

    Args:
        status: ``event``; ``no_event``, seen to the end of the window; ``not_yet_known``, seen for less.
        day: the day of the first event that counts; None without one.
        time: days on the clock until the event, the end of the window, or the last day that was seen.
        within_custody: events that lay within a stay, and so do not count.
    """

    status: Status
    day: date | None
    time: int
    within_custody: int = 0


def observe(
    definition: OutcomeDefinition,
    *,
    begin: date,
    seen_until: date,
    events: Iterable[date],
    stays: Iterable[Stay] = (),
    window: int,
) -> Observed:
    """Whether an outcome happened within a window. Not seen long enough is not known, and never no.

    Args:
        definition: the outcome; ``custody_out`` says whether custody stops its clock.
        begin: the day the clock begins; what lies before it does not count.
        seen_until: the last day of which the records tell.
        events: the days of events that meet ``definition.event``, in any order.
        stays: stays in custody, in any order; they may overlap.
        window: days on the clock, one of ``definition.windows``.

    Raises:
        ValueError: another window than the definition has, or records that end before the clock begins.

    >>> import trellis
    >>> arrest = trellis.load().of("outcome_definitions")["arrest"]
    >>> held = [Stay(date(2026, 2, 1), date(2026, 3, 1))]
    >>> observe(
    ...     arrest,
    ...     begin=date(2026, 1, 1),
    ...     seen_until=date(2026, 12, 31),
    ...     events=[date(2026, 4, 1)],
    ...     stays=held,
    ...     window=180,
    ... )
    Observed(status='event', day=datetime.date(2026, 4, 1), time=62, within_custody=0)
    """
    if window not in definition.windows:
        raise ValueError(f"[{definition.id}] is not reported within {window} days; it may be {definition.windows}")
    if seen_until < begin:
        raise ValueError(f"the records end on [{seen_until}], before the clock begins on [{begin}]")
    held = tuple(stays) if definition.custody_out else ()
    after = sorted(day for day in events if begin <= day <= seen_until)
    inside = sum(in_custody(day, held) for day in after)
    for day in after:
        if in_custody(day, held):
            continue
        time = days_at_risk(begin, day, held)
        if time > window:
            break
        return Observed("event", day, time, inside)
    seen = days_at_risk(begin, seen_until, held)
    return Observed("no_event" if seen >= window else "not_yet_known", None, min(seen, window), inside)


class Desisting(NamedTuple):
    """How new offenses go over equal times outside.

    Args:
        per_year: new offenses for a year outside, in each full stretch, the first first.
        since_last: days outside since the last new offense, or since the clock began.
        longest: the longest time outside without one, the present one included.
        trend: the last full stretch against the one before it.
    """

    per_year: tuple[float, ...]
    since_last: int
    longest: int
    trend: Trend


def desisting(
    *, begin: date, seen_until: date, offenses: Iterable[date], stays: Iterable[Stay] = (), stretch: int = 365
) -> Desisting:
    """Desistance as a process: how often, and how long without, over equal times outside.

    Args:
        begin: the day the clock begins.
        seen_until: the last day of which the records tell.
        offenses: days of new offenses, outside custody.
        stays: stays in custody; they stop the clock.
        stretch: days outside of each stretch; one that is not full is left out, since it would look better than it is.

    Raises:
        ValueError: the stretch is no day, or the records end before the clock begins.

    >>> days = [date(2024, 3, 1), date(2024, 9, 1), date(2025, 6, 1)]
    >>> desisting(begin=date(2024, 1, 1), seen_until=date(2026, 1, 1), offenses=days).trend
    'fewer'
    """
    if stretch < 1:
        raise ValueError(f"a stretch of [{stretch}] days is none")
    held = tuple(stays)
    total = days_at_risk(begin, seen_until, held)
    counted = sorted(day for day in offenses if begin <= day <= seen_until and not in_custody(day, held))
    clock = [days_at_risk(begin, day, held) for day in counted]
    full = total // stretch
    numbers = [sum(one * stretch <= time < (one + 1) * stretch for time in clock) for one in range(full)]
    marks = [0, *clock, total]
    longest = max(later - sooner for sooner, later in pairwise(marks))
    return Desisting(tuple(number * 365 / stretch for number in numbers), total - marks[-2], longest, _trend(numbers))


def _trend(numbers: list[int]) -> Trend:
    if len(numbers) < 2:
        return "not_known"
    before, last = numbers[-2:]
    return "fewer" if last < before else "more" if last > before else "same"


class Capital(NamedTuple):
    """Strengths that are there, that are not, and that nobody has asked about. There is no total."""

    there: tuple[str, ...]
    not_there: tuple[str, ...]
    not_asked: tuple[str, ...]


def capital(strengths: Iterable[str], answers: Mapping[str, str]) -> Capital:
    """Recovery capital from the strengths that were asked. What nobody asked is never counted as missing.

    >>> capital(["safe_home", "belonging"], {"safe_home": "yes"})
    Capital(there=('safe_home',), not_there=(), not_asked=('belonging',))
    """
    names = tuple(strengths)
    return Capital(
        tuple(name for name in names if answers.get(name) == "yes"),
        tuple(name for name in names if answers.get(name) == "no"),
        tuple(name for name in names if answers.get(name) not in ("yes", "no")),
    )
