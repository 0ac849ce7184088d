"""What can be known of a person: facts on ordered scales, contexts without a worse way, numbers."""

from __future__ import annotations

from typing import Literal

from trellis.errors import did_you_mean
from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, FrozenMap
from trellis.kinds.text import Cited, Code, Frozen, Text, Words

FactKind = Literal[
    "state", "danger", "history", "circumstance", "commitment", "preference", "score", "evaluation", "check"
]  # fmt: skip


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
    is said later. ``now``: the fact that asks the same of this moment. ``also_tells_of``: a fact of what happened that
    may be behind the answer too, of which ``now`` says nothing. A fact of the kind ``evaluation`` is no question to the
    person: a professional's finding on the danger that facts tell of from the steps that it ``settles``, at
    ``unless_told`` when nobody has evaluated (see :mod:`trellis.decide.evaluations`). Nor is one of the kind ``check``:
    what a prescriber looks up before a medicine, as its label says. No need reads it, so no interview asks it; while it
    is not told it is unknown, and a medicine that it could stop is shown with what to check first.

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
    kind: FactKind
    worse: Literal["up", "down"] = "up"
    valid_days: int | None = Field(default=None, gt=0)
    danger_at: str | None = None
    window_days: int | None = Field(default=None, gt=0)
    now: str | None = None
    also_tells_of: str | None = None
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


def check_fact(where: str, fact: Fact, book: Book) -> None:
    """What a fact says of its own answers: danger, validity, how far it looks back, what an evaluation settles."""
    values, facts = [step.id for step in fact.scale], book.facts

    def wrong(message: str, remedy: str) -> None:
        book.wrong(where, message, remedy)

    for key in ("danger_at", "unless_told"):
        step = getattr(fact, key)
        if step is not None and step not in values:
            wrong(f"{key} [{step}] is not on the scale.", did_you_mean(step, values))
    if fact.danger_at in values and fact.danger_rank == 0:
        message = f"danger_at [{fact.danger_at}] is the best step of [{fact.id}]: everybody would be in danger."
        wrong(message, "Write the scale from the least of it to the most, or set danger_at to a worse step.")
    if (fact.kind == "danger") != (fact.danger_at is not None) and not (fact.kind == "score" and fact.danger_at):
        message = f"fact [{fact.id}] has kind [{fact.kind}] and danger_at [{fact.danger_at}]."
        wrong(message, "Kind danger needs danger_at; of the other kinds only a score may have it.")
    if (fact.kind == "history") != (fact.valid_days is None):
        message = f"fact [{fact.id}] has kind [{fact.kind}] and valid_days [{fact.valid_days}]."
        wrong(message, "History never expires; every other kind needs valid_days.")
    if fact.danger_at is None and (fact.window_days is not None or fact.now is not None):
        wrong(f"fact [{fact.id}] has window_days or now and no danger_at.", "They say how long danger stays in force.")
    if fact.also_tells_of is not None and (fact.now is None or fact.also_tells_of not in facts):
        message = f"fact [{fact.id}] also tells of [{fact.also_tells_of}]."
        wrong(message, "It must be a fact, and stand beside now: it says of what now does not tell.")
    elif fact.also_tells_of is not None and facts[fact.also_tells_of].danger_at is None:
        wrong(f"also_tells_of [{fact.also_tells_of}] has no danger_at.", "It must be a fact that can tell of danger.")
    if (fact.kind == "evaluation") != (bool(fact.settles) and fact.unless_told is not None):
        message = f"fact [{fact.id}] has kind [{fact.kind}], settles [{', '.join(fact.settles)}]."
        wrong(message, "Kind evaluation needs settles and unless_told, and no other kind may have them.")
    for name, step in fact.settles.items():
        if name in facts and facts[name].danger_at is None:
            wrong(f"settles [{name}], which has no danger_at.", "An evaluation settles facts that can tell of danger.")
        elif name in facts and step not in facts[name].values:
            wrong(f"settles [{name}] from [{step}], which is no step of it.", did_you_mean(step, facts[name].values))
    days = [step.within_days for step in (fact.scale if fact.worse == "up" else reversed(fact.scale))]
    known = [day for day in days if day is not None]
    if known != sorted(known, reverse=True) or (known and None in days[days.index(known[0]) :]):
        wrong(f"within_days of [{fact.id}] are {days}.", "A worse step happened within fewer days.")


KINDS = (
    Kind(
        "facts",
        Fact,
        "what can be known of a person, on a scale from best to worst",
        refers={"now": "facts", "also_tells_of": "facts", "settles": "facts"},
        public=("question", "help", "private"),
        dated=True,
        cited=True,
        check=check_fact,
    ),
    Kind("contexts", ContextFactor, "what has no worse way: problem focus, age group, pregnancy", public=("question",)),
    Kind("parameters", Parameter, "where sources conflict: a safe default and what a site may set", dated=True),
    Kind("inputs", Input, "numbers, and totals of instruments", dated=True),
    Kind("derivations", Derivation, "how a number becomes a fact", refers={"from_": "inputs"}, dated=True),
    Kind("implications", Implication, "if one fact is so bad, another is at least so bad"),
)
