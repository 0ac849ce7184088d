"""From counts, means and intervals to effects."""

from __future__ import annotations

import math

import pytest
from statsmodels.stats.meta_analysis import effectsize_smd

from tests.evidence.published import bcg
from trellis.errors import TrellisError
from trellis.evidence import Table, from_counts, from_intervals, from_means


def counted(*cells: int, scale: str = "OR", favours: str = "more") -> Table:
    a, b, c, d = ([cell] for cell in cells)
    return from_counts(["A"], event_with=a, none_with=b, event_without=c, none_without=d, scale=scale, favours=favours)


def test_risk_ratios_are_the_published_ones() -> None:
    table = bcg()
    published = [
        -0.8893,
        -1.5854,
        -1.3481,
        -1.4416,
        -0.2175,
        -0.7861,
        -1.6209,
        0.0120,
        -0.4694,
        -1.3713,
        -0.3394,
        0.4459,
    ]
    assert table.effects[:12] == pytest.approx(published, abs=5e-5)
    assert table.variances[:3] == pytest.approx([0.3256, 0.1946, 0.4154], abs=5e-5)


def test_an_odds_ratio_by_hand() -> None:
    study = counted(10, 19, 23, 29).studies[0]
    assert study.effect == pytest.approx(math.log(10 * 29 / (19 * 23)))
    assert study.variance == pytest.approx(1 / 10 + 1 / 19 + 1 / 23 + 1 / 29)
    assert (study.with_approach, study.without) == ((10, 29), (23, 52))


def test_a_risk_difference_by_hand() -> None:
    study = counted(10, 30, 20, 20, scale="RD").studies[0]
    assert study.effect == pytest.approx(-0.25)
    assert study.variance == pytest.approx(0.25 * 0.75 / 40 + 0.5 * 0.5 / 40)


@pytest.mark.parametrize("scale", ["OR", "RR", "RD"])
def test_fewer_of_a_bad_event_favours_the_approach(scale: str) -> None:
    assert counted(5, 35, 20, 20, scale=scale, favours="fewer").effects[0] > 0
    assert counted(5, 35, 20, 20, scale=scale).effects[0] < 0


def test_a_half_is_added_to_a_study_with_a_zero_and_to_no_other() -> None:
    table = from_counts(
        ["zero", "whole"], event_with=[0, 5], none_with=[20, 15], event_without=[4, 6], none_without=[16, 14]
    )
    assert table.corrected == ("zero",)
    assert table.effects[0] == pytest.approx(math.log(0.5 * 16.5 / (20.5 * 4.5)))
    assert table.effects[1] == pytest.approx(math.log(5 * 14 / (15 * 6)))


def test_a_risk_difference_needs_the_half_only_without_it_there_is_no_variance() -> None:
    assert counted(0, 20, 4, 16, scale="RD").corrected == ()
    assert counted(0, 20, 16, 0, scale="RD").corrected == ("A",)


@pytest.mark.parametrize(("cells", "words"), [((0, 20, 0, 18), "Nobody"), ((20, 0, 18, 0), "Everybody")])
@pytest.mark.parametrize("scale", ["OR", "RR", "RD"])
def test_a_study_without_a_difference_to_see_is_left_out_with_the_reason(
    cells: tuple[int, ...], words: str, scale: str
) -> None:
    table = counted(*cells, scale=scale)
    assert table.studies == ()
    assert table.dropped[0].label == "A"
    assert words in table.dropped[0].why.en
    assert table.dropped[0].why.es


def test_hedges_g_is_the_published_one() -> None:
    """Borenstein et al. 2009, chapter 4: d 0.5970, g 0.5924, variance of g 0.0411."""
    columns = {"people_with": [50], "mean_with": [103], "sd_with": [5.5], "people_without": [50]}
    table = from_means(["A"], **columns, mean_without=[100], sd_without=[4.5])
    assert table.effects[0] == pytest.approx(0.5924, abs=5e-5)
    assert table.variances[0] == pytest.approx(0.0411, abs=5e-5)
    assert effectsize_smd(103, 5.5, 50, 100, 4.5, 50)[1] == pytest.approx(0.0418, abs=5e-5), "the libraries' other one"


def test_a_difference_of_means_by_hand() -> None:
    columns = {"people_with": [50], "mean_with": [12.0], "sd_with": [5.0], "people_without": [25]}
    table = from_means(["A"], **columns, mean_without=[15.0], sd_without=[4.0], scale="MD", favours="lower")
    assert table.effects == (3.0,)
    assert table.variances[0] == pytest.approx(25 / 50 + 16 / 25)


def test_an_interval_gives_back_its_standard_error() -> None:
    table = from_intervals(["A"], values=[0.5], lows=[0.3], highs=[0.7], scale="g")
    assert table.studies[0].interval() == pytest.approx((0.3, 0.7))


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((0.5, 0.0, 0.7), "study [A]: has a ratio [0.0] at or below 0."),
        ((0.9, 0.3, 0.7), "study [A]: has [0.9] outside its interval [0.3 to 0.7]."),
        ((0.5, 0.7, 0.3), "Lower end first."),
    ],
)
def test_an_interval_that_cannot_be_is_refused(numbers: tuple[float, float, float], words: str) -> None:
    value, low, high = numbers
    with pytest.raises(TrellisError) as refused:
        from_intervals(["A"], values=[value], lows=[low], highs=[high], scale="OR")
    assert words in str(refused.value)


def test_every_wrong_count_is_named() -> None:
    with pytest.raises(TrellisError) as refused:
        from_counts(["A", "B"], event_with=[-1, 0], none_with=[2, 0], event_without=[1, 1], none_without=[1, 1])
    assert "study [A]: has event_with [-1]." in str(refused.value)
    assert "study [B]: has a group with nobody in it." in str(refused.value)


def test_columns_of_different_length_are_named() -> None:
    with pytest.raises(TrellisError, match=r"column \[none_with\]: has 2 values for 1 studies"):
        from_counts(["A"], event_with=[1], none_with=[2, 0], event_without=[1], none_without=[1])


def test_means_that_cannot_be_are_named() -> None:
    columns = {"people_with": [1], "mean_with": [12.0], "sd_with": [0.0], "people_without": [25]}
    with pytest.raises(TrellisError) as refused:
        from_means(["A"], **columns, mean_without=[15.0], sd_without=[4.0])
    assert "has people_with [1]. It must be at least 2." in str(refused.value)
    assert "has sd_with [0.0]." in str(refused.value)
