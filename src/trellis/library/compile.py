"""From entries as written to checked references and the compiled artefact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product
from typing import Any

from trellis.engine.artefact import Artefact, CompiledNeed, CompiledPackage
from trellis.errors import Problem, did_you_mean
from trellis.frozen import FrozenDict
from trellis.kinds import condition as conditions
from trellis.kinds.condition import Condition
from trellis.kinds.fact import Band, ContextFactor, Derivation, Fact
from trellis.kinds.kind import every
from trellis.kinds.need import PHASES, AfterCare, Need, Screen, Urgent
from trellis.kinds.setting import Axis, Service
from trellis.kinds.text import NOT_REVIEWED, a_day
from trellis.library import in_force
from trellis.library.entries import Entries
from trellis.library.knowledge import Knowledge, WhatHelps, by_id
from trellis.library.packages import compile_packages
from trellis.library.references import (
    check_applies,
    check_dates,
    check_focus,
    check_kinds,
    check_need,
    check_says_something,
    check_theorems,
    check_unique,
    step_of,
    values_of,
)

Contexts = tuple[Mapping[str, str], ...]


def compile_knowledge(
    loaded: Entries,
    digest: str,
    later: Callable[[Mapping[str, Fact]], WhatHelps],
    *,
    at_once: bool = False,
    instead_of: str = "",
    jurisdiction: str = "",
) -> Knowledge | None:
    """Check every reference and compile. What is wrong is added to ``loaded.problems``; then None may be returned.

    ``later`` reads what a decision does not need: now when ``at_once``, else when it is first asked for. ``instead_of``
    is the version of the shipped content in whose place this stands; ``jurisdiction`` where it is used, as told.
    """
    problems, parameters = loaded.problems, loaded.parameters
    kinds = [kind for kind in every().values() if not kind.folder]
    check_unique(loaded)
    facts = by_id(loaded.of("facts", Fact))
    factors = by_id(loaded.of("contexts", ContextFactor))
    contexts = enumerate_contexts(factors, _impossible(loaded, factors))
    axes = by_id(loaded.of("axes", Axis))
    for key in ("facts", "needs"):
        for where, entry in loaded.entries[key]:
            check_focus(entry.applies, f"{where}/applies", problems)
    for key in ("setting", "add_ons"):
        for where, entry in loaded.entries[key]:
            for place, unit in enumerate(entry.units):
                check_applies(unit.contexts, factors, f"{where}/units/{place}/contexts", problems)
    implications = _compile_implications(loaded, facts, contexts)
    packages = compile_packages(loaded, axes, contexts)
    needs = {need.id: need for need in loaded.of("needs", Need)}
    parsed: dict[str, Condition] = {}
    for where, need in loaded.entries["needs"]:
        parsed[need.id] = check_need(where, need, axes, loaded)
    derivations = [
        _resolve_bands(where, derivation, parameters, facts, loaded)
        for where, derivation in loaded.entries["derivations"]
    ]
    more_conditions = check_kinds(loaded, kinds)
    check_theorems(loaded, factors)
    after = loaded.of("after_24_hour_care", AfterCare)
    aftercare = _aftercare(loaded, after, axes)
    version = _version(loaded)
    check_dates(loaded, version["effective"])
    for where, parameter in loaded.entries["parameters"]:
        if parameter.default not in parameter.allowed:
            message = f"the default [{parameter.default}] of [{parameter.id}] is not allowed."
            problems.append(Problem(f"{where}/default", message, f"Allowed are {list(parameter.allowed)}."))
    for where, service in loaded.entries["services"]:
        for slot in re.findall(r"\{(\w*)\}", service.clinician.en) if service.clinician else ():
            if slot not in parameters:
                message = f"the slot [{slot}] names no parameter."
                problems.append(Problem(f"{where}/clinician", message, did_you_mean(slot, parameters)))
    what_helps = later(facts) if at_once else None
    if problems:
        return None
    index = {fact: place for place, fact in enumerate(facts)}
    admitting = [_numbers_admitted(fact.applies, contexts) for fact in facts.values()]
    used_in = jurisdiction or version["jurisdiction"]
    off = in_force.elsewhere(needs.values(), used_in)
    artefact = Artefact(
        facts=tuple(facts),
        tops=tuple(fact.top for fact in facts.values()),
        starts=tuple((index[f.id], *f.start) for f in facts.values() if f.start != (0, f.top)),
        contexts=tuple(
            tuple([s.id for s in factors[f].values].index(value) for f, value in context.items())
            for context in contexts
        ),
        closed=tuple(
            frozenset(place for place, admitted in enumerate(admitting) if number not in admitted)
            for number in range(len(contexts))
        ),
        implications=implications,
        axes=tuple(axes),
        axis_tops=tuple(len(axis.steps) - 1 for axis in axes.values()),
        needs=tuple(
            CompiledNeed(
                need.id,
                PHASES.index(need.phase),
                _numbers_admitted(need.applies, contexts),
                conditions.compile_condition(parsed[need.id], index),
                requires := tuple(_required(axes, need, axis, parameters) for axis in axes),
                _afterwards(need, requires, after[0], aftercare),
            )
            for need in needs.values()
        ),
        packages=tuple(CompiledPackage(p.id, p.rank, p.gives, p.admits) for p in packages),
    )
    _check_total(artefact, contexts, loaded)
    as_compiled: dict[str, Mapping[str, Any]] = {
        "derivations": by_id(derivations),
        "services": by_id([_with_parameters(service, parameters) for service in loaded.of("services", Service)]),
        "urgent": by_id(sorted(loaded.of("urgent", Urgent), key=lambda urgent: urgent.severity)),
        "screens": by_id(_all_screens(loaded, facts)),
    }
    return Knowledge(
        version=version["number"],
        effective=version["effective"],
        digest=digest,
        instead_of=instead_of,
        jurisdiction=used_in,
        off=off,
        waiting=in_force.waiting(needs.values(), version["effective"]),
        parameters=dict(parameters),
        entries=FrozenDict({kind.key: as_compiled.get(kind.key, FrozenDict(loaded.by_id(kind.key))) for kind in kinds}),
        places=FrozenDict({kind.key: FrozenDict(loaded.where(kind.key)) for kind in kinds}),
        abouts=FrozenDict(loaded.abouts),
        contexts=contexts,
        packages=by_id(packages),
        barrier_conditions=more_conditions,
        barrier_nodes={name: conditions.compile_condition(c, index) for name, c in more_conditions.items()},
        conditions=parsed,
        aftercare=after[0],
        reads={name: conditions.facts_read(condition) for name, condition in parsed.items()},
        topics=tuple(loaded.plain.get("topics", ("", []))[1]),
        artefact=in_force.without(artefact, off),
        files=dict(loaded.files),
        later=cache(lambda: later(facts) if what_helps is None else what_helps),
    )


def _version(loaded: Entries) -> dict[str, str]:
    """What ``version`` says: number, the day since when the content is in force, review, and where it is used."""
    where, given = loaded.plain.get("version", ("version.yaml#", {}))
    known = {"number": "0", "effective": "", "review": NOT_REVIEWED, "jurisdiction": ""}
    if not isinstance(given, dict):
        loaded.problems.append(Problem(where, f"[version] is [{given}].", "Give number, effective and review."))
        return known
    for name in set(given) - set(known):
        what = f"[version] has [{name}], which means nothing."
        loaded.problems.append(Problem(f"{where}/{name}", what, did_you_mean(str(name), known)))
    found = known | {str(name): str(value) for name, value in given.items()}
    try:
        if not a_day(found["effective"]):
            raise ValueError
    except ValueError:
        what = f"the version is in force from [{found['effective']}]."
        loaded.problems.append(Problem(f"{where}/effective", what, "Write the day as YYYY-MM-DD."))
        found["effective"] = ""
    return found


def _with_parameters(service: Service, parameters: Mapping[str, int | str]) -> Service:
    """The service with the slots in its words for the clinician filled by the parameters in force."""
    words = service.clinician
    if words is None or "{" not in words.en:
        return service
    filled = {"en": words.en.format(**parameters), "es": words.es.format(**parameters) if words.es else None}
    return service.model_copy(update={"clinician": words.model_copy(update=filled)})


def _afterwards(need: Need, requires: tuple[int, ...], after: AfterCare, aftercare: tuple[int, ...]) -> tuple[int, ...]:
    if need.phase == "ongoing":
        return requires
    return aftercare if need.phase == "acute" and need.group in after.groups else (0,) * len(requires)


def _aftercare(loaded: Entries, after: list[AfterCare], axes: Mapping[str, Axis]) -> tuple[int, ...]:
    if len(after) != 1:
        message = f"[after_24_hour_care] is given {len(after)} times."
        loaded.problems.append(Problem("criteria/step_down.yaml#", message, "Give it once."))
        return ()
    where = loaded.entries["after_24_hour_care"][0][0]
    for name in after[0].requires:
        if name not in axes:
            loaded.problems.append(Problem(f"{where}/requires", f"[{name}] is no axis.", did_you_mean(name, axes)))
    vector = []
    for name, axis in axes.items():
        step = after[0].requires.get(name, axis.steps[0].id)
        if step not in [s.id for s in axis.steps]:
            near = did_you_mean(step, [s.id for s in axis.steps])
            loaded.problems.append(Problem(f"{where}/requires", f"axis [{name}] has no step [{step}].", near))
            continue
        vector.append(axis.rank_of(step))
    return tuple(vector)


def enumerate_contexts(factors: Mapping[str, ContextFactor], impossible: list[dict[str, str]]) -> Contexts:
    """Every context that can be, in order: the product of all factors' values, less the impossible ones."""
    names = list(factors)
    every = (dict(zip(names, values, strict=True)) for values in product(*(values_of(factors[n]) for n in names)))
    return tuple(c for c in every if not any(pair.items() <= c.items() for pair in impossible))


