"""A table of studies: from counts, from means or from published intervals to effects that can be pooled.

Every effect has one direction: positive favours the approach. Ratios stand on the log scale.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any, Literal

from trellis.errors import Problem, TrellisError
from trellis.evidence.extra import meta_analysis
from trellis.kinds.text import Text
from trellis.say import in_each

EffectScale = Literal["OR", "RR", "HR", "RD", "MD", "g"]
RATIOS = ("OR", "RR", "HR")
ADDED = 0.5
STATISTICS = {"OR": "odds-ratio", "RR": "risk-ratio", "RD": "diff"}


@dataclass(frozen=True)
class Study:
    """One study.

    Args:
        label: its name, unlike any other in the table.
        effect: positive favours the approach; the logarithm of a ratio.
        variance: of the effect; above 0.
        with_approach: events and people with the approach, where counts are known.
        without: the same without it.
        corrected: whether 0.5 was added to its four counts because one was 0.
        row: the values of the table, by column.
    """

    label: str
    effect: float
    variance: float
    with_approach: tuple[int, int] | None = None
    without: tuple[int, int] | None = None
    corrected: bool = False
    row: Mapping[str, str] = field(default_factory=dict)

    @property
    def se(self) -> float:
        """The standard error of the effect."""
        return math.sqrt(self.variance)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval of the study alone."""
        half = NormalDist().inv_cdf((1 + level) / 2) * self.se
        return self.effect - half, self.effect + half


@dataclass(frozen=True)
class Dropped:
    """A study that is left out, and why."""

    label: str
    why: Text


