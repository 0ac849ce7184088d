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


SHARED = """
as_of: 2026-11-30
answers: {focus: both, age: adult, use.opioids: severe, mental.trauma: ptsd, harm.suicide_thoughts: intent}
justice:
  status: parole
  care: {setting: iop}
  helps: [ride]
  consent:
    by: Sam Rivera
    from: Harbor Program
    to: {role: parole, name: Officer Lee}
    kinds: [setting, what_helps]
    purpose: supervision
    signed: 2026-11-02
    until: 2027-05-02
"""
CLINICAL = ("opioid", "PTSD", "suicid", "988", "TEPT", "opioide")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_report_goes_to_standard_output_and_danger_to_standard_error(lang: str, invoke: Invoke) -> None:
    result = invoke("justice", "report", "-", "--to", "Officer Lee", "--lang", lang, typed=SHARED)
    assert result.exit_code == 0
    assert "Harbor Program" in result.stdout
    assert not [word for word in CLINICAL if word.lower() in result.stdout.lower()]
    assert "988" in result.stderr
    assert too_wide(result.stdout) == []


def test_the_report_as_plain_values_holds_nothing_of_the_answers(invoke: Invoke) -> None:
    result = invoke("justice", "report", "-", "--to", "parole", "--json", typed=SHARED)
    assert list(json.loads(result.stdout)) == ["page"]
    assert not [word for word in CLINICAL if word.lower() in result.stdout.lower()]


@pytest.mark.parametrize("plain", [(), ("--json",)])
def test_a_refusal_says_why_on_standard_error_alone(plain: tuple[str, ...], invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    late = SHARED.replace("2027-05-02", "2026-11-20")
    result = invoke("justice", "report", "-", "--to", "parole", "--out", str(out), *plain, typed=late)
    assert result.exit_code == 1
    assert not out.exists()
    assert "No report can be given." in result.stdout
    assert "ended" not in result.stdout
    assert "The consent has ended." in result.stderr
    other = invoke("justice", "report", "-", "--to", "court", *plain, typed=SHARED)
    assert other.stdout == invoke("justice", "report", "-", "--to", "parole", *plain, typed=late).stdout


def test_the_persons_copy_is_given_whatever_the_consent_and_tells_danger_first(invoke: Invoke) -> None:
    result = invoke("justice", "report", "-", "--copy", typed=SHARED.replace("2027-05-02", "2026-11-20"))
    assert result.exit_code == 0
    assert result.stdout.index("988") < result.stdout.index("My copy")
    assert "The consent has ended." in result.stdout


def test_a_report_is_written_in_each_form(invoke: Invoke, tmp_path: Path) -> None:
    for ending, begins in (("md", b"# Report"), ("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-1.7")):
        out = tmp_path / f"report.{ending}"
        assert invoke("justice", "report", "-", "--to", "parole", "--out", str(out), typed=SHARED).exit_code == 0
        assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((), "give either --to WHO or --copy"),
        (("--to", "court", "--copy"), "give either --to WHO or --copy"),
        (("--to", "court", "--part", "tests"), "[tests] may be attendance"),
        (("--copy", "--part", "setting"), "goes with --to alone"),
        (("--to", "court", "--out", "x.docx"), "is no known ending"),
    ],
)
def test_a_wrong_use_is_told(wrong: tuple[str, ...], said: str, invoke: Invoke) -> None:
    result = invoke("justice", "report", "-", *wrong, typed=SHARED)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(("status", "offered"), [("parole", False), ("probation", True)])
def test_a_drug_court_is_not_offered_to_somebody_on_parole(status: str, offered: bool, invoke: Invoke) -> None:
    file = LEAVING.replace("custody_sentenced", status).replace(
        "justice.involvement: custody", "justice.involvement: supervision, justice.reoffending_risk: high"
    )
    found = json.loads(invoke("approaches", "--for", "-", "--json", typed=file).stdout)
    assert ("drug_court" in [one["approach"] for one in found["ranked"]]) == offered


def test_what_is_wrong_in_the_justice_part_is_told_by_the_approaches_too(invoke: Invoke) -> None:
    result = invoke("approaches", "--for", "-", typed="answers: {}\njustice: {status: parol}\n")
    assert result.exit_code == 1
    assert "Did you mean parole?" in result.stderr
