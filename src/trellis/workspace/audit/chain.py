"""The sum of an entry, the same in Python, in SQLite (which calls it) and in PostgreSQL (which a test compares)."""

from __future__ import annotations

import hashlib
from typing import Any

START = "0" * 64
"""What the first entry of a chain follows."""
SUMMED = ("at", "organisation_id", "account", "acting", "action", "table", "row", "person_id", "before", "after", "why")
"""The columns that are summed, in this order, after the sum before."""


def digest(previous: str, *values: Any) -> str:
    r"""The SHA-256 of the sum before and the values, each with its length before it: none can flow into the next.

    >>> digest(START, "a", None) != digest(START, None, "a")
    True
    """
    parts = [previous]
    for value in values:
        text = "" if value is None else str(value)
        parts.append(f"{-1 if value is None else len(text.encode())}:{text}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
