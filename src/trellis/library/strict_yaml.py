"""One strict way to read YAML: one document a file, no key twice, and a line for every place.

The fast parser (py-yaml12) keeps the last of two equal keys, takes the first of two documents, and knows no lines. What
it drops is looked for here with PyYAML, which keeps marks and is ten times slower; so this is done for files that were
not looked through before, and when something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

import yaml12

from trellis.errors import Problem

BYTE_ORDER_MARK = "\ufeff"


def parse(name: str, text: str, problems: list[Problem]) -> Any:
    r"""The one document of a YAML text; None for an empty one, and when a problem was added.

    Args:
        name: of the file, for messages.
        text: what it holds; a byte order mark at its start is passed over.
        problems: what is wrong is added here, with its line.

    >>> parse("a.yaml", "a: 1\n---\nb: 2\n", found := [])
    >>> print(found[0])
    a.yaml:2: begins a second document, which would be dropped. Make it a file of its own, or remove the line.
    """
    try:
        documents = cast(list[Any], yaml12.parse_yaml(text.removeprefix(BYTE_ORDER_MARK), multi=True))
    except ValueError as error:
        problems.append(Problem(name, f"is not valid YAML: {error}.", "Mend the line named."))
        return None
    if len(documents) > 1:
        line = _second_document(text)
        where = f"{name}:{line}" if line else name
        remedy = "Make it a file of its own, or remove the line."
        problems.append(Problem(where, "begins a second document, which would be dropped.", remedy))
        return None
    return documents[0] if documents else None


def doubles(name: str, text: str) -> list[Problem]:
    r"""Every key that one mapping holds twice, with its line.

    A text that has no lines to be found, since PyYAML cannot read it, is a problem as well: keys written twice would go
    unseen in it.

    >>> print(doubles("a.yaml", "a:\n  b: 1\n  b: 2\n")[0])
    a.yaml:3: has [b] twice; first in line 2. Keep one.
    """
    import yaml

    try:
        return list(_twice(name, composed(text), set()))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"is written in a way that not every reader of YAML knows: {getattr(error, 'problem', None) or error}."
        where = f"{name}:{mark.line + 1}" if mark is not None else name
        return [Problem(where, what, "Write the line named in a plainer way.")]


def _twice(name: str, node: Any, seen_before: set[int]) -> Iterator[Problem]:
    # An alias is the node of its anchor once more; followed each time, nested ones would take for ever.
    if node is None or node.id == "scalar" or id(node) in seen_before:
        return
    seen_before.add(id(node))
    if node.id == "sequence":
        for item in node.value:
            yield from _twice(name, item, seen_before)
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar":
            yield Problem(f"{name}:{line}", "has a key that is a list or a mapping.", "Write a word as the key.")
        elif key.value in seen:
            yield Problem(f"{name}:{line}", f"has [{key.value}] twice; first in line {seen[key.value]}.", "Keep one.")
        else:
            seen[key.value] = line
        yield from _twice(name, value, seen_before)


@lru_cache(maxsize=4)
def composed(text: str) -> Any:
    """The text as nodes with marks. The last few are kept: one file often has many problems."""
    import yaml

    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def line_of(text: str, path: Sequence[str]) -> int:
    r"""The line (from 1) of a place in a YAML text; of the nearest place above it when the path leads nowhere.

    >>> line_of("needs:\n- id: a\n- id: b\n  when: x\n", ["needs", "1", "when"])
    4
    """
    node = composed(text)
    line = 1
    for step in path:
        if node is None or node.id == "scalar":
            break
        if node.id == "sequence":
            if not step.isdigit() or int(step) >= len(node.value):
                break
            node = node.value[int(step)]
            line = node.start_mark.line + 1
            continue
        found = next(((key, value) for key, value in node.value if key.value == step), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _second_document(text: str) -> int:
    """The line where a second document begins; 0 when PyYAML cannot tell."""
    import yaml

    try:
        begun = [e for e in yaml.parse(text, Loader=yaml.SafeLoader) if isinstance(e, yaml.DocumentStartEvent)]
    except yaml.YAMLError:
        marks = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"(---|\.\.\.)(\s|$)", line)]
        return marks[-1] if marks else 0
    mark = begun[1].start_mark if len(begun) > 1 else None
    return mark.line + 1 if mark is not None else 0
