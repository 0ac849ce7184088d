"""Taking a list into a directory: new places, changed ones, those that are gone; every row taken or told, none lost."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from hashlib import blake2b
from pathlib import Path

from trellis.directory.doubles import ALIKE, find_doubles
from trellis.directory.programme import UNKNOWN, ListSource, PlaceStatement, Programme, resolve
from trellis.directory.reading import BadRow, ListRow, form_of, reader_for
from trellis.directory.reading.row import bare
from trellis.directory.store import Directory, Merge, SaidRow, identity_of
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.kinds.place_feature import ListFormat, PlaceList
from trellis.library.knowledge import Knowledge
from trellis.written import as_written

OWN = "own"
"""The source of a site's own list, where nobody gives it another name."""
LEFT_OUT = ".left-out.jsonl"
A_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,59}")
ALIKE_IN = 2
"""So many of name, address and phone stay the same where a row is the same row with something mended. Ours."""
EACH = 500
"""So often it is told how far it is."""

Progress = Callable[[int], None]


@dataclass
class Report:
    """What came of an import.

    Args:
        source: the list.
        rows: so many rows were read: ``taken`` as a whole, ``in_part``, or ``left_out``.
        new: places that were not there; ``changed`` those of which the list says something else; ``same`` the others.
        gone: rows that the list has no more; only told of a list that was read as a whole.
        absent: rows of the site's own list that are not in these files, where they were not said to be the whole list.
        renamed: rows of the site's own list of which name or address was mended, so that they stay the same place.
        merged: entries that are one place word for word and were joined; ``doubles`` those that may be.
        problems: the first of all that is wrong, each with its place; ``problem_count`` all of them.
        not_understood: words of the list that nothing here means, by category, with how often they stand there.
        side_file: where the rows are that were not taken as a whole; None where there are none.
    """

    source: ListSource
    rows: int = 0
    taken: int = 0
    in_part: int = 0
    left_out: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    absent: int = 0
    renamed: int = 0
    merged: int = 0
    doubles: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    not_understood: Counter[tuple[str, str]] = field(default_factory=Counter)
    side_file: Path | None = None

    def tell(self, problems: Sequence[Problem], most: int = 100) -> None:
        """Count problems and keep the first."""
        self.problem_count += len(problems)
        self.problems += problems[: max(0, most - len(self.problems))]


def list_named(kb: Knowledge, name: str) -> PlaceList:
    """How a list is read, by its name. Raises :class:`AnswerError` where there is none of that name."""
    lists = kb.of("place_lists")
    if name not in lists:
        remedy = did_you_mean(name, lists) or f"Give one of {', '.join(lists)}."
        raise AnswerError([Problem("--format", f"[{name}] is no form of a list.", remedy)])
    found: PlaceList = lists[name]
    return found


