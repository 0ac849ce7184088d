"""Mappings and trees that cannot be changed, and so can be shared by threads, compared, hashed and sent on."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A mapping that nobody can change: hashable, and unlike ``MappingProxyType`` it can be pickled and deep-copied.

    It is a ``dict``, so that it is read at full speed and JSON, YAML and pydantic write it as they write any other.
    Annotate it as ``Mapping``. To change a copy, take ``dict(frozen)``.

    >>> ranks = FrozenDict({"low": 1})
    >>> ranks["low"], ranks | {"high": 2}
    (1, {'low': 1, 'high': 2})
    >>> ranks["low"] = 2
    Traceback (most recent call last):
    TypeError: this mapping cannot be changed; change a copy: dict(...)
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping cannot be changed; change a copy: dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(cls, core_schema.dict_schema())


EMPTY: FrozenDict[Any, Any] = FrozenDict()


def frozen(value: Any) -> Any:
    """A tree of plain values with every mapping, list and set in it made unchangeable; other values as they are.

    >>> frozen({"all": [{"mood.low": {"is": "mild"}}]})
    {'all': ({'mood.low': {'is': 'mild'}},)}
    """
    kind = type(value)
    if kind is dict:
        return FrozenDict({key: frozen(one) for key, one in value.items()})
    if kind in (list, tuple):
        return tuple([frozen(one) for one in value])
    return frozenset(value) if kind is set else value


def thawed(value: Any) -> Any:
    """The same tree as plain dictionaries and lists, as it was written: for messages and files.

    >>> thawed(frozen({"all": [1, 2]}))
    {'all': [1, 2]}
    """
    if isinstance(value, dict):
        return {key: thawed(one) for key, one in value.items()}
    return [thawed(one) for one in value] if isinstance(value, (list, tuple)) else value


def freeze_fields(thing: object) -> None:
    """Freeze every field of a frozen dataclass that holds a plain container: for its ``__post_init__``."""
    for name, value in vars(thing).items():
        if not name.startswith("_"):
            object.__setattr__(thing, name, frozen(value))
