"""A result read again is held to its answers: what somebody edited in it is told, and never followed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]
EXAMPLE = str(Path(__file__).parents[2] / "examples" / "stepping-down.yaml")
EDITED = "The result in this file was edited by hand"
COMMANDS = [("decide",), ("explain",), ("plan", "new"), ("compare", "iop", "php", "--for"), ("values", "--for")]


@pytest.fixture(params=["person", "clinician"])
def result(request: pytest.FixtureRequest, invoke: Invoke, tmp_path: Path) -> Callable[..., Path]:
    """What ``decide --json`` prints, after somebody changed it."""
    raw = json.loads(invoke("decide", EXAMPLE, "--json", "--role", request.param, "--lang", "es").stdout)

    def write(change: Callable[[dict[str, Any]], object] = lambda raw: None) -> Path:
        changed = json.loads(json.dumps(raw))
        change(changed)
        path = tmp_path / "result.json"
        path.write_text(json.dumps(changed))
        return path

    return write


def soften(raw: dict[str, Any]) -> None:
    if "considered" in raw:
        raw["considered"] = raw["for_comparison"]
    else:
        raw["now"]["packages"] = ["outpatient"]
        raw["settled"] = not raw["settled"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_edited_result_is_told_by_every_command_that_reads_it(
    invoke: Invoke, result: Callable[..., Path], command: tuple[str, ...]
) -> None:
    told = invoke(*command, str(result(soften)))
    assert EDITED in told.stderr
    assert "What follows is decided from the answers." in told.stderr
    spanish = invoke(*command, str(result(soften)), "--lang", "es")
    assert "El resultado de este archivo se modificó a mano" in spanish.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_result_as_it_was_printed_tells_nothing(
    invoke: Invoke, result: Callable[..., Path], command: tuple[str, ...]
) -> None:
    assert invoke(*command, str(result())).stderr == ""


def test_another_day_or_place_of_the_reader_is_no_edit(invoke: Invoke, result: Callable[..., Path]) -> None:
    assert invoke("decide", str(result()), "--as-of", "2027-03-01").stderr == ""


def test_danger_taken_out_of_a_result_comes_back_and_is_told(invoke: Invoke, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("as_of: 2026-11-23\nanswers: {harm.suicide_thoughts: intent}\n")
    raw = json.loads(invoke("decide", str(case), "--json").stdout)
    raw["urgent"] = []
    changed = tmp_path / "result.json"
    changed.write_text(json.dumps(raw))
    told = invoke("decide", str(changed))
    assert "(urgent)" in told.stderr
    assert "988" in told.stdout
    assert told.exit_code == 5


def test_a_part_added_or_taken_away_is_told(invoke: Invoke, result: Callable[..., Path]) -> None:
    assert "(barriers)" in invoke("decide", str(result(lambda raw: raw.pop("barriers")))).stderr
    assert "(waiting)" in invoke("decide", str(result(lambda raw: raw.update(waiting={})))).stderr


def test_a_result_of_another_version_may_differ_for_that_reason(invoke: Invoke, result: Callable[..., Path]) -> None:
    def older(raw: dict[str, Any]) -> None:
        soften(raw)
        raw["provenance"]["software"] = "0.0.1"

    assert "or made by another version of Trellis" in invoke("decide", str(result(older))).stderr


def test_a_result_made_with_other_content_is_told_as_such_and_not_called_edited(
    invoke: Invoke, result: Callable[..., Path]
) -> None:
    def other(raw: dict[str, Any]) -> None:
        soften(raw)
        raw["provenance"]["digest"] = "0" * 64

    told = invoke("decide", str(result(other)))
    assert EDITED not in told.output


def test_no_answer_of_the_person_stands_on_standard_error(invoke: Invoke, result: Callable[..., Path]) -> None:
    keys = invoke("decide", str(result(soften))).stderr.split("(")[1].split(")")[0].split(", ")
    assert set(keys) <= {"considered", "now", "settled"}
