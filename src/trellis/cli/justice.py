"""``trellis justice``: track, program hours, release plan and the report by consent, from one person's file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import asdict
from datetime import date
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import trellis
from trellis.account import CUSTODY, inside_of
from trellis.cli import save
from trellis.cli.deciding import danger_first
from trellis.cli.inputs import Gathered, gather_case, read_day, tell_problems
from trellis.cli.options import (
    AsJson,
    AsOf,
    Exit,
    File,
    Folder,
    Lang,
    Parameters,
    examples,
    group,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.panel import help_json
from trellis.cli.panel import show as show_panel
from trellis.cli.plans import show_markdown
from trellis.cli.terminal import Terminal
from trellis.decide import Recommendation
from trellis.errors import AnswerError, Problem
from trellis.justice.assessment import Assessment, read_assessment
from trellis.justice.consent import ConsentError
from trellis.justice.page import FOR_SOMEBODY_CLOSE, Page, PageKind, Role, page_of
from trellis.justice.reentry import is_held, tells_of_custody
from trellis.justice.render import to_html, to_markdown, to_pdf
from trellis.justice.report import own_copy, report_of
from trellis.justice.told import with_justice
from trellis.kinds.justice import REPORT_PARTS
from trellis.library.knowledge import Knowledge
from trellis.say import Say

PageFormat = Literal["md", "html", "pdf"]
ENDINGS: dict[str, PageFormat] = {".md": "md", ".html": "html", ".htm": "html", ".pdf": "pdf"}
RENDER: dict[PageFormat, Callable[[Page], bytes]] = {
    "md": lambda page: to_markdown(page).encode(),
    "html": lambda page: to_html(page).encode(),
    "pdf": to_pdf,
}
SAVED = "It holds personal answers: the file can be read by this account only."

justice_app = group(
    "justice", "Court, supervision and custody: track, program hours, release plan, and the report by consent."
)

Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write a page here: .md, .html or a tagged .pdf.")
]
Reader = Annotated[
    Role,
    typer.Option("--role", help="Whose page: the person's, the team's, or that of somebody close (reentry only)."),
]
Over = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


SHEETS: dict[PageKind, tuple[str, tuple[str, ...]]] = {
    "track": (
        """Risk by clinical need with the reasons, what to work on, and which court may apply.

        The file holds `answers:` and, below `justice:`, what docs/justice.md names. A risk never changes the level of
        care.
        """,
        ("trellis justice track answers.yaml", "trellis justice track answers.yaml --role clinician"),
    ),
    "dose": (
        "Program hours by risk, counted against attendance; none at low risk.",
        ("trellis justice dose answers.yaml", "trellis justice dose answers.yaml --lang es"),
    ),
    "reentry": (
        "The plan for leaving custody: what, who and by when, and rules that collide.",
        (
            "trellis justice reentry answers.yaml --role loved_one",
            "trellis justice reentry answers.yaml --lang es --out salida.pdf",
        ),
    ),
}


def _add(sheet: PageKind) -> None:
    """Add the command of one page: all of them take the same."""
    what, shown = SHEETS[sheet]

    @justice_app.command(name=sheet, help=cleandoc(what), epilog=examples(*shown))
    @guarded
    def command(
        file: File,
        out: Out = None,
        force: Over = False,
        role: Reader = "person",
        as_json: AsJson = False,
        lang: Lang = "en",
        knowledge: Folder = None,
        parameters: Parameters = None,
        as_of: AsOf = None,
    ) -> None:
        _show(sheet, file, out, force, role, as_json, lang, knowledge, parameters, as_of)


for _sheet in SHEETS:
    _add(_sheet)


@justice_app.command(
    name="report",
    epilog=examples(
        "trellis justice report answers.yaml --to court",
        'trellis justice report answers.yaml --to "Judge Ortiz" --part attendance --out report.pdf',
        "trellis justice report answers.yaml --copy",
    ),
)
@guarded
def report(
    file: File,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHO", help="Who receives it, by name or role, as the consent says.")
    ] = None,
    part: Annotated[
        list[str] | None,
        typer.Option("--part", metavar="PART", help=f"Only this: {', '.join(REPORT_PARTS)}. May be repeated."),
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="The person's own copy: what is shared, and how to end it.")] = (
        False
    ),
    out: Out = None,
    force: Over = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """A report for a court or for supervision, of nothing but what a consent names.

    It tells attendance, setting, milestones and what helps, never answers or what was said. Without a consent that
    holds it is refused: what whoever asked may be told is printed, and why goes to standard error.
    """
    if copy == (to is not None):
        raise typer.BadParameter("give either --to WHO or --copy.", param_hint="--to")
    for name in part or ():
        if name not in REPORT_PARTS or copy:
            what = "goes with --to alone." if copy else f"[{name}] may be {', '.join(REPORT_PARTS)}."
            raise typer.BadParameter(what, param_hint="--part")
    form = _form(out)
    given = read_day(as_of)
    gathered = gather_case(file)
    kb = load_knowledge(knowledge, parameters, gathered.case)
    day = given or gathered.case.as_of or date.today()
    rec, read = _read(kb, gathered, day)
    term = Terminal()
    # Danger is for whoever works with the file: it never goes the way that the report of a recipient goes.
    with redirect_stdout(sys.stdout if copy and not as_json else sys.stderr):
        here = kb.inside_now[CUSTODY] if is_held(rec, read) else inside_of(rec)
        show_panel(kb, rec.urgent, Say(lang), Terminal(), "person" if copy else "clinician", here)
    if to is None:
        page = own_copy(kb, read, as_of=day, lang=lang)
    else:
        try:
            page = report_of(kb, read, to=to, parts=part or (), as_of=day, given_on=date.today(), lang=lang)
        except ConsentError as refused:
            # Told here and not where all errors are told: there --json would print the reason.
            if as_json:
                print_json({"refused": refused.for_recipient(lang)})
            else:
                term.text(refused.for_recipient(lang))
            tell_problems(refused)
            raise typer.Exit(Exit.WRONG_INPUT) from None
    _give(page, out, form, term, over=force, plain={"page": asdict(page)} if as_json else None)


def _form(out: Path | None) -> PageFormat:
    form = ENDINGS.get(out.suffix.lower()) if out is not None else "md"
    if form is None:
        raise typer.BadParameter(f"[{out.suffix if out else ''}] is no known ending.", param_hint="--out")
    return form


def _give(
    page: Page, out: Path | None, form: PageFormat, term: Terminal, *, over: bool, plain: dict[str, Any] | None
) -> None:
    """Save the page, or show it, or print plain values."""
    if out is not None:
        save.put(out, RENDER[form](page), over=over)
    if plain is not None:
        print_json(plain)
    elif out is not None:
        term.text(f"{SAVED} {out}")
    else:
        show_markdown(to_markdown(page), term)


def _read(
    kb: Knowledge, gathered: Gathered, day: date, sheet: PageKind | None = None
) -> tuple[Recommendation, Assessment]:
    """What is decided for a file, and its justice part. Every fault of both is told at once."""
    with danger_first(kb, gathered, day) as case:
        problems: list[Problem] = []
        rec = read = None
        answers: Mapping[str, Any] = case.answers
        try:
            read = read_assessment(kb, case.justice, as_of=day)
            answers = with_justice(kb, answers, read, as_of=day)
        except AnswerError as error:
            problems += error.problems
        try:
            rec = trellis.decide(kb, answers, as_of=day, places=case.places)
        except AnswerError as error:
            problems += error.problems
        if rec and read and sheet == "reentry" and not tells_of_custody(rec, read):
            what = "says nothing of custody, and this plan is for somebody who leaves it."
            problems.append(Problem("justice", what, "Write below `justice:` custody: {place: jail}."))
        if problems or rec is None or read is None:
            raise AnswerError(problems)
    return rec, read


def _show(
    sheet: PageKind,
    file: str,
    out: Path | None,
    force: bool,
    role: Role,
    as_json: bool,
    lang: str,
    knowledge: Path | None,
    parameters: list[str] | None,
    as_of: str | None,
) -> None:
    form = _form(out)
    if role == "loved_one" and sheet not in FOR_SOMEBODY_CLOSE:
        raise typer.BadParameter(f"[{sheet}] has no page for somebody close: only reentry has.", param_hint="--role")
    given = read_day(as_of)
    gathered = gather_case(file)
    kb = load_knowledge(knowledge, parameters, gathered.case)
    day = given or gathered.case.as_of or date.today()
    rec, read = _read(kb, gathered, day, sheet)
    # The panel sends to 911 and an emergency room; in custody, to the staff there.
    here = kb.inside_now[CUSTODY] if is_held(rec, read) else inside_of(rec)
    on_screen = out is None and not as_json
    page = page_of(rec, read, sheet, as_of=day, lang=lang, role=role, told_above=on_screen)
    term, plain = Terminal(), None
    if as_json:
        urgent: list[Any] = [help_json(kb, view.id, Say(lang), here) for view in rec.urgent]
        plain = {"urgent": urgent, "page": asdict(page), "provenance": rec.provenance.to_json()}
    else:
        show_panel(kb, rec.urgent, Say(lang), term, role, here)
    _give(page, out, form, term, over=force, plain=plain)
