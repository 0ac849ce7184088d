"""The live side panel: what the account says of the answers so far, in words. It has no reasons of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from typing import Any, NamedTuple

from trellis.account import inside_of, reason_in_words
from trellis.decide import Recommendation
from trellis.decide.adding import with_answers
from trellis.errors import AnswerError
from trellis.interview import next_question
from trellis.interview.group import best_answers, length
from trellis.kinds.need import lines_in_order
from trellis.library.titles import capital
from trellis.say import Say
from trellis.workspace.assessment import deciding, fields

MOST_NEEDS = MOST_OPEN = 5
WORDS_A_SECOND, SECONDS_A_QUESTION, MOST_QUESTIONS, USUAL = 3, 5, 45, 1.3
"""As the guide counts (``guide/assets/js/ui/left.js``), where ``benchmarks/guide_journeys.py`` measured it."""
MOST_KEPT = 1000
_worked: dict[bytes, int] = {}
"""Minutes by the sum of the answers, so that nobody's answers are kept for it."""


class LineToCall(NamedTuple):
    """A help line: how it is told, and the number to call."""

    words: str
    tel: str


class Danger(NamedTuple):
    """One danger, as it is told."""

    id: str
    title: str
    clinician: str
    person: tuple[str, ...]
    lines: tuple[LineToCall, ...]
    latched: bool


@dataclass
class Panel:
    """What stands beside the questions.

    Args:
        danger: the gravest first.
        faults: answers that cannot all be true, each with what to do.
        range_: the least and the most, or what it is.
        settled: whether it is settled.
        needs, more_needs: the leading reasons, and how many more.
        steps: who must look, and how soon.
        open, more_open: what is unknown and would matter.
        again: what is too old and is asked again.
        differ: where sources differ.
        next: the next question in words, and the names of its facts.
    """

    danger: list[Danger]
    faults: list[tuple[str, str]]
    left_open: str = ""
    least: str = ""
    most: str = ""
    count: int = 0
    settled: bool = False
    hold: str = ""
    needs: list[str] | None = None
    more_needs: int = 0
    steps: list[str] | None = None
    open: list[tuple[str, str]] | None = None
    more_open: int = 0
    again: list[tuple[str, str]] | None = None
    differ: list[str] | None = None
    next: str = ""


def danger_of(names: Iterable[tuple[str, bool]], say: Say) -> list[Danger]:
    """Dangers by their ids, as the knowledge tells of them; help lines in the order for the language, each once."""
    kb, told, found = deciding.knowledge(), set(), []
    for name, latched in names:
        urgent = kb.urgent[name]
        fresh = [line for line in lines_in_order(urgent.lines, say.lang, kb.lines) if line not in told]
        told.update(fresh)
        found.append(
            Danger(
                name,
                urgent.title.in_language(say.lang),
                urgent.clinician.in_language(say.lang),
                urgent.person.in_language(say.lang),
                tuple(_line(kb.lines[line], say) for line in fresh),
                latched,
            )
        )
    return found


def _line(line: Any, say: Say) -> LineToCall:
    hours = line.hours if isinstance(line.hours, str) else line.hours.in_language(say.lang)
    slots = {"contact": line.contact.in_language(say.lang), "what_for": line.what_for.in_language(say.lang)}
    words = say("ask.line_with_hours", hours=hours, **slots) if hours else say("ask.line_without_hours", **slots)
    return LineToCall(words, line.tel)


def package(rec: Recommendation, name: str, say: Say) -> str:
    """What a package is called: its setting and what is joined to it."""
    first, *rest = name.split("+")
    known = rec.kb.unit_name(first, rec.context, say.lang)
    if not rest:
        return capital(known)
    more = say.join(rec.kb.unit_name(part, rec.context, say.lang) for part in rest)
    return say("result.joined_places", first=capital(known), more=more)


def package_name(name: str, say: Say) -> str:
    """What a package is called where nobody is known."""
    kb = deciding.knowledge()
    parts = [part for part in name.split("+") if part]
    if not parts:
        return ""
    try:
        first, *rest = (kb.unit_name(part, None, say.lang) for part in parts)
    except KeyError:  # a package of an older knowledge
        return name
    return say("result.joined_places", first=capital(first), more=say.join(rest)) if rest else capital(first)


