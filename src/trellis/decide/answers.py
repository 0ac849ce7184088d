"""Answers → intervals: checked against the knowledge, aged to a day, carried through derivations and implications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import gt

from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer, Answers, parse
from trellis.model.artefact import propagate
from trellis.model.errors import AnswerError, Problem
from trellis.model.fact import Derivation, Fact
from trellis.model.knowledge import Knowledge, once_per_knowledge


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
    numbers: dict[str, list[Answer]] = {}
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
        parsed = parse(kb, name, given, as_of, problems)
        if not parsed:
            continue
        reading.used[name] = parsed
        if name in kb.facts:
            _read_fact(kb, kb.facts[name], parsed, as_of, reading)
            if kb.facts[name].kind == "score":
                scores.append(name)
        elif name in kb.factors:
            _read_context(name, parsed, context, problems)
        else:
            numbers[name] = [answer for answer in parsed if answer.value not in (NOT_KNOWN, DECLINED)]
    raises = _derive(kb, numbers, as_of, reading, context, problems)
    for name in scores:
        number = kb.number_of(name)
        raises[number] = max(raises.get(number, (0, "")), (reading.lo[number], name))
        reading.lo[number] = 0
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


@once_per_knowledge
def _table(kb: Knowledge) -> dict[str, dict[str, Plain]]:
    """What each plain value of each fact and context means; most answers are such, and need no further look."""
    table: dict[str, dict[str, Plain]] = {}
    for number, fact in enumerate(kb.facts.values()):
        is_score = fact.kind == "score"
        table[fact.id] = {v: (number, fact.rank_of(v), (Answer(v),), is_score) for v in fact.values}
    for factor in kb.factors.values():
        table[factor.id] = {step.id: (-1, 0, (Answer(step.id),), False) for step in factor.values}
    return table


def _read_fact(kb: Knowledge, fact: Fact, given: tuple[Answer, ...], as_of: date, reading: Reading) -> None:
    number = kb.number_of(fact.id)
    told = [answer for answer in given if answer.value not in (NOT_KNOWN, DECLINED)]
    fresh = [answer for answer in told if not _too_old(fact, answer, as_of)]
    if not told:
        reading.unanswerable.append(fact.id)
    elif not fresh:
        _keep_danger(kb, fact, max(fact.rank_of(str(answer.value)) for answer in told), reading)
    else:
        lows = [0 if answer.at_most else fact.rank_of(str(answer.value)) for answer in fresh]
        highs = [fact.top if answer.at_least else fact.rank_of(str(answer.value)) for answer in fresh]
        reading.lo[number], reading.hi[number] = max(lows), max(highs)
        seen = {str(answer.value): answer.source for answer in fresh}
        if len(seen) > 1:
            reading.disagreements.append(Disagreement(fact.id, tuple(seen), tuple(seen.values())))


def _too_old(fact: Fact, answer: Answer, as_of: date) -> bool:
    return fact.valid_days is not None and answer.date is not None and (as_of - answer.date).days > fact.valid_days


def _keep_danger(kb: Knowledge, fact: Fact, rank: int, reading: Reading) -> None:
    """What is too old is unknown again, but danger stays in force as last known until it is asked about again."""
    if fact.danger_rank is not None and rank >= fact.danger_rank:
        number = kb.number_of(fact.id)
        reading.lo[number] = max(reading.lo[number], rank)
        reading.latched.append(fact.id)
    else:
        reading.expired.append(fact.id)


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
    numbers: Mapping[str, list[Answer]],
    as_of: date,
    reading: Reading,
    context: dict[str, str],
    problems: list[Problem],
) -> dict[int, tuple[int, str]]:
    """Apply derivations. What is *set* narrows the reading now; what is *raised* is returned, to be applied last."""
    raises: dict[int, tuple[int, str]] = {}
    for derivation in kb.derivations if numbers else ():
        for answer in numbers.get(derivation.from_, ()):
            step = _band(derivation, float(answer.value))
            if step is None:
                continue
            if derivation.to in kb.factors:
                _set_context(derivation, step, answer, context, problems)
                continue
            fact = kb.facts[derivation.to]
            number, rank = kb.number_of(fact.id), fact.rank_of(step)
            if _too_old(fact, answer, as_of):
                if reading.hi[number] == fact.top and reading.lo[number] == 0:
                    _keep_danger(kb, fact, rank, reading)
            elif derivation.effect == "raises":
                said = f"{derivation.from_} {answer.value:g}, {answer.source}"
                raises[number] = max(raises.get(number, (0, "")), (rank, said))
            elif fact.id in reading.used and not reading.lo[number] <= rank <= reading.hi[number]:
                message = f"[{answer.value:g}] means {fact.id} [{step}], which contradicts the answer to it."
                problems.append(Problem(f"answers[{derivation.from_}]", message, "Correct one of the two."))
            else:
                known = reading.lo[number] if reading.lo[number] == reading.hi[number] else 0
                reading.lo[number] = reading.hi[number] = max(known, rank)
    return raises


def _set_context(
    derivation: Derivation, step: str, answer: Answer, context: dict[str, str], problems: list[Problem]
) -> None:
    known = context.setdefault(derivation.to, step)
    if known != step:
        message = f"[{answer.value:g}] means {derivation.to} [{step}], but {derivation.to} is [{known}]."
        problems.append(Problem(f"answers[{derivation.from_}]", message, "Correct one of the two."))


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


@once_per_knowledge
def _contexts_found(kb: Knowledge) -> dict[frozenset[tuple[str, str]], tuple[int, ...]]:
    """The contexts looked up so far; there are only as many as there are contexts, in whole or in part."""
    return {frozenset(): tuple(range(len(kb.contexts)))}


def _possible_contexts(kb: Knowledge, known: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    found = _contexts_found(kb)
    if known not in found:
        found[known] = tuple(number for number, context in enumerate(kb.contexts) if known <= context.items())
    return found[known]


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
