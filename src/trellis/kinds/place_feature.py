"""What a place of care may say of itself, one fact a feature, and how the lists of others say the same."""

from __future__ import annotations

from typing import Any, Literal

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, Frozen, FrozenMap
from trellis.kinds.text import Cited, Text

FeatureGroup = Literal["setting", "treats", "service", "people", "language", "payment", "access", "sign"]
"""What a feature tells of."""
ListFormat = Literal["csv", "findtreatment", "fhir", "hsds"]
"""The form of a file that holds a list of places."""
DayForm = Literal["month/day/year", "day/month/year", "day.month.year"]
"""How a list may write a day, besides YYYY-MM-DD."""
ANY = "*"
"""In a term: whatever it says."""


class PlaceFeature(Cited):
    """Something that a place has or has not, that one can check by a call or on the web. Not said is unknown.

    Args:
        id: how it is called in a county's own file.
        group: what it tells of.
        name: as people read it; ``ask``: the question for a call, where the name alone would not do.
        offers: settings, add-ons and responses that a place of this kind has; of several it is any one of them.
        says: the axes on which whoever says so has at least what the setting usually gives: its name means no less.
            On all others one has to ask.
        gives: on an axis at least so much, wherever in the place.
        services: services of the content that it is; ``orders``: a place that has them stands before one that does
            not say, where they are needed.
        contexts: the people that it takes, as the contexts of the content name them.
        language: of group ``language``, its two or three letters (ISO 639).
        check: of group ``sign``, how anybody can check it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    group: FeatureGroup
    name: Text
    ask: Text | None = None
    offers: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    gives: FrozenMap[str, str] = EMPTY
    services: tuple[str, ...] = ()
    orders: bool = False
    contexts: FrozenMap[str, tuple[str, ...]] = EMPTY
    language: str = Field(default="", pattern=r"^([a-z]{2,3})?$")
    check: Text | None = None


class ListTerm(Frozen):
    """A word or code of a list, and what a place that has it says.

    ``in_``: the category, column or code system it stands in. ``says``: the words, whatever their case; ``*`` for all
    that stands there. ``type``: only for places of this type of the list. ``means``: features that the place has;
    ``denies``: that it has not. With neither it is known and tells nothing that is used.
    """

    in_: str = Field(alias="in")
    says: tuple[str, ...] = Field(min_length=1)
    type: str = ""
    means: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()


class PlaceList(Cited):
    """How one kind of list is read: its form, what its fields are called here, and what its terms mean.

    ``fields``: for a field of the list the field here. ``terms``: see :class:`ListTerm`. ``places``: settings that the
    list does not look into, in words for who imports it. ``days``: how it writes days, besides YYYY-MM-DD.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    format: ListFormat
    fields: FrozenMap[str, str] = EMPTY
    days: tuple[DayForm, ...] = ()
    terms: tuple[ListTerm, ...] = ()


def check_feature(where: str, entry: Any, book: Book) -> None:
    """It is of use, its steps and settings are known, and a sign says how it is checked and on what ground."""
    one: PlaceFeature = entry
    for name in one.offers:
        if all(book.get(kind, name) is None for kind in ("setting", "add_ons", "responses")):
            book.wrong(where, f"[{one.id}] offers [{name}], which is no setting, add-on or response.", "Name one.")
    book.name(where, one.says, "axes")
    for axis, step in one.gives.items():
        known = book.get("axes", axis)
        if known is not None and step not in [each.id for each in known.steps]:
            book.wrong(where, f"[{one.id}] gives [{step}], which is no step of [{axis}].", "Name one of its steps.")
    for factor, values in one.contexts.items():
        known = book.get("contexts", factor)
        if known is None or set(values) - {step.id for step in known.values}:
            book.wrong(where, f"[{one.id}] takes [{factor}: {', '.join(values)}], which is no context.", "Name one.")
    if (one.group == "language") != bool(one.language):
        book.wrong(where, f"[{one.id}] and its language do not fit.", "A feature of group language names one.")
    if one.group == "sign" and (one.check is None or not (one.sources or one.verified)):
        book.wrong(where, f"[{one.id}] is a sign without check or ground.", "Say how it is checked, and cite who says.")


def check_list(where: str, entry: Any, book: Book) -> None:
    """Every feature that a term names is known, and no term stands there twice."""
    one: PlaceList = entry
    seen: set[tuple[str, str, str]] = set()
    for term in one.terms:
        book.name(where, (*term.means, *term.denies), "place_features")
        for word in term.says:
            key = (term.in_, word.casefold(), term.type)
            if key in seen:
                book.wrong(where, f"[{one.id}] has [{word}] of [{term.in_}] twice.", "Keep one.")
            seen.add(key)


KINDS = (
    Kind(
        "place_features",
        PlaceFeature,
        "what a place of care may say of itself, and the question for a call",
        folder="directory",
        refers={"services": "services", "gives": "axes"},
        public=("name", "ask", "check"),
        check=check_feature,
    ),
    Kind(
        "place_lists",
        PlaceList,
        "how a list of places is read: its fields and what its terms mean",
        folder="directory",
        cited=True,
        check=check_list,
    ),
)
