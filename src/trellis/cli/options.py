"""What every command shares: options, exit codes, errors as words, the knowledge and the decision of a file."""

from __future__ import annotations

import errno
import functools
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, ParamSpec

import typer

import trellis
from trellis.cli import panel
from trellis.cli.inputs import Case, left_out, problems_json, read_parameters, tell_problems
from trellis.cli.panel import help_json
from trellis.cli.terminal import Terminal
from trellis.errors import TrellisError
from trellis.library.knowledge import Knowledge
from trellis.say import Say

P = ParamSpec("P")
CANNOT_WRITE = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EBADF, errno.EPIPE)
"""Ways in which the place that the output goes to fails: full, broken, closed."""
REPORT = "Please report it with this line only; leave out anything personal."


class Exit(IntEnum):
    """The exit codes."""

    FINE = 0
    WRONG_INPUT = 1
    USAGE = 2
    FOUND = 3
    NOT_SETTLED = 4
    DANGER = 5
    FAULT = 70
    CANNOT_WRITE = 74
    INTERRUPTED = 130
    NOT_READ = 141


def group(name: str, what: str) -> typer.Typer:
    """Commands below one name, such as ``trellis plan new``; alone it shows its help.

    >>> group("plan", "Make a plan.").info.name
    'plan'
    """
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 80}
    return typer.Typer(name=name, help=what, no_args_is_help=True, rich_markup_mode=None, context_settings=settings)


def examples(*lines: str) -> str:
    """Examples for the help of a command; the mark in front keeps their lines as they are."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


Role = Annotated[Literal["person", "clinician"], typer.Option("--role", help="Whose view and whose questions.")]
Lang = Annotated[Literal["en", "es"], typer.Option("--lang", envvar="TRELLIS_LANG", help="English or Spanish.")]
Whole = Annotated[bool, typer.Option("--all", help="With what is folded under a reason, ruled out and open.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print plain values for a program.")]
Folder = Annotated[Path | None, typer.Option("--knowledge", metavar="PATH", help="Another folder of knowledge.")]
Parameters = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A site's parameter; may be repeated.")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day; today when left out.")]
Concerns = Annotated[
    list[str] | None,
    typer.Option(
        "--about", metavar="CONCERN", help="What worries most, such as drinking; may be repeated. Asked first."
    ),
]
Short = Annotated[bool, typer.Option("--short", help="Ask only about that, and about danger.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="YAML, JSON or a saved interview; - is standard input.")]


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what goes wrong into words and an exit code. A traceback could show answers, so there is none.

    The danger that a wrong file tells of is shown before its faults are. With ``--json`` all of it is JSON.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except TrellisError as error:
            tell(error, kwargs)
            raise typer.Exit(Exit.WRONG_INPUT) from None
        except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
            raise
        except OSError as error:
            if error.errno not in CANNOT_WRITE:
                _fault(error, kwargs)
            raise
        except Exception as error:
            _fault(error, kwargs)

    return run


def tell(error: TrellisError, options: Mapping[str, Any]) -> None:
    """Say what is wrong; first the danger that was found all the same, in the language and role of the command."""
    say, role = Say(str(options.get("lang", "en"))), str(options.get("role", "person"))
    kb, urgent = getattr(error, "kb", None), getattr(error, "urgent", ())
    if options.get("as_json"):
        head = {"urgent": [help_json(kb, view.id, say) for view in urgent]} if kb is not None else {}
        print_error(Exit.WRONG_INPUT, problems_json(error), left_out(error), head)
    elif kb is not None and urgent:
        panel.show(kb, urgent, say, Terminal(), role)
    tell_problems(error)


def print_error(
    code: int, problems: Sequence[Mapping[str, str]], more: int = 0, head: Mapping[str, Any] | None = None
) -> None:
    """An error in the one form that ``--json`` has for errors."""
    print_json({**(head or {}), "error": {"exit_code": int(code), "problems": list(problems), "more": more}})


def _fault(error: Exception, options: Mapping[str, Any]) -> NoReturn:
    if os.environ.get("TRELLIS_DEBUG"):
        raise error
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    told, remedy = f"A fault in Trellis: {type(error).__name__} at {place}. Nothing was saved.", REPORT
    if options.get("as_json"):
        print_error(Exit.FAULT, [{"where": "trellis", "what": told, "remedy": remedy}])
    typer.echo(told, err=True)
    typer.echo(remedy, err=True)
    raise typer.Exit(Exit.FAULT) from None


def print_json(plain: Any) -> None:
    """Plain values, in an encoding that every terminal and pipe can carry."""
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    text = json.dumps(plain, ensure_ascii=encoding != "utf8", indent=2, default=str)
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # half a character, which no encoding can carry
    typer.echo(text)


def load_knowledge(folder: Path | None, pairs: list[str] | None, case: Case | None = None) -> Knowledge:
    """The knowledge of ``--knowledge`` with the parameters of ``--set`` over those of a case."""
    chosen = dict(case.parameters) if case else {}
    return trellis.load(folder, parameters=chosen | read_parameters(pairs or ()))
