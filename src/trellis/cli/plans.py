"""``trellis plan``: make an individual plan, show it, review it with new answers, print it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import trellis
from trellis.account import inside_of
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
    Role,
    examples,
    group,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.panel import show as show_panel
from trellis.cli.person_file import for_person
from trellis.cli.plan_review import dangers, review_view, show_review
from trellis.cli.terminal import Terminal
from trellis.errors import AnswerError, KnowledgeError, Problem
from trellis.library.knowledge import Knowledge
from trellis.plans import Checked, Plan, check_plan, make_plan, read_plan, review
from trellis.plans.printable import unescaped
from trellis.plans.render import Layout, to_html, to_json, to_markdown, to_pdf, view_of
from trellis.say import Say

Format = Literal["md", "html", "pdf", "json"]
SAVED = "A plan holds personal answers: the file can be read by this account only."

plan_app = group(
    "plan", "Make an individual plan from a recommendation and the person's own words; review it; print it."
)

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Save the plan here, as JSON.")]
Saved = Annotated[Path, typer.Argument(metavar="PLAN", help="A saved plan.")]
Whole = Annotated[bool, typer.Option("--full", help="The full plan for the team, not the short form.")]
Over = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@plan_app.command(
    name="new",
    epilog=examples(
        "trellis plan new examples/stepping-down.yaml",
        "trellis plan new answers.yaml --out plan.json",
        "trellis plan new answers.yaml --full --role clinician --lang es",
    ),
)
@guarded
def new(
    file: File,
    out: Out = None,
    force: Over = False,
    full: Whole = False,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Make a plan from the answers in a file.

    The file holds `answers:`, and below `person:` what the person and the team say: aims, strengths, what they prefer,
    medications, safety plan, team. See docs/plans.md.
    """
    rec, person, _, _ = for_person(file, knowledge, parameters, as_of, lang)
    plan = make_plan(rec, person)
    _save(plan, out, over=force)
    if as_json:
        print_json(json.loads(to_json(plan)))
        return
    _show(rec.kb, plan, "full" if full else "page", lang, role)
    if out is not None:
        Terminal().text(f"{SAVED} {out}")


