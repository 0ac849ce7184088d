"""Entries as they come from the files, each with its file and line, before anything refers to anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from trellis.errors import Problem, did_you_mean
from trellis.kinds.fact import Fact
from trellis.kinds.kind import every
from trellis.kinds.shape import Frozen
from trellis.kinds.text import About, Cited
from trellis.library.files import Parsed
from trellis.library.knowledge import id_of

M = TypeVar("M", bound=Frozen)

PLAIN = ("about", "version", "impossible", "topics")
INHERITED = ("effective", "jurisdiction", "review")


class Entries:
    """All that was read, as checks and compilation see it: a :class:`trellis.kinds.kind.Book`."""

    def __init__(self, files: Mapping[str, str], parameters: Mapping[str, int | str] | None = None) -> None:
        self.entries: dict[str, list[tuple[str, Any]]] = {key: [] for key in every()}
        self.plain: dict[str, tuple[str, Any]] = {}
        self.abouts: dict[str, About] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.files = files
        self.parameters: Mapping[str, int | str] = parameters or {}
        self._by_id: dict[str, dict[str, Any]] = {}

    def copy(self) -> Entries:
        """The same entries, to which others can be added without these changing."""
        other = Entries(self.files, self.parameters)
        other.entries = {key: list(entries) for key, entries in self.entries.items()}
        other.plain, other.problems = dict(self.plain), list(self.problems)
        other.abouts, other.lines = dict(self.abouts), dict(self.lines)
        return other

    def of(self, key: str, shape: type[M]) -> list[M]:
        """All entries of one kind, in order."""
        return [entry for _, entry in self.entries[key] if isinstance(entry, shape)]

    def by_id(self, key: str) -> Mapping[str, Any]:
        """The entries of one kind by id; the first where two share one. Asked for once everything is read."""
        if key not in self._by_id:
            found: dict[str, Any] = {}
            for _, entry in self.entries[key]:
                found.setdefault(id_of(entry, len(found)), entry)
            self._by_id[key] = found
        return self._by_id[key]

    def get(self, key: str, name: str) -> Any:
        """The entry of one kind with this id; None where there is none."""
        return self.by_id(key).get(name)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts by id."""
        return cast(Mapping[str, Fact], self.by_id("facts"))

    def wrong(self, where: str, what: str, remedy: str = "") -> None:
        """Tell of something that must be mended."""
        self.problems.append(Problem(where, what, remedy))

    def name(self, where: str, names: Any, key: str) -> None:
        """Tell of each name that no entry of a kind has."""
        known = self.by_id(key)
        for name in names:
            if name not in known:
                what = f"refers to [{name}], which {key} does not define."
                self.wrong(where, what, did_you_mean(name, sorted(known)))

    def where(self, key: str) -> dict[str, tuple[str, int]]:
        """File and line of each entry of one kind, by its id."""
        found: dict[str, tuple[str, int]] = {}
        for where, entry in self.entries[key]:
            found.setdefault(id_of(entry, len(found)), (where.partition("#")[0], self.lines.get(where, 1)))
        return found

    def add(self, parsed: Mapping[str, Parsed]) -> None:
        """Read files into entries; what is wrong with their shape becomes a problem."""
        self._by_id.clear()
        kinds = every()
        for name, (tree, lines) in parsed.items():
            about = self._about(name, tree)
            for key, body in tree.items():
                if key in PLAIN:
                    if key != "about":
                        self.plain[key] = (f"{name}#{key}", body)
                elif key in kinds:
                    self._add_kind(name, key, body, about, lines)
                else:
                    remedy = did_you_mean(key, [*kinds, *PLAIN]) or f"A file may hold {', '.join([*PLAIN, *kinds])}."
                    self.wrong(f"{name}#{key}", f"has [{key}], which means nothing.", remedy)

    def _about(self, name: str, tree: Mapping[str, Any]) -> About | None:
        if "about" not in tree:
            self.wrong(f"{name}#", "has no [about].", "Say what it holds, since when, and its review.")
            return None
        about = self._validate(About, tree["about"], f"{name}#about")
        if about is not None:
            self.abouts[name] = about
        return about

    def _add_kind(
        self, name: str, key: str, body: Any, about: About | None, lines: Mapping[tuple[str | int, ...], int]
    ) -> None:
        kind = every()[key]
        if kind.single:
            body = [body]
        if not isinstance(body, list):
            self.wrong(f"{name}#{key}", f"[{key}] must be a list.", "Begin each entry with a dash.")
            return
        for place, raw in enumerate(body):
            where = f"{name}#{key}" if kind.single else f"{name}#{key}/{place}"
            self.lines[where] = lines.get((key,) if kind.single else (key, place), 1)
            if isinstance(raw, dict) and about is not None:
                if issubclass(kind.shape, Cited):
                    raw = {inherited: getattr(about, inherited) for inherited in INHERITED} | raw
                if "dimension" in kind.shape.model_fields:
                    raw = {"dimension": about.dimension} | raw
            entry = self._validate(kind.shape, raw, where)
            if entry is not None:
                self.entries[key].append((where, entry))

    def _validate(self, shape: type[M], raw: Any, where: str) -> M | None:
        from pydantic import ValidationError

        try:
            return shape.model_validate(raw)
        except ValidationError as error:
            for detail in error.errors():
                path = "/".join(str(step) for step in detail["loc"])
                shown = repr(detail["input"])
                value = "" if detail["type"] == "missing" else f" with [{shown[:60]}{'…' if len(shown) > 60 else ''}]"
                last = detail["loc"][-1] if detail["loc"] else shape.__name__
                what = f"[{last}]{value}: {detail['msg'].lower()}."
                near = did_you_mean(str(last), shape.model_fields) if detail["type"] == "extra_forbidden" else ""
                self.wrong(f"{where}/{path}" if path else where, what, near)
            return None
