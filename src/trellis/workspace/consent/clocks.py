"""The days by which others must be told of a breach (45 CFR 164.404 to 164.412): arithmetic alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trellis.workspace.consent.law import Provision, law


@dataclass(frozen=True)
class Clock:
    """One duty to tell.

    Args:
        whom: ``people``, ``secretary`` or ``media``.
        due: the last day; None where nothing is due, or where a number that decides it is not known.
        known: whether it is known that somebody must be told, or that nobody must.
        asked: where the law asks it.
    """

    whom: str
    due: date | None
    known: bool
    asked: Provision


def clocks(
    discovered: date, people: int | None, most_in_a_state: int | None, delay_until: date | None = None
) -> tuple[Clock, ...]:
    """The last days for telling the people, the Secretary and the media.

    Each is an outer limit: the law asks to tell without unreasonable delay. A delay that law enforcement asked for
    moves a day that falls before its end to the day after.

    Args:
        discovered: the first day on which it was known, or should have been.
        people: how many people it is about; None where that is not known yet.
        most_in_a_state: how many of them live in the state or jurisdiction where most live.
        delay_until: the last day of such a delay.

    >>> [str(one.due) for one in clocks(date(2026, 11, 30), 500, 501)]
    ['2027-01-29', '2027-01-29', '2027-01-29']
    >>> [str(one.due) for one in clocks(date(2026, 11, 30), 499, 499)]
    ['2027-01-29', '2027-03-01', 'None']
    """
    asked = {one.id: one for one in law().clocks}
    first = _later(discovered + timedelta(days=asked["people"].more["days"]), delay_until)
    large, small = asked["secretary_large"], asked["secretary_small"]
    told = [Clock("people", first, True, asked["people"])]
    if people is None:
        told.append(Clock("secretary", None, False, large))
    elif people >= large.more["at_least"]:
        told.append(Clock("secretary", first, True, large))
    else:
        year_end = date(discovered.year, 12, 31)
        told.append(Clock("secretary", year_end + timedelta(days=small.more["days"]), True, small))
    most = most_in_a_state if most_in_a_state is not None else people
    above = asked["media"].more["more_than"]
    if most is None or (most_in_a_state is None and most > above):
        told.append(Clock("media", first if most is not None else None, False, asked["media"]))
    else:
        told.append(Clock("media", first if most > above else None, True, asked["media"]))
    return tuple(told)


def _later(day: date, delay_until: date | None) -> date:
    return day if delay_until is None else max(day, delay_until + timedelta(days=1))
