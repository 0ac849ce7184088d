"""Everybody in court, under supervision or in custody gets the track, dose and plan that sources ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import AS_OF, person, shipped, vignettes
from trellis.justice.assessment import Assessment, read_assessment
from trellis.justice.consent import ConsentError, permitted
from trellis.justice.dose import dose_of
from trellis.justice.outcomes import capital
from trellis.justice.reentry import reentry_of
from trellis.justice.track import to_work_on, topics_of, track_of

PEOPLE = [one for one in vignettes() if "justice" in one]
EVERYBODY = pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])


def answer(vignette: dict[str, Any]) -> dict[str, Any]:
    """All that the layer says of somebody, under the names that a vignette expects it by."""
    kb, rec = shipped(), person(shipped(), vignette)
    read = read_assessment(kb, vignette["justice"], as_of=AS_OF)
    track, dose = track_of(rec, read, as_of=AS_OF), dose_of(rec, read, as_of=AS_OF)
    plan = reentry_of(rec, read, as_of=AS_OF)
    topics = topics_of(rec, read)
    strengths = [view.topic.id for view in topics if view.topic.part == "strength"]
    hours = {"none": "none", "unknown": "unknown"}.get(dose.says)
    if dose.most is not None:
        hours = dose.most.hours if dose.says == "hours" else [dose.least.hours if dose.least else 0, dose.most.hours]
    return {
        "tracks": [one.id for one in track.tracks],
        "dose": hours,
        "attended": dose.attended,
        "needs": [view.topic.id for view in to_work_on(topics)],
        "fitted": [view.topic.id for view in topics if view.topic.part == "responsivity" and view.there],
        "courts": {one.court.id: one.says for one in track.courts},
        "full_tool_due": "yes" if track.risk.full_tool_due else "no",
        "not_ready": {view.task.id for view in plan.not_ready},
        "due": {view.task.id: str(view.due) for view in plan.tasks},
        "tasks": {view.task.id for view in plan.tasks},
        "late": {view.task.id for view in plan.tasks if view.late},
        "collisions": [one.rule for one in plan.collisions],
        "breaches": {one.id: one.breach for one, _ in plan.violations},
        "notes": [note.id for note in plan.notes],
        "reports": {to: shared(read, to) for to in vignette["justice_expect"].get("reports", ())},
        "capital": list(capital(strengths, read.answers).there),
    }


def shared(read: Assessment, to: str) -> list[str] | str:
    """The parts that somebody who asks may hear, or why they hear nothing."""
    try:
        return list(permitted(read.consent, to=to, as_of=AS_OF).parts)
    except ConsentError as refused:
        return refused.why


@EVERYBODY
def test_the_person_gets_the_track_the_dose_and_the_plan_that_are_expected(vignette: dict[str, Any]) -> None:
    found, wrong = answer(vignette), []
    for key, expected in vignette["justice_expect"].items():
        if key == "without_tasks":
            right = not set(expected) & found["tasks"]
        elif key in ("tasks", "late"):
            right = set(expected) <= found[key]
        elif key in ("courts", "due"):
            right = all(str(found[key].get(name)) == str(value) for name, value in expected.items())
        elif key in ("not_ready",):
            right = set(expected) == found[key]
        else:
            right = expected == found[key]
        if not right:
            wrong.append(f"  {key}: expected {expected}, found {found.get(key)}")
    assert not wrong, "\n".join([vignette["id"], *wrong])


def test_there_are_at_least_twenty_people_in_justice() -> None:
    assert len(PEOPLE) >= 20


def test_each_quadrant_and_each_dose_is_somebodys() -> None:
    tracks = {track for one in PEOPLE for track in one["justice_expect"].get("tracks", ())}
    assert tracks == set(shipped().of("tracks"))
    doses = [one["justice_expect"].get("dose") for one in PEOPLE]
    assert all(dose in doses for dose in ("none", "unknown", 100, 200, 300))


ILL = ("use.", "mental.")
KINDS = {
    "in court": ("pretrial", "diversion"),
    "under supervision": ("probation", "parole"),
    "in custody": ("custody_pretrial", "custody_sentenced"),
}


@pytest.mark.parametrize("ill", [True, False])
@pytest.mark.parametrize("where", KINDS)
def test_each_place_has_somebody_who_is_ill_and_somebody_who_is_not(where: str, ill: bool) -> None:
    there = [one for one in PEOPLE if (one["justice"] or {}).get("status") in KINDS[where]]
    assert [one for one in there if any(name.startswith(ILL) for name in one["answers"]) == ill]


def test_somebody_has_left_custody_and_somebody_has_a_day_of_release() -> None:
    custody = [(one["justice"] or {}).get("custody") or {} for one in PEOPLE]
    assert any(one.get("out") == "yes" or one.get("out") is True for one in custody)
    assert any(one.get("release") and not one.get("out") for one in custody)
