"""``trellis guide``: build the guide as plain files, serve it on this machine, read what somebody kept in it."""

from __future__ import annotations

import shlex
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from trellis.cli import guide_read
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
from trellis.cli.terminal import Terminal
from trellis.errors import Problem
from trellis.say import Say

if TYPE_CHECKING:
    from trellis.guide.build import Built

PORT = 8000
BYTES_A_KB = 1000
NAMED = 6
"""So many removed files are named; of more, the number is told."""

guide_app = group(
    "guide", "The guide for a person or somebody who cares about one: a private web page, built as plain files."
)

SiteFile = Annotated[
    Path | None, typer.Option("--site", metavar="FILE", help="The settings of your site; see docs/guide.md.")
]
PlacesFile = Annotated[
    Path | None,
    typer.Option(
        "--places", metavar="FILE", help="A directory of places (see `trellis directory`) to be in the guide."
    ),
]


@guide_app.command(
    epilog=examples(
        "trellis guide build public/guide",
        "trellis guide build public/guide --site site.yaml",
        "trellis guide build public/guide --site site.yaml --places places.sqlite",
        "trellis guide build public/guide --site site.yaml --json",
    )
)
@guarded
def build(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder, or one built before.")],
    site: SiteFile = None,
    places: PlacesFile = None,
    as_json: AsJson = False,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
    as_of: AsOf = None,
) -> None:
    """Build the guide into a folder that any web host can serve.

    A folder that holds something else is never written into. What an earlier build left there and this one does not
    make is removed. Warnings, such as a crisis line that nobody checked for long, do not stop it.
    """
    from trellis.guide.build import FIRST_VIEW_MOST

    built, warnings = _build(out, site, places, knowledge, parameters, read_day(as_of) or date.today())
    size, say, term = sum(built.files.values()), Say(lang), Terminal()
    if as_json:
        facts: dict[str, Any] = {"out": str(out), "files": len(built.files), "bytes": size}
        facts |= {"first_view": built.first_view, "first_view_most": FIRST_VIEW_MOST, "removed": list(built.removed)}
        print_json(facts | {"warnings": [str(problem) for problem in warnings]})
        return
    _warn(warnings, say, term)
    term.text(say("guide_command.built", out=out, files=len(built.files), size=_kb(size)), hanging="  ")
    if built.removed:
        few = len(built.removed) <= NAMED
        term.text(
            say("guide_command.removed", names=", ".join(built.removed) if few else len(built.removed)), hanging="  "
        )
    term.text(say("guide_command.first_view", size=_kb(built.first_view), most=_kb(FIRST_VIEW_MOST)), hanging="  ")
    if built.first_view > FIRST_VIEW_MOST:
        term.text(say("guide_command.first_view_large"), hanging="  ")
    term.text(say("guide_command.host"))
    term.text(say("guide_command.look"))
    term.line(f"  trellis guide serve {shlex.quote(str(out))}")


@guide_app.command(
    epilog=examples(
        "trellis guide serve",
        "trellis guide serve public/guide",
        "trellis guide serve --site site.yaml --port 9000",
    )
)
@guarded
def serve(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="A guide that was built; built anew when left out.")
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; 127.0.0.1 is this machine only.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help="The port; 8000 or the next free one when left out; 0 takes any."
        ),
    ] = None,
    site: SiteFile = None,
    places: PlacesFile = None,
    lang: Lang = "en",
    knowledge: Folder = None,
    parameters: Parameters = None,
) -> None:
    """Serve the guide on this machine, to look at it and try it.

    Without FOLDER it builds the guide first, into a folder that is gone afterwards. It writes no log of who reads what.
    """
    if folder is not None and (site is not None or places is not None or knowledge is not None or parameters):
        raise typer.BadParameter("a guide that was built keeps its settings; leave out FOLDER.", param_hint="--site")
    say, term = Say(lang), Terminal()
    with _stops_quietly(), ExitStack() as until_the_end:
        if folder is None:
            folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="trellis-guide-")))
            _, warnings = _build(folder, site, places, knowledge, parameters, date.today())
            _warn(warnings, say, term)
        _serve(folder, host, port, say, term)


guide_read.register(guide_app)


def _build(
    out: Path,
    site: Path | None,
    places: Path | None,
    knowledge: Path | None,
    parameters: list[str] | None,
    as_of: date,
) -> tuple[Built, list[Problem]]:
    # Only who builds waits for what building loads; every other command begins at once.
    from trellis.directory import Directory
    from trellis.guide.build import build_guide
    from trellis.guide.folder import check_folder
    from trellis.guide.site import read_site

    check_folder(out)
    kb = load_knowledge(knowledge, parameters)
    settings, warnings = read_site(site, kb, as_of)
    if places is None and settings.places:
        places = Path(settings.places)
    with ExitStack() as until_the_end:
        directory = None if places is None else until_the_end.enter_context(Directory(places, kb))
        return build_guide(kb, settings, out, as_of=as_of, places=directory), warnings


def _warn(warnings: list[Problem], say: Say, term: Terminal) -> None:
    for problem in warnings:
        term.text(say("guide_command.warning", problem=problem), hanging="  ")
    if warnings:
        term.line()


def _kb(size: int) -> int:
    return -(-size // BYTES_A_KB)


def _serve(folder: Path, host: str, port: int | None, say: Say, term: Terminal) -> None:
    from trellis.guide.serve import next_free, only_here, server

    asked = port
    if port is None:
        # An everyday port is often taken; who did not ask for it wants the guide, not this number.
        port = next_free(host, PORT) or PORT
    with server(folder, host=host, port=port) as running:
        if asked is None and port != PORT:
            term.text(say("guide_command.port_taken", port=PORT, free=port))
        if not only_here(host):
            term.text(say("guide_command.others", port=running.server_port))
            term.text(say("guide_command.not_https"))
            term.line()
        term.text(say("guide_command.served", address=running.address), style="bold")
        term.text(say("guide_command.stop"))
        running.serve_forever()


@contextmanager
def _stops_quietly() -> Iterator[None]:
    """Ctrl-C, and being told to end, is how this is stopped: no error, and nothing is left behind."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo()
    finally:
        signal.signal(signal.SIGTERM, before)
