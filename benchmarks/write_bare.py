"""Write ``bare.py``: the criteria as a programmer would type them by hand.

``python -m benchmarks.write_bare`` is to be run again whenever the criteria change; ``decide.py`` says when. No part of
Trellis reads what is written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import trellis
from trellis.engine.artefact import ACUTE, ONGOING
from trellis.engine.node import ALL, COUNT, WITHIN
from trellis.kinds.condition import facts_read
from trellis.kinds.fact import Fact

TARGET = Path(__file__).with_name("bare.py")

HEAD = '''"""The same rules by hand: no explanation, no validation, no unknowns, no dates. Written by ``write_bare.py``.

This is the yardstick: what a programmer would type who needs the decision alone and has every answer, in the values
Trellis takes. Needs, what they require joined per axis, the packages of lowest rank that cover it, now and next.
"""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from typing import Any
'''


def write(kb: trellis.Knowledge) -> str:
    """The text of the module."""
    lines = [HEAD, "# Each answer as a number, best first."]
    for fact in _read(kb):
        ranks = {fact.step_at(rank).id: rank for rank in range(fact.top + 1)}
        shown = ", ".join(f'"{value}": {rank}' for value, rank in ranks.items())
        lines.append(f"{_variable(fact.id).upper()} = {{{shown}}}")
    everybody = frozenset(range(len(kb.contexts)))
    fewer = dict.fromkeys(p.contexts for p in kb.artefact.packages if p.contexts != everybody)
    admitted = {everybody: "None"} | {contexts: f"ADMITTED_{number}" for number, contexts in enumerate(fewer, 1)}
    lines += [
        "",
        f"# {', '.join(kb.factors).capitalize()} of those whom a package admits, where it does not admit everybody.",
    ]
    for contexts in fewer:
        lines.append(f"{admitted[contexts]} = {_people(kb, contexts)}")
    lines += ["", f"# Rank, package, what it gives ({', '.join(kb.axes)}), and whom it admits.", "PACKAGES = ["]
    for package in kb.artefact.packages:
        lines.append(f'    ({package.rank}, "{package.id}", {package.gives}, {admitted[package.contexts]}),')
    lines += ["]", "", "", *_fit(), "", "", *_decide(kb), ""]
    return "\n".join(lines)


def _variable(fact: str) -> str:
    return fact.replace(".", "_")


def _read(kb: trellis.Knowledge) -> list[Fact]:
    """The facts that some need reads: nobody would type the others."""
    names = {name for condition in kb.conditions.values() for name in facts_read(condition)}
    return [fact for fact in kb.facts.values() if fact.id in names]


def _people(kb: trellis.Knowledge, contexts: frozenset[int]) -> str:
    shown = (f"({', '.join(repr(value) for value in kb.contexts[n].values())})" for n in sorted(contexts))
    return f"{{{', '.join(shown)}}}".replace("'", '"')


def _fit() -> list[str]:
    return [
        "def fit(asked: tuple[int, ...], person: tuple[str, str, str]) -> list[str]:",
        "    found: list[str] = []",
        "    lowest = None",
        "    for rank, name, gives, admits in PACKAGES:",
        "        if lowest is not None and rank > lowest:",
        "            break",
        "        if admits is None or person in admits:",
        "            for given, wanted in zip(gives, asked):  # noqa: B905",
        "                if given < wanted:",
        "                    break",
        "            else:",
        "                found.append(name)",
        "                lowest = rank",
        "    return found",
    ]


def _decide(kb: trellis.Knowledge) -> list[str]:
    lines = ["def decide(answers: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:"]
    lines += [f'    {factor} = answers["{factor}"]' for factor in kb.factors]
    for fact in _read(kb):
        name = _variable(fact.id)
        unsaid = fact.step_at(fact.start[0]).id
        optional = bool(fact.applies) or fact.kind == "evaluation"
        given = f'answers.get("{fact.id}", "{unsaid}")' if optional else f'answers["{fact.id}"]'
        lines.append(f"    {name} = {name.upper()}[{given}]")
    lines += ["    active = []"]
    axes = list(kb.axes)
    lines += [f"    {' = '.join(f'{when}_{axis}' for axis in axes)} = 0" for when in ("ongoing", "now", "next")]
    names = [_variable(fact) for fact in kb.facts]
    for need, compiled in zip(kb.needs.values(), kb.artefact.needs, strict=True):
        conditions = [
            f"{factor} in {_values(allowed)}" if len(allowed) > 1 else f'{factor} == "{allowed[0]}"'
            for factor, allowed in need.applies.items()
        ]
        conditions.append(_python(compiled.node, kb.artefact.tops, names))
        lines.append(f"    if {' and '.join(conditions)}:")
        lines.append(f'        active.append("{need.id}")')
        if compiled.phase == ONGOING:
            lines += _raise("ongoing", axes, compiled.requires)
        elif compiled.phase == ACUTE:
            lines += _raise("now", axes, compiled.requires) + _raise("next", axes, compiled.afterwards)
    person = f"({', '.join(kb.factors)})"
    lines += [
        "    # Now: what is acute and what is ongoing. Next: what follows a stay, and what is ongoing.",
        *(
            line
            for when in ("now", "next")
            for axis in axes
            for line in (f"    if {when}_{axis} < ongoing_{axis}:", f"        {when}_{axis} = ongoing_{axis}")
        ),
        f"    now = fit(({', '.join(f'now_{axis}' for axis in axes)}), {person})",
        f"    later = fit(({', '.join(f'next_{axis}' for axis in axes)}), {person})",
        "    return active, now, later",
    ]
    return lines


def _raise(when: str, axes: list[str], steps: tuple[int, ...]) -> list[str]:
    asked = [(f"{when}_{axis}", step) for axis, step in zip(axes, steps, strict=True) if step]
    return [line for name, step in asked for line in (f"        if {name} < {step}:", f"            {name} = {step}")]


def _values(allowed: tuple[str, ...]) -> str:
    return "(" + ", ".join(f'"{value}"' for value in allowed) + ")"


def _python(node: list[Any], tops: tuple[int, ...], names: list[str], outermost: bool = True) -> str:
    """A compiled condition as a person would type it."""
    if node[0] == WITHIN:
        _, fact, low, high = node
        if low > 0 and high < tops[fact]:
            return f"{low} <= {names[fact]} <= {high}"
        if low == tops[fact]:
            return f"{names[fact]} == {low}"
        return f"{names[fact]} >= {low}" if low > 0 else f"{names[fact]} <= {high}"
    if node[0] == COUNT:
        children = [_python(child, tops, names, False) for child in node[2:]]
        terms = " + ".join(child if child[0] == "(" else f"({child})" for child in children)
        return f"{terms} >= {node[1]}" if outermost else f"({terms} >= {node[1]})"
    joined = (" and " if node[0] == ALL else " or ").join(_python(child, tops, names, False) for child in node[1:])
    return joined if outermost and node[0] == ALL else f"({joined})"


def main() -> None:
    TARGET.write_text(write(trellis.load()), encoding="utf-8")
    print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    main()
