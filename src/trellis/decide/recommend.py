"""The decision itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trellis._version import __version__
from trellis.decide.answers import read_answers
from trellis.decide.ends import SignatureMasks, both_ends
from trellis.decide.parsing import Answers
from trellis.decide.recommendation import Provenance, Recommendation
from trellis.model.errors import AnswerError, Problem, did_you_mean
from trellis.model.knowledge import Knowledge, once_per_knowledge

PLACE_STATES = ("full", "denied", "refused")


@once_per_knowledge
def masks_of(kb: Knowledge) -> SignatureMasks:
    """What matters for being settled."""
    return SignatureMasks(kb)


def decide(kb: Knowledge, answers: Answers, *, as_of: date, places: Mapping[str, str] | None = None) -> Recommendation:
    """Find the least restrictive packages that are still safe and sufficient, with every reason.

    Args:
        kb: the knowledge, from :func:`trellis.load`.
        answers: per fact (``"harm.suicide_thoughts"``), context (``"focus"``) or number (``"input.ciwa_ar"``): a
            value, an :class:`Answer`, or a list of them. What is left out is unknown, which is never taken for "no".
        as_of: the day of the decision; answers past their validity are unknown again, danger stays in force.
        places: packages or settings that are ``"full"``, ``"denied"`` or ``"refused"``.

    Returns:
        one immutable recommendation.

    Raises:
        AnswerError: any answer or place is wrong; it lists every one with what, where, allowed values, nearest name.

    >>> from datetime import date
    >>> import trellis
    >>> rec = decide(trellis.load(), {"focus": "substance_use", "age": "adult"}, as_of=date(2026, 11, 23))
    >>> rec.settled, rec.least.now.ids
    (False, ('self_management',))
    """
    reading = read_answers(kb, answers, as_of)
    chosen = dict(places or {})
    if chosen:
        _check_places(kb, chosen)
    provenance = Provenance(
        software=__version__,
        knowledge=kb.version,
        digest=kb.digest,
        parameters=kb.parameters,
        as_of=as_of,
        answers=reading.used,
        places=chosen,
        review=kb.review,
    )
    return Recommendation(kb, reading, both_ends(kb, reading), masks_of(kb), provenance)


def _check_places(kb: Knowledge, places: Mapping[str, str]) -> None:
    problems = []
    known = [*kb.packages, *kb.settings, *kb.add_ons]
    for name, state in places.items():
        if name not in known:
            problems.append(
                Problem(f"places[{name}]", f"[{name}] is no setting or package.", did_you_mean(name, known))
            )
        if state not in PLACE_STATES:
            problems.append(Problem(f"places[{name}]", f"is [{state}].", f"It may be {', '.join(PLACE_STATES)}."))
    if problems:
        raise AnswerError(problems)


def replay(kb: Knowledge, provenance: Provenance | Mapping[str, Any]) -> Recommendation:
    """Decide again from a provenance, with the same knowledge and parameters.

    Args:
        kb: the knowledge; its digest must be the one recorded.
        provenance: as an object, or as :meth:`Provenance.to_json` wrote it.

    Raises:
        AnswerError: the knowledge is not the one the old decision was made with.
    """
    old = provenance.to_json() if isinstance(provenance, Provenance) else dict(provenance)
    if old["digest"] != kb.digest:
        message = f"was made with knowledge [{old['digest'][:12]}], but this is [{kb.digest[:12]}]."
        remedy = f"Load version {old['knowledge']} of the knowledge with the parameters recorded."
        raise AnswerError([Problem("provenance[digest]", message, remedy)])
    return decide(kb, old["answers"], as_of=date.fromisoformat(old["as_of"]), places=old["places"])
