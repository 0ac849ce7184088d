"""A recommendation as plain values: what ``--json`` prints and what batch rows are read from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from trellis.decide.views import Placement
from trellis.say.say import VOICES

if TYPE_CHECKING:
    from trellis.decide.recommendation import Recommendation


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def to_json(rec: Recommendation) -> dict[str, Any]:
    """Everything a recommendation says, as plain values."""

    def placed(placement: Placement | None) -> dict[str, Any] | None:
        if placement is None:
            return None
        return {
            "packages": list(placement.ids),
            "rank": placement.rank,
            "requirement": dict(placement.requirement),
            "up_to": dict(placement.up_to),
        }

    return {
        "review": rec.review,
        "settled": rec.settled,
        "context": dict(rec.context) if rec.context else None,
        "now": placed(rec.now),
        "next": placed(rec.next),
        "least": {"now": placed(rec.least.now), "next": placed(rec.least.next)},
        "most": {"now": placed(rec.most.now), "next": placed(rec.most.next)},
        "between": {"now": list(rec.between.now), "next": list(rec.between.next)},
        "hold": None if rec.hold is None else rec.hold._asdict() | {"requirement": dict(rec.hold.requirement)},
        "urgent": [view._asdict() for view in rec.urgent],
        "evaluate": [view._asdict() for view in rec.evaluate],
        "services": [view._asdict() for view in rec.services],
        "needs": [
            {
                "id": need.id,
                "status": need.status,
                "phase": need.phase,
                "facts": {fact.id: [fact.best, fact.worst] for fact in need.facts},
                "because": need.because.model_dump(exclude_none=True),
                "requires": dict(need.requires),
                "services": list(need.services),
                "group": need.group,
                "mapping": need.mapping,
                "sources": list(rec.kb.cite(need.sources)),
                "review": VOICES[0].review_of(need.review),
            }
            for need in rec.needs
            if need.status != "cleared"
        ],
        "cleared": [need.id for need in rec.needs if need.status == "cleared"],
        "shortfalls": {name: [row._asdict() for row in rows] for name, rows in rec.shortfalls.items() if rows},
        "step_down": {name: way._asdict() for name, way in rec.step_down.items() if way.resolve or way.open},
        "barriers": [
            {"id": b.id, "packages": list(b.packages), "accommodations": list(b.accommodations)} for b in rec.barriers
        ],
        "conflicts": [c._asdict() | {"look_again": c.look_again.isoformat()} for c in rec.conflicts],
        "disagreements": [asdict(d) for d in rec.disagreements],
        "standing": [s._asdict() | {"day": s.day.isoformat(), "until": _day(s.until)} for s in rec.standing],
        "expired": [e._asdict() | {"day": e.day.isoformat(), "until": _day(e.until)} for e in rec.expired],
        "findings": [f._asdict() | {"day": f.day.isoformat()} for f in rec.findings],
        "set_aside": list(rec.set_aside),
        "counted": list(rec.counted),
        "open_parts": list(rec.open_parts),
        "latched": list(rec.latched),
        "unanswerable": list(rec.unanswerable),
        "provenance": rec.provenance.to_json(),
    }
