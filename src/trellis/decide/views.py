"""The parts of a recommendation: small immutable objects that page, PDF, terminal, FHIR and batch all read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from trellis.kinds.need import Need
from trellis.kinds.setting import Package
from trellis.kinds.text import SourceRef, Words
from trellis.library.reviewed import EntryReview


class FactView(NamedTuple):
    """A fact as it stands for this person: the best and the worst it can be, and where the answer comes from.

    ``best`` and ``worst`` are step ids, the same when the fact is known. ``fixed`` marks lifetime history.
    """

    id: str
    best: str
    worst: str
    source: str = ""
    date: date | None = None
    fixed: bool = False
    latched: bool = False

    @property
    def known(self) -> bool:
        """Whether the answers leave only one value."""
        return self.best == self.worst


class Telling(Protocol):
    """Who can say what a need at a place rests on and what it requires."""

    def telling(self, place: int, status: str) -> tuple[FactView, ...]:
        """The facts that make it what it is."""

    def required(self, place: int) -> tuple[tuple[str, str], ...]:
        """What it requires, as ``(axis, step)``."""

    def reviewed(self, name: str) -> EntryReview:
        """Whether a clinician has reviewed it."""


class Told(NamedTuple):
    """What was said of one need already."""

    facts: tuple[FactView, ...]
    requires: tuple[tuple[str, str], ...]
    review: EntryReview

    def telling(self, place: int, status: str) -> tuple[FactView, ...]:  # noqa: ARG002 - as whoever works them out
        """The facts."""
        return self.facts

    def required(self, place: int) -> tuple[tuple[str, str], ...]:  # noqa: ARG002
        """What it requires."""
        return self.requires

    def reviewed(self, name: str) -> EntryReview:  # noqa: ARG002
        """Whether a clinician has reviewed it."""
        return self.review


class NeedView:
    """One need of this person: ``active``, ``open`` (the answers do not say) or ``cleared``.

    ``facts`` are those that speak for an active need, those unknown of an open one, all of a cleared one. They are
    worked out when somebody looks: of most needs nobody asks more than their words.
    """

    __slots__ = ("_need", "_place", "_status", "_telling")

    def __init__(self, need: Need, status: str, telling: Telling, place: int = 0) -> None:
        self._need = need
        self._status = status
        self._telling = telling
        self._place = place

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NeedView) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash((self.id, self.status, self.facts))

    def __repr__(self) -> str:
        return f"<NeedView {self.id}: {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # With its facts, and without all the answers that they are read from.
        return NeedView, (self.need, self.status, Told(self.facts, self.requires, self.review))

    def _all(self) -> tuple[Any, ...]:
        return self.need, self.status, self.facts, self.requires

    @property
    def need(self) -> Need:
        """The need as it is written."""
        return self._need

    @property
    def status(self) -> str:
        """``active``, ``open`` or ``cleared``."""
        return self._status

    @property
    def facts(self) -> tuple[FactView, ...]:
        """The facts that make it so."""
        return self._telling.telling(self._place, self._status)

    @property
    def requires(self) -> tuple[tuple[str, str], ...]:
        """What it requires, as ``(axis, step)``."""
        return self._telling.required(self._place)

    @property
    def id(self) -> str:
        """The id of the need."""
        return self._need.id

    @property
    def phase(self) -> str:
        """``hold``, ``acute`` or ``ongoing``."""
        return self._need.phase

    @property
    def dimension(self) -> str:
        """The dimension, which is the file, it belongs to."""
        return self._need.dimension

    @property
    def because(self) -> Words:
        """Why, in whole sentences for the person and for the clinician."""
        return self._need.because

    @property
    def services(self) -> tuple[str, ...]:
        """The services it asks for."""
        return self._need.services

    @property
    def group(self) -> str | None:
        """Which of the four groups, for a need that asks for care round the clock."""
        return self._need.group

    @property
    def mapping(self) -> str:
        """Whether the step from source to requirement is the ``source``'s own or our ``judgement``."""
        return self._need.mapping

    @property
    def note(self) -> str:
        """Where sources conflict, or what is ours."""
        return self._need.note

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """What it rests on."""
        return self._need.sources

    @property
    def review(self) -> EntryReview:
        """Whether a clinician has reviewed it: what the signatures under it say."""
        return self._telling.reviewed(self.id)

    @property
    def fixed(self) -> bool:
        """Whether the need rests on lifetime history alone, so that nothing can resolve it."""
        facts = self.facts
        return bool(facts) and all(fact.fixed for fact in facts)


