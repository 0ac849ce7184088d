"""Conditions on facts: read from YAML once, then compiled to integer intervals that every reader shares.

A condition is a tree of ``all``, ``any``, ``none``, ``count_at_least`` and leaves (``at_least``, ``at_most``, ``is``,
``one_of``). Compiled, it is a *node* of :mod:`trellis.engine.node`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trellis.engine.node import ALL, ANY, COUNT, WITHIN, Node
from trellis.errors import Problem, did_you_mean
from trellis.frozen import thawed
from trellis.kinds.fact import Fact

LEAF_OPERATORS = ("at_least", "at_most", "is", "one_of")
LISTS = (list, tuple)
BRANCH_OPERATORS = ("all", "any", "none", "count_at_least")


@dataclass(frozen=True)
class Leaf:
    """``fact`` read with one operator. ``ranks`` are the worse-ranks for which it holds."""

    fact: str
    operator: str
    values: tuple[str, ...]
    ranks: frozenset[int]
    top: int
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class Branch:
    """``all``, ``any``, ``none`` or ``count_at_least`` (then with ``k``) over other conditions."""

    operator: str
    children: tuple[Condition, ...]
    k: int = 0


Condition = Leaf | Branch


def parse(raw: Any, facts: Mapping[str, Fact], where: str, problems: list[Problem]) -> Condition:
    """Read a condition as it stands in YAML.

    Args:
        raw: the parsed YAML below ``when`` or ``given``; ``None`` and an empty mapping mean "always".
        facts: all facts by id.
        where: the place, for messages; grows by a step at each level (``…/all/0``).
        problems: what is wrong is added here; the condition returned then never holds.

    >>> parse(["nonsense"], {}, "x.yaml:1", found := []).operator
    'any'
    >>> print(found[0].what)
    a condition must be a mapping with one key, not [['nonsense']].
    """
    if raw is None or raw == {}:
        return Branch("all", ())
    if not isinstance(raw, dict) or len(raw) != 1:
        problems.append(
            Problem(
                where,
                f"a condition must be a mapping with one key, not [{thawed(raw)}].",
                "Write one of all, any, none, count_at_least, or one fact with one operator.",
            )
        )
        return Branch("any", ())
    key, body = next(iter(raw.items()))
    if key in ("all", "any", "none"):
        if not isinstance(body, LISTS) or not body:
            message = f"[{key}] needs a list of conditions, not [{thawed(body)}]."
            problems.append(Problem(where, message, "Give at least one."))
            return Branch("any", ())
        return Branch(key, _parse_all(body, facts, f"{where}/{key}", problems))
    if key == "count_at_least":
        return _parse_count(body, facts, where, problems)
    return _parse_leaf(key, body, facts, where, problems)


def _parse_count(body: Any, facts: Mapping[str, Fact], where: str, problems: list[Problem]) -> Condition:
    if not isinstance(body, dict) or set(body) != {"k", "of"} or not isinstance(body["of"], LISTS):
        message = f"[count_at_least] needs k and of, not [{thawed(body)}]."
        problems.append(Problem(where, message, "Write {k: 2, of: [...]}."))
        return Branch("any", ())
    k, of = body["k"], body["of"]
    if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= len(of):
        problems.append(
            Problem(where, f"[count_at_least] has k [{k}] of {len(of)} conditions.", f"k goes from 1 to {len(of)}.")
        )
        return Branch("any", ())
    return Branch("count_at_least", _parse_all(of, facts, f"{where}/count_at_least/of", problems), k)


def _parse_all(
    body: Sequence[Any], facts: Mapping[str, Fact], where: str, problems: list[Problem]
) -> tuple[Condition, ...]:
    return tuple(parse(child, facts, f"{where}/{place}", problems) for place, child in enumerate(body))


def _parse_leaf(key: str, body: Any, facts: Mapping[str, Fact], where: str, problems: list[Problem]) -> Condition:
    nothing = Branch("any", ())
    fact = facts.get(key)
    if fact is None:
        if "." in str(key):
            message = f"the condition reads fact [{key}], which no file defines."
            problems.append(Problem(where, message, did_you_mean(str(key), facts)))
        else:
            operators = ", ".join(BRANCH_OPERATORS)
            problems.append(
                Problem(where, f"[{key}] is neither an operator nor a fact.", f"Operators are {operators}.")
            )
        return nothing
    if not isinstance(body, dict) or len(body) != 1 or next(iter(body)) not in LEAF_OPERATORS:
        operators = ", ".join(LEAF_OPERATORS)
        message = f"fact [{key}] is read with [{thawed(body)}]."
        problems.append(Problem(where, message, f"Use one of {operators} and a value."))
        return nothing
    operator, value = next(iter(body.items()))
    several = operator == "one_of" and isinstance(value, LISTS)
    values = tuple(str(v) for v in value) if several else (str(value),)
    unknown = [v for v in values if v not in fact.values]
    for v in unknown:
        remedy = f"Its values are {', '.join(fact.values)}. {did_you_mean(v, fact.values)}".strip()
        problems.append(Problem(where, f"fact [{key}] has no value [{v}].", remedy))
    if unknown or not values:
        return nothing
    return Leaf(key, operator, values, _ranks(fact, operator, values), fact.top, where)


def _ranks(fact: Fact, operator: str, values: tuple[str, ...]) -> frozenset[int]:
    written = fact.values
    index = written.index(values[0])
    chosen = {
        "at_least": written[index:],
        "at_most": written[: index + 1],
        "is": values,
        "one_of": values,
    }[operator]
    return frozenset(fact.rank_of(value) for value in chosen)


def leaves(condition: Condition, positive: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf with its direction: False below an odd number of ``none``."""
    if isinstance(condition, Leaf):
        yield condition, positive
        return
    below = not positive if condition.operator == "none" else positive
    for child in condition.children:
        yield from leaves(child, below)


