"""``trellis justice``: pages from one file, in each form; a wrong file is told in full, and danger first."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.driver import too_wide

Invoke = Callable[..., Result]

LEAVING = """
as_of: 2026-11-30
answers: {focus: substance_use, age: adult, use.opioids: severe, justice.involvement: custody}
justice:
  status: custody_sentenced
  risk: {tool: oras, level: high, on: 2026-10-20}
  custody: {place: jail, release: 2026-12-14}
"""
TITLES = {"track": ("My track", "Mi camino"), "dose": ("My program hours", "Mis horas de programa")} | {
    "reentry": ("My plan for leaving", "Mi plan de salida")
}


@pytest.mark.parametrize("command", TITLES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_page_is_shown_within_the_width_of_a_terminal(command: str, lang: str, invoke: Invoke) -> None:
    result = invoke("justice", command, "-", "--lang", lang, typed=LEAVING)
    assert result.exit_code == 0
    assert TITLES[command][lang == "es"] in result.stdout
    assert too_wide(result.stdout) == []


def test_the_same_file_can_be_decided_and_planned(invoke: Invoke) -> None:
    for command in (("decide", "-"), ("plan", "new", "-")):
        assert invoke(*command, typed=LEAVING).exit_code in (0, 4)


@pytest.mark.parametrize(
    ("ending", "begins"), [("md", b"# My plan"), ("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-1.7")]
)
def test_a_page_is_written_for_this_account_only(ending: str, begins: bytes, invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / f"page.{ending}"
    result = invoke("justice", "reentry", "-", "--out", str(out), typed=LEAVING)
    assert result.exit_code == 0
    assert out.read_bytes().startswith(begins)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = invoke("justice", "reentry", "-", "--out", str(out), typed=LEAVING)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert invoke("justice", "reentry", "-", "--out", str(out), "--force", typed=LEAVING).exit_code == 0


def test_an_unknown_ending_is_a_wrong_use(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("justice", "track", "-", "--out", str(tmp_path / "page.docx"), typed=LEAVING).exit_code == 2


def test_the_plain_values_hold_the_page_and_what_it_was_made_with(invoke: Invoke) -> None:
    plain = json.loads(invoke("justice", "dose", "-", "--json", typed=LEAVING).stdout)
    assert plain["page"]["title"] == "My program hours"
    assert plain["provenance"]["digest"]


def test_faults_of_answers_and_of_justice_are_told_together(invoke: Invoke) -> None:
    wrong = "as_of: 2026-11-30\nanswers: {use.opioids: sever}\njustice: {status: parol}\n"
    result = invoke("justice", "track", "-", typed=wrong)
    assert result.exit_code == 1
    assert "Did you mean severe?" in result.stderr
    assert "Did you mean parole?" in result.stderr


def test_the_danger_of_a_wrong_file_is_shown_first(invoke: Invoke) -> None:
    wrong = "answers: {harm.suicide_thoughts: intent, harm.stays_safe: 'no'}\njustice: {status: parol}\n"
    result = invoke("justice", "track", "-", typed=wrong)
    assert result.exit_code == 1
    assert "988" in result.stdout


def test_a_word_misspelt_at_the_top_is_told(invoke: Invoke) -> None:
    result = invoke("justice", "track", "-", typed="answers: {}\njustise: {}\n")
    assert result.exit_code == 1
    assert "Did you mean justice?" in result.stderr


def test_no_plan_for_leaving_is_made_for_somebody_of_whom_nothing_tells_of_custody(invoke: Invoke) -> None:
    typed = "answers: {use.opioids: severe}\n"
    result = invoke("justice", "reentry", "-", typed=typed)
    assert result.exit_code != 0
    assert "says nothing of custody" in " ".join(result.output.split())
    assert invoke("justice", "track", "-", typed=typed).exit_code == 0
