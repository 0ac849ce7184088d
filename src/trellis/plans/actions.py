"""The next actions: few, soon first, and such as can be done where the person is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from trellis.decide import Recommendation
from trellis.kinds.approach import FirstStep
from trellis.kinds.text import Text
from trellis.plans.goals import days_of
from trellis.plans.plan import Action, Goal, NamedPackage
from trellis.say import in_each

ACTIONS = 3
"""How many next actions a person is given: more are not done."""


CARE_WITHIN = 3
"""Days within which the first call to the place that is named is due, where nobody must look sooner."""
IN_CUSTODY = "in-custody"
"""The need that tells of jail or prison: as in a stay, nobody can go to a pharmacy or call a clinic from there."""


class Candidate(NamedTuple):
    """A step that may be one of the next: ``protects`` for life, ``cares`` when it is a way into care."""

    action: Action
    protects: bool = False
    cares: bool = False


def next_actions(
    rec: Recommendation,
    goals: tuple[Goal, ...],
    now: Iterable[NamedPackage],
    aims: tuple[str, ...],
    review_on: date,
    taken: Collection[str] = (),
) -> tuple[Action, ...]:
    """The next actions, at most three, the soonest first; never none.

    Who must look comes in first, then one step of each goal in the order of the goals. When nothing is urgent, one of
    the three is a step towards what the person came for, and one a way into the care that is named; neither takes the
    place of a step that protects life. During a stay, and in jail or prison, only steps that can be done there count,
    and what is soonest comes first: nobody in a hospital is told to do something at home today.

    Args:
        rec: the recommendation.
        goals: the goals of the plan, in their order.
        now: where care is recommended now.
        aims: the aims that the person came for.
        review_on: a person's own first step is due by then at the latest.
        taken: approaches that are a medicine the person has already: a step that gets it is done.
    """
    settings = [rec.kb.settings[rec.kb.packages[place.package].setting] for place in now]
    inside = any(need.id == IN_CUSTODY for need in rec.active)
    stay = inside or (bool(settings) and all("nights_away" in setting.meets for setting in settings))
    looked_at = [Candidate(_evaluation(rec, inside), True, True)] if any(one.certain for one in rec.evaluate) else []
    steps = [
        (goal, found) for goal in goals if not goal.reached and (found := _steps(rec, goal, stay, review_on, taken))
    ]
    told = {step.action.what.en: place for place, (_, found) in reversed([*enumerate(steps)]) for step in found}
    steps = [(goal, [s for s in found if told[s.action.what.en] == place]) for place, (goal, found) in enumerate(steps)]
    first = [found[0] for _, found in steps if found]
    further = [step for _, found in steps for step in found[1:]]
    if stay:
        chosen = [*looked_at, *sorted([*first, *further], key=lambda step: step.action.by)][:ACTIONS]
    else:
        came_for = {goal.id for goal, _ in steps if goal.own or _serves(rec, goal, aims)}
        chosen = [*looked_at, *first, *further][:ACTIONS]
        wanted = next((step for step in [*first, *further] if step.action.goal in came_for), None)
        if wanted and not rec.urgent and not any(step.action.goal in came_for for step in chosen):
            chosen = _with(chosen, wanted, keep=())
        if any(setting.meets for setting in settings) and not any(step.cares for step in chosen):
            ways = (step for _, found in steps for step in found if step.cares)
            chosen = _with(chosen, next(ways, _ask_for_care(rec)), keep=came_for)
    return tuple(sorted((step.action for step in chosen), key=lambda action: action.by))


def _with(chosen: list[Candidate], step: Candidate, *, keep: Collection[str]) -> list[Candidate]:
    """The steps with one more. Where they are enough already, the last one gives way that protects nobody's life.

    One step towards what the person came for stays: the only step of ``keep`` is not the one that gives way.
    """
    if len(chosen) < ACTIONS:
        return [*chosen, step]
    wanted = [one for one in chosen if one.action.goal in keep]
    give_way = [one for one in chosen if not one.protects and wanted != [one]]
    if not give_way:
        return chosen
    return [*(one for one in chosen if one is not give_way[-1]), step]


def _ask_for_care(rec: Recommendation) -> Candidate:
    by = rec.as_of + timedelta(days=CARE_WITHIN)
    return Candidate(Action(what=in_each("plan.ask_for_place"), who=in_each("plan.role_team"), by=by), cares=True)


def _serves(rec: Recommendation, goal: Goal, aims: tuple[str, ...]) -> bool:
    planned = rec.kb.goals.get(goal.id)
    return planned is not None and bool(set(planned.serves) & set(aims))


def _evaluation(rec: Recommendation, inside: bool) -> Action:
    view = next(view for view in rec.evaluate if view.certain)
    who = rec.kb.evaluators[view.by].name
    days = days_of(view.within_hours)
    by = rec.as_of + timedelta(days=days)
    words = "plan.be_seen_inside" if inside else "plan.be_seen" if days else "plan.be_seen_today"
    return Action(what=in_each(words), who=Text(en=who.en, es=who.es), by=by)


def _steps(rec: Recommendation, goal: Goal, stay: bool, review_on: date, taken: Collection[str]) -> list[Candidate]:
    planned = rec.kb.goals.get(goal.id)
    if planned is None:
        own = goal.steps[:1]
        return [Candidate(Action(what=s.text.person, who=s.who, by=min(s.by, review_on), goal=goal.id)) for s in own]

    def candidate(step: FirstStep) -> Candidate:
        by = rec.as_of + timedelta(days=step.within_days)
        action = Action(what=step.text, who=step.who, by=by, goal=goal.id)
        return Candidate(action, planned.protects, step.asks_for_care)

    here = "stay" if stay else "home"
    fitting = [
        step
        for step in planned.first_steps
        if step.fits in (here, "both")
        and step.unless_taken not in taken
        and (not step.for_needs or set(step.for_needs) & set(goal.needs))
    ]
    return [candidate(step) for step in sorted(fitting, key=lambda step: step.fits == "both")]
