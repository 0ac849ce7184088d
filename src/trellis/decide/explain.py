"""Explanations read off the ends: nothing here decides anything again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Literal

from trellis.decide.barriers import active_barriers
from trellis.decide.ends import End, Ends
from trellis.decide.gaps import gaps_of
from trellis.decide.lazy import lazy
from trellis.decide.reading import Reading
from trellis.decide.tables import Tables
from trellis.decide.views import (
    Between,
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
from trellis.engine.artefact import HOLD, Requirement, bits, covers
from trellis.engine.node import TRUE, evaluate
from trellis.kinds.setting import Package
from trellis.library.knowledge import Knowledge
from trellis.library.reviewed import EntryReview

NowOrNext = Literal["now", "next"]
AllEnds = tuple[Ends, ...]


def _fit(end: End, phase: NowOrNext) -> tuple[int, ...]:
    return end.now_fit if phase == "now" else end.next_fit


def _asked(end: End, phase: NowOrNext) -> Requirement:
    return end.now if phase == "now" else end.next


def _rank(kb: Knowledge, end: End, phase: NowOrNext) -> int:
    return kb.artefact.packages[_fit(end, phase)[0]].rank


def _packages(kb: Knowledge, places: Iterable[int]) -> list[Package]:
    every = list(kb.packages.values())
    return [every[place] for place in places]


def sure(ends: AllEnds) -> int:
    """The needs active at the best end of every open context."""
    return ends[0].least.active if len(ends) == 1 else reduce(and_, (pair.least.active for pair in ends))


def somewhere(ends: AllEnds) -> int:
    """The needs active at the best end of some open context: for danger, one is enough."""
    return ends[0].least.active if len(ends) == 1 else reduce(or_, (pair.least.active for pair in ends))


def possible(ends: AllEnds) -> int:
    """The needs that the answers do not rule out."""
    return ends[0].most.active if len(ends) == 1 else reduce(or_, (pair.most.active for pair in ends))


def outlook(kb: Knowledge, reading: Reading, ends: AllEnds, tables: Tables, *, most: bool) -> Outlook:
    """The least or the most over all open contexts."""
    points = [pair.most if most else pair.least for pair in ends]
    choose = max if most else min
    now = choose(points, key=lambda end: _rank(kb, end, "now"))
    following = choose(points, key=lambda end: _rank(kb, end, "next"))
    asked, then = _asked(now, "now"), _asked(following, "next")
    return Outlook(
        now=_placement(kb, reading, tables, now.now_fit, asked, asked),
        next=_placement(kb, reading, tables, following.next_fit, then, then),
    )


def _placement(
    kb: Knowledge, reading: Reading, tables: Tables, fit: tuple[int, ...], asked: Requirement, up_to: Requirement
) -> Placement:
    placed = tables.placement(kb, fit, asked)
    if up_to != asked:
        placed = placed._replace(up_to=kb.steps(up_to))
    if len(fit) == 1:
        return placed
    met = _met(kb, reading)
    packages = sorted(placed.packages, key=lambda package: sum(met.get(meet, 0) for meet in package.meets))
    return placed._replace(packages=tuple(packages))


def _met(kb: Knowledge, reading: Reading) -> dict[str, int]:
    """How many of the person's barriers meet each attribute of a place; orders packages within a rank, nothing else."""
    counts: dict[str, int] = {}
    for barrier in active_barriers(kb, reading):
        for meet in kb.barriers[barrier].meets:
            counts[meet] = counts.get(meet, 0) + 1
    return counts


def placement(kb: Knowledge, reading: Reading, ends: AllEnds, tables: Tables, *, phase: NowOrNext) -> Placement | None:
    """The placement when every end has the same lowest-rank fitting set, else None."""
    first = ends[0].least
    fit, asked = (first.now_fit, first.now) if phase == "now" else (first.next_fit, first.next)
    if len(ends) == 1 and ends[0].most is first:
        return _placement(kb, reading, tables, fit, asked, asked)
    up_to = asked
    for pair in ends:
        if _fit(pair.least, phase) != fit or _fit(pair.most, phase) != fit:
            return None
        asked = tuple(map(min, asked, _asked(pair.least, phase)))
        up_to = tuple(map(max, up_to, _asked(pair.most, phase)))
    return _placement(kb, reading, tables, fit, asked, up_to)


