"""Answers → intervals: checked against the knowledge, aged to a day, carried through derivations and implications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import lru_cache
from operator import gt
from typing import Any
from weakref import WeakKeyDictionary

from trellis.model.artefact import propagate
from trellis.model.errors import AnswerError, Problem, did_you_mean
from trellis.model.fact import Derivation, Fact, Input
from trellis.model.knowledge import Knowledge

NOT_KNOWN, DECLINED = "not_known", "declined"
"""Answers that are no answer: the fact stays open, and an interview does not ask again."""


@dataclass(frozen=True)
class Answer:
    """One answer with where it comes from.

    Args:
        value: a step of the fact's scale, a context's value, or a number for an input; or ``"not_known"``,
            ``"declined"``.
        source: who said so: ``"self-report"``, ``"clinician"``, an instrument, a record.
        date: the day it was given; the day of the decision when left out.
        author: who recorded it.
        at_least: the truth is this bad or worse (a box ticked on a checklist); what more is left open.
        at_most: the truth is this or better (a box left empty).

    >>> Answer("intent", source="clinician").value
    'intent'
    """

    value: str | int | float
    source: str = "self-report"
    date: date | None = None
    author: str = ""
    at_least: bool = False
    at_most: bool = False

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values, for files and provenance; what has its default is left out."""
        plain = asdict(self)
        plain["date"] = self.date.isoformat() if self.date else None
        return {key: value for key, value in plain.items() if value not in ("", None, False)}


AnswerLike = str | int | float | Answer | Mapping[str, Any] | Sequence[Any] | None
Answers = Mapping[str, AnswerLike]


@dataclass(frozen=True)
class Disagreement:
    """Two sources that do not agree about a fact. The worse one counts, and both are shown."""

    fact: str
    values: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass
class Reading:
    """What the answers say, as intervals of worse-ranks per fact, before contexts close anything.

    Args:
        lo: the best each fact can still be; ``hi`` the worst.
        contexts: the numbers of the contexts still open.
        used: the answers, normalised: per fact, context or input the answers that were given.
        latched: danger facts whose answer is past its validity: in force as last known, to be asked again first.
        expired: facts whose answer is past its validity and so unknown again.
        unanswerable: facts answered with "not known" or "rather not say".
    """

    lo: list[int]
    hi: list[int]
    contexts: list[int] = field(default_factory=list)
    used: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    latched: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    unanswerable: list[str] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)

    def intervals(self, kb: Knowledge, context: int) -> tuple[list[int], list[int]]:
        """The intervals in one context: facts that do not apply there are at their best, with what that implies."""
        closed = kb.artefact.closed[context]
        if not closed or not any(self.hi[fact] for fact in closed):
            return self.lo, self.hi
        lo, hi = self.lo.copy(), self.hi.copy()
        for fact in closed:
            lo[fact] = hi[fact] = 0
        propagate(kb.artefact.implications, lo, hi)
        return lo, hi


def read_answers(kb: Knowledge, answers: Answers, as_of: date) -> Reading:
    """Check answers and turn them into intervals.

    Args:
        kb: the knowledge.
        answers: per fact, context or input: a value, an :class:`Answer`, a mapping with its fields, a list of those
            (then the worst counts), or None for "unknown".
        as_of: the day of the decision; answers age to it.

    Returns:
        the intervals and what was noticed on the way.

    Raises:
        AnswerError: any answer is unknown, mistyped, out of range, dated in the future, or contradicts another; it
            lists every one.
    """
    table = _table(kb)
    reading = Reading(lo=[0] * len(kb.artefact.facts), hi=list(kb.artefact.tops))
    lo, hi, used = reading.lo, reading.hi, reading.used
    problems: list[Problem] = []
    context: dict[str, str] = {}
    numbers: dict[str, tuple[float, Answer]] = {}
    scores: list[str] = []
    for name, given in answers.items():
        values = table.get(name)
        plain = values.get(given) if values is not None and type(given) is str else None
        if plain is not None:
            number, rank, used[name], is_score = plain
            if number < 0:
                context[name] = str(given)
            else:
                lo[number] = hi[number] = rank
                if is_score and rank:
                    scores.append(name)
            continue
        parsed = _parse(kb, name, given, as_of, problems)
        if not parsed:
            continue
        reading.used[name] = parsed
        if name in kb.facts:
            _read_fact(kb, kb.facts[name], parsed, as_of, reading)
            if kb.facts[name].kind == "score":
                scores.append(name)
        elif name in kb.factors:
            _read_context(name, parsed, context, problems)
        elif parsed[-1].value not in (NOT_KNOWN, DECLINED):
            numbers[name] = (float(parsed[-1].value), parsed[-1])
    raises = _derive(kb, numbers, scores, reading, context, problems)
    if not problems:
        _carry(kb, reading, problems)
    if not problems:
        _raise(kb, raises, reading)
        _open_contexts(kb, context, reading, problems)
    if problems:
        raise AnswerError(sorted(set(problems)))
    return reading


