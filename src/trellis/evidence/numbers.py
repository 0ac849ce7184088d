"""Numbers of studies as they are written in tables and drawings."""

from __future__ import annotations

import math

from trellis.say import Say


def number(value: float, *, ratio: bool) -> str:
    """An effect with two decimals; a ratio back from its logarithm.

    >>> number(0.4226, ratio=True), number(-0.001, ratio=False)
    ('1.53', '0.00')
    """
    shown = math.exp(value) if ratio else value
    return f"{round(shown, 2) + 0.0:.2f}"


def p_value(p: float) -> str:
    """A p value with its sign of comparison.

    >>> p_value(0.0213), p_value(0.00001)
    ('= 0.021', '< 0.001')
    """
    if p < 0.001:
        return "< 0.001"
    return f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def interval(value: float, low: float, high: float, lang: str, *, ratio: bool) -> str:
    """An effect with its interval.

    >>> interval(0.5, 0.1, 0.9, "en", ratio=False)
    '0.50 (0.10 to 0.90)'
    """
    value_, low_, high_ = (number(one, ratio=ratio) for one in (value, low, high))
    return Say(lang)("drawing.interval", value=value_, low=low_, high=high_)
