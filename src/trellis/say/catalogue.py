"""The sentences of the catalogue: read from their files, checked, and kept in a form that is read back at once.

A topic is a file of ``catalogue/``, or a folder of files whose keys are one table. A sentence is ``key: {en: ..., es:
...}`` with named slots in braces. Where a number in it changes its words, each language has the plural forms that CLDR
gives it; the number is in the slot ``count``, or in the slots that ``by`` names::

    needs_count:
      en: {one: "{count} need.", other: "{count} needs."}
      es: {one: "{count} necesidad.", other: "{count} necesidades."}
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from trellis._version import __version__
from trellis.errors import KnowledgeError, Problem
from trellis.kinds.text import LANGUAGES, Text
from trellis.library import cache as kept
from trellis.say import cldr

FORM = 1
"""Raised when the form of what is kept changes."""
PART = "say"
COUNT = "count"
IN_THE_BROWSER = ("guide",)
"""Topics whose slots a script fills: by name alone, without a format."""

Sentences = dict[str, tuple[Any, ...]]
"""By key: the sentence or its forms in each language, then the slots whose numbers choose the form."""


def folder() -> Path:
    """Where the files are."""
    return Path(__file__).parent / "catalogue"


@cache
def topic(name: str) -> Sentences:
    """All sentences of one topic.

    Raises:
        KeyError: there is no such topic.
        KnowledgeError: its files are not as they must be.

    >>> topic("plan")["now"]
    ('Now', 'Ahora')
    """
    text = _bundle().get(name)
    if text is None:
        return _compiled(name, read_texts(name))
    return {key: tuple(message) for key, message in json.loads(text).items()}


def topics() -> tuple[str, ...]:
    """The names of all topics."""
    return tuple(dict.fromkeys(_topic_of(name) for name in _states()))


def read_texts(name: str) -> dict[str, str]:
    """The files of one topic. Raises ``KeyError`` when there is none."""
    found = {file: (folder() / file).read_text(encoding="utf-8") for file in _states() if _topic_of(file) == name}
    if not found:
        raise KeyError(f"no topic [{name}] in the catalogue")
    return found


def _topic_of(file: str) -> str:
    return file.partition("/")[0].removesuffix(".yaml")


@cache
def _states() -> dict[str, tuple[int, int]]:
    """Every file with its size and time of change."""
    root = folder()
    paths = sorted([*root.glob("*.yaml"), *root.glob("*/*.yaml")])
    states = ((path.relative_to(root).as_posix(), os.stat(path)) for path in paths)
    return {name: (state.st_size, state.st_mtime_ns) for name, state in states}


@cache
def _bundle() -> dict[str, str]:
    """Every topic as JSON, as an earlier run made it; empty where nothing can be kept.

    Like Python's own compiled files it is known by size and time of change of what it was made of.
    """
    place = kept.folder()
    if place is None:
        return {}
    key = _key()
    text = kept.read(key, PART)
    if text is None:
        if not _writable(place):
            return {}
        text = "\n".join(f"{name}\t{_plain(_compiled(name, read_texts(name)))}" for name in topics())
        kept.write(key, PART, text)
    lines = (line.partition("\t") for line in text.split("\n"))
    return {name: table for name, _, table in lines}


def _plain(table: Sentences) -> str:
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def _key() -> str:
    from hashlib import blake2b

    code = [os.stat(path) for path in (__file__, cldr.__file__)]
    made_by = [(state.st_size, state.st_mtime_ns) for state in code]
    return blake2b(repr((FORM, __version__, made_by, _states())).encode(), digest_size=24).hexdigest()


def _writable(place: Path) -> bool:
    there = next((path for path in (place, *place.parents) if path.exists()), place)
    return os.access(there, os.W_OK)


# --- from the files to a table ---


def _compiled(name: str, texts: Mapping[str, str]) -> Sentences:
    """The table of a topic. Raises :class:`KnowledgeError` with all that is wrong, each with file, line and remedy."""
    from trellis.library.files import parse_texts, with_lines

    trees = parse_texts(texts, known={})
    problems: list[Problem] = []
    table: Sentences = {}
    first: dict[str, str] = {}
    for file, tree in trees.items():
        for key, entry in tree.items():
            if key in table:
                where = f"{file}#{key}"
                problems.append(Problem(where, f"[{key}] is also in {first[key]}.", "Give each key of a topic once."))
                continue
            first[key] = file
            found = list(_wrong(f"{file}#{key}", entry, plain=name in IN_THE_BROWSER))
            problems += found
            table[key] = () if found else (*(entry[lang] for lang in LANGUAGES), *_by(entry))
    if problems:
        raise KnowledgeError(with_lines(problems, texts))
    return table


def _by(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The slots whose numbers choose the form; none where a sentence has one form."""
    if all(isinstance(entry[lang], str) for lang in LANGUAGES):
        return ()
    by = entry.get("by", COUNT)
    return tuple(by) if isinstance(by, list) else (by,)


