"""What people typed, made safe to print: no character that steers a terminal, no line that begins a block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from trellis.plans.plan import Plan

BREAKS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of reading, so that a line shows as something else than it says."""
OUTLINES = "met_when"
"""The one part whose lines are a matter of form: an outline that Trellis writes."""
AS_IT_IS = ("basis", "person")
"""Parts that are not shown."""
STARTS_HTML = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")
STARTS_LINK = re.compile(r"(?<!\\)\](?=[(\[])")
DEFINES_LINK = re.compile(r"^\s*\[(?=[^\]]*\]:)", re.MULTILINE)


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


def printable(plan: Plan) -> Plan:
    """The plan with every text on one line and without characters that steer. Only for showing: it has no seal."""
    plain = {name: value if name in AS_IT_IS else _clean(value, name) for name, value in plan.model_dump().items()}
    return Plan.model_validate(plain | {"seal": ""})


def _clean(value: Any, name: str) -> Any:
    if name == OUTLINES:
        return value
    if isinstance(value, str):
        return one_line(value) or (value and "?")
    if isinstance(value, Mapping):
        return {key: _clean(inner, str(key)) for key, inner in value.items()}
    return tuple(_clean(inner, name) for inner in value) if isinstance(value, (tuple, list)) else value
