"""One strict reading of YAML and JSON for every file about a person: with lines, and nothing dropped or guessed.

YAML is read as version 1.2 says (``no``, ``on`` and a bare date are text), through PyYAML's events rather than its
loader: events have lines, cost no memory for aliases, and tell what was read up to the line that is broken, so that
danger can be read from a file that is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trellis.cli.written import as_written
from trellis.errors import Problem

if TYPE_CHECKING:
    import yaml

MOST_BYTES = 4 * 2**20
"""No file about a person is larger; one that is would only be slow to refuse."""
MOST_DEEP = 100
"""Mappings and lists within one another. FHIR forms, the deepest that are read, stay far below."""
LONGEST_NUMBER = 40
QUOTES = "Put it in quotes to keep it as it is written."

_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_READ_IN_TWO_WAYS = re.compile(r"[-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_BROKEN = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Read:
    """What a text holds.

    Args:
        documents: the plain values of each document, as far as they could be read; what is written twice is joined.
        problems: why the text is refused; none when it may be used.
        broken: it is no YAML and no JSON: what stands below the line named was not read.
    """

    documents: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False


def read_strictly(text: str, shown: str) -> Read:
    r"""Read one YAML or JSON document.

    Args:
        text: the text.
        shown: what to call it in a problem.

    >>> read_strictly("focus: both\npregnancy: no\n", "a.yaml").documents
    [{'focus': 'both', 'pregnancy': 'no'}]
    >>> print(read_strictly("a: 1\na: 2\n", "a.yaml").problems[0])
    a.yaml:2: has [a] twice. Keep one; for two sources give a list.
    """
    as_json = _read_json(text, shown) if text.lstrip()[:1] in ("{", "[") else None
    if as_json is not None and not as_json.problems:
        return as_json
    problems = [] if as_json is not None else list(_controls(text, shown))
    import yaml  # JSON and every other command do without it

    builder, broken = _Builder(shown), False
    try:
        builder.read(_CONTROL.sub("\ufffd", text) if problems else text)
    except yaml.YAMLError as error:
        if as_json is not None:  # JSON that YAML cannot say, such as half characters: without lines then
            return as_json
        builder.problems.append(_broken(error, shown))
        broken = True
    return Read(builder.documents, [*problems, *builder.problems], broken=broken or builder.stopped)


def _read_json(text: str, shown: str) -> Read | None:
    """The text as JSON; None where it is none."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                twice.append(key)
            put(seen, key, value)
        return seen

    try:
        tree = json.loads(text, object_pairs_hook=once, parse_int=_whole)
    except (ValueError, RecursionError):
        return None
    problems = [_twice(shown, key) for key in twice]
    if _too_deep(tree):
        problems.append(_deep(shown))
    return Read([tree], problems)


