"""The checker: what is wrong with knowledge that loads. Errors must be mended; warnings are for an author to weigh."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from trellis.engine.artefact import bits, covers
from trellis.engine.node import least_points
from trellis.errors import Problem
from trellis.kinds.condition import facts_read
from trellis.kinds.evidence import Result
from trellis.kinds.kind import every
from trellis.kinds.need import Need
from trellis.kinds.setting import Place
from trellis.kinds.text import Frozen
from trellis.library.files import with_lines
from trellis.library.knowledge import Knowledge
from trellis.prove.danger import foreign_keywords, inverted_scales, thin_danger_texts, unwarned_danger
from trellis.prove.faults import HOURS, mended, unknown_faults, why_known
from trellis.prove.finding import Finding, entries, error, warning, where_of
from trellis.prove.force import dates_without_effect, needs_off, not_yet, places_without_effect
from trellis.prove.hours import hours_in_words
from trellis.prove.instruments import instruments
from trellis.prove.properties import compile_property, least_people
from trellis.prove.signed import claimed_reviews, not_yet_signed, signatures
from trellis.prove.texts import (
    claims_validation,
    hard_to_read,
    stale,
    texts_in_english,
    to_watch,
    unbalanced,
    untranslated,
    watched_for_nothing,
)
from trellis.prove.treatment import (
    evidence_without_source,
    figures_from_memory,
    findings_unsourced,
    needs_without_goal,
    numbers_without_row,
    ungrounded_claims,
    unmatched,
    unverified_unsaid,
)


def check(kb: Knowledge, *, as_of: date | None = None) -> list[Finding]:
    """Check knowledge that has loaded.

    Args:
        kb: the knowledge.
        as_of: the day, for what must be looked at again; not checked when left out.

    Returns:
        everything found, errors first.

    >>> import trellis
    >>> [str(finding) for finding in check(trellis.load()) if finding.level == "error"]
    []
    """
    least = least_by_need(kb)
    rules: tuple[Callable[[Knowledge], Iterator[Finding]], ...] = (
        unused,
        duplicates,
        untranslated,
        unsourced,
        partial(dead_needs, least=least),
        partial(subsumed_needs, least=least),
        partial(unreached, least=least),
        unserved_holds,
        unbalanced,
        hard_to_read,
        claims_validation,
        watched_for_nothing,
        inverted_scales,
        unwarned_danger,
        thin_danger_texts,
        foreign_keywords,
        texts_in_english,
        needs_off,
        places_without_effect,
        dates_without_effect,
        properties,
        unknown_faults,
        hours,
        instruments,
        evidence_without_source,
        unverified_unsaid,
        figures_from_memory,
        numbers_without_row,
        ungrounded_claims,
        findings_unsourced,
        needs_without_goal,
        unmatched,
        signatures,
        claimed_reviews,
    )
    found = [finding for rule in rules for finding in rule(kb)]
    if as_of is not None:
        found += [*stale(kb, as_of), *to_watch(kb, as_of), *not_yet(kb, as_of), *not_yet_signed(kb, as_of)]
    located = with_lines_kept(found, dict(kb.files))
    return sorted(located, key=lambda finding: (finding.level, finding.kind, finding.problem))


def with_lines_kept(found: list[Finding], files: dict[str, str]) -> list[Finding]:
    """Turn places into lines, finding by finding, file by file."""
    ordered = sorted(found, key=lambda finding: finding.problem)
    return [Finding(f.level, f.kind, with_lines([f.problem], files)[0]) for f in ordered]


def unused(kb: Knowledge) -> Iterator[Finding]:
    """Entries that nothing refers to."""
    read = {name for names in kb.reads.values() for name in names}
    read |= {name for condition in kb.barrier_conditions.values() for name in facts_read(condition)}
    rules = {name for condition in kb.rule_conditions.values() for name in facts_read(condition)}
    read |= {name for name in rules if kb.facts[name].kind == "check"}
    implied = {kb.artefact.facts[b] for _, _, b, _ in kb.artefact.implications}
    derived = {derivation.to for derivation in kb.derivations}
    services = {service for need in kb.needs.values() for service in need.services}
    services |= {service for barrier in kb.barriers.values() for service in barrier.accommodations}
    services |= {service for place in _places(kb).values() for service in place.services}
    services |= {service for entry in kb.services.values() for service in entry.through}
    parameters = {b["parameter"] for b in _parameter_references(kb)}
    parameters |= {slot for text in kb.files.values() for slot in re.findall(r"\{(\w+)\}", text)}
    used: dict[str, tuple[Mapping[str, Any], set[str]]] = {
        "facts": (kb.facts, read | implied | derived),
        "services": (kb.services, services),
        "urgent": (kb.urgent, {need.urgent for need in kb.needs.values() if need.urgent}),
        "evaluators": (kb.evaluators, {n.evaluate.by for n in kb.needs.values() if n.evaluate}),
        "inputs": (kb.inputs, {derivation.from_ for derivation in kb.derivations}),
        "parameters": (kb.parameter_definitions, parameters),
        "sources": (kb.sources, _cited(kb)),
    }
    for key, (defined, referred) in used.items():
        for name in defined:
            if name not in referred:
                finding = warning if key == "sources" else error
                yield finding("unused", where_of(kb, key, name), f"[{name}] is used by nothing.", "Use or remove it.")
    parts = {part for package in kb.packages.values() for part in package.parts}
    for name in (*kb.settings, *kb.add_ons):
        if name not in parts:
            yield error(
                "unused", where_of(kb, "setting", name), f"[{name}] is in no package.", "Add it to packages.yaml."
            )


def _places(kb: Knowledge) -> dict[str, Place]:
    return {**kb.settings, **kb.add_ons, **kb.responses}


def _parameter_references(kb: Knowledge) -> Iterator[dict[Any, str]]:
    for need in kb.needs.values():
        yield from (asked for asked in need.requires.values() if isinstance(asked, dict))
    for text in kb.files.values():
        yield from ({"parameter": name} for name in re.findall(r"\{parameter: (\w+)\}", text))


def _cited(kb: Knowledge) -> set[str]:
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, Frozen):
            found.update(source.ref for source in getattr(value, "sources", ()))
            if isinstance(value, Result):
                found.add(value.source)
            for name in type(value).model_fields:
                walk(getattr(value, name))
        elif isinstance(value, (tuple, dict)):
            for item in value.values() if isinstance(value, dict) else value:
                walk(item)

    for _, _, entry in entries(kb):
        walk(entry)
    return found


def duplicates(kb: Knowledge) -> Iterator[Finding]:
    """Two needs with the same condition and the same effect, or two entries that say the same to a person."""
    seen: dict[str, str] = {}
    for need, compiled in zip(kb.needs.values(), kb.artefact.needs, strict=True):
        effects = (compiled.phase, compiled.requires, need.services, need.urgent, need.evaluate)
        key = f"{compiled.node} {sorted(compiled.contexts)} {effects}"
        if key in seen:
            what = f"need [{need.id}] says the same as [{seen[key]}]."
            yield error("duplicate", where_of(kb, "needs", need.id), what, "Keep one.")
        seen[key] = need.id
    words = Counter(need.because.person.en for need in kb.needs.values())
    for need in kb.needs.values():
        if words[need.because.person.en] > 1:
            what = f"need [{need.id}] has the same words for the person as another."
            yield error("duplicate", where_of(kb, "needs", need.id), what, "Say what is special to it.")


def unsourced(kb: Knowledge) -> Iterator[Finding]:
    """Clinical entries without a source; what rests on memory alone is a warning."""
    for key, name, entry in entries(kb):
        if not every()[key].cited:
            continue
        if key == "facts" and kb.facts[name].kind in ("preference", "commitment"):
            continue
        sources = getattr(entry, "sources", ())
        if not sources:
            yield error("unsourced", where_of(kb, key, name), f"[{name}] has no source.", "Add sources.")
        elif all(kb.sources[source.ref].verified == "memory" for source in sources):
            finding = error if key == "urgent" else warning
            what = f"[{name}] rests on memory alone, not yet verified."
            yield finding("unverified", where_of(kb, key, name), what, "Find and cite a source.")


Least = dict[int, dict[int, list[list[int]]]]


def least_by_need(kb: Knowledge) -> Least:
    """Per need and context, the least people for whom it holds. Contexts that close the same facts share them."""
    found: Least = {}
    for place, need in enumerate(kb.artefact.needs):
        shared: dict[frozenset[int], list[list[int]]] = {}
        points = least_points(need.node)
        found[place] = {}
        for context in sorted(need.contexts):
            closed = kb.artefact.closed[context]
            if closed not in shared:
                shared[closed] = least_people(kb.artefact, points, context)
            found[place][context] = shared[closed]
    return found


def dead_needs(kb: Knowledge, least: Least) -> Iterator[Finding]:
    """Needs that can never hold, for nobody in any context they apply in."""
    for place, people in least.items():
        if not any(people.values()):
            name = kb.artefact.needs[place].id
            what = f"need [{name}] can never hold."
            yield error("dead", where_of(kb, "needs", name), what, "Its facts exclude each other, or do not apply.")


def subsumed_needs(kb: Knowledge, least: Least) -> Iterator[Finding]:
    """Needs that add nothing: whenever they hold another holds that asks for as much, of the same phase."""
    engine = kb.artefact.engine
    for place, people in least.items():
        always = ~0
        for context, points in people.items():
            for ranks in points:
                always &= engine.active(ranks) & engine.context_masks[context]
        if not any(people.values()):
            continue
        name = kb.artefact.needs[place].id
        for other in bits(always & ~(1 << place)):
            if _asks_as_much(kb, other, place):
                with_it = kb.artefact.needs[other].id
                what = f"need [{name}] adds nothing: [{with_it}] always holds with it and asks as much."
                yield error("subsumed", where_of(kb, "needs", name), what, "Remove it, or ask for more.")
                break


def _asks_as_much(kb: Knowledge, other: int, place: int) -> bool:
    left, right = kb.artefact.needs[other], kb.artefact.needs[place]
    more, less = kb.needs[left.id], kb.needs[right.id]
    return (
        left.phase == right.phase
        and covers(left.requires, right.requires)
        and set(less.services) <= set(more.services)
        and less.urgent in (None, more.urgent)
        and _evaluates_as_soon(more, less)
    )


def _evaluates_as_soon(more: Need, less: Need) -> bool:
    if less.evaluate is None:
        return True
    return (
        more.evaluate is not None
        and more.evaluate.by == less.evaluate.by
        and more.evaluate.within_hours <= less.evaluate.within_hours
    )


def unreached(kb: Knowledge, least: Least) -> Iterator[Finding]:
    """Settings that the needs they cover do not lead to, in any context. The solver shows the same exactly."""
    reached: set[str] = set()
    packages = list(kb.packages.values())
    for number in range(len(kb.contexts)):
        possible = [need for place, need in enumerate(kb.artefact.needs) if least[place].get(number)]
        for package in packages:
            covered = [need for need in possible if covers(package.gives, need.requires)]
            joined = tuple(max((need.requires[axis] for need in covered), default=0) for axis in range(len(kb.axes)))
            for place in kb.artefact.engine.fit(joined, number):
                reached |= set(packages[place].parts)
    for name in (*kb.settings, *kb.add_ons):
        if name not in reached:
            what = f"no need leads to [{name}]."
            yield error(
                "unreached", where_of(kb, "setting", name), what, "Add a need, or change its rank or what it gives."
            )


def unserved_holds(kb: Knowledge) -> Iterator[Finding]:
    """Holds that no response can serve."""
    for need in kb.needs.values():
        if need.phase != "hold" or not need.requires:
            continue
        serving = [
            response.id
            for response in kb.responses.values()
            if all(
                axis in response.gives
                and kb.axes[axis].rank_of(response.gives[axis]) >= kb.axes[axis].rank_of(str(step))
                for axis, step in need.requires.items()
            )
        ]
        if not serving:
            what = f"no response can serve the hold [{need.id}]."
            yield error("unserved-hold", where_of(kb, "needs", need.id), what, "Ask for what a response gives.")


def hours(kb: Knowledge) -> Iterator[Finding]:
    """Needs whose words tell other hours than their rule; a known fault is a warning, a mended one an error."""
    known, broken = why_known(kb), []
    for need, finding in hours_in_words(kb):
        broken.append(f"{HOURS}: {need}")
        yield replace(finding, level="warning") if broken[-1] in known else finding
    yield from mended(kb, broken, [HOURS])


def properties(kb: Knowledge) -> Iterator[Finding]:
    """Properties that are not well formed, or whose premise nobody can meet."""
    problems: list[Problem] = []
    for name, stated in kb.properties.items():
        before = len(problems)
        theorem = compile_property(kb, stated, problems)
        if len(problems) == before and theorem.others == "any" and not theorem.contexts:
            yield error("property", where_of(kb, "properties", name), f"[{name}] holds in no context.")
    for problem in problems:
        yield Finding("error", "property", problem)
