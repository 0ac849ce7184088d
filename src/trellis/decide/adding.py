"""Answers put beside earlier ones, so that nothing that still counts is lost: in an interview, a review, a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trellis.decide.join import is_danger
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer, Answers
from trellis.kinds.fact import Fact
from trellis.library.knowledge import Knowledge

SELF_REPORT = Answer("").source
TODAY = date.max.isoformat()


def with_answers(kb: Knowledge, earlier: Answers, later: Answers) -> dict[str, Any]:
    """The earlier answers with later ones added.

    To a fact, a later answer takes the place of what its own source said before, and stands beside what others said.
    Danger stays on record whoever speaks later; "not known" takes nothing away; findings of professionals and numbers
    are all kept. Which of several answers counts is decided when they are read. Of a context the later one counts.

    Args:
        kb: the knowledge.
        earlier: the answers so far, as :func:`trellis.decide` takes them.
        later: the answers to add.

    Returns:
        all of them, what was answered last standing last; neither mapping is changed.

    >>> import trellis
    >>> kb = trellis.load()
    >>> with_answers(kb, {"harm.suicide_thoughts": "plan"}, {"harm.suicide_thoughts": "not_known"})
    {'harm.suicide_thoughts': ['plan', 'not_known']}
    >>> with_answers(kb, {"mental.depression": "severe"}, {"mental.depression": "mild"})
    {'mental.depression': 'mild'}
    """
    joined = {name: given for name, given in earlier.items() if name not in later}
    for name, given in later.items():
        kept = [one for one in several(earlier.get(name)) if _tells(one) and _is_kept(kb, name, one, several(given))]
        joined[name] = [*kept, *several(given)] if kept else given
    return joined


def several(given: Any) -> list[Any]:
    """Answers to one question as a list, however many there are."""
    return [] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]


def _is_kept(kb: Knowledge, name: str, one: Any, later: list[Any]) -> bool:
    """Whether an earlier answer may still count beside the later ones."""
    speaking = [other for other in later if _tells(other)]
    if name in kb.factors:
        return not speaking
    fact = kb.facts.get(name)
    if fact is None or fact.kind == "evaluation" or _tells_of_danger(fact, one):
        return True
    return not any(_source(other) == _source(one) and _day(other) >= _day(one) for other in speaking)


def _source(one: Any) -> str:
    return str(_part(one, "source") or SELF_REPORT)


def _day(one: Any) -> str:
    """The day of an answer, to be compared as text; one without a day is of today."""
    return str(_part(one, "date") or TODAY)


def _tells(one: Any) -> bool:
    return _part(one, "value") not in (NOT_KNOWN, DECLINED)


def _tells_of_danger(fact: Fact, one: Any) -> bool:
    value = _part(one, "value")
    if value not in fact.values or _part(one, "at_most"):
        return False
    return is_danger(fact, fact.rank_of(value))


def _part(one: Any, part: str) -> Any:
    """A part of an answer in any of the forms that it may be given in."""
    if isinstance(one, Answer):
        return getattr(one, part)
    if isinstance(one, Mapping):
        return one.get(part)
    return one if part == "value" else None
