"""``trellis justice``: the track, the program hours and the release plan from one person's file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import trellis
from trellis.cli import save
from trellis.cli.deciding import danger_first
from trellis.cli.inputs import gather_case, read_day
from trellis.cli.options import (
    AsJson,
    AsOf,
    File,
    Folder,
    Lang,
    Parameters,
    examples,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.panel import help_json
from trellis.cli.panel import show as show_panel
from trellis.cli.plans import show_markdown
from trellis.cli.terminal import Terminal
from trellis.errors import AnswerError, Problem
from trellis.justice.assessment import read_assessment
from trellis.justice.page import FOR_SOMEBODY_CLOSE, Page, PageKind, Role, page_of
from trellis.justice.reentry import is_held, tells_of_custody
from trellis.justice.render import to_html, to_markdown, to_pdf
from trellis.say import Say

PageFormat = Literal["md", "html", "pdf"]
ENDINGS: dict[str, PageFormat] = {".md": "md", ".html": "html", ".htm": "html", ".pdf": "pdf"}
RENDER: dict[PageFormat, Callable[[Page], bytes]] = {
    "md": lambda page: to_markdown(page).encode(),
    "html": lambda page: to_html(page).encode(),
    "pdf": to_pdf,
}
SAVED = "It holds personal answers: the file can be read by this account only."

justice_app = typer.Typer(
    name="justice",
    help="Court, supervision and custody: the track, the program hours, and the plan for release.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
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
    form = ENDINGS.get(out.suffix.lower()) if out is not None else "md"
    if form is None:
        raise typer.BadParameter(f"[{out.suffix if out else ''}] is no known ending.", param_hint="--out")
    if role == "loved_one" and sheet not in FOR_SOMEBODY_CLOSE:
        raise typer.BadParameter(f"[{sheet}] has no page for somebody close: only reentry has.", param_hint="--role")
    given = read_day(as_of)
    gathered = gather_case(file)
    kb = load_knowledge(knowledge, parameters, gathered.case)
    day = given or gathered.case.as_of or date.today()
    with danger_first(kb, gathered, day) as case:
        problems: list[Problem] = []
        rec = read = None
        try:
            rec = trellis.decide(kb, case.answers, as_of=day, places=case.places)
        except AnswerError as error:
            problems += error.problems
        try:
            read = read_assessment(kb, case.justice, as_of=day)
        except AnswerError as error:
            problems += error.problems
        if rec and read and sheet == "reentry" and not tells_of_custody(rec, read):
            what = "says nothing of custody, and this plan is for somebody who leaves it."
            problems.append(Problem("justice", what, "Write below `justice:` custody: {place: jail}."))
        if problems or rec is None or read is None:
            raise AnswerError(problems)
    # The panel sends to 911 and an emergency room. What holds for somebody in custody stands on top of the page.
    panel = role == "clinician" or out is not None or not is_held(read)
    on_screen = out is None and not as_json
    page = page_of(rec, read, sheet, as_of=day, lang=lang, role=role, told_above=panel and on_screen)
    if out is not None:
        save.put(out, RENDER[form](page), over=force)
    if as_json:
        urgent: list[Any] = [help_json(kb, view.id, Say(lang)) for view in rec.urgent]
        print_json({"urgent": urgent, "page": asdict(page), "provenance": rec.provenance.to_json()})
        return
    term = Terminal()
    if panel:
        show_panel(kb, rec.urgent, Say(lang), term, role)
    if out is not None:
        term.text(f"{SAVED} {out}")
        return
    show_markdown(to_markdown(page), term)
