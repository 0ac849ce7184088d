"""Instruments: questionnaires and rating scales that measure how bad it is. Data only."""

from __future__ import annotations

from typing import Annotated, Literal

from trellis.errors import did_you_mean
from trellis.frozen import EMPTY
from trellis.kinds.fact import Input
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Before, Field, FrozenMap
from trellis.kinds.text import Cited, Code, Frozen, SourceRef, Text, Verified, Words

MAY_SHOW = ("public_domain", "free")
"""Licences with which the words of an instrument may be shown."""

LicenceStatus = Literal["public_domain", "free", "unconfirmed", "restricted"]
ScoringMethod = Literal["sum", "highest", "count"]
Name = Annotated[str, Before(lambda given: str(given) if isinstance(given, int) else given, also="integer")]


class Licence(Frozen):
    """Whether the words of an instrument may be shown, and on what ground.

    ``text`` says what is allowed; ``credit`` must be shown with the items. Only ``public_domain`` and ``free`` allow
    item texts in the shipped content; ``unconfirmed`` and ``restricted`` leave them to a site's own copy.
    """

    status: LicenceStatus
    text: str
    credit: str = ""
    verified: Verified
    sources: tuple[SourceRef, ...] = ()


class Option(Frozen):
    """One answer to an item and its score. ``codes``: the LOINC answer code, where one is known."""

    score: int
    text: Text | None = None
    codes: tuple[Code, ...] = ()


class Unscored(Frozen):
    """An answer without a score, such as "don't know" or "not asked": the item is missing, and never counts as zero."""

    text: Text | None = None
    codes: tuple[Code, ...] = ()


class Item(Frozen):
    """One question. ``about`` says in our words what it asks; ``text`` is its own, where it may be shown.

    ``missing``: the answers that a form offers and that leave the item missing.
    """

    id: Name
    about: Text
    text: Text | None = None
    options: Name | tuple[Option, ...]
    missing: tuple[Unscored, ...] = ()
    codes: tuple[Code, ...] = ()


class Skip(Frozen):
    """When ``item`` has one of ``scores``, the items named are not asked and count as 0."""

    item: Name
    scores: tuple[int, ...]
    skips: tuple[Name, ...]


class ScoreBand(Frozen):
    """From this score on. The first band of a scale begins at its lowest score."""

    id: str
    from_: int = Field(alias="from")
    name: Text
    sources: tuple[SourceRef, ...] = ()


class Prorate(Frozen):
    """The published rule for missing items: at most ``missing_at_most`` are replaced by the mean of the others."""

    missing_at_most: int = Field(gt=0)
    rule: Text
    sources: tuple[SourceRef, ...]


class Reliability(Frozen):
    """What the reliable change index needs: a standard deviation and a reliability from a named group."""

    sd: float = Field(gt=0)
    reliability: float = Field(gt=0, lt=1)
    group: Text
    verified: Verified
    sources: tuple[SourceRef, ...]


class Points(Frozen):
    """A number of points that matters: a minimal important difference, or the score that counts as remission."""

    points: float
    what: Text
    verified: Verified
    sources: tuple[SourceRef, ...]


class Change(Frozen):
    """How change on a scale is read. ``response_percent``: the fall (or rise) in percent that counts as a response."""

    reliability: Reliability | None = None
    important: Points | None = None
    response_percent: Points | None = None
    remission: Points | None = None


class Scale(Frozen):
    """A total or a subscale: which items, how they are joined, and what its values are called.

    ``sum`` adds the scores, ``highest`` takes the worst one, ``count`` counts the items that score at all. ``low`` and
    ``high`` are stated when the items are not shipped; else they follow from the items and must agree.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Text
    items: tuple[Name, ...] = ()
    method: ScoringMethod = "sum"
    low: int
    high: int
    worse: Literal["up", "down"] = "up"
    bands: tuple[ScoreBand, ...] = ()
    prorate: Prorate | None = None
    change: Change | None = None
    codes: tuple[Code, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    note: Text | None = None


class Critical(Frozen):
    """An answer that matters by itself, whatever the total: it shows this urgent text at once."""

    item: Name
    from_: int = Field(alias="from")
    urgent: str
    says: Words
    sources: tuple[SourceRef, ...]


class Derives(Frozen):
    """From this score on, the fact is at least at this step. An instrument only raises; a low score clears nothing.

    An ``item`` may raise any fact about the person, for its answer says the same thing. A ``scale`` may raise only a
    fact of kind ``score``, or feed an input: a score alone places nobody.
    """

    item: Name | None = None
    scale: str | None = None
    from_: int | None = Field(default=None, alias="from")
    to: str
    step: str | None = None
    sources: tuple[SourceRef, ...] = ()
    note: str = ""


class Instrument(Cited):
    """One instrument. One without items (``typed total only``) can be recorded and read, and nothing more."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Text
    short: str
    measures: Text
    for_whom: Text
    given_by: Text
    period: Text | None = None
    minutes: float | None = Field(default=None, gt=0)
    how_often: Text
    licence: Licence
    stem: Text | None = None
    option_sets: FrozenMap[str, tuple[Option, ...]] = EMPTY
    items: tuple[Item, ...] = ()
    skips: tuple[Skip, ...] = ()
    scales: tuple[Scale, ...] = Field(min_length=1)
    critical: tuple[Critical, ...] = ()
    derives: tuple[Derives, ...] = ()
    codes: tuple[Code, ...] = ()
    cautions: tuple[Text, ...] = ()

    @property
    def form(self) -> Literal["full", "scores_only", "total_only"]:
        """``full``: the item texts are here; ``scores_only``: items score, their texts are not ours to show."""
        if not self.items:
            return "total_only"
        return "full" if all(item.text is not None for item in self.items) else "scores_only"

    def item(self, name: str) -> Item:
        """The item with this id. Raises ``KeyError`` when there is none."""
        for item in self.items:
            if item.id == name:
                return item
        raise KeyError(name)

    def scale(self, name: str) -> Scale:
        """The scale with this id. Raises ``KeyError`` when there is none."""
        for scale in self.scales:
            if scale.id == name:
                return scale
        raise KeyError(name)

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """The answers to an item, whether they are its own or a set that several items share."""
        return self.option_sets[item.options] if isinstance(item.options, str) else item.options

    def scores_of(self, name: str) -> tuple[int, ...]:
        """The scores an item can have, lowest first."""
        return tuple(sorted({option.score for option in self.options_of(self.item(name))}))


