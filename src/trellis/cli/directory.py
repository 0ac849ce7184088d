"""``trellis directory``: lists of places taken in, checked, searched for what somebody needs, and given out again."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from trellis.cli import directory_view as view
from trellis.cli.deciding import decide_file
from trellis.cli.inputs import read_day
from trellis.cli.options import (
    AsJson,
    AsOf,
    Exit,
    Folder,
    Lang,
    Parameters,
    Role,
    examples,
    group,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.panel import help_json
from trellis.cli.panel import show as show_panel
from trellis.cli.terminal import Terminal, bar
from trellis.decide import Recommendation
from trellis.directory import (
    Directory,
    Merge,
    Near,
    Programme,
    find_doubles,
    find_near,
    import_lists,
    search,
    terms_of,
    wanted_for,
    wanted_of,
)
from trellis.directory.exporting import to_json, to_table
from trellis.directory.importing import write_whole
from trellis.directory.programme import STALE_DAYS
from trellis.directory.store import DirectoryError
from trellis.directory.told import told_of
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.say import Say

USUAL_FILE = "places.sqlite"
USUAL_MILES = 50.0
USUAL_LIMIT = 3

directory_app = group(
    "directory",
    "Places of care: take lists in, keep your own list right, and find what fits somebody. Nothing is sent.",
)

Place = Annotated[
    Path,
    typer.Option("--directory", envvar="TRELLIS_DIRECTORY", metavar="FILE", help="The directory, a single file."),
]


class _Told:
    """How far an import is, on standard error and only where somebody can see it."""

    def __init__(self) -> None:
        self.shown = False

    def __call__(self, rows: int) -> None:
        if sys.stderr.isatty():
            self.shown = True
            typer.echo(f"\r{rows:,} {bar(rows // 500 % 21, 20)}", nl=False, err=True)

    def end(self) -> None:
        if self.shown:
            typer.echo("\r" + " " * 40 + "\r", nl=False, err=True)


@directory_app.command(
    name="import",
    epilog=examples(
        "trellis directory import our-places.csv",
        "trellis directory import findtreatment-page1.json findtreatment-page2.json --whole",
        "trellis directory import bundle.json --format fhir --source state-list",
    ),
)
@guarded
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files of one list.")],
    directory: Place = Path(USUAL_FILE),
    form: Annotated[
        Literal["csv", "findtreatment", "fhir", "hsds"] | None,
        typer.Option("--format", help="The form; found out when left out."),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="What to call the list, where there are several of a form.")
    ] = "",
    own: Annotated[
        bool | None,
        typer.Option("--own/--not-own", help="Your own words, which go before those of other lists; a table is."),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="The files are all that the list has: what is not in them is marked.")
    ] = False,
    list_file: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="What the columns and words of this list mean.")
    ] = None,
    left_out: Annotated[
        Path | None, typer.Option("--left-out", metavar="FILE", help="Where to write what could not be taken.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    as_of: AsOf = None,
) -> None:
    """Take a list of places in: a table, FindTreatment.gov, FHIR or HSDS 3.

    What you said yourself stays, whatever a list says later. Of each row that cannot be taken, or only in part, you are
    told where and why, and it is kept in a file beside the directory.

    Exit code: 0 all taken, 3 some rows were left out, 1 nothing was taken.
    """
    day = read_day(as_of) or date.today()
    kb = load_knowledge(knowledge, None)
    reading = view.read_list_file(kb, list_file) if list_file else None
    told = _Told()
    try:
        with Directory(directory, kb, create=True) as opened:
            report = import_lists(
                opened,
                files,
                as_of=day,
                form=form,
                source=source,
                own=own,
                whole=whole,
                place_list=reading,
                left_out=left_out,
                progress=told,
            )
    finally:
        told.end()
    if as_json:
        print_json(view.report_json(report))
    else:
        view.show_report(report, Say(lang), Terminal())
    raise typer.Exit(Exit.FOUND if report.left_out else Exit.FINE)


@directory_app.command(
    epilog=examples("trellis directory check", "trellis directory check --older-than 180 --json"),
)
@guarded
def check(
    directory: Place = Path(USUAL_FILE),
    older_than: Annotated[
        int, typer.Option("--older-than", metavar="DAYS", min=1, help="When what is said has to be looked at again.")
    ] = STALE_DAYS,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    as_of: AsOf = None,
) -> None:
    """Say what is to be mended: old entries, places gone from their list, doubles, lists that do not agree.

    Exit code: 0 nothing to mend, 3 something is.
    """
    day = read_day(as_of) or date.today()
    with Directory(directory, load_knowledge(knowledge, None)) as opened:
        found = view.look_over(opened, day, older_than)
    if as_json:
        print_json(found.to_json())
    else:
        view.show_check(found, Say(lang), Terminal())
    raise typer.Exit(Exit.FOUND if found.anything else Exit.FINE)


@directory_app.command(
    name="search",
    epilog=examples(
        "trellis directory search answers.yaml --near 22902",
        "trellis directory search answers.yaml --near 22902 --when next --language Spanish",
        'trellis directory search --setting iop --near "Exampleville, VA" --payment medicaid',
    ),
)
@guarded
def search_(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A person's file; or name kinds of care with --setting.")
    ] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--setting", metavar="NAME", help="A kind of care; may be repeated.")
    ] = None,
    near: Annotated[
        str, typer.Option("--near", metavar="PLACE", help="A ZIP code, a town of the list, or latitude,longitude.")
    ] = "",
    within: Annotated[
        float, typer.Option("--within", metavar="MILES", min=0.1, help="No farther away, with --near.")
    ] = USUAL_MILES,
    when: Annotated[
        Literal["now", "next"], typer.Option("--when", help="For what is needed now, or for what comes after.")
    ] = "now",
    language: Annotated[
        str, typer.Option("--language", metavar="NAME", help="A language, such as es or Spanish.")
    ] = "",
    payment: Annotated[str, typer.Option("--payment", metavar="NAME", help="A way to pay, such as medicaid.")] = "",
    takes: Annotated[
        list[str] | None,
        typer.Option("--takes", metavar="NAME", help="Whom it must take, such as veterans; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="So many places.")] = USUAL_LIMIT,
    directory: Place = Path(USUAL_FILE),
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Show the places that may be right, why each stands there, and what to ask in a call.

    What is needed goes first, then distance, wait, payment and language. Nobody can pay for a place in the order.
    """
    if (file is None) == (not setting):
        raise typer.BadParameter("Give a person's file, or kinds of care with --setting; one of the two.")
    rec: Recommendation | None = None
    if file is not None:
        rec = decide_file(file, knowledge, parameters, as_of, lang).rec
    kb = rec.kb if rec is not None else load_knowledge(knowledge, parameters)
    day = rec.as_of if rec is not None else read_day(as_of) or date.today()
    say, term = Say(lang), Terminal()
    if rec is not None and rec.urgent and not as_json:
        show_panel(kb, rec.urgent, say, term, role)
    with Directory(directory, kb) as opened:
        if rec is not None:
            wanted = wanted_of(rec, when, language=language, payment=payment, also=takes or ())
        else:
            wanted = wanted_for(kb, setting or (), language=language, payment=payment, also=takes or ())
        looked_from = find_near(near, opened.towns()) if near else None
        matches = search(opened, wanted, looked_from, limit=limit, within=within if looked_from else None)
        told = [
            told_of(kb, one, wanted, opened.sources, say, as_of=day, role=role, looked_from=looked_from is not None)
            for one in matches
        ]
    if as_json:
        urgent: list[Any] = [help_json(kb, one.id, say) for one in rec.urgent] if rec is not None else []
        print_json(view.search_json(wanted, looked_from, matches, told, urgent))
        return
    held = rec is not None and rec.hold is not None
    view.show_search(kb, wanted, _shown(looked_from), within, told, say, term, held=held)


