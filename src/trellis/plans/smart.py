"""What a plan still lacks: goals specific, measurable, achievable, relevant and timed, and the parts that keep safe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.plans.agreement import agreed_to
from trellis.plans.plan import Goal, Plan

Kind = Literal["specific", "measurable", "achievable", "relevant", "timed", "safety", "voice", "agreement"]
FEWEST_WORDS = 3
ITSELF = ("person", "persona", "client", "patient", "me", "yo")
HAS_A_COUNT = re.compile(
    r"\d|\b(no|none|every|each|all|once|twice|ningun[oa]?|cada|tod[oa]s?|una vez|dos veces)\b", re.I
)


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in plain words, with what to do. ``goal`` is empty for the plan as a whole."""

    kind: Kind
    says: Text
    goal: str = ""


MESSAGES: dict[str, tuple[str, str]] = {
    "specific": (
        "“{goal}” says too little. Write in a sentence what will be different.",
        "«{goal}» dice muy poco. Escriba en una frase qué será diferente.",
    ),
    "measurable": (
        "“{goal}” cannot be counted. Add how you will know: a number, a questionnaire, or how often.",
        "«{goal}» no se puede medir. Agregue cómo lo sabrá: un número, un cuestionario o cada cuánto.",
    ),
    "achievable": (
        "“{goal}” has no steps. Add the first small step and who helps.",
        "«{goal}» no tiene pasos. Agregue el primer paso pequeño y quién ayuda.",
    ),
    "relevant": (
        "“{goal}” is not tied to a problem or to something you want. Say what it is for.",
        "«{goal}» no se relaciona con un problema ni con algo que usted quiere. Diga para qué es.",
    ),
    "timed": (
        "“{goal}” has no date. Add the day by which you want to get there.",
        "«{goal}» no tiene fecha. Agregue el día en que quiere lograrlo.",
    ),
    "aims": (
        "Nobody has written down what the person wants from treatment. Ask first, and use their words.",
        "Nadie ha escrito lo que la persona quiere del tratamiento. Pregunte primero y use sus palabras.",
    ),
    "strengths": (
        "No strengths are written down. Ask what has helped before, and who or what keeps the person going.",
        "No hay fortalezas escritas. Pregunte qué ha ayudado antes y quién o qué da ánimo a la persona.",
    ),
    "safety_plan": (
        "The safety plan is not finished. Fill in together: {parts}.",
        "El plan de seguridad no está completo. Llenen juntos: {parts}.",
    ),
    "return_to_use": (
        "The plan against a return to use is not finished. Fill in together: {parts}.",
        "El plan para no volver al consumo no está completo. Llenen juntos: {parts}.",
    ),
    "suggested": (
        "The aim “{goal}” was matched by its words alone. Ask whether that is what was meant.",
        "La meta «{goal}» se relacionó solo por sus palabras. Pregunte si eso es lo que se quiso decir.",
    ),
    "agreement": (
        "Nobody has agreed to this plan yet. It is a draft until the person has.",
        "Nadie ha aceptado este plan todavía. Es un borrador hasta que la persona lo acepte.",
    ),
    "version_agreement": (
        "Nobody has agreed to this version yet. It is a draft until the person has.",
        "Nadie ha aceptado esta versión todavía. Es un borrador hasta que la persona la acepte.",
    ),
    "person_agreement": (
        "The person has not agreed to this plan yet. It is a draft until they have.",
        "La persona todavía no ha aceptado este plan. Es un borrador hasta que lo haga.",
    ),
    "not_agreed": (
        "{names} did not agree. Talk about what would have to change.",
        "{names} no aceptó. Hablen sobre qué tendría que cambiar.",
    ),
}

PARTS: dict[str, tuple[str, str]] = {
    "warning_signs": ("warning signs", "señales de alerta"),
    "coping": ("what I can do by myself", "lo que puedo hacer solo"),
    "people": ("people I can reach", "personas a quienes puedo acudir"),
    "professionals": ("professionals I can call", "profesionales a quienes puedo llamar"),
    "safe_place": ("making the place safe", "hacer seguro el lugar"),
    "triggers": ("what pulls me back", "lo que me atrae de nuevo"),
    "early_signs": ("early signs", "señales tempranas"),
    "steps": ("what I will do", "lo que haré"),
}


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
        gaps += [Gap(kind, _says(kind, goal=goal.goal.person), goal.id) for kind in _not_smart(goal)]
    if not plan.aims:
        gaps.append(Gap("voice", _says("aims")))
    gaps += [Gap("voice", _says("suggested", goal=aim.words)) for aim in plan.aims if aim.suggested and aim.serves]
    if not plan.strengths:
        gaps.append(Gap("voice", _says("strengths")))
    gaps += _unsafe(kb, plan)
    agreed = agreed_to(plan)
    if not agreed:
        gaps.append(Gap("agreement", _says("agreement" if plan.version == 1 else "version_agreement")))
    elif not any(one.role.casefold() in ITSELF for one in agreed):
        gaps.append(Gap("agreement", _says("person_agreement")))
    against = ", ".join(a.name for a in agreed if not a.agrees)
    if against:
        gaps.append(Gap("agreement", _says("not_agreed", names=against)))
    return tuple(gaps)


def _not_smart(goal: Goal) -> list[Kind]:
    words = goal.goal.person.en
    missing: list[Kind] = []
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
            gaps.append(Gap("safety", _says("safety_plan", parts=_parts(empty))))
    if is_about_use(kb, plan):
        empty = [name for name, lines in plan.return_to_use if not lines]
        if empty:
            gaps.append(Gap("safety", _says("return_to_use", parts=_parts(empty))))
    return gaps


def is_about_use(kb: Knowledge, plan: Plan) -> bool:
    """Whether alcohol or drugs play a part in a plan, so that a return to use is planned for."""
    needs = [need for goal in plan.goals for need in goal.needs if need in kb.needs]
    return plan.naloxone or any(kb.about("needs", need).concerns == "use" for need in needs)


def _says(key: str, **slots: str | Text) -> Text:
    """A message in both languages; a slot that has words in both is told in each."""

    def filled(frame: str, lang: str) -> str:
        return frame.format(**{k: v.in_language(lang) if isinstance(v, Text) else v for k, v in slots.items()})

    english, spanish = MESSAGES[key]
    return Text(en=filled(english, "en"), es=filled(spanish, "es"))


def _parts(empty: list[str]) -> Text:
    en, es = (", ".join(PARTS[name][place] for name in empty) for place in (0, 1))
    return Text(en=en, es=es)
