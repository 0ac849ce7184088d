"""What each fact does alone and what facts do together, shown to a clinician and compared with what was read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.driver import too_wide
from tests.support import shipped
from trellis.cli.options import Exit
from trellis.prove.readings import read_readings
from trellis.say import Say

Invoke = Callable[..., Result]
READINGS = Path(__file__).parent.parent / "readings"
ALONE, PAIRS = READINGS / "alone.yaml", READINGS / "pairs.yaml"


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_row_tells_what_is_placed_held_seen_shown_and_offered(lang: str, invoke: Invoke) -> None:
    text = invoke("check", "--alone", "--fact", "harm.suicide_thoughts", "--lang", lang).stdout
    kb, shown = shipped(), flat(text)
    assert too_wide(text) == []
    for step in kb.facts["harm.suicide_thoughts"].scale[1:]:
        assert flat(step.in_language(lang)) in shown
    assert kb.settings["php"].name.in_language(lang) in shown
    assert kb.responses["emergency_department"].name.in_language(lang) in shown
    assert kb.evaluators["mental_health_professional"].name.in_language(lang) in shown
    assert kb.urgent["suicide"].title.in_language(lang) in shown
    assert kb.services["means_safety"].name.in_language(lang) in shown
    assert Say(lang)("readings.alone_nobody") in shown
    assert "suicide-danger" in shown


def test_all_rows_come_out_as_they_were_read(invoke: Invoke) -> None:
    result = invoke("check", "--alone", "--against", str(ALONE))
    assert result.exit_code == Exit.FINE
    assert "rows come out as they were read" in flat(result.stdout)
    assert "not clinically read" in flat(result.stdout)


def test_what_was_read_stands_beside_what_comes_out(invoke: Invoke) -> None:
    shown = flat(invoke("check", "--alone", "--against", str(ALONE), "--fact", "environment.housing").stdout)
    (read,) = [one.read for one in read_readings(ALONE).rows if one.key == ("environment.housing", "homeless")]
    assert flat(read.remark) in shown
    assert f"Read: {read.verdict}" in shown


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A reading of other content: one row came out otherwise then."""
    path = tmp_path / "alone.yaml"
    text = ALONE.read_text(encoding="utf-8")
    old = "  - alone: {environment.access: hard}\n    comes_out: {now: [self_management], next: [self_management]}\n"
    assert text.count(old) == 1
    path.write_text(text.replace(old, old.replace("[self_management]", "[iop]")), encoding="utf-8")
    return path


def test_a_row_that_comes_out_otherwise_is_told_and_ends_with_3(changed: Path, invoke: Invoke) -> None:
    result = invoke("check", "--alone", "--against", str(changed))
    assert result.exit_code == Exit.FOUND
    assert (
        "environment.access: hard comes out otherwise than it was read: now: read [iop], found [self_management]"
        in (flat(result.stdout))
    )
    other = invoke("check", "--alone", "--against", str(changed), "--fact", "harm.violence")
    assert other.exit_code == Exit.FINE


def test_written_anew_it_is_unread_and_keeps_its_remark_until_somebody_reads_it(changed: Path, invoke: Invoke) -> None:
    result = invoke("check", "--alone", "--against", str(changed), "--write")
    assert result.exit_code == Exit.FOUND
    assert "1 of them unread" in flat(result.stdout)
    (row,) = [one for one in read_readings(changed).rows if one.key == ("environment.access", "hard")]
    assert (row.read.verdict, row.comes_out["now"]) == ("unread", ("self_management",))
    assert row.read.remark.startswith("Before it changed (2026-11-30): right.")
    again = invoke("check", "--alone", "--against", str(changed))
    assert again.exit_code == Exit.FOUND
    assert "has not been read" in flat(again.stdout)


def test_the_first_time_a_file_is_written_with_every_row_unread(tmp_path: Path, invoke: Invoke) -> None:
    path = tmp_path / "new.yaml"
    assert invoke("check", "--alone", "--against", str(path), "--write").exit_code == Exit.FOUND
    assert {one.read.verdict for one in read_readings(path).rows} == {"unread"}
    assert invoke("check", "--alone", "--against", str(tmp_path / "no" / "x.yaml"), "--write").exit_code == (
        Exit.WRONG_INPUT
    )


def test_the_rows_are_plain_values_for_a_program(changed: Path, invoke: Invoke) -> None:
    told = json.loads(invoke("check", "--alone", "--json", "--fact", "mental.psychosis").stdout)
    assert set(told) == {"rows"}
    assert {tuple(row["alone"].items()) for row in told["rows"]} >= {(("mental.psychosis", "acute"),)}
    assert any(row["who"] == [{"pregnancy": ["postpartum"], "age": ["adult"]}] for row in told["rows"])
    compared = json.loads(invoke("check", "--alone", "--json", "--against", str(changed)).stdout)
    assert [one["kind"] for one in compared["differs"]] == ["changed"]


@pytest.mark.parametrize(
    "given",
    [
        ("--against", str(ALONE)), ("--fact", "harm.violence"), ("--alone", "--write"),
        ("--alone", "--write", "--against", "x.yaml", "--fact", "harm.violence"),
        ("--alone", "--pairs", str(PAIRS)),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(given: tuple[str, ...], invoke: Invoke) -> None:
    assert invoke("check", *given).exit_code == Exit.USAGE


@pytest.mark.parametrize("lang", ["en", "es"])
def test_pairs_are_shown_with_what_their_source_asks(lang: str, invoke: Invoke) -> None:
    result = invoke("check", "--pairs", str(PAIRS), "--lang", lang)
    assert result.exit_code == Exit.FINE
    assert too_wide(result.stdout) == []
    assert "thoughts-and-means-not-secured" in result.stdout


def test_a_pair_that_fails_ends_with_3(tmp_path: Path, invoke: Invoke) -> None:
    path = tmp_path / "pairs.yaml"
    path.write_text(
        "about: Planted.\npairs:\n  - {id: planted, facts: {harm.violence: threats}, because: Planted.,\n"
        "     on: 2026-11-30,\n"
        "     sources: [{ref: mccarty-2014}], expect: {now: {at_least: php}}}\n",
        encoding="utf-8",
    )
    result = invoke("check", "--pairs", str(path))
    assert result.exit_code == Exit.FOUND
    assert "Fails: now: at_least php was expected, found outpatient." in flat(result.stdout)
    told = json.loads(invoke("check", "--pairs", str(path), "--json").stdout)
    assert told["pairs"][0]["fails"]
