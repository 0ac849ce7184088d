"""The examples, the knowledge that each is read with, and what the Python core finds of them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml12

import trellis
from tests.library.tiny import TINY
from tests.support import CONTEXT, complete

HERE = Path(__file__).parent
RULES: list[dict[str, str]] = yaml12.read_yaml(HERE / "rules.yaml")["rules"]
EXAMPLES: list[dict[str, Any]] = yaml12.read_yaml(HERE / "examples.yaml")["examples"]
PEOPLE = [row for row in EXAMPLES if "need" not in row]
REFUSALS = [row for row in EXAMPLES if "need" in row]
AS_OF = "2026-11-29"
WHOLE = ("now", "next", "least", "most", "asked", "asked_next", "hold", "danger", "evaluate", "settled")
"""What an example gives as a whole; of ``needs``, ``services`` and ``facts`` it gives some."""

Found = Mapping[str, Any]


def knowledge_of(row: Mapping[str, Any]) -> trellis.Knowledge:
    """The knowledge that an example is read with."""
    parameters = tuple(sorted(row.get("parameters", {}).items()))
    return _knowledge(row.get("knowledge", "shipped"), parameters, row.get("jurisdiction", ""))


@cache
def _knowledge(name: str, parameters: tuple[tuple[str, Any], ...], jurisdiction: str) -> trellis.Knowledge:
    if name == "shipped":
        return trellis.load(parameters=dict(parameters), jurisdiction=jurisdiction)
    with TemporaryDirectory() as folder:
        made_up(Path(folder))
        kb = trellis.load(folder, parameters=dict(parameters), jurisdiction=jurisdiction)
        assert kb.what_helps  # read while the folder is there
        return kb


def made_up(folder: Path) -> None:
    """Write the made-up knowledge into a folder."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    shutil.copy(HERE / "made_up.yaml", folder)


def day_of(row: Mapping[str, Any]) -> date:
    """The day of an example."""
    return date.fromisoformat(row.get("as_of", AS_OF))


def answers_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """All that is answered in an example: what it gives, and the best of the rest unless that is open."""
    kb, context = knowledge_of(row), row.get("context", CONTEXT)
    given = context | row["answers"]
    unasked = row.get("open", [])
    if unasked == "all":
        return dict(given)
    filled = complete(kb, row["answers"], context)
    return {name: value for name, value in filled.items() if name in given or name not in unasked}


def in_python(row: Mapping[str, Any], kb: trellis.Knowledge, answers: Mapping[str, Any]) -> Found:
    """What the Python core finds of an example."""
    rec = trellis.decide(kb, answers, as_of=day_of(row))
    needs = dict.fromkeys(kb.needs, "off") | {need.id: need.status for need in rec.needs}
    return {
        "needs": needs,
        "now": list(rec.now.ids) if rec.now else "open",
        "next": list(rec.next.ids) if rec.next else "open",
        "asked": dict(rec.now.requirement) if rec.now else "open",
        "asked_next": dict(rec.next.requirement) if rec.next else "open",
        "least": list(rec.least.now.ids),
        "most": list(rec.most.now.ids),
        "hold": list(rec.hold.responses) if rec.hold else [],
        "danger": [view.id for view in rec.urgent],
        "evaluate": {view.by: view.within_hours for view in rec.evaluate if view.certain},
        "services": {view.id: "certain" if view.certain else "maybe" for view in rec.services},
        "settled": rec.settled,
        "facts": {name: [view.best, view.worst] for name, view in rec.facts.items()},
    }


def hold_against(row: Mapping[str, Any], found: Found) -> None:
    """Every expectation of an example, against what a reader found; what that reader does not show is left out."""
    for key in WHOLE:
        if key in row and key in found:
            assert found[key] == row[key], key
    for key in ("needs", "facts"):
        for name, expected in row.get(key, {}).items() if key in found else ():
            assert found[key][name] == expected, name
    for name, expected in row.get("services", {}).items():
        assert found["services"].get(name, "none") == expected, name
