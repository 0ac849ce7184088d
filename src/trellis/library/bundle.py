"""The knowledge as it was checked and compiled, in a form that is read back at once: plain JSON, and no pickle.

YAML stays the only source. A bundle is what loading made of exactly these files, with these parameters, by exactly this
code; its key says all of that, so that it can be missing and can never be old. Nothing in it is checked again: that is
what it is for.

The form: ``atoms``, a list of texts and numbers; ``nodes``, each a list of places, the first one of which says what it
is (a tuple, a set, a mapping, or one of ``classes``), and the others what it holds: atoms, and nodes that came before.
What is equal is there once, which is possible because nothing in a knowledge can be changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from trellis._version import __version__
from trellis.engine.artefact import Artefact, CompiledNeed, CompiledPackage
from trellis.frozen import FrozenDict
from trellis.kinds.condition import Branch, Leaf
from trellis.kinds.kind import every
from trellis.kinds.shape import Frozen
from trellis.library.knowledge import Knowledge, WhatHelps

FORM = 2
"""Raised when the form changes."""
TUPLE, SET, MAPPING, FIRST_CLASS = range(4)
ATOMS = (str, int, float, bool, type(None))
NOT_KEPT = ("files", "later", "whole", "origin", "_kept", "_engine")
"""Parts of a knowledge that are made anew: the files are read to know the key, the rest is not content."""
MADE_IN = (".", "engine", "kinds", "library")
"""Folders of the code that makes a knowledge of files, from the package on."""
MADE_BY = ("pydantic", "pydantic_core", "yaml")
"""Whose version can change what loading makes of a file."""


class NotKeepableError(ValueError):
    """Something that a bundle cannot hold, or that is no bundle."""


def key_of(texts: Mapping[str, str], told: Mapping[str, Any], more: str = "") -> str:
    """The name of the bundle that these files make, with what was told when they were loaded, by this code.

    Args:
        texts: the files.
        told: parameters, jurisdiction and the like.
        more: anything else on which the outcome rests.

    >>> key_of({"a.yaml": "a: 1"}, {}) == key_of({"a.yaml": "a: 2"}, {})
    False
    >>> key_of({}, {"x": 1}) == key_of({}, {"x": True})
    False
    """
    sha = blake2b(digest_size=24)
    typed = sorted((name, type(value).__qualname__, repr(value)) for name, value in told.items())
    sha.update(repr((FORM, __version__, _code(), typed, more)).encode())
    for name, text in texts.items():
        both = name.encode(), text.encode("utf-8", "surrogatepass")
        sha.update(b"%d %d\n%b%b" % (len(both[0]), len(both[1]), *both))
    return sha.hexdigest()


@cache
def _code() -> tuple[object, ...]:
    """The state of the code that loads: like Python's own compiled files, by size and time of change."""
    root = Path(__file__).parent.parent
    own = [path for place in MADE_IN for path in sorted((root / place).glob("*.py"))]
    others = [Path(spec.origin) for name in MADE_BY if (spec := find_spec(name)) and spec.origin]
    found: list[object] = []
    for path in (*own, *others):
        try:
            state = os.stat(path)
        except OSError:  # in an archive: the version alone says it then
            continue
        found.append((path.name, state.st_size, state.st_mtime_ns))
    return tuple(found)


