"""Explanations read off the ends: nothing here decides anything again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Literal

from trellis.decide.ends import End, Ends
from trellis.decide.reading import Reading
from trellis.decide.views import (
    BarrierView,
    Between,
    Conflict,
    EvaluateView,
    FactView,
    Hold,
    NeedView,
    Outlook,
    Placement,
    ServiceView,
    Shortfall,
    StepDown,
    UrgentView,
)
from trellis.model.artefact import HOLD, Requirement, bits, covers
from trellis.model.condition import TRUE, evaluate, leaves
from trellis.model.knowledge import Knowledge
from trellis.model.setting import Package

Phase = Literal["now", "next"]
AllEnds = tuple[Ends, ...]
LOOK_AGAIN_DAYS = 7
LOOK_AGAIN_DAYS_ACUTE = 1


def _fit(end: End, phase: Phase) -> tuple[int, ...]:
    return end.now_fit if phase == "now" else end.next_fit


def _asked(end: End, phase: Phase) -> Requirement:
    return end.now if phase == "now" else end.next


def _rank(kb: Knowledge, end: End, phase: Phase) -> int:
    return kb.artefact.packages[_fit(end, phase)[0]].rank


def _packages(kb: Knowledge, places: Iterable[int]) -> list[Package]:
    every = list(kb.packages.values())
    return [every[place] for place in places]


def sure(ends: AllEnds) -> int:
    """The needs active at the best end of every open context."""
    return reduce(and_, (pair.least.active for pair in ends))


def somewhere(ends: AllEnds) -> int:
    """The needs active at the best end of some open context: for danger, one is enough."""
    return reduce(or_, (pair.least.active for pair in ends))


def possible(ends: AllEnds) -> int:
    """The needs that the answers do not rule out."""
    return reduce(or_, (pair.most.active for pair in ends))


def outlook(kb: Knowledge, reading: Reading, ends: AllEnds, *, most: bool) -> Outlook:
    """The least or the most over all open contexts."""
    points = [pair.most if most else pair.least for pair in ends]
    choose = max if most else min
    now = choose(points, key=lambda end: _rank(kb, end, "now"))
    following = choose(points, key=lambda end: _rank(kb, end, "next"))
    asked, then = _asked(now, "now"), _asked(following, "next")
    return Outlook(
        now=_placement(kb, reading, now, "now", asked, asked),
        next=_placement(kb, reading, following, "next", then, then),
    )


def _placement(
    kb: Knowledge, reading: Reading, end: End, phase: Phase, asked: Requirement, up_to: Requirement
) -> Placement:
    packages = _packages(kb, _fit(end, phase))
    if len(packages) > 1:
        met = _met(kb, reading)
        packages.sort(key=lambda package: sum(met.get(meet, 0) for meet in package.meets))
    return Placement(tuple(packages), kb.steps(asked), kb.steps(up_to))


def _met(kb: Knowledge, reading: Reading) -> dict[str, int]:
    """How many of the person's barriers meet each attribute of a place; orders packages within a rank, nothing else."""
    counts: dict[str, int] = {}
    for barrier in _active_barriers(kb, reading):
        for meet in kb.barriers[barrier].meets:
            counts[meet] = counts.get(meet, 0) + 1
    return counts


def placement(kb: Knowledge, reading: Reading, ends: AllEnds, *, phase: Phase) -> Placement | None:
    """The placement when every end has the same lowest-rank fitting set, else None."""
    if len({_fit(end, phase) for pair in ends for end in (pair.least, pair.most)}) > 1:
        return None
    asked = _asked(ends[0].least, phase)
    up_to = asked
    for pair in ends:
        asked = tuple(map(min, asked, _asked(pair.least, phase)))
        up_to = tuple(map(max, up_to, _asked(pair.most, phase)))
    return _placement(kb, reading, ends[0].least, phase, asked, up_to)


def between(kb: Knowledge, ends: AllEnds) -> Between:
    """Packages that cover what is asked at least and rank no higher than the most, in some open context."""
    found: dict[str, tuple[str, ...]] = {}
    phases: tuple[Phase, ...] = ("now", "next")
    for phase in phases:
        places: set[int] = set()
        for pair in ends:
            top = _rank(kb, pair.most, phase)
            asked = _asked(pair.least, phase)
            places.update(
                place
                for place, package in enumerate(kb.artefact.packages)
                if package.rank <= top and pair.least.context in package.contexts and covers(package.gives, asked)
            )
        found[phase] = tuple(package.id for package in _packages(kb, sorted(places)))
    return Between(**found)


