"""Every connection to the database knows who acts, so that its triggers can write it down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from trellis.workspace.access.viewer import asking_or_none
from trellis.workspace.audit.chain import digest

READS = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SHOW", "SET")


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
    """Before a write, say who acts. What a transaction that is rolled back was told is gone with it: so each time."""
    text = sql if isinstance(sql, str) else "WRITE"
    if not text.lstrip("( ").upper().startswith(READS):
        who = asking_or_none()
        told = ["", "", "", ""]
        if who is not None:
            told = [str(value or "") for value in (who.account, who.acting, who.why, who.organisation)]
        names = ("account", "acting", "why", "organisation")
        settings = ", ".join(f"set_config('trellis.{name}', %s, false)" for name in names)
        with context["connection"].connection.cursor() as cursor:
            cursor.execute(f"SELECT {settings}", told)
    return execute(sql, params, many, context)


_tell.of_audit = True  # type: ignore[attr-defined]
