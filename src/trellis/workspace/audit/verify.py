"""Whether the audit stands as it was written: every sum made again, the last compared with what was put outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from trellis.workspace.audit.chain import START, SUMMED, digest
from trellis.workspace.audit.connections import now

COLUMNS = ", ".join(f'"{name}"' for name in ("id", *SUMMED, "previous", "digest"))


@dataclass(frozen=True)
class AuditVerified:
    """What was found.

    Args:
        entries: how many entries were read.
        faults: what is wrong, each a sentence.
        anchors: how many anchors were compared.
    """

    entries: int
    faults: tuple[str, ...]
    anchors: int


def _entries() -> Iterator[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM audit_entry ORDER BY id")  # noqa: S608
        while rows := cursor.fetchmany(2000):
            yield from rows


def heads() -> dict[str, tuple[int, str]]:
    """For each chain (an organisation's number, or ``-``), the number of its last entry and its sum."""
    found: dict[str, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, id, digest FROM audit_entry WHERE id IN "
            "(SELECT MAX(id) FROM audit_entry GROUP BY organisation_id)"
        )
        for organisation, number, mark in cursor.fetchall():
            found["-" if organisation is None else str(organisation)] = (number, mark)
    return found


def anchor(path: Path) -> int:
    """Put the last sum of every chain down outside the database, on a line of a file. Returns how many there are."""
    chains = heads()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(json.dumps({"at": now(), "chains": chains}, sort_keys=True) + "\n")
    return len(chains)


def verify(anchors: Path | None = None) -> AuditVerified:
    """Make every sum again and follow every chain; then look whether each anchored entry still stands.

    Args:
        anchors: the file that :func:`anchor` writes to; None compares none.
    """
    last: dict[object, str] = {}
    sums: dict[int, str] = {}
    faults = []
    for number, *values, previous, mark in _entries():
        chain = values[1]
        if previous != last.get(chain, START):
            faults.append(f"Entry {number} does not follow the one before it: one is missing, or was put in.")
        if digest(str(previous), *values) != mark:
            faults.append(f"Entry {number} is not as it was written.")
        last[chain] = str(mark)
        sums[int(str(number))] = str(mark)
    compared = 0
    if anchors is not None and anchors.is_file():
        for line in anchors.read_text(encoding="ascii").splitlines():
            for number, mark in json.loads(line)["chains"].values():
                compared += 1
                if sums.get(number) != mark:
                    faults.append(f"Entry {number}, which was anchored, is gone or is another: the tail was cut.")
    return AuditVerified(len(sums), tuple(dict.fromkeys(faults)), compared)
