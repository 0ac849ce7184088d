"""How large an effect is: a rough class for ordering and plain language, never a substitute for the number."""

from __future__ import annotations

import math
from typing import Literal

from trellis.kinds.evidence import Result

Size = Literal["large", "medium", "small", "unclear", "unknown"]

LIMITS: dict[str, tuple[float, float]] = {
    "g": (0.5, 0.8),
    "d": (0.5, 0.8),
    "r": (0.3, 0.5),
}
RATIO_TO_STANDARDISED = math.sqrt(3) / math.pi
"""The logarithm of an odds ratio times this is about a standardised mean difference (Chinn 2000)."""


def size_of(result: Result) -> Size:
    """The class of an effect: by Cohen's limits for standardised differences and correlations, ratios turned into them.

    ``unclear``: the interval includes no difference, or the number favours the other side. ``unknown``: there is no
    number that compares, or it has no common scale.

    >>> import trellis
    >>> rows = trellis.load().results
    >>> size_of(rows["E001"]), size_of(rows["E006"])
    ('medium', 'unclear')
    """
    benefit = result.benefit
    if benefit is None or result.measure not in (*LIMITS, "RR", "OR", "HR"):
        return "unknown"
    interval = result.interval
    if benefit <= 0 or (interval is not None and interval[0] <= 0):
        return "unclear"
    scaled = benefit * RATIO_TO_STANDARDISED if result.ratio else benefit
    medium, large = LIMITS.get(result.measure, LIMITS["d"])
    return "large" if scaled >= large else "medium" if scaled >= medium else "small"