def check_instrument(where: str, instrument: Instrument, book: Book) -> None:
    """Items, scales and what is derived of them belong together, and no text is shown that may not be."""
    names = [item.id for item in instrument.items]
    scales = [scale.id for scale in instrument.scales]
    for twice in {name for name in names if names.count(name) > 1} | {s for s in scales if scales.count(s) > 1}:
        book.wrong(where, f"has [{twice}] twice.", "Give each item and scale a name of its own.")
    known_sets = True
    for item in instrument.items:
        if isinstance(item.options, str) and item.options not in instrument.option_sets:
            known_sets = False
            near = did_you_mean(item.options, instrument.option_sets)
            book.wrong(where, f"item [{item.id}] uses the answers [{item.options}], not defined.", near)
        if item.text is not None and instrument.licence.status not in MAY_SHOW:
            message = f"item [{item.id}] has its text, and the licence status is [{instrument.licence.status}]."
            book.wrong(where, message, "Leave the texts out until the licence is confirmed.")
    read = [name for scale in instrument.scales for name in scale.items]
    read += [entry.item for entry in instrument.critical]
    read += [entry.item for entry in instrument.derives if entry.item is not None]
    read += [name for skip in instrument.skips for name in (skip.item, *skip.skips)]
    for name in read:
        if name not in names:
            book.wrong(where, f"refers to item [{name}], which it does not have.", did_you_mean(name, names))
    if known_sets and set(read) <= set(names):
        for scale in instrument.scales:
            _check_scale(where, instrument, scale, book)
    for derives in instrument.derives:
        _check_derives(where, instrument, derives, book)


def _check_scale(where: str, instrument: Instrument, scale: Scale, book: Book) -> None:
    name = f"scale [{scale.id}]"
    if scale.items:
        scores = [instrument.scores_of(item) for item in scale.items]
        ends = {
            "sum": (sum(s[0] for s in scores), sum(s[-1] for s in scores)),
            "highest": (max(s[0] for s in scores), max(s[-1] for s in scores)),
            "count": (sum(s[0] > 0 for s in scores), sum(s[-1] > 0 for s in scores)),
        }[scale.method]
        if ends != (scale.low, scale.high):
            message = f"{name} says {scale.low} to {scale.high}, but its items give {ends[0]} to {ends[1]}."
            book.wrong(where, message, "Correct the items or the range.")
    elif instrument.items:
        book.wrong(where, f"{name} names no items.", "Name the items that it joins.")
    starts = [band.from_ for band in scale.bands]
    if starts and (starts != sorted(set(starts)) or starts[0] != scale.low or starts[-1] > scale.high):
        message = f"{name} has bands from {starts}."
        book.wrong(where, message, f"Begin at {scale.low}, go up, and end below {scale.high + 1}.")


def _check_derives(where: str, instrument: Instrument, derives: Derives, book: Book) -> None:
    if (derives.item is None) == (derives.scale is None):
        book.wrong(where, f"derives [{derives.to}] from an item and a scale, or neither.", "Name one.")
    if derives.scale is not None and derives.scale not in [scale.id for scale in instrument.scales]:
        book.wrong(where, f"derives [{derives.to}] from no scale of its own: [{derives.scale}].")
    if book.get("inputs", derives.to) is not None:
        if derives.item is not None or derives.step is not None or derives.from_ is not None:
            message = f"feeds [{derives.to}] with more than a scale."
            book.wrong(where, message, "An input takes a whole total: give `scale` and `to` only.")
        return
    if derives.to not in book.facts:
        inputs = [entry.id for entry in book.of("inputs", Input)]
        near = did_you_mean(derives.to, [*book.facts, *inputs])
        book.wrong(where, f"derives [{derives.to}], which no file defines.", near)
        return
    fact = book.facts[derives.to]
    if derives.step not in fact.values or derives.from_ is None:
        message = f"derives [{derives.to}] with step [{derives.step}] from [{derives.from_}]."
        book.wrong(where, message, f"Give `from` and one of {', '.join(fact.values)}.")
    if derives.scale is not None and fact.kind != "score":
        message = f"derives [{derives.to}], of kind [{fact.kind}], from the score [{derives.scale}]."
        book.wrong(where, message, "A score alone places nobody: derive a fact of kind score.")


KINDS = (
    Kind(
        "instruments",
        Instrument,
        "questionnaires and rating scales",
        folder="instruments",
        refers={"critical.urgent": "urgent"},
        english=("text", "stem"),
        cited=True,
        check=check_instrument,
    ),
)
