"""Wrong input is named, with what is wrong and how to mend it, all at once, and never with a traceback."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import trellis
from trellis.cli.inputs import read_case
from trellis.errors import did_you_mean

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
    # What was surely meant as danger is shown, though it is not taken for an answer.
    assert ("988" in result.stdout) == (case == "true for yes")


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


TYPO = "answers:\n  focus: both\n  harm.suicide_thoughts: plan\n"
DANGER_AND_FAULT = {
    "a misspelt fact": TYPO + "  harm.suicide_behavior: none\n",
    "a second document": "answers: {focus: both}\n---\nanswers: {harm.suicide_thoughts: plan}\n",
    "a first document": "answers: {harm.suicide_thoughts: plan}\n---\nanswers: {focus: both}\n",
    "a broken line below": TYPO + "  input.age: [1\n",
    "a number for a date": "answers: {harm.suicide_thoughts: {value: plan, date: 20261120}}\n",
    "a wrong source": "answers: {harm.suicide_thoughts: {value: plan, source: 5, note: x}}\n",
    "two answers, one milder": "answers:\n  harm.suicide_thoughts: none\n  harm.suicide_thoughts: plan\n",
    "an alias": "answers: {harm.hopelessness: yes, harm.suicide_thoughts: &a plan}\n",
    "a wrong place": TYPO + "places: {ipo: full}\n",
    "a wrong parameter": TYPO + "parameters: {ciwa: 3}\n",
    "a wrong day": "as_of: yesterday\n" + TYPO,
    "a wrong person": TYPO + "person: {persn: x}\n",
    "JSON with a doubled name": '{"answers": {"harm.suicide_thoughts": "plan", "harm.suicide_thoughts": "none"}}',
    "a contradiction": "answers: {harm.any: no, harm.suicide_thoughts: plan, harm.suicide_rsk: x}\n",
    "below provenance": "provenance: {answers: {harm.suicide_thoughts: plan, x.y: z}}\n",
}


@pytest.mark.parametrize("case", DANGER_AND_FAULT)
@pytest.mark.parametrize(
    "command",
    [
        ("decide",),
        ("explain",),
        ("plan", "new"),
        ("compare", "iop", "php", "--for"),
        ("approaches", "--for"),
        ("values", "--for"),
    ],
)
def test_danger_is_shown_before_the_faults(command: tuple[str, ...], case: str, invoke: Invoke, tmp_path: Path) -> None:
    if case == "a wrong person" and command[0] in ("decide", "explain"):
        return  # they do not read what the person says
    path = tmp_path / "person.yaml"
    path.write_text(DANGER_AND_FAULT[case], encoding="utf-8")
    result = invoke(*command, str(path))
    assert result.exit_code == 1
    assert "THOUGHTS OF SUICIDE" in result.stdout
    assert "988" in result.stdout
    assert "problem" in result.stderr
    assert result.output.index("THOUGHTS OF SUICIDE") < result.output.index("problem")


def test_danger_before_faults_in_the_language_and_for_the_role_asked_for(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text(DANGER_AND_FAULT["a misspelt fact"], encoding="utf-8")
    urgent = trellis.load().urgent["suicide"]
    spanish = " ".join(invoke("decide", str(path), "--lang", "es").stdout.split())
    assert urgent.title.in_language("es").upper() in spanish
    clinician = " ".join(invoke("decide", str(path), "--role", "clinician").stdout.split())
    assert urgent.clinician.in_language("en") in clinician


def test_a_review_of_a_plan_shows_danger_before_the_faults_too(invoke: Invoke, tmp_path: Path) -> None:
    first, new, plan = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "plan.json"
    first.write_text("answers: {focus: both}\n", encoding="utf-8")
    new.write_text(DANGER_AND_FAULT["a misspelt fact"], encoding="utf-8")
    assert invoke("plan", "new", str(first), "--out", str(plan)).exit_code == 0
    result = invoke("plan", "review", str(plan), str(new))
    assert result.exit_code == 1
    assert "THOUGHTS OF SUICIDE" in result.stdout
    assert "harm.suicide_behaviour?" in " ".join(result.stderr.split())


def test_an_error_is_json_where_json_is_asked_for(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text(DANGER_AND_FAULT["a misspelt fact"], encoding="utf-8")
    result = invoke("decide", str(path), "--json")
    plain = json.loads(result.stdout)
    assert [one["id"] for one in plain["urgent"]] == ["suicide"]
    assert plain["urgent"][0]["person"]
    assert plain["error"]["exit_code"] == result.exit_code == 1
    assert plain["error"]["problems"][0]["where"] == "answers[harm.suicide_behavior]"
    assert json.loads(invoke("needs", "--dimension", "nope", "--json").stdout)["error"]["problems"]


def test_a_fault_is_json_too_and_shows_no_answers(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("harm.suicide_thoughts is plan")

    monkeypatch.setattr(trellis, "decide", broken)
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\n", encoding="utf-8")
    result = invoke("decide", str(path), "--json")
    assert json.loads(result.stdout)["error"]["exit_code"] == result.exit_code == 70
    assert "suicide" not in result.output


def test_every_kind_of_fault_is_told_at_once(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text(
        "answers:\n"
        "  harm.any: {value: yes, date: 20261120}\n"
        "  harm.hopelessness: {value: yes, at_least: maybe}\n"
        "  focus: everything\n"
        "  harm.x: yes\n"
        "  1.10: yes\n"
        "parameters: {x: 8.0, y: 3}\n"
        "places: {ipo: full}\n"
        "person: {persn: 1, matters: {nothing_at_all: 3}, prefers: {wants: [x]}, aims: [y z]}\n"
        "as_of: 9999-12-31\n"
        "persn: {}\n",
        encoding="utf-8",
    )
    result = invoke("plan", "new", str(path))
    said = " ".join(result.stderr.split())
    for words in (
        "[1.10]", "[20261120]", "[maybe]", "[everything]", "[harm.x]", "parameters[x]: is [8.0]",
        "not a parameter: [y]", "[persn]", "from 1900-01-01 to 2199-12-31", "nothing_at_all", "prefers", "has [persn]",
    ):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("true", "[true]"), ("{a: b}", "[{a: b}]"), (".inf", "[.inf]"), ('""', '[""]'), ("[[a]]", "[[a]]"),
        ("[~]", "[null]"),
        ("No", "Did you mean no?"), ("NO", "Did you mean no?"), ("' no'", "Did you mean no?"),
        ("{value: true}", "value [true]"), ("{value: [a, {b: true}]}", "value [[a, {b: true}]]"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_somebody_writes_it(value: str, shown: str, invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text(f"answers:\n  harm.any: {value}\n", encoding="utf-8")
    result = invoke("decide", str(path))
    assert result.exit_code == 1
    assert shown in " ".join(result.stderr.split())


def test_a_hundred_thousand_unknown_names_are_refused_soon_and_counted(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    lines = "".join(f"  k{number}: x\n" for number in range(100_000))
    path.write_text(f"answers:\n  harm.suicide_thoughts: plan\n{lines}", encoding="utf-8")
    start = time.process_time()
    result = invoke("decide", str(path))
    assert time.process_time() - start < 15
    assert "There are 100,000 problems" in result.stderr
    assert result.stderr.rstrip().endswith("- and 99,980 more.")
    assert [f"answers[k{number}]" in result.stderr for number in (0, 1, 19, 20)] == [True, True, True, False]
    assert "THOUGHTS OF SUICIDE" in result.stdout


def test_a_huge_value_is_shortened(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text(f"answers: {{focus: {'a' * 1_000_000}, {'b' * 900_000}: x}}\n", encoding="utf-8")
    result = invoke("decide", str(path))
    assert result.exit_code == 1
    assert len(result.stderr) < 3000


def test_two_days_or_answers_in_one_file_are_refused(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.json"
    below = {"as_of": "2026-11-23", "answers": {"focus": "both"}}
    path.write_text(json.dumps({"as_of": "2026-11-24", "provenance": below}), encoding="utf-8")
    said = " ".join(invoke("decide", str(path)).stderr.split())
    assert "has [as_of] twice, at the top and below provenance." in said
    path.write_text(json.dumps({"as_of": "2026-11-23", "provenance": below}), encoding="utf-8")
    assert invoke("decide", str(path)).exit_code == 4


@pytest.mark.parametrize("number", ["--5", "-", "²", "1" * 5000])
def test_a_parameter_that_is_no_number_is_no_fault_of_the_program(number: str, invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\n", encoding="utf-8")
    result = invoke("decide", str(path), "--set", f"ciwa_severe_from={number}")
    assert result.exit_code == 1
    assert "[ciwa_severe_from] is" in " ".join(result.stderr.split())


def test_an_unknown_parameter_lists_those_there_are(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("facts", "--set", "zzz=1")
    said = " ".join(result.stderr.split())
    for name in trellis.load().parameter_definitions:
        assert name in said


def test_a_file_for_the_folder_of_knowledge_is_said_to_be_one(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\n", encoding="utf-8")
    assert "is a file, not a folder of knowledge" in " ".join(
        invoke("version", "--knowledge", str(path)).stderr.split()
    )


def test_json_tells_that_another_knowledge_made_the_file(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    for digest, other in (("0" * 64, True), (trellis.load().digest, False)):
        path.write_text(f"digest: '{digest}'\nanswers: {{focus: both}}\n", encoding="utf-8")
        for role in ("person", "clinician"):
            assert json.loads(invoke("decide", str(path), "--json", "--role", role).stdout)["other_knowledge"] is other


@pytest.mark.parametrize("value", ["not_known", "declined"])
def test_danger_left_open_brings_a_line_of_help(value: str, invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text(f"answers: {{harm.danger_now: {value}}}\n", encoding="utf-8")
    assert invoke("decide", str(path)).stdout.startswith("You left open whether there is danger.")
    assert "Danger was left open: harm.danger_now." in invoke("decide", str(path), "--role", "clinician").stdout
    assert json.loads(invoke("decide", str(path), "--json").stdout)["danger_left_open"] == ["harm.danger_now"]
    path.write_text(f"answers: {{environment.housing: {value}}}\n", encoding="utf-8")
    assert "left open" not in invoke("decide", str(path)).stdout.split("\n\n")[0]


def test_what_is_only_not_ruled_out_is_not_called_usual(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\n", encoding="utf-8")
    shown = invoke("decide", str(path)).stdout
    assert "Settings that your answers do not rule out yet" in shown
    assert "usually considered" not in shown


def test_nothing_a_person_wrote_steers_the_terminal(invoke: Invoke, tmp_path: Path) -> None:
    path, plan = tmp_path / "person.json", tmp_path / "plan.json"
    bad = "evil\u001b[2J\u202e\u009b\u0007"
    answers = {"mental.depression": [{"value": "mild", "source": bad}, {"value": "severe", "source": "b"}], bad: "x"}
    person = {"called": f"{bad} <script>alert(1)</script> **x**", "strengths": [f"<img src=x onerror=1> {bad}"]}
    for given in (answers, {"mental.depression": answers["mental.depression"]}):
        path.write_text(json.dumps({"answers": given, "person": person}), encoding="utf-8")
        outputs = [
            invoke(*command, str(path)).output
            for command in (
                ("decide", "--role", "clinician"),
                ("explain", "--role", "clinician"),
                ("explain",),
                ("plan", "new"),
            )
        ]
    invoke("plan", "new", str(path), "--out", str(plan))
    outputs += [
        invoke("plan", *command, str(plan)).output
        for command in (("show", "--full"), ("print", "--format", "md"), ("show",))
    ]
    for output in outputs:
        assert not set(output) & set("\u001b\u202e\u009b\u0007")
    assert "<script>" in outputs[-3]  # on a terminal it is only text
    assert "\\<script>" in outputs[-2]
    assert "\\<img" in outputs[-2]


def test_half_a_character_is_no_fault(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.json"
    path.write_text('{"answers": {"harm.any": {"value": "no", "source": "\\ud800"}}}', encoding="utf-8")
    for options in ((), ("--json",), ("--role", "clinician", "--json")):
        assert invoke("explain", str(path), *options).exit_code == 0


def test_options_that_would_do_nothing_are_refused(invoke: Invoke) -> None:
    for arguments in (("--condition", "depression"), ("--all",), ("cbt", "dbt", "--all")):
        assert invoke("approaches", *arguments).exit_code == 2


@pytest.mark.parametrize("typed", ["PHQ-9", "PHQ9", "phq 9"])
def test_an_instrument_by_its_printed_name_is_found_near(typed: str, invoke: Invoke) -> None:
    assert "Did you mean phq9?" in " ".join(invoke("instrument", typed).stderr.split())


def test_a_short_name_is_not_taken_for_another() -> None:
    assert did_you_mean("nope", ["pe", "cbt"]) == ""
    assert did_you_mean("ipo", ["iop", "php"]) == "Did you mean iop?"
