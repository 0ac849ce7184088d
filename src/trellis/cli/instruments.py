"""Instruments on the command line: list, show, change, chart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from trellis.cli import instruments_view as view
from trellis.cli import save
from trellis.cli.inputs import STANDARD_INPUT, read_tree
from trellis.cli.instruments_forms import REMOVE, questionnaire_app
from trellis.cli.instruments_score import EXAMPLES, find, score_one
from trellis.cli.lists import entry_json
from trellis.cli.options import AsJson, Folder, Lang, Role, examples, guarded, load_knowledge, print_json
from trellis.cli.terminal import Terminal
from trellis.errors import AnswerError, Problem, TrellisError, did_you_mean
from trellis.kinds.instrument import Instrument
from trellis.say import Say

Which = Annotated[str, typer.Argument(metavar="NAME", help="An instrument; `trellis instruments` lists them.")]
Scale = Annotated[str | None, typer.Option("--scale", metavar="NAME", help="Which score; the first when left out.")]


def register(app: typer.Typer) -> None:
    """Add the commands on instruments."""
    app.command(name="instruments", epilog=examples("trellis instruments", "trellis instruments --json"))(list_them)
    app.command(
        name="instrument", epilog=examples("trellis instrument phq9", "trellis instrument c_ssrs_screener --lang es")
    )(show_one)
    app.command(name="score", epilog=examples(*EXAMPLES))(score_one)
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
    instrument = find(kb, name)
    if as_json:
        print_json(entry_json(kb, "instruments", instrument))
        return
    view.show_one(kb, instrument, Say(lang), Terminal(), role)


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
    from trellis.outcomes.words import change_sentences, title_of, with_band

    kb, say, term = load_knowledge(knowledge, None), Say(lang), Terminal()
    instrument = find(kb, name)
    read = read_change(instrument, _scale(instrument, scale), first, last)
    if as_json:
        index = None if read.index is None else round(read.index, 3)
        kept = {key: getattr(read, key) for key in ("first", "last", "points", "reliable", "important", "response")}
        plain = {"instrument": instrument.id, "scale": read.scale.id, **kept, "remission": read.remission}
        print_json(plain | {"reliable_change_index": index})
        return
    term.heading(
        say("instruments.change_between", title=title_of(instrument, read.scale, lang), first=first, last=last)
    )
    term.text(with_band("first", read.scale, first, lang))
    term.text(with_band("last", read.scale, last, lang))
    for sentence in (*change_sentences(read, lang), say("change.alone")):
        term.text(sentence)
    refs = [ref for figure in _figures(read.scale.change) for ref in figure.sources]
    if refs:
        term.subheading(say("instruments.part_sources"))
        term.bullets(kb.cite(tuple(refs)))
    term.line()
    term.text(say.entry_review(kb.review_of("instruments", instrument.id), "clinician"), style="bold")


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
    instrument = find(load_knowledge(knowledge, None), name)
    chart = measure_chart(instrument, _scale(instrument, scale), _points(file), lang=lang)
    if out is not None:
        save.put(
            out,
            chart.png() if out.suffix == ".png" else chart.svg().encode(),
            over=False,
            remedy=REMOVE,
        )
        term.text(say("instruments.chart_written", path=out))
        if out.suffix == ".png":
            term.text(say("instruments.chart_no_words"))
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
