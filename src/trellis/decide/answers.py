"""Answers → intervals: checked against the knowledge, aged to a day, joined, carried through what implies what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from trellis.decide.join import AnswerClaim
from trellis.decide.joining import Joining, claims_of, expired, tells
from trellis.decide.parsing import Answer, Answers, parse
from trellis.decide.reading import Reading
from trellis.decide.whole import plain_answers, read_whole
from trellis.errors import AnswerError, Problem
from trellis.kinds.fact import ContextFactor, Derivation, Fact
from trellis.library.knowledge import Knowledge, once_per_knowledge


def read_answers(kb: Knowledge, answers: Answers, as_of: date, *, strict: bool = True) -> Reading:
    """Check answers and turn them into intervals.

    Args:
        kb: the knowledge.
        answers: per fact, context or input: a value, an :class:`Answer`, a mapping with its fields, a list of those
            (see :mod:`trellis.decide.join` for which of them counts), or None for "unknown".
        as_of: the day of the decision; answers age to it.
        strict: raise for what is wrong; else what is wrong is left out, and of answers that cannot both be true the
            worse one counts, so that danger can be read from a faulty input.

    Returns:
        the intervals and what was noticed on the way.

    Raises:
        AnswerError: any answer is unknown, mistyped, out of range, dated in the future, or contradicts another that
            its source gave on the same day; it lists every one.
    """
    whole = read_whole(kb, answers)
    if whole is not None:
        return whole
    table, (lo, hi) = _table(kb), _start(kb)
    reading = Reading(lo=lo.copy(), hi=hi.copy())
    lo, hi, used = reading.lo, reading.hi, reading.used
    problems: list[Problem] = []
    context: dict[str, str] = {}
    told: dict[str, list[AnswerClaim]] = {}
    numbers: dict[str, tuple[Answer, ...]] = {}
    for name, given in answers.items():
        values = table.get(name)
        plain = values.get(given) if values is not None and type(given) is str else None
        if plain is not None:
            number, rank, used[name] = plain
            if number < 0:
                context[name] = str(given)
            else:
                lo[number] = hi[number] = rank
            continue
        parsed = parse(kb, name, given, as_of, problems)
        if not parsed:
            continue
        used[name] = parsed
        if name in kb.facts:
            told[name] = claims_of(kb.facts[name], parsed, as_of)
            _note_silence(kb.facts[name], parsed, as_of, reading)
        elif name in kb.factors:
            _read_context(kb.factors[name], parsed, as_of, context, reading, problems)
        else:
            numbers[name] = parsed
    for derivation in kb.derivations if numbers else ():
        _derive(kb, derivation, numbers, as_of, told, context, reading, problems)
    facts = Joining(kb, reading, told, as_of)
    facts.join_all()
    facts.carry(problems)
    reading.expired = sorted(set(reading.expired))
    if strict and problems:
        raise AnswerError(sorted(set(problems)))
    _open_contexts(kb, context, reading, problems)
    if strict and problems:
        raise AnswerError(sorted(set(problems)))
    return reading


PlainAnswer = tuple[int, int, tuple[Answer, ...]]


@once_per_knowledge
def _start(kb: Knowledge) -> tuple[list[int], list[int]]:
    """Where facts stand while nothing is told."""
    lo, hi = [0] * len(kb.artefact.facts), list(kb.artefact.tops)
    for number, low, high in kb.artefact.starts:
        lo[number], hi[number] = low, high
    return lo, hi


@once_per_knowledge
def _table(kb: Knowledge) -> dict[str, dict[str, PlainAnswer]]:
    """What each plain value of each fact and context means; most answers are such, and need no further look."""
    return {
        name: {
            value: (kb.number_of(name), kb.facts[name].rank_of(value), kept) if name in kb.facts else (-1, 0, kept)
            for value, kept in values.items()
        }
        for name, values in plain_answers(kb).items()
    }


def _note_silence(fact: Fact, given: Sequence[Answer], as_of: date, reading: Reading) -> None:
    """Note "not known" and "rather not say", so that it is not asked again, unless an exact answer says more.

    It lapses like an answer: some time later one can ask again.
    """
    silent = [day for answer in given if not tells(answer) and not _lapsed(fact, day := answer.date or as_of, as_of)]
    exact = [answer.date or as_of for answer in given if tells(answer) and not (answer.at_least or answer.at_most)]
    vague = [answer.date or as_of for answer in given if tells(answer) and (answer.at_least or answer.at_most)]
    if silent and max(silent) > max(exact, default=date.min) and max(silent) >= max(vague, default=date.min):
        reading.unanswerable.append(fact.id)


def _lapsed(fact: Fact, day: date, as_of: date) -> bool:
    return fact.valid_days is not None and (as_of - day).days > fact.valid_days


def _read_context(
    factor: ContextFactor,
    given: Sequence[Answer],
    as_of: date,
    context: dict[str, str],
    reading: Reading,
    problems: list[Problem],
) -> None:
    """A context has no worse way: the latest answer counts, and several of that day must agree."""
    told = [answer for answer in given if tells(answer)]
    latest = max((answer.date or as_of for answer in told), default=as_of)
    last = [answer for answer in told if (answer.date or as_of) == latest]
    fresh = [a for a in last if not _is_expired(factor.valid_days, a, as_of)]
    values = {str(answer.value) for answer in fresh}
    if len(values) > 1:
        shown = ", ".join(sorted(values))
        remedy = "Give one value; a context has no worse way."
        problems.append(Problem(f"answers[{factor.id}]", f"is both [{shown}].", remedy))
    elif values:
        context[factor.id] = values.pop()
    else:
        reading.expired += [expired(factor.id, str(a.value), a.date or as_of, factor.valid_days) for a in last]


def _is_expired(valid_days: int | None, answer: Answer, as_of: date) -> bool:
    return valid_days is not None and answer.date is not None and (as_of - answer.date).days > valid_days


def _derive(
    kb: Knowledge,
    derivation: Derivation,
    numbers: Mapping[str, tuple[Answer, ...]],
    as_of: date,
    told: dict[str, list[AnswerClaim]],
    context: dict[str, str],
    reading: Reading,
    problems: list[Problem],
) -> None:
    """What numbers say of a fact, as claims on it beside the answers; of a context, its value."""
    given = [answer for answer in numbers.get(derivation.from_, ()) if tells(answer)]
    if not given:
        return
    if derivation.to in kb.factors:
        _derive_context(kb.factors[derivation.to], derivation, given, as_of, context, reading, problems)
        return
    fact = kb.facts[derivation.to]
    if given and fact.id in reading.used and fact.id not in told:
        told[fact.id] = claims_of(fact, reading.used[fact.id], as_of)
    for answer in given:
        bounds = _bounds(fact, derivation, float(answer.value))
        name, number = derivation.from_, f"{answer.value:g}"
        source, shown = f"{name}|{answer.source}", f"{name} {number}, {answer.source}"
        step = fact.step_at(bounds[0] or bounds[1]).id
        day = answer.date or as_of
        claim = AnswerClaim(*bounds, name, step, number, source, shown, day, answer.author, own=False)
        told.setdefault(fact.id, []).append(claim)


def _bounds(fact: Fact, derivation: Derivation, value: float) -> tuple[int, int]:
    """The best and the worst rank that a number leaves: all of them when it says nothing of the fact.

    Such a number is a claim all the same: measured again, it takes the place of what it said before.
    """
    step = _band(derivation, value)
    if step is None:
        return 0, fact.rank_of(derivation.bands[0].step) - 1 if derivation.effect == "bands" else fact.top
    rank = fact.rank_of(step)
    return rank, fact.top if derivation.effect == "raises" else rank


def _derive_context(
    factor: ContextFactor,
    derivation: Derivation,
    given: Sequence[Answer],
    as_of: date,
    context: dict[str, str],
    reading: Reading,
    problems: list[Problem],
) -> None:
    last = max(answer.date or as_of for answer in given)
    for answer in (answer for answer in given if (answer.date or as_of) == last):
        step = _band(derivation, float(answer.value))
        if step is None:
            continue
        if _is_expired(factor.valid_days, answer, as_of):
            reading.expired.append(expired(derivation.from_, f"{answer.value:g}", last, factor.valid_days))
            continue
        known = context.setdefault(factor.id, step)
        if known != step:
            message = f"[{answer.value:g}] means {factor.id} [{step}], but {factor.id} is [{known}]."
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
    """The contexts that the answers leave; where they leave none, all stay open and the fault is told."""
    possible = _possible_contexts(kb, frozenset(context.items()))
    shown = ", ".join(f"{factor} {value}" for factor, value in context.items())
    if not possible:
        problems.append(Problem("answers", f"the context [{shown}] cannot be.", "Correct one of the answers."))
        possible = tuple(range(len(kb.contexts)))
    lo, closed = reading.lo, kb.artefact.closed
    reading.contexts = [n for n in possible if not closed[n] or not any(lo[fact] for fact in closed[n])]
    if not reading.contexts:
        names = sorted({kb.artefact.facts[f] for n in possible for f in closed[n] if lo[f] > 0})
        reading.contexts = [n for n in range(len(kb.contexts)) if not any(lo[fact] for fact in closed[n])]
        for name in names:
            message = f"does not apply in the context given [{shown}], yet the answer is not its best value."
            remedy = (
                "Choose the focus [both], or correct the answer." if "focus" in context else "Correct one of the two."
            )
            problems.append(Problem(f"answers[{name}]", message, remedy))
