"""Evaluations: a professional's finding on danger, and which danger it deals with.

Danger is lowered by nothing that is said later, only by an evaluation of this episode: who, when, and what was found.
An evaluation that found none imminent deals with danger told before it. Danger told after it undoes it: the finding
counts no more. Where a question looks back ("in the past month"), its answer may tell of the time before; then what is
said of *now* decides, and while nothing is said of now, the danger counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from trellis.decide.join import Claim, is_danger, is_fresh
from trellis.model.fact import Fact
from trellis.model.knowledge import Knowledge

Claims = Mapping[str, Sequence[Claim]]


def standing_finding(kb: Knowledge, fact: Fact, claims: Claims, as_of: date) -> tuple[Claim | None, bool]:
    """The finding that an evaluation fact is at.

    Returns:
        the latest finding within its validity, of several of one day the worst, or None; and whether danger told after
        it undoes it.
    """
    found = [claim for claim in claims.get(fact.id, ()) if is_fresh(fact, claim, as_of)]
    if not found:
        return None, False
    finding = max(found, key=lambda claim: (claim.date, claim.low))
    return finding, finding.low < fact.start[0] and any(
        _undoes(kb, kb.facts[name], claim, finding, claims, as_of)
        for name in fact.settles
        for claim in claims.get(name, ())
    )


def lowered_by(kb: Knowledge, fact: Fact, finding: Claim, claims: Claims) -> dict[str, tuple[list[Claim], list[Claim]]]:
    """Per fact that the evaluation settles: the claims of danger that then count like any other, and those that go.

    What looks back stays true of the time before; what was said of that moment does not outlive the finding.
    """
    found = {}
    for name in fact.settles:
        settled = kb.facts[name]
        danger = [claim for claim in claims.get(name, ()) if is_danger(settled, claim.low)]
        looks_back = settled.slides or settled.window_days is not None
        gone = [] if looks_back else [claim for claim in danger if claim.date < finding.date]
        found[name] = ([claim for claim in danger if claim not in gone], gone)
    return found


def _undoes(kb: Knowledge, fact: Fact, claim: Claim, finding: Claim, claims: Claims, as_of: date) -> bool:
    """Whether this danger was told after the finding: by anybody on a later day, by others on the same day."""
    if not is_danger(fact, claim.low) or claim.date < finding.date:
        return False
    if claim.date == finding.date and (claim.source, claim.author) == (finding.source, finding.author):
        return False
    reaches = fact.within(claim.low) if fact.slides else fact.window_days
    if reaches is None or claim.date - timedelta(days=reaches) > finding.date:
        return True
    return not _calm_now(kb, fact, finding, claims, as_of)


def _calm_now(kb: Knowledge, fact: Fact, finding: Claim, claims: Claims, as_of: date) -> bool:
    """Whether since the finding it was said of now, within its validity, that there is no such danger."""
    if fact.now is None:
        return False
    now = kb.facts[fact.now]
    since = [c for c in claims.get(fact.now, ()) if c.date >= finding.date and is_fresh(now, c, as_of)]
    return bool(since) and not any(is_danger(now, claim.high) for claim in since)
