"""Knowledge objects that are plain at run time: what checks them, pydantic, is loaded when there is something to check.

Importing pydantic and building a hundred of its classes takes several times as long as deciding, and whoever decides
checks nothing: the content was checked when it was loaded first (see :mod:`trellis.library.bundle`). So a class below
:class:`Frozen` keeps what its fields are, and its pydantic model is made when something is to be checked: when it is
called with fields, at ``model_validate``, and for a JSON schema. What comes out is the plain object.

To a type checker it is that pydantic model; ``pydantic.BaseModel`` it is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_type_hints

from trellis.frozen import FrozenDict, frozen
from trellis.once import first_time

K = TypeVar("K")
V = TypeVar("V")
_MISSING: Any = object()
SETTINGS: Any = {"frozen": True, "extra": "forbid", "str_strip_whitespace": True, "defer_build": True}
"""How every model checks: an unknown key is an error rather than silence. Built late, so that one may hold itself."""


class After:
    """In an annotation: what is done with a value once its type is checked."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.work, handler(source))


class Before:
    """In an annotation: what is done with a value before its type is checked.

    ``also``: the JSON type that may stand in a file beside that of the annotation, for its schema.
    """

    def __init__(self, work: Callable[[Any], Any], also: str = "") -> None:
        self.work, self.also = work, also

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.work, handler(source))

    def __get_pydantic_json_schema__(self, checked: Any, handler: Any) -> Any:
        found = handler(checked)
        return {"anyOf": [found, {"type": self.also}]} if self.also else found


class Spec:
    """What is said of a field beside its type: its default, the name it has in a file, and its limits."""

    __slots__ = ("default", "factory", "limits")

    def __init__(self, default: Any = _MISSING, default_factory: Any = None, **limits: Any) -> None:
        self.default, self.factory, self.limits = default, default_factory, limits

    @property
    def alias(self) -> str | None:
        """The name in a file, where it is another one, such as ``from`` for ``from_``."""
        found: str | None = self.limits.get("alias")
        return found

    def is_required(self) -> bool:
        """Whether the field must be given."""
        return self.default is _MISSING and self.factory is None

    def usual(self) -> Any:
        """The default. Raises ``LookupError`` where there is none."""
        if self.factory is not None:
            return self.factory()
        if self.default is _MISSING:
            raise LookupError
        return self.default

    def for_pydantic(self) -> Any:
        """The same as pydantic writes it."""
        from pydantic import Field as PydanticField

        if self.factory is not None:
            return PydanticField(default_factory=self.factory, **self.limits)
        return PydanticField(**({} if self.default is _MISSING else {"default": self.default}), **self.limits)


if TYPE_CHECKING:
    from pydantic import BaseModel, ConfigDict
    from pydantic import Field as Field

    class Frozen(BaseModel):
        """A knowledge object: immutable, and an unknown key is an error rather than silence."""

        model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

