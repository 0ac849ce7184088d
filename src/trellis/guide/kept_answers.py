"""What the knowledge of today can read of kept answers, as answers with their source and day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from trellis.decide.answers import read_answers
from trellis.decide.parsing import parse
from trellis.errors import AnswerError, Problem
from trellis.guide.keep import KeptAnswers
from trellis.library.knowledge import Knowledge

ReadAnswers = dict[str, list[dict[str, Any]]]


def readable_answers(kb: Knowledge, kept: KeptAnswers, as_of: date) -> tuple[ReadAnswers, list[str]]:
    """The answers that this knowledge can read, each with its source and day, and the names of those it cannot.

    Args:
        kb: the knowledge.
        kept: what somebody kept.
        as_of: the day; no answer is of a later one, whatever the clock of the telephone said.

    Returns:
        answers that can be decided for, and the names of what was left out, whole or in part.

    >>> import trellis
    >>> kept = KeptAnswers.model_validate(
    ...     {"kind": "trellis-guide", "format": 1, "version": "", "digest": "", "lang": "en", "whom": "me"}
    ...     | {"date": "2026-11-20", "answers": {"age": "adult", "harm.gone": "yes"}, "matters": {}}
    ...     | dict.fromkeys(("aims", "approaches", "compare", "questions", "own"), ())
    ... )
    >>> readable_answers(trellis.load(), kept, date(2026, 11, 24))
    ({'age': [{'value': 'adult', 'source': 'self-report', 'date': '2026-11-20'}]}, ['harm.gone'])
    """
    found: ReadAnswers = {}
    left: list[str] = []
    for name, given in kept.answers.items():
        several = given if isinstance(given, list) else [given]
        read = [answer for one in several for answer in _read(kb, kept, name, one, as_of)]
        if read:
            found[name] = read
        if not read or len(read) < len(several):
            left.append(name)
    together = _agreeing(kb, found, as_of)
    left += [name for name in found if name not in together and name not in left]
    return together, left


def _read(kb: Knowledge, kept: KeptAnswers, name: str, given: Any, as_of: date) -> list[dict[str, Any]]:
    fields = dict(given) if isinstance(given, Mapping) else {"value": given}
    if kept.format == 1 and given == _lowest_score(kb, name):
        # The first form wrote this down where only no high score was given. It tells no more than that.
        fields["at_most"] = True
    # Nobody but who holds the passphrase has written this, whatever the file says of its sources.
    fields |= {"source": kept.source, "author": "", "date": _day(fields.get("date") or kept.date, as_of)}
    problems: list[Problem] = []
    return [answer.to_json() for answer in parse(kb, name, fields, as_of, problems)]


def _lowest_score(kb: Knowledge, name: str) -> str | None:
    fact = kb.facts.get(name)
    return fact.step_at(1).id if fact is not None and fact.kind == "score" else None


def _day(given: Any, as_of: date) -> str:
    day = str(given)
    return min(day, as_of.isoformat()) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else day


def _agreeing(kb: Knowledge, answers: ReadAnswers, as_of: date) -> ReadAnswers:
    """Answers that could stand beside each other may no longer be able to in a newer knowledge.

    Then those that sound better are left out: what tells of danger stays.
    """
    if _can_stand(kb, answers, as_of):
        return answers
    kept: ReadAnswers = {}
    for name in sorted(answers, key=lambda name: -_worst(kb, name, answers, as_of)):
        with_it = kept | {name: answers[name]}
        if _can_stand(kb, with_it, as_of):
            kept = with_it
    return {name: kept[name] for name in answers if name in kept}


def _can_stand(kb: Knowledge, answers: ReadAnswers, as_of: date) -> bool:
    try:
        read_answers(kb, answers, as_of)
    except AnswerError:
        return False
    return True


def _worst(kb: Knowledge, name: str, answers: ReadAnswers, as_of: date) -> float:
    """How bad an answer is by itself, from 0 to 1; a context decides what applies at all, and goes before."""
    if name in kb.factors:
        return 2.0
    try:
        lo = read_answers(kb, {name: answers[name]}, as_of).lo
    except AnswerError:
        return -1.0
    return max((rank / top for rank, top in zip(lo, kb.artefact.tops, strict=True) if top), default=0.0)