def _shown(near: Near | None) -> str:
    return near.name if near is not None else ""


@directory_app.command(
    epilog=examples(
        "trellis directory export our-places.csv",
        "trellis directory export all.json",
        "trellis directory export - | less",
    ),
)
@guarded
def export(
    out: Annotated[str, typer.Argument(metavar="FILE", help="A .csv or .json file; - is standard output, as a table.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    only_own: Annotated[bool, typer.Option("--only-own", help="Only places of which you said something.")] = False,
    directory: Place = Path(USUAL_FILE),
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Write the places as a table that can be mended and taken in again, or as JSON with each source and day."""
    path = Path(out)
    if out != "-" and path.suffix.lower() not in (".csv", ".json"):
        raise typer.BadParameter(f"[{path.suffix}] is no known ending: give .csv or .json.", param_hint="FILE")
    if out != "-" and path.exists() and not force:
        raise AnswerError([Problem(out, "is there already.", "Give another name, or --force to write over it.")])
    with Directory(directory, load_knowledge(knowledge, None)) as opened:
        places: list[Programme] = [one for one in opened if one.own or not only_own]
        if path.suffix.lower() == ".json":
            import json

            write_whole(path, [json.dumps(to_json(opened), ensure_ascii=False, indent=1), "\n"])
        elif out == "-":
            for line in to_table(opened.terms, places):
                typer.echo(line.rstrip("\n"))
            return
        else:
            write_whole(path, to_table(opened.terms, places))
    Terminal().text(Say(lang)("directory.exported", count=len(places), file=out))


@directory_app.command(
    epilog=examples("trellis directory template > our-places.csv", "trellis directory template --explain --lang es"),
)
@guarded
def template(
    explain: Annotated[bool, typer.Option("--explain", help="Say what may stand in each column.")] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Write an empty table to fill in, with a column for everything that a place may say."""
    kb = load_knowledge(knowledge, None)
    if as_json:
        print_json(view.columns_json(kb, Say(lang)))
    elif explain:
        view.show_columns(kb, Say(lang), Terminal())
    else:
        for line in to_table(terms_of(kb), []):
            typer.echo(line.rstrip("\n"))


@directory_app.command(
    epilog=examples("trellis directory merge", "trellis directory merge p33c56fc5a6a8 p14aa3125957d"),
)
@guarded
def merge(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID ID", help="The place that is kept, and the other.")
    ] = None,
    directory: Place = Path(USUAL_FILE),
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    as_of: AsOf = None,
) -> None:
    """Show what may be one place twice; with two ids, join them. Nothing is lost: `undo` takes it back."""
    day = read_day(as_of) or date.today()
    say, term = Say(lang), Terminal()
    with Directory(directory, load_knowledge(knowledge, None)) as opened:
        if not ids:
            doubles = find_doubles(opened, opened.apart)
            if as_json:
                print_json([one._asdict() for one in doubles])
            else:
                view.show_doubles(opened, doubles, say, term)
            return
        if len(ids) != 2 or ids[0] == ids[1]:
            raise typer.BadParameter("Give two ids: the place that is kept, and the other.", param_hint="ID ID")
        kept, merged = (_place(opened, one) for one in ids)
        if kept.id == merged.id:
            raise AnswerError([Problem(ids[1], f"is joined with [{ids[0]}] already.", "Nothing is to be done.")])
        with opened.writing():
            opened.merge(Merge(merged.id, kept.id, day.isoformat(), "by hand"))
            opened.index_all([merged.id, kept.id])
        if as_json:
            print_json({"kept": kept.id, "merged": merged.id})
        else:
            told = {"kept": view.short(kept), "merged": view.short(merged), "id": merged.id}
            term.text(say("directory.merged_told", **told))


@directory_app.command(epilog=examples("trellis directory undo", "trellis directory undo p14aa3125957d"))
@guarded
def undo(
    id_: Annotated[str | None, typer.Argument(metavar="ID", help="The entry that was joined to another.")] = None,
    directory: Place = Path(USUAL_FILE),
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Show which entries were joined; with an id, take that apart again. The two then stay apart."""
    say, term = Say(lang), Terminal()
    with Directory(directory, load_knowledge(knowledge, None)) as opened:
        merges = opened.merges
        if id_ is None:
            if as_json:
                print_json([one._asdict() for one in merges])
            else:
                view.show_merges(opened, merges, say, term)
            return
        found = next((one for one in merges if one.merged == id_), None)
        if found is None:
            known = [one.merged for one in merges]
            remedy = did_you_mean(id_, known) or "`trellis directory undo` shows what was joined."
            raise DirectoryError([Problem(id_, "was not joined to another.", remedy)])
        with opened.writing():
            opened.undo_merge(found)
            opened.index_all([found.merged, found.kept])
        if as_json:
            print_json(found._asdict())
        else:
            names = [view.short(_place(opened, name)) for name in (found.merged, found.kept)]
            term.text(say("directory.undone", merged=names[0], kept=names[1]))


def _place(opened: Directory, name: str) -> Programme:
    found = opened.get(name)
    if found is None:
        remedy = did_you_mean(name, [one.id for one in opened]) or "`trellis directory merge` shows ids."
        raise DirectoryError([Problem(name, "is no place of this directory.", remedy)])
    return found