def hold(kb: Knowledge, ends: AllEnds) -> Hold | None:
    """What is called for until somebody has looked; joined over open contexts, so that danger is never missed.

    A hold that only asks for an evaluation requires nothing meanwhile, and so is none.
    """
    active = somewhere(ends) & kb.artefact.engine.phase_masks[HOLD]
    if not active:
        return None
    asked = kb.steps(kb.artefact.engine.requirement(active, "hold"))
    if not asked:
        return None
    serving = tuple(
        response.id
        for response in kb.responses.values()
        if all(
            axis in response.gives and kb.axes[axis].rank_of(response.gives[axis]) >= kb.axes[axis].rank_of(step)
            for axis, step in asked
        )
    )
    return Hold(asked, _need_ids(kb, active), serving)


def _need_ids(kb: Knowledge, mask: int) -> tuple[str, ...]:
    return tuple(kb.artefact.needs[place].id for place in bits(mask))


class FactReader:
    """Facts as they stand for this person, worked out one by one as they are asked for."""

    def __init__(self, kb: Knowledge, reading: Reading) -> None:
        self.kb, self.reading = kb, reading
        single = len(reading.contexts) == 1
        self.lo, self.hi = reading.intervals(kb, reading.contexts[0]) if single else (reading.lo, reading.hi)
        self.views: dict[str, FactView] = {}

    def view(self, name: str) -> FactView:
        """One fact; in a single open context with what that context closes."""
        if name not in self.views:
            number = self.kb.numbers[name]
            steps = self.kb.step_ids[number]
            source, day = self._said(name)
            self.views[name] = FactView(
                id=name,
                best=steps[self.lo[number]],
                worst=steps[self.hi[number]],
                source=source,
                date=day,
                fixed=self.kb.facts[name].fixed,
                latched=name in self.reading.latched,
            )
        return self.views[name]

    def _said(self, name: str) -> tuple[str, date | None]:
        """Who says how a fact stands, and the day where one was given."""
        last = self.reading.last.get(name)
        given = self.reading.used.get(name if last is None else last.name, ())
        if last is None:
            return (given[-1].source, given[-1].date) if given else ("", None)
        return last.shown, last.date if any(answer.date == last.date for answer in given) else None

    def telling(self, place: int, status: str) -> tuple[FactView, ...]:
        """The facts that make a need what it is: what speaks for an active one, what is unknown for an open one."""
        read = self.kb.reading[place]
        if status == "active":
            return tuple([self.view(name) for name, number in read if self.lo[number] > 0])
        if status == "open":
            return tuple([self.view(name) for name, number in read if self.lo[number] < self.hi[number]])
        return tuple([self.view(name) for name, _ in read])


def fact_views(facts: FactReader) -> Mapping[str, FactView]:
    """Every fact as it stands."""
    return {name: facts.view(name) for name in facts.kb.facts}


def needs(kb: Knowledge, facts: FactReader, ends: AllEnds, status: str) -> tuple[NeedView, ...]:
    """The needs of one status (``active``, ``open``, ``cleared``) that apply in some open context, with their words."""
    active, open_ = sure(ends), possible(ends)
    if status == "cleared":
        masks = kb.artefact.engine.context_masks
        chosen = reduce(or_, (masks[pair.least.context] for pair in ends)) & ~open_
    else:
        chosen = active if status == "active" else open_ & ~active
    return tuple(
        [
            NeedView(kb.need_list[place], status, facts.telling(place, status), kb.required[place])
            for place in bits(chosen)
        ]
    )


def shortfalls(kb: Knowledge, ends: AllEnds, *, phase: Phase) -> Mapping[str, tuple[Shortfall, ...]]:
    """Per package, the axes it falls short on: for certain, or only should what is open turn out badly."""
    asked_least = tuple(min(values) for values in zip(*(_asked(p.least, phase) for p in ends), strict=True))
    asked_most = tuple(max(values) for values in zip(*(_asked(p.most, phase) for p in ends), strict=True))
    certain_needs, possible_needs = sure(ends), possible(ends)
    asks = [need.asks(phase) for need in kb.artefact.needs]
    found = {}
    for package, compiled in zip(kb.packages.values(), kb.artefact.packages, strict=True):
        rows = []
        for number, axis in enumerate(kb.axes.values()):
            given = compiled.gives[number]
            for asked, active, certain in (
                (asked_least[number], certain_needs, True),
                (asked_most[number], possible_needs, False),
            ):
                if asked > given:
                    asking = [p for p in bits(active) if asks[p][number] > given]
                    names = tuple(kb.artefact.needs[p].id for p in asking)
                    rows.append(Shortfall(axis.id, axis.steps[asked].id, axis.steps[given].id, names, certain))
                    break
        found[package.id] = tuple(rows)
    return found


