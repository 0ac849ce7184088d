"""Scoring many people at once: a million filled-in PHQ-9 as columns, next to numpy by hand.

Alone: ``python -m benchmarks.scoring [--quick]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

import trellis
from benchmarks.measure import Figure, in_rounds, limit, median
from trellis.instruments.columns import MISSING, score_columns

PEOPLE, PEOPLE_QUICK = 1_000_000, 100_000
ROUNDS, ROUNDS_QUICK = 9, 3
AT_MOST = 3.0
"""How many times the time of numpy by hand it may take: it also checks every answer and keeps what is missing."""
MISSING_SHARE = 0.02
BANDS = np.digitize(np.arange(28), [5, 10, 15, 20]).astype(np.int8)
TRELLIS, BY_HAND = "Trellis, checked, with bands", "numpy by hand: sum, and bands from a table"
GAPS = "Trellis, 2 % of answers missing: both ends"


def by_hand(columns: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """What somebody types who knows that nothing is missing and nothing is wrong."""
    total = np.zeros(len(columns["1"]), dtype=np.int32)
    for column in columns.values():
        total += column
    return total, BANDS[total]


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    people, rounds = (PEOPLE_QUICK, ROUNDS_QUICK) if quick else (PEOPLE, ROUNDS)
    phq9 = trellis.load().instruments["phq9"]
    chance = np.random.default_rng(2026)
    whole = {str(n): chance.integers(0, 4, people).astype(np.int8) for n in range(1, 10)}
    gaps = {
        name: np.where(chance.random(people) < MISSING_SHARE, MISSING, c).astype(np.int8) for name, c in whole.items()
    }
    contestants: dict[str, Callable[[], object]] = {
        TRELLIS: lambda: score_columns(phq9, whole),
        BY_HAND: lambda: by_hand(whole),
        GAPS: lambda: score_columns(phq9, gaps),
    }
    taken = in_rounds({name: [call] * rounds for name, call in contestants.items()})
    figure = Figure(
        "scoring",
        f"Scoring {people:,} PHQ-9 as columns: milliseconds, {rounds} rounds",
        ("", "median", "least", "most", "million people a second"),
    )
    for name, seconds in taken.items():
        each = [one * 1e3 for one in seconds]
        speed = people / median(seconds) / 1e6
        figure.rows.append((name, f"{median(each):.1f}", f"{min(each):.1f}", f"{max(each):.1f}", f"{speed:.0f}"))
    ratios = [ours / hand for ours, hand in zip(taken[TRELLIS], taken[BY_HAND], strict=True)]
    figure.data = {
        "people": people,
        "milliseconds": {n: [s * 1e3 for s in t] for n, t in taken.items()},
        "ratio": ratios,
    }
    found, (total, bands) = score_columns(phq9, whole)["total"], by_hand(whole)
    part = score_columns(phq9, gaps)["total"]
    figure.sound = bool(
        (found.low == total).all()
        and (found.high == total).all()
        and (found.band_low == bands).all()
        and ((part.low <= total) & (total <= part.high)).all()
    )
    figure.says = [
        limit("Trellis over numpy by hand, round by round:", median(ratios), AT_MOST, "times"),
        f"Totals and bands are {'the same' if figure.sound else 'NOT THE SAME'}; no missing answer counted as zero.",
    ]
    return figure


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
