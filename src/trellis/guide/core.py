"""The knowledge without its words, as plain data: what the guide's own reader, in JavaScript, decides from."""

from __future__ import annotations

from typing import Any

from trellis.approaches.match import ORDERS
from trellis.evidence.size import size_of
from trellis.frozen import thawed
from trellis.kinds.approach import Match, Stop
from trellis.kinds.condition import Condition, leaves
from trellis.kinds.evidence import LEVELS
from trellis.kinds.fact import Fact
from trellis.kinds.need import ChecklistItem, Need, Screen
from trellis.library.knowledge import Knowledge

Plain = dict[str, Any]
FORMAT = 2
"""Raised when a reader of the form before would go wrong."""


def core_of(kb: Knowledge) -> Plain:
    """Everything that a decision, an interview and a comparison need, in no language.

    Facts are numbered by their place, needs and contexts too; ``artefact`` is :meth:`Artefact.to_json`.

    >>> import trellis
    >>> core = core_of(trellis.load())
    >>> core["format"], core["facts"][0]["id"] == core["artefact"]["facts"][0][0]
    (2, True)
    """
    return {
        "format": FORMAT,
        "version": kb.version,
        "digest": kb.digest,
        "review": kb.review,
        "artefact": kb.artefact.to_json(),
        "factors": [
            {
                "id": factor.id,
                "values": [step.id for step in factor.values],
                **({"validDays": factor.valid_days} if factor.valid_days is not None else {}),
                "words": _words([factor.question.person, *factor.values]),
            }
            for factor in kb.factors.values()
        ],
        "facts": [_fact(fact) for fact in kb.facts.values()],
        "inputs": [
            {"id": number.id, "min": number.min, "max": number.max, "whole": number.whole, "unit": number.unit}
            for number in kb.inputs.values()
        ],
        "derivations": _derivations(kb),
        "topics": list(kb.topics),
        "screens": [_screen(screen) for screen in kb.screens.values()],
        "axes": [
            {"id": axis.id, "clinical": axis.clinical, "steps": [step.id for step in axis.steps]}
            for axis in kb.axes.values()
        ],
        "needs": [_need(kb, need) for need in kb.needs.values()],
        "aftercare": {"groups": list(kb.aftercare.groups), "requires": dict(kb.aftercare.requires)},
        "urgent": [{"id": urgent.id, "severity": urgent.severity} for urgent in kb.urgent.values()],
        "evaluators": list(kb.evaluators),
        "services": [{"id": service.id, "safety": service.safety} for service in kb.services.values()],
        "settings": list(kb.settings),
        "addOns": [{"id": add_on.id, "housing": "housing" in add_on.gives} for add_on in kb.add_ons.values()],
        "responses": [{"id": response.id, "gives": dict(response.gives)} for response in kb.responses.values()],
        "packages": [
            {"id": p.id, "parts": list(p.parts), "meets": list(p.meets), "services": sorted(p.services)}
            for p in kb.packages.values()
        ],
        "barriers": [
            {
                "id": barrier.id,
                "node": thawed(kb.barrier_nodes[barrier.id]),
                "meets": list(barrier.meets),
                "accommodations": list(barrier.accommodations),
                "firm": _firm(kb, kb.barrier_conditions[barrier.id]),
            }
            for barrier in kb.barriers.values()
        ],
        "values": [
            {"id": value.id, "settings": {place: fare.how for place, fare in value.settings.items()}}
            for value in kb.values.values()
        ],
        **_approaches(kb),
    }


def _fact(fact: Fact) -> Plain:
    found: Plain = {"id": fact.id, "kind": fact.kind, "worse": fact.worse, "values": list(fact.values)}
    if fact.valid_days is not None:
        found["validDays"] = fact.valid_days
    if fact.danger_rank is not None:
        found["dangerRank"] = fact.danger_rank
    if fact.window_days is not None:
        found["windowDays"] = fact.window_days
    if fact.slides:
        found["within"] = [fact.within(rank) for rank in range(fact.top + 1)]
    if fact.now is not None:
        found["now"] = fact.now
    if fact.settles:
        found["settles"] = dict(fact.settles)
    if fact.private is not None:
        found["private"] = True
    return found | {"words": _words([fact.question.person, *fact.scale])}


def _derivations(kb: Knowledge) -> list[Plain]:
    return [
        {
            "to": derivation.to,
            "from": derivation.from_,
            "effect": derivation.effect,
            "bands": [
                {"step": band.step} | {name: value for name, value in bounds if value is not None}
                for band in derivation.bands
                for bounds in [(("from", band.from_), ("above", band.above), ("below", band.below))]
            ],
        }
        for derivation in kb.derivations
    ]


def _screen(screen: Screen) -> Plain:
    found: Plain = {"id": screen.id, "topic": screen.topic, "facts": list(screen.facts)}
    if screen.checklist:
        found["words"] = _words([screen.prompt.person] if screen.prompt else [])
        found["checklist"] = [_box(item) for item in screen.checklist]
    return found


def _box(item: ChecklistItem) -> Plain:
    return {"fact": item.fact, "atLeast": item.at_least, "words": _words([item.label])}


def _words(texts: list[Any]) -> int:
    """How many words these are in English: what a page has room for (see :func:`trellis.interview.group.length`)."""
    return sum(len(text.en.split()) for text in texts)


def _need(kb: Knowledge, need: Need) -> Plain:
    found: Plain = {
        "id": need.id,
        "dimension": need.dimension,
        "reads": [kb.number_of(fact) for fact in kb.reads[need.id]],
        "services": list(need.services),
    }
    if need.group is not None:
        found["group"] = need.group
    if need.urgent is not None:
        found["urgent"] = need.urgent
    if need.evaluate is not None:
        found["evaluate"] = {"by": need.evaluate.by, "withinHours": need.evaluate.within_hours}
    elif need.within is not None:
        found["timed"] = True
    return found


def _firm(kb: Knowledge, condition: Condition) -> list[int]:
    """The preferences that a barrier reads at their firmest ("must"): there it collides with what is needed."""
    return [
        kb.number_of(leaf.fact)
        for leaf, _ in leaves(condition)
        if kb.facts[leaf.fact].kind == "preference" and leaf.top > 1 and leaf.ranks == {leaf.top}
    ]


def _approaches(kb: Knowledge) -> Plain:
    return {
        "levels": list(LEVELS),
        "orders": list(ORDERS),
        "aims": list(kb.aims),
        "approaches": [
            {
                "id": approach.id,
                "kind": approach.kind,
                "anyone": approach.anyone,
                "prescriber": approach.prescriber,
                "inside": list(approach.inside),
                "features": list(approach.features),
            }
            for approach in kb.approaches.values()
        ],
        "alignments": [[alignment.approach, alignment.aim] for alignment in kb.alignments],
        "matches": [
            _rule(kb, rule) | {"condition": rule.condition, "order": rule.order} for rule in kb.matches.values()
        ],
        "stops": [_rule(kb, rule) | {"action": rule.action} for rule in kb.stops.values()],
        "summaries": [
            {
                "id": summary.id,
                "approach": summary.approach,
                "condition": summary.condition,
                "side": summary.side,
                "level": summary.certainty.level,
                "size": size_of(kb.results[summary.results[0]]),
            }
            for summary in kb.summaries.values()
            if summary.approach is not None
        ],
    }


def _rule(kb: Knowledge, rule: Match | Stop) -> Plain:
    return {
        "id": rule.id,
        "approach": rule.approach,
        "applies": {factor: list(allowed) for factor, allowed in rule.applies.items()},
        "node": thawed(kb.rule_nodes[rule.id]),
    }
