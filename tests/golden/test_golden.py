"""The golden files hold every reader of the artefact to the same answers, row for row."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

import trellis
from tests.golden import reader, write
from tests.support import AS_OF, shipped
from trellis import Answer
from trellis.decide.ends import end_at
from trellis.engine.node import OPEN, TRUE, evaluate, to_python

CHANGED = (
    "The criteria no longer compile to tests/golden/artefact.json. If they were changed on purpose, run "
    "`python -m tests.golden.write`, look at what changed, and commit the new files together with the criteria."
)
STALE = "people.jsonl.gz was not written with these criteria: run `python -m tests.golden.write`."
MOST_BYTES = 1_250_000
BY_SOLVER, BY_DECIDE, BY_WRITER = 200, 300, 200


@cache
def artefact() -> dict[str, Any]:
    return json.loads(write.ARTEFACT.read_text(encoding="utf-8"))


@cache
def operators() -> dict[str, Any]:
    return json.loads(write.OPERATOR_TABLES.read_text(encoding="utf-8"))


@cache
def people() -> list[dict[str, Any]]:
    with gzip.open(write.PEOPLE, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def spread(count: int) -> list[tuple[int, dict[str, Any]]]:
    """So many rows from all over the file, with their numbers."""
    step = len(people()) // count
    return [(number, people()[number]) for number in range(0, step * count, step)]


def ranks(text: str) -> list[int]:
    return [int(digit) for digit in text]


# --- the files themselves


def test_the_shipped_knowledge_compiles_to_the_golden_artefact() -> None:
    compiled, golden = shipped().artefact.to_json(), artefact()
    differing = [key for key in golden.keys() | compiled.keys() if golden.get(key) != compiled.get(key)]
    assert not differing, f"{CHANGED} Different: {', '.join(sorted(differing))}."


def test_the_golden_people_are_those_that_the_writer_writes() -> None:
    for number, row in enumerate(write.people(shipped().artefact, BY_WRITER)):
        assert row == people()[number], f"row {number}: {STALE}"


def test_the_golden_operators_are_those_that_the_writer_writes() -> None:
    assert list(write.operator_tables()) == operators()["operators"], CHANGED


def test_there_are_ten_thousand_people_full_and_partial_in_every_context() -> None:
    rows = people()
    assert len(rows) == write.COUNT
    assert {row["context"] for row in rows} == set(range(len(artefact()["contexts"])))
    full = sum(row["lo"] == row["hi"] for row in rows)
    assert 0.1 < full / len(rows) < 0.9


def test_the_people_between_them_bring_up_every_need_and_leave_it_open() -> None:
    at_best = at_worst = 0
    for row in people():
        best, worst = (int(mask, 16) for mask in row["active"])
        at_best, at_worst = at_best | best, at_worst | (worst & ~best)
    every = (1 << len(artefact()["needs"])) - 1
    missed = {
        name for place, (name, *_) in enumerate(artefact()["needs"]) if not at_best & at_worst & every >> place & 1
    }
    assert not missed


def test_the_people_are_packed_small_and_without_the_time_of_packing() -> None:
    packed = write.PEOPLE.read_bytes()
    assert len(packed) < MOST_BYTES
    assert packed[4:8] == bytes(4), "gzip carries a time: the same people would be other bytes each time"


# --- the readers: generic, compiled, solver, and the whole program


@pytest.mark.slow
def test_the_generic_reader_of_the_json_agrees_on_every_row() -> None:
    for number, row in enumerate(people()):
        assert reader.read(artefact(), row) == row, f"row {number}"


@pytest.mark.slow
def test_the_compiled_engine_agrees_on_every_row() -> None:
    compiled = shipped().artefact
    for number, row in enumerate(people()):
        lo, hi = ranks(row["lo"]), ranks(row["hi"])
        assert write.row(compiled, row["context"], row["given"], lo, hi) == row, f"row {number}: {STALE}"


def test_the_whole_program_agrees_on_what_was_given_as_answers() -> None:
    kb = shipped()
    for number, row in spread(BY_DECIDE):
        if any(ranks(row["lo"])[fact] != low for fact, low, _ in artefact()["starts"]):
            continue  # an evaluation counts only before the danger that it settles: see tests/joining
        rec = trellis.decide(kb, dict(answers(kb, row)), as_of=AS_OF)
        for slot in ("now", "next"):
            for end, placed in enumerate((getattr(rec.least, slot), getattr(rec.most, slot))):
                expected = {artefact()["packages"][place][0] for place in row[f"{slot}_fit"][end]}
                assert set(placed.ids) == expected, f"row {number}, {slot}"
        certain, possible = (int(mask, 16) for mask in row["active"])
        places = {name: place for place, (name, *_) in enumerate(artefact()["needs"])}
        assert sum(1 << places[need.id] for need in rec.active) == certain, f"row {number}"
        assert sum(1 << places[need.id] for need in (*rec.active, *rec.open)) == possible, f"row {number}"


def answers(kb: trellis.Knowledge, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was given, as answers: a value, at least so bad, at most so bad, or nothing."""
    yield from kb.contexts[row["context"]].items()
    for fact, lo, hi in zip(kb.facts.values(), *map(ranks, row["given"]), strict=True):
        if fact.kind == "evaluation":
            continue
        if lo == hi:
            yield fact.id, fact.step_at(lo).id
        elif hi == fact.top and lo > 0:
            yield fact.id, Answer(fact.step_at(lo).id, at_least=True)
        elif lo == 0 and hi < fact.top:
            yield fact.id, Answer(fact.step_at(hi).id, at_most=True)


