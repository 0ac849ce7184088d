"""Planting faults: a copy of the shipped knowledge with one more file, or an artefact with one more need."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import trellis
from trellis.engine.artefact import HOLD, CompiledNeed
from trellis.library.files import shipped

ABOUT = "about: {title: Planted, effective: 2026-11-23, review: not clinically reviewed}\n"
WORDS = "{person: {en: You said so., es: Usted lo dijo.}, clinician: {en: Planted fault., es: Defecto puesto.}}"


def copy(folder: Path) -> Path:
    target = folder / "knowledge"
    shutil.copytree(shipped(), target)
    return target


def with_file(folder: Path, text: str, name: str = "criteria/zz_planted.yaml") -> trellis.Knowledge:
    """The shipped knowledge with one more file; nobody loads it twice, so it is not kept, which takes a while."""
    root = copy(folder)
    (root / name).write_text(ABOUT + text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRELLIS_CACHE", "off")
        return trellis.load(root)


def need(**fields: Any) -> str:
    """A need in YAML, sound but for what the caller plants."""
    whole = {
        "id": "planted",
        "phase": "ongoing",
        "when": "{use.alcohol: {at_least: moderate}}",
        "requires": "{structure: day_programme}",
        "because": WORDS,
        "mapping": "judgement",
        "sources": "[{ref: mccarty-2014}]",
    } | fields
    lines = [f"    {key}: {value}" for key, value in whole.items() if value is not None]
    return "needs:\n  -" + "\n".join(lines)[3:] + "\n"


def with_need(
    kb: trellis.Knowledge,
    node: list[Any],
    requires: dict[str, str],
    *,
    phase: int,
    contexts: frozenset[int] | None = None,
) -> trellis.Knowledge:
    """The same knowledge with one more compiled need, behind the back of the loader that would refuse it."""
    artefact = kb.artefact
    vector = tuple(axis.rank_of(requires[name]) if name in requires else 0 for name, axis in kb.axes.items())
    planted = CompiledNeed(
        "planted",
        phase,
        frozenset(range(len(kb.contexts))) if contexts is None else contexts,
        node,
        vector,
        vector if phase != HOLD else artefact.nothing,
    )
    words = next(iter(kb.needs.values())).model_copy(
        update={"id": "planted", "group": None, "services": (), "urgent": None, "evaluate": None}
    )
    return replace(
        kb.with_changes(needs=dict(kb.needs) | {"planted": words}),
        artefact=replace(artefact, needs=(*artefact.needs, planted)),
        reads={**kb.reads, "planted": ()},
    )
