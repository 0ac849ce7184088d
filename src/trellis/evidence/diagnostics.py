"""What the pooled number hangs on: single studies, groups of studies, features of studies, and how large they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from trellis.errors import Problem, TrellisError
from trellis.evidence.extra import distributions, estimators, numpy, regression
from trellis.evidence.pool import Estimator, IntervalBy, Pooled, alone, checked, interval_of, pool

FEW = 10
"""With fewer studies than this, Egger's test says little (Sterne et al. 2011)."""


@dataclass(frozen=True)
class LeftOut:
    """The pooled number without one study."""

    label: str
    pooled: Pooled


def leave_one_out(
    effects: Sequence[float],
    variances: Sequence[float],
    labels: Sequence[str],
    *,
    method: Estimator = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> tuple[LeftOut, ...]:
    """Pool again without each study in turn.

    Args:
        effects: as for :func:`trellis.evidence.pool`, of three or more studies.
        variances: of the effects.
        labels: a name for each study.
        method: as for :func:`trellis.evidence.pool`.
        interval: the same.
        level: the same.

    Raises:
        TrellisError: fewer than three studies, or what ``pool`` refuses.

    >>> [round(one.pooled.effect, 2) for one in leave_one_out([0.1, 0.3, 0.8], [0.04] * 3, ["A", "B", "C"])]
    [0.55, 0.45, 0.2]
    """
    if len(effects) < 3:
        what = f"there are [{len(effects)}] studies."
        raise TrellisError([Problem("leave one out", what, "Give three or more, so that two are left.")])
    checked(effects, variances)
    return tuple(
        LeftOut(
            label,
            pool(
                [effect for other, effect in enumerate(effects) if other != place],
                [variance for other, variance in enumerate(variances) if other != place],
                method=method,
                interval=interval,
                level=level,
            ),
        )
        for place, label in enumerate(labels)
    )


@dataclass(frozen=True)
class Subgroups:
    """Studies pooled group by group.

    Args:
        groups: each group's pooled number, in the order of first appearance; one with a single study stands for itself.
        q: between groups, on ``df`` degrees of freedom; ``p``: its p value.
    """

    groups: Mapping[str, Pooled]
    q: float
    df: int
    p: float

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "groups": {name: pooled.to_json() for name, pooled in self.groups.items()},
            "q_between": self.q,
            "df": self.df,
            "p": self.p,
        }


