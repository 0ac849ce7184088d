"""Whole plain answers are read at once, and come to what the closer look at each answer comes to."""

from __future__ import annotations

import copy
import pickle
from dataclasses import fields
from typing import Any

import pytest

import trellis
from benchmarks.people import people
from tests.library.tiny import CONTEXT, known, tiny
from tests.support import AS_OF, shipped
from trellis import Answer, AnswerError
from trellis.decide import answers as reading_answers
from trellis.decide.answers import read_answers
from trellis.decide.reading import Reading
from trellis.decide.whole import WholeReading, read_whole

PARTS = [part.name for part in fields(Reading)]


def closely(kb: trellis.Knowledge, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Reading:
    """The reading by the closer look alone."""
    with monkeypatch.context() as patch:
        patch.setattr(reading_answers, "read_whole", lambda kb, answers: None)
        return read_answers(kb, given, AS_OF)


def parts(reading: Reading) -> dict[str, Any]:
    return {part: getattr(reading, part) for part in PARTS}


def test_invented_people_who_answered_everything_are_read_at_once_and_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    kb = shipped()
    for person in people(kb, 60, seed=7):
        reading = read_answers(kb, person, AS_OF)
        assert isinstance(reading, WholeReading)
        assert parts(reading) == parts(closely(kb, person, monkeypatch))
        (context,) = reading.contexts
        assert reading.intervals(kb, context) == closely(kb, person, monkeypatch).intervals(kb, context)


def test_what_is_said_of_them_is_the_same_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kb = shipped()
    for person in people(kb, 30, seed=8):
        at_once = trellis.decide(kb, person, as_of=AS_OF)
        with monkeypatch.context() as patch:
            patch.setattr(reading_answers, "read_whole", lambda kb, answers: None)
            looked_at = trellis.decide(kb, person, as_of=AS_OF)
            assert looked_at.to_json() == at_once.to_json()
            assert looked_at.needs == at_once.needs


@pytest.mark.parametrize(
    "change",
    [
        {"mood.low": Answer("mild")},
        {"mood.low": ["mild"]},
        {"mood.low": {"value": "mild"}},
        {"mood.low": "not_known"},
        {"mood.low": None},
        {"mood.low": "mlid"},
        {"mood.high": "mild"},
        {"input.mood": 22},
        {"age": "baby"},
        {"age": ["adult"]},
        {"life.danger": "yes", "mood.low": "none"},
    ],
    ids=str,
)
def test_whatever_needs_a_closer_look_gets_one(change: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    given = known() | change

    def said(how: Any) -> object:
        try:
            return parts(how())
        except AnswerError as error:
            return str(error)

    assert said(lambda: read_answers(tiny(), given, AS_OF)) == said(lambda: closely(tiny(), given, monkeypatch))


def test_answers_with_one_left_out_are_no_whole_set() -> None:
    whole = dict(people(shipped(), 1)[0])
    assert read_whole(shipped(), whole) is not None
    for name in whole:
        assert read_whole(shipped(), {one: value for one, value in whole.items() if one != name}) is None


def test_only_a_plain_dictionary_is_read_at_once() -> None:
    assert read_whole(shipped(), trellis.frozen.FrozenDict(people(shipped(), 1)[0])) is None


def test_answers_changed_afterwards_change_nothing_though_they_are_kept_as_given() -> None:
    given = dict(people(shipped(), 1)[0])
    rec = trellis.decide(shipped(), given, as_of=AS_OF)
    before = dict(given)
    given.clear()
    assert {name: one[0].value for name, one in rec.provenance.answers.items()} == before


def test_a_need_says_its_facts_when_asked_and_can_be_sent_on_with_them() -> None:
    rec = trellis.decide(tiny(), known(life__danger="yes", mood__low="severe"), as_of=AS_OF)
    for need in rec.needs:
        again = pickle.loads(pickle.dumps(need))  # noqa: S301 - made here
        assert again == copy.deepcopy(need) == need
        assert hash(again) == hash(need)
        assert (again.facts, again.requires, again.fixed) == (need.facts, need.requires, need.fixed)
        assert repr(again) == f"<NeedView {need.id}: {need.status}>"
    assert rec.active[0] != rec.active[0].need


def test_a_reading_of_an_open_context_is_left_to_the_closer_look() -> None:
    assert read_whole(tiny(), {name: value for name, value in known().items() if name not in CONTEXT}) is None
