"""Evaluations: a professional's finding on danger, and which danger it deals with.

Danger is lowered by nothing that is said later, only by an evaluation of this episode: who, when, and what was found.
An evaluation that found none imminent deals with danger told before it, for good. Danger told after it undoes it: the
finding counts no more. Where a question looks back ("in the past month"), its answer may tell of the time before; then
what is said of *now* decides, and while nothing is said of now, the danger counts. An attempt is a new one unless its
own time lies before the evaluation, or one that was told up to the evaluation explains it. Where an answer may be of an
attempt as well, what is said of now is not enough until attempts are told. A finding of immediate danger stands until
there is another finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from trellis.decide.join import AnswerClaim, is_danger, is_fresh, slid
from trellis.decide.parsing import EVALUATES
from trellis.kinds.fact import Fact
from trellis.library.knowledge import Knowledge

Claims = Mapping[str, Sequence[AnswerClaim]]


class Evaluated(NamedTuple):
    """What the findings on one danger come to.

    Args:
        finding: the latest, of several of one day the worst; None when there is none.
        stands: it counts today: it is within its validity, or found danger, and no danger was told after it.
        lowered: per fact, the claims of danger that it deals with and that then count like any other.
        gone: per fact, the claims of danger that do not outlive it: they were of that very moment.
    """

    finding: AnswerClaim | None
    stands: bool
    lowered: dict[str, list[AnswerClaim]]
    gone: dict[str, list[AnswerClaim]]


def evaluated(kb: Knowledge, fact: Fact, claims: Claims, as_of: date) -> Evaluated:
    """What an evaluation fact is at, and which danger it deals with."""
    found = claims.get(fact.id, ())
    if not found:
        return Evaluated(None, False, {}, {})
    finding = max(found, key=lambda claim: (claim.date, claim.low))
    if finding.low >= fact.start[0]:
        return Evaluated(finding, True, {}, {})
    after = {name: [c for c in _danger(kb, fact, name, claims) if _is_after(c, finding)] for name in fact.settles}
    undone = any(_undoes(kb, kb.facts[n], c, finding, claims, as_of) for n, told in after.items() for c in told)
    stands = is_fresh(fact, finding, as_of) and not undone
    lowered, gone = {}, {}
    for name in fact.settles:
        settled = kb.facts[name]
        looks_back = settled.slides or settled.window_days is not None
        before = [claim for claim in _danger(kb, fact, name, claims) if claim not in after[name]]
        gone[name] = [] if looks_back else [claim for claim in before if claim.date < finding.date]
        lowered[name] = [c for c in (*before, *(after[name] if stands else ())) if c not in gone[name]]
    return Evaluated(finding, stands, lowered, gone)


def _danger(kb: Knowledge, fact: Fact, name: str, claims: Claims) -> list[AnswerClaim]:
    """The claims on a fact that tell of the danger that is evaluated."""
    rank = kb.facts[name].rank_of(fact.settles[name])
    return [claim for claim in claims.get(name, ()) if claim.low >= rank]


def _is_after(claim: AnswerClaim, finding: AnswerClaim) -> bool:
    """Whether something was told after a finding: on a later day, or on its day by others than the evaluator."""
    if claim.date != finding.date:
        return claim.date > finding.date
    return claim.source not in EVALUATES or claim.author not in ("", finding.author)


def _undoes(kb: Knowledge, fact: Fact, claim: AnswerClaim, finding: AnswerClaim, claims: Claims, as_of: date) -> bool:
    """Whether danger told after a finding may be of the time after it."""
    days = (claim.date - finding.date).days
    reaches = fact.within(claim.low) if fact.slides else fact.window_days
    if reaches is None or days > reaches:
        return True
    if fact.slides:
        return not (_lies_before(fact, claim, days) or _was_told(fact, claim.low, claim.date, finding, claims))
    return not (_calm_now(kb, fact, claim, claims, as_of) and _accounted_for(kb, fact, claim, finding, claims))


def _lies_before(fact: Fact, claim: AnswerClaim, days: int) -> bool:
    """Whether it can only lie before a finding so many days earlier: it is older than all worse steps reach."""
    newer = fact.within(claim.high + 1) if claim.high < fact.top else None
    return newer is not None and newer >= days


def _was_told(fact: Fact, rank: int, day: date, finding: AnswerClaim, claims: Claims) -> bool:
    """Whether something told up to a finding would be at least so bad on a later day, so that it explains this."""
    earlier = (other for other in claims.get(fact.id, ()) if not _is_after(other, finding))
    return any(slid(fact, other, day).low >= rank for other in earlier)


def _accounted_for(kb: Knowledge, fact: Fact, claim: AnswerClaim, finding: AnswerClaim, claims: Claims) -> bool:
    """Whether what else an answer may tell of is told since, and so decides itself, or was told up to the finding."""
    if fact.also_tells_of is None:
        return True
    other = kb.facts[fact.also_tells_of]
    if any(told.date >= claim.date for told in claims.get(other.id, ())):
        return True
    return _was_told(other, other.danger_rank or 0, claim.date, finding, claims)


def _calm_now(kb: Knowledge, fact: Fact, danger: AnswerClaim, claims: Claims, as_of: date) -> bool:
    """Whether on the day that danger was told, or since, it was said of now that there is none."""
    if fact.now is None:
        return False
    now = kb.facts[fact.now]
    since = [c for c in claims.get(fact.now, ()) if c.date >= danger.date and is_fresh(now, c, as_of)]
    return bool(since) and not any(is_danger(now, claim.high) for claim in since)