def subgroups(
    effects: Sequence[float],
    variances: Sequence[float],
    groups: Sequence[str],
    *,
    method: Estimator = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> Subgroups:
    """Pool each group, each with its own spread, and compare the groups.

    Q between groups weighs each group's mean by its plain standard error (Borenstein et al. 2009, chapter 19).

    Args:
        effects: as for :func:`trellis.evidence.pool`.
        variances: of the effects.
        groups: the group of each study; two groups or more in all.
        method: as for :func:`trellis.evidence.pool`.
        interval: the same.
        level: the same.

    Raises:
        TrellisError: only one group, or what ``pool`` refuses.

    >>> found = subgroups([0.1, 0.2, 0.8, 0.9], [0.04] * 4, ["x", "x", "y", "y"], method="common_effect")
    >>> round(found.q, 2), found.df, round(found.p, 4)
    (12.25, 1, 0.0005)
    """
    checked(effects, variances)
    names = list(dict.fromkeys(groups))
    if len(names) < 2:
        what = f"there is only the group [{names[0] if names else ''}]."
        raise TrellisError([Problem("subgroups", what, "Name a column with two groups or more.")])
    found = {}
    for name in names:
        places = [place for place, group in enumerate(groups) if group == name]
        mine = [effects[place] for place in places], [variances[place] for place in places]
        if len(places) == 1:
            found[name] = alone(mine[0][0], mine[1][0], method=method, level=level)
        else:
            found[name] = pool(*mine, method=method, interval=interval, level=level)
    weights = [1 / pooled.se_plain**2 for pooled in found.values()]
    mean = sum(w * pooled.effect for w, pooled in zip(weights, found.values(), strict=True)) / sum(weights)
    q = sum(w * (pooled.effect - mean) ** 2 for w, pooled in zip(weights, found.values(), strict=True))
    df = len(names) - 1
    return Subgroups(found, q, df, float(distributions().chi2.sf(q, df)))


@dataclass(frozen=True)
class Coefficient:
    """How much the effect changes with one step of a feature: the estimate, its error, and the test against 0."""

    name: str
    estimate: float
    se: float
    statistic: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Regression:
    """A regression of effects on features of studies.

    Args:
        coefficients: the intercept first.
        tau2: the spread that is left; ``tau2_without``: that of the same studies without features.
        r2: the share of the spread that the features account for, from 0 to 1; None when there was none.
        q: residual, on ``df`` degrees of freedom; ``p``: its p value.
        test_p: the p value of all features together.
        df_test: degrees of freedom of the tests of coefficients; None when they are normal.
        k: how many studies were used.
    """

    coefficients: tuple[Coefficient, ...]
    tau2: float
    tau2_without: float
    r2: float | None
    q: float
    df: int
    p: float
    test_p: float
    df_test: int | None
    k: int
    method: Estimator
    interval: IntervalBy

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def regress(
    effects: Sequence[float],
    variances: Sequence[float],
    features: Mapping[str, Sequence[float]],
    *,
    method: Literal["reml", "dersimonian_laird"] = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> Regression:
    """Meta-regression by restricted maximum likelihood or the method of moments; PyMARE does the fit.

    Args:
        effects: as for :func:`trellis.evidence.pool`.
        variances: of the effects.
        features: one column or more, without an intercept, which is added.
        method: ``"reml"`` or ``"dersimonian_laird"`` (the method of moments).
        interval: ``"hartung_knapp"`` (t distribution) or ``"normal"``; when left out, that of the method in ``pool``.
        level: of the intervals.

    Raises:
        TrellisError: too few studies, a feature that never changes or repeats another, or what ``pool`` refuses.

    >>> found = regress([0.1, 0.3, 0.4, 0.8, 0.9], [0.02] * 5, {"weeks": [1, 2, 3, 4, 5]})
    >>> found.coefficients[1].name, round(found.coefficients[1].estimate, 2), round(found.r2, 2)
    ('weeks', 0.21, 1.0)
    """
    y, v = checked(effects, variances)
    np = numpy()
    names = ["intercept", *features]
    design = np.column_stack([np.ones(len(y)), *(np.asarray(column, dtype=float) for column in features.values())])
    df = len(y) - len(names)
    if df < 1:
        what = f"there are [{len(y)}] studies for [{len(names)}] coefficients."
        raise TrellisError([Problem("meta-regression", what, "Take fewer features.")])
    if not np.isfinite(design).all() or np.linalg.matrix_rank(design) < len(names):
        what = f"[{', '.join(features)}] never changes, repeats another feature, or has a value missing."
        raise TrellisError([Problem("meta-regression", what, "Take a feature that differs between the studies.")])
    chosen = interval_of(method, interval, level)
    # The estimator is called directly, with the intercept in the design. pymare.Dataset and meta_regression add one of
    # their own, and a column of ones given to them stands there twice, unnoticed.
    fitted = _fit(y, v, design, method, chosen)
    beta, cov, tau2 = fitted["fe_params"].ravel(), fitted["inv_cov"].reshape(len(names), -1), fitted["tau2"].item()
    without = pool(effects, variances, method=method, interval=interval, level=level).tau2
    q = _residual_q(y, v, design)
    stats = distributions()
    reference = stats.t(df) if chosen == "hartung_knapp" else stats.norm
    together = float(beta[1:] @ np.linalg.solve(cov[1:, 1:], beta[1:])) / len(features)
    test = (
        stats.f(len(features), df) if chosen == "hartung_knapp" else stats.chi2(len(features), scale=1 / len(features))
    )
    return Regression(
        coefficients=tuple(
            _coefficient(name, float(value), math.sqrt(cov[place, place]), reference, level)
            for place, (name, value) in enumerate(zip(names, beta, strict=True))
        ),
        tau2=tau2,
        tau2_without=without,
        r2=max(0.0, 1 - tau2 / without) if without > 0 else None,
        q=q,
        df=df,
        p=float(stats.chi2.sf(q, df)),
        test_p=float(test.sf(together)),
        df_test=df if chosen == "hartung_knapp" else None,
        k=len(y),
        method=method,
        interval=chosen,
    )


def _fit(y: Any, v: Any, design: Any, method: str, interval: IntervalBy) -> Mapping[str, Any]:
    correction = "knapp-hartung" if interval == "hartung_knapp" else "wald"
    if method == "reml":
        model = estimators().VarianceBasedLikelihoodEstimator(method="REML", small_sample_correction=correction)
    else:
        model = estimators().DerSimonianLaird(small_sample_correction=correction)
    found: Mapping[str, Any] = model.fit(y[:, None], v[:, None], design).params_
    return found


def _coefficient(name: str, estimate: float, se: float, reference: Any, level: float) -> Coefficient:
    half = float(reference.ppf((1 + level) / 2)) * se
    p = 2 * float(reference.sf(abs(estimate / se)))
    return Coefficient(name, estimate, se, estimate / se, p, estimate - half, estimate + half)


def _residual_q(y: Any, v: Any, design: Any) -> float:
    """Q of what a common-effect regression leaves."""
    fitted = regression().WLS(y, design, weights=1 / v).fit()
    return float((fitted.resid**2 / v).sum())


@dataclass(frozen=True)
class SmallStudies:
    """Whether small studies show other effects than large ones (Egger's test).

    Args:
        bias: how much the effect rises with the standard error; 0 when small and large studies agree.
        se: its standard error; ``statistic`` over ``df`` degrees of freedom; ``p``: its p value.
        limit: the effect that a study without error would have, with its interval ``low`` to ``high``.
        k: how many studies.
    """

    bias: float
    se: float
    statistic: float
    df: int
    p: float
    limit: float
    low: float
    high: float
    k: int
    method: str = "egger"

    @property
    def few(self) -> bool:
        """Whether there are too few studies for the test to say much."""
        return self.k < FEW

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self) | {"few": self.few}


def small_studies(effects: Sequence[float], variances: Sequence[float], *, level: float = 0.95) -> SmallStudies:
    """Egger's regression test for an asymmetric funnel: effects on standard errors, weighted, by least squares.

    Asymmetry can come from missing studies, from real differences between small and large ones, or from chance. Ratios
    depend on their own standard errors, so that the test finds asymmetry too readily when effects are large.

    Args:
        effects: of three studies or more.
        variances: of the effects.
        level: of the interval around the limit.

    Raises:
        TrellisError: fewer than three studies, all of one size, or what ``pool`` refuses.

    >>> found = small_studies([0.1, 0.2, 0.6, 0.9], [0.01, 0.02, 0.08, 0.2])
    >>> round(found.bias, 2), found.df, found.few
    (2.47, 2, True)
    """
    y, v = checked(effects, variances)
    if len(y) < 3:
        raise TrellisError([Problem("small studies", f"there are [{len(y)}] studies.", "Give three or more.")])
    np = numpy()
    if np.ptp(v) <= 1e-12 * v.max():
        what = f"all [{len(y)}] studies have the same variance."
        raise TrellisError([Problem("small studies", what, "The test needs small and large studies.")])
    design = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    fitted = regression().WLS(y, design, weights=1 / v).fit()
    low, high = fitted.conf_int(alpha=1 - level)[0]
    return SmallStudies(
        bias=float(fitted.params[1]),
        se=float(fitted.bse[1]),
        statistic=float(fitted.tvalues[1]),
        df=int(fitted.df_resid),
        p=float(fitted.pvalues[1]),
        limit=float(fitted.params[0]),
        low=float(low),
        high=float(high),
        k=len(y),
    )
