"""Writing to a terminal: never wider than 80 columns, readable without colour, and in any encoding."""

from __future__ import annotations

import os
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from trellis.written import safe

if TYPE_CHECKING:
    from rich.console import Console

WIDEST, NARROWEST, USUAL_LINES = 80, 40, 25
LONGEST_WIDTH = 6
"""A width with more digits is none."""
BAR = 20

# What to write where the encoding of the terminal lacks a character. Accents fall back to the bare letter.
_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d\u00ab\u00bb", '"')
    | dict.fromkeys("\u2013\u2014\u2212\u00b7", "-")
    | dict.fromkeys("\u00bf\u00a1", "")
    | dict.fromkeys("\u00a0\u202f", " ")
    | {"\u2026": "...", "\u2022": "*", "\u2192": "->", "\u2265": ">=", "\u2264": "<=", "\u00d7": "x"}
)


def plain(text: str, encoding: str) -> str:
    """The text with every character that the encoding lacks replaced by the nearest that it has.

    >>> plain("¿Está “bien”?", "ascii")
    'Esta "bien"?'
    >>> plain("¿Está bien?", "utf-8")
    '¿Está bien?'
    """
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "".join(_plain_character(character, encoding) for character in text)
    return text


def _plain_character(character: str, encoding: str) -> str:
    for candidate in (character, character.translate(_PLAIN), unicodedata.normalize("NFKD", character)):
        try:
            candidate.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        return candidate
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return bare or "?"


def bar(done: int, total: int, width: int = BAR) -> str:
    """A bar that needs neither colour nor special characters.

    >>> bar(5, 10, 10)
    '[#####-----]'
    """
    filled = width if total <= 0 else min(width, width * done // total)
    return "[" + "#" * filled + "-" * (width - filled) + "]"


def _columns() -> int:
    """The width of the terminal; what is no width, such as 0, counts as 80."""
    said = os.environ.get("COLUMNS", "").strip()
    if said.isascii() and said.isdecimal() and len(said) < LONGEST_WIDTH:
        return int(said) or WIDEST
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            return os.get_terminal_size(stream.fileno()).columns or WIDEST
        except (AttributeError, OSError, ValueError):  # no terminal
            continue
    return WIDEST


def _console() -> Console | None:
    """What writes in bold and red; None where nobody could see it, such as in a file or a pipe: it takes long to load.

    Rich knows terminals; whether there is one it finds out as here, and it is asked wherever that is not certain.
    """
    if not any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "JUPYTER_COLUMNS")):
        try:
            if not sys.stdout.isatty():
                return None
        except (AttributeError, ValueError):  # no output, or one that is closed
            return None
    from rich.console import Console

    # Both sizes are given, or rich takes COLUMNS and LINES as they are: with 0 columns it writes nothing at all.
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=WIDEST, height=USUAL_LINES)


class Terminal:
    """Writes whole lines to standard output."""

    def __init__(self) -> None:
        self.width = max(NARROWEST, min(WIDEST, _columns()))
        self.console = _console()
        self.encoding = getattr(sys.stdout, "encoding", None) or "utf-8"

    def line(self, text: str = "", style: str | None = None) -> None:
        """One line, as it is, without what would steer the terminal."""
        shown = plain(safe(text), self.encoding)
        if self.console is not None:
            self.console.out(shown, style=style, highlight=False)
            return
        sys.stdout.write(f"{shown}\n")
        sys.stdout.flush()

    def lines(self, texts: Iterable[str], indent: str = "") -> None:
        """Several lines, each wrapped below its own indent."""
        for text in texts:
            own = indent + text[: len(text) - len(text.lstrip())]
            self.text(text.strip(), indent=own, hanging=own + "  ")

    def text(self, text: str, *, indent: str = "", hanging: str | None = None, style: str | None = None) -> None:
        """A paragraph, wrapped."""
        below = indent if hanging is None else hanging
        for line in wrap(text, self.width, indent, below, whole_paths=True):
            self.line(line, style)

    def heading(self, text: str) -> None:
        """A heading with a rule below it, so that it stands out without colour."""
        self.line()
        wrapped = wrap(text, self.width)
        for line in wrapped:
            self.line(line, "bold")
        self.line("-" * max(len(line) for line in wrapped))

    def subheading(self, text: str) -> None:
        """A smaller heading."""
        self.line()
        self.text(text, style="bold")

    def bullets(self, texts: Iterable[str], indent: str = "") -> None:
        """A list."""
        for text in texts:
            self.text(text, indent=f"{indent}- ", hanging=f"{indent}  ")

    def numbered(self, texts: Sequence[str], start: int = 1, indent: str = "  ") -> None:
        """A numbered list."""
        for number, text in enumerate(texts, start):
            head = f"{indent}{number:>2}  "
            self.text(text, indent=head, hanging=" " * len(head))

    def box(self, title: str) -> None:
        """A title that cannot be overlooked, in any terminal."""
        rule = "=" * self.width
        self.line()
        self.line(rule, "bold red")
        for line in wrap(title.upper(), self.width - 4):
            self.line(f"  {line}", "bold red")
        self.line(rule, "bold red")

    def rule(self) -> None:
        """The end of one screen and the beginning of the next."""
        self.line()
        self.line("=" * self.width)

    def columns(self, left: str, right: str, *, listed: bool = False) -> None:
        """Two texts side by side in equal width; ``listed``: each is one entry of a list."""
        width = (self.width - 3) // 2
        first, hanging = ("- ", "  ") if listed else ("", "")
        rows = [wrap(text, width, first, hanging) if text else [""] for text in (left, right)]
        for number in range(max(len(row) for row in rows)):
            one, two = (row[number] if number < len(row) else "" for row in rows)
            self.line(f"{one:<{width}} | {two}".rstrip())

    def prompt(self, text: str) -> None:
        """The start of a line on which somebody types."""
        sys.stdout.write(plain(safe(text), self.encoding))
        sys.stdout.flush()

    def clear(self) -> None:
        """Wipe the terminal and what was scrolled away, where there is one."""
        if self.console is not None and self.console.is_terminal and not self.console.is_dumb_terminal:
            sys.stdout.write("\033[H\033[2J\033[3J")
            sys.stdout.flush()


def wrap(text: str, width: int, indent: str = "", hanging: str = "", *, whole_paths: bool = False) -> list[str]:
    """Break a text into lines; telephone numbers and the like are not broken at their hyphens.

    With ``whole_paths`` a path or an address stays whole even where it is longer than a line, so that it can be copied.

    >>> wrap("Call 1-800-222-1222 now.", 20)
    ['Call 1-800-222-1222', 'now.']
    >>> wrap("See https://example.org/a-long-address now.", 20, whole_paths=True)
    ['See', 'https://example.org/a-long-address', 'now.']
    """
    room = width - max(len(indent), len(hanging))
    whole = whole_paths and any(len(word) > room and ("/" in word or "\\" in word) for word in text.split())
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_on_hyphens=False,
        break_long_words=not whole,
    )
    return lines or [indent.rstrip()]
