"""Taking lists in: corrections stay over a refresh, doubles are joined and taken apart, and no row is ever lost."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from pathlib import Path

import pytest

from tests.directory.support import AS_OF, EXAMPLE, FILES, directory, table, taken
from tests.support import shipped
from trellis.directory import Directory, DirectoryError, Merge, find_doubles
from trellis.directory.exporting import to_table
from trellis.errors import AnswerError

NATIONAL = FILES / "findtreatment.json"


def told_aside(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_list_is_taken_in_and_what_was_not_taken_is_kept_beside(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        report = taken(opened, NATIONAL)
        assert (report.rows, report.taken, report.in_part, report.left_out, report.new) == (4, 3, 0, 1, 3)
        assert report.not_understood == {("SET", "A setting nobody knows"): 1}
        assert report.side_file is not None
        (one,) = told_aside(report.side_file)
        assert one["taken"] == "no"
        assert "has no name" in one["problems"][0]
        assert json.loads(one["row"])["street1"] == "9 Nowhere Road"


def test_the_two_entries_of_one_place_are_joined_and_say_all_that_both_say(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        assert taken(opened, NATIONAL).merged == 1
        (place,) = [one for one in opened if one.text("name") == "Example Creek Recovery"]
        assert place.has("buprenorphine")
        assert place.has("adolescents")
        (merge,) = opened.merges
        with opened.writing():
            opened.undo_merge(merge)
            opened.index_all([merge.merged, merge.kept])
        assert len([one for one in opened if one.text("name") == "Example Creek Recovery"]) == 2
        assert taken(opened, NATIONAL).merged == 0, "what somebody took apart stays apart"


def test_a_refresh_keeps_what_the_site_corrected_and_brings_the_rest(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, NATIONAL)
        (place,) = [one for one in opened if one.text("name") == "Placeholder House"]
        mended = {"id": place.id, "name": "Placeholder House", "phone": "540-555-0199", "services": "buprenorphine"}
        report = taken(opened, table(tmp_path / "own.csv", mended))
        assert (report.new, report.changed) == (0, 1)
        plain = json.loads(NATIONAL.read_text(encoding="utf-8"))
        plain["rows"][2]["phone"] = "540-555-0111"
        plain["rows"][2]["city"] = "New Testburg"
        (tmp_path / "newer.json").write_text(json.dumps(plain), encoding="utf-8")
        taken(opened, tmp_path / "newer.json")
        place = opened.get(place.id) or place
        assert place.text("phone") == "540-555-0199"
        assert place.has("buprenorphine") is True
        assert place.text("city") == "New Testburg", "what the site did not correct follows the list"
        assert {one.value for one in place.beside if one.what == "phone"} == {"540-555-0111"}


def test_a_table_that_was_exported_and_not_changed_corrects_nothing(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, NATIONAL)
        (tmp_path / "back.csv").write_text("".join(to_table(opened.terms, opened)), encoding="utf-8")
        before = {one.id: dict(one.said) for one in opened}
        assert taken(opened, tmp_path / "back.csv").new == 0
        assert {one.id: dict(one.said) for one in opened} == before


def test_reading_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, EXAMPLE)
        report = taken(opened, EXAMPLE)
        assert (report.new, report.changed, report.same) == (0, 0, 6)
        assert len(opened) == 6


def test_a_correction_of_ones_own_row_takes_the_place_of_what_it_said(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, EXAMPLE)
        text = "".join(to_table(opened.terms, opened)).replace("434-555-0101", "434-555-0199")
        (tmp_path / "mended.csv").write_text(text, encoding="utf-8")
        report = taken(opened, tmp_path / "mended.csv")
        assert (report.new, report.changed, report.same) == (0, 1, 5)
        (place,) = [one for one in opened if one.text("name") == "Example Creek Recovery"]
        assert place.text("phone") == "434-555-0199"
        assert not place.beside
        assert len(opened) == 6


def test_what_a_whole_list_has_no_more_is_marked_and_stays(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, table(tmp_path / "a.csv", {"name": "A"}, {"name": "B"}))
        report = taken(opened, table(tmp_path / "a.csv", {"name": "A"}), whole=True)
        assert report.gone == 1
        gone = {one.text("name"): one.gone for one in opened}
        assert gone == {"A": "", "B": AS_OF.isoformat()}
        taken(opened, table(tmp_path / "a.csv", {"name": "B"}))
        assert {one.text("name"): one.gone for one in opened} == {"A": "", "B": ""}


def test_a_part_of_a_list_marks_nothing(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, table(tmp_path / "a.csv", {"name": "A"}, {"name": "B"}))
        assert taken(opened, table(tmp_path / "b.csv", {"name": "A"})).gone == 0


def test_a_row_that_is_there_twice_is_told_and_kept_aside(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        report = taken(opened, table(tmp_path / "a.csv", {"name": "A"}, {"name": "A"}))
        assert (report.taken, report.left_out) == (1, 1)
        assert "is there twice: its first row is a.csv:2" in str(report.problems[0])


def test_what_looks_like_one_place_is_shown_and_not_joined_unasked(tmp_path: Path) -> None:
    rows = (
        {"name": "Example House", "street": "10 Main St", "zip": "22902"},
        {"name": "Example House Inc", "street": "10 Main Street", "zip": "22902"},
        {"name": "Other Clinic", "street": "10 Main Street", "zip": "22902"},
    )
    with directory(tmp_path) as opened:
        assert taken(opened, table(tmp_path / "a.csv", *rows)).merged == 0
        (double,) = find_doubles(opened)
        with opened.writing():
            opened.merge(Merge(double.merged, double.kept, "2026-11-30", "by hand"))
            opened.index_all([double.merged, double.kept])
        assert len(opened) == 2
        assert opened.get(double.merged) == opened.get(double.kept)


def test_where_the_rows_left_out_cannot_be_written_nothing_is_taken(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        with pytest.raises(AnswerError, match="cannot be written"):
            taken(opened, NATIONAL, left_out=tmp_path / "no such folder" / "aside")
        assert len(opened) == 0
        assert opened.sources == ()


def test_an_import_that_breaks_off_leaves_all_as_it_was(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, EXAMPLE)
        before = [one.id for one in opened]

        def breaks_off(rows: int) -> None:
            raise KeyboardInterrupt

        many = [{"name": f"Place {number}"} for number in range(600)]
        with pytest.raises(KeyboardInterrupt):
            taken(opened, table(tmp_path / "many.csv", *many), progress=breaks_off)
        assert [one.id for one in opened] == before


def test_files_of_two_forms_are_not_taken_as_one_list(tmp_path: Path) -> None:
    with directory(tmp_path) as opened, pytest.raises(AnswerError, match="are of different forms"):
        taken(opened, NATIONAL, EXAMPLE)


@pytest.mark.parametrize("what", ["text", "other database", "newer", "folder"])
def test_a_file_that_is_no_directory_is_refused_and_left_as_it_is(tmp_path: Path, what: str) -> None:
    path = tmp_path / "places.sqlite"
    if what == "text":
        path.write_text("not a database at all, only words" * 50, encoding="utf-8")
    elif what == "folder":
        path.mkdir()
    else:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE t (a)")
            if what == "newer":
                other.execute(f"PRAGMA application_id = {0x54524C44}")
                other.execute("PRAGMA user_version = 99")
        other.close()
    before = None if what == "folder" else path.read_bytes()
    with pytest.raises(DirectoryError):
        Directory(path, shipped(), create=True)
    assert before is None or path.read_bytes() == before


def test_a_directory_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match="is not there"):
        Directory(tmp_path / "places.sqlite", shipped())
    assert not (tmp_path / "places.sqlite").exists()


def test_no_file_is_left_behind(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, NATIONAL)
    assert sorted(os.listdir(tmp_path)) == ["places.sqlite", "places.sqlite.findtreatment.left-out.jsonl"]


# --- 5,000 damaged rows in the issue; here fewer, by the same hand ---

DAMAGES = 400


def damaged(row: bytes, chance: random.Random) -> bytes:
    """A row with something wrong in it: cut, doubled, bytes changed, marks and separators put in or taken out."""
    body = row.rstrip(b"\n")
    kind = chance.randrange(7)
    at = chance.randrange(len(body))
    if kind == 0:
        body = body[:at]
    elif kind == 1:
        body = body[:at] + bytes([chance.randrange(256)]) + body[at:]
    elif kind == 2:
        body = body[:at] + b'"' + body[at:]
    elif kind == 3:
        body = body[:at] + b"," * chance.randrange(1, 4) + body[at:]
    elif kind == 4:
        body = body.replace(b",", b"", chance.randrange(1, 4))
    elif kind == 5:
        body = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 60)))
    else:
        body = body[:at] + b"\x00\xff" + body[at + 1 :]
    return body.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n"


@pytest.mark.parametrize("seed", [1, 2])
def test_of_many_damaged_rows_none_is_lost_and_each_is_told(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines = EXAMPLE.read_bytes().splitlines(keepends=True)
    # Each has a name of its own, so that what is wrong with it is told, and not that it is there twice.
    whole = [chance.choice(lines[1:]).replace(b",", b" %d," % number, 1) for number in range(DAMAGES)]
    rows = [damaged(row, chance) for row in whole]
    rows = [row for row in rows if row.strip(b", \n")]
    path = tmp_path / "damaged.csv"
    path.write_bytes(lines[0] + b"".join(rows))
    with directory(tmp_path) as opened:
        report = taken(opened, path)
        aside = told_aside(report.side_file) if report.side_file else []
        left = [one for one in aside if one["taken"] == "no"]
        assert report.rows == report.taken + report.in_part + report.left_out
        assert len(left) == report.left_out
        assert len(aside) == report.left_out + report.in_part
        assert all(one["where"].startswith("damaged.csv:") and one["problems"] and one["row"] for one in aside)
        # Each line of the file is taken or told: a row may hold several, when a quotation mark joins them.
        lines_told = sum(one["row"].count("\n") + 1 for one in left)
        raws = [raw for (raw,) in opened.ask("SELECT raw FROM said")]
        kept = sum(raw.count("\n") + 1 for raw in raws)
        assert lines_told + kept == len(rows)


def test_of_damaged_json_rows_none_is_lost_either(tmp_path: Path) -> None:
    chance = random.Random(3)
    whole = json.loads(NATIONAL.read_text(encoding="utf-8"))["rows"][0]
    wrong = [None, 7, "words", [], {}, {"f2": "SET"}, True, "x" * 400, ["SA"], {"a": {"b": []}}]
    rows = []
    for number in range(200):
        row = json.loads(json.dumps(whole)) | {"frid": f"id{number}"}
        for name in chance.sample(sorted(row), 3):
            row[name] = chance.choice(wrong)
        rows.append(chance.choice([row, row, row, chance.choice(wrong)]))
    (tmp_path / "damaged.json").write_text(json.dumps({"rows": rows}), encoding="utf-8")
    with directory(tmp_path) as opened:
        report = taken(opened, tmp_path / "damaged.json")
        aside = told_aside(report.side_file) if report.side_file else []
        assert report.rows == 200 == report.taken + report.in_part + report.left_out
        assert len(aside) == report.in_part + report.left_out
        (kept,) = opened.ask("SELECT count(*) FROM said")[0]
        assert kept == report.taken + report.in_part
