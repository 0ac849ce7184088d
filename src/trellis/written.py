"""Values and words as they may be shown: as people write them, not too long, and nothing that steers a terminal."""

from __future__ import annotations

import math
import re
from typing import Any

LONGEST = 60
"""A value is shown up to so many characters."""
LONGEST_SENTENCE = 400

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
