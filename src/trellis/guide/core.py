"""The knowledge without its words, as plain data: what the guide's own reader, in JavaScript, decides from.

Whatever can be worked out before a person is known is worked out here, so that the second reader stays small: what a
need brings as one number, which facts it reads, who reads a fact, what stands alone on a page, what hinders where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trellis.account.first import bringing
from trellis.account.ways import choices
from trellis.account.weights import NEVER, says_no_more
from trellis.approaches.guidance import Guided, asked_table
from trellis.approaches.match import ORDERS, SIZES, evidence_for
from trellis.compare.values import gives_a_home
from trellis.decide.recommend import masks_of
from trellis.engine.artefact import CompiledNeed
from trellis.engine.node import ALL, COUNT, WITHIN, Node
from trellis.evidence.size import size_of
from trellis.interview.about import asked_about
from trellis.interview.group import apart_topics, stands_alone
from trellis.interview.questions import Index, Question, waits_for
from trellis.kinds.approach import Approach, Match, Stop
from trellis.kinds.evidence import LEVELS, Summary
from trellis.kinds.fact import Derivation, Fact
from trellis.kinds.guidance import Cell
from trellis.kinds.moment import in_order
from trellis.kinds.need import ChecklistItem, Need, Screen
from trellis.kinds.place_filter import PlaceFilter
from trellis.kinds.setting import Package
from trellis.library.knowledge import Knowledge

Plain = dict[str, Any]
FORMAT = 5
"""Raised when a reader of the form before would go wrong."""
SLOTS = ("next", "now", "hold")
"""What a need brings, behind its own bit: what it asks in each slot, and then what else must be settled."""


def core_of(kb: Knowledge) -> Plain:
    """Everything that a decision, an interview and a comparison need, in no language.

    Facts are numbered by their place, needs and contexts too.

    >>> import trellis
    >>> core = core_of(trellis.load())
    >>> core["format"], core["facts"]["harm.danger_now"]["steps"]
    (5, ['no', 'yes'])
    """
    index, urgent = Index(kb), _urgent(kb)
    artefact = kb.artefact
    closed = [sorted(facts) for facts in artefact.closed]
    needs, width = len(artefact.needs), sum(artefact.axis_tops)
    return {
        "format": FORMAT,
        "version": kb.version,
        "digest": kb.digest,
        "factors": {
            factor.id: {
                "id": factor.id,
                "values": [step.id for step in factor.values],
                "validDays": factor.valid_days,
                "words": _words([factor.question.person, *factor.values]),
                "waitsFor": list(waits_for(kb)[factor.id]),
            }
            for factor in kb.factors.values()
        },
        "contexts": [dict(context) for context in kb.contexts],
        "closed": closed,
        # Per context, the first one that closes the same facts: what is worked out for one is right for both.
        "closedAlike": [closed.index(facts) for facts in closed],
        "implications": [dict(zip("aibj", implication, strict=True)) for implication in artefact.implications],
        "facts": {fact.id: _fact(kb, index, fact) | {"urgent": fact.id in urgent} for fact in kb.facts.values()},
        "inputs": {one.id: {"min": one.min, "max": one.max, "whole": one.whole} for one in kb.inputs.values()},
        "derivations": [_derivation(kb, one) for one in kb.derivations],
        "firstDanger": [artefact.facts[fact] for fact in index.first_danger],
        "screens": {screen.id: _screen(kb, screen) for screen in kb.screens.values()},
        "apart": sorted(apart_topics(kb)),
        "asked": _asked(kb),
        "axes": [
            {"id": axis.id, "steps": [step.id for step in axis.steps], "at": sum(artefact.axis_tops[:place])}
            for place, axis in enumerate(kb.axes.values())
        ],
        "at": {name: needs + width * place for place, name in enumerate(SLOTS)},
        "width": width,
        "needs": {need.id: _need(kb, index, place, need) for place, need in enumerate(kb.needs.values())},
        "urgent": list(kb.urgent),
        "actsAtOnce": [urgent.id for urgent in kb.urgent.values() if urgent.actions],
        "first": [{"id": name, "needs": list(needs)} for name, needs in bringing(kb).items()],
        "inside": [
            {"id": one.id, "tells": {name: kb.facts[name].rank_of(step) for name, step in one.tells.items()}}
            for one in kb.inside_now.values()
        ],
        "atOnce": [
            {
                "id": one.id,
                "tells": {name: kb.facts[name].rank_of(step) for name, step in one.tells.items()},
                "leftOpen": list(one.left_open),
            }
            for one in kb.at_once.values()
        ],
        "evaluators": list(kb.evaluators),
        "services": {
            service.id: {"id": service.id, "safety": service.safety, "insteadOf": list(service.instead_of)}
            for service in sorted(kb.services.values(), key=lambda service: not service.safety)
        },
        "settings": list(kb.settings),
        "addOns": {one.id: {"id": one.id, "housing": gives_a_home(kb, one.id)} for one in kb.add_ons.values()},
        "responses": {
            one.id: {"id": one.id, "covers": hex(_unary(kb, _steps(kb, one.gives)))} for one in kb.responses.values()
        },
        "packages": {package.id: _package(kb, place, package) for place, package in enumerate(kb.packages.values())},
        "ways": [
            {"choice": choice.id, "id": column.id, "settings": list(column.settings)}
            for choice in choices(kb)
            for column in choice.columns
            if column.in_results
        ],
        "barriers": {
            barrier.id: {
                "id": barrier.id,
                "contexts": _admitted(kb, barrier.applies),
                "node": _node(kb.barrier_nodes[barrier.id]),
                "accommodations": list(barrier.accommodations),
            }
            for barrier in kb.barriers.values()
        },
        "values": {
            value.id: {"id": value.id, "settings": {place: fare.how for place, fare in value.settings.items()}}
            for value in kb.values.values()
        },
        "aims": list(kb.aims),
        "approaches": {approach.id: _approach(kb, approach) for approach in kb.approaches.values()},
        "notHeld": _not_held(kb),
        "placeFilters": [_place_filter(kb, one) for one in kb.of("place_filters").values()],
    }


def _asked(kb: Knowledge) -> Plain:
    """What is asked for each concern, and whatever brings somebody."""
    asked, told = asked_about(kb), kb.of("concerns")
    return {
        "first": sorted(asked.first),
        "always": sorted(asked.always),
        "opens": {name: sorted(facts) for name, facts in asked.opens.items()},
        "concerns": {
            name: {
                "facts": sorted(facts),
                "opensWith": list(asked.opening[name]),
                "tells": dict(told[name].tells),
                "moment": told[name].moment,
                "closeMoment": told[name].close_moment,
                "atOnce": told[name].at_once,
            }
            for name, facts in asked.concerns.items()
        },
        "moments": {
            moment.id: {name: _from(kb.facts[name], step) for name, step in moment.brought_by.items()}
            for moment in in_order(kb.of("moments").values())
            if moment.brought_by
        },
    }


def _from(fact: Fact, step: str) -> list[str]:
    """The steps of a fact from one on."""
    steps = [one.id for one in fact.scale]
    return steps[steps.index(step) :]


def _place_filter(kb: Knowledge, one: PlaceFilter) -> Plain:
    """Whom a filter fits; a step of an axis by the places of both."""
    axes = {axis.id: (place, [step.id for step in axis.steps]) for place, axis in enumerate(kb.axes.values())}
    return {
        "id": one.id,
        "group": one.group,
        "always": one.always,
        "settings": list(one.settings),
        "services": list(one.services),
        "barriers": list(one.barriers),
        "ages": list(one.ages),
        "atLeast": [[axes[axis][0], axes[axis][1].index(step)] for axis, step in one.at_least.items()],
    }


def _node(node: Node) -> Plain:
    """A condition: a leaf, or how many of some conditions must hold."""
    if node[0] == WITHIN:
        return dict(zip(("fact", "low", "high"), node[1:], strict=True))
    children = [_node(child) for child in node[1 + (node[0] == COUNT) :]]
    return {"needed": node[1] if node[0] == COUNT else len(children) if node[0] == ALL else 1, "of": children}


def _fact(kb: Knowledge, index: Index, fact: Fact) -> Plain:
    number = kb.number_of(fact.id)
    return {
        "id": fact.id,
        "number": number,
        "kind": fact.kind,
        "values": list(fact.values),
        "steps": list(kb.step_ids[number]),
        "top": fact.top,
        "start": list(fact.start),
        "validDays": fact.valid_days,
        "dangerRank": fact.danger_rank,
        "windowDays": fact.window_days,
        "within": [fact.within(rank) for rank in range(fact.top + 1)] if fact.slides else None,
        "now": fact.now,
        "alsoTellsOf": fact.also_tells_of,
        "nowMeans": _now_means(kb, fact),
        "settles": {name: kb.facts[name].rank_of(step) for name, step in fact.settles.items()},
        "private": fact.private is not None,
        "alone": stands_alone(kb, Question(index.alone[fact.id], (fact.id,))),
        "screen": index.alone[fact.id].id,
        "lists": [screen.id for screen in index.lists.get(fact.id, ())],
        "topic": index.topics[fact.id],
        "readers": [place for place, reads in enumerate(index.reads) if number in reads],
        "words": _words([fact.question.person, *fact.scale]),
    }


def _urgent(kb: Knowledge) -> set[str]:
    """The facts whose answer may tell of danger: what urgent needs read, and what implies it."""
    found = {kb.number_of(fact) for need in kb.needs.values() if need.urgent for fact in kb.reads[need.id]}
    while more := {a for a, _, b, _ in kb.artefact.implications if b in found} - found:
        found |= more
    return {kb.artefact.facts[number] for number in found}


def _now_means(kb: Knowledge, fact: Fact) -> list[int] | None:
    """What each step of the question on this moment says of one that looks back: the rank, where it tells of danger."""
    if fact.now is None or fact.window_days is None or fact.danger_rank is None:
        return None
    now, this = kb.number_of(fact.now), kb.number_of(fact.id)
    meant = [(i, j) for a, i, b, j in kb.artefact.implications if (a, b) == (now, this) and j >= fact.danger_rank]
    return [max((j for i, j in meant if rank >= i), default=0) for rank in range(kb.facts[fact.now].top + 1)]


def _derivation(kb: Knowledge, derivation: Derivation) -> Plain:
    """A number's bands, each with what it leaves of the fact; ``otherwise``: what a number below them all leaves."""
    fact = kb.facts.get(derivation.to)
    bands: list[Plain] = []
    for band in derivation.bands:
        bounds = {"from": band.from_, "above": band.above, "below": band.below}
        found: Plain = {"step": band.step} | {name: value for name, value in bounds.items() if value is not None}
        if fact is not None:
            rank = fact.rank_of(band.step)
            found["leaves"] = [rank, fact.top if derivation.effect == "raises" else rank]
        bands.append(found)
    if fact is None:
        return {"to": derivation.to, "from": derivation.from_, "bands": bands}
    worst = fact.rank_of(derivation.bands[0].step) - 1 if derivation.effect == "bands" else fact.top
    return {"to": derivation.to, "from": derivation.from_, "bands": bands, "otherwise": [0, worst]}


