"""What stands in the way is told to whom it can concern: leave from a job by law asks for a year of work."""

from __future__ import annotations

from datetime import date

import pytest

import trellis
from tests.support import complete, shipped

AS_OF = date(2026, 11, 30)
CONTEXT = {"focus": "both", "pregnancy": "no"}
HOSPITAL = {"physical.emergency": "yes", "physical.illness": "hospital"}
OF_A_JOB = {"work_fixed_hours", "work_flexible"}


def barriers(age: str | None, **answers: str) -> set[str]:
    given = HOSPITAL | {name.replace("__", "."): value for name, value in answers.items()}
    context = CONTEXT | ({"age": age} if age else {})
    rec = trellis.decide(shipped(), complete(shipped(), given, context), as_of=AS_OF)
    return {barrier.id for barrier in rec.barriers}


@pytest.mark.parametrize("work", ["flexible", "fixed_hours"])
def test_nobody_under_eighteen_is_told_of_leave_that_protects_a_job(work: str) -> None:
    found = barriers("adolescent", commitments__work=work)
    assert not found & OF_A_JOB
    helps = {help for name in found for help in shipped().barriers[name].accommodations}
    assert not helps & {"job_protected_leave", "evening_programme"}


def test_somebody_at_school_is_told_of_a_plan_with_the_school() -> None:
    assert "school" in barriers("adolescent", commitments__work="fixed_hours")
    assert "school_plan" in shipped().barriers["school"].accommodations


@pytest.mark.parametrize("age", ["adult", "older_adult"])
def test_an_adult_with_fixed_hours_is_told_of_leave_and_not_of_school(age: str) -> None:
    found = barriers(age, commitments__work="fixed_hours")
    assert "work_fixed_hours" in found
    assert "school" not in found


def test_while_the_age_is_not_known_neither_is_told_as_certain() -> None:
    assert not barriers(None, commitments__work="fixed_hours") & {*OF_A_JOB, "school"}
