"""One decision with its reasons, next to the same rules by hand and in two other engines.

Alone: ``python -m benchmarks.decide [--quick]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import trellis
from benchmarks import bare, engines, write_bare
from benchmarks.measure import AS_OF, Figure, in_rounds, median
from benchmarks.people import SEED, people

ROUNDS, PEOPLE, PEOPLE_QUICK = 5, 2_000, 200
WHOLE_WITHIN, DECIDED_WITHIN = 3.5, 2.0
EXPLAINED, DECIDED, BY_HAND = "Trellis, decided and explained", "Trellis, decided only", "by hand, bare"
WHOLE, TABLE = "Trellis, explained, every reason's id read", "zen, decision table (collect)"
ACCOUNT = "Trellis, the whole account built, its ids read"
COMPILED = "zen, one compiled expression, no graph"


def explained(kb: trellis.Knowledge, person: dict[str, str]) -> tuple[Any, ...]:
    """Decide, and read what a page shows first: placements, danger, evaluation, services, and why in plain words."""
    rec = trellis.decide(kb, person, as_of=AS_OF)
    why = [need.because.person.en for need in rec.active]
    return rec.now, rec.next, rec.urgent, rec.evaluate, rec.services, why


def whole(kb: trellis.Knowledge, person: dict[str, str]) -> tuple[Any, ...]:
    """Decide, and read all that is told of a result with the id of every reason, and the words of each active need."""
    rec = trellis.decide(kb, person, as_of=AS_OF)
    why = [(need.id, need.because) for need in rec.active]
    reasons = [view.needs for view in (*rec.urgent, *rec.evaluate, *rec.services)]
    return rec.now, rec.next, why, reasons, rec.conflicts


def accounted(kb: trellis.Knowledge, person: dict[str, str]) -> tuple[Any, ...]:
    """Decide, build the account that every page is made from, and read the id of each of its reasons."""
    account = trellis.account_of(trellis.decide(kb, person, as_of=AS_OF))
    return account, [(reason.need, reason.folded) for reason in account.reasons]


def unexplained(kb: trellis.Knowledge, person: dict[str, str]) -> tuple[Any, ...]:
    """Decide, and read the placements alone."""
    rec = trellis.decide(kb, person, as_of=AS_OF)
    return rec.now, rec.next


def through(function: Callable[[Any], object], group: Iterable[Any]) -> None:
    """Call a function for each of a group of people."""
    for person in group:
        function(person)


def main(quick: bool = False) -> Figure:
    """Measure and return the figure. Each round has people nobody has seen, so that nothing can be remembered."""
    kb = trellis.load()
    count = PEOPLE_QUICK if quick else PEOPLE
    warm_up, *rounds = [people(kb, count, SEED + number) for number in range(ROUNDS + 1)]
    prepare = engines.inputs(kb)
    others = {
        TABLE: engines.zen_table(kb),
        "zen, expression node": engines.zen_expressions(kb),
        COMPILED: engines.zen_compiled(kb),
        "CEL, one compiled program": engines.cel_compiled(kb),
    }
    calls: dict[str, Callable[[Any], object]] = {
        ACCOUNT: partial(accounted, kb),
        WHOLE: partial(whole, kb),
        EXPLAINED: partial(explained, kb),
        DECIDED: partial(unexplained, kb),
        BY_HAND: bare.decide,
    } | {name: evaluate for name, (evaluate, _) in others.items()}
    given = {name: [list(map(prepare, group)) if name in others else group for group in rounds] for name in calls}
    for name, call in calls.items():
        through(call, map(prepare, warm_up) if name in others else warm_up)
    taken = in_rounds({name: [partial(through, call, group) for group in given[name]] for name, call in calls.items()})
    micros = {name: [took / count * 1e6 for took in each] for name, each in taken.items()}
    disagree = _disagreements(kb, others, rounds, prepare)
    return _figure(kb, count, micros, disagree)


def _disagreements(
    kb: trellis.Knowledge, others: dict[str, Any], rounds: list[list[dict[str, str]]], prepare: Callable[[Any], Any]
) -> dict[str, int]:
    """For how many people each one does not say what Trellis says: active needs, and by hand placements as well."""
    counts = dict.fromkeys((BY_HAND, *others), 0)
    for person in (person for group in rounds for person in group):
        rec = trellis.decide(kb, person, as_of=AS_OF)
        active = {need.id for need in rec.active}
        by_hand, now, later = bare.decide(person)
        placed = (set(rec.now.ids if rec.now else ()), set(rec.next.ids if rec.next else ()))
        counts[BY_HAND] += (set(by_hand), set(now), set(later)) != (active, *placed)
        for name, (evaluate, names) in others.items():
            counts[name] += set(names(evaluate(prepare(person)))) != active
    return counts


def _figure(kb: trellis.Knowledge, count: int, micros: dict[str, list[float]], disagree: dict[str, int]) -> Figure:
    figure = Figure(
        "decide",
        f"One decision: microseconds a person, {ROUNDS} rounds of {count:,} people",
        ("", "median", "least", "most", "times by hand", "times zen's table", "agrees on"),
    )
    middle = {name: median(each) for name, each in micros.items()}
    total = count * ROUNDS
    for name, each in micros.items():
        agrees = f"{total - disagree[name]:,} of {total:,}" if name in disagree else "-"
        ratios = [f"{middle[name] / middle[other]:.2f}" for other in (BY_HAND, TABLE)]
        figure.rows.append((name, f"{middle[name]:.1f}", f"{min(each):.1f}", f"{max(each):.1f}", *ratios, agrees))
    ours = middle[EXPLAINED]
    figure.says = [
        _aim("faster than zen's decision table", ours < middle[TABLE], ours / middle[TABLE], "its time"),
        *(
            _aim(f"{what} within {most:g} times the same rules by hand", ratio <= most, ratio, "its time")
            for what, most, ratio in (
                ("the whole account built, its ids read,", WHOLE_WITHIN, middle[ACCOUNT] / middle[BY_HAND]),
                ("explained, every reason's id read, no account built,", WHOLE_WITHIN, middle[WHOLE] / middle[BY_HAND]),
                ("decided only", DECIDED_WITHIN, middle[DECIDED] / middle[BY_HAND]),
            )
        ),
        f"Zen's language without a decision graph, its fastest use, takes {middle[COMPILED]:.1f} µs for the set of "
        f"active needs alone: the explained decision takes {ours / middle[COMPILED]:.2f} times that.",
        "Neither engine joins requirements, finds packages, checks answers or gives a reason; both get numbers made "
        "beforehand.",
    ]
    stale = write_bare.write(kb) != write_bare.TARGET.read_text(encoding="utf-8")
    if stale:
        figure.says.append("bare.py is not what these criteria say: run `python -m benchmarks.write_bare`.")
    wrong = {name: number for name, number in disagree.items() if number}
    figure.says.append(f"DISAGREE with Trellis: {wrong}." if wrong else "All agree on every person.")
    figure.sound = not wrong
    figure.data = {"people_a_round": count, "rounds": ROUNDS, "microseconds": micros, "disagree": disagree}
    return figure


def _aim(what: str, met: bool, ratio: float, of: str) -> str:
    return f"Aim {'met' if met else 'MISSED'}: {what} ({ratio:.2f} times {of})."


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
