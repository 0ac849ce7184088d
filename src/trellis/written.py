"""Values and words as they may be shown: as people write them, not too long, and nothing that steers a terminal."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

LONGEST = 60
"""A value is shown up to so many characters."""
LONGEST_SENTENCE = 400

BREAKS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of reading, so that a line shows as something else than it says."""
STARTS_HTML = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")
STARTS_LINK = re.compile(r"(?<!\\)\](?=[(\[])")
DEFINES_LINK = re.compile(r"^\s*\[(?=[^\]]*\]:)", re.MULTILINE)

# What would steer a terminal: control characters, half characters, and marks that turn the direction of writing.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    r"""The text without what would steer a terminal; tabs and ends of lines stay.

    >>> safe("evil\x1b[2J")
    'evil\ufffd[2J'
    """
    return _STEERS.sub("\ufffd", text)


def as_written(value: Any) -> str:
    """A value as somebody writes it in a file, not as Python does.

    >>> [as_written(value) for value in (True, None, 3, 2.5, float("inf"), "", "both", {"a": ["b", False]})]
    ['true', 'null', '3', '2.5', '.inf', '""', 'both', '{a: [b, false]}']
    """
    return shortened(_flow(value, LONGEST + 1))


def _flow(value: Any, room: int) -> str:
    if isinstance(value, dict):
        return "{" + _several((f"{_flow(k, room)}: {_flow(v, room)}" for k, v in value.items()), room) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + _several((_flow(one, room) for one in value), room) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    return safe(str(value)) if value != "" else '""'


def _several(parts: Any, room: int) -> str:
    """Joined, and no further than there is room: a value may be large and only its beginning is shown."""
    kept: list[str] = []
    for part in parts:
        kept.append(part)
        room -= len(part)
        if room < 0:
            break
    return ", ".join(kept)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning and end and how long it is.

    >>> shortened("a" * 500)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…aaaaaaaaaa (500 characters)'
    """
    if len(text) <= longest:
        return text
    return f"{text[: longest - 20]}…{text[-10:]} ({len(text):,} characters)"


def steady(text: str) -> str:
    r"""The text without characters that steer a terminal or turn the direction of reading.

    >>> steady("evil\x1b[2J")
    'evil[2J'
    """
    return "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in TURNS))


def one_line(text: str) -> str:
    r"""The text on one line.

    >>> one_line("Sam\n# Not a heading")
    'Sam # Not a heading'
    """
    return steady(BREAKS.sub(" ", text))


def markdown(text: object) -> str:
    r"""A value as Markdown shows it: nothing in it becomes a tag, a link or a picture.

    >>> print(markdown("<script> 3 < 5 ![x](http://example.org)"))
    \<script> 3 < 5 ![x\](http://example.org)
    """
    text = DEFINES_LINK.sub(r"\\[", steady(str(text)))
    return STARTS_LINK.sub(r"\]", STARTS_HTML.sub(r"\<", text))


def cell(text: str) -> str:
    r"""Words in a cell of a Markdown table.

    >>> print(cell("tea | milk"))
    tea \| milk
    """
    return text.replace("|", r"\|")


def unescaped(text: str) -> str:
    r"""Markdown back to plain words.

    >>> unescaped(markdown("<b> [x](y)")), unescaped(cell("a|b"))
    ('<b> [x](y)', 'a|b')
    """
    return re.sub(r"\\([<\[\]|])", r"\1", text)
