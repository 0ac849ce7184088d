"""What was filled in, from the command line or a file: scored, or refused with the danger that is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from trellis.cli.inputs import STANDARD_INPUT, read_text
from trellis.errors import AnswerError, Problem
from trellis.instruments import Scored, ScoreError, critical_in, score, typed
from trellis.kinds.instrument import Critical, Instrument
from trellis.library.strict_yaml import Read, read_strictly

NOT_ASKED = "?"
FILE_KEYS = ("instrument", "answers", "totals")
WHOLE = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True)
class FilledIn:
    """One instrument filled in.

    Args:
        scored: the score.
        critical: the answers that matter by themselves, those to other instruments in the same file included.
        told: what in a file was not understood, and why.
        on: the day it was filled in, when the file says so.
    """

    scored: Scored
    critical: tuple[Critical, ...]
    told: tuple[Problem, ...] = ()
    on: date | None = None


def read_filled_in(
    instrument: Instrument,
    given: Sequence[str],
    totals: Sequence[str],
    *,
    known: Mapping[str, Instrument],
    form: str = "",
) -> FilledIn:
    """Score what stands on the command line or in the file that it names.

    Args:
        instrument: the one that was filled in.
        given: answers as ``ITEM=SCORE``, or one file.
        totals: totals as ``[SCALE=]NUMBER``.
        known: every instrument, by name.
        form: the address by which a response may name this form.

    Raises:
        ScoreError: it cannot be scored; it lists every problem, and keeps the danger that valid answers tell of.
        AnswerError: there is no file, or it is neither YAML nor JSON.
    """
    if len(given) == 1 and "=" not in given[0] and not totals:
        return _from_file(instrument, given[0], known, form)
    problems: list[Problem] = []
    pairs = list(_pairs(instrument, given, problems))
    if bool(given) == bool(totals):
        remedy = "Give a file, answers such as 1=2, or --total 12." if not given else "Give one of the two."
        what = "has answers and totals." if given else "has no answers."
        problems.append(Problem(instrument.id, what, remedy))
    return _score(instrument, pairs, [_total(instrument, text, problems) for text in totals], problems)


def _pairs(instrument: Instrument, given: Iterable[str], problems: list[Problem]) -> Iterable[tuple[str, Any]]:
    seen: set[str] = set()
    for text in given:
        item, sign, value = text.partition("=")
        if not sign:
            remedy = "Write item=score, such as 1=2; one file alone may be named instead."
            problems.append(Problem(text, "is no answer.", remedy))
            continue
        if item in seen:
            problems.append(Problem(f"{instrument.id}[{item}]", "is answered twice.", "Give it once."))
        seen.add(item)
        yield item, None if value == NOT_ASKED else _number(value)


def _number(text: str) -> int | str:
    """A whole number, or the text as it came: what it may be is told where it is read."""
    return int(text) if WHOLE.fullmatch(text) else text


def _total(instrument: Instrument, text: str, problems: list[Problem]) -> tuple[str, Any]:
    name, sign, value = text.rpartition("=")
    if not sign and len(instrument.scales) > 1:
        known = ", ".join(scale.id for scale in instrument.scales)
        message = f"is [{text}], and {instrument.short} has several."
        problems.append(Problem("--total", message, f"Write SCALE=NUMBER; scales: {known}."))
    return name if sign else instrument.scales[0].id, _number(value)


def _score(
    instrument: Instrument,
    pairs: Sequence[tuple[str, Any]],
    totals: Sequence[tuple[str, Any]],
    problems: list[Problem],
    read_by: Instrument | None = None,
) -> FilledIn:
    """Score, unless there are problems already; ``read_by``: whose items the pairs are, where that is another's."""
    names = [name for name, _ in totals]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    problems += [Problem(f"{instrument.id}[{name}]", "is given twice.", "Give it once.") for name in twice]
    if problems:
        own: list[Problem] = []
        if pairs and read_by in (None, instrument):
            own = _problems_of(instrument, dict(pairs))
        raise ScoreError(dict.fromkeys([*problems, *own]), critical_in(read_by or instrument, pairs))
    scored = typed(instrument, dict(totals)) if totals else score(instrument, dict(pairs))
    return FilledIn(scored, scored.critical)


