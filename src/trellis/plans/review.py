"""A review: new answers in; what changed, goals met and still needed, and the step down or up it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from trellis.decide import Recommendation, danger_in, decide
from trellis.decide.adding import with_answers
from trellis.errors import AnswerError, Problem
from trellis.library.knowledge import Knowledge
from trellis.plans.agreement import agreed_before, agreed_now, agreed_to
from trellis.plans.check import Checked, check_plan, names_of
from trellis.plans.keep import keep
from trellis.plans.make import make_plan
from trellis.plans.person import read_person
from trellis.plans.places import PlaceChange, places_changed, places_now
from trellis.plans.plan import Goal, Plan, PlanService
from trellis.plans.seal import sealed

ReviewStep = Literal["step_down", "step_up", "stay", "not_settled", "not_comparable"]


@dataclass(frozen=True)
class FactChange:
    """One fact that stands differently than at the last version; each side as ``(best, worst)`` step."""

    fact: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True)
class Review:
    """What a review found. ``plan`` is the new version, which keeps the earlier ones as they are in the file.

    ``before`` is the version that is compared with: when somebody edited it by hand, what its answers give. ``checked``
    is what was found about it. ``needs_gone`` are needs that today's content does not have: nobody can say that they
    have passed.
    """

    before: Plan
    plan: Plan
    rec: Recommendation
    changed: tuple[FactChange, ...]
    places: tuple[PlaceChange, ...]
    goals_met: tuple[str, ...]
    goals_open: tuple[str, ...]
    goals_kept: tuple[str, ...]
    goals_new: tuple[str, ...]
    needs_cleared: tuple[str, ...]
    needs_new: tuple[str, ...]
    needs_gone: tuple[str, ...]
    step: ReviewStep
    outdated: tuple[str, ...]
    checked: Checked

    @property
    def other_knowledge(self) -> bool:
        """Whether the version before was made with other content."""
        return self.checked.other_knowledge

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        before = agreed_before(self.plan)
        return {
            "step": self.step,
            "changed": [{"fact": c.fact, "before": list(c.before), "after": list(c.after)} for c in self.changed],
            "places": [change._asdict() for change in self.places],
            "goals_met": list(self.goals_met),
            "goals_open": list(self.goals_open),
            "goals_kept": list(self.goals_kept),
            "goals_new": list(self.goals_new),
            "needs_cleared": list(self.needs_cleared),
            "needs_new": list(self.needs_new),
            "needs_gone": list(self.needs_gone),
            "outdated": list(self.outdated),
            "other_knowledge": self.other_knowledge,
            "agreed": [one.model_dump(mode="json") for one in agreed_to(self.plan)],
            "agreed_before": before
            and {"version": before.version, "agreed": [one.model_dump(mode="json") for one in before.agreed]},
            "checked": self.checked.to_json(),
            "plan": self.plan.model_dump(mode="json", exclude_defaults=True) | {"form": self.plan.form},
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
    too long ago counts as unknown again, and danger stays in force as last known. A goal counts as met when the person
    and the team say so (``reached`` below ``person``), by its own measure, or when every need behind it is ruled out; a
    need that is merely open again leaves its goal open.

    Args:
        kb: the knowledge of today; the plan may rest on an earlier one, which is then said.
        plan: the version before.
        answers: the new answers.
        as_of: the day of the review.
        person: what the person and the team say now; parts left out stay as they were, except ``agreed``: an agreement
            belongs to the version it was given to, and only what is said now is one to the new version.
        places: places that are full, refused, denied or free again now; the others stay as before. Empty: every place
            is free again. None: all as before.

    Raises:
        AnswerError: an answer, a place or a part of ``person`` cannot be used, the day is before the plan was made, or
            the answers in the plan cannot be read.

    >>> import trellis
    >>> from trellis.plans import make_plan
    >>> kb = trellis.load()
    >>> answers = {"focus": "mental_health", "age": "adult", "mental.depression": "severe"}
    >>> plan = make_plan(trellis.decide(kb, answers, as_of=date(2026, 11, 1)))
    >>> found = review(kb, plan, {"mental.depression": "none"}, as_of=date(2026, 11, 24))
    >>> found.plan.version, [change.fact for change in found.changed]
    (2, ['mental.any', 'mental.depression'])
    """
    found = check_plan(kb, plan)
    base = found.as_made if found.edited and found.as_made is not None else plan
    _refuse(plan, base, found, as_of)
    basis = {**plan.basis, "answers": _without(plan.basis["answers"], found.unreadable)}
    old = _dated(kb, basis)
    joined, outdated = _join(kb, old, answers, as_of)
    full = places_now(kb, basis.get("places", {}), None)
    full_now = places_now(kb, basis.get("places", {}), places)
    rec = decide(kb, joined, as_of=as_of, places=full_now)
    said = read_person({**_without(plan.person, ("agreed",)), **(person or {})})
    said = said.model_copy(update={"agreed": agreed_now(plan, said, as_of)})
    new = make_plan(rec, said)
    version = _next_version(kb, plan, base, new, found, rec)
    active, open_needs = {need.id for need in rec.active}, {need.id for need in rec.open}
    old_needs = {need for goal in base.goals for need in goal.needs}
    met, still_open, kept = _goals(kb, base, active, open_needs, new)
    return Review(
        before=base,
        plan=version,
        rec=rec,
        changed=_changed(found.rec, rec, set(answers)),
        places=places_changed(full, full_now),
        goals_met=met,
        goals_open=still_open,
        goals_kept=kept,
        goals_new=tuple(goal.id for goal in version.goals if base.goal(goal.id) is None),
        needs_cleared=tuple(sorted(need for need in old_needs - active - open_needs if need in kb.needs)),
        needs_new=tuple(need.id for need in rec.active if need.id not in old_needs),
        needs_gone=tuple(sorted(need for need in old_needs if need not in kb.needs)),
        step=_step(base, found, rec),
        outdated=outdated,
        checked=found,
    )


