"""What a plan still lacks: goals specific, measurable, achievable, relevant and timed, and the parts that keep safe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from trellis.kinds.text import LANGUAGES, Text
from trellis.library.knowledge import Knowledge
from trellis.plans.agreement import agreed_to
from trellis.plans.plan import Goal, Plan
from trellis.say import in_each

RuleKind = Literal["specific", "measurable", "achievable", "relevant", "timed", "safety", "voice", "agreement"]
FEWEST_WORDS = 3
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
    if not (goal.measure or goal.met_when or HAS_A_COUNT.search(words)):
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
    services = {service.service for service in (*plan.services, *plan.services_kept)}
    dangers = [kb.urgent[name] for name in plan.urgent if name in kb.urgent]
    if "safety_plan" in services or any(danger.safety_plan for danger in dangers):
        empty = [name for name, lines in plan.safety_plan if not lines]
        if empty:
            gaps.append(Gap("safety", in_each("plan_gaps.safety_plan", parts=_parts(empty))))
    if is_about_use(kb, plan):
        empty = [name for name, lines in plan.return_to_use if not lines]
        if empty:
            gaps.append(Gap("safety", in_each("plan_gaps.return_to_use", parts=_parts(empty))))
    return gaps


def is_about_use(kb: Knowledge, plan: Plan) -> bool:
    """Whether alcohol or drugs play a part in a plan, so that a return to use is planned for."""
    needs = [need for goal in plan.goals for need in goal.needs if need in kb.needs]
    return plan.naloxone or any(kb.about("needs", need).concerns == "use" for need in needs)


def _parts(empty: list[str]) -> Text:
    parts = [in_each(f"plan_gaps.part_{name}") for name in empty]
    return Text(**{lang: ", ".join(part.in_language(lang) for part in parts) for lang in LANGUAGES})