def _screen(kb: Knowledge, screen: Screen) -> Plain:
    found: Plain = {"id": screen.id, "topic": screen.topic, "facts": list(screen.facts)}
    prompt = [screen.prompt.person] if screen.checklist and screen.prompt else []
    return found | {"words": _words(prompt), "checklist": [_box(kb, item) for item in screen.checklist]}


def _box(kb: Knowledge, item: ChecklistItem) -> Plain:
    """A box: ticked it says "at least this", left empty "better than that"."""
    fact = kb.facts[item.fact]
    rank = fact.rank_of(item.at_least)
    ticked = {"value": item.at_least} | ({"at_least": True} if rank < fact.top else {})
    empty = {"value": fact.step_at(rank - 1).id} | ({"at_most": True} if rank > 1 else {})
    return {"fact": item.fact, "words": _words([item.label]), "ticked": ticked, "empty": empty}


def _words(texts: list[Any]) -> int:
    """How many words these are in English: what a page has room for (see :func:`trellis.interview.group.length`)."""
    return sum(len(text.en.split()) for text in texts)


def _need(kb: Knowledge, index: Index, place: int, need: Need) -> Plain:
    compiled = kb.artefact.needs[place]
    hours = need.evaluate.within_hours if need.evaluate else NEVER
    return {
        "id": need.id,
        "place": place,
        "dimension": need.dimension,
        "contexts": sorted(compiled.contexts),
        "node": _node(compiled.node),
        "brings": hex(_brings(kb, place, compiled)),
        # The rank it asks for by itself, in each context.
        "ranks": [own[place] for own in index.own_rank],
        "reads": [kb.number_of(fact) for fact in kb.reads[need.id]],
        "services": list(need.services),
        "givesWayTo": list(need.gives_way_to),
        "urgent": need.urgent,
        "by": need.evaluate and need.evaluate.by,
        "hours": hours,
        "timed": need.evaluate is not None or need.within is not None,
        # A stay round the clock, which care follows.
        "stays": need.phase == "acute" and need.group in kb.aftercare.groups,
        # Others that ask for all that it asks for: where one speaks of the same fact, this one need not be told.
        "under": [
            other.id
            for at, other in enumerate(kb.need_list)
            if at != place and says_no_more(compiled, need, kb.artefact.needs[at], other)
        ],
    }