def _refuse(plan: Plan, base: Plan, found: Checked, as_of: date) -> None:
    if found.no_basis:
        message = "does not hold the answers it was made from, or not in their form."
        raise AnswerError([Problem("plan: basis", message, "Make the plan anew with `trellis plan new`.")])
    if as_of < base.made_on:
        message = f"is [{as_of}], before version {plan.version} of the plan was made on [{base.made_on}]."
        raise AnswerError([Problem("as_of", message, "Give the day of the review.")])


def _without(given: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


def _next_version(kb: Knowledge, plan: Plan, base: Plan, new: Plan, found: Checked, rec: Recommendation) -> Plan:
    """The new version with its number, the earlier ones, and danger on record that the answers can no longer tell."""
    number = len(plan.earlier) + 1 if found.number is not None else plan.version
    earlier = (*plan.earlier, plan.model_copy(update={"earlier": ()}))
    on_record = _on_record(kb, base, found, rec)
    version = new.model_copy(
        update={
            "version": number + 1,
            "earlier": earlier,
            "on_record": on_record,
            "services_kept": _services_kept(base, new, rec),
        }
    )
    kept = keep(kb, version)
    old = {name: danger for name, danger in plan.kept.dangers.items() if name in on_record}
    return sealed(version.model_copy(update={"kept": kept.model_copy(update={"dangers": old | kept.dangers})}))


def _services_kept(base: Plan, new: Plan, rec: Recommendation) -> tuple[PlanService, ...]:
    """Services of the version before whose needs are open again: an answer that grew old cancels no help."""
    now, unsure = {one.service for one in new.services}, {need.id for need in rec.open}
    before = (*base.services, *base.services_kept)
    return tuple(one for one in before if one.service not in now and unsure & set(one.needs))


def _on_record(kb: Knowledge, base: Plan, found: Checked, rec: Recommendation) -> tuple[str, ...]:
    """Dangers of the version before that stay in force because the answers behind them can no longer be read.

    One ends when today's answers rule out every need that calls for it.
    """
    last = (*base.on_record, *(base.urgent if found.unreadable else ()))
    told = {view.id for view in rec.urgent}
    unsure = {need.id for need in (*rec.active, *rec.open)}
    behind = {name: {need.id for need in kb.needs.values() if need.urgent == name} for name in last}
    return tuple(
        name for name in dict.fromkeys(last) if name not in told and (behind[name] & unsure or name not in kb.urgent)
    )


def _goals(kb: Knowledge, plan: Plan, active: set[str], open_needs: set[str], new: Plan) -> tuple[tuple[str, ...], ...]:
    """The goals that are met, those to ask about again, and those still worked on.

    A goal is met when the person and the team say so by its own measure, or when every need behind it is ruled out.

    A need that the content no longer has was not ruled out: its goal is asked about again.
    """
    met, still_open, kept = [], [], []
    for goal in plan.goals:
        needs = _own_needs(kb, goal)
        found = new.goal(goal.id)
        if found is not None and found.reached is not None:
            met.append(goal.id)
        elif goal.own or needs & active or (not needs and new.goal(goal.id) is not None):
            kept.append(goal.id)
        elif needs & open_needs or any(need not in kb.needs for need in goal.needs):
            still_open.append(goal.id)
        else:
            met.append(goal.id)
    return tuple(met), tuple(still_open), tuple(kept)


def _own_needs(kb: Knowledge, goal: Goal) -> set[str]:
    """The needs that make a goal, without those of another goal that were worked on within it."""
    known = kb.goals.get(goal.id)
    own = set(goal.needs) & set(known.needs) if known else set()
    return own or set(goal.needs)


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
    except AnswerError as error:
        decide(kb, new, as_of=as_of)  # what is wrong with the new answers by themselves is for the reader to mend
        clash = error
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
            if danger_in(kb, {name: given}, as_of=as_of):
                raise clash from None  # danger on record is never what gives way
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


def _step(plan: Plan, found: Checked, rec: Recommendation) -> ReviewStep:
    """Up, down or neither, from where the plan placed; from where its answers place today when that place is gone."""
    kb = rec.kb
    if rec.now is None:
        return "not_settled"
    known = [kb.packages[place.package].rank for place in plan.placing.now if place.package in kb.packages]
    if not known and (found.unreadable or found.rec.now is None):
        return "not_comparable"
    rank, before = rec.now.rank, min(known) if known else (found.rec.now or found.rec.least.now).rank
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
        one, two = names_of(before, part), names_of(after, part)
        if one != two:
            gone = tuple(name for name in one if name not in two)
            come = tuple(name for name in two if name not in one)
            if gone or come:
                found.append(Difference(part, gone, come))
    return tuple(found)
