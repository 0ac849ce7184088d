"""What is known of a person around justice: the ``justice`` part of a person's file, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.errors import AnswerError, did_you_mean
from trellis.frozen import EMPTY, freeze_fields
from trellis.justice.consent import Consent, read_consents
from trellis.justice.reader import Reader
from trellis.kinds.justice import LEGAL_STATUSES, RISK_LEVELS, JusticeTopic, RiskTool
from trellis.library.knowledge import Knowledge
from trellis.written import as_written

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOT_KINDS = ("program", "treatment", "report", "work", "care", "other")
PLACES = ("jail", "prison")
READY_WORDS = ("no", "yes")
LIFE = {
    "medicaid": ("no", "yes", "suspended"),
    "housing": ("no", "yes"),
    "papers": ("no", "yes"),
    "transport": ("no", "yes"),
    "appointments": ("no", "yes"),
    "supervised": ("no", "yes"),
}
"""What the plan for release asks of a person's life, with the words it may be answered in."""
MOST_HOURS = 12.0
"""A session of more hours in a day is a mistake in typing."""
MOST_TRAVEL = 600
KEYS = (
    "called", "status", "risk", "triage", "needs", "strengths", "responsivity", "attendance", "custody", "ready",
    "life", "week", "curfew", "violations", "consent", "agreed", "care", "milestones", "helps",
)  # fmt: skip


@dataclass(frozen=True)
class TypedRisk:
    """The result of a tool as somebody typed it: the tool's id, the day, its level or its score, or both."""

    tool: str
    on: date
    level: str = ""
    score: float | None = None


@dataclass(frozen=True)
class Session:
    """Hours of one program on one day that the person was there."""

    program: str
    on: date
    hours: float


@dataclass(frozen=True)
class AgreedSessions:
    """What was agreed of one program: so many sessions a week, from a day on, until a day or without an end.

    ``excused``: days on which a session fell out for a reason that counts. The reason is not kept.
    """

    program: str
    per_week: int
    start: date
    until: date | None = None
    excused: tuple[date, ...] = ()


@dataclass(frozen=True)
class CareNow:
    """The setting in which somebody is cared for now, and since when where that is written down."""

    setting: str
    since: date | None = None


@dataclass(frozen=True)
class Custody:
    """Jail or prison: since when, and the day of release, known or not. ``out``: the person has left."""

    place: str = ""
    since: date | None = None
    release: date | None = None
    out: bool = False


@dataclass(frozen=True)
class Slot:
    """A fixed hour of the week, in minutes of its day; where it ends after midnight, ``end`` is over 1,440.

    ``travel``: minutes on the way to it, from home or from what comes before; None where nobody said.
    ``inside``: whether it lies in the area that the person may be in; None where nobody said.
    """

    what: str
    kind: str
    day: int
    start: int
    end: int
    travel: int | None = None
    inside: bool | None = None


@dataclass(frozen=True)
class Assessment:
    """The ``justice`` part of a file. What is not there is not known, and never counts as no.

    Args:
        called: what the person is called.
        status: the legal status; empty where nobody said.
        risk: the result of a tool that gives a level; triage: of one that only says whether a full tool is due.
        answers: topic id to its step, for needs, strengths and responsivity together.
        attendance: sessions the person was there, in order of days.
        custody: None where nobody said.
        ready: task id to whether it is done.
        life: see ``LIFE``.
        week: fixed hours; ``curfew``: minutes from which and to which the person must be home, or None.
        violations: what may be held against the person, with days.
        consent: what the person agreed to have shared, see :mod:`trellis.justice.consent`.
        agreed: what was agreed of programs; care: where the person is cared for now.
        milestones: steps taken, with days; helps: what makes it easier to keep to the plan.
    """

    called: str = ""
    status: str = ""
    risk: TypedRisk | None = None
    triage: TypedRisk | None = None
    answers: Mapping[str, str] = EMPTY
    attendance: tuple[Session, ...] = ()
    custody: Custody | None = None
    ready: Mapping[str, bool] = EMPTY
    life: Mapping[str, str] = EMPTY
    week: tuple[Slot, ...] = ()
    curfew: tuple[int, int] | None = None
    violations: tuple[tuple[str, date], ...] = ()
    consent: tuple[Consent, ...] = ()
    agreed: tuple[AgreedSessions, ...] = ()
    care: CareNow | None = None
    milestones: tuple[tuple[str, date], ...] = ()
    helps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze_fields(self)


