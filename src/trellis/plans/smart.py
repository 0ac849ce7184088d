"""What a plan still lacks: goals specific, measurable, achievable, relevant and timed, and the parts that keep safe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from trellis.kinds.text import LANGUAGES, Text
from trellis.library.knowledge import Knowledge
from trellis.plans.agreement import agreed_to
from trellis.plans.plan import Goal, Plan, PlanAim
from trellis.say import in_each

RuleKind = Literal["specific", "measurable", "achievable", "relevant", "timed", "safety", "voice", "agreement"]
FEWEST_WORDS = 3
LONG_WORD = 4
"""Letters from which on a word says what a goal is about."""
ITSELF = ("person", "persona", "client", "patient", "me", "yo")
HAS_A_COUNT = re.compile(
    r"\d|\b(no|none|every|each|all|once|twice|ningun[oa]?|cada|tod[oa]s?|una vez|dos veces)\b", re.I
)


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in plain words, with what to do. ``goal`` is empty for the plan as a whole."""

    kind: RuleKind
    says: Text
    goal: str = ""


def find_gaps(kb: Knowledge, plan: Plan) -> tuple[Gap, ...]:
    """Everything a plan still lacks, with a plain message for each; finding none is no proof of a good plan.

    Args:
        kb: the knowledge.
        plan: any version, also one made with other knowledge.

    >>> import trellis
    >>> from datetime import date
    >>> from trellis.plans import Person, make_plan
    >>> kb = trellis.load()
    >>> plan = make_plan(trellis.decide(kb, {}, as_of=date(2026, 11, 24)), Person(goals=[{"goal": "Be happy"}]))
    >>> sorted({gap.kind for gap in find_gaps(kb, plan)})
    ['achievable', 'agreement', 'measurable', 'relevant', 'specific', 'timed', 'voice']
    """
    gaps: list[Gap] = []
    for goal in plan.goals:
        gaps += [Gap(kind, in_each(f"plan_gaps.{kind}", goal=goal.goal.person), goal.id) for kind in _not_smart(goal)]
    if not plan.aims:
        gaps.append(Gap("voice", in_each("plan_gaps.aims")))
    gaps += [
        Gap("voice", in_each("plan_gaps.suggested", goal=aim.words))
        for aim in plan.aims
        if aim.suggested and aim.serves
    ]
    gaps += [
        Gap("voice", in_each("plan_gaps.aim_without_goal", aim=_said(kb, aim))) for aim in aims_without_goal(kb, plan)
    ]
    if not plan.strengths:
        gaps.append(Gap("voice", in_each("plan_gaps.strengths")))
    gaps += _unsafe(kb, plan)
    agreed = agreed_to(plan)
    if not agreed:
        gaps.append(
            Gap("agreement", in_each("plan_gaps.agreement" if plan.version == 1 else "plan_gaps.version_agreement"))
        )
    elif not any(one.role.casefold() in ITSELF for one in agreed):
        gaps.append(Gap("agreement", in_each("plan_gaps.person_agreement")))
    against = ", ".join(a.name for a in agreed if not a.agrees)
    if against:
        gaps.append(Gap("agreement", in_each("plan_gaps.not_agreed", names=against)))
    return tuple(gaps)


def _not_smart(goal: Goal) -> list[RuleKind]:
    words = goal.goal.person.en
    missing: list[RuleKind] = []
    if len(words.split()) < FEWEST_WORDS:
        missing.append("specific")
    if not (goal.measure or goal.counts or goal.met_when or HAS_A_COUNT.search(words)):
        missing.append("measurable")
    if not goal.steps:
        missing.append("achievable")
    if not goal.needs and goal.problem == goal.goal:
        missing.append("relevant")
    if goal.by is None:
        missing.append("timed")
    return missing


def _unsafe(kb: Knowledge, plan: Plan) -> list[Gap]:
    gaps = []
    if wants_safety_plan(kb, plan):
        empty = [name for name, lines in plan.safety_plan if not lines]
        if empty:
            gaps.append(Gap("safety", in_each("plan_gaps.safety_plan", parts=_parts(empty))))
    if is_about_use(kb, plan):
        empty = [name for name, lines in plan.return_to_use if not lines]
        if empty:
            gaps.append(Gap("safety", in_each("plan_gaps.return_to_use", parts=_parts(empty))))
    return gaps


def wants_safety_plan(kb: Knowledge, plan: Plan) -> bool:
    """Whether danger from suicide, self-injury, overdose or violence calls for a safety plan; it is no form for all."""
    services = {service.service for service in (*plan.services, *plan.services_kept)}
    dangers = [kb.urgent[name] for name in (*plan.urgent, *plan.on_record) if name in kb.urgent]
    needs = {need for goal in plan.goals for need in goal.needs}
    asked = (need for goal in kb.goals.values() for need in goal.safety_plan)
    return "safety_plan" in services or any(one.safety_plan for one in dangers) or not needs.isdisjoint(asked)


def aims_without_goal(kb: Knowledge, plan: Plan) -> tuple[PlanAim, ...]:
    """What the person came for that no goal and no approach of the plan stands for: it must not fall off.

    A goal of their own stands for an aim when it has a longer word of it.
    """
    served = {aim for goal in plan.goals if goal.id in kb.goals for aim in kb.goals[goal.id].serves}
    served |= {aim for one in plan.interventions for aim in one.aims}
    own = {
        word
        for goal in plan.goals
        if goal.own
        for word in _long_words(f"{goal.goal.person.en} {goal.problem.person.en}")
    }
    return tuple(aim for aim in plan.aims if served.isdisjoint(aim.serves) and own.isdisjoint(_long_words(aim.words)))


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= LONG_WORD}


def is_about_use(kb: Knowledge, plan: Plan) -> bool:
    """Whether alcohol, drugs or gambling play a part in a plan, so that a return to them is planned for."""
    return plan.naloxone or any(kb.goals[goal.id].return_to_use for goal in plan.goals if goal.id in kb.goals)


def _said(kb: Knowledge, aim: PlanAim) -> Text:
    """An aim in the person's words, else as the list calls it."""
    if aim.words:
        return Text(en=aim.words, es=aim.words)
    names = [kb.aims[name].name for name in aim.serves if name in kb.aims]
    return Text(**{lang: ", ".join(name.in_language(lang) for name in names) for lang in LANGUAGES})


def _parts(empty: list[str]) -> Text:
    parts = [in_each(f"plan_gaps.part_{name}") for name in empty]
    return Text(**{lang: ", ".join(part.in_language(lang) for part in parts) for lang in LANGUAGES})
