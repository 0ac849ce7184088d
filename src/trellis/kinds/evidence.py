"""Evidence: results of studies, one a row; what they say together; how sure that is; data sets that can be pooled."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from typing import Literal

from trellis.errors import did_you_mean
from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, FrozenMap
from trellis.kinds.text import Cited, Frozen, SourceRef, Text, Words

Design = Literal["meta-analysis", "RCT", "cohort", "review"]
Measure = Literal["g", "d", "RR", "OR", "HR", "r", "MD", "RD", "percent", "NNT", "BCR", "count", "none"]
RATIOS = ("RR", "OR", "HR")
Level = Literal["high", "moderate", "low", "very_low"]
LEVELS: tuple[Level, ...] = ("very_low", "low", "moderate", "high")
Domain = Literal["risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias"]
Strength = Literal["large_effect", "dose_response", "confounding"]


class PublishedEffect(Frozen):
    """A number as published, with its 95 % interval where it was seen."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


class Rates(Frozen):
    """How many of 100 in each group, as the source gives them. ``good``: whether the event is one people want."""

    approach: float = Field(ge=0, le=100)
    comparison: float = Field(ge=0, le=100)
    good: bool


class Result(Frozen):
    """One result of one study or review.

    ``original`` is kept as published. ``favours`` says which way of it favours the approach; :attr:`benefit` is the
    same with one direction: positive always favours the approach (ratios on the log scale). ``neither`` is for numbers
    that compare nothing. ``verified`` is ``yes`` when the number was seen in its source, ``memory`` when it was not.
    """

    id: str = Field(pattern=r"^E\d{3}$")
    approach: str | None = None
    setting: str | None = None
    form: Text
    comparator: Text
    population: Text
    condition: str
    outcome: Text
    about: Literal[
        "symptoms",
        "use",
        "retention",
        "engagement",
        "death",
        "offending",
        "admission",
        "self_harm",
        "function",
        "quality",
        "harm",
        "cost",
        "stay",
    ]
    design: Design
    studies: int | None = Field(default=None, gt=0)
    people: int | None = Field(default=None, gt=0)
    measure: Measure
    original: PublishedEffect = PublishedEffect()
    favours: Literal["higher", "lower", "neither"]
    rates: Rates | None = None
    year: int
    first_author: str
    verified: Literal["yes", "memory"]
    source: str
    seen_at: str = ""
    note: Text | None = None

    @property
    def ratio(self) -> bool:
        """Whether the number is a ratio, in which 1 means no difference."""
        return self.measure in RATIOS

    def turned(self, value: float | None) -> float | None:
        """A published number with the direction made one: positive favours the approach. None stays None."""
        if value is None or self.favours == "neither":
            return None
        scaled = math.log(value) if self.ratio else value
        return scaled if self.favours == "higher" else -scaled

    @property
    def benefit(self) -> float | None:
        """The effect, positive when it favours the approach; the logarithm of a ratio."""
        return self.turned(self.original.value)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval in the same direction as :attr:`benefit`, lower end first."""
        one, other = self.turned(self.original.low), self.turned(self.original.high)
        return None if one is None or other is None else (min(one, other), max(one, other))


class Lowered(Frozen):
    """A reason to be less sure, in one of GRADE's domains, by one or two levels."""

    for_: Domain = Field(alias="for")
    by: Literal[1, 2] = 1
    why: Text


class Raised(Frozen):
    """A reason to be more sure, for observational studies."""

    for_: Strength = Field(alias="for")
    by: Literal[1, 2] = 1
    why: Text


class Certainty(Frozen):
    """How sure the evidence is, in GRADE's manner: where it starts, and each reason that moves it."""

    starts: Literal["high", "low"]
    lowered: tuple[Lowered, ...] = ()
    raised: tuple[Raised, ...] = ()

    @property
    def level(self) -> Level:
        """The level after all reasons.

        >>> Certainty(starts="high", lowered=[{"for": "imprecision", "why": {"en": "Wide."}}]).level
        'moderate'
        """
        place = LEVELS.index(self.starts)
        place += sum(reason.by for reason in self.raised) - sum(reason.by for reason in self.lowered)
        return LEVELS[max(0, min(place, len(LEVELS) - 1))]


class Base(Frozen):
    """The comparison group's rate in 100, and where it comes from."""

    per_100: float = Field(gt=0, lt=100)
    who: Text
    sources: tuple[SourceRef, ...]
    verified: Literal["yes", "memory"]
    note: Text | None = None


