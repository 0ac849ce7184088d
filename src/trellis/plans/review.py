"""A review: new answers in; what changed, goals met and still needed, and the step down or up it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from trellis.decide import Recommendation, decide, replay
from trellis.decide.adding import with_answers
from trellis.model.errors import AnswerError
from trellis.model.knowledge import Knowledge
from trellis.plans.make import make_plan
from trellis.plans.person import Person, read_person
from trellis.plans.plan import Goal, Plan

Step = Literal["step_down", "step_up", "stay", "not_settled"]


@dataclass(frozen=True)
class FactChange:
    """One fact that stands differently than at the last version; each side as ``(best, worst)`` step."""

    fact: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True)
class Review:
    """What a review found. ``plan`` is the new version, which keeps the earlier ones."""

    before: Plan
    plan: Plan
    rec: Recommendation
    changed: tuple[FactChange, ...]
    goals_met: tuple[str, ...]
    goals_open: tuple[str, ...]
    goals_kept: tuple[str, ...]
    goals_new: tuple[str, ...]
    needs_cleared: tuple[str, ...]
    needs_new: tuple[str, ...]
    step: Step
    outdated: tuple[str, ...]
    other_knowledge: bool

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "step": self.step,
            "changed": [{"fact": c.fact, "before": list(c.before), "after": list(c.after)} for c in self.changed],
            "goals_met": list(self.goals_met),
            "goals_open": list(self.goals_open),
            "goals_kept": list(self.goals_kept),
            "goals_new": list(self.goals_new),
            "needs_cleared": list(self.needs_cleared),
            "needs_new": list(self.needs_new),
            "outdated": list(self.outdated),
            "other_knowledge": self.other_knowledge,
            "plan": self.plan.model_dump(mode="json", exclude_defaults=True),
        }


def review(
    kb: Knowledge,
    plan: Plan,
    answers: Mapping[str, Any],
    *,
    as_of: date,
    person: Mapping[str, Any] | None = None,
    places: Mapping[str, str] | None = None,
) -> Review:
    """Review a plan with new answers.

    A new answer takes the place of the old one for the same fact; all others keep their dates and age: what was asked
    too long ago counts as unknown again, and danger stays in force as last known. A goal counts as met only when every
    need behind it is ruled out; a need that is merely open again leaves its goal open.

    Args:
        kb: the knowledge of today; the plan may rest on an earlier one, which is then said.
        plan: the version before.
        answers: the new answers.
        as_of: the day of the review.
        person: what the person and the team say now; parts left out stay as they were.
        places: places that are full, refused or denied now; as before when left out.

    Raises:
        AnswerError: an answer or a part of ``person`` cannot be used.

    >>> import trellis
    >>> from trellis.plans import make_plan
    >>> kb = trellis.load()
    >>> answers = {"focus": "mental_health", "age": "adult", "mental.depression": "severe"}
    >>> plan = make_plan(trellis.decide(kb, answers, as_of=date(2026, 11, 1)))
    >>> found = review(kb, plan, {"mental.depression": "none"}, as_of=date(2026, 11, 24))
    >>> found.plan.version, [change.fact for change in found.changed]
    (2, ['mental.any', 'mental.depression'])
    """
    basis = plan.basis
    other = basis.get("digest") != kb.digest
    old = _dated(kb, basis)
    before = decide(kb, old, as_of=plan.made_on) if other else replay(kb, basis)
    joined, outdated = _join(kb, old, answers, as_of)
    rec = decide(kb, joined, as_of=as_of, places=dict(places if places is not None else basis.get("places", {})))
    said = read_person({**plan.person, **(person or {})})
    new = make_plan(rec, said if said != Person() else None)
    active = {need.id for need in rec.active}
    open_needs = {need.id for need in rec.open}
    old_needs = {need for goal in plan.goals for need in goal.needs}
    met, still_open, kept = [], [], []
    for goal in plan.goals:
        needs = _own_needs(kb, goal)
        if goal.own or needs & active:
            kept.append(goal.id)
        elif needs & open_needs:
            still_open.append(goal.id)
        else:
            met.append(goal.id)
    earlier = (*plan.earlier, plan.model_copy(update={"earlier": ()}))
    version = new.model_copy(update={"version": plan.version + 1, "earlier": earlier})
    return Review(
        before=plan,
        plan=version,
        rec=rec,
        changed=_changed(before, rec, set(answers)),
        goals_met=tuple(met),
        goals_open=tuple(still_open),
        goals_kept=tuple(kept),
        goals_new=tuple(goal.id for goal in version.goals if plan.goal(goal.id) is None),
        needs_cleared=tuple(sorted(old_needs - active - open_needs)),
        needs_new=tuple(need.id for need in rec.active if need.id not in old_needs),
        step=_step(plan, rec),
        outdated=outdated,
        other_knowledge=other,
    )


def _own_needs(kb: Knowledge, goal: Goal) -> set[str]:
    """The needs that make a goal, without those of another goal that were worked on within it."""
    known = kb.goals.get(goal.id)
    return set(goal.needs) & set(known.needs) if known else set(goal.needs)


def _dated(kb: Knowledge, basis: Mapping[str, Any]) -> dict[str, Any]:
    """The earlier answers, each with the day it was given, so that it ages from then on; unknown names are dropped."""
    day = basis.get("as_of")
    return {
        name: [{"date": day, **one} if isinstance(one, dict) else one for one in given]
        for name, given in basis.get("answers", {}).items()
        if _is_known(kb, name)
    }


def _is_known(kb: Knowledge, name: str) -> bool:
    return name in kb.facts or name in kb.factors or name in kb.inputs


def _join(
    kb: Knowledge, old: Mapping[str, Any], new: Mapping[str, Any], as_of: date
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """New answers beside old ones. An old answer that contradicts the new ones is outdated: left out, and said."""
    joined = with_answers(kb, old, new)
    try:
        decide(kb, joined, as_of=as_of)
    except AnswerError:
        decide(kb, new, as_of=as_of)  # what is wrong with the new answers by themselves is for the reader to mend
    else:
        return joined, ()
    kept = dict(new)
    outdated = []
    for name, given in old.items():
        if name in new:
            continue
        try:
            decide(kb, {**kept, name: given}, as_of=as_of)
        except AnswerError:
            outdated.append(name)
        else:
            kept[name] = given
    return with_answers(kb, {n: given for n, given in old.items() if n not in outdated}, new), tuple(outdated)


def _changed(before: Recommendation, after: Recommendation, asked: set[str]) -> tuple[FactChange, ...]:
    found = []
    for name, view in after.facts.items():
        old = before.facts[name]
        ends = (old.best, old.worst), (view.best, view.worst)
        if ends[0] != ends[1] and (name in asked or _closed(before, name) or _closed(after, name)):
            found.append(FactChange(name, *ends))
    return tuple(found)


def _closed(rec: Recommendation, name: str) -> bool:
    """Whether the fact was narrowed at all: one that was and is wholly unknown did not change."""
    fact = rec.kb.facts[name]
    view = rec.facts[name]
    return (fact.rank_of(view.best), fact.rank_of(view.worst)) != (0, fact.top)


def _step(plan: Plan, rec: Recommendation) -> Step:
    kb = rec.kb
    if rec.now is None:
        return "not_settled"
    known = [kb.packages[place.package].rank for place in plan.placing.now if place.package in kb.packages]
    if not known:
        return "not_settled"
    rank, before = rec.now.rank, min(known)
    return "stay" if rank == before else "step_down" if rank < before else "step_up"


@dataclass(frozen=True)
class Difference:
    """One part in which two versions differ: what is only in the earlier one, and what only in the later one."""

    part: str
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


PARTS: tuple[str, ...] = ("placing", "goals", "interventions", "services", "medications", "aims", "strengths", "urgent")


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Where two versions of a plan differ, part by part, as names that the knowledge leads to words.

    >>> import trellis
    >>> from trellis.plans import make_plan
    >>> kb = trellis.load()
    >>> plan = make_plan(trellis.decide(kb, {}, as_of=date(2026, 11, 24)))
    >>> differences(plan, plan)
    ()
    """
    found = []
    for part in PARTS:
        one, two = _names(before, part), _names(after, part)
        if one != two:
            gone = tuple(name for name in one if name not in two)
            come = tuple(name for name in two if name not in one)
            if gone or come:
                found.append(Difference(part, gone, come))
    return tuple(found)


def _names(plan: Plan, part: str) -> tuple[str, ...]:
    if part == "placing":
        return tuple(place.package for place in plan.placing.now)
    if part == "goals":
        return tuple(goal.id for goal in plan.goals)
    if part == "interventions":
        return tuple(intervention.approach for intervention in plan.interventions)
    if part == "services":
        return tuple(service.service for service in plan.services)
    if part == "medications":
        return tuple(f"{m.name} {m.dose}".strip() for m in plan.medications)
    if part == "aims":
        return tuple(aim.words or ", ".join(aim.serves) for aim in plan.aims)
    return plan.strengths if part == "strengths" else plan.urgent