def pack(thing: object) -> str:
    """What was loaded, as text. Raises :class:`NotKeepableError` for what a bundle cannot hold.

    >>> unpack(pack((1, 1.0, True, None, "a", ("a",), frozenset({2}), FrozenDict({"b": ()}))))
    (1, 1.0, True, None, 'a', ('a',), frozenset({2}), {'b': ()})
    """
    packer = _Packer()
    root = packer.put(thing)
    body = {
        "classes": [[_name(cls), list(_fields(cls))] for cls in packer.classes],
        "atoms": packer.atoms,
        # Nodes are counted after all atoms, and how many those are is known only now.
        "nodes": [[kind, *(_place(ref, len(packer.atoms)) for ref in refs)] for kind, refs in packer.nodes],
        "root": _place(root, len(packer.atoms)),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _place(ref: int, atoms: int) -> int:
    return ref if ref >= 0 else atoms - ref - 1


class _Packer:
    """Gives each different value a number: atoms from 0 up, nodes from -1 down."""

    def __init__(self) -> None:
        self.atoms: list[Any] = []
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self.classes: list[type] = []
        self._known: dict[object, int] = {}
        self._seen: dict[int, tuple[object, int]] = {}  # with the object, so that its number stays its own

    def put(self, value: Any) -> int:
        if type(value) in ATOMS:
            key = (type(value), value)
            if key not in self._known:
                self._known[key] = len(self.atoms)
                self.atoms.append(value)
            return self._known[key]
        if id(value) not in self._seen:
            kind, parts = self._taken_apart(value)
            node = (kind, tuple([self.put(part) for part in parts]))
            if node not in self._known:
                self.nodes.append(node)
                self._known[node] = -len(self.nodes)
            self._seen[id(value)] = (value, self._known[node])
        return self._seen[id(value)][1]

    def _taken_apart(self, value: Any) -> tuple[int, list[Any]]:
        cls: Any = type(value)
        if cls is tuple:
            return TUPLE, list(value)
        if cls is frozenset:
            return SET, sorted(value)
        if cls is FrozenDict:
            return MAPPING, [part for pair in value.items() for part in pair]
        if _name(cls) not in _holdable():
            raise NotKeepableError(f"a bundle cannot hold [{_name(cls)}]")
        if cls not in self.classes:
            self.classes.append(cls)
        return FIRST_CLASS + self.classes.index(cls), [vars(value)[name] for name in _fields(cls)]


def unpack(text: str) -> Any:
    """What was packed. Raises :class:`NotKeepableError` for what is no bundle of this version."""
    body = json.loads(text)
    makers = [tuple, frozenset, _mapping, *(_maker(name, names) for name, names in body["classes"])]
    values: list[Any] = body["atoms"]
    at, add = values.__getitem__, values.append
    for node in body["nodes"]:
        parts = map(at, node)
        next(parts)
        add(makers[node[0]](parts))
    return values[body["root"]]


def _mapping(parts: Any) -> FrozenDict[Any, Any]:
    return FrozenDict(zip(parts, parts, strict=False))  # the same iterator twice: key, value, key, value


def _maker(name: str, names: list[str]) -> Callable[[Any], Any]:
    cls = _holdable().get(name)
    if cls is None or list(_fields(cls)) != names:
        raise NotKeepableError(f"no bundle of this version: [{name}]")
    if cls is Artefact:  # it compiles itself
        return lambda parts: Artefact(*parts)
    new, keys = object.__new__, tuple(names)

    def make(parts: Any) -> Any:
        made = new(cls)
        made.__dict__.update(zip(keys, parts, strict=True))
        return made

    return make


def _name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


@cache
def _fields(cls: Any) -> tuple[str, ...]:
    """The fields of a class, in order; those that are made anew are left out."""
    if issubclass(cls, Frozen):
        return tuple(cls.model_fields)
    return tuple(part.name for part in fields(cls) if part.name not in NOT_KEPT)


@cache
def _holdable() -> dict[str, Any]:
    """Every class that a bundle may hold; no other is ever made."""
    every()  # a kind that nothing else imports is known only once its module is
    found: list[Any] = [Leaf, Branch, CompiledNeed, CompiledPackage, Artefact]
    waiting: list[Any] = [Frozen]
    while waiting:
        below = [cls for cls in waiting.pop().__subclasses__() if cls.__module__.startswith("trellis.kinds.")]
        found += below
        waiting += below
    return {_name(cls): cls for cls in found}


def pack_knowledge(kb: Knowledge) -> str:
    """A knowledge without what a decision does not need."""
    return pack(FrozenDict({name: getattr(kb, name) for name in _fields(Knowledge)}))


def unpack_knowledge(text: str, files: Mapping[str, str], later: Callable[[], WhatHelps]) -> Knowledge:
    """The knowledge that was packed, with the files that it was made of."""
    return Knowledge(**unpack(text), files=files, later=later)


def pack_what_helps(found: WhatHelps) -> str:
    """What a decision does not need."""
    return pack(FrozenDict({name: getattr(found, name) for name in _fields(WhatHelps)}))


def unpack_what_helps(text: str) -> WhatHelps:
    """What was packed."""
    return WhatHelps(**unpack(text))
