"""``trellis example``: the worked examples that ship, for who installed Trellis and has no folder of them."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

import trellis
from trellis.cli.options import AsJson, Lang, examples, guarded, print_json
from trellis.cli.terminal import Terminal
from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.say import Say

Name = Annotated[str | None, typer.Argument(metavar="NAME", help="An example; all are listed when left out.")]


def shipped_examples() -> dict[str, Traversable]:
    """The worked examples, by the name of the file without its ending.

    >>> "stepping-down" in shipped_examples()
    True
    """
    folder: Traversable = resources.files("trellis") / "examples"
    if not folder.is_dir():  # only a built package holds them; a checkout has its own folder
        folder = Path(trellis.__file__).parents[2] / "examples"
    files = [file for place in (folder, folder / "plans") for file in place.iterdir() if file.name.endswith(".yaml")]
    return {file.name.removesuffix(".yaml"): file for file in sorted(files, key=lambda file: file.name)}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "trellis example",
            "trellis example stepping-down > stepping-down.yaml",
            "trellis example stepping-down | trellis decide -",
        )
    )(example)


@guarded
def example(name: Name = None, as_json: AsJson = False, lang: Lang = "en") -> None:
    """Write a worked example, a file of an invented person, or list them.

    It is written to standard output, as it stands, for `trellis decide`, `trellis plan new` and the others.
    """
    found = shipped_examples()
    if name is None:
        _list(found, as_json=as_json, lang=lang)
        return
    file = found.get(name.removesuffix(".yaml"))
    if file is None:
        remedy = did_you_mean(name, found) or "`trellis example` lists them."
        raise TrellisError([Problem("NAME", f"[{name}] is no example.", remedy)])
    if as_json:
        print_json({"name": name, "text": file.read_text(encoding="utf-8")})
    else:
        typer.echo(file.read_bytes(), nl=False)  # byte by byte, whatever the encoding of the terminal


def _list(found: dict[str, Traversable], *, as_json: bool, lang: str) -> None:
    if as_json:
        print_json(list(found))
        return
    say, term = Say(lang), Terminal()
    term.heading(say("lists.examples_title"))
    for name in found:
        term.line(name)
    term.line()
    term.text(say("lists.examples_how"))
