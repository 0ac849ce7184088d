"""Leaving custody: what must be ready, who does it and by when, and what collides.

The day of release may be known or not. Where it is not, everything before it is due now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from trellis.decide import Recommendation
from trellis.engine.node import FALSE, TRUE
from trellis.frozen import EMPTY
from trellis.justice.assessment import Assessment
from trellis.justice.collide import Collided, collisions
from trellis.kinds.justice import IN_CUSTODY, REENTRY_PHASES, SUPERVISED, JusticeNote, ReentryTask, Violation

TaskState = Literal["done", "to_do", "not_known"]
CAN_BE_SHOWN = ("lost_tolerance", "no_release_day", "work_rule", "told_apart")
"""The notes on release, in the order in which they are told; each where it applies."""


class TaskView(NamedTuple):
    """A task for this person.

    Args:
        task: the content.
        due: the day by which it is done; None after a release whose day nobody knows.
        state: ``not_known`` where nobody said whether it is done: it is treated as still to do.
        late: it is not known to be done and its day is past.
        in_case: an answer that decides whether it is needed is open; it stands here all the same.
    """

    task: ReentryTask
    due: date | None
    state: TaskState
    late: bool
    in_case: bool


class ReentryView(NamedTuple):
    """The plan for release.

    Args:
        release: the day, or None where nobody knows it; ``out``: the person has left.
        tasks: in the order of phases, in each what keeps somebody alive first, then by day.
        notes: what a person must know, in order.
        collisions: see :func:`trellis.justice.collide.collisions`.
        violations: what is held against the person, each with its day, a broken rule told apart from a new offense.
    """

    release: date | None
    out: bool
    tasks: tuple[TaskView, ...]
    notes: tuple[JusticeNote, ...]
    collisions: tuple[Collided, ...]
    violations: tuple[tuple[Violation, date], ...]

    def of(self, phase: str) -> tuple[TaskView, ...]:
        """The tasks of one phase."""
        return tuple(view for view in self.tasks if view.task.phase == phase)

    @property
    def not_ready(self) -> tuple[TaskView, ...]:
        """What keeps somebody alive, belongs before release and is not known to be done."""
        return tuple(view for view in self.of("before") if view.task.safety and view.state != "done")


def tells_of_custody(rec: Recommendation, read: Assessment) -> bool:
    """Whether anything says that the person is in custody or has just left it; without it a plan would say so of them.

    >>> import trellis
    >>> from trellis.justice.assessment import read_assessment
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {"use.opioids": "severe"}, as_of=day)
    >>> [tells_of_custody(rec, read_assessment(kb, given, as_of=day)) for given in ({}, {"status": "custody_pretrial"})]
    [False, True]
    """
    return read.custody is not None or read.status in IN_CUSTODY or _told(rec) in ("released", "custody")


def _told(rec: Recommendation) -> str:
    """What the answers say for certain: the step of custody, release or supervision."""
    fact = rec.kb.facts["justice.involvement"]
    return fact.step_at(rec.in_integers[2][rec.kb.number_of(fact.id)]).id


def is_held(rec: Recommendation, read: Assessment) -> bool:
    """Whether somebody is in custody now, as far as the file tells: nobody there can go to an emergency room.

    The answers tell it as well as the justice part, so that a person whose file holds nothing else is not missed.

    >>> import trellis
    >>> from datetime import date
    >>> from trellis.justice.assessment import read_assessment
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {}, as_of=day)
    >>> [
    ...     is_held(rec, read_assessment(kb, {"custody": {"place": "jail"} | out}, as_of=day))
    ...     for out in ({}, {"out": "yes", "release": "2026-11-20"})
    ... ]
    [True, False]
    >>> is_held(trellis.decide(kb, {"justice.involvement": "custody"}, as_of=day), read_assessment(kb, {}, as_of=day))
    True
    """
    if read.custody and read.custody.out:
        return False
    return read.custody is not None or read.status in IN_CUSTODY or _told(rec) == "custody"


def reentry_of(rec: Recommendation, read: Assessment, *, as_of: date) -> ReentryView:
    """The plan for release of one person.

    Args:
        rec: the decision from the same file, for clinical answers.
        read: the justice part of the file.
        as_of: the day; what was due before it and is not known to be done is late.

    >>> import trellis
    >>> from trellis.justice.assessment import read_assessment
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {"focus": "substance_use", "use.opioids": "severe"}, as_of=day)
    >>> given = {"custody": {"place": "jail", "release": "2026-12-14"}}
    >>> plan = reentry_of(rec, read_assessment(kb, given, as_of=day), as_of=day)
    >>> [(view.task.id, str(view.due)) for view in plan.not_ready][0]
    ('opioid_medicine_started', '2026-11-30')
    """
    release = read.custody.release if read.custody else None
    out = bool(read.custody and read.custody.out)
    life = _life(read)
    found = []
    for task in rec.kb.of("reentry_tasks").values():
        stands = TRUE if task.when is None else rec.stands(rec.kb.rule_nodes[task.id], task.applies)
        asked = [life.get(name, "unknown") in steps for name, steps in task.asks.items()]
        if stands == FALSE or not all(asked):
            continue
        open_life = any(life.get(name, "unknown") == "unknown" for name in task.asks)
        lacks = any(life.get(name, "unknown") != "unknown" for name in task.asks)
        found.append(_view(task, read, release, as_of, in_case=stands != TRUE or open_life, lacks=lacks))
    found.sort(key=lambda view: (REENTRY_PHASES.index(view.task.phase), not view.task.safety, view.task.by_day))
    known: Mapping[str, Violation] = rec.kb.of("violations")
    return ReentryView(
        release=release,
        out=out,
        tasks=tuple(found),
        notes=_notes(rec, read, release),
        collisions=collisions(read),
        violations=tuple((known[name], day) for name, day in read.violations),
    )


def _life(read: Assessment) -> Mapping[str, str]:
    """What was said of the person's life; a legal status that is supervision says so too."""
    supervised = "yes" if read.status in SUPERVISED else "no" if read.status == "none" else "unknown"
    return {"supervised": supervised} | dict(read.life)


def _view(
    task: ReentryTask, read: Assessment, release: date | None, as_of: date, *, in_case: bool, lacks: bool
) -> TaskView:
    due: date | None
    if release is not None:
        due = release + timedelta(days=task.by_day)
    else:
        due = as_of if task.phase == "before" else None
    ready = read.ready.get(task.id)
    # Who said that there is no home, or no card, has said that it is still to do.
    before = task.phase == "before"
    state: TaskState = ("to_do" if before and lacks else "not_known") if ready is None else "done" if ready else "to_do"
    return TaskView(task, due, state, state != "done" and due is not None and due < as_of, in_case)


def _notes(rec: Recommendation, read: Assessment, release: date | None) -> tuple[JusticeNote, ...]:
    notes: Mapping[str, JusticeNote] = rec.kb.of("justice_notes")
    inside = is_held(rec, read)
    shown = {
        "no_release_day": inside and release is None,
        "work_rule": read.life.get("medicaid") != "no" and (rec.context or {}).get("age", "adult") == "adult",
        "told_apart": read.status in SUPERVISED or bool(read.violations),
    }
    found = []
    for name in CAN_BE_SHOWN:
        note = notes[name]
        stands = note.when is None or rec.stands(rec.kb.rule_nodes[name], EMPTY) != FALSE
        if stands and shown.get(name, True):
            found.append(note)
    return tuple(found)
