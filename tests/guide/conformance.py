"""What the guide's reader in JavaScript must answer: written fresh by the Python core, never kept.

``python -m tests.guide.conformance FOLDER`` writes ``core.json``, the compiled knowledge, and ``people.jsonl``, a row a
person with all that is decided of them. Facts, needs, packages and axes stand there by their numbers, to keep it small.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any

import trellis
from tests.guide.invented import Row, day, rows, wants
from tests.support import AS_OF
from trellis.account import (
    account_of,
    at_once,
    filters_for,
    first_of,
    knows_too_little,
    reasons_of,
    said_of,
    ways_of,
    why_here,
)
from trellis.approaches import AimSaid, Wishes, match_approaches
from trellis.compare import fare, fit_of
from trellis.compare.fit import Fit
from trellis.compare.values import Fares, SettingFares, ValuesCompared
from trellis.decide.views import NeedView, Placement, Shortfall
from trellis.errors import AnswerError, Problem
from trellis.guide.core import check_id, core_of
from trellis.interview import Interview, Question, Scope, asked_about, next_questions
from trellis.interview.group import best_answers
from trellis.interview.questions import _last_topic, next_open

PAGED, EXPLAINED, COMPARED = 8, 12, 36
"""Every so manieth row also holds a page of questions, every explanation, or every comparison and match, which take
Python longer than all the rest; the vignettes hold them all."""


def write(folder: Path, most: int | None = None) -> int:
    """Write both files, with so many rows at most, and say how many there are."""
    kb = trellis.load()
    (folder / "core.json").write_text(json.dumps(core_of(kb), separators=(",", ":")), encoding="utf-8")
    writer = Writer(kb)
    number = -1
    with (folder / "people.jsonl").open("w", encoding="utf-8") as file:
        for number, row in enumerate(islice(rows(kb), most)):
            row |= {"asOf": day(), "expect": writer.expected(row, number)}
            file.write(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n")
    return number + 1


class Writer:
    """Turns what the core says into rows of numbers and ids."""

    def __init__(self, kb: trellis.Knowledge) -> None:
        self.kb = kb
        self.places = {need: place for place, need in enumerate(kb.needs)}
        self.facts = kb.numbers
        self.asked = {need.id: need.requires for need in kb.artefact.needs}
        self.everywhere = [*kb.settings, *kb.add_ons, *kb.responses]

    def expected(self, row: Row, number: int) -> Row:
        """All that must be found of one row: what is decided and asked next, and more of some rows."""
        answers = row["answers"]
        try:
            rec = trellis.decide(self.kb, answers, as_of=AS_OF)
        except AnswerError as error:
            danger = trellis.danger_in(self.kb, answers, as_of=AS_OF)
            wrong = sorted({" ".join(sorted(ids_of(problem))) for problem in error.problems})
            return {"wrong": wrong, "danger": [[view.id, *self.needs(view.needs)] for view in danger]}
        kb, reading, ends, _ = rec._state
        about = brought_by(self.kb, Random(number))
        row |= {"concerns": about.concerns, "short": about.short}
        question = next_open(kb, reading, ends, last=_last_topic(kb, answers), about=about)
        found = self.decided(rec) | {"question": question and self.question(question)}
        everything = row.get("vignette", False)
        if everything or number % PAGED == 0:
            found |= {"open": [self.need(need) for need in rec.open]} | self.page(answers, about)
        if everything or number % EXPLAINED == 0:
            found |= self.explained(rec)
        if everything or number % COMPARED == 0:
            row |= wants(kb, Random(number).random)
            found |= self.compared(rec, row)
        return found

    def needs(self, names: Iterable[str]) -> list[int]:
        return [self.places[name] for name in names]

    def decided(self, rec: trellis.Recommendation) -> Row:
        """What every row holds."""
        hold = rec.hold
        return {
            "settled": rec.settled,
            "context": dict(rec.context) if rec.context else None,
            "facts": "".join(map(str, chain(*zip(*rec._facts.ends, strict=True)))),
            "now": placed(rec.now),
            "next": placed(rec.next),
            "least": [end_of(rec.least.now), end_of(rec.least.next)],
            "most": [end_of(rec.most.now), end_of(rec.most.next)],
            "between": list(rec.between.now),
            "hold": hold and [list(map(list, hold.requirement)), self.holding(hold.needs), list(hold.responses)],
            "urgent": [[view.id, *self.needs(view.needs)] for view in rec.urgent],
            "evaluate": [[v.by, v.within_hours, v.certain, *self.needs(v.needs)] for v in rec.evaluate],
            "active": [self.need(need) for need in rec.active],
            "reasons": [[self.places[r.need], r.hour, r.later, *self.needs(r.folded)] for r in reasons_of(rec)],
            "latched": list(rec.latched),
            "standing": [[s.fact, s.value, s.day.isoformat()] for s in rec.standing],
            "expired": [list(e) for e in dict.fromkeys((e.name, e.value, e.day.isoformat()) for e in rec.expired)],
            "unanswerable": list(rec.unanswerable),
            "aftercare": rec.aftercare is not None,
            "first": list(first_of(rec)),
            "tooLittle": knows_too_little(rec),
            "said": [sorted([one.fact, one.answer.value] for one in said_of(rec, need.id)) for need in rec.active],
            "atOnce": list(at_once(self.kb, {name: given[-1] for name, given in rec.provenance.answers.items()})),
        }

    def holding(self, names: Iterable[str]) -> list[int]:
        """The needs that ask for something until somebody has looked."""
        return self.needs(name for name in names if any(self.asked[name]))

    def need(self, need: NeedView) -> list[int]:
        return [self.places[need.id], *(self.facts[fact.id] for fact in need.facts)]

    def question(self, question: Question) -> list[Any]:
        facts = [self.facts[fact] for fact in question.facts]
        needs = self.needs(question.needs)
        return [question.screen.id, question.topic, facts, list(question.factors), needs, question.again]

    def page(self, answers: Mapping[str, Any], about: Scope) -> Row:
        """The questions of a page, the best answers to them, and what ticking every second box of a checklist says."""
        page = next_questions(self.kb, answers, as_of=AS_OF, about=about)
        found: Row = {
            "page": [self.question(question) for question in page],
            "best": [replies(best_answers(self.kb, question)) for question in page],
        }
        if page and page[0].screen.checklist:
            interview = Interview(self.kb, AS_OF, answers, about=about)
            with suppress(AnswerError):
                interview.tick(page[0].facts[::2])
                found["ticked"] = replies({name: interview.answers[name] for name in page[0].facts})
        return found

    def explained(self, rec: trellis.Recommendation) -> Row:
        """Every explanation."""
        return {
            "cleared": self.needs(need.id for need in rec.cleared),
            "rests": [[self.places[n.id], n.fixed, n.dimension, n.need.urgent] for n in rec.active],
            "services": [[v.id, v.certain, v.safety, *self.needs(v.needs)] for v in rec.services],
            "shortfalls": self.shortfalls(rec.shortfalls),
            "shortfallsNext": self.shortfalls(rec.shortfalls_next),
            "stepDown": [
                [self.needs(way.resolve), self.needs(way.open), self.needs(way.fixed)] for way in rec.step_down.values()
            ],
            "barriers": [[b.id, list(b.accommodations)] for b in rec.barriers],
            "whyHere": self.why_here(rec),
            "ways": self.ways(rec),
            "filters": [one.id for one in filters_for(rec)],
            "openFacts": [self.facts[one.fact] for one in account_of(rec).open],
        }

    def ways(self, rec: trellis.Recommendation) -> list[list[Any]]:
        """What each way that people ask about would give and lack."""
        return [
            [
                way.choice,
                way.column,
                way.package,
                list(map(list, way.gives)),
                [self.shortfall(row) for row in way.lacks],
            ]
            for way in ways_of(rec)
        ]

    def why_here(self, rec: trellis.Recommendation) -> list[list[int]]:
        """The reasons for each package, held against the one before it."""
        reasons, names = reasons_of(rec), list(self.kb.packages)
        lighter = [None, *names[:-1]]
        return [self.needs(why_here(rec, reasons, *pair)) for pair in zip(names, lighter, strict=True)]

    def shortfalls(self, found: Mapping[str, tuple[Shortfall, ...]]) -> list[list[list[Any]]]:
        return [[self.shortfall(row) for row in several] for several in found.values()]

    def shortfall(self, row: Shortfall) -> list[Any]:
        axis = self.kb.axes[row.axis]
        number = list(self.kb.axes).index(row.axis)
        return [number, axis.rank_of(row.asked), axis.rank_of(row.given), row.certain, *self.needs(row.needs)]

    def compared(self, rec: trellis.Recommendation, row: Row) -> Row:
        """How every place fits, how settings fare on what matters, and which approaches match."""
        return {
            "fits": [self.fit(fit_of(rec, place)) for place in self.everywhere],
            "fare": self.fared(fare(self.kb, row["matters"], rec)),
            "fareOfAll": self.fared(fare(self.kb, row["matters"])),
            "match": self.matched(rec, row["wishes"]),
        }

    def fit(self, fit: Fit) -> list[Any]:
        needs = [[self.places[need.id] for need in several] for several in (fit.resolve, fit.fixed, fit.open)]
        return [
            fit.package.id if fit.package else None,
            fit.now,
            fit.more,
            len(fit.lacking),
            len(fit.lacking_next),
            *needs,
            [service.id for service in fit.arrange],
            [barrier.id for barrier in fit.barriers],
            fit.serves_hold,
        ]

    def fared(self, found: ValuesCompared) -> Row:
        return {
            "matters": [[value.id, rating] for value, rating in found.matters],
            "settings": [self.setting_fares(one) for one in found.settings],
            "short": [self.setting_fares(one) for one in found.short],
            "partings": [
                [
                    parting.setting,
                    parting.package.id,
                    list(parting.values),
                    len(parting.lacking),
                    [self.places[need.id] for need in parting.resolve],
                    {name: list(settings) for name, settings in parting.instead.items()},
                ]
                for parting in found.partings
            ],
        }

    def setting_fares(self, one: SettingFares) -> list[Any]:
        parts = one.package.parts if one.package else (one.setting,)
        fares = {name: [f.how, self.deciding(name, f, parts), f.changed] for name, f in one.fares.items()}
        return [
            one.setting, one.package.id if one.package else None, one.standing, fares, list(one.well), list(one.hard),
        ]  # fmt: skip

    def deciding(self, value: str, fares: Fares, parts: tuple[str, ...]) -> list[str]:
        """The places that decide how a setting fares: the reader names them, for it has no words."""
        said = self.kb.values[value].settings
        return [part for part in parts if part in said and any(said[part] is why for why in fares.why)]

    def matched(self, rec: trellis.Recommendation, wishes: Mapping[str, list[str]]) -> Row:
        found = match_approaches(rec, Wishes(tuple(AimSaid("", (aim,)) for aim in wishes["aims"])))
        shown = ("approach", "rules", "aims", "summaries", "inside")
        return {
            "ranked": [
                [
                    *(view.to_json()[part] for part in shown),
                    [*(one.id for one in view.cautions), *(check_id(self.kb, one) for one in view.check_first)],
                    [one.id for one in view.guidance],
                ]
                for view in found.ranked
            ],
            "stopped": [
                [one.approach.id, *(stop.id for stop in one.stops), *(guided.id for guided in one.guidance)]
                for one in found.stopped
            ],
            "askAbout": [one.approach.id for one in found.ask_about],
            "notHeld": [guided.id for guided in found.not_held],
            "ahead": [guided.id for guided in found.ahead],
        }


def brought_by(kb: trellis.Knowledge, random: Random) -> Scope:
    """What worries somebody: in half of the rows nobody said; the short way or the whole."""
    known = list(asked_about(kb).concerns)
    return Scope(tuple(random.sample(known, random.choice((0, 0, 1, 2)))), short=random.random() < 1 / 2)


def placed(placement: Placement | None) -> list[Any] | None:
    """A placement: its packages in order, its rank, what is asked for certain, and what may be."""
    if placement is None:
        return None
    asked = [list(map(list, steps)) for steps in (placement.requirement, placement.up_to)]
    return [list(placement.ids), placement.rank, *asked]


def end_of(placement: Placement) -> list[Any]:
    """The least or the most: its packages in no order, its rank, what is asked."""
    ids, rank, asked, _ = placed(placement) or []
    return [sorted(ids), rank, asked]


def replies(given: Mapping[str, Any]) -> Row:
    """Answers as value, at least, at most."""
    last = {name: one[-1] if isinstance(one, list) else one for name, one in given.items()}
    return {name: [one.value, one.at_least, one.at_most] for name, one in last.items()}


def ids_of(problem: Problem) -> set[str]:
    """The facts, contexts and numbers that a problem names; a reader without words names just them."""
    text = f"{problem.where} {problem.what}"
    found = set(re.findall(r"answers\[([^\]]+)\]", text))
    found |= set(re.findall(r"\] means (\S+) (?:at least )?\[", text))
    for context in re.findall(r"context (?:given )?\[([^\]]+)\]", problem.what):
        found |= {part.split()[0] for part in context.split(", ")}
    return found


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
