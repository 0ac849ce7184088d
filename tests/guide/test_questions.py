"""Every question can be read aloud: the list of them is up to date, and each is whole for each reader."""

from __future__ import annotations

import re

import pytest

from tests.guide.write_questions import LOVED_ONE, PAGE, PERSON, TO, ReadAloud, heard, written
from tests.support import shipped

QUESTIONS = {name: readers for _, name, readers in heard(shipped())}
NAMES_OF_SUBSTANCES = "use-which"
"""The one list whose lines are names: what was used in the past year."""
SENTENCE = re.compile(r"[^.?!]+[.?!]+")
FEW = 3
"""A question with two choices and more sentences than this names many things at once, and its "no" closes them all."""


def sentences(one: ReadAloud) -> int:
    return len(SENTENCE.findall(one.question))


def gateways() -> list[str]:
    found = {name: readers["en", PERSON] for name, readers in QUESTIONS.items()}
    return [name for name, one in found.items() if len(one.choices) == 2 and sentences(one) > FEW]


def test_the_list_of_questions_is_as_the_content_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == written(text, shipped()), "run python -m tests.guide.write_questions"


def test_the_list_holds_every_fact_and_every_list_once() -> None:
    kb = shipped()
    names = [name for _, name, _ in heard(kb)]
    lists = [name for name, screen in kb.screens.items() if screen.checklist]
    assert sorted(names) == sorted(["concerns", *kb.factors, *kb.facts, *lists])


@pytest.mark.parametrize("reader", TO, ids=" ".join)
def test_each_line_to_tick_is_a_whole_sentence(reader: tuple[str, str]) -> None:
    lists = [name for name, screen in shipped().screens.items() if screen.checklist and name != NAMES_OF_SUBSTANCES]
    cut_short = [line for name in lists for line in QUESTIONS[name][reader].choices if not line.endswith(".")]
    assert not cut_short


@pytest.mark.parametrize("whom", [PERSON, LOVED_ONE])
@pytest.mark.parametrize("name", gateways())
def test_a_question_that_closes_many_names_as_many_things_in_each_language(name: str, whom: str) -> None:
    readers = QUESTIONS[name]
    assert sentences(readers["en", whom]) == sentences(readers["es", whom])


def test_there_are_such_questions() -> None:
    assert {"harm.danger_now", "harm.any", "withdrawal.any", "physical.any", "mental.any"} <= set(gateways())


@pytest.mark.parametrize("reader", TO, ids=" ".join)
def test_no_two_choices_of_a_question_sound_the_same(reader: tuple[str, str]) -> None:
    for name, readers in QUESTIONS.items():
        choices = readers[reader].choices
        assert len(set(choices)) == len(choices), name