@plan_app.command(name="show", epilog=examples("trellis plan show plan.json", "trellis plan show plan.json --full"))
@guarded
def show(
    plan: Saved,
    full: Whole = False,
    version: Annotated[int | None, typer.Option("--version", help="An earlier version, by its number.")] = None,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Show a saved plan: the short form, or all of it with --full."""
    chosen = _version(_read(plan), version, plan)
    kb = _knowledge_of(chosen, knowledge)
    found = check_plan(kb, chosen, today=date.today())
    if as_json:
        print_json(json.loads(to_json(chosen, view_of(kb, chosen, lang=lang, role=role, found=found))))
        return
    _show(kb, chosen, "full" if full else "page", lang, role, found)


@plan_app.command(
    name="review",
    epilog=examples(
        "trellis plan review plan.json new-answers.yaml", "trellis plan review plan.json new.yaml --out plan2.json"
    ),
)
@guarded
def review_plan(
    plan: Saved,
    answers: File,
    out: Out = None,
    force: Over = False,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    as_of: AsOf = None,
) -> None:
    """Review a plan with new answers: what changed, goals met, still needed, and the step down or up it proposes."""
    old = _read(plan)
    gathered = gather_case(answers)
    kb = _knowledge_of(old, knowledge)
    day = read_day(as_of) or gathered.case.as_of or date.today()
    with danger_first(kb, gathered, day) as case:
        # A saved interview always holds `places`, even where nobody was asked: only a file somebody wrote frees them.
        said = "places" in case.has and not case.digest
        places = case.places if case.places or said else None
        found = review(kb, old, case.answers, as_of=day, person=case.person or None, places=places)
    _save(found.plan, out, over=force)
    if as_json:
        told = {"notices": list(review_view(found, lang, role).notices)}
        print_json(found.to_json() | {"checked": found.checked.to_json() | told})
        return
    term = Terminal()
    show_panel(kb, dangers(found.rec, found.plan), Say(lang), term, role, inside_of(found.rec))
    show_review(found, lang, role, term)
    if out is not None:
        term.text(f"{SAVED} {out}")


@plan_app.command(
    name="print",
    epilog=examples(
        "trellis plan print plan.json --out plan.pdf",
        "trellis plan print plan.json --layout page --lang es --out mi-plan.html",
        "trellis plan print plan.json --format md",
    ),
)
@guarded
def print_plan(
    plan: Saved,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; its ending says how.")] = None,
    form: Annotated[Format | None, typer.Option("--format", help="Markdown, HTML, tagged PDF or JSON.")] = None,
    layout: Annotated[Layout, typer.Option("--layout", help="Short, for the person, or all, for the team.")] = "full",
    force: Over = False,
    version: Annotated[int | None, typer.Option("--version", help="An earlier version, by its number.")] = None,
    role: Role = "person",
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Print a saved plan as Markdown, HTML, tagged PDF or JSON."""
    chosen = _version(_read(plan), version, plan)
    kb = _knowledge_of(chosen, knowledge)
    wanted: Format = form or _by_ending(out)
    if wanted == "pdf" and out is None:
        raise typer.BadParameter("a PDF needs --out FILE.", param_hint="--out")
    found = check_plan(kb, chosen, today=date.today())
    view = view_of(kb, chosen, lang=lang, role=role, found=found)
    text = {
        "md": lambda: to_markdown(kb, chosen, layout=layout, lang=lang, role=role, found=found).encode(),
        "html": lambda: to_html(kb, chosen, layout=layout, lang=lang, role=role, found=found).encode(),
        "pdf": lambda: to_pdf(kb, chosen, layout=layout, lang=lang, role=role, found=found),
        "json": lambda: to_json(chosen, view).encode(),
    }[wanted]()
    if out is None:
        typer.echo(text.decode("utf-8"), nl=False)
        return
    save.put(out, text, over=force)
    if found.edited:
        # Nobody may look at the file before it is handed over. What was edited stands in it, not here.
        typer.echo(view.say("plan.edited" if found.seal == "broken" else "plan.edited_or_older"), err=True)


def _by_ending(out: Path | None) -> Format:
    if out is None:
        return "md"
    endings: dict[str, Format] = {".md": "md", ".html": "html", ".htm": "html", ".pdf": "pdf", ".json": "json"}
    if out.suffix.lower() not in endings:
        raise typer.BadParameter(f"[{out.suffix}] is no known ending: give --format.", param_hint="--out")
    return endings[out.suffix.lower()]


def _read(path: Path) -> Plan:
    try:
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AnswerError([Problem(str(path), "there is no such file.", "Check the name.")]) from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        kind = type(error).__name__
        message = f"is not a saved plan ({kind})."
        raise AnswerError([Problem(str(path), message, "Make one with `trellis plan new FILE --out PLAN`.")]) from None
    return read_plan(raw, str(path))


def _version(plan: Plan, number: int | None, path: Path) -> Plan:
    if number is None or number == plan.version:
        return plan
    for place, earlier in enumerate(plan.earlier):
        if earlier.version == number:
            return earlier.model_copy(update={"earlier": plan.earlier[:place]})
    there = ", ".join(str(one.version) for one in (*plan.earlier, plan))
    raise AnswerError([Problem(str(path), f"has no version [{number}].", f"It has {there}.")])


def _knowledge_of(plan: Plan, folder: Path | None) -> Knowledge:
    """The knowledge with the site's parameters of the plan, as far as it still has them: else the digest differs."""
    given = plan.basis.get("parameters")
    if not isinstance(given, dict):
        return load_knowledge(folder, None)
    try:
        return trellis.load(folder, parameters=given)
    except KnowledgeError:
        kb = load_knowledge(folder, None)  # what is wrong with the knowledge itself is told here
        allowed = {name: one.allowed for name, one in kb.parameter_definitions.items()}
        return trellis.load(folder, parameters={n: v for n, v in given.items() if v in allowed.get(n, ())})


def _save(plan: Plan, out: Path | None, *, over: bool) -> None:
    if out is not None:
        save.put(out, to_json(plan).encode("utf-8"), over=over)


def _show(kb: Knowledge, plan: Plan, layout: Layout, lang: str, role: str, found: Checked | None = None) -> None:
    term = Terminal()
    found = found or check_plan(kb, plan)
    # Danger as the answers give it, whatever somebody wrote into the plan.
    told = dangers(found.rec, plan)
    show_panel(kb, told, Say(lang), term, role, inside_of(found.rec))
    above = [danger.id for danger in told]
    page = to_markdown(kb, plan, layout=layout, lang=lang, role=role, found=found, above=above)
    show_markdown(page, term)
    if layout == "page":
        view = view_of(kb, plan, lang=lang, role=role, found=found)
        if view.gaps:
            term.subheading(view.say("plan.gaps"))
            term.bullets(view.text(gap.says) for gap in view.gaps)


def show_markdown(text: str, term: Terminal) -> None:
    """The plain Markdown of a plan on the terminal: headings, lists, tables as lines, paragraphs wrapped."""
    header: list[str] = []
    for line in text.splitlines():
        bare = unescaped(re.sub(r"\*+([^*]+)\*+", r"\1", line).strip())
        if line.startswith("# "):
            term.heading(bare[2:])
        elif line.startswith(("## ", "### ")):
            term.subheading(bare.lstrip("# "))
        elif line.startswith("| "):
            cells = [unescaped(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            if not header:
                header = cells
            elif not set(cells[0]) <= {"-"}:
                # A comma after a full stop would be wrong, so cells of whole sentences are set apart otherwise.
                between = "; " if any(cell.endswith(".") for cell in cells[1:]) else ", "
                rest = between.join(cell.removesuffix(".") if between == "; " else cell for cell in cells[1:])
                term.bullets([f"{cells[0]} — {rest}"])
        elif bare.startswith("- "):
            term.bullets([bare[2:]])
        elif re.match(r"\d+\. ", bare):
            head, _, rest = bare.partition(" ")
            term.text(rest, indent=f"{head:>4} ", hanging="     ")
        elif bare == "---":
            term.line()
        elif bare:
            term.text(bare)
        if not line.startswith("| "):
            header = []
