"""The made-up knowledge in ``tiny_knowledge``, and copies of a knowledge with a fault planted in them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import trellis

TINY = Path(__file__).parent / "tiny_knowledge"
CONTEXT = {"focus": "both", "age": "adult", "pregnancy": "no"}


@cache
def tiny(**parameters: Any) -> trellis.Knowledge:
    """The made-up knowledge."""
    return trellis.load(TINY, parameters=parameters)


def plant(root: Path, to: Path, file: str, old: str, new: str) -> int:
    """Copy a knowledge to ``to`` with ``old`` replaced once by ``new`` in one file; return the line (from 1) of it."""
    if root != to:
        shutil.copytree(root, to, dirs_exist_ok=True)
    text = (to / file).read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold [{old}]: the fault cannot be planted"
    (to / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(root: Path, **parameters: Any) -> str:
    """What loading says is wrong, a line a problem; empty when nothing is."""
    try:
        trellis.load(root, parameters=parameters)
    except trellis.KnowledgeError as error:
        return str(error)
    return ""


def known(**facts: str | None) -> dict[str, Any]:
    """Answers of a grown person with both problems: these facts, and every other at the best that they allow.

    Names are written with two underscores for the dot, ``life__danger="yes"``; None leaves a fact open.
    """
    kb = tiny()
    given = {name.replace("__", "."): value for name, value in facts.items()}
    ranks = {name: kb.facts[name].rank_of(value) if (value := given.get(name)) else 0 for name in kb.facts}
    for a, i, b, j in kb.artefact.implications:
        first, second = kb.artefact.facts[a], kb.artefact.facts[b]
        if ranks[first] >= i and second not in given:
            ranks[second] = max(ranks[second], j)
    return CONTEXT | {name: kb.facts[name].step_at(rank).id for name, rank in ranks.items()} | given
