"""A walk over everything that can be reached from an object through its public attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from trellis.kinds.shape import Frozen

PLAIN = (str, int, float, bool, date, type(None))


def reached(start: object) -> Iterator[tuple[str, Any]]:
    """Every object that is reached, each once, with the way to it."""
    seen: dict[int, object] = {}  # kept, so that no number is given twice
    waiting: list[tuple[str, Any]] = [(type(start).__name__, start)]
    while waiting:
        way, thing = waiting.pop()
        if isinstance(thing, PLAIN) or id(thing) in seen:
            continue
        seen[id(thing)] = thing
        yield way, thing
        waiting += [(f"{way}{step}", inner) for step, inner in _below(thing)]


def _below(thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, Mapping):
        yield from ((f"[{key!r}]", value) for key, value in thing.items())
    elif isinstance(thing, (list, tuple, set, frozenset)) and not hasattr(thing, "_fields"):
        yield from ((f"[{place}]", value) for place, value in enumerate(thing))
    elif not callable(thing):
        yield from ((f".{name}", getattr(thing, name)) for name in public(thing))


def public(thing: Any) -> list[str]:
    """The public attributes of an object that are not methods."""
    if isinstance(thing, Frozen):
        return list(type(thing).model_fields)
    names = list(getattr(thing, "_fields", ())) + ([part.name for part in fields(thing)] if is_dataclass(thing) else [])
    names += [name for name in [*vars(type(thing)), *getattr(thing, "__dict__", ())] if name not in names]
    return [name for name in names if not name.startswith("_") and not callable(getattr(thing, name))]


def changeable(thing: Any) -> str:
    """How the object could be changed, in a few words; empty when it cannot."""
    if isinstance(thing, (list, set, bytearray)):
        return f"is a {type(thing).__name__}"
    if isinstance(thing, Mapping):
        return "takes another entry" if _takes(lambda: thing.__setitem__("planted", 1)) else ""
    if isinstance(thing, (tuple, frozenset)) or callable(thing):
        return ""
    for name in public(thing):
        value = getattr(thing, name)
        if _takes(lambda name=name, value=value: setattr(thing, name, value)):
            return f"lets its {name} be set"
    return "takes another attribute" if _takes(lambda: setattr(thing, "planted", 1)) else ""


def _takes(change: Any) -> bool:
    try:
        change()
    except (AttributeError, TypeError, ValueError):
        return False
    return True
