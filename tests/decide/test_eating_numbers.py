"""Numbers typed of an eating disorder beat a gateway's "no", by age, and are shown as a disagreement."""

from __future__ import annotations

from typing import Any

import pytest

import trellis
from tests.support import AS_OF, shipped

SAYS_NO = {"focus": "mental_health", "pregnancy": "no", "mental.eating": "symptoms", "physical.any": "no"}


def decide(**more: Any) -> trellis.Recommendation:
    return trellis.decide(
        shipped(), SAYS_NO | {name.replace("__", "."): value for name, value in more.items()}, as_of=AS_OF
    )


def looks(rec: trellis.Recommendation) -> dict[str, int]:
    return {one.by: one.within_hours for one in rec.evaluate if one.certain}


def test_a_low_weight_and_a_slow_pulse_bring_a_look_the_same_day_though_the_gateway_says_no() -> None:
    rec = decide(age="adult", input__bmi=13.2, input__heart_rate=41)
    assert looks(rec)["medical_clinician"] == 12
    assert "physical.any" in {one.fact for one in rec.disagreements}


@pytest.mark.parametrize(("years", "hours"), [(16, 4), (17, 4), (18, 24), (40, 24)])
def test_a_pulse_of_44_is_a_hospitals_matter_under_eighteen_and_a_warning_sign_later(years: int, hours: int) -> None:
    rec = decide(input__age=years, input__heart_rate=44)
    assert looks(rec)["medical_clinician"] == hours
    assert "physical.any" in {one.fact for one in rec.disagreements}


@pytest.mark.parametrize(("percent", "weight"), [(75, "very_low"), (76, "low"), (80, "low"), (81, "not_low")])
def test_the_percent_of_the_median_bmi_raises_the_weight_and_never_clears_it(percent: int, weight: str) -> None:
    rec = decide(age="adolescent", input__percent_median_bmi=percent)
    view = rec.facts["mental.eating_weight"]
    assert (view.best, view.worst) == (weight, "very_low")


@pytest.mark.parametrize(
    ("potassium", "least"), [(2.9, "yes"), (3.0, "at_risk"), (3.1, "at_risk"), (3.2, "no"), (4.1, "no")]
)
def test_potassium_under_3_is_danger_and_under_3_2_a_warning_sign(potassium: float, least: str) -> None:
    rec = trellis.decide(shipped(), {"age": "adult", "input.potassium": potassium}, as_of=AS_OF)
    assert rec.facts["physical.eating_instability"].best == least
