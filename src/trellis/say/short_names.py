"""What each question is about in a few plain words, where the whole question is too long."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from trellis.kinds.text import Text
from trellis.library.strict_yaml import plain

FILE = "short_names.yaml"


@cache
def short_names() -> Mapping[str, Text]:
    """What each fact is about in a few plain words, by its id.

    >>> short_names()["use.craving"].in_language("en")
    'Urges to use, past two weeks'
    """
    tree: Any = plain((resources.files("trellis.say") / FILE).read_text(encoding="utf-8"), FILE)
    return {name: Text(en=said["en"], es=said["es"]) for name, said in tree.items()}