def _impossible(loaded: Entries, factors: Mapping[str, ContextFactor]) -> list[dict[str, str]]:
    where, pairs = loaded.plain.get("impossible", ("", []))
    if not isinstance(pairs, list) or not all(isinstance(pair, dict) for pair in pairs):
        loaded.problems.append(Problem(where, "[impossible] must be a list of contexts.", "See docs/authoring.md."))
        return []
    for place, pair in enumerate(pairs):
        check_applies({f: (str(v),) for f, v in pair.items()}, factors, f"{where}/{place}", loaded.problems)
    return pairs


def _admits(applies: Mapping[str, tuple[str, ...]], context: Mapping[str, str]) -> bool:
    return all(context.get(factor) in allowed for factor, allowed in applies.items())


def _numbers_admitted(applies: Mapping[str, tuple[str, ...]], contexts: Contexts) -> frozenset[int]:
    return frozenset(number for number, context in enumerate(contexts) if not applies or _admits(applies, context))


def _required(axes: Mapping[str, Axis], need: Need, axis: str, parameters: Mapping[str, int | str]) -> int:
    return axes[axis].rank_of(step_of(need.requires[axis], parameters)) if axis in need.requires else 0


def _compile_implications(
    loaded: Entries, facts: Mapping[str, Fact], contexts: Contexts
) -> tuple[tuple[int, int, int, int], ...]:
    index = {fact: place for place, fact in enumerate(facts)}
    compiled = []
    for where, implication in loaded.entries["implications"]:
        found: list[Problem] = []
        sides = [
            conditions.parse(side, facts, f"{where}/{name}", found)
            for name, side in (("if", implication.if_), ("then", implication.then))
        ]
        for side in sides:
            check_says_something(side, facts, found)
        loaded.problems.extend(found)
        if found:
            continue
        leaves = [side for side in sides if isinstance(side, conditions.Leaf)]
        if len(leaves) < 2 or any(conditions.against_worse(leaf) for leaf in leaves):
            message = "both sides of an implication must read one fact in its worse direction."
            loaded.problems.append(
                Problem(where, message, "Use at_least on worse-up facts, at_most on worse-down ones.")
            )
            continue
        a, b = leaves
        if not _numbers_admitted(facts[a.fact].applies, contexts) <= _numbers_admitted(facts[b.fact].applies, contexts):
            message = f"[{a.fact}] applies where [{b.fact}] does not."
            loaded.problems.append(
                Problem(where, message, "An implication must hold wherever its first fact is asked.")
            )
        compiled.append((index[a.fact], min(a.ranks), index[b.fact], min(b.ranks)))
    _check_acyclic(compiled, list(facts), loaded)
    return tuple(compiled)


