"""The first treatment shown to the 24 people of a clinical reading, and to all lives, is one guidance names first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml12

from tests.support import person as of_vignette
from tests.support import shipped, vignettes
from tests.test_lives import AS_OF, PEOPLE
from trellis.approaches import Guided, Matched, match_approaches
from trellis.approaches.match import FIRST
from trellis.decide import decide
from trellis.kinds.approach import Match
from trellis.kinds.guidance import Cell, Reach

KB = shipped()
EXPECTED: dict[str, dict[str, Any]] = yaml12.read_yaml(Path(__file__).with_name("reading_first.yaml"))["people"]
READING = {life["also_known_as"]: life for life in PEOPLE if "also_known_as" in life}
THE_24 = pytest.mark.parametrize("name", sorted(EXPECTED))


def matched(life: dict[str, Any]) -> Matched:
    return match_approaches(decide(KB, life["answers"], as_of=AS_OF))


def first_shown(found: Matched) -> tuple[str, tuple[Guided, ...]]:
    """The name of what is shown first, and what guidance says of it."""
    if found.ahead:
        named = found.ahead[0].named.not_held
        return (named.en if named else "", found.ahead[:1])
    return found.ranked[0].id, found.ranked[0].guidance


def led_by_guidance(found: Matched) -> bool:
    """Where guidance names anything first for somebody, what is shown first is one of it, or keeps them alive.

    A safety plan after a stay where suicide was a worry stands before all else by a rule; no cell speaks of that time.
    """
    named_first = [one for view in found.ranked for one in view.guidance if one.line == "first"]
    if not found.ahead and not named_first:
        return True
    keeps_alive = not found.ahead and any(rule.condition == "suicide_risk" for rule in found.ranked[0].rules)
    return keeps_alive or any(one.line == "first" for one in first_shown(found)[1])


def everybody() -> Iterable[tuple[str, Matched]]:
    yield from ((life["id"], matched(life)) for life in PEOPLE)
    yield from ((one["id"], match_approaches(of_vignette(KB, one))) for one in vignettes())


def test_the_24_people_of_the_reading_are_all_here() -> None:
    assert len(EXPECTED) == 24
    assert set(EXPECTED) == set(READING), "tests/approaches/reading_first.yaml and also_known_as in the lives differ"


@THE_24
def test_what_is_expected_rests_on_a_source_that_was_read(name: str) -> None:
    assert KB.sources[EXPECTED[name]["ref"]].verified in ("seen", "secondary")
    assert EXPECTED[name]["at"]


@THE_24
def test_the_first_treatment_shown_is_one_that_guidance_names_first_with_the_reason(name: str) -> None:
    shown, guidance = first_shown(matched(READING[name]))
    assert shown in EXPECTED[name]["first"], f"{name} ({READING[name]['id']}) is shown [{shown}] first"
    reasons = [one for one in guidance if one.line == "first"]
    assert reasons, f"{name}: no guidance names [{shown}] first"
    assert all(one.says.en and one.says.es and one.cell.sources for one in reasons)


def test_whoever_guidance_names_something_first_for_is_shown_it_first() -> None:
    assert [name for name, found in everybody() if not led_by_guidance(found)] == []


def test_somebody_who_refuses_all_food_is_told_of_hospital_care_above_every_therapy() -> None:
    found = matched(READING["V9"])
    assert [one.cell.id for one in found.ahead][:1] == ["eating-refuses"]
    assert "cbt_ed" not in [view.id for view in found.ranked if view.line == FIRST]


def test_acute_psychosis_is_led_by_medicine_when_nobody_knows_whether_it_is_the_first_time() -> None:
    answers = {"focus": "mental_health", "age": "adult", "mental.psychosis": "acute"}
    found = match_approaches(decide(KB, answers, as_of=AS_OF))
    assert found.ranked[0].id == "antipsychotic"
    assert found.ranked[0].guidance[0].cell.id == "psychosis-acute"


def test_a_rule_puts_an_approach_before_all_else_only_where_the_table_names_it_first_or_has_no_cell() -> None:
    rules: Iterable[Match] = KB.matches.values()
    cells: list[Cell] = list(KB.of("guidance").values())
    without: set[str] = {name for name, reach in KB.of("guided").items() if isinstance(reach, Reach) and reach.none}
    named = {named.approach for cell in cells for named in cell.first}
    wrong = [
        rule.id
        for rule in rules
        if rule.order == "first" and rule.approach not in named and rule.condition not in without
    ]
    assert wrong == []


def test_what_guidance_names_first_has_results_that_were_read() -> None:
    cells: list[Cell] = list(KB.of("guidance").values())
    named = {one.approach for cell in cells for one in cell.first if one.approach}
    read = {
        summary.approach
        for summary in KB.summaries.values()
        if all(KB.results[name].verified == "yes" for name in summary.results)
    }
    assert named - read == set()