@dataclass(frozen=True)
class Table:
    """Studies on one scale, and those that had to be left out."""

    scale: EffectScale
    studies: tuple[Study, ...]
    dropped: tuple[Dropped, ...] = ()

    @property
    def ratio(self) -> bool:
        """Whether the effects are logarithms of ratios."""
        return self.scale in RATIOS

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the studies."""
        return tuple(study.label for study in self.studies)

    @property
    def effects(self) -> tuple[float, ...]:
        """The effects, in order."""
        return tuple(study.effect for study in self.studies)

    @property
    def variances(self) -> tuple[float, ...]:
        """The variances, in order."""
        return tuple(study.variance for study in self.studies)

    @property
    def corrected(self) -> tuple[str, ...]:
        """The studies to whose counts 0.5 was added."""
        return tuple(study.label for study in self.studies if study.corrected)


def from_counts(
    labels: Sequence[str],
    *,
    event_with: Sequence[int],
    none_with: Sequence[int],
    event_without: Sequence[int],
    none_without: Sequence[int],
    scale: Literal["OR", "RR", "RD"] = "OR",
    favours: Literal["more", "fewer"] = "more",
    rows: Sequence[Mapping[str, str]] | None = None,
) -> Table:
    """Effects from two-by-two tables.

    Zero cells: 0.5 is added to the four counts of a study with a zero cell, and of no other, when the scale is a ratio;
    a risk difference needs it only when its variance would be 0. A study in which nobody, or everybody, of both groups
    had the event is left out, with the reason.

    Args:
        labels: a name for each study.
        event_with: people with the event and the approach, per study; at least 0, as all counts.
        none_with: people with the approach and without the event.
        event_without: people with the event and without the approach.
        none_without: people without either.
        scale: odds ratio, risk ratio or risk difference; ratios are returned as logarithms.
        favours: whether more of the event is good. ``"fewer"`` turns the sign.
        rows: what else is known of each study, by column.

    Raises:
        TrellisError: columns of different length, a negative or broken count, an empty group, or a missing extra.

    Source of the arithmetic: statsmodels' ``effectsize_2proportions``.

    >>> table = from_counts(["A"], event_with=[4], none_with=[119], event_without=[11], none_without=[128], scale="RR")
    >>> round(table.effects[0], 4), round(table.variances[0], 4)
    (-0.8893, 0.3256)
    """
    columns = {
        "event_with": event_with,
        "none_with": none_with,
        "event_without": event_without,
        "none_without": none_without,
    }
    _same_length(labels, columns)
    _check_counts(labels, columns)
    kept, dropped = [], []
    for place, cells in enumerate(zip(*columns.values(), strict=True)):
        events, others = cells[0] + cells[2], cells[1] + cells[3]
        if events and others:
            kept.append(place)
        else:
            dropped.append(Dropped(labels[place], in_each("pooled.everybody" if events else "pooled.nobody")))
    sign = 1 if favours == "more" else -1
    studies = []
    for place in kept:
        a, b, c, d = (column[place] for column in columns.values())
        zero = 0 in (a, b, c, d)
        add = zero and (scale != "RD" or (0 in (a, b) and 0 in (c, d)))
        effect, variance = _two_proportions((a, a + b), (c, c + d), scale, add)
        row = rows[place] if rows is not None else {}
        studies.append(Study(labels[place], sign * effect, variance, (a, a + b), (c, c + d), add, row))
    return Table(scale, tuple(studies), tuple(dropped))


def _two_proportions(one: tuple[int, int], other: tuple[int, int], scale: str, add: bool) -> tuple[float, float]:
    from_library = meta_analysis().effectsize_2proportions
    correction = ADDED if add else None
    effect, variance = from_library(*one, *other, statistic=STATISTICS[scale], zero_correction=correction)
    return float(effect), float(variance)


def from_means(
    labels: Sequence[str],
    *,
    people_with: Sequence[int],
    mean_with: Sequence[float],
    sd_with: Sequence[float],
    people_without: Sequence[int],
    mean_without: Sequence[float],
    sd_without: Sequence[float],
    scale: Literal["g", "MD"] = "g",
    favours: Literal["higher", "lower"] = "higher",
) -> Table:
    """Effects from means: Hedges' g, or the difference of means.

    The variance of g is J² times that of d (Borenstein et al. 2009, chapter 4). statsmodels' variance of g is another
    approximation, 1.7 % larger in their worked example, so only its g is used.

    Args:
        labels: a name for each study.
        people_with: people with the approach, per study; at least 2.
        mean_with: their mean.
        sd_with: their standard deviation; above 0.
        people_without: the same without the approach.
        mean_without: their mean.
        sd_without: their standard deviation.
        scale: ``"g"`` or ``"MD"``.
        favours: whether a higher mean is good. ``"lower"`` turns the sign, as for symptoms.

    Raises:
        TrellisError: columns of different length, a standard deviation of 0, fewer than 2 people, or a missing extra.

    >>> table = from_means(
    ...     ["A"],
    ...     people_with=[50],
    ...     mean_with=[103],
    ...     sd_with=[5.5],
    ...     people_without=[50],
    ...     mean_without=[100],
    ...     sd_without=[4.5],
    ... )
    >>> round(table.effects[0], 4), round(table.variances[0], 4)
    (0.5924, 0.0411)
    """
    columns: dict[str, Sequence[float]] = {
        "people_with": people_with,
        "mean_with": mean_with,
        "sd_with": sd_with,
        "people_without": people_without,
        "mean_without": mean_without,
        "sd_without": sd_without,
    }
    _same_length(labels, columns)
    _check_means(labels, columns)
    sign = 1 if favours == "higher" else -1
    studies = []
    for label, n1, m1, s1, n2, m2, s2 in zip(labels, *columns.values(), strict=True):
        if scale == "MD":
            effect, variance = m1 - m2, s1**2 / n1 + s2**2 / n2
        else:
            effect = float(meta_analysis().effectsize_smd(m1, s1, n1, m2, s2, n2)[0])
            shrunk = 1 - 3 / (4 * (n1 + n2) - 9)
            variance = shrunk**2 * ((n1 + n2) / (n1 * n2) + (effect / shrunk) ** 2 / (2 * (n1 + n2)))
        studies.append(Study(label, sign * effect, variance))
    return Table(scale, tuple(studies))


def from_intervals(
    labels: Sequence[str],
    *,
    values: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    scale: EffectScale,
    favours: Literal["higher", "lower"] = "higher",
    level: float = 0.95,
) -> Table:
    """Effects from published numbers with their intervals; ratios by their logarithms.

    The standard error is the width of the interval over twice the normal quantile (Altman and Bland 2011).

    Args:
        labels: a name for each study.
        values: as published.
        lows: lower ends.
        highs: upper ends.
        scale: what kind of number it is.
        favours: which way of the published number favours the approach. ``"lower"`` turns the sign.
        level: of the intervals, such as 0.95.

    Raises:
        TrellisError: columns of different length, a ratio at or below 0, or a value outside its interval.

    >>> table = from_intervals(["A"], values=[0.5], lows=[0.25], highs=[1.0], scale="RR", favours="lower")
    >>> round(table.effects[0], 3), round(table.studies[0].se, 3)
    (0.693, 0.354)
    """
    _same_length(labels, {"values": values, "lows": lows, "highs": highs})
    problems = []
    for label, value, low, high in zip(labels, values, lows, highs, strict=True):
        if scale in RATIOS and min(value, low, high) <= 0:
            problems.append(
                Problem(
                    f"study [{label}]", f"has a ratio [{min(value, low, high)}] at or below 0.", "Check the number."
                )
            )
        elif not low < high or not low <= value <= high:
            problems.append(
                Problem(
                    f"study [{label}]", f"has [{value}] outside its interval [{low} to {high}].", "Lower end first."
                )
            )
    if problems:
        raise TrellisError(problems)
    width = 2 * NormalDist().inv_cdf((1 + level) / 2)
    sign = 1 if favours == "higher" else -1
    studies = []
    for label, *numbers in zip(labels, values, lows, highs, strict=True):
        value, low, high = (math.log(number) if scale in RATIOS else number for number in numbers)
        studies.append(Study(label, sign * value, ((high - low) / width) ** 2))
    return Table(scale, tuple(studies))


def _same_length(labels: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
    wrong = [name for name, column in columns.items() if len(column) != len(labels)]
    if wrong:
        what = f"has {len(columns[wrong[0]])} values for {len(labels)} studies."
        raise TrellisError([Problem(f"column [{wrong[0]}]", what, "Give one value for each study.")])


def _check_counts(labels: Sequence[str], columns: Mapping[str, Sequence[int]]) -> None:
    problems = [
        Problem(f"study [{labels[place]}]", f"has {name} [{value}].", "A count is a whole number from 0 up.")
        for name, column in columns.items()
        for place, value in enumerate(column)
        if value < 0 or value != int(value)
    ]
    for label, a, b, c, d in zip(labels, *columns.values(), strict=True):
        if a + b == 0 or c + d == 0:
            problems.append(Problem(f"study [{label}]", "has a group with nobody in it.", "Leave the study out."))
    if problems:
        raise TrellisError(problems)


def _check_means(labels: Sequence[str], columns: Mapping[str, Sequence[float]]) -> None:
    least = {"people_with": 2, "people_without": 2}
    problems = [
        Problem(f"study [{labels[place]}]", f"has {name} [{value}].", f"It must be at least {least[name]}.")
        for name in least
        for place, value in enumerate(columns[name])
        if value < least[name]
    ]
    problems += [
        Problem(f"study [{labels[place]}]", f"has {name} [{value}].", "A standard deviation is above 0.")
        for name in ("sd_with", "sd_without")
        for place, value in enumerate(columns[name])
        if value <= 0
    ]
    if problems:
        raise TrellisError(problems)
