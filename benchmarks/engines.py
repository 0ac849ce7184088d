"""The needs in the languages of two other engines, from the same compiled conditions.

In their favour: the answers come to them as numbers already, they only say which needs are active, and each is used in
the fastest way we found. They join no requirement, look for no package and explain nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import cel
import zen

import trellis
from trellis.engine.node import ALL, COUNT, WITHIN, Node
from trellis.kinds.condition import facts_read

Inputs = dict[str, str | int]
Active = Callable[[Any], Iterable[str]]


def inputs(kb: trellis.Knowledge) -> Callable[[Mapping[str, str]], Inputs]:
    """From a person's answers to what the engines get: contexts as words, each fact that a need reads as a number."""
    read = {name for condition in kb.conditions.values() for name in facts_read(condition)}
    ranks = {
        name: (_variable(name), {fact.step_at(rank).id: rank for rank in range(fact.top + 1)}, fact.start[0])
        for name, fact in kb.facts.items()
        if name in read
    }

    def prepare(person: Mapping[str, str]) -> Inputs:
        numbers = {key: steps[person[name]] if name in person else start for name, (key, steps, start) in ranks.items()}
        return {factor: person[factor] for factor in kb.factors} | numbers

    return prepare


def _variable(fact: str) -> str:
    return fact.replace(".", "_")


def expressions(kb: trellis.Knowledge, *, both: str, either: str) -> dict[str, str]:
    """Each need as one expression; ``both`` and ``either`` are the language's words for "and" and "or"."""
    names = [_variable(fact) for fact in kb.facts]
    found = {}
    for need, compiled in zip(kb.needs.values(), kb.artefact.needs, strict=True):
        parts = [
            "(" + either.join(f"{factor} == '{value}'" for value in allowed) + ")"
            for factor, allowed in need.applies.items()
        ]
        parts.append(_expression(compiled.node, kb.artefact.tops, names, both, either))
        found[need.id] = both.join(parts)
    return found


def _expression(node: Node, tops: tuple[int, ...], names: list[str], both: str, either: str) -> str:
    if node[0] == WITHIN:
        _, fact, low, high = node
        bounds = [f"{names[fact]} >= {low}"] if low > 0 else []
        bounds += [f"{names[fact]} <= {high}"] if high < tops[fact] else []
        return both.join(bounds) or "true"
    children = [_expression(child, tops, names, both, either) for child in node[2 if node[0] == COUNT else 1 :]]
    if node[0] == COUNT:
        return "(" + " + ".join(f"({child} ? 1 : 0)" for child in children) + f" >= {node[1]})"
    return "(" + (both if node[0] == ALL else either).join(children) + ")"


def zen_table(kb: trellis.Knowledge) -> tuple[Active, Active]:
    """A decision graph with one decision table, hit policy collect, a row a need.

    Returns:
        the call that evaluates, and one that reads the names of active needs from what it gave.
    """
    rules = [
        {"_id": str(number), "when": condition, "need": f"'{name}'"}
        for number, (name, condition) in enumerate(expressions(kb, both=" and ", either=" or ").items())
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "need", "name": "need", "field": "need"}],
        "rules": rules,
    }
    evaluate = _decision("decisionTableNode", table).evaluate
    return evaluate, lambda given: [row["need"] for row in given["result"]]


def zen_expressions(kb: trellis.Knowledge) -> tuple[Active, Active]:
    """A decision graph with one expression node, an expression a need."""
    written = expressions(kb, both=" and ", either=" or ")
    keys = {name.replace("-", "_"): name for name in written}
    content = {
        "expressions": [
            {"id": str(number), "key": key, "value": written[name]} for number, (key, name) in enumerate(keys.items())
        ]
    }
    evaluate = _decision("expressionNode", content).evaluate
    return evaluate, lambda given: [keys[key] for key, value in given["result"].items() if value]


def _decision(kind: str, content: dict[str, Any]) -> Any:
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "needs", "name": "needs", "type": kind, "position": {"x": 1, "y": 0}, "content": content},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in (("in", "needs"), ("needs", "out"))
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def zen_compiled(kb: trellis.Knowledge) -> tuple[Active, Active]:
    """No decision graph: all needs as one compiled expression of zen's language, which yields a list of booleans."""
    written = expressions(kb, both=" and ", either=" or ")
    evaluate = zen.compile_expression(f"[{', '.join(written.values())}]").evaluate
    return evaluate, lambda given: [name for name, holds in zip(written, given, strict=True) if holds]


def cel_compiled(kb: trellis.Knowledge) -> tuple[Active, Active]:
    """All needs as one compiled program of the Common Expression Language, which yields a list of booleans."""
    written = expressions(kb, both=" && ", either=" || ")
    evaluate = cel.compile(f"[{', '.join(written.values())}]").execute
    return evaluate, lambda given: [name for name, holds in zip(written, given, strict=True) if holds]
