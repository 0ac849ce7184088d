"""Change over time on one scale: reliable (better or worse), important, response, remission. Each with its source."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from trellis.errors import AnswerError, Problem
from trellis.instruments.score import band_of
from trellis.kinds.instrument import Instrument, Reliability, Scale, ScoreBand

RELIABLE = 1.96
"""The reliable change index beyond which a difference is unlikely (5 %) to be noise of measurement alone."""

Direction = Literal["better", "worse", "no_reliable_change", "unknown"]


@dataclass(frozen=True)
class ChangeRead:
    """How a change from ``first`` to ``last`` on a scale reads.

    ``points`` is positive when it is better, whichever way the scale runs. What cannot be said, for want of a published
    figure, is None.
    """

    instrument: Instrument
    scale: Scale
    first: int
    last: int
    points: int
    index: float | None
    reliable: Direction
    important: bool | None
    response: bool | None
    remission: bool | None

    @property
    def bands(self) -> tuple[ScoreBand | None, ScoreBand | None]:
        """The bands of the first and the last total."""
        return band_of(self.scale, self.first), band_of(self.scale, self.last)


def standard_error_of_difference(reliability: Reliability) -> float:
    """The standard error of a difference between two totals of one person: ``sd * sqrt(2 * (1 - r))``.

    Source: Jacobson & Truax 1991.

    >>> round(
    ...     standard_error_of_difference(
    ...         Reliability(sd=7.5, reliability=0.8, group={"en": "x"}, verified="seen", sources=[])
    ...     ),
    ...     2,
    ... )
    4.74
    """
    return reliability.sd * math.sqrt(2 * (1 - reliability.reliability))


def read_change(instrument: Instrument, scale: str, first: int, last: int) -> ChangeRead:
    """Read the change between two totals of one person.

    Args:
        instrument: as loaded.
        scale: the id of the scale, such as ``"total"``.
        first: the earlier total.
        last: the later total.

    Returns:
        the reliable change index and what it says, and whether it is an important difference, a response, a remission.

    Raises:
        AnswerError: a total lies outside the scale. KeyError: there is no such scale.

    >>> import trellis
    >>> found = read_change(trellis.load().instruments["phq9"], "total", 18, 4)
    >>> found.points, found.response, found.remission
    (14, True, True)
    """
    read = instrument.scale(scale)
    problems = [
        Problem(
            f"{instrument.id}[{name}]", f"is [{total}].", f"{instrument.short} goes from {read.low} to {read.high}."
        )
        for name, total in (("first", first), ("last", last))
        if not read.low <= total <= read.high
    ]
    if problems:
        raise AnswerError(problems)
    points = first - last if read.worse == "up" else last - first
    change = read.change
    index = points / standard_error_of_difference(change.reliability) if change and change.reliability else None
    return ChangeRead(
        instrument=instrument,
        scale=read,
        first=first,
        last=last,
        points=points,
        index=index,
        reliable=_direction(index),
        important=abs(points) >= change.important.points if change and change.important else None,
        response=_response(read, first, points),
        remission=_remission(read, last),
    )


def _direction(index: float | None) -> Direction:
    if index is None:
        return "unknown"
    if abs(index) < RELIABLE:
        return "no_reliable_change"
    return "better" if index > 0 else "worse"


def _response(scale: Scale, first: int, points: int) -> bool | None:
    if scale.change is None or scale.change.response_percent is None:
        return None
    room = first - scale.low if scale.worse == "up" else scale.high - first
    return room > 0 and 100 * points >= scale.change.response_percent.points * room


def _remission(scale: Scale, last: int) -> bool | None:
    if scale.change is None or scale.change.remission is None:
        return None
    limit = scale.change.remission.points
    return last <= limit if scale.worse == "up" else last >= limit
