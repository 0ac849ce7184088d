"""What goes wrong with lists and with the machine: it is told with its place, nothing is lost or half written."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.directory.support import AS_OF, EXAMPLE, FILES, directory, table, taken
from tests.directory.test_importing import told_aside
from tests.support import shipped
from trellis.directory import Directory, DirectoryError, find_doubles
from trellis.directory.exporting import to_table
from trellis.errors import AnswerError


def written(path: Path, tree: object) -> Path:
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def national() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads((FILES / "findtreatment.json").read_text(encoding="utf-8"))
    return found


def raw_table(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def only_place(opened: Directory, name: str):  # type: ignore[no-untyped-def]
    (place,) = [one for one in opened if one.text("name") == name]
    return place


# --- JSON


def test_half_a_character_is_told_and_the_row_as_it_stood_is_kept(tmp_path: Path) -> None:
    tree = national()
    tree["rows"][0]["name1"] = "\ud800 House"
    tree["rows"][1]["street1"] = "12 \udfff Street"
    tree["rows"][2]["frid"] = "\ud801"
    with directory(tmp_path) as opened:
        report = taken(opened, written(tmp_path / "a.json", tree))
        assert (report.rows, report.taken, report.in_part, report.left_out) == (4, 1, 1, 2)
        assert "name holds half a character" in " ".join(map(str, report.problems))
        assert json.loads(told_aside(report.side_file)[0]["row"])["name1"] == "\ud800 House"  # type: ignore[arg-type]


@pytest.mark.parametrize("entry", [7, "words", {"resource": 5}, [None], [{"resource": []}], [[]]])
def test_a_bundle_whose_entries_are_none_is_told_and_makes_no_place(tmp_path: Path, entry: object) -> None:
    pytest.importorskip("fhir.resources")
    with directory(tmp_path) as opened:
        report = taken(
            opened, written(tmp_path / "a.json", {"resourceType": "Bundle", "type": "batch", "entry": entry})
        )
        assert report.left_out == report.rows >= 1
        assert len(opened) == 0


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("Location", {"address": "12 Sample Street"}),
        ("Location", {"position": {"latitude": "words", "longitude": -78.4}}),
        ("Organization", {"telecom": "434-555-0100"}),
    ],
)
def test_a_damaged_part_of_a_bundle_is_told_and_its_service_is_taken_without_it(
    tmp_path: Path, kind: str, damage: Mapping[str, object]
) -> None:
    pytest.importorskip("fhir.resources")
    tree = json.loads((FILES / "bundle.json").read_text(encoding="utf-8"))
    one = next(entry["resource"] for entry in tree["entry"] if entry["resource"].get("resourceType") == kind)
    one |= damage
    with directory(tmp_path) as opened:
        report = taken(opened, written(tmp_path / "a.json", tree))
        assert any(f"is no {kind} of FHIR R4" in str(problem) for problem in report.problems)
        assert len(opened) >= 1
        if kind == "Location":
            assert any("which is not in the file or is damaged" in str(problem) for problem in report.problems)


@pytest.mark.parametrize("age", [float("nan"), float("inf"), 10**400, -3, "words", [], True])
def test_an_age_that_is_none_is_told_and_never_says_no(tmp_path: Path, age: object) -> None:
    service = {"id": "s", "name": "Mock Clinic", "minimum_age": age, "service_at_locations": []}
    with directory(tmp_path) as opened:
        report = taken(opened, written(tmp_path / "a.json", [service]))
        assert "minimum_age is no age" in str(report.problems[0])
        place = only_place(opened, "Mock Clinic")
        assert (place.has("adolescents"), place.has("adults")) == (None, None)


def test_a_number_of_too_many_digits_is_refused_in_words(tmp_path: Path) -> None:
    with directory(tmp_path) as opened, pytest.raises(AnswerError, match="too many digits"):
        taken(opened, raw_table(tmp_path / "a.json", '{"rows": [{"name1": ' + "9" * 5000 + "}]}"))


def test_a_damaged_row_of_a_package_of_tables_is_told_and_the_others_are_taken(tmp_path: Path) -> None:
    package = tmp_path / "hsds"
    package.mkdir()
    tables = {
        "organization": "id,name\no1,Mock Org\n",
        "service": "id,organization_id,name\ns1,o1,IOP\ns2,o1\ns1,o1,Again\n,o1,None\ns3,o1,Day,more\n",
        "location": "id,latitude\nl1,38.0\n",
        "service_at_location": "id,service_id,location_id\na1,s1,l1\n",
        "phone": "id,service_id,location_id,number\np1,s1,,434-555-0100\np2,,nowhere,434-555-0111\n",
    }
    for name, text in tables.items():
        (package / f"{name}.csv").write_text(text, encoding="utf-8")
    with directory(tmp_path) as opened:
        report = taken(opened, package)
        told = [str(problem) for problem in report.problems]
        for part in (
            "service.csv: row 3: has more or fewer cells",
            "service.csv: row 4: has the id [s1] of a row before it",
            "service.csv: row 5: has no id",
            "service.csv: row 6: has more or fewer cells",
            "phone.csv: [p2] belongs to location [nowhere], which no table has",
        ):
            assert any(part in one for one in told), (part, told)
        assert report.left_out == 5
        assert only_place(opened, "Mock Org").text("phone") == "434-555-0100"


# --- tables


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_sign_in_a_cell_that_is_no_end_of_a_line_ends_no_row(tmp_path: Path, mark: str) -> None:
    with directory(tmp_path) as opened:
        report = taken(opened, raw_table(tmp_path / "a.csv", f"name,city\nA,Up{mark}Town\nB,C\n"))
        assert (report.taken, report.left_out) == (2, 0)
        assert only_place(opened, "A").text("city") == "Up Town"


def test_the_reason_is_the_right_one_where_a_cell_is_endless_or_holds_the_end_of_a_line(tmp_path: Path) -> None:
    rows = "name,city\nA," + "x" * 200_000 + "\nB,C\rD\nE,F\n"
    with directory(tmp_path) as opened:
        report = taken(opened, raw_table(tmp_path / "a.csv", rows))
        assert (report.taken, report.left_out) == (1, 2)
        assert "a.csv:2: is 200,0" in str(report.problems[0])
        assert "a.csv:3: has the end of a line in a cell" in str(report.problems[1])


def test_a_mark_that_is_not_closed_takes_no_other_row_with_it(tmp_path: Path) -> None:
    rows = 'name,street,city\nA,"1 Main St,x\nB,2 Main St,y\nC,3 "Main" St,z\nD,"4 Main St",w\n'
    with directory(tmp_path) as opened:
        taken(opened, raw_table(tmp_path / "a.csv", rows))
        assert {"B", "D"} <= {one.text("name") for one in opened}


def test_lines_within_a_cell_stay_one_row(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        report = taken(opened, raw_table(tmp_path / "a.csv", 'name;hours\r\nA;"mon\r\ntue"\r\nB;wed\r\n'))
        assert (report.taken, report.left_out) == (2, 0)
        assert only_place(opened, "A").text("hours") == "mon tue"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"latitude": "-78.48", "longitude": "38.03"}, "They look swapped"),
        ({"latitude": "78.48", "longitude": "38.03"}, "They look swapped"),
        ({"latitude": "38.03", "longitude": "78.48"}, "A minus looks missing"),
        ({"latitude": "0", "longitude": "0"}, "latitude is [0]"),
        ({"latitude": "51.5", "longitude": "-0.1"}, "lies outside the United States"),
        ({"latitude": "38.03"}, "has latitude without longitude"),
        ({"zip": "2134"}, "A spreadsheet drops a zero in front"),
        ({"phone": "1" + " " * 5000 + "1"}, "phone is 5,002 characters long"),
        ({"email": "a@" + "a." * 3000 + "!"}, "email is 6,003 characters long"),
        ({"wait_days": "9" * 5000}, "wait_days is 5,000 characters long"),
        ({"wait_days": "9" * 200}, "is no number of days"),
    ],
)
def test_what_cannot_be_is_told_at_once_and_the_rest_of_the_row_is_taken(
    tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    begun = time.monotonic()
    with directory(tmp_path) as opened:
        report = taken(opened, table(tmp_path / "a.csv", {"name": "A", "city": "B"} | cells))
        assert says in " ".join(map(str, report.problems))
        place = only_place(opened, "A")
        assert place.text("city") == "B"
        assert place.number("latitude") is None
    assert time.monotonic() - begun < 10


def test_a_day_as_spreadsheets_here_write_it_is_read_and_one_that_is_none_is_unknown(tmp_path: Path) -> None:
    rows = [
        {"name": "A", "checked_on": "10/2/2026"},
        {"name": "B", "checked_on": "31/12/2025"},
        {"name": "C", "checked_on": "soon"},
        {"name": "D", "checked_on": "2031-01-01"},
        {"name": "E", "checked_on": ""},
    ]
    with directory(tmp_path) as opened:
        report = taken(opened, table(tmp_path / "a.csv", *rows))
        assert (report.taken, report.in_part) == (2, 3)
        assert {one.text("name"): one.newest for one in opened} == {
            "A": "2026-10-02", "B": "", "C": "", "D": "", "E": AS_OF.isoformat(),
        }  # fmt: skip
        assert only_place(opened, "C").is_stale(AS_OF)


def test_a_table_in_another_order_of_day_and_month_says_so_in_a_file_of_its_own(tmp_path: Path) -> None:
    from trellis.cli.directory_view import read_list_file

    file = raw_table(tmp_path / "l.yaml", "format: csv\ndays: [day/month/year, day.month.year]\n")
    rows = table(tmp_path / "a.csv", {"name": "A", "checked_on": "2/10/2026"}, {"name": "B", "checked_on": "3.10.2026"})
    with directory(tmp_path) as opened:
        taken(opened, rows, place_list=read_list_file(shipped(), file), own=True)
        assert sorted(one.newest for one in opened) == ["2026-10-02", "2026-10-03"]


def test_a_name_of_a_file_that_is_no_text_is_shown_without_what_is_none(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    path.write_text("name,city\n,B\n", encoding="utf-8")
    with directory(tmp_path) as opened:
        assert taken(opened, path).left_out == 1


# --- a county's own list, over time


def own(path: Path, *rows: tuple[str, str, str]) -> Path:
    return table(
        path, *({"name": name, "street": street, "zip": "22902", "phone": phone} for name, street, phone in rows)
    )


def test_a_row_of_which_the_name_or_the_street_was_mended_stays_the_same_place(tmp_path: Path) -> None:
    path, phones = tmp_path / "own.csv", ("434-555-0101", "434-555-0102")
    with directory(tmp_path) as opened:
        taken(opened, own(path, ("Exmaple House", "1 A St", phones[0]), ("Mock Clinic", "2 B St", phones[1])))
        before = {one.id for one in opened}
        mended = own(path, ("Example House", "1 A St", phones[0]), ("Mock Clinic", "22 B Street", phones[1]))
        report = taken(opened, mended)
        assert (report.new, report.changed, report.renamed, report.absent) == (0, 2, 2, 0)
        assert {one.id for one in opened} == before
        assert {one.text("name") for one in opened} == {"Example House", "Mock Clinic"}
        assert taken(opened, mended).same == 2


def test_another_programme_in_the_same_house_is_another_place(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    with directory(tmp_path) as opened:
        taken(opened, own(path, ("Mock Clinic day program", "2 B St", "434-555-0102")))
        report = taken(opened, own(path, ("Mock Clinic residence for women", "2 B St", "434-555-0102")))
        assert (report.new, report.renamed, report.absent) == (1, 0, 1)
        assert len(opened) == 2, "a row that is not there any more is told, and stays"


def test_an_undo_stays_after_the_list_is_read_again_and_so_does_a_correction(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, FILES / "findtreatment.json")
        (merge,) = opened.merges
        mended = {"id": merge.kept, "name": "Example Creek Recovery", "phone": "434-555-0177"}
        taken(opened, table(tmp_path / "own.csv", mended))
        with opened.writing():
            opened.undo_merge(merge)
            opened.index_all([merge.merged, merge.kept])
        taken(opened, FILES / "findtreatment.json")
        assert opened.merges == ()
        kept, other = opened.get(merge.kept), opened.get(merge.merged)
        assert kept is not None
        assert other is not None
        assert kept.text("phone") == "434-555-0177" != other.text("phone")
        assert [(one.kept, one.merged) for one in find_doubles(opened, opened.apart)] == []


def test_what_is_corrected_of_a_merged_place_is_compared_with_all_that_was_merged(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, FILES / "findtreatment.json")
        raw_table(tmp_path / "back.csv", "".join(to_table(opened.terms, opened)))
        taken(opened, tmp_path / "back.csv")
        assert not any(one.own for one in opened), "nothing was corrected"


# --- the machine


def test_a_disk_that_is_full_is_told_and_all_is_as_it_was(tmp_path: Path) -> None:
    many = table(tmp_path / "many.csv", *({"name": f"Place {number}", "street": "x" * 250} for number in range(3000)))
    with directory(tmp_path) as opened:
        taken(opened, EXAMPLE)
        before = [one.id for one in opened]
        opened.ask("PRAGMA max_page_count = 60")
        with pytest.raises(DirectoryError, match="Make room on the disk and try again: all is as it was"):
            taken(opened, many)
        assert [one.id for one in opened] == before
        opened.ask("PRAGMA max_page_count = 1000000")
        assert taken(opened, many).new == 3000


def test_a_file_that_may_only_be_read_is_searched_and_not_written(tmp_path: Path) -> None:
    with directory(tmp_path) as opened:
        taken(opened, EXAMPLE)
        opened.ask("PRAGMA query_only = 1")
        with pytest.raises(DirectoryError, match="Make the file and its folder writable"):
            taken(opened, EXAMPLE)
        assert len(list(opened)) == 6


def take_in(folder: Path, number: int) -> None:
    rows = ({"name": f"Place {number} {row}", "street": f"{row} Main St", "zip": "22902"} for row in range(40))
    with directory(folder) as opened:
        taken(opened, table(folder / f"{number}.csv", *rows), source=f"list{number}")


def test_imports_at_the_same_time_wait_for_each_other_and_nothing_is_lost(tmp_path: Path) -> None:
    several = [get_context("spawn").Process(target=take_in, args=(tmp_path, number)) for number in range(3)]
    for one in several:
        one.start()
    for one in several:
        one.join(120)
    assert [one.exitcode for one in several] == [0, 0, 0]
    with directory(tmp_path) as opened:
        assert len(opened) == 120
        assert len(opened.sources) == 3


def test_an_import_sees_what_another_wrote_while_it_waited(tmp_path: Path) -> None:
    from trellis.directory import importing

    with directory(tmp_path) as one, directory(tmp_path) as other:
        about = importing.ListSource("own", "Own", "csv", True, AS_OF.isoformat())
        waiting = importing._Import(one, about, AS_OF, False, tmp_path / "aside", None)
        taken(other, EXAMPLE)
        from trellis.directory import list_named
        from trellis.directory.reading import form_of, reader_for

        rows = reader_for("csv")(form_of(EXAMPLE), one.terms, list_named(shipped(), "csv"), AS_OF)
        assert (report := waiting.take(rows)).same == 6, report


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_control_c_in_the_middle_leaves_the_directory_as_it_was(tmp_path: Path) -> None:
    places, many = tmp_path / "places.sqlite", tmp_path / "many.csv"
    with directory(tmp_path) as opened:
        taken(opened, EXAMPLE)
    with many.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([f"Place {number}"] for number in range(60_000))])
    command = [sys.executable, "-m", "trellis", "directory", "import", str(many), "--directory", str(places)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "places.sqlite-journal"
    until = time.monotonic() + 60
    while not journal.exists() and running.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode not in (0, 3), out
    assert "Traceback" not in err
    with directory(tmp_path) as opened:
        assert len(opened) == 6
    assert [name for name in os.listdir(tmp_path) if name.startswith(".")] == []


def test_a_service_at_a_place_that_is_not_in_the_file_is_taken_at_its_others_and_told(tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources")
    tree = json.loads((FILES / "bundle.json").read_text(encoding="utf-8"))
    service = next(entry["resource"] for entry in tree["entry"] if entry["resource"].get("location"))
    before = len(service["location"])
    service["location"].append({"reference": "Location/nowhere"})
    with directory(tmp_path) as opened:
        report = taken(opened, written(tmp_path / "a.json", tree))
        assert any("is at [Location/nowhere], which is not in the file" in str(one) for one in report.problems)
        mine = [one for one in opened if one.text("part") == service["name"]]
        assert len(mine) == before


def test_a_place_far_from_its_own_zip_code_is_told_by_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trellis.cli.directory_view import look_over
    from trellis.directory import store

    monkeypatch.setattr(store, "knows_zips", lambda: True)
    monkeypatch.setattr(store, "coordinates_of_zip", {"22902": (38.02, -78.47)}.get)
    near = {"name": "Near", "zip": "22902", "latitude": "38.1", "longitude": "-78.5"}
    far = {"name": "Far", "zip": "22902", "latitude": "47.6", "longitude": "-122.3"}
    with directory(tmp_path) as opened:
        taken(opened, table(tmp_path / "a.csv", near, far))
        (told,) = look_over(opened, AS_OF, 365).misplaced
        assert told.startswith("Far [")


def test_the_number_of_a_license_where_complaints_go_and_an_unknown_day_are_said(tmp_path: Path) -> None:
    from trellis.directory import search, wanted_for
    from trellis.directory.told import told_of
    from trellis.say import Say

    row = {"name": "A", "license": "VA-12", "complaint_to": "the state board", "settings": "iop", "checked_on": "soon"}
    with directory(tmp_path) as opened:
        taken(opened, table(tmp_path / "a.csv", row))
        wanted = wanted_for(shipped(), ["iop"])
        (found,) = search(opened, wanted)
        for lang, undated in (("en", "It is not known how old this is"), ("es", "No se sabe de cuándo es")):
            told = told_of(shipped(), found, wanted, opened.sources, Say(lang), as_of=AS_OF)
            assert "VA-12" in told.signs[0]
            assert "the state board" in told.signs[1]
            assert undated in told.checked[0]