def _too_deep(tree: Any) -> bool:
    level = [tree]
    for _ in range(MOST_DEEP + 1):
        level = [
            inner
            for one in level
            if isinstance(one, (dict, list))
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _controls(text: str, shown: str) -> Iterator[Problem]:
    for line, found in ((text.count("\n", 0, at.start()) + 1, at[0]) for at in _CONTROL.finditer(text)):
        yield Problem(f"{shown}:{line}", f"holds the control character [U+{ord(found):04X}].", "Remove it.")
        return


def _broken(error: yaml.YAMLError, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    where = f"{shown}:{mark.line + 1}" if mark is not None else shown
    return Problem(where, f"is neither YAML nor JSON: {what}.", "Mend the line named, or the one above it.")


def _twice(where: str, key: str) -> Problem:
    return Problem(where, f"has [{key}] twice.", "Keep one; for two sources give a list.")


def _deep(where: str) -> Problem:
    return Problem(where, f"is nested too deeply, more than {MOST_DEEP} levels.", "Put each fact below `answers:`.")


def put(mapping: dict[str, Any], key: str, value: Any) -> None:
    """Put a value into a mapping; one that is there already is joined with it, so that neither is lost."""
    if key not in mapping:
        mapping[key] = value
    elif isinstance(mapping[key], dict) and isinstance(value, dict):
        for inner, one in value.items():
            put(mapping[key], inner, one)
    else:
        first = mapping[key]
        mapping[key] = [
            *(first if isinstance(first, list) else [first]),
            *(value if isinstance(value, list) else [value]),
        ]


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else text


def scalar(text: str) -> Any:
    """The value of a bare word in YAML 1.2.

    >>> [scalar(word) for word in ("no", "true", "~", "12", "1.50", "2026-11-23", "1_000")]
    ['no', True, None, 12, 1.5, '2026-11-23', '1_000']
    """
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _WHOLE.fullmatch(text):
        return _whole(text)
    if _OTHER_BASE.fullmatch(text):
        return _whole(text) if len(text) > LONGEST_NUMBER else int(text, 0)
    if _BROKEN.fullmatch(text):
        return float(text)
    return float(text.replace(".", "", 1)) if _ENDLESS.fullmatch(text) else text


@dataclass
class _Open:
    """A mapping or list that is being filled; ``key`` waits for its value. ``lost``: it was a key itself."""

    holds: dict[str, Any] | list[Any]
    key: str | None = None
    lost: bool = False


class _Builder:
    """Plain values from events; what is not safe to read becomes a problem, and is read as well as it can be."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.documents: list[Any] = []
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, Any] = {}
        self.told: set[str] = set()
        self.stopped = False

    def read(self, text: str) -> None:
        """Read every document. Raises ``yaml.YAMLError`` at a line that is broken, keeping what stands before it."""
        import yaml

        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            line = event.start_mark.line + 1 if event.start_mark is not None else 1
            if isinstance(event, yaml.DocumentStartEvent):
                self._document(line)
            elif isinstance(event, yaml.AliasEvent):
                self._shared(f"*{event.anchor}", line)
                self._value(self.anchors.get(str(event.anchor)), line)
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._tagged(event, line)
                self._enter({} if isinstance(event, yaml.MappingStartEvent) else [], line)
                if len(self.open) > MOST_DEEP:
                    self.problems.append(_deep(f"{self.shown}:{line}"))
                    self.stopped = True
                    return
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.open.pop()

    def _document(self, line: int) -> None:
        self.open, self.anchors = [], {}
        if len(self.documents) == 1:
            remedy = "Keep one person in one file; remove what does not belong, and the line `---`."
            self.problems.append(Problem(f"{self.shown}:{line}", "begins a second document.", remedy))
        self.documents.append(None)

    def _shared(self, name: str, line: int) -> None:
        if name in self.told:
            return
        self.told.add(name)
        kind = "alias" if name.startswith("*") else "anchor"
        self.problems.append(Problem(f"{self.shown}:{line}", f"has the {kind} [{name}].", "Write each value out."))

    def _tagged(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._shared(f"&{event.anchor}", line)
        if event.tag is not None and not (hasattr(event, "value") and event.tag in _PLAIN_TAGS):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problems.append(Problem(f"{self.shown}:{line}", f"has the tag [{tag}].", "Write the value alone."))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._tagged(event, line)
        written = str(event.value)
        bare = not event.style and event.tag is None
        if self.open and isinstance(self.open[-1].holds, dict) and self.open[-1].key is None:
            self._key(written, line, bare=bare)
            return
        value: Any = scalar(written) if bare else written
        if bare and _READ_IN_TWO_WAYS.fullmatch(written):
            told = "is a number that not every program reads alike."
            remedy = f"Write a number without zeros in front, and text in quotes: '{written}'."
            self.problems.append(Problem(f"{self.shown}:{line}", f"[{written}] {told}", remedy))
            value = written
        if event.anchor is not None:
            self.anchors[str(event.anchor)] = value
        self._value(value, line)

    def _key(self, written: str, line: int, *, bare: bool) -> None:
        value = scalar(written) if bare else written
        if value is None or isinstance(value, bool):
            what = f"has the name [{written}], which is no word in YAML."
            self.problems.append(Problem(f"{self.shown}:{line}", what, QUOTES))
        elif not isinstance(value, str) and as_written(value) != written:
            what = f"has the name [{written}], which is read as [{as_written(value)}]."
            self.problems.append(Problem(f"{self.shown}:{line}", what, QUOTES))
        holds = self.open[-1].holds
        if isinstance(holds, dict) and written in holds:
            self.problems.append(_twice(f"{self.shown}:{line}", written))
        self.open[-1].key = written

    def _enter(self, container: dict[str, Any] | list[Any], line: int) -> None:
        inside = self.open[-1] if self.open else None
        if inside is not None and isinstance(inside.holds, dict) and inside.key is None:
            self.problems.append(Problem(f"{self.shown}:{line}", "has a list or mapping as a name.", "Write one word."))
            inside.key = ""
            self.open.append(_Open(container, lost=True))
            return
        joined = self._value(container, line)
        self.open.append(_Open(joined if isinstance(joined, type(container)) else container))

    def _value(self, value: Any, line: int) -> Any:
        """Put a value where it belongs. Returns what now stands there: a mapping written twice goes on in the first."""
        if not self.open:
            self.documents[-1] = value
            return value
        inside = self.open[-1]
        if isinstance(inside.holds, list):
            inside.holds.append(value)
            return value
        if inside.key is None:  # an alias as a name
            self.problems.append(Problem(f"{self.shown}:{line}", "has an alias as a name.", "Write the name out."))
            inside.key = ""
            return value
        key, inside.key = inside.key, None
        before = inside.holds.get(key)
        put(inside.holds, key, value)
        if isinstance(value, dict):
            return before if isinstance(before, dict) else value
        return inside.holds[key]


_PLAIN_TAGS = ("!", "tag:yaml.org,2002:str")
