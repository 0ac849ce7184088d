"""The pages to read: settings, treatments, questionnaires, moments, words, what the guide is and how good an aid.

They are plain HTML without a script, in both languages. The app takes the content of their ``main`` into a sheet above
the answers, so what leads away from the app (its start, the other language) stands outside of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from trellis._version import __version__
from trellis.guide.ipdas import quality_view
from trellis.guide.reading_about import about_view, steps_view
from trellis.guide.reading_choices import FOLDER as CHOICES
from trellis.guide.reading_choices import choice_view
from trellis.guide.reading_conditions import conditions_view
from trellis.guide.reading_evidence import plain_evidence, studies_of
from trellis.guide.reading_index import index_view
from trellis.guide.reading_links import Names
from trellis.guide.reading_moments import FOLDER, moment_view
from trellis.guide.reading_own import FOLDER as OWN
from trellis.guide.reading_own import own_pages, own_view
from trellis.guide.reading_page import Sheet
from trellis.guide.reading_places import place_view
from trellis.guide.reading_talking import talking_view
from trellis.guide.reading_treatments import approach_view, instrument_view
from trellis.guide.site import Site
from trellis.guide.terms import names_of, terms_view
from trellis.kinds.text import LANGUAGES
from trellis.library.knowledge import Knowledge


def reading_pages(kb: Knowledge, site: Site, *, as_of: date) -> Mapping[str, str]:
    """Every page to read, by its path in the bundle.

    Args:
        kb: the knowledge.
        site: the site's settings, for its name, its title of the tab and its crisis lines.
        as_of: the day of the build.

    >>> import trellis
    >>> from trellis.guide.site import read_site
    >>> kb, day = trellis.load(), date(2026, 11, 24)
    >>> pages = reading_pages(kb, read_site(None, kb, day)[0], as_of=day)
    >>> "en/read/settings/iop.html" in pages, "es/read/index.html" in pages
    (True, True)
    """
    return {name: page for lang in LANGUAGES for name, page in _Shelf(kb, site, as_of, lang).pages()}


VIEWS: Mapping[str, Callable[[Sheet], dict[str, Any]]] = {
    "index": index_view,
    "steps": steps_view,
    "conditions": conditions_view,
    "talking": talking_view,
    "terms/index": terms_view,
    "quality": quality_view,
}
"""The pages that need nothing but the knowledge, each with what it shows; the template is named like the page."""


class _Shelf:
    """The pages of one language."""

    def __init__(self, kb: Knowledge, site: Site, as_of: date, lang: str) -> None:
        self.kb, self.site, self.as_of, self.lang = kb, site, as_of, lang
        self.names: Names = names_of(kb, lang)
        self.told = plain_evidence(kb, lang)
        self.shared: dict[str, Any] = {
            "site": site,
            "title": site.neutral_title.in_language(lang),
            "site_name": site.name.in_language(lang),
            "exit": site.exit,
            "dates": {"version": kb.version, "effective": kb.effective, "built": as_of.isoformat()},
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        kb = self.kb
        for place in (*kb.settings.values(), *kb.add_ons.values(), *kb.responses.values()):
            sheet = self.sheet(f"settings/{place.id}.html")
            view = place_view(sheet, place)
            yield sheet.full, self.page(sheet, "place", **view, studies=studies_of(sheet, self.told, view["evidence"]))
        for approach in kb.approaches.values():
            sheet = self.sheet(f"approaches/{approach.id}.html")
            view = approach_view(sheet, approach)
            sides = {side: studies_of(sheet, self.told, ids) for side, ids in view["sides"].items()}
            yield sheet.full, self.page(sheet, "approach", **view, studies=sides)
        for instrument in kb.instruments.values():
            sheet = self.sheet(f"instruments/{instrument.id}.html")
            yield sheet.full, self.page(sheet, "instrument", **instrument_view(sheet, instrument))
        for name, moment in kb.of(FOLDER).items():
            sheet = self.sheet(f"{FOLDER}/{name}.html")
            yield sheet.full, self.page(sheet, "moment", **moment_view(sheet, moment, self.site), entry=moment)
        for name, choice in kb.of(CHOICES).items():
            sheet = self.sheet(f"{CHOICES}/{name}.html")
            view = choice_view(sheet, choice)
            studies = studies_of(sheet, self.told, choice.findings)
            yield sheet.full, self.page(sheet, "choice", **view, studies=studies, entry=choice)
        for page in self.site.pages:
            sheet = self.sheet(f"{OWN}/{page.id}.html")
            yield sheet.full, self.page(sheet, "own", **own_view(sheet, page))
        for name, view_of in VIEWS.items():
            sheet = self.sheet(f"{name}.html")
            view = view_of(sheet) | {"own": own_pages(sheet, self.site)}
            yield sheet.full, self.page(sheet, name.partition("/")[0], **view)
        sheet = self.sheet("about.html")
        yield sheet.full, self.page(sheet, "about", **about_view(sheet, self.site, self.shared["dates"], __version__))

    def sheet(self, path: str) -> Sheet:
        return Sheet(self.kb, self.lang, path, self.names)

    def page(self, sheet: Sheet, template: str, **view: Any) -> str:
        return sheet.render(f"{template}.html.j2", self.shared, **view)
