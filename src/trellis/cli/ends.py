"""How the program ends when something outside it fails: no traceback, and a code that says what it was."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from trellis.cli.options import CANNOT_WRITE, Exit, print_error

AS_JSON = "--json"


class Ending(TyperGroup):
    """Commands of which a wrong use is told as JSON to a program; that nobody reads the output is no error of ours."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **settings: Any) -> Any:
        """Run a command and end the process with its code."""
        typed = list(sys.argv[1:] if args is None else args)
        code = self._run(args, typed, *rest, **settings | {"standalone_mode": False})
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except BrokenPipeError:
            code = Exit.NOT_READ
        except OSError as error:
            code = _cannot_write(error)
        if code in (Exit.NOT_READ, Exit.CANNOT_WRITE):
            _let_go()
        sys.exit(code)

    def _run(self, args: Sequence[str] | None, typed: list[str], *rest: Any, **settings: Any) -> int:
        try:
            code = super().main(args, *rest, **settings)
        except KeyboardInterrupt:
            return Exit.INTERRUPTED
        except BrokenPipeError:
            return Exit.NOT_READ
        except OSError as error:
            if error.errno not in CANNOT_WRITE:
                raise
            return _cannot_write(error)
        except typer.Abort:
            return Exit.INTERRUPTED
        except SystemExit as end:  # what writes to the terminal ends like this when nobody reads any more
            if isinstance(end.__context__, BrokenPipeError):
                return Exit.NOT_READ
            raise
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            return _wrong_use(error, typed)
        return code if isinstance(code, int) else Exit.FINE


def _wrong_use(error: Any, typed: list[str]) -> int:
    if AS_JSON in typed:
        context = getattr(error, "ctx", None)
        where = context.command_path if context is not None else "trellis"
        remedy = f"`{where} --help` shows what may stand there."
        print_error(error.exit_code, [{"where": where, "what": error.format_message(), "remedy": remedy}])
    error.show()
    return int(error.exit_code)


def _cannot_write(error: OSError) -> int:
    with contextlib.suppress(OSError):
        typer.echo(f"The output cannot be written: {error.strerror or type(error).__name__}.", err=True)
    return Exit.CANNOT_WRITE


def _let_go() -> None:
    """Send what is still waiting nowhere, or the interpreter tries once more at its end and complains."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