def import_lists(
    directory: Directory,
    paths: Sequence[Path],
    *,
    as_of: date,
    form: ListFormat | None = None,
    source: str = "",
    own: bool | None = None,
    whole: bool = False,
    place_list: PlaceList | None = None,
    left_out: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Take files of one list into a directory, as a whole or, where something fails, not at all.

    What the site itself said stays as it is, whatever the list says now. A row that a list has no more keeps what it
    said; where the list is read as a whole it is marked. Rows that cannot be taken, or only in part, are written to a
    file beside the directory, with what is wrong.

    Args:
        directory: the directory.
        paths: the files, such as the pages of an export.
        as_of: the day of the import.
        form: the form, where it is not to be found out.
        source: the name of the list; that of its form when left out, and ``own`` for a table.
        own: they are the site's own words, which go before those of other lists; a table is, others are not.
        whole: the files are all that the list has: what is not in them is marked as gone.
        place_list: how the list is read, where it is not one of those that ship.
        left_out: where to write what was not taken; beside the directory, a file a list, when left out.
        progress: is told how many rows were read.

    Raises:
        AnswerError: a file cannot be read or is of no known form. Nothing is changed.
        DirectoryError: the directory cannot be written.
    """
    opened = [form_of(path, form or (place_list.format if place_list else None)) for path in paths]
    forms = {one.form for one in opened}
    if len(forms) > 1:
        what = f"are of different forms ({', '.join(sorted(forms))})."
        raise AnswerError([Problem("FILE", what, "Import each list by itself.")])
    if not opened:
        raise AnswerError([Problem("FILE", "names no file.", "Give one.")])
    reading = place_list or list_named(directory.kb, opened[0].form)
    is_own = opened[0].form == "csv" if own is None else own
    name = source or (OWN if is_own and opened[0].form == "csv" else reading.id)
    if not A_NAME.fullmatch(name):
        what = f"[{as_written(name)}] is no name of a list."
        raise AnswerError([Problem("--source", what, "Use letters, digits, hyphens and underscores, 60 at most.")])
    known = {one.id: one for one in directory.sources}
    if name in known and known[name].own != is_own and own is None:
        is_own = known[name].own
    about = ListSource(name, reading.title.en, opened[0].form, is_own, as_of.isoformat())
    read = reader_for(opened[0].form)
    rows = (row for one in opened for row in read(one, directory.terms, reading, as_of))
    side = left_out or directory.path.with_name(f"{directory.path.name}.{name}{LEFT_OUT}")
    return _Import(directory, about, as_of, whole, side, progress).take(rows)


class _Import:
    def __init__(
        self, directory: Directory, source: ListSource, as_of: date, whole: bool, side: Path, progress: Progress | None
    ) -> None:
        self.directory, self.source, self.as_of, self.whole, self.side = directory, source, as_of, whole, side
        self.progress = progress or (lambda _: None)
        self.report = Report(source)

    def _look_before(self) -> None:
        """What stands there already, read when nobody else can write any more."""
        directory, source = self.directory, self.source
        self.before = {key: programme for key, (programme, _) in directory.said_by(source.id).items()}
        self.key_of = {programme: key for key, programme in self.before.items()}
        self.seen: dict[str, str] = {}
        self.again: dict[str, str] = {}
        self.bodies = {one.key: (dict(one.values), one.on, one.gone) for one in self._rows_before()}
        self.places: dict[tuple[str, str, str], str] = {}
        self.ids: set[str] = set()
        self.told_by_others, self.families = directory.told_by_others(source.id), directory.families()
        for programme, title, street, zip_code, _ in directory.identities():
            self.places.setdefault((bare(title), bare(street), zip_code), programme)
            self.ids.add(programme)

    def _rows_before(self) -> Iterator[SaidRow]:
        for key, programme, on, gone, body in self.directory.ask(
            "SELECT key, programme, on_day, gone, body FROM said WHERE source = ?", (self.source.id,)
        ):
            yield SaidRow(self.source.id, key, programme, on, json.loads(body), "", gone=gone)

    def take(self, rows: Iterable[ListRow | BadRow]) -> Report:
        report, touched = self.report, set[str]()
        with tempfile.TemporaryFile("w+", encoding="utf-8") as aside, self.directory.writing():
            self._look_before()
            self.directory.remember_source(self.source)
            if self.source.own:
                rows = list(rows)
                self.again = self._mended(rows)
                report.renamed = len(self.again)
            self.directory.write_said(self._said(rows, touched, aside))
            lost = [key for key in self.before if key not in self.seen]
            if self.source.own and not self.whole:
                report.absent = sum(not self.bodies[key][2] for key in lost)
            if self.whole:
                report.gone = len(lost)
                touched.update(self.before[key] for key in lost)
                self.directory.mark_gone(self.source.id, lost, self.as_of.isoformat())
            many = len(touched) > 1000 or len(touched) * 4 > len(self.ids)
            seen: list[Programme] = []
            if many:
                self.directory.index_all(seen=lambda place: seen.append(identity_of(place)))
            else:
                self.directory.index_all(touched)
            if touched:
                self._join(seen if many else self.directory.identified())
            # Before all of it counts: where the rows left out cannot be written, nothing is taken.
            self._write_side(aside)
        self.progress(report.rows)
        return report

    def _said(
        self, rows: Iterable[ListRow | BadRow], touched: set[str], aside: Iterable[str] | object
    ) -> Iterator[SaidRow]:
        report = self.report
        for row in rows:
            report.rows += 1
            if report.rows % EACH == 0:
                self.progress(report.rows)
            programme = ""
            if isinstance(row, ListRow):
                programme = self._programme(row)
                # A row that names its place by another key than before is the same row of the list.
                row = row._replace(key=self.key_of.get(programme, row.key) if self.source.own else row.key)
                if row.key in self.seen:
                    what = f"is there twice: its first row is {self.seen[row.key]}."
                    problem = Problem(row.where, what, "Keep one, or give each an id of its own.")
                    row = BadRow(row.where, (problem,), row.raw)
            if isinstance(row, BadRow):
                report.left_out += 1
                report.tell(row.problems)
                _put_aside(aside, row, taken=False)
                continue
            report.tell(row.problems)
            report.not_understood.update(row.not_understood)
            if row.problems:
                report.in_part += 1
                _put_aside(aside, row, taken=True)
            else:
                report.taken += 1
            self.seen[row.key] = row.where
            values = self._own_words(programme, row.values) if self.source.own else row.values
            day = self.as_of.isoformat() if row.on is None else row.on
            self._count(row.key, programme, values)
            touched.add(programme)
            seen = self.as_of.isoformat()
            yield SaidRow(self.source.id, row.key, programme, day, values, row.raw, seen)

    def _mended(self, rows: Iterable[ListRow | BadRow]) -> dict[str, str]:
        """Of a site's own rows without an id: the place of one whose name or address was mended, by its new key.

        A row that is not known is one that was there before and is not any more, where two of name, address and phone
        are the same and no other row is like either.
        """
        keys = {row.key for row in rows if isinstance(row, ListRow)}
        new = [
            row for row in rows if isinstance(row, ListRow) and row.key not in self.before and row.key not in self.ids
        ]
        lost = {key: programme for key, programme in self.before.items() if not {key, programme} & keys}
        by_mark: dict[tuple[str, str], list[str]] = {}
        for key in lost:
            for mark in _marks(self.bodies[key][0]):
                by_mark.setdefault(mark, []).append(key)
        found: dict[str, list[str]] = {}
        for row in new:
            hits = Counter(key for mark in _marks(row.values) for key in by_mark.get(mark, ()))
            found[row.key] = [
                key
                for key, times in hits.items()
                if times >= ALIKE_IN and _called_alike(row.values, self.bodies[key][0])
            ]
        taken = Counter(key for keys in found.values() for key in keys)
        return {name: lost[keys[0]] for name, keys in found.items() if len(keys) == 1 and taken[keys[0]] == 1}

    def _programme(self, row: ListRow) -> str:
        """Which place a row tells of: what it told of before, one that it names, one that is the same, or a new one."""
        found = self.before.get(row.key) or self.again.get(row.key)
        if found is None and self.source.own:
            if row.key in self.ids:
                found = row.key
            else:
                place = tuple(row.values.get(name, "") for name in ("name", "street", "zip"))
                found = self.places.get((bare(place[0]), bare(place[1]), place[2])) if place[1] else None
        return found or new_id(self.source.id, row.key)

    def _own_words(self, programme: str, values: dict[str, str]) -> dict[str, str]:
        """Of a site's own row, what other lists do not say as well: so a refresh still brings the rest."""
        if programme not in self.told_by_others:
            return values
        statements = [
            PlaceStatement(what, value, said.source, said.on)
            for said in self.directory.rows_of(programme, self.families)
            if said.source != self.source.id
            for what, value in said.values.items()
        ]
        if not statements:
            return values
        others = resolve(self.directory.terms, programme, statements)
        return {
            what: value
            for what, value in values.items()
            if (UNKNOWN if what not in others.said else others.text(what)) != value
        }

    def _count(self, key: str, programme: str, values: dict[str, str]) -> None:
        if key in self.bodies:
            if self.bodies[key][0] == values and not self.bodies[key][2]:
                self.report.same += 1
            else:
                self.report.changed += 1
        elif programme in self.ids:
            self.report.changed += 1
        else:
            self.report.new += 1

    def _join(self, places: Iterable[Programme]) -> None:
        """Join what is one place word for word, and count what may be."""
        doubles = find_doubles(places, self.directory.apart)
        sure = [one for one in doubles if one.sure]
        joined: set[str] = set()
        for one in sure:
            if one.merged not in joined and one.kept not in joined:
                self.directory.merge(Merge(one.merged, one.kept, self.as_of.isoformat(), ", ".join(one.why)))
                joined.add(one.merged)
        if joined:
            heads = {one.kept for one in sure if one.merged in joined}
            self.directory.index_all({*joined, *heads})
        self.report.merged = len(joined)
        self.report.doubles = len(doubles) - len(joined)

    def _write_side(self, aside: object) -> None:
        if not self.report.left_out and not self.report.in_part:
            return
        aside.seek(0)  # type: ignore[attr-defined]
        write_whole(self.side, aside)  # type: ignore[arg-type]
        self.report.side_file = self.side


def _marks(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What of a row stays when one thing of it is mended."""
    yield "name", bare(f"{values.get('name', '')} {values.get('part', '')}")
    if values.get("street"):
        yield "address", f"{bare(values['street'])}|{values.get('zip', '')}"
    if values.get("phone"):
        yield "phone", values["phone"]


def _called_alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    names = [bare(f"{values.get('name', '')} {values.get('part', '')}") for values in (one, other)]
    return SequenceMatcher(None, names[0], names[1]).ratio() >= ALIKE


def _put_aside(aside: object, row: ListRow | BadRow, *, taken: bool) -> None:
    told = {
        "where": row.where,
        "taken": "in part" if taken else "no",
        "problems": [f"{one.what} {one.remedy}".strip() for one in row.problems],
        "row": row.raw,
    }
    aside.write(json.dumps(told, ensure_ascii=False) + "\n")  # type: ignore[attr-defined]


def new_id(source: str, key: str) -> str:
    """The id of a place that no list told of before: the same whenever the same list is read into a new directory.

    >>> new_id("own", "example house")
    'p86d88de19952'
    """
    return f"p{blake2b(f'{source}|{key}'.encode(), digest_size=6).hexdigest()}"


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write a text file as a whole: the old one stays until the new one is there.

    Raises:
        AnswerError: it cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as new:
            try:
                new.writelines(lines)
                new.flush()
                os.fsync(new.fileno())
                os.replace(new.name, path)
            except BaseException:
                os.unlink(new.name)
                raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnswerError([Problem(str(path), f"cannot be written: {reason}.", "Check the folder.")]) from None
