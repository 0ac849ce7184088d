"""Links in plain words: where a page mentions a term, a setting or a treatment by name, its page is one step away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

ENDING = "(?:s|es)?"
"""A plural is the same word, in both languages."""


@dataclass(frozen=True)
class PageName:
    """A name as it stands in a sentence, and the page below ``read/`` that tells of it.

    Args:
        leads: the page that ``page`` leads on to; there the name is not linked, as the reader is at its end already.
    """

    said: str
    page: str
    leads: str = ""

    @property
    def exact(self) -> bool:
        """Whether it is a short form that would be another word in small letters: MAT, ER."""
        return self.said.isupper()


@dataclass(frozen=True)
class Names:
    """Every name that is linked. Where one is part of another, the longer one is found.

    Args:
        all: the names; of two that are the same, the first counts.
    """

    all: tuple[PageName, ...]

    @cached_property
    def pages(self) -> dict[str, PageName]:
        """From a name, in small letters unless it is exact, to the first that has it."""
        found: dict[str, PageName] = {}
        for name in self.all:
            found.setdefault(name.said if name.exact else name.said.casefold(), name)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of them as whole words, the longest first."""
        ordered = sorted(self.all, key=lambda name: -len(name.said))
        parts = [_part(name) for name in ordered]
        # A pattern that matches nothing, for no names at all.
        return re.compile(rf"(?<![\w-])(?:{'|'.join(parts) or '(?!)'})(?![\w-])")


def _part(name: PageName) -> str:
    said = re.escape(name.said)
    return f"(?:{said})" if name.exact else f"(?i:{said}{ENDING})"


@dataclass
class Linker:
    """Links the names in plain words, each page once, and none to the page where the words stand.

    Args:
        names: what is linked.
        to: from a page below ``read/`` to its address.
        here: the page where the words stand.

    >>> names = Names((PageName("Safety plan", "terms/index.html#safety_plan"),))
    >>> Linker(names, str, "index.html").link("A safety plan & a safety plan")
    Markup('A <a href="terms/index.html#safety_plan" data-read="">safety plan</a> &amp; a safety plan')
    """

    names: Names
    to: Callable[[str], str]
    here: str

    def __post_init__(self) -> None:
        self._told = {self.here}

    def link(self, words: str) -> Markup:
        """The words, escaped, with links."""
        return Markup("").join(self._parts(words))

    def _parts(self, words: str) -> Iterator[Markup]:
        place = 0
        for found in self.names.pattern.finditer(words):
            name = self._name(found.group())
            if name is None or name.page in self._told or name.leads == self.here:
                continue
            self._told.add(name.page)
            yield escape(words[place : found.start()])
            yield Markup('<a href="{}" data-read="">{}</a>').format(self.to(name.page), found.group())
            place = found.end()
        yield escape(words[place:])

    def _name(self, said: str) -> PageName | None:
        pages = self.names.pages
        small = said.casefold()
        forms = (said, small, small.removesuffix("s"), small.removesuffix("es"))
        return next((pages[form] for form in forms if form in pages), None)