def _brings(kb: Knowledge, place: int, need: CompiledNeed) -> int:
    """All that a need brings as one integer, so that what several bring together is a bitwise "or".

    Its own bit; what it asks in each slot (see :func:`_unary`); a bit for each danger, evaluation within a time and
    service of safety that it brings. From ``at["hold"]`` on stands what must be the same at both ends to be settled.
    """
    signature = sum(1 << number for number, mask in enumerate(masks_of(kb).all) if mask >> place & 1)
    width, found = sum(kb.artefact.axis_tops), 1 << place
    parts = [_unary(kb, need.asks(slot)) for slot in SLOTS]
    for number, part in enumerate([*parts, signature]):
        found |= part << (len(kb.artefact.needs) + width * number)
    return found


def _unary(kb: Knowledge, steps: Iterable[int]) -> int:
    """Steps on all axes as bits, a step as so many in a row: the higher of two is their "or", the lower their "and"."""
    found = at = 0
    for step, top in zip(steps, kb.artefact.axis_tops, strict=True):
        found |= ((1 << step) - 1) << at
        at += top
    return found


def _steps(kb: Knowledge, gives: Mapping[str, str]) -> list[int]:
    return [axis.rank_of(gives[axis.id]) if axis.id in gives else 0 for axis in kb.axes.values()]


