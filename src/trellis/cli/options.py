"""What every command shares: options, exit codes, errors as words, the knowledge and the decision of a file."""

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
from trellis.cli.inputs import Case, read_case, read_day, read_parameters, tell_problems
from trellis.decide import Recommendation
from trellis.model.errors import TrellisError
from trellis.model.knowledge import Knowledge

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


def load_knowledge(folder: Path | None, pairs: list[str] | None, case: Case | None = None) -> Knowledge:
    """The knowledge of ``--knowledge`` with the parameters of ``--set`` over those of a case."""
    chosen = dict(case.parameters) if case else {}
    return trellis.load(folder, parameters=chosen | read_parameters(pairs or ()))


def decide_case(
    file: str, folder: Path | None, pairs: list[str] | None, as_of: str | None
) -> tuple[Recommendation, bool]:
    """Decide for the answers in a file; and whether it was saved with another knowledge than this."""
    day = read_day(as_of)
    case = read_case(file)
    kb = load_knowledge(folder, pairs, case)
    rec = trellis.decide(kb, case.answers, as_of=day or case.as_of or date.today(), places=case.places)
    return rec, bool(case.digest) and case.digest != kb.digest
