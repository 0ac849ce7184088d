"""Write the golden files anew: ``python -m tests.golden.write``. Only when the criteria were changed on purpose."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import trellis
from tests.library.brute_force import FACTS, INDEX, OPERATORS, TOPS, intervals
from trellis.decide.ends import end_at
from trellis.engine.artefact import Artefact, propagate
from trellis.engine.node import evaluate
from trellis.frozen import thawed
from trellis.kinds import condition as conditions

HERE = Path(__file__).parent
ARTEFACT, OPERATOR_TABLES, PEOPLE = HERE / "artefact.json", HERE / "operators.json", HERE / "people.jsonl.gz"
COUNT, SEED = 10_000, 20261123
EVALUATED = 0.95
"""What share of people nobody has evaluated: one part in twenty of each kind of evaluation is drawn at random."""
SLOTS = ("hold", "now", "next")
OPEN = (0.0, 0.05, 0.4, 0.9)
"""What share of a person's facts is open: nothing, a few, many, nearly all."""
TROUBLED = (0.02, 0.1, 0.3, 0.7)
"""What share of a person's facts is not at its best."""

Row = dict[str, Any]


def write() -> None:
    """Write all three files."""
    artefact = trellis.load().artefact
    ARTEFACT.write_text(lines_of(artefact.to_json()), encoding="utf-8")
    OPERATOR_TABLES.write_text(lines_of({"tops": TOPS, "operators": list(operator_tables())}), encoding="utf-8")
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in people(artefact, COUNT))
    packed = io.BytesIO()
    # Without the time and the name of the file, so that the same rows are the same bytes.
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode())
    PEOPLE.write_bytes(packed.getvalue())


def lines_of(tree: dict[str, Any]) -> str:
    """JSON with one entry a line, so that a change of the criteria shows as a change of lines."""
    parts = []
    for key, value in tree.items():
        if isinstance(value, list) and value and not isinstance(value[0], int):
            rows = ",\n".join(f"  {json.dumps(entry, separators=(',', ':'))}" for entry in value)
            parts.append(f'"{key}": [\n{rows}\n]')
        else:
            parts.append(f'"{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def operator_tables() -> Iterator[Row]:
    """Every operator with its whole truth table: each interval of each fact, best and worst rank, and the value."""
    for name, raw in OPERATORS.items():
        node = conditions.compile_condition(conditions.parse(raw, FACTS, name, []), INDEX)
        rows = [[digits(lo), digits(hi), evaluate(node, lo, hi)] for lo, hi in intervals(TOPS)]
        yield {"name": name, "node": thawed(node), "rows": rows}


def people(artefact: Artefact, count: int) -> Iterator[Row]:
    """Invented people, full and partial, with all that is decided of them. The same seed gives the same people."""
    random = Random(SEED).random  # nothing else of the module is the same in every version of Python
    for _ in range(count):
        context = int(random() * len(artefact.contexts))
        lo, hi = known_of(artefact, context, random)
        given = [digits(lo), digits(hi)]
        for fact in artefact.closed[context]:
            lo[fact] = hi[fact] = 0
        propagate(artefact.implications, lo, hi)
        yield row(artefact, context, given, lo, hi)


def known_of(artefact: Artefact, context: int, random: Any) -> tuple[list[int], list[int]]:
    """What a person has answered, as intervals: known, unknown, at least so bad, at most so bad."""
    troubled, openness = TROUBLED[int(random() * len(TROUBLED))], OPEN[int(random() * len(OPEN))]
    ranks = [1 + int(random() * top) if random() < troubled else 0 for top in artefact.tops]
    for fact in artefact.closed[context]:
        ranks[fact] = 0
    for fact, low, _ in artefact.starts:  # few people have been evaluated
        ranks[fact] = low if random() < EVALUATED else int(random() * (artefact.tops[fact] + 1))
    propagate(artefact.implications, ranks, list(artefact.tops))
    lo, hi = ranks.copy(), ranks.copy()
    started = {fact for fact, *_ in artefact.starts}
    for fact, top in enumerate(artefact.tops):
        if fact not in started and random() < openness:
            kind = random()
            lo[fact] = ranks[fact] if 0.6 < kind < 0.8 else 0
            hi[fact] = ranks[fact] if kind > 0.8 else top
    return lo, hi


def row(artefact: Artefact, context: int, given: list[str], lo: list[int], hi: list[int]) -> Row:
    """One line of ``people.jsonl``; the readme says what each key is."""
    ends = [end_at(artefact, ranks, context) for ranks in (lo, hi)]
    found: Row = {"context": context, "given": given, "lo": digits(lo), "hi": digits(hi)}
    found["active"] = [f"{end.active:x}" for end in ends]
    for slot in SLOTS:
        found[slot] = [digits(getattr(end, slot)) for end in ends]
    for slot in ("now", "next"):
        found[f"{slot}_fit"] = [list(getattr(end, f"{slot}_fit")) for end in ends]
    return found


def digits(ranks: Any) -> str:
    """A vector of small numbers as one string, a digit each."""
    if max(ranks, default=0) > 9:
        raise ValueError("a scale has more than ten steps: write the golden people in another way")
    return "".join(map(str, ranks))


if __name__ == "__main__":
    write()
