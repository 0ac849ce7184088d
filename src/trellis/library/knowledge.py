"""The whole clinical content, validated and compiled, as one frozen object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Generic, NamedTuple, TypeVar, overload
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
from trellis.kinds.need import AfterCare, Evaluator, HelpLine, Need, NeverLess, NeverPlaces, Property, Screen, Urgent
from trellis.kinds.setting import AddOn, Axis, Barrier, Package, Place, Response, Service, Setting, Value
from trellis.kinds.sign_off import SignOff
from trellis.kinds.text import About, Source, SourceRef
from trellis.kinds.told_first import AtOnce, First, Inside
from trellis.library.reviewed import EntryReview, review_of, whole_review
from trellis.once import first_time, once

T = TypeVar("T")

LOADED: WeakValueDictionary[str, Knowledge] = WeakValueDictionary()
"""What this process has loaded and still uses, by digest."""


def by_id(things: Iterable[T]) -> Mapping[str, T]:
    """An immutable mapping from ``id`` to thing, in order; what has no id has its place in the list."""
    return FrozenDict({id_of(thing, place): thing for place, thing in enumerate(things)})


def id_of(thing: object, place: int) -> str:
    """The id of an entry, or its place among those of its kind where they have none."""
    return str(getattr(thing, "id", place))


class Where(NamedTuple):
    """Where an entry stands."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Of(Generic[T]):
    """The entries of one kind by id, as an attribute of a knowledge. They are read when first asked for."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        ATTRIBUTES[name] = self.key

    @overload
    def __get__(self, kb: None, owner: type) -> Of[T]: ...

    @overload
    def __get__(self, kb: Knowledge, owner: type) -> Mapping[str, T]: ...

    def __get__(self, kb: Knowledge | None, owner: type) -> Of[T] | Mapping[str, T]:
        if kb is None:
            return self
        # Not a data descriptor: what stands in the object itself is found first, at the speed of any attribute.
        found: Mapping[str, T] = kb.of(self.key)
        vars(kb)[self.name] = found
        return found


ATTRIBUTES: dict[str, str] = {}
"""The attributes of a knowledge that hold the entries of one kind, each with its key."""


class Origin(NamedTuple):
    """Where a knowledge was loaded from: a folder, or None for what ships with Trellis; with what it was loaded."""

    folder: str | None
    parameters: Mapping[str, int | str]
    jurisdiction: str = ""


@dataclass(frozen=True, repr=False)
class WhatHelps:
    """What a plan and a comparison need beside the decision; its parts are described at :class:`Knowledge`."""

    entries: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, Mapping[str, tuple[str, int]]]
    abouts: Mapping[str, About]
    rule_conditions: Mapping[str, Condition]
    rule_nodes: Mapping[str, Node]

    def __post_init__(self) -> None:
        freeze_fields(self)

    def __repr__(self) -> str:
        return f"<WhatHelps: {sum(map(len, self.entries.values()))} entries of {len(self.entries)} kinds>"


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
        entries: per kind of content, its entries by id; each kind is also an attribute, and :meth:`of` gives any.
        places: per kind, the file and line of each entry; :meth:`where` and :meth:`about` read them.
        abouts: what each file says of itself.
        later: reads instruments, approaches, evidence, goals and whatever else has a folder of its own when one of them
            is first asked for; a decision needs none of them.
        instead_of: the version of the shipped content in whose place this stands; empty for the shipped content itself.
        jurisdiction: where it is used, such as ``"US-OH"``; empty when nobody said.
        off: the needs that do not hold, each with why: their date is to come, or they are legal or payment rules of
            another place.
        waiting: the needs that are dated later than the content; :func:`trellis.library.in_force.in_force` gives the
            knowledge of a day, whose ``whole`` is this one, and keeps it in ``views``.
    """

    version: str
    effective: str
    digest: str
    parameters: Mapping[str, int | str]
    entries: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, Mapping[str, tuple[str, int]]]
    abouts: Mapping[str, About]
    contexts: tuple[Mapping[str, str], ...]
    packages: Mapping[str, Package]
    barrier_conditions: Mapping[str, Condition]
    barrier_nodes: Mapping[str, Node]
    conditions: Mapping[str, Condition]
    reads: Mapping[str, tuple[str, ...]]
    aftercare: AfterCare
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

    sources = Of[Source]("sources")
    facts = Of[Fact]("facts")
    factors = Of[ContextFactor]("contexts")
    parameter_definitions = Of[Parameter]("parameters")
    inputs = Of[Input]("inputs")
    axes = Of[Axis]("axes")
    services = Of[Service]("services")
    settings = Of[Setting]("setting")
    add_ons = Of[AddOn]("add_ons")
    responses = Of[Response]("responses")
    barriers = Of[Barrier]("barriers")
    needs = Of[Need]("needs")
    urgent = Of[Urgent]("urgent")
    lines = Of[HelpLine]("lines")
    evaluators = Of[Evaluator]("evaluators")
    at_once = Of[AtOnce]("at_once")
    first = Of[First]("first")
    inside_now = Of[Inside]("inside_now")
    properties = Of[Property]("properties")
    never_places = Of[NeverPlaces]("never_places")
    never_less = Of[NeverLess]("never_less")
    screens = Of[Screen]("screens")
    values = Of[Value]("values")
    instruments = Of[Instrument]("instruments")
    treated = Of[TreatedCondition]("treated_conditions")
    approaches = Of[Approach]("approaches")
    aims = Of[Aim]("aims")
    matches = Of[Match]("matches")
    stops = Of[Stop]("stops")
    results = Of[Result]("results")
    summaries = Of[Summary]("summaries")
    methods = Of[Method]("methods")
    datasets = Of[Dataset]("datasets")
    goals = Of[PlanGoal]("goals")
    step_up = Of[StepUp]("step_up")
    sign_offs = Of[SignOff]("sign_offs")

    def __post_init__(self) -> None:
        freeze_fields(self)

    def of(self, key: str) -> Mapping[str, Any]:
        """The entries of any kind, by id. Raises ``KeyError`` for a kind that there is not.

        >>> import trellis
        >>> kb = trellis.load()
        >>> kb.of("needs") is kb.needs
        True
        """
        return self.entries[key] if key in self.entries else self.what_helps.entries[key]

    def where(self, key: str, name: str) -> Where:
        """The file and line of an entry. Raises ``KeyError`` when there is none, or no file holds it."""
        places = self.places if key in self.places else self.what_helps.places
        return Where(*places[key][name])

    def about(self, key: str, name: str) -> About:
        """What the file of an entry says of itself. Raises ``KeyError`` like :meth:`where`.

        >>> import trellis
        >>> trellis.load().about("needs", "suicide-danger").dimension
        'harm'
        """
        file = self.where(key, name).file
        return self.abouts[file] if file in self.abouts else self.what_helps.abouts[file]

    @once
    def review(self) -> str:
        """Whether the content as a whole is clinically reviewed: every need and text of danger is signed."""
        return whole_review(self)

    def review_of(self, key: str, name: str) -> EntryReview:
        """What the signatures under an entry say of it as it stands.

        >>> import trellis
        >>> trellis.load().review_of("needs", "suicide-danger").state
        'none'
        """
        kept: dict[object, Any] = self._kept
        if ("review", key, name) not in kept:
            kept["review", key, name] = review_of(self, key, name)
        found: EntryReview = kept["review", key, name]
        return found

    @once
    def derivations(self) -> tuple[Derivation, ...]:
        """How numbers become facts, in order."""
        return tuple(self.of("derivations").values())

    @once
    def alignments(self) -> tuple[Alignment, ...]:
        """Which approach serves which aim."""
        return tuple(self.of("alignments").values())

    @once
    def review_within(self) -> tuple[ReviewWithin, ...]:
        """How soon a plan is looked at again in a setting."""
        return tuple(self.of("review_within").values())

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

    @once
    def what_helps(self) -> WhatHelps:
        """Instruments, approaches, evidence, values and goals, read when first asked for."""
        return self.later()

    def with_changes(self, **parts: Any) -> Knowledge:
        """This knowledge with other entries of some kinds, each under the name of its attribute. Nothing is checked.

        >>> import trellis
        >>> len(trellis.load().with_changes(summaries={}).summaries)
        0
        """
        given = {ATTRIBUTES.get(name, name): _as_entries(entries) for name, entries in parts.items()}
        later = {key: entries for key, entries in given.items() if key not in self.entries}
        what_helps = replace(self.what_helps, entries={**self.what_helps.entries, **later})
        core = {**self.entries, **{key: entries for key, entries in given.items() if key not in later}}
        return replace(self, entries=core, later=lambda: what_helps)

    @property
    def rule_nodes(self) -> Mapping[str, Node]:
        """The compiled condition of each match, stop and other rule that a decision does not need."""
        return self.what_helps.rule_nodes

    @property
    def rule_conditions(self) -> Mapping[str, Condition]:
        """The condition of each of them, as parsed."""
        return self.what_helps.rule_conditions

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


def _as_entries(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else by_id(given)


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
