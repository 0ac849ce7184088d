"""A reader of the artefact as another language would write one: from the JSON alone, with no object of the program.

Only the value of a condition is taken from ``trellis.model.condition.evaluate``, the generic reader of nodes.
"""

from __future__ import annotations

from typing import Any

from trellis.model.condition import FALSE, TRUE, evaluate

PHASE_OF_SLOT = {"hold": (0,), "now": (1, 2)}  # "next" reads what a need leaves for afterwards, whatever its phase


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
    ends = [[value == TRUE for value in values], [value != FALSE for value in values]]
    found: dict[str, Any] = {"context": context, "given": given, "lo": join(lo), "hi": join(hi)}
    found["active"] = [f"{sum(1 << place for place, holds in enumerate(end) if holds):x}" for end in ends]
    asked = {slot: [requirement(artefact, end, slot) for end in ends] for slot in ("hold", "now", "next")}
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


def requirement(artefact: dict[str, Any], active: list[bool], slot: str) -> list[int]:
    """Per axis, the most that any active need asks for in a slot."""
    asked = [0] * len(artefact["axes"])
    for (_, phase, _, _, requires, afterwards), holds in zip(artefact["needs"], active, strict=True):
        vector = afterwards if slot == "next" else requires if phase in PHASE_OF_SLOT[slot] else []
        if holds and vector:
            asked = list(map(max, asked, vector))
    return asked


def fit(artefact: dict[str, Any], asked: list[int], context: int) -> list[int]:
    """The places of the packages of lowest rank that give enough on every axis and admit the context."""
    fitting = [
        (rank, place)
        for place, (_, rank, gives, admits) in enumerate(artefact["packages"])
        if context in admits and all(given >= ask for given, ask in zip(gives, asked, strict=True))
    ]
    lowest = min(rank for rank, _ in fitting)
    return [place for rank, place in fitting if rank == lowest]


def join(ranks: list[int]) -> str:
    return "".join(map(str, ranks))
