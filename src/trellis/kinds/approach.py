"""Approaches: what is done to help, for whom, what it asks; aims, and the rules that match approaches to a person."""

from __future__ import annotations

from typing import Literal

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Claim, Code, Frozen, SourceRef, Text, TextList, Words

ApproachKind = Literal["psychotherapy", "medication", "service", "social", "justice", "digital", "crisis"]
Feature = Literal[
    "individual",
    "group",
    "family",
    "couple",
    "medication",
    "injection",
    "daily_visits",
    "homework",
    "reading",
    "peers",
    "faith",
    "mutual_help",
    "incentives",
    "drug_testing",
    "exposure",
    "body_based",
    "brief",
    "long",
    "evening",
    "online",
    "at_home",
    "work",
    "housing",
    "court",
]


class Methods(Frozen):
    """How it is done."""

    format: Claim
    sessions: Claim
    length: Claim | None = None
    given_by: Claim
    manual: Claim | None = None


class Guideline(Frozen):
    """What a guideline says of it, in our words."""

    by: str
    year: int | None = None
    says: Text
    strength: Text
    sources: tuple[SourceRef, ...]
    verified: str = ""


class Approach(Cited):
    """One treatment approach.

    ``prescriber`` marks what only a prescriber decides; ``anyone`` what may be offered for an aim alone;
    ``service`` links to the service of the core that arranges it; ``inside`` names settings where it is given.
    ``medicines``: names in small letters, generic and of brands, by which a record of medicines tells that somebody has
    it already. ``not_with``: approaches that are never offered to somebody who has this medicine on record.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Text
    short: Text
    kind: ApproachKind
    what: Claim
    principles: tuple[Claim, ...] = Field(min_length=2)
    methods: Methods
    for_whom: tuple[Claim, ...] = Field(min_length=1)
    not_for: tuple[Claim, ...] = Field(min_length=1)
    asks: tuple[Claim, ...] = Field(min_length=1)
    drawbacks: tuple[Claim, ...] = Field(min_length=1)
    inside: tuple[str, ...] = ()
    places: tuple[Claim, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    questions: TextList
    features: tuple[Feature, ...] = ()
    prescriber: bool = False
    anyone: bool = False
    service: str | None = None
    medicines: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


class Aim(Cited):
    """Something a person may want from treatment.

    ``like``: sayings that propose it; see ``AimWords``. ``goals``: the goals of a plan that work towards it.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    name: Text
    goals: tuple[str, ...] = ()
    like: TextList


class AimWords(Frozen):
    """How sayings are held against what a person says: lists of words, in each language, in plain letters.

    ``passed_over``: little words that need not be there. ``denies``: words that deny what follows them. ``begins``:
    words with which something new begins, so that no "not" reaches over them. ``danger``: sayings that may tell of
    suicide; they are no aim, and bring help at once.
    """

    id: str
    passed_over: TextList
    denies: TextList
    begins: TextList
    danger: TextList


class Alignment(Cited):
    """That an approach serves an aim, and how. ``summaries``: the evidence for it, if there is any."""

    approach: str
    aim: str
    how: Text
    summaries: tuple[str, ...] = ()


class Match(Cited):
    """A rule: when this is true of a person, the approach addresses it.

    ``order``: ``first`` before all else (medication for opioid use disorder), ``core`` a main treatment, ``add`` beside
    another. ``condition`` names what it treats, so that the evidence for that condition is shown.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    approach: str
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    when: FrozenTree
    condition: str
    order: Literal["first", "core", "add"]
    because: Words
    mapping: Literal["source", "judgement"]
    summaries: tuple[str, ...] = ()


class Stop(Cited):
    """A rule: when this is true, the approach is not offered (``stop``), or only with this in mind (``caution``).

    ``check``: what is checked first while the answers do not say whether it is true, such as "severe kidney disease". A
    stop has it; a caution that has none is not spoken of until it is true.

    ``court``: the court with treatment that the approach is. The rule is told while nobody has said the legal status:
    where it is known, the court's own words take its place, or nothing does.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    approach: str
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    when: FrozenTree
    action: Literal["stop", "caution"]
    check: Text | None = None
    court: str = ""
    because: Words


def check_stop(where: str, stop: Stop, book: Book) -> None:
    """A stop says what to check first: silence would read as "nothing against it"."""
    if stop.action == "stop" and stop.check is None:
        book.wrong(where, f"[{stop.id}] stops an approach and does not say what to check.", "Give it `check`.")


