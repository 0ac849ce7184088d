"""Pooling against published answers, against the libraries called directly, and for any studies at all."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from statsmodels.stats.meta_analysis import combine_effects

from tests.evidence.published import bcg, her2
from tests.support import shipped
from trellis.errors import TrellisError
from trellis.evidence import Pooled, pool
from trellis.evidence.extra import estimators, library
from trellis.evidence.pool import DEFAULT_INTERVAL, Estimator, alone

METHODS: tuple[Estimator, ...] = ("common_effect", "dersimonian_laird", "reml", "paule_mandel")
studies = st.lists(
    st.tuples(st.floats(-3, 3), st.floats(0.001, 2)).map(lambda pair: (round(pair[0], 6), round(pair[1], 6))),
    min_size=2,
    max_size=25,
)


@pytest.mark.parametrize(
    ("method", "effect", "se", "tau2"),
    [
        ("common_effect", -0.4303, 0.0405, 0.0),
        ("dersimonian_laird", -0.7141, 0.1787, 0.3088),
        ("reml", -0.7145, 0.1798, 0.3132),
        ("paule_mandel", -0.7150, 0.1809, 0.3181),
    ],
)
def test_the_vaccine_trials_give_the_published_answers(
    method: Estimator, effect: float, se: float, tau2: float
) -> None:
    table = bcg()
    pooled = pool(table.effects, table.variances, method=method, interval="normal")
    assert pooled.q == pytest.approx(152.2330, abs=5e-5)
    assert (pooled.df, pooled.k) == (12, 13)
    assert pooled.effect == pytest.approx(effect, abs=5e-5)
    assert pooled.se == pytest.approx(se, abs=5e-5)
    assert pooled.tau2 == pytest.approx(tau2, abs=5e-5)


def test_the_vaccine_trials_with_hartung_and_knapp_give_the_published_interval() -> None:
    table = bcg()
    pooled = pool(table.effects, table.variances)
    assert (pooled.method, pooled.interval) == ("reml", "hartung_knapp")
    assert pooled.se == pytest.approx(0.1808, abs=5e-5)
    assert pooled.ci == pytest.approx((-1.1084, -0.3206), abs=5e-5)
    assert pooled.i2 == pytest.approx(0.9222, abs=5e-5)
    assert pooled.i2_from == "tau2"


def test_the_prediction_interval_is_the_published_one() -> None:
    table = her2()
    pooled = pool(table.effects, table.variances, interval="normal")
    assert pooled.effect == pytest.approx(0.6669, abs=5e-5)
    assert pooled.se == pytest.approx(0.1354, abs=5e-5)
    assert pooled.tau2 == pytest.approx(0.0883, abs=5e-5)
    assert pooled.i2 == pytest.approx(0.4917, abs=5e-5)
    assert [math.exp(end) for end in pooled.ci] == pytest.approx([1.494104, 2.540483], abs=5e-5)
    assert pooled.prediction is not None
    assert [math.exp(end) for end in pooled.prediction] == pytest.approx([0.9563084, 3.9691662], abs=2e-4)


@given(studies)
def test_it_agrees_with_statsmodels_and_pymare_called_directly(rows: list[tuple[float, float]]) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))
    ones = np.ones((len(y), 1))
    with np.errstate(all="ignore"):
        theirs = combine_effects(y, v, method_re="dl")
    fitted = estimators().DerSimonianLaird(small_sample_correction="wald").fit(y[:, None], v[:, None], ones).params_
    ours = pool(y.tolist(), v.tolist(), method="dersimonian_laird")
    assert ours.tau2 == pytest.approx(max(0.0, theirs.tau2), abs=1e-9)
    assert ours.tau2 == pytest.approx(fitted["tau2"].item(), abs=1e-7)
    assert ours.effect == pytest.approx(fitted["fe_params"].item(), abs=1e-7)
    assert ours.se == pytest.approx(math.sqrt(fitted["inv_cov"].item()), rel=1e-6)


@given(studies)
@settings(max_examples=50)
def test_reml_finds_no_worse_a_spread_than_a_fine_grid(rows: list[tuple[float, float]]) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))

    def unlikely(tau2: float) -> float:
        weights = 1 / (v + tau2)
        mean = (weights * y).sum() / weights.sum()
        return float(np.log(v + tau2).sum() + math.log(weights.sum()) + (weights * (y - mean) ** 2).sum()) / 2

    found = unlikely(pool(y.tolist(), v.tolist(), method="reml").tau2)
    assert found <= min(map(unlikely, [0.0, *np.geomspace(1e-6, 100, 200)])) + 1e-6


@given(studies)
def test_paule_and_mandel_solve_their_own_equation(rows: list[tuple[float, float]]) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))

    def excess(tau2: float) -> float:
        weights = 1 / (v + tau2)
        return float((weights * (y - (weights * y).sum() / weights.sum()) ** 2).sum() - (len(y) - 1))

    found = pool(y.tolist(), v.tolist(), method="paule_mandel").tau2
    root = brentq(excess, 0, 1e4, xtol=1e-12) if excess(0) > 0 else 0.0
    assert found == pytest.approx(root, rel=2e-3, abs=2e-5)


@given(studies, st.sampled_from(METHODS))
def test_whatever_the_studies_the_numbers_hold_together(rows: list[tuple[float, float]], method: Estimator) -> None:
    effects, variances = (list(column) for column in zip(*rows, strict=True))
    pooled = pool(effects, variances, method=method)
    assert min(effects) - 1e-9 <= pooled.effect <= max(effects) + 1e-9
    assert pooled.low <= pooled.effect <= pooled.high
    assert sum(pooled.weights) == pytest.approx(1)
    assert sum(w * y for w, y in zip(pooled.weights, effects, strict=True)) == pytest.approx(pooled.effect, abs=1e-6)
    assert pooled.tau2 >= 0
    assert pooled.i2 is not None
    assert 0 <= pooled.i2 <= 1
    if method == "common_effect":
        assert pooled.tau2 == 0
        assert pooled.prediction is None
    elif pooled.prediction is not None:
        assert pooled.prediction[0] <= pooled.low + 1e-9 or pooled.interval == "hartung_knapp"


@given(studies, st.sampled_from(METHODS))
def test_turning_every_effect_turns_the_pooled_one(rows: list[tuple[float, float]], method: Estimator) -> None:
    effects, variances = (list(column) for column in zip(*rows, strict=True))
    one = pool(effects, variances, method=method)
    other = pool([-effect for effect in effects], variances, method=method)
    assert other.effect == pytest.approx(-one.effect, abs=1e-7)
    assert other.ci == pytest.approx((-one.high, -one.low), abs=1e-6)


def test_studies_that_agree_too_well_have_no_spread_below_zero() -> None:
    effects, variances = [0.30, 0.31, 0.29], [0.1, 0.2, 0.15]
    with np.errstate(all="ignore"):
        assert combine_effects(np.array(effects), np.array(variances), method_re="dl").tau2 < 0
    pooled = pool(effects, variances, method="dersimonian_laird")
    common = pool(effects, variances, method="common_effect")
    assert (pooled.tau2, pooled.effect, pooled.se) == (0.0, common.effect, common.se)


def test_the_interval_is_called_narrower_only_where_it_is() -> None:
    agreeing = pool([0.30, 0.31, 0.29, 0.30], [0.1, 0.2, 0.15, 0.1])
    plain = pool([0.30, 0.31, 0.29, 0.30], [0.1, 0.2, 0.15, 0.1], interval="normal")
    assert agreeing.high - agreeing.low < plain.high - plain.low
    assert (agreeing.narrowed, agreeing.agree_closely, plain.narrowed) == (True, True, False)


def test_two_studies_far_apart_neither_agree_nor_have_a_narrower_interval() -> None:
    """The scale makes the standard error smaller; the t distribution on one degree of freedom more than undoes it."""
    effects, variances = [0.4, 1.5], [0.02, 0.17]
    pooled, plain = pool(effects, variances), pool(effects, variances, interval="normal")
    assert pooled.se < pooled.se_plain * 1.01
    assert pooled.high - pooled.low > plain.high - plain.low
    assert (pooled.narrowed, pooled.agree_closely) == (False, False)


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=2, max_size=12),
    st.sampled_from(["reml", "paule_mandel", "dersimonian_laird"]),
)
@settings(max_examples=50)
def test_what_is_said_of_the_width_is_what_the_two_intervals_show(
    studies: list[tuple[float, float]], method: str
) -> None:
    effects, variances = zip(*studies, strict=True)
    pooled, plain = (pool(effects, variances, method=method, interval=i) for i in ("hartung_knapp", "normal"))
    assert pooled.narrowed == (pooled.high - pooled.low < plain.high - plain.low)
    assert not plain.narrowed


def test_for_dersimonian_and_laird_both_ways_to_i_squared_are_one() -> None:
    table = bcg()
    y, v = np.array(table.effects), np.array(table.variances)
    pooled = pool(table.effects, table.variances, method="dersimonian_laird")
    w = 1 / v
    typical = (len(y) - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum())
    assert pooled.i2 == pytest.approx(pooled.tau2 / (pooled.tau2 + typical))


def test_the_estimator_called_directly_adds_no_intercept_of_its_own() -> None:
    """PyMARE's wrapper does; a column of ones given to that would stand in the design twice."""
    table = bcg()
    y, v = np.array(table.effects)[:, None], np.array(table.variances)[:, None]
    fitted = estimators().VarianceBasedLikelihoodEstimator(method="REML").fit(y, v, np.ones((13, 1))).params_
    assert fitted["fe_params"].shape == (1, 1)
    assert pool(table.effects, table.variances).tau2 == fitted["tau2"].item()


