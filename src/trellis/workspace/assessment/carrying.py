"""Answers from elsewhere, each with day and source: the last assessment, the guide's file or code, instruments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core import signing

from trellis import Answer, AnswerError, Knowledge, decide
from trellis.decide.parsing import parse
from trellis.errors import Problem
from trellis.guide.keep import open_kept
from trellis.guide.kept_answers import readable_answers
from trellis.say import Say
from trellis.workspace.assessment import deciding, fields, saving
from trellis.workspace.assessment.models import Assessment, GivenAnswer

SALT = "answers to take over"
HOUR = 3600


@dataclass
class Offered:
    """One answer that can be taken over.

    Args:
        number: its place on the page.
        fact, answer: what is answered.
        label, said, source: in words.
        here: what stands in this assessment and says something else, in words.
        again: it is too old to count, and is asked again.
        danger: it tells of danger and is taken along in any case.
    """

    number: int
    fact: str
    answer: Answer
    label: str
    said: str
    source: str
    here: str = ""
    again: bool = False
    danger: bool = False


FoundAnswers = list[tuple[str, Answer]]


def from_assessment(last: Assessment) -> FoundAnswers:
    """The answers that stand in an earlier assessment, each with its own day and source."""
    rows = GivenAnswer.objects.filter(assessment=last).order_by("fact", "number")
    answers = deciding.answers_of(deciding.fold(deciding.knowledge(), rows))
    return [(name, one) for name, several in answers.items() for one in several]


def from_guide(text: str, passphrase: str, day: date) -> tuple[FoundAnswers, list[str], date]:
    """What the guide kept: the answers, the names that this knowledge cannot read, and the day it was kept.

    Args:
        text: the file's text or the code.
        passphrase: as it was typed; it is used here and kept nowhere.
        day: today at the clinic.

    Raises:
        KeepError: it cannot be opened.
    """
    kb = deciding.knowledge()
    kept = open_kept(text, passphrase)
    answers, left = readable_answers(kb, kept, day)
    problems: list[Problem] = []
    found = [(name, one) for name, several in answers.items() for one in parse(kb, name, several, day, problems)]
    return found, left, kept.date


def offered(assessment: Assessment, found: FoundAnswers, day: date, say: Say) -> list[Offered]:
    """What can be taken over, what disagrees with this assessment first."""
    kb = deciding.knowledge()
    folded = deciding.fold(kb, saving.rows_of(assessment))
    old = _too_old(kb, found, day)
    several = []
    for number, (name, answer) in enumerate(found):
        here = folded.get(name, [])
        if any(saving._same(row, answer) for row in here):
            continue
        unknown = str(answer.value) if answer.value in saving.UNKNOWN else ""
        said = fields.value_words(kb, name, answer.value, unknown, say)
        if answer.at_least or answer.at_most:
            said = say("workspace.assess_at_least" if answer.at_least else "workspace.assess_at_most", answer=said)
        differs = [row for row in here if (row.unknown or row.value) != answer.value]
        fact = kb.facts.get(name)
        danger = (
            fact is not None
            and fact.danger_rank is not None
            and answer.value in fact.values
            and not answer.at_most
            and fact.rank_of(str(answer.value)) >= fact.danger_rank
        )
        several.append(
            Offered(
                number,
                name,
                answer,
                fields.label(kb, name, say.lang),
                said,
                fields.source_words(answer.source, say),
                here="; ".join(fields.row_words(row, say) for row in differs),
                again=name in old,
                danger=danger,
            )
        )
    return sorted(several, key=lambda one: (not one.here, not one.danger, one.number))


def _too_old(kb: Knowledge, found: FoundAnswers, day: date) -> set[str]:
    """Facts whose answers are past their validity, as deciding says."""
    answers: dict[str, list[Answer]] = {}
    for name, answer in found:
        answers.setdefault(name, []).append(answer)
    old: set[str] = set()
    try:
        rec = decide(kb, answers, as_of=day)
    except AnswerError:
        return old
    return {one.name for one in rec.expired} | set(rec.latched)


def sealed(assessment: Assessment, found: FoundAnswers, carried: str) -> str:
    """What was found, signed, so that it can lie in the page between looking and taking; nothing is kept meanwhile."""
    plain = [(name, one.to_json()) for name, one in found]
    return signing.dumps([assessment.key, carried, plain], salt=SALT, compress=True)


def unsealed(assessment: Assessment, text: str) -> tuple[FoundAnswers, str] | None:
    """What was sealed for this assessment within the last hour; None for anything else."""
    try:
        key, carried, plain = signing.loads(text, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    if key != assessment.key:
        return None
    found: FoundAnswers = []
    for name, one in plain:
        day = one.get("date")
        found.append((name, Answer(**one | {"date": date.fromisoformat(day) if day else None})))
    return found, carried


def chosen(several: Iterable[Offered], taken: Iterable[str]) -> FoundAnswers:
    """The answers that were chosen; what tells of danger is taken along whatever was chosen."""
    numbers = set(taken)
    return [(one.fact, one.answer) for one in several if one.danger or str(one.number) in numbers]
