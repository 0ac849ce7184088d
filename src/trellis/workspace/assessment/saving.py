"""Answers are only ever added. Each field carries the number it was drawn from, so that nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis import DECLINED, NOT_KNOWN
from trellis.workspace.assessment import deciding
from trellis.workspace.assessment.models import Assessment, GivenAnswer

UNKNOWN = (NOT_KNOWN, DECLINED)
TRIES = 5


class WrongAnswerError(ValueError):
    """What was typed is no answer; ``key`` and ``slots`` say why, as a sentence of the catalogue."""

    def __init__(self, key: str, **slots: Any) -> None:
        self.key, self.slots = key, slots
        super().__init__(key)


class Typed(NamedTuple):
    """What stands in one field of a form.

    Args:
        fact: the fact, context or number.
        value: a step, a number, or None with ``unknown``.
        unknown: ``not_known``, ``declined`` or empty.
        drawn: how many rows the fact had when the form was drawn.
    """

    fact: str
    value: Any
    unknown: str
    drawn: int

    def says(self, row: Any) -> bool:
        """Whether a row says the same."""
        return row is not None and (row.value, row.unknown, row.at_least, row.at_most) == (
            self.value,
            self.unknown,
            False,
            False,
        )


class AnsweredBetween(NamedTuple):
    """Somebody else answered since the form was drawn: what stands now and what was typed here."""

    typed: Typed
    now: list[Any]
    number: int


@dataclass
class Saved:
    """What became of a form.

    Args:
        at: when it was saved.
        rows: what was added.
        between: where somebody else answered in between.
        same: what stood there already.
    """

    at: datetime
    rows: list[Any] = field(default_factory=list)
    between: list[AnsweredBetween] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def read_typed(posted: Mapping[str, Any], fact: str) -> Typed | None:
    """What stands in a field; None where nothing does.

    Args:
        posted: the form: ``v.FACT``, for numbers ``u.FACT`` too, and ``n.FACT``.
        fact: the fact, context or number.

    Raises:
        WrongAnswerError: it is no answer.
    """
    kb = deciding.knowledge()
    value, unknown = str(posted.get(f"v.{fact}", "")).strip(), str(posted.get(f"u.{fact}", "")).strip()
    drawn = str(posted.get(f"n.{fact}", "0"))
    number = int(drawn) if drawn.isdecimal() and len(drawn) < 7 else 0
    if not value and not unknown:
        return None
    if fact in kb.inputs:
        return _number(kb.inputs[fact], value, unknown, number)
    if value in UNKNOWN:
        return Typed(fact, None, value, number)
    steps = kb.facts[fact].values if fact in kb.facts else tuple(step.id for step in kb.factors[fact].values)
    if value not in steps or (fact in kb.facts and value == kb.facts[fact].unless_told):
        raise WrongAnswerError("assess_wrong_step")
    return Typed(fact, value, "", number)


def _number(known: Any, value: str, unknown: str, drawn: int) -> Typed:
    if not value:
        if unknown not in UNKNOWN:
            raise WrongAnswerError("assess_wrong_step")
        return Typed(known.id, None, unknown, drawn)
    if unknown:
        raise WrongAnswerError("assess_wrong_both")
    slots = {"low": f"{known.min:g}", "high": f"{known.max:g}"}
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        raise WrongAnswerError("assess_wrong_number", **slots) from None
    if not known.min <= number <= known.max:
        raise WrongAnswerError("assess_wrong_range", **slots)
    if known.whole and number != int(number):
        raise WrongAnswerError("assess_wrong_whole", **slots)
    return Typed(known.id, int(number) if number == int(number) else number, "", drawn)


def rows_of(assessment: Assessment) -> list[Any]:
    """Every row of an assessment that whoever asks may see, in the order of its numbers."""
    return list(GivenAnswer.objects.filter(assessment=assessment).order_by("fact", "number"))


def lock(assessment: Assessment) -> Assessment:
    """The assessment, held until the transaction ends: what was decided last stands in its columns."""
    found: Assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    return found


def save(
    assessment: Assessment, typed: Iterable[Typed], *, source: str, on: date, member: Any, several: bool = False
) -> Saved:
    """Add what was typed, and decide anew, in one transaction. When this returns, it is kept.

    Args:
        assessment: which.
        typed: what stands in the fields; what says the same as before is left out.
        source: whose word it is.
        on: the day it was told.
        member: who types.
        several: keep it beside what stands there, as a disagreement.
    """
    done = Saved(timezone.now())
    with transaction.atomic():
        lock(assessment)
        rows = rows_of(assessment)
        for one in typed:
            _save_one(assessment, rows, one, done, {"source": source, "on": on, "member": member, "beside": several})
        if done.rows:
            decide(assessment, rows, done.at)
    return done


def _save_one(assessment: Assessment, rows: list[Any], one: Typed, done: Saved, how: dict[str, Any]) -> None:
    mine = [row for row in rows if row.fact == one.fact]
    number = mine[-1].number if mine else 0
    stands = deciding.standing(mine)
    drawn = deciding.standing([row for row in mine if row.number <= one.drawn])
    if not how["beside"]:
        if one.says(drawn[-1] if drawn else None) and number <= one.drawn:
            return  # untouched
        if number > one.drawn:
            if one.says(drawn[-1] if drawn else None):
                return  # untouched here, answered elsewhere
            if one.says(stands[-1] if stands else None):
                done.same.append(one.fact)
            else:
                done.between.append(AnsweredBetween(one, stands, number))
            return
    try:
        with transaction.atomic():
            row = _add(assessment, one.fact, number + 1, done.at, how, value=one.value, unknown=one.unknown)
    except IntegrityError:  # two at once: the number is taken
        fresh = list(GivenAnswer.objects.filter(assessment=assessment, fact=one.fact).order_by("number"))
        done.between.append(AnsweredBetween(one, deciding.standing(fresh), fresh[-1].number if fresh else number))
        return
    rows.append(row)
    done.rows.append(row)


def _add(assessment: Assessment, fact: str, number: int, at: datetime, how: Mapping[str, Any], **said: Any) -> Any:
    member = how.get("member")
    row = GivenAnswer(
        organisation_id=assessment.organisation_id,
        person_id=assessment.person_id,
        assessment=assessment,
        fact=fact,
        number=number,
        at=at,
        source=how["source"],
        on=how["on"],
        author=member,
        by=how.get("by", member.account.name if member is not None else ""),
        beside=how.get("beside", False),
        carried=how.get("carried", ""),
        **said,
    )
    row.save()
    return row


def take_back(assessment: Assessment, row: Any, *, member: Any, on: date) -> Saved:
    """Take a row back, with a new row. What was taken back stays in the history.

    Args:
        assessment: which.
        row: the answer, or the row that took one back.
        member: who does it.
        on: the day.
    """
    done = Saved(timezone.now())
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                lock(assessment)
                rows = rows_of(assessment)
                number = max(one.number for one in rows if one.fact == row.fact) + 1
                how = {"source": row.source, "on": on, "member": member}
                added = _add(
                    assessment, row.fact, number, done.at, how, value=None, taken_back=True, takes_back=row.number
                )
                rows.append(added)
                decide(assessment, rows, done.at)
            done.rows.append(added)
            break
        except IntegrityError:
            continue
    return done


def bring(assessment: Assessment, found: Iterable[tuple[str, Any]], *, carried: str, member: Any = None) -> list[Any]:
    """Take answers over from elsewhere, each with its own day and source; what stands there already is left out.

    Args:
        assessment: which.
        found: facts with an :class:`trellis.Answer`.
        carried: where from: ``assessment``, ``guide`` or ``form``.
        member: who takes them over; None for a form that comes in by itself.
    """
    several = list(found)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _bring(assessment, several, carried, member)
        except IntegrityError:
            continue
    return []


def _bring(assessment: Assessment, found: list[tuple[str, Any]], carried: str, member: Any) -> list[Any]:
    lock(assessment)
    rows, added, at = rows_of(assessment), [], timezone.now()
    for fact, answer in found:
        mine = [row for row in rows if row.fact == fact]
        if any(_same(row, answer) for row in deciding.standing(mine)):
            continue
        unknown = answer.value if answer.value in UNKNOWN else ""
        how = {"source": answer.source[:100], "on": answer.date, "member": member, "by": answer.author}
        row = _add(
            assessment,
            fact,
            (mine[-1].number if mine else 0) + 1,
            at,
            how | {"carried": carried},
            value=None if unknown else answer.value,
            unknown=unknown,
            at_least=answer.at_least,
            at_most=answer.at_most,
        )
        rows.append(row)
        added.append(row)
    if added:
        decide(assessment, rows, at)
    return added


def _same(row: Any, answer: Any) -> bool:
    return (row.unknown or row.value, row.source, row.on, row.at_least, row.at_most) == (
        answer.value,
        answer.source[:100],
        answer.date,
        answer.at_least,
        answer.at_most,
    )


def decide(assessment: Assessment, rows: Iterable[Any], at: datetime | None = None) -> deciding.AnswersResult:
    """Work out what the rows lead to and write it into the assessment's columns."""
    result = deciding.result_of(deciding.fold(deciding.knowledge(), rows), deciding.today(assessment.organisation))
    columns = result.columns() | ({"changed": at} if at else {})
    Assessment.objects.filter(pk=assessment.pk).update(**columns)
    for name, value in columns.items():
        setattr(assessment, name, value)
    return result
