"""Answers one by one: what each says of a fact, for how long, who said so, and what numbers and scores add."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.decide.reading import days_ago, interval, read
from tests.library.tiny import tiny
from tests.support import AS_OF
from trellis import Answer
from trellis.decide.answers import read_answers
from trellis.decide.join import Disagreement

# --- what an answer may look like


@pytest.mark.parametrize(
    "given",
    [
        "moderate",
        Answer("moderate"),
        {"value": "moderate"},
        {"value": "moderate", "source": "clinician", "author": "N. N.", "date": AS_OF},
        {"value": "moderate", "date": AS_OF.isoformat()},
        ["moderate"],
        ("moderate", Answer("moderate", source="clinician")),
    ],
)
def test_an_answer_may_be_a_value_an_object_a_mapping_or_several(given: Any) -> None:
    assert interval({"mood.low": given}, "mood.low") == ("moderate", "moderate")


@pytest.mark.parametrize("given", [None, [], "not_known", "declined", Answer("not_known"), {"value": "declined"}])
def test_what_is_not_said_stays_open(given: Any) -> None:
    assert interval({"mood.low": given}, "mood.low") == ("none", "severe")


@pytest.mark.parametrize(
    ("given", "noted"), [("not_known", True), ("declined", True), (None, False), (["declined", "mild"], False)]
)
def test_a_fact_that_cannot_be_answered_here_is_noted_so_that_it_is_not_asked_again(given: Any, noted: bool) -> None:
    assert read({"mood.low": given}).unanswerable == (["mood.low"] if noted else [])


def test_not_known_beside_an_answer_takes_nothing_from_it() -> None:
    given = [Answer("not_known", source="self-report"), Answer("severe", source="clinician")]
    assert interval({"mood.low": given}, "mood.low") == ("severe", "severe")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Answer("moderate", at_least=True), ("moderate", "severe")),
        (Answer("moderate", at_most=True), ("none", "moderate")),
        (Answer("none", at_least=True), ("none", "severe")),
        ({"value": "mild", "at_least": True}, ("mild", "severe")),
        # Two boxes of a checklist: both are true.
        ([Answer("mild", at_least=True), Answer("moderate", at_most=True)], ("mild", "moderate")),
    ],
)
def test_a_box_ticked_says_at_least_and_a_box_left_empty_says_at_most(given: Any, expected: tuple[str, str]) -> None:
    assert interval({"mood.low": given}, "mood.low") == expected


def test_on_a_scale_of_which_less_is_worse_at_least_still_means_that_bad_or_worse() -> None:
    assert interval({"life.support": Answer("few", at_least=True)}, "life.support") == ("few", "nobody")


def test_an_answer_as_plain_values_leaves_out_what_has_its_default() -> None:
    assert Answer("mild").to_json() == {"value": "mild", "source": "self-report"}
    full = Answer("mild", source="nurse", date=AS_OF, author="N. N.", at_least=True)
    assert full.to_json() == {
        "value": "mild", "source": "nurse", "date": AS_OF.isoformat(), "author": "N. N.", "at_least": True,
    }  # fmt: skip


@pytest.mark.parametrize("number", [0, 0.0])
def test_the_number_nought_is_a_value_like_any_other(number: float) -> None:
    assert Answer(number).to_json()["value"] == 0


# --- how long an answer counts


@pytest.mark.parametrize(
    ("name", "value", "days"), [("mood.low", "severe", 7), ("life.support", "nobody", 30), ("use.shakes", "mild", 2)]
)
def test_an_answer_counts_to_the_last_day_of_its_validity_and_no_longer(name: str, value: str, days: int) -> None:
    fact = tiny().facts[name]
    on_the_last_day = {name: Answer(value, date=days_ago(days))}
    a_day_later = {name: Answer(value, date=days_ago(days + 1))}
    assert interval(on_the_last_day, name) == (value, value)
    assert read(on_the_last_day).expired == []
    assert interval(a_day_later, name) == (fact.step_at(0).id, fact.step_at(fact.top).id)
    (expired,) = read(a_day_later).expired
    assert (expired.name, expired.value, expired.until) == (name, value, days_ago(1))


def test_the_best_answer_expires_too() -> None:
    assert interval({"mood.low": Answer("none", date=days_ago(8))}, "mood.low") == ("none", "severe")


def test_an_answer_without_a_date_was_given_on_the_day_of_the_decision() -> None:
    assert interval({"life.danger": "no"}, "life.danger") == ("no", "no")


def test_history_never_expires() -> None:
    given = {"life.past": Answer("often", date=date(1990, 1, 1))}
    assert interval(given, "life.past") == ("often", "often")
    assert read(given).expired == []


def test_danger_stays_in_force_past_its_validity_as_last_known() -> None:
    reading = read({"life.danger": Answer("yes", date=days_ago(100))})
    assert interval({"life.danger": Answer("yes", date=days_ago(100))}, "life.danger") == ("yes", "yes")
    assert (reading.latched, reading.expired) == (["life.danger"], [])


@pytest.mark.parametrize("value", ["no", "maybe"])
def test_below_the_step_where_danger_begins_an_old_answer_is_unknown_again(value: str) -> None:
    reading = read({"life.danger": Answer(value, date=days_ago(2))})
    assert interval({"life.danger": Answer(value, date=days_ago(2))}, "life.danger") == ("no", "yes")
    assert (reading.latched, [old.name for old in reading.expired]) == ([], ["life.danger"])


def test_danger_that_is_within_its_validity_is_known_and_not_latched() -> None:
    assert read({"life.danger": Answer("yes", date=days_ago(1))}).latched == []


def test_danger_stays_in_force_only_until_it_is_asked_again() -> None:
    given = [Answer("yes", date=days_ago(100)), Answer("no", source="clinician", date=AS_OF)]
    assert read({"life.danger": given}).latched == []
    assert interval({"life.danger": given}, "life.danger") == ("no", "no")


def test_an_expired_answer_beside_a_fresh_one_says_nothing() -> None:
    given = [Answer("severe", date=days_ago(20)), Answer("mild", date=AS_OF)]
    assert interval({"mood.low": given}, "mood.low") == ("mild", "mild")
    assert read({"mood.low": given}).expired == []


# --- several sources


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_sources_the_worse_one_counts_and_both_are_shown(order: int) -> None:
    given = [Answer("mild", source="self-report"), Answer("severe", source="clinician")][::order]
    assert interval({"mood.low": given}, "mood.low") == ("severe", "severe")
    (found,) = read({"mood.low": given}).disagreements
    assert found == Disagreement(
        "mood.low", ("mild", "severe")[::order], ("self-report", "clinician")[::order]
    )  # fmt: skip


def test_two_sources_that_agree_are_no_disagreement() -> None:
    given = [Answer("mild", source="self-report"), Answer("mild", source="clinician")]
    assert read({"mood.low": given}).disagreements == []


# --- instruments


def test_an_instrument_raises_the_fact_and_with_it_what_that_implies() -> None:
    assert interval({"input.mood": 15}, "score.mood") == ("high", "highest")
    assert interval({"input.mood": 15}, "mood.any") == ("yes", "yes")


@pytest.mark.parametrize("answers", [{"input.mood": 0}, {"score.mood": "low"}, {"score.mood": Answer("low")}])
def test_a_low_score_never_clears(answers: dict[str, Any]) -> None:
    assert interval(answers, "mood.any") == ("no", "yes")


def test_a_low_number_does_not_lower_what_was_answered() -> None:
    assert interval({"input.drinks": 0, "use.drink": "daily"}, "use.drink") == ("daily", "daily")
    assert interval({"input.drinks": 0}, "use.drink") == ("none", "daily")


def test_a_number_raises_an_answer_and_the_disagreement_is_shown() -> None:
    answers = {"use.drink": Answer("none", source="self-report"), "input.drinks": Answer(9, source="nurse")}
    assert interval(answers, "use.drink") == ("daily", "daily")
    (found,) = read(answers).disagreements
    assert found == Disagreement("use.drink", ("none", "daily"), ("self-report", "input.drinks 9, nurse"))


@pytest.mark.parametrize("score", ["high", Answer("high"), [Answer("high"), Answer("low")]])
def test_a_score_against_an_answer_raises_it_and_is_no_contradiction(score: Any) -> None:
    answers = {"mood.any": "no", "score.mood": score}
    assert interval(answers, "mood.any") == ("yes", "yes")
    assert any(found.fact == "mood.any" for found in read(answers).disagreements)


def test_of_a_number_and_a_score_the_worse_one_counts() -> None:
    assert interval({"input.mood": 25, "score.mood": "high"}, "score.mood") == ("highest", "highest")
    assert interval({"input.mood": 11, "score.mood": "highest"}, "score.mood") == ("highest", "highest")


WORST_LAST = [3, Answer(25, source="nurse")]


@pytest.mark.parametrize(
    "numbers",
    [
        WORST_LAST,
        WORST_LAST[::-1],
        [25, "not_known"],
    ],
)
def test_of_several_numbers_the_worst_counts(numbers: list[Any]) -> None:
    assert interval({"input.mood": numbers}, "score.mood") == ("highest", "highest")


def test_a_number_counts_as_long_as_the_fact_that_it_says_something_of() -> None:
    """Fifty hours since the last drink closes the window; a month later nobody knows whether it has opened again."""
    assert interval({"input.hours": Answer(50, date=days_ago(30))}, "use.window") == ("closed", "open")


def test_an_old_number_neither_contradicts_an_answer_nor_adds_to_it() -> None:
    answers = {"input.hours": Answer(50, date=days_ago(30)), "use.window": "open"}
    assert interval(answers, "use.window") == ("open", "open")


@pytest.mark.parametrize("hours", [[10, 50], [50, 10], [50, "not_known", 10]])
def test_of_several_numbers_that_set_a_fact_the_worst_counts(hours: list[Any]) -> None:
    assert interval({"input.hours": hours}, "use.window") == ("open", "open")


BANDS = [
    ("input.mood", 9, "score.mood", "low"), ("input.mood", 10, "score.mood", "high"),
    ("input.mood", 19, "score.mood", "high"), ("input.mood", 20, "score.mood", "highest"),
    ("input.mood", 0, "score.mood", "low"), ("input.mood", 30, "score.mood", "highest"),
    ("input.drinks", 0, "use.drink", "none"), ("input.drinks", 0.1, "use.drink", "some"),
    ("input.drinks", 4.5, "use.drink", "some"), ("input.drinks", 4.6, "use.drink", "daily"),
    ("input.hours", 0, "use.window", "open"), ("input.hours", 48, "use.window", "open"),
    ("input.hours", 48.5, "use.window", "closed"),
    ("input.pulse", 40, "body.weak", "no"), ("input.pulse", 39, "body.weak", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "value", "fact", "step"), BANDS)
def test_a_number_means_the_last_band_it_reaches(number: str, value: float, fact: str, step: str) -> None:
    assert interval({number: value}, fact)[0] == step


@pytest.mark.parametrize(("value", "step"), [(10, "low"), (11, "low"), (12, "high"), (20, "highest")])
def test_a_band_begins_where_the_site_says(value: int, step: str) -> None:
    kb = tiny(mood_high_from=12)
    reading = read_answers(kb, {"input.mood": value}, AS_OF)
    assert kb.facts["score.mood"].step_at(reading.lo[kb.number_of("score.mood")]).id == step


def test_a_number_that_sets_a_fact_leaves_nothing_open() -> None:
    assert interval({"input.hours": 50}, "use.window") == ("closed", "closed")
    assert interval({"input.hours": 50, "use.window": "not_known"}, "use.window") == ("closed", "closed")
    assert interval({"input.hours": 50, "use.window": "closed"}, "use.window") == ("closed", "closed")


@pytest.mark.parametrize("given", ["not_known", "declined", None])
def test_a_number_that_is_not_known_says_nothing(given: Any) -> None:
    assert interval({"input.hours": given}, "use.window") == ("closed", "open")
