"""The track: prognostic risk by clinical need, each with its reasons, and the courts that may apply.

Method: the four quadrants of Marlowe (2012). Risk is a typed result of a validated tool. Nothing here is read by a
need of care: a risk never raises a clinical level.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from trellis.decide import Recommendation
from trellis.engine.node import FALSE, TRUE
from trellis.frozen import EMPTY
from trellis.justice.assessment import Assessment
from trellis.kinds.justice import (
    NEED_STEPS,
    RISK_LEVELS,
    ClinicalNeed,
    JusticeTopic,
    RiskDose,
    RiskLevel,
    RiskTool,
    Track,
    TreatmentCourt,
)

RiskBasis = Literal["typed", "told", "too_old", "triage_only", "unknown"]
AS_TOLD: Mapping[str, tuple[RiskLevel, ...]] = {
    "low": ("low",),
    "moderate": ("moderate",),
    "high": ("moderate_high", "high"),
}
"""The levels that an answer of three steps may stand for: "high" is either of the two highest."""
FACT = "justice.reoffending_risk"


class Risk(NamedTuple):
    """The risk of a new offense, as far as it is known.

    Args:
        levels: every level it can be, the lowest first; all four where nothing is known.
        basis: ``typed``, a tool with its day; ``told``, an answer without one; ``too_old``, a result past its time;
            ``triage_only``, no more than a triage; ``unknown``.
        tool: the tool's id, and ``on`` its day, ``until`` the last day it counts; empty or None where there is none.
        full_tool_due: whether a triage says that a full tool is due; None where there was no triage that counts.
        disagrees: an answer says another level than the tool; the tool's stands.
    """

    levels: tuple[RiskLevel, ...]
    basis: RiskBasis
    tool: str = ""
    on: date | None = None
    until: date | None = None
    full_tool_due: bool | None = None
    disagrees: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is known of the level."""
        return self.levels != RISK_LEVELS


def risk_of(rec: Recommendation, read: Assessment, *, as_of: date) -> Risk:
    """The risk from a typed result, else from the answer to the fact, else open.

    Args:
        rec: the decision, for its answers.
        read: the justice part of the file.
        as_of: the day on which a result must still count.
    """
    tools: Mapping[str, RiskTool] = rec.kb.of("risk_tools")
    due = None
    if read.triage is not None and read.triage.score is not None:
        triage = tools[read.triage.tool]
        if as_of <= read.triage.on + timedelta(days=triage.valid_days):
            due = read.triage.score >= (triage.raised_from or 0)
    told = _told(rec)
    if read.risk is not None:
        tool = tools[read.risk.tool]
        until = read.risk.on + timedelta(days=tool.valid_days)
        level: RiskLevel = next(level for level in RISK_LEVELS if level == read.risk.level)
        if as_of <= until:
            apart = told != RISK_LEVELS and level not in told
            return Risk((level,), "typed", tool.id, read.risk.on, until, due, apart)
        return Risk(RISK_LEVELS, "too_old", tool.id, read.risk.on, until, due)
    if told != RISK_LEVELS:
        return Risk(told, "told", full_tool_due=due)
    return Risk(RISK_LEVELS, "unknown" if due is None else "triage_only", full_tool_due=due)


def _told(rec: Recommendation) -> tuple[RiskLevel, ...]:
    view = rec.facts.get(FACT)
    if view is None:
        return RISK_LEVELS
    steps = list(AS_TOLD)
    between = steps[steps.index(view.best) : steps.index(view.worst) + 1]
    return tuple(level for step in between for level in AS_TOLD[step])


class TopicView(NamedTuple):
    """A topic as it stands: the least and the most it can be, and whether a clinical answer shows it."""

    topic: JusticeTopic
    least: str
    most: str
    from_care: bool = False

    @property
    def known(self) -> bool:
        """Whether only one step is left."""
        return self.least == self.most

    @property
    def there(self) -> bool:
        """Whether it is certain that there is some of it."""
        return self.least != self.topic.steps[0]


def topics_of(rec: Recommendation, read: Assessment) -> tuple[TopicView, ...]:
    """Every topic: what was answered, and what clinical answers show at the least. What nobody said stays open.

    A clinical answer only ever raises the least: somebody with a use disorder has this need whatever was typed.
    """
    found = []
    for topic in rec.kb.of("justice_topics").values():
        steps = topic.steps
        given = read.answers.get(topic.id)
        least, most = (given, given) if given else (steps[0], steps[-1])
        shown = topic.when is not None and rec.stands(rec.kb.rule_nodes[topic.id], EMPTY) == TRUE
        if shown and steps.index(least) < 1:
            least = steps[1]
            most = steps[max(steps.index(most), 1)]
        found.append(TopicView(topic, least, most, shown))
    return tuple(found)


