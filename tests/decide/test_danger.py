"""Danger is read from what is valid in an input, whatever is wrong around it."""

from __future__ import annotations

from typing import Any

import pytest

import trellis
from tests.support import AS_OF, shipped
from trellis import Answer


@pytest.mark.parametrize(
    "answers",
    [
        {"harm.suicide_thoughts": "plan", "harm.suicide_rsk": "high"},
        {"harm.suicide_thoughts": {"value": "plan", "date": "29.11.2026"}},
        {"harm.suicide_thoughts": {"value": "plan", "date": "2030-01-01"}},
        {"harm.suicide_thoughts": {"value": "plan", "sorce": "nurse"}},
        {"harm.suicide_thoughts": Answer("plan", date="tomorrow")},  # type: ignore[arg-type]
        {"harm.suicide_thoughts": "Plan "},
        {"harm": {"suicide_thoughts": "plan"}},
        {"harm.suicide_thoughts": ["nothing", "plan"]},
        {"harm.any": "no", "harm.suicide_thoughts": "plan"},
        {"age": "older_adult", "pregnancy": "pregnant", "harm.suicide_thoughts": "plan"},
        {"harm.suicide_thoughts": "plan", "harm.suicide_evaluated": "no_imminent_danger"},
    ],
)
def test_danger_beside_a_fault_is_found(answers: dict[str, Any]) -> None:
    with pytest.raises(trellis.AnswerError):
        trellis.decide(shipped(), answers, as_of=AS_OF)
    assert [view.id for view in trellis.danger_in(shipped(), answers, as_of=AS_OF)] == ["suicide"]


def test_true_to_danger_now_is_a_yes() -> None:
    assert [view.id for view in trellis.danger_in(shipped(), {"harm.danger_now": True}, as_of=AS_OF)] == ["danger_now"]


def test_faults_without_danger_are_no_danger() -> None:
    assert trellis.danger_in(shipped(), {"harm.suicide_thoughts": "perhaps", "x": 1}, as_of=AS_OF) == ()
