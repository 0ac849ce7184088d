"""The page that puts the treatments most people have heard of side by side: CBT, DBT and MI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trellis.compare.approaches import ApproachColumn, compare_approaches
from trellis.evidence import Statement
from trellis.evidence.words import level_words
from trellis.guide.reading_page import Sentence, Sheet
from trellis.kinds.text import SourceRef

SIDE_BY_SIDE = ("cbt", "dbt", "mi_met")
"""The three that everybody hears of, in the order of their names."""
TOPICS = {
    "what": ("what",),
    "for_whom": ("for_whom", "not_for"),
    "how_long": ("format", "sessions", "length"),
    "asks": ("asks",),
    "drawbacks": ("drawbacks",),
}
"""The rows that come from what is told of every approach, each with its topics; studies stand between."""
ROWS = ("what", "for_whom", "how_long", "asks", "found", "limits", "drawbacks")
"""The rows in the order of the page: people's own questions."""
MOST_STUDIES = 3
"""So many statements of one approach in one row; the page of the approach has all."""


@dataclass(frozen=True)
class TalkingCell:
    """What one approach has in one row. ``none`` says that nothing is held, and is empty where something is."""

    name: str
    said: tuple[Sentence, ...]
    none: str = ""


@dataclass(frozen=True)
class TalkingRow:
    """One question, and each approach's answer to it."""

    id: str
    asks: str
    cells: tuple[TalkingCell, ...]


def talking_view(sheet: Sheet) -> dict[str, Any]:
    """What the page shows: each row a question, with an answer of each approach, every sentence with its source.

    >>> import trellis
    >>> from trellis.guide.reading_links import Names
    >>> view = talking_view(Sheet(trellis.load(), "en", "talking.html", Names(())))
    >>> [name for href, name in view["pages"]][0], len(view["rows"][0].cells)
    ('Cognitive behavioral therapy', 3)
    """
    columns = compare_approaches(sheet.kb, SIDE_BY_SIDE).columns
    return {
        "rows": [
            TalkingRow(row, sheet.say(f"reading.talking.{row}"), tuple(_cell(sheet, column, row) for column in columns))
            for row in ROWS
        ],
        "pages": [
            (sheet.to(f"approaches/{column.id}.html"), column.approach.name.in_language(sheet.lang))
            for column in columns
        ],
    }


def _cell(sheet: Sheet, column: ApproachColumn, row: str) -> TalkingCell:
    name = column.approach.short.in_language(sheet.lang).partition(",")[0]
    linker = sheet.linker()
    if row in TOPICS:
        claims = [claim for topic in TOPICS[row] for claim in column.topics[topic]]
        return TalkingCell(name, tuple(sheet.claim(claim, linker) for claim in claims))
    told = column.benefit if row == "found" else column.limits
    said = tuple(_found(sheet, one) for one in _each_condition_once(told)[:MOST_STUDIES])
    unknown = "guide.approaches.no_benefit_known" if row == "found" else "guide.approaches.no_limits"
    return TalkingCell(name, said, "" if said else sheet.say(unknown))


def _each_condition_once(told: tuple[Statement, ...]) -> list[Statement]:
    """The surest statement of each condition, so that one much studied illness does not fill the row."""
    first: dict[str, Statement] = {}
    for one in told:
        first.setdefault(one.summary.condition, one)
    return list(first.values())


def _found(sheet: Sheet, one: Statement) -> Sentence:
    about = sheet.kb.treated[one.summary.condition].name.in_language(sheet.lang)
    sure = level_words(one.level, sheet.lang)
    words = sheet.say("reading.talking.study", about=about, says=one.words("person", sheet.lang), sure=sure)
    cites = tuple(dict.fromkeys(sheet.cite(SourceRef(ref=source.id)) for source in one.sources))
    return Sentence(sheet.linker().link(words), not one.verified, cites)
