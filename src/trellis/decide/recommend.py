"""The decision itself."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from datetime import date
from typing import Any

from trellis._version import __version__
from trellis.decide.answers import read_answers
from trellis.decide.ends import SignatureMasks, both_ends
from trellis.decide.given import check_arguments, day_problem, mapping_problem
from trellis.decide.parsing import Answers
from trellis.decide.recommendation import Provenance, Recommendation
from trellis.decide.tables import tables_of
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.frozen import EMPTY, FrozenDict
from trellis.library.in_force import in_force
from trellis.library.knowledge import Knowledge

PLACE_STATES = ("full", "denied", "refused")


def masks_of(kb: Knowledge) -> SignatureMasks:
    """What matters for being settled."""
    return tables_of(kb).masks


def decide(kb: Knowledge, answers: Answers, *, as_of: date, places: Mapping[str, str] | None = None) -> Recommendation:
    """Find the least restrictive packages that are still safe and sufficient, with every reason.

    Args:
        kb: the knowledge, from :func:`trellis.load`.
        answers: per fact (``"harm.suicide_thoughts"``), context (``"focus"``) or number (``"input.ciwa_ar"``): a
            value, an :class:`Answer`, or a list of them. What is left out is unknown, which is never taken for "no".
        as_of: the day of the decision; answers past their validity are unknown again, danger stays in force. Needs
            whose date is still to come are off.
        places: packages or settings that are ``"full"``, ``"denied"`` or ``"refused"``.

    Returns:
        one immutable recommendation.

    Raises:
        AnswerError: any answer or place is wrong, or an argument is not of its kind; it lists every one with what,
            where, allowed values, nearest name.

    >>> from datetime import date
    >>> import trellis
    >>> rec = decide(trellis.load(), {"focus": "substance_use", "age": "adult"}, as_of=date(2026, 11, 23))
    >>> rec.settled, rec.least.now.ids
    (False, ('self_management',))
    """
    check_arguments(answers, as_of)
    kb = in_force(kb, as_of)
    reading = read_answers(kb, answers, as_of)
    chosen = EMPTY if places is None else _checked_places(kb, places)
    return Recommendation(kb, reading, both_ends(kb, reading), tables_of(kb), as_of, chosen)


def _checked_places(kb: Knowledge, places: Mapping[str, str]) -> FrozenDict[str, str]:
    problems = mapping_problem("places", places, "from a package or setting to full, denied or refused")
    if problems:
        raise AnswerError(problems)
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
    return FrozenDict(places)


def replay(kb: Knowledge, provenance: Provenance | Mapping[str, Any]) -> Recommendation:
    """Decide again from a provenance, with the same knowledge and parameters.

    The software may be newer than the one recorded. The result then names its own, and so does not equal the old one.

    Args:
        kb: the knowledge; its digest must be the one recorded.
        provenance: as an object, or as :meth:`Provenance.to_json` wrote it.

    Raises:
        AnswerError: the provenance is not whole, or the knowledge is not the one the old decision was made with.
    """
    old = provenance.to_json() if isinstance(provenance, Provenance) else provenance
    problems = mapping_problem("provenance", old, "as Provenance.to_json wrote it") or _provenance_problems(old)
    if problems:
        raise AnswerError(problems)
    if old["digest"] != kb.digest:
        message = f"was made with knowledge [{old['digest'][:12]}], but this is [{kb.digest[:12]}]."
        remedy = f"Load version {old['knowledge']} of the knowledge with the parameters recorded."
        raise AnswerError([Problem("provenance[digest]", message, remedy)])
    return decide(kb, old["answers"], as_of=_day(old["as_of"]), places=old["places"])


def _provenance_problems(old: Mapping[str, Any]) -> list[Problem]:
    """What is missing from a provenance, or is there and cannot be read."""
    needed = ("digest", "knowledge", "as_of", "answers", "places")
    problems = [
        Problem("provenance", f"has no [{key}].", "Give all of what Provenance.to_json wrote.")
        for key in needed
        if key not in old
    ]
    if not isinstance(old.get("digest", ""), str):
        problems.append(Problem("provenance[digest]", f"is [{old['digest']}].", "It is a text of 64 characters."))
    if "as_of" in old:
        problems += day_problem("provenance[as_of]", _day(old["as_of"]))
    return problems


def _day(given: Any) -> Any:
    """A day written as text, read; anything else as it is."""
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return given


# A recommendation is sent to another process as what it takes to decide the same again there.
copyreg.pickle(Recommendation, lambda rec: (_same_again, (rec.kb, rec.provenance)))


def _same_again(kb: Knowledge, provenance: Provenance) -> Recommendation:
    """A recommendation that was sent here. Other software may decide otherwise, and would do so without a word."""
    if provenance.software != __version__:
        message = f"was made by Trellis [{provenance.software}], but this is [{__version__}]."
        raise AnswerError([Problem("provenance[software]", message, "Keep the provenance and use trellis.replay.")])
    return replay(kb, provenance)
