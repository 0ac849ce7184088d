"""The JSON Schemas hold of what is really read and printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml12
from jsonschema import Draft202012Validator
from typer.testing import Result

from tests.support import person, shipped, vignettes
from trellis.cli.schema import names, schema
from trellis.kinds.kind import every
from trellis.library.files import parse_texts, read_texts
from trellis.library.files import shipped as folder

Invoke = Callable[..., Result]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(shipped(), name))


def faults(name: str, plain: Any) -> list[str]:
    found = validator(name).iter_errors(plain)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in found]


@pytest.mark.parametrize("name", names())
def test_every_schema_is_one_and_says_its_version(name: str, invoke: Invoke) -> None:
    shown = json.loads(invoke("schema", name).stdout)
    Draft202012Validator.check_schema(shown)
    assert shown["$id"] == f"urn:trellis:schema:{name}:1"
    assert "properties" in shown or "$ref" in shown


def test_what_ships_is_of_its_schemas() -> None:
    for name, (tree, _) in parse_texts(read_texts(folder())).items():
        assert faults("content", tree) == [], name
        for key in set(tree) & set(every()):
            for entry in [tree[key]] if every()[key].single else tree[key]:
                assert faults(key, entry) == [], f"{name} {key}"


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_worked_examples_are_of_the_schema_and_so_is_all_that_is_made_of_them(path: Path, invoke: Invoke) -> None:
    assert faults("answers", yaml12.read_yaml(path)) == []
    assert faults("public", json.loads(invoke("decide", str(path), "--json").stdout)) == []
    assert faults("result", json.loads(invoke("decide", str(path), "--json", "--role", "clinician").stdout)) == []
    assert faults("plan", json.loads(invoke("plan", "new", str(path), "--json").stdout)) == []


def test_the_result_of_everybody_is_of_its_schema() -> None:
    for one in vignettes():
        plain = json.loads(json.dumps(person(shipped(), one).to_json()))
        assert faults("result", plain) == [], one["id"]


def test_errors_are_of_their_schema(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("answers: {harm.suicide_thoughts: intent, age: 300}\n", encoding="utf-8")
    for typed in (
        ["decide", str(file), "--json"],
        ["decide", "absent.yaml", "--json"],
        ["facts", "--nothing", "--json"],
    ):
        assert faults("error", json.loads(invoke(*typed).stdout)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"harm.any": "maybe"}},
        {"answers": {"harm.anny": "no"}},
        {"answers": {"input.age": 300}},
        {"answers": {"harm.any": {"value": "no", "sorce": "x"}}},
        {"answer": {}},
        {"answers": {}, "as_of": "yesterday"},
        {"answers": {}, "places": {"iop": "gone"}},
    ],
)
def test_a_file_that_decide_refuses_is_not_of_the_schema(wrong: dict[str, Any], invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(wrong), encoding="utf-8")
    assert invoke("decide", str(file)).exit_code == 1
    assert faults("answers", wrong) != []


def test_a_name_without_a_schema_is_refused_with_a_near_one(invoke: Invoke) -> None:
    told = invoke("schema", "answer")
    assert told.exit_code == 1
    assert "[answer] has no schema. Did you mean answers?" in told.stderr


def test_all_names_are_listed(invoke: Invoke) -> None:
    assert " ".join(invoke("schema").stdout.split()) == ", ".join(names())
    assert json.loads(invoke("schema", "--json").stdout) == list(names())
