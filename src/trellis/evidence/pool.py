"""Pooling: one number from several studies, how far they differ, and what a new study may find.

The arithmetic is that of statsmodels (common effect, DerSimonian and Laird, Paule and Mandel) and PyMARE (restricted
maximum likelihood). Ours are: a spread that is never below 0, the Hartung and Knapp scale on every method, I squared by
method, and the prediction interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any, Literal, get_args

from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.evidence.extra import distributions, estimators, meta_analysis, numpy

Estimator = Literal["common_effect", "dersimonian_laird", "reml", "paule_mandel"]
IntervalBy = Literal["normal", "hartung_knapp"]
DEFAULT_INTERVAL: dict[Estimator, IntervalBy] = {
    "common_effect": "normal",
    "dersimonian_laird": "normal",
    "reml": "hartung_knapp",
    "paule_mandel": "hartung_knapp",
}


@dataclass(frozen=True)
class Pooled:
    """Studies pooled. Effects are on the scale they were given on: logarithms for ratios.

    Args:
        effect: the mean of the studies.
        se: its standard error, by the method of ``interval``.
        low: lower end of the interval at ``level``.
        high: upper end.
        level: such as 0.95.
        tau2: how far true effects differ, as a variance; 0 for the common effect.
        i2: the share of spread that chance does not explain, from 0 to 1; None for one study.
        i2_from: ``"q"`` (Higgins and Thompson, from Q) or ``"tau2"`` (tau2 over tau2 and the typical variance).
        q: Cochran's Q with common-effect weights, on ``df`` degrees of freedom; ``p``: its p value, None for one study.
        prediction: where the true effect of a new study would lie; None below 3 studies and for the common effect.
        weights: the share of each study, in the order given; they add up to 1.
        k: how many studies.
        method: which estimator; ``interval``: which interval.
        se_plain: the standard error without the Hartung and Knapp scale.
    """

    effect: float
    se: float
    low: float
    high: float
    level: float
    tau2: float
    i2: float | None
    i2_from: Literal["q", "tau2"]
    q: float
    df: int
    p: float | None
    prediction: tuple[float, float] | None
    weights: tuple[float, ...]
    k: int
    method: Estimator
    interval: IntervalBy
    se_plain: float

    @property
    def ci(self) -> tuple[float, float]:
        """The interval, lower end first."""
        return self.low, self.high

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods used, as ids of ``kb.methods``."""
        used: list[str] = [self.method]
        if self.interval == "hartung_knapp":
            used.append("hartung_knapp")
        if self.i2 is not None:
            used.append("i_squared")
        if self.prediction is not None:
            used.append("prediction_interval")
        return tuple(used)

    @property
    def narrowed(self) -> bool:
        """Whether Hartung and Knapp made the whole interval narrower than the plain one.

        A smaller standard error alone does not: with few studies the t distribution widens more than that narrows.
        """
        plain = 2 * _quantile(self.level, None) * self.se_plain
        return self.interval == "hartung_knapp" and self.high - self.low < plain

    @property
    def agree_closely(self) -> bool:
        """Whether the studies differ less than chance alone would make them differ (Q below its degrees of freedom)."""
        return self.q < self.df

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self) | {"methods": list(self.methods)}


