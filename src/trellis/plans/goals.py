"""The goals of a plan and their order: what endangers, then what the person came for, then the rest; never none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from trellis.approaches import Wishes
from trellis.decide import Recommendation
from trellis.decide.views import NeedView
from trellis.kinds.approach import Objective, PlanGoal
from trellis.kinds.need import Evaluate
from trellis.kinds.text import Text, Words
from trellis.library.knowledge import Knowledge
from trellis.plans.person import Member, OwnGoal, Person
from trellis.plans.plan import Goal, PlanStep
from trellis.plans.roles import named, role_name
from trellis.plans.taken import prescriber_of

PHASES = ("hold", "acute", "ongoing")
SOON = 72
"""A need that somebody must look at within so many hours endangers, whatever else is said of it."""
SAME_DAY = 12
"""An evaluation within so many hours is one of today."""
FIRST_STEP = 7
"""Days within which the first step of a goal of the person's own is due: a step on the last day is none."""
LATER = 10_000
"""More hours than any need asks for: a need that asks for no evaluation comes after those that do."""


def days_of(hours: int) -> int:
    """The day on which an evaluation is due that is asked for within some hours; 0 is today.

    >>> [days_of(hours) for hours in (2, 12, 24, 72, 168)]
    [0, 0, 1, 3, 7]
    """
    return 0 if hours <= SAME_DAY else -(-hours // 24)


def goals_of(rec: Recommendation, said: Person, wishes: Wishes) -> tuple[Goal, ...]:
    """The goals of a plan: those of the active needs, and those that the person or the team adds.

    First what endangers, the soonest to be looked at before the rest. Then what the person came for: goals that serve
    their aims, in the order of the aims, and goals of their own. Then the others. When there is no need, one goal of
    the knowledge for such a plan stands in it.

    Args:
        rec: the recommendation.
        said: what the person and the team say.
        wishes: the aims that their words stand for.
    """
    kb = rec.kb
    found = _by_goal(rec)
    if not found:
        state = "settled" if rec.settled else "open"
        found = {name: [] for name, goal in kb.goals.items() if goal.without_needs == state}
    aims = wishes.aim_ids
    urgent = {need for view in rec.urgent for need in view.needs}
    file_order = {name: place for place, name in enumerate(kb.goals)}

    def danger(name: str) -> tuple[bool, int, int, int]:
        needs = [need.id for need in found[name]]
        phase = min(PHASES.index(kb.needs[need].phase) for need in needs)
        return (not urgent.intersection(needs), _soonest_hours(kb, needs), phase, file_order[name])

    def aim(name: str) -> tuple[int, int]:
        return (min(aims.index(one) for one in kb.goals[name].serves if one in aims), file_order[name])

    dangers = sorted((name for name in found if _endangers(kb, kb.goals[name], found[name], urgent)), key=danger)
    left = [name for name in found if name not in dangers]
    wanted = sorted((name for name in left if set(kb.goals[name].serves) & set(aims)), key=aim)
    rest = sorted((name for name in left if name not in wanted), key=file_order.__getitem__)

    def made(names: Iterable[str]) -> list[Goal]:
        return [_goal(rec, kb.goals[name], [need.id for need in found[name]], said) for name in names]

    own = [_own_goal(number, goal, rec.as_of) for number, goal in enumerate(said.goals, 1)]
    came_for = _soonest_own_first(made(wanted), own)
    # What is urgent today was not reached yesterday, whatever the file says.
    days = {one.goal: one.on for one in said.reached}
    every = _each_step_once((*made(dangers), *came_for, *made(rest)))
    calm = (goal for goal in every if goal.id in days and not urgent.intersection(goal.needs))
    reached = {goal.id: days[goal.id] for goal in calm}
    return tuple(goal.model_copy(update={"reached": reached.get(goal.id)}) for goal in every)


def _soonest_own_first(wanted: Iterable[Goal], own: Iterable[Goal]) -> list[Goal]:
    """What the person came for: a goal of their own stands before those that serve their aims and are due later."""
    found = list(wanted)
    for goal in own:
        later = (place for place, one in enumerate(found) if goal.by and one.by and not one.own and one.by > goal.by)
        found.insert(next(later, len(found)), goal)
    return found


def _each_step_once(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals, without a step that an earlier goal has word for word; a goal keeps at least one step."""
    told: set[str] = set()
    found = []
    for goal in goals:
        steps = tuple(step for step in goal.steps if step.text.clinician.en not in told) or goal.steps[:1]
        told |= {step.text.clinician.en for step in steps}
        found.append(goal.model_copy(update={"steps": steps}))
    return tuple(found)


def _by_goal(rec: Recommendation) -> dict[str, list[NeedView]]:
    """The active needs of each goal; a goal within another one lends it its needs."""
    goal_of = {need: goal for goal in rec.kb.goals.values() for need in goal.needs}
    there = {goal_of[need.id].id for need in rec.active if need.id in goal_of}
    found: dict[str, list[NeedView]] = {}
    for need in rec.active:
        if need.id in goal_of:
            found.setdefault(_holder(rec.kb, goal_of[need.id], there), []).append(need)
    return found


def _holder(kb: Knowledge, goal: PlanGoal, there: set[str]) -> str:
    """The goal within which another one is worked on, in one or more steps; itself where there is none."""
    outer = next((name for name in goal.part_of if name in there), None)
    return goal.id if outer is None else _holder(kb, kb.goals[outer], there - {goal.id})


def _endangers(kb: Knowledge, goal: PlanGoal, needs: list[NeedView], urgent: set[str]) -> bool:
    if not needs:
        return False
    ids = [need.id for need in needs]
    return goal.protects or bool(urgent.intersection(ids)) or _soonest_hours(kb, ids) <= SOON


def _evaluation(kb: Knowledge, needs: Iterable[str]) -> Evaluate | None:
    """The soonest evaluation that needs ask for."""
    asked = [one for need in needs if (one := kb.needs[need].evaluate) is not None]
    return min(asked, key=lambda one: one.within_hours, default=None)


def _soonest_hours(kb: Knowledge, needs: Iterable[str]) -> int:
    asked = _evaluation(kb, needs)
    return asked.within_hours if asked else LATER


def _goal(rec: Recommendation, goal: PlanGoal, needs: list[str], said: Person) -> Goal:
    asked, today = _evaluation(rec.kb, needs), rec.as_of
    by_record = prescriber_of(goal.medicines, said.medications)
    # Who prescribes the very medicine comes before another prescriber of the team.
    others = tuple(one for one in said.team if role_name("prescriber", (one,)) == role_name("prescriber", ()))
    team = said.team if by_record is None else (by_record, *others)
    fitting = [step for step in goal.objectives if _fits(rec, step, needs)]
    steps = [_step(rec.kb, step, asked, today, team) for step in fitting]
    return Goal(
        id=goal.id,
        needs=tuple(needs),
        problem=goal.problem,
        goal=goal.goal,
        counts=Text(en=goal.met_when.en, es=goal.met_when.es),
        measure=goal.measure or "",
        steps=tuple(sorted(steps, key=lambda step: step.by)),
        by=max([step.by for step in steps] + [today + timedelta(days=goal.within_days or 0)]),
    )


def _fits(rec: Recommendation, step: Objective, needs: list[str]) -> bool:
    """Whether a step stands in this plan. What is not known of a person rules no step out."""
    if step.for_needs and not set(step.for_needs) & set(needs):
        return False
    here = rec.context
    return here is None or all(here.get(factor) in allowed for factor, allowed in step.applies.items())


def _step(kb: Knowledge, step: Objective, asked: Evaluate | None, today: date, team: tuple[Member, ...]) -> PlanStep:
    """A step with its day. An evaluation is due when the need says, and whoever the need names does it."""
    days, who = step.within_days, role_name(step.who, team)
    if step.evaluates and asked is not None:
        days = min(days, days_of(asked.within_hours))
        who = named(kb.evaluators[asked.by].name, team, step.who)
    return PlanStep(text=step.text, who=who, by=today + timedelta(days=days))


def _own_goal(number: int, own: OwnGoal, today: date) -> Goal:
    """A goal that the person or the team adds. Its first step is one of this week, the others have the goal's day."""

    def same(words: str) -> Words:
        return Words(person=Text(en=words, es=words), clinician=Text(en=words, es=words))

    who = Text(en=own.who, es=own.who) if own.who else role_name("team", ())
    soon = today + timedelta(days=FIRST_STEP)
    steps: tuple[PlanStep, ...] = ()
    if own.by:
        days = [min(own.by, soon) if place == 0 else own.by for place in range(len(own.steps))]
        steps = tuple(PlanStep(text=same(step), who=who, by=day) for step, day in zip(own.steps, days, strict=True))
    return Goal(
        id=f"own-{number}",
        problem=same(own.problem or own.goal),
        goal=same(own.goal),
        measure=own.measure,
        steps=steps,
        by=own.by,
        own=True,
    )
