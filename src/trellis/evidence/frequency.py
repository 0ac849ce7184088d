"""How many of 100: an effect as a natural frequency, by a stated method on a stated base rate, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from trellis.kinds.evidence import Base, Frequency, Result, Summary
from trellis.kinds.text import Source
from trellis.library.knowledge import Knowledge

NORMAL = NormalDist()
METHODS = {
    "ratio": {"RR": "ratio_to_rate", "HR": "hazard_to_rate", "OR": "odds_to_rate"},
    "standardised": {"g": "smd_to_rate", "d": "smd_to_rate"},
}


@dataclass(frozen=True)
class Estimate:
    """A number of people in 100, with the ends of its interval where they are known."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class OutOf100:
    """The same 100 people and the same time in both groups.

    Args:
        approach: with the approach; None when only the difference is known.
        comparison: without it; None when only the difference is known.
        difference: with the approach less without it, in people of 100; positive is more of the event.
        frequency: what was asked: the event, the time, the base rate and whether the event is a good one.
        result: the row it rests on.
        method: the id of the method of calculation, or None when both rates are as published.
    """

    approach: Estimate | None
    comparison: Estimate | None
    difference: Estimate
    frequency: Frequency
    result: Result
    method: str | None

    @property
    def base(self) -> Base | None:
        """The comparison group's rate with its source, where the calculation needed one."""
        return self.frequency.base

    @property
    def verified(self) -> bool:
        """Whether the effect and the base rate were both seen in their sources."""
        return self.result.verified == "yes" and (self.base is None or self.base.verified == "yes")

    @property
    def better(self) -> Estimate:
        """The difference turned so that positive is better for people."""
        if self.frequency.good:
            return self.difference
        low, high = self.difference.low, self.difference.high
        return Estimate(-self.difference.value, None if high is None else -high, None if low is None else -low)


def of_100(kb: Knowledge, summary: Summary) -> OutOf100 | None:
    """The natural frequency of a summary, or None when nobody knows it.

    Sources of the methods: ``kb.methods``. A ratio is multiplied onto the base rate; odds are turned back into a rate;
    a hazard ratio acts on the share without the event; a standardised mean difference moves the base rate along the
    normal distribution (Furukawa & Leucht 2011).

    Raises:
        KeyError: the summary names a row that the knowledge does not hold (the loader refuses that).
    """
    frequency = summary.frequency
    if frequency is None:
        return None
    result = kb.results[frequency.result]
    if frequency.method == "rates" and result.rates is not None:
        with_, without = result.rates.approach, result.rates.comparison
        return OutOf100(Estimate(with_), Estimate(without), Estimate(with_ - without), frequency, result, None)
    effect = result.original
    if effect.value is None:
        return None
    if frequency.method == "difference":
        return OutOf100(None, None, Estimate(effect.value, effect.low, effect.high), frequency, result, None)
    if frequency.base is None:
        return None
    base = frequency.base.per_100
    ends = [None if value is None else _rate(result, frequency, base, value) for value in (effect.low, effect.high)]
    value = _rate(result, frequency, base, effect.value)
    low, high = (None, None) if None in ends else (min(ends), max(ends))  # type: ignore[type-var]
    return OutOf100(
        approach=Estimate(value, low, high),
        comparison=Estimate(base),
        difference=Estimate(value - base, None if low is None else low - base, None if high is None else high - base),
        frequency=frequency,
        result=result,
        method=METHODS[frequency.method][result.measure],
    )


def _rate(result: Result, frequency: Frequency, base: float, effect: float) -> float:
    """The rate in 100 with the approach."""
    if frequency.method == "standardised":
        turned = result.turned(effect) or 0.0
        return 100 * shifted(base / 100, turned if frequency.good else -turned)
    return 100 * {"RR": risk_ratio, "OR": odds_ratio, "HR": hazard_ratio}[result.measure](base / 100, effect)


def risk_ratio(base: float, ratio: float) -> float:
    """A base rate times a risk ratio; never above 1.

    >>> round(risk_ratio(0.4, 0.5), 3)
    0.2
    """
    return min(base * ratio, 1.0)


def odds_ratio(base: float, ratio: float) -> float:
    """The rate whose odds are the odds of the base rate times an odds ratio.

    >>> round(odds_ratio(0.5, 3.0), 3)
    0.75
    """
    odds = base / (1 - base) * ratio
    return odds / (1 + odds)


def hazard_ratio(base: float, ratio: float) -> float:
    """The rate by the same time when hazards are proportional: the share without the event to the power of the ratio.

    >>> round(hazard_ratio(0.5, 2.0), 3)
    0.75
    """
    return float(1 - (1 - base) ** ratio)


def shifted(base: float, standardised: float) -> float:
    """The rate after a shift by a standardised mean difference, on the normal distribution (Furukawa & Leucht 2011).

    >>> round(shifted(0.2, 0.5), 3)
    0.366
    """
    return NORMAL.cdf(NORMAL.inv_cdf(base) + standardised)


def above_average(result: Result) -> Estimate | None:
    """Of 100 people with the approach, how many did better than the average person without it; 50 if it did nothing.

    Cohen's U3, the normal distribution at a standardised mean difference: it needs no base rate, for the average is 50
    of 100 by definition. None where the number is no standardised difference, or nobody has verified it.

    >>> import trellis
    >>> found = above_average(trellis.load().results["E001"])
    >>> round(found.value), round(found.low), round(found.high)
    (79, 76, 81)
    """
    benefit = result.benefit
    if benefit is None or result.measure not in ("g", "d") or result.verified != "yes":
        return None
    low, high = result.interval or (None, None)
    ends = (None if end is None else 100 * NORMAL.cdf(end) for end in (low, high))
    return Estimate(100 * NORMAL.cdf(benefit), *ends)


def sources_of_frequency(kb: Knowledge, found: OutOf100) -> tuple[Source, ...]:
    """The sources of the effect, of the base rate and of the method of calculation."""
    names = [found.result.source]
    names += [ref.ref for ref in (found.base.sources if found.base else ())]
    names += [ref.ref for ref in found.frequency.sources]
    if found.method is not None and found.method in kb.methods:
        names += [ref.ref for ref in kb.methods[found.method].sources]
    return tuple(kb.sources[name] for name in dict.fromkeys(names))