def _problems_of(instrument: Instrument, answers: Mapping[str, Any]) -> list[Problem]:
    try:
        score(instrument, answers)
    except AnswerError as wrong:
        return list(wrong.problems)
    return []


def _from_file(instrument: Instrument, name: str, known: Mapping[str, Instrument], form: str) -> FilledIn:
    shown = "standard input" if name == STANDARD_INPUT else name
    written = read_strictly(read_text(name), shown)
    if written.problems:
        raise ScoreError(written.problems, _danger_in(instrument, written, known, form))
    tree = written.documents[0] if written.documents else None
    if isinstance(tree, dict) and tree.get("resourceType"):
        from trellis.fhir import read_response

        read = read_response(instrument, tree, known=known.values(), form=form)
        return FilledIn(read.scored, read.critical, read.told, read.on)
    if not isinstance(tree, dict) or not isinstance(tree.get("answers") or tree.get("totals"), dict):
        _fail(shown, "has no [answers].", "Write `answers:` and below it each item with its score, such as `1: 2`.")
    remedy = "It may hold instrument, answers and totals."
    problems = [Problem(shown, f"has [{key}].", remedy) for key in tree if key not in FILE_KEYS]
    of = str(tree.get("instrument", instrument.id))
    if of != instrument.id:
        problems.append(Problem(shown, f"is of [{of}].", f"Score it as that, not as {instrument.id}."))
    if tree.get("answers") and tree.get("totals"):
        problems.append(Problem(shown, "has answers and totals.", "Keep one of the two."))
    pairs, totals = (
        _named(tree.get(part) or {}, part, known.get(of, instrument), shown, problems) for part in ("answers", "totals")
    )
    return _score(instrument, pairs, totals, problems, known.get(of))


def _danger_in(instrument: Instrument, written: Read, known: Mapping[str, Instrument], form: str) -> list[Critical]:
    """The danger that any document of a file tells of which cannot be read as a whole."""
    found: list[Critical] = []
    for tree in written.documents:
        if isinstance(tree, dict) and tree.get("resourceType"):
            from trellis.fhir import read_response

            try:
                found += read_response(instrument, tree, known=known.values(), form=form).critical
            except ScoreError as wrong:
                found += wrong.critical
        elif isinstance(tree, dict) and isinstance(tree.get("answers"), dict):
            of = known.get(str(tree.get("instrument")), instrument)
            several = ((name, one) for name, given in tree["answers"].items() for one in _each(given))
            found += critical_in(of, list(several))
    return found


def _each(given: Any) -> list[Any]:
    """What is written twice stands as a list."""
    return given if isinstance(given, list) else [given]


def _named(tree: Any, part: str, instrument: Instrument, shown: str, problems: list[Problem]) -> list[tuple[str, Any]]:
    """Items with what was answered. A name without quotes that YAML takes for a number may have been another name."""
    if not isinstance(tree, dict):
        problems.append(Problem(shown, f"has [{part}] that is no mapping.", "Write each item with its score: `1: 2`."))
        return []
    found: list[tuple[str, Any]] = []
    ids = [item.id for item in instrument.items]
    for key, value in tree.items():
        name = str(key).lower() if isinstance(key, bool) else str(key)
        same = [one for one in ids if isinstance(key, int) and one.isascii() and one.isdecimal() and int(one) == key]
        if not isinstance(key, (str, int)) or isinstance(key, bool) or len(same) > 1:
            message = f"has the item [{name}], which is read as a number and no name: 1.10 and 1.1 are the same number."
            problems.append(Problem(shown, message, "Put the name of the item in quotes, as in `'1.10': 2`."))
            continue
        name = same[0] if same else name
        if name in [one for one, _ in found]:
            problems.append(Problem(f"{instrument.id}[{name}]", "is answered twice.", "Give it once."))
        found.append((name, value))
    return found


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise AnswerError([Problem(where, what, remedy)])
