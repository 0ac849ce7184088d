"""The empty file of answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml12
from typer.testing import Result

from tests.cli.driver import too_wide
from tests.cli.test_schema import faults
from tests.support import shipped
from trellis.cli.inputs import read_tree

Invoke = Callable[..., Result]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_decide_accepts_the_empty_file_as_it_is(lang: str, role: str, invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(invoke("template", "--lang", lang, "--role", role).stdout, encoding="utf-8")
    assert invoke("decide", str(file)).exit_code == 4
    assert faults("answers", yaml12.read_yaml(file)) == []
    empty = tmp_path / "empty.yaml"
    empty.write_text("answers: {}\n", encoding="utf-8")
    given = [json.loads(invoke("decide", str(path), "--json").stdout) for path in (file, empty)]
    assert given[0]["considered"] == given[1]["considered"]


def test_it_names_everything_with_its_values_and_question(invoke: Invoke) -> None:
    text, kb = invoke("template").stdout, shipped()
    assert too_wide(text) == []
    words = " ".join(text.replace("#", " ").split())
    for table in (kb.facts, kb.factors, kb.inputs):
        for name, one in table.items():
            assert f"\n  {name}:\n" in text
            assert " ".join(one.question.person.en.split()) in words
    for fact in kb.facts.values():
        assert ", ".join(fact.values) in words


def test_a_value_written_behind_a_name_counts(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    text = invoke("template").stdout.replace("  harm.suicide_thoughts:\n", "  harm.suicide_thoughts: intent\n")
    file.write_text(text, encoding="utf-8")
    assert invoke("decide", str(file)).exit_code == 5
    assert read_tree(str(file))["answers"]["harm.suicide_thoughts"] == "intent"
