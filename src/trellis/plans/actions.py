"""The next actions: few, soon first, and such as can be done where the person is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from trellis.decide import Recommendation
from trellis.kinds.approach import FirstStep
from trellis.kinds.text import Text
from trellis.plans.goals import days_of
from trellis.plans.plan import Action, Goal, NamedPackage
from trellis.say import in_each

ACTIONS = 3
"""How many next actions a person is given: more are not done."""


def next_actions(
    rec: Recommendation,
    goals: tuple[Goal, ...],
    now: Iterable[NamedPackage],
    aims: tuple[str, ...],
    review_on: date,
) -> tuple[Action, ...]:
    """The next actions, at most three, the soonest first; never none.

    Who must look comes in first, then one step of each goal in the order of the goals. When nothing is urgent, one of
    the three is a step towards what the person came for. During a stay only steps that can be done there count, and
    what is soonest comes first: nobody in a hospital is told to do something at home today.

    Args:
        rec: the recommendation.
        goals: the goals of the plan, in their order.
        now: where care is recommended now.
        aims: the aims that the person came for.
        review_on: a person's own first step is due by then at the latest.
    """
    settings = [rec.kb.settings[rec.kb.packages[place.package].setting] for place in now]
    stay = bool(settings) and all("nights_away" in setting.meets for setting in settings)
    looked_at = [_evaluation(rec)] if any(view.certain for view in rec.evaluate) else []
    steps = [(goal, found) for goal in goals if not goal.reached and (found := _steps(rec, goal, stay, review_on))]
    told = {step.what.en: place for place, (_, found) in reversed([*enumerate(steps)]) for step in found}
    steps = [(goal, [s for s in found if told[s.what.en] == place]) for place, (goal, found) in enumerate(steps)]
    first = [found[0] for _, found in steps if found]
    further = [step for _, found in steps for step in found[1:]]
    if stay:
        chosen = [*looked_at, *sorted([*first, *further], key=lambda action: action.by)][:ACTIONS]
    else:
        came_for = {goal.id for goal, _ in steps if goal.own or _serves(rec, goal, aims)}
        chosen = [*looked_at, *first, *further][:ACTIONS]
        wanted = next((step for step in [*first, *further] if step.goal in came_for), None)
        if wanted and not rec.urgent and not any(step.goal in came_for for step in chosen):
            chosen = [*chosen[: ACTIONS - 1], wanted]
    return tuple(sorted(chosen, key=lambda action: action.by))


def _serves(rec: Recommendation, goal: Goal, aims: tuple[str, ...]) -> bool:
    planned = rec.kb.goals.get(goal.id)
    return planned is not None and bool(set(planned.serves) & set(aims))


def _evaluation(rec: Recommendation) -> Action:
    view = next(view for view in rec.evaluate if view.certain)
    who = rec.kb.evaluators[view.by].name
    days = days_of(view.within_hours)
    by = rec.as_of + timedelta(days=days)
    return Action(what=in_each("plan.be_seen" if days else "plan.be_seen_today"), who=Text(en=who.en, es=who.es), by=by)


def _steps(rec: Recommendation, goal: Goal, stay: bool, review_on: date) -> list[Action]:
    planned = rec.kb.goals.get(goal.id)
    if planned is None:
        own = goal.steps[:1]
        return [Action(what=s.text.person, who=s.who, by=min(s.by, review_on), goal=goal.id) for s in own]

    def action(step: FirstStep) -> Action:
        return Action(what=step.text, who=step.who, by=rec.as_of + timedelta(days=step.within_days), goal=goal.id)

    here = "stay" if stay else "home"
    fitting = [step for step in planned.first_steps if step.fits in (here, "both")]
    return [action(step) for step in sorted(fitting, key=lambda step: step.fits == "both")]
