"""Where care happens and what it gives: capabilities, services, settings, packages, responses, barriers."""

from __future__ import annotations

from typing import Any, Literal

from trellis.frozen import EMPTY
from trellis.kinds.kind import Kind
from trellis.kinds.shape import Field, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Claim, Code, Frozen, SourceRef, Text, TextList, Words

FEWEST_COMPARED, MOST_COMPARED = 2, 4
"""So many settings can be set next to one another."""

Meets = Literal["daytime_hours", "nights_away", "travel", "language"]


class Hours(Frozen):
    """Hours of treatment a week at a step of the structure axis, for some contexts."""

    age: tuple[str, ...] = ()
    from_: float = Field(alias="from")
    to: float | None = None


class CapabilityStep(Frozen):
    """A named step of an axis, with a definition that a programme can be checked against.

    ``evaluated``: whoever is asked into so much is looked at by somebody, as for every step round the clock; proved.
    ``told``: what somebody gets there, in a sentence that fits a person and somebody who cares about one.
    """

    id: str
    name: Text
    definition: Text
    told: Text | None = None
    around_the_clock: bool = False
    evaluated: bool = False
    hours: tuple[Hours, ...] = ()


class Axis(Cited):
    """An ordered capability, least first. ``clinical`` is false for housing alone."""

    id: str
    name: Text
    clinical: bool = True
    steps: tuple[CapabilityStep, ...]

    def rank_of(self, step: str) -> int:
        """The place of a step on the axis. Raises ``ValueError`` when there is no such step."""
        return [s.id for s in self.steps].index(step)


class Service(Cited):
    """Something to add to care, wherever it is given.

    A ``safety`` service must be settled before an interview ends. ``instead_of``: later ones of its kind, such as a
    visit in seven days beside a call in two; where this one is certain they are not told, so that one time stands.
    """

    id: str
    name: Text
    what: Text
    clinician: Claim | None = None
    safety: bool = False
    through: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


class BenefitOrDrawback(Frozen):
    """A benefit or a drawback, with its ground."""

    text: Text
    sources: tuple[SourceRef, ...] = ()
    verified: str = ""


class Unit(Frozen):
    """The form a setting takes for some contexts: an adolescent unit, an addiction programme.

    ``known_as``: what people call it, where that is another word than for the setting.
    """

    id: str
    name: Text
    known_as: Text | None = None
    contexts: FrozenMap[str, tuple[str, ...]] = EMPTY
    treats: tuple[str, ...] = ()


class Life(Frozen):
    """What living with a setting is like: a day and a week, what it asks of work, school and family, what it costs.

    ``stay`` tells how long with its spread; ``questions`` are what to ask about cost and cover before saying yes.
    """

    day: tuple[Claim, ...] = Field(min_length=1)
    week: tuple[Claim, ...] = Field(min_length=1)
    work: Claim
    school: Claim
    family: Claim
    stay: tuple[Claim, ...] = ()
    before: Claim
    after: Claim
    cost: tuple[Claim, ...] = Field(min_length=1)
    questions: TextList


class Place(Cited):
    """What settings, add-ons and responses have in common. ``called``: other names by which it can be asked for.

    ``known_as``: the word that people use for it, such as "IOP" or "detox": it stands behind the name where people
    read it.
    """

    id: str
    name: Text
    known_as: Text | None = None
    called: tuple[str, ...] = ()
    short: Text
    what: Claim
    who_is_there: Claim | None = None
    hours: Claim | None = None
    usual_stay: Claim | None = None
    benefits: tuple[BenefitOrDrawback, ...]
    drawbacks: tuple[BenefitOrDrawback, ...]
    ways_in: tuple[Claim, ...] = ()
    ways_out: tuple[Claim, ...] = ()
    gives: FrozenMap[str, str]
    meets: tuple[Meets, ...] = ()
    services: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    codes: tuple[Code, ...] = ()
    life: Life | None = None


class Setting(Place):
    """A place or programme of care with its vector of capabilities."""


class AddOn(Place):
    """Something that joins a setting and raises a capability: a recovery residence, ambulatory withdrawal care."""


class Response(Place):
    """Where a hold is served until somebody has looked. Never ranked."""


class PackageEntry(Frozen):
    """A package as written: a setting, and what is joined to it."""

    setting: str
    with_: tuple[str, ...] = Field(default=(), alias="with")
    says: Text | None = None


class RankLevel(Frozen):
    """The packages of one rank; rank 1 is the least restrictive."""

    rank: int
    packages: tuple[PackageEntry, ...] = Field(min_length=1)


class Package(Frozen):
    """A setting with what is joined to it, its own vector, and its rank of restrictiveness.

    ``gives`` holds one integer an axis, in the order of the axes. ``admits`` holds the numbers of the contexts it
    admits.
    """

    id: str
    setting: str
    parts: tuple[str, ...]
    rank: int
    gives: tuple[int, ...]
    admits: frozenset[int]
    meets: tuple[str, ...]
    services: frozenset[str]
    says: Text | None = None


class Barrier(Cited):
    """A commitment, wish or circumstance that collides with what a place asks of the person, and what answers it."""

    id: str
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    when: FrozenTree
    meets: tuple[Meets, ...]
    because: Words
    accommodations: tuple[str, ...]


class Fare(Frozen):
    """How a setting fares on something that matters to a person, and why."""

    how: Literal["well", "partly", "hard", "depends"]
    why: Text
    sources: tuple[SourceRef, ...] = ()
    verified: str = ""


class Value(Cited):
    """Something that may matter to a person in choosing a setting: privacy, being home, work, children, cost."""

    id: str = Field(pattern=r"^[a-z_]+$")
    name: Text
    asks: Text
    settings: FrozenMap[str, Fare]


_OF_A_PLACE: dict[str, Any] = {
    "refers": {"services": "services"},
    "public": ("short", "what", "life"),
    "dated": True,
    "cited": True,
}

KINDS = (
    Kind(
        "axes",
        Axis,
        "ordered capabilities, each with its steps",
        public=("steps.told",),
        english=("definition",),
        dated=True,
    ),
    Kind(
        "services",
        Service,
        "what is added to care",
        refers={"instead_of": "services"},
        public=("what",),
        dated=True,
        cited=True,
    ),
    Kind("setting", Setting, "a place or programme of care", single=True, **_OF_A_PLACE),
    Kind("add_ons", AddOn, "what joins a setting", **_OF_A_PLACE),
    Kind("responses", Response, "where a hold is served", **_OF_A_PLACE),
    Kind("packages", RankLevel, "settings and what is joined to them, by rank"),
    Kind(
        "barriers",
        Barrier,
        "what collides with what a place asks, and what answers it",
        refers={"accommodations": "services"},
        public=("because",),
        dated=True,
        condition="when",
    ),
    Kind(
        "values",
        Value,
        "what may matter to a person in choosing",
        refers={"settings": "setting"},
        public=("*",),
    ),
)
