"""A reader of the artefact as another language would write one: from the JSON alone, with no object of the program.

Only the value of a condition is taken from ``trellis.kinds.condition.evaluate``, the generic reader of nodes.
"""

from __future__ import annotations

from operator import ge
from typing import Any

from trellis.engine.node import FALSE, OPEN, TRUE, evaluate

PHASES_OF_SLOT = {"hold": (0,), "now": (1, 2)}


def read(artefact: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Work out a whole row of ``people.jsonl`` from its ``context`` and what was ``given``."""
    context, given = row["context"], row["given"]
    lo, hi = ([int(digit) for digit in end] for end in given)
    for fact in artefact["closed"][context]:
        lo[fact] = hi[fact] = 0
    narrow(artefact["implications"], lo, hi)
    values = [
        evaluate(node, lo, hi) if context in contexts else FALSE for _, _, contexts, node, *_ in artefact["needs"]
    ]
    # The conditions are monotone: what is true of the whole interval is true of its best end, what is not ruled out of
    # the whole interval is true of its worst end.
    ends = [[place for place, value in enumerate(values) if value in wanted] for wanted in ([TRUE], [TRUE, OPEN])]
    found: dict[str, Any] = {"context": context, "given": given, "lo": join(lo), "hi": join(hi)}
    found["active"] = [f"{sum(1 << place for place in active):x}" for active in ends]
    asked = {slot: [requirement(artefact, active, slot) for active in ends] for slot in ("hold", "now", "next")}
    found |= {slot: [join(vector) for vector in vectors] for slot, vectors in asked.items()}
    for slot in ("now", "next"):
        found[f"{slot}_fit"] = [fit(artefact, vector, context) for vector in asked[slot]]
    return found


def narrow(implications: list[list[int]], lo: list[int], hi: list[int]) -> None:
    """Carry every implication both ways until nothing changes."""
    before: list[list[int]] = []
    while before != [lo, hi]:
        before = [lo.copy(), hi.copy()]
        for a, i, b, j in implications:
            if lo[a] >= i:
                lo[b] = max(lo[b], j)
            if hi[b] < j:
                hi[a] = min(hi[a], i - 1)


def requirement(artefact: dict[str, Any], active: list[int], slot: str) -> list[int]:
    """Per axis, the most that any active need asks for in a slot."""
    asked = [0] * len(artefact["axes"])
    for place in active:
        _, phase, _, _, requires, afterwards = artefact["needs"][place]
        if slot == "next":
            asked = list(map(max, asked, afterwards))
        elif phase in PHASES_OF_SLOT[slot]:
            asked = list(map(max, asked, requires))
    return asked


def fit(artefact: dict[str, Any], asked: list[int], context: int) -> list[int]:
    """The places of the packages of lowest rank that give enough on every axis and admit the context."""
    fitting: list[int] = []
    lowest = None
    for place, (_, rank, gives, admits) in enumerate(artefact["packages"]):
        if lowest is not None and rank > lowest:
            break
        if context in admits and all(map(ge, gives, asked)):
            fitting.append(place)
            lowest = rank
    return fitting


def join(ranks: list[int]) -> str:
    return "".join(map(str, ranks))
