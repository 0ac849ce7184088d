"""The next actions: few, soon first, and such as can be done where the person is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from trellis.decide import Recommendation
from trellis.kinds.approach import FirstStep
from trellis.kinds.text import LANGUAGES, Text
from trellis.plans.person import Member
from trellis.plans.plan import Action, Goal, NamedPackage
from trellis.plans.roles import role_name
from trellis.say import in_each

ACTIONS = 3
"""How many next actions a person is given: more are not done."""


def next_actions(
    rec: Recommendation, goals: tuple[Goal, ...], team: tuple[Member, ...], now: Iterable[NamedPackage], review_on: date
) -> tuple[Action, ...]:
    """The next actions, at most three, the soonest first.

    Who must look comes in first, then one step of each goal. During a stay only steps that can be done there count,
    and what is soonest comes first: nobody in a hospital is told to do something at home today.

    Args:
        rec: the recommendation.
        goals: the goals of the plan, the most pressing first.
        team: who may be named.
        now: where care is recommended now.
        review_on: a person's own first step is due by then at the latest.
    """
    settings = [rec.kb.settings[rec.kb.packages[place.package].setting] for place in now]
    stay = bool(settings) and all("nights_away" in setting.meets for setting in settings)
    looked_at = [_evaluation(rec, team)] if any(view.certain for view in rec.evaluate) else []
    steps = [_steps(rec, goal, stay, review_on) for goal in goals]
    first = [step for found in steps for step in found[:1]]
    further = [step for found in steps for step in found[1:]]
    if stay:
        rest = sorted([*first, *further], key=lambda action: action.by)
    else:
        rest = [*sorted(first, key=lambda action: action.by), *further]
    return tuple(sorted([*looked_at, *rest][:ACTIONS], key=lambda action: action.by))


def _evaluation(rec: Recommendation, team: tuple[Member, ...]) -> Action:
    view = next(view for view in rec.evaluate if view.certain)
    name = rec.kb.evaluators[view.by].name
    small = (f"{words[:1].lower()}{words[1:]}" for words in map(name.in_language, LANGUAGES))
    what = in_each("plan.be_seen_by", who=Text(**dict(zip(LANGUAGES, small, strict=True))))
    hours = view.within_hours
    days = 0 if hours <= 12 else -(-hours // 24)
    return Action(what=what, who=role_name("team", team), by=rec.as_of + timedelta(days=days))


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
