"""How long the next question takes, how many there are, and whether the end is right.

Alone: ``python -m benchmarks.interview [--quick]``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from typing import Any

import trellis
from benchmarks.measure import AS_OF, Figure, limit, median, p90, seconds
from benchmarks.people import SEED, people
from trellis.decide.adding import several
from trellis.decide.answers import read_answers

LIMIT_MS = 5.0
PEOPLE, PEOPLE_QUICK = 10_000, 200
TIMED, TIMED_QUICK = 300, 30
AT_A_TIME = 50
TOO_MANY = 300


@dataclass(frozen=True)
class Truth:
    """What a person would truthfully answer: a value for every context and fact; numbers on record from the start."""

    name: str
    context: Mapping[str, str]
    ranks: Mapping[str, int]
    answers: Mapping[str, Any]
    on_record: Mapping[str, Any]


@dataclass(frozen=True)
class Course:
    """How one interview went. ``differs`` names what is not as with all answers; empty when the end is right."""

    name: str
    screens: int
    facts: int
    settled: bool
    differs: tuple[str, ...]


def truth_of(kb: trellis.Knowledge, name: str, answers: Mapping[str, Any]) -> Truth:
    """The truth behind complete answers."""
    reading = read_answers(kb, answers, AS_OF)
    lo, _ = reading.intervals(kb, reading.contexts[0])
    return Truth(
        name,
        kb.contexts[reading.contexts[0]],
        dict(zip(kb.facts, lo, strict=True)),
        answers,
        {key: value for key, value in answers.items() if _on_record(kb, key, value)},
    )


def _on_record(kb: trellis.Knowledge, name: str, given: Any) -> bool:
    """Whether no interview of today finds it out: a number, what a professional says, what was told on another day."""
    said = (one.get("source") for one in several(given) if isinstance(one, Mapping))
    found = (name in kb.facts and kb.facts[name].kind == "evaluation") or "clinician" in said
    dates = (one["date"] for one in several(given) if isinstance(one, Mapping) and "date" in one)
    return name in kb.inputs or found or any(date != AS_OF.isoformat() for date in dates)


def reply(kb: trellis.Knowledge, interview: trellis.Interview, truth: Truth) -> None:
    """Answer the current question truthfully: tick boxes on a checklist, give the value elsewhere."""
    question = interview.current()
    if question is None:
        raise ValueError("there is no question")
    if question.factors:
        interview.answer({factor: truth.context[factor] for factor in question.factors})
    elif question.screen.checklist:
        reached = {
            item.fact
            for item in question.screen.checklist
            if item.fact in question.facts and truth.ranks[item.fact] >= kb.facts[item.fact].rank_of(item.at_least)
        }
        interview.tick(reached)
    else:
        interview.answer({fact: kb.facts[fact].step_at(truth.ranks[fact]).id for fact in question.facts})


def conduct(kb: trellis.Knowledge, truth: Truth) -> Course:
    """Hold one interview to its end and compare that end with what all answers at once lead to."""
    interview = trellis.Interview(kb, AS_OF, truth.on_record)
    screens = asked = 0
    while (question := interview.current()) is not None:
        screens += 1
        asked += len(question.facts) + len(question.factors)
        if screens > TOO_MANY:
            return Course(truth.name, screens, asked, settled=False, differs=("never ends",))
        reply(kb, interview, truth)
    rec, full = interview.result(), trellis.decide(kb, truth.answers, as_of=AS_OF)
    ours, theirs = said(rec), said(full)
    differs = tuple(key for key in ours if ours[key] != theirs[key])
    return Course(truth.name, screens, asked, settled=rec.settled, differs=differs)


def said(rec: trellis.Recommendation) -> dict[str, object]:
    """The part of a recommendation that an interview must settle."""
    return {
        "now": rec.now and (set(rec.now.ids), rec.now.rank),
        "next": rec.next and (set(rec.next.ids), rec.next.rank),
        "urgent": {view.id for view in rec.urgent},
        "evaluate": {(view.by, view.within_hours) for view in rec.evaluate if view.certain},
        "hold": rec.hold and rec.hold.requirement,
        "safety services": {view.id for view in rec.services if view.safety and view.certain},
    }


def times(kb: trellis.Knowledge, truth: Truth) -> list[float]:
    """Milliseconds of ``next_question`` after each answer of one interview."""
    interview, taken = trellis.Interview(kb, AS_OF, truth.on_record), []
    ask = partial(trellis.next_question, kb, as_of=AS_OF)
    while True:
        taken.append(seconds(partial(ask, dict(interview.answers))) * 1e3)
        if interview.current() is None or len(taken) > TOO_MANY:
            return taken
        reply(kb, interview, truth)


@cache
def _knowledge() -> trellis.Knowledge:
    return trellis.load()


def _some(seed_and_count: tuple[int, int]) -> list[Course]:
    seed, count = seed_and_count
    kb = _knowledge()
    drawn = people(kb, count, seed)
    return [conduct(kb, truth_of(kb, f"seed {seed}, person {n}", person)) for n, person in enumerate(drawn)]


def many(count: int) -> list[Course]:
    """Interviews with ``count`` invented people, on all cores; who they are does not depend on the number of cores."""
    parts = [(SEED + 1000 + number, AT_A_TIME) for number in range(-(-count // AT_A_TIME))]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return [course for courses in pool.map(_some, parts) for course in courses]


def vignettes(kb: trellis.Knowledge) -> list[Truth]:
    """The vignettes of the tests whose answers are complete."""
    from tests import support

    return [
        truth_of(kb, vignette["id"], support.complete(kb, vignette["answers"]))
        for vignette in support.vignettes()
        if vignette.get("others", "best") == "best"
    ]


def main(quick: bool = False) -> Figure:
    """Measure and return the figure."""
    kb = _knowledge()
    timed = [truth_of(kb, str(n), p) for n, p in enumerate(people(kb, TIMED_QUICK if quick else TIMED, SEED + 500))]
    times(kb, timed[0])
    each = [ms for truth in timed for ms in times(kb, truth)]
    written = vignettes(kb)
    groups = {
        "invented people": many(PEOPLE_QUICK if quick else PEOPLE),
        "vignettes": [conduct(kb, truth) for truth in written],
    }
    figure = Figure(
        "interview",
        "Interviews until the result is settled",
        ("", "interviews", "median", "nine in ten within", "most", "settled", "same result as with all answers"),
    )
    for name, courses in groups.items():
        if courses:
            _add(figure, name, courses)
        else:
            figure.says.append(f"There are no {name} yet.")
    figures = (f"{median(each):.2f}", f"{p90(each):.2f}", f"{max(each):.2f}")
    figure.rows.append(("next_question, milliseconds", f"{len(timed):,}", *figures, "-", "-"))
    figure.says += [
        limit("next_question takes in the middle", median(each), LIMIT_MS, "ms"),
        limit("nine in ten next_question take at most", p90(each), LIMIT_MS, "ms"),
        f"The knowledge holds {len(kb.facts)} facts and {len(kb.factors)} contexts; a checklist counts as one screen, "
        "and each of its boxes as a fact asked.",
    ]
    figure.data["next_question_ms"] = {"calls": len(each), "median": median(each), "p90": p90(each), "max": max(each)}
    return figure


def _add(figure: Figure, name: str, courses: list[Course]) -> None:
    total = len(courses)
    settled = sum(course.settled for course in courses)
    right = [course for course in courses if not course.differs]
    for what, counts in (("screens", [c.screens for c in courses]), ("facts asked", [c.facts for c in courses])):
        figure.rows.append(
            (f"{name}: {what}", f"{total:,}", f"{median(counts):g}", f"{p90(counts):g}", f"{max(counts)}",
             f"{settled:,}", f"{len(right):,}")
        )  # fmt: skip
        figure.data[f"{name}: {what}"] = {"median": median(counts), "p90": p90(counts), "max": max(counts)}
    wrong = [course for course in courses if course.differs]
    figure.data[name] = {"interviews": total, "settled": settled, "same_result": len(right)}
    if wrong or settled < total:
        figure.sound = False
        figure.data[f"{name}: wrong"] = [[c.name, list(c.differs)] for c in wrong[:20]]
        shown = "; ".join(f"{c.name}: {', '.join(c.differs)}" for c in wrong[:3])
        figure.says.append(
            f"WRONG for {name}: {total - settled} not settled, {len(wrong)} with another result ({shown})."
        )
    else:
        figure.says.append(f"Every interview with {name} is settled, with the result that all answers give.")


if __name__ == "__main__":
    print(main("--quick" in sys.argv).text())
