"""Scoring many people at once: a column an item, a column a total, by the same rules as for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.errors import AnswerError, Problem
from trellis.instruments.score import score
from trellis.kinds.instrument import Instrument, Scale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.integer]

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
        AnswerError: columns differ in length, hold a score that is no answer, or one to an item that is not asked; it
            names the column and the first row.

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
    fits = max((max(instrument.scores_of(name)) for name in names), default=0) <= np.iinfo(np.int8).max
    kind = np.dtype(np.int8 if fits else np.int32)
    nobody = np.full(size, MISSING, dtype=kind)
    answers = {name: given.get(name, nobody).astype(kind, copy=False) for name in names}
    closed = _close(instrument, answers)
    scored = {scale.id: _score(instrument, scale, closed) for scale in instrument.scales if scale.items}
    return _one_by_one(instrument, answers, closed, scored) if instrument.skips else scored


def _close(instrument: Instrument, answers: Mapping[str, Column]) -> dict[str, Column]:
    """The answers with 0 where an item is not asked; refused where it has another answer all the same."""
    import numpy as np

    found = dict(answers)
    changed = True
    while changed:
        changed = False
        for skip in instrument.skips:
            closes = np.isin(found[skip.item], skip.scores)
            for name in skip.skips:
                wrong = np.flatnonzero(closes & (found[name] > 0))
                if wrong.size:
                    row = int(wrong[0])
                    message = f"is [{found[name][row]}] in row {row}, where item [{skip.item}] says it is not asked."
                    raise AnswerError([Problem(f"{instrument.id}[{name}]", message, "Correct one of the two.")])
                missing = closes & (found[name] == MISSING)
                if missing.any():
                    changed = True
                    found[name] = np.where(missing, 0, found[name]).astype(found[name].dtype)
    return found


def _one_by_one(
    instrument: Instrument,
    answers: Mapping[str, Column],
    closed: Mapping[str, Column],
    scored: dict[str, ScoredColumns],
) -> dict[str, ScoredColumns]:
    """Where an item is missing and others depend on it, the ends follow from the rules together: each pattern once."""
    import numpy as np

    rows = np.flatnonzero(np.any([column == MISSING for column in closed.values()], axis=0))
    if not rows.size:
        return scored
    patterns, which = np.unique(
        np.stack([answers[name][rows] for name in answers], axis=1), axis=0, return_inverse=True
    )
    found = [
        score(instrument, {n: int(v) for n, v in zip(answers, pattern, strict=True) if v != MISSING})
        for pattern in patterns
    ]
    for name, totals in scored.items():
        low, high = totals.low.copy(), totals.high.copy()
        low[rows] = np.array([one.scales[name].low for one in found])[which.reshape(-1)]
        high[rows] = np.array([one.scales[name].high for one in found])[which.reshape(-1)]
        scored[name] = _with_bands(instrument.scale(name), low, high)
    return scored


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


def _score(instrument: Instrument, scale: Scale, answers: Mapping[str, Column]) -> ScoredColumns:
    gaps = {name: answers[name] == MISSING for name in scale.items}
    gaps = {name: gap for name, gap in gaps.items() if gap.any()}
    low = _total(instrument, scale, answers, gaps, 0)
    return _with_bands(scale, low, _total(instrument, scale, answers, gaps, -1) if gaps else low)


def _total(
    instrument: Instrument, scale: Scale, answers: Mapping[str, Column], gaps: Mapping[str, NDArray[np.bool_]], end: int
) -> NDArray[np.int32]:
    """The totals with every gap at the least (``end`` 0) or the most (-1) that its item can have."""
    import numpy as np

    total = np.zeros(len(answers[scale.items[0]]), dtype=np.int32)
    for name in scale.items:
        column = answers[name]
        if name in gaps:
            column = np.where(gaps[name], instrument.scores_of(name)[end], column)
        if scale.method == "highest":
            np.maximum(total, column, out=total)
        else:
            total += column > 0 if scale.method == "count" else column
    return total


def _with_bands(scale: Scale, low: NDArray[np.int32], high: NDArray[np.int32]) -> ScoredColumns:
    below = _band(scale, low)
    return ScoredColumns(low, high, below, below if high is low else _band(scale, high))


def _band(scale: Scale, totals: NDArray[np.int32]) -> NDArray[np.int8]:
    import numpy as np

    if not scale.bands:
        return np.full(len(totals), -1, dtype=np.int8)
    # A table of every total there can be is read faster than a search among the bands.
    table = np.searchsorted([band.from_ for band in scale.bands], np.arange(scale.high + 1), side="right") - 1
    found: NDArray[np.int8] = table.astype(np.int8)[totals]
    return found
