"""The one object that decides and explains. Everything that shows a result reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trellis._version import __version__
from trellis.decide import barriers, conflicts, explain
from trellis.decide.ends import Ends, is_settled, open_parts
from trellis.decide.join import Disagreement, EvaluationFinding, Expired, StandingDanger
from trellis.decide.joining import tells
from trellis.decide.lazy import lazy
from trellis.decide.parsing import Answer
from trellis.decide.plain import to_json
from trellis.decide.reading import Reading
from trellis.decide.summary import summary
from trellis.decide.tables import Tables
from trellis.decide.views import (
    BarrierView,
    Between,
    Conflict,
    EvaluateView,
    FactView,
    Hold,
    InIntegers,
    NeedView,
    Outlook,
    Placement,
    ServiceView,
    Shortfall,
    StepDown,
    UrgentView,
)
from trellis.engine.node import FALSE, OPEN, Node, evaluate
from trellis.frozen import FrozenDict, freeze_fields
from trellis.kinds.need import AfterCare
from trellis.library.knowledge import Knowledge


@dataclass(frozen=True)
class Provenance:
    """All it takes to decide the same again: software, knowledge, parameters, the day, the answers, the places.

    ``instead_of`` is the version of the shipped content in whose place a site's own decided, else empty;
    ``jurisdiction`` where it is used, if known; ``off`` the needs that did not hold, each with why.
    """

    software: str
    knowledge: str
    digest: str
    parameters: Mapping[str, int | str]
    as_of: date
    answers: Mapping[str, tuple[Answer, ...]]
    places: Mapping[str, str]
    review: str
    instead_of: str = ""
    jurisdiction: str = ""
    off: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in (self.answers, self.places, self.parameters):
            if not isinstance(part, FrozenDict):
                freeze_fields(self)

    def to_json(self) -> dict[str, Any]:
        """Plain values, in the form :func:`trellis.replay` reads."""
        return {
            "software": self.software,
            "knowledge": self.knowledge,
            "digest": self.digest,
            "parameters": dict(self.parameters),
            "as_of": self.as_of.isoformat(),
            "answers": {name: [a.to_json() for a in given] for name, given in self.answers.items()},
            "places": dict(self.places),
            "review": self.review,
            "content": f"site content, not the shipped {self.instead_of}" if self.instead_of else "shipped",
            "jurisdiction": self.jurisdiction,
            "off": dict(self.off),
        }


class Recommendation:
    """What fits one person, and why. Immutable; made by :func:`trellis.decide`.

    The decision is made when the object is; explanations are worked out when first read, from the same ends, and kept.
    To decide is pure, so two recommendations are equal when their provenance is: the same answers, whatever their
    order, read on the same day by the same software with the same knowledge. It can be sent to other processes, where
    it is decided again.
    """

    def __init__(
        self,
        kb: Knowledge,
        reading: Reading,
        ends: tuple[Ends, ...],
        tables: Tables,
        as_of: date,
        places: FrozenDict[str, str],
    ) -> None:
        kept = self.__dict__  # nothing can be set on it from outside
        kept["_state"] = (kb, reading, ends, tables)
        kept["as_of"] = as_of
        kept["_places"] = places

    as_of: date
    """The day of the decision."""
    _state: tuple[Knowledge, Reading, tuple[Ends, ...], Tables]
    _places: FrozenDict[str, str]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a recommendation is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a recommendation is immutable")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recommendation) and self.provenance == other.provenance

    def __hash__(self) -> int:
        return hash(self.provenance)

    def __copy__(self) -> Recommendation:
        return self

    def __deepcopy__(self, memo: object) -> Recommendation:
        return self

    def __repr__(self) -> str:
        now = " or ".join(self.now.ids) if self.now else f"not settled, {len(self.between.now)} not ruled out"
        return f"<Recommendation now: {now}>"

    def __str__(self) -> str:
        return summary(self)

    @property
    def kb(self) -> Knowledge:
        """The knowledge that decided."""
        return self._state[0]

    @lazy
    def provenance(self) -> Provenance:
        """What it was decided from: all it takes to decide the same again."""
        kb, reading = self._state[:2]
        return Provenance(
            software=__version__,
            knowledge=kb.version,
            digest=kb.digest,
            parameters=kb.parameters,
            as_of=self.as_of,
            answers=FrozenDict(reading.used),
            places=self._places,
            review=kb.review,
            instead_of=kb.instead_of,
            jurisdiction=kb.jurisdiction,
            off=kb.off,
        )

    @property
    def review(self) -> str:
        """The review status of the knowledge, which every output carries."""
        return self.kb.review

    @lazy
    def settled(self) -> bool:
        """Whether nothing still open can change placement, danger, evaluation or the safety services."""
        return is_settled(self._state[2], self._state[3].masks)

    @lazy
    def context(self) -> Mapping[str, str] | None:
        """The person's context, or None while it is open."""
        contexts = self._state[1].contexts
        return self.kb.contexts[contexts[0]] if len(contexts) == 1 else None

    @lazy
    def least(self) -> Outlook:
        """The least that the answers allow: exact, over all open contexts."""
        return explain.outlook(*self._state, most=False)

    @lazy
    def most(self) -> Outlook:
        """The most that the answers allow: exact, over all open contexts."""
        return explain.outlook(*self._state, most=True)

    @lazy
    def now(self) -> Placement | None:
        """The placement for acute and ongoing needs together; None while the answers leave more than one."""
        return explain.placement(*self._state, phase="now")

    @lazy
    def next(self) -> Placement | None:
        """The placement once what is acute has passed: ongoing needs, and the way down from a stay; None while open."""
        return explain.placement(*self._state, phase="next")

    @property
    def aftercare(self) -> AfterCare | None:
        """What follows a stay in care round the clock, when the person needs one now; else None."""
        after = self.kb.aftercare
        return after if any(need.phase == "acute" and need.group in after.groups for need in self.active) else None

    @lazy
    def between(self) -> Between:
        """The packages that are not ruled out between the ends."""
        return explain.between(self.kb, self._state[2])

    @lazy
    def hold(self) -> Hold | None:
        """What is called for until somebody has looked, or None."""
        return explain.hold(self.kb, self._state[2])

    @lazy
    def _facts(self) -> explain.FactReader:
        return explain.FactReader(*self._state[:2])

    @lazy
    def active(self) -> tuple[NeedView, ...]:
        """The active needs: why the recommendation is what it is."""
        return explain.needs(self.kb, self._facts, self._state[2], "active")

    @lazy
    def open(self) -> tuple[NeedView, ...]:
        """The needs that the answers leave open."""
        return explain.needs(self.kb, self._facts, self._state[2], "open")

    @lazy
    def cleared(self) -> tuple[NeedView, ...]:
        """The needs that the answers rule out."""
        return explain.needs(self.kb, self._facts, self._state[2], "cleared")

    @property
    def needs(self) -> tuple[NeedView, ...]:
        """Every need that applies, active ones first, then open, then cleared."""
        return (*self.active, *self.open, *self.cleared)

    @lazy
    def _needs_by_id(self) -> Mapping[str, NeedView]:
        return FrozenDict({need.id: need for need in self.needs})

    def need(self, name: str) -> NeedView:
        """One need by its id. Raises ``KeyError`` when it does not apply to this person."""
        return self._needs_by_id[name]

    @lazy
    def in_integers(self) -> InIntegers:
        """The result in integers: for what is worked out of many of its parts at once."""
        _, reading, ends, _ = self._state
        context = reading.contexts[0] if len(reading.contexts) == 1 else None
        lo, hi = self._facts.ends
        best = tuple(lo)
        return InIntegers(explain.sure(ends), context, best, best if hi is lo else tuple(hi))

    @property
    def somewhere(self) -> int:
        """The needs that hold for certain in some context that is open, as a mask: for danger, one is enough."""
        return explain.somewhere(self._state[2])

    @lazy
    def shortfalls(self) -> Mapping[str, tuple[Shortfall, ...]]:
        """Per package: the axes on which it gives less than is asked now, and who asks."""
        return FrozenDict(self.shortfalls_of(self.kb.packages))

    def shortfalls_of(self, packages: Iterable[str]) -> dict[str, tuple[Shortfall, ...]]:
        """The shortfalls of some packages, without working out those of the others."""
        return explain.shortfalls(self.kb, self._state[2], packages, phase="now")

    @lazy
    def shortfalls_next(self) -> Mapping[str, tuple[Shortfall, ...]]:
        """The same for what is asked next."""
        return FrozenDict(explain.shortfalls(self.kb, self._state[2], self.kb.packages, phase="next"))

    @lazy
    def step_down(self) -> Mapping[str, StepDown]:
        """Per package: the active needs that exceed it, those still open that could, and those that cannot change."""
        return FrozenDict(self.step_down_to(self.kb.packages))

    def step_down_to(self, packages: Iterable[str]) -> dict[str, StepDown]:
        """What would let the person step down to some packages, without working it out for the others."""
        return explain.step_down(self.kb, self._facts, self._state[2], packages)

    @lazy
    def urgent(self) -> tuple[UrgentView, ...]:
        """Danger, the gravest first. Shown before anything else."""
        return explain.urgent(*self._state)

    @lazy
    def evaluate(self) -> tuple[EvaluateView, ...]:
        """Who must look, the soonest first."""
        kb, _, ends, tables = self._state
        return explain.evaluations(kb, ends, tables)

    @lazy
    def services(self) -> tuple[ServiceView, ...]:
        """What to add, safety first, with the gaps to arrange."""
        _, _, ends, tables = self._state
        return explain.services(ends, tables, placements=(self.now, self.next))

    @lazy
    def barriers(self) -> tuple[BarrierView, ...]:
        """Commitments and wishes that meet what the recommended packages ask, with accommodations."""
        return barriers.barriers(*self._state[:2], placements=(self.now, self.next))

    @lazy
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where a wish, a refusal, a full or denied place collides with what is needed. Never silently down."""
        kb, reading, _, tables = self._state
        wishes = barriers.firm_wishes(kb, reading, tables)
        if not wishes and not self._places:
            return ()
        return conflicts.conflicts(
            *self._state, now=self.now, places=self._places, services=self.services, wishes=wishes, as_of=self.as_of
        )

    @lazy
    def facts(self) -> Mapping[str, FactView]:
        """Every fact as it stands, known or not."""
        return FrozenDict(explain.fact_views(self._facts))

    def stands(self, node: Node, applies: Mapping[str, tuple[str, ...]]) -> int:
        """Whether a condition holds for this person: ``TRUE``, ``FALSE``, or ``OPEN`` where the answers do not say.

        Args:
            node: compiled, such as one of ``kb.rule_nodes``.
            applies: the contexts it applies in; elsewhere it is false. Empty for all.
        """
        reading = self._state[1]
        found = set()
        for number in reading.contexts:
            context = self.kb.contexts[number]
            if all(context.get(factor) in allowed for factor, allowed in applies.items()):
                found.add(evaluate(node, *reading.intervals(self.kb, number)))
            else:
                found.add(FALSE)
        return found.pop() if len(found) == 1 else OPEN

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Facts on which two sources do not agree; the worse one counts."""
        return tuple(self._state[1].disagreements)

    @property
    def latched(self) -> tuple[str, ...]:
        """Danger facts in force as last known: ask again first."""
        return tuple(dict.fromkeys(self._state[1].latched))

    @property
    def standing(self) -> tuple[StandingDanger, ...]:
        """Danger that stays in force though its source says less now: until an evaluation, or until a day."""
        return tuple(self._state[1].standing)

    @property
    def expired(self) -> tuple[Expired, ...]:
        """Answers past their validity, which were not used: what they were, their day, and until when they counted."""
        return tuple(self._state[1].expired)

    @property
    def findings(self) -> tuple[EvaluationFinding, ...]:
        """What professionals found who evaluated the person, as far as it counts today."""
        last = self._state[1].last
        found = (last[name] for name in self.kb.facts if name in last and self.kb.facts[name].kind == "evaluation")
        return tuple(EvaluationFinding(claim.name, claim.value, claim.author, claim.date) for claim in found)

    @property
    def set_aside(self) -> tuple[str, ...]:
        """The facts whose answers do not count, since their own source, or danger told later, stands against them."""
        return tuple(self._state[1].set_aside)

    @lazy
    def counted(self) -> tuple[str, ...]:
        """The facts, contexts and numbers answered with something that counts: all that were used."""
        old = {answer.name for answer in self.expired} | set(self.set_aside)
        used = self._state[1].used.items()
        return tuple(sorted(name for name, given in used if name not in old and any(map(tells, given))))

    @lazy
    def open_parts(self) -> tuple[str, ...]:
        """What the answers leave open, of what must be known for the result to be settled; see :func:`open_parts`."""
        return open_parts(self._state[2], self._state[3].masks)

    @property
    def unanswerable(self) -> tuple[str, ...]:
        """Facts that were answered with "not known" or "rather not say"."""
        return tuple(self._state[1].unanswerable)

    def to_json(self) -> dict[str, Any]:
        """The whole recommendation as plain values: what ``--json`` prints and what batch rows are read from."""
        return to_json(self)
