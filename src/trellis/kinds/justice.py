"""Justice: risk, needs and responsivity, tracks and doses, release from custody, and outcomes, each defined once.

All of it stands on an axis of its own. Nothing here is read by a need of care, so none of it raises or lowers a
clinical level.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from trellis.frozen import EMPTY
from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, Frozen, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Claim, Text, TextList, Words

FOLDER = "justice"

RiskLevel = Literal["low", "moderate", "moderate_high", "high"]
RISK_LEVELS: tuple[RiskLevel, ...] = get_args(RiskLevel)
"""Levels of the risk of a new offense, the lowest first, as the table of doses has them."""

LegalStatus = Literal["none", "pretrial", "diversion", "probation", "parole", "custody_pretrial", "custody_sentenced"]
LEGAL_STATUSES: tuple[LegalStatus, ...] = get_args(LegalStatus)
IN_CUSTODY: tuple[LegalStatus, ...] = ("custody_pretrial", "custody_sentenced")
SUPERVISED: tuple[LegalStatus, ...] = ("pretrial", "diversion", "probation", "parole")

RiskSide = Literal["low", "between", "high"]
TopicPart = Literal["need", "strength", "responsivity"]
TOPIC_PARTS: tuple[TopicPart, ...] = get_args(TopicPart)
NEED_STEPS = ("none", "some", "high")
"""How much a need that leads to offending is there, the least first."""
PRESENT_STEPS = ("no", "yes")

ReentryPhase = Literal["before", "first_72_hours", "by_7_days", "by_30_days", "by_90_days"]
REENTRY_PHASES: tuple[ReentryPhase, ...] = get_args(ReentryPhase)
LAST_DAY: Mapping[ReentryPhase, int] = {
    "before": 0,
    "first_72_hours": 3,
    "by_7_days": 7,
    "by_30_days": 30,
    "by_90_days": 90,
}
"""The last day of each phase, in days after release."""
DoneBy = Literal["person", "family", "jail_health", "release_planner", "case_manager", "clinician", "officer", "lawyer"]

Collision = Literal["overlap", "curfew", "travel", "area", "work"]
Breach = Literal["technical", "new_offense", "depends"]

ReportPart = Literal["attendance", "setting", "milestones", "what_helps"]
REPORT_PARTS: tuple[ReportPart, ...] = get_args(ReportPart)
"""All that a report for a court or for supervision can tell of: no answers, no scores, nothing that was said."""
RecipientRole = Literal["court", "probation", "parole", "pretrial_services", "prosecutor", "lawyer"]
RECIPIENT_ROLES: tuple[RecipientRole, ...] = get_args(RecipientRole)
ConsentPurpose = Literal["supervision", "court_review", "release_planning"]
CONSENT_PURPOSES: tuple[ConsentPurpose, ...] = get_args(ConsentPurpose)
ConsentEvent = Literal["case_decided", "supervision_ends", "program_ends"]
CONSENT_EVENTS: tuple[ConsentEvent, ...] = get_args(ConsentEvent)

Polarity = Literal["failure", "gain"]
ClockStart = Literal["release", "start_of_supervision", "start_of_program", "end_of_program"]


class Asks(Frozen):
    """What is asked about one topic, in plain questions to each of those who may know."""

    person: TextList
    loved_one: TextList
    professional: TextList


class JusticeTopic(Cited):
    """A need that leads to offending, a strength, or what a program must be fitted to.

    A ``need`` is answered none, some or high, the others no or yes. ``when``: clinical answers that show it without
    being asked again (a use disorder, a child to care for). ``targets``: the approaches that work on a need;
    ``does``: what is done about it, or how a program is fitted to it. ``untested``: what nobody has shown yet.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    part: TopicPart
    name: Text
    what: Text
    asks: Asks
    when: FrozenTree = None
    targets: tuple[str, ...] = ()
    does: Text
    untested: Text | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """What may be answered, the least first; the last is the most."""
        return NEED_STEPS if self.part == "need" else PRESENT_STEPS


class Dose(Frozen):
    """Hours of a cognitive-behavioral program, over how many months, how often a week."""

    hours: int = Field(ge=1)
    months_from: int = Field(ge=1)
    months_to: int = Field(ge=1)
    weekly: int = Field(ge=1)


class RiskDose(Cited):
    """A level of risk: the side of the quadrants it stands on, and the dose. ``dose`` is left out where it is none."""

    id: RiskLevel
    name: Text
    side: RiskSide
    dose: Dose | None = None
    says: Words


class DoseProgram(Cited):
    """An approach whose hours count against the dose; hours of any other treatment do not. ``why``: why they count."""

    id: str
    why: Text


class RiskTool(Cited):
    """A tool whose result may be typed in: its level (``level``), or only whether a full tool is due (``triage``).

    ``valid_days``: how long a result counts. The words of its items are never held here.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    instrument: str = ""
    name: Text
    gives: Literal["level", "triage"]
    raised_from: int | None = None
    low: int | None = None
    high: int | None = None
    valid_days: int = Field(ge=1)
    says: Text


class ClinicalNeed(Cited):
    """A reason why the clinical need is high. It is low when none of them can hold."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    when: FrozenTree
    because: Words