def _carry(kb: Knowledge, reading: Reading, problems: list[Problem]) -> None:
    """Carry answers through the implications, both ways; name what contradicts what."""
    if reading.lo == reading.hi and kb.artefact.engine.obeys(reading.lo):
        return
    lo, hi = reading.lo.copy(), reading.hi.copy()
    propagate(kb.artefact.implications, reading.lo, reading.hi)
    if any(map(gt, reading.lo, reading.hi)):
        reading.lo, reading.hi = lo, hi
        _name_contradictions(kb, reading, problems)


Plain = tuple[int, int, tuple[Answer, ...], bool]
_tables: WeakKeyDictionary[Knowledge, dict[str, dict[str, Plain]]] = WeakKeyDictionary()


def _table(kb: Knowledge) -> dict[str, dict[str, Plain]]:
    """What each plain value of each fact and context means; most answers are such, and need no further look."""
    if kb not in _tables:
        table: dict[str, dict[str, Plain]] = {}
        for number, fact in enumerate(kb.facts.values()):
            is_score = fact.kind == "score"
            table[fact.id] = {v: (number, fact.rank_of(v), (Answer(v),), is_score) for v in fact.values}
        for factor in kb.factors.values():
            table[factor.id] = {step.id: (-1, 0, (Answer(step.id),), False) for step in factor.values}
        _tables[kb] = table
    return _tables[kb]


def _parse(kb: Knowledge, name: str, given: AnswerLike, as_of: date, problems: list[Problem]) -> tuple[Answer, ...]:
    where = f"answers[{name}]"
    if name not in kb.facts and name not in kb.factors and name not in kb.inputs:
        near = did_you_mean(name, [*kb.facts, *kb.factors, *kb.inputs])
        remedy = near or "`trellis facts` lists every name."
        problems.append(Problem(where, f"[{name}] is no fact, context or number of this knowledge.", remedy))
        return ()
    if given is None:
        return ()
    several = list(given) if isinstance(given, (list, tuple)) else [given]
    parsed = [_parse_one(where, one, problems) for one in several]
    valid = [answer for answer in parsed if answer is not None and _check(kb, name, answer, as_of, where, problems)]
    return tuple(valid)


def _parse_one(where: str, given: Any, problems: list[Problem]) -> Answer | None:
    if isinstance(given, Answer):
        return given
    if isinstance(given, bool):
        problems.append(Problem(where, f"is true or false: [{given}].", "Write the value in quotes: 'yes' or 'no'."))
        return None
    if isinstance(given, (str, int, float)):
        return Answer(given)
    if isinstance(given, Mapping):
        fields = dict(given)
        unknown = set(fields) - {field.name for field in dataclass_fields(Answer)}
        if unknown or "value" not in fields:
            remedy = "Give value, and if you like source, date, author, at_least, at_most."
            problems.append(Problem(where, f"is not an answer: [{dict(given)}].", remedy))
            return None
        day = fields.get("date")
        if isinstance(day, str):
            try:
                fields["date"] = date.fromisoformat(day)
            except ValueError:
                problems.append(Problem(where, f"has date [{day}].", "Write the date as YYYY-MM-DD."))
                return None
        return Answer(**fields)
    problems.append(Problem(where, f"is not an answer: [{given!r}].", "Give a value, or null for unknown."))
    return None


