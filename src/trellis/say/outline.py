"""Words for conditions and needs, read from the very objects that decide, so that they cannot say anything else.

Only whole authored texts and a few fixed frames with named slots are used. The labels are those of the facts: the
question as a clinician is asked it, and the step as it stands on the scale.
"""

from __future__ import annotations

import re

from trellis.kinds.condition import Condition, Leaf
from trellis.kinds.fact import Fact
from trellis.library.knowledge import Knowledge

INDENT = "  "
SHORTEST_LABEL = 8
_CLAUSE_END = re.compile(r"[.:;](?=\s|$)")
_FIRST_QUESTION = re.compile(r"^[^.:;]*\?\s+\S")

_FRAMES: dict[str, tuple[str, str]] = {
    "always": ("Always.", "Siempre."),
    "never": ("Never.", "Nunca."),
    "all": ("All of:", "Todo lo siguiente:"),
    "any": ("Any of:", "Al menos uno de los siguientes:"),
    "none": ("None of:", "Ninguno de los siguientes:"),
    "count_at_least": ("At least {k} of:", "Al menos {k} de los siguientes:"),
    "at_least": ("{fact}: at least {value}", "{fact}: al menos {value}"),
    "at_most": ("{fact}: at most {value}", "{fact}: a lo sumo {value}"),
    "is": ("{fact}: {value}", "{fact}: {value}"),
    "one_of": ("{fact}: one of {value}", "{fact}: uno de {value}"),
    "value": ("“{label}”", "«{label}»"),
    "when": ("When:", "Cuándo:"),
    "requires": ("Then at least:", "Entonces, al menos:"),
    "requirement": ("{axis}: {step}", "{axis}: {step}"),
    "requires_nothing": ("It asks for no level of care.", "No pide ningún nivel de atención."),
    "services": ("Services: {services}.", "Servicios: {services}."),
    "evaluate": ("Evaluation: {by}, within {hours} h.", "Evaluación: {by}, en {hours} h."),
}


def _frame(key: str, lang: str, **slots: object) -> str:
    english, spanish = _FRAMES[key]
    return (spanish if lang == "es" else english).format(**slots)


def fact_label(fact: Fact, lang: str) -> str:
    """What a fact is about: the first clause of the clinician's question; all of it where that says too little.

    >>> import trellis
    >>> fact_label(trellis.load().facts["harm.hopelessness"], "en")
    'Pervasive hopelessness at present'
    """
    question = fact.question.clinician.in_language(lang)
    return _first_clause(question).strip("¿?. ")


def _first_clause(question: str) -> str:
    """Up to the first end of a clause that is long enough and outside brackets; all where a question comes first."""
    if _FIRST_QUESTION.match(question):
        return question
    for end in _CLAUSE_END.finditer(question):
        clause = question[: end.start()]
        if len(clause) >= SHORTEST_LABEL and clause.count("(") == clause.count(")"):
            return clause
    return question


def condition_lines(kb: Knowledge, condition: Condition, lang: str = "en") -> list[str]:
    """A condition as an indented outline, a line for each operator and each fact.

    Args:
        kb: the knowledge that holds the facts.
        condition: as parsed; for a need ``kb.conditions[need]``.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> from trellis.kinds.condition import Branch, Leaf
    >>> kb = trellis.load()
    >>> hopeless = Leaf("harm.hopelessness", "at_least", (kb.facts["harm.hopelessness"].values[-1],), frozenset({1}), 1)
    >>> print(condition_lines(kb, Branch("none", (hopeless,)))[0])
    None of:
    """
    if isinstance(condition, Leaf):
        return [_leaf_line(kb, condition, lang)]
    if not condition.children:
        return [_frame("always" if condition.operator in ("all", "none") else "never", lang)]
    if len(condition.children) == 1 and condition.operator != "none":
        return condition_lines(kb, condition.children[0], lang)
    lines = [_frame(condition.operator, lang, k=condition.k)]
    for child in condition.children:
        lines += [INDENT + line for line in condition_lines(kb, child, lang)]
    return lines


def _leaf_line(kb: Knowledge, leaf: Leaf, lang: str) -> str:
    fact = kb.facts[leaf.fact]
    steps = {step.id: step for step in fact.scale}
    shown = ", ".join(_frame("value", lang, label=steps[value].in_language(lang)) for value in leaf.values)
    return _frame(leaf.operator, lang, fact=f"{fact_label(fact, lang)} [{fact.id}]", value=shown)


def requirement_lines(kb: Knowledge, requirement: tuple[tuple[str, str], ...], lang: str = "en") -> list[str]:
    """A requirement, a line an axis, in the words of the axes.

    >>> import trellis
    >>> requirement_lines(trellis.load(), (("supervision", "daily"),))
    ['Supervision: Every day']
    """
    lines = []
    for axis, step in requirement:
        entry = kb.axes[axis]
        name = entry.steps[entry.rank_of(step)].name.in_language(lang)
        lines.append(_frame("requirement", lang, axis=entry.name.in_language(lang), step=name))
    return lines


def need_text(kb: Knowledge, name: str, lang: str = "en") -> list[str]:
    """One need as an outline: when it holds, what it requires, which services and evaluation it brings.

    Args:
        kb: the knowledge.
        name: the id of the need. Raises ``KeyError`` when there is none.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> kb = trellis.load()
    >>> need_text(kb, next(iter(kb.needs)))[0]
    'When:'
    """
    need = kb.needs[name]
    lines = [_frame("when", lang), *(INDENT + line for line in condition_lines(kb, kb.conditions[name], lang))]
    required = kb.required[list(kb.needs).index(name)]
    if required:
        lines.append(_frame("requires", lang))
        lines += [INDENT + line for line in requirement_lines(kb, required, lang)]
    else:
        lines.append(_frame("requires_nothing", lang))
    if need.services:
        names = (kb.services[service].name.in_language(lang) for service in need.services)
        lines.append(_frame("services", lang, services=", ".join(names)))
    if need.evaluate is not None:
        by = kb.evaluators[need.evaluate.by].name.in_language(lang)
        lines.append(_frame("evaluate", lang, by=by, hours=need.evaluate.within_hours))
    return lines