def _check_acyclic(implications: list[tuple[int, int, int, int]], names: list[str], loaded: Entries) -> None:
    later: dict[int, set[int]] = {}
    for a, _, b, _ in implications:
        later.setdefault(a, set()).add(b)

    def reaches(start: int, goal: int, seen: set[int]) -> bool:
        if start in seen:
            return False
        seen.add(start)
        return any(step == goal or reaches(step, goal, seen) for step in later.get(start, ()))

    for fact in later:
        if reaches(fact, fact, set()):
            message = f"[{names[fact]}] implies itself in a circle."
            loaded.problems.append(Problem("implications.yaml#implications", message, "Break the circle."))


def _resolve_bands(
    where: str,
    derivation: Derivation,
    parameters: Mapping[str, int | str],
    facts: Mapping[str, Fact],
    loaded: Entries,
) -> Derivation:
    factors = {factor.id: factor for factor in loaded.of("contexts", ContextFactor)}
    if derivation.to in facts:
        steps = list(facts[derivation.to].values)
    elif derivation.to in factors:
        steps = values_of(factors[derivation.to])
    else:
        near = did_you_mean(derivation.to, [*facts, *factors])
        loaded.problems.append(Problem(where, f"derives [{derivation.to}], which no file defines.", near))
        return derivation
    bands = []
    for band in derivation.bands:
        if band.step not in steps:
            message = f"[{derivation.to}] has no value [{band.step}]."
            loaded.problems.append(Problem(where, message, did_you_mean(band.step, steps)))
        bands.append(_resolve_band(where, band, parameters, loaded))
    return derivation.model_copy(update={"bands": tuple(bands)})