def _check(kb: Knowledge, name: str, answer: Answer, as_of: date, where: str, problems: list[Problem]) -> bool:
    if answer.date is not None and answer.date > as_of:
        message = f"has date [{answer.date}], after the day of the decision [{as_of}]."
        problems.append(Problem(where, message, "Correct the date, or decide as of a later day."))
        return False
    if answer.value in (NOT_KNOWN, DECLINED):
        return True
    if name in kb.inputs:
        return _check_number(kb.inputs[name], answer, where, problems)
    values = kb.facts[name].values if name in kb.facts else [step.id for step in kb.factors[name].values]
    if answer.value in values:
        return True
    near = did_you_mean(str(answer.value), values)
    remedy = f"It may be {', '.join(values)}, {NOT_KNOWN} or {DECLINED}. {near}".strip()
    problems.append(Problem(where, f"is [{answer.value}].", remedy))
    return False


def _check_number(number: Input, answer: Answer, where: str, problems: list[Problem]) -> bool:
    value = answer.value
    allowed = (
        f"It may be {'a whole number ' if number.whole else ''}from {number.min:g} to {number.max:g} {number.unit}"
    )
    remedy = allowed.rstrip() + "."
    if (
        isinstance(value, (int, float))
        and number.min <= value <= number.max
        and (not number.whole or value == int(value))
    ):
        return True
    problems.append(Problem(where, f"is [{value}].", remedy))
    return False


def _read_fact(kb: Knowledge, fact: Fact, given: tuple[Answer, ...], as_of: date, reading: Reading) -> None:
    number = kb.number_of(fact.id)
    lo, hi, known, stale = 0, fact.top, False, False
    seen: dict[str, str] = {}
    for answer in given:
        if answer.value in (NOT_KNOWN, DECLINED):
            continue
        rank = fact.rank_of(str(answer.value))
        age = (as_of - answer.date).days if answer.date else 0
        if fact.valid_days is not None and age > fact.valid_days:
            stale = True
            if fact.danger_rank is not None and rank >= fact.danger_rank:
                lo = max(lo, rank)
                reading.latched.append(fact.id)
            continue
        seen[str(answer.value)] = answer.source
        lo = max(lo, 0 if answer.at_most else rank)
        ceiling = fact.top if answer.at_least else rank
        hi = max(hi, ceiling) if known else ceiling
        known = True
    reading.lo[number], reading.hi[number] = lo, max(lo, hi)
    if stale and not known and fact.id not in reading.latched:
        reading.expired.append(fact.id)
    if not known and not stale:
        reading.unanswerable.append(fact.id)
    if len(seen) > 1:
        reading.disagreements.append(Disagreement(fact.id, tuple(seen), tuple(seen.values())))


def _read_context(name: str, given: tuple[Answer, ...], context: dict[str, str], problems: list[Problem]) -> None:
    values = {str(answer.value) for answer in given} - {NOT_KNOWN, DECLINED}
    if len(values) > 1:
        shown = ", ".join(sorted(values))
        problems.append(
            Problem(f"answers[{name}]", f"is both [{shown}].", "Give one value; a context has no worse way.")
        )
    elif values:
        context[name] = values.pop()


def _derive(
    kb: Knowledge,
    numbers: Mapping[str, tuple[float, Answer]],
    scores: list[str],
    reading: Reading,
    context: dict[str, str],
    problems: list[Problem],
) -> dict[int, tuple[int, str]]:
    """Apply derivations. What is *set* narrows the reading now; what is *raised* is returned, to be applied last."""
    raises: dict[int, tuple[int, str]] = {}
    for derivation in kb.derivations if numbers else ():
        if derivation.from_ not in numbers:
            continue
        value, answer = numbers[derivation.from_]
        step = _band(derivation, value)
        if step is None:
            continue
        where = f"answers[{derivation.from_}]"
        if derivation.to in kb.factors:
            if context.setdefault(derivation.to, step) != step:
                message = (
                    f"[{value:g}] means {derivation.to} [{step}], but {derivation.to} is [{context[derivation.to]}]."
                )
                problems.append(Problem(where, message, "Correct one of the two."))
            continue
        fact = kb.facts[derivation.to]
        number, rank = kb.number_of(fact.id), fact.rank_of(step)
        if derivation.effect == "raises":
            previous = raises.get(number, (0, ""))
            raises[number] = max(previous, (rank, f"{derivation.from_} {value:g}, {answer.source}"))
        elif fact.id in reading.used and not reading.lo[number] <= rank <= reading.hi[number]:
            message = f"[{value:g}] means {fact.id} [{step}], which contradicts the answer to it."
            problems.append(Problem(where, message, "Correct one of the two."))
        else:
            reading.lo[number] = reading.hi[number] = rank
    for name in scores:
        number = kb.number_of(name)
        raises[number] = max(raises.get(number, (0, "")), (reading.lo[number], name))
        reading.lo[number] = 0
    return raises