def test_every_method_used_is_one_that_the_knowledge_explains() -> None:
    table = bcg()
    for method in METHODS:
        assert {*pool(table.effects, table.variances, method=method).methods} <= {*shipped().methods}
    assert {*DEFAULT_INTERVAL} == {*METHODS}


def test_what_was_pooled_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        alone(0.1, 0.2, method="reml").effect = 3  # type: ignore[misc]


def test_one_study_alone_keeps_its_own_interval() -> None:
    one = alone(0.5, 0.04, method="reml")
    assert one.ci == pytest.approx((0.108, 0.892), abs=1e-3)
    assert (one.k, one.i2, one.p, one.prediction) == (1, None, None, None)
    assert isinstance(one, Pooled)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.1], [0.2], {}), "pool: there are [1] studies. Give two or more; one study stands for itself."),
        (([0.1, 0.2], [0.2], {}), "pool: there are [2] effects and [1] variances."),
        (([0.1, math.nan], [0.2, 0.2], {}), "study 2: has the effect [nan]."),
        (([0.1, 0.2], [0.2, 0.0], {}), "study 2: has the variance [0.0]. It must be above 0."),
        (([0.1, 0.2], [0.2, 0.1], {"method": "remml"}), "method: is [remml]. Did you mean reml?"),
        (([0.1, 0.2], [0.2, 0.1], {"interval": "t"}), "interval: is [t]."),
        (([0.1, 0.2], [0.2, 0.1], {"level": 95}), "level: is [95]."),
        (
            ([0.1, 0.2], [0.2, 0.1], {"method": "common_effect", "interval": "hartung_knapp"}),
            "[hartung_knapp] does not go with a common effect.",
        ),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_words(arguments: tuple, words: str) -> None:
    effects, variances, options = arguments
    with pytest.raises(TrellisError) as refused:
        pool(effects, variances, **options)
    assert words in str(refused.value)


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymare.estimators", None)
    with pytest.raises(TrellisError, match=r"pip install 'trellis-care\[evidence\]'"):
        library("pymare.estimators", extra="evidence")
