"""A table that a county or a site fills in: a row a place, a column a field or a group of features.

Rows are read one by one, so that a damaged one takes no other with it: a quotation mark that is not closed, a byte that
is no text, a cell too many.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from trellis.directory.programme import FIELDS, UNKNOWN
from trellis.directory.reading.form import Opened
from trellis.directory.reading.row import BadRow, Dictionary, Draft, ListRow, said
from trellis.directory.terms import Terms
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.kinds.place_feature import FeatureGroup, PlaceList
from trellis.written import as_written

GROUPS: Mapping[str, FeatureGroup] = {
    "settings": "setting",
    "treats": "treats",
    "services": "service",
    "people": "people",
    "languages": "language",
    "payment": "payment",
    "access": "access",
    "signs": "sign",
}
"""A column for each group of features."""
KEY, DAY, CAPABILITIES, DENIED, NOT_KNOWN = "id", "checked_on", "capabilities", "has_not", "not_known"
COLUMNS = (KEY, *FIELDS, *GROUPS, CAPABILITIES, DENIED, NOT_KNOWN, DAY)
FORMULA = ("=", "+", "-", "@")
"""A cell that begins so is run as a formula by spreadsheets."""
MOST_LINES = 20
"""A cell may hold some lines; a quotation mark that is open for longer was forgotten."""
LONGEST_ROW = 100_000
"""Characters. A longer one is no row, and `csv` reads no cell of more than 131,072."""
SEPARATORS = (",", ";", "\t")


def read(opened: Opened, terms: Terms, place_list: PlaceList, as_of: date) -> Iterator[ListRow | BadRow]:
    """Each row of the table, taken or told.

    Args:
        opened: the file.
        terms: the terms of the knowledge.
        place_list: what other columns and words mean, where the table is not ours.
        as_of: the day of the import.

    Raises:
        AnswerError: its first line is no line of names of columns.
    """
    lines = _lines(opened)
    _, header = next(lines, (0, b""))
    separator, columns = _header(opened.shown, header, place_list)
    cells = _Cells(terms, place_list, columns)
    waiting: list[tuple[int, bytes]] = []

    def following() -> tuple[int, bytes] | None:
        return waiting.pop(0) if waiting else next(lines, None)

    while (first := following()) is not None:
        number, raw = first
        if not raw.strip() or not raw.strip(separator.encode() + b" \r\n"):
            continue
        where = f"{opened.shown}:{number}"
        text = _text(raw)
        if text is None:
            problem = Problem(where, "is not text in UTF-8.", 'Save the table as "CSV UTF-8".')
            yield BadRow(where, (problem,), raw.decode("cp1252", "replace").rstrip("\r\n"))
            continue
        if "\0" in text:
            problem = Problem(where, "holds bytes that are no text.", "Type the row again.")
            yield BadRow(where, (problem,), text.rstrip("\r\n"))
            continue
        if len(text) > LONGEST_ROW:
            problem = Problem(where, f"is {len(text):,} characters long.", f"Give {LONGEST_ROW:,} at most.")
            yield BadRow(where, (problem,), text.rstrip("\r\n"))
            continue
        row, taken = _cells(text, separator), [first]
        if row is None and '"' not in text:
            problem = Problem(where, "has the end of a line in a cell.", "Put the cell into quotation marks.")
            yield BadRow(where, (problem,), text.rstrip("\r\n"))
            continue
        while row is None and len(taken) < MOST_LINES and len(text) <= LONGEST_ROW:
            more = following()
            if more is None:
                break
            taken.append(more)
            joined = _text(more[1])
            if joined is None or "\0" in joined:
                break
            text += joined
            row = _cells(text, separator)
            if row is not None and len(row) != len(columns):
                row = None  # the mark was not the end of the cell: the rows below are rows of their own
                break
        if row is None:
            waiting[:0] = taken[1:]
            problem = Problem(
                where, "has a quotation mark that is not closed.", 'Close it, or write "" for one inside.'
            )
            yield BadRow(where, (problem,), raw.decode("utf-8", "replace").rstrip("\r\n"))
            continue
        if len(row) != len(columns):
            what = f"has {len(row)} cells, and there are {len(columns)} columns."
            remedy = f"Put a cell with [{separator}] in it into quotation marks; keep empty cells."
            yield BadRow(where, (Problem(where, what, remedy),), text.rstrip("\r\n"))
            continue
        yield cells.row(where, text.rstrip("\r\n"), row, as_of)


def _lines(opened: Opened) -> Iterator[tuple[int, bytes]]:
    raw = opened.raw.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # as older spreadsheets of the Mac write
    return ((number, line) for number, line in enumerate(io.BytesIO(raw), 1))


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _cells(text: str, separator: str) -> list[str] | None:
    """The cells of a row; None where a quotation mark is not closed."""
    try:
        # `splitlines` would end a row at signs that stand in the middle of a cell, such as a tab between lines.
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _header(shown: str, raw: bytes, place_list: PlaceList) -> tuple[str, list[str]]:
    text = _text(raw)
    if text is None:
        raise AnswerError([Problem(f"{shown}:1", "is not text in UTF-8.", 'Save the table as "CSV UTF-8".')])
    separator = max(SEPARATORS, key=text.count)
    names = [name.strip() for name in _cells(text, separator) or []]
    known = {said(name): name for name in COLUMNS} | {said(theirs): ours for theirs, ours in place_list.fields.items()}
    known |= {said(term.in_): term.in_ for term in place_list.terms}
    problems = []
    columns = [known.get(said(name), "") for name in names]
    for name, column in zip(names, columns, strict=True):
        if not column:
            what = f"has a column [{as_written(name)}], which means nothing here."
            remedy = did_you_mean(name, known) or "`trellis directory template` writes the right ones; remove others."
            problems.append(Problem(f"{shown}:1", what, remedy))
        elif columns.count(column) > 1:
            problems.append(Problem(f"{shown}:1", f"has the column [{column}] more than once.", "Keep one."))
    if "name" not in columns:
        what = "has no column [name]: its first line must name the columns."
        problems.insert(0, Problem(f"{shown}:1", what, "`trellis directory template` writes an empty table."))
        problems[1:] = problems[1:6]
    if problems:
        raise AnswerError(dict.fromkeys(problems))
    return separator, columns


class _Cells:
    """Reads the cells of a row."""

    def __init__(self, terms: Terms, place_list: PlaceList, columns: Sequence[str]) -> None:
        self.terms, self.columns = terms, columns
        self.words, self.days = Dictionary(terms, place_list), place_list.days
        self.called: dict[str, dict[str, str]] = {
            column: {
                said(word): one.id
                for one in terms.of_group(group)
                for word in (one.id, one.name.en, one.name.in_language("es"), one.language)
                if word
            }
            for column, group in GROUPS.items()
        }
        self.all: dict[str, str] = {}
        for names in self.called.values():
            self.all |= {word: name for word, name in names.items() if word not in self.all}

    def row(self, where: str, raw: str, cells: Sequence[str], as_of: date) -> ListRow | BadRow:
        """A row, taken or told."""
        draft = Draft(where, raw)
        for column, cell in zip(self.columns, cells, strict=True):
            if not cell.strip():
                continue
            if cell[:1] == "'" and cell[1:2] in FORMULA:  # as `export` writes what a spreadsheet would run
                cell = cell[1:]
            if column == KEY:
                draft.key = cell.strip()
            elif column == DAY:
                draft.day(cell, as_of, DAY, self.days)
            elif column in GROUPS:
                draft.yes.update(self._features(draft, column, cell, self.called[column]))
            elif column == DENIED:
                draft.no.update(self._features(draft, column, cell, self.all))
            elif column == CAPABILITIES:
                self._capabilities(draft, cell)
            elif column == NOT_KNOWN:
                for name in self._features(draft, column, cell, self.all | {name: name for name in FIELDS}):
                    draft.values[name] = UNKNOWN
            elif column in self.words.categories:
                for word in _several(cell):
                    self.words.read(draft, column, word)
            else:
                draft.put(column, cell)
        return draft.finish()

    def _features(self, draft: Draft, column: str, cell: str, known: Mapping[str, str]) -> Iterator[str]:
        for word in _several(cell):
            found = known.get(said(word)) or (self._elsewhere(draft, column, word) if known is not self.all else None)
            if found:
                yield found
            elif found is None:
                remedy = (
                    did_you_mean(word, known) or "`trellis directory template --explain` lists what may stand there."
                )
                draft.wrong(f"{column} has [{as_written(word)}], which means nothing here.", remedy)

    def _elsewhere(self, draft: Draft, column: str, word: str) -> str | None:
        found = self.all.get(said(word))
        right = next((name for name, names in self.called.items() if found and found in names.values()), "")
        if not right:
            return None
        draft.wrong(f"{column} has [{as_written(word)}], which stands in another column.", f"Move it to {right}.")
        return ""

    def _capabilities(self, draft: Draft, cell: str) -> None:
        for word in _several(cell):
            what, _, step = (part.strip() for part in word.partition("="))
            found = self.terms.capability(what)
            if found is None:
                known = [f"{setting}.{axis}" for setting in self.terms.kinds_of_care for axis in self.terms.axes]
                remedy = did_you_mean(what, known) or "Write setting.axis=step, such as iop.withdrawal=ambulatory."
                draft.wrong(f"{CAPABILITIES} has [{as_written(word)}], which names no setting and axis.", remedy)
                continue
            steps = self.terms.steps[self.terms.axes.index(found[1])]
            if step not in steps:
                remedy = did_you_mean(step, steps) or f"Give one of {', '.join(steps)}."
                draft.wrong(f"{CAPABILITIES} has [{as_written(word)}]: [{step}] is no step of {found[1]}.", remedy)
            else:
                draft.values[what] = step


def _several(cell: str) -> Iterable[str]:
    """The words of a cell, which stand between semicolons, or where there is none between commas."""
    text = cell.replace("\n", ";")
    return [word.strip() for word in text.split(";" if ";" in text else ",") if word.strip()]
