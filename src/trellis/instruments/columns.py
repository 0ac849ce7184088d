"""Scoring many people at once: a column an item, a column a total, by the same rules as for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.model.errors import AnswerError, Problem
from trellis.model.instrument import Instrument, Scale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MISSING = -1
"""How a missing answer stands in a column of whole numbers. It is never counted as zero."""


@dataclass(frozen=True)
class ScoredColumns:
    """Totals of one scale for many people: the lowest and highest still possible; equal when nothing is missing."""

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    band_low: NDArray[np.int8]
    band_high: NDArray[np.int8]


def score_columns(instrument: Instrument, columns: Mapping[str, NDArray[np.integer]]) -> dict[str, ScoredColumns]:
    """Score every scale of an instrument for many people.

    Args:
        instrument: as loaded.
        columns: item id to an array of scores, shape ``(people,)``; ``-1`` where an answer is missing. An item left out
            is missing for everybody.

    Returns:
        per scale the ends of the possible totals, and the places of their bands (``-1`` where there are no bands). The
        ends are exact; between them not every total need be possible, so bands between the two are "not ruled out".

    Raises:
        AnswerError: columns differ in length, or hold a score that is no answer; it names the column and the first row.

    >>> import numpy as np
    >>> import trellis
    >>> phq2 = trellis.load().instruments["phq2"]
    >>> scored = score_columns(phq2, {"1": np.array([0, 3, 2]), "2": np.array([1, 3, -1])})["total"]
    >>> scored.low.tolist(), scored.high.tolist()
    ([1, 6, 2], [1, 6, 5])
    """
    import numpy as np

    names = [item.id for item in instrument.items]
    given = {name: np.asarray(column) for name, column in columns.items()}
    _check(instrument, given)
    size = len(next(iter(given.values()))) if given else 0
    nobody = np.full(size, MISSING, dtype=np.int8)
    answers = {name: given.get(name, nobody).astype(np.int8, copy=False) for name in names}
    for skip in instrument.skips:
        closed = np.isin(answers[skip.item], skip.scores)
        for name in skip.skips:
            answers[name] = np.where(closed & (answers[name] == MISSING), 0, answers[name]).astype(np.int8)
    return {scale.id: _score(instrument, scale, answers) for scale in instrument.scales if scale.items}


def _check(instrument: Instrument, given: Mapping[str, NDArray[np.integer]]) -> None:
    import numpy as np

    problems: list[Problem] = []
    names = [item.id for item in instrument.items]
    for name, column in given.items():
        where = f"{instrument.id}[{name}]"
        if name not in names:
            problems.append(
                Problem(where, f"{instrument.short} has no item [{name}].", f"Its items: {', '.join(names)}.")
            )
            continue
        if column.dtype.kind not in "iu":
            problems.append(Problem(where, f"holds [{column.dtype}].", "Give whole numbers; -1 where one is missing."))
            continue
        allowed = {*instrument.scores_of(name), MISSING}
        lowest, highest = (int(column.min()), int(column.max())) if column.size else (MISSING, MISSING)
        if not set(range(lowest, highest + 1)) <= allowed:
            wrong = np.flatnonzero(~np.isin(column, sorted(allowed)))
            if wrong.size:
                message = f"is [{column[wrong[0]]}] in row {int(wrong[0])}."
                problems.append(
                    Problem(where, message, f"Its answers score {sorted(allowed - {MISSING})}; -1 is missing.")
                )
    if len({len(column) for column in given.values()}) > 1:
        problems.append(Problem(instrument.id, "has columns of different lengths.", "Give one row a person."))
    if problems:
        raise AnswerError(problems)


def _score(instrument: Instrument, scale: Scale, answers: Mapping[str, NDArray[np.int8]]) -> ScoredColumns:
    import numpy as np

    ends = []
    for end in (0, -1):
        total: NDArray[np.int32] | None = None
        for name in scale.items:
            column = answers[name]
            if (column == MISSING).any():
                column = np.where(column == MISSING, instrument.scores_of(name)[end], column)
            if scale.method == "count":
                column = (column > 0).astype(np.int8)
            if total is None:
                total = column.astype(np.int32)
            elif scale.method == "highest":
                np.maximum(total, column, out=total)
            else:
                total += column
        ends.append(total if total is not None else np.zeros(0, dtype=np.int32))
    starts = np.array([band.from_ for band in scale.bands], dtype=np.int32)
    bands = [
        np.searchsorted(starts, end, side="right").astype(np.int8) - 1
        if starts.size
        else np.full(len(end), -1, np.int8)
        for end in ends
    ]
    return ScoredColumns(ends[0], ends[1], bands[0].astype(np.int8), bands[1].astype(np.int8))
