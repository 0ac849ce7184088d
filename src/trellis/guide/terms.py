"""The words that people meet on the way to care: read, listed, and linked where a page mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from trellis.guide.reading_links import Names, PageName
from trellis.guide.reading_page import Sheet
from trellis.kinds.text import Frozen, Text
from trellis.library.knowledge import Knowledge
from trellis.library.strict_yaml import plain

PAGE = "terms/index.html"
"""The page of all terms; a term is found at the anchor with its id."""


class Term(Frozen):
    """A word in plain words. ``setting``, ``approach`` or ``instrument`` names the page that tells more."""

    id: str
    name: Text
    also: tuple[str, ...] = ()
    means: Text
    setting: str | None = None
    approach: str | None = None
    instrument: str | None = None

    @property
    def page(self) -> str:
        """The page below ``read/`` that tells more; empty when there is none."""
        linked = {"settings": self.setting, "approaches": self.approach, "instruments": self.instrument}
        return next((f"{kind}/{name}.html" for kind, name in linked.items() if name), "")


@cache
def terms() -> Mapping[str, Term]:
    """Every term, by its id.

    >>> terms()["iop" if "iop" in terms() else "intensive_outpatient"].page
    'settings/iop.html'
    """
    text = (resources.files("trellis.guide") / "terms.yaml").read_text(encoding="utf-8")
    tree: Any = plain(text, "terms.yaml")
    return {one["id"]: Term.model_validate(one) for one in tree["terms"]}


def names_of(kb: Knowledge, lang: str) -> Names:
    """All that a page links where it is mentioned: terms first, then settings and approaches by their own names.

    >>> import trellis
    >>> names_of(trellis.load(), "en").pages["relapse"].page
    'terms/index.html#return_to_use'
    """
    return Names(tuple(_names(kb, lang)))


def _names(kb: Knowledge, lang: str) -> Iterator[PageName]:
    for term in terms().values():
        for said in (*_forms(term.name.in_language(lang)), *term.also):
            yield PageName(said, f"{PAGE}#{term.id}", term.page)
    for place in (*kb.settings.values(), *kb.add_ons.values(), *kb.responses.values()):
        yield PageName(place.name.in_language(lang), f"settings/{place.id}.html")
    for approach in kb.approaches.values():
        for called in (approach.name, approach.short):
            yield PageName(called.in_language(lang), f"approaches/{approach.id}.html")


def _forms(name: str) -> Iterator[str]:
    """A name as it may stand in a sentence: without what is in brackets, and that alone. A number alone is none."""
    for form in re.split(r"[()]", name):
        if re.search(r"[^\W\d]", form):
            yield form.strip()


def terms_view(sheet: Sheet) -> dict[str, Any]:
    """Every term in the order of its name in the language of the page."""
    lang = sheet.lang
    ordered = sorted(terms().values(), key=lambda term: _sorted_as(term.name.in_language(lang)))
    return {
        "terms": [
            {
                "id": term.id,
                "name": term.name.in_language(lang),
                "also": ", ".join(said for said in term.also if said not in term.name.in_language(lang)),
                "means": term.means.in_language(lang),
                "href": sheet.to(term.page) if term.page else "",
                "target": sheet.name_of(term.page) if term.page else "",
            }
            for term in ordered
        ]
    }


def _sorted_as(name: str) -> str:
    """Accents do not put a word behind z."""
    return name.casefold().translate(str.maketrans("áéíóúüñ", "aeiouun"))