class Track(Cited):
    """One of the four quadrants: prognostic risk by clinical need."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    risk: Literal["low", "high"]
    need: Literal["low", "high"]
    name: Text
    says: Words
    does: TextList


class TreatmentCourt(Cited):
    """A court with treatment: for which legal statuses and tracks it is, and what is said where it is not."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    approach: str = ""
    name: Text
    admits: tuple[LegalStatus, ...] = Field(min_length=1)
    tracks: tuple[str, ...] = Field(min_length=1)
    when: FrozenTree = None
    says: Text
    wrong_status: Text
    wrong_track: Text


class ReentryTask(Cited):
    """One thing around release: what, who does it, and by which day counted from release (before it: negative).

    ``when``: clinical answers under which it is done; it is done too where they are not known. ``applies``: the
    context, such as pregnancy, to which ``when`` is limited. ``asks``: answers of the release file
    (``housing: [none, unknown]``) under which it is done. ``safety``: it stands before all others.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    phase: ReentryPhase
    by_day: int
    who: tuple[DoneBy, ...] = Field(min_length=1)
    what: Words
    why: Text | None = None
    when: FrozenTree = None
    applies: FrozenMap[str, tuple[str, ...]] = EMPTY
    asks: FrozenMap[str, tuple[str, ...]] = EMPTY
    safety: bool = False


class CollisionRule(Cited):
    """Conditions that cannot both be kept: what is said of it, and ways out."""

    id: Collision
    name: Text
    says: Text
    ways_out: TextList


class Violation(Cited):
    """What may be held against somebody under supervision: a rule broken, or a new offense."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    breach: Breach
    name: Text
    says: Text


class OutcomeDefinition(Cited):
    """An outcome: which event, from which source, within which window, on which clock.

    ``event``: what counts; ``not_this``: what does not. ``taken_from``: where it is read. ``windows``: days on the
    clock within which it is reported. ``clock``: what may start it. ``custody_out``: days in custody do not run it.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    polarity: Polarity
    name: Text
    event: Text
    not_this: Text
    taken_from: Text
    windows: tuple[int, ...] = Field(min_length=1)
    clock: tuple[ClockStart, ...] = Field(min_length=1)
    custody_out: bool
    says: Text


class JusticeNote(Cited):
    """Sentences on one matter that stand together: lost tolerance, Medicaid's work rule, what a dose is not."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    when: FrozenTree = None
    says: tuple[Claim, ...] = Field(min_length=1)


class ReportPartWords(Cited):
    """A part of a report for a court or for supervision: what it tells of, as the person reads it."""

    id: ReportPart
    says: Text


class ReportMilestone(Cited):
    """A step that a report may tell of. It is chosen from the list and never written freely."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Text


class Support(Cited):
    """What helps somebody keep to the plan, as a report may tell it. It is chosen from the list."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: Text


