"""What can be known of a person: facts on ordered scales, contexts without a worse way, numbers."""

from __future__ import annotations

from typing import Literal

from trellis.frozen import EMPTY
from trellis.kinds.shape import Field, FrozenMap
from trellis.kinds.text import Cited, Code, Frozen, Text, Words

Kind = Literal["state", "danger", "history", "circumstance", "commitment", "preference", "score", "evaluation"]


class Step(Frozen):
    """One value of a scale, in words a person can choose.

    ``loved_one``: the words for somebody who answers about another person, where the others would not fit.
    ``within_days``: on a scale of times, that it happened within so many days; left out where there is no limit.
    """

    id: str
    en: str
    es: str | None = None
    loved_one: Text | None = None
    within_days: int | None = Field(default=None, gt=0)

    def in_language(self, lang: str) -> str:
        """Return the label in ``lang``."""
        return self.es if lang == "es" and self.es else self.en


class Fact(Cited):
    """One typed thing about a person, ordered from best to worst.

    ``scale`` is kept as it is written: best first when ``worse`` is ``up``; least first, and least is worst, when it is
    ``down``. ``private``: what is asked first, before a question that is not safe to be seen by everybody at home.
    Everything that decides works on *worse-ranks*: 0 is best, ``top`` is worst, whichever way the scale runs.

    ``window_days``: how far back the question looks ("in the past month"); so long danger told stays in force, whatever
    is said later. ``now``: the fact that asks the same of this moment. A fact of the kind ``evaluation`` is no question
    to the person: a professional's finding on the danger that facts tell of from the steps that it ``settles``, at
    ``unless_told`` when nobody has evaluated (see :mod:`trellis.decide.evaluations`).

    >>> support = Fact(
    ...     id="environment.support",
    ...     kind="state",
    ...     worse="down",
    ...     valid_days=30,
    ...     scale=[{"id": "none", "en": "Nobody"}, {"id": "reliable", "en": "Somebody"}],
    ...     question={"person": {"en": "?"}, "clinician": {"en": "?"}},
    ...     help={"en": "."},
    ... )
    >>> support.rank_of("none"), support.rank_of("reliable"), support.step_at(1).id
    (1, 0, 'none')
    """

    id: str = Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")
    kind: Kind
    worse: Literal["up", "down"] = "up"
    valid_days: int | None = Field(default=None, gt=0)
    danger_at: str | None = None
    window_days: int | None = Field(default=None, gt=0)
    now: str | None = None
    settles: FrozenMap[str, str] = EMPTY
    unless_told: str | None = None
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    scale: tuple[Step, ...] = Field(min_length=2)
    question: Words
    private: Text | None = None
    help: Text
    codes: tuple[Code, ...] = ()

    @property
    def domain(self) -> str:
        """The part of the id before the dot."""
        return self.id.split(".", 1)[0]

    @property
    def top(self) -> int:
        """The worst worse-rank."""
        return len(self.scale) - 1

    @property
    def values(self) -> tuple[str, ...]:
        """The step ids, as the scale is written."""
        return tuple(step.id for step in self.scale)

    def rank_of(self, value: str) -> int:
        """The worse-rank of a step id. Raises ``ValueError`` when the scale has no such step."""
        index = self.values.index(value)
        return index if self.worse == "up" else self.top - index

    def step_at(self, rank: int) -> Step:
        """The step at a worse-rank."""
        return self.scale[rank if self.worse == "up" else self.top - rank]

    @property
    def danger_rank(self) -> int | None:
        """The worse-rank from which an answer stays in force past its validity; None when there is none."""
        return None if self.danger_at is None else self.rank_of(self.danger_at)

    @property
    def slides(self) -> bool:
        """Whether the scale is one of times, whose steps move further back as days pass."""
        return any(step.within_days is not None for step in self.scale)

    def within(self, rank: int) -> int | None:
        """Within how many days it happened, at a worse-rank; None where there is no limit."""
        return self.step_at(rank).within_days

    @property
    def start(self) -> tuple[int, int]:
        """The best and the worst worse-rank while nothing is told."""
        if self.unless_told is None:
            return 0, self.top
        rank = self.rank_of(self.unless_told)
        return rank, rank

    @property
    def fixed(self) -> bool:
        """Whether the fact is lifetime history, which no treatment can change."""
        return self.kind == "history"


class ContextFactor(Frozen):
    """One of the few things without a worse way: problem focus, age group, pregnancy."""

    id: str
    valid_days: int | None = Field(default=None, gt=0)
    question: Words
    help: Text
    values: tuple[Step, ...]


class Parameter(Cited):
    """A point on which sources conflict: a safe default that a site may set to another allowed value."""

    id: str
    default: int | str
    allowed: tuple[int | str, ...]
    says: Text
    conflict: Text | None = None


class Input(Cited):
    """A number that has no single worse way, or that is the total of an instrument."""

    id: str
    unit: str = ""
    min: float
    max: float
    whole: bool = False
    question: Words
    help: Text | None = None
    codes: tuple[Code, ...] = ()


class Band(Frozen):
    """From (or below) a number on, the derived fact is at a step. Numbers are in the input's own unit."""

    step: str
    from_: float | FrozenMap[Literal["parameter"], str] | None = Field(default=None, alias="from")
    above: float | FrozenMap[Literal["parameter"], str] | None = None
    below: float | FrozenMap[Literal["parameter"], str] | None = None


class Derivation(Cited):
    """How a number becomes a fact: ``raises`` lifts the lower end only, ``sets`` fixes it.

    ``bands``: the fact is the number's own band. It is at the band reached, and below the first band better than that.
    """

    to: str
    from_: str = Field(alias="from")
    effect: Literal["raises", "sets", "bands"]
    bands: tuple[Band, ...]


class Implication(Frozen):
    """``if`` one fact is at least so bad, ``then`` another is at least so bad."""

    if_: FrozenMap[str, FrozenMap[str, str]] = Field(alias="if")
    then: FrozenMap[str, FrozenMap[str, str]]
    note: str = ""
