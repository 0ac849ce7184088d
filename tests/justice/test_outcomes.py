"""Outcomes are what their one definition says: custody stops the clock, and not seen long enough is never no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import shipped
from trellis.justice.outcomes import (
    Stay,
    capital,
    days_at_risk,
    days_in_custody,
    desisting,
    in_custody,
    observe,
)
from trellis.kinds.justice import OutcomeDefinition

BEGIN = date(2024, 1, 1)
FAILURES = ("return_to_use", "overdose", "technical_violation", "arrest", "conviction", "return_to_custody")
GAINS = ("recovery_capital", "desistance")

days = st.integers(0, 900).map(lambda number: BEGIN + timedelta(days=number))
stays = st.lists(
    st.builds(lambda start, length: Stay(start, start + timedelta(days=length)), days, st.integers(0, 200)), max_size=5
)


def named(name: str) -> OutcomeDefinition:
    found: OutcomeDefinition = shipped().of("outcome_definitions")[name]
    return found


def test_every_failure_and_every_gain_is_defined_once() -> None:
    defined = shipped().of("outcome_definitions")
    assert {name for name, one in defined.items() if one.polarity == "failure"} == set(FAILURES)
    assert {name for name, one in defined.items() if one.polarity == "gain"} == set(GAINS)


@pytest.mark.parametrize("name", FAILURES)
def test_time_in_custody_is_taken_out_of_every_failure(name: str) -> None:
    assert named(name).custody_out


def test_an_arrest_on_the_day_of_admission_counts_and_lies_on_the_last_day_outside() -> None:
    admitted = date(2024, 3, 1)
    found = observe(
        named("arrest"),
        begin=BEGIN,
        seen_until=date(2025, 1, 1),
        events=[admitted],
        stays=[Stay(admitted)],
        window=180,
    )
    assert (found.status, found.day, found.time) == ("event", admitted, 60)


def test_what_happens_within_a_stay_is_told_and_does_not_count() -> None:
    found = observe(
        named("overdose"),
        begin=BEGIN,
        seen_until=date(2025, 6, 1),
        events=[date(2024, 2, 10)],
        stays=[Stay(date(2024, 2, 1), date(2024, 3, 1))],
        window=90,
    )
    assert (found.status, found.within_custody) == ("no_event", 1)


def test_a_person_seen_for_less_than_the_window_is_not_known_and_not_free_of_it() -> None:
    seen = BEGIN + timedelta(days=100)
    assert observe(named("arrest"), begin=BEGIN, seen_until=seen, events=[], window=180).status == "not_yet_known"


def test_a_year_in_prison_does_not_pass_for_a_year_without_arrest() -> None:
    found = observe(
        named("arrest"),
        begin=BEGIN,
        seen_until=BEGIN + timedelta(days=400),
        events=[],
        stays=[Stay(BEGIN + timedelta(days=10))],
        window=365,
    )
    assert (found.status, found.time) == ("not_yet_known", 10)


def test_another_window_than_the_defined_ones_is_refused() -> None:
    with pytest.raises(ValueError, match="not reported within 100 days"):
        observe(named("arrest"), begin=BEGIN, seen_until=BEGIN, events=[], window=100)


def test_records_that_end_before_the_clock_begins_are_refused() -> None:
    with pytest.raises(ValueError, match="before the clock begins"):
        observe(named("arrest"), begin=BEGIN, seen_until=BEGIN - timedelta(days=1), events=[], window=180)


def test_a_stay_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Stay(date(2024, 2, 1), date(2024, 1, 1))


@given(days, days, stays)
def test_days_outside_and_days_in_custody_make_up_the_time(one: date, other: date, held: list[Stay]) -> None:
    begin, end = sorted((one, other))
    inside = days_in_custody(begin, end, held)
    assert 0 <= inside <= (end - begin).days
    assert days_at_risk(begin, end, held) + inside == (end - begin).days
    counted = sum(
        any(
            stay.admission <= begin + timedelta(days=n) and begin + timedelta(days=n) < (stay.release or end)
            for stay in held
        )
        for n in range((end - begin).days)
    )
    assert inside == counted  # day by day: overlapping stays count once


@given(days, days, days, stays)
def test_time_can_be_cut_anywhere(one: date, two: date, three: date, held: list[Stay]) -> None:
    begin, middle, end = sorted((one, two, three))
    assert days_at_risk(begin, end, held) == days_at_risk(begin, middle, held) + days_at_risk(middle, end, held)


@given(stays, st.lists(days, max_size=5), days, st.sampled_from((180, 365, 730)), st.randoms(use_true_random=False))
def test_the_order_in_which_records_come_changes_nothing(
    held: list[Stay], events: list[date], seen: date, window: int, random: object
) -> None:
    arrest = named("arrest")
    found = observe(arrest, begin=BEGIN, seen_until=seen, events=events, stays=held, window=window)
    mixed, other = list(held), list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert observe(arrest, begin=BEGIN, seen_until=seen, events=other, stays=mixed, window=window) == found


@given(stays, st.lists(days, max_size=5), days, days, st.sampled_from((180, 365, 730)))
def test_what_is_known_stays_known_when_more_is_seen(
    held: list[Stay], events: list[date], one: date, other: date, window: int
) -> None:
    sooner, later = sorted((one, other))
    first = observe(named("arrest"), begin=BEGIN, seen_until=sooner, events=events, stays=held, window=window)
    then = observe(named("arrest"), begin=BEGIN, seen_until=later, events=events, stays=held, window=window)
    if first.status != "not_yet_known":
        assert (then.status, then.day, then.time) == (first.status, first.day, first.time)


@given(stays, st.lists(days, max_size=6), st.sampled_from((180, 365, 730)))
def test_a_longer_window_never_loses_an_event(held: list[Stay], events: list[date], window: int) -> None:
    seen = BEGIN + timedelta(days=2000)
    short = observe(named("arrest"), begin=BEGIN, seen_until=seen, events=events, stays=held, window=window)
    long = observe(named("arrest"), begin=BEGIN, seen_until=seen, events=events, stays=held, window=1095)
    if short.status == "event":
        assert long.day == short.day
        assert not in_custody(short.day or BEGIN, held)
        assert short.time <= window


@given(stays, days, st.lists(days, max_size=6))
def test_the_longest_time_without_is_at_least_the_present_one(
    held: list[Stay], seen: date, offenses: list[date]
) -> None:
    found = desisting(begin=BEGIN, seen_until=seen, offenses=offenses, stays=held, stretch=90)
    assert 0 <= found.since_last <= found.longest <= days_at_risk(BEGIN, seen, held)
    assert len(found.per_year) == days_at_risk(BEGIN, seen, held) // 90


def test_time_in_prison_is_not_taken_for_desistance() -> None:
    held = [Stay(BEGIN + timedelta(days=30), BEGIN + timedelta(days=730))]
    found = desisting(begin=BEGIN, seen_until=BEGIN + timedelta(days=760), offenses=[], stays=held)
    assert (found.since_last, found.trend) == (60, "not_known")


@given(st.dictionaries(st.sampled_from("abcde"), st.sampled_from(("yes", "no", "unknown"))))
def test_a_strength_that_nobody_asked_about_is_never_counted_as_missing(answers: dict[str, str]) -> None:
    found = capital("abcde", answers)
    assert sorted((*found.there, *found.not_there, *found.not_asked)) == list("abcde")
    assert set(found.not_there) == {name for name, answer in answers.items() if answer == "no"}


def test_time_does_not_run_backwards_and_a_stretch_has_days() -> None:
    with pytest.raises(ValueError, match="time cannot run"):
        days_at_risk(BEGIN, BEGIN - timedelta(days=1), [])
    with pytest.raises(ValueError, match="is none"):
        desisting(begin=BEGIN, seen_until=BEGIN, offenses=[], stretch=0)
