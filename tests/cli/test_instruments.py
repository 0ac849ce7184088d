"""Instruments on the command line."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml12
from typer.testing import Result

import trellis
from tests.cli.driver import too_wide
from tests.fhir.building import SUM, choice, form, total
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
        (["phq9", "1=--2"], None, "phq9[1]: is [--2]. Its answers score 0, 1, 2, 3"),
        (["phq9", "1=" + "9" * 5000], None, "Its answers score 0, 1, 2, 3"),
        (["phq9", "1=²"], None, "is [²]"),
        (["phq9", "--total", "--3"], None, "is [--3]"),
        (["taps", "--total", "alcohol=1", "--total", "alcohol=2"], None, "taps[alcohol]: is given twice"),
        (["phq9", "-"], "answers: {9: 1, '9': 0}", "has [9] twice"),
        (["phq9", "-"], "answers: {true: 1}", "[true"),
        (["phq9", "-"], "answers: {1: true}", "is [True]"),
        (["phq9", "-"], "answers: {1: .inf}", "is [inf]"),
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


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (["1=7", "9=3"], None),
        (["9=3", "9=0"], None),
        (["9=1", "--total", "3"], None),
        (["9=1", "oops"], None),
        (["-"], "answers: {1: 7, 9: 3}"),
        (["-"], "answers: {9: 3}\nfoo: 1"),
        (["-"], "totals: {total: 1}\nanswers: {9: 2}"),
        (["-"], '{"resourceType": "QuestionnaireResponse", "item": [{"linkId": "1", "answer": [{"valueInteger": 7}]}, '
                '{"linkId": "9", "answer": [{"valueInteger": 3}]}]}'),
    ],
)  # fmt: skip
def test_danger_is_shown_before_what_is_wrong_and_the_command_still_fails(
    arguments: list[str], typed: str | None, invoke: Invoke
) -> None:
    result = invoke("score", "phq9", *arguments, typed=typed)
    assert result.exit_code == 1
    title = shipped().urgent["suicide"].title.in_language("en").upper()
    assert result.output.index(title) < result.output.index("988") < result.output.index("There ")
    assert title in result.stdout
    assert result.stderr.startswith("There ")


def test_danger_in_what_is_refused_is_in_json_too(invoke: Invoke) -> None:
    found = json.loads(invoke("score", "phq9", "1=7", "9=3", "--json").stdout)
    assert [one["id"] for one in found["urgent"]] == ["suicide"]
    assert found["error"]["problems"][0]["where"] == "phq9[1]"


def test_a_file_of_another_instrument_is_read_for_danger_as_that_one(invoke: Invoke) -> None:
    result = invoke("score", "gad7", "-", typed="instrument: phq9\nanswers: {9: 2}")
    assert (result.exit_code, "THOUGHTS OF SUICIDE" in result.stdout) == (1, True)
    result = invoke("score", "phq9", "-", typed="instrument: pcl_5\nanswers: {9: 2}")
    assert (result.exit_code, result.stdout) == (1, "")


def test_danger_is_told_before_a_file_to_join_that_is_not_there(invoke: Invoke) -> None:
    result = invoke("score", "phq9", "9=1", "--add", "nowhere.yaml")
    assert result.exit_code == 1
    assert result.stderr.index("988") < result.stderr.index("there is no such file")
    result = invoke("score", "phq9", "1=7", "9=1", "--add", "nowhere.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.index("988") < result.stderr.index("is [7]")


def test_what_was_not_read_is_told_beside_the_score(invoke: Invoke) -> None:
    pytest.importorskip("fhir.resources")
    rows = [{"linkId": "/44250-9", "answer": [{"valueCoding": {"code": "LA6570-1"}}]},
            {"linkId": "mood", "answer": [{"valueString": "low"}]}]  # fmt: skip
    typed = json.dumps({"resourceType": "QuestionnaireResponse", "item": rows})
    printed = " ".join(invoke("score", "phq9", "-", typed=typed).output.split())
    assert "What was not read, and why - item [mood]: is no question of PHQ-9" in printed
    found = json.loads(invoke("score", "phq9", "-", "--json", typed=typed).output)
    assert [one["where"] for one in found["not_understood"]] == ["item [mood]"]


def test_another_name_of_a_form_is_said_with_an_option(invoke: Invoke) -> None:
    pytest.importorskip("fhir.resources")
    typed = json.dumps(
        {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": "https://a.example/77",
            "item": [{"linkId": "1", "answer": [{"valueInteger": 1}]}],
        }
    )
    assert "--form https://a.example/77" in " ".join(invoke("score", "phq2", "-", typed=typed).output.split())
    assert invoke("score", "phq2", "-", "--form", "https://a.example/77", typed=typed).exit_code == 0


def test_the_name_of_an_item_is_never_taken_for_a_number(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    root = copy(tmp_path)
    ours_ = form(choice("1.1"), choice("1.10"), choice("01"), total(SUM))
    ours = root / "instruments" / "ours.yaml"
    imported = invoke("questionnaire", "import", "-", "--id", "ours", "--out", str(ours), typed=json.dumps(ours_))
    assert "score [total]: adds [1.1, 1.10, 01]: 0 to 9." in " ".join(imported.stderr.split())
    at = ("--knowledge", str(root), "--json")
    result = invoke("score", "ours", "-", *at, typed="answers: {1.10: 3}")
    assert result.exit_code == 1
    assert "quotes" in result.output
    quoted = json.loads(invoke("score", "ours", "-", *at, typed="answers: {'1.10': 3, '01': 2}").output)
    assert quoted["answers"] == {"1.10": 3, "01": 2}


def _joined(invoke: Invoke, case: str, *more: str, typed: str | None = None) -> dict[str, Any]:
    file = ["-"] if typed else ["2=1", "4=3"]
    result = invoke("score", "c_ssrs_screener", *file, "--add", case, *more, typed=typed)
    assert result.exit_code == 5
    return dict(yaml12.parse_yaml(result.stdout))


def test_what_is_joined_has_the_day_it_was_filled_in(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    case = tmp_path / "case.yaml"
    case.write_text("answers: {focus: both}\n", encoding="utf-8")
    today = date.today().isoformat()
    row = {"linkId": "/93249-1", "answer": [{"valueCoding": {"code": "LA33-6"}}]}
    filled = {"resourceType": "QuestionnaireResponse", "authored": "2026-03-02T10:00:00Z", "item": [row]}
    for more, typed, day in (
        ((), None, today),
        (("--as-of", "2026-11-23"), None, "2026-11-23"),
        (("--as-of", "2026-11-23", "--on", "2026-11-20"), None, "2026-11-20"),
        (("--as-of", "2026-11-23"), json.dumps(filled), "2026-03-02"),
        (("--on", "2026-03-01"), json.dumps(filled), "2026-03-01"),
    ):
        added = _joined(invoke, str(case), *more, typed=typed)["answers"]["harm.suicide_thoughts"]
        assert (added["value"], added["date"]) == ("intent", day)
    assert invoke("score", "phq9", "1=1", "--add", str(case), "--on", "tomorrow").exit_code == 2


def test_a_file_moved_to_a_later_day_keeps_the_day_of_what_it_held(invoke: Invoke, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "as_of: 2026-11-01\nanswers:\n  focus: both\n  harm.hopelessness: [{value: yes, date: '2026-10-01'}, 'no']\n"
        "  harm.suicide_thoughts: none\n  commitments.work:\n",
        encoding="utf-8",
    )
    later = _joined(invoke, str(case), "--as-of", "2026-11-23")
    assert str(later["as_of"]) == "2026-11-23"
    assert later["answers"]["focus"] == {"value": "both", "date": "2026-11-01"}
    assert [one["date"] for one in later["answers"]["harm.hopelessness"]] == ["2026-10-01", "2026-11-01"]
    assert [one["date"] for one in later["answers"]["harm.suicide_thoughts"]] == ["2026-11-01", "2026-11-23"]
    earlier = _joined(invoke, str(case))
    assert (str(earlier["as_of"]), earlier["answers"]["focus"]) == ("2026-11-01", "both")
    assert earlier["answers"]["harm.suicide_thoughts"][1]["date"] == "2026-11-01"


def test_what_was_not_read_stands_as_a_comment_in_the_joined_file(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    case = tmp_path / "case.yaml"
    case.write_text("answers: {focus: both}\n", encoding="utf-8")
    rows = [{"linkId": "/44250-9", "answer": [{"valueInteger": 1}]},
            {"linkId": "a\nfocus: mental", "answer": [{"valueString": "low"}]}]  # fmt: skip
    typed = json.dumps({"resourceType": "QuestionnaireResponse", "item": rows})
    printed = invoke("score", "phq9", "-", "--add", str(case), typed=typed).stdout
    assert printed.startswith("# item [a focus: mental]: is no question of PHQ-9")
    assert yaml12.parse_yaml(printed)["answers"]["focus"] == "both"


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
    exported, root = tmp_path / "form.json", copy(tmp_path)
    exported.write_text(invoke("questionnaire", "export", "phq9").stdout, encoding="utf-8")
    ours = root / "instruments" / "ours.yaml"
    result = invoke("questionnaire", "import", str(exported), "--id", "ours", "--out", str(ours))
    assert result.exit_code == 0
    assert "Add by hand: bands" in result.stderr
    loaded = trellis.load(root).instruments["ours"]
    assert (loaded.licence.status, loaded.form, loaded.scales[0].high) == ("unconfirmed", "scores_only", 27)


def test_a_form_keeps_its_words_on_a_stated_ground(invoke: Invoke, tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    spanish = invoke("questionnaire", "export", "phq2", "--lang", "es").stdout
    said = ("--licence", "free", "--licence-says", "Agreement of 2026.")
    result = invoke("questionnaire", "import", "-", *said, typed=spanish)
    assert "Poco interés o placer en hacer cosas" in result.stdout
    assert "Agreement of 2026." in result.stdout
    unsaid = invoke("questionnaire", "import", "-", "--licence", "free", typed=spanish)
    assert (unsaid.exit_code, "--licence-says" in unsaid.output) == (2, True)


def test_what_a_form_leaves_open_is_said_with_options(invoke: Invoke) -> None:
    pytest.importorskip("fhir.resources")
    options = {"1": 1, "2": 2, "dk": 9, "k": 88}
    open_ = json.dumps(form(choice("a", options), choice("b"), choice("c", {"n": None}), total(), language="de"))
    first = " ".join(invoke("questionnaire", "import", "-", typed=open_).output.split())
    assert "--language en or es" in first
    said = ["--language", "en"]
    second = " ".join(invoke("questionnaire", "import", "-", *said, typed=open_).output.split())
    for option in ("--missing dk", "--counts k", "--total all", "--leave-out c"):
        assert option in second
    said += ["--missing", "dk", "--counts", "a=k", "--total", "all", "--leave-out", "c"]
    result = invoke("questionnaire", "import", "-", *said, typed=open_)
    assert (result.exit_code, too_wide(result.stderr)) == (0, [])
    assert "high: 91" in result.stdout
    some = invoke("questionnaire", "import", "-", *said[:6], "--total", "a", "--total", "b", typed=open_)
    assert "high: 91" in some.stdout


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


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("answers: {1: 1, 9: 3}\n---\nanswers: {1: 0}\n", "document"),
        ("answers: {9: 0}\n---\nanswers: {1: 0, 9: 3}\n", "document"),
        ("answers:\n  9: 3\n  9: 0\n", "twice"),
        ("answers:\n  9: 0\n  9: 3\n", "twice"),
    ],
)
def test_danger_in_a_file_that_cannot_be_read_as_a_whole_is_shown_before_the_fault(
    text: str, fault: str, invoke: Invoke, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    result = invoke("score", "phq9", str(file))
    assert result.exit_code == 1
    assert "988" in result.stdout
    assert fault in result.stderr
