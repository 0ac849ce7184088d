"""The whole clinical content, validated and compiled, as one frozen object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from trellis.engine.artefact import Artefact, Requirement
from trellis.engine.node import Node
from trellis.frozen import FrozenDict, freeze_fields
from trellis.kinds.approach import (
    Aim,
    Alignment,
    Approach,
    Match,
    PlanGoal,
    ReviewWithin,
    StepUp,
    Stop,
    TreatedCondition,
)
from trellis.kinds.condition import Condition
from trellis.kinds.evidence import Dataset, Method, Result, Summary
from trellis.kinds.fact import ContextFactor, Derivation, Fact, Input, Parameter
from trellis.kinds.instrument import Instrument
from trellis.kinds.need import (
    AfterCare,
    Evaluator,
    HelpLine,
    KnownFault,
    Need,
    NeverLess,
    NeverPlaces,
    Property,
    Screen,
    Urgent,
)
from trellis.kinds.setting import AddOn, Axis, Barrier, Package, Place, Response, Service, Setting, Value
from trellis.kinds.text import Source, SourceRef
from trellis.once import first_time, once

T = TypeVar("T")

LOADED: WeakValueDictionary[str, Knowledge] = WeakValueDictionary()
"""What this process has loaded and still uses, by digest."""


def by_id(things: list[T]) -> Mapping[str, T]:
    """An immutable mapping from ``id`` to thing, in order."""
    return FrozenDict({thing.id: thing for thing in things})  # type: ignore[attr-defined]


class Origin(NamedTuple):
    """Where a knowledge was loaded from: a folder, or None for what ships with Trellis; with what it was loaded."""

    folder: str | None
    parameters: Mapping[str, int | str]
    jurisdiction: str = ""


@dataclass(frozen=True, repr=False)
class WhatHelps:
    """What a plan and a comparison need beside the decision; its parts are described at :class:`Knowledge`."""

    instruments: Mapping[str, Instrument]
    treated: Mapping[str, TreatedCondition]
    approaches: Mapping[str, Approach]
    aims: Mapping[str, Aim]
    alignments: tuple[Alignment, ...]
    matches: Mapping[str, Match]
    stops: Mapping[str, Stop]
    rule_conditions: Mapping[str, Condition]
    rule_nodes: Mapping[str, Node]
    results: Mapping[str, Result]
    summaries: Mapping[str, Summary]
    methods: Mapping[str, Method]
    datasets: Mapping[str, Dataset]
    values: Mapping[str, Value]
    goals: Mapping[str, PlanGoal]
    step_up: Mapping[str, StepUp]
    review_within: tuple[ReviewWithin, ...]

    def __post_init__(self) -> None:
        freeze_fields(self)

    def __repr__(self) -> str:
        return f"<WhatHelps: {len(self.approaches)} approaches, {len(self.instruments)} instruments>"


@dataclass(frozen=True, eq=False, repr=False)
class Knowledge:
    """Everything Trellis knows, as shipped or as a site loads it. Made by :func:`trellis.load`, never by hand.

    Nothing in it can be changed, so threads may share it. It can be sent to other processes at next to no cost: they
    load it from the same place, once each. Two are equal when they were loaded from the same content with the same
    parameters, so that their digest is one.

    Args:
        version: the version of the content; ``digest`` is the SHA-256 of its files and the site's parameters.
        parameters: the value in force of every parameter.
        contexts: every possible context, each as ``{factor: value}``; the number of a context is its place.
        conditions: each need's condition, as parsed; barriers' conditions stand in ``barrier_conditions``, compiled in
            ``barrier_nodes``.
        aftercare: what a stay in care round the clock asks for next.
        reads: the facts that each need's condition reads.
        artefact: all of it as integers.
        later: reads instruments, approaches, evidence, values and goals when one of them is first asked for; a decision
            needs none of them.
        instead_of: the version of the shipped content in whose place this stands; empty for the shipped content itself.
        jurisdiction: where it is used, such as ``"US-OH"``; empty when nobody said.
        off: the needs that do not hold, each with why: their date is to come, or they are legal or payment rules of
            another place.
        waiting: the needs that are dated later than the content; :func:`trellis.library.in_force.in_force` gives the
            knowledge of a day, whose ``whole`` is this one, and keeps it in ``views``.
    """

    version: str
    effective: str
    review: str
    digest: str
    parameters: Mapping[str, int | str]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    factors: Mapping[str, ContextFactor]
    contexts: tuple[Mapping[str, str], ...]
    parameter_definitions: Mapping[str, Parameter]
    inputs: Mapping[str, Input]
    derivations: tuple[Derivation, ...]
    axes: Mapping[str, Axis]
    services: Mapping[str, Service]
    settings: Mapping[str, Setting]
    add_ons: Mapping[str, AddOn]
    responses: Mapping[str, Response]
    packages: Mapping[str, Package]
    barriers: Mapping[str, Barrier]
    barrier_conditions: Mapping[str, Condition]
    barrier_nodes: Mapping[str, Node]
    needs: Mapping[str, Need]
    conditions: Mapping[str, Condition]
    reads: Mapping[str, tuple[str, ...]]
    aftercare: AfterCare
    urgent: Mapping[str, Urgent]
    lines: Mapping[str, HelpLine]
    evaluators: Mapping[str, Evaluator]
    properties: Mapping[str, Property]
    never_places: Mapping[str, NeverPlaces]
    never_less: Mapping[str, NeverLess]
    known_faults: Mapping[str, KnownFault]
    screens: Mapping[str, Screen]
    topics: tuple[str, ...]
    artefact: Artefact
    later: Callable[[], WhatHelps]
    files: Mapping[str, str] = field(default_factory=dict)
    instead_of: str = ""
    jurisdiction: str = ""
    off: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)
    whole: Knowledge | None = None
    origin: Origin | None = field(default=None, init=False)
    _kept: dict[object, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        freeze_fields(self)

    def loaded_from(self, folder: str | None, jurisdiction: str = "") -> Knowledge:
        """This knowledge, told where it comes from; with any part replaced it is another, and comes from nowhere."""
        object.__setattr__(self, "origin", Origin(folder, self.parameters, jurisdiction))
        with first_time():
            LOADED.setdefault(self.digest, self)
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Knowledge):
            return NotImplemented
        loaded = (self.whole or self).origin is not None and (other.whole or other).origin is not None
        return self is other or (loaded and self.digest == other.digest and self.off == other.off)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return (
            f"<Knowledge {self.version} ({self.digest[:12]}), {self.review}: {len(self.facts)} facts, "
            f"{len(self.needs)} needs, {len(self.packages)} packages>"
        )

    def __copy__(self) -> Knowledge:
        return self

    def __deepcopy__(self, memo: object) -> Knowledge:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        from trellis.library.again import load_again, view_again  # it loads, and what loads makes this

        if self.whole is not None and self.whole.origin is not None:
            return view_again, (self.whole, frozenset(self.off) - frozenset(self.whole.off))
        if self.origin is None:
            import pickle

            raise pickle.PicklingError("a knowledge with replaced parts cannot be sent on; send what trellis.load gave")
        return load_again, (self.origin, self.digest)

    @once
    def what_helps(self) -> WhatHelps:
        """Instruments, approaches, evidence, values and goals, read when first asked for."""
        return self.later()

    def with_changes(self, **parts: Any) -> Knowledge:
        """This knowledge with parts of :class:`WhatHelps` in the place of its own.

        >>> import trellis
        >>> len(trellis.load().with_changes(summaries={}).summaries)
        0
        """
        what_helps = replace(self.what_helps, **parts)
        return replace(self, later=lambda: what_helps)

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """Questionnaires and rating scales."""
        return self.what_helps.instruments

    @property
    def treated(self) -> Mapping[str, TreatedCondition]:
        """The conditions that approaches treat and evidence is about."""
        return self.what_helps.treated

    @property
    def approaches(self) -> Mapping[str, Approach]:
        """Treatment approaches."""
        return self.what_helps.approaches

    @property
    def aims(self) -> Mapping[str, Aim]:
        """What people want from treatment."""
        return self.what_helps.aims

    @property
    def alignments(self) -> tuple[Alignment, ...]:
        """Which approach serves which aim."""
        return self.what_helps.alignments

    @property
    def matches(self) -> Mapping[str, Match]:
        """The rules that match approaches to a person."""
        return self.what_helps.matches

    @property
    def stops(self) -> Mapping[str, Stop]:
        """The rules that stop an approach, or caution."""
        return self.what_helps.stops

    @property
    def rule_nodes(self) -> Mapping[str, Node]:
        """The compiled condition of each match and stop."""
        return self.what_helps.rule_nodes

    @property
    def rule_conditions(self) -> Mapping[str, Condition]:
        """The condition of each match and stop, as parsed."""
        return self.what_helps.rule_conditions

    @property
    def results(self) -> Mapping[str, Result]:
        """Results of studies, a number each."""
        return self.what_helps.results

    @property
    def summaries(self) -> Mapping[str, Summary]:
        """What the results say together."""
        return self.what_helps.summaries

    @property
    def methods(self) -> Mapping[str, Method]:
        """Methods of calculation with their sources."""
        return self.what_helps.methods

    @property
    def datasets(self) -> Mapping[str, Dataset]:
        """Tables of studies that can be pooled."""
        return self.what_helps.datasets

    @property
    def values(self) -> Mapping[str, Value]:
        """What may matter to a person in choosing a setting."""
        return self.what_helps.values

    @property
    def goals(self) -> Mapping[str, PlanGoal]:
        """What a plan works towards."""
        return self.what_helps.goals

    @property
    def step_up(self) -> Mapping[str, StepUp]:
        """Signs that more care is needed."""
        return self.what_helps.step_up

    @property
    def review_within(self) -> tuple[ReviewWithin, ...]:
        """How soon a plan is looked at again in a setting."""
        return self.what_helps.review_within

    @once
    def numbers(self) -> Mapping[str, int]:
        """The place of each fact in every rank vector."""
        return FrozenDict({fact: place for place, fact in enumerate(self.artefact.facts)})

    def number_of(self, fact: str) -> int:
        """The place of a fact in every rank vector. Raises ``KeyError`` for a fact that is not defined."""
        return self.numbers[fact]

    @once
    def need_list(self) -> tuple[Need, ...]:
        """The needs in order, so that a place in a mask leads to the need."""
        return tuple(self.needs.values())

    @once
    def reading(self) -> tuple[tuple[tuple[str, int], ...], ...]:
        """Per need, in order, the facts it reads, each with its place."""
        return tuple(tuple((fact, self.numbers[fact]) for fact in self.reads[need]) for need in self.needs)

    @once
    def step_ids(self) -> tuple[tuple[str, ...], ...]:
        """Per fact, in order, the step at each worse-rank."""
        return tuple(tuple(fact.step_at(rank).id for rank in range(fact.top + 1)) for fact in self.facts.values())

    def _masks(self, names: Iterable[str], asks: Callable[[Need, str], bool]) -> tuple[tuple[str, int], ...]:
        """Per name, the needs that ask for it, as a mask; names that no need asks for are left out."""
        masks = (
            (name, sum(1 << place for place, need in enumerate(self.needs.values()) if asks(need, name)))
            for name in names
        )
        return tuple((name, mask) for name, mask in masks if mask)

    @once
    def service_masks(self) -> tuple[tuple[str, int], ...]:
        """Per service, safety first, the needs that bring it."""
        ordered = sorted(self.services.values(), key=lambda service: not service.safety)
        return self._masks([service.id for service in ordered], lambda need, name: name in need.services)

    @once
    def urgent_masks(self) -> tuple[tuple[str, int], ...]:
        """Per urgent text, gravest first, the needs that carry it."""
        return self._masks(self.urgent, lambda need, name: need.urgent == name)

    @once
    def evaluator_masks(self) -> tuple[tuple[str, int], ...]:
        """Per evaluator, the needs that ask for one."""
        return self._masks(self.evaluators, lambda need, name: need.evaluate is not None and need.evaluate.by == name)

    @once
    def required(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Per need, in order, what it requires as ``(axis, step)``."""
        return tuple(self.steps(need.requires) for need in self.artefact.needs)

    def steps(self, requirement: Requirement) -> tuple[tuple[str, str], ...]:
        """A requirement as ``(axis, step)``, without the axes on which nothing is asked."""
        return tuple(
            (axis.id, axis.steps[step].id) for axis, step in zip(self.axes.values(), requirement, strict=True) if step
        )

    def place(self, part: str) -> Place:
        """The setting, add-on or response with this id. Raises ``KeyError`` when there is none."""
        for kind in (self.settings, self.add_ons, self.responses):
            if part in kind:
                return kind[part]
        raise KeyError(part)

    def unit_name(self, part: str, context: Mapping[str, str] | None, lang: str) -> str:
        """What a setting or add-on is called in ``context``: an adolescent unit, an addiction programme."""
        place = self.place(part)
        if context is not None:
            for unit in place.units:
                if all(context.get(factor) in allowed for factor, allowed in unit.contexts.items()):
                    return unit.name.in_language(lang)
        return place.name.in_language(lang)

    def cite(self, refs: tuple[SourceRef, ...]) -> Iterator[str]:
        """Each source with the place in it, and a mark where it was not seen."""
        for ref in refs:
            source = self.sources[ref.ref]
            mark = "" if source.verified == "seen" else f" [{_MARKS[source.verified]}]"
            at = f" At: {ref.at}." if ref.at else ""
            yield f"{source.cite()}{at}{mark}"


_MARKS = {"secondary": "seen only in a secondary source", "memory": "from memory, not yet verified"}


def once_per_knowledge(work: Callable[[Knowledge], T]) -> Callable[[Knowledge], T]:
    """What never changes about a knowledge, worked out at the first call and kept as long as the knowledge lives."""

    @wraps(work)
    def cached(kb: Knowledge) -> T:
        kept: dict[object, T] = kb._kept
        if work not in kept:
            with first_time():
                if work not in kept:
                    kept[work] = work(kb)
        return kept[work]

    return cached
