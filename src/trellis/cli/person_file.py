"""A person's file as comparing reads it: what is decided for them, what they say, what matters to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

import trellis
from trellis.cli.inputs import read_case, read_day
from trellis.cli.messages import Say
from trellis.cli.options import load_knowledge
from trellis.compare import read_matters
from trellis.decide import Recommendation
from trellis.model.errors import AnswerError, Problem
from trellis.model.knowledge import Knowledge
from trellis.plans import Person, read_person

ForFile = Annotated[str | None, typer.Option("--for", metavar="FILE", help="A person's file; - is standard input.")]
Rates = Annotated[
    list[str] | None,
    typer.Option("--rate", metavar="NAME=0..5", help="How much a thing matters; may be repeated."),
]


class ForPerson(NamedTuple):
    """A person's file: what is decided for them, what they say, and whether another knowledge saved it."""

    rec: Recommendation
    person: Person
    other: bool


def for_person(file: str, folder: Path | None, pairs: list[str] | None, as_of: str | None) -> ForPerson:
    """Read a person's file and decide for it. Raises ``AnswerError`` naming what is wrong in it."""
    day = read_day(as_of)
    case = read_case(file)
    kb = load_knowledge(folder, pairs, case)
    person = read_person(case.person)
    rec = trellis.decide(kb, case.answers, as_of=day or case.as_of or date.today(), places=case.places)
    return ForPerson(rec, person, bool(case.digest) and case.digest != kb.digest)


def read_rates(kb: Knowledge, person: Person | None, pairs: list[str] | None) -> dict[str, int]:
    """What matters: the person's file, and over it ``--rate name=5``.

    Raises:
        AnswerError: a name that is nothing to rate, or a rating that is no number from 0 to 5.
        typer.BadParameter: one that has no sign of equality.
    """
    typed: dict[str, Any] = {}
    for pair in pairs or ():
        name, sign, rating = pair.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(f"[{pair}] is not name=number.", param_hint="--rate")
        rating = rating.strip()
        typed[name.strip()] = int(rating) if rating.isascii() and rating.isdecimal() else rating
    problems: list[Problem] = []
    matters = read_matters(kb, person.matters if person else {}, problems)
    matters |= read_matters(kb, typed, problems, "--rate")
    if problems:
        raise AnswerError(problems)
    return matters


def danger_json(kb: Knowledge, rec: Recommendation, say: Say, role: str) -> dict[str, Any]:
    """What every plain output for a person begins with: danger, the review status, and what was decided with."""

    def help_for(name: str) -> Mapping[str, Any]:
        urgent = kb.urgent[name]
        return {
            "id": name,
            "title": urgent.title.in_language(say.lang),
            "person": list(urgent.person.in_language(say.lang)),
            "loved_one": list(urgent.loved_one.in_language(say.lang)),
            "lines": [kb.lines[line].contact.in_language(say.lang) for line in urgent.lines],
        }

    return {
        "urgent": [help_for(view.id) for view in rec.urgent],
        "review": say.review(rec.review, role),
        "provenance": rec.provenance.to_json(),
    }
