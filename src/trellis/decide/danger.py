"""Danger read from whatever is valid in an input, so that a fault elsewhere in it never hides the help."""

from __future__ import annotations

from datetime import date

from trellis.decide.parsing import Answer, Answers, parse
from trellis.decide.recommend import decide
from trellis.decide.views import UrgentView
from trellis.model.errors import AnswerError, Problem
from trellis.model.knowledge import Knowledge


def danger_in(kb: Knowledge, answers: Answers, *, as_of: date) -> tuple[UrgentView, ...]:
    """The dangers that the usable part of some answers tells of, the gravest first.

    For input that :func:`trellis.decide` refuses: whatever is wrong with it is left out, answers that contradict each
    other each count by themselves, and what is left is read for danger. It is shown before the faults are.

    Args:
        kb: the knowledge.
        answers: as for :func:`trellis.decide`, with faults.
        as_of: the day.

    >>> from datetime import date
    >>> import trellis
    >>> given = {"harm.suicide_thoughts": "plan", "harm.suicide_rsk": "high"}
    >>> [danger.id for danger in danger_in(trellis.load(), given, as_of=date(2026, 11, 23))]
    ['suicide']
    """
    ignored: list[Problem] = []
    usable: dict[str, tuple[Answer, ...]] = {}
    for name, given in answers.items():
        valid = parse(kb, str(name), given, as_of, ignored)
        if valid:
            usable[str(name)] = valid
    try:
        return decide(kb, usable, as_of=as_of).urgent
    except AnswerError:
        pass
    found: dict[str, UrgentView] = {}
    for name, one in usable.items():
        try:
            found.update({danger.id: danger for danger in decide(kb, {name: one}, as_of=as_of).urgent})
        except AnswerError:  # pragma: no cover - one valid answer by itself contradicts nothing
            continue
    return tuple(found[name] for name, _ in kb.urgent_masks if name in found)