def against_worse(condition: Condition) -> list[Leaf]:
    """The leaves that would let a *worse* fact make the condition false. A need may have none."""
    wrong = []
    for leaf, positive in leaves(condition):
        closed_towards_worse = leaf.ranks == frozenset(range(min(leaf.ranks), leaf.top + 1))
        closed_towards_best = leaf.ranks == frozenset(range(max(leaf.ranks) + 1))
        if not (closed_towards_worse if positive else closed_towards_best):
            wrong.append(leaf)
    return wrong


def says_nothing(condition: Condition) -> list[Leaf]:
    """The leaves that every value of their fact meets, such as ``at_most`` the last step. They are always slips.

    >>> says_nothing(Leaf("a.b", "at_most", ("y",), frozenset({0, 1}), 1))[0].values
    ('y',)
    """
    return [leaf for leaf, _ in leaves(condition) if len(leaf.ranks) > leaf.top]


def facts_read(condition: Condition) -> tuple[str, ...]:
    """The facts a condition reads, each once, in the order written."""
    return tuple(dict.fromkeys(leaf.fact for leaf, _ in leaves(condition)))


def compile_condition(condition: Condition, index: Mapping[str, int], positive: bool = True) -> Node:
    """Compile to a node; ``index`` numbers the facts.

    >>> leaf = Leaf("a.b", "at_least", ("x",), frozenset({1, 2}), 2)
    >>> compile_condition(Branch("none", (leaf,)), {"a.b": 0})
    (1, 0, 0, 0)
    """
    if isinstance(condition, Leaf):
        return _compile_leaf(condition, index[condition.fact], positive)
    children = [
        compile_condition(child, index, positive != (condition.operator == "none")) for child in condition.children
    ]
    if condition.operator == "count_at_least":
        k = condition.k if positive else len(children) - condition.k + 1
        return _simplified_count(k, children)
    conjunction = (condition.operator == "all") == positive if condition.operator != "none" else positive
    operator = ALL if conjunction else ANY
    return children[0] if len(children) == 1 else (operator, *children)


def _simplified_count(k: int, children: list[Node]) -> Node:
    if len(children) == 1:
        return children[0]
    if k == 1:
        return (ANY, *children)
    if k == len(children):
        return (ALL, *children)
    return (COUNT, k, *children)


def _compile_leaf(leaf: Leaf, fact: int, positive: bool) -> Node:
    ranks = sorted(leaf.ranks if positive else frozenset(range(leaf.top + 1)) - leaf.ranks)
    starts = [rank for rank in ranks if rank - 1 not in ranks]
    ends = [rank for rank in ranks if rank + 1 not in ranks]
    runs = [(WITHIN, fact, start, end) for start, end in zip(starts, ends, strict=True)]
    return runs[0] if len(runs) == 1 else (ANY, *runs)
