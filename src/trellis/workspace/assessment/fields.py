"""The fields of an assessment: the knowledge's own facts, contexts and numbers, in the clinician's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from trellis import DECLINED, NOT_KNOWN, Knowledge
from trellis.say import Say
from trellis.say.outline import fact_label
from trellis.workspace.assessment import deciding

CONTEXTS, NUMBERS = "contexts", "numbers"


@dataclass(frozen=True)
class FieldGroup:
    """What stands on one page: a domain of the knowledge.

    Args:
        id: as it stands in the address.
        title: as the knowledge calls it.
        names: the facts, contexts or numbers.
    """

    id: str
    title: str
    names: tuple[str, ...]


def _titled(about: Any, lang: str) -> str:
    return str(about.title.in_language(lang))


def groups(kb: Knowledge, lang: str) -> tuple[FieldGroup, ...]:
    """All groups: contexts first, then the facts by domain in the order in which an interview asks, then numbers."""
    found = [FieldGroup(CONTEXTS, _titled(kb.about("contexts", next(iter(kb.factors))), lang), tuple(kb.factors))]
    domains = list(dict.fromkeys([*kb.topics, *(fact.domain for fact in kb.facts.values())]))
    for domain in domains:
        names = tuple(name for name, fact in kb.facts.items() if fact.domain == domain)
        if names:
            found.append(FieldGroup(domain, _titled(kb.about("facts", names[-1]), lang), names))
    return (
        *found,
        FieldGroup(NUMBERS, _titled(kb.about("inputs", next(iter(kb.inputs))), lang), tuple(kb.inputs)),
    )


def label(kb: Knowledge, name: str, lang: str) -> str:
    """What a fact, context or number is called in a list."""
    if name in kb.facts:
        return fact_label(kb.facts[name], lang)
    entry = kb.factors.get(name) or kb.inputs.get(name)
    return name if entry is None else entry.question.clinician.in_language(lang).rstrip(".?").lstrip("¿")


def value_words(kb: Knowledge, name: str, value: Any, unknown: str, say: Say) -> str:
    """An answer in words."""
    if unknown or value in (NOT_KNOWN, DECLINED):
        return say(f"workspace.assess_{unknown or value}")
    if name in kb.inputs:
        return f"{value:g}"
    steps = kb.facts[name].scale if name in kb.facts else kb.factors[name].values if name in kb.factors else ()
    return next((step.in_language(say.lang) for step in steps if step.id == value), str(value))


def row_words(row: Any, say: Say) -> str:
    """A row's answer in words, with how far it reaches."""
    words = value_words(deciding.knowledge(), row.fact, row.value, row.unknown, say)
    if row.at_least or row.at_most:
        return say("workspace.assess_at_least" if row.at_least else "workspace.assess_at_most", answer=words)
    return words


def source_words(source: str, say: Say) -> str:
    """Whose word an answer is; the name of an instrument stays as it is."""
    first, _, rest = source.partition(", ")
    key = {"self-report": "self_report", "loved-one report": "loved_one_report"}.get(first, first)
    known = key in ("clinician", "self_report", "loved_one_report", "record", "staff")
    said = say(f"workspace.assess_source_{key}") if known else first
    return f"{said}, {rest}" if rest else said


@dataclass
class Field:
    """One field as a template draws it.

    Args:
        name: the fact, context or number; ``id`` the same for the page.
        question: the clinician's question.
        help, why, cites: what stands behind the disclosure.
        choices: value, words and whether it is chosen; for a number the two ways to leave it open.
        drawn: how many rows the fact has.
        typed: what stands in the field of a number.
    """

    name: str
    id: str
    question: str
    number: bool
    help: str
    cites: tuple[str, ...]
    choices: list[tuple[str, str, bool]]
    drawn: int
    typed: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    step: str = ""
    error: str = ""
    only_found: bool = False
    state: FieldState | None = None


@dataclass
class FieldState:
    """What stands under a field: what is kept, since when, by whom, and what else counts.

    Args:
        name, id, drawn: as of the field.
        last: the last answer that stands, or None.
        others: answers that count beside it, each with its words.
        error: why it was not saved.
        between: both answers, where somebody else answered in between.
    """

    name: str
    id: str
    drawn: int
    last: Any = None
    said: str = ""
    source: str = ""
    others: list[tuple[Any, str, str]] = field(default_factory=list)
    history: bool = False
    fresh: bool = False
    back: Any = None
    error: str = ""
    between: Any = None


def state_of(name: str, rows: Iterable[Any], say: Say, **more: Any) -> FieldState:
    """The state of one field.

    Args:
        name: the fact, context or number.
        rows: all rows of it, in order.
        say: the voice.
        more: ``fresh``, ``error``, ``between``.
    """
    several = list(rows)
    folded = deciding.fold(deciding.knowledge(), several).get(name, [])
    last = folded[-1] if folded else None
    return FieldState(
        name,
        name.replace(".", "-"),
        several[-1].number if several else 0,
        last,
        row_words(last, say) if last else "",
        source_words(last.source, say) if last else "",
        [(row, row_words(row, say), source_words(row.source, say)) for row in folded[:-1]],
        bool(several),
        back=several[-1] if several and several[-1].taken_back else None,
        **more,
    )


def fields_of(names: Iterable[str], rows: Iterable[Any], say: Say, typed: dict[str, str] | None = None) -> list[Field]:
    """The fields of a group.

    Args:
        names: facts, contexts, numbers.
        rows: the rows of the assessment.
        say: the voice.
        typed: what was typed and could not be saved, by the names of the form.
    """
    by_fact: dict[str, list[Any]] = {}
    for row in rows:
        by_fact.setdefault(row.fact, []).append(row)
    return [_field(name, by_fact.get(name, []), say, typed or {}) for name in names]


def _field(name: str, rows: list[Any], say: Say, typed: dict[str, str]) -> Field:
    kb, lang = deciding.knowledge(), say.lang
    entry: Any = kb.facts.get(name) or kb.factors.get(name) or kb.inputs[name]
    number = name in kb.inputs
    state = state_of(name, rows, say)
    last = state.last
    plain = last is not None and not (last.at_least or last.at_most)
    chosen = typed.get(f"v.{name}") or ((last.unknown or last.value) if plain else "")
    open_ways = [(value, say(f"workspace.assess_{value}")) for value in (NOT_KNOWN, DECLINED)]
    steps = [] if number else entry.scale if name in kb.facts else entry.values
    none = getattr(entry, "unless_told", None)
    shown = [(step.id, step.in_language(lang)) for step in steps if step.id != none]
    unknown = typed.get(f"u.{name}") or (last.unknown if last else "")
    choices = [(value, words, value == (unknown if number else chosen)) for value, words in [*shown, *open_ways]]
    found = Field(
        name,
        state.id,
        entry.question.clinician.in_language(lang),
        number,
        entry.help.in_language(lang) if entry.help else "",
        tuple(kb.cite(getattr(entry, "sources", ()))),
        choices,
        state.drawn,
        only_found=deciding.is_evaluation(name),
        state=state,
    )
    if number:
        found.unit, found.low, found.high = entry.unit, f"{entry.min:g}", f"{entry.max:g}"
        found.step = "1" if entry.whole else "any"
        found.typed = typed.get(f"v.{name}") or (f"{last.value:g}" if last and not last.unknown else "")
    return found
