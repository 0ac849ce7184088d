"""Instruments, approaches, evidence, values and goals: every reference checked, every condition compiled."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from trellis.engine.node import Node
from trellis.errors import Problem, did_you_mean
from trellis.kinds import condition as conditions
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
from trellis.kinds.evidence import Dataset, Method, Result, Summary
from trellis.kinds.fact import ContextFactor, Fact, Input
from trellis.kinds.instrument import Instrument, Scale
from trellis.kinds.setting import Value
from trellis.library.knowledge import WhatHelps, by_id
from trellis.library.references import check_applies, check_names, check_says_something

if TYPE_CHECKING:
    from trellis.library.loader import Loaded

MAY_SHOW = ("public_domain", "free")


def compile_what_helps(loaded: Loaded, facts: Mapping[str, Fact], files: Mapping[str, str]) -> WhatHelps:
    """Check what these kinds refer to and compile their conditions; what is wrong is added to ``loaded.problems``."""
    factors = by_id(loaded.of("contexts", ContextFactor))
    index = {fact: place for place, fact in enumerate(facts)}
    for where, instrument in loaded.entries["instruments"]:
        _check_instrument(where, instrument, facts, loaded)
    _check_evidence(loaded, files)
    _check_approaches(loaded)
    for where, value in loaded.entries["values"]:
        check_names(where, value.settings, "setting", loaded)
    for where, goal in loaded.entries["goals"]:
        check_names(where, goal.needs, "needs", loaded)
        check_names(where, goal.part_of, "goals", loaded)
        check_names(where, [need for stone in goal.milestones for need in stone.needs], "needs", loaded)
        check_names(where, [goal.measure] if goal.measure else [], "instruments", loaded)
    for where, sign in loaded.entries["step_up"]:
        check_names(where, sign.for_goals, "goals", loaded)
    for where, review in loaded.entries["review_within"]:
        check_names(where, [review.setting], "setting", loaded)
    parsed: dict[str, dict[str, conditions.Condition]] = {"matches": {}, "stops": {}}
    for key, rules in parsed.items():
        for where, rule in loaded.entries[key]:
            check_applies(rule.applies, factors, f"{where}/applies", loaded.problems)
            rules[rule.id] = conditions.parse(rule.when, facts, f"{where}/when", loaded.problems)
            check_says_something(rules[rule.id], facts, loaded.problems)
    nodes: dict[str, Node] = {}
    if not loaded.problems:
        rules = parsed["matches"] | parsed["stops"]
        nodes = {name: conditions.compile_condition(condition, index) for name, condition in rules.items()}
    return WhatHelps(
        instruments=by_id(loaded.of("instruments", Instrument)),
        treated=by_id(loaded.of("treated_conditions", TreatedCondition)),
        approaches=by_id(loaded.of("approaches", Approach)),
        aims=by_id(loaded.of("aims", Aim)),
        alignments=tuple(loaded.of("alignments", Alignment)),
        matches=by_id(loaded.of("matches", Match)),
        stops=by_id(loaded.of("stops", Stop)),
        rule_conditions=parsed["matches"] | parsed["stops"],
        rule_nodes=nodes,
        results=by_id(loaded.of("results", Result)),
        summaries=by_id(loaded.of("summaries", Summary)),
        methods=by_id(loaded.of("methods", Method)),
        datasets=by_id(loaded.of("datasets", Dataset)),
        values=by_id(loaded.of("values", Value)),
        goals=by_id(loaded.of("goals", PlanGoal)),
        step_up=by_id(loaded.of("step_up", StepUp)),
        review_within=tuple(loaded.of("review_within", ReviewWithin)),
    )


def _check_instrument(where: str, instrument: Instrument, facts: Mapping[str, Fact], loaded: Loaded) -> None:
    problems = loaded.problems
    names = [item.id for item in instrument.items]
    scales = [scale.id for scale in instrument.scales]
    for twice in {name for name in names if names.count(name) > 1} | {s for s in scales if scales.count(s) > 1}:
        problems.append(Problem(where, f"has [{twice}] twice.", "Give each item and scale a name of its own."))
    known_sets = True
    for item in instrument.items:
        if isinstance(item.options, str) and item.options not in instrument.option_sets:
            known_sets = False
            near = did_you_mean(item.options, instrument.option_sets)
            problems.append(Problem(where, f"item [{item.id}] uses the answers [{item.options}], not defined.", near))
        if item.text is not None and instrument.licence.status not in MAY_SHOW:
            message = f"item [{item.id}] has its text, and the licence status is [{instrument.licence.status}]."
            problems.append(Problem(where, message, "Leave the texts out until the licence is confirmed."))
    read = [name for scale in instrument.scales for name in scale.items]
    read += [entry.item for entry in instrument.critical]
    read += [entry.item for entry in instrument.derives if entry.item is not None]
    read += [name for skip in instrument.skips for name in (skip.item, *skip.skips)]
    for name in read:
        if name not in names:
            problems.append(
                Problem(where, f"refers to item [{name}], which it does not have.", did_you_mean(name, names))
            )
    check_names(where, [entry.urgent for entry in instrument.critical], "urgent", loaded)
    if known_sets and set(read) <= set(names):
        for scale in instrument.scales:
            _check_scale(where, instrument, scale, problems)
    for derives in instrument.derives:
        _check_derives(where, instrument, derives, facts, loaded)


def _check_scale(where: str, instrument: Instrument, scale: Scale, problems: list[Problem]) -> None:
    name = f"scale [{scale.id}]"
    if scale.items:
        scores = [instrument.scores_of(item) for item in scale.items]
        ends = {
            "sum": (sum(s[0] for s in scores), sum(s[-1] for s in scores)),
            "highest": (max(s[0] for s in scores), max(s[-1] for s in scores)),
            "count": (sum(s[0] > 0 for s in scores), sum(s[-1] > 0 for s in scores)),
        }[scale.method]
        if ends != (scale.low, scale.high):
            message = f"{name} says {scale.low} to {scale.high}, but its items give {ends[0]} to {ends[1]}."
            problems.append(Problem(where, message, "Correct the items or the range."))
    elif instrument.items:
        problems.append(Problem(where, f"{name} names no items.", "Name the items that it joins."))
    starts = [band.from_ for band in scale.bands]
    if starts and (starts != sorted(set(starts)) or starts[0] != scale.low or starts[-1] > scale.high):
        message = f"{name} has bands from {starts}."
        problems.append(Problem(where, message, f"Begin at {scale.low}, go up, and end below {scale.high + 1}."))


def _check_derives(where: str, instrument: Instrument, derives: Any, facts: Mapping[str, Fact], loaded: Loaded) -> None:
    problems = loaded.problems
    inputs = {entry.id for entry in loaded.of("inputs", Input)}
    if (derives.item is None) == (derives.scale is None):
        problems.append(Problem(where, f"derives [{derives.to}] from an item and a scale, or neither.", "Name one."))
    if derives.scale is not None and derives.scale not in [scale.id for scale in instrument.scales]:
        problems.append(Problem(where, f"derives [{derives.to}] from no scale of its own: [{derives.scale}]."))
    if derives.to in inputs:
        if derives.item is not None or derives.step is not None or derives.from_ is not None:
            message = f"feeds [{derives.to}] with more than a scale."
            problems.append(Problem(where, message, "An input takes a whole total: give `scale` and `to` only."))
        return
    if derives.to not in facts:
        near = did_you_mean(derives.to, [*facts, *inputs])
        problems.append(Problem(where, f"derives [{derives.to}], which no file defines.", near))
        return
    fact = facts[derives.to]
    if derives.step not in fact.values or derives.from_ is None:
        message = f"derives [{derives.to}] with step [{derives.step}] from [{derives.from_}]."
        problems.append(Problem(where, message, f"Give `from` and one of {', '.join(fact.values)}."))
    if derives.scale is not None and fact.kind != "score":
        message = f"derives [{derives.to}], of kind [{fact.kind}], from the score [{derives.scale}]."
        problems.append(Problem(where, message, "A score alone places nobody: derive a fact of kind score."))


def _check_approaches(loaded: Loaded) -> None:
    for where, approach in loaded.entries["approaches"]:
        check_names(where, approach.inside, "setting", loaded)
        check_names(where, [approach.service] if approach.service else [], "services", loaded)
    for key in ("alignments", "matches", "stops"):
        for where, rule in loaded.entries[key]:
            check_names(where, [rule.approach], "approaches", loaded)
            check_names(where, getattr(rule, "summaries", ()), "summaries", loaded)
    for where, alignment in loaded.entries["alignments"]:
        check_names(where, [alignment.aim], "aims", loaded)
    for where, match in loaded.entries["matches"]:
        check_names(where, [match.condition], "treated_conditions", loaded)


def _check_evidence(loaded: Loaded, files: Mapping[str, str]) -> None:
    for where, result in loaded.entries["results"]:
        check_names(where, [result.source], "sources", loaded)
        check_names(where, [result.approach] if result.approach else [], "approaches", loaded)
        check_names(where, [result.setting] if result.setting else [], "setting", loaded)
        check_names(where, [result.condition], "treated_conditions", loaded)
    results = by_id(loaded.of("results", Result))
    for where, summary in loaded.entries["summaries"]:
        check_names(where, (*summary.results, *summary.against), "results", loaded)
        check_names(where, [summary.condition], "treated_conditions", loaded)
        check_names(where, [summary.approach] if summary.approach else [], "approaches", loaded)
        check_names(where, [*summary.also, *([summary.setting] if summary.setting else [])], "setting", loaded)
        if summary.frequency is not None:
            check_names(where, [summary.frequency.result], "results", loaded)
            _check_frequency(where, summary, results, loaded.problems)
        elif summary.unknown is None:
            message = f"[{summary.id}] says neither how many of 100 nor that this is unknown."
            loaded.problems.append(Problem(where, message, "Give `frequency` or `unknown`."))
    for where, dataset in loaded.entries["datasets"]:
        check_names(where, [dataset.approach], "approaches", loaded)
        check_names(where, [dataset.condition], "treated_conditions", loaded)
        _check_dataset(where, dataset, files, loaded.problems)


METHOD_NEEDS = {"ratio": ("RR", "OR", "HR"), "difference": ("RD",), "standardised": ("g", "d")}


def _check_frequency(where: str, summary: Summary, results: Mapping[str, Result], problems: list[Problem]) -> None:
    frequency = summary.frequency
    result = results.get(frequency.result) if frequency else None
    if frequency is None or result is None:
        return
    name = f"[{summary.id}] makes a frequency of [{result.id}] by [{frequency.method}]"
    if frequency.method == "rates":
        if result.rates is None:
            problems.append(Problem(where, f"{name}, which has no rates.", "Give `rates`, or another method."))
        return
    if result.measure not in METHOD_NEEDS[frequency.method] or result.original.value is None:
        remedy = f"That method needs one of {', '.join(METHOD_NEEDS[frequency.method])} with a value."
        problems.append(Problem(where, f"{name}, which is [{result.measure}].", remedy))
    if (frequency.base is None) != (frequency.method == "difference"):
        problems.append(Problem(where, f"{name} on no base rate, or needs none.", "Only `difference` needs no base."))


def _check_dataset(where: str, dataset: Dataset, files: Mapping[str, str], problems: list[Problem]) -> None:
    text = files.get(dataset.file)
    if text is None:
        near = did_you_mean(dataset.file, [name for name in files if name.endswith(".csv")])
        problems.append(Problem(where, f"there is no file [{dataset.file}].", near))
        return
    columns = next(csv.reader(io.StringIO(text)), [])
    missing = [column for column in _columns(dataset) if column not in columns]
    problems += [
        Problem(where, f"[{dataset.file}] has no column [{column}].", did_you_mean(column, columns))
        for column in missing
    ]


def _columns(dataset: Dataset) -> Iterable[str]:
    return (dataset.study, *dataset.cells.values(), *dataset.moderators)
