"""A result and its account as plain values: what ``--json`` prints for a clinician."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.account.reasons import Reason, reasons_of
from trellis.decide import Recommendation


def reasons_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """The reasons in order, each with what is folded under it, and whether it is told apart from what a danger asks."""
    return [{"need": one.need, "folded": list(one.folded), "later": one.later} for one in reasons]


def to_json(rec: Recommendation) -> dict[str, Any]:
    """Everything a recommendation says, and its reasons in the order in which they are told, as plain values.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"use.opioids": "severe"}, as_of=date(2026, 11, 24))
    >>> [reason["need"] for reason in to_json(rec)["reasons"]][:1]
    ['opioid-use-disorder']
    """
    return rec.to_json() | {"reasons": reasons_json(reasons_of(rec))}
