"""What the answers say: the intervals that a decision is made from, and what was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from trellis.decide.join import AnswerClaim, Disagreement, Expired, StandingDanger
from trellis.decide.parsing import Answer
from trellis.engine.artefact import Artefact, propagate
from trellis.library.knowledge import Knowledge


@dataclass
class Reading:
    """What the answers say, as intervals of worse-ranks per fact, before contexts close anything.

    Args:
        lo: the best each fact can still be; ``hi`` the worst.
        contexts: the numbers of the contexts still open.
        used: the answers, normalised: per fact, context or input the answers that were given.
        latched: danger facts whose answer is past its validity: in force as last known, to be asked again first.
        standing: danger that stays in force though its source says less now.
        set_aside: facts whose answers do not count, since their own source, or danger told later, stands against them.
        expired: answers past their validity, which say nothing any more.
        unanswerable: facts answered with "not known" or "rather not say".
        disagreements: where two sources do not agree; the worse one counts.
        fresh_lo: like ``lo``, by answers within their validity alone; the same list while nothing is latched.
        last: per fact, the answer that says how it stands.
    """

    lo: list[int]
    hi: list[int]
    contexts: list[int] = field(default_factory=list)
    used: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    latched: list[str] = field(default_factory=list)
    standing: list[StandingDanger] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    expired: list[Expired] = field(default_factory=list)
    unanswerable: list[str] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    last: dict[str, AnswerClaim] = field(default_factory=dict)
    fresh_lo: list[int] = field(default_factory=list)

    def intervals(self, kb: Knowledge, context: int) -> tuple[list[int], list[int]]:
        """The intervals in one context: facts that do not apply there are at their best, with what that implies."""
        closed = kb.artefact.closed[context]
        if not closed or not any(self.hi[fact] for fact in closed):
            return self.lo, self.hi
        lo, hi = self.lo.copy(), self.hi.copy()
        for fact in closed:
            lo[fact] = hi[fact] = 0
        carry(kb.artefact, lo, hi)
        return lo, hi


def carry(artefact: Artefact, lo: list[int], hi: list[int]) -> None:
    """Carry two ends through what implies what, in place. Where both obey already there is nothing to carry."""
    obeys = artefact.engine.obeys
    if not (obeys(lo) and obeys(hi)):
        propagate(artefact.implications, lo, hi)
