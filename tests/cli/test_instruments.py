"""Instruments on the command line."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml12
from typer.testing import Result

import trellis
from tests.cli.driver import too_wide
from tests.prove.planting import copy
from tests.support import shipped
from trellis.instruments import score

Invoke = Callable[..., Result]
CALM = [f"{n}=0" for n in range(1, 9)]


def test_the_list_names_every_instrument_with_form_and_licence(invoke: Invoke) -> None:
    printed = invoke("instruments").output
    for name, instrument in shipped().instruments.items():
        assert f"{name}: " in printed
        assert instrument.short in printed
    assert "Only its total can be recorded. Licence: restricted." in printed
    assert not too_wide(printed)
    rows = json.loads(invoke("instruments", "--json").output)
    assert {row["id"]: row["form"] for row in rows} == {i.id: i.form for i in shipped().instruments.values()}


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", sorted(shipped().instruments))
def test_each_is_shown_in_full_within_80_columns(name: str, lang: str, invoke: Invoke) -> None:
    result = invoke("instrument", name, "--lang", lang)
    assert (result.exit_code, too_wide(result.output)) == (0, [])
    printed = " ".join(result.output.split())
    instrument = shipped().instruments[name]
    for scale in instrument.scales:
        for band in scale.bands:
            assert band.name.in_language(lang) in printed
    for item in instrument.items:
        assert f"[{item.id}]" in printed
    assert " ".join(instrument.licence.credit.split()[:4]) in printed


def test_one_in_full_says_what_it_leads_to_and_where_that_comes_from(invoke: Invoke) -> None:
    printed = " ".join(invoke("instrument", "phq9").output.split())
    for words in (
        "Licence: free to use",
        "No permission required to reproduce",
        "from 15: Moderately severe",
        "The score Total is taken as input.phq9.",
        "Item [9] from 1: harm.suicide_thoughts is at least",
        "a low score clears nothing",
        "Kroenke K",
        "https://",
    ):
        assert words in printed


def test_a_name_that_is_not_known_is_told_with_the_nearest(invoke: Invoke) -> None:
    result = invoke("score", "phq8", "1=1")
    assert result.exit_code == 1
    assert "[phq8] is not known. Did you mean" in result.output


def test_a_whole_form_shows_total_band_and_what_it_gives(invoke: Invoke) -> None:
    result = invoke("score", "phq9", *CALM, "9=0")
    assert result.exit_code == 0
    assert "Total: 0 (of 0 to 27): Minimal" in result.output
    assert "input.phq9: 0" in result.output
    assert "Item 9" not in result.output


def test_missing_items_show_what_is_still_possible_and_what_must_be_asked(invoke: Invoke) -> None:
    printed = " ".join(invoke("score", "phq9", *CALM[:7], "8=?").output.split())
    assert "Total: between 0 and 6 (of 0 to 27), as items are missing. Still possible: Minimal; Mild" in printed
    assert "Missing, and not counted as zero: [8], [9]." in printed
    assert "Please ask: [9] Thoughts of being better off dead" in printed


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_danger_comes_before_everything_else(role: str, lang: str, invoke: Invoke) -> None:
    result = invoke("score", "phq9", *CALM, "9=1", "--role", role, "--lang", lang)
    assert result.exit_code == 5
    title = shipped().urgent["suicide"].title.in_language(lang).upper()
    assert result.output.index(title) < result.output.index("988") < result.output.index("PHQ-9")
    critical = shipped().instruments["phq9"].critical[0].says.for_role(role).in_language(lang)
    assert critical in " ".join(result.output.split())


def test_json_holds_the_same(invoke: Invoke) -> None:
    found = json.loads(invoke("score", "phq9", "1=2", "9=1", "--json").output)
    assert found["scales"]["total"]["possible"] == list(range(3, 25))
    assert found["scales"]["total"]["total"] is None
    assert (found["urgent"], found["critical"]) == (["suicide"], ["9"])
    assert found["facts"]["harm.suicide_thoughts"] == {"value": "wish", "source": "PHQ-9, item 9", "at_least": True}


def test_totals_are_typed(invoke: Invoke) -> None:
    assert "Total: 4 (of 0 to 10): Moderate" in invoke("score", "dast_10", "--total", "4").output
    two = invoke("score", "taps", "--total", "alcohol=2", "--total", "cannabis=0").output
    assert "higher risk" in two.lower()
    assert "Please ask: [9]" in " ".join(invoke("score", "phq9", "--total", "3").output.split())


def test_a_file_holds_answers_or_totals(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "filled.yaml"
    file.write_text("instrument: phq2\nanswers: {1: 2, 2: 1}\n", encoding="utf-8")
    assert "Total: 3" in invoke("score", "phq2", str(file)).output
    assert "Total: 3" in invoke("score", "phq2", "-", typed='{"answers": {"1": 2, "2": 1}}').output
    assert "Total: 5" in invoke("score", "phq2", "-", typed="totals: {total: 5}").output


def test_a_file_may_be_a_response_of_a_health_record(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    from trellis.fhir import to_response

    file = tmp_path / "response.json"
    file.write_text(json.dumps(to_response(score(shipped().instruments["phq2"], {"1": 2, "2": 1}))), encoding="utf-8")
    assert "Total: 3" in invoke("score", "phq2", str(file)).output


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (["phq9"], None, "has no answers"),
        (["phq9", "1=2", "--total", "3"], None, "has answers and totals"),
        (["phq9", "1=2", "1=3"], None, "is answered twice"),
        (["phq9", "1=2", "2"], None, "is no answer"),
        (["phq9", "1=x"], None, "is [x]"),
        (["phq9", "nowhere.yaml"], None, "there is no such file"),
        (["phq9", "-"], "- 1", "has no [answers]"),
        (["phq9", "-"], "answers: {1: 1}\nfoo: 2", "has [foo]"),
        (["phq9", "-"], "instrument: gad7\nanswers: {1: 1}", "is of [gad7]"),
        (["phq9", "-"], "totals: {total: 1}\nanswers: {1: 1}", "has answers and totals"),
        (["taps", "--total", "2"], None, "and TAPS has several"),
        (["phq9", "--total", "x"], None, "is [x]"),
        (["dast_10", "1=1"], None, "may be recorded as a total only"),
    ],
)
def test_what_cannot_be_scored_is_told_in_words(
    arguments: list[str], typed: str | None, words: str, invoke: Invoke
) -> None:
    result = invoke("score", *arguments, typed=typed)
    assert result.exit_code == 1
    assert words in " ".join(result.output.split())


def test_answers_join_a_file_which_then_decides(invoke: Invoke, tmp_path: Path) -> None:
    case, joined = tmp_path / "case.yaml", tmp_path / "joined.yaml"
    case.write_text(
        "as_of: 2026-11-23\nplaces: {iop: full}\nanswers: {focus: both, harm.suicide_thoughts: none}\n",
        encoding="utf-8",
    )
    result = invoke("score", "c_ssrs_screener", "2=1", "4=3", "--add", str(case), "--as-of", "2026-11-23")
    assert result.exit_code == 5
    assert "988" in result.stderr
    joined.write_text(result.stdout, encoding="utf-8")
    tree = yaml12.read_yaml(joined)
    assert (str(tree["as_of"]), tree["places"], tree["answers"]["focus"]) == ("2026-11-23", {"iop": "full"}, "both")
    assert [one if isinstance(one, str) else one["value"] for one in tree["answers"]["harm.suicide_thoughts"]] == [
        "none", "intent",
    ]  # fmt: skip
    assert invoke("decide", str(joined)).exit_code == 5


def test_change_is_read_with_its_sources(invoke: Invoke) -> None:
    printed = " ".join(invoke("change", "phq9", "18", "9").output.split())
    for words in ("That is better by 9 points.", "That is so here.", "Löwe B", "[from memory, not yet verified]"):
        assert words in printed
    found = json.loads(invoke("change", "phq9", "18", "9", "--json").output)
    assert (found["reliable"], found["response"], found["remission"]) == ("better", True, False)


def test_change_on_another_score_and_where_nothing_is_known(invoke: Invoke) -> None:
    printed = invoke("change", "bam", "9", "14", "--scale", "protective").output
    assert "That is better by 5 points." in printed
    assert "It is not known here" in printed
    result = invoke("change", "bam", "9", "14", "--scale", "protectiv")
    assert (result.exit_code, "Did you mean protective?" in result.output) == (1, True)


def test_a_chart_is_written_once_for_this_account_and_told_in_words(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    file = tmp_path / "totals.yaml"
    file.write_text("- {date: 2026-01-05, total: 18}\n- {date: 2026-03-02, total: 9}\n", encoding="utf-8")
    for name, start in (("chart.svg", b"<svg"), ("chart.png", b"\x89PNG")):
        out = tmp_path / name
        result = invoke("chart", "phq9", str(file), "--out", str(out), "--lang", "es")
        assert result.exit_code == 0
        assert "5 de enero de 2026: 18 (Moderadamente grave)" in result.output
        assert out.read_bytes().startswith(start)
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
        again = invoke("chart", "phq9", str(file), "--out", str(out))
        assert (again.exit_code, "is there already" in " ".join(again.output.split())) == (1, True)


def test_a_chart_in_words_needs_nothing_to_draw_with(invoke: Invoke) -> None:
    printed = invoke("chart", "phq9", "-", typed='[{"date": "2026-01-05", "total": 18}]').output
    assert "On January 5, 2026 the total was 18 (Moderately severe)." in printed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a: 1", "is no list"),
        ("- 3", "is [3]. Write {date"),
        ("- {date: 2026-13-01, total: 1}", "has the date [2026-13-01]"),
        ("- {date: 2026-01-01, total: 1.5}", "has the total [1.5]"),
        ("- {date: 2026-01-01, total: 99}", "is [99]"),
        ("[]", "has no totals"),
    ],
)
def test_what_cannot_be_charted_is_told_in_words(typed: str, words: str, invoke: Invoke) -> None:
    result = invoke("chart", "phq9", "-", typed=typed)
    assert result.exit_code == 1
    assert words in " ".join(result.output.split())


def test_a_drawing_of_another_kind_is_a_wrong_use(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("chart", "phq9", "-", "--out", str(tmp_path / "a.gif"), typed="[]")
    assert result.exit_code == 2


def test_a_form_goes_out_and_comes_back_as_a_file_that_loads(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    form, root = tmp_path / "form.json", copy(tmp_path)
    form.write_text(invoke("questionnaire", "export", "phq9").stdout, encoding="utf-8")
    ours = root / "instruments" / "ours.yaml"
    result = invoke("questionnaire", "import", str(form), "--id", "ours", "--out", str(ours))
    assert result.exit_code == 0
    assert "Add by hand: bands" in result.stderr
    loaded = trellis.load(root).instruments["ours"]
    assert (loaded.licence.status, loaded.form, loaded.scales[0].high) == ("unconfirmed", "scores_only", 27)


def test_a_form_keeps_its_words_on_a_stated_ground(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    form = invoke("questionnaire", "export", "phq2", "--lang", "es").stdout
    said = ("--licence", "free", "--licence-says", "Agreement of 2026.")
    result = invoke("questionnaire", "import", "-", *said, typed=form)
    assert "Poco interés o placer en hacer cosas" in result.stdout
    assert "Agreement of 2026." in result.stdout
    unsaid = invoke("questionnaire", "import", "-", "--licence", "free", typed=form)
    assert (unsaid.exit_code, "--licence-says" in unsaid.output) == (2, True)


@pytest.mark.parametrize(
    ("typed", "words"), [("[]", "holds no FHIR resource"), ('{"resourceType": "Patient"}', "is [Patient]")]
)
def test_what_is_no_form_is_told_in_words(typed: str, words: str, invoke: Invoke) -> None:
    pytest.importorskip("fhir.resources")
    result = invoke("questionnaire", "import", "-", typed=typed)
    assert result.exit_code == 1
    assert words in " ".join(result.output.split())


@pytest.mark.parametrize(
    "command", ["instruments", "instrument", "score", "change", "chart", "questionnaire export", "questionnaire import"]
)
def test_every_command_has_help_with_examples(command: str, invoke: Invoke) -> None:
    printed = invoke(*command.split(), "--help").output
    assert "Examples:" in printed
    assert not too_wide(printed)
