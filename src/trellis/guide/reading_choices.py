"""The pages on a choice that people come with: who each way is for, and a grid of questions with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from trellis.guide.reading_page import Sentence, Sheet
from trellis.kinds.choice import SHORT, ChoiceColumn, ChoiceRow, SettingChoice

FOLDER = "choices"


@dataclass(frozen=True)
class ColumnShown:
    """A way that is chosen between; ``pages`` are those of the settings that are called so."""

    id: str
    name: str
    shown: bool
    for_whom: Sentence | None
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RowShown:
    """A question, and an answer for each column in the order of the columns."""

    id: str
    asks: str
    cells: tuple[tuple[ColumnShown, Sentence], ...]


def choice_view(sheet: Sheet, choice: SettingChoice) -> dict[str, Any]:
    """What the page on a choice shows: who each way is for, the grid, whom studies do not speak of, what to ask.

    >>> import trellis
    >>> from trellis.guide.reading_links import Names
    >>> kb = trellis.load()
    >>> sheet = Sheet(kb, "en", "choices/inpatient_or_iop.html", Names(()))
    >>> view = choice_view(sheet, kb.of("choices")["inpatient_or_iop"])
    >>> [column.name for column in view["columns"] if column.shown]
    ['IOP', 'Inpatient']
    """
    lang, linker = sheet.lang, sheet.linker()
    columns = tuple(
        ColumnShown(
            column.id,
            column.name.in_language(lang),
            column.shown,
            sheet.claim(column.for_whom, linker) if column.for_whom else None,
            tuple(
                (sheet.to(f"settings/{name}.html"), sheet.kb.settings[name].name.in_language(lang))
                for name in column.settings
            ),
        )
        for column in choice.columns
    )
    shown = dict(zip(choice.columns, columns, strict=True))
    return {
        "title_shown": choice.title.in_language(lang),
        "lead": choice.lead.in_language(lang),
        "columns": columns,
        "rows": [
            RowShown(
                row.id,
                row.asks.in_language(lang),
                tuple((shown[column], _answer(sheet, row, column)) for column in choice.columns),
            )
            for row in choice.rows
        ],
        "limits": [sheet.claim(claim, linker) for claim in choice.limits],
        "questions": choice.questions.in_language(lang),
    }


def _answer(sheet: Sheet, row: ChoiceRow, column: ChoiceColumn) -> Sentence:
    """The answer of one column: its own, or what the setting that most people mean by it says of itself."""
    if not row.held:
        claim = row.cells[column.id]
        # In a grid a link to each word that a list explains would be all that one sees.
        cites = tuple(dict.fromkeys(sheet.cite(ref) for ref in claim.sources))
        return Sentence(escape(claim.in_language(sheet.lang)), claim.verified == "memory", cites)
    setting = sheet.kb.settings[column.settings[0]]
    if row.held == SHORT:
        return sheet.plain(setting.short.in_language(sheet.lang))
    step = next(one for one in sheet.kb.axes[row.held].steps if one.id == setting.gives[row.held])
    return sheet.plain((step.told or step.definition).in_language(sheet.lang))


def choice_pages(sheet: Sheet) -> list[tuple[str, str]]:
    """The page of each choice from here, with its title."""
    return [
        (sheet.to(f"{FOLDER}/{name}.html"), choice.title.in_language(sheet.lang))
        for name, choice in sheet.kb.of(FOLDER).items()
    ]
