"""A directory as one SQLite file: what each list said, as it said it, and an index made of it.

What lists said is kept apart from what counts of it, so that a refresh, a correction or a merge is never lost and can
be undone. The index is made anew whenever what was said changes, or the content of Trellis.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from trellis.directory.near import coordinates_of_zip, knows_zips, vector
from trellis.directory.programme import CLOSED, YES, ListSource, PlaceStatement, Programme, resolve
from trellis.directory.terms import terms_of
from trellis.errors import Problem, TrellisError
from trellis.library.knowledge import Knowledge

APPLICATION = 0x54524C44
"""Marks the file as ours (``TRLD``)."""
FORM = 1
"""Raised when the form of the file changes."""
WORD, WORDS = 60, 3
"""So many bits of a mask stand in one column, and so many columns there are."""
AXES = 12
"""So many axes there is room for."""
AT_ONCE = 2000
FOREVER = 30.0
"""Seconds to wait while another process writes."""
REMEDIES = {
    "disk is full": "Make room on the disk and try again: all is as it was.",
    "disk I/O error": "Make room on the disk and try again: all is as it was.",
    "readonly": "Make the file and its folder writable, or copy it to where you may write.",
    "locked": "Another import is still writing: wait until it is done.",
}
"""What helps, by a part of what SQLite says."""
IDENTITY = frozenset({"name", "part", "street", "zip", "phone", "latitude", "longitude"})
"""What of a place tells it from others; of a site's own words all are kept, since they say that they are its own."""


class DirectoryError(TrellisError):
    """The file of a directory cannot be used: each problem says where, what and how to mend it."""


class SaidRow(NamedTuple):
    """What one list said of one place: ``values`` by what they are of, ``raw`` the row as it stood there."""

    source: str
    key: str
    programme: str
    on: str
    values: Mapping[str, str]
    raw: str
    seen: str = ""
    gone: str = ""


class Merge(NamedTuple):
    """That two entries are one place: what is said of ``merged`` counts for ``kept``."""

    merged: str
    kept: str
    on: str
    why: str


def _tables() -> str:
    axes = "".join(f", least{n} INTEGER NOT NULL DEFAULT 0, most{n} INTEGER NOT NULL DEFAULT 0" for n in range(AXES))
    words = "".join(f", {c}{n} INTEGER NOT NULL DEFAULT 0" for c in ("yes", "no") for n in range(WORDS))
    return f"""
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT NOT NULL, format TEXT NOT NULL, own INTEGER NOT NULL,
            read_on TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE said (source TEXT NOT NULL, key TEXT NOT NULL, programme TEXT NOT NULL, on_day TEXT NOT NULL,
            seen TEXT NOT NULL, gone TEXT NOT NULL, body TEXT NOT NULL, raw TEXT NOT NULL, PRIMARY KEY (source, key));
        CREATE INDEX said_of ON said (programme);
        CREATE TABLE merges (merged TEXT PRIMARY KEY, kept TEXT NOT NULL, on_day TEXT NOT NULL, why TEXT NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE apart (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
        CREATE TABLE places (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            city TEXT NOT NULL, state TEXT NOT NULL, zip TEXT NOT NULL, lat REAL, lon REAL,
             x REAL, y REAL, z REAL, wait INTEGER,
            closed INTEGER NOT NULL, newest TEXT NOT NULL{words});
        CREATE INDEX places_in ON places (state, city);
        CREATE INDEX places_at ON places (lat);
        CREATE TABLE offers (setting INTEGER NOT NULL, number INTEGER NOT NULL, sure INTEGER NOT NULL{axes},
            PRIMARY KEY (setting, number)) WITHOUT ROWID;
        CREATE INDEX offers_of ON offers (number, setting);
    """


