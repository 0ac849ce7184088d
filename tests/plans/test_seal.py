"""The seal tells an edit of any part, and nothing else."""

from __future__ import annotations

import json

import pytest

from tests.plans.saved import DANGER, edited, from_1_1_0, made
from tests.support import AS_OF, shipped
from trellis.plans import read_plan, review
from trellis.plans.plan import Plan
from trellis.plans.render import to_json
from trellis.plans.seal import seal_of

PLAN = made(DANGER, called="Sam", team=[{"name": "Dr. Lee", "role": "therapist"}])
WRITTEN = json.loads(to_json(PLAN))
PARTS = [name for name in WRITTEN if name not in ("form", "seal")]


def test_a_plan_that_is_saved_and_read_is_whole() -> None:
    assert seal_of(read_plan(WRITTEN)) == "whole"


@pytest.mark.parametrize("part", PARTS)
def test_taking_any_part_away_breaks_it(part: str) -> None:
    if Plan.model_fields[part].is_required():
        return
    assert seal_of(edited(PLAN, lambda raw: raw.pop(part))) == "broken"


def test_a_new_version_is_sealed_and_so_is_the_one_it_keeps() -> None:
    second = review(shipped(), PLAN, {}, as_of=AS_OF).plan
    again = read_plan(json.loads(to_json(second)))
    assert [seal_of(version) for version in (*again.earlier, again)] == ["whole", "whole"]


def test_plans_of_before_seals_have_none() -> None:
    assert seal_of(from_1_1_0()) == "none"