def _package(kb: Knowledge, place: int, package: Package) -> Plain:
    """``hinders``: the barriers that collide with what it asks, and how many of its demands each meets.

    Language is met everywhere, and is no demand of a place.
    """
    compiled = kb.artefact.packages[place]
    met = {name: set(one.meets) & {*package.meets, "language"} for name, one in kb.barriers.items()}
    return {
        "id": package.id,
        "setting": package.parts[0],
        "parts": list(package.parts),
        "rank": compiled.rank,
        "gives": list(compiled.gives),
        "covers": hex(_unary(kb, compiled.gives)),
        "contexts": sorted(compiled.contexts),
        "services": sorted(package.services),
        "hinders": {name: len(found & set(package.meets)) for name, found in met.items() if found},
    }


def _approach(kb: Knowledge, approach: Approach) -> Plain:
    """An approach with the rules for it, the strongest first, those against it, its aims, and what studies say."""
    rules = [rule for rule in kb.matches.values() if rule.approach == approach.id]
    return {
        "id": approach.id,
        "anyone": approach.anyone,
        "prescriber": approach.prescriber,
        "inside": list(approach.inside),
        "aims": [one.aim for one in kb.alignments if one.approach == approach.id],
        "rules": [
            _rule(kb, rule) | {"condition": rule.condition, "order": ORDERS.index(rule.order)}
            for rule in sorted(rules, key=lambda rule: ORDERS.index(rule.order))
        ],
        "stops": [
            _rule(kb, stop) | {"stops": stop.action == "stop", "check": check_id(kb, stop)}
            for stop in kb.stops.values()
            if stop.approach == approach.id
        ],
        "guided": [_guided(kb, one) for one in asked_table(kb) if one.named.approach == approach.id],
        "summaries": [
            {"id": one.id, "condition": one.condition, "weakness": _weakness(kb, one)}
            for one in evidence_for(kb, approach.id)
        ],
    }