class NeverOffered(Cited):
    """What a label or a guideline excludes, said once more and apart from the stops: that they cover it is proved.

    Whoever ``when`` is true of is offered none of the ``approaches``. It stops nothing by itself, so that a stop which
    is taken away or made too narrow leaves a person for whom the proof fails.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    approaches: tuple[str, ...] = Field(min_length=1)
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    when: FrozenTree
    says: Text


class TreatedCondition(Frozen):
    """What evidence and rules are about: depression, opioid use, return to offending."""

    id: str = Field(pattern=r"^[a-z_]+$")
    name: Text


class Objective(Frozen):
    """A step on the way, with the days it should take, and who does it.

    ``evaluates``: this step is the evaluation that a need asks for. In a plan it is due when the need says, at the
    latest ``within_days``, and whoever the need names does it. ``for_needs``: it stands in a plan only where one of
    these needs is active; always when left out. ``applies``: the contexts it stands in; everywhere when left out, and
    where the context is not known.
    """

    text: Words
    within_days: int = Field(gt=0)
    who: Literal[
        "person", "team", "clinician", "medical", "prescriber", "case_manager", "therapist", "peer", "family", "officer"
    ]
    evaluates: bool = False
    for_needs: tuple[str, ...] = ()
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY


class FirstStep(Frozen):
    """Something the person can do next: what, with whom, by when; 0 is today. ``fits``: at home, in a stay, or both.

    ``asks_for_care``: it is a way into the care that is named, such as asking for a first visit. ``for_needs``: it
    stands in a plan only where one of these needs is active; always when left out. ``unless_taken``: a medicine with
    which the step is done, such as getting naloxone; a plan leaves the step out where that one is on record.
    """

    text: Text
    who: Text
    within_days: int = Field(ge=0)
    fits: Literal["both", "home", "stay"] = "both"
    asks_for_care: bool = False
    for_needs: tuple[str, ...] = ()
    unless_taken: str = ""


class Milestone(Frozen):
    """What must be so before less care is enough, for some needs of a goal: less than the whole goal."""

    needs: tuple[str, ...] = Field(min_length=1)
    says: Words


class PlanGoal(Cited):
    """What a plan works towards for one or more needs: a measurable goal, objectives, what the person can do.

    ``met_when``: what is counted, and what it shows on the day of the goal. It is the goal's own measure: what clears a
    need may be a diagnosis of twelve months, which no goal of six weeks can end. ``measure`` names an instrument that
    shows progress. ``within_days``: when the goal itself can be reached, the longest objective when left out.
    ``part_of``: while one of these goals is in a plan, the needs of this one are worked on there. ``protects``: it
    guards life, so it stands before what the person came for. ``serves``: the aims it is a way to. ``safety_plan``:
    needs for which a safety plan is written. ``return_to_use``: a plan for being pulled back belongs to it.
    ``without_needs``: a goal for a plan that would be empty, while the answers leave something ``open`` or when they
    are ``settled``. ``medicines``: names of medicines in small letters; where one of them is on record, whoever
    prescribed it is the prescriber of the steps.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    needs: tuple[str, ...] = ()
    problem: Words
    goal: Words
    met_when: Text
    measure: str | None = None
    within_days: int | None = Field(default=None, gt=0)
    part_of: tuple[str, ...] = ()
    protects: bool = False
    serves: tuple[str, ...] = ()
    safety_plan: tuple[str, ...] = ()
    return_to_use: bool = False
    without_needs: Literal["open", "settled"] | None = None
    medicines: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = Field(min_length=1)
    first_steps: tuple[FirstStep, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...] = ()


class StepUp(Cited):
    """A sign that more care is needed, for a plan's criteria to step up.

    ``for_goals`` and ``for_needs``: it stands in a plan that has one of these goals, or works on one of these needs; in
    every plan when both are left out.
    """

    id: str
    for_goals: tuple[str, ...] = ()
    for_needs: tuple[str, ...] = ()
    says: Words


class ReviewWithin(Cited):
    """How soon a plan is looked at again in a setting, at the latest."""

    setting: str
    days: int = Field(gt=0)


_OF_A_RULE = {"approach": "approaches", "summaries": "summaries"}

KINDS = (
    Kind("treated_conditions", TreatedCondition, "what approaches treat and evidence is about", folder="approaches"),
    Kind(
        "approaches",
        Approach,
        "treatments",
        folder="approaches",
        refers={"inside": "setting", "service": "services", "not_with": "approaches"},
        public=("*",),
        apart=("guidelines", "clinician"),
        cited=True,
    ),
    Kind(
        "aims",
        Aim,
        "what people want from treatment",
        folder="approaches",
        refers={"goals": "goals"},
        public=("*",),
        apart=("like",),
    ),
    Kind(
        "aim_words",
        AimWords,
        "how sayings are held against what a person says",
        single=True,
        folder="approaches",
        english=("passed_over", "denies", "begins", "danger"),
    ),
    Kind(
        "alignments",
        Alignment,
        "which approach serves which aim",
        folder="approaches",
        refers=_OF_A_RULE | {"aim": "aims"},
    ),
    Kind(
        "matches",
        Match,
        "for whom an approach is",
        folder="approaches",
        refers=_OF_A_RULE | {"condition": "treated_conditions"},
        public=("because",),
        condition="when",
    ),
    Kind(
        "stops",
        Stop,
        "for whom an approach is not, or only with something in mind",
        folder="approaches",
        refers={"approach": "approaches", "court": "treatment_courts"},
        public=("because", "check"),
        condition="when",
        check=check_stop,
    ),
    Kind(
        "never_offered",
        NeverOffered,
        "whom labels and guidelines exclude, so that the stops are proved to cover them",
        folder="approaches",
        refers={"approaches": "approaches"},
        cited=True,
        condition="when",
    ),
    Kind(
        "goals",
        PlanGoal,
        "what a plan works towards",
        folder="plans",
        refers={
            "needs": "needs",
            "part_of": "goals",
            "milestones.needs": "needs",
            "objectives.for_needs": "needs",
            "first_steps.for_needs": "needs",
            "first_steps.unless_taken": "approaches",
            "measure": "instruments",
            "serves": "aims",
            "safety_plan": "needs",
        },
        public=("*",),
        apart=("clinician",),
    ),
    Kind(
        "step_up",
        StepUp,
        "signs that more care is needed",
        folder="plans",
        refers={"for_goals": "goals", "for_needs": "needs"},
        public=("says",),
    ),
    Kind(
        "review_within",
        ReviewWithin,
        "how soon a plan is looked at again",
        folder="plans",
        refers={"setting": "setting"},
    ),
)
