"""``trellis directory``: what somebody types, what they read, and that a wrong file never ends in a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.driver import too_wide
from tests.directory.support import EXAMPLE, FILES

Invoke = Callable[..., Result]

TEEN = "as_of: 2026-11-30\nanswers: {focus: both, age: adolescent, use.alcohol: severe, mental.depression: moderate}\n"
DANGER = "as_of: 2026-11-30\nanswers: {age: adolescent, harm.suicide_thoughts: plan}\n"
HERE = "38.03,-78.48"


@pytest.fixture
def at(tmp_path: Path, invoke: Invoke) -> Callable[..., Result]:
    """The command on a directory of its own."""

    def call(command: str, *arguments: str, typed: str | None = None) -> Result:
        option = () if command == "template" else ("--directory", str(tmp_path / "places.sqlite"))
        result = invoke("directory", command, *arguments, *option, typed=typed)
        assert "Traceback" not in result.output
        assert "A fault in Trellis" not in result.output, result.output
        return result

    return call


def test_a_county_takes_its_table_in_searches_it_and_writes_it_again(at: Invoke, tmp_path: Path) -> None:
    taken = at("import", str(EXAMPLE), "--as-of", "2026-11-30")
    assert (taken.exit_code, taken.stdout.splitlines()[0]) == (0, "Read 6 rows: 6 taken, 0 in part, 0 left out.")
    found = at("search", "-", "--near", HERE, typed=TEEN)
    assert found.exit_code == 0
    assert "Example Creek Recovery" in found.stdout
    assert at("export", str(tmp_path / "out.csv")).exit_code == 0
    again = at("import", str(tmp_path / "out.csv"), "--as-of", "2026-11-30")
    assert "0 new" in again.stdout


@pytest.mark.parametrize("lang", ["en", "es"])
def test_all_of_it_fits_a_terminal_in_both_languages(at: Invoke, lang: str) -> None:
    at("import", str(EXAMPLE), str(EXAMPLE))
    for command in (("search", "-", "--near", HERE), ("check",), ("merge",), ("undo",), ("template", "--explain")):
        result = at(*command, "--lang", lang, typed=TEEN)
        assert result.exit_code in (0, 3)
        assert too_wide(result.stdout) == []


def test_danger_is_shown_before_any_place(at: Invoke) -> None:
    at("import", str(EXAMPLE))
    shown = at("search", "-", "--near", HERE, typed=DANGER).stdout
    assert 0 <= shown.index("988") < shown.index("Places for")
    assert json.loads(at("search", "-", "--json", typed=DANGER).stdout)["urgent"][0]["id"] == "suicide"


def test_a_program_reads_points_with_the_needs_that_ask(at: Invoke) -> None:
    at("import", str(EXAMPLE))
    told = json.loads(at("search", "-", "--near", HERE, "--limit", "6", "--json", typed=TEEN).stdout)
    assert told["wanted"]["settings"]
    assert [place["fit"] for place in told["places"]] == sorted(
        (place["fit"] for place in told["places"]), key=["meets", "may", "lacks"].index
    )
    lacking = [point for place in told["places"] for point in place["lacks"]]
    assert all({"kind", "id", "needs"} <= set(point) for point in lacking)


def test_rows_left_out_give_their_own_exit_code_and_are_told(at: Invoke, tmp_path: Path) -> None:
    result = at("import", str(FILES / "findtreatment.json"))
    assert result.exit_code == 3
    assert "findtreatment.json: row 4: has no name." in result.stdout
    assert "Nothing is lost" in result.stdout
    assert (tmp_path / "places.sqlite.findtreatment.left-out.jsonl").is_file()


def test_a_list_with_names_of_its_own_is_read_by_a_file_of_its_own(at: Invoke, tmp_path: Path) -> None:
    (tmp_path / "state.csv").write_text("Facility,Level\nExample House,3.5;9.9\n", encoding="utf-8")
    (tmp_path / "state.yaml").write_text(
        "format: csv\nfields: {Facility: name}\nterms:\n  - {in: Level, says: ['3.5'], means: [residential_high]}\n",
        encoding="utf-8",
    )
    result = at("import", str(tmp_path / "state.csv"), "--list", str(tmp_path / "state.yaml"), "--json")
    report = json.loads(result.stdout)
    assert (report["taken"], report["not_understood"]) == (1, [{"in": "Level", "says": "9.9", "times": 1}])
    assert "Example House" in at("search", "--setting", "residential_high").stdout


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("format: csv\nterms: [{in: L, says: [x], means: [iopp]}]", "[iopp] is no feature"),
        ("format: csv\nfields: {A: nmae}", "[nmae] is no field"),
        ("format: xml", "format"),
        ("- a", "does not hold a mapping"),
        ("format: csv\nformat: csv", "has [format] twice"),
    ],
)
def test_a_wrong_file_of_words_is_told(at: Invoke, tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "l.yaml").write_text(written, encoding="utf-8")
    result = at("import", str(EXAMPLE), "--list", str(tmp_path / "l.yaml"))
    assert result.exit_code == 1
    assert says in " ".join(result.output.split())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"{",
        b"[]",
        b"[1, 2]",
        b'{"rows": [null, 5]}',
        b"name\n",
        b'name\n"',
        b"\xff\xfe",
        b"a,b\n1,2\n",
    ],
)
def test_a_wrong_file_is_told_and_makes_no_place(at: Invoke, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wrong"
    path.write_bytes(content)
    result = at("import", str(path))
    assert result.exit_code in (0, 1, 3)
    if result.exit_code == 1:
        assert "problem" in result.output
    assert json.loads(at("check", "--json").stdout)["places"] == 0


def test_wrong_uses_are_told_with_a_way_out(at: Invoke, tmp_path: Path) -> None:
    assert "makes a directory" in " ".join(at("search", "--setting", "iop").output.split())
    at("import", str(EXAMPLE))
    for arguments, says in (
        (("search",), "one of the two"),
        (("search", "--setting", "detoxx"), "is no kind of care"),
        (("search", "--setting", "iop", "--near", "Atlantis"), "Give a ZIP code"),
        (("search", "--setting", "iop", "--language", "Klingon"), "is not known here"),
        (("merge", "one"), "Give two ids"),
        (("merge", "one", "two"), "is no place of this directory"),
        (("undo", "one"), "was not joined"),
        (("export", str(tmp_path / "a.xlsx")), "give .csv or .json"),
        (("export", str(EXAMPLE)), "is there already"),
        (("import", str(tmp_path / "no.csv")), "cannot be read"),
        (("import", str(EXAMPLE), "--source", "../out"), "is no name of a list"),
    ):
        result = at(*arguments)
        assert result.exit_code in (1, 2), arguments
        assert says in " ".join(result.output.replace("│", " ").split()), arguments


def test_two_entries_are_joined_and_taken_apart_by_their_ids(at: Invoke, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "name,street,zip\nExample House,10 Main St,22902\nExample House Inc,10 Main Street,22902\n", encoding="utf-8"
    )
    at("import", str(tmp_path / "a.csv"))
    (double,) = json.loads(at("merge", "--json").stdout)
    assert at("merge", double["kept"], double["merged"]).exit_code == 0
    assert json.loads(at("check", "--json").stdout)["places"] == 1
    assert "is joined" in at("merge", double["kept"], double["merged"]).output
    assert at("undo", double["merged"]).exit_code == 0
    assert json.loads(at("check", "--json").stdout)["places"] == 2
    assert json.loads(at("merge", "--json").stdout) == []


def test_the_template_is_a_table_that_can_be_taken_in(at: Invoke, tmp_path: Path) -> None:
    header = at("template").stdout.strip().split(",")
    (tmp_path / "t.csv").write_text(
        ",".join(header) + "\n" + ",".join("A" if name == "name" else "" for name in header) + "\n", encoding="utf-8"
    )
    assert at("import", str(tmp_path / "t.csv")).exit_code == 0
