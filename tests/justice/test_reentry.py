"""Leaving custody: what keeps somebody alive stands first, each with its day, and what collides is found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trellis
from tests.support import complete, shipped
from trellis.justice.assessment import Assessment, Slot, read_assessment
from trellis.justice.collide import collisions, ways_not_told
from trellis.justice.reentry import ReentryView, reentry_of
from trellis.kinds.justice import REENTRY_PHASES

DAY = date(2026, 11, 30)
BASE = {"focus": "both", "age": "adult", "pregnancy": "no"}
HOUR = 60


def plan(given_: Any, *, known: bool = True, **answers: str) -> ReentryView:
    kb = shipped()
    named = BASE | {name.replace("__", "."): value for name, value in answers.items()}
    rec = trellis.decide(kb, complete(kb, named) if known else named, as_of=DAY)
    return reentry_of(rec, read_assessment(kb, given_, as_of=DAY), as_of=DAY)


def names(found: ReentryView, phase: str = "before") -> list[str]:
    return [view.task.id for view in found.of(phase)]


RELEASE = {"custody": {"place": "jail", "release": "2026-12-14"}}


def test_somebody_with_opioid_use_leaves_with_medicine_and_naloxone_in_hand() -> None:
    found = plan(RELEASE, use__opioids="severe")
    assert {"opioid_medicine_started", "naloxone_in_hand", "medicines_bridged", "overdose_danger_told"} == {
        view.task.id for view in found.not_ready
    }
    assert "lost_tolerance" in [note.id for note in found.notes]


def test_nobody_without_such_use_is_told_of_lost_tolerance() -> None:
    found = plan(RELEASE)
    assert "opioid_medicine_started" not in names(found)
    assert "lost_tolerance" not in [note.id for note in found.notes]


def test_where_nobody_asked_about_opioids_the_steps_stand_there_in_case() -> None:
    found = plan(RELEASE, known=False)
    views = {view.task.id: view for view in found.tasks}
    assert views["naloxone_in_hand"].in_case
    assert "lost_tolerance" in [note.id for note in found.notes]


def test_each_task_has_its_day_from_the_day_of_release() -> None:
    views = {view.task.id: view for view in plan(RELEASE, use__opioids="severe").tasks}
    assert views["opioid_medicine_started"].due == date(2026, 11, 30)
    assert views["naloxone_in_hand"].due == date(2026, 12, 14)
    assert views["first_care_visit"].due == date(2026, 12, 21)
    assert views["looked_at_again"].due == date(2027, 3, 14)


def test_where_no_day_is_known_everything_before_release_is_due_today() -> None:
    found = plan({"status": "custody_pretrial", "custody": {"place": "jail"}}, use__opioids="severe")
    assert {view.due for view in found.of("before")} == {DAY}
    assert {view.due for view in found.of("by_7_days")} == {None}
    assert "no_release_day" in [note.id for note in found.notes]


def test_what_was_due_and_is_not_known_to_be_done_is_late() -> None:
    found = plan(
        {"custody": {"release": "2026-12-02"}, "ready": {"opioid_medicine_started": "yes"}}, use__opioids="mild"
    )
    late = [view.task.id for view in found.tasks if view.late]
    assert "overdose_danger_told" in late
    assert "opioid_medicine_started" not in late


def test_what_is_done_is_not_among_what_is_missing() -> None:
    found = plan(RELEASE | {"ready": {"naloxone_in_hand": "yes", "medicines_bridged": "no"}}, use__opioids="severe")
    assert "naloxone_in_hand" not in [view.task.id for view in found.not_ready]
    assert {view.task.id: view.state for view in found.tasks}["medicines_bridged"] == "to_do"


def test_medicaid_that_is_on_is_not_asked_for_again() -> None:
    assert "medicaid_restarted" not in names(plan(RELEASE | {"life": {"medicaid": "yes"}}))
    assert "medicaid_restarted" in names(plan(RELEASE | {"life": {"medicaid": "suspended"}}))
    assert "medicaid_restarted" in names(plan(RELEASE))


def test_somebody_on_no_supervision_has_no_officer_to_see() -> None:
    assert "first_report" not in names(plan(RELEASE | {"status": "none"}), "first_72_hours")
    assert "first_report" in names(plan(RELEASE | {"status": "parole"}), "first_72_hours")


def test_a_worker_for_nine_months_is_for_serious_mental_illness() -> None:
    assert "worker_named" in names(plan(RELEASE, mental__psychosis="past_or_stable"))
    assert "worker_named" not in names(plan(RELEASE))


def test_what_keeps_somebody_alive_stands_first_in_each_phase() -> None:
    found = plan(RELEASE, use__opioids="severe")
    for phase in REENTRY_PHASES:
        flags = [view.task.safety for view in found.of(phase)]
        assert flags == sorted(flags, reverse=True)


def test_every_task_says_who_does_it_and_by_when() -> None:
    for task in shipped().of("reentry_tasks").values():
        assert task.who
        assert task.sources


def test_a_broken_rule_is_told_apart_from_a_new_offense() -> None:
    given_ = {
        "status": "parole",
        "violations": [{"what": "new_arrest", "on": "2026-11-20"}, {"what": "missed_curfew", "on": "2026-11-01"}],
    }
    found = plan(given_)
    assert [(one.id, one.breach) for one, _ in found.violations] == [
        ("missed_curfew", "technical"),
        ("new_arrest", "new_offense"),
    ]
    assert "told_apart" in [note.id for note in found.notes]


def slot(what: str, day: int, start: float, end: float, **more: Any) -> Slot:
    return Slot(what, more.pop("kind", "program"), day, round(start * HOUR), round(end * HOUR), **more)


def rules(*slots: Slot, curfew: tuple[float, float] | None = None) -> list[tuple[str, int]]:
    hours = None if curfew is None else (round(curfew[0] * HOUR), round(curfew[1] * HOUR))
    week = tuple(sorted(slots, key=lambda one: (one.day, one.start)))
    return [(one.rule, one.short) for one in collisions(Assessment(week=week, curfew=hours))]


def test_a_report_in_the_middle_of_a_group_is_found() -> None:
    assert rules(slot("Group", 0, 9, 12), slot("Officer", 0, 10, 10.5, kind="report")) == [("overlap", 30)]


def test_a_group_in_the_hours_of_work_is_found_and_it_is_the_group_that_moves() -> None:
    week = (slot("Group", 1, 9, 12), slot("Job", 1, 8, 16, kind="work"))
    found = collisions(Assessment(week=tuple(sorted(week, key=lambda one: one.start))))
    assert [(one.rule, one.slot.what) for one in found] == [("work", "Group")]


def test_the_same_hour_on_another_day_is_no_collision() -> None:
    assert rules(slot("Group", 0, 9, 12), slot("Officer", 1, 10, 11, kind="report")) == []


def test_a_curfew_before_the_way_home_is_found() -> None:
    assert rules(slot("Group", 0, 18, 20, travel=45), curfew=(20, 6)) == [("curfew", 45)]
    assert rules(slot("Group", 0, 18, 19, travel=45), curfew=(20, 6)) == []


def test_a_clinic_that_opens_before_the_curfew_ends_is_found() -> None:
    assert rules(slot("Methadone", 2, 6, 6.25, kind="treatment", travel=40), curfew=(21, 6)) == [("curfew", 40)]


def test_a_way_longer_than_the_time_between_is_found() -> None:
    week = (slot("Group", 0, 9, 12), slot("Officer", 0, 12.5, 13, kind="report", travel=75))
    assert rules(*week) == [("travel", 45)]


def test_a_way_that_nobody_told_makes_no_collision_and_is_told() -> None:
    week = (slot("Group", 0, 9, 12), slot("Officer", 0, 12.5, 13, kind="report"))
    assert rules(*week) == []
    assert len(ways_not_told(Assessment(week=week))) == 2


def test_a_program_outside_the_allowed_area_is_found() -> None:
    assert rules(slot("Group", 0, 9, 12, inside=False)) == [("area", 0)]


def test_a_night_shift_on_sunday_meets_monday_morning() -> None:
    week = (slot("Officer", 0, 5, 6, kind="report"), slot("Night shift", 6, 22, 30, kind="work"))
    assert rules(*week) == [("work", 60)]


slots = st.builds(
    lambda day, start, length, travel: Slot("x", "program", day, start, start + length, travel),
    st.integers(0, 6),
    st.integers(0, 1380),
    st.integers(15, 240),
    st.one_of(st.none(), st.integers(0, 120)),
)


@given(st.lists(slots, max_size=6))
def test_hours_that_share_no_minute_never_overlap_and_others_always_do(several: list[Slot]) -> None:
    week = tuple(sorted(several, key=lambda one: (one.day, one.start, one.end, one.what)))
    found = [one for one in collisions(Assessment(week=week)) if one.rule == "overlap"]
    minutes: dict[int, int] = {}
    for one in week:
        for minute in range(one.day * 1440 + one.start, one.day * 1440 + one.end):
            minutes[minute % (7 * 1440)] = minutes.get(minute % (7 * 1440), 0) + 1
    assert bool(found) == any(count > 1 for count in minutes.values())


@given(st.lists(slots, max_size=6), st.integers(0, 1440), st.integers(0, 1440))
def test_no_curfew_no_collision_with_one_and_a_longer_one_never_has_fewer(
    several: list[Slot], start: int, end: int
) -> None:
    week = tuple(sorted(several, key=lambda one: (one.day, one.start, one.end, one.what)))
    assert "curfew" not in [one.rule for one in collisions(Assessment(week=week))]
    if start % 1440 == end % 1440:
        return
    short = [one for one in collisions(Assessment(week=week, curfew=(start, end))) if one.rule == "curfew"]
    whole = [one for one in collisions(Assessment(week=week, curfew=(0, 1440))) if one.rule == "curfew"]
    assert len(short) <= len(whole) == len(week)


@pytest.mark.parametrize("days", range(0, 60, 7))
def test_more_time_before_release_never_makes_more_things_late(days: int) -> None:
    def late(release: date) -> int:
        return sum(view.late for view in plan({"custody": {"release": str(release)}}, use__opioids="severe").tasks)

    release = DAY + timedelta(days=days)
    assert late(release) >= late(release + timedelta(days=1))


def week(*slots: tuple[str, str, str, str, int], curfew: Any = None) -> Assessment:
    """Slots as kind, day, from, to and minutes of the way."""
    given_ = [
        {"what": f"{kind} {day}", "kind": kind, "days": [day], "from": start, "to": end, "travel_minutes": way}
        for kind, day, start, end, way in slots
    ]
    return read_assessment(shipped(), {"week": given_} | ({"curfew": curfew} if curfew else {}), as_of=DAY)


@pytest.mark.parametrize(("first", "second"), [("mon", "tue"), ("sun", "mon")])
def test_a_night_at_work_leaves_too_little_time_for_the_clinic_in_the_morning(first: str, second: str) -> None:
    found = collisions(week(("work", first, "22:00", "05:50", 20), ("treatment", second, "06:00", "06:30", 30)))
    assert [(one.rule, one.short) for one in found] == [("travel", 20)]


def test_what_ends_last_before_counts_though_something_shorter_began_later() -> None:
    found = collisions(
        week(
            ("work", "mon", "09:00", "12:00", 0),
            ("care", "mon", "10:00", "10:30", 0),
            ("report", "mon", "12:10", "13:00", 30),
        )
    )
    assert ("travel", 20) in [(one.rule, one.short) for one in found]


def test_who_goes_home_between_two_things_meets_the_curfew_on_the_way() -> None:
    night = {"from": "20:00", "to": "06:00"}
    group, job = ("program", "mon", "18:00", "20:00", 45), ("work", "mon", "23:00", "23:30", 20)
    found = {one.slot.kind: one.short for one in collisions(week(group, job, curfew=night))}
    assert found == {"program": 45, "work": 20 + 30 + 20}


def test_what_somebody_said_is_lacking_is_still_to_do_and_not_unknown() -> None:
    life = {"housing": "no", "papers": "no", "medicaid": "suspended", "appointments": "unknown"}
    states = {view.task.id: view.state for view in plan(RELEASE | {"life": life}).tasks}
    assert {states[name] for name in ("housing_found", "papers", "medicaid_restarted")} == {"to_do"}
    assert states["first_visits_booked"] == "not_known"
    done = plan(RELEASE | {"life": life, "ready": {"papers": "yes"}}).tasks
    assert {view.task.id: view.state for view in done}["papers"] == "done"


@pytest.mark.parametrize(("pregnancy", "told"), [("pregnant", True), ("postpartum", True), ("no", False)])
def test_in_pregnancy_medicine_for_opioids_goes_on_and_stands_among_what_saves_lives(
    pregnancy: str, told: bool
) -> None:
    found = plan(RELEASE, use__opioids="severe", pregnancy=pregnancy)
    assert ("pregnant_on_opioid_medicine" in [view.task.id for view in found.not_ready]) is told


def test_a_pregnancy_that_nobody_asked_about_is_told_in_case() -> None:
    kb = shipped()
    rec = trellis.decide(kb, {"age": "adult", "use.opioids": "severe"}, as_of=DAY)
    views = {view.task.id: view for view in reentry_of(rec, read_assessment(kb, RELEASE, as_of=DAY), as_of=DAY).tasks}
    assert views["pregnant_on_opioid_medicine"].in_case
    assert not views["opioid_medicine_started"].in_case
