"""``trellis evidence``: list results, show everything on one, pool studies, draw them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from trellis.cli.evidence_pool import analyse, pooled_json, rows_json, show_pooled, show_rows_pooled
from trellis.cli.evidence_view import row_json, show_list, show_row, show_summary, summary_json
from trellis.cli.options import AsJson, Folder, Lang, Role, examples, group, guarded, load_knowledge, print_json
from trellis.cli.terminal import Terminal
from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.evidence.datasets import find_dataset, pool_dataset, pool_results
from trellis.evidence.pool import Estimator, IntervalBy
from trellis.say import Say

ESTIMATORS: dict[str, Estimator] = {
    "reml": "reml",
    "dl": "dersimonian_laird",
    "pm": "paule_mandel",
    "common": "common_effect",
}
INTERVALS: dict[str, IntervalBy] = {"hk": "hartung_knapp", "normal": "normal"}

evidence_app = group("evidence", "What studies found, how sure it is, and studies pooled and drawn.")

Method = Annotated[
    Literal["reml", "dl", "pm", "common"],
    typer.Option("--method", help="REML, DerSimonian-Laird, Paule-Mandel or common effect."),
]
Interval = Annotated[
    Literal["hk", "normal"] | None,
    typer.Option("--interval", help="Hartung-Knapp or normal; hk for reml and pm when left out."),
]
By = Annotated[str | None, typer.Option("--by", metavar="COLUMN", help="Group the studies by this column.")]
Where = Annotated[
    list[str] | None, typer.Option("--where", metavar="COLUMN=VALUE", help="Only these studies; may be repeated.")
]


@evidence_app.command(
    name="list",
    epilog=examples("trellis evidence list --approach cbt", "trellis evidence list --about use --verified-only"),
)
@guarded
def list_evidence(
    approach: Annotated[str | None, typer.Option("--approach", help="Only this approach, such as cbt.")] = None,
    condition: Annotated[str | None, typer.Option("--condition", help="Only this, such as depression.")] = None,
    about: Annotated[str | None, typer.Option("--about", help="Only this kind of outcome, such as use.")] = None,
    verified_only: Annotated[
        bool, typer.Option("--verified-only", help="Leave out numbers not yet checked at their source.")
    ] = False,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """List results and what they say together.

    With --role clinician each result is shown with its number.
    """
    kb = load_knowledge(knowledge, None)
    abouts = {row.about for row in kb.results.values()}
    _one_of("--approach", approach, kb.approaches)
    _one_of("--condition", condition, kb.treated)
    _one_of("--about", about, sorted(abouts))
    rows = [
        row
        for row in kb.results.values()
        if approach in (None, row.approach)
        and condition in (None, row.condition)
        and about in (None, row.about)
        and (row.verified == "yes" or not verified_only)
    ]
    shown = {row.id for row in rows}
    summaries = [
        summary
        for summary in kb.summaries.values()
        if approach in (None, summary.approach)
        and condition in (None, summary.condition)
        and (about is None or shown & {*summary.results})
        and (not verified_only or all(kb.results[name].verified == "yes" for name in summary.results))
    ]
    if as_json:
        found = {
            "summaries": [summary_json(kb, one) for one in summaries],
            "results": [row_json(kb, one) for one in rows],
        }
        print_json(found)
        return
    show_list(kb, summaries, rows, Say(lang), Terminal(), role)


@evidence_app.command(
    name="show", epilog=examples("trellis evidence show E001", "trellis evidence show cbt-depression --role clinician")
)
@guarded
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A result (E001) or a summary (cbt-depression).")],
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Show everything on one result or one summary.

    The number as published and in one direction, how many of 100, how sure and why, what points another way, sources.
    """
    kb = load_knowledge(knowledge, None)
    _one_of("ID", name, (*kb.results, *kb.summaries))
    say, term = Say(lang), Terminal()
    if name in kb.results:
        if as_json:
            print_json(row_json(kb, kb.results[name]))
        else:
            show_row(kb, kb.results[name], say, term, role)
    elif as_json:
        print_json(summary_json(kb, kb.summaries[name]))
    else:
        show_summary(kb, kb.summaries[name], say, term, role)


