"""``trellis evidence``: list, show, pool, plot."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

import trellis
from tests.cli.driver import too_wide
from tests.support import shipped
from trellis.kinds.evidence import Result as Evidence
from trellis.library.knowledge import by_id

Invoke = Callable[..., Result]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", ["list", "show", "pool", "plot"])
def test_help_has_examples_and_fits_the_screen(command: str, invoke: Invoke) -> None:
    result = invoke("evidence", command, "--help")
    assert result.exit_code == 0
    assert f"  trellis evidence {command}" in result.stdout
    assert too_wide(result.stdout) == []


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_every_summary_shows_everything_in_80_columns(lang: str, role: str, invoke: Invoke) -> None:
    kb = shipped()
    for summary in list(kb.summaries.values())[::7]:
        result = invoke("evidence", "show", summary.id, "--lang", lang, "--role", role)
        assert result.exit_code == 0, result.output
        shown = one_line(result.stdout)
        assert one_line(summary.says.for_role(role).in_language(lang)) in shown
        for row in (*summary.results, *summary.against):
            assert row in shown
        for lowered in summary.certainty.lowered:
            assert one_line(lowered.why.in_language(lang)) in shown
        wide = [line for line in too_wide(result.stdout) if "http" not in line]
        assert wide == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_row_shows_its_number_as_published_and_says_when_it_was_not_checked(lang: str, invoke: Invoke) -> None:
    kb = shipped()
    for row in list(kb.results.values())[::13]:
        result = invoke("evidence", "show", row.id, "--lang", lang)
        assert result.exit_code == 0, result.output
        shown = one_line(result.stdout)
        if row.original.value is not None:
            assert f"{row.measure} {row.original.value:.6g}" in shown
        unchecked = "Not verified" if lang == "en" else "Sin verificar"
        assert (unchecked in shown) == (row.verified != "yes")


def test_rows_that_point_another_way_stand_side_by_side(invoke: Invoke) -> None:
    shown = invoke("evidence", "show", "cbt-depression").stdout
    lines = shown.splitlines()
    place = next(number for number, line in enumerate(lines) if "side by side" in line)
    assert lines[place + 1].split("|")[0].strip() == "E001"
    assert lines[place + 1].split("|")[1].strip() == "E006"


def test_of_100_names_both_groups_the_time_and_the_source_of_the_base_rate(invoke: Invoke) -> None:
    kb = shipped()
    frequency = kb.summaries["cbt-depression"].frequency
    assert frequency is not None
    assert frequency.base is not None
    shown = one_line(invoke("evidence", "show", "cbt-depression").stdout)
    assert "of 100 people" in shown
    assert one_line(frequency.time.en) in shown
    assert f"The comparison number: {frequency.base.per_100:g} of 100" in shown
    assert kb.sources[frequency.base.sources[0].ref].link in shown


def test_a_row_as_json_has_one_direction(invoke: Invoke) -> None:
    found = json.loads(invoke("evidence", "show", "E156", "--json").stdout)
    assert found["original"] == {"value": 0.68, "low": 0.57, "high": 0.81}
    assert found["benefit"] > 0
    assert found["interval"][0] > 0
    assert found["source"]["link"].startswith("http")


def test_the_list_keeps_to_what_was_asked(invoke: Invoke) -> None:
    found = json.loads(invoke("evidence", "list", "--approach", "cbt", "--condition", "depression", "--json").stdout)
    assert {row["approach"] for row in found["results"]} == {"cbt"}
    assert {row["condition"] for row in found["results"]} == {"depression"}
    assert "cbt-depression" in {summary["id"] for summary in found["summaries"]}
    everything = json.loads(invoke("evidence", "list", "--json").stdout)
    assert len(everything["results"]) == len(shipped().results)


def test_only_verified_leaves_out_what_was_not_checked(invoke: Invoke) -> None:
    found = json.loads(invoke("evidence", "list", "--verified-only", "--json").stdout)
    assert {row["verified"] for row in found["results"]} == {"yes"}
    assert all(row["verified"] == "yes" for summary in found["summaries"] for row in summary["rows"])


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_the_list_fits_the_screen(lang: str, role: str, invoke: Invoke) -> None:
    result = invoke("evidence", "list", "--about", "use", "--lang", lang, "--role", role)
    assert result.exit_code == 0
    assert too_wide(result.stdout) == []


def test_pooling_says_the_number_and_its_direction(invoke: Invoke) -> None:
    result = invoke("evidence", "pool", "landenberger2005", "--method", "dl")
    assert "OR 1.53 (1.35 to 1.73): more than 1 favours the approach." in result.stdout
    assert "I2 73.3 % (Higgins and Thompson, from Q)" in one_line(result.stdout)
    assert too_wide(result.stdout) == []


def test_two_studies_that_differ_widely_are_not_said_to_agree(invoke: Invoke) -> None:
    shown = one_line(invoke("evidence", "pool", "landenberger2005", "--where", "sessions=3.5").stdout)
    assert "OR 2.57 (0.00 to 2759.77)" in shown
    assert "The studies agree" not in shown
    assert "narrower" not in shown


def test_pooling_with_everything(invoke: Invoke) -> None:
    arguments = ("--by", "design", "--moderator", "sessions", "--leave-one-out", "--lang", "es")
    result = invoke("evidence", "pool", "landenberger2005", *arguments)
    shown = one_line(result.stdout)
    assert "rct (19): OR 1.38 (1.16 a 1.65)" in shown
    assert "sessions: 0.069" in shown
    assert "Goldstein (1989), 2: OR" in shown
    assert "Prueba de Egger" in shown
    assert too_wide(result.stdout) == []


def test_pooling_as_json_gives_ratios_back_from_their_logarithms(invoke: Invoke) -> None:
    arguments = ("--where", "design=rct", "--leave-one-out", "--moderator", "sessions", "--json")
    found = json.loads(invoke("evidence", "pool", "landenberger2005", *arguments).stdout)
    assert found["shown"]["effect"] == pytest.approx(1.382, abs=5e-4)
    assert found["pooled"]["methods"][0] == "reml"
    assert len(found["leave_one_out"]) == len(found["studies"]) == 19
    assert found["regression"]["k"] == 19


def test_overlapping_reviews_are_refused_and_told_why(invoke: Invoke) -> None:
    result = invoke("evidence", "pool", "E158", "E162")
    assert result.exit_code == 1
    assert "summarise overlapping studies" in one_line(result.output)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "E0O1"), "[E0O1] is not known."),
        (("list", "--approach", "cbtt"), "[cbtt] is not known. Did you mean cbt?"),
        (("list", "--about", "usee"), "Did you mean use?"),
        (("pool", "landenberger"), "Did you mean landenberger2005?"),
        (("pool", "landenberger2005", "--where", "rct"), "[rct] has no value."),
        (("pool", "E158", "E159", "--by", "design"), "are single results, without columns."),
        (("pool", "landenberger2005", "--method", "common", "--interval", "hk"), "does not go with a common effect"),
        (("plot", "landenberger2005", "--out", "a.pdf"), "[a.pdf] is no drawing."),
        (("plot", "nothing", "--out", "a.svg"), "[nothing] is not known."),
    ],
)
def test_a_wrong_word_is_told_in_words(arguments: tuple[str, ...], words: str, invoke: Invoke) -> None:
    result = invoke("evidence", *arguments)
    assert result.exit_code == 1
    assert words in one_line(result.output)


def test_a_plot_is_saved_and_told_as_a_table(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "forest.svg"
    asked = ("evidence", "plot", "landenberger2005", "--out", str(out), "--where", "country=UK")
    result = invoke(*asked)
    assert result.exit_code == 0, result.output
    assert 'role="img"' in out.read_text(encoding="utf-8")
    assert "Friendship (2003)" in result.stdout
    again = invoke(*asked)
    assert again.exit_code == 1
    assert "is there already" in one_line(again.output)
    assert invoke(*asked, "--force").exit_code == 0


def test_a_funnel_as_png(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "funnel.png"
    result = invoke(
        "evidence", "plot", "landenberger2005", "--out", str(out), "--kind", "funnel", "--where", "design=rct"
    )
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_place_that_cannot_be_written_is_told(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "no" / "forest.svg"
    result = invoke("evidence", "plot", "landenberger2005", "--out", str(out), "--where", "country=UK")
    assert result.exit_code == 1
    assert "could not be written" in one_line(result.output)


def a_trial(name: str, **changes: object) -> Evidence:
    """An invented trial, from a real row."""
    told = shipped().results["E116"].model_dump() | {"id": name, "verified": "yes", "note": None} | changes
    return Evidence.model_validate(told)


def test_two_trials_may_be_pooled_with_their_sources(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = shipped()
    rows = [a_trial("E901"), a_trial("E902", source=kb.results["E156"].source)]
    monkeypatch.setattr(trellis, "load", lambda *_, **__: kb.with_changes(results=by_id(rows)))
    result = invoke("evidence", "pool", "E901", "E902", "--method", "common")
    assert result.exit_code == 0, result.output
    assert "OR 2.70 (1.41 to 5.17): more than 1 favours the approach." in one_line(result.stdout)
    for row in rows:
        assert kb.sources[row.source].link in one_line(result.stdout)
    found = json.loads(invoke("evidence", "pool", "E901", "E902", "--json").stdout)
    assert [study["label"] for study in found["studies"]] == ["E901", "E902"]


def holding(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The shipped knowledge with another table of studies."""
    kb = shipped().with_changes()
    other = replace(kb, files={**kb.files, kb.datasets["landenberger2005"].file: text})
    monkeypatch.setattr(trellis, "load", lambda *_, **__: other)


