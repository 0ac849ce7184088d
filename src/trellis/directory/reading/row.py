"""One row of a list, whatever its form: what it says in our terms, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from trellis.directory.programme import CLOSED, NO, YES
from trellis.directory.terms import Terms
from trellis.errors import Problem
from trellis.kinds.place_feature import ANY, PlaceList
from trellis.written import as_written, one_line

LONGEST_TEXT = 300
"""Characters of a name, a street or the hours. Longer is no such thing."""
LONGEST_WAIT = 3650
WEB = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE)
STREET_NUMBER = re.compile(r"\d+")
BARE = re.compile(r"[\W_]+")
EXTENSION = re.compile(r"(?i)\s*(?:x|ext\.?|extension)\s*(\d{1,6})\s*$")


class ListRow(NamedTuple):
    """A row that is taken: ``problems`` are of parts of it that are not, ``not_understood`` words of the list."""

    key: str
    values: dict[str, str]
    on: str
    where: str
    raw: str
    problems: tuple[Problem, ...] = ()
    not_understood: tuple[tuple[str, str], ...] = ()


class BadRow(NamedTuple):
    """A row of which nothing is taken, with all that is wrong and the row as it stood there."""

    where: str
    problems: tuple[Problem, ...]
    raw: str


@dataclass
class Draft:
    """A row while it is read."""

    where: str
    raw: str
    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    not_understood: list[tuple[str, str]] = field(default_factory=list)
    yes: set[str] = field(default_factory=set)
    no: set[str] = field(default_factory=set)
    on: str = ""
    key: str = ""

    def wrong(self, what: str, remedy: str) -> None:
        """Tell of a part that is not taken."""
        self.problems.append(Problem(self.where, what, remedy))

    def put(self, name: str, given: Any) -> None:
        """Take a field, if it is one; what it cannot be is told and left out."""
        if given is None:
            return
        if not isinstance(given, (str, int, float)) or isinstance(given, bool):
            self.wrong(f"{name} is no text: [{as_written(given)}].", "Write it as text.")
            return
        text = str(given).strip()
        if not text.isprintable():
            text = one_line(text).strip()
        if not text:
            return
        found = CHECKS.get(name, _text)(text)
        if isinstance(found, Problem):
            self.wrong(f"{name} {found.what}", found.remedy)
        else:
            self.values[name] = found

    def day(self, given: Any, as_of: date, name: str = "the day") -> None:
        """Take the day on which the row was checked."""
        text = str(given or "").strip()[:10]
        if not text:
            return
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.wrong(f"{name} is no day: [{as_written(given)}].", "Write it as YYYY-MM-DD.")
            return
        if found > as_of:
            self.wrong(f"{name} lies ahead: [{found}].", "Write the day on which somebody looked.")
        else:
            self.on = found.isoformat()

    def finish(self) -> ListRow | BadRow:
        """The row, or what is wrong with it where not even a name is left."""
        for pair in (("latitude", "longitude"), ("longitude", "latitude")):
            if pair[0] in self.values and pair[1] not in self.values:
                self.wrong(f"has {pair[0]} without {pair[1]}.", "Give both, or neither.")
                del self.values[pair[0]]
        both = self.yes & self.no
        for feature in sorted(both):
            self.wrong(f"says both that it has and that it has not [{feature}].", "Say one; until then it is unknown.")
        self.values |= dict.fromkeys(sorted(self.yes - both), YES) | dict.fromkeys(sorted(self.no - both), NO)
        if not self.values.get("name"):
            self.problems.insert(0, Problem(self.where, "has no name.", "Give each place a name."))
            return BadRow(self.where, tuple(self.problems), self.raw)
        problems = tuple(self.problems)
        key = self.key or plain_key(self.values)
        return ListRow(key, self.values, self.on, self.where, self.raw, problems, tuple(self.not_understood))


def plain_key(values: Mapping[str, str]) -> str:
    """What tells a row from others of its list where the list has no key of its own.

    >>> plain_key({"name": "Example House", "street": "1 Main St.", "zip": "22902"})
    'example house|1 main st|22902'
    """
    return "|".join(bare(values.get(name, "")) for name in ("name", "part", "street", "zip") if values.get(name))


def bare(text: str) -> str:
    """A text without case, marks and double blanks."""
    return BARE.sub(" ", text).strip().casefold()


class Dictionary:
    """The terms of a list, looked up by category and word."""

    def __init__(self, terms: Terms, place_list: PlaceList) -> None:
        self.terms = terms
        self.means: dict[tuple[str, str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
            (term.in_, said(word), term.type): (term.means, term.denies)
            for term in place_list.terms
            for word in term.says
        }
        self.categories = {category for category, _, _ in self.means}

    def read(self, draft: Draft, category: str, word: str, of_type: str = "") -> None:
        """Take what a word of a category says; one that is not known is told, and left unknown."""
        plain = said(word)
        for key in ((category, plain, of_type), (category, plain, ""), (category, ANY, "")):
            found = self.means.get(key)
            if found is not None:
                draft.yes.update(found[0])
                draft.no.update(found[1])
                return
        draft.not_understood.append((category, one_line(word).strip()))

    def knows(self, category: str, word: str) -> bool:
        """Whether a word of a category is among the terms."""
        return (category, said(word), "") in self.means


@lru_cache(maxsize=4096)
def said(word: str) -> str:
    """A word as it is looked up: whatever its case and blanks."""
    return " ".join(word.split()).casefold()


def _text(text: str) -> str | Problem:
    if len(text) > LONGEST_TEXT:
        return Problem("", f"is {len(text):,} characters long.", f"Give {LONGEST_TEXT} at most.")
    return text


def _zip(text: str) -> str | Problem:
    if re.fullmatch(r"\d{5}(-?\d{4})?", text):
        return text[:5]
    if re.fullmatch(r"\d{3,4}", text):
        remedy = "A spreadsheet drops a zero in front: format the column as text and write five digits."
        return Problem("", f"is no ZIP code: [{as_written(text)}].", remedy)
    return Problem("", f"is no ZIP code: [{as_written(text)}].", "Write five digits.")


def _state(text: str) -> str | Problem:
    if re.fullmatch(r"[A-Za-z]{2}", text):
        return text.upper()
    return Problem("", f"is no state: [{as_written(text)}].", "Write its two letters, such as VA.")


def _phone(text: str) -> str | Problem:
    """A number of ten digits is written in one way; others, such as 988, stay as they are."""
    extension = EXTENSION.search(text)
    digits = re.sub(r"\D", "", text[: extension.start()] if extension else text)
    if re.search(r"[A-Za-z]", text[: extension.start()] if extension else text):
        return Problem("", f"is no phone number: [{as_written(text)}].", "Write the digits, such as 434-555-0100.")
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    tail = f" x{extension[1]}" if extension else ""
    if len(digits) == 10:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}{tail}"
    if digits in ("911", "988", "211"):
        return digits
    return Problem("", f"is no phone number: [{as_written(text)}].", "Write ten digits, such as 434-555-0100.")


def _website(text: str) -> str | Problem:
    if len(text) <= LONGEST_TEXT and WEB.fullmatch(text):
        return text if "://" in text else f"https://{text}"
    return Problem("", f"is no address on the web: [{as_written(text)}].", "Write it as https://example.org.")


def _email(text: str) -> str | Problem:
    if re.fullmatch(r"[^@\s]+@[\w.-]+\.[A-Za-z]{2,}", text):
        return text
    return Problem("", f"is no e-mail address: [{as_written(text)}].", "Write it as name@example.org.")


def _degrees(most: int) -> Callable[[str], str | Problem]:
    def check(text: str) -> str | Problem:
        try:
            number = float(text)
        except ValueError:
            return Problem("", f"is no number: [{as_written(text)}].", "Write degrees, such as 38.03.")
        if not abs(number) <= most or number == 0:
            return Problem(
                "", f"is [{as_written(text)}].", f"Give degrees from -{most} to {most}; leave unknown empty."
            )
        return repr(round(number, 6))

    return check


def _wait(text: str) -> str | Problem:
    if text.isascii() and text.isdecimal() and int(text) <= LONGEST_WAIT:
        return str(int(text))
    return Problem(
        "", f"is no number of days: [{as_written(text)}].", "Write whole days, such as 14; leave unknown empty."
    )


def _closed(text: str) -> str | Problem:
    plain = text.casefold()
    if plain in (YES, NO):
        return plain
    return Problem("", f"is [{as_written(text)}].", "Write yes or no.")


CHECKS: Mapping[str, Callable[[str], str | Problem]] = {
    "zip": _zip,
    "state": _state,
    "phone": _phone,
    "intake_phone": _phone,
    "crisis_phone": _phone,
    "website": _website,
    "email": _email,
    "latitude": _degrees(90),
    "longitude": _degrees(180),
    "wait_days": _wait,
    CLOSED: _closed,
}
"""What a field must be; a field that is not here is any text."""
