"""The command line: ``trellis``. Every command has ``--help`` with examples; the exit codes are for scripts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

import trellis
from trellis.account import to_json
from trellis.cli import (
    approaches,
    basis,
    checks,
    clinician,
    compare,
    example,
    instruments,
    lists,
    public,
    values,
)
from trellis.cli import ask as asking
from trellis.cli.deciding import decide_file
from trellis.cli.ends import Commands
from trellis.cli.evidence import evidence_app
from trellis.cli.guide import guide_app
from trellis.cli.inputs import read_day
from trellis.cli.messages import Say
from trellis.cli.options import (
    AsJson,
    AsOf,
    Exit,
    File,
    Folder,
    Lang,
    Parameters,
    Role,
    Whole,
    examples,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.plans import plan_app
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.prove import check as check_knowledge

EPILOG = """\b
Exit codes: 0 fine (decide: settled); 1 wrong input; 2 wrong usage; 3 check or
prove found errors; 4 decide: not settled; 5 decide: danger is present;
70 a fault in the program; 74 the output cannot be written; 130 Ctrl-C;
141 nobody reads the output any more."""

app = typer.Typer(
    name="trellis",
    cls=Commands,
    help="Find the least restrictive care setting that is still safe and sufficient, with every reason.\n\n"
    "Decision support for mental health and substance use. Not clinically reviewed, not validated.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"trellis {trellis.__version__}")
        raise typer.Exit


@app.callback(epilog=EPILOG)
def start(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="The version, and nothing more.")
    ] = False,
) -> None:
    """Find the least restrictive care setting that is still safe and sufficient, with every reason.

    Decision support for mental health and substance use. Not clinically reviewed, not validated.
    """


@app.command(epilog=examples("trellis ask", "trellis ask --lang es", "trellis ask --role clinician"))
@guarded
def ask(
    role: Role = "person",
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Ask, one question at a time, and show the result.

    Nothing is kept unless you save it.
    """
    day = read_day(as_of) or date.today()
    kb = load_knowledge(knowledge, parameters)
    asking.Conversation(kb, day, Say(lang), Terminal(), role).run()


