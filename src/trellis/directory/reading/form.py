"""Which form a file has; one that is none of the known forms is refused in words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from trellis.directory.reading.row import HALF, BadRow
from trellis.errors import AnswerError, Problem
from trellis.kinds.place_feature import ListFormat
from trellis.written import safe

MOST_BYTES = 2**30
"""No list of places is larger: the export of the whole country takes a tenth."""
FORMS = "a table (CSV), the JSON export of FindTreatment.gov, a FHIR bundle or Open Referral HSDS 3"
TABLES = ("service.csv", "service_at_location.csv", "location.csv")
"""The tables that a tabular HSDS package has at least."""


class Opened(NamedTuple):
    """A file that was opened: its form, how it is called in a problem, its bytes or plain values."""

    form: ListFormat
    shown: str
    raw: bytes = b""
    plain: Any = None
    package: Path | None = None


def form_of(path: Path, told: ListFormat | None = None) -> Opened:
    """Open a file and find out what it is, by what stands in it and not by its name.

    Args:
        path: the file; for a tabular HSDS package its folder or its archive.
        told: the form, where somebody says it.

    Raises:
        AnswerError: it cannot be read, or is none of the forms; it says what it is as far as one can tell.
    """
    shown = safe(path.name or str(path))
    if path.is_dir():
        if all((path / name).is_file() for name in TABLES):
            return Opened("hsds", shown, package=path)
        _fail(shown, "is a folder without the tables of HSDS.", f"A tabular package holds {', '.join(TABLES)}.")
    try:
        if path.stat().st_size > MOST_BYTES:
            _fail(shown, f"is larger than {MOST_BYTES // 2**20:,} MiB.", "Import it in parts.")
        raw = path.read_bytes()
    except OSError as error:
        _fail(shown, f"cannot be read: {error.strerror or type(error).__name__}.", "Check its name and its folder.")
    except ValueError:
        _fail(shown, "is no name of a file.", "Check the name.")
    return _looked_into(path, shown, raw, told)


def _looked_into(path: Path, shown: str, raw: bytes, told: ListFormat | None) -> Opened:
    if not raw.strip():
        _fail(shown, "is empty.", f"Give {FORMS}.")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _fail(shown, "is text in UTF-16.", 'Save it as UTF-8; in a spreadsheet choose "CSV UTF-8".')
    if raw[:2] == b"PK":
        return _archive(path, shown)
    if raw[:5] == b"%PDF-":
        _fail(shown, "is a PDF.", f"Ask for the list as {FORMS}.")
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        _fail(shown, "is an older workbook of a spreadsheet.", 'Save its sheet as "CSV UTF-8".')
    if raw.startswith(b"SQLite format 3"):
        _fail(shown, "is a database, perhaps a directory itself.", "Give it to --directory, and a list here.")
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        _fail(shown, "is a page or XML.", f"Ask for the list as {FORMS}.")
    if start in (b"{", b"["):
        return _from_json(shown, raw, told)
    if told not in (None, "csv"):
        _fail(shown, f"is no JSON, and so not [{told}].", "Leave out --format, or give the right file.")
    if b"\0" in raw.splitlines()[0]:
        _fail(shown, "is no text.", f"Give {FORMS}.")
    return Opened("csv", shown, raw)


def _archive(path: Path, shown: str) -> Opened:
    try:
        names = zipfile.ZipFile(path).namelist()
    except (zipfile.BadZipFile, OSError):
        _fail(shown, "is an archive that is broken.", "Download or copy it again.")
    if "xl/workbook.xml" in names:
        _fail(shown, "is a workbook of a spreadsheet.", 'Save its sheet as "CSV UTF-8".')
    if {name.rpartition("/")[2] for name in names} >= set(TABLES):
        return Opened("hsds", shown, package=path)
    return _fail(shown, "is an archive without the tables of HSDS.", "Unpack it, and give the list that is in it.")


def _from_json(shown: str, raw: bytes, told: ListFormat | None) -> Opened:
    try:
        plain = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        _fail(f"{shown}:{line}", "is not text in UTF-8.", "Save it as UTF-8.")
    except json.JSONDecodeError as error:
        remedy = "The file may have been cut off: download it again." if error.pos >= len(raw) - 2 else "Mend it there."
        _fail(f"{shown}:{error.lineno}", f"is broken JSON at column {error.colno}: {error.msg.lower()}.", remedy)
    except ValueError:
        _fail(shown, "is JSON with a number of too many digits.", "Mend it there.")
    except RecursionError:
        _fail(shown, "is JSON with too many levels.", f"Give {FORMS}.")
    form = told or _form_of_json(plain)
    if form is None or form == "csv":
        keys = ", ".join(list(plain)[:5]) if isinstance(plain, dict) else "a list"
        _fail(shown, f"is JSON of a form that is not known ({keys}).", f"Give {FORMS}.")
    return Opened(form, shown, plain=plain)


def _form_of_json(plain: Any) -> ListFormat | None:
    several = plain if isinstance(plain, list) else [plain]
    rows = [one for one in several if isinstance(one, dict)][:20]
    if any("resourceType" in one for one in rows):
        return "fhir"
    if any(isinstance(one.get("rows"), list) or "frid" in one or "name1" in one for one in rows):
        return "findtreatment"
    for one in rows:
        if {"service_at_locations", "service", "services", "contents"} & set(one):
            return "hsds"
    return None


def as_raw(plain: Any) -> str:
    """A row as it stood in a file of JSON."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(plain, separators=(",", ":")) if HALF.search(text) else text


def not_an_object(where: str, plain: Any) -> BadRow:
    """A row of JSON that is no object."""
    return BadRow(where, (Problem(where, "is no object.", "Each place is an object: {...}."),), as_raw(plain))


def objects(given: Any) -> list[dict[str, Any]]:
    """The objects of a list; whatever else stands there is passed over."""
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise AnswerError([Problem(where, what, remedy)])
