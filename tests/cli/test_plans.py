"""``trellis plan``: new, show, review, print; help first, files kept private, wrong input told."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import Result

from tests.support import complete, shipped

Invoke = Callable[..., Result]
DANGER = {"harm.suicide_thoughts": "intent", "harm.stays_safe": "no", "mental.depression": "severe"}
CALM = {"harm.suicide_thoughts": "none", "mental.depression": "mild"}


def flat(text: str) -> str:
    """What was printed, on one line: where it wraps hangs on the length of a path."""
    return " ".join(text.split())


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, answers: dict[str, Any], **more: Any) -> Path:
        path = tmp_path / name
        full = complete(shipped(), answers)
        path.write_text(yaml.safe_dump({"as_of": "2026-11-23", "answers": full} | more, allow_unicode=True))
        return path

    return write


@pytest.fixture
def saved(invoke: Invoke, case: Callable[..., Path], tmp_path: Path) -> Path:
    out = tmp_path / "plan.json"
    person = {"called": "Sam", "aims": ["keep my job"], "strengths": ["Shows up"]}
    assert invoke("plan", "new", str(case("a.yaml", DANGER, person=person)), "--out", str(out)).exit_code == 0
    return out


def test_help_comes_before_the_plan_when_there_is_danger(invoke: Invoke, case: Callable[..., Path]) -> None:
    shown = invoke("plan", "new", str(case("a.yaml", DANGER))).output
    assert "988" in shown.split("My plan")[0]
    assert "My next steps" in shown


def test_a_saved_plan_can_be_read_by_this_account_only(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert json.loads(saved.read_text())["called"] == "Sam"


def test_a_file_that_is_there_is_never_written_over_without_a_word(
    invoke: Invoke, case: Callable[..., Path], saved: Path
) -> None:
    before = saved.read_text()
    refused = invoke("plan", "new", str(case("b.yaml", CALM)), "--out", str(saved))
    assert refused.exit_code == 1
    assert "is there already" in flat(refused.output)
    assert saved.read_text() == before
    assert invoke("plan", "new", str(case("b.yaml", CALM)), "--out", str(saved), "--force").exit_code == 0
    assert saved.read_text() != before


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_a_plan_is_shown_in_80_columns(invoke: Invoke, saved: Path, lang: str, role: str) -> None:
    for options in ((), ("--full",)):
        shown = invoke("plan", "show", str(saved), "--lang", lang, "--role", role, *options)
        assert shown.exit_code == 0
        links = [line for line in shown.output.splitlines() if len(line) > 80]
        assert all("http" in line for line in links)


def test_a_review_says_what_changed_and_keeps_the_earlier_version(
    invoke: Invoke, case: Callable[..., Path], saved: Path, tmp_path: Path
) -> None:
    out = tmp_path / "second.json"
    new = case("new.yaml", CALM)
    shown = invoke("plan", "review", str(saved), str(new), "--as-of", "2026-12-07", "--out", str(out))
    assert shown.exit_code == 0
    assert "A step down is proposed." in shown.output
    assert "Differences between version 1 and 2" in shown.output
    assert json.loads(out.read_text())["version"] == 2
    earlier = invoke("plan", "show", str(out), "--version", "1")
    assert "Version 1" in earlier.output
    missing = invoke("plan", "show", str(out), "--version", "9")
    assert "has no version [9]" in flat(missing.output)
    assert missing.exit_code == 1


def test_a_review_that_finds_danger_shows_help_first(invoke: Invoke, case: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "calm.json"
    invoke("plan", "new", str(case("calm.yaml", CALM)), "--out", str(out))
    shown = invoke("plan", "review", str(out), str(case("new.yaml", DANGER)), "--as-of", "2026-12-07").output
    assert "988" in shown.split("Review of")[0]
    assert "A step up is proposed." in shown


@pytest.mark.parametrize("ending", ["md", "html", "pdf", "json"])
def test_a_plan_prints_in_every_form_to_a_private_file(
    invoke: Invoke, saved: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"printed.{ending}"
    assert invoke("plan", "print", str(saved), "--out", str(out)).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    start = {"md": b"# ", "html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "json": b"{"}[ending]
    assert out.read_bytes().startswith(start)


def test_wrong_use_and_wrong_files_are_told_without_a_traceback(invoke: Invoke, saved: Path, tmp_path: Path) -> None:
    assert invoke("plan", "print", str(saved), "--out", str(tmp_path / "x.docx")).exit_code == 2
    assert invoke("plan", "print", str(saved), "--format", "pdf").exit_code == 2
    nothing = invoke("plan", "show", str(tmp_path / "none.json"))
    assert nothing.exit_code == 1
    assert "there is no such file" in flat(nothing.output)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{")
    assert "is not a saved plan" in flat(invoke("plan", "show", str(wrong)).output)
    broken = json.loads(saved.read_text())
    broken["goals"][0]["by"] = "soon"
    wrong.write_text(json.dumps(broken))
    told = invoke("plan", "show", str(wrong))
    assert told.exit_code == 1
    assert "goals: 0: by" in flat(told.output)


def test_a_mistake_in_the_persons_words_names_the_place(invoke: Invoke, case: Callable[..., Path]) -> None:
    told = invoke("plan", "new", str(case("a.yaml", CALM, person={"strenghts": ["x"]})))
    assert told.exit_code == 1
    assert "Did you mean strengths?" in flat(told.output)


def test_the_json_of_a_plan_is_the_plan(invoke: Invoke, saved: Path) -> None:
    shown = json.loads(invoke("plan", "show", str(saved), "--json").output)
    assert shown == json.loads(saved.read_text())


OUTPATIENT = {"package": "outpatient", "name": {"en": "Weekly visits", "es": "Citas semanales"}}


@pytest.fixture
def softened(saved: Path) -> Path:
    """The plan, after somebody wrote weekly visits over the hospital and took the danger out."""
    raw = json.loads(saved.read_text())
    raw["placing"]["now"] = [OUTPATIENT]
    raw["urgent"] = []
    saved.write_text(json.dumps(raw))
    return saved


def test_an_edited_plan_is_told_in_every_command_with_the_danger_of_its_answers(
    invoke: Invoke, softened: Path, case: Callable[..., Path], tmp_path: Path
) -> None:
    new = str(case("new.yaml", CALM))
    later = ("--as-of", "2026-12-07")
    for arguments in (("show", str(softened)), ("review", str(softened), new, *later), ("print", str(softened))):
        shown = flat(invoke("plan", *arguments).output)
        assert "This plan was edited by hand" in shown
        assert "Acute psychiatric unit" in shown
        if arguments[0] != "review":
            assert "988" in shown.split("This plan was edited by hand")[0]
    for command in ("show", "review"):
        arguments = (str(softened), new, *later) if command == "review" else (str(softened),)
        raw = json.loads(invoke("plan", command, *arguments, "--json").stdout)
        assert raw["checked"]["edited"]
        assert "This plan was edited by hand" in " ".join(raw["checked"]["notices"])
    out = tmp_path / "printed.json"
    told = invoke("plan", "print", str(softened), "--out", str(out), "--lang", "es")
    assert "Este plan se modificó a mano" in told.stderr
    assert invoke("plan", "show", str(out)).exit_code == 0


def test_a_review_of_a_day_before_the_plan_is_refused(invoke: Invoke, saved: Path, case: Callable[..., Path]) -> None:
    told = invoke("plan", "review", str(saved), str(case("n.yaml", CALM)), "--as-of", "2020-01-01")
    assert told.exit_code == 1
    assert "as_of: is [2020-01-01], before version 1 of the plan was made" in flat(told.stderr)


def test_a_parameter_gone_from_the_content_does_not_keep_a_plan_from_opening(
    invoke: Invoke, saved: Path, case: Callable[..., Path]
) -> None:
    raw = json.loads(saved.read_text())
    raw["basis"]["parameters"] |= {"gone_from": 3, "ciwa_severe_from": 5000}
    raw["basis"]["digest"] = "0" * 64
    saved.write_text(json.dumps(raw))
    shown = invoke("plan", "show", str(saved))
    assert shown.exit_code == 0
    assert "This plan was made with other content" in flat(shown.output)
    new = str(case("n.yaml", CALM))
    assert invoke("plan", "review", str(saved), new, "--as-of", "2026-12-07").exit_code == 0


def test_a_full_place_is_told_on_the_page_and_can_become_free(
    invoke: Invoke, case: Callable[..., Path], tmp_path: Path
) -> None:
    out = tmp_path / "full.json"
    answers = {
        "mental.depression": "severe",
        "history.outpatient_not_enough": "once",
        "harm.suicide_thoughts": "none",
    }
    shown = invoke("plan", "new", str(case("a.yaml", answers, places={"iop": "full"})), "--out", str(out))
    assert "no place is free" in flat(shown.output)
    for name, places, says in (
        ("free.yaml", {"iop": "free"}, "Intensive outpatient program: before full, now free"),
        ("empty.yaml", {}, "Intensive outpatient program: before full, now free"),
        ("other.yaml", {"php": "full"}, "Day program (partial hospital): before free, now full"),
    ):
        told = flat(invoke("plan", "review", str(out), str(case(name, answers, places=places))).output)
        assert says in told
        assert ("no place is free" in told) == (name == "other.yaml")
    as_before = invoke("plan", "review", str(out), str(case("none.yaml", answers))).output
    assert "no place is free" in flat(as_before)


def test_a_saved_interview_which_asks_about_no_place_frees_none(
    invoke: Invoke, case: Callable[..., Path], tmp_path: Path
) -> None:
    out, kept = tmp_path / "full.json", tmp_path / "saved.json"
    answers = {
        "mental.depression": "severe",
        "history.outpatient_not_enough": "once",
        "harm.suicide_thoughts": "none",
    }
    invoke("plan", "new", str(case("a.yaml", answers, places={"iop": "full"})), "--out", str(out))
    raw = json.loads(invoke("decide", str(case("b.yaml", answers)), "--json").stdout)
    kept.write_text(json.dumps(raw["provenance"]))
    assert "no place is free" in flat(invoke("plan", "review", str(out), str(kept)).output)


def test_a_changed_answer_stands_apart_from_the_question(
    invoke: Invoke, saved: Path, case: Callable[..., Path]
) -> None:
    new = str(case("n.yaml", CALM))
    shown = flat(invoke("plan", "review", str(saved), new, "--as-of", "2026-12-07").output)
    assert ".:" not in shown
    assert "?:" not in shown
    assert " Before: " in shown


def test_what_steers_a_terminal_in_a_name_is_not_printed(invoke: Invoke, saved: Path) -> None:
    raw = json.loads(saved.read_text())
    raw["called"] = "evil\x1b[2J <b>bold</b> a|b [x](y)"
    saved.write_text(json.dumps(raw))
    shown = invoke("plan", "show", str(saved)).output
    assert "\x1b" not in shown
    assert "For: evil[2J <b>bold</b> a|b [x](y)" in shown


def test_an_earlier_version_shows_who_had_agreed_before_it(
    invoke: Invoke, case: Callable[..., Path], tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{number}.json" for number in (1, 2, 3))
    yes = {"agreed": [{"name": "Sam", "role": "person", "on": "2026-11-23"}]}
    invoke("plan", "new", str(case("a.yaml", CALM, person=yes)), "--out", str(first))
    new = str(case("n.yaml", CALM))
    invoke("plan", "review", str(first), new, "--out", str(second))
    invoke("plan", "review", str(second), new, "--out", str(third))
    shown = invoke("plan", "show", str(third), "--version", "2", "--full").output
    shown = flat(shown)
    assert "Nobody has agreed to this version yet" in shown
    assert "Of version 1, made on November 23, 2026" in shown
    assert "Before you use this plan" not in shown
