"""Wrong input is named, with what is wrong and how to mend it, all at once, and never with a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import trellis
from trellis.cli.inputs import read_case

Invoke = Callable[..., Result]

BAD_FILES: dict[str, tuple[str, list[str]]] = {
    "not YAML": ("answers: [1", ["neither YAML nor JSON"]),
    "plain words": ("hello", ["does not hold a mapping", "answers:"]),
    "empty": ("", ["does not hold a mapping"]),
    "a list": ("- a\n- b\n", ["does not hold a mapping"]),
    "no answers": ("as_of: 2026-11-23\n", ["has no [answers]"]),
    "answers no mapping": ("answers: 3\n", ["[answers] is not a mapping"]),
    "unknown key": ("answer: {}\nanswers: {}\n", ["[answer]", "Did you mean answers?"]),
    "unknown fact": ("answers: {harm.suicide_thought: none}\n", ["[harm.suicide_thought]", "harm.suicide_thoughts?"]),
    "unknown value": ("answers: {harm.danger_now: perhaps}\n", ["is [perhaps]", "It may be no, yes"]),
    "out of range": ("answers: {input.age: 300}\n", ["is [300]", "from"]),
    "true for yes": ("answers: {harm.danger_now: true}\n", ["true or false", "'yes' or 'no'"]),
    "bad day": ("as_of: yesterday\nanswers: {}\n", ["is [yesterday]", "YYYY-MM-DD"]),
    "bad place": ("answers: {}\nplaces: {ipo: full}\n", ["[ipo]", "Did you mean"]),
    "bad place state": ("answers: {}\nplaces: {iop: closed}\n", ["is [closed]", "full, denied, refused"]),
    "bad parameter": ("answers: {}\nparameters: {ciwa: 3}\n", ["not a parameter", "[ciwa]"]),
    "parameter value": ("answers: {}\nparameters: {ciwa_severe_from: 3}\n", ["[ciwa_severe_from] is [3]", "one of"]),
    "key twice": ("answers:\n  focus: both\n  focus: mental_health\n", ["has [focus] twice"]),
    "key twice in JSON": ('{"answers": {"focus": "both", "focus": "both"}}', ["has [focus] twice"]),
    "value a list": ("answers: {focus: {value: [a]}}\n", ["answers[focus]", "has value"]),
    "date a number": ("answers: {focus: {value: both, date: 2026}}\n", ["has date [2026]"]),
    "at_least no boolean": (
        "answers: {harm.any: {value: yes, at_least: perhaps}}\n",
        ["at_least [perhaps]", "true or"],
    ),
    "future": ("as_of: 2026-11-23\nanswers: {harm.any: {value: yes, date: '2027-01-01'}}\n", ["2027-01-01", "after"]),
}


@pytest.mark.parametrize("case", BAD_FILES)
@pytest.mark.parametrize("command", ["decide", "explain"])
def test_a_bad_file_is_explained(command: str, case: str, invoke: Invoke, tmp_path: Path) -> None:
    text, expected = BAD_FILES[case]
    path = tmp_path / "person.yaml"
    path.write_text(text, encoding="utf-8")
    result = invoke(command, str(path))
    assert result.exit_code == 1
    said = " ".join(result.stderr.split())
    for words in expected:
        assert words in said
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_every_problem_is_named_at_once(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {harm.x: yes, focus: everything, input.age: -1}\n", encoding="utf-8")
    result = invoke("decide", str(path))
    assert "3 problems" in result.stderr
    for name in ("harm.x", "focus", "input.age"):
        assert f"answers[{name}]" in result.stderr


def test_a_contradiction_names_both_answers(invoke: Invoke, tmp_path: Path) -> None:
    kb = trellis.load()
    a, i, b, _ = kb.artefact.implications[0]
    first, second = (kb.facts[kb.artefact.facts[number]] for number in (a, b))
    path = tmp_path / "person.json"
    answers = {first.id: first.step_at(i).id, second.id: second.step_at(0).id}
    path.write_text(json.dumps({"answers": answers}), encoding="utf-8")
    result = invoke("decide", str(path))
    assert result.exit_code == 1
    assert first.id in result.stderr
    assert second.id in result.stderr
    assert "Correct one of the two." in " ".join(result.stderr.split())


def test_files_that_cannot_be_read(invoke: Invoke, tmp_path: Path) -> None:
    binary = tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\xff\xfe")
    for name, words in (
        (tmp_path / "missing.yaml", "no such file"),
        (tmp_path, "is a folder"),
        (binary, "not text in UTF-8"),
    ):
        result = invoke("decide", str(name))
        assert result.exit_code == 1
        assert words in " ".join(result.stderr.split())
        assert "Traceback" not in result.output


def test_other_knowledge_that_is_not_there(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("version", "--knowledge", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "no such folder" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["decide"],
        ["nonsense"],
        ["decide", "x.yaml", "--role", "judge"],
        ["decide", "x.yaml", "--lang", "fr"],
        ["decide", "x.yaml", "--as-of", "soon"],
        ["decide", "x.yaml", "--set", "ciwa_severe_from"],
        ["ask", "--as-of", "2026-13-01"],
        ["compare"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("answers: {}\n", encoding="utf-8")
    arguments = [str(tmp_path / a) if a == "x.yaml" else a for a in arguments]
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_fault_shows_neither_traceback_nor_answers(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("harm.suicide_thoughts is plan")

    monkeypatch.setattr(trellis, "decide", broken)
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\n", encoding="utf-8")
    result = invoke("decide", str(path))
    assert result.exit_code == 70
    assert "RuntimeError" in result.stderr
    assert "suicide" not in result.output
    assert "Traceback" not in result.output


def test_yaml_json_and_standard_input_read_alike(invoke: Invoke, tmp_path: Path) -> None:
    as_yaml, as_json = tmp_path / "a.yaml", tmp_path / "a.json"
    as_yaml.write_text("as_of: 2026-11-23\nanswers: {focus: both, pregnancy: no}\n", encoding="utf-8")
    as_json.write_text('{"as_of": "2026-11-23", "answers": {"focus": "both", "pregnancy": "no"}}', encoding="utf-8")
    assert read_case(str(as_yaml)) == read_case(str(as_json))
    outputs = {
        invoke("decide", str(as_yaml), "--json").stdout,
        invoke("decide", str(as_json), "--json").stdout,
        invoke("decide", "-", "--json", typed=as_yaml.read_text(encoding="utf-8")).stdout,
    }
    assert len(outputs) == 1


def test_what_json_printed_can_be_decided_again(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("as_of: 2026-11-23\nanswers: {focus: both, harm.any: no}\n", encoding="utf-8")
    printed = invoke("decide", str(path), "--json", "--role", "clinician").stdout
    again = tmp_path / "again.json"
    again.write_text(printed, encoding="utf-8")
    assert invoke("decide", str(again), "--json", "--role", "clinician").stdout == printed


def test_the_day_and_parameters_of_the_command_go_before_those_of_the_file(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("as_of: 2026-11-01\nparameters: {ciwa_severe_from: 19}\nanswers: {}\n", encoding="utf-8")
    result = invoke("decide", str(path), "--json", "--as-of", "2026-11-23", "--set", "ciwa_severe_from=16")
    provenance = json.loads(result.stdout)["provenance"]
    assert provenance["as_of"] == "2026-11-23"
    assert provenance["parameters"]["ciwa_severe_from"] == 16
    assert (
        json.loads(invoke("decide", str(path), "--json").stdout)["provenance"]["parameters"]["ciwa_severe_from"] == 19
    )