class Directory:
    """A directory in a file. Use it in ``with``; what is written in one :meth:`writing` is there as a whole or not.

    Args:
        path: the file.
        kb: the knowledge whose features and settings it is read with.
        create: make the file where there is none.

    Raises:
        DirectoryError: there is no such file, it is no directory, or a newer Trellis made it.
    """

    def __init__(self, path: Path | str, kb: Knowledge, *, create: bool = False) -> None:
        self.path, self.kb, self.terms = Path(path), kb, terms_of(kb)
        if not create and not self.path.is_file():
            what = "is a folder." if self.path.is_dir() else "is not there."
            raise DirectoryError([Problem(str(path), what, "`trellis directory import FILE` makes a directory.")])
        self._opened: sqlite3.Connection | None = None
        self._zip_at = coordinates_of_zip if knows_zips() else None
        try:
            self._open(new=not self.path.exists() or self.path.stat().st_size == 0)
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise self._failed(error) from None
        except DirectoryError:
            self.close()
            raise

    def _open(self, *, new: bool) -> None:
        self._opened = sqlite3.connect(self.path, timeout=FOREVER, isolation_level=None)
        if new:
            self._connection.execute("PRAGMA page_size = 8192")
            with self.writing():
                # Another import may have made it meanwhile.
                if not self.ask("SELECT 1 FROM sqlite_master LIMIT 1"):
                    self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
                    self._connection.execute(f"PRAGMA user_version = {FORM}")
                    for statement in _tables().split(";"):
                        self._connection.execute(statement)
                    self._remember_content()
        (mark,) = self._connection.execute("PRAGMA application_id").fetchone()
        (form,) = self._connection.execute("PRAGMA user_version").fetchone()
        if mark != APPLICATION:
            what = "is a database of something else."
            raise DirectoryError([Problem(str(self.path), what, "Give another name: it is left as it is.")])
        if form > FORM:
            what = f"was made by a newer Trellis (form {form}; this one reads {FORM})."
            raise DirectoryError([Problem(str(self.path), what, "Update Trellis.")])
        if self._meta("content") != self.terms.digest:
            with self.writing():
                self.index_all()
                self._remember_content()

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            raise DirectoryError([Problem(str(self.path), "is closed.", "Open it again.")])
        return self._opened

    def _failed(self, error: Exception) -> DirectoryError:
        if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
            return DirectoryError([Problem(str(self.path), "is no directory.", "Give the file that `import` made.")])
        remedy = next(
            (words for part, words in REMEDIES.items() if part in str(error)), "Check the file and its folder."
        )
        return DirectoryError([Problem(str(self.path), f"cannot be used: {error}.", remedy)])

    def __enter__(self) -> Directory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def zip_at(self) -> Callable[[str], tuple[float, float] | None] | None:
        """Gives the middle of a ZIP code in degrees; None where the extra `directory` is not installed."""
        return self._zip_at

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside is there at the end, or, where something fails, nothing of it."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._failed(error) from None
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            # SQLite itself takes all back where the disk is full, and then there is nothing left to take back.
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise self._failed(error) from None
            raise

    def ask(self, statement: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement. Raises :class:`DirectoryError` when the file cannot be read."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._failed(error) from None

    def _meta(self, key: str) -> str:
        found = self.ask("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else ""

    def _remember_content(self) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('content', ?)", (self.terms.digest,))

    # --- what lists said ---

    @property
    def sources(self) -> tuple[ListSource, ...]:
        """The lists that were read, the site's own first."""
        rows = self.ask("SELECT id, title, format, own, read_on FROM sources ORDER BY own DESC, read_on DESC, id")
        return tuple(ListSource(name, title, form, bool(own), read_on) for name, title, form, own, read_on in rows)

    def remember_source(self, source: ListSource) -> None:
        """Keep that a list was read."""
        self._connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)", tuple(source))

    def families(self) -> dict[str, tuple[str, ...]]:
        """Of every entry that was merged, or that others were merged into: all that count as that one place."""
        kept = {one.merged: one.kept for one in self.merges}
        members: dict[str, list[str]] = {}
        for name in kept:
            members.setdefault(head_of(name, kept), []).append(name)
        together = [(head, *names) for head, names in members.items()]
        return {name: names for names in together for name in names}

    def rows_of(self, programme: str, families: Mapping[str, Sequence[str]] | None = None) -> list[SaidRow]:
        """What every list said of one place, as it said it: of the entry and of all that was merged with it.

        Args:
            programme: the entry.
            families: what :meth:`families` gives, for somebody who asks often.
        """
        names = (self.families() if families is None else families).get(programme, (programme,))
        marks = ", ".join("?" * len(names))
        where = f"SELECT * FROM said WHERE programme IN ({marks}) ORDER BY source, key"  # noqa: S608 - marks only
        rows = self.ask(where, names)
        return [
            SaidRow(source, key, name, on, json.loads(body), raw, seen, gone)
            for source, key, name, on, seen, gone, body, raw in rows
        ]

    def said_by(self, source: str) -> dict[str, tuple[str, str]]:
        """Of each row that a list has or had: the place it tells of, and the day since which it is gone."""
        rows = self.ask("SELECT key, programme, gone FROM said WHERE source = ?", (source,))
        return {key: (programme, gone) for key, programme, gone in rows}

    def told_by_others(self, source: str) -> set[str]:
        """The entries of which another list says something, also by way of what was merged with them."""
        told = {name for (name,) in self.ask("SELECT DISTINCT programme FROM said WHERE source != ?", (source,))}
        families = self.families()
        return told.union(*(families[name] for name in told if name in families))

    def write_said(self, rows: Iterable[SaidRow]) -> None:
        """Keep what a list said; of a row that was there, what it says now takes the place of what it said."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (one.source, one.key, one.programme, one.on, one.seen, one.gone, _plain(one.values), one.raw)
                for one in rows
            ),
        )

    def mark_gone(self, source: str, keys: Iterable[str], on: str) -> None:
        """Keep that a list that was read as a whole has some rows no more."""
        self._connection.executemany(
            "UPDATE said SET gone = ? WHERE source = ? AND key = ? AND gone = ''", ((on, source, key) for key in keys)
        )

    def identities(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Id, name, street, ZIP and phone of every row, for finding the same place again."""
        for programme, body in self._connection.execute("SELECT programme, body FROM said"):
            value = json.loads(body)
            yield programme, *(value.get(name, "") for name in ("name", "street", "zip", "phone"))

    @property
    def merges(self) -> tuple[Merge, ...]:
        """Which entries are one place, the newest first."""
        return tuple(Merge(*row) for row in self.ask("SELECT * FROM merges ORDER BY on_day DESC, merged"))

    def merge(self, merge: Merge) -> None:
        """Keep that two entries are one place."""
        self._connection.execute("INSERT OR REPLACE INTO merges VALUES (?, ?, ?, ?)", tuple(merge))

    def undo_merge(self, merge: Merge) -> None:
        """Take a merge back, and keep that the two are apart."""
        self._connection.execute("DELETE FROM merges WHERE merged = ?", (merge.merged,))
        self._connection.execute("INSERT OR REPLACE INTO apart VALUES (?, ?)", (merge.merged, merge.kept))

    @property
    def apart(self) -> list[tuple[str, str]]:
        """Entries of which somebody said that they are two places."""
        return [(one, other) for one, other in self.ask("SELECT one, other FROM apart")]

    # --- what counts of it ---

    def index_all(
        self, told: Iterable[str] | None = None, *, seen: Callable[[Programme], object] | None = None
    ) -> None:
        """Make the index anew, of all or of what some entries tell.

        Args:
            told: the entries; all of them when left out.
            seen: is given each place as it is indexed, for somebody who would else read them all again.
        """
        kept = {one.merged: one.kept for one in self.merges}
        heads = None if told is None else {head_of(name, kept) for name in told}
        if heads is None:
            self._connection.execute("DELETE FROM offers")
            self._connection.execute("DELETE FROM places")
        else:
            names = [(name,) for name in {*heads, *(told or ())}]
            self._connection.executemany(
                "DELETE FROM offers WHERE number = (SELECT number FROM places WHERE id = ?)", names
            )
            self._connection.executemany("DELETE FROM places WHERE id = ?", names)
        waiting: list[Programme] = []
        for place in self._resolved(heads, kept):
            waiting.append(place)
            if seen is not None:
                seen(place)
            if len(waiting) >= AT_ONCE:
                self._write_places(waiting)
                waiting = []
        self._write_places(waiting)

    def _write_places(self, places: Sequence[Programme]) -> None:
        (last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM places").fetchone()
        order = {name: number for number, name in enumerate(self.terms.kinds_of_care)}
        rows, offers = [], []
        for number, place in enumerate(places, last + 1):
            rows.append((number, *_columns(place)))
            for one in place.offers:
                steps = [step for pair in zip(one.least, one.most, strict=True) for step in pair]
                offers.append((order[one.setting], number, int(one.sure), *steps, *[0] * (2 * AXES - len(steps))))
        marks = ", ".join("?" * (14 + 2 * WORDS))
        self._connection.executemany(f"INSERT INTO places VALUES ({marks})", rows)  # noqa: S608 - marks only
        marks = ", ".join("?" * (3 + 2 * AXES))
        self._connection.executemany(f"INSERT INTO offers VALUES ({marks})", offers)  # noqa: S608

    def _resolved(
        self, heads: Iterable[str] | None, kept: Mapping[str, str], only: Collection[str] = ()
    ) -> Iterator[Programme]:
        """The places of some ids, or all: statements of all that was merged into one, and what counts of them."""
        own = {one.id: one.own for one in self.sources}
        wanted = None if heads is None else set(heads)
        members: dict[str, list[str]] = {}
        for merged in kept:
            members.setdefault(head_of(merged, kept), []).append(merged)
        if wanted is not None:
            for head in wanted:
                names = [head, *members.get(head, ())]
                marks = ", ".join("?" * len(names))
                where = f"SELECT * FROM said WHERE programme IN ({marks}) ORDER BY programme, source, key"  # noqa: S608
                rows = self.ask(where, names)
                if rows:
                    yield self._one(head, rows, own)
            return
        cursor = self._connection.execute("SELECT * FROM said ORDER BY programme, source, key")
        several: dict[str, list[tuple[Any, ...]]] = {}
        name, rows = "", []
        for row in cursor:
            if row[2] in kept or row[2] in members:
                several.setdefault(head_of(row[2], kept), []).append(row)
                continue
            if row[2] != name:
                if rows:
                    yield self._one(name, rows, own, only)
                name, rows = row[2], []
            rows.append(row)
        if rows:
            yield self._one(name, rows, own, only)
        for head, found in several.items():
            yield self._one(head, found, own, only)

    def _one(
        self, name: str, rows: Sequence[tuple[Any, ...]], own: Mapping[str, bool], only: Collection[str] = ()
    ) -> Programme:
        statements: list[PlaceStatement] = []
        # A list of the country makes half a million of them: `tuple.__new__` takes half the time of the name.
        made = tuple.__new__
        for source, _, _, on, _, _, body, _ in rows:
            mine = own.get(source, False)
            statements += [
                made(PlaceStatement, (what, value, source, on, mine))
                for what, value in json.loads(body).items()
                if mine or not only or what in only
            ]
        gone = max((row[5] for row in rows), default="") if all(row[5] for row in rows) else ""
        return resolve(self.terms, name, statements, gone=gone, zip_at=self._zip_at)

    def __len__(self) -> int:
        return int(self.ask("SELECT count(*) FROM places")[0][0])

    def __iter__(self) -> Iterator[Programme]:
        """Every place, in the order of its id."""
        return self._resolved(None, {one.merged: one.kept for one in self.merges})

    def identified(self) -> Iterator[Programme]:
        """Every place with nothing but what tells it from others: name, address, phone, coordinates."""
        return self._resolved(None, {one.merged: one.kept for one in self.merges}, IDENTITY)

    def get(self, name: str) -> Programme | None:
        """A place by its id; None where there is none. Of what was merged, the place that it became."""
        kept = {one.merged: one.kept for one in self.merges}
        return next(self._resolved([head_of(name, kept)], kept), None)

    def numbered(self, numbers: Sequence[int]) -> list[Programme]:
        """The places of some numbers of the index, in any order."""
        marks = ", ".join("?" * len(numbers))
        ids = [name for (name,) in self.ask(f"SELECT id FROM places WHERE number IN ({marks})", list(numbers))]  # noqa: S608
        return list(self._resolved(ids, {one.merged: one.kept for one in self.merges}))

    def towns(self) -> list[tuple[str, str, float, float]]:
        """The towns in which there are places: name, state, and the middle of those places."""
        return self.ask(
            "SELECT city, state, avg(lat), avg(lon) FROM places WHERE city != '' AND lat IS NOT NULL "
            "GROUP BY city COLLATE NOCASE, state"
        )


def identity_of(place: Programme) -> Programme:
    """A place with nothing but what tells it from others, and whether the site says something of it."""
    said = {what: place.said[what] for what in IDENTITY if what in place.said}
    if place.own:
        said |= {what: one for what, one in place.said.items() if one.own}
    return Programme(place.id, said, zip_at=place.zip_at)


def head_of(name: str, kept: Mapping[str, str]) -> str:
    """The entry that a merged one counts for, through every merge on the way.

    >>> head_of("a", {"a": "b", "b": "c"}), head_of("c", {"a": "b"})
    ('c', 'c')
    """
    seen = set()
    while name in kept and name not in seen:
        seen.add(name)
        name = kept[name]
    return name


def _columns(place: Programme) -> tuple[Any, ...]:
    at, wait = place.at, place.number("wait_days")
    words = [mask >> n * WORD & (1 << WORD) - 1 for mask in (place.yes, place.no) for n in range(WORDS)]
    return (
        place.id, place.text("name"), place.text("city"), place.text("state"), place.text("zip"), *(at or (None, None)),
        *(vector(*at) if at else (None, None, None)), None if wait is None else int(wait),
        int(place.text(CLOSED) == YES), place.newest, *words,
    )  # fmt: skip


def _plain(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))