class Frequency(Frozen):
    """How an effect becomes "so many of 100": from which row, by which method, on which base rate, over what time.

    ``rates`` takes both rates as published; ``ratio`` multiplies a risk, odds or hazard ratio onto the base rate;
    ``difference`` is a published risk difference; ``standardised`` turns a standardised mean difference into a rate.
    """

    result: str
    method: Literal["rates", "ratio", "difference", "standardised"]
    base: Base | None = None
    outcome: Text
    good: bool
    time: Text
    sources: tuple[SourceRef, ...] = ()


class Summary(Cited):
    """What the results for one approach and one condition say together: a sentence, its rows, and how sure it is.

    ``also`` names the other settings that the sentence speaks of; it is shown for them too.
    ``against`` names rows that point another way; they are always shown beside it. Where nobody knows how many of 100
    are helped, ``frequency`` is left out and ``unknown`` says so.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    approach: str | None = None
    setting: str | None = None
    also: tuple[str, ...] = ()
    condition: str
    side: Literal["benefit", "harm", "neither"]
    results: tuple[str, ...] = Field(min_length=1)
    against: tuple[str, ...] = ()
    says: Words
    certainty: Certainty
    frequency: Frequency | None = None
    unknown: Text | None = None


class Dataset(Cited):
    """A table of studies that ships as CSV, and how to read it.

    ``cells`` names the columns of a two-by-two table: events and non-events with and without the approach. ``favours``
    says whether more of the event is good. ``moderators`` are the columns that studies may be grouped by.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    file: str
    title: Text
    approach: str
    condition: str
    study: str
    measure: Literal["OR", "RR", "RD"]
    cells: FrozenMap[Literal["event_with", "none_with", "event_without", "none_without"], str]
    event: Text
    favours: Literal["more", "fewer"]
    moderators: FrozenMap[str, Text] = EMPTY
    licence: str


class Method(Cited):
    """A method of calculation with its source, so that every derived number can name it."""

    id: str
    name: Text
    says: Text


METHOD_NEEDS = {"ratio": ("RR", "OR", "HR"), "difference": ("RD",), "standardised": ("g", "d")}


def check_summary(where: str, summary: Summary, book: Book) -> None:
    """A summary says how many of 100, by a method that its result allows, or that this is unknown."""
    frequency = summary.frequency
    if frequency is None and summary.unknown is None:
        what = f"[{summary.id}] says neither how many of 100 nor that this is unknown."
        book.wrong(where, what, "Give `frequency` or `unknown`.")
    result: Result | None = book.get("results", frequency.result) if frequency else None
    if frequency is None or result is None:
        return
    name = f"[{summary.id}] makes a frequency of [{result.id}] by [{frequency.method}]"
    if frequency.method == "rates":
        if result.rates is None:
            book.wrong(where, f"{name}, which has no rates.", "Give `rates`, or another method.")
        return
    if result.measure not in METHOD_NEEDS[frequency.method] or result.original.value is None:
        remedy = f"That method needs one of {', '.join(METHOD_NEEDS[frequency.method])} with a value."
        book.wrong(where, f"{name}, which is [{result.measure}].", remedy)
    if (frequency.base is None) != (frequency.method == "difference"):
        book.wrong(where, f"{name} on no base rate, or needs none.", "Only `difference` needs no base.")


def check_dataset(where: str, dataset: Dataset, book: Book) -> None:
    """The table of a data set is there, with every column that it reads."""
    files = book.files
    text = files.get(dataset.file)
    if text is None:
        near = did_you_mean(dataset.file, [name for name in files if name.endswith(".csv")])
        book.wrong(where, f"there is no file [{dataset.file}].", near)
        return
    columns = next(csv.reader(io.StringIO(text)), [])
    for column in _columns(dataset):
        if column not in columns:
            book.wrong(where, f"[{dataset.file}] has no column [{column}].", did_you_mean(column, columns))


def _columns(dataset: Dataset) -> Iterable[str]:
    return (dataset.study, *dataset.cells.values(), *dataset.moderators)


_OF_A_STUDY = {"approach": "approaches", "setting": "setting", "condition": "treated_conditions"}

KINDS = (
    Kind(
        "results",
        Result,
        "results of studies, a number each",
        folder="evidence",
        refers=_OF_A_STUDY | {"source": "sources"},
    ),
    Kind(
        "summaries",
        Summary,
        "what the results say together",
        folder="evidence",
        refers=_OF_A_STUDY
        | {"results": "results", "against": "results", "also": "setting", "frequency.result": "results"},
        public=("says",),
        check=check_summary,
    ),
    Kind("methods", Method, "methods of calculation", folder="evidence", cited=True),
    Kind(
        "datasets",
        Dataset,
        "tables of studies that can be pooled",
        folder="evidence",
        refers={"approach": "approaches", "condition": "treated_conditions"},
        cited=True,
        check=check_dataset,
    ),
)
