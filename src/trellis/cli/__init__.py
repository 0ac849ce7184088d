"""The command line: ``trellis``. Every command has ``--help`` with examples; the exit codes are for scripts.

A command is imported when it is called, or when all are listed: see :mod:`trellis.cli.commands`.
"""

from __future__ import annotations

from typing import Annotated

import typer

import trellis
from trellis.cli.commands import Commands

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


def main() -> None:
    """The entry point."""
    app()
