"""Instruments as forms of health records, on the command line: out, and in."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from trellis.cli import save
from trellis.cli.inputs import STANDARD_INPUT, WIDTH, read_tree
from trellis.cli.instruments_score import find
from trellis.cli.options import Folder, Lang, examples, group, guarded, load_knowledge, print_json
from trellis.errors import Problem, TrellisError
from trellis.kinds.instrument import Instrument, Licence, LicenceStatus
from trellis.kinds.text import NOT_REVIEWED
from trellis.library.write_yaml import to_yaml

REMOVE = "Give another name, or remove it first."

questionnaire_app = group("questionnaire", "Read and write instruments as FHIR R4 Questionnaires.")


@questionnaire_app.command(
    name="export",
    epilog=examples("trellis questionnaire export phq9 > phq9.json", "trellis questionnaire export gad7 --lang es"),
)
@guarded
def export_form(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instrument; `trellis instruments` lists them.")],
    lang: Lang = "en",
    knowledge: Folder = None,
) -> None:
    """Print an instrument as a FHIR R4 Questionnaire.

    Needs the extra `fhir`.
    """
    from trellis.fhir import to_questionnaire

    kb = load_knowledge(knowledge, None)
    instrument = find(kb, name)
    reviewed = kb.review_of("instruments", instrument.id).enough
    print_json(to_questionnaire(instrument, lang=lang, reviewed=reviewed))


@questionnaire_app.command(
    name="import",
    epilog=examples(
        "trellis questionnaire import form.json --out knowledge/instruments/ours.yaml",
        "trellis questionnaire import form.json --total all --id sleep_3",
        "trellis questionnaire import form.json --total a --total b --missing dk",
    ),
)
@guarded
def import_form(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A FHIR R4 Questionnaire as JSON; - is standard input.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="PATH", help="Where to write the YAML.")] = None,
    name: Annotated[str | None, typer.Option("--id", metavar="NAME", help="A name of your own for it.")] = None,
    status: Annotated[
        Literal["public_domain", "free", "unconfirmed", "restricted"],
        typer.Option("--licence", help="On what ground its words may be shown."),
    ] = "unconfirmed",
    says: Annotated[str, typer.Option("--licence-says", metavar="TEXT", help="What the licence allows, and why.")] = "",
    total: Annotated[
        list[str] | None,
        typer.Option(
            "--total",
            metavar="all|LINK",
            help="What a total without a formula adds: `all` scored items, or one; may be repeated.",
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option("--leave-out", metavar="LINK", help="An item that does not count; may be repeated."),
    ] = None,
    missing: Annotated[
        list[str] | None,
        typer.Option(
            "--missing",
            metavar="[LINK=]CODE",
            help="An answer that is none, such as `don't know`, though it has a score; may be repeated.",
        ),
    ] = None,
    counts: Annotated[
        list[str] | None,
        typer.Option(
            "--counts",
            metavar="[LINK=]CODE",
            help="An answer that looks like none and is a score; may be repeated.",
        ),
    ] = None,
    language: Annotated[
        Literal["en", "es"] | None, typer.Option("--language", help="The language of its words, over what it says.")
    ] = None,
) -> None:
    """Turn a FHIR R4 Questionnaire into a file of a site's own knowledge.

    Its words are kept only with --licence public_domain or free. What would change a score and is not in the form is
    asked for: the message names the option. Bands, Spanish, answers that matter by themselves and the facts that a
    score leads to are not in such a form: add them by hand. Needs the extra `fhir`.
    """
    from trellis.fhir import read_questionnaire

    shown = "standard input" if file == STANDARD_INPUT else file
    resource = read_tree(file)
    if not isinstance(resource, dict):
        raise TrellisError([Problem(shown, "holds no FHIR resource.", "Give a Questionnaire as JSON.")])
    read = read_questionnaire(
        resource,
        licence=_licence(status, says),
        id=name,
        total="all" if total == ["all"] else total or None,
        leave_out=leave_out or (),
        missing=missing or (),
        counts=counts or (),
        language=language,
    )
    text = _yaml(read.instrument)
    if out is None:
        typer.echo(text)
    else:
        save.put(out, text.encode(), over=False, remedy=REMOVE)
    done = "Read in. Add by hand: bands, Spanish, critical answers, what a score leads to, sources."
    for told in (*(f"- {one}" for one in read.told), done):
        lines = textwrap.wrap(told, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        typer.echo("\n".join(lines), err=True)


def _licence(status: LicenceStatus, says: str) -> Licence | None:
    if status == "unconfirmed" and not says:
        return None
    if not says:
        raise typer.BadParameter("Say what the licence allows, and why.", param_hint="--licence-says")
    return Licence(status=status, text=says, verified="seen")


def _yaml(instrument: Instrument) -> str:
    about = {"title": {"en": instrument.name.en}, "effective": date.today().isoformat(), "jurisdiction": "any"}
    plain = instrument.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    tree = {"about": about | {"review": NOT_REVIEWED}, "instruments": [json.loads(json.dumps(plain))]}
    return to_yaml(tree)
