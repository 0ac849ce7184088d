"""What worries somebody most is asked first; the short way leaves much out, and never danger."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from tests.interview.answering import answer, interviewed
from tests.support import AS_OF, CONTEXT, complete, shipped, vignettes
from trellis.interview import ConcernError, Interview, Scope, asked_about, next_question, told_by

CALM = CONTEXT | {"harm.danger_now": "no", "harm.any": "no"}
CONCERNS = tuple(asked_about(shipped()).concerns)
TRIED = 1
"""So many concerns, drawn by chance, are tried with each person in danger."""


def talk(truth: Mapping[str, str], about: Scope, *, most: int = 120) -> Interview:
    """A whole conversation with somebody who answers truthfully."""
    kb = shipped()
    interview = Interview(kb, AS_OF, told_by(kb, about.concerns), about=about)
    for _ in range(most):
        if interview.current() is None:
            return interview
        answer(interview, truth)
    raise AssertionError(f"still asking after {most} screens: {interview.current()}")


def facts_of(interview: Interview) -> list[str]:
    return [fact for question in interview.asked for fact in question.facts]


def in_danger() -> list[tuple[str, dict[str, str]]]:
    """The people of the vignettes who are in danger, or must be kept somewhere until somebody has looked."""
    found = []
    for one in vignettes():
        if all(isinstance(value, str) for value in one["answers"].values()):
            truth = complete(shipped(), one["answers"])
            rec = interviewed(shipped(), truth).result()
            if rec.urgent or rec.hold:
                found.append((one["id"], truth))
    return found


@pytest.mark.slow
def test_the_short_way_finds_every_danger_that_the_whole_way_finds() -> None:
    people, tried, random = in_danger(), 0, Random(20261130)
    for name, truth in people:
        whole = talk(truth, Scope()).result()
        for concern in random.sample(CONCERNS, TRIED):
            if any(truth.get(fact) != step for fact, step in told_by(shipped(), [concern]).items()):
                continue  # the person would not say so
            short = talk(truth, Scope((concern,), short=True)).result()
            tried += 1
            missed = {view.id for view in whole.urgent} - {view.id for view in short.urgent}
            assert not missed, (name, concern, missed)
            assert bool(short.hold) == bool(whole.hold), (name, concern)
    assert tried > len(people) / 2, "too few of them would say what worries them"


def test_what_worries_somebody_is_asked_right_after_safety() -> None:
    kb = shipped()
    for concern, wanted in asked_about(kb).concerns.items():
        question = next_question(kb, CALM | told_by(kb, [concern]), as_of=AS_OF, about=Scope((concern,)))
        if concern == "suicide":
            continue  # it contradicts a "no" to all of harm
        assert question is not None
        assert wanted & set(question.facts), concern


def test_safety_comes_before_what_worries_somebody() -> None:
    answers = CONTEXT | {"harm.danger_now": "no"}
    question = next_question(shipped(), answers, as_of=AS_OF, about=Scope(("gambling",), short=True))
    assert question is not None
    assert question.facts == ("harm.any",)


@pytest.mark.parametrize("short", [True, False], ids=["short", "whole"])
@pytest.mark.parametrize("concern", [name for name, facts in asked_about(shipped()).opening.items() if facts])
def test_where_somebody_is_is_asked_right_after_danger_though_no_setting_depends_on_it(
    concern: str, short: bool
) -> None:
    kb, about = shipped(), Scope((concern,), short=short)
    answers: dict[str, str] = {"harm.danger_now": "no"}
    for fact in asked_about(kb).opening[concern]:
        question = next_question(kb, answers, as_of=AS_OF, about=about)
        assert question is not None
        assert question.facts == (fact,)
        answers[fact] = kb.facts[fact].values[-1]
    question = next_question(kb, answers, as_of=AS_OF, about=about)
    assert question is not None
    assert not set(asked_about(kb).opening[concern]) & set(question.facts), "asked twice"


def test_who_says_that_somebody_is_in_jail_is_asked_whether_they_are_there_now() -> None:
    truth = complete(shipped(), {**CONTEXT, "justice.involvement": "custody"})
    interview = talk(truth, Scope(("custody",), short=True))
    assert "in-custody" in [need.id for need in interview.result().active]


def test_where_somebody_is_may_stay_unsaid() -> None:
    answers = {"harm.danger_now": "no", "justice.involvement": "not_known"}
    question = next_question(shipped(), answers, as_of=AS_OF, about=Scope(("custody",), short=True))
    assert question is not None
    assert "justice.involvement" not in question.facts


def test_the_short_way_asks_less_and_leaves_open_what_it_did_not_ask() -> None:
    truth = complete(shipped(), {"focus": "both", "age": "adult", "pregnancy": "no", "use.alcohol": "moderate"})
    short, whole = talk(truth, Scope(("drinking",), short=True)), talk(truth, Scope(("drinking",)))
    left_out = set(facts_of(whole)) - set(facts_of(short))
    assert "use.alcohol" in facts_of(short)
    assert "environment.housing" in left_out | set(facts_of(short))
    assert len(short.asked) < len(whole.asked)
    assert whole.result().settled
    assert not short.result().settled
    for fact in left_out - set(short.answers):
        view = short.result().facts[fact]
        assert view.best != view.worst, f"{fact} was not asked and counts as known"


def test_the_whole_way_goes_on_where_the_short_way_ended() -> None:
    truth = complete(shipped(), {"focus": "both", "age": "adult", "pregnancy": "no", "use.alcohol": "moderate"})
    short = talk(truth, Scope(("drinking",), short=True))
    assert next_question(shipped(), short.answers, as_of=AS_OF, about=Scope(("drinking",))) is not None


def test_whoever_does_not_know_what_worries_them_is_asked_everything() -> None:
    truth = complete(shipped(), dict(CONTEXT))
    assert facts_of(talk(truth, Scope((), short=True))) == facts_of(interviewed(shipped(), truth))


def test_what_the_words_of_a_concern_tell_is_not_asked_once_more() -> None:
    truth = complete(shipped(), CONTEXT | {"mental.depression": "moderate"})
    assert "mental.any" not in facts_of(talk(truth, Scope(("low_mood",))))


def test_every_fact_that_tells_of_danger_is_asked_on_the_short_way() -> None:
    kb: Any = shipped()
    always = asked_about(kb).always
    opened = frozenset().union(*asked_about(kb).opens.values())
    grave = {fact for need in kb.needs.values() if need.urgent for fact in kb.reads[need.id]}
    left_out = {name for name in grave - always - opened if kb.facts[name].kind not in ("evaluation", "score")}
    assert left_out == set(), left_out


def test_no_such_concern_is_told_with_those_there_are() -> None:
    with pytest.raises(ConcernError, match=r"\[drinkin\] is no concern\. Use one of: drinking, opioids"):
        next_question(shipped(), {}, as_of=AS_OF, about=Scope(("drinkin",)))
