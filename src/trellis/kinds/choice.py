"""Choices that people come with, such as inpatient care or an intensive outpatient program: what each would mean."""

from __future__ import annotations

from typing import Any

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.setting import Axis, Setting
from trellis.kinds.shape import Field, Frozen, FrozenMap
from trellis.kinds.text import Cited, Claim, Text, TextList

SHORT = "short"
"""What a row may hold of a setting beside the axes: in a sentence, what one does there."""


class ChoiceColumn(Frozen):
    """One of the ways that are chosen between.

    ``settings``: those that are called so, the one that most people mean first. ``for_whom``: who it is for, said on
    the first screen where it stands. ``shown``: its column is open at first. ``in_results``: every result says in a
    line what it would give and lack.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    name: Text
    settings: tuple[str, ...] = Field(min_length=1)
    for_whom: Claim | None = None
    shown: bool = False
    in_results: bool = False


class ChoiceRow(Frozen):
    """A question as people ask it, with an answer for each column.

    ``held``: the answers are those of the settings themselves: ``short``, or an axis, of which the step is told that
    the setting gives.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    asks: Text
    held: str = ""
    cells: FrozenMap[str, Claim] = EMPTY


class SettingChoice(Cited):
    """A choice: who each way is for, a grid of questions and answers, and what studies found. It holds no verdict.

    ``findings``: summaries of evidence. ``limits``: whom the studies do not speak of.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    title: Text
    lead: Text
    columns: tuple[ChoiceColumn, ...] = Field(min_length=2)
    rows: tuple[ChoiceRow, ...] = Field(min_length=1)
    findings: tuple[str, ...] = ()
    limits: tuple[Claim, ...] = ()
    questions: TextList


def check_choice(where: str, entry: Any, book: Book) -> None:
    """Each row answers for each column, once, and each answer that is not held elsewhere has its ground."""
    choice: SettingChoice = entry
    columns = [column.id for column in choice.columns]
    axes = [axis.id for axis in book.of("axes", Axis)]
    for row in choice.rows:
        here = f"[{choice.id}] in the row [{row.id}]"
        if row.held and row.cells:
            book.wrong(where, f"{here} has answers of its own beside those held.", "Keep one of the two.")
        elif row.held and row.held not in (SHORT, *axes):
            book.wrong(where, f"{here} names [{row.held}], which no setting holds.", f"It may be {SHORT} or an axis.")
        elif not row.held and sorted(row.cells) != sorted(columns):
            book.wrong(where, f"{here} does not answer for each column.", f"The columns are {', '.join(columns)}.")
    own = [column.for_whom for column in choice.columns if column.for_whom is not None]
    for claim in (*own, *(cell for row in choice.rows for cell in row.cells.values()), *choice.limits):
        if not claim.sources and not claim.verified:
            what = f"[{choice.id}] claims without ground: {claim.en[:50]}…"
            book.wrong(where, what, "Cite a source, or mark it as memory.")
        book.name(where, [source.ref for source in claim.sources], "sources")
    settings = {one.id for one in book.of("setting", Setting)}
    for column in choice.columns:
        for name in column.settings:
            if name not in settings:
                book.wrong(where, f"[{choice.id}] puts [{name}] below [{column.id}], which is no setting.")


KINDS = (
    Kind(
        "choices",
        SettingChoice,
        "a choice that people come with: a question a row, a way a column",
        folder="choices",
        refers={"findings": "summaries"},
        public=(
            "title",
            "lead",
            "columns.name",
            "columns.for_whom",
            "rows.asks",
            "limits",
            "questions",
        ),
        cited=True,
        check=check_choice,
    ),
)
