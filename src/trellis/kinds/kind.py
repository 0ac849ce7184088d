"""What a kind of content is: one module of this folder declares it, and that is all it takes to add one.

A module puts its kinds into ``KINDS``. From there the library reads them, checks what they refer to and keeps them; the
checker holds their words to both languages and to a reading grade, and their sources to being there; ``trellis schema``
describes them, and ``docs/authoring.md`` lists them.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeVar

from trellis.frozen import EMPTY
from trellis.kinds.shape import Frozen

M = TypeVar("M", bound=Frozen)


class Book(Protocol):
    """All that was read, as a kind's own check sees it."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts by id: :class:`trellis.kinds.fact.Fact`, which is a kind itself."""

    @property
    def parameters(self) -> Mapping[str, int | str]:
        """The value in force of every parameter."""

    @property
    def files(self) -> Mapping[str, str]:
        """The texts of all files by name, tables of studies among them."""

    def of(self, key: str, shape: type[M]) -> list[M]:
        """All entries of one kind, in order."""

    def get(self, key: str, name: str) -> Any:
        """The entry of one kind with this id; None where there is none."""

    def wrong(self, where: str, what: str, remedy: str = "") -> None:
        """Tell of something that must be mended."""

    def name(self, where: str, names: Any, key: str) -> None:
        """Tell of each name that no entry of a kind has."""


Check = Callable[[str, Any, Book], None]


@dataclass(frozen=True)
class Kind:
    """One kind of content.

    Args:
        key: the key below which it stands in a file; also its name everywhere else.
        shape: what an entry may hold.
        what: what it is, in a line for authors.
        single: it stands there once and not in a list.
        folder: the folder of the shipped content that holds it and that is read only when somebody asks for it; empty
            for what a decision may need.
        refers: for a field (``evaluate.by``), the kind whose ids stand in it.
        public: the fields that a person reads, held to a reading grade; ``*`` for all but those in ``apart``.
        apart: fields within it that no person reads.
        english: fields that may be in English alone.
        dated: it decides, or is shown in danger: its date may not lie after that of the content as a whole.
        cited: an entry without a source is an error.
        condition: the field that holds a condition on facts; empty where there is none.
        check: what is wrong with an entry beyond its shape and the names in it.
    """

    key: str
    shape: type[Frozen]
    what: str
    single: bool = False
    folder: str = ""
    refers: Mapping[str, str] = EMPTY
    public: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    dated: bool = False
    cited: bool = False
    condition: str = ""
    check: Check | None = None

    def names_in(self, entry: Frozen) -> Iterator[tuple[str, str]]:
        """Every name in an entry that refers to another, with the kind of that one.

        >>> from trellis.kinds.need import Evaluate
        >>> who = Kind("visits", Evaluate, "who looks", refers={"by": "evaluators"})
        >>> list(who.names_in(Evaluate(by="doctor", within_hours=2)))
        [('doctor', 'evaluators')]
        """
        for path, key in self.refers.items():
            yield from ((str(name), key) for name in at(entry, path))


def at(value: Any, path: str) -> Iterator[Any]:
    """What stands at a path of fields, through every list on the way; the keys where it ends in a mapping."""
    if value is None:
        return
    if isinstance(value, (tuple, list)):
        for one in value:
            yield from at(one, path)
    elif path:
        field, _, rest = path.partition(".")
        yield from at(getattr(value, field), rest)
    elif isinstance(value, Mapping):
        yield from value
    elif value != "":
        yield value


@cache
def every() -> Mapping[str, Kind]:
    """Every kind of content that a module of this folder declares, by its key.

    >>> every()["needs"].what
    'what a person requires when a condition holds'
    """
    package = import_module("trellis.kinds")
    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    kinds = [kind for name in modules for kind in getattr(import_module(f"trellis.kinds.{name}"), "KINDS", ())]
    found: dict[str, Kind] = {}
    for kind in kinds:
        if kind.key in found:
            raise ValueError(f"two modules of trellis.kinds declare [{kind.key}]")
        if kind.condition and "id" not in kind.shape.model_fields:
            raise ValueError(f"[{kind.key}] has a condition and no id to keep it by")
        found[kind.key] = kind
    return found
