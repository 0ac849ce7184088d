"""How a need reads, and what follows from it, in both readers against expectations written by hand (see README.md)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.library.tiny import problems
from tests.needs.reading import (
    EXAMPLES,
    HERE,
    PEOPLE,
    REFUSALS,
    RULES,
    Found,
    answers_of,
    day_of,
    hold_against,
    in_python,
    knowledge_of,
    made_up,
)
from tests.needs.write_table import DOCS, written
from tests.needs.wrong import WRONG, Wrong
from trellis.guide.core import core_of
from trellis.library.in_force import in_force

NOT_IN_JAVASCRIPT = ("asked", "asked_next", "least", "most", "facts")
"""What the guide has no screen for."""


def named(row: Mapping[str, Any]) -> str:
    return str(row["id"])


@pytest.fixture(scope="module")
def in_javascript(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What the guide's reader finds of each person. As in a guide, the knowledge is that of the day."""
    cores: dict[trellis.Knowledge, int] = {}
    rows = []
    for row in PEOPLE:
        core = cores.setdefault(in_force(knowledge_of(row), day_of(row)), len(cores))
        rows.append({"core": core, "answers": answers_of(row), "asOf": day_of(row).isoformat()})
    file = tmp_path_factory.mktemp("needs") / "rows.json"
    file.write_text(json.dumps({"cores": [core_of(kb) for kb in cores], "rows": rows}), encoding="utf-8")
    command = ["node", HERE / "js" / "needs.mjs", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip((row["id"] for row in PEOPLE), json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("row", PEOPLE, ids=named)
def test_a_need_reads_by_the_rules_in_python(row: Mapping[str, Any]) -> None:
    hold_against(row, in_python(row, knowledge_of(row), answers_of(row)))


@pytest.mark.parametrize("row", PEOPLE, ids=named)
def test_a_need_reads_by_the_rules_in_the_guides_reader(
    row: Mapping[str, Any], in_javascript: Mapping[str, Found]
) -> None:
    hold_against(row, in_javascript[row["id"]])


@pytest.mark.parametrize("row", REFUSALS, ids=named)
def test_a_need_that_breaks_a_rule_is_refused_when_it_is_read(row: Mapping[str, Any], tmp_path: Path) -> None:
    told = told_of(row, tmp_path)
    assert bool(told) == bool(row["refused"])
    assert all(part in told for part in row["refused"])


def told_of(row: Mapping[str, Any], folder: Path) -> str:
    """What loading says of the need of an example; nothing when it is read."""
    made_up(folder)
    need = row["need"] | {"id": "tried", "services": ["leaflet"], "mapping": "judgement"}
    words = {"person": {"en": "Because.", "es": "Porque."}, "clinician": {"en": "Ground.", "es": "Motivo."}}
    about = {"title": "Made up for tests", "jurisdiction": "nowhere", "review": "made up"}
    content = {"about": about | {"effective": "2026-01-01"}, "needs": [need | {"because": words}]}
    (folder / "tried.yaml").write_text(json.dumps(content), encoding="utf-8")
    return problems(folder)


def test_every_rule_has_somebody_it_matters_for_and_a_near_miss() -> None:
    for near_miss in (False, True):
        rules = {row["rule"] for row in EXAMPLES if row.get("near_miss", False) is near_miss}
        assert rules == {rule["id"] for rule in RULES}
    assert len({row["id"] for row in EXAMPLES}) == len(EXAMPLES)


def test_every_person_says_something_that_the_guides_reader_shows() -> None:
    shown = {"needs", "services", "now", "next", "hold", "danger", "evaluate", "settled"}
    assert [row["id"] for row in PEOPLE if not shown & set(row)] == []


def test_no_key_of_an_example_is_overlooked() -> None:
    read = {"id", "rule", "near_miss", "knowledge", "parameters", "jurisdiction", "as_of", "context", "answers", "open"}
    read |= {"needs", "services", "now", "next", "hold", "danger", "evaluate", "settled", *NOT_IN_JAVASCRIPT}
    assert {key for row in PEOPLE for key in row} <= read
    assert {key for row in REFUSALS for key in row} <= {"id", "rule", "near_miss", "knowledge", "need", "refused"}


def test_every_rule_is_a_line_of_the_table_in_the_docs() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    assert docs == written(docs), "run: python -m tests.needs.write_table"
    assert all(f"| {rule['says']} |" in docs for rule in RULES)


# --- the rules broken on purpose


def noticing(wrong: Wrong, patch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """The examples of the rule that an engine breaks which are not as they should be in it."""
    found = []
    for row in (row for row in EXAMPLES if row["rule"] == wrong.rule):
        answers = {} if "need" in row else answers_of(row)  # filled in before anything is broken
        kb = knowledge_of(row)
        with patch.context() as broken:
            broken.setenv("TRELLIS_CACHE", "off")  # nothing that a broken loader reads is kept for the others
            changed = wrong.broken(broken, kb)
            if "need" in row:
                is_right = bool(told_of(row, folder / row["id"])) == bool(row["refused"])
            else:
                is_right = met(row, changed, answers)
        found += [] if is_right else [row["id"]]
    return found


def met(row: Mapping[str, Any], kb: trellis.Knowledge, answers: Mapping[str, Any]) -> bool:
    """Whether every expectation of an example holds with a knowledge."""
    try:
        hold_against(row, in_python(row, kb, answers))
    except (AssertionError, trellis.AnswerError):
        return False
    return True


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.says)
def test_an_engine_that_breaks_a_rule_fails_an_example_of_it(
    wrong: Wrong, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert noticing(wrong, monkeypatch, tmp_path)


def test_every_rule_is_broken_at_least_once() -> None:
    assert {wrong.rule for wrong in WRONG} == {rule["id"] for rule in RULES}


def test_an_engine_that_breaks_nothing_fails_no_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So that what the wrong ones fail at is the rule and not the way it is broken."""
    for rule in RULES:
        same = Wrong("nothing", rule["id"], lambda _, kb: replace(kb, artefact=replace(kb.artefact)))
        assert noticing(same, monkeypatch, tmp_path / rule["id"]) == []
