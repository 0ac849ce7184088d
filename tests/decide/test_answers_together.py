"""Answers beside one another: implications, contexts, contradictions, and everything wrong told at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.decide.reading import ADULT, days_ago, interval, read, told
from tests.library.tiny import tiny
from tests.support import AS_OF
from trellis import Answer

# --- implications


def test_bad_news_of_one_fact_is_bad_news_of_what_it_implies() -> None:
    assert interval({"use.shakes": "mild"}, "use.drink") == ("daily", "daily")
    assert interval({"body.weak": "yes"}, "life.support") == ("few", "nobody")


def test_good_news_of_one_fact_clears_what_would_have_implied_worse() -> None:
    assert interval({"mood.any": "no"}, "mood.low") == ("none", "none")
    assert interval({"life.support": "many"}, "body.weak") == ("no", "no")


@pytest.mark.parametrize("answers", [{"mood.any": "no", "mood.low": "mild"}, {"mood.low": "mild", "mood.any": "no"}])
def test_a_contradiction_names_both_answers(answers: dict[str, Any]) -> None:
    assert told(answers) == [
        "answers[mood.low]: [mild] means mood.any at least [yes], but answers[mood.any] is [no]. "
        "Correct one of the two."
    ]


def test_every_contradiction_is_named() -> None:
    answers = {"mood.any": "no", "mood.low": "severe", "use.drink": "some", "use.shakes": "severe"}
    assert [line.split(":")[0] for line in told(answers)] == ["answers[mood.low]", "answers[use.shakes]"]


# --- contexts


def test_while_nothing_is_said_every_context_counts() -> None:
    assert read({}).contexts == list(range(len(tiny().contexts)))


@pytest.mark.parametrize("given", ["not_known", "declined", None, Answer("not_known")])
def test_a_context_that_is_not_known_stays_open(given: Any) -> None:
    contexts = [tiny().contexts[number] for number in read(ADULT | {"age": given}).contexts]
    assert {context["age"] for context in contexts} == {"adolescent", "adult", "older_adult"}


@pytest.mark.parametrize("given", ["adult", Answer("adult"), ["adult", Answer("adult", source="record")]])
def test_a_context_that_is_known_is_the_only_one(given: Any) -> None:
    (number,) = read(ADULT | {"age": given}).contexts
    assert tiny().contexts[number] == ADULT


def test_a_context_cannot_have_two_values() -> None:
    message = "answers[age]: is both [adolescent, adult]. Give one value; a context has no worse way."
    assert told({"age": ["adult", "adolescent"]}) == [message]


@pytest.mark.parametrize(("years", "group"), [(12, "adolescent"), (17, "adolescent"), (18, "adult"), (64, "adult"),
                                              (65, "older_adult"), (120, "older_adult")])  # fmt: skip
def test_the_age_in_years_says_the_age_group(years: int, group: str) -> None:
    contexts = [tiny().contexts[number] for number in read({"input.age": years}).contexts]
    assert {context["age"] for context in contexts} == {group}


def test_the_age_in_years_may_agree_with_the_age_group_and_not_contradict_it() -> None:
    assert len(read(ADULT | {"input.age": 30}).contexts) == 1
    message = "answers[input.age]: [70] means age [older_adult], but age is [adult]. Correct one of the two."
    assert told(ADULT | {"input.age": 70}) == [message]


def test_a_context_that_cannot_be_is_named() -> None:
    assert told({"age": "older_adult", "pregnancy": "yes"}) == [
        "answers: the context [age older_adult, pregnancy yes] cannot be. Correct one of the answers."
    ]


@pytest.mark.parametrize("focus", ["mental_health", "substance_use"])
def test_what_does_not_apply_in_the_context_is_at_its_best_there(focus: str) -> None:
    kb = tiny()
    reading = read(ADULT | {"focus": focus, "life.home": "street"})
    (context,) = reading.contexts
    lo, hi = reading.intervals(kb, context)
    closed = kb.artefact.closed[context]
    assert closed
    assert all((lo[number], hi[number]) == (0, 0) for number in closed)
    assert (lo[kb.number_of("life.home")], hi[kb.number_of("life.home")]) == (2, 2)


def test_closing_a_fact_in_one_context_leaves_the_reading_as_it_was() -> None:
    kb, reading = tiny(), read(ADULT | {"focus": "mental_health"})
    before = (reading.lo.copy(), reading.hi.copy())
    reading.intervals(kb, reading.contexts[0])
    assert (reading.lo, reading.hi) == before


def test_a_worse_answer_rules_out_the_contexts_where_it_is_not_asked() -> None:
    contexts = [tiny().contexts[number] for number in read({"use.drink": "some"}).contexts]
    assert {context["focus"] for context in contexts} == {"substance_use", "both"}


def test_the_best_answer_rules_out_no_context() -> None:
    assert len(read({"use.drink": "none"}).contexts) == len(tiny().contexts)


def test_an_answer_that_does_not_apply_in_the_context_given_is_named() -> None:
    message = (
        "answers[use.drink]: does not apply in the context given [focus mental_health], yet the answer is not its best "
        "value. Choose the focus [both], or correct the answer."
    )
    assert told({"focus": "mental_health", "use.drink": "some"}) == [message]


def test_answers_that_fit_no_one_focus_leave_both() -> None:
    contexts = [tiny().contexts[number] for number in read({"use.drink": "some", "mood.any": "yes"}).contexts]
    assert {context["focus"] for context in contexts} == {"both"}


# --- what is told

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a name that is not there": (
        {"mood.lwo": "mild"},
        "answers[mood.lwo]: [mood.lwo] is no fact, context or number of this knowledge. Did you mean mood.low?",
    ),
    "a name unlike any other": (
        {"zzz": "mild"},
        "answers[zzz]: [zzz] is no fact, context or number of this knowledge. `trellis facts` lists every name.",
    ),
    "a value that is not on the scale": (
        {"mood.low": "mid"},
        "answers[mood.low]: is [mid]. It may be none, mild, moderate, severe, not_known or declined. "
        "Did you mean mild?",
    ),
    "a value that a context does not have": (
        {"age": "adolescnet"},
        "answers[age]: is [adolescnet]. It may be adolescent, adult, older_adult, not_known or declined. "
        "Did you mean adolescent?",
    ),
    "a number for a fact": (
        {"mood.low": 2}, "answers[mood.low]: is [2]. It may be none, mild, moderate, severe, not_known or declined.",
    ),
    "true for a fact": (
        {"body.weak": True},
        "answers[body.weak]: is true or false: [True]. Give the text 'yes' or 'no', in a file in quotes.",
    ),
    "false for a fact that is neither": (
        {"mood.low": {"value": False}},
        "answers[mood.low]: is true or false: [False]. It may be none, mild, moderate, severe.",
    ),
    "true for a context": (
        {"age": Answer(True)}, "answers[age]: is true or false: [True]. It may be adolescent, adult, older_adult.",
    ),
    "true for a number": ({"input.mood": True}, "answers[input.mood]: is true or false: [True]. Give a number."),
    "a word for a number": (
        {"input.mood": "ten"}, "answers[input.mood]: is [ten]. It may be a whole number from 0 to 30.",
    ),
    "a number too small": (
        {"input.pulse": 19}, "answers[input.pulse]: is [19]. It may be a whole number from 20 to 250 beats a minute.",
    ),
    "a number too great": ({"input.mood": 31}, "answers[input.mood]: is [31]. It may be a whole number from 0 to 30."),
    "a number that is not whole": (
        {"input.mood": 9.5}, "answers[input.mood]: is [9.5]. It may be a whole number from 0 to 30.",
    ),
    "a number without end": (
        {"input.hours": float("inf")}, "answers[input.hours]: is [inf]. It may be from 0 to 1000 hours.",
    ),
    "a mapping without a value": (
        {"mood.low": {"source": "nurse"}},
        "answers[mood.low]: is not an answer: [{'source': 'nurse'}]. "
        "Give value, and if you like source, date, author, at_least, at_most.",
    ),
    "a mapping with a key that means nothing": (
        {"mood.low": {"value": "mild", "sorce": "nurse"}},
        "answers[mood.low]: is not an answer: [{'value': 'mild', 'sorce': 'nurse'}]. "
        "Give value, and if you like source, date, author, at_least, at_most.",
    ),
    "a date that is none": (
        {"mood.low": {"value": "mild", "date": "23/11/2026"}},
        "answers[mood.low]: has date [23/11/2026]. Write the date as YYYY-MM-DD.",
    ),
    "a date to come": (
        {"mood.low": Answer("mild", date=AS_OF + timedelta(days=1))},
        "answers[mood.low]: has date [2026-11-24], after the day of the decision [2026-11-23]. "
        "Correct the date, or decide as of a later day.",
    ),
    "a date to come for what is not known": (
        {"mood.low": Answer("not_known", date=AS_OF + timedelta(days=1))},
        "answers[mood.low]: has date [2026-11-24], after the day of the decision [2026-11-23]. "
        "Correct the date, or decide as of a later day.",
    ),
    "a date with a time": (
        {"mood.low": Answer("mild", date=datetime(2026, 11, 23, 10, 30, tzinfo=UTC))},
        "answers[mood.low]: has a date that is a day with a time: [2026-11-23 10:30:00+00:00]. "
        "Give the day alone, in the time zone of the site: value.date().",
    ),
    "a date that is a number": (
        {"mood.low": {"value": "mild", "date": 20261123}},
        "answers[mood.low]: has a date that is no day: [20261123]. "
        "Give a datetime.date, or in a file the text YYYY-MM-DD in quotes.",
    ),
    "a source that is no text": (
        {"mood.low": {"value": "mild", "source": ["nurse"]}},
        "answers[mood.low]: has source [['nurse']] and author ['']. Each is text.",
    ),
    "a name that is no text": (
        {1: "mild"},
        "answers[1]: [1] is no fact, context or number of this knowledge. `trellis facts` lists every name.",
    ),
    "something else": (
        {"mood.low": {"mild", }}, "answers[mood.low]: is not an answer: [{'mild'}]. Give a value, or null for unknown.",
    ),
    "something else among several": (
        {"mood.low": ["mild", ["severe"]]},
        "answers[mood.low]: is not an answer: [['severe']]. Give a value, or null for unknown.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "message"), WRONG.values(), ids=WRONG)
def test_an_answer_that_cannot_be_is_named_with_its_value_and_the_remedy(answers: Any, message: str) -> None:
    assert told(answers) == [message]


def test_everything_wrong_is_told_in_one_error() -> None:
    everything = {name: value for answers, _ in WRONG.values() for name, value in answers.items()}
    everything |= {"age": ["adult", "adolescent"], "mood.low": ["mid", 3, True], "input.mood": "ten"}
    lines = told(everything)
    wrong = {"1", "zzz", "mood.lwo", "mood.low", "age", "body.weak", "input.mood", "input.pulse", "input.hours"}
    assert {line.split("]")[0].removeprefix("answers[") for line in lines} == wrong
    assert len([line for line in lines if line.startswith("answers[mood.low]")]) == 3
    assert lines == sorted(set(lines))


def test_contradictions_are_told_together_with_what_else_is_wrong() -> None:
    answers = {"mood.any": "no", "mood.low": "mild", "life.home": "safee"}
    assert [line.split(":")[0] for line in told(answers)] == ["answers[life.home]", "answers[mood.low]"]


TRULY_WRONG: dict[str, Any] = {
    "true for a number in a mapping": {"input.hours": {"value": True}},
    "true for a number in an answer": {"input.hours": Answer(True)},
    "a number for a date": {"mood.low": {"value": "mild", "date": 20261123}},
    "a word for at_least": {"mood.low": {"value": "mild", "at_least": "no"}},
}


@pytest.mark.parametrize("answers", TRULY_WRONG.values(), ids=TRULY_WRONG)
def test_a_part_of_an_answer_with_the_wrong_type_is_named(answers: dict[str, Any]) -> None:
    (name,) = answers
    assert told(answers)[0].startswith(f"answers[{name}]")


def test_what_was_used_is_kept_as_it_was_given() -> None:
    answers = {"mood.low": ["mild", Answer("mild", date=days_ago(1))], "input.mood": 12, "life.home": "not_known"}
    used = read(answers | {"life.past": None}).used
    assert used == {
        "mood.low": (Answer("mild"), Answer("mild", date=days_ago(1))),
        "input.mood": (Answer(12),),
        "life.home": (Answer("not_known"),),
    }