else:
    Field = Spec

    class _Shape(type):
        def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            fields = {key: spec for base in reversed(bases) for key, spec in getattr(base, "model_fields", {}).items()}
            for key in space.get("__annotations__", {}):
                given = space.pop(key, _MISSING)
                fields[key] = given if isinstance(given, Spec) else Spec(given)
            made = super().__new__(mcs, name, bases, space | {"model_fields": fields})
            made._usual = {key: one for key, one in fields.items() if not one.is_required()}
            return made

    class Frozen(metaclass=_Shape):
        """A knowledge object: immutable, and an unknown key is an error rather than silence."""

        def __init__(self, /, **given: Any) -> None:
            if given or len(self._usual) < len(self.model_fields):
                vars(self).update(vars(_checked(type(self))(**given)))
            else:
                vars(self).update((key, spec.usual()) for key, spec in self.model_fields.items())

        @classmethod
        def model_validate(cls, given: Any) -> Any:
            """Check plain values. Raises ``pydantic.ValidationError`` with all that is wrong."""
            if isinstance(given, cls):
                return given
            return _plain(cls, _checked(cls).model_validate(given))

        @classmethod
        def model_construct(cls, **values: Any) -> Any:
            """Made of values that were checked before: nothing is looked at."""
            made = cls.__new__(cls)
            vars(made).update(
                (key, values[key] if key in values else spec.usual()) for key, spec in cls.model_fields.items()
            )
            return made

        @classmethod
        def model_json_schema(cls, **how: Any) -> dict[str, Any]:
            """The JSON Schema of what may stand in a file, as pydantic writes it."""
            return _checked(cls).model_json_schema(**how)

        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
            from pydantic_core import core_schema

            def check(given: Any, on: Callable[[Any], Any]) -> Any:
                return given if isinstance(given, cls) else _plain(cls, on(given))

            return core_schema.no_info_wrap_validator_function(check, handler.generate_schema(_checked(cls)))

        def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Any:
            """A copy with some fields replaced; what replaces them is not checked."""
            made = self.__new__(type(self))
            vars(made).update(vars(self))
            vars(made).update(update or {})
            return made

        def model_dump(
            self,
            *,
            mode: str = "python",
            exclude_none: bool = False,
            exclude_defaults: bool = False,
            by_alias: bool = False,
            exclude: Any = (),
        ) -> dict[str, Any]:
            """The same as plain values; with ``mode="json"`` as JSON has them."""
            how = {"exclude_none": exclude_none, "exclude_defaults": exclude_defaults, "by_alias": by_alias}
            found = {}
            for key, spec in self.model_fields.items():
                value = vars(self)[key]
                if key in exclude or (exclude_none and value is None):
                    continue
                if exclude_defaults and not spec.is_required() and value == spec.usual():
                    continue
                found[spec.alias or key if by_alias else key] = _dumped(value, mode, how)
            return found

        def model_dump_json(self, **how: Any) -> str:
            """The same as the text of JSON; it takes what :meth:`model_dump` takes."""
            return json.dumps(self.model_dump(mode="json", **how), ensure_ascii=False, separators=(",", ":"))

        def __setattr__(self, name: str, value: Any) -> None:
            raise AttributeError(f"[{name}] of {type(self).__name__} cannot be set; take model_copy(update=...)")

        def __delattr__(self, name: str) -> None:
            raise AttributeError(f"[{name}] of {type(self).__name__} cannot be removed")

        def __iter__(self) -> Iterator[tuple[str, Any]]:
            yield from ((key, vars(self)[key]) for key in self.model_fields)

        def __eq__(self, other: object) -> bool:
            return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

        def __hash__(self) -> int:
            return hash((type(self), *(vars(self)[key] for key in self.model_fields)))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{key}={vars(self)[key]!r}' for key in self.model_fields)})"


def _dumped(value: Any, mode: str, how: Mapping[str, Any]) -> Any:
    if isinstance(value, Frozen):
        return value.model_dump(mode=mode, **how)
    if isinstance(value, dict):
        return {key: _dumped(one, mode, how) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        several = [_dumped(one, mode, how) for one in value]
        return several if mode == "json" else type(value)(several)
    return value.isoformat() if mode == "json" and isinstance(value, date) else value


def _plain(cls: Any, checked: Any) -> Any:
    made = cls.__new__(cls)
    vars(made).update(vars(checked))
    return made


_models: dict[type, Any] = {}


def _checked(cls: Any) -> Any:
    """The pydantic model of a class, made when it is first asked for."""
    if cls not in _models:
        with first_time():
            if cls not in _models:
                _models[cls] = _model(cls)
    return _models[cls]


def _model(cls: Any) -> Any:
    from pydantic import BaseModel

    space = {key: spec.for_pydantic() for key, spec in cls.model_fields.items()}
    types = get_type_hints(cls, include_extras=True)
    made: Any = type(BaseModel)
    return made(
        cls.__name__,
        (BaseModel,),
        {
            **space,
            "__annotations__": {key: types[key] for key in cls.model_fields},
            "__module__": cls.__module__,
            "__qualname__": cls.__qualname__,
            "__doc__": cls.__doc__,
            "model_config": dict(SETTINGS),
        },
    )


class _AsFrozen:
    """Tells pydantic to read a field as a dictionary and to keep it frozen."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        keys, values = (handler.generate_schema(part) for part in get_args(source))
        return core_schema.no_info_after_validator_function(FrozenDict, core_schema.dict_schema(keys, values))


FrozenMap = Annotated[Mapping[K, V], _AsFrozen()]
"""The type of a mapping in a knowledge object."""

FrozenTree = Annotated[Any, After(frozen)]
"""The type of raw YAML in a knowledge object: a condition as written, a claim."""
