"""Words for people, in each language, and the parts that every knowledge file shares."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from trellis.kinds.shape import After, Before, Field
from trellis.kinds.shape import Frozen as Frozen  # every kind of content is one

LANGUAGES = ("en", "es")
NOT_REVIEWED = "not clinically reviewed"

REGISTERS = {
    "10.": "https://doi.org/",
    "PMID ": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
A_PAGE = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")

Verified = Literal["seen", "secondary", "memory"]


@lru_cache(maxsize=256)
def a_day(given: str) -> str:
    """A day as it is written in the files, or nothing. Raises ``ValueError`` for anything else.

    >>> a_day("2026-11-23")
    '2026-11-23'
    """
    if given and (len(given) != 10 or date.fromisoformat(given).isoformat() != given):
        raise ValueError("write the day as YYYY-MM-DD")
    return given


Day = Annotated[str, After(a_day)]


class Text(Frozen):
    """A whole sentence in each language; where Spanish is not yet written, English stands in.

    >>> Text(en="Safety", es="Seguridad").in_language("es")
    'Seguridad'
    """

    en: str = Field(min_length=1)
    es: str | None = None

    def in_language(self, lang: str) -> str:
        """Return the words in ``lang`` (``"en"`` or ``"es"``)."""
        return self.es if lang == "es" and self.es else self.en


class PerLanguage(Frozen):
    """A number or an address that is another one in each language; empty where there is none.

    >>> PerLanguage(es="https://espanol.thehotline.org").in_language("en")
    ''
    """

    en: str = ""
    es: str = ""

    def in_language(self, lang: str) -> str:
        """Return what reaches somebody who speaks ``lang``."""
        return self.es if lang == "es" else self.en


def reached_in(given: str | PerLanguage, lang: str) -> str:
    """What reaches somebody who speaks ``lang``, where it may be the same in each language.

    >>> reached_in("988", "es"), reached_in(PerLanguage(en="88788"), "es")
    ('988', '')
    """
    return given if isinstance(given, str) else given.in_language(lang)


class TextList(Frozen):
    """Several short sentences in each language, in step with one another."""

    en: tuple[str, ...]
    es: tuple[str, ...] = ()

    def in_language(self, lang: str) -> tuple[str, ...]:
        """Return the sentences in ``lang``."""
        return self.es if lang == "es" and self.es else self.en


class Words(Frozen):
    """The same thing said to the person, to somebody who cares about the person, and to the clinician."""

    person: Text
    loved_one: Text | None = None
    clinician: Text

    def for_role(self, role: str) -> Text:
        """Return the words for ``role`` (``"person"``, ``"loved_one"`` or ``"clinician"``)."""
        if role == "loved_one" and self.loved_one is not None:
            return self.loved_one
        return self.clinician if role == "clinician" else self.person


class Spoken(Frozen):
    """Whole sentences for the person, and for somebody who cares about them where those would not fit."""

    person: Text
    loved_one: Text | None = None

    def for_role(self, role: str) -> Text:
        """The words for ``role``; whoever is not somebody close reads what the person reads."""
        return self.loved_one if role == "loved_one" and self.loved_one is not None else self.person


class Part(Frozen):
    """A part of :class:`Words` that may be left out: what is left is a whole sentence. None where nothing is."""

    person: Text | None = None
    loved_one: Text | None = None
    clinician: Text | None = None

    def for_role(self, role: str) -> Text | None:
        """Return the part for ``role``; what is said to the person stands in for somebody who cares about them."""
        if role == "loved_one" and self.loved_one is not None:
            return self.loved_one
        return self.clinician if role == "clinician" else self.person

    def left_out_of(self, words: Words) -> Words:
        """The same sentences without this part.

        >>> see = Text(en="A doctor needs to see you within a day, at home.")
        >>> when = Text(en="within a day")
        >>> Part(person=when).left_out_of(Words(person=see, clinician=see)).person.en
        'A doctor needs to see you, at home.'
        """
        other = words.loved_one
        return words.model_copy(
            update={
                "person": _without(words.person, self.person),
                "loved_one": None if other is None else _without(other, self.for_role("loved_one")),
                "clinician": _without(words.clinician, self.clinician),
            }
        )

    def missing_from(self, words: Words) -> list[str]:
        """Where this part does not stand exactly once in the words: ``role.language``."""
        parts = [
            (f"{role}.{lang}", part.in_language(lang), words.for_role(role).in_language(lang))
            for role in ("person", "loved_one", "clinician")
            if (part := getattr(self, role)) is not None
            for lang in LANGUAGES
        ]
        return [where for where, part, text in parts if text.count(part) != 1]


def _without(text: Text, part: Text | None) -> Text:
    if part is None:
        return text
    return text.model_copy(update={"en": _cut(text.en, part.en), "es": text.es and _cut(text.es, part.es or "")})


def _cut(text: str, part: str) -> str:
    return text.replace(f" {part}", "").replace(part, "").strip() if part else text


class Code(Frozen):
    """A code of the outside world."""

    system: str
    code: Annotated[str, Before(str, also="number")]
    label: str = ""
    verified: str = ""


class Source(Frozen):
    """A published source: who, when, what, where, and whether the statement was seen in it."""

    id: str
    authors: str = ""
    year: int | None = None
    title: str
    published: str = ""
    address: Annotated[str, Before(str, also="number")] = ""
    verified: Verified
    note: str = ""

    @property
    def link(self) -> str:
        """An address a reader can open; empty when there is none.

        >>> Source(id="a", title="b", address="10.1002/wps.21069", verified="seen").link
        'https://doi.org/10.1002/wps.21069'
        """
        for mark, site in REGISTERS.items():
            if self.address.startswith(mark):
                return site + self.address.removeprefix("PMID ")
        if self.address.startswith(("https://", "http://")):
            return self.address
        return f"https://{self.address}" if A_PAGE.fullmatch(self.address) else ""

    def cite(self) -> str:
        """One line that names the source.

        >>> Source(id="a", authors="McCarty D", year=2014, title="IOP", verified="seen").cite()
        'McCarty D (2014). IOP.'
        """
        year = f" ({self.year})" if self.year else ""
        head = f"{self.authors}{year}. " if self.authors else (f"{year.strip()} " if year else "")
        tail = f" {self.published}." if self.published else ""
        return f"{head}{self.title.rstrip('.')}.{tail}"


class SourceRef(Frozen):
    """A source and the place in it."""

    ref: str
    at: Annotated[str, Before(str, also="number")] = ""


class About(Frozen):
    """What a file is about, since when and where it holds, and who has reviewed it.

    ``known_by``: who knows best what its facts ask; ``apart``: its facts are asked on pages of their own; ``concerns``:
    what its needs are about, where a plan makes room for that.
    """

    domain: str = ""
    dimension: str = ""
    title: Text | str = ""
    effective: Day = Field(min_length=1)
    jurisdiction: str = "any"
    review: str = NOT_REVIEWED
    reviewed_on: str = ""
    known_by: Literal["", "person"] = ""
    apart: bool = False
    concerns: Literal["", "use"] = ""
    note: str = ""


class Cited(Frozen):
    """What every clinical entry carries: sources, date, place, review status.

    ``watch_until``: the day on which it may change by law or by what somebody promised, and must have been looked at
    again; ``watch_for`` says what may change, for whoever looks.
    """

    sources: tuple[SourceRef, ...] = ()
    effective: Day = ""
    jurisdiction: str = ""
    review: str = NOT_REVIEWED
    reviewed_on: str = ""
    verified: str = ""
    note: str = ""
    watch_until: Day = ""
    watch_for: str = ""


class Claim(Text):
    """A statement of fact with its ground. ``watch_until`` and ``watch_for`` are those of :class:`Cited`."""

    sources: tuple[SourceRef, ...] = ()
    verified: str = ""
    watch_until: Day = ""
    watch_for: str = ""
