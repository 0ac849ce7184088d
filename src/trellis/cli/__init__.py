"""The command line: ``trellis``. Every command has ``--help`` with examples; the exit codes are for scripts."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, Literal, ParamSpec

import typer

import trellis
from trellis.cli import ask as asking
from trellis.cli import basis, checks, clinician, compare, lists, public
from trellis.cli.inputs import Case, read_case, read_day, read_parameters, tell_problems
from trellis.cli.messages import Say
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.decide import Recommendation
from trellis.model.errors import TrellisError
from trellis.model.knowledge import Knowledge
from trellis.prove import check as check_knowledge

P = ParamSpec("P")


class Exit(IntEnum):
    """The exit codes."""

    FINE = 0
    WRONG_INPUT = 1
    USAGE = 2
    FOUND = 3
    NOT_SETTLED = 4
    DANGER = 5
    FAULT = 70


def examples(*lines: str) -> str:
    """Examples for the help of a command; the mark in front keeps their lines as they are."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


EPILOG = """\b
Exit codes: 0 fine (decide: settled); 1 wrong input; 2 wrong usage; 3 check or
prove found errors; 4 decide: not settled; 5 decide: danger is present;
70 a fault in the program."""

app = typer.Typer(
    name="trellis",
    help="Find the least restrictive care setting that is still safe and sufficient, with every reason.\n\n"
    "Decision support for mental health and substance use. Not clinically reviewed, not validated.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

Role = Annotated[Literal["person", "clinician"], typer.Option("--role", help="Whose view and whose questions.")]
Lang = Annotated[Literal["en", "es"], typer.Option("--lang", envvar="TRELLIS_LANG", help="English or Spanish.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print plain values for a program.")]
Folder = Annotated[Path | None, typer.Option("--knowledge", metavar="PATH", help="Another folder of knowledge.")]
Parameters = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A site's parameter; may be repeated.")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day; today when left out.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="YAML, JSON or a saved interview; - is standard input.")]


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what goes wrong into words and an exit code. A traceback could show answers, so there is none."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except TrellisError as error:
            tell_problems(error)
            raise typer.Exit(Exit.WRONG_INPUT) from None
        except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("TRELLIS_DEBUG"):
                raise
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
            typer.echo(f"A fault in Trellis: {type(error).__name__} at {place}. Nothing was saved.", err=True)
            typer.echo("Please report it with this line only; leave out anything personal.", err=True)
            raise typer.Exit(Exit.FAULT) from None

    return run


def print_json(plain: Any) -> None:
    """Plain values, in an encoding that every terminal and pipe can carry."""
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    typer.echo(json.dumps(plain, ensure_ascii=encoding != "utf8", indent=2, default=str))


def _load(folder: Path | None, pairs: list[str] | None, case: Case | None = None) -> Knowledge:
    chosen = dict(case.parameters) if case else {}
    return trellis.load(folder, parameters=chosen | read_parameters(pairs or ()))


def _decide(file: str, folder: Path | None, pairs: list[str] | None, as_of: str | None) -> tuple[Recommendation, bool]:
    day = read_day(as_of)
    case = read_case(file)
    kb = _load(folder, pairs, case)
    rec = trellis.decide(kb, case.answers, as_of=day or case.as_of or date.today(), places=case.places)
    return rec, bool(case.digest) and case.digest != kb.digest


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
    kb = _load(knowledge, parameters)
    asking.Conversation(kb, day, Say(lang), Terminal(), role).run()


@app.command(
    epilog=examples(
        "trellis decide answers.yaml",
        "trellis decide saved.json --role clinician",
        "trellis decide - --json < answers.yaml",
        "trellis decide answers.yaml --as-of 2026-11-23 --set ciwa_severe_from=19",
    )
)
@guarded
def decide(
    file: File,
    role: Role = "person",
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
    rec, other = _decide(file, knowledge, parameters, as_of)
    say, term = Say(lang), Terminal()
    view = View(rec, say, term, role)
    if as_json:
        print_json(rec.to_json() if role == "clinician" else public.to_json(view))
    else:
        if other:
            term.text(say("other_knowledge"))
        (clinician if role == "clinician" else public).short(view)
    raise typer.Exit(Exit.DANGER if rec.urgent else Exit.FINE if rec.settled else Exit.NOT_SETTLED)


@app.command(epilog=examples("trellis explain answers.yaml", "trellis explain saved.json --role clinician --lang es"))
@guarded
def explain(
    file: File,
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Show the result with its whole basis.

    Every need with its words, facts, rule and sources; what each place would lack and who asks; what is still open.
    """
    rec, other = _decide(file, knowledge, parameters, as_of)
    say, term = Say(lang), Terminal()
    view = View(rec, say, term, role)
    if as_json:
        print_json(rec.to_json() if role == "clinician" else public.to_json(view))
        return
    if other:
        term.text(say("other_knowledge"))
    (clinician if role == "clinician" else public).short(view)
    basis.show(view)


@app.command(
    name="compare",
    epilog=examples(
        "trellis compare iop inpatient_psychiatric",
        "trellis compare outpatient iop php --lang es",
        "trellis compare iop php --role clinician",
    ),
)
@guarded
def compare_settings(
    settings: Annotated[list[str], typer.Argument(metavar="SETTING SETTING...", help="Two to four settings.")],
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Show two to four settings next to one another.

    What each is, who is there, what it gives, benefits and drawbacks in equal detail, ways in and out.
    """
    kb = _load(knowledge, None)
    if as_json:
        print_json(compare.to_json(kb, settings))
        return
    compare.show(kb, settings, Say(lang), Terminal(), role)


@app.command(name="settings", epilog=examples("trellis settings", "trellis settings --role clinician"))
@guarded
def list_settings(role: Role = "person", as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None) -> None:
    """List the settings.

    With what can be joined to them, and what helps in a crisis.
    """
    kb = _load(knowledge, None)
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
    kb = _load(knowledge, parameters)
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
    kb = _load(knowledge, parameters)
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
    findings = check_knowledge(_load(knowledge, parameters), as_of=day)
    if as_json:
        print_json(checks.findings_json(findings))
    else:
        checks.show_findings(findings, Say(lang), Terminal())
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(Exit.FOUND)


@app.command(epilog=examples("trellis prove", "trellis prove --set ciwa_severe_from=19"))
@guarded
def prove(as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None, parameters: Parameters = None) -> None:
    """Prove the safety properties of the knowledge, for every value that a site may set.

    Exit code 3 when one is broken. Needs the extra `prove`: pip install "trellis-care[prove]".
    """
    say = Say(lang)
    kb = _load(knowledge, parameters)
    chosen = dict(kb.parameters)
    variants = (
        (f"{name}={value}", trellis.load(knowledge, parameters=chosen | {name: value}))
        for name, parameter in kb.parameter_definitions.items()
        for value in parameter.allowed
        if value != chosen[name]
    )
    results = checks.prove(kb, say, variants)
    if as_json:
        print_json(checks.results_json(results))
    else:
        checks.show_results(kb, results, say, Terminal())
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
    kb, say, term = _load(knowledge, parameters), Say(lang), Terminal()
    if as_json:
        about = {"software": trellis.__version__, "knowledge": kb.version, "effective": kb.effective}
        print_json(about | {"digest": kb.digest, "parameters": dict(kb.parameters), "review": kb.review})
        return
    term.text(say("version_software", version=trellis.__version__))
    term.text(say("version_knowledge", version=kb.version, effective=kb.effective))
    term.text(say("version_digest", digest=kb.digest))
    term.text(say("version_review", review=kb.review))


def main() -> None:
    """The entry point."""
    app()
