"""Invented people for the conformance file: whole and partial answers, old ones, doubtful ones and wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

import trellis
from tests.interview.answering import answer
from tests.support import AS_OF, complete, vignettes
from trellis.engine.artefact import propagate
from trellis.errors import AnswerError
from trellis.interview import Interview
from trellis.kinds.fact import Fact, Input

SEED = 20261124
RANDOM = 20_000
EARLY = 200
"""People of whom next to nothing is known yet: few, for all contexts are open and so they take the longest."""
PAGES = 30
"""Vignettes are asked for so many pages at most, and each is kept at a few of them."""
SOURCES = ("self-report", "clinician", "record")
TROUBLED = (0.02, 0.05, 0.15, 0.4)
"""What share of a person's facts is not at its best."""
OPEN = (0.0, 0.05, 0.3, 0.6, 0.9)
"""What share of a person's facts is open."""
EVALUATED = 0.3
"""How often somebody tells of each kind of evaluation."""
SETTING = ("input.age", "input.hours_since_last_drink")
"""Numbers that fix what is derived from them, and so may contradict other answers."""
T = TypeVar("T")
Row = dict[str, Any]
Chance = Callable[[], float]


def rows(kb: trellis.Knowledge) -> Iterator[Row]:
    """Every row without what is expected: answers as JSON holds them, the day, and what the person wants."""
    chance = Random(SEED).random  # nothing else of the module is the same in every version of Python
    for vignette in vignettes():
        yield from _of_vignette(kb, vignette, chance)
    for _ in range(EARLY):
        yield {"answers": _early(kb, chance)}
    for _ in range(RANDOM):
        yield _somebody(kb, chance)


def _of_vignette(kb: trellis.Knowledge, vignette: Mapping[str, Any], chance: Chance) -> Iterator[Row]:
    told, whole = dict(vignette["answers"]), complete(kb, vignette["answers"])
    yield {"answers": told}
    yield {"answers": whole, "vignette": True}
    truth = {name: value for name, value in whole.items() if isinstance(value, str)}
    kept = {int(chance() * PAGES) for _ in range(3)}
    interview = Interview(kb, AS_OF)
    for page in range(max(kept) + 1):
        if page in kept:
            yield {"answers": _plain(interview.answers)}
        if interview.current() is None:
            return
        try:
            answer(interview, truth)
        except (AnswerError, KeyError):
            return  # a fact that does not apply to this person has no true answer


def _plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.to_json() if isinstance(one, trellis.Answer) else one for name, one in answers.items()}


def _early(kb: trellis.Knowledge, chance: Chance) -> dict[str, Any]:
    answers: dict[str, Any] = {"harm.danger_now": "no" if chance() < 0.9 else "yes"}
    for factor in kb.factors.values():
        if chance() < 0.6:
            answers[factor.id] = _one_of([*(step.id for step in factor.values), "not_known"], chance)
    for _ in range(int(chance() * 4)):
        fact = _one_of(list(kb.facts.values()), chance)
        answers[fact.id] = fact.step_at(int(chance() * 1.5)).id
    return answers


def _somebody(kb: trellis.Knowledge, chance: Chance) -> Row:
    context = int(chance() * len(kb.contexts))
    teller = Teller(chance)
    found: dict[str, Any] = {}
    for fact, rank in zip(kb.facts.values(), _ranks(kb, context, chance), strict=True):
        given = teller.tells(fact, rank)
        if given is not None:
            found[fact.id] = given
    found |= _context(kb, kb.contexts[context], chance)
    if chance() < 0.3:
        # An age or an hour that does not go with the other answers is an error: too many of those would be a waste.
        derived = [number for number in kb.inputs.values() if number.id not in SETTING or chance() < 0.2]
        found |= {number.id: _number(number, chance) for number in derived if chance() < 0.3}
    if chance() < 0.02:
        found |= _wrong(chance)
    return {"answers": _shuffled(found, chance)}


def wants(kb: trellis.Knowledge, chance: Chance) -> Row:
    """What matters to somebody, and what they want from treatment."""
    return {
        "matters": {name: int(chance() * 6) for name in _some(list(kb.values), 0.5, chance)},
        "wishes": {
            "aims": _some(list(kb.aims), 0.15, chance),
        },
    }


def _ranks(kb: trellis.Knowledge, context: int, chance: Chance) -> list[int]:
    """How somebody is: a worse-rank for every fact, with what each implies."""
    troubled = _one_of(TROUBLED, chance)
    ranks = [1 + int(chance() * top) if chance() < troubled else 0 for top in kb.artefact.tops]
    for fact in kb.artefact.closed[context]:
        ranks[fact] = 0
    propagate(kb.artefact.implications, ranks, list(kb.artefact.tops))
    return ranks


