"""What to choose on FindTreatment.gov: the filters that a result brings, and none for what is open."""

from __future__ import annotations

from typing import Any

import pytest

import trellis
from tests.support import AS_OF, shipped
from trellis.account import filters_for

ADULT = {"age": "adult", "pregnancy": "no"}


def chosen(answers: dict[str, Any], group: str) -> list[str]:
    rec = trellis.decide(shipped(), answers, as_of=AS_OF)
    return [one.label for one in filters_for(rec) if one.group == group]


def test_medicine_for_opioids_is_named_for_opioids_and_not_for_alcohol() -> None:
    assert chosen({"focus": "substance_use", "use.opioids": "severe"}, "medicine") == ["Buprenorphine", "Methadone"]
    assert "Methadone" not in chosen({"focus": "substance_use", "use.alcohol": "severe"}, "medicine")
    assert chosen({"focus": "mental_health"}, "medicine") == []


def test_with_nothing_known_no_kind_of_place_is_named_and_how_to_pay_is() -> None:
    assert chosen({}, "type") == []
    assert chosen({}, "age") == []
    assert "Medicaid" in chosen({}, "pay")


@pytest.mark.parametrize(("age", "expected"), [("adolescent", ["Youth (under 18)"]), ("adult", [])])
def test_places_for_youth_are_for_people_under_18(age: str, expected: list[str]) -> None:
    assert chosen({"focus": "mental_health", "age": age, "pregnancy": "no"}, "age") == expected


def test_every_label_is_cited_and_stands_there_once() -> None:
    filters = shipped().of("place_filters").values()
    assert len({(one.group, one.label) for one in filters}) == len(filters)
    assert all(one.sources for one in filters)
