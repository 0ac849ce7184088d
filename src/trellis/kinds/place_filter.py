"""What to choose on FindTreatment.gov: a filter by the name it has there, and the results that it fits."""

from __future__ import annotations

from typing import Any, Literal

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, FrozenMap
from trellis.kinds.text import Cited, Text

FilterGroup = Literal["type", "medicine", "age", "language", "pay"]
"""The part of the search in which a filter stands."""


class PlaceFilter(Cited):
    """A filter, and when it fits: each of the fields ``settings`` to ``ages`` is enough by itself.

    ``label``: as it stands on the page, in English. ``says``: what it brings, or what to mind. ``settings``: one of
    them is not ruled out. ``services``: one of them is certain. ``at_least``: on one axis so much is certain.
    ``barriers``: one of them was told. ``ages``: the person is of one of them. ``always``: it fits everybody.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    group: FilterGroup
    label: str
    says: Text
    settings: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    at_least: FrozenMap[str, str] = EMPTY
    barriers: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    always: bool = False


def check_filter(where: str, entry: Any, book: Book) -> None:
    """It fits somebody, and each step is one of its axis."""
    one: PlaceFilter = entry
    if not (one.always or one.settings or one.services or one.at_least or one.barriers or one.ages):
        book.wrong(where, f"[{one.id}] fits nobody.", "Say whom it fits, or `always: true`.")
    for axis, step in one.at_least.items():
        known = book.get("axes", axis)
        if known is not None and step not in [each.id for each in known.steps]:
            book.wrong(where, f"[{one.id}] asks for [{step}], which is no step of [{axis}].", "Name one of its steps.")


KINDS = (
    Kind(
        "place_filters",
        PlaceFilter,
        "what to choose on FindTreatment.gov, and whom it fits",
        folder="finding",
        refers={"settings": "setting", "services": "services", "barriers": "barriers", "at_least": "axes"},
        public=("says",),
        cited=True,
        check=check_filter,
    ),
)
