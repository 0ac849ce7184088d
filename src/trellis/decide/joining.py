"""All facts joined together: evaluations first, then each fact, then what facts say of one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import gt

from trellis.decide.evaluations import evaluated
from trellis.decide.join import (
    AnswerClaim,
    Expired,
    Joined,
    StandingDanger,
    days_after,
    disagreement,
    holds_until,
    is_danger,
    is_fresh,
    join,
)
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer
from trellis.decide.reading import Reading
from trellis.engine.artefact import propagate
from trellis.errors import Problem
from trellis.kinds.fact import Fact
from trellis.library.knowledge import Knowledge, once_per_knowledge


@once_per_knowledge
def _looking_back(kb: Knowledge) -> tuple[tuple[Fact, str, tuple[tuple[int, int], ...]], ...]:
    """The facts that look back, the fact that asks the same of now, and from which rank of it they are how bad."""
    found = []
    for fact in kb.facts.values():
        if fact.window_days is not None and fact.now is not None:
            pair = kb.number_of(fact.now), kb.number_of(fact.id)
            found.append((fact, fact.now, tuple((i, j) for a, i, b, j in kb.artefact.implications if (a, b) == pair)))
    return tuple(found)


SAID = 2
"""What a claim is known by stands from here on; its ranks may have moved on a scale of times."""


def tells(answer: Answer) -> bool:
    """Whether an answer says something."""
    return answer.value not in (NOT_KNOWN, DECLINED)


def claims_of(fact: Fact, given: Iterable[Answer], as_of: date) -> list[AnswerClaim]:
    """What the answers to a fact say of it. A score is never a person's own word: it contradicts nobody."""
    claims = []
    for answer in given:
        if tells(answer):
            value = str(answer.value)
            rank = fact.rank_of(value)
            low, high = 0 if answer.at_most else rank, fact.top if answer.at_least else rank
            day, own = answer.date or as_of, fact.kind != "score"
            claims.append(
                AnswerClaim(low, high, fact.id, value, value, answer.source, answer.source, day, answer.author, own)
            )
    return claims


def expired(name: str, value: str, day: date, valid_days: int | None) -> Expired:
    """An answer that was valid for so many days from a day."""
    return Expired(name, value, day, days_after(day, valid_days or 0))


@once_per_knowledge
def _evaluations(kb: Knowledge) -> tuple[Fact, ...]:
    return tuple(fact for fact in kb.facts.values() if fact.kind == "evaluation")


def worst_of(claims: Iterable[AnswerClaim]) -> AnswerClaim:
    """The worst of some claims, of several the latest; of those, one that does not hang on the order they came in."""
    return max(claims, key=lambda claim: (claim.low, claim.date, claim.shown, claim.value))


