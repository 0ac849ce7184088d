"""Writing down what is no change of a table: what was seen, exported, refused, or who signed in."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, transaction

from trellis.workspace.access.seen import WhatWasSeen
from trellis.workspace.access.viewer import asking
from trellis.workspace.audit.connections import now
from trellis.workspace.audit.triggers import sqlite_insert


def write(
    action: str, *, table: str = "", row: Any = "", person: int | None = None, what: Any = "", why: str = ""
) -> int:
    """Add one entry. Returns its number.

    Args:
        action: what was done, one word: ``saw``, ``exported``, ``refused``, ``signed_in``.
        table: where; for a page the name of its address.
        row: the number of what it was done to.
        person: the number of the person whom it is about.
        what: what was seen or taken along; anything JSON can say.
        why: what it was needed for.
    """
    who = asking()
    after = json.dumps(what, sort_keys=True) if what else ""
    values = (who.organisation, who.account, who.acting, action, table, str(row), person, "", after, why or who.why)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sqlite_insert(["%s"] * 11), (now(), *values))
            return int(cursor.lastrowid or 0)
        cursor.execute(f"SELECT audit_append({', '.join(['%s'] * 10)})", values)
        return int(cursor.fetchone()[0])


def write_seen(seen: WhatWasSeen, route: str) -> None:
    """Add one entry for all that was read while one page was made, findable by each person whom it was about."""
    from trellis.workspace.audit.models import AboutPerson

    if not seen:
        return
    what = {"rows": {thing: sorted(rows) for thing, rows in seen.rows.items()}, "tables": sorted(seen.tables)}
    people = sorted(seen.people)
    with transaction.atomic():
        number = write(
            "saw", table=route, person=people[0] if len(people) == 1 else None, what=what | {"people": people}
        )
        AboutPerson.objects.bulk_create(AboutPerson(entry=number, person=person) for person in people)