class Placement(NamedTuple):
    """The packages of lowest rank that fit, best match with the person's wishes first, and what they had to cover.

    ``requirement`` is what is asked for certain, ``up_to`` what may be asked while answers are open: the same package
    can be the least for both.
    """

    packages: tuple[Package, ...]
    requirement: tuple[tuple[str, str], ...]
    up_to: tuple[tuple[str, str], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the packages."""
        return tuple([package.id for package in self.packages])

    @property
    def rank(self) -> int:
        """The rank that the packages share; 1 is least restrictive."""
        return self.packages[0].rank


class Outlook(NamedTuple):
    """One end of what the answers allow: the placement now and next."""

    now: Placement
    next: Placement


class Between(NamedTuple):
    """The ids of packages not ruled out between the ends, least restrictive first."""

    now: tuple[str, ...]
    next: tuple[str, ...]


class InIntegers(NamedTuple):
    """A result as masks and ranks.

    Args:
        active: the active needs, a bit each.
        context: the number of the context; None while it is open.
        lo: the best each fact can be; ``hi`` the worst.
    """

    active: int
    context: int | None
    lo: Sequence[int]
    hi: Sequence[int]


class Hold(NamedTuple):
    """Until somebody has looked: what is required meanwhile, who asks for it, and the responses that serve it."""

    requirement: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    responses: tuple[str, ...]


class UrgentView(NamedTuple):
    """A danger for which help is shown at once. ``latched``: rests on an old answer that must be asked again first."""

    id: str
    needs: tuple[str, ...]
    latched: bool = False


class EvaluateView(NamedTuple):
    """Somebody who must look, and within how many hours.

    ``certain`` is False while the answers leave it open. ``sooner``: open needs that would ask for it sooner than what
    is certain; each is a question to answer.
    """

    by: str
    within_hours: int
    needs: tuple[str, ...]
    certain: bool = True
    sooner: tuple[str, ...] = ()


class ServiceView(NamedTuple):
    """A service to add. ``gap``: some recommended package does not have it as standard, so it must be arranged."""

    id: str
    needs: tuple[str, ...]
    certain: bool
    gap: bool
    safety: bool


class Shortfall(NamedTuple):
    """One axis on which a package gives less than is asked, and who asks; not ``certain`` while answers are open."""

    axis: str
    asked: str
    given: str
    needs: tuple[str, ...]
    certain: bool


class StepDown(NamedTuple):
    """What would have to be resolved before a target package is enough, and what is still open.

    ``fixed`` holds those of ``resolve`` that rest on lifetime history, which treatment cannot change.
    """

    target: str
    resolve: tuple[str, ...]
    open: tuple[str, ...]
    fixed: tuple[str, ...]


class BarrierView(NamedTuple):
    """A commitment, wish or circumstance that meets what a recommended package asks, and what answers it."""

    id: str
    packages: tuple[str, ...]
    because: Words
    accommodations: tuple[str, ...]


class Conflict(NamedTuple):
    """A recommended package that the person refuses, cannot have, or does not want, and what then.

    Args:
        kind: ``wish``, ``refused``, ``full`` or ``denied``.
        packages: the recommended packages it concerns.
        next_sufficient: the next packages, by rank, that still cover everything; empty when none does.
        lesser: for a refusal or wish: the most that is acceptable below, with its shortfalls; never a recommendation.
        interim: safety services meanwhile.
        look_again: the day to look again.
        certain: the placement is known; else open answers may still ask for more than ``next_sufficient`` gives.
    """

    kind: str
    packages: tuple[str, ...]
    next_sufficient: tuple[str, ...]
    lesser: str | None
    interim: tuple[str, ...]
    look_again: date
    certain: bool
