"""The one strict reading of YAML and JSON, for content and for a person's file: with lines, nothing dropped or guessed.

YAML is read as version 1.2 says (``no``, ``on`` and a bare date are text), through PyYAML's events rather than its
loader: events have lines, cost no memory for aliases, and tell what was read up to the line that is broken, so that
danger can be read from a file that is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from trellis.errors import KnowledgeError, Problem
from trellis.written import as_written

if TYPE_CHECKING:
    import yaml

MOST_BYTES = 4 * 2**20
"""No file about a person is larger; one that is would only be slow to refuse."""
MOST_DEEP = 100
"""Mappings and lists within one another. FHIR forms, the deepest that are read, stay far below."""
LONGEST_NUMBER = 40
BYTE_ORDER_MARK = "\ufeff"
QUOTES = "Put it in quotes to keep it as it is written."

_NOTHING = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_READ_IN_TWO_WAYS = re.compile(r"[-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_BROKEN = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


Way = tuple[str | int, ...]
"""The way to a value: keys, and places in lists."""


@dataclass(frozen=True)
class Advice:
    """How to mend what both kinds of files get wrong: a key that is there twice, a second document, too many levels.

    ``means``: what a second document would lead to. ``broken``: what a text is that cannot be read. ``shares``: a value
    may be named and used again (``&name``, ``*name``).
    """

    twice: str
    second: str
    deep: str
    means: str = ""
    broken: str = "neither YAML nor JSON"
    shares: bool = False


OF_A_PERSON = Advice(
    "Keep one; for two sources give a list.",
    "Keep one person in one file; remove what does not belong, and the line `---`.",
    "Put each fact below `answers:`.",
)
OF_CONTENT = Advice(
    "Keep one.",
    "Make it a file of its own, or remove the line.",
    "Write it flatter.",
    means=", which would be dropped",
    broken="not valid YAML",
    shares=True,
)
MOST_SHARED = 10**6
"""So many values may a file hold once each name is replaced by what it stands for."""


@dataclass
class Read:
    """What a text holds.

    Args:
        documents: the plain values of each document, as far as they could be read; what is written twice is joined.
        problems: why the text is refused; none when it may be used.
        broken: it is no YAML and no JSON: what stands below the line named was not read.
        lines: the line of each value, as deep as was asked for.
    """

    documents: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False
    lines: dict[Way, int] = field(default_factory=dict)


def read_strictly(text: str, shown: str, advice: Advice = OF_A_PERSON, lines_to: int = 0) -> Read:
    r"""Read one YAML or JSON document.

    Args:
        text: the text.
        shown: what to call it in a problem.
        advice: how to mend what is wrong.
        lines_to: down to which level the lines are kept; 2 is an entry of a list below a key.

    >>> read_strictly("focus: both\npregnancy: no\n", "a.yaml").documents
    [{'focus': 'both', 'pregnancy': 'no'}]
    >>> print(read_strictly("a: 1\na: 2\n", "a.yaml").problems[0])
    a.yaml:2: has [a] twice. Keep one; for two sources give a list.
    """
    might_be = advice is OF_A_PERSON and text.lstrip()[:1] in ("{", "[")
    as_json = _read_json(text, shown) if might_be else None
    if as_json is not None and not as_json.problems:
        return as_json
    problems = [] if as_json is not None else list(_controls(text, shown))
    import yaml  # JSON and every other command do without it

    builder, broken = _Builder(shown, advice, lines_to), False
    try:
        builder.read(_CONTROL.sub("\ufffd", text) if problems else text)
    except yaml.YAMLError as error:
        if as_json is not None:  # JSON that YAML cannot say, such as half characters: without lines then
            return as_json
        builder.problems.append(_broken(error, shown, advice))
        broken = True
    return Read(builder.documents, [*problems, *builder.problems], broken or builder.stopped, builder.lines)


def plain(text: str, shown: str) -> Any:
    r"""What a file of content holds, as plain values. Raises :class:`KnowledgeError` with all that is wrong.

    >>> plain("no: [1, yes]\n", "a.yaml")
    {'no': [1, 'yes']}
    """
    read = read_strictly(text.removeprefix(BYTE_ORDER_MARK), shown, OF_CONTENT)
    if read.problems:
        raise KnowledgeError(read.problems)
    return read.documents[0] if read.documents else None


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
    problems = [_twice(shown, key, OF_A_PERSON) for key in twice]
    if _too_deep(tree):
        problems.append(_deep(shown, OF_A_PERSON))
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


def _broken(error: yaml.YAMLError, shown: str, advice: Advice) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    where = f"{shown}:{mark.line + 1}" if mark is not None else shown
    return Problem(where, f"is {advice.broken}: {what}.", "Mend the line named, or the one above it.")


def _twice(where: str, key: str, advice: Advice, first: int = 0) -> Problem:
    return Problem(where, f"has [{key}] twice{f'; first in line {first}' if first else ''}.", advice.twice)


def _deep(where: str, advice: Advice) -> Problem:
    return Problem(where, f"is nested too deeply, more than {MOST_DEEP} levels.", advice.deep)


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


def only_text(word: str) -> bool:
    """Whether a bare word is text to every reader of YAML 1.2, and to this one.

    >>> [only_text(word) for word in ("no", "true", "1e5", "007", "")]
    [True, False, False, False, False]
    """
    return isinstance(scalar(word), str) and not _READ_IN_TWO_WAYS.fullmatch(word)


@dataclass
class _Open:
    """A mapping or list that is being filled; ``key`` waits for its value. ``lost``: it was a key itself.

    ``last`` and ``line``: the key or place of the value that came last, and where that is written.
    """

    holds: dict[str, Any] | list[Any]
    key: str | None = None
    lost: bool = False
    last: str | int = -1
    line: int = 0
    anchor: str | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Plain values from events; what is not safe to read becomes a problem, and is read as well as it can be."""

    def __init__(self, shown: str, advice: Advice, lines_to: int) -> None:
        self.shown, self.advice, self.lines_to = shown, advice, lines_to
        self.lines: dict[Way, int] = {}
        self.sizes: dict[int, int] = {}
        self.shared = 0
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
                self._alias(str(event.anchor), line)
                if self.stopped:
                    return
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._tagged(event, line)
                self._enter({} if isinstance(event, yaml.MappingStartEvent) else [], line)
                self.open[-1].anchor = event.anchor
                if len(self.open) > MOST_DEEP:
                    self.problems.append(_deep(f"{self.shown}:{line}", self.advice))
                    self.stopped = True
                    return
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                done = self.open.pop()
                if done.anchor is not None and self.advice.shares:  # of a person's file nothing is read that grows
                    self.anchors[done.anchor] = done.holds

    def _alias(self, name: str, line: int) -> None:
        self._shared(f"*{name}", line)
        value = self.anchors.get(name)
        if self.advice.shares:
            if name not in self.anchors:
                what = f"uses [*{name}], which nothing above it is called."
                self.problems.append(Problem(f"{self.shown}:{line}", what, f"Write [&{name}] where it stands first."))
            self.shared += self._size(value)
            if self.shared > MOST_SHARED:
                what = f"stands for more than {MOST_SHARED:,} values, with names for values that hold names."
                self.problems.append(Problem(f"{self.shown}:{line}", what, "Write each value out."))
                self.stopped = True
                return
        self._value(value, line)

    def _size(self, value: Any) -> int:
        """How many values it holds. What is named stays where it is, so that its number is its own."""
        if not isinstance(value, (dict, list)):
            return 1
        if id(value) not in self.sizes:
            inner = value.values() if isinstance(value, dict) else value
            self.sizes[id(value)] = 1 + sum(self._size(one) for one in inner)
        return self.sizes[id(value)]

    def _document(self, line: int) -> None:
        self.open, self.anchors = [], {}
        if len(self.documents) == 1:
            self.problems.append(
                Problem(f"{self.shown}:{line}", f"begins a second document{self.advice.means}.", self.advice.second)
            )
        self.documents.append(None)

    def _shared(self, name: str, line: int) -> None:
        if name in self.told or self.advice.shares:
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
            first = self.open[-1].key_lines.get(written, 0) if self.advice.shares else 0
            self.problems.append(_twice(f"{self.shown}:{line}", written, self.advice, first))
        self.open[-1].key, self.open[-1].line = written, line
        self.open[-1].key_lines.setdefault(written, line)

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
            inside.last, inside.line = len(inside.holds), line
            self._mark()
            inside.holds.append(value)
            return value
        if inside.key is None:  # an alias as a name
            self.problems.append(Problem(f"{self.shown}:{line}", "has an alias as a name.", "Write the name out."))
            inside.key = ""
            return value
        key, inside.key = inside.key, None
        inside.last = key
        self._mark()
        before = inside.holds.get(key)
        put(inside.holds, key, value)
        if isinstance(value, dict):
            return before if isinstance(before, dict) else value
        return inside.holds[key]

    def _mark(self) -> None:
        if len(self.open) <= self.lines_to:
            self.lines.setdefault(tuple(one.last for one in self.open), self.open[-1].line)


def line_of(text: str, path: Sequence[str]) -> int:
    r"""The line (from 1) of a place in a YAML text; of the nearest place above it when the path leads nowhere.

    >>> line_of("needs:\n- id: a\n- id: b\n  when: x\n", ["needs", "1", "when"])
    4
    """
    lines = _all_lines(text)
    line, way = 1, ""
    for step in path:
        way = f"{way}/{step}"
        if way not in lines:
            break
        line = lines[way]
    return line


@lru_cache(maxsize=4)
def _all_lines(text: str) -> dict[str, int]:
    """The line of every value by its path, as messages write it. The last few are kept: a file has many problems."""
    read = read_strictly(text, "", OF_CONTENT, MOST_DEEP)
    return {"".join(f"/{step}" for step in path): line for path, line in read.lines.items()}


_PLAIN_TAGS = ("!", "tag:yaml.org,2002:str")
