"""The individual plan: one immutable object that every page, printout and review reads."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from trellis.errors import AnswerError, Problem
from trellis.kinds.shape import Field
from trellis.kinds.text import Frozen, Text, TextList, Words
from trellis.plans.person import Agreement, Medication, Member, ReturnToUsePlan, SafetyPlan

FORM: Final = 1
"""The form of a saved plan; raised when a later one cannot be read as this one."""
CHECKED: Final = "checked"
"""Under this name ``--json`` says what was found about a plan. It is no part of the plan, and found anew each time."""


class NamedPackage(Frozen):
    """A package with its name for this person."""

    package: str
    name: Text


class Placing(Frozen):
    """Where care is recommended. ``least`` and ``most`` differ while the answers do not settle it.

    ``because``: every reason that is told, by its need. ``holds``: those of them that no less restrictive place
    answers, and those of danger: the reasons of the place. The others are told with them in plans of before.
    """

    settled: bool
    now: tuple[NamedPackage, ...]
    next: tuple[NamedPackage, ...]
    most: tuple[NamedPackage, ...] = ()
    because: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


class PlanStep(Frozen):
    """One step towards a goal: what, who, by when."""

    text: Words
    who: Text
    by: date


class Goal(Frozen):
    """A problem and what the plan works towards, for ``needs``.

    ``counts``: what is counted, and what it shows on the day ``by`` when the goal is met. ``measure`` names an
    instrument. ``own``: added by the person or the team. ``reached``: the day on which they found it met. ``met_when``:
    in plans of before, the conditions that clear the needs; some of them are diagnoses of twelve months, which end no
    goal by its day, so they are read and no longer shown.
    """

    id: str
    needs: tuple[str, ...] = ()
    problem: Words
    goal: Words
    counts: Text | None = None
    measure: str = ""
    met_when: tuple[Text, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    by: date | None = None
    own: bool = False
    reached: date | None = None


class PlanReason(Frozen):
    """A sentence with the ids of the sources it rests on."""

    words: Words
    sources: tuple[str, ...] = ()


class NamedElsewhere(Frozen):
    """A treatment that guidance names before all else that the plan proposes, and of which Trellis has no page."""

    name: Text
    why: PlanReason


class Intervention(Frozen):
    """An approach in the plan, with why, how it is done, and where.

    ``method_sources`` are those behind how it is done and what it asks. ``evidence`` names summaries of the knowledge
    in plans of before; what studies found stands with the approach now. ``instead`` names other approaches for the same
    condition, to talk about. ``taken``: the medicine on record, with who prescribes it, where somebody has it already.
    """

    approach: str
    name: Text
    why: tuple[PlanReason, ...]
    aims: tuple[str, ...] = ()
    format: Text
    sessions: Text
    length: Text | None = None
    who: Text
    where: tuple[str, ...] = ()
    prescriber: bool = False
    cautions: tuple[PlanReason, ...] = ()
    method_sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    chosen: bool = False
    taken: str = ""
    asks: tuple[Text, ...] = ()


class PlanService(Frozen):
    """A service that the recommendation brings; ``gap``: the recommended places lack it, so it must be arranged."""

    service: str
    safety: bool
    gap: bool
    needs: tuple[str, ...]


class PlanBarrier(Frozen):
    """What may stand in the way, and what answers it."""

    barrier: str
    because: Words
    accommodations: tuple[str, ...]


class Transition(Frozen):
    """What would have to be resolved before a less restrictive package is enough."""

    target: NamedPackage
    goals: tuple[str, ...]
    needs: tuple[str, ...]
    open: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


class Evaluation(Frozen):
    """Who must look, and by when."""

    by: str
    within_hours: int
    needs: tuple[str, ...]


class PlanAim(Frozen):
    """What the person wants, in their words, and the aims of the list it stands for."""

    words: str
    serves: tuple[str, ...]
    suggested: bool = False


class Action(Frozen):
    """A next action for the person: what, with whom, by when."""

    what: Text
    who: Text
    by: date
    goal: str = ""


class PlanConflict(Frozen):
    """A recommended place that is full, denied, refused or not wanted, and what then: never silently less.

    ``instead``: the next places that still cover everything; empty when none does. ``interim``: services that keep the
    person safe meanwhile. ``certain``: nothing that is open can ask for more than ``instead`` gives.
    """

    kind: Literal["wish", "refused", "full", "denied"]
    places: tuple[NamedPackage, ...]
    instead: tuple[NamedPackage, ...] = ()
    interim: tuple[str, ...] = ()
    look_again: date
    certain: bool = True


class KeptDanger(Frozen):
    """The words of a danger, and its help lines, as they were when the plan was made."""

    title: Text
    person: TextList
    clinician: Text
    lines: tuple[str, ...] = ()


class KeptLine(Frozen):
    """A help line as it was when the plan was made."""

    contact: Text
    what_for: Text


class Kept(Frozen):
    """The words behind the names in a plan, as they were at its making: they outlive the content they came from."""

    names: dict[str, Text] = Field(default_factory=dict)
    says: dict[str, Words] = Field(default_factory=dict)
    dangers: dict[str, KeptDanger] = Field(default_factory=dict)
    lines: dict[str, KeptLine] = Field(default_factory=dict)


class Plan(Frozen):
    """One version of one person's plan. ``basis`` replays the recommendation it follows from.

    ``ahead``: treatments that guidance names before all that the plan proposes, and of which Trellis holds no page.
    ``not_held``: others that guidance names for the person, and of which it holds none.
    ``on_record``: dangers of an earlier version whose answers the content of today can no longer read; they stay in
    force. ``kept``: words as they were at the making. ``seal``: tells an edit by hand, see :mod:`trellis.plans.seal`.
    """

    form: Literal[1] = FORM
    version: int = 1
    made_on: date
    review_on: date
    review_status: str
    basis: dict[str, Any]
    called: str = ""
    placing: Placing
    conflicts: tuple[PlanConflict, ...] = ()
    urgent: tuple[str, ...] = ()
    on_record: tuple[str, ...] = ()
    evaluate: tuple[Evaluation, ...] = ()
    aims: tuple[PlanAim, ...] = ()
    strengths: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    ahead: tuple[NamedElsewhere, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    stopped: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()
    not_held: tuple[Text, ...] = ()
    services: tuple[PlanService, ...] = ()
    services_kept: tuple[PlanService, ...] = ()
    medications: tuple[Medication, ...] = ()
    safety_plan: SafetyPlan = SafetyPlan()
    return_to_use: ReturnToUsePlan = ReturnToUsePlan()
    naloxone: bool = False
    barriers: tuple[PlanBarrier, ...] = ()
    step_down: tuple[Transition, ...] = ()
    step_up: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    open_questions: int = 0
    team: tuple[Member, ...] = ()
    agreed: tuple[Agreement, ...] = ()
    person: dict[str, Any] = Field(default_factory=dict)
    earlier: tuple[Plan, ...] = ()
    kept: Kept = Kept()
    seal: str = ""

    def goal(self, name: str) -> Goal | None:
        """The goal with this id, or None."""
        return next((goal for goal in self.goals if goal.id == name), None)


def read_plan(raw: Any, where: str = "plan") -> Plan:
    """A plan from plain values, as :func:`Plan.model_dump` or ``trellis plan new`` wrote them.

    Raises:
        AnswerError: it is no plan, or a plan of a later form.
    """
    if not isinstance(raw, dict) or "placing" not in raw:
        raise AnswerError([Problem(where, "is not a saved plan.", "Make one with `trellis plan new FILE --out PLAN`.")])
    raw = {name: value for name, value in raw.items() if name != CHECKED}
    if raw.get("form") != FORM:
        message = f"has form [{raw.get('form')}], and this version reads form {FORM}."
        raise AnswerError([Problem(where, message, "Use the version of Trellis that wrote it, or a later one.")])
    from pydantic import ValidationError

    try:
        return Plan.model_validate(raw)
    except ValidationError as error:
        problems = [
            Problem(f"{where}: {': '.join(str(s) for s in d['loc'])}", f"{d['msg'].lower()}.", "Undo the edit there.")
            for d in error.errors()
        ]
        raise AnswerError(problems) from None
