"""Needs: when a condition on facts holds, the person requires so much of some capability, and perhaps services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from trellis.errors import did_you_mean
from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Frozen, Part, PerLanguage, SourceRef, Spoken, Text, TextList, Words

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
    reason of the same matter, or for the same profession, tells a sooner time on the same page; what is left is a
    whole sentence.

    ``gives_way_to``: needs that answer the same with more, whatever their dimension. Where one of them holds, this one
    is folded under it, and what only it asks to be offered is not told: no short talk beside treatment.
    ``elsewhere``: the words in ``because`` that send somebody to an emergency room. They are left out for whoever is in
    a hospital or a program already, where the staff are nearest.

    ``alternatives``: the words in ``because`` that list what can bring this need, such as one drug or another.
    Where what brought it for this person is told right before, they are left out.

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
    gives_way_to: tuple[str, ...] = ()
    evaluate: Evaluate | None = None
    urgent: str | None = None
    because: Words
    within: Part | None = None
    elsewhere: Part | None = None
    alternatives: Part | None = None
    mapping: Literal["source", "judgement"]

    def told(self, *, hour: bool = True, alternatives: bool = True, elsewhere: bool = True) -> Words:
        """Why, in whole sentences; without the words for the time within which somebody looks when ``hour`` is False.

        Without the list of what can bring it when ``alternatives`` is False, and without what sends somebody to an
        emergency room when ``elsewhere`` is. A need that has no such words is told as it is.
        """
        words = self.because if hour or self.within is None else self.within.left_out_of(self.because)
        words = words if elsewhere or self.elsewhere is None else self.elsewhere.left_out_of(words)
        return words if alternatives or self.alternatives is None else self.alternatives.left_out_of(words)


class AfterCare(Cited):
    """What a stay in care round the clock asks for next, when one of these groups brought it: the way to daily life."""

    groups: tuple[Group, ...]
    requires: FrozenMap[str, str]
    because: Words


class HelpLine(Cited):
    """A help line: how to reach it and what it is for. ``refers``: it helps to find care, and is no crisis line.

    ``reaches``: who answers, in a few words. ``stands_for``: the line in whose place it stands for whoever reads in
    ``language``, as it is answered in it; others do not see it among the few that come first.

    ``everywhere``: its place among the lines that stand on every page, in each language; ``on_paper``: it stands on
    every printed plan. ``ahead_of``: in a language, the line that it goes before wherever both stand, as it answers in
    that language. ``sms`` and ``web`` may be another in each language: a number that answers to an English word only
    is no way in for somebody who reads Spanish.
    """

    id: str
    contact: Text
    what_for: Text
    reaches: Text | None = None
    language: Literal["", "en", "es"] = ""
    stands_for: str = ""
    tel: str = ""
    sms: str | PerLanguage = ""
    web: str | PerLanguage = ""
    hours: str | Text = ""
    refers: bool = False
    ahead_of: PerLanguage = PerLanguage()
    everywhere: FrozenMap[Literal["en", "es"], int] = EMPTY
    on_paper: bool = False
    verified: str = ""


def lines_in_order(names: Iterable[str], lang: str, lines: Mapping[str, HelpLine]) -> tuple[str, ...]:
    """Help lines in the order for a language: what answers in it goes before what answers in another.

    Args:
        names: ids of lines, in the order of the content.
        lang: ``"en"`` or ``"es"``.
        lines: every line by its id; a name that is none stays where it is.

    >>> import trellis
    >>> lines_in_order(["line_988", "line_988_text", "line_988_es"], "es", trellis.load().lines)
    ('line_988_es', 'line_988', 'line_988_text')
    """
    ordered = list(names)
    for name in tuple(ordered):
        other = lines[name].ahead_of.in_language(lang) if name in lines else ""
        if other in ordered and ordered.index(other) < ordered.index(name):
            ordered.remove(name)
            ordered.insert(ordered.index(other), name)
    return tuple(ordered)


class LargeAction(Frozen):
    """One of the large actions in danger: what to do, and the line that does it, where one does."""

    do: Text
    line: str = ""


class Urgent(Cited):
    """What to show at once when there is danger, before any further question.

    ``safety_plan``: a plan for somebody in this danger holds a safety plan. ``actions``: the two things to do first,
    large; where there are some, the result of the guide is this text before all else. ``say``: what to say there.
    """

    id: str
    severity: int
    safety_plan: bool = False
    title: Text
    person: TextList
    loved_one: TextList
    clinician: Text
    lines: tuple[str, ...]
    actions: tuple[LargeAction, ...] = ()
    say: Spoken | None = None
    reviewed_on: str


class Evaluator(Frozen):
    """Somebody who evaluates.

    ``emergency``: for what cannot wait; nobody is sent to them to find out the rest. ``team``: several professions
    together; where one of them can find something out, the person is sent to that one.
    """

    id: str
    name: Text
    what: Text
    emergency: bool = False
    team: bool = False


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


def check_screen(where: str, screen: Screen, book: Book) -> None:
    """The steps that a checklist names must be on the scales of their facts."""
    for item in screen.checklist:
        if item.fact in book.facts and item.at_least not in book.facts[item.fact].values:
            near = did_you_mean(item.at_least, book.facts[item.fact].values)
            book.wrong(where, f"[{item.fact}] has no value [{item.at_least}].", near)


KINDS = (
    Kind(
        "needs",
        Need,
        "what a person requires when a condition holds",
        refers={"services": "services", "gives_way_to": "needs", "urgent": "urgent", "evaluate.by": "evaluators"},
        public=("because",),
        cited=True,
    ),
    Kind(
        "after_24_hour_care",
        AfterCare,
        "what a stay in care round the clock asks for next",
        single=True,
        public=("because",),
        dated=True,
    ),
    Kind(
        "urgent",
        Urgent,
        "texts of danger",
        refers={"lines": "lines", "actions.line": "lines"},
        public=("person", "loved_one", "say"),
        dated=True,
        cited=True,
    ),
    Kind(
        "lines",
        HelpLine,
        "help lines",
        refers={"stands_for": "lines", "ahead_of.en": "lines", "ahead_of.es": "lines"},
        dated=True,
        cited=True,
    ),
    Kind("evaluators", Evaluator, "who evaluates"),
    Kind(
        "properties",
        Property,
        "what must follow from the rules, and is proved",
        refers={"parameters": "parameters"},
        cited=True,
    ),
    Kind("never_places", NeverPlaces, "facts that raise no level of care", refers={"fact": "facts"}),
    Kind("never_less", NeverLess, "contexts that never get less than others"),
    Kind(
        "screens",
        Screen,
        "what is asked together",
        refers={"facts": "facts", "checklist.fact": "facts"},
        public=("prompt", "checklist.label", "checklist.loved_one"),
        check=check_screen,
    ),
)