def panel_of(result: deciding.AnswersResult, say: Say) -> Panel:
    """The panel of a result."""
    kb, lang = result.kb, say.lang
    found = Panel(danger_of(((view.id, view.latched) for view in result.danger), say), [])
    rec, account = result.rec, result.account
    if rec is None or account is None:
        found.faults = [_fault(one, say) for one in result.problems]
        return found
    if account.danger_left_open:
        names = "; ".join(fields.label(kb, name, lang) for name in account.danger_left_open)
        found.left_open = say("result.danger_left_open_clinician", facts=names)
    found.least = say.either(package(rec, name, say) for name in rec.least.now.ids)
    found.most = say.either(package(rec, name, say) for name in rec.most.now.ids)
    found.count, found.settled = len(rec.between.now), rec.settled
    if account.hold is not None:
        places = say.join(capital(kb.unit_name(name, rec.context, lang)) for name in account.hold.responses)
        found.hold = say("clinician.hold_served", places=places) if places else say("clinician.hold_unserved")
    words = [reason_in_words(rec, one.need, role="clinician", lang=lang, hour=one.hour) for one in account.reasons]
    found.needs, found.more_needs = words[:MOST_NEEDS], max(0, len(words) - MOST_NEEDS)
    found.steps = [
        say("workspace.assess_looks", who=kb.evaluators[one.by].name.in_language(lang), soon=say.soon(one.within_hours))
        for one in account.next_steps
        if one.certain
    ]
    opened = [(one.fact, fields.label(kb, one.fact, lang)) for one in account.open]
    found.open, found.more_open = opened[:MOST_OPEN], max(0, len(opened) - MOST_OPEN)
    old = dict.fromkeys([*rec.latched, *(one.name for one in account.expired)])
    found.again = [(name, fields.label(kb, name, lang)) for name in old]
    found.differ = [
        say(
            "workspace.assess_differ",
            fact=fields.label(kb, one.fact, lang),
            values=say.join(fields.value_words(kb, one.fact, value, "", say) for value in one.values),
            sources=say.join(dict.fromkeys(fields.source_words(source, say) for source in one.sources)),
        )
        for one in rec.disagreements
    ]
    question = result.question
    if question is not None:
        found.next = "; ".join(fields.label(kb, name, lang) for name in (question.factors or question.facts)[:3])
    return found


def _fault(problem: Any, say: Say) -> tuple[str, str]:
    """A fault by the fact it is about, with words for what to do."""
    kb = deciding.knowledge()
    named = [
        name
        for name in (*kb.facts, *kb.factors, *kb.inputs)
        if f"[{name}]" in problem.where or f"[{name}]" in problem.what or f" {name} " in problem.what
    ]
    shown = "; ".join(fields.label(kb, name, say.lang) for name in named) or problem.where
    return shown, named[0] if named else ""


def bears_on(result: deciding.AnswersResult, say: Say) -> list[str]:
    """What the next question could still change: why each need that waits for it would hold."""
    question = result.question
    if question is None or result.rec is None:
        return []
    here = inside_of(result.rec) is None
    told = (result.kb.needs[need].told(elsewhere=here).clinician.in_language(say.lang) for need in question.needs)
    return list(dict.fromkeys(told))[:MOST_NEEDS]


def minutes_left(result: deciding.AnswersResult) -> int:
    """Minutes for what is still asked if all answers are the best ones, as the guide counts them; 0 when nothing is."""
    if result.question is None:
        return 0
    told = repr((result.kb.digest, result.day, sorted(result.answers.items(), key=lambda pair: pair[0])))
    key = sha256(told.encode()).digest()
    if key not in _worked:
        if len(_worked) >= MOST_KEPT:
            _worked.clear()
        _worked[key] = _minutes(result)
    return _worked[key]


def _minutes(result: deciding.AnswersResult) -> int:
    seconds, supposed, question = 0.0, dict(result.answers), result.question
    for _ in range(MOST_QUESTIONS):
        if question is None:
            break
        seconds += length(result.kb, question) / WORDS_A_SECOND + SECONDS_A_QUESTION * max(1, len(question.factors))
        supposed = with_answers(result.kb, supposed, best_answers(result.kb, question))
        try:
            question = next_question(result.kb, supposed, as_of=result.day)
        except AnswerError:
            break
    return max(1, ceil(seconds * USUAL / 60))
