"""Several questions on one page."""

from __future__ import annotations

from tests.support import AS_OF, complete, shipped, vignettes
from trellis.interview import Interview, next_questions
from trellis.interview.group import MOST_QUESTIONS, MOST_WORDS, best_answers, length, stands_alone


def pages_of(truth: dict[str, str]) -> list[tuple[str, ...]]:
    """The pages a person sees who answers truthfully, each by its screens."""
    kb, answers, pages = shipped(), {}, []
    while page := next_questions(kb, answers, as_of=AS_OF):
        pages.append(tuple(question.screen.id for question in page))
        for question in page:
            told = answered(question, truth)
            answers = {name: value for name, value in answers.items() if name not in told} | told
    return pages


def answered(question, truth: dict[str, str]) -> dict:
    interview = Interview(shipped(), AS_OF)
    interview._current, interview._stale = question, False
    if question.screen.checklist:
        facts = shipped().facts
        interview.tick(
            [
                item.fact
                for item in question.screen.checklist
                if item.fact in question.facts
                and facts[item.fact].rank_of(truth[item.fact]) >= facts[item.fact].rank_of(item.at_least)
            ]
        )
        return {name: interview.answers[name] for name in question.facts}
    return {name: truth[name] for name in (question.factors or question.facts)}


def truths() -> list[dict[str, str]]:
    return [complete(shipped(), one["answers"]) for one in vignettes() if one.get("others", "best") == "best"]


def test_a_page_is_short_and_begins_with_the_question_that_comes_next() -> None:
    kb = shipped()
    for truth in truths()[::10]:
        answers = {}
        while page := next_questions(kb, answers, as_of=AS_OF):
            assert len(page) <= MOST_QUESTIONS
            assert len(page) == 1 or sum(length(kb, question) for question in page) <= MOST_WORDS
            answers |= answered(page[0], truth)


def test_the_question_on_danger_now_and_on_violence_at_home_stand_alone() -> None:
    for truth in truths()[::10]:
        for page in pages_of(truth):
            assert len(page) == 1 or not {"harm.danger_now", "environment.violence"} & set(page)


def test_the_best_answers_are_those_of_somebody_without_trouble() -> None:
    kb = shipped()
    question = next_questions(kb, {"harm.danger_now": "no", "focus": "both"}, as_of=AS_OF)[-1]
    assert not stands_alone(kb, question)
    assert {answer.value for answer in best_answers(kb, question).values()} == {"no"}