@app.command(
    epilog=examples(
        "trellis decide answers.yaml",
        "trellis decide saved.json --role clinician --all",
        "trellis decide - --json < answers.yaml",
        "trellis decide answers.yaml --as-of 2026-11-23 --set ciwa_severe_from=19",
    )
)
@guarded
def decide(
    file: File,
    role: Role = "person",
    whole: Whole = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Decide for the answers in a file, and show the result on a page.

    The file holds `answers:` and, if you like, `as_of:`, `places:` and `parameters:`.

    Exit code: 0 settled, 4 not settled, 5 danger is present, 1 wrong input.
    """
    rec, _, other = decide_file(file, knowledge, parameters, as_of, lang)
    say, term = Say(lang), Terminal()
    view = View(rec, say, term, role)
    if as_json:
        plain = to_json(rec) | {"names": view.names()} if role == "clinician" else public.to_json(view)
        print_json(plain | {"other_knowledge": other})
    else:
        if other:
            term.text(say("other_knowledge"))
        (clinician if role == "clinician" else public).short(view, whole=whole)
    raise typer.Exit(Exit.DANGER if rec.urgent else Exit.FINE if rec.settled else Exit.NOT_SETTLED)


@app.command(epilog=examples("trellis explain answers.yaml", "trellis explain saved.json --role clinician --lang es"))
@guarded
def explain(
    file: File,
    role: Role = "person",
    whole: Whole = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Show the result with its whole basis.

    Every reason with its words, facts, rule and sources; what each place would lack and who asks. With --all also what
    is folded under a reason, what is ruled out, and what is still open.
    """
    rec, _, other = decide_file(file, knowledge, parameters, as_of, lang)
    say, term = Say(lang), Terminal()
    view = View(rec, say, term, role)
    if as_json:
        plain = to_json(rec) | {"names": view.names()} if role == "clinician" else public.to_json(view)
        print_json(plain | {"other_knowledge": other})
        return
    if other:
        term.text(say("other_knowledge"))
    (clinician if role == "clinician" else public).short(view)
    basis.show(view, whole=whole)


compare.register(app)
approaches.register(app)
values.register(app)
instruments.register(app)
example.register(app)


@app.command(name="settings", epilog=examples("trellis settings", "trellis settings --role clinician"))
@guarded
def list_settings(role: Role = "person", as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None) -> None:
    """List the settings.

    With what can be joined to them, and what helps in a crisis.
    """
    kb = load_knowledge(knowledge, None)
    if as_json:
        print_json(lists.settings_json(kb))
        return
    lists.show_settings(kb, Say(lang), Terminal(), role)


@app.command(name="facts", epilog=examples("trellis facts", "trellis facts --domain harm", "trellis facts --json"))
@guarded
def list_facts(
    domain: Annotated[str | None, typer.Option("--domain", help="Only this domain, such as harm.")] = None,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """List what can be known of a person.

    Names, questions and values, as a file for `trellis decide` uses them.
    """
    kb = load_knowledge(knowledge, parameters)
    chosen = lists.facts(kb, domain)
    if as_json:
        print_json(lists.facts_json(kb, chosen, everything=domain is None))
        return
    lists.show_facts(kb, chosen, Say(lang), Terminal(), role, everything=domain is None)


@app.command(
    name="needs",
    epilog=examples("trellis needs --dimension withdrawal --role clinician", "trellis needs --setting iop"),
)
@guarded
def list_needs(
    dimension: Annotated[str | None, typer.Option("--dimension", help="Only this dimension, such as use.")] = None,
    setting: Annotated[
        str | None, typer.Option("--setting", help="Only needs that alone lead to this setting.")
    ] = None,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """List the rules that say what a person requires.

    With --role clinician each rule is shown with its sources.
    """
    kb = load_knowledge(knowledge, parameters)
    chosen = lists.needs(kb, dimension, setting)
    if as_json:
        print_json(lists.needs_json(kb, chosen, lang))
        return
    lists.show_needs(kb, chosen, Say(lang), Terminal(), role)


@app.command(epilog=examples("trellis check", "trellis check --knowledge our-knowledge"))
@guarded
def check(
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Check the knowledge and name what is wrong.

    Each finding has its file and line. Exit code 3 when there are errors.
    """
    day = read_day(as_of) or date.today()
    findings = check_knowledge(load_knowledge(knowledge, parameters), as_of=day)
    if as_json:
        print_json(checks.findings_json(findings))
    else:
        checks.show_findings(findings, Say(lang), Terminal())
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(Exit.FOUND)


@app.command(epilog=examples("trellis prove", "trellis prove --set ciwa_severe_from=19"))
@guarded
def prove(as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None, parameters: Parameters = None) -> None:
    """Prove the safety properties of the knowledge, for all that a site may set.

    That is every set of rules that its values make, in whatever combination.

    Exit code 3 when one is broken. Needs the extra `prove`: pip install "trellis-care[prove]".
    """
    say = Say(lang)
    kb = load_knowledge(knowledge, parameters)
    results, about = checks.prove(kb, say, lambda chosen: trellis.load(knowledge, parameters=chosen))
    if as_json:
        print_json(checks.results_json(results))
    else:
        checks.show_results(kb, results, about, say, Terminal())
    if not all(result.proved for result in results):
        raise typer.Exit(Exit.FOUND)


@app.command(epilog=examples("trellis version", "trellis version --json"))
@guarded
def version(
    as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None, parameters: Parameters = None
) -> None:
    """Show the version of software and knowledge.

    With the digest of the knowledge and its review status.
    """
    kb, say, term = load_knowledge(knowledge, parameters), Say(lang), Terminal()
    if as_json:
        about = {"software": trellis.__version__, "knowledge": kb.version, "effective": kb.effective}
        print_json(about | {"digest": kb.digest, "parameters": dict(kb.parameters), "review": kb.review})
        return
    term.text(say("version_software", version=trellis.__version__))
    term.text(say("version_knowledge", version=kb.version, effective=kb.effective))
    term.text(say("version_digest", digest=kb.digest))
    term.text(say("version_review", review=kb.review))


app.add_typer(plan_app, name="plan")
app.add_typer(evidence_app, name="evidence")
app.add_typer(guide_app, name="guide")


def main() -> None:
    """The entry point."""
    app()
