"""What a result says of the answers themselves: too old, still in force, evaluated, set aside, and what is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]
OLD = """\
as_of: 2026-11-29
answers:
  age: {value: adult, date: "2020-01-01"}
  mental.depression: {value: severe, date: "2024-01-01", source: clinician}
  harm.danger_now: no
"""
STANDING = """\
as_of: 2026-11-29
answers:
  harm.suicide_thoughts: [{value: intent, date: "2026-11-20"}, {value: none}]
"""
EVALUATED = """\
as_of: 2026-11-29
answers:
  harm.suicide_thoughts: {value: plan, date: "2026-11-27"}
  harm.stays_safe: {value: no, date: "2026-11-27"}
  harm.suicide_evaluated:
    {value: no_imminent_danger, source: clinician, author: Dr. Okafor (invented), date: "2026-11-28"}
"""
FULL = "as_of: 2026-11-29\nanswers: {harm.suicide_thoughts: thoughts}\nplaces: {outpatient: full}\n"


@pytest.fixture
def shown(invoke: Invoke, tmp_path: Path) -> Callable[..., str]:
    def run(text: str, *options: str, command: str = "decide") -> str:
        file = tmp_path / "person.yaml"
        file.write_text(text, encoding="utf-8")
        return " ".join(invoke(command, str(file), *options).stdout.split())

    return run


@pytest.mark.parametrize("command", ["decide", "explain"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_an_answer_that_is_too_old_is_told_with_its_day_and_what_it_was(
    command: str, role: str, shown: Callable[..., str]
) -> None:
    page = shown(OLD, "--role", role, command=command)
    assert "Too old to count" in page
    for words in ("18 to 64", "2020-01-01", "Low nearly all day", "2024-01-01"):
        assert words in page


def test_it_is_not_counted_as_used(shown: Callable[..., str]) -> None:
    assert "Answers used: 1 of 3" in shown(OLD, "--role", "clinician", command="explain")
    plain = json.loads(shown(OLD, "--role", "clinician", "--json"))
    assert plain["counted"] == ["harm.danger_now"]
    assert [one["name"] for one in plain["expired"]] == ["age", "mental.depression"]


@pytest.mark.parametrize(("lang", "words"), [("en", "Danger that stays in force"), ("es", "Peligro que sigue vigente")])
def test_danger_that_a_milder_answer_does_not_end_is_told_with_its_end(
    lang: str, words: str, shown: Callable[..., str]
) -> None:
    page = shown(STANDING, "--lang", lang)
    assert words in page
    assert "2026-11-20" in page
    assert "2026-12-20" in page


def test_an_evaluation_is_told_with_who_and_when_and_what_it_sets_aside(shown: Callable[..., str]) -> None:
    page = shown(EVALUATED, "--role", "clinician")
    assert "Dr. Okafor (invented), 2026-11-28" in page
    assert "Not counted, as something said later stands against it - Capacity to keep safe" in page


def test_what_is_open_and_what_is_settled_already_is_named(shown: Callable[..., str]) -> None:
    page = shown("as_of: 2026-11-29\nanswers: {}\n", "--role", "clinician")
    assert "Not settled. Still open: placement now, placement next" in page
    plain = json.loads(shown("as_of: 2026-11-29\nanswers: {}\n", "--role", "clinician", "--json"))
    assert "placement_now" in plain["open_parts"]


def test_a_possible_evaluation_is_a_question_and_no_hour(shown: Callable[..., str]) -> None:
    page = shown(OLD, "--role", "clinician")
    possible = page.split("Possible, not certain:", 1)[1].split("Services", 1)[0]
    assert "To know, ask:" in possible
    assert "within" not in possible.split("To know, ask:")[0]


def test_a_sooner_evaluation_that_is_only_possible_stands_beside_the_certain_one(shown: Callable[..., str]) -> None:
    page = shown("as_of: 2026-11-29\nanswers: {mental.depression: severe}\n", "--role", "clinician")
    assert "Mental health professional, within 7 days" in page
    assert "It may have to be sooner, for" in page


def test_while_answers_are_open_nothing_is_promised_to_be_enough(shown: Callable[..., str]) -> None:
    page = shown(FULL)
    assert "As far as is known, this would be enough as well" in page
    assert "This would be enough as well" not in page


def test_an_at_least_that_danger_can_hide_behind_brings_a_line_of_help(shown: Callable[..., str]) -> None:
    hinted = "as_of: 2026-11-29\nanswers: {harm.suicide_thoughts: {value: wish, at_least: true, source: PHQ-9}}\n"
    assert "call 911, or call or text 988, now" in shown(hinted)
    assert "call 911, or call or text 988, now" not in shown("as_of: 2026-11-29\nanswers: {harm.any: no}\n")
