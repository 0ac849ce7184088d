"""``trellis sign-off``: what a clinician has read and signed, what is there to read, and a line for what was read."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from trellis.cli import save
from trellis.cli.inputs import read_day
from trellis.cli.options import (
    AsJson,
    AsOf,
    Folder,
    Lang,
    Parameters,
    examples,
    group,
    guarded,
    load_knowledge,
    print_json,
)
from trellis.cli.sign_off_lines import Signer, as_text, known_entry, known_kind, lines_for, put_below
from trellis.cli.terminal import Terminal
from trellis.errors import Problem, TrellisError
from trellis.kinds.sign_off import signable
from trellis.library.knowledge import Knowledge
from trellis.library.reviewed import SHORTEST, digest_of, names_of, reviewers_asked, what_was_read
from trellis.library.write_yaml import to_yaml
from trellis.say import Say
from trellis.say.outline import need_text

sign_off_app = group("sign-off", "Clinicians' signatures: what was read, what is to be read, and a line for it.")

KindName = Annotated[str, typer.Argument(metavar="KIND", help="The kind of the entry, such as needs.")]


@sign_off_app.command(name="list", epilog=examples("trellis sign-off list", "trellis sign-off list --of needs --all"))
@guarded
def list_signed(
    kind: Annotated[str | None, typer.Option("--of", metavar="KIND", help="Only this kind, such as needs.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="With the entries that nobody has signed.")] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """List what clinicians have signed, and what has changed since.

    With how many entries of each kind are signed.
    """
    if kind is not None:
        known_kind(kind)
    kb, say = load_knowledge(knowledge, parameters), Say(lang)
    rows = [_row(kb, key, name, say) for key in signable() if kind in (None, key) for name in names_of(kb, key)]
    shown = [row for row in rows if whole or row["state"] != "none"]
    if as_json:
        print_json({"review": kb.review, "counts": _counts(rows), "entries": shown})
        return
    term = Terminal()
    term.heading(say("sign_off.title"))
    for key, count in _counts(rows).items():
        term.text(say("sign_off.count", kind=key, **count), hanging="  ")
    term.line()
    for row in shown:
        term.text(say("sign_off.row", **row), hanging="  ")
    if not any(row["state"] != "none" for row in rows):
        term.text(say("sign_off.nobody"))
    term.text(say.review(kb.review, "clinician"), style="bold")


def _row(kb: Knowledge, key: str, name: str, say: Say) -> dict[str, Any]:
    review = kb.review_of(key, name)
    return {"kind": key, "entry": name, "state": review.state, "read": review.read, "review": say.review_of(review)}


def _counts(rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["kind"], Counter())[row["state"]] += 1
    return {
        key: {"reviewed": count["reviewed"], "changed": count["changed"], "total": count.total()}
        for key, count in found.items()
    }


@sign_off_app.command(name="show", epilog=examples("trellis sign-off show needs suicide-danger"))
@guarded
def show_entry(
    kind: KindName,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Its id; one without an id has the name of its kind.")],
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """Show all that a signature under an entry covers, and its digest."""
    kb, say = load_knowledge(knowledge, parameters), Say(lang)
    known_entry(kb, kind, entry)
    covered, digest = what_was_read(kb, kind, entry), digest_of(kb, kind, entry)
    review, asked = kb.review_of(kind, entry), reviewers_asked(kb, kind, entry)
    if as_json:
        print_json(
            {"kind": kind, "entry": entry, "digest": digest, "review": say.review_of(review), "asked": asked}
            | {"covers": covered}
        )
        return
    term = Terminal()
    term.heading(say("lists.id_and_name", id=kind, name=entry))
    term.text(say("basis.review", review=say.review_of(review)))
    term.text(say("sign_off.asked", count=asked))
    if kind == "needs":
        term.subheading(say("basis.condition"))
        term.lines(need_text(kb, entry, lang))
    term.subheading(say("sign_off.covers"))
    for line in to_yaml(covered).splitlines():
        term.text(line, hanging=" " * (len(line) - len(line.lstrip()) + 2))
    sources = kb.of(kind)[entry].sources if entry in kb.of(kind) else next(iter(kb.of(kind).values())).sources
    if sources:
        term.subheading(say("basis.sources"))
        term.bullets(kb.cite(sources))
    term.line()
    term.text(say("sign_off.digest", digest=digest))
    term.text(say("sign_off.sign_with", kind=kind, entry=entry, digest=digest[:SHORTEST]))


@sign_off_app.command(
    name="write",
    epilog=examples(
        "trellis sign-off write needs suicide-danger=3f2a91c07d1e \\",
        '    --name "A. Example" --credentials "MD, psychiatrist" \\',
        "    --read both --to our-knowledge/sign_offs.yaml",
    ),
)
@guarded
def write_lines(
    kind: KindName,
    entries: Annotated[
        list[str], typer.Argument(metavar="ENTRY=DIGEST…", help="Each entry, with the digest beside what you read.")
    ],
    name: Annotated[str, typer.Option("--name", help="Your name.")],
    credentials: Annotated[str, typer.Option("--credentials", help="Your profession and licence.")],
    read: Annotated[Literal["rule", "words", "both"], typer.Option("--read", help="What you read.")],
    registration: Annotated[str, typer.Option("--registration", help="Your number, where you wish.")] = "",
    on: Annotated[
        str | None, typer.Option("--read-on", metavar="YYYY-MM-DD", help="When you read it; today when left out.")
    ] = None,
    remark: Annotated[str, typer.Option("--remark", metavar="TEXT", help="What you wish to say with it.")] = "",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Put the lines below those in this file.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """Write the signature of a clinician under entries that they have read.

    An entry that has changed since it was read is refused, and then nothing is signed. You sign for yourself alone.
    """
    kb, say, today = load_knowledge(knowledge, parameters), Say(lang), date.today()
    twice = [one for one, count in Counter(one.partition("=")[0] for one in entries).items() if count > 1]
    if twice:
        raise TrellisError([Problem("ENTRY", f"[{one}] is given twice.", "Give it once.") for one in twice])
    day = read_day(on, "--read-on") or today
    signer = Signer(name.strip(), credentials.strip(), registration.strip(), day, read, remark.strip())
    made = lines_for(kb, kind, entries, signer, today)
    if to is not None:
        put_below(to, made, today)
    if as_json:
        print_json(made)
    elif to is None:
        typer.echo(as_text(made), nl=False)
    else:
        Terminal().text(say("sign_off.written", count=len(made), file=to))


@sign_off_app.command(
    name="table", epilog=examples("trellis sign-off table needs.pdf", "trellis sign-off table needs.html --lang es")
)
@guarded
def write_table(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: .pdf or .html.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Write all needs as one table to print, read and sign.

    When each holds in words, what it asks, who looks how soon, its sources, and its review.

    A PDF needs the extra `pdf`.
    """
    from trellis import clinical

    ending, day = file.suffix.lower(), read_day(as_of) or date.today()
    if ending not in (".pdf", ".html", ".htm"):
        raise typer.BadParameter(f"[{file.suffix}] is no ending of a table: give .pdf or .html.", param_hint="FILE")
    kb = load_knowledge(knowledge, parameters)
    made = (
        clinical.to_pdf(kb, lang=lang, as_of=day)
        if ending == ".pdf"
        else clinical.to_html(kb, lang=lang, as_of=day).encode()
    )
    save.put(file, made, over=force)
    if as_json:
        print_json({"file": str(file), "needs": len(kb.needs), "bytes": len(made)})
    else:
        Terminal().text(Say(lang)("sign_off.table", count=len(kb.needs), file=file))
