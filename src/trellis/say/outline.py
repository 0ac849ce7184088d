"""Words for conditions and needs, read from the very objects that decide, so that they cannot say anything else.

Only whole authored texts and a few fixed frames with named slots are used. The labels are those of the facts: the
question as a clinician is asked it, and the step as it stands on the scale.
"""

from __future__ import annotations

import re
from typing import Any

from trellis.kinds.condition import Condition, Leaf
from trellis.kinds.fact import Fact
from trellis.library.knowledge import Knowledge
from trellis.say.say import Say

INDENT = "  "
SHORTEST_LABEL = 8
MOST_IN_A_SENTENCE = 3
"""So many facts can be read in one sentence; more stand in a list."""
_CLAUSE_END = re.compile(r"[.:;](?=\s|$)")
_FIRST_QUESTION = re.compile(r"^[^.:;]*\?\s+\S")


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
        return [Say(lang)("outline.always" if condition.operator in ("all", "none") else "outline.never")]
    if len(condition.children) == 1 and condition.operator != "none":
        return condition_lines(kb, condition.children[0], lang)
    lines = [Say(lang)(f"outline.{condition.operator}", k=condition.k)]
    for child in condition.children:
        lines += [INDENT + line for line in condition_lines(kb, child, lang)]
    return lines


def _leaf_line(kb: Knowledge, leaf: Leaf, lang: str) -> str:
    fact = kb.facts[leaf.fact]
    steps = {step.id: step for step in fact.scale}
    say = Say(lang)
    shown = ", ".join(say("outline.value", label=steps[value].in_language(lang)) for value in leaf.values)
    return say(f"outline.{leaf.operator}", fact=f"{fact_label(fact, lang)} [{fact.id}]", value=shown)


Clauses = str | tuple[str, tuple[Any, ...]]
"""A condition to be read: a sentence, or a heading with what stands below it."""


def condition_clauses(kb: Knowledge, condition: Condition, lang: str = "en") -> Clauses:
    """A condition as sentences to be read: one where it is plain, else a heading and what stands below it.

    Args:
        kb: the knowledge that holds the facts.
        condition: as parsed; for a need ``kb.conditions[need]``.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> kb = trellis.load()
    >>> condition_clauses(kb, kb.conditions["suicide-attempt-ever"])
    'Most recent suicidal behavior: “More than a year ago” or worse'
    """
    say = Say(lang)
    if isinstance(condition, Leaf):
        return _leaf_clause(kb, condition, say)
    if not condition.children:
        return say("outline.always" if condition.operator in ("all", "none") else "outline.never")
    below = tuple(condition_clauses(kb, child, lang) for child in condition.children)
    if len(below) == 1 and condition.operator != "none":
        return below[0]
    plain = all(isinstance(one, Leaf) for one in condition.children)
    if condition.operator in ("all", "any") and plain and len(below) <= MOST_IN_A_SENTENCE:
        frame = "outline.and" if condition.operator == "all" else "outline.or"
        sentence = str(below[-1])
        for one in reversed(below[:-1]):
            sentence = say(frame, first=one, rest=sentence)
        return sentence
    return say(f"outline.{condition.operator}", k=condition.k), below


def _leaf_clause(kb: Knowledge, leaf: Leaf, say: Say) -> str:
    fact, ranks = kb.facts[leaf.fact], sorted(leaf.ranks)
    named = [say("outline.value", label=fact.step_at(rank).in_language(say.lang)) for rank in ranks]
    if len(ranks) > 1 and ranks == list(range(ranks[0], fact.top + 1)):
        value = say("outline.or_worse", value=named[0])
    elif len(ranks) > 1 and ranks == list(range(ranks[-1] + 1)):
        value = say("outline.or_better", value=named[-1])
    else:
        value = say.either(named)
    return say("outline.told", fact=fact_label(fact, say.lang), value=value)


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
        lines.append(Say(lang)("outline.requirement", axis=entry.name.in_language(lang), step=name))
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
    need, say = kb.needs[name], Say(lang)
    lines = [say("outline.when"), *(INDENT + line for line in condition_lines(kb, kb.conditions[name], lang))]
    required = kb.required[list(kb.needs).index(name)]
    if required:
        lines.append(say("outline.requires"))
        lines += [INDENT + line for line in requirement_lines(kb, required, lang)]
    else:
        lines.append(say("outline.requires_nothing"))
    if need.services:
        names = (kb.services[service].name.in_language(lang) for service in need.services)
        lines.append(say("outline.services", services=", ".join(names)))
    if need.evaluate is not None:
        by = kb.evaluators[need.evaluate.by].name.in_language(lang)
        lines.append(say("outline.evaluate", by=by, hours=need.evaluate.within_hours))
    return lines