def test_studies_left_out_and_zeros_are_told(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = shipped()
    file = kb.datasets["landenberger2005"].file
    head, *lines = kb.files[file].splitlines()
    nobody = lines[0].replace("Guerra (1990)", "Nobody (2000)").replace(",23,29,10,19,", ",0,29,0,19,")
    zero = lines[0].replace("Guerra (1990)", "Zero (2001)").replace(",23,29,10,19,", ",5,29,0,19,")
    holding(monkeypatch, "\n".join([head, *lines[:4], nobody, zero]))
    shown = one_line(invoke("evidence", "pool", "landenberger2005", "--method", "common").stdout)
    assert "Left out: Nobody (2000). Nobody in either group had the event" in shown
    assert "0.5 was added to each count of studies with a zero: Zero (2001)." in shown
    assert "With fewer than 10 studies this says little." in shown


def test_agreement_beyond_chance_and_no_spread_are_told(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = shipped()
    file = kb.datasets["landenberger2005"].file
    head, *lines = kb.files[file].splitlines()
    same = [
        lines[0]
        .replace("Guerra (1990)", f"Same ({2000 + number})")
        .replace(",23,29,", f",23,{29 + number},")
        .replace(",12.0,1.0,1.0,", f",12.0,{number}.0,1.0,")
        for number in (1, 2, 3)
    ]
    holding(monkeypatch, "\n".join([head, *same]))
    shown = one_line(invoke("evidence", "pool", "landenberger2005", "--moderator", "sessions").stdout)
    assert "this interval is narrower than the plain one" in shown
    assert "There was no spread to account for." in shown