@evidence_app.command(
    name="pool",
    epilog=examples(
        "trellis evidence pool landenberger2005 --by design",
        "trellis evidence pool landenberger2005 --where design=rct --method dl",
        "trellis evidence pool landenberger2005 --moderator sessions --leave-one-out",
    ),
)
@guarded
def pool_studies(
    names: Annotated[list[str], typer.Argument(metavar="DATASET", help="A dataset; or two results or more.")],
    by: By = None,
    where: Where = None,
    method: Method = "reml",
    interval: Interval = None,
    moderator: Annotated[
        str | None, typer.Option("--moderator", metavar="COLUMN", help="Does the effect change with this column?")
    ] = None,
    each: Annotated[bool, typer.Option("--leave-one-out", help="Pool again without each study in turn.")] = False,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Pool the studies of a dataset; or single results, where that makes sense.

    Results that summarise the same studies are refused, with the reason. Needs the extra `evidence`.
    """
    kb = load_knowledge(knowledge, None)
    say, term = Say(lang), Terminal()
    chosen = ESTIMATORS[method]
    by_interval = INTERVALS[interval] if interval is not None else None
    if len(names) == 1 and names[0] not in kb.results:
        found = pool_dataset(kb, names[0], by=by, where=read_where(where), method=chosen, interval=by_interval)
        analysis = analyse(kb, found, moderator=moderator, each=each, interval=by_interval)
        if as_json:
            print_json(pooled_json(analysis))
        else:
            show_pooled(kb, analysis, say, term, role)
        return
    if by or where or moderator or each:
        what = f"[{', '.join(names)}] are single results, without columns."
        raise TrellisError(
            [Problem("trellis evidence pool", what, "Leave out --by, --where, --moderator, --leave-one-out.")]
        )
    pooled, table = pool_results(kb, names, method=chosen, interval=by_interval)
    if as_json:
        print_json(rows_json(pooled, table))
    else:
        show_rows_pooled(kb, pooled, table, say, term, role)


@evidence_app.command(
    name="plot",
    epilog=examples(
        "trellis evidence plot landenberger2005 --out forest.svg --by design",
        "trellis evidence plot landenberger2005 --out funnel.png --kind funnel",
    ),
)
@guarded
def plot(
    name: Annotated[str, typer.Argument(metavar="DATASET", help="A dataset, such as landenberger2005.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to save it: .svg or .png.")],
    kind: Annotated[Literal["forest", "funnel"], typer.Option("--kind", help="Which drawing.")] = "forest",
    by: By = None,
    where: Where = None,
    method: Method = "reml",
    interval: Interval = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Draw the studies of a dataset, and print the same numbers as a table.

    The table is for whoever does not see the drawing. Needs the extras `evidence` and `charts`.
    """
    from trellis.evidence.forest import forest
    from trellis.evidence.funnel import funnel

    kb = load_knowledge(knowledge, None)
    find_dataset(kb, name)
    check_target(out, force=force)
    by_interval = INTERVALS[interval] if interval is not None else None
    found = pool_dataset(kb, name, by=by, where=read_where(where), method=ESTIMATORS[method], interval=by_interval)
    drawing = (forest if kind == "forest" else funnel)(found, lang=lang)
    content = drawing.svg.encode() if out.suffix.lower() == ".svg" else drawing.png()
    try:
        out.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TrellisError(
            [Problem("--out", f"[{out}] could not be written: {reason}.", "Take another place.")]
        ) from None
    say, term = Say(lang), Terminal()
    term.heading(drawing.title)
    term.text(drawing.desc)
    term.line()
    for line in drawing.table.splitlines():
        term.line(line)
    term.line()
    term.text(say("evidence.saved", path=out))


def check_target(out: Path, *, force: bool) -> None:
    """Make sure that a drawing may be saved there.

    Raises:
        TrellisError: it ends in neither .svg nor .png, or is there already.
    """
    if out.suffix.lower() not in (".svg", ".png"):
        raise TrellisError([Problem("--out", f"[{out}] is no drawing.", "Take a name that ends in .svg or .png.")])
    if out.exists() and not force:
        raise TrellisError([Problem("--out", f"[{out}] is there already.", "Take another name, or add --force.")])


def read_where(pairs: Iterable[str] | None) -> dict[str, str]:
    """Pairs of column and value.

    Raises:
        TrellisError: one has no equals sign.

    >>> read_where(["design=rct"])
    {'design': 'rct'}
    """
    found = {}
    for pair in pairs or ():
        column, equals, value = pair.partition("=")
        if not equals:
            raise TrellisError(
                [Problem("--where", f"[{pair}] has no value.", "Write COLUMN=VALUE, such as design=rct.")]
            )
        found[column.strip()] = value.strip()
    return found


def _one_of(what: str, name: str | None, known: Iterable[str]) -> None:
    every = list(known)
    if name is not None and name not in every:
        remedy = did_you_mean(name, every) or ("There are: " + ", ".join(every) + "." if len(every) < 60 else "")
        raise TrellisError([Problem(what, f"[{name}] is not known.", remedy or "See trellis evidence list.")])
