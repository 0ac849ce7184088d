"""Instruments on the command line: list, show, score, change, chart, and forms of health records in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
import yaml12

from trellis.cli import instruments_view as view
from trellis.cli import save
from trellis.cli.inputs import STANDARD_INPUT, Case, read_case, read_day, read_tree
from trellis.cli.messages import Say
from trellis.cli.options import AsJson, AsOf, Exit, Folder, Lang, Role, examples, guarded, load_knowledge, print_json
from trellis.cli.terminal import Terminal
from trellis.decide.parsing import Answer
from trellis.instruments import Scored, add_answers, answers_from, score, typed
from trellis.model.errors import AnswerError, Problem, TrellisError, did_you_mean
from trellis.model.instrument import Instrument, Licence, LicenceStatus
from trellis.model.knowledge import Knowledge

REMOVE = "Give another name, or remove it first."
NOT_ASKED = "?"
FILE_KEYS = ("instrument", "answers", "totals")
Which = Annotated[str, typer.Argument(metavar="NAME", help="An instrument; `trellis instruments` lists them.")]
Scale = Annotated[str | None, typer.Option("--scale", metavar="NAME", help="Which score; the first when left out.")]

questionnaire_app = typer.Typer(
    help="Read and write instruments as FHIR R4 Questionnaires.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the commands on instruments."""
    app.command(name="instruments", epilog=examples("trellis instruments", "trellis instruments --json"))(list_them)
    app.command(
        name="instrument", epilog=examples("trellis instrument phq9", "trellis instrument c_ssrs_screener --lang es")
    )(show_one)
    app.command(
        name="score",
        epilog=examples(
            "trellis score phq9 1=2 2=1 3=0 4=1 5=0 6=0 7=1 8=0 9=0",
            "trellis score phq9 filled-in.yaml --role clinician",
            "trellis score phq9 filled-in.yaml --add answers.yaml > joined.yaml",
            "trellis score dast_10 --total 4",
            "trellis score taps --total alcohol=2 --total cannabis=0",
        ),
    )(score_one)
    app.command(
        name="change", epilog=examples("trellis change phq9 18 9", "trellis change bam 9 14 --scale protective")
    )(show_change)
    app.command(
        name="chart",
        epilog=examples("trellis chart phq9 totals.yaml --out chart.svg", "trellis chart phq9 totals.json --lang es"),
    )(draw_chart)
    app.add_typer(questionnaire_app, name="questionnaire")


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise TrellisError([Problem(where, what, remedy)])


def _find(kb: Knowledge, name: str) -> Instrument:
    if name not in kb.instruments:
        near = did_you_mean(name, kb.instruments) or "`trellis instruments` lists them."
        _fail("instrument", f"[{name}] is not known.", near)
    return kb.instruments[name]


def _scale(instrument: Instrument, name: str | None) -> str:
    known = [scale.id for scale in instrument.scales]
    if name is None:
        return known[0]
    if name not in known:
        remedy = did_you_mean(name, known) or f"It may be {', '.join(known)}."
        _fail("--scale", f"{instrument.short} has no score [{name}].", remedy)
    return name


@guarded
def list_them(as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None) -> None:
    """List the questionnaires and rating scales.

    With what can be done with each here, its licence, its languages, and how long it takes.
    """
    kb = load_knowledge(knowledge, None)
    if as_json:
        print_json(view.list_json(kb))
        return
    view.show_list(kb, Say(lang), Terminal())


@guarded
def show_one(
    name: Which, role: Role = "person", as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None
) -> None:
    """Show one questionnaire or rating scale in full.

    Its licence and credit, the questions where they may be shown, scores, bands, what a score leads to, sources.
    """
    kb = load_knowledge(knowledge, None)
    instrument = _find(kb, name)
    if as_json:
        print_json(instrument.model_dump(mode="json", exclude_none=True, by_alias=True))
        return
    view.show_one(kb, instrument, Say(lang), Terminal(), role)


@guarded
def score_one(
    name: Which,
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
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    as_of: AsOf = None,
) -> None:
    """Score one that was filled in.

    Shows danger first, then exact totals, or the totals still possible while items are missing: a missing item is never
    counted as zero. The file may also be a FHIR QuestionnaireResponse. Exit code 5 when an answer tells of danger.
    """
    kb = load_knowledge(knowledge, None)
    scored = _scored(_find(kb, name), given or [], total or [])
    facts = answers_from(kb, scored, on=read_day(as_of))
    if add is not None:
        _print_joined(kb, add, scored, facts, Say(lang))
    elif as_json:
        print_json(view.scored_json(scored, facts))
    else:
        view.show_scored(kb, scored, facts, Say(lang), Terminal(), role)
    raise typer.Exit(Exit.DANGER if scored.urgent else Exit.FINE)