def read_assessment(kb: Knowledge, given: Any, *, as_of: date) -> Assessment:
    """Read the ``justice`` part of a person's file.

    Args:
        kb: the knowledge, for topics, tools, programs, tasks and violations.
        given: the plain values below ``justice:``; None for nothing.
        as_of: the day; a result or a session of a later day is wrong.

    Raises:
        AnswerError: anything in it is wrong; it lists every problem, each with its place and the values allowed.

    >>> import trellis
    >>> kb = trellis.load()
    >>> read = read_assessment(kb, {"status": "parole", "needs": {"peers": "high"}}, as_of=date(2026, 11, 30))
    >>> read.status, read.answers["peers"], read.answers.get("attitudes")
    ('parole', 'high', None)
    >>> read_assessment(kb, {"status": "parol"}, as_of=date(2026, 11, 30))
    Traceback (most recent call last):
    trellis.errors.AnswerError: justice.status: is [parol]. Did you mean parole?
    """
    reader = _Reader(kb, as_of)
    found = reader.all(given)
    if reader.problems:
        raise AnswerError(reader.problems)
    return found


class _Reader(Reader):
    """Reads each part of a person's file."""

    def all(self, given: Any) -> Assessment:
        if given is None:
            return Assessment()
        if not isinstance(given, Mapping):
            self.wrong("", f"is [{as_written(given)}].", "Write `justice:` and below it `status: ...`.")
            return Assessment()
        for key in given:
            if key not in KEYS:
                remedy = did_you_mean(key, KEYS) or f"It may hold {', '.join(KEYS)}."
                self.wrong("", f"has [{as_written(key)}], which means nothing here.", remedy)
        topics: dict[str, str] = {}
        for key, part in (("needs", "need"), ("strengths", "strength"), ("responsivity", "responsivity")):
            topics |= self.topics(key, part, given.get(key))
        return Assessment(
            called=self.words("called", given.get("called")),
            status=self.one_of("status", given.get("status"), LEGAL_STATUSES),
            risk=self.typed("risk", given.get("risk"), "level"),
            triage=self.typed("triage", given.get("triage"), "triage"),
            answers=topics,
            attendance=self.attendance(given.get("attendance")),
            custody=self.custody(given.get("custody")),
            ready=self.ready(given.get("ready")),
            life=self.life(given.get("life")),
            week=self.week(given.get("week")),
            curfew=self.curfew(given.get("curfew")),
            violations=self.dated("violations", given.get("violations")),
            consent=read_consents(self, given.get("consent")),
            agreed=tuple(self.entries("agreed", given.get("agreed"), self.agreement)),
            care=self.care(given.get("care")),
            milestones=self.dated("milestones", given.get("milestones")),
            helps=self.helps(given.get("helps")),
        )

    def topics(self, key: str, part: str, given: Any) -> dict[str, str]:
        topics: dict[str, JusticeTopic] = {
            name: topic for name, topic in self.kb.of("justice_topics").items() if topic.part == part
        }
        read = self.mapping(key, {} if given is None else given, tuple(topics))
        found = {
            name: self.one_of(f"{key}.{name}", read[name], topics[name].steps) for name in read or () if name in topics
        }
        return {name: step for name, step in found.items() if step}

    def typed(self, key: str, given: Any, gives: str) -> TypedRisk | None:
        if given is None:
            return None
        tools: Mapping[str, RiskTool] = self.kb.of("risk_tools")
        allowed = tuple(name for name, tool in tools.items() if tool.gives == gives)
        before = len(self.problems)
        need = ("tool", "on", "level") if gives == "level" else ("tool", "on", "score")
        read = self.mapping(key, given, ("tool", "on", "level", "score"), need)
        if read is None:
            return None
        name = self.one_of(f"{key}.tool", read["tool"], allowed)
        on = self.day(f"{key}.on", read["on"], past=True)
        level = self.one_of(f"{key}.level", read.get("level"), RISK_LEVELS)
        if gives == "triage" and level:
            self.wrong(f"{key}.level", f"is [{level}], and a triage gives no level.", "Write the level below `risk:`.")
        score = None
        if read.get("score") is not None and name:
            tool = tools[name]
            low, high = (0 if tool.low is None else tool.low), (1000 if tool.high is None else tool.high)
            score = self.number(f"{key}.score", read["score"], low, high, "")
        if on is None and len(self.problems) == before:
            self.wrong(f"{key}.on", "is unknown.", "A result counts only with its day.")
        if len(self.problems) > before or on is None:
            return None
        return TypedRisk(name, on, level, score)

    def attendance(self, given: Any) -> tuple[Session, ...]:
        found = self.entries("attendance", given, self.session)
        hours: dict[date, float] = {}
        for one in found:
            hours[one.on] = hours.get(one.on, 0) + one.hours
        for day, sum_ in hours.items():
            if sum_ > MOST_HOURS:
                self.wrong("attendance", f"has {sum_:g} hours on [{day}].", f"A day has {MOST_HOURS:g} at most.")
        return tuple(sorted(found, key=lambda one: (one.on, one.program)))

    def session(self, where: str, given: Any) -> Session | None:
        read = self.mapping(where, given, ("program", "on", "hours"), ("program", "on", "hours"))
        if read is None:
            return None
        program = self.one_of(f"{where}.program", read["program"], tuple(self.kb.approaches))
        on = self.day(f"{where}.on", read["on"], past=True)
        hours = self.number(f"{where}.hours", read["hours"], 0.25, MOST_HOURS, "hours")
        return Session(program, on, hours) if program and on is not None and hours is not None else None

    def custody(self, given: Any) -> Custody | None:
        if given is None:
            return None
        read = self.mapping("custody", given, ("place", "since", "release", "out"))
        if read is None:
            return None
        since = self.day("custody.since", read.get("since"), past=True)
        release = self.day("custody.release", read.get("release"))
        out = self.one_of("custody.out", read.get("out"), READY_WORDS) == "yes"
        if since is not None and release is not None and release < since:
            self.wrong(
                "custody.release", f"is [{release}], before custody began on [{since}].", "Mend one of the days."
            )
        if out and release is None:
            self.wrong("custody", "says that the person is out, and not since which day.", "Add the day of release.")
        if out and release is not None and release > self.as_of:
            self.wrong("custody", f"says that the person is out, and leaves on [{release}].", "Mend one of the two.")
        return Custody(self.one_of("custody.place", read.get("place"), PLACES), since, release, out)

    def ready(self, given: Any) -> dict[str, bool]:
        tasks = tuple(self.kb.of("reentry_tasks"))
        read = self.mapping("ready", {} if given is None else given, tasks) or {}
        found = {name: self.one_of(f"ready.{name}", read[name], READY_WORDS) for name in read if name in tasks}
        return {name: word == "yes" for name, word in found.items() if word}

    def life(self, given: Any) -> dict[str, str]:
        read = self.mapping("life", {} if given is None else given, tuple(LIFE)) or {}
        found = {name: self.one_of(f"life.{name}", read[name], LIFE[name]) for name in read if name in LIFE}
        return {name: word for name, word in found.items() if word}

    def minutes(self, where: str, given: Any) -> int | None:
        """Minutes after midnight of ``"18:30"``."""
        hour, sign, minute = str(given).partition(":")
        right = (
            sign and hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit() and len(minute) == 2
        )
        if isinstance(given, str) and right and len(hour) <= 2 and int(hour) <= 24 and int(minute) < 60:
            found = int(hour) * 60 + int(minute)
            if found <= 24 * 60:
                return found
        self.wrong(where, f"is [{as_written(given)}].", "Write the hour in quotes, as in '18:30'.")
        return None

    def week(self, given: Any) -> tuple[Slot, ...]:
        found = [slot for several in self.entries("week", given, self.slots) for slot in several]
        return tuple(sorted(found, key=lambda one: (one.day, one.start, one.end, one.what)))

    def slots(self, where: str, given: Any) -> list[Slot] | None:
        keys = ("what", "kind", "days", "from", "to", "travel_minutes", "area")
        read = self.mapping(where, given, keys, ("what", "kind", "days", "from", "to"))
        if read is None:
            return None
        before = len(self.problems)
        what = self.words(f"{where}.what", read["what"])
        kind = self.one_of(f"{where}.kind", read["kind"], SLOT_KINDS)
        days = read["days"]
        if isinstance(days, str) or not isinstance(days, (list, tuple)) or not days:
            self.wrong(f"{where}.days", f"is [{as_written(days)}].", "Write a list of days: [mon, wed].")
            days = ()
        named = [self.one_of(f"{where}.days", day, DAYS) for day in days]
        start, end = self.minutes(f"{where}.from", read["from"]), self.minutes(f"{where}.to", read["to"])
        travel = read.get("travel_minutes")
        minutes = None if travel is None else self.number(f"{where}.travel_minutes", travel, 0, MOST_TRAVEL, "minutes")
        area = self.one_of(f"{where}.area", read.get("area"), ("inside", "outside"))
        if start is not None and start == end:
            self.wrong(where, f"begins and ends at [{read['from']}].", "Give it an end.")
        if len(self.problems) > before or start is None or end is None:
            return None
        end += 24 * 60 if end < start else 0  # a night shift
        inside = {"inside": True, "outside": False}.get(area)
        way = None if minutes is None else round(minutes)
        return [Slot(what, kind, DAYS.index(day), start, end, way, inside) for day in dict.fromkeys(named)]

    def curfew(self, given: Any) -> tuple[int, int] | None:
        if given is None:
            return None
        read = self.mapping("curfew", given, ("from", "to"), ("from", "to"))
        if read is None:
            return None
        start, end = self.minutes("curfew.from", read["from"]), self.minutes("curfew.to", read["to"])
        if start is not None and start == end:
            self.wrong("curfew", f"begins and ends at [{read['from']}].", "Give it an end.")
        return None if start is None or end is None else (start, end)

    def dated(self, key: str, given: Any) -> tuple[tuple[str, date], ...]:
        """What of one kind of content happened on which day."""
        known = tuple(self.kb.of(key))

        def one(where: str, entry: Any) -> tuple[str, date] | None:
            read = self.mapping(where, entry, ("what", "on"), ("what", "on"))
            if read is None:
                return None
            what = self.one_of(f"{where}.what", read["what"], known)
            on = self.day(f"{where}.on", read["on"], past=True)
            return (what, on) if what and on is not None else None

        found: list[tuple[str, date]] = self.entries(key, given, one)
        return tuple(sorted(found, key=lambda each: (each[1], each[0])))

    def agreement(self, where: str, given: Any) -> AgreedSessions | None:
        keys = ("program", "per_week", "from", "until", "excused")
        read = self.mapping(where, given, keys, ("program", "per_week", "from"))
        if read is None:
            return None
        program = self.one_of(f"{where}.program", read["program"], tuple(self.kb.approaches))
        if program and self.kb.approaches[program].kind == "medication":
            self.wrong(
                f"{where}.program", f"is [{program}], a medicine.", "No report tells of medicines. Leave it out."
            )
        per_week = self.number(f"{where}.per_week", read["per_week"], 1, 21, "sessions")
        start, until = self.day(f"{where}.from", read["from"]), self.day(f"{where}.until", read.get("until"))
        excused = self.entries(
            f"{where}.excused", read.get("excused"), lambda place, day: self.day(place, day, past=True)
        )
        if start is not None and until is not None and until < start:
            self.wrong(f"{where}.until", f"is [{until}], before [{start}].", "Mend one of the days.")
        if not program or per_week is None or start is None:
            return None
        return AgreedSessions(program, round(per_week), start, until, tuple(sorted(set(excused))))

    def care(self, given: Any) -> CareNow | None:
        if given is None:
            return None
        read = self.mapping("care", given, ("setting", "since"), ("setting",))
        if read is None:
            return None
        setting = self.one_of("care.setting", read["setting"], tuple(self.kb.settings))
        since = self.day("care.since", read.get("since"), past=True)
        return CareNow(setting, since) if setting else None

    def helps(self, given: Any) -> tuple[str, ...]:
        known = tuple(self.kb.of("supports"))
        named = set(self.entries("helps", given, lambda where, entry: self.one_of(where, entry, known) or None))
        return tuple(name for name in known if name in named)
