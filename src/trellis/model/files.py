"""Reading the knowledge files, and finding the line of a place in them when something is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import yaml12

from trellis.model.errors import KnowledgeError, Problem

Tree = dict[str, Any]


def shipped() -> Path:
    """Where the knowledge that ships with Trellis lies."""
    return Path(__file__).parent.parent / "knowledge"


def read_texts(root: Path) -> dict[str, str]:
    """Every YAML file and CSV table below ``root``: its path from there and its text.

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
            texts[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise KnowledgeError([Problem(name, f"is not UTF-8 ({error.reason}).", "Save it as UTF-8.")]) from error
    if not any(name.endswith(".yaml") for name in texts):
        raise KnowledgeError([Problem(str(root), "holds no YAML file.", "Give a folder of knowledge files.")])
    return texts


def parse_texts(texts: dict[str, str]) -> dict[str, Tree]:
    """Parse every file. Raises :class:`KnowledgeError` naming each file that is not valid YAML or not a mapping."""
    trees: dict[str, Tree] = {}
    problems = []
    for name, text in texts.items():
        if not name.endswith(".yaml"):
            continue
        try:
            tree = yaml12.parse_yaml(text)
        except ValueError as error:
            problems.append(Problem(name, f"is not valid YAML: {error}.", "Mend the line named."))
            continue
        if isinstance(tree, dict):
            trees[name] = cast(Tree, tree)
        else:
            problems.append(Problem(f"{name}:1", "must hold a mapping.", "Begin with `about:`."))
    if problems:
        raise KnowledgeError(problems)
    return trees


def digest(texts: dict[str, str], parameters: dict[str, Any]) -> str:
    """The SHA-256 of all files and the site's parameters, so that a decision can name exactly what it rests on."""
    sha = hashlib.sha256()
    for name, text in texts.items():
        sha.update(f"{name}\0{text}\0".encode())
    sha.update(repr(sorted(parameters.items())).encode())
    return sha.hexdigest()


def with_lines(problems: Iterable[Problem], texts: dict[str, str]) -> list[Problem]:
    """Turn places such as ``criteria/harm.yaml#needs/3/when`` into ``criteria/harm.yaml:41``.

    Only done when something is wrong, so the slower parser that knows about lines costs nothing otherwise.
    """
    located = []
    composed: dict[str, Any] = {}  # once a file: it is slow, and one mistake may be named hundreds of times
    for problem in problems:
        name, _, path = problem.where.partition("#")
        if path and name in texts and name not in composed:
            composed[name] = _compose(texts[name])
        line = _line_in(composed[name], path.split("/")) if name in composed and path else 0
        located.append(Problem(f"{name}:{line}" if line else name, problem.what, problem.remedy))
    return sorted(set(located), key=_by_place)


def _by_place(problem: Problem) -> tuple[str, int, str]:
    name, _, line = problem.where.rpartition(":")
    return (name, int(line), problem.what) if line.isdigit() else (problem.where, 0, problem.what)


def line_of(text: str, path: list[str]) -> int:
    r"""The line (from 1) of a place in a YAML text; of the nearest place above it when the path leads nowhere.

    >>> line_of("needs:\n- id: a\n- id: b\n  when: x\n", ["needs", "1", "when"])
    4
    """
    return _line_in(_compose(text), path)


def _compose(text: str) -> Any:
    import yaml

    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _line_in(node: Any, path: list[str]) -> int:
    import yaml

    line = 1
    for step in path:
        if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        else:
            break
    return line