def _scored(instrument: Instrument, given: Sequence[str], totals: Sequence[str]) -> Scored:
    if bool(given) == bool(totals):
        remedy = "Give a file, answers such as 1=2, or --total 12." if not given else "Give one of the two."
        _fail(instrument.id, "has answers and totals." if given else "has no answers.", remedy)
    if totals:
        return typed(instrument, dict(_total(instrument, text) for text in totals))
    if len(given) == 1 and "=" not in given[0]:
        return _from_file(instrument, given[0])
    answers: dict[str, Any] = {}
    for text in given:
        item, sign, value = text.partition("=")
        if not sign:
            _fail(text, "is no answer.", "Write item=score, such as 1=2; one file alone may be named instead.")
        if item in answers:
            _fail(f"{instrument.id}[{item}]", "is answered twice.", "Give it once.")
        answers[item] = None if value == NOT_ASKED else _number(value)
    return score(instrument, answers)


def _number(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdecimal() else text


def _total(instrument: Instrument, text: str) -> tuple[str, Any]:
    name, sign, value = text.rpartition("=")
    if not sign and len(instrument.scales) > 1:
        known = ", ".join(scale.id for scale in instrument.scales)
        _fail("--total", f"is [{text}], and {instrument.short} has several.", f"Write SCALE=NUMBER; scales: {known}.")
    return name if sign else instrument.scales[0].id, _number(value)


def _from_file(instrument: Instrument, name: str) -> Scored:
    shown = "standard input" if name == STANDARD_INPUT else name
    tree = read_tree(name)
    if isinstance(tree, dict) and tree.get("resourceType"):
        from trellis.fhir import from_response

        return from_response(instrument, tree)
    if not isinstance(tree, dict) or not isinstance(tree.get("answers") or tree.get("totals"), dict):
        _fail(shown, "has no [answers].", "Write `answers:` and below it each item with its score, such as `1: 2`.")
    remedy = "It may hold instrument, answers and totals."
    problems = [Problem(shown, f"has [{key}].", remedy) for key in tree if key not in FILE_KEYS]
    if tree.get("instrument", instrument.id) != instrument.id:
        problems.append(Problem(shown, f"is of [{tree['instrument']}].", f"Score it as that, not as {instrument.id}."))
    if tree.get("answers") and tree.get("totals"):
        problems.append(Problem(shown, "has answers and totals.", "Keep one of the two."))
    if problems:
        raise AnswerError(problems)
    if tree.get("totals"):
        return typed(instrument, {str(key): value for key, value in tree["totals"].items()})
    return score(instrument, {str(key): value for key, value in tree["answers"].items()})


def _print_joined(kb: Knowledge, name: str, scored: Scored, facts: Mapping[str, Answer], say: Say) -> None:
    case = read_case(name)
    joined = add_answers(case.answers, facts)
    kept = {one.name: getattr(case, one.name) for one in fields(Case) if one.name not in ("answers", "digest")}
    plain = {key: str(value) if isinstance(value, date) else value for key, value in kept.items() if value}
    answers = {key: _plain(value) for key, value in joined.items()}
    typer.echo(yaml12.format_yaml(plain | {"answers": answers}))
    for urgent in scored.urgent:
        typer.echo(kb.urgent[urgent].title.in_language(say.lang), err=True)
    if scored.urgent:
        typer.echo(say("always_help"), err=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Answer):
        return value.to_json()
    return [_plain(one) for one in value] if isinstance(value, list) else value


@guarded
def show_change(
    name: Which,
    first: Annotated[int, typer.Argument(help="The earlier total.")],
    last: Annotated[int, typer.Argument(help="The later total.")],
    scale: Scale = None,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Read the change between two totals of one person.

    Whether it is more than noise, whether it matters, whether it is a response or a remission, each with its source.
    Where no figure is known, nothing is claimed.
    """
    from trellis.outcomes import read_change
    from trellis.outcomes.words import change_sentences, title_of, with_band, word

    kb, say, term = load_knowledge(knowledge, None), Say(lang), Terminal()
    instrument = _find(kb, name)
    read = read_change(instrument, _scale(instrument, scale), first, last)
    if as_json:
        index = None if read.index is None else round(read.index, 3)
        kept = {key: getattr(read, key) for key in ("first", "last", "points", "reliable", "important", "response")}
        plain = {"instrument": instrument.id, "scale": read.scale.id, **kept, "remission": read.remission}
        print_json(plain | {"reliable_change_index": index})
        return
    term.heading(say("change_between", title=title_of(instrument, read.scale, lang), first=first, last=last))
    term.text(with_band("first", read.scale, first, lang))
    term.text(with_band("last", read.scale, last, lang))
    for sentence in (*change_sentences(read, lang), word("alone", lang)):
        term.text(sentence)
    refs = [ref for figure in _figures(read.scale.change) for ref in figure.sources]
    if refs:
        term.subheading(say("part_sources"))
        term.bullets(kb.cite(tuple(refs)))
    term.line()
    term.text(say.review(instrument.review, "clinician"), style="bold")


def _figures(change: Any) -> list[Any]:
    names = ("reliability", "important", "response_percent", "remission")
    return [getattr(change, name) for name in names if getattr(change, name, None) is not None]


@guarded
def draw_chart(
    name: Which,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A list of {date, total}; - is standard input.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PATH", help="Where to write it: .svg or .png. In words if left out."),
    ] = None,
    scale: Scale = None,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Draw one person's totals over time, and tell them in words.

    The file is a list, such as `- {date: 2026-03-02, total: 18}`. The drawing needs the extra `charts`.
    """
    from trellis.outcomes.chart import measure_chart

    say, term = Say(lang), Terminal()
    if out is not None and out.suffix not in (".svg", ".png"):
        raise typer.BadParameter(f"[{out.name}] is no .svg and no .png.", param_hint="--out")
    instrument = _find(load_knowledge(knowledge, None), name)
    chart = measure_chart(instrument, _scale(instrument, scale), _points(file), lang=lang)
    if out is not None:
        save.put(
            out,
            chart.png() if out.suffix == ".png" else chart.svg().encode(),
            over=False,
            remedy="Give another name, or remove it first.",
        )
        term.text(say("chart_written", path=out))
        if out.suffix == ".png":
            term.text(say("chart_no_words"))
        term.line()
    for line in chart.text().splitlines():
        term.text(line)


def _points(name: str) -> list[tuple[date, int]]:
    shown = "standard input" if name == STANDARD_INPUT else name
    tree = read_tree(name)
    rows = tree.get("points") if isinstance(tree, dict) else tree
    if not isinstance(rows, list):
        _fail(shown, "is no list.", "Write one line a time: - {date: 2026-03-02, total: 18}.")
    points, problems = [], []
    for number, row in enumerate(rows, 1):
        where = f"{shown}: entry {number}"
        if not isinstance(row, dict) or set(row) != {"date", "total"}:
            problems.append(Problem(where, f"is [{row}].", "Write {date: 2026-03-02, total: 18}."))
            continue
        try:
            day = date.fromisoformat(str(row["date"]))
        except ValueError:
            problems.append(Problem(where, f"has the date [{row['date']}].", "Write the day as YYYY-MM-DD."))
            continue
        if isinstance(row["total"], bool) or not isinstance(row["total"], int):
            problems.append(Problem(where, f"has the total [{row['total']}].", "Write a whole number."))
            continue
        points.append((day, row["total"]))
    if problems:
        raise AnswerError(problems)
    return points


@questionnaire_app.command(
    name="export",
    epilog=examples("trellis questionnaire export phq9 > phq9.json", "trellis questionnaire export gad7 --lang es"),
)
@guarded
def export_form(name: Which, lang: Lang = "en", knowledge: Folder = None) -> None:
    """Print an instrument as a FHIR R4 Questionnaire.

    Needs the extra `fhir`.
    """
    from trellis.fhir import to_questionnaire

    print_json(to_questionnaire(_find(load_knowledge(knowledge, None), name), lang=lang))


@questionnaire_app.command(
    name="import",
    epilog=examples(
        "trellis questionnaire import form.json --out knowledge/instruments/ours.yaml",
        "trellis questionnaire import form.json --total all --id sleep_3",
    ),
)
@guarded
def import_form(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A FHIR R4 Questionnaire as JSON; - is standard input.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="PATH", help="Where to write the YAML.")] = None,
    name: Annotated[str | None, typer.Option("--id", metavar="NAME", help="A name of your own for it.")] = None,
    status: Annotated[
        Literal["public_domain", "free", "unconfirmed", "restricted"],
        typer.Option("--licence", help="On what ground its words may be shown."),
    ] = "unconfirmed",
    says: Annotated[str, typer.Option("--licence-says", metavar="TEXT", help="What the licence allows, and why.")] = "",
    total: Annotated[
        Literal["all"] | None, typer.Option("--total", help="`all`: add up every scored item of a form without total.")
    ] = None,
) -> None:
    """Turn a FHIR R4 Questionnaire into a file of a site's own knowledge.

    Its words are kept only with --licence public_domain or free. Bands, Spanish, answers that matter by themselves and
    the facts that a score leads to are not in such a form: add them by hand. Needs the extra `fhir`.
    """
    from trellis.fhir import from_questionnaire

    shown = "standard input" if file == STANDARD_INPUT else file
    resource = read_tree(file)
    if not isinstance(resource, dict):
        _fail(shown, "holds no FHIR resource.", "Give a Questionnaire as JSON.")
    instrument = from_questionnaire(resource, licence=_licence(status, says), id=name, total=total)
    text = _yaml(instrument)
    if out is None:
        typer.echo(text)
    else:
        save.put(out, text.encode(), over=False, remedy=REMOVE)
    typer.echo("Read in. Add by hand: bands, Spanish, critical answers, what a score leads to, sources.", err=True)


def _licence(status: LicenceStatus, says: str) -> Licence | None:
    if status == "unconfirmed" and not says:
        return None
    if not says:
        raise typer.BadParameter("Say what the licence allows, and why.", param_hint="--licence-says")
    return Licence(status=status, text=says, verified="seen")


def _yaml(instrument: Instrument) -> str:
    about = {"title": {"en": instrument.name.en}, "effective": date.today().isoformat(), "jurisdiction": "any"}
    plain = instrument.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    tree = {"about": about | {"review": instrument.review}, "instruments": [json.loads(json.dumps(plain))]}
    return yaml12.format_yaml(tree).removesuffix("\n") + "\n"
