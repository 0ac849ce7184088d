"""A person's file as comparing reads it: what is decided for them, what they say, what matters to them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from trellis.account import inside_of
from trellis.cli.deciding import ForPerson, decide_file
from trellis.cli.inputs import whole_number
from trellis.cli.panel import help_json
from trellis.compare import read_matters
from trellis.decide import Recommendation
from trellis.errors import AnswerError, Problem
from trellis.library.knowledge import Knowledge
from trellis.plans import Person
from trellis.say import Say

ForFile = Annotated[str | None, typer.Option("--for", metavar="FILE", help="A person's file; - is standard input.")]
Rates = Annotated[
    list[str] | None,
    typer.Option("--rate", metavar="NAME=0..5", help="How much a thing matters; may be repeated."),
]


def for_person(
    file: str, folder: Path | None, pairs: list[str] | None, as_of: str | None, lang: str = "en"
) -> ForPerson:
    """Read a person's file and decide for it. Raises ``AnswerError`` naming what is wrong in it."""
    return decide_file(file, folder, pairs, as_of, lang, person=True)


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
        typed[name.strip()] = whole_number(rating)
    problems: list[Problem] = []
    matters = read_matters(kb, person.matters if person else {}, problems)
    matters |= read_matters(kb, typed, problems, "--rate")
    if problems:
        raise AnswerError(problems)
    return matters


def danger_json(kb: Knowledge, rec: Recommendation, say: Say, role: str) -> dict[str, Any]:
    """What every plain output for a person begins with: danger, the review status, and what was decided with."""
    return {
        "urgent": [help_json(kb, view.id, say, inside_of(rec)) for view in rec.urgent],
        "review": say.review(rec.review, role),
        "provenance": rec.provenance.to_json(),
    }