def programs_for(rec: Recommendation, topic: JusticeTopic, risk: Risk) -> tuple[str, ...]:
    """The approaches that target a topic and can be named for this person, in the order of the content.

    A medicine is named only where something that certainly holds speaks for it: methadone treats no use of alcohol.
    No care is named against which something certainly stands. Programs aimed at offending go by the risk alone: none is
    named at low risk, where no hours are planned.

    >>> import trellis
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {"age": "adult", "pregnancy": "no", "use.alcohol": "severe"}, as_of=day)
    >>> found = programs_for(rec, kb.of("justice_topics")["substance_use"], Risk(("high",), "told"))
    >>> "acamprosate" in found, "methadone" in found
    (True, False)
    """
    kb = rec.kb
    speaks = {rule.approach for rule in kb.matches.values() if rec.stands(kb.rule_nodes[rule.id], rule.applies) == TRUE}
    against = {
        stop.approach
        for stop in kb.stops.values()
        if stop.action == "stop" and not stop.court and rec.stands(kb.rule_nodes[stop.id], stop.applies) == TRUE
    }
    hours = any(kb.of("risk_doses")[level].dose is not None for level in risk.levels)

    def fits(name: str) -> bool:
        if name in kb.of("dose_programs"):
            return hours
        return name not in against and (name in speaks or kb.approaches[name].kind != "medication")

    return tuple(name for name in topic.targets if fits(name))


def to_work_on(views: tuple[TopicView, ...]) -> tuple[TopicView, ...]:
    """The needs that are certainly there, the highest first, else in the order of the content."""
    needs = [view for view in views if view.topic.part == "need" and view.there]
    return tuple(sorted(needs, key=lambda view: -NEED_STEPS.index(view.least)))


CourtSays = Literal["may", "wrong_status", "wrong_track", "open"]


class CourtView(NamedTuple):
    """A court and whether it may apply: ``open`` where the answers do not say."""

    court: TreatmentCourt
    says: CourtSays


class TrackView(NamedTuple):
    """The tracks that are possible, with the reasons for each side.

    Args:
        risk: see :class:`Risk`.
        sides: the sides of risk it can be; two where the risk is moderate or open.
        need_high: the reasons that certainly hold for a high clinical need.
        need_open: the reasons that may hold, where none certainly does.
        tracks: every quadrant that is possible, in the order of the content.
        courts: every court with what is said of it.
        doses: the content of each level in ``risk.levels``.
    """

    risk: Risk
    sides: tuple[str, ...]
    need_high: tuple[ClinicalNeed, ...]
    need_open: tuple[ClinicalNeed, ...]
    tracks: tuple[Track, ...]
    courts: tuple[CourtView, ...]
    doses: tuple[RiskDose, ...]

    @property
    def settled(self) -> bool:
        """Whether one track is left."""
        return len(self.tracks) == 1


def track_of(rec: Recommendation, read: Assessment, *, as_of: date) -> TrackView:
    """The track of one person, or every one that is still possible.

    Args:
        rec: the decision from the same file.
        read: the justice part of the file.
        as_of: the day.

    >>> import trellis
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {"focus": "substance_use", "age": "adult", "use.opioids": "severe"}, as_of=day)
    >>> from trellis.justice.assessment import read_assessment
    >>> risk = {"tool": "oras", "level": "high", "on": "2026-11-02"}
    >>> found = track_of(rec, read_assessment(kb, {"status": "parole", "risk": risk}, as_of=day), as_of=day)
    >>> [track.id for track in found.tracks], {one.court.id: one.says for one in found.courts}["drug_court_entry"]
    (['high_risk_high_need'], 'wrong_status')
    """
    kb = rec.kb
    risk = risk_of(rec, read, as_of=as_of)
    doses: tuple[RiskDose, ...] = tuple(kb.of("risk_doses")[level] for level in risk.levels)
    sides = tuple(side for side in ("low", "high") if any(dose.side in (side, "between") for dose in doses))
    reasons: list[ClinicalNeed] = list(kb.of("clinical_need").values())
    stand = {one.id: rec.stands(kb.rule_nodes[one.id], EMPTY) for one in reasons}
    high = tuple(one for one in reasons if stand[one.id] == TRUE)
    maybe = () if high else tuple(one for one in reasons if stand[one.id] != FALSE)
    needs = ("high",) if high else ("low", "high") if maybe else ("low",)
    tracks = tuple(one for one in kb.of("tracks").values() if one.risk in sides and one.need in needs)
    courts = tuple(CourtView(one, _court(rec, read, one, tracks)) for one in kb.of("treatment_courts").values())
    return TrackView(risk, sides, high, maybe, tracks, courts, doses)


def _court(rec: Recommendation, read: Assessment, court: TreatmentCourt, tracks: tuple[Track, ...]) -> CourtSays:
    if read.status and read.status not in court.admits:
        return "wrong_status"
    stands = TRUE if court.when is None else rec.stands(rec.kb.rule_nodes[court.id], EMPTY)
    fits = [track.id in court.tracks for track in tracks]
    if stands == FALSE or not any(fits):
        return "wrong_track"
    return "may" if read.status and stands == TRUE and all(fits) else "open"