def _band(derivation: Derivation, value: float) -> str | None:
    """The step of the last band that the value reaches; None when it reaches none."""
    reached = None
    for band in derivation.bands:
        if (
            (isinstance(band.from_, float) and value >= band.from_)
            or (isinstance(band.above, float) and value > band.above)
            or (isinstance(band.below, float) and value < band.below)
        ):
            reached = band.step
    return reached


def _raise(kb: Knowledge, raises: Mapping[int, tuple[int, str]], reading: Reading) -> None:
    """An instrument lifts the lower end, and with it what that implies; it never clears. A disagreement is kept."""
    lifted = [(number, rank, source) for number, (rank, source) in raises.items()]
    while lifted:
        number, rank, source = lifted.pop()
        fact = kb.facts[kb.artefact.facts[number]]
        if rank > reading.hi[number] and fact.id in reading.used:
            values = (fact.step_at(reading.hi[number]).id, fact.step_at(rank).id)
            reading.disagreements.append(Disagreement(fact.id, values, (reading.used[fact.id][-1].source, source)))
        reading.lo[number] = max(reading.lo[number], rank)
        reading.hi[number] = max(reading.hi[number], reading.lo[number])
        lifted.extend(
            (b, j, source) for a, i, b, j in kb.artefact.implications if a == number and rank >= i and reading.lo[b] < j
        )


def _name_contradictions(kb: Knowledge, reading: Reading, problems: list[Problem]) -> None:
    """Follow each answer's consequences to the answer it cannot stand beside, and name both."""
    lo, hi = reading.lo, reading.hi
    cause = {number: number for number in range(len(lo)) if lo[number] > 0}
    reached = lo.copy()
    changed = True
    while changed:
        changed = False
        for a, i, b, j in kb.artefact.implications:
            if reached[a] >= i and reached[b] < j:
                reached[b], cause[b], changed = j, cause[a], True
    for number, rank in enumerate(reached):
        if rank > hi[number]:
            first, second = (kb.facts[kb.artefact.facts[n]] for n in (cause[number], number))
            message = (
                f"[{first.step_at(lo[cause[number]]).id}] means {second.id} at least [{second.step_at(rank).id}], "
                f"but answers[{second.id}] is [{second.step_at(hi[number]).id}]."
            )
            problems.append(Problem(f"answers[{first.id}]", message, "Correct one of the two."))


@lru_cache(maxsize=1000)
def _possible_contexts(kb: Knowledge, known: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(number for number, context in enumerate(kb.contexts) if known <= context.items())


def _open_contexts(kb: Knowledge, context: Mapping[str, str], reading: Reading, problems: list[Problem]) -> None:
    possible = _possible_contexts(kb, frozenset(context.items()))
    if not possible:
        shown = ", ".join(f"{factor} {value}" for factor, value in context.items())
        problems.append(Problem("answers", f"the context [{shown}] cannot be.", "Correct one of the answers."))
        return
    lo, closed = reading.lo, kb.artefact.closed
    reading.contexts = [n for n in possible if not closed[n] or not any(lo[fact] for fact in closed[n])]
    if not reading.contexts:
        names = sorted({kb.artefact.facts[f] for n in possible for f in kb.artefact.closed[n] if reading.lo[f] > 0})
        shown = ", ".join(f"{factor} {value}" for factor, value in context.items())
        for name in names:
            message = f"does not apply in the context given [{shown}], yet the answer is not its best value."
            remedy = (
                "Choose the focus [both], or correct the answer." if "focus" in context else "Correct one of the two."
            )
            problems.append(Problem(f"answers[{name}]", message, remedy))