def pool(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    method: Estimator = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> Pooled:
    """Pool the effects of two or more studies.

    Sources of the methods: ``kb.methods`` (see :attr:`Pooled.methods`). The prediction interval takes k - 2 degrees of
    freedom (Higgins, Thompson and Spiegelhalter 2009); other programs take k - 1 or the normal distribution.

    Args:
        effects: one number a study, all on one scale; logarithms for ratios.
        variances: of the effects, above 0.
        method: ``"common_effect"``, ``"dersimonian_laird"``, ``"reml"`` or ``"paule_mandel"``.
        interval: ``"normal"`` or ``"hartung_knapp"``; when left out, Hartung and Knapp for REML and Paule and Mandel,
            normal for the other two.
        level: of the interval and the prediction interval.

    Raises:
        TrellisError: fewer than two studies, a number that is not finite, a variance that is not above 0, an unknown
            method, Hartung and Knapp asked for with a common effect, or the extra ``evidence`` is missing.

    >>> pooled = pool([0.1, 0.3, 0.5, 0.9], [0.04, 0.03, 0.05, 0.04], method="dersimonian_laird")
    >>> round(pooled.effect, 3), round(pooled.tau2, 3), pooled.k
    (0.446, 0.077, 4)
    >>> pool([0.1], [0.04])
    Traceback (most recent call last):
    ...
    trellis.errors.TrellisError: pool: there are [1] studies. Give two or more; one study stands for itself.
    """
    chosen = interval_of(method, interval, level)
    y, v = checked(effects, variances)
    if len(y) < 2:
        what = f"there are [{len(y)}] studies."
        raise TrellisError([Problem("pool", what, "Give two or more; one study stands for itself.")])
    mean, se_plain, tau2 = _estimate(y, v, method)
    np = numpy()
    k = len(y)
    weights = 1 / (v + tau2)
    scale = float((weights * (y - mean) ** 2).sum() / (k - 1))
    se = se_plain * math.sqrt(scale) if chosen == "hartung_knapp" else se_plain
    half = _quantile(level, k - 1 if chosen == "hartung_knapp" else None) * se
    q = _q(y, v)
    random = method in ("reml", "paule_mandel")
    return Pooled(
        effect=mean,
        se=se,
        low=mean - half,
        high=mean + half,
        level=level,
        tau2=tau2,
        i2=tau2 / (tau2 + _typical(v)) if random else max(0.0, 1 - (k - 1) / q) if q > 0 else 0.0,
        i2_from="tau2" if random else "q",
        q=q,
        df=k - 1,
        p=float(distributions().chi2.sf(q, k - 1)),
        prediction=_prediction(mean, se, tau2, k, level) if method != "common_effect" else None,
        weights=tuple(np.asarray(weights / weights.sum()).tolist()),
        k=k,
        method=method,
        interval=chosen,
        se_plain=se_plain,
    )


def alone(effect: float, variance: float, *, method: Estimator, level: float = 0.95) -> Pooled:
    """One study where others are pooled, such as the only one of a subgroup: its own effect with its own interval.

    >>> alone(0.5, 0.04, method="reml").k
    1
    """
    se = math.sqrt(variance)
    half = NormalDist().inv_cdf((1 + level) / 2) * se
    low, high = effect - half, effect + half
    nothing = (0.0, None, "q", 0.0, 0, None, None)
    return Pooled(effect, se, low, high, level, *nothing, (1.0,), 1, method, "normal", se)  # type: ignore[arg-type]


def checked(effects: Sequence[float], variances: Sequence[float]) -> tuple[Any, Any]:
    """Effects and variances as arrays.

    Raises:
        TrellisError: they differ in number, or one of them cannot be used; all of those are named.
    """
    if len(effects) != len(variances):
        what = f"there are [{len(effects)}] effects and [{len(variances)}] variances."
        raise TrellisError([Problem("pool", what, "Give one variance for each effect.")])
    problems = []
    for number, (effect, variance) in enumerate(zip(effects, variances, strict=True), 1):
        if not math.isfinite(effect):
            problems.append(Problem(f"study {number}", f"has the effect [{effect}].", "Give a finite number."))
        if not math.isfinite(variance) or variance <= 0:
            problems.append(Problem(f"study {number}", f"has the variance [{variance}].", "It must be above 0."))
    if problems:
        raise TrellisError(problems)
    np = numpy()
    return np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)


def interval_of(method: Estimator, interval: IntervalBy | None, level: float = 0.95) -> IntervalBy:
    """The interval that goes with a method.

    Raises:
        TrellisError: a name that is not known, or two that do not go together.

    >>> interval_of("reml", None)
    'hartung_knapp'
    """
    problems = []
    if method not in get_args(Estimator):
        known = get_args(Estimator)
        problems.append(
            Problem("method", f"is [{method}].", did_you_mean(method, known) or f"One of {', '.join(known)}.")
        )
    if interval is not None and interval not in get_args(IntervalBy):
        problems.append(Problem("interval", f"is [{interval}].", f"One of {', '.join(get_args(IntervalBy))}."))
    if method == "common_effect" and interval == "hartung_knapp":
        remedy = "Leave it out, or take a method that lets studies differ."
        problems.append(Problem("interval", "[hartung_knapp] does not go with a common effect.", remedy))
    if not 0 < level < 1:
        problems.append(Problem("level", f"is [{level}].", "Give a share between 0 and 1, such as 0.95."))
    if problems:
        raise TrellisError(problems)
    return interval or DEFAULT_INTERVAL[method]


def _estimate(y: Any, v: Any, method: Estimator) -> tuple[float, float, float]:
    """The mean, its plain standard error and tau2."""
    np = numpy()
    if method == "reml":
        ones = np.ones((len(y), 1))  # an estimator called directly takes the design as it is and adds no intercept
        fitted = _likelihood().fit(y[:, None], v[:, None], ones).params_
        return fitted["fe_params"].item(), math.sqrt(fitted["inv_cov"].item()), fitted["tau2"].item()
    with np.errstate(all="ignore"):  # Q of 0 makes statsmodels divide by it, for an I squared that is not used here
        found = meta_analysis().combine_effects(y, v, method_re="pm" if method == "paule_mandel" else "dl")
    # statsmodels lets DerSimonian and Laird's tau2 fall below 0 and goes on with it; a variance cannot.
    if method == "common_effect" or found.tau2 <= 0:
        return float(found.mean_effect_fe), float(found.sd_eff_w_fe), 0.0
    return float(found.mean_effect_re), float(found.sd_eff_w_re), float(found.tau2)


def _likelihood() -> Any:
    return estimators().VarianceBasedLikelihoodEstimator(method="REML", small_sample_correction="wald")


def _q(y: Any, v: Any) -> float:
    weights = 1 / v
    mean = (weights * y).sum() / weights.sum()
    return float((weights * (y - mean) ** 2).sum())


def _typical(v: Any) -> float:
    """The typical variance within studies (Higgins and Thompson 2002)."""
    weights = 1 / v
    return float((len(v) - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum()))


def _quantile(level: float, df: int | None) -> float:
    if df is None:
        return NormalDist().inv_cdf((1 + level) / 2)
    return float(distributions().t.ppf((1 + level) / 2, df))


def _prediction(mean: float, se: float, tau2: float, k: int, level: float) -> tuple[float, float] | None:
    if k < 3:
        return None
    half = _quantile(level, k - 2) * math.sqrt(tau2 + se**2)
    return mean - half, mean + half