class LegalNotice(Cited):
    """A notice that a law prescribes, word for word in its own language, and what it says in plain words."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    text: tuple[str, ...] = Field(min_length=1)
    plain: Text


def check_topic(where: str, topic: Any, book: Book) -> None:
    """A need says what works on it; a strength and a responsivity factor have nothing that targets them."""
    if topic.part != "need" and topic.targets:
        book.wrong(where, f"[{topic.id}] is no need and is targeted.", "Only a need has `targets`.")
    if topic.part == "need" and not topic.targets and topic.untested is None:
        book.wrong(where, f"[{topic.id}] is a need that nothing targets.", "Name an approach, or say it is untested.")


def check_risk(where: str, level: Any, book: Book) -> None:
    """No dose at low risk, and a dose from moderate on; more risk is never a smaller dose."""
    if (level.dose is None) != (level.id == "low"):
        book.wrong(where, f"[{level.id}] has a dose at low risk, or none above it.", "Low risk alone has none.")
    if level.dose is not None and level.dose.months_to < level.dose.months_from:
        book.wrong(where, f"[{level.id}] ends before it begins.", "Write the shorter time first.")
    place = RISK_LEVELS.index(level.id)
    for other in book.of("risk_doses", RiskDose):
        if RISK_LEVELS.index(other.id) < place and other.dose and level.dose and other.dose.hours > level.dose.hours:
            book.wrong(where, f"[{level.id}] has fewer hours than [{other.id}].", "More risk is never a smaller dose.")


def check_tool(where: str, tool: Any, book: Book) -> None:
    """A triage has the score from which a full tool is due; a tool that gives a level has none."""
    if tool.instrument:
        book.name(where, [tool.instrument], "instruments")
    if (tool.gives == "triage") != (tool.raised_from is not None):
        book.wrong(where, f"[{tool.id}] and its `raised_from` do not fit.", "A triage has one, and no other has.")


def check_task(where: str, task: Any, book: Book) -> None:
    """A task stands in the phase in which its day lies."""
    days = [LAST_DAY[phase] for phase in REENTRY_PHASES]
    earliest = -366 if task.phase == "before" else days[REENTRY_PHASES.index(task.phase) - 1]
    if not earliest <= task.by_day <= LAST_DAY[task.phase]:
        book.wrong(where, f"[{task.id}] is due on day [{task.by_day}], which is not in [{task.phase}].", "Mend one.")


def check_note(where: str, note: Any, book: Book) -> None:
    """Each sentence has a ground."""
    for claim in note.says:
        if not claim.sources and not claim.verified:
            book.wrong(where, f"[{note.id}] claims without ground: {claim.en[:50]}…", "Cite, or mark as memory.")
        book.name(where, [source.ref for source in claim.sources], "sources")


def check_track(where: str, track: Any, book: Book) -> None:
    """No two tracks are the same quadrant."""
    same = [other for other in book.of("tracks", Track) if (other.risk, other.need) == (track.risk, track.need)]
    if len(same) > 1:
        book.wrong(where, f"[{track.id}] is a quadrant that another track is.", "Each of the four stands there once.")


def check_outcome(where: str, outcome: Any, book: Book) -> None:
    """Windows grow; and what is lost in custody is told of failures."""
    if list(outcome.windows) != sorted(set(outcome.windows)) or outcome.windows[0] < 1:
        book.wrong(where, f"[{outcome.id}] has windows that do not grow.", "Write each once, the shortest first.")


KINDS = (
    Kind(
        "justice_topics",
        JusticeTopic,
        "needs that lead to offending, strengths, and what a program is fitted to",
        folder=FOLDER,
        refers={"targets": "approaches"},
        public=("name", "what", "asks.person", "asks.loved_one", "does", "untested"),
        cited=True,
        condition="when",
        check=check_topic,
    ),
    Kind(
        "risk_doses",
        RiskDose,
        "levels of the risk of a new offense, each with its dose of a program",
        folder=FOLDER,
        public=("name", "says"),
        cited=True,
        check=check_risk,
    ),
    Kind(
        "dose_programs",
        DoseProgram,
        "programs whose hours count against the dose",
        folder=FOLDER,
        refers={"id": "approaches"},
        public=("why",),
        cited=True,
    ),
    Kind(
        "risk_tools",
        RiskTool,
        "tools whose result may be typed in",
        folder=FOLDER,
        public=("says",),
        cited=True,
        check=check_tool,
    ),
    Kind(
        "clinical_need",
        ClinicalNeed,
        "why the clinical need is high, for the track",
        folder=FOLDER,
        public=("because",),
        cited=True,
        condition="when",
    ),
    Kind(
        "tracks",
        Track,
        "the four quadrants of risk by clinical need",
        folder=FOLDER,
        public=("name", "says", "does"),
        cited=True,
        check=check_track,
    ),
    Kind(
        "treatment_courts",
        TreatmentCourt,
        "courts with treatment, and for whom they are",
        folder=FOLDER,
        refers={"approach": "approaches", "tracks": "tracks"},
        public=("name", "says", "wrong_status", "wrong_track"),
        cited=True,
        condition="when",
    ),
    Kind(
        "reentry_tasks",
        ReentryTask,
        "what is done before release and after it, by whom and by when",
        folder=FOLDER,
        public=("what", "why"),
        cited=True,
        condition="when",
        check=check_task,
    ),
    Kind(
        "collision_rules",
        CollisionRule,
        "conditions that cannot both be kept, and ways out",
        folder=FOLDER,
        public=("name", "says", "ways_out"),
        cited=True,
    ),
    Kind(
        "violations",
        Violation,
        "a rule of supervision broken, told apart from a new offense",
        folder=FOLDER,
        public=("name", "says"),
        cited=True,
    ),
    Kind(
        "outcome_definitions",
        OutcomeDefinition,
        "outcomes, each defined once: event, source, window, clock",
        folder=FOLDER,
        public=("name", "event", "not_this", "says"),
        cited=True,
        check=check_outcome,
    ),
    Kind(
        "report_parts",
        ReportPartWords,
        "what a report for a court or for supervision can tell of",
        folder=FOLDER,
        public=("says",),
        cited=True,
    ),
    Kind(
        "milestones",
        ReportMilestone,
        "steps that a report may tell of",
        folder=FOLDER,
        public=("name",),
        cited=True,
    ),
    Kind(
        "supports",
        Support,
        "what helps somebody keep to the plan, as a report may tell it",
        folder=FOLDER,
        public=("name",),
        cited=True,
    ),
    Kind(
        "legal_notices",
        LegalNotice,
        "notices that a law prescribes, word for word",
        folder=FOLDER,
        public=("plain",),
        cited=True,
    ),
    Kind(
        "justice_notes",
        JusticeNote,
        "what is said of one matter around justice, each sentence with its ground",
        folder=FOLDER,
        public=("title", "says"),
        cited=True,
        condition="when",
        check=check_note,
    ),
)
