"""What comes in: a file of answers, options, and how to say what is wrong with them."""

from __future__ import annotations

import math
import sys
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import typer

from trellis.errors import AnswerError, Problem, TrellisError, did_you_mean
from trellis.library.strict_yaml import LONGEST_NUMBER, MOST_BYTES, read_strictly
from trellis.written import LONGEST_SENTENCE, as_written, safe, shortened

STANDARD_INPUT, STANDARD_INPUT_SHOWN = "-", "standard input"
WIDTH = 80
MOST_TOLD = 20
"""So many problems are told one by one; of more it is told how many there are."""
MOST_ENTRIES, MOST_SOURCES = 500, 100
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
SCALARS = (str, int, float)
READ = ("answers", "person", "places", "parameters", "as_of", "digest", "justice")
TOLERATED = (
    "provenance", "software", "knowledge", "review", "content", "jurisdiction", "off", "role", "lang", "saved_on"
)  # fmt: skip
MAY_HOLD = "It may hold as_of, answers, person, places, parameters and justice."
ANSWER_FIELDS = ("value", "source", "date", "author", "at_least", "at_most")
SHAPES = (
    (("source", "author", "date"), str, "Write it as text in quotes."),
    (("at_least", "at_most"), bool, "It may be true or false."),
)


@dataclass(frozen=True)
class Case:
    """One person's file: answers, the person's own words, places, a site's parameters, the day, the knowledge used.

    ``has``: the keys it holds, since empty may say something else than left out. ``result``: of what ``decide --json``
    printed, all beside the provenance. ``justice``: what stands there, unread: :mod:`trellis.justice` checks it.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, int | str] = field(default_factory=dict)
    as_of: date | None = None
    digest: str = ""
    has: tuple[str, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)
    justice: Any = None


@dataclass(frozen=True)
class Gathered:
    """A person's file with its faults, so that danger can be read from it and every fault be told at once.

    Args:
        case: what has the right form.
        problems: everything that is wrong with the form.
        told: the answers as they stand, right or wrong, of each document of the file.
    """

    case: Case
    problems: tuple[Problem, ...] = ()
    told: tuple[dict[str, Any], ...] = ()


def read_case(name: str) -> Case:
    """Read YAML or JSON: what somebody wrote, a saved interview, or what ``decide --json`` printed.

    Args:
        name: a path, or ``-`` for standard input.

    Raises:
        AnswerError: the file cannot be read or does not have the form; it lists every problem.
    """
    gathered = gather_case(name)
    if gathered.problems:
        raise AnswerError(gathered.problems)
    return gathered.case


def gather_case(name: str) -> Gathered:
    """Read a person's file as :func:`read_case` does, keeping what is valid beside what is wrong.

    Raises:
        AnswerError: there is nothing to read: no such file, no text, no mapping.
    """
    shown = _shown(name)
    read = read_strictly(read_text(name), shown)
    problems = list(read.problems)
    trees = [tree for tree in read.documents if isinstance(tree, dict)]
    told = tuple(answers for tree in trees for answers in _told(tree))
    if read.broken or (problems and not trees):
        return Gathered(Case(), tuple(problems), told)
    if not trees:
        _fail(shown, "does not hold a mapping.", "Begin with `answers:` and put each fact below it.")
    result = trees[0] if isinstance(trees[0].get("provenance"), dict) else {}
    tree = _joined(trees[0], shown, problems)
    meaningless = [key for key in tree if key not in (*READ, *TOLERATED)]
    for number, key in enumerate(meaningless):
        remedy = (did_you_mean(key, READ) if number < MOST_TOLD else "") or MAY_HOLD
        problems.append(Problem(shown, f"has [{as_written(key)}], which means nothing here.", remedy))
    if "answers" not in tree:
        problems.append(Problem(shown, "has no [answers].", "Put each fact below `answers:`; it may be empty: {}."))
    parts = {key: _mapping(tree, key, shown, problems) for key in ("answers", "person", "places", "parameters")}
    case = Case(
        answers=_answers(parts["answers"], problems),
        person=parts["person"],
        places=_words(parts["places"], "places", problems),
        parameters=_words(parts["parameters"], "parameters", problems),
        as_of=_day(tree.get("as_of"), f"{shown}: as_of", problems),
        digest=str(tree.get("digest") or ""),
        has=tuple(key for key, value in tree.items() if value is not None),
        result=result,
        justice=tree.get("justice"),
    )
    return Gathered(case, tuple(problems), told)


def read_tree(name: str) -> Any:
    """The plain values of a YAML or JSON file, or of standard input for ``-``; names are text.

    Raises:
        AnswerError: there is no such file, it is not text, or it cannot be read safely; it lists every problem.
    """
    shown = _shown(name)
    read = read_strictly(read_text(name), shown)
    if read.problems:
        raise AnswerError(read.problems)
    return read.documents[0] if read.documents else None


def read_text(name: str, holds: str = "YAML or JSON") -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        AnswerError: there is no such file, it cannot be read, it is not text, or it is far too large.
    """
    shown = _shown(name)
    if name == STANDARD_INPUT and sys.stdin is None:
        _fail(shown, "is closed.", "Pipe a file in, or name one.")
    try:
        if name == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        _fail(shown, "there is no such file.", "Check the name, or give - to read standard input.")
    except IsADirectoryError:
        _fail(shown, "is a folder.", "Give one file.")
    except OSError as error:
        _fail(shown, f"cannot be read: {error.strerror or type(error).__name__}.", "Check who may read it.")
    except ValueError:  # a name with a null character
        _fail(shown, "is no name of a file.", "Check the name.")
    if len(raw) > MOST_BYTES:
        _fail(shown, f"is larger than {MOST_BYTES // 2**20} MiB.", f"Give a file of one person; it holds {holds}.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        _fail(shown, "is not text in UTF-8.", f"Save it as UTF-8; it holds {holds}.")


def _shown(name: str) -> str:
    return STANDARD_INPUT_SHOWN if name == STANDARD_INPUT else safe(name)


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise AnswerError([Problem(where, what, remedy)])


def _told(tree: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The answers of a document, those below its provenance, and facts that stand in the wrong place at the top."""
    yield {name: _bounded(given) for name, given in tree.items() if name not in (*READ, *TOLERATED)}
    for part in (tree, tree.get("provenance")):
        if isinstance(part, dict) and isinstance(part.get("answers"), dict):
            yield {name: _bounded(given) for name, given in part["answers"].items()}


def _bounded(given: Any) -> Any:
    """An answer as it stands; of very many to one fact, the first."""
    return given[:MOST_SOURCES] if isinstance(given, list) else given


def _joined(tree: dict[str, Any], shown: str, problems: list[Problem]) -> dict[str, Any]:
    """A result's provenance with the person's words beside it; any other file as it is."""
    below = tree.get("provenance")
    if not isinstance(below, dict):
        return tree
    twice = [key for key in READ if key != "person" and key in tree and key in below and below[key] != tree[key]]
    what, remedy = "has [{}] twice, at the top and below provenance.", "Keep one of the two."
    problems += [Problem(shown, what.format(key), remedy) for key in twice]
    return {key: tree[key] for key in READ if key in tree} | below


def _mapping(tree: Mapping[str, Any], key: str, shown: str, problems: list[Problem]) -> dict[str, Any]:
    body = tree.get(key)
    if body is None:
        return {}
    if not isinstance(body, dict):
        problems.append(Problem(shown, f"[{key}] is not a mapping.", f"Write `{key}:` and below it `name: value`."))
        return {}
    return body


def _words(given: dict[str, Any], key: str, problems: list[Problem]) -> dict[str, Any]:
    """The entries that are one word or whole number each."""
    if len(given) > MOST_ENTRIES:
        problems.append(Problem(key, f"holds {len(given):,} entries.", f"Give {MOST_ENTRIES} at most."))
    right = {}
    for entry, value in list(given.items())[:MOST_ENTRIES]:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            problems.append(Problem(f"{key}[{entry}]", f"is [{as_written(value)}].", "Write one word or whole number."))
        else:
            right[entry] = value
    return right


def _answers(given: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """The answers that have the form of one; what each may be, the knowledge says later."""
    right: dict[str, Any] = {}
    for fact, one in given.items():
        where = f"answers[{fact}]"
        if not isinstance(one, list):
            if one is None or _is_answer(where, one, problems):
                right[fact] = one
            continue
        if len(one) > MOST_SOURCES:
            problems.append(Problem(where, f"has {len(one):,} answers.", f"Give {MOST_SOURCES} at most."))
        right[fact] = [single for single in one[:MOST_SOURCES] if _is_answer(where, single, problems)]
    return right


def _is_answer(where: str, given: Any, problems: list[Problem]) -> bool:
    before = len(problems)
    if isinstance(given, bool):
        told, remedy = f"is true or false: [{as_written(given)}].", "Write the value in quotes: 'yes' or 'no'."
        problems.append(Problem(where, told, remedy))
    elif isinstance(given, dict):
        _check_fields(where, given, problems)
    elif given is None or isinstance(given, list):
        remedy = "Give a value, or null for unknown."
        problems.append(Problem(where, f"is not an answer: [{as_written(given)}].", remedy))
    elif _says_nothing(given):
        problems.append(Problem(where, f"is [{as_written(given)}].", "Give a value, or null for unknown."))
    return len(problems) == before


def _says_nothing(value: Any) -> bool:
    return value == "" or (isinstance(value, float) and not math.isfinite(value))


def _check_fields(where: str, given: dict[str, Any], problems: list[Problem]) -> None:
    if "value" not in given or not set(given) <= set(ANSWER_FIELDS):
        remedy = f"Give value, and if you like {', '.join(ANSWER_FIELDS[1:])}."
        problems.append(Problem(where, f"is not an answer: [{as_written(given)}].", remedy))
        return
    value = given["value"]
    if isinstance(value, bool) or not isinstance(value, SCALARS) or _says_nothing(value):
        remedy = "Write a step's name in quotes, or a number."
        problems.append(Problem(where, f"has value [{as_written(value)}].", remedy))
    for names, wanted, remedy in SHAPES:
        wrong = [name for name in names if given.get(name) is not None and not isinstance(given[name], wanted)]
        problems += [Problem(where, f"has {name} [{as_written(given[name])}].", remedy) for name in wrong]


def _day(raw: Any, where: str, problems: list[Problem]) -> date | None:
    if raw is None:
        return None
    try:
        day = date.fromisoformat(str(raw))
    except ValueError:
        problems.append(Problem(where, f"is [{as_written(raw)}].", "Write the day as YYYY-MM-DD."))
        return None
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    problems.append(Problem(where, f"is [{day}].", f"Give a day from {FIRST_DAY} to {LAST_DAY}."))
    return None


def read_day(raw: str | None, option: str = "--as-of") -> date | None:
    """The day of an option. A wrong one is a usage error."""
    problems: list[Problem] = []
    day = _day(raw, option, problems)
    for problem in problems:
        raise typer.BadParameter(f"[{as_written(raw)}] is no day. {problem.remedy}", param_hint=option)
    return day


def read_parameters(pairs: Iterable[str]) -> dict[str, int | str]:
    """The parameters of ``--set name=value``. One without a sign of equality is a usage error.

    >>> read_parameters(["ciwa_severe_from=19", "past_complication_setting=hospital"])
    {'ciwa_severe_from': 19, 'past_complication_setting': 'hospital'}
    """
    chosen: dict[str, int | str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(f"[{as_written(pair)}] is not name=value.", param_hint="--set")
        chosen[name.strip()] = whole_number(value)
    return chosen


def whole_number(text: str) -> int | str:
    """A whole number as somebody types it, or the text where it is none.

    >>> [whole_number(text) for text in ("19", " -3", "--5", "12.5", "²", "hospital")]
    [19, -3, '--5', '12.5', '²', 'hospital']
    """
    bare = text.strip()
    digits = bare.removeprefix("-")
    return int(bare) if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER else bare


def problems_json(error: TrellisError) -> list[dict[str, str]]:
    """What is wrong as plain values, in the order and with the words of :func:`tell_problems`."""
    return [{name: _told_as(getattr(one, name)) for name in ("where", "what", "remedy")} for one in error.problems]


def tell_problems(error: TrellisError) -> None:
    """The problems on standard error: where, what, and how to mend it; beyond twenty, how many more there are."""
    count = len(error.problems) + left_out(error)
    typer.echo("There is 1 problem:" if count == 1 else f"There are {count:,} problems:", err=True)
    for problem in error.problems[:MOST_TOLD]:
        told = str(Problem(*(_told_as(part) for part in (problem.where, problem.what, problem.remedy))))
        wrapped = textwrap.wrap(
            told, WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        typer.echo("\n".join(wrapped), err=True)
    if count > MOST_TOLD:
        typer.echo(f"- and {count - MOST_TOLD:,} more.", err=True)


def left_out(error: TrellisError) -> int:
    """How many more problems there are than an error lists."""
    return int(getattr(error, "left_out", 0))


def _told_as(text: str) -> str:
    return shortened(safe(text), LONGEST_SENTENCE)
