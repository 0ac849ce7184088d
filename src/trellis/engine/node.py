"""A compiled condition, a *node*: nested tuples of integers only, which every reader evaluates alike.

* ``(WITHIN, fact, low, high)``: the fact's worse-rank lies in ``low..high``
* ``(ALL, node, …)``, ``(ANY, node, …)``
* ``(COUNT, k, node, …)``: at least ``k`` of the nodes hold

There is no "not" in a node: ``none`` is pushed down to the leaves. A node is evaluated against intervals, and its
value is one of the integers ``FALSE``, ``TRUE``, ``OPEN``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

WITHIN, ALL, ANY, COUNT = 1, 2, 3, 4
FALSE, TRUE, OPEN = 0, 1, 2

Node = tuple[Any, ...]
"""A compiled condition: nested tuples of integers."""


def evaluate(node: Node, lo: Sequence[int], hi: Sequence[int]) -> int:
    """Evaluate a node against intervals of worse-ranks: ``TRUE``, ``FALSE``, or ``OPEN`` where the answers do not say.

    >>> node = (ALL, (WITHIN, 0, 1, 2), (WITHIN, 1, 0, 0))
    >>> evaluate(node, [1, 0], [2, 0]), evaluate(node, [0, 0], [2, 0]), evaluate(node, [0, 1], [0, 1])
    (1, 2, 0)
    """
    operator = node[0]
    if operator == WITHIN:
        _, fact, low, high = node
        if low <= lo[fact] and hi[fact] <= high:
            return TRUE
        return FALSE if hi[fact] < low or high < lo[fact] else OPEN
    if operator == COUNT:
        needed, children = node[1], node[2:]
    else:
        children = node[1:]
        needed = len(children) if operator == ALL else 1
    sure = possible = 0
    for child in children:
        value = evaluate(child, lo, hi)
        sure += value == TRUE
        possible += value != FALSE
    if sure >= needed:
        return TRUE
    return FALSE if possible < needed else OPEN


def least_points(node: Node) -> list[dict[int, int]]:
    """The least ways to make a monotone node true: each a mapping of fact to the least worse-rank it must have.

    Only for nodes without upper bounds, as needs have.

    >>> least_points((ANY, (WITHIN, 0, 2, 3), (ALL, (WITHIN, 0, 1, 3), (WITHIN, 1, 1, 1))))
    [{0: 2}, {0: 1, 1: 1}]
    """
    operator = node[0]
    if operator == WITHIN:
        return [{node[1]: node[2]}] if node[2] > 0 else [{}]
    if operator == ANY:
        return _least([point for child in node[1:] for point in least_points(child)])
    k, children = (node[1], node[2:]) if operator == COUNT else (len(node) - 1, node[1:])
    points: list[dict[int, int]] = []
    for chosen in combinations([least_points(child) for child in children], k):
        joined: list[dict[int, int]] = [{}]
        for ways in chosen:
            joined = [_join(left, right) for left in joined for right in ways]
        points.extend(joined)
    return _least(points)


def _join(left: dict[int, int], right: dict[int, int]) -> dict[int, int]:
    return {fact: max(left.get(fact, 0), right.get(fact, 0)) for fact in left | right}


def _least(points: list[dict[int, int]]) -> list[dict[int, int]]:
    unique = [point for place, point in enumerate(points) if point not in points[:place]]
    return [point for point in unique if not any(q != point and _below(q, point) for q in unique)]


def _below(left: dict[int, int], right: dict[int, int]) -> bool:
    return all(rank <= right.get(fact, 0) for fact, rank in left.items())


def to_python(node: Node, tops: Sequence[int]) -> str:
    """The node as a Python expression over a rank vector ``r``. Integers are all it can contain.

    Args:
        node: the compiled condition.
        tops: the worst worse-rank of each fact, so that a bound which always holds is left out.

    >>> to_python(
    ...     (ALL, (WITHIN, 0, 1, 2), (COUNT, 2, (WITHIN, 1, 0, 0), (WITHIN, 2, 1, 1), (WITHIN, 0, 2, 2))), [2, 1, 1]
    ... )
    '(r[0]>=1 and ((r[1]<=0)+(r[2]>=1)+(r[0]>=2)>=2))'
    """
    operator = node[0]
    if operator == WITHIN:
        _, fact, low, high = (int(part) for part in node)
        bounds = ([f"r[{fact}]>={low}"] if low > 0 else []) + ([f"r[{fact}]<={high}"] if high < tops[fact] else [])
        return " and ".join(bounds) or "True"
    if operator == COUNT:
        terms = "+".join(f"({to_python(child, tops)})" for child in node[2:])
        return f"({terms}>={int(node[1])})"
    if len(node) == 1:
        return str(operator == ALL)
    return "(" + (" and " if operator == ALL else " or ").join(to_python(child, tops) for child in node[1:]) + ")"
