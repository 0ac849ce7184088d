"""Keeping an interview: only when asked, only for this account, and never over another file without a word."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
from pathlib import Path
from typing import Any

from trellis.cli.keyboard import Keyboard
from trellis.cli.terminal import Terminal
from trellis.decide import Recommendation
from trellis.errors import AnswerError, Problem
from trellis.say import Say

MODE = 0o600
FORCE = "Give another name, or --force to write over it."


def to_json(rec: Recommendation, role: str, lang: str) -> dict[str, Any]:
    """An interview as a file holds it: the answers with their day, and what they were decided with."""
    kept = rec.provenance.to_json()
    # An answer without a day is of the day of the interview; written out, it ages when the file is decided later.
    kept["answers"] = {
        name: [{"date": kept["as_of"], **answer} for answer in given] for name, given in kept["answers"].items()
    }
    return kept | {"role": role, "lang": lang}


def offer(rec: Recommendation, role: str, say: Say, term: Terminal, keyboard: Keyboard) -> None:
    """Ask whether to save, and where. No is the default."""
    text = json.dumps(to_json(rec, role, say.lang), ensure_ascii=False, indent=2) + "\n"
    if not keyboard.yes(say("ask.save_offer"), default=False):
        term.text(say("ask.not_saved"))
        return
    while True:
        term.text(say("ask.save_where"))
        typed = keyboard.raw()
        if not typed:
            term.text(say("ask.not_saved"))
            return
        path = Path(typed).expanduser()
        try:
            write(path, text)
        except FileExistsError:
            if not keyboard.yes(say("ask.save_exists", path=path), default=False):
                continue
            try:
                write_over(path, text)
            except OSError as error:
                term.text(say("ask.save_failed", path=path, reason=error.strerror or type(error).__name__))
                continue
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            term.text(say("ask.save_failed", path=path, reason=reason))
            continue
        term.text(say("ask.saved", path=path))
        term.line(f"  trellis decide {shlex.quote(str(path))}")
        return


def write(path: Path, text: str) -> None:
    """Write a new file that only this account may read. Raises ``FileExistsError`` when there is one already."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def put(path: Path, content: bytes, *, over: bool, remedy: str = FORCE) -> None:
    """Write a file that only this account may read; never over another one unless told.

    Raises:
        AnswerError: there is such a file already, or it cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if over else os.O_EXCL)
    try:
        descriptor = os.open(path, flags, MODE)
        os.fchmod(descriptor, MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError:
        raise AnswerError([Problem(str(path), "is there already.", remedy)]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnswerError([Problem(str(path), f"cannot be written: {reason}.", "Check the folder.")]) from None


def write_over(path: Path, text: str) -> None:
    """Replace a file as a whole: the old one stays until the new one is there, which only this account may read."""
    if not path.is_file():
        raise OSError(None, "not a plain file")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder) / path.name
        write(new, text)
        new.replace(path)
