"""Reading the knowledge files, and finding the line of a place in them when something is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from trellis.errors import KnowledgeError, Problem
from trellis.library.strict_yaml import BYTE_ORDER_MARK, OF_CONTENT, line_of, read_strictly

Tree = dict[str, Any]


def shipped() -> Path:
    """Where the knowledge that ships with Trellis lies."""
    return Path(__file__).parent.parent / "knowledge"


def read_texts(root: Path) -> dict[str, str]:
    """Every YAML file and CSV table below ``root``: its path from there and its text, without a byte order mark.

    Raises:
        KnowledgeError: there is no such folder, or it holds no YAML file, or one is not UTF-8.
    """
    if root.is_file():
        raise KnowledgeError([Problem(str(root), "is a file, not a folder of knowledge.", "Give the folder it is in.")])
    if not root.is_dir():
        raise KnowledgeError([Problem(str(root), "there is no such folder of knowledge.", "Give an existing folder.")])
    texts: dict[str, str] = {}
    for path in sorted([*root.rglob("*.yaml"), *root.rglob("*.csv")]):
        name = path.relative_to(root).as_posix()
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise KnowledgeError([Problem(name, f"is not UTF-8 ({error.reason}).", "Save it as UTF-8.")]) from error
    if not any(name.endswith(".yaml") for name in texts):
        raise KnowledgeError([Problem(str(root), "holds no YAML file.", "Give a folder of knowledge files.")])
    return texts


class Parsed(NamedTuple):
    """A file as plain values, with the line of each key and entry: by key, and by key and place in its list."""

    tree: Tree
    lines: Mapping[tuple[str | int, ...], int]


def parse_texts(texts: Mapping[str, str]) -> dict[str, Parsed]:
    """Parse every YAML file.

    Raises:
        KnowledgeError: a file is not valid YAML, holds more than one document or a key twice, or is not a mapping; each
            is named.
    """
    parsed: dict[str, Parsed] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        if not name.endswith(".yaml"):
            continue
        read = read_strictly(text.removeprefix(BYTE_ORDER_MARK), name, OF_CONTENT, lines_to=2)
        tree = read.documents[0] if read.documents else None
        if read.problems:
            problems += read.problems
        elif isinstance(tree, dict):
            parsed[name] = Parsed(tree, read.lines)
        else:
            problems.append(Problem(f"{name}:1", "must hold a mapping.", "Begin with `about:`."))
    if problems:
        raise KnowledgeError(problems)
    return parsed


def digest(texts: dict[str, str], parameters: dict[str, Any]) -> str:
    """The SHA-256 of all files and the site's parameters, so that a decision can name exactly what it rests on."""
    sha = hashlib.sha256()
    for name, text in texts.items():
        sha.update(f"{name}\0{text}\0".encode())
    sha.update(repr(sorted(parameters.items())).encode())
    return sha.hexdigest()


def with_lines(problems: Iterable[Problem], texts: Mapping[str, str]) -> list[Problem]:
    """Turn places such as ``criteria/harm.yaml#needs/3/when`` into ``criteria/harm.yaml:41``.

    Only done when something is wrong, and file by file: each is read once more, for the lines of all that it holds.
    """
    located = []
    for problem in sorted(problems):
        name, _, path = problem.where.partition("#")
        line = line_of(texts[name], path.split("/")) if path and name in texts else 0
        located.append(Problem(f"{name}:{line}" if line else name, problem.what, problem.remedy))
    return sorted(set(located), key=by_place)


def by_place(problem: Problem) -> tuple[str, int, str]:
    """The order of files and their lines."""
    name, _, line = problem.where.rpartition(":")
    return (name, int(line), problem.what) if line.isdigit() else (problem.where, 0, problem.what)