class Joining:
    """The claims on every fact, and how each fact stands by them; the intervals are the reading's own lists.

    Args:
        kb: the knowledge.
        reading: its ``lo`` and ``hi`` hold what was answered plainly, and are changed in place.
        told: per fact, the claims on it. Facts answered plainly are added when a conflict asks for them.
        as_of: the day of the decision.
    """

    def __init__(self, kb: Knowledge, reading: Reading, told: dict[str, list[AnswerClaim]], as_of: date) -> None:
        self.kb, self.reading, self.told, self.as_of = kb, reading, told, as_of
        self.joined: dict[str, Joined] = {}
        self.lowered: dict[str, frozenset[AnswerClaim]] = {}

    def join_all(self) -> None:
        """Join the claims on each fact, once evaluations have said which danger they deal with."""
        self._tell_the_month()
        for fact in _evaluations(self.kb):
            if self.told.get(fact.id):
                self._evaluate(fact)
        for name in self.told:
            if self.kb.facts[name].kind != "evaluation":
                self._join(name)

    def carry(self, problems: list[Problem]) -> None:
        """Carry answers through the implications, both ways, once what they dispute is settled; then note the rest."""
        kb, reading = self.kb, self.reading
        implications = kb.artefact.implications
        obeys = kb.artefact.engine.obeys
        if not self.told and obeys(reading.lo) and obeys(reading.hi):
            reading.fresh_lo = reading.lo
            return
        lo, hi = reading.lo.copy(), reading.hi.copy()
        propagate(implications, lo, hi)
        if any(map(gt, lo, hi)):
            self._settle(problems)
            lo, hi = reading.lo.copy(), reading.hi.copy()
            propagate(implications, lo, hi)
        self._note()
        reading.fresh_lo = lo
        if reading.latched:
            reading.fresh_lo = [
                0 if name in reading.latched else lo for name, lo in zip(kb.facts, reading.lo, strict=True)
            ]
            propagate(implications, reading.fresh_lo, list(kb.artefact.tops))
        reading.lo[:], reading.hi[:] = lo, hi

    def claims(self, name: str) -> list[AnswerClaim]:
        """The claims on a fact, those of a plain answer too."""
        if name not in self.told:
            self.told[name] = claims_of(self.kb.facts[name], self.reading.used.get(name, ()), self.as_of)
        return self.told[name]

    def _tell_the_month(self) -> None:
        """What is said of now is said of the time as well that another question looks back on, and holds as long."""
        for fact, now, implied in _looking_back(self.kb):
            given = self.reading.used.get(now, ())
            for claim in self.told.get(now) or claims_of(self.kb.facts[now], given, self.as_of):
                rank = max((worse for least, worse in implied if claim.low >= least), default=0)
                if is_danger(fact, rank):
                    value, source = fact.step_at(rank).id, f"{now}|{claim.source}"
                    said = claim._replace(low=rank, high=fact.top, value=value, source=source, own=False)
                    self.claims(fact.id).append(said)

    def _evaluate(self, fact: Fact) -> None:
        for name in (*fact.settles, *(now for name in fact.settles if (now := self.kb.facts[name].now))):
            self.claims(name)
        found = evaluated(self.kb, fact, self.told, self.as_of)
        if found.finding is None:
            return
        if found.stands:
            rank = found.finding.low
            self._stand(fact, Joined(rank, rank, (found.finding,)))
        elif not is_fresh(fact, found.finding, self.as_of):
            self._stand(fact, Joined(*fact.start, expired=(found.finding,)))
        for name, claims in found.lowered.items():
            self.lowered[name] = self.lowered.get(name, frozenset()) | frozenset(claims)
        for name, claims in found.gone.items():
            if claims:
                self.told[name] = [claim for claim in self.told[name] if claim not in claims]

    def _stand(self, fact: Fact, joined: Joined) -> None:
        number = self.kb.number_of(fact.id)
        self.reading.lo[number], self.reading.hi[number] = joined.low, joined.high
        self.joined[fact.id] = joined

    def _join(self, name: str) -> None:
        fact, claims = self.kb.facts[name], self.told[name]
        if claims:
            joined = join(fact, claims, self.as_of, self.lowered.get(name, frozenset()))
        else:
            joined = Joined(*fact.start)
        self._stand(fact, joined)

    def _settle(self, problems: list[Problem]) -> None:
        """Settle what answers to different facts dispute.

        Of one source the later answer counts, but danger always does. Of several sources the worse one counts, the
        disagreement is kept, and what the milder answer had cleared opens again. Of one source on one day, both are
        named as a contradiction.
        """
        while any(self._drop_the_earlier(clash) for clash in list(self._clashes())):
            pass
        for fact, reached, of, worse in list(self._clashes()):
            milder = [claim for claim in self.joined[fact.id].counted if claim.high < reached]
            number = self.kb.number_of(fact.id)
            causes = [c for c in self.joined[of].counted if c.own and c.low == worse.low]
            same = [c for c in milder if c.own and any((c.source, c.date) == (w.source, w.date) for w in causes)]
            step = fact.step_at(reached).id
            if same:
                message = (
                    f"[{worse.value}] means {fact.id} at least [{step}], but answers[{fact.id}] is [{same[0].value}]."
                )
                problems.append(Problem(f"answers[{of}]", message, "Correct one of the two."))
            said = [*((claim.value, claim.shown) for claim in milder), (step, worse.shown)]
            self.reading.disagreements.append(disagreement(fact.id, said))
            self.reading.hi[number] = reached

    def _clashes(self) -> Iterable[tuple[Fact, int, str, AnswerClaim]]:
        """The facts that others make worse than they were said to be: the rank, that other, and its claim."""
        kb, lo, hi = self.kb, self.reading.lo, self.reading.hi
        reached, cause = lo.copy(), list(range(len(lo)))
        changed = True
        while changed:
            changed = False
            for a, i, b, j in kb.artefact.implications:
                if reached[a] >= i and reached[b] < j:
                    reached[b], cause[b], changed = j, cause[a], True
        every = list(kb.facts.values())
        for number, rank in enumerate(reached):
            if rank > hi[number]:
                for fact in (every[number], every[cause[number]]):
                    self.claims(fact.id)
                    if fact.id not in self.joined:
                        self._join(fact.id)
                of = every[cause[number]].id
                yield every[number], rank, of, worst_of(self.joined[of].counted)

    def _drop_the_earlier(self, clash: tuple[Fact, int, str, AnswerClaim]) -> bool:
        """Leave out what its own source has since said otherwise. Danger is not taken back. Whether anything went."""
        fact, reached, of, worse = clash
        milder = [c for c in self.joined[fact.id].counted if c.high < reached and c.source == worse.source]
        earlier = {claim for claim in milder if claim.date < worse.date}
        if earlier:
            return self._leave_out(fact.id, earlier)
        if any(claim.date > worse.date for claim in milder) and not is_danger(self.kb.facts[of], worse.low):
            return self._leave_out(of, {worse})
        return False

    def _leave_out(self, name: str, claims: set[AnswerClaim]) -> bool:
        before = len(self.told[name])
        said = {claim[SAID:] for claim in claims}
        self.told[name] = [claim for claim in self.told[name] if claim[SAID:] not in said]
        self._join(name)
        return len(self.told[name]) < before

    def _note(self) -> None:
        """Write down what was noticed of each fact."""
        reading = self.reading
        for name in sorted(self.told, key=self.kb.number_of):
            joined = self.joined.get(name)
            if any(map(tells, reading.used.get(name, ()))) and not (joined and (joined.counted or joined.expired)):
                reading.set_aside.append(name)
        for name in sorted(self.joined, key=self.kb.number_of):
            fact, joined = self.kb.facts[name], self.joined[name]
            if joined.latched:
                reading.latched.append(name)
            if joined.standing is not None:
                held = joined.standing
                reading.standing.append(StandingDanger(name, held.value, held.date, holds_until(fact, held)))
            reading.expired += [expired(c.name, c.given, c.date, fact.valid_days) for c in joined.expired]
            if joined.disagreement is not None:
                reading.disagreements.append(joined.disagreement)
            if any(claim.low > 0 or claim.high < fact.top for claim in joined.counted):
                reading.last[name] = worst_of(joined.counted)
