"""Two things compared all the way down, with the types of everything and the order of every mapping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from trellis.kinds.shape import Frozen

MADE_ANEW = ("later", "_kept", "_engine")


def differences(one: Any, other: Any, way: str = "") -> Iterator[str]:
    """Where the two differ; nothing when they are the same in every respect."""
    if type(one) is not type(other):
        yield f"{way}: {type(one).__name__} and {type(other).__name__}"
        return
    if isinstance(one, Frozen):
        if list(vars(one)) != list(vars(other)):
            yield f"{way}: other fields"
        for name in type(one).model_fields:
            yield from differences(getattr(one, name), getattr(other, name), f"{way}.{name}")
    elif is_dataclass(one):
        for part in fields(one):
            if part.name not in MADE_ANEW:
                yield from differences(getattr(one, part.name), getattr(other, part.name), f"{way}.{part.name}")
    elif isinstance(one, dict):
        if list(one) != list(other):
            yield f"{way}: other keys, or in another order"
            return
        for (left, value), (right, twin) in zip(one.items(), other.items(), strict=True):
            yield from differences(left, right, f"{way}[key {left!r}]")
            yield from differences(value, twin, f"{way}[{left!r}]")
    elif isinstance(one, tuple):
        if len(one) != len(other):
            yield f"{way}: {len(one)} and {len(other)}"
            return
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{way}[{place}]")
    elif one != other:
        yield f"{way}: {one!r} and {other!r}"
