"""Which question comes next, and when there is none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trellis
from tests.interview.answering import interviewed, somebody
from tests.support import AS_OF, CONTEXT, complete, shipped, vignettes
from trellis.decide import DECLINED, NOT_KNOWN, Answer
from trellis.interview import next_question


def ask(answers: dict[str, object]) -> trellis.Question | None:
    return next_question(shipped(), answers, as_of=AS_OF)  # type: ignore[arg-type]


def said(rec: trellis.Recommendation) -> tuple[object, ...]:
    """What must be the same whether the person answered everything or only what was asked."""
    return (
        rec.now and rec.now.ids,
        rec.next and rec.next.ids,
        rec.hold and (rec.hold.requirement, rec.hold.responses),
        tuple(view.id for view in rec.urgent),
        tuple((view.by, view.within_hours) for view in rec.evaluate if view.certain),
        tuple(view.id for view in rec.services if view.certain and view.safety),
    )


def test_danger_is_asked_about_before_anything_else() -> None:
    assert ask({}).facts == ("harm.danger_now",)


def test_then_come_age_and_focus_on_one_screen_and_pregnancy_when_the_age_is_told() -> None:
    question = ask({"harm.danger_now": "no"})
    assert question.factors == ("focus", "age")
    assert ask({"harm.danger_now": "no", "focus": "both"}).factors == ("age",)
    for age in ("adolescent", "adult"):
        assert ask({"harm.danger_now": "no", "focus": "both", "age": age}).factors == ("pregnancy",)


def test_nobody_is_asked_about_a_pregnancy_that_cannot_be() -> None:
    assert ask({"harm.danger_now": "no", "focus": "both", "age": "older_adult"}).factors == ()


def test_pregnancy_is_asked_where_the_age_stays_unknown_and_stays_unknown_with_it() -> None:
    for unsaid in (NOT_KNOWN, DECLINED):
        told = {"harm.danger_now": "no", "focus": "both", "age": unsaid}
        assert ask(told).factors == ("pregnancy",)
        contexts = trellis.decide(shipped(), told, as_of=AS_OF)
        assert "pregnancy" not in (contexts.context or {})


def test_a_yes_to_danger_is_followed_by_which_danger() -> None:
    which = ask({"harm.danger_now": "yes"})
    assert which.screen.id == "danger-which"
    assert which.facts == tuple(item.fact for item in which.screen.checklist)
    interview = trellis.Interview(shipped(), AS_OF, {"harm.danger_now": "yes"})
    interview.tick([])
    assert interview.current().factors == ("focus", "age")


def test_a_hint_of_suicide_is_followed_up_at_once() -> None:
    known = {"harm.danger_now": "no"} | CONTEXT | {"harm.any": "yes"}
    interview = trellis.Interview(shipped(), AS_OF, known)
    assert "harm.suicide_thoughts" in interview.current().facts
    interview.tick(["harm.suicide_thoughts"])
    assert interview.current().facts == ("harm.suicide_thoughts",)


def test_danger_on_record_that_is_too_old_is_asked_again_first() -> None:
    old = Answer("plan", date=AS_OF - timedelta(days=30))
    question = ask({"harm.danger_now": "no"} | CONTEXT | {"harm.suicide_thoughts": old})
    assert question.facts == ("harm.suicide_thoughts",)
    assert question.again


def test_a_gateway_that_is_closed_skips_everything_behind_it() -> None:
    kb = shipped()
    person = complete(kb, {"use.alcohol": "moderate"})
    asked = {fact for question in interviewed(kb, person).asked for fact in question.facts}
    assert "withdrawal.any" in asked
    assert not {fact for fact in asked if fact.startswith("withdrawal.")} - {"withdrawal.any"}


def test_what_cannot_matter_is_never_asked() -> None:
    kb = shipped()
    for answers in ({}, {"use.alcohol": "severe"}, {"harm.suicide_thoughts": "plan", "harm.stays_safe": "no"}):
        interview = interviewed(kb, complete(kb, answers))
        for question in interview.asked:
            assert question.factors or question.needs
        never = {"justice.court_order", "justice.reoffending_risk", "commitments.work", "preferences.nights_at_home"}
        assert not never & {fact for question in interview.asked for fact in question.facts}


def test_a_topic_once_begun_is_not_left_and_taken_up_again_more_than_needed() -> None:
    kb = shipped()
    person = complete(kb, {"mental.depression": "severe", "mental.anxiety": "moderate", "use.alcohol": "moderate"})
    topics = [question.topic for question in interviewed(kb, person).asked]
    changes = sum(a != b for a, b in pairwise(topics))
    assert changes <= len(set(topics)) + 6


def test_the_interview_stops_as_soon_as_the_result_is_settled() -> None:
    kb = shipped()
    interview = interviewed(kb, complete(kb, {"use.alcohol": "severe"}))
    assert interview.result().settled
    assert len(interview.answers) < len(kb.facts) / 2
    interview.back()
    assert not interview.result().settled


def test_what_nobody_here_can_answer_ends_the_interview_with_a_range() -> None:
    kb = shipped()
    interview = trellis.Interview(kb, AS_OF, CONTEXT | {"harm.danger_now": "no"})
    while interview.current() is not None:
        interview.not_known()
    rec = interview.result()
    assert rec.now is None
    assert rec.least.now.rank < rec.most.now.rank
    assert rec.unanswerable


@pytest.mark.parametrize("word", [NOT_KNOWN, DECLINED])
def test_a_question_that_was_not_answered_is_not_asked_again(word: str) -> None:
    known = {"harm.danger_now": "no"} | CONTEXT
    first = ask(known)
    again = ask(known | dict.fromkeys(first.facts, word))
    assert again is None or not set(first.facts) & set(again.facts)


def test_a_context_that_is_not_told_stays_open_and_the_rest_is_asked() -> None:
    question = ask({"harm.danger_now": "no", "focus": "both", "age": "adult", "pregnancy": DECLINED})
    assert question.factors == ()
    assert question.facts


def test_the_same_answers_lead_to_the_same_question() -> None:
    known = {"harm.danger_now": "no"} | CONTEXT
    assert ask(known) == ask(known)


@pytest.mark.parametrize(
    "vignette", [v for v in vignettes() if v.get("others", "best") == "best"], ids=lambda v: v["id"]
)
def test_asking_leads_where_the_whole_story_leads(vignette: dict[str, object]) -> None:
    kb = shipped()
    answers = {k: v for k, v in vignette["answers"].items() if not k.startswith("input.")}  # type: ignore[attr-defined]
    truth = complete(kb, answers, {})
    if not all(isinstance(value, str) for value in truth.values()) or not set(kb.factors) <= set(truth):
        pytest.skip("told with dates, numbers or an open context")
    full = trellis.decide(kb, truth, as_of=AS_OF)
    assert said(interviewed(kb, truth).result()) == said(full)


@given(seed=st.integers(0, 10_000_000), trouble=st.sampled_from([0.03, 0.1, 0.25, 0.6]))
@settings(max_examples=120)
def test_asking_leads_where_full_answers_lead_for_everybody(seed: int, trouble: float) -> None:
    kb = shipped()
    truth = somebody(kb, seed, trouble=trouble)
    assert said(interviewed(kb, truth).result()) == said(trellis.decide(kb, truth, as_of=AS_OF))


def test_a_day_later_the_questions_of_danger_are_open_again() -> None:
    kb = shipped()
    truth = complete(kb, {})
    dated = {name: Answer(value, date=AS_OF) for name, value in interviewed(kb, truth).answers.items()
             if isinstance(value, str)} | dict(interviewed(kb, truth).answers)  # fmt: skip
    assert next_question(kb, dated, as_of=AS_OF) is None
    later = {n: Answer(v.value, date=AS_OF, at_most=v.at_most, at_least=v.at_least) for n, v in dated.items()}  # type: ignore[union-attr]
    question = next_question(kb, later, as_of=AS_OF + timedelta(days=5))
    assert question is not None
    assert question.facts == ("harm.danger_now",)


def test_wrong_answers_are_refused_with_a_reason() -> None:
    with pytest.raises(trellis.AnswerError, match="Did you mean"):
        next_question(shipped(), {"harm.suicide_thots": "plan"}, as_of=date(2026, 11, 23))
