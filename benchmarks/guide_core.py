"""The guide's own reader, in JavaScript, next to the Python core, on the same people in the same run.

Alone: ``python -m benchmarks.guide_core [--quick]``. Needs Node.js.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import trellis
from benchmarks.measure import AS_OF, Figure, median
from benchmarks.people import SEED, people
from trellis.guide.core import core_of

SCRIPT = Path(__file__).with_name("guide_core.mjs")
ROUNDS, PEOPLE, PEOPLE_QUICK = 5, 2_000, 100
KNOWN = (0.0, 0.6)
"""What share of somebody's answers is given when the next question is asked for: from nothing to most of them."""
Person = dict[str, str]


def partly(group: list[Person], chance: Random) -> list[Person]:
    """The same people in the middle of an interview: some of their answers, in the order in which they are asked."""
    shares = [chance.uniform(*KNOWN) for _ in group]
    return [
        {name: value for name, value in one.items() if chance.random() < share}
        for one, share in zip(group, shares, strict=True)
    ]


def decided(kb: trellis.Knowledge, answers: Person) -> tuple[Any, ...]:
    """Decide, and read what a page shows first, without the words: the guide's reader has none."""
    rec = trellis.decide(kb, answers, as_of=AS_OF)
    return rec.now, rec.next, rec.urgent, rec.evaluate, rec.services, rec.active


def in_python(kb: trellis.Knowledge, whole: list[list[Person]], partial: list[list[Person]]) -> dict[str, list[float]]:
    """Milliseconds a person, round by round; the first round is not counted."""
    taken: dict[str, list[float]] = {"decide": [], "ask": []}
    for number, (group, open_group) in enumerate(zip(whole, partial, strict=True)):
        gc.collect()
        start = perf_counter()
        for one in group:
            decided(kb, one)
        middle = perf_counter()
        for one in open_group:
            trellis.next_question(kb, one, as_of=AS_OF)
        end = perf_counter()
        if number:
            taken["decide"].append((middle - start) * 1e3 / len(group))
            taken["ask"].append((end - middle) * 1e3 / len(open_group))
    return taken


def in_node(kb: trellis.Knowledge, whole: list[list[Person]], partial: list[list[Person]]) -> dict[str, Any]:
    """The same by the guide's reader, and what it said."""
    given = {"core": core_of(kb), "asOf": AS_OF.isoformat(), "people": whole, "partial": partial, "rounds": ROUNDS}
    ran = subprocess.run(["node", SCRIPT], input=json.dumps(given), capture_output=True, text=True, check=True)  # noqa: S607
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = trellis.load()
    count, chance = PEOPLE_QUICK if quick else PEOPLE, Random(SEED)
    whole = [people(kb, count, SEED + 700 + number) for number in range(ROUNDS + 1)]
    partial = [partly(group, chance) for group in whole]
    ours, theirs = in_python(kb, whole, partial), in_node(kb, whole, partial)
    wrong = _differing(kb, whole, partial, theirs)
    figure = Figure(
        "guide_core",
        f"The guide's reader and the Python core: {ROUNDS} rounds of {count:,} people",
        ("", "microseconds a person", "least", "most", "people a second", "times as fast as Python"),
    )
    for key, what in (("decide", "decide"), ("ask", "next question")):
        for name, taken in (("Python", ours[key]), ("JavaScript", theirs[key])):
            shown = [f"{one * 1e3:,.0f}" for one in (median(taken), min(taken), max(taken))]
            ratio = median(ours[key]) / median(taken)
            figure.rows.append((f"{what}, {name}", *shown, f"{1e3 / median(taken):,.0f}", f"{ratio:.2f}"))
        figure.data[key] = {"python_ms": ours[key], "javascript_ms": theirs[key]}
    total = count * (ROUNDS + 1)
    figure.sound = not any(wrong)
    figure.data["different"] = wrong
    figure.says = [
        f"Both say the same: placement of {total:,} people, next question of {total:,} in the middle of an interview."
        if figure.sound
        else f"DIFFERENT: placement of {wrong[0]}, next question of {wrong[1]} of {total:,} people.",
        "Node.js and Chromium run JavaScript by the same engine; this processor is not slowed. Every round has people "
        "nobody has seen; the first one, in which the engine sees the code, is not counted.",
    ]
    return figure


def _differing(
    kb: trellis.Knowledge, whole: list[list[Person]], partial: list[list[Person]], theirs: dict[str, Any]
) -> tuple[int, int]:
    """For how many people the two do not say the same: placements, and next question."""
    placed = asked = 0
    for one, said in zip((one for group in whole for one in group), theirs["said"], strict=True):
        rec = trellis.decide(kb, one, as_of=AS_OF)
        placed += [sorted(where.ids) if where else None for where in (rec.now, rec.next)] != said
    for one, screen in zip((one for group in partial for one in group), theirs["questions"], strict=True):
        question = trellis.next_question(kb, one, as_of=AS_OF)
        asked += (question.screen.id if question else None) != screen
    return placed, asked


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
