"""A recommendation in a few lines of English: what ``print`` shows. Danger first, the review status always."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trellis.decide.views import Placement
from trellis.library.titles import capital

if TYPE_CHECKING:
    from trellis.decide.recommendation import Recommendation


def summary(rec: Recommendation) -> str:
    """Danger, the placement now and next, who must look, whether it is settled, and the review status.

    >>> from datetime import date
    >>> import trellis
    >>> print(trellis.decide(trellis.load(), {"harm.danger_now": "yes"}, as_of=date(2026, 11, 23)))
    Danger: ...
    Now: ...
    """
    kb = rec.kb
    danger = [f"{kb.urgent[one.id].title.en}{' (last known)' if one.latched else ''}" for one in rec.urgent]
    look = [f"{kb.evaluators[one.by].name.en} within {_hours(one.within_hours)}" for one in rec.evaluate if one.certain]
    lines = {
        "Danger": "; ".join(danger),
        "Now": _placed(rec, rec.now, rec.between.now),
        "Next": _placed(rec, rec.next, rec.between.next),
        "To be evaluated by": "; ".join(look),
        "Settled": "yes" if rec.settled else f"no, {len(rec.open)} needs open",
        "Knowledge": f"{kb.version}, {rec.review}",
    }
    return "\n".join(f"{name}: {said}" for name, said in lines.items() if said)


def _placed(rec: Recommendation, placement: Placement | None, between: tuple[str, ...]) -> str:
    if placement is None:
        return f"open, {len(between)} not ruled out, from {_package(rec, between[0])} to {_package(rec, between[-1])}"
    return " or ".join(_package(rec, package) for package in placement.ids)


def _package(rec: Recommendation, name: str) -> str:
    return capital(_joined(rec.kb.unit_name(part, rec.context, "en") for part in name.split("+")))


def _joined(names: Iterable[str]) -> str:
    first, *rest = names
    return f"{first} with {' and '.join(rest)}" if rest else first


def _hours(hours: int) -> str:
    return f"{hours} hour{'' if hours == 1 else 's'}" if hours < 48 else f"{hours // 24} days"
