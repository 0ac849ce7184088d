"""A conversation: answering, going back, not knowing, declining."""

from __future__ import annotations

import pytest

import trellis
from tests.interview.answering import answer, interviewed
from tests.support import AS_OF, CONTEXT, complete, shipped
from trellis.decide import Answer


def begun(**answers: str) -> trellis.Interview:
    return trellis.Interview(shipped(), AS_OF, CONTEXT | {"harm.danger_now": "no"} | answers)


def test_every_answer_carries_who_gave_it() -> None:
    interview = trellis.Interview(shipped(), AS_OF, source="clinician")
    interview.answer({"harm.danger_now": "no"})
    assert interview.answers["harm.danger_now"] == Answer("no", source="clinician")


def test_going_back_asks_the_same_question_again() -> None:
    interview = begun()
    first = interview.current()
    answer(interview, complete(shipped(), {}))
    assert interview.current() != first
    assert interview.back()
    assert interview.current() == first
    assert interview.asked == ()
    assert not interview.back()


def test_a_wrong_answer_changes_nothing() -> None:
    interview = begun()
    before, question = dict(interview.answers), interview.current()
    with pytest.raises(trellis.AnswerError):
        interview.answer({question.facts[0]: "nonsense"})
    assert interview.answers == before
    assert interview.current() == question


def test_an_answer_that_contradicts_an_earlier_one_is_refused_and_names_both() -> None:
    interview = begun()
    interview.answer({"harm.any": "no"})
    with pytest.raises(trellis.AnswerError, match=r"harm\.any"):
        interview.answer({"harm.suicide_thoughts": "plan"})


def test_none_of_these_answers_a_whole_checklist() -> None:
    interview = begun(**{"harm.any": "yes"})
    question = interview.current()
    assert question.screen.checklist
    interview.tick([])
    rec = interview.result()
    for item in question.screen.checklist:
        fact = shipped().facts[item.fact]
        assert fact.rank_of(rec.facts[item.fact].worst) < fact.rank_of(item.at_least)


def test_a_ticked_box_says_at_least_so_much_and_no_more() -> None:
    interview = begun(**{"harm.any": "yes"})
    interview.tick(["harm.suicide_thoughts"])
    thoughts = interview.result().facts["harm.suicide_thoughts"]
    assert (thoughts.best, thoughts.worst) == ("wish", "plan")


def test_a_box_that_is_not_there_is_refused() -> None:
    interview = begun(**{"harm.any": "yes"})
    with pytest.raises(ValueError, match="no such box"):
        interview.tick(["use.alcohol"])
    with pytest.raises(ValueError, match="no checklist"):
        begun().tick([])


def test_declining_and_not_knowing_leave_the_fact_open() -> None:
    for way in ("decline", "not_known"):
        interview = begun()
        facts = interview.current().facts
        getattr(interview, way)()
        rec = interview.result()
        assert not rec.facts[facts[0]].known
        assert set(facts) <= set(rec.unanswerable)


def test_nothing_happens_after_the_last_question() -> None:
    kb = shipped()
    interview = interviewed(kb, complete(kb, {}))
    answers = dict(interview.answers)
    interview.decline()
    interview.not_known()
    assert interview.answers == answers
    interview.answer({"use.fentanyl": "no"})
    assert interview.result().settled


def test_back_after_something_said_unasked_asks_the_question_that_stood_there() -> None:
    interview = trellis.Interview(shipped(), AS_OF)
    interview.answer({"harm.danger_now": "no"})
    before = interview.current()
    interview.answer({"mental.depression": "mild"})
    assert interview.back()
    assert interview.current() == before
    assert interview.back()
    assert interview.current().facts == ("harm.danger_now",)  # type: ignore[union-attr]