@pytest.mark.slow
def test_the_solver_agrees_on_every_row_it_is_asked_for() -> None:
    """The solver is told a person and all that is decided of them, and finds that this can be.

    The person leaves nothing open, so that whatever else was decided could not be.
    """
    z3 = pytest.importorskip("z3")
    from trellis.prove.world import World

    compiled = shipped().artefact
    world, solver = World(compiled, "x"), z3.Solver()
    solver.add(*world.rules())
    said = {("context", number): formula for number, formula in enumerate(world.context)}
    for fact, steps in enumerate(world.at_least):
        said |= {("fact", fact, rank): formula for rank, formula in enumerate(steps[1:], 1)}
    said |= {("active", place): formula for place, formula in enumerate(world.active)}
    for slot in write.SLOTS:
        for axis, top in enumerate(compiled.axis_tops):
            said |= {(slot, axis, step): world.asks(slot, axis, step) for step in range(1, top + 1)}
    for slot in ("now", "next"):
        said |= {(f"{slot}_fit", place): world.fits(slot, place) for place in range(len(compiled.packages))}
    named = {key: z3.Bool(" ".join(map(str, key))) for key in said}
    solver.add(*(named[key] == formula for key, formula in said.items()))
    either = {key: (z3.Not(name), name) for key, name in named.items()}
    for number, row in spread(BY_SOLVER):
        for end, name in enumerate(("lo", "hi")):
            told = [either[key][holds] for key, holds in decided(row, name, end)]
            assert solver.check(*told) == z3.sat, f"row {number}, {name}: cannot be together {solver.unsat_core()}"


def decided(row: dict[str, Any], name: str, end: int) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """One end of a row, fact by fact and package by package."""
    yield ("context", row["context"]), True
    for fact, (rank, (_, top)) in enumerate(zip(ranks(row[name]), artefact()["facts"], strict=True)):
        yield from ((("fact", fact, step), step <= rank) for step in range(1, top + 1))
    active = int(row["active"][end], 16)
    yield from ((("active", place), bool(active >> place & 1)) for place in range(len(artefact()["needs"])))
    for slot in write.SLOTS:
        for axis, (asked, (_, top)) in enumerate(zip(ranks(row[slot][end]), artefact()["axes"], strict=True)):
            yield from (((slot, axis, step), step <= asked) for step in range(1, top + 1))
    packages = artefact()["packages"]
    for slot in ("now_fit", "next_fit"):
        fitting = row[slot][end]
        lowest = packages[fitting[0]][1]
        yield from (((slot, place), place in fitting) for place, (_, rank, *_) in enumerate(packages) if rank <= lowest)


# --- the operators


@pytest.mark.parametrize("table", operators()["operators"], ids=lambda table: table["name"])
def test_every_reader_agrees_on_the_whole_truth_table_of_an_operator(table: dict[str, Any]) -> None:
    tops, node = operators()["tops"], table["node"]
    for lo, hi, value in table["rows"]:
        assert evaluate(node, ranks(lo), ranks(hi)) == value, (lo, hi)
        if lo == hi:
            found = eval(to_python(node, tops), {"__builtins__": {}}, {"r": ranks(lo)})  # noqa: S307
            assert value != OPEN
            assert bool(found) == (value == TRUE), lo


def test_every_interval_of_every_fact_is_in_every_truth_table() -> None:
    size = 1
    for top in operators()["tops"]:
        size *= (top + 1) * (top + 2) // 2
    for table in operators()["operators"]:
        assert len({(lo, hi) for lo, hi, _ in table["rows"]}) == len(table["rows"]) == size


def test_a_point_decided_by_itself_is_both_ends_at_once() -> None:
    row = next(row for row in people() if row["lo"] == row["hi"])
    end = end_at(shipped().artefact, ranks(row["lo"]), row["context"])
    assert row["now_fit"] == [list(end.now_fit)] * 2
