"""Answers put beside earlier ones, so that nothing that still counts is lost: in an interview, a review, a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trellis.decide.join import is_danger
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer, Answers
from trellis.model.knowledge import Knowledge

SELF_REPORT = Answer("").source


def with_answers(kb: Knowledge, earlier: Answers, later: Answers) -> dict[str, Any]:
    """The earlier answers with later ones added.

    To a fact or number, a later answer takes the place of what its own source said before, and stands beside what
    others said. Danger stays on record whoever speaks later, and "not known" takes nothing away; which of several
    answers counts is decided when they are read. A context has one value: the later one takes the earlier one's place.

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
        kept = _kept(kb, name, _several(earlier.get(name)), _several(given)) if name not in kb.factors else []
        joined[name] = [*kept, *_several(given)] if kept else given
    return joined


def _several(given: Any) -> list[Any]:
    return [] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]


def _kept(kb: Knowledge, name: str, earlier: list[Any], later: list[Any]) -> list[Any]:
    """Of the earlier answers, those that may still count beside the later ones."""
    speaking = {_part(one, "source") or SELF_REPORT for one in later if _tells(one)}
    return [
        one
        for one in earlier
        if _tells(one) and ((_part(one, "source") or SELF_REPORT) not in speaking or _tells_of_danger(kb, name, one))
    ]


def _tells(one: Any) -> bool:
    return _part(one, "value") not in (NOT_KNOWN, DECLINED)


def _tells_of_danger(kb: Knowledge, name: str, one: Any) -> bool:
    fact = kb.facts.get(name)
    value = _part(one, "value")
    if fact is None or value not in fact.values or _part(one, "at_most"):
        return False
    return is_danger(fact, fact.rank_of(value))


def _part(one: Any, part: str) -> Any:
    """A part of an answer in any of the forms that it may be given in."""
    if isinstance(one, Answer):
        return getattr(one, part)
    if isinstance(one, Mapping):
        return one.get(part)
    return one if part == "value" else None
