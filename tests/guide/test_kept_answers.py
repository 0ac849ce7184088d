"""Kept answers are read with the knowledge of today: each with its source and day, the rest left out and named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import trellis
from tests.guide.keeping import in_node, payload
from tests.support import AS_OF, shipped
from trellis.guide.core import core_of
from trellis.guide.keep import KeptAnswers
from trellis.guide.kept_answers import ReadAnswers, readable_answers


def read(as_of: date = AS_OF, **changed: Any) -> tuple[ReadAnswers, list[str]]:
    return readable_answers(shipped(), KeptAnswers.model_validate(payload(**changed)), as_of)


def test_each_answer_carries_its_source_and_day() -> None:
    found, left = read()
    assert left == []
    assert found["age"] == [{"value": "adult", "source": "self-report", "date": "2026-11-20"}]
    assert found["environment.violence"][0]["date"] == "2026-11-18"
    assert found["use.alcohol"][0]["at_least"] is True


def test_what_somebody_close_said_is_their_word() -> None:
    found, _ = read(whom="loved_one")
    assert {answer["source"] for given in found.values() for answer in given} == {"loved-one report"}


def test_a_file_cannot_make_itself_a_clinicians_word() -> None:
    told = {"value": "none", "source": "clinician", "author": "Dr. Invented"}
    found, _ = read(answers={"harm.suicide_thoughts": told})
    assert found["harm.suicide_thoughts"] == [{"value": "none", "source": "self-report", "date": "2026-11-20"}]


def test_no_answer_is_of_a_later_day_than_today() -> None:
    found, left = read(
        as_of=date(2026, 11, 19), answers={"age": "adult", "focus": {"value": "both", "date": "2031-01-01"}}
    )
    assert {name: given[0]["date"] for name, given in found.items()} == {"age": "2026-11-19", "focus": "2026-11-19"}
    assert left == []


@pytest.mark.parametrize(
    "given",
    [
        {"harm.no_such_thing": "yes"},
        {"age": "ancient"},
        {"age": {"value": "adult", "date": "soon"}},
        {"age": {"value": "adult", "more": 1}},
        {"age": True},
        {"age": None},
        {"age": []},
        {"input.age": 900},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_left_out_and_named(given: dict[str, Any]) -> None:
    found, left = read(answers={"focus": "both"} | given)
    assert list(found) == ["focus"]
    assert left == list(given)


def test_of_several_answers_those_that_can_be_read_stay() -> None:
    found, left = read(answers={"use.alcohol": ["mild", "enormous"]})
    assert [answer["value"] for answer in found["use.alcohol"]] == ["mild"]
    assert left == ["use.alcohol"]


def test_of_answers_that_contradict_each_other_the_one_that_tells_of_danger_stays() -> None:
    kb = shipped()
    both = {"age": "adult", "harm.any": "no", "harm.suicide_thoughts": "intent"}
    with pytest.raises(trellis.AnswerError):
        trellis.decide(kb, both, as_of=AS_OF)
    found, left = read(answers=both)
    assert left == ["harm.any"]
    assert [view.id for view in trellis.decide(kb, found, as_of=AS_OF).urgent] == ["suicide"]


def test_the_browsers_code_leaves_out_the_same() -> None:
    kb, core = shipped(), core_of(shipped())
    cases = [
        {},
        {"harm.no_such_thing": "yes"},
        {"age": "ancient"},
        {"harm.any": "no", "harm.suicide_thoughts": "intent"},
        {"use.alcohol": ["mild", "enormous"]},
    ]
    trees = [payload(answers={"focus": "both"} | case) for case in cases]
    found = in_node(*({"do": "left", "core": core, "payload": tree, "today": AS_OF.isoformat()} for tree in trees))
    assert found == [readable_answers(kb, KeptAnswers.model_validate(tree), AS_OF)[1] for tree in trees]
