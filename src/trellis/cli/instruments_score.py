"""Scoring on the command line: danger first, then the score, what is wrong, or a file with the new answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Annotated, Any

import typer

from trellis.cli import instruments_view as view
from trellis.cli.inputs import Case, read_case, read_day
from trellis.cli.instruments_input import FilledIn, read_filled_in
from trellis.cli.options import AsJson, AsOf, Exit, Folder, Lang, Role, guarded, load_knowledge, print_json
from trellis.cli.terminal import Terminal
from trellis.decide.parsing import Answer
from trellis.decide.views import UrgentView
from trellis.errors import AnswerError, Problem, TrellisError, did_you_mean
from trellis.instruments import ScoreError, add_answers, answers_from
from trellis.kinds.instrument import Critical, Instrument
from trellis.library.knowledge import Knowledge
from trellis.library.write_yaml import to_yaml
from trellis.say import Say

EXAMPLES = (
    "trellis score phq9 1=2 2=1 3=0 4=1 5=0 6=0 7=1 8=0 9=0",
    "trellis score phq9 filled-in.yaml --role clinician",
    "trellis score phq9 filled-in.yaml --add answers.yaml > joined.yaml",
    "trellis score dast_10 --total 4",
    "trellis score taps --total alcohol=2 --total cannabis=0",
)


class RefusedError(AnswerError):
    """What was filled in cannot be scored. ``urgent``: the danger in it, to be shown before the problems."""

    def __init__(self, refused: ScoreError, kb: Knowledge) -> None:
        super().__init__(refused.problems)
        self.kb = kb
        self.urgent = tuple(UrgentView(name, ()) for name in view.urgent_of(kb, refused.critical))


def find(kb: Knowledge, name: str) -> Instrument:
    """The instrument of this name. Raises ``TrellisError`` with the nearest one when there is none."""
    if name not in kb.instruments:
        near = did_you_mean(name, kb.instruments) or "`trellis instruments` lists them."
        raise TrellisError([Problem("instrument", f"[{name}] is not known.", near)])
    return kb.instruments[name]


@guarded
def score_one(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instrument; `trellis instruments` lists them.")],
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE | ITEM=SCORE ...]", help="A file with `answers:`, or the answers; 9=? is missing."
        ),
    ] = None,
    total: Annotated[
        list[str] | None, typer.Option("--total", metavar="[SCALE=]NUMBER", help="A total instead of answers.")
    ] = None,
    add: Annotated[
        str | None, typer.Option("--add", metavar="CASE", help="Print this file of answers with the new ones joined.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="YYYY-MM-DD",
            help="The day it was filled in; when left out, the day that a FHIR response or --as-of says.",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--form", metavar="URL", help="A FHIR response to the form of this address is this one's.")
    ] = "",
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    as_of: AsOf = None,
) -> None:
    """Score one that was filled in.

    Shows danger first, then exact totals, or the totals still possible while items are missing: a missing item is never
    counted as zero. The file may also be a FHIR QuestionnaireResponse. Exit code 5 when an answer tells of danger; 1
    when it cannot be scored, and the help for danger in it is shown all the same.
    """
    day = _day(on) or read_day(as_of)
    kb, say = load_knowledge(knowledge, None), Say(lang)
    instrument = find(kb, name)
    try:
        filled = read_filled_in(instrument, given or [], total or [], known=kb.instruments, form=form)
    except ScoreError as refused:
        if add is None:
            raise RefusedError(refused, kb) from None
        _tell_danger(kb, refused.critical, say)  # standard output is a file here
        raise
    day = _day(on) or filled.on or day
    if add is not None:
        _print_joined(kb, add, filled, say, day)
    else:
        facts = answers_from(kb, filled.scored, on=day)
        if as_json:
            print_json(view.scored_json(kb, filled, facts))
        else:
            view.show_scored(kb, filled, facts, say, Terminal(), role)
    raise typer.Exit(Exit.DANGER if filled.critical else Exit.FINE)


def _day(raw: str | None) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise typer.BadParameter(f"[{raw}] is no day. Write it as YYYY-MM-DD.", param_hint="--on") from None


def _tell_danger(kb: Knowledge, critical: Iterable[Critical], say: Say) -> None:
    """In short, beside a file that is printed."""
    urgent = view.urgent_of(kb, critical)
    for name in urgent:
        typer.echo(kb.urgent[name].title.in_language(say.lang), err=True)
    if urgent:
        typer.echo(say("result.always_help"), err=True)


def _print_joined(kb: Knowledge, name: str, filled: FilledIn, say: Say, day: date | None) -> None:
    """A person's file with the new answers, each with its day. Danger is told before the file is even read."""
    _tell_danger(kb, filled.critical, say)
    case = read_case(name)
    on = day or case.as_of or date.today()
    before: Mapping[str, Any] = case.answers
    apart = ("answers", "digest", "has", "result")
    kept = {one.name: getattr(case, one.name) for one in fields(Case) if one.name not in apart}
    if case.as_of is not None and on > case.as_of:
        # The file moves to the later day; what had no day of its own in it keeps the one that it had through the file.
        before = {fact: _dated(given, case.as_of) for fact, given in before.items()}
        kept["as_of"] = on
    joined = add_answers(before, answers_from(kb, filled.scored, on=on))
    plain = {key: str(value) if isinstance(value, date) else value for key, value in kept.items() if value}
    answers = {key: _plain(value) for key, value in joined.items()}
    for told in filled.told:
        typer.echo(f"# {''.join(sign if sign.isprintable() else ' ' for sign in str(told))}")
    typer.echo(to_yaml(plain | {"answers": answers}), nl=False)


def _dated(given: Any, day: date) -> Any:
    if given is None:
        return None
    if isinstance(given, list):
        return [_dated(one, day) for one in given]
    answer = given if isinstance(given, dict) else {"value": given}
    return answer if answer.get("date") else answer | {"date": day.isoformat()}


def _plain(value: Any) -> Any:
    if isinstance(value, Answer):
        return value.to_json()
    return [_plain(one) for one in value] if isinstance(value, list) else value
