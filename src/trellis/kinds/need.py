"""Needs: when a condition on facts holds, the person requires so much of some capability, and perhaps services."""

from __future__ import annotations

from typing import Literal

from trellis.frozen import EMPTY
from trellis.kinds.shape import Field, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Day, Frozen, Part, SourceRef, Text, TextList, Words

Phase = Literal["hold", "acute", "ongoing"]
Basis = Literal["care", "legal", "payment"]
Group = Literal["serious_mental_illness", "medical_detox", "structure", "harm"]
PHASES: tuple[Phase, ...] = ("hold", "acute", "ongoing")


class Evaluate(Frozen):
    """Who must look, and within how many hours."""

    by: str
    within_hours: int = Field(gt=0)


class Need(Cited):
    """One rule of the criteria, as written.

    ``within``: the words in ``because`` that tell within which time somebody looks. They are left out where another
    reason on the same page tells a sooner time; what is left is a whole sentence.

    ``basis``: a need for care holds everywhere; a legal or payment rule only in its ``jurisdiction``, and brings
    no more than services.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    dimension: str = ""
    phase: Phase
    basis: Basis = "care"
    group: Group | None = None
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    when: FrozenTree
    requires: FrozenMap[str, str | FrozenMap[Literal["parameter"], str]] = EMPTY
    services: tuple[str, ...] = ()
    evaluate: Evaluate | None = None
    urgent: str | None = None
    because: Words
    within: Part | None = None
    mapping: Literal["source", "judgement"]

    def told(self, *, hour: bool = True) -> Words:
        """Why, in whole sentences; without the words for the time within which somebody looks when ``hour`` is False.

        A need that has no such words is told as it is.
        """
        if hour or self.within is None:
            return self.because
        return self.within.left_out_of(self.because)


class AfterCare(Cited):
    """What a stay in care round the clock asks for next, when one of these groups brought it: the way to daily life."""

    groups: tuple[Group, ...]
    requires: FrozenMap[str, str]
    because: Words


class HelpLine(Cited):
    """A help line: how to reach it and what it is for. ``refers``: it helps to find care, and is no crisis line."""

    id: str
    contact: Text
    what_for: Text
    tel: str = ""
    sms: str = ""
    web: str = ""
    hours: str | Text = ""
    refers: bool = False
    verified: str = ""


class Urgent(Cited):
    """What to show at once when there is danger, before any further question."""

    id: str
    severity: int
    title: Text
    person: TextList
    loved_one: TextList
    clinician: Text
    lines: tuple[str, ...]
    reviewed_on: str


class Evaluator(Frozen):
    """Somebody who evaluates."""

    id: str
    name: Text
    what: Text


class Property(Frozen):
    """A safety theorem: what must follow, or must not. ``parameters``: claimed only where a site has these values."""

    id: str
    says: str
    given: FrozenTree = None
    context: FrozenMap[str, tuple[str, ...]] = EMPTY
    parameters: FrozenMap[str, int | str] = EMPTY
    others: Literal["best", "any"]
    then: FrozenMap[str, FrozenTree]
    sources: tuple[SourceRef, ...] = ()
    note: str = ""


class NeverPlaces(Frozen):
    """A fact that must not raise the level of care.

    ``whenever``: ``alone`` (by itself, with nothing else wrong, it raises no clinical axis) or ``at_all`` (neither by
    itself nor together with anything).
    """

    id: str
    fact: str
    whenever: Literal["alone", "at_all"]
    sources: tuple[SourceRef, ...] = ()
    note: str = ""


class NeverLess(Frozen):
    """A context that must never get less than any other of its factor: two conditions together, and each alone."""

    id: str
    factor: str
    value: str
    sources: tuple[SourceRef, ...] = ()
    note: str = ""


class KnownFault(Frozen):
    """A theorem that the content does not obey yet: which, why, and since when it is known.

    It is told and does not fail. Once the theorem holds, the entry fails until it is taken out.
    """

    id: str
    theorem: str = Field(pattern=r"^[a-z]+: .+$")
    why: str
    since: Day


class ChecklistItem(Frozen):
    """A box on a checklist: ticked, the fact is at least this bad; left empty, it is better than that.

    ``loved_one``: the label for somebody who answers about another person, where ``label`` would not fit.
    """

    fact: str
    at_least: str
    label: Text
    loved_one: Text | None = None


class Screen(Frozen):
    """What is asked together. A ``checklist`` covers several facts; its "none of these" answers them all."""

    id: str
    topic: str
    facts: tuple[str, ...] = ()
    prompt: Words | None = None
    checklist: tuple[ChecklistItem, ...] = ()
