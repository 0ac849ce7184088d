"""Every connection to the database knows who acts, so that its triggers can write it down."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from trellis.workspace.access.viewer import asking_or_none
from trellis.workspace.audit.chain import digest

TELL = ", ".join(f"set_config('trellis.{name}', %s, true)" for name in ("account", "acting", "why", "organisation"))
TELL = f"SELECT pg_advisory_xact_lock(7274, 0), {TELL}"
WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE", "WITH")


def now() -> str:
    """The moment, as the audit writes it.

    >>> len(now())
    27
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def prepare(sender: Any, connection: Any, **_: Any) -> None:
    """Tell a new connection who acts: SQLite asks back, PostgreSQL is told before each write."""
    if connection.vendor == "sqlite":
        functions: tuple[tuple[str, int, Any], ...] = (
            ("trellis_now", 0, now),
            ("trellis_account", 0, lambda: _of("account")),
            ("trellis_acting", 0, lambda: _of("acting")),
            ("trellis_why", 0, lambda: _of("why") or ""),
            ("trellis_organisation", 0, lambda: _of("organisation")),
        )
        for name, count, function in functions:
            connection.connection.create_function(name, count, function)
        connection.connection.create_function("trellis_digest", -1, digest, deterministic=True)
    elif not any(getattr(wrapper, "of_audit", False) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(_tell)


def _of(name: str) -> Any:
    who = asking_or_none()
    return None if who is None else getattr(who, name)


def _tell(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Before a write, say who acts, and wait until nobody else writes.

    What a transaction that is rolled back was told is gone with it: so each time. The wait comes before any row is
    touched: two who each hold a row and wait for the other's place in the chain would wait for ever.
    """
    if isinstance(sql, str) and not sql.lstrip("( \n").upper().startswith(WRITES):
        return execute(sql, params, many, context)
    connection = context["connection"]
    with contextlib.nullcontext() if connection.in_atomic_block else transaction.atomic(connection.alias):
        who = asking_or_none()
        told = ["", "", "", ""]
        if who is not None:
            told = [str(value or "") for value in (who.account, who.acting, who.why, who.organisation)]
        with connection.connection.cursor() as cursor:
            cursor.execute(TELL, told)
        return execute(sql, params, many, context)


_tell.of_audit = True  # type: ignore[attr-defined]
