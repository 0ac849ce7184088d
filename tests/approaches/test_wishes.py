"""Aims in the person's own words, and what they would rather have or not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import shipped
from trellis.approaches import find_aims, read_wishes
from trellis.errors import Problem

KB = shipped()


@pytest.mark.parametrize("aim", KB.aims.values(), ids=lambda aim: aim.id)
def test_every_aim_is_found_in_each_of_the_words_people_use_for_it(aim: object) -> None:
    assert aim.like.es, aim.id  # type: ignore[attr-defined]
    for phrase in (*aim.like.en, *aim.like.es):  # type: ignore[attr-defined]
        assert aim.id in find_aims(KB, f"Well, {phrase.upper()}, I think.")  # type: ignore[attr-defined]


def test_words_that_only_begin_alike_are_not_taken_for_an_aim() -> None:
    assert find_aims(KB, "") == ()
    phrase = KB.aims["keep_or_find_work"].like.en[0]
    assert "keep_or_find_work" in find_aims(KB, phrase)
    assert "keep_or_find_work" not in find_aims(KB, f"{phrase}xyz")


def test_what_is_found_in_words_is_suggested_and_what_is_named_is_not() -> None:
    said = [
        "I want to keep my job",
        "avoid_overdose",
        {"words": "swim", "serves": ["daily_life"]},
        {"words": "my kids"},
    ]
    wishes = read_wishes(KB, {"aims": said}, [])
    assert [aim.suggested for aim in wishes.aims] == [True, False, False, True]
    assert wishes.aims[2].words == "swim"
    assert wishes.aim_ids[:3] == ("keep_or_find_work", "avoid_overdose", "daily_life")


def test_own_words_are_kept_when_no_aim_is_found_in_them() -> None:
    wishes = read_wishes(KB, {"aims": ["Zzz qqq"]}, [])
    assert (wishes.aims[0].words, wishes.aims[0].serves) == ("Zzz qqq", ())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"aims": "one"}, "Give a list"),
        ({"aims": [3]}, "has [3]"),
        ({"aims": [{"serves": ["keep_work"]}]}, "[keep_work], which is no aim"),
        ({"prefers": ["group"]}, "`wants` and `avoids`"),
        ({"prefers": {"wants": ["grup"]}}, "Did you mean group?"),
    ],
)
def test_what_is_wrong_is_explained(said: dict[str, object], words: str) -> None:
    problems: list[Problem] = []
    read_wishes(KB, said, problems)
    assert words in str(problems[0])


@pytest.mark.parametrize(
    "said",
    [
        {"prefers": {"wants": 5}},
        {"prefers": {"avoids": [["x"], None]}},
        {"aims": [{"words": "x", "serves": 7}]},
        {"aims": [{"words": "x", "serves": {"a": 1}}]},
    ],
)
def test_what_is_no_list_of_names_is_a_problem_and_no_fault(said: dict[str, Any]) -> None:
    problems: list[Problem] = []
    read_wishes(KB, said, problems)
    assert problems
    assert all("list of names" in problem.remedy for problem in problems)
