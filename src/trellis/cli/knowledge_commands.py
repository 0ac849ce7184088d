"""``trellis settings``, ``facts``, ``needs``, ``check``, ``prove`` and ``version``: the knowledge itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

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
from trellis.library.knowledge import Knowledge
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
    alone: Annotated[bool, typer.Option("--alone", help="What each fact and number does alone.")] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="With --alone: compare with what was read.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="With --against: write FILE anew; what changed is marked unread.")
    ] = False,
    fact: Annotated[str | None, typer.Option("--fact", metavar="NAME", help="With --alone: only this one.")] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", metavar="FILE", help="Facts that guidelines name together.")
    ] = None,
) -> None:
    """Check the knowledge and name what is wrong.

    Each finding has its file and line. With --vignettes FILE, each person in it who comes out otherwise is an error.

    --alone shows instead what comes out for every fact at each worse step, and --pairs FILE for facts together.

    Exit code 3 when there are errors.
    """
    from trellis.cli import checks, vignettes
    from trellis.prove import check as check_knowledge

    _go_together(alone=alone, against=against, write=write, fact=fact, pairs=pairs)
    day, say, term = read_day(as_of) or date.today(), Say(lang), Terminal()
    kb = load_knowledge(knowledge, parameters)
    if alone:
        _end(found=_check_alone(kb, against, fact, say, term, write=write, as_json=as_json))
    if pairs is not None:
        _end(found=_check_pairs(kb, pairs, say, term, as_json=as_json))
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


def _end(*, found: bool) -> NoReturn:
    raise typer.Exit(Exit.FOUND if found else Exit.FINE)


def _go_together(*, alone: bool, against: Path | None, write: bool, fact: str | None, pairs: Path | None) -> None:
    wrong = (
        ("--against", against is not None and not alone, "--alone"),
        ("--fact", fact is not None and not alone, "--alone"),
        ("--write", write and against is None, "--against FILE"),
        ("--write", write and fact is not None, "all rows: leave out --fact"),
        ("--pairs", pairs is not None and alone, "no --alone"),
    )
    for option, is_wrong, needed in wrong:
        if is_wrong:
            raise typer.BadParameter(f"goes with {needed}.", param_hint=option)


def _check_alone(
    kb: Knowledge, against: Path | None, fact: str | None, say: Say, term: Terminal, *, write: bool, as_json: bool
) -> bool:
    """Show worst alone, or write its readings anew. Says whether anything is not as it was read."""
    from trellis.cli import readings as view
    from trellis.prove import readings
    from trellis.prove.alone import alone

    rows = alone(kb, name=fact)
    read = None
    if against is not None:
        read = readings.NONE_YET if write and not against.exists() else readings.read_readings(against)
    if write and against is not None and read is not None:
        read = view.write(kb, rows, read, against)
        if not as_json:
            view.show_written(read, against, say, term)
    differs = None if read is None else readings.compared(kb, alone(kb), read)
    if differs is not None and fact is not None:
        differs = [one for one in differs if one.row is not None and one.row.name == fact]
    if as_json:
        print_json(view.alone_json(kb, rows, differs))
    elif not write:
        view.show_alone(kb, rows, read, say, term)
    if not as_json and read is not None and differs is not None and against is not None:
        view.show_differences(differs, len(rows), read, against, say, term)
    return bool(differs)


def _check_pairs(kb: Knowledge, file: Path, say: Say, term: Terminal, *, as_json: bool) -> bool:
    """Show pairs and whether they come out as their sources ask. Says whether one fails."""
    from trellis.cli import readings as view
    from trellis.prove.pairs import read_pairs, tried

    found = tried(kb, read_pairs(file))
    if as_json:
        print_json(view.pairs_json(kb, found))
    else:
        view.show_pairs(kb, found, say, term)
    return any(one.fails for one in found)


@guarded
def prove(as_json: AsJson = False, lang: Lang = "en", knowledge: Folder = None, parameters: Parameters = None) -> None:
    """Prove the safety properties of the knowledge, for all that a site may set.

    That is every set of rules that its values make, in whatever combination.

    Exit code 3 when one is broken that is not known to be, or a known fault is none any more.

    Needs the extra `prove`: pip install "trellis-care[prove]".
    """
    from trellis.cli import checks

    say = Say(lang)
    kb = load_knowledge(knowledge, parameters)
    results, about = checks.prove(kb, say, lambda chosen: trellis.load(knowledge, parameters=chosen))
    stale = checks.stale_faults(kb, results)
    if as_json:
        print_json(checks.results_json(results, stale))
    else:
        checks.show_results(kb, results, about, say, Terminal(), stale)
    if stale or not all(result.proved or result.known for result in results):
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
        epilog=examples(
            "trellis check",
            "trellis check --knowledge our-knowledge --vignettes our-people.yaml",
            "trellis check --alone",
        )
    )(check)
    app.command(name="schema", epilog=examples("trellis schema", "trellis schema answers", "trellis schema needs"))(
        show_schema
    )
    app.command(name="template", epilog=examples("trellis template > answers.yaml", "trellis template --lang es"))(
        show_template
    )
    app.command(epilog=examples("trellis prove", "trellis prove --set ciwa_severe_from=19"))(prove)
    app.command(epilog=examples("trellis version", "trellis version --json"))(version)