def _wrong(where: str, entry: Any, *, plain: bool) -> Iterator[Problem]:
    """What is wrong with one sentence."""
    parts = {*LANGUAGES, "by"}
    if not isinstance(entry, dict):
        yield Problem(where, f"is [{entry}].", f"Give {' and '.join(LANGUAGES)}.")
        return
    for name in entry:
        if name not in parts:
            yield Problem(
                f"{where}/{name}", f"has a part [{name}], which nobody reads.", f"Give {', '.join(LANGUAGES)}."
            )
    missing = [lang for lang in LANGUAGES if not entry.get(lang)]
    for lang in missing:
        yield Problem(where, f"has no words in [{lang}].", "Write them: no language is behind the other.")
    if missing:
        return
    by = _by(entry)
    if "by" in entry and not by:
        yield Problem(f"{where}/by", "names a number that changes nothing.", "Remove it, or write plural forms.")
    slots: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for place, text in _forms(f"{where}/{lang}", lang, entry[lang], len(by)):
            if isinstance(text, Problem):
                yield text
                continue
            named = _slots(text)
            if named is None or (plain and any(how for how in named.values())):
                yield Problem(place, f"has braces that are no slot [{text}].", "Write a slot as {name}.")
                continue
            # "One question is open" need not repeat the number that chose it.
            slots[place] = {*named, *by}
    if len({frozenset(each) for each in slots.values()}) > 1:
        most = set().union(*slots.values())
        for place, each in slots.items():
            if each != most:
                less = ", ".join(sorted(most - each))
                yield Problem(place, f"lacks the slot [{less}].", "Every language and form has the same slots.")


def _forms(where: str, lang: str, forms: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Every form with its place; a problem stands where a form should be."""
    if isinstance(forms, str):
        yield where, forms if forms.strip() else Problem(where, "is empty.", "Write a sentence.")
        return
    allowed = cldr.CATEGORIES[lang]
    if not isinstance(forms, dict) or depth == 0:
        yield where, Problem(where, f"is [{forms}].", "Give a sentence, or forms by number.")
        return
    for name in forms:
        if name not in allowed:
            there = f"{where}/{name}"
            yield there, Problem(there, f"[{name}] is no plural form of [{lang}].", f"Forms: {', '.join(allowed)}.")
    for name in ("one", "other"):
        if name not in forms:
            yield where, Problem(where, f"has no form [{name}].", "Give one and other.")
    for name in allowed:
        if name in forms:
            yield from _forms(f"{where}/{name}", lang, forms[name], depth - 1)


def _slots(text: str) -> dict[str, str] | None:
    """The named slots of a sentence and how each is written; None where the braces are no slots."""
    from string import Formatter

    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    slots = {name: f"{how}{turn or ''}" for _, name, how, turn in parts if name is not None}
    return slots if all(name.isidentifier() for name in slots) else None


def plain(name: str, lang: str) -> dict[str, Any]:
    """One topic in one language, as a script reads it: texts, and forms with the slots that choose under ``by``.

    >>> plain("lists", "en")["needs_count"]
    {'by': ('count',), 'one': '{count} need.', 'other': '{count} needs.'}
    """
    place = LANGUAGES.index(lang)
    return {
        key: message[place] if isinstance(message[place], str) else {"by": message[len(LANGUAGES) :], **message[place]}
        for key, message in topic(name).items()
    }


def texts(name: str) -> dict[str, Text]:
    """The sentences of one topic as they are written, with their slots; of several forms that for many.

    >>> texts("lists")["needs_count"].es
    '{count} necesidades.'
    """
    return {
        key: Text(**{lang: list(texts_of(forms))[-1] for lang, forms in zip(LANGUAGES, message, strict=False)})
        for key, message in topic(name).items()
    }


def slots_of(forms: Any) -> frozenset[str]:
    """The named slots of a sentence, or of all its forms.

    >>> sorted(slots_of({"one": "a day, {who}", "other": "{count} days, {who}"}))
    ['count', 'who']
    """
    if isinstance(forms, str):
        return frozenset(_slots(forms) or ())
    return frozenset().union(*(slots_of(form) for form in forms.values()))


def texts_of(forms: Any) -> Iterable[str]:
    """A sentence, or each of its forms.

    >>> list(texts_of({"one": "a day", "other": "{count} days"}))
    ['a day', '{count} days']
    """
    if isinstance(forms, str):
        yield forms
    else:
        for form in forms.values():
            yield from texts_of(form)