def _resolve_band(where: str, band: Band, parameters: Mapping[str, int | str], loaded: Entries) -> Band:
    resolved: dict[str, float] = {}
    for name in ("from_", "above", "below"):
        value = getattr(band, name)
        if isinstance(value, dict):
            number = parameters.get(value["parameter"])
            if not isinstance(number, int):
                message = f"parameter [{value['parameter']}] is not a number or not defined."
                loaded.problems.append(Problem(where, message, did_you_mean(value["parameter"], parameters)))
            else:
                resolved[name] = float(number)
    if sum(getattr(band, name) is not None for name in ("from_", "above", "below")) != 1:
        loaded.problems.append(Problem(where, "a band needs one of from, above, below.", "Give exactly one."))
    return band.model_copy(update=resolved)


def _check_total(artefact: Artefact, contexts: Contexts, loaded: Entries) -> None:
    for number, context in enumerate(contexts):
        if not artefact.engine.fit(artefact.axis_tops, number):
            shown = ", ".join(f"{factor} {value}" for factor, value in context.items())
            message = f"in the context [{shown}] no package covers the top step of every axis."
            remedy = "Let the top package admit this context, or raise what it gives."
            loaded.problems.append(Problem("settings/packages.yaml#packages", message, remedy))


def _all_screens(loaded: Entries, facts: Mapping[str, Fact]) -> list[Screen]:
    """The screens as written, then one screen for every fact that none of them asks."""
    written = loaded.of("screens", Screen)
    alone = {name for screen in written if not screen.checklist for name in screen.facts}
    single = [Screen(id=name, topic=fact.domain, facts=(name,)) for name, fact in facts.items() if name not in alone]
    return [*written, *single]
