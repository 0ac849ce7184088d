"""Each form of a list is read as what it says, and nothing more; what cannot be read is told with its place."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from tests.directory.support import AS_OF, EXAMPLE, FILES, table
from tests.support import shipped
from trellis.directory import list_named, terms_of
from trellis.directory.reading import BadRow, ListRow, form_of, reader_for
from trellis.directory.reading.table import COLUMNS
from trellis.errors import AnswerError

KB = shipped()


def rows_of(path: Path) -> list[ListRow | BadRow]:
    opened = form_of(path)
    return list(reader_for(opened.form)(opened, terms_of(KB), list_named(KB, opened.form), AS_OF))


def only(path: Path) -> ListRow:
    (row,) = rows_of(path)
    assert isinstance(row, ListRow)
    return row


# --- FindTreatment.gov ---


def test_the_export_of_findtreatment_is_read_by_its_categories() -> None:
    first = rows_of(FILES / "findtreatment.json")[0]
    assert isinstance(first, ListRow)
    has = {what for what, value in first.values.items() if value == "yes"}
    assert {
        "iop",
        "some_outpatient",
        "detox",
        "buprenorphine",
        "medicine_allowed",
        "adults",
        "accredited_joint_commission",
    } <= has
    assert "outpatient" not in has, "Outpatient stands above its kinds in the list of places for substance use"
    assert first.values["intake_phone"] == "434-555-0111 x2"
    assert first.values["website"] == "http://example.org/creek"
    assert (first.key, first.problems, first.not_understood) == ("aaa1|SA", (), ())


def test_what_the_export_does_not_say_stays_unknown() -> None:
    first = rows_of(FILES / "findtreatment.json")[0]
    assert isinstance(first, ListRow)
    assert "no" not in first.values.values()
    assert "adolescents" not in first.values


def test_what_the_export_denies_is_no_and_a_new_word_is_told() -> None:
    third = rows_of(FILES / "findtreatment.json")[2]
    assert isinstance(third, ListRow)
    assert third.values["methadone"] == third.values["buprenorphine"] == "no"
    assert third.not_understood == (("SET", "A setting nobody knows"),)


def test_a_row_without_a_name_is_left_out_with_its_place() -> None:
    bad = rows_of(FILES / "findtreatment.json")[3]
    assert isinstance(bad, BadRow)
    assert str(bad.problems[0]) == "findtreatment.json: row 4: has no name. Give each place a name."
    assert "Nowhere Road" in bad.raw


# --- FHIR ---


def test_a_fhir_bundle_is_read_with_its_locations_and_organizations() -> None:
    pytest.importorskip("fhir.resources")
    rows = {row.key: row for row in rows_of(FILES / "bundle.json") if isinstance(row, ListRow)}
    found = rows["iop|north"]
    assert found.values["name"] == "Mock Behavioral Health"
    assert found.values["part"] == "IOP for adults"
    assert found.values["phone"] == "434-555-0120"
    assert found.values["hours"] == "mon, tue 09:00-17:00"
    assert found.values["latitude"] == "38.05"
    assert {"iop", "treats_substance_use", "lang_es"} <= set(found.values)
    assert found.not_understood == (("type", "Something of our own"),)
    assert found.on == "2026-06-01"
    assert rows["ended"].values["closed"] == "yes"


def test_a_resource_that_is_not_as_fhir_says_is_left_out_with_the_element() -> None:
    pytest.importorskip("fhir.resources")
    bad = [row for row in rows_of(FILES / "bundle.json") if isinstance(row, BadRow)]
    told = " ".join(str(problem) for row in bad for problem in row.problems)
    assert "entry 5: is no HealthcareService of FHIR R4: active" in told
    assert "entry 6: is a [Patient] and no HealthcareService" in told
    assert len(bad) == 2


# --- Open Referral ---


def test_hsds_is_read_with_ages_language_and_hours() -> None:
    found = only(FILES / "hsds.json")
    assert found.values["name"] == "Specimen Services"
    assert found.values["adolescents"] == "yes"
    assert found.values["adults"] == found.values["older_adults"] == "no"
    assert found.values["hours"] == "MO,TU 09:00-17:00"
    assert found.values["license"] == "VA-000"
    assert {"outpatient", "lang_es"} <= set(found.values)
    assert (found.key, found.on) == ("sal1", "2026-05-05")
    assert found.not_understood == (("term", "Something else"),)


def as_tables(folder: Path) -> Path:
    """The same list as a package of tables."""
    service = json.loads((FILES / "hsds.json").read_text(encoding="utf-8"))["contents"][0]
    place = service["service_at_locations"][0]
    location, organization = place["location"], service["organization"]
    plain = {k: v for k, v in service.items() if not isinstance(v, (list, dict))}
    tables = {
        "service": [plain | {"organization_id": "o1"}],
        "organization": [{"id": "o1", "name": organization["name"]}],
        "phone": [organization["phones"][0] | {"organization_id": "o1"}],
        "location": [{k: v for k, v in location.items() if not isinstance(v, list)}],
        "address": [location["addresses"][0] | {"location_id": "loc1"}],
        "service_at_location": [{"id": "sal1", "service_id": "s1", "location_id": "loc1"}],
        "language": [service["languages"][0] | {"service_id": "s1"}],
        "schedule": [service["schedules"][0] | {"service_id": "s1"}],
        "taxonomy_term": [one["taxonomy_term"] for one in service["attributes"]],
        "attribute": [
            {"id": one["id"], "link_id": "s1", "taxonomy_term_id": one["taxonomy_term"]["id"]}
            for one in service["attributes"]
        ],
    }
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_package_of_tables_says_the_same_as_json(tmp_path: Path, packed: bool) -> None:
    package = as_tables(tmp_path / "package")
    if packed:
        archive = tmp_path / "package.zip"
        with zipfile.ZipFile(archive, "w") as held:
            for one in package.iterdir():
                held.write(one, f"inside/{one.name}")
        package = archive
    assert only(package).values == only(FILES / "hsds.json").values


def test_an_age_that_is_not_said_tells_nothing(tmp_path: Path) -> None:
    service = json.loads((FILES / "hsds.json").read_text(encoding="utf-8"))["contents"][0]
    del service["minimum_age"], service["maximum_age"]
    (tmp_path / "one.json").write_text(json.dumps(service), encoding="utf-8")
    assert not {"adolescents", "adults", "older_adults"} & set(only(tmp_path / "one.json").values)


# --- a table ---


def test_the_example_is_read_whole() -> None:
    rows = rows_of(EXAMPLE)
    assert len(rows) == 6
    assert all(isinstance(row, ListRow) and not row.problems for row in rows)


def test_words_may_be_ids_or_names_in_either_language(tmp_path: Path) -> None:
    found = only(
        table(
            tmp_path / "a.csv",
            {"name": "A", "languages": "Spanish; Árabe; ru", "people": "Personas adultas", "settings": "iop"},
        )
    )
    assert {"lang_es", "lang_ar", "lang_ru", "adults", "iop"} <= set(found.values)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"zip": "2345"}, "zip is no ZIP code: [2345]. A spreadsheet drops a zero in front"),
        ({"zip": "ABCDE"}, "zip is no ZIP code: [ABCDE]. Write five digits."),
        ({"state": "Virginia"}, "state is no state: [Virginia]. Write its two letters"),
        ({"phone": "call us"}, "phone is no phone number: [call us]"),
        ({"phone": "12"}, "phone is no phone number: [12]. Write ten digits"),
        ({"website": "javascript:alert(1)"}, "website is no address on the web"),
        ({"email": "nobody"}, "email is no e-mail address"),
        ({"latitude": "95", "longitude": "1"}, "latitude is [95]. Give degrees from -90 to 90"),
        ({"latitude": "38.1"}, "has latitude without longitude"),
        ({"latitude": "0", "longitude": "0"}, "latitude is [0]"),
        ({"wait_days": "soon"}, "wait_days is no number of days: [soon]"),
        ({"closed": "maybe"}, "closed is [maybe]. Write yes or no."),
        ({"settings": "ipo"}, "settings has [ipo], which means nothing here. Did you mean iop?"),
        ({"settings": "buprenorphine"}, "[buprenorphine], which stands in another column. Move it to services."),
        ({"capabilities": "iop.withdrawl=ambulatory"}, "names no setting and axis. Did you mean iop.withdrawal?"),
        ({"capabilities": "iop.withdrawal=ambulatry"}, "is no step of withdrawal. Did you mean ambulatory?"),
        ({"services": "methadone", "has_not": "methadone"}, "says both that it has and that it has not [methadone]"),
        ({"checked_on": "12.10.2026"}, "checked_on is no day: [12.10.2026]. Write it as YYYY-MM-DD."),
        ({"checked_on": "2027-01-01"}, "checked_on lies ahead"),
        ({"street": "x" * 500}, "street is 500 characters long"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_and_the_rest_of_the_row_is_taken(
    tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    found = only(table(tmp_path / "a.csv", {"name": "A", "city": "Exampleville"} | cells))
    assert found.values["city"] == "Exampleville"
    assert any(says in str(problem) for problem in found.problems), found.problems
    assert all(problem.where == "a.csv:2" for problem in found.problems)


def test_a_damaged_row_takes_no_other_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'name,city\nA,Exampleville\nB,"open\nC,Testburg\nD,caf\xe9\nE,too,many\nF\n\n,,\n"G\nG",Mockton\nH,Testburg\n'
    )
    rows = rows_of(path)
    assert [row.values["name"] for row in rows if isinstance(row, ListRow)] == ["A", "C", "G G", "H"]
    told = [str(row.problems[0]) for row in rows if isinstance(row, BadRow)]
    assert [line.partition(". ")[0] for line in told] == [
        "a.csv:3: has a quotation mark that is not closed",
        "a.csv:5: is not text in UTF-8",
        "a.csv:6: has 3 cells, and there are 2 columns",
        "a.csv:7: has 1 cells, and there are 2 columns",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_other_countries_and_older_computers_are_read(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    text = separator.join(["name", "city"]) + "\r" + separator.join(["A", "Exampleville"]) + "\r"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert only(path).values == {"name": "A", "city": "Exampleville"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xff\xfen\x00a\x00", "is text in UTF-16"),
        (b"PK\x03\x04rest", "is an archive that is broken"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "is an older workbook"),
        (b"SQLite format 3\x00", "is a database, perhaps a directory itself"),
        (b"<!DOCTYPE html><html>", "is a page or XML"),
        (b'{"rows": [{"name1": "A"', "is broken JSON at column"),
        (b'{"rows": "\xe9"}', "is not text in UTF-8"),
        (b'{"weather": "fine"}', "is JSON of a form that is not known (weather)"),
        (b"\x00\x01\x02\x03", "is no text"),
        (b"just some words\nand more\n", "has no column [name]"),
        (b"name,stret\nA,B\n", "has a column [stret], which means nothing here. Did you mean street?"),
        (b"name,city,city\nA,B,C\n", "has the column [city] more than once"),
        (b"caf\xe9,name\n", ":1: is not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(AnswerError) as raised:
        rows_of(path)
    assert says in str(raised.value)


def test_a_workbook_and_a_folder_are_named_as_what_they_are(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "")
    for path, says in (
        (tmp_path / "book.xlsx", "is a workbook"),
        (tmp_path, "is a folder without"),
        (tmp_path / "no", "cannot be read"),
    ):
        with pytest.raises(AnswerError, match=says):
            form_of(path)


def test_the_columns_of_a_table_are_each_read() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert "name" in COLUMNS
