"""What the justice part of a file tells the answers, so that one file says one thing on every page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from trellis.errors import AnswerError, Problem
from trellis.justice.assessment import Assessment
from trellis.justice.track import AS_TOLD, FACT
from trellis.kinds.justice import IN_CUSTODY, SUPERVISED
from trellis.library.knowledge import Knowledge

INVOLVEMENT = "justice.involvement"
LATELY = timedelta(weeks=4)
"""How long ago somebody left custody, at the most, to count as just released: see the steps of the fact."""


def with_justice(kb: Knowledge, answers: Mapping[str, Any], read: Assessment, *, as_of: date) -> dict[str, Any]:
    """The answers, and what the justice part tells where they say nothing.

    Who writes below ``justice:`` that somebody is in jail has said so: no page sends them to a drug store. What was
    answered stays as it is. Neither fact takes part in the level of care.

    Args:
        kb: the knowledge, for how long the result of a tool counts.
        answers: as the file has them.
        read: the justice part of the file.
        as_of: the day.

    Raises:
        AnswerError: the answers say that the person is in custody, and the justice part that they are out.

    >>> import trellis
    >>> from trellis.justice.assessment import read_assessment
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> read = read_assessment(kb, {"status": "parole", "custody": {"place": "jail"}}, as_of=day)
    >>> with_justice(kb, {"age": "adult"}, read, as_of=day)
    {'age': 'adult', 'justice.involvement': 'custody'}
    """
    out = bool(read.custody and read.custody.out)
    if out and answers.get(INVOLVEMENT) == "custody":
        what = "says that the person is out, and answers[justice.involvement] is [custody]."
        raise AnswerError([Problem("justice[custody]", what, "Mend one of the two.")])
    told = {INVOLVEMENT: _involvement(read, as_of), FACT: _risk(kb, read, as_of)}
    said_nothing = (None, "not_known")
    return {**answers, **{name: step for name, step in told.items() if step and answers.get(name) in said_nothing}}


def _involvement(read: Assessment, as_of: date) -> str:
    if read.custody is not None and not read.custody.out:
        return "custody"
    if read.custody is None and read.status in IN_CUSTODY:
        return "custody"
    release = read.custody.release if read.custody else None
    if release is not None and as_of - release <= LATELY:
        return "released"
    return "supervision" if read.status in SUPERVISED else ""


def _risk(kb: Knowledge, read: Assessment, as_of: date) -> str:
    risk = read.risk
    if risk is None or as_of > risk.on + timedelta(days=kb.of("risk_tools")[risk.tool].valid_days):
        return ""
    return next(step for step, levels in AS_TOLD.items() if risk.level in levels)
