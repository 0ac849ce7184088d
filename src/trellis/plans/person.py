"""What a person and their team say for the plan: own words, which nobody rewrites."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.kinds.shape import Before, Field
from trellis.kinds.text import Frozen

Lines = tuple[str, ...]


def _one_or_many(given: Any) -> Any:
    """A single line may stand where a list is meant."""
    return [given] if isinstance(given, str) else given


def _day(given: Any) -> Any:
    return given if given is None or isinstance(given, date) else str(given)


OwnWords = Annotated[Lines, Before(_one_or_many)]
GivenDay = Annotated[date, Before(_day)]


class Member(Frozen):
    """Somebody of the team. ``role``: therapist, nurse, case manager, peer, probation officer, family."""

    name: str
    role: str
    contact: str = ""


class Medication(Frozen):
    """A medication as its prescriber recorded it. Trellis records; it never proposes a dose.

    ``taken``: no, where it was stopped; the record stays, and counts for nothing that is taken now.
    """

    name: str
    dose: str = ""
    how_often: str = ""
    for_what: str = ""
    prescriber: str = ""
    recorded_on: GivenDay | None = None
    taken: bool = True


class SafetyPlan(Frozen):
    """What keeps the person safe in a crisis, in their own words, written with somebody."""

    warning_signs: OwnWords = ()
    coping: OwnWords = ()
    people: OwnWords = ()
    professionals: OwnWords = ()
    safe_place: OwnWords = ()


class ReturnToUsePlan(Frozen):
    """What helps against a return to use, in the person's own words."""

    triggers: OwnWords = ()
    early_signs: OwnWords = ()
    steps: OwnWords = ()


class OwnGoal(Frozen):
    """A goal that the person or the team adds."""

    goal: str
    problem: str = ""
    measure: str = ""
    by: GivenDay | None = None
    who: str = ""
    steps: OwnWords = ()


class Reached(Frozen):
    """A goal of the plan that was met by its own measure, as the person and the team found. ``goal`` is its id."""

    goal: str
    on: GivenDay
    words: str = ""


class Agreement(Frozen):
    """Who agreed to the plan, when, and what they say of it."""

    name: str
    role: str
    on: GivenDay
    agrees: bool = True
    words: str = ""


class Choices(Frozen):
    """Approaches that the person has chosen or does not want."""

    chosen: OwnWords = ()
    declined: OwnWords = ()


class Person(Frozen):
    """The ``person:`` part of a file. Everything is optional; what is missing is asked for, never invented."""

    called: str = ""
    aims: tuple[Any, ...] = ()
    prefers: dict[str, Any] = Field(default_factory=dict)
    matters: dict[str, Literal[0, 1, 2, 3, 4, 5]] = Field(default_factory=dict)
    strengths: OwnWords = ()
    approaches: Choices = Choices()
    goals: tuple[OwnGoal, ...] = ()
    reached: tuple[Reached, ...] = ()
    team: tuple[Member, ...] = ()
    medications: tuple[Medication, ...] = ()
    safety_plan: SafetyPlan = SafetyPlan()
    return_to_use: ReturnToUsePlan = ReturnToUsePlan()
    agreed: tuple[Agreement, ...] = ()


def read_person(said: Mapping[str, Any], where: str = "person") -> Person:
    """Read the ``person:`` part of a file.

    Raises:
        AnswerError: something is not of its form; it lists every problem with its place and how to mend it.

    >>> read_person({"called": "Sam", "strengths": "Shows up."}).strengths
    ('Shows up.',)
    """
    from pydantic import ValidationError

    try:
        return Person.model_validate(dict(said))
    except ValidationError as error:
        raise AnswerError([_problem(where, dict(detail)) for detail in error.errors()]) from None


def _problem(where: str, detail: dict[str, Any]) -> Problem:
    path = ": ".join(str(step) for step in detail["loc"])
    last = str(detail["loc"][-1]) if detail["loc"] else where
    if detail["type"] == "extra_forbidden":
        known = ", ".join(Person.model_fields)
        remedy = did_you_mean(last, Person.model_fields) or f"It may hold {known}; see docs/plans.md."
        return Problem(f"{where}: {path}", f"[{last}] means nothing here.", remedy)
    if detail["type"] == "missing":
        return Problem(f"{where}: {path}", "is missing.", "See docs/plans.md for what must stand here.")
    shown = repr(detail["input"])[:60]
    return Problem(f"{where}: {path}", f"is [{shown}]: {detail['msg'].lower()}.", "See docs/plans.md.")