class Teller:
    """Somebody who tells of a person: more or less, plainly or with sources and days, now and then wrongly."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.open = _one_of(OPEN, chance)
        self.plain = chance() < 0.7
        self.careless = chance() < 0.1

    def tells(self, fact: Fact, rank: int) -> Any:
        """What is told of one fact, None when nothing is."""
        chance = self.chance
        if fact.kind == "evaluation":
            return _evaluation(fact, chance) if chance() < EVALUATED else None
        if self.careless and chance() < 0.02:
            rank = int(chance() * (fact.top + 1))
        value = fact.step_at(rank).id
        if chance() < self.open:
            kind = chance()
            if kind < 0.6:
                return None
            if kind < 0.7:
                return "not_known" if kind < 0.65 else {"value": "declined"}
            if rank > 0 and kind < 0.85:
                return {"value": value, "at_least": True}
            return {"value": value, "at_most": True}
        kind = 0.0 if self.plain else chance()
        if kind < 0.6:
            return value
        given = {"value": value, "source": _one_of(SOURCES, chance)}
        if kind < 0.75:
            return given
        if kind < 0.9:
            return given | {"date": _day(chance)}
        other = rank if chance() < 0.8 else int(chance() * (rank + 1))
        return [given, {"value": fact.step_at(other).id, "date": _day(chance)} | _by(chance)]


def _evaluation(fact: Fact, chance: Chance) -> Any:
    """A professional's finding; now and then one that is none, for it comes from a questionnaire or without a name."""
    given = {"value": _one_of(fact.values, chance), "source": _one_of(("clinician", "record"), chance)}
    whole = given | {"author": "N. N.", "date": _day(chance)}
    return whole if chance() < 0.97 else _one_of((given, whole | {"source": "PHQ-9"}, given["value"]), chance)


def _by(chance: Chance) -> Row:
    return {"source": _one_of(SOURCES, chance)}


def _day(chance: Chance) -> str:
    """A day in the past year or a little before; hardly ever one to come."""
    ago = int(chance() ** 2 * 500) if chance() < 0.999 else -3
    return (AS_OF - timedelta(days=ago)).isoformat()


def _context(kb: trellis.Knowledge, context: Mapping[str, str], chance: Chance) -> Row:
    found: Row = dict(context)
    kind = chance()
    for name, factor in kb.factors.items():
        if kind > 0.85 and chance() < 0.4:
            del found[name]
        elif kind > 0.75 and chance() < 0.4:
            found[name] = "not_known" if chance() < 0.5 else {"value": "declined"}
        elif kind < 0.02:
            found[name] = _one_of([step.id for step in factor.values], chance)
        elif kind > 0.6 and kind < 0.65:
            found[name] = {"value": found[name], "date": _day(chance)} | _by(chance)
        elif kind < 0.03:
            found[name] = [found[name], _one_of([step.id for step in factor.values], chance)]
    return found


def _number(number: Input, chance: Chance) -> Any:
    top = min(number.max, number.min + 150)
    several = [_rounded(number, number.min + chance() * (top - number.min)) for _ in range(1 + int(chance() * 1.3))]
    if chance() < 0.02:
        return number.max + 1
    if chance() < 0.2:
        return [{"value": value, "date": _day(chance)} | _by(chance) for value in several]
    return several[0] if chance() < 0.95 else "not_known"


def _rounded(number: Input, value: float) -> int | float:
    return int(value) if number.whole else round(value, 2)


def _wrong(chance: Chance) -> Row:
    """What cannot be an answer at all."""
    wrong: list[Row] = [
        {"harm.suicide_rsk": "yes"},
        {"constructor": "yes"},
        {"harm.danger_now": "perhaps"},
        {"harm.danger_now": {"value": "yes", "date": "next week"}},
        {"harm.danger_now": {"value": "yes", "at_least": "no"}},
        {"harm.danger_now": {"answer": "yes"}},
        {"harm.danger_now": True},
        {"harm.danger_now": [["yes"]]},
        {"harm.danger_now": 1},
        {"input.bmi": "thin"},
        {"input.phq9": 3.5},
        {"age": 40},
    ]
    return _one_of(wrong, chance)


def _shuffled(found: Row, chance: Chance) -> Row:
    if chance() < 0.5:
        return found
    return {name: found[name] for name in sorted(found, key=lambda _: chance())}


def _one_of(things: Any, chance: Chance) -> Any:
    return things[int(chance() * len(things))]


def _some(things: Any, share: float, chance: Chance) -> list[Any]:
    return [thing for thing in things if chance() < share]


@cache
def day() -> str:
    """The day of every row."""
    return AS_OF.isoformat()
