"""What comes in: a file of answers, options, and how to say what is wrong with them."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import typer
import yaml
import yaml12

from trellis.model.errors import AnswerError, Problem, TrellisError, did_you_mean

STANDARD_INPUT, STANDARD_INPUT_SHOWN = "-", "standard input"
WIDTH = 80
READ = ("answers", "person", "places", "parameters", "as_of", "digest")
TOLERATED = ("provenance", "software", "knowledge", "review", "role", "lang", "saved_on")
SCALARS = (str, int, float)
SHAPES = (
    (("source", "author", "date"), str, "Write it as text in quotes."),
    (("at_least", "at_most"), bool, "It may be true or false."),
)


@dataclass(frozen=True)
class Case:
    """One person's file: answers, the person's own words, places, a site's parameters, the day, the knowledge used."""

    answers: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, int | str] = field(default_factory=dict)
    as_of: date | None = None
    digest: str = ""


def read_case(name: str) -> Case:
    """Read YAML or JSON: what somebody wrote, a saved interview, or what ``decide --json`` printed.

    Args:
        name: a path, or ``-`` for standard input.

    Raises:
        AnswerError: the file cannot be read or does not have the form; it lists every problem.
    """
    shown = STANDARD_INPUT_SHOWN if name == STANDARD_INPUT else name
    tree = read_tree(name)
    if not isinstance(tree, dict):
        _fail(shown, "does not hold a mapping.", "Begin with `answers:` and put each fact below it.")
    if isinstance(tree.get("provenance"), dict):
        said = {"person": tree["person"]} if "person" in tree else {}
        tree = tree["provenance"] | said
    problems: list[Problem] = []
    for key in tree:
        if key not in (*READ, *TOLERATED):
            remedy = did_you_mean(str(key), READ) or "It may hold as_of, answers, person, places and parameters."
            problems.append(Problem(shown, f"has [{key}], which means nothing here.", remedy))
    if "answers" not in tree:
        problems.append(Problem(shown, "has no [answers].", "Put each fact below `answers:`; it may be empty: {}."))
    parts = {key: _mapping(tree, key, shown, problems) for key in ("answers", "person", "places", "parameters")}
    for fact, given in parts["answers"].items():
        _check_shape(f"answers[{fact}]", given, problems)
    for key in ("places", "parameters"):
        for entry, value in parts[key].items():
            if isinstance(value, bool) or not isinstance(value, (str, int)):
                problems.append(Problem(f"{key}[{entry}]", f"is [{value}].", "Write one word or whole number."))
    as_of = _day(tree.get("as_of"), f"{shown}: as_of", problems)
    if problems:
        raise AnswerError(problems)
    return Case(**parts, as_of=as_of, digest=str(tree.get("digest") or ""))


def read_tree(name: str) -> Any:
    """The plain values of a YAML or JSON file, or of standard input for ``-``.

    Raises:
        AnswerError: there is no such file, it is not text, or it is neither YAML nor JSON.
    """
    return _parse(read_text(name), STANDARD_INPUT_SHOWN if name == STANDARD_INPUT else name)


def read_text(name: str, holds: str = "YAML or JSON") -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        AnswerError: there is no such file, it cannot be read, or it is not text.
    """
    shown = STANDARD_INPUT_SHOWN if name == STANDARD_INPUT else name
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        _fail(shown, "is not text in UTF-8.", f"Save it as UTF-8; it holds {holds}.")
    except FileNotFoundError:
        _fail(shown, "there is no such file.", "Check the name, or give - to read standard input.")
    except IsADirectoryError:
        _fail(shown, "is a folder.", "Give one file.")
    except OSError as error:
        _fail(shown, f"cannot be read: {error.strerror or type(error).__name__}.", "Check who may read it.")


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise AnswerError([Problem(where, what, remedy)])


def _parse(text: str, shown: str) -> Any:
    twice: list[str] = []
    try:
        tree = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, twice))
    except ValueError:
        try:
            tree = yaml12.parse_yaml(text)
        except ValueError as error:
            _fail(shown, f"is neither YAML nor JSON: {_without_text(error)}.", "Mend the line named.")
        twice = list(_written_twice(text))
    except RecursionError:
        _fail(shown, "is nested too deeply.", "Put each fact below `answers:`.")
    if twice:
        raise AnswerError(
            [Problem(shown, f"has [{key}] twice.", "Keep one; for two sources give a list.") for key in twice]
        )
    return tree


def _once(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            twice.append(key)
        seen[key] = value
    return seen


def _written_twice(text: str) -> Iterable[str]:
    """Keys written twice in one mapping: the parser would keep the last and drop the first without a word."""

    def walk(node: Any) -> Iterable[str]:
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    yield str(key.value)
                seen.add(str(key.value))
                yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item)

    try:
        return list(walk(yaml.compose(text, Loader=yaml.SafeLoader)))
    except (yaml.YAMLError, RecursionError):  # what only the newer YAML can say has passed the other parser
        return []


def _without_text(error: Exception) -> str:
    return str(error).removeprefix("YAML parse error: ").splitlines()[0].rstrip(".")


def _mapping(tree: Mapping[str, Any], key: str, shown: str, problems: list[Problem]) -> dict[str, Any]:
    body = tree.get(key)
    if body is None:
        return {}
    if not isinstance(body, dict):
        problems.append(Problem(shown, f"[{key}] is not a mapping.", f"Write `{key}:` and below it `name: value`."))
        return {}
    return {str(name): value for name, value in body.items()}


def _check_shape(where: str, given: Any, problems: list[Problem]) -> None:
    for one in given if isinstance(given, list) else [given]:
        if not isinstance(one, dict):
            continue
        if isinstance(one.get("value"), bool) or ("value" in one and not isinstance(one["value"], SCALARS)):
            problems.append(
                Problem(where, f"has value [{one['value']}].", "Write a step's name in quotes, or a number.")
            )
        for names, wanted, remedy in SHAPES:
            wrong = [name for name in names if one.get(name) is not None and not isinstance(one[name], wanted)]
            problems += [Problem(where, f"has {name} [{one[name]}].", remedy) for name in wrong]


def _day(raw: Any, where: str, problems: list[Problem]) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        problems.append(Problem(where, f"is [{raw}].", "Write the day as YYYY-MM-DD."))
        return None


def read_day(raw: str | None) -> date | None:
    """The day of ``--as-of``. A wrong one is a usage error."""
    problems: list[Problem] = []
    day = _day(raw, "--as-of", problems)
    if problems:
        raise typer.BadParameter(f"[{raw}] is no day. Write it as YYYY-MM-DD.", param_hint="--as-of")
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
            raise typer.BadParameter(f"[{pair}] is not name=value.", param_hint="--set")
        value = value.strip()
        chosen[name.strip()] = int(value) if value.lstrip("-").isdecimal() else value
    return chosen


def tell_problems(error: TrellisError) -> None:
    """Every problem on standard error: where, what, and how to mend it."""
    count = len(error.problems)
    typer.echo("There is 1 problem:" if count == 1 else f"There are {count} problems:", err=True)
    for problem in error.problems:
        wrapped = textwrap.wrap(
            str(problem),
            WIDTH,
            initial_indent="- ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        typer.echo("\n".join(wrapped), err=True)
