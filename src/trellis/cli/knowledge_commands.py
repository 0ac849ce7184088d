"""``trellis settings``, ``facts``, ``needs``, ``check``, ``prove`` and ``version``: the knowledge itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

import trellis
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
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.terminal import Terminal
from trellis.say import Say

SCHEMAS = "`trellis schema` lists them."


@guarded
def list_settings(role: Role = "person", as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None) -> None:
    """List the settings.

    With what can be joined to them, and what helps in a crisis.
    """
    from trellis.cli import lists

    kb = load_knowledge(knowledge, None)
    if as_json:
        print_json(lists.settings_json(kb))
        return
    lists.show_settings(kb, Say(lang), Terminal(), role)


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
    from trellis.cli import lists

    kb = load_knowledge(knowledge, parameters)
    chosen = lists.facts(kb, domain)
    if as_json:
        print_json(lists.facts_json(kb, chosen, everything=domain is None))
        return
    lists.show_facts(kb, chosen, Say(lang), Terminal(), role, everything=domain is None)


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
    from trellis.cli import lists

    kb = load_knowledge(knowledge, parameters)
    chosen = lists.needs(kb, dimension, setting)
    if as_json:
        print_json(lists.needs_json(kb, chosen, lang))
        return
    lists.show_needs(kb, chosen, Say(lang), Terminal(), role)


@guarded
def check(
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
    people: Annotated[
        str | None, typer.Option("--vignettes", metavar="FILE", help="Your own people too, with what is expected.")
    ] = None,
) -> None:
    """Check the knowledge and name what is wrong.

    Each finding has its file and line. With --vignettes FILE, each person in it who comes out otherwise is an error.

    Exit code 3 when there are errors.
    """
    from trellis.cli import checks, vignettes
    from trellis.prove import check as check_knowledge

    day, say, term = read_day(as_of) or date.today(), Say(lang), Terminal()
    kb = load_knowledge(knowledge, parameters)
    otherwise, count = vignettes.run(kb, people, day) if people else ([], 0)
    findings = [*check_knowledge(kb, as_of=day), *otherwise]
    if as_json:
        print_json(checks.findings_json(findings))
    else:
        checks.show_findings(findings, say, term)
        if people:
            wrong = len({finding.problem.where for finding in otherwise})
            term.text(say("check.people", people=count, file=people, wrong=wrong))
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(Exit.FOUND)


@guarded
def prove(as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None, parameters: Parameters = None) -> None:
    """Prove the safety properties of the knowledge, for all that a site may set.

    That is every set of rules that its values make, in whatever combination.

    Exit code 3 when one is broken. Needs the extra `prove`: pip install "trellis-care[prove]".
    """
    from trellis.cli import checks

    say = Say(lang)
    kb = load_knowledge(knowledge, parameters)
    results, about = checks.prove(kb, say, lambda chosen: trellis.load(knowledge, parameters=chosen))
    if as_json:
        print_json(checks.results_json(results))
    else:
        checks.show_results(kb, results, about, say, Terminal())
    if not all(result.proved for result in results):
        raise typer.Exit(Exit.FOUND)


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
    term.text(say("lists.version_software", version=trellis.__version__))
    term.text(say("lists.version_knowledge", version=kb.version, effective=kb.effective))
    term.text(say("lists.version_digest", digest=kb.digest))
    term.text(say("lists.version_review", review=kb.review))


@guarded
def show_schema(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="Of what; all are listed when left out.")] = None,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """Write the JSON Schema of what Trellis reads and prints.

    Answers, results, plans, errors, and every kind of content, for editors and for programs.
    """
    from trellis.cli import schema
    from trellis.errors import Problem, TrellisError, did_you_mean

    if kind is not None and kind not in schema.names():
        raise TrellisError([Problem("KIND", f"[{kind}] has no schema.", did_you_mean(kind, schema.names()) or SCHEMAS)])
    if kind is not None:
        print_json(schema.schema(load_knowledge(knowledge, parameters), kind, lang))
    elif as_json:
        print_json(list(schema.names()))
    else:
        Terminal().text(", ".join(schema.names()))


@guarded
def show_template(
    role: Role = "person",
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """Write an empty file of answers for `trellis decide`.

    Every name with its question and values as comments; what stays empty is unknown.
    """
    from trellis.cli.template import template

    text = template(load_knowledge(knowledge, parameters), Say(lang), role)
    if as_json:
        print_json({"text": text})
        return
    term = Terminal()
    for line in text.splitlines():
        term.line(line)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="settings", epilog=examples("trellis settings", "trellis settings --role clinician"))(
        list_settings
    )
    app.command(name="facts", epilog=examples("trellis facts", "trellis facts --domain harm", "trellis facts --json"))(
        list_facts
    )
    app.command(
        name="needs",
        epilog=examples("trellis needs --dimension withdrawal --role clinician", "trellis needs --setting iop"),
    )(list_needs)
    app.command(
        epilog=examples("trellis check", "trellis check --knowledge our-knowledge --vignettes our-people.yaml")
    )(check)
    app.command(name="schema", epilog=examples("trellis schema", "trellis schema answers", "trellis schema needs"))(
        show_schema
    )
    app.command(name="template", epilog=examples("trellis template > answers.yaml", "trellis template --lang es"))(
        show_template
    )
    app.command(epilog=examples("trellis prove", "trellis prove --set ciwa_severe_from=19"))(prove)
    app.command(epilog=examples("trellis version", "trellis version --json"))(version)
