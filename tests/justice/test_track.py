"""The track follows risk and need with reasons; the dose follows risk; and neither touches the level of care."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trellis
from tests.support import complete, shipped
from trellis.errors import AnswerError
from trellis.justice.assessment import Assessment, read_assessment
from trellis.justice.dose import DoseView, dose_of
from trellis.justice.track import TrackView, to_work_on, topics_of, track_of
from trellis.kinds.justice import LEGAL_STATUSES, RISK_LEVELS

DAY = date(2026, 11, 30)
BASE = {"focus": "both", "age": "adult", "pregnancy": "no"}


def read(given: Any) -> Assessment:
    return read_assessment(shipped(), given, as_of=DAY)


def decided(**answers: str) -> trellis.Recommendation:
    named = {name.replace("__", "."): value for name, value in answers.items()}
    return trellis.decide(shipped(), complete(shipped(), BASE | named), as_of=DAY)


def track(given: Any, **answers: str) -> TrackView:
    return track_of(decided(**answers), read(given), as_of=DAY)


def dose(given: Any, **answers: str) -> DoseView:
    return dose_of(decided(**answers), read(given), as_of=DAY)


def risk(level: str, on: str = "2026-11-02") -> dict[str, Any]:
    return {"tool": "oras", "level": level, "on": on}


def courts(found: TrackView) -> dict[str, str]:
    return {one.court.id: one.says for one in found.courts}


QUADRANTS = [
    ("high", "severe", "high_risk_high_need"),
    ("low", "severe", "low_risk_high_need"),
    ("high", "none", "high_risk_low_need"),
    ("low", "none", "low_risk_low_need"),
]


@pytest.mark.parametrize(("level", "use", "expected"), QUADRANTS)
def test_each_quadrant_is_reached_by_risk_and_need(level: str, use: str, expected: str) -> None:
    found = track({"risk": risk(level)}, use__opioids=use)
    assert [one.id for one in found.tracks] == [expected]
    assert bool(found.need_high) == (use == "severe")


def test_without_a_risk_result_both_columns_stay_open() -> None:
    found = track({}, use__opioids="severe")
    found_open = track_of(trellis.decide(shipped(), BASE, as_of=DAY), read({}), as_of=DAY)
    assert {one.id for one in found_open.tracks} == set(shipped().of("tracks"))
    assert not found_open.settled
    assert found.need_high


def test_a_moderate_risk_leaves_both_columns_to_the_team() -> None:
    assert len(track({"risk": risk("moderate")}, use__opioids="severe").tracks) == 2


def test_a_result_past_its_time_counts_for_nothing_and_is_told() -> None:
    found = track({"risk": risk("high", "2026-01-02")})
    assert found.risk.basis == "too_old"
    assert found.risk.levels == RISK_LEVELS


def test_a_triage_gives_no_level_and_says_whether_a_full_tool_is_due() -> None:
    found = track({"triage": {"tool": "proxy", "score": 6, "on": "2026-11-02"}}, justice__reoffending_risk="low")
    assert found.risk.full_tool_due
    assert found.risk.basis == "told"
    low = {"triage": {"tool": "proxy", "score": 4, "on": "2026-11-02"}}
    open_risk = track_of(trellis.decide(shipped(), BASE, as_of=DAY), read(low), as_of=DAY).risk
    assert (open_risk.basis, open_risk.full_tool_due, open_risk.levels) == ("triage_only", False, RISK_LEVELS)


def test_the_tool_stands_where_an_answer_says_another_level() -> None:
    found = track({"risk": risk("low")}, justice__reoffending_risk="high").risk
    assert (found.levels, found.disagrees) == (("low",), True)


@pytest.mark.parametrize("status", LEGAL_STATUSES)
def test_a_drug_court_is_never_offered_to_somebody_on_parole(status: str) -> None:
    found = courts(track({"status": status, "risk": risk("high")}, use__opioids="severe"))
    admitted = status in ("pretrial", "diversion", "probation", "custody_pretrial")
    assert found["drug_court_entry"] == ("may" if admitted else "wrong_status")
    assert (found["reentry_court_entry"] == "may") == (status == "parole")


def test_a_drug_court_is_not_offered_at_low_risk_or_without_a_use_disorder() -> None:
    assert courts(track({"status": "probation", "risk": risk("low")}, use__opioids="severe"))["drug_court_entry"] == (
        "wrong_track"
    )
    assert courts(track({"status": "probation", "risk": risk("high")}))["drug_court_entry"] == "wrong_track"


def test_a_court_stays_open_where_nobody_said_the_legal_status() -> None:
    assert courts(track({"risk": risk("high")}, use__opioids="severe"))["drug_court_entry"] == "open"


DOSES = [("moderate", 100), ("moderate_high", 200), ("high", 300)]


@pytest.mark.parametrize(("level", "hours"), DOSES)
def test_the_dose_follows_the_risk(level: str, hours: int) -> None:
    found = dose({"risk": risk(level)})
    assert found.says == "hours"
    assert found.most is not None
    assert found.most.hours == hours


def test_at_low_risk_there_is_no_dose_and_hours_given_are_too_much() -> None:
    session = {"program": "t4c", "on": "2026-11-10", "hours": 2}
    found = dose({"risk": risk("low"), "attendance": [session]})
    assert (found.says, found.most, found.too_much) == ("none", None, True)


def test_without_a_risk_no_hours_are_planned() -> None:
    found = dose_of(trellis.decide(shipped(), BASE, as_of=DAY), read({}), as_of=DAY)
    assert (found.says, found.most, found.left) == ("unknown", None, None)


def test_only_hours_of_programs_aimed_at_offending_count() -> None:
    sessions = [
        {"program": "t4c", "on": "2026-11-10", "hours": 2},
        {"program": "cbt_i", "on": "2026-11-11", "hours": 1},
    ]
    found = dose({"risk": risk("moderate"), "attendance": sessions})
    assert (found.attended, [one.program for one in found.not_counted], found.left) == (2.0, ["cbt_i"], 98.0)


def test_the_highest_need_stands_first_with_the_programs_that_target_it() -> None:
    found = dose({"risk": risk("high"), "needs": {"peers": "some", "impulse_anger": "high", "attitudes": "none"}})
    assert [topic.id for topic, _ in found.programs] == ["impulse_anger", "peers"]
    assert "rr" in found.programs[0][1]


def test_a_use_disorder_is_a_need_whatever_somebody_typed() -> None:
    views = topics_of(decided(use__stimulants="severe"), read({"needs": {"substance_use": "none"}}))
    assert [view.topic.id for view in to_work_on(views)] == ["substance_use"]


def test_mental_illness_is_a_thing_to_fit_a_program_to_and_no_need_behind_offending() -> None:
    views = {view.topic.id: view for view in topics_of(decided(mental__psychosis="past_or_stable"), read({}))}
    assert views["mental_illness"].there
    assert views["mental_illness"].topic.part == "responsivity"


def test_what_nobody_said_is_open_and_never_no() -> None:
    views = topics_of(trellis.decide(shipped(), BASE, as_of=DAY), read({}))
    assert not [view.topic.id for view in views if view.known]


def test_every_topic_is_asked_of_each_of_the_three_in_both_languages() -> None:
    for topic in shipped().of("justice_topics").values():
        for asked in (topic.asks.person, topic.asks.loved_one, topic.asks.professional):
            assert asked.en
            assert len(asked.en) == len(asked.es)


scores = st.fixed_dictionaries(
    {},
    optional={
        "justice.reoffending_risk": st.sampled_from(("low", "moderate", "high")),
        "score.reoffending": st.sampled_from(("low", "raised")),
    },
)
health = st.fixed_dictionaries(
    {},
    optional={
        "use.alcohol": st.sampled_from(("none", "mild", "severe")),
        "mental.depression": st.sampled_from(("none", "moderate", "severe")),
        "environment.housing": st.sampled_from(("stable", "homeless")),
    },
)


@settings(max_examples=40, deadline=None)
@given(scores, scores, health)
def test_a_risk_score_alone_never_changes_a_clinical_level(
    one: dict[str, str], other: dict[str, str], answers: dict[str, str]
) -> None:
    kb = shipped()
    whole = complete(kb, BASE | answers)
    first, second = (trellis.decide(kb, whole | risk, as_of=DAY) for risk in (one, other))
    for end in ("least", "most"):
        left, right = getattr(first, end), getattr(second, end)
        assert left.now.ids == right.now.ids
        assert left.now.requirement == right.now.requirement
    assert [view.id for view in first.urgent] == [view.id for view in second.urgent]


WRONG: list[tuple[Any, str]] = [
    ([], "Write `justice:`"),
    ({"statu": "parole"}, "Did you mean status?"),
    ({"status": True}, "true or false"),
    ({"risk": {"tool": "oras", "level": "high"}}, "has no [on]"),
    ({"risk": {"tool": "orass", "level": "high", "on": "2026-11-02"}}, "Did you mean oras?"),
    ({"risk": {"tool": "proxy", "level": "high", "on": "2026-11-02"}}, "justice.risk.tool"),
    ({"risk": {"tool": "oras", "level": "hihg", "on": "2026-11-02"}}, "Did you mean high?"),
    ({"risk": {"tool": "oras", "level": "high", "on": "2027-01-02"}}, "which is after [2026-11-30]"),
    ({"risk": {"tool": "oras", "level": "high", "on": "unknown"}}, "counts only with its day"),
    ({"risk": {"tool": "oras", "level": "high", "score": 50, "on": "2026-11-02"}}, "from 0 to 49"),
    ({"triage": {"tool": "proxy", "score": 9, "on": "2026-11-02"}}, "from 2 to 8"),
    ({"triage": {"tool": "proxy", "score": 5, "level": "high", "on": "2026-11-02"}}, "a triage gives no level"),
    ({"needs": {"peer": "high"}}, "Did you mean peers?"),
    ({"needs": {"peers": "yes"}}, "It may be none, some, high, or unknown"),
    ({"strengths": {"belonging": "high"}}, "It may be no, yes, or unknown"),
    ({"attendance": [{"program": "t4c", "on": "2026-11-10", "hours": -1}]}, "from 0.25 to 12 hours"),
    ({"attendance": [{"program": "t4c", "on": "2026-12-10", "hours": 1}]}, "which is after"),
    ({"attendance": [{"program": "t4c", "on": "2026-11-10", "hours": 7}] * 2}, "has 14 hours"),
    ({"attendance": {"program": "t4c"}}, "Write a list"),
    ({"attendance": [{"program": "t4c", "on": "2026-11-10", "hours": float("nan")}]}, "from 0.25 to 12"),
    ({"custody": {"since": "2026-11-02", "release": "2026-11-01"}}, "before custody began"),
    ({"custody": {"out": "yes"}}, "not since which day"),
    ({"week": [{"what": "Group", "kind": "program", "days": ["mon"], "from": "25:00", "to": "8:00"}]}, "'18:30'"),
    ({"week": [{"what": "Group", "kind": "program", "days": "mon", "from": "7:00", "to": "8:00"}]}, "list of days"),
    ({"curfew": {"from": "20:00", "to": "20:00"}}, "Give it an end"),
    ({"violations": [{"what": "missed_curfev", "on": "2026-11-01"}]}, "Did you mean missed_curfew?"),
    ({"ready": {"naloxone": "yes"}}, "naloxone_in_hand"),
    ({"called": 5}, "Write it as text in quotes."),
    ({"custody": {"since": "2026-13-01"}}, "Write the day as YYYY-MM-DD."),
    ({"custody": {"since": "1800-01-01"}}, "from 1900 to 2199"),
    ({"custody": {"release": "2026-12-01", "out": "yes"}}, "Mend one of the two."),
    ({"custody": "jail"}, "Write a mapping"),
    ({"risk": "high"}, "Write a mapping"),
    ({"attendance": ["t4c"]}, "Write a mapping"),
    ({"violations": ["missed_curfew"]}, "Write a mapping"),
    ({"week": ["work"]}, "Write a mapping"),
    ({"curfew": {"from": "20:00"}}, "has no [to]"),
    ({"attendance": [{"program": "t4c", "on": "2026-11-10", "hours": 1}] * 1001}, "Give 1,000 at most."),
    ({"week": [{"what": "Job", "kind": "work", "days": ["mon"], "from": "8:00", "to": "8:00"}]}, "Give it an end."),
    ({"week": [{"what": "Job", "kind": "work", "days": ["mon"], "from": "24:30", "to": "8:00"}]}, "'18:30'"),
    ({"life": {"housing": "maybe"}}, "It may be no, yes, or unknown"),
]


@pytest.mark.parametrize(("given_", "said"), WRONG)
def test_what_is_wrong_is_told_with_its_place_and_how_to_mend_it(given_: Any, said: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read(given_)
    assert said in str(caught.value)
    assert all(problem.where.startswith("justice") for problem in caught.value.problems)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(AnswerError) as caught:
        read({"status": "x", "needs": {"peers": "y"}, "custody": {"place": "z"}})
    assert len(caught.value.problems) == 3


def test_an_answer_that_may_be_low_or_high_leaves_every_level_open() -> None:
    found = dose_of(trellis.decide(shipped(), BASE, as_of=DAY), read({"risk": None}), as_of=DAY)
    assert found.risk.levels == RISK_LEVELS


def test_a_triage_that_is_too_old_says_nothing() -> None:
    old = {"tool": "proxy", "score": 7, "on": "2025-01-02"}
    assert track({"triage": old}).risk.full_tool_due is None
