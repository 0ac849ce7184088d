"""From entries as written to checked references and the compiled artefact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from trellis.model import condition as conditions
from trellis.model.artefact import Artefact, CompiledNeed, CompiledPackage
from trellis.model.condition import Condition
from trellis.model.errors import Problem, did_you_mean
from trellis.model.fact import Band, ContextFactor, Derivation, Fact, Input, Parameter
from trellis.model.knowledge import Knowledge, by_id
from trellis.model.need import PHASES, AfterCare, Evaluator, HelpLine, Need, Property, Screen, Urgent
from trellis.model.packages import compile_packages
from trellis.model.setting import AddOn, Axis, Barrier, Response, Service, Setting
from trellis.model.text import Source

if TYPE_CHECKING:
    from trellis.model.loader import Loaded

Contexts = tuple[Mapping[str, str], ...]
NEVER_IN_NEEDS = ("commitment", "preference")


def compile_knowledge(
    loaded: Loaded, parameters: Mapping[str, int | str], digest: str, files: Mapping[str, str]
) -> Knowledge | None:
    """Check every reference and compile. What is wrong is added to ``loaded.problems``; then None may be returned."""
    problems = loaded.problems
    _check_unique(loaded)
    facts = by_id(loaded.of("facts", Fact))
    factors = by_id(loaded.of("contexts", ContextFactor))
    contexts = enumerate_contexts(factors, loaded.plain.get("impossible", ("", []))[1])
    axes = by_id(loaded.of("axes", Axis))
    for key in ("facts", "needs"):
        for where, entry in loaded.entries[key]:
            _check_applies(entry.applies, factors, f"{where}/applies", problems)
    implications = _compile_implications(loaded, facts, contexts)
    packages = compile_packages(loaded, axes, contexts)
    needs = {need.id: need for need in loaded.of("needs", Need)}
    parsed: dict[str, Condition] = {}
    for where, need in loaded.entries["needs"]:
        parsed[need.id] = _check_need(where, need, facts, axes, loaded, parameters)
    barrier_conditions = {
        barrier.id: conditions.parse(barrier.when, facts, f"{where}/when", problems)
        for where, barrier in loaded.entries["barriers"]
    }
    derivations = tuple(
        _resolve_bands(where, derivation, parameters, facts, loaded)
        for where, derivation in loaded.entries["derivations"]
    )
    _check_rest(loaded, facts)
    after = loaded.of("after_24_hour_care", AfterCare)
    aftercare = _aftercare(loaded, after, axes)
    if problems:
        return None
    index = {fact: place for place, fact in enumerate(facts)}
    admitting = [_numbers_admitted(fact.applies, contexts) for fact in facts.values()]
    artefact = Artefact(
        facts=tuple(facts),
        tops=tuple(fact.top for fact in facts.values()),
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
    about = loaded.plain.get("version", ("", {}))[1]
    return Knowledge(
        version=str(about.get("number", "0")),
        effective=str(about.get("effective", "")),
        review=str(about.get("review", "not clinically reviewed")),
        digest=digest,
        parameters=dict(parameters),
        sources=by_id(loaded.of("sources", Source)),
        facts=facts,
        factors=factors,
        contexts=contexts,
        parameter_definitions=by_id(loaded.of("parameters", Parameter)),
        inputs=by_id(loaded.of("inputs", Input)),
        derivations=derivations,
        axes=axes,
        services=by_id(loaded.of("services", Service)),
        settings=by_id(loaded.of("setting", Setting)),
        add_ons=by_id(loaded.of("add_ons", AddOn)),
        responses=by_id(loaded.of("responses", Response)),
        packages=by_id(packages),
        barriers=by_id(loaded.of("barriers", Barrier)),
        barrier_conditions=barrier_conditions,
        barrier_nodes={name: conditions.compile_condition(c, index) for name, c in barrier_conditions.items()},
        needs=needs,
        conditions=parsed,
        aftercare=after[0],
        reads={name: conditions.facts_read(condition) for name, condition in parsed.items()},
        urgent=by_id(sorted(loaded.of("urgent", Urgent), key=lambda urgent: urgent.severity)),
        lines=by_id(loaded.of("lines", HelpLine)),
        evaluators=by_id(loaded.of("evaluators", Evaluator)),
        properties=by_id(loaded.of("properties", Property)),
        screens=by_id(_all_screens(loaded, facts)),
        topics=tuple(loaded.plain.get("topics", ("", []))[1]),
        artefact=artefact,
        files=dict(files),
    )


def _afterwards(need: Need, requires: tuple[int, ...], after: AfterCare, aftercare: tuple[int, ...]) -> tuple[int, ...]:
    if need.phase == "ongoing":
        return requires
    return aftercare if need.phase == "acute" and need.group in after.groups else (0,) * len(requires)


def _aftercare(loaded: Loaded, after: list[AfterCare], axes: Mapping[str, Axis]) -> tuple[int, ...]:
    if len(after) != 1:
        message = f"[after_24_hour_care] is given {len(after)} times."
        loaded.problems.append(Problem("criteria/step_down.yaml#", message, "Give it once."))
        return ()
    where = loaded.entries["after_24_hour_care"][0][0]
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
    every = (dict(zip(names, values, strict=True)) for values in product(*(_values(factors[n]) for n in names)))
    return tuple(c for c in every if not any(pair.items() <= c.items() for pair in impossible))


def _values(factor: ContextFactor) -> list[str]:
    return [step.id for step in factor.values]


def _admits(applies: Mapping[str, tuple[str, ...]], context: Mapping[str, str]) -> bool:
    return all(context[factor] in allowed for factor, allowed in applies.items())


def _numbers_admitted(applies: Mapping[str, tuple[str, ...]], contexts: Contexts) -> frozenset[int]:
    return frozenset(number for number, context in enumerate(contexts) if not applies or _admits(applies, context))


def _check_unique(loaded: Loaded) -> None:
    for key, entries in loaded.entries.items():
        seen: dict[str, str] = {}
        for where, entry in entries:
            identity = getattr(entry, "id", None)
            if identity in seen:
                first = seen[identity].split("#")[0]
                message = f"[{identity}] is defined twice in {key}; first in {first}."
                loaded.problems.append(Problem(where, message, "Rename or remove one."))
            elif identity is not None:
                seen[identity] = where


def _check_applies(
    applies: Mapping[str, tuple[str, ...]], factors: Mapping[str, ContextFactor], where: str, problems: list[Problem]
) -> None:
    for factor, allowed in applies.items():
        if factor not in factors:
            problems.append(Problem(where, f"[{factor}] is no context.", did_you_mean(factor, factors)))
            continue
        for value in set(allowed) - set(_values(factors[factor])):
            near = did_you_mean(value, _values(factors[factor]))
            problems.append(Problem(where, f"context [{factor}] has no value [{value}].", near))
    focus = applies.get("focus")
    if focus and "both" not in focus:
        problems.append(
            Problem(
                where,
                f"applies to focus {list(focus)} but not to both.",
                "Add both: co-occurring conditions never ask for less than either alone.",
            )
        )


def _check_need(
    where: str,
    need: Need,
    facts: Mapping[str, Fact],
    axes: Mapping[str, Axis],
    loaded: Loaded,
    parameters: Mapping[str, int | str],
) -> Condition:
    problems = loaded.problems
    parsed = conditions.parse(need.when, facts, f"{where}/when", problems)
    for leaf in conditions.against_worse(parsed):
        fact = facts[leaf.fact]
        remedy = f"Read it with {'at_least' if fact.worse == 'up' else 'at_most'}, or put it below none."
        shown = ", ".join(leaf.values)
        message = f"need [{need.id}] reads [{leaf.fact}] with {leaf.operator} [{shown}], against its worse direction."
        problems.append(Problem(leaf.where, message, remedy))
    kinds = {facts[name].kind for name in conditions.facts_read(parsed)}
    if kinds & set(NEVER_IN_NEEDS):
        message = f"need [{need.id}] reads a commitment or preference."
        problems.append(
            Problem(f"{where}/when", message, "Those order what fits and bring barriers; see barriers.yaml.")
        )
    if kinds == {"score"} and need.phase != "hold":
        message = f"need [{need.id}] rests on a score alone and has phase [{need.phase}]."
        problems.append(Problem(f"{where}/phase", message, "A score alone may only hold and evaluate: use phase hold."))
    around_the_clock = False
    for axis, asked in need.requires.items():
        step = _step(asked, parameters)
        if axis not in axes:
            problems.append(Problem(f"{where}/requires", f"[{axis}] is no axis.", did_you_mean(axis, axes)))
        elif step not in [s.id for s in axes[axis].steps]:
            near = did_you_mean(step, [s.id for s in axes[axis].steps])
            message = f"axis [{axis}] has no step [{step}]."
            problems.append(Problem(f"{where}/requires/{axis}", message, near or "See capabilities.yaml."))
        else:
            around_the_clock |= axes[axis].steps[axes[axis].rank_of(step)].around_the_clock
    if around_the_clock and need.phase != "hold" and need.group is None:
        message = f"need [{need.id}] asks for care round the clock and names no [group]."
        problems.append(Problem(where, message, "Name which of the four groups it belongs to."))
    if not (need.requires or need.services or need.evaluate or need.urgent):
        problems.append(Problem(where, f"need [{need.id}] asks for nothing.", "Give requires, services or evaluate."))
    _check_names(where, need.services, "services", loaded)
    _check_names(where, [need.urgent] if need.urgent else [], "urgent", loaded)
    _check_names(where, [need.evaluate.by] if need.evaluate else [], "evaluators", loaded)
    return parsed


def _step(asked: str | dict[Any, str], parameters: Mapping[str, int | str]) -> str:
    return str(parameters.get(asked["parameter"], "")) if isinstance(asked, dict) else asked


def _required(axes: Mapping[str, Axis], need: Need, axis: str, parameters: Mapping[str, int | str]) -> int:
    return axes[axis].rank_of(_step(need.requires[axis], parameters)) if axis in need.requires else 0


def _check_names(where: str, names: Iterable[str], key: str, loaded: Loaded) -> None:
    known = [entry.id for _, entry in loaded.entries[key]]
    for name in names:
        if name not in known:
            message = f"refers to [{name}], which {key} does not define."
            loaded.problems.append(Problem(where, message, did_you_mean(name, known)))


def _compile_implications(
    loaded: Loaded, facts: Mapping[str, Fact], contexts: Contexts
) -> tuple[tuple[int, int, int, int], ...]:
    index = {fact: place for place, fact in enumerate(facts)}
    compiled = []
    for where, implication in loaded.entries["implications"]:
        found: list[Problem] = []
        sides = [
            conditions.parse(side, facts, f"{where}/{name}", found)
            for name, side in (("if", implication.if_), ("then", implication.then))
        ]
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


def _check_acyclic(implications: list[tuple[int, int, int, int]], names: list[str], loaded: Loaded) -> None:
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
    loaded: Loaded,
) -> Derivation:
    _check_names(where, [derivation.from_], "inputs", loaded)
    factors = {factor.id: factor for factor in loaded.of("contexts", ContextFactor)}
    if derivation.to in facts:
        steps = list(facts[derivation.to].values)
    elif derivation.to in factors:
        steps = _values(factors[derivation.to])
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


def _resolve_band(where: str, band: Band, parameters: Mapping[str, int | str], loaded: Loaded) -> Band:
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


def _check_rest(loaded: Loaded, facts: Mapping[str, Fact]) -> None:
    for where, fact in loaded.entries["facts"]:
        values = [step.id for step in fact.scale]
        if fact.danger_at is not None and fact.danger_at not in values:
            near = did_you_mean(fact.danger_at, values)
            loaded.problems.append(Problem(where, f"danger_at [{fact.danger_at}] is not on the scale.", near))
        if (fact.kind == "danger") != (fact.danger_at is not None):
            message = f"fact [{fact.id}] has kind [{fact.kind}] and danger_at [{fact.danger_at}]."
            loaded.problems.append(
                Problem(where, message, "Kind danger needs danger_at, and no other kind may have it.")
            )
        if (fact.kind == "history") != (fact.valid_days is None):
            message = f"fact [{fact.id}] has kind [{fact.kind}] and valid_days [{fact.valid_days}]."
            loaded.problems.append(Problem(where, message, "History never expires; every other kind needs valid_days."))
    for where, barrier in loaded.entries["barriers"]:
        _check_names(where, barrier.accommodations, "services", loaded)
    for key in ("setting", "add_ons", "responses"):
        for where, place in loaded.entries[key]:
            _check_names(where, place.services, "services", loaded)
    for where, urgent in loaded.entries["urgent"]:
        _check_names(where, urgent.lines, "lines", loaded)
    for where, screen in loaded.entries["screens"]:
        asked = [*screen.facts, *(item.fact for item in screen.checklist)]
        _check_names(where, [name for name in asked if name not in facts], "facts", loaded)
        for item in screen.checklist:
            if item.fact in facts and item.at_least not in facts[item.fact].values:
                near = did_you_mean(item.at_least, facts[item.fact].values)
                loaded.problems.append(Problem(where, f"[{item.fact}] has no value [{item.at_least}].", near))
    known = {source.id for source in loaded.of("sources", Source)}
    for entries in loaded.entries.values():
        for where, entry in entries:
            for ref in getattr(entry, "sources", ()):
                if ref.ref not in known:
                    near = did_you_mean(ref.ref, known)
                    loaded.problems.append(Problem(where, f"cites [{ref.ref}], which no file defines.", near))


def _check_total(artefact: Artefact, contexts: Contexts, loaded: Loaded) -> None:
    for number, context in enumerate(contexts):
        if not artefact.engine.fit(artefact.axis_tops, number):
            shown = ", ".join(f"{factor} {value}" for factor, value in context.items())
            message = f"in the context [{shown}] no package covers the top step of every axis."
            remedy = "Let the top package admit this context, or raise what it gives."
            loaded.problems.append(Problem("settings/packages.yaml#packages", message, remedy))


def _all_screens(loaded: Loaded, facts: Mapping[str, Fact]) -> list[Screen]:
    """The screens as written, then one screen for every fact that none of them asks."""
    written = loaded.of("screens", Screen)
    alone = {name for screen in written if not screen.checklist for name in screen.facts}
    single = [Screen(id=name, topic=fact.domain, facts=(name,)) for name, fact in facts.items() if name not in alone]
    return [*written, *single]
