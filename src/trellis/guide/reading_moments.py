"""The pages on moments that many people meet, such as an overdose: what one can do today, whom to call, what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trellis.guide.reading_page import Section, Sheet
from trellis.guide.site import ShownLine, Site
from trellis.kinds.moment import Moment, in_order
from trellis.kinds.need import lines_in_order

FOLDER = "moments"


@dataclass(frozen=True)
class PartShown:
    """A part of a moment as a page shows it; ``id`` is its anchor, so that another page can lead right to it."""

    id: str
    section: Section


def moment_view(sheet: Sheet, moment: Moment, site: Site) -> dict[str, Any]:
    """What the page on a moment shows: each part with its sources, who answers a call, and the questions to ask.

    Args:
        sheet: the page, which gathers the sources.
        moment: the moment.
        site: the settings of the site, which may have help lines of its own.

    >>> import trellis
    >>> from datetime import date
    >>> from trellis.guide.reading_links import Names
    >>> from trellis.guide.site import read_site
    >>> kb = trellis.load()
    >>> site, _ = read_site(None, kb, date(2026, 11, 24))
    >>> view = moment_view(Sheet(kb, "en", "moments/insurance.html", Names(())), kb.of("moments")["insurance"], site)
    >>> [part.id for part in view["parts_shown"]][:2]
    ['safety', 'writing']
    """
    lang = sheet.lang
    return {
        "title_shown": moment.title.in_language(lang),
        "lead": moment.lead.in_language(lang),
        "note_for": moment.note_for.in_language(lang),
        "parts_shown": [
            PartShown(part.id, sheet.section(part.title.in_language(lang), part.says)) for part in moment.parts
        ],
        "lines": [line.to_json(lang) for line in _lines(sheet, moment, site)],
        "calls": [(call.to.in_language(lang), call.says.in_language(lang)) for call in moment.calls],
        "questions": moment.questions.in_language(lang),
    }


def _lines(sheet: Sheet, moment: Moment, site: Site) -> list[ShownLine]:
    """The help lines of a moment as the site shows them, in the order of the language."""
    shown = {line.id: line for line in site.lines}
    return [shown[name] for name in lines_in_order(moment.lines, sheet.lang, sheet.kb.lines)]


def moment_pages(sheet: Sheet) -> list[tuple[str, str]]:
    """The page of each moment from here, with its title, as a list of what is happening shows them."""
    return [
        (sheet.to(f"{FOLDER}/{moment.id}.html"), moment.title.in_language(sheet.lang))
        for moment in in_order(sheet.kb.of(FOLDER).values())
    ]
