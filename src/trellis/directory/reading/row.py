"""One row of a list, whatever its form: what it says in our terms, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from trellis.directory.programme import CLOSED, NO, YES
from trellis.directory.terms import Terms
from trellis.errors import Problem
from trellis.kinds.place_feature import ANY, DayForm, PlaceList
from trellis.written import as_written, one_line, safe

LONGEST_TEXT = 300
"""Characters of a name, a street or the hours. Longer is no such thing."""
LONGEST_WAIT = 3650
WEB = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE)
HALF = re.compile("[\ud800-\udfff]")
"""Half a character, as JSON can hold it and no file of text."""
LATITUDES = (-14.6, 71.5)
LONGITUDES = ((-180.0, -64.4), (144.5, 180.0))
"""Degrees between which the country lies: from American Samoa to Alaska, from Guam and the Aleutians to St. Croix."""
DAYS: Mapping[DayForm, re.Pattern[str]] = {
    "month/day/year": re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"),
    "day/month/year": re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
    "day.month.year": re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
}
BARE = re.compile(r"[\W_]+")
EXTENSION = re.compile(r"(?i)\s*(?:x|ext\.?|extension)\s*(\d{1,6})\s*$")


class ListRow(NamedTuple):
    """A row that is taken: ``problems`` are of parts of it that are not, ``not_understood`` words of the list.

    ``on``: the day on which it was checked; None where it says none, empty where what it says is no day.
    """

    key: str
    values: dict[str, str]
    on: str | None
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
    on: str | None = None
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
        text = _in_words(given)
        if not text.isprintable():
            if HALF.search(text):
                self.wrong(f"{name} holds half a character: [{as_written(text)}].", "Write it again.")
                return
            text = one_line(text).strip()
        if not text:
            return
        # Before any check: some of them take long on a text that is no such thing.
        found = CHECKS.get(name, _text)(text) if len(text) <= LONGEST_TEXT else _text(text)
        if isinstance(found, Problem):
            self.wrong(f"{name} {found.what}", found.remedy)
        else:
            self.values[name] = found

    def day(self, given: Any, as_of: date, name: str = "the day", forms: Iterable[DayForm] = ()) -> None:
        """Take the day on which the row was checked; one that cannot be read is unknown, and never that of the import.

        Args:
            given: what stands there.
            as_of: the day of the import.
            name: how the field is called.
            forms: how the list writes days, besides YYYY-MM-DD.
        """
        text = _in_words(given or "")
        if not text:
            return
        self.on = ""
        found = _day(text, forms)
        if found is None:
            self.wrong(f"{name} is no day: [{as_written(given)}].", "Write it as YYYY-MM-DD.")
        elif found > as_of:
            self.wrong(f"{name} lies ahead: [{found}].", "Write the day on which somebody looked.")
        else:
            self.on = found.isoformat()

    def finish(self) -> ListRow | BadRow:
        """The row, or what is wrong with it where not even a name is left."""
        for pair in (("latitude", "longitude"), ("longitude", "latitude")):
            if pair[0] in self.values and pair[1] not in self.values:
                self.wrong(f"has {pair[0]} without {pair[1]}.", "Give both, or neither.")
                del self.values[pair[0]]
        self._check_where_it_lies()
        both = self.yes & self.no
        for feature in sorted(both):
            self.wrong(f"says both that it has and that it has not [{feature}].", "Say one; until then it is unknown.")
        self.values |= dict.fromkeys(sorted(self.yes - both), YES) | dict.fromkeys(sorted(self.no - both), NO)
        if not self.values.get("name"):
            self.problems.insert(0, Problem(self.where, "has no name.", "Give each place a name."))
            return BadRow(self.where, tuple(self.problems), self.raw)
        problems = tuple(self.problems)
        key = HALF.sub("\ufffd", self.key) or plain_key(self.values)
        return ListRow(key, self.values, self.on, self.where, self.raw, problems, tuple(self.not_understood))

    def _check_where_it_lies(self) -> None:
        """Leave out coordinates outside of the country: they are swapped, or lack a minus."""
        if "latitude" not in self.values:
            return
        latitude, longitude = float(self.values["latitude"]), float(self.values["longitude"])
        if in_the_country(latitude, longitude):
            return
        remedy = "Check both; leave unknown empty."
        if in_the_country(longitude, latitude) or in_the_country(longitude, -latitude):
            remedy = "They look swapped: latitude goes first."
        elif in_the_country(latitude, -longitude):
            remedy = "A minus looks missing: west of Greenwich longitude is below zero."
        self.wrong(f"lies outside the United States: [{latitude:g}, {longitude:g}].", remedy)
        del self.values["latitude"], self.values["longitude"]


def in_the_country(latitude: float, longitude: float) -> bool:
    """Whether a point may lie in the United States, with its islands and territories.

    >>> in_the_country(38.03, -78.48), in_the_country(13.44, 144.79), in_the_country(-78.48, 38.03)
    (True, True, False)
    """
    south, north = LATITUDES
    return south <= latitude <= north and any(west <= longitude <= east for west, east in LONGITUDES)


def _in_words(given: Any) -> str:
    try:
        return str(given).strip()
    except ValueError:  # Python writes no number of more than some thousand digits
        return "a number of too many digits"


def _day(text: str, forms: Iterable[DayForm]) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    for form in forms:
        found = DAYS[form].fullmatch(text)
        if found:
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                continue
    return None


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
        draft.not_understood.append((category, safe(one_line(word)).strip()))

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
    if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= LONGEST_WAIT:
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
