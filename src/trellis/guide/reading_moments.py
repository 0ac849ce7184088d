"""The pages on moments that many people meet, such as a health plan that says no: what one can do, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trellis.guide.reading_page import Section, Sheet
from trellis.kinds.moment import Moment

FOLDER = "moments"


@dataclass(frozen=True)
class PartShown:
    """A part of a moment as a page shows it; ``id`` is its anchor, so that another page can lead right to it."""

    id: str
    section: Section


def moment_view(sheet: Sheet, moment: Moment) -> dict[str, Any]:
    """What the page on a moment shows: each part with its sources, then the questions to ask.

    >>> import trellis
    >>> from trellis.guide.reading_links import Names
    >>> kb = trellis.load()
    >>> view = moment_view(Sheet(kb, "en", "moments/insurance.html", Names(())), kb.of("moments")["insurance"])
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
        "questions": moment.questions.in_language(lang),
    }


def moment_pages(sheet: Sheet) -> list[tuple[str, str]]:
    """The page of each moment from here, with its title."""
    return [
        (sheet.to(f"{FOLDER}/{name}.html"), moment.title.in_language(sheet.lang))
        for name, moment in sheet.kb.of(FOLDER).items()
    ]
