"""Danger read from whatever is valid in an input, so that a fault elsewhere in it never hides the help."""

from __future__ import annotations

from datetime import date

from trellis.decide import explain
from trellis.decide.answers import read_answers
from trellis.decide.ends import both_ends
from trellis.decide.given import check_arguments
from trellis.decide.parsing import Answers
from trellis.decide.views import UrgentView
from trellis.model.in_force import in_force
from trellis.model.knowledge import Knowledge


def danger_in(kb: Knowledge, answers: Answers, *, as_of: date) -> tuple[UrgentView, ...]:
    """The dangers that the usable part of some answers tells of, the gravest first.

    For input that :func:`trellis.decide` refuses: whatever is wrong with it is left out, of answers that cannot both be
    true the worse one counts, and what is left is read for danger. It is shown before the faults are.

    Args:
        kb: the knowledge.
        answers: as for :func:`trellis.decide`, with faults.
        as_of: the day.

    Raises:
        AnswerError: the answers are no mapping at all, or the day is no day.

    >>> from datetime import date
    >>> import trellis
    >>> given = {"harm.suicide_thoughts": "plan", "harm.suicide_rsk": "high"}
    >>> [danger.id for danger in danger_in(trellis.load(), given, as_of=date(2026, 11, 23))]
    ['suicide']
    """
    check_arguments(answers, as_of)
    kb = in_force(kb, as_of)
    reading = read_answers(kb, answers, as_of, strict=False)
    return explain.urgent(kb, reading, both_ends(kb, reading))
