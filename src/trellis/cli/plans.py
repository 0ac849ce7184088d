"""``trellis plan``: make an individual plan, show it, review it with new answers, print it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from trellis.cli import save
from trellis.cli.deciding import danger_first
from trellis.cli.inputs import gather_case, read_day
from trellis.cli.messages import Say
from trellis.cli.options import (
    AsJson,
    AsOf,
    File,
    Folder,
    Lang,
    Parameters,
    Role,
    examples,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.panel import show as show_panel
from trellis.cli.person_file import for_person
from trellis.cli.terminal import Terminal
from trellis.decide.recommendation import Recommendation
from trellis.model.errors import AnswerError, Problem
from trellis.model.knowledge import Knowledge
from trellis.plans import Plan, Review, differences, make_plan, read_plan, review
from trellis.plans.render import Layout, to_html, to_json, to_markdown, to_pdf
from trellis.plans.view import PlanView

Format = Literal["md", "html", "pdf", "json"]
SAVED = "A plan holds personal answers: the file can be read by this account only."

plan_app = typer.Typer(
    name="plan",
    help="Make an individual plan from a recommendation and the person's own words; review it; print it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Save the plan here, as JSON.")]
Saved = Annotated[Path, typer.Argument(metavar="PLAN", help="A saved plan.")]
Whole = Annotated[bool, typer.Option("--full", help="The full plan for the team, not the one page.")]
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
    rec, person, _ = for_person(file, knowledge, parameters, as_of)
    kb, plan = rec.kb, make_plan(rec, person)
    _save(plan, out, over=force)
    if as_json:
        print_json(json.loads(to_json(plan)))
        return
    _show(kb, plan, "full" if full else "page", lang, role, rec=rec)
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
    """Show a saved plan: one page, or all of it with --full."""
    chosen = _version(_read(plan), version, plan)
    kb = _knowledge_of(chosen, knowledge)
    if as_json:
        print_json(json.loads(to_json(chosen)))
        return
    _show(kb, chosen, "full" if full else "page", lang, role)


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
        places = case.places or None
        found = review(kb, old, case.answers, as_of=day, person=case.person or None, places=places)
    _save(found.plan, out, over=force)
    if as_json:
        print_json(found.to_json())
        return
    term = Terminal()
    if found.rec.urgent:
        show_panel(kb, found.rec.urgent, Say(lang), term, role)
    _show_review(found, lang, role, term)
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
    layout: Annotated[Layout, typer.Option("--layout", help="One page for the person, or all for the team.")] = "full",
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
    if wanted == "pdf":
        if out is None:
            raise typer.BadParameter("a PDF needs --out FILE.", param_hint="--out")
        save.put(out, to_pdf(kb, chosen, layout=layout, lang=lang, role=role), over=force)
        return
    text = {
        "md": lambda: to_markdown(kb, chosen, layout=layout, lang=lang, role=role),
        "html": lambda: to_html(kb, chosen, layout=layout, lang=lang, role=role),
        "json": lambda: to_json(chosen),
    }[wanted]()
    if out is None:
        typer.echo(text, nl=False)
    else:
        save.put(out, text.encode("utf-8"), over=force)


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
    for earlier in plan.earlier:
        if earlier.version == number:
            return earlier
    there = ", ".join(str(one.version) for one in (*plan.earlier, plan))
    raise AnswerError([Problem(str(path), f"has no version [{number}].", f"It has {there}.")])


def _knowledge_of(plan: Plan, folder: Path | None) -> Knowledge:
    pairs = [f"{name}={value}" for name, value in plan.basis.get("parameters", {}).items()]
    return load_knowledge(folder, pairs)


def _save(plan: Plan, out: Path | None, *, over: bool) -> None:
    if out is not None:
        save.put(out, to_json(plan).encode("utf-8"), over=over)


def _show(
    kb: Knowledge, plan: Plan, layout: Layout, lang: str, role: str, *, rec: Recommendation | None = None
) -> None:
    term = Terminal()
    if rec is not None and rec.urgent:
        show_panel(kb, rec.urgent, Say(lang), term, role)
        plan = plan.model_copy(update={"urgent": ()})
    show_markdown(to_markdown(kb, plan, layout=layout, lang=lang, role=role), term)
    if layout == "page":
        view = PlanView(kb, plan, lang, role)
        if view.gaps:
            term.subheading(view.say("gaps"))
            term.bullets(view.text(gap.says) for gap in view.gaps)


def show_markdown(text: str, term: Terminal) -> None:
    """The plain Markdown of a plan on the terminal: headings, lists, tables as lines, paragraphs wrapped."""
    header: list[str] = []
    for line in text.splitlines():
        line = line.replace("\\<", "<")
        bare = re.sub(r"\*+([^*]+)\*+", r"\1", line).strip()
        if line.startswith("# "):
            term.heading(bare[2:])
        elif line.startswith(("## ", "### ")):
            term.subheading(bare.lstrip("# "))
        elif line.startswith("| "):
            cells = [cell.strip() for cell in bare.strip("|").split("|")]
            if not header:
                header = cells
            elif not set(cells[0]) <= {"-"}:
                term.bullets([f"{cells[0]} — {', '.join(cells[1:])}"])
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


def _show_review(found: Review, lang: str, role: str, term: Terminal) -> None:
    kb = found.rec.kb
    view = PlanView(kb, found.plan, lang, role)
    before = PlanView(kb, found.before, lang, role)
    say = view.say
    term.heading(say("review_title", as_of=view.day(found.rec.as_of)))
    term.text(say(f"step_{found.step}"), style="bold")
    term.text(f"{say('now')}: {before.now} → {view.now}" if before.now != view.now else f"{say('now')}: {view.now}")
    term.subheading(say("reasons"))
    reasons = [say("arose", need=view.need(name)) for name in found.needs_new]
    reasons += [say("passed", need=view.need(name)) for name in found.needs_cleared if name in kb.needs]
    reasons += [
        say("holds", need=one.text) for one in view.because if one.text not in {view.need(n) for n in found.needs_new}
    ]
    term.bullets(reasons)
    term.subheading(say("changed"))
    term.bullets(_changes(found, view) or [say("nothing_changed")])
    for key in ("goals_met", "goals_open", "goals_kept", "goals_new"):
        names = getattr(found, key)
        if names:
            term.subheading(say(key))
            owner = found.plan if key == "goals_new" else found.before
            term.bullets(view.words(goal.goal) for name in names if (goal := owner.goal(name)) is not None)
    if found.outdated:
        term.text(say("outdated", names=", ".join(found.outdated)))
    if found.other_knowledge:
        term.text(say("other_knowledge"))
    shown = differences(found.before, found.plan)
    if shown:
        term.subheading(say("differences", before=found.before.version, after=found.plan.version))
        for one in shown:
            parts = [
                say(key, names=_names(view, one.part, names))
                for key, names in (("gone", one.only_before), ("come", one.only_after))
                if names
            ]
            term.bullets([f"{say(f'part_{one.part}')}: {'; '.join(parts)}"])
    term.line()
    term.text(
        say(
            "version",
            version=found.plan.version,
            made_on=view.day(found.plan.made_on),
            review_on=view.day(found.plan.review_on),
        )
    )
    term.text(say("not_reviewed_clinician" if role == "clinician" else "not_reviewed"))


def _changes(found: Review, view: PlanView) -> list[str]:
    kb = found.rec.kb
    lines = []
    for change in found.changed:
        fact = kb.facts[change.fact]
        label = fact.question.for_role(view.role).in_language(view.lang)
        if change.before[0] == change.before[1] and change.after[0] != change.after[1]:
            lines.append(view.say("ask_again", fact=label))
            continue
        steps = {step.id: step.in_language(view.lang) for step in fact.scale}
        before, after = (
            steps[ends[0]] if ends[0] == ends[1] else f"{steps[ends[0]]} … {steps[ends[1]]}"
            for ends in (change.before, change.after)
        )
        lines.append(view.say("changed_row", fact=label, before=before, after=after))
    return lines


def _names(view: PlanView, part: str, names: tuple[str, ...]) -> str:
    kb = view.kb
    known = {
        "goals": lambda name: _goal_words(view, name),
        "interventions": lambda name: view.approach(name) if name in kb.approaches else name,
        "services": lambda name: view.service(name) if name in kb.services else name,
        "placing": lambda name: " + ".join(view.setting(one) for one in name.split("+")),
        "urgent": lambda name: view.text(kb.urgent[name].title) if name in kb.urgent else name,
    }.get(part, str)
    return "; ".join(known(name) for name in names)


def _goal_words(view: PlanView, name: str) -> str:
    goal = view.plan.goal(name)
    if goal is not None:
        return view.words(goal.goal)
    return view.words(view.kb.goals[name].goal) if name in view.kb.goals else name
