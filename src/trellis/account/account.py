"""The account of a result: what is said of it to whom, in which order. Ids only; the words are somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from trellis.account.first import first_of
from trellis.account.packages import admitted, alone, considered_ids, neighbours, placed_rank
from trellis.account.reasons import Reason, reasons_of
from trellis.account.services import services_of
from trellis.account.ways import WayIn, ways_of
from trellis.account.weights import weights_of
from trellis.decide import Recommendation
from trellis.decide.gaps import gaps_of
from trellis.decide.join import Expired, StandingDanger
from trellis.decide.views import Conflict, EvaluateView, Hold, ServiceView, Shortfall, StepDown, UrgentView

Audience = Literal["person", "clinician"]


class Considered(NamedTuple):
    """A package that is considered, and the reasons for it that the next lighter one considered does not answer."""

    package: str
    why: tuple[str, ...]


class Other(NamedTuple):
    """A package that is not considered: what it lacks, on each axis with the needs that ask for it."""

    package: str
    lacks: tuple[Shortfall, ...]


class OpenFact(NamedTuple):
    """A fact that is open and could still change something, the needs that wait for it, and who can find it out."""

    fact: str
    needs: tuple[str, ...]
    who: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """What is said of one result to one audience, in the order in which it is said. Immutable, and in no language.

    Args:
        audience: ``"person"`` or ``"clinician"``.
        danger: the gravest first; shown before anything else.
        danger_left_open: facts that could tell of danger and were left open, while no danger is known: answered "I
            don't know" or "rather not say", or with an "at least" that more can hide behind.
        standing: danger that stays in force though less was said later.
        expired: answers too old to count.
        hold: what is called for until somebody has looked.
        first: what stands on top, whatever is chosen, the soonest danger first.
        whatever: services for safety that are certain: to be done whatever is chosen. Of one kind the soonest.
        considered: what is considered, least restrictive first, each with its reasons.
        others: what is not: for a person the nearest lighter and fuller setting, for a clinician every one.
        ways: those that people ask about by name, inpatient care and IOP: what each would give and lack here.
        reasons: why, in order, each with what is folded under it.
        open: what is open and who can find it out; what most needs wait for first.
        step_down: what would let the person step down: for a person to the nearest lighter setting that can be reached,
            for a clinician to every lighter package.
        conflicts: where a wish, a refusal or a lack of places meets what is needed.
        arrange: services that no recommended package brings as standard, safety first.
        next_steps: who must look and within how many hours, what is certain first.
    """

    audience: Audience
    danger: tuple[UrgentView, ...]
    danger_left_open: tuple[str, ...]
    standing: tuple[StandingDanger, ...]
    expired: tuple[Expired, ...]
    hold: Hold | None
    first: tuple[str, ...]
    whatever: tuple[str, ...]
    considered: tuple[Considered, ...]
    others: tuple[Other, ...]
    ways: tuple[WayIn, ...]
    reasons: tuple[Reason, ...]
    open: tuple[OpenFact, ...]
    step_down: tuple[StepDown, ...]
    conflicts: tuple[Conflict, ...]
    arrange: tuple[ServiceView, ...]
    next_steps: tuple[EvaluateView, ...]

    def told_for(self, needs: Iterable[str]) -> tuple[Reason, ...]:
        """The reasons that tell of some needs, themselves or folded under them, in the order of the account."""
        wanted = set(needs)
        return tuple(reason for reason in self.reasons if wanted & {reason.need, *reason.folded})


def account_of(rec: Recommendation, *, audience: Audience = "person") -> Account:
    """What is said of a result.

    Args:
        rec: the recommendation.
        audience: who it is said to. The reasons and their order are the same for both.

    >>> import trellis
    >>> from datetime import date
    >>> rec = trellis.decide(trellis.load(), {"harm.suicide_thoughts": "plan"}, as_of=date(2026, 11, 24))
    >>> account = account_of(rec)
    >>> [danger.id for danger in account.danger], account.reasons[0].need
    (['suicide'], 'suicide-danger')
    """
    kb = rec.kb
    reasons = reasons_of(rec)
    ids = considered_ids(rec)
    near = neighbours(rec)
    beside = near if audience == "person" else [p.id for p in admitted(rec) if p.id not in ids]
    lacking = rec.shortfalls_of(beside)
    services = [service for service in services_of(rec) if service.certain]
    return Account(
        audience=audience,
        danger=rec.urgent,
        danger_left_open=() if rec.urgent else _danger_left_open(rec),
        standing=rec.standing,
        expired=rec.expired,
        hold=rec.hold,
        first=first_of(rec),
        whatever=tuple([service.id for service in services if service.safety]),
        considered=_considered(rec, reasons, ids, near),
        others=tuple([Other(*one) for one in lacking.items()]),
        ways=ways_of(rec),
        reasons=reasons,
        open=() if rec.settled else _open(rec),
        step_down=_ways_down(rec, nearest=audience == "person"),
        conflicts=rec.conflicts,
        arrange=tuple([service for service in services if service.gap and service.id in kb.services]),
        next_steps=rec.evaluate,
    )


def _danger_left_open(rec: Recommendation) -> tuple[str, ...]:
    facts = rec.kb.facts
    left = [name for name in rec.unanswerable if name in facts and facts[name].danger_rank is not None]
    _, _, lo, hi = rec.in_integers
    if lo is hi:
        return tuple(left)
    # More than was said can hide behind an "at least", and that more would be danger.
    hiding = [name for name, place, danger in weights_of(rec.kb).may_hide if 0 < lo[place] < danger <= hi[place]]
    counted = rec.counted if hiding else ()
    return tuple(dict.fromkeys((*left, *[name for name in hiding if name in counted])))


def _considered(
    rec: Recommendation, reasons: Sequence[Reason], ids: Sequence[str], near: Sequence[str]
) -> tuple[Considered, ...]:
    packages = rec.kb.packages
    lighter = next(iter(near), None)
    if lighter is not None and packages[lighter].rank >= placed_rank(rec):
        lighter = None
    found = []
    for name in ids:
        below = [other for other in ids if packages[other].rank < packages[name].rank]
        found.append(Considered(name, why_here(rec, reasons, name, below[-1] if below else lighter)))
    return tuple(found)


def why_here(rec: Recommendation, reasons: Iterable[Reason], package: str, lighter: str | None) -> tuple[str, ...]:
    """The reasons that a package answers and a lighter one does not, in the order in which they are told.

    Args:
        rec: the recommendation.
        reasons: as :func:`reasons_of` gives them.
        package: the id of the package.
        lighter: the id of the package it is held against; None when there is none lighter.
    """
    weights, beyond = weights_of(rec.kb), gaps_of(rec.kb).beyond
    active, places = rec.in_integers.active, weights.places
    answered = weights.requiring & ~(beyond[package] & active)
    if lighter is not None:
        answered &= beyond[lighter] & active
    return tuple([reason.need for reason in reasons if answered >> places[reason.need] & 1])


def _open(rec: Recommendation) -> tuple[OpenFact, ...]:
    waiting: dict[str, list[str]] = {}
    for need in rec.open:
        for fact in need.facts:
            waiting.setdefault(fact.id, []).append(need.id)
    anyone = tuple(look.by for look in rec.evaluate if look.certain)
    found = []
    for name, needs in sorted(waiting.items(), key=lambda entry: -len(entry[1])):
        asked = tuple(look.by for look in rec.evaluate if {*look.needs, *look.sooner} & set(needs))
        found.append(OpenFact(name, tuple(needs), asked or anyone))
    return tuple(found)


def _ways_down(rec: Recommendation, *, nearest: bool) -> tuple[StepDown, ...]:
    top = (rec.now or (rec.least if nearest else rec.most).now).rank
    if not nearest:
        ways = rec.step_down_to([package.id for package in admitted(rec) if package.rank < top]).values()
        return tuple([way for way in ways if way.resolve or way.open])
    if rec.now is None:
        return ()
    for package in reversed(alone(rec)):
        if package.rank < top:
            (way,) = rec.step_down_to([package.id]).values()
            if way.resolve and not way.fixed:
                return (way,)
    return ()