def step_down(kb: Knowledge, reading: Reading, ends: AllEnds) -> Mapping[str, StepDown]:
    """Per target: the unique set of active needs that exceed it, and the open ones that could."""
    mask = ~kb.artefact.engine.phase_masks[HOLD]
    active = sure(ends) & mask
    facts = FactReader(kb, reading)
    unsure = possible(ends) & mask & ~active
    found = {}
    for target in kb.artefact.packages:
        exceeding = [p for p in bits(active) if not covers(target.gives, kb.artefact.needs[p].requires)]
        could = [p for p in bits(unsure) if not covers(target.gives, kb.artefact.needs[p].requires)]
        resolve = tuple(kb.artefact.needs[p].id for p in exceeding)
        found[target.id] = StepDown(
            target=target.id,
            resolve=resolve,
            open=tuple(kb.artefact.needs[p].id for p in could),
            fixed=tuple(name for name in resolve if _is_fixed(kb, facts, name)),
        )
    return found


def _is_fixed(kb: Knowledge, facts: FactReader, need: str) -> bool:
    telling = facts.telling(list(kb.needs).index(need), "active")
    return bool(telling) and all(fact.fixed for fact in telling)


def urgent(kb: Knowledge, reading: Reading, ends: AllEnds) -> tuple[UrgentView, ...]:
    """Each danger that is active in some open context, gravest first."""
    active = somewhere(ends)
    views = []
    for name, mask in kb.urgent_masks:
        if active & mask:
            places = bits(active & mask)
            latched = bool(reading.latched) and not any(_holds_today(kb, reading, place) for place in places)
            views.append(UrgentView(name, _need_ids(kb, active & mask), latched))
    return tuple(views)


def _holds_today(kb: Knowledge, reading: Reading, place: int) -> bool:
    """Whether a need would be active by answers within their validity alone."""
    return evaluate(kb.artefact.needs[place].node, reading.fresh_lo, reading.hi) == TRUE


def evaluations(kb: Knowledge, ends: AllEnds) -> tuple[EvaluateView, ...]:
    """One entry for each person who must look: the shortest time that any need gives for certain.

    A need that is only possible and would ask sooner is named beside it: a question to answer, and no hour yet.
    """
    certain, open_ = somewhere(ends), possible(ends)
    views = []
    for who, mask in kb.evaluator_masks:
        if open_ & mask:
            asking = bits(certain & mask or open_ & mask)
            hours = _hours(kb, asking)
            sooner = [place for place in bits(open_ & ~certain & mask) if _hours(kb, [place]) < hours]
            ids = [tuple(kb.need_list[place].id for place in places) for places in (asking, sooner)]
            views.append(EvaluateView(who, hours, ids[0], bool(certain & mask), ids[1]))
    return tuple(sorted(views, key=lambda view: (not view.certain, view.within_hours, view.by)))


def _hours(kb: Knowledge, places: Iterable[int]) -> int:
    return min(need.evaluate.within_hours for place in places if (need := kb.need_list[place]).evaluate)


def services(kb: Knowledge, ends: AllEnds, *, placements: tuple[Placement | None, ...]) -> tuple[ServiceView, ...]:
    """Collected from all needs, never gating the fit; what a recommended package lacks is a gap to arrange."""
    certain, open_ = somewhere(ends), possible(ends)
    standard = [package.services for placed in placements if placed is not None for package in placed.packages]
    sure_views: list[ServiceView] = []
    open_views: list[ServiceView] = []
    for name, mask in kb.service_masks:
        if open_ & mask:
            view = ServiceView(
                id=name,
                needs=_need_ids(kb, certain & mask or open_ & mask),
                certain=bool(certain & mask),
                gap=any(name not in given for given in standard),
                safety=kb.services[name].safety,
            )
            (sure_views if view.certain else open_views).append(view)
    return (*sure_views, *open_views)


