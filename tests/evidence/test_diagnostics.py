"""What the pooled number hangs on, against published answers and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.evidence.published import LATITUDE, bcg, her2
from trellis.errors import TrellisError
from trellis.evidence import leave_one_out, pool, regress, small_studies, subgroups
from trellis.evidence.extra import library


def test_the_regression_on_latitude_is_the_published_one() -> None:
    table = bcg()
    found = regress(table.effects, table.variances, {"latitude": LATITUDE})
    intercept, latitude = found.coefficients
    assert (intercept.estimate, intercept.se) == pytest.approx((0.2515, 0.2839), abs=5e-5)
    assert (latitude.estimate, latitude.se) == pytest.approx((-0.0291, 0.0082), abs=5e-5)
    assert latitude.statistic == pytest.approx(-3.5483, abs=1e-4)
    assert latitude.p == found.test_p == pytest.approx(0.0046, abs=5e-5)
    assert (latitude.low, latitude.high) == pytest.approx((-0.0472, -0.0111), abs=5e-5)
    assert found.tau2 == pytest.approx(0.0764, abs=1e-4)
    assert found.r2 == pytest.approx(0.7562, abs=2e-4)
    assert (found.q, found.df) == (pytest.approx(30.7331, abs=5e-5), 11)
    assert found.p == pytest.approx(0.0012, abs=5e-5)


def test_the_intercept_stands_in_the_design_once() -> None:
    table = bcg()
    y, v, latitude = (np.array(column)[:, None] for column in (table.effects, table.variances, LATITUDE))
    theirs = library("pymare", extra="evidence").meta_regression(y, v=v, X=latitude, X_names=["latitude"], method="DL")
    ours = regress(
        table.effects, table.variances, {"latitude": LATITUDE}, method="dersimonian_laird", interval="hartung_knapp"
    )
    assert [one.estimate for one in ours.coefficients] == pytest.approx(theirs.fe_params.ravel().tolist())
    assert [one.se for one in ours.coefficients] == pytest.approx(theirs.fe_se.ravel().tolist())


def test_with_normal_tests_a_single_feature_tests_alone_as_together() -> None:
    table = bcg()
    found = regress(table.effects, table.variances, {"latitude": LATITUDE}, interval="normal")
    assert found.df_test is None
    assert found.coefficients[1].p == pytest.approx(found.test_p)


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ({"same": [1.0] * 13}, "[same] never changes"),
        ({"a": LATITUDE, "b": [2 * x for x in LATITUDE]}, "[a, b] never changes, repeats another feature"),
        ({str(n): [float(n == place) for place in range(13)] for n in range(12)}, "there are [13] studies for [13]"),
    ],
)
def test_a_regression_that_cannot_be_is_refused(features: dict[str, list[float]], words: str) -> None:
    table = bcg()
    with pytest.raises(TrellisError) as refused:
        regress(table.effects, table.variances, features)
    assert words in str(refused.value)


def test_eggers_test_is_the_published_one() -> None:
    table = her2()
    found = small_studies(table.effects, table.variances)
    assert (found.statistic, found.df) == (pytest.approx(2.1622, abs=5e-4), 12)
    assert found.p == pytest.approx(0.0515, abs=5e-5)
    assert found.limit == pytest.approx(0.2590, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((-0.0760, 0.5939), abs=5e-4)
    assert not found.few


def test_eggers_test_is_the_intercept_of_the_classical_regression() -> None:
    """Effects over their errors, on one over the error, unweighted: as Egger et al. wrote it in 1997."""
    table = bcg()
    y, se = np.array(table.effects), np.sqrt(table.variances)
    slope, intercept = np.polyfit(1 / se, y / se, 1)
    found = small_studies(table.effects, table.variances)
    assert (found.bias, found.limit) == pytest.approx((intercept, slope))


def test_few_studies_are_said_to_be_few() -> None:
    assert small_studies([0.1, 0.2, 0.3], [0.1, 0.2, 0.3]).few


@pytest.mark.parametrize(
    ("variances", "words"),
    [([0.1, 0.2], "there are [2] studies"), ([0.1] * 4, "all [4] studies have the same variance")],
)
def test_eggers_test_needs_small_and_large_studies(variances: list[float], words: str) -> None:
    with pytest.raises(TrellisError) as refused:
        small_studies([0.1] * len(variances), variances)
    assert words in str(refused.value)


def test_leaving_one_out_is_pooling_the_others() -> None:
    table = bcg()
    found = leave_one_out(table.effects, table.variances, table.labels, method="dersimonian_laird")
    assert [one.label for one in found] == list(table.labels)
    without_first = pool(table.effects[1:], table.variances[1:], method="dersimonian_laird")
    assert found[0].pooled == without_first


def test_leaving_one_out_of_two_is_refused() -> None:
    with pytest.raises(TrellisError, match=r"there are \[2\] studies"):
        leave_one_out([0.1, 0.2], [0.1, 0.1], ["A", "B"])


def test_common_effect_groups_share_out_the_whole_q() -> None:
    table = bcg()
    groups = ["far" if latitude > 40 else "near" for latitude in LATITUDE]
    found = subgroups(table.effects, table.variances, groups, method="common_effect")
    within = sum(group.q for group in found.groups.values())
    assert within + found.q == pytest.approx(152.2330, abs=5e-5)
    assert found.df == 1


def test_a_group_of_one_stands_for_itself() -> None:
    found = subgroups([0.1, 0.2, 0.9], [0.1, 0.1, 0.1], ["x", "x", "y"])
    assert (found.groups["y"].k, found.groups["y"].effect) == (1, 0.9)


def test_one_group_alone_is_refused() -> None:
    with pytest.raises(TrellisError, match=r"there is only the group \[x\]"):
        subgroups([0.1, 0.2], [0.1, 0.1], ["x", "x"])
