"""Reading what somebody types: the keys that work everywhere, the end of input, and Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Callable

from trellis.cli.terminal import Terminal
from trellis.say import Say

BACK, WHY, NOT_KNOWN, DECLINED, HELP, QUIT, LEAVE = "b", "w", "?", "-", "h", "q", "x"

# What people type instead of the letter, in either language.
WORDS = {
    "back": BACK, "atras": BACK, "atrás": BACK, "volver": BACK,
    "why": WHY, "por que": WHY, "por qué": WHY, "porque": WHY,
    "help": HELP, "ayuda": HELP,
    "quit": QUIT, "stop": QUIT, "salir": QUIT, "parar": QUIT,
    "exit": LEAVE,
    "i don't know": NOT_KNOWN, "don't know": NOT_KNOWN, "no se": NOT_KNOWN, "no sé": NOT_KNOWN,
    "rather not say": DECLINED, "\u2013": DECLINED, "\u2014": DECLINED,
}  # fmt: skip
YES, NO = ("y", "yes", "s", "si", "sí"), ("n", "no")


class StopHere(Exception):  # noqa: N818 - no error: somebody stops
    """Stop here and show the result so far. ``ended``: there is no more input to read."""

    def __init__(self, *, ended: bool = False) -> None:
        super().__init__()
        self.ended = ended


class Leave(Exception):  # noqa: N818 - no error: somebody leaves
    """Leave at once."""


class Keyboard:
    """Reads one line at a time from standard input.

    Args:
        say: the language.
        term: where prompts are written.
        on_help: what ``h`` shows.
    """

    def __init__(self, say: Say, term: Terminal, on_help: Callable[[], None]) -> None:
        self.say, self.term, self.on_help = say, term, on_help

    def raw(self) -> str:
        """A line as typed. Raises :class:`StopHere` at the end of input and on Ctrl-C."""
        self.term.prompt(self.say("ask.prompt"))
        try:
            typed = sys.stdin.readline()
        except KeyboardInterrupt:
            self.term.line()
            raise StopHere from None
        except UnicodeDecodeError:
            typed = "\ufffd\n"
        if not sys.stdin.isatty() or not typed:
            self.term.line()
        if not typed:
            raise StopHere(ended=not sys.stdin.isatty())
        return typed.strip()

    def key(self) -> str:
        """A line with the keys that work everywhere already done: help, stop, leave."""
        while True:
            typed = self.raw().lower()
            typed = WORDS.get(typed, typed)
            if typed == QUIT:
                raise StopHere
            if typed == LEAVE:
                raise Leave
            if typed != HELP:
                return typed
            self.on_help()

    def pause(self, message: str) -> None:
        """Wait for Enter."""
        self.term.line()
        self.term.text(self.say(message))
        while self.key():
            self.term.text(self.say("ask.wrong_at_pause"))

    def yes(self, question: str, *, default: bool) -> bool:
        """Ask yes or no; Enter alone is the default."""
        self.term.line()
        self.term.text(question)
        while True:
            typed = self.key()
            if typed in YES or typed in NO or not typed:
                return default if not typed else typed in YES
            self.term.text(self.say("ask.wrong_yes_no"))