def _active_barriers(kb: Knowledge, reading: Reading) -> list[str]:
    return [name for name, node in kb.barrier_nodes.items() if evaluate(node, reading.lo, reading.hi) == TRUE]


def barriers(kb: Knowledge, reading: Reading, *, placements: tuple[Placement | None, ...]) -> tuple[BarrierView, ...]:
    """The person's barriers that meet what a recommended package asks of them."""
    recommended = {p.id: p for placed in placements if placed is not None for p in placed.packages}
    views = []
    for name in _active_barriers(kb, reading):
        barrier = kb.barriers[name]
        # Language is met everywhere; the other attributes are those of the recommended packages.
        met = tuple(i for i, p in recommended.items() if {*p.meets, "language"} & set(barrier.meets))
        if met:
            views.append(BarrierView(name, met, barrier.because, barrier.accommodations))
    return tuple(views)


def conflicts(
    kb: Knowledge,
    reading: Reading,
    ends: AllEnds,
    *,
    now: Placement | None,
    places: Mapping[str, str],
    services: tuple[ServiceView, ...],
    as_of: date,
) -> tuple[Conflict, ...]:
    """Wishes, refusals, full and denied places that collide with what is needed now."""
    wanted, certain = now or outlook(kb, reading, ends, most=False).now, now is not None
    interim = tuple(service.id for service in services if service.safety and service.certain)
    acute = any(kb.needs[name].phase != "ongoing" for name in _need_ids(kb, somewhere(ends)))
    again = as_of + timedelta(days=LOOK_AGAIN_DAYS_ACUTE if acute else LOOK_AGAIN_DAYS)
    found = []
    unavailable = {p.id for p in kb.packages.values() if p.id in places or any(part in places for part in p.parts)}
    for state in ("refused", "full", "denied"):
        hit = tuple(
            p.id
            for p in wanted.packages
            if places.get(p.id) == state or any(places.get(part) == state for part in p.parts)
        )
        if hit:
            lesser = _lesser(kb, wanted, unavailable, ends) if state == "refused" else None
            following = _next_sufficient(kb, wanted, unavailable, ends)
            found.append(Conflict(state, hit, following, lesser, interim, again, certain))
    for name in _active_barriers(kb, reading):
        if not _is_firm_wish(kb, reading, name):
            continue
        meets = set(kb.barriers[name].meets)
        colliding = {p.id for p in kb.packages.values() if set(p.meets) & meets}
        if all(p.id in colliding for p in wanted.packages):
            following = _next_sufficient(kb, wanted, colliding, ends)
            lesser = _lesser(kb, wanted, colliding, ends)
            found.append(Conflict("wish", wanted.ids, following, lesser, interim, again, certain))
    return tuple(found)


def _is_firm_wish(kb: Knowledge, reading: Reading, barrier: str) -> bool:
    """Whether the barrier asks for a preference held as firmly as its scale allows ("must"), and it is."""
    return any(
        kb.facts[leaf.fact].kind == "preference"
        and leaf.top > 1
        and leaf.ranks == {leaf.top}
        and reading.lo[kb.number_of(leaf.fact)] == leaf.top
        for leaf, _ in leaves(kb.barrier_conditions[barrier])
    )


def _next_sufficient(kb: Knowledge, wanted: Placement, without: set[str], ends: AllEnds) -> tuple[str, ...]:
    """The packages of the lowest rank, from the one wanted on, that cover all that may be asked of it."""
    up_to = dict(wanted.up_to)
    asked = tuple(kb.axes[axis].rank_of(up_to.get(axis, kb.axes[axis].steps[0].id)) for axis in kb.axes)
    contexts = {pair.least.context for pair in ends}
    fitting = [
        p
        for p in kb.packages.values()
        if p.id not in without and contexts <= p.admits and p.rank >= wanted.rank and covers(p.gives, asked)
    ]
    return tuple(p.id for p in fitting if p.rank == fitting[0].rank)


def _lesser(kb: Knowledge, wanted: Placement, without: set[str], ends: AllEnds) -> str | None:
    contexts = {pair.least.context for pair in ends}
    below = [
        p.id for p in kb.packages.values() if p.id not in without and p.rank < wanted.rank and contexts <= p.admits
    ]
    return below[-1] if below else None