def between(kb: Knowledge, ends: AllEnds) -> Between:
    """Packages that cover what is asked at least and rank no higher than the most, in some open context."""
    found: dict[str, tuple[str, ...]] = {}
    phases: tuple[NowOrNext, ...] = ("now", "next")
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
    asked = kb.artefact.engine.requirement(active, "hold")
    if not any(asked):
        return None
    serving = tuple([response for response, gives in gaps_of(kb).responses if covers(gives, asked)])
    return Hold(kb.steps(asked), gaps_of(kb).names(active), serving)


class FactReader:
    """Facts as they stand for this person, worked out one by one as they are asked for."""

    def __init__(self, kb: Knowledge, reading: Reading) -> None:
        self.kb, self.reading = kb, reading
        self.views: dict[str, FactView] = {}

    @lazy
    def ends(self) -> tuple[list[int], list[int]]:
        """The best and the worst each fact can be."""
        reading = self.reading
        single = len(reading.contexts) == 1
        return reading.intervals(self.kb, reading.contexts[0]) if single else (reading.lo, reading.hi)

    def view(self, name: str) -> FactView:
        """One fact; in a single open context with what that context closes."""
        if name not in self.views:
            number, (lo, hi) = self.kb.numbers[name], self.ends
            steps = self.kb.step_ids[number]
            source, day = self._said(name)
            self.views[name] = FactView(
                id=name,
                best=steps[lo[number]],
                worst=steps[hi[number]],
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
        read, (lo, hi) = self.kb.reading[place], self.ends
        if status == "active":
            return tuple([self.view(name) for name, number in read if lo[number] > 0])
        if status == "open":
            return tuple([self.view(name) for name, number in read if lo[number] < hi[number]])
        return tuple([self.view(name) for name, _ in read])

    def rests_on(self, place: int, kinds: Sequence[bool]) -> bool:
        """Whether what speaks for an active need are facts of certain kinds alone; ``kinds`` says it of every fact."""
        lo, _ = self.ends
        told = [kinds[number] for _, number in self.kb.reading[place] if lo[number] > 0]
        return bool(told) and all(told)

    def required(self, place: int) -> tuple[tuple[str, str], ...]:
        """What a need requires, as ``(axis, step)``."""
        return self.kb.required[place]

    def reviewed(self, name: str) -> EntryReview:
        """Whether a clinician has reviewed a need."""
        return self.kb.review_of("needs", name)


def fact_views(facts: FactReader) -> Mapping[str, FactView]:
    """Every fact as it stands."""
    return {name: facts.view(name) for name in facts.kb.facts}


def needs(kb: Knowledge, facts: FactReader, ends: AllEnds, status: str) -> tuple[NeedView, ...]:
    """The needs of one status (``active``, ``open``, ``cleared``) that apply in some open context, with their words."""
    if status == "active":
        chosen = sure(ends)
    elif status == "open":
        chosen = possible(ends) & ~sure(ends)
    else:
        masks = kb.artefact.engine.context_masks
        chosen = reduce(or_, (masks[pair.least.context] for pair in ends)) & ~possible(ends)
    every = kb.need_list
    return tuple([NeedView(every[place], status, facts, place) for place in bits(chosen)])


def shortfalls(
    kb: Knowledge, ends: AllEnds, packages: Iterable[str], *, phase: NowOrNext
) -> dict[str, tuple[Shortfall, ...]]:
    """Of some packages, the axes each falls short on: for certain, or only should what is open turn out badly."""
    asked_least, asked_most = _asked(ends[0].least, phase), _asked(ends[0].most, phase)
    for pair in ends[1:]:
        asked_least = tuple(map(min, asked_least, _asked(pair.least, phase)))
        asked_most = tuple(map(max, asked_most, _asked(pair.most, phase)))
    certain, open_, gaps = sure(ends), possible(ends), gaps_of(kb)
    found = {}
    for package in packages:
        rows = []
        for number, given in enumerate(gaps.gives[package]):
            most = asked_most[number]
            if most > given:
                least, (axis, steps) = asked_least[number], gaps.steps[number]
                asked, active = (least, certain) if least > given else (most, open_)
                asking = gaps.names(active & gaps.more[phase][number][given])
                rows.append(Shortfall(axis, steps[asked], steps[given], asking, least > given))
        found[package] = tuple(rows)
    return found


def step_down(kb: Knowledge, facts: FactReader, ends: AllEnds, packages: Iterable[str]) -> dict[str, StepDown]:
    """Of some targets, the unique set of active needs that exceed each, and the open ones that could."""
    active, gaps = sure(ends), gaps_of(kb)
    unsure = possible(ends) & ~active
    found = {}
    for target in packages:
        exceeding = active & gaps.beyond[target]
        fixed = [place for place in bits(exceeding & gaps.historic) if facts.rests_on(place, gaps.lifelong)]
        found[target] = StepDown(
            target=target,
            resolve=gaps.names(exceeding),
            open=gaps.names(unsure & gaps.beyond[target]),
            fixed=tuple([gaps.ids[place] for place in fixed]),
        )
    return found


def urgent(kb: Knowledge, reading: Reading, ends: AllEnds, tables: Tables) -> tuple[UrgentView, ...]:
    """Each danger that is active in some open context, gravest first."""
    active = somewhere(ends) & tables.urgent
    if not active:
        return ()
    views = []
    for name, mask in kb.urgent_masks:
        if active & mask:
            places = bits(active & mask)
            latched = bool(reading.latched) and not any(_holds_today(kb, reading, place) for place in places)
            views.append(UrgentView(name, tuple([tables.ids[place] for place in places]), latched))
    return tuple(views)


def _holds_today(kb: Knowledge, reading: Reading, place: int) -> bool:
    """Whether a need would be active by answers within their validity alone."""
    return evaluate(kb.artefact.needs[place].node, reading.fresh_lo, reading.hi) == TRUE


def evaluations(kb: Knowledge, ends: AllEnds, tables: Tables) -> tuple[EvaluateView, ...]:
    """One entry for each person who must look: the shortest time that any need gives for certain.

    A need that is only possible and would ask sooner is named beside it: a question to answer, and no hour yet.
    """
    open_ = possible(ends) & tables.evaluated
    if not open_:
        return ()
    certain, ids, hours_of = somewhere(ends), tables.ids, tables.hours
    pending = open_ & ~certain
    views = []
    for who, mask in kb.evaluator_masks:
        if open_ & mask:
            asking = bits(certain & mask or open_ & mask)
            hours = min([hours_of[place] for place in asking])
            sooner = [ids[place] for place in bits(pending & mask) if hours_of[place] < hours] if pending else ()
            needs = tuple([ids[place] for place in asking])
            views.append(EvaluateView(who, hours, needs, bool(certain & mask), tuple(sooner)))
    if len(views) > 1:
        views.sort(key=lambda view: (not view.certain, view.within_hours, view.by))
    return tuple(views)


def services(ends: AllEnds, tables: Tables, *, placements: tuple[Placement | None, ...]) -> tuple[ServiceView, ...]:
    """Collected from all needs, never gating the fit; what a recommended package lacks is a gap to arrange."""
    certain = somewhere(ends)
    pending = possible(ends) & ~certain
    standard = -1  # every service, until a package lacks some
    for placed in placements:
        for package in placed.packages if placed is not None else ():
            standard &= tables.standard[package.id]
    known = _asking(tables, certain)
    views = _service_views(tables, known, standard, certain=True)
    if pending:
        unknown = {name: needs for name, needs in _asking(tables, pending).items() if name not in known}
        views += _service_views(tables, unknown, standard, certain=False)
    return tuple(views)


def _service_views(tables: Tables, asking: dict[int, list[str]], standard: int, *, certain: bool) -> list[ServiceView]:
    views = []
    for service in sorted(asking):
        name, safety = tables.services[service]
        views.append(ServiceView(name, tuple(asking[service]), certain, not standard >> service & 1, safety))
    return views


def _asking(tables: Tables, needs: int) -> dict[int, list[str]]:
    """Per service that some needs ask for, by its place in the order they are told, which needs those are."""
    asking: dict[int, list[str]] = {}
    for place in bits(needs & tables.bringing):
        name = tables.ids[place]
        for service in tables.brings[place]:
            if service in asking:
                asking[service].append(name)
            else:
                asking[service] = [name]
    return asking
