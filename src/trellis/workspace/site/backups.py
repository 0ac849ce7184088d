"""A back-up of the whole database into one file, and its way back into an empty one."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from trellis.errors import Problem, TrellisError


def backup(path: Path) -> int:
    """Write the database as it is at one moment into a file, and its SHA-256 beside it. Returns its size in bytes.

    SQLite is copied by its own online back-up, PostgreSQL by ``pg_dump`` in its custom format; neither stops the site.

    Args:
        path: the file. Raises :class:`TrellisError` where there is one already, or PostgreSQL's programs are missing.
    """
    if path.exists():
        raise _refused("backup", f"{path} is there already", "Give a new name: a back-up is never written over.")
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # nobody else reads it, not for a moment
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_file())) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, whole in itself
    else:
        _program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
    beside(path).write_text(f"{digest(path)}  {path.name}\n", encoding="ascii")
    return path.stat().st_size


def restore(path: Path) -> int:
    """Bring a back-up into an empty database. Returns how many entries of the audit were verified.

    Args:
        path: the file that :func:`backup` wrote. Raises :class:`TrellisError` where it or its checksum is missing or
            they do not agree, the database is not empty, or the audit in it is not as it was written.
    """
    if not path.is_file() or not beside(path).is_file():
        raise _refused("restore", f"{path} or its checksum {beside(path).name} is missing", "Give the back-up's path.")
    if digest(path) != beside(path).read_text(encoding="ascii").split()[0]:
        raise _refused("restore", f"{path} is not as it was written", "Take another back-up: this one is damaged.")
    Path(settings.FOLDER).mkdir(parents=True, exist_ok=True)
    if connection.introspection.table_names():
        raise _refused("restore", "the database is not empty", "Restore into an empty one: nothing is written over.")
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(_file())) as target:
            source.backup(target)
    else:
        name = connection.settings_dict["NAME"]
        _program("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={name}", str(path))
    from trellis.workspace.audit.verify import verify

    found = verify()
    if found.faults:
        raise _refused("restore", found.faults[0], "Take an earlier back-up, and tell who answers for the audit.")
    return found.entries


def beside(path: Path) -> Path:
    """Where the checksum of a back-up stands.

    >>> beside(Path("a.backup")).name
    'a.backup.sha256'
    """
    return path.with_name(f"{path.name}.sha256")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _file() -> str:
    return str(connection.settings_dict["NAME"])


def _program(name: str, *arguments: str) -> None:
    there = shutil.which(name)
    if there is None:
        raise _refused(name, "is not installed", "Install PostgreSQL's client, of the server's version or newer.")
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    known = {
        name: str(told[key]) for name, key in names.items() if told[key]
    }  # a password never stands in a command line
    done = subprocess.run([there, *arguments], env=os.environ | known, capture_output=True, text=True, check=False)
    if done.returncode:
        raise _refused(name, (done.stderr.strip().splitlines() or ["failed"])[0], "See that the database is reached.")


def _refused(where: str, what: str, remedy: str) -> TrellisError:
    return TrellisError([Problem(where, what, remedy)])