def _not_held(kb: Knowledge) -> list[Plain]:
    """What the table names and no approach holds. ``same``: one number for one treatment, wherever it is named."""
    found = [(one, one.named.not_held) for one in asked_table(kb) if one.named.not_held is not None]
    names = list(dict.fromkeys(name.en for _, name in found))
    return [_guided(kb, one) | {"same": names.index(name.en)} for one, name in found]


def _guided(kb: Knowledge, guided: Guided) -> Plain:
    """An entry of the table of guidance: when its cell holds, where it stands, and how grave that is."""
    return _rule(kb, guided.cell) | {
        "id": guided.id,
        "condition": guided.cell.treats,
        "line": guided.line,
        "severity": guided.key[1],
        "place": guided.place,
        "stops": guided.line == "against" and guided.named.action == "stop",
        # What is said of everybody is silent where one of these holds.
        "yields": [_rule(kb, kb.of("guidance")[name]) for name in guided.cell.gives_way_to],
    }


def _weakness(kb: Knowledge, summary: Summary) -> int:
    """How little a summary says for an approach: by certainty, then by size; a limit or a harm says nothing for it."""
    if summary.side != "benefit":
        return NEVER
    certainty = len(LEVELS) - 1 - LEVELS.index(summary.certainty.level)
    return certainty * len(SIZES) + SIZES.index(size_of(kb.results[summary.results[0]]))


def check_id(kb: Knowledge, stop: Stop) -> str | None:
    """The name of the words that a stop brings while it is open: one name for all of an approach that say the same.

    >>> import trellis
    >>> kb = trellis.load()
    >>> check_id(kb, kb.stops["acamprosate-kidney"]), check_id(kb, kb.stops["acamprosate-kidney-moderate"])
    ('acamprosate-kidney.check', None)
    """
    if stop.check is None:
        return None
    alike = (one for one in kb.stops.values() if one.approach == stop.approach and one.check == stop.check)
    return f"{next(alike).id}.check"


def _rule(kb: Knowledge, rule: Match | Stop | Cell) -> Plain:
    return {"id": rule.id, "contexts": _admitted(kb, rule.applies), "node": _node(kb.rule_nodes[rule.id])}


def _admitted(kb: Knowledge, applies: Mapping[str, tuple[str, ...]]) -> list[int] | None:
    """The contexts that something applies in, None for all."""
    if not applies:
        return None
    return [
        number
        for number, context in enumerate(kb.contexts)
        if all(context[factor] in allowed for factor, allowed in applies.items())
    ]
