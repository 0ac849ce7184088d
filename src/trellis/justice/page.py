"""What is said of a person's track, dose and release, chosen once; Markdown, HTML and PDF only render it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trellis.decide import Recommendation
from trellis.justice.assessment import DAYS, Assessment, Session
from trellis.justice.collide import Collided, ways_not_told
from trellis.justice.dose import DoseView, dose_of
from trellis.justice.outcomes import capital
from trellis.justice.reentry import ReentryView, TaskView, is_held, reentry_of
from trellis.justice.track import Risk, TopicView, TrackView, programs_for, risk_of, to_work_on, topics_of, track_of
from trellis.kinds.justice import REENTRY_PHASES, CollisionRule, DoneBy
from trellis.kinds.text import Cited, SourceRef, Text
from trellis.library import titles
from trellis.say import Say

PageKind = Literal["track", "dose", "reentry"]
Role = Literal["person", "loved_one", "clinician"]
PAGE_KINDS: tuple[PageKind, ...] = ("track", "dose", "reentry")
FOR_SOMEBODY_CLOSE: tuple[PageKind, ...] = ("reentry",)
"""The pages that somebody close has: what they can do for a release. Track and hours are the person's own matter."""


@dataclass(frozen=True)
class Block:
    """A heading and what stands below it: sentences, then a list, then a table whose first row is its head.

    ``danger``: it stands out, on paper too.
    """

    title: str
    says: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    danger: bool = False


@dataclass(frozen=True)
class Page:
    """A page for one reader, in the order in which it is read."""

    title: str
    lang: str
    lead: tuple[str, ...]
    sections: tuple[Block, ...]
    foot: str


def page_of(
    rec: Recommendation,
    read: Assessment,
    sheet: PageKind,
    *,
    as_of: date,
    lang: str = "en",
    role: Role = "person",
    told_above: bool = False,
) -> Page:
    """The page for a person, or for the team around them.

    Args:
        rec: the decision from the same file.
        read: the justice part of the file.
        sheet: ``"track"``, ``"dose"`` or ``"reentry"``.
        as_of: the day.
        lang: ``"en"`` or ``"es"``.
        role: ``"person"``, ``"loved_one"`` for somebody close (of :data:`FOR_SOMEBODY_CLOSE` only), or ``"clinician"``
            for the team, with the field's words and the sources.
        told_above: danger is shown above the page, and is left out of it.

    Raises:
        ValueError: somebody close has no such page.

    >>> import trellis
    >>> from trellis.justice.assessment import read_assessment
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> rec = trellis.decide(kb, {"use.opioids": "severe"}, as_of=day)
    >>> page = page_of(rec, read_assessment(kb, {"custody": {"place": "jail"}}, as_of=day), "reentry", as_of=day)
    >>> page.title, page.sections[0].title
    ('My plan for leaving', 'Not ready yet, and it saves lives')
    """
    if role == "loved_one" and sheet not in FOR_SOMEBODY_CLOSE:
        raise ValueError(f"[{sheet}] has no page for somebody close: {', '.join(FOR_SOMEBODY_CLOSE)} has one")
    teller = _Teller(rec, read, as_of, Say(lang), role)
    sections = {"track": teller.track, "dose": teller.dose, "reentry": teller.reentry}[sheet]()
    say = teller.say
    called = (say("justice.called", called=read.called),) if read.called else ()
    told = [*(() if told_above else teller.danger()), *sections]
    if role == "clinician":
        told += teller.sources()
    titles_by_role = {
        "person": f"justice.title_{sheet}",
        "loved_one": f"justice.title_{sheet}.loved_one",
        "clinician": f"justice.title_{sheet}_team",
    }
    title = say(titles_by_role[role])
    lead = (*called, say("justice.made_on", day=say.day(as_of)), teller.help_line())
    kept = tuple(one for one in told if one.says or one.items or one.rows)
    return Page(title, lang, lead, kept, say("justice.not_reviewed"))


class _Teller:
    """Tells one page, and keeps what was cited on the way."""

    def __init__(self, rec: Recommendation, read: Assessment, as_of: date, say: Say, role: Role) -> None:
        self.rec, self.read, self.as_of, self.say, self.role = rec, read, as_of, say, role
        self.kb = rec.kb
        self.held_now = is_held(rec, read)
        self.cited: dict[str, None] = {}

    def text(self, text: Text) -> str:
        return text.in_language(self.say.lang)

    def help_line(self) -> str:
        """911 and 988; before them, whom to tell where those cannot be reached."""
        there = self.kb.inside_now["custody"].crisis
        line = self.say("plan.help_line")
        if not self.held_now or there is None or self.role == "clinician":
            return line
        return f"{there.for_role(self.role).in_language(self.say.lang)} {line}"

    def own(self, key: str) -> str:
        """Words of the page's own; somebody close and the team read them where they are not said to the person."""
        return self.say(key if self.role == "person" else f"{key}.loved_one")

    def cite(self, entry: Cited | None = None, refs: Iterable[SourceRef] = ()) -> None:
        """Keep the sources of what is told. What is from memory has none: a source beside it would seem to say it."""
        own = () if entry is None or entry.verified == "memory" else entry.sources
        for ref in (*own, *refs):
            self.cited.setdefault(ref.ref)

    def checked(self, entry: Cited, told: str) -> str:
        """What is told, marked for the team where nobody has checked it."""
        if self.role == "clinician" and entry.verified == "memory":
            return self.say("justice.not_checked", told=told)
        return told

    def names(self, approaches: Iterable[str]) -> list[str]:
        return [self.text(self.kb.approaches[name].short) for name in approaches]

    # Parts that several pages have.

    def danger(self) -> list[Block]:
        found = []
        for view in self.rec.urgent:
            urgent = self.kb.urgent[view.id]
            there = self.kb.inside_now["custody"] if self.held_now else urgent
            told = there.loved_one if self.role == "loved_one" else there.person
            lines = (self.text(urgent.clinician),) if self.role == "clinician" else told.in_language(self.say.lang)
            found.append(Block(self.text(urgent.title), items=lines, danger=True))
        return found

    def care(self) -> Block:
        says = []
        now = self.rec.now
        if now is not None:
            says.append(self.say("justice.care_is", place=self.say.either(self.place(name) for name in now.ids)))
        else:
            least, most = (self.place(end.now.ids[0]) for end in (self.rec.least, self.rec.most))
            says.append(self.say("justice.care_open", least=least, most=most))
        says.append(self.own("justice.care_apart"))
        if self.held_now:
            says.append(self.own("justice.care_inside"))
        return Block(self.own("justice.care"), tuple(says))

    def place(self, package: str) -> str:
        context = self.rec.context
        return self.say.join(self.kb.unit_name(part, context, self.say.lang) for part in package.split("+"))

    def risk(self, risk: Risk) -> list[str]:
        doses, tools = self.kb.of("risk_doses"), self.kb.of("risk_tools")
        slots = {
            "level": self.say.either(self.text(doses[level].name).lower() for level in risk.levels),
            "tool": self.text(tools[risk.tool].name) if risk.tool else "",
            "day": self.say.day(risk.on) if risk.on else "",
            "until": self.say.day(risk.until) if risk.until else "",
        }
        told = {
            "typed": "justice.risk_typed",
            "told": "justice.risk_told",
            "too_old": "justice.risk_too_old",
            "triage_only": "justice.risk_triage_only",
            "unknown": "justice.risk_unknown",
        }
        says = [self.say(told[risk.basis], **slots)]
        if risk.full_tool_due is not None:
            says.append(self.say("justice.full_tool_due" if risk.full_tool_due else "justice.full_tool_can_wait"))
        if risk.disagrees:
            says.append(self.say("justice.risk_disagrees"))
        if risk.known and len(risk.levels) == 1:
            says.append(self.text(doses[risk.levels[0]].says.for_role(self.role)))
        for level in risk.levels if risk.known else ():
            self.cite(doses[level])
        return says

    def needs(self, topics: tuple[TopicView, ...]) -> list[Block]:
        views, risk = to_work_on(topics), risk_of(self.rec, self.read, as_of=self.as_of)
        title = self.say("justice.needs")
        if not views:
            return [Block(title, (self.say("justice.needs_none"),))]
        heads = ("justice.need_head", "justice.much_head", "justice.helps_head", "justice.programs_head")
        rows = [tuple(self.say(head) for head in heads)]
        for view in views:
            self.cite(view.topic)
            step = self.say("justice.step_high" if view.least == "high" else "justice.step_some")
            step = self.say("justice.shown_by_care", step=step) if view.from_care else step
            programs = self.say.join(self.names(programs_for(self.rec, view.topic, risk))) or self.say(
                "justice.no_program"
            )
            rows.append((self.text(view.topic.name), step, self.text(view.topic.does), programs))
        untested = [
            self.say("justice.named", name=self.text(view.topic.name), says=self.text(view.topic.untested))
            for view in views
            if view.topic.untested is not None
        ]
        return [Block(title, rows=tuple(rows)), Block(self.say("justice.untested"), items=tuple(untested))]

    def note(self, name: str) -> Block:
        note = self.kb.of("justice_notes")[name]
        self.cite(note, [ref for claim in note.says for ref in claim.sources])
        return Block(self.text(note.title), tuple(self.text(claim) for claim in note.says))

    def sources(self) -> list[Block]:
        lines = []
        for name in self.cited:
            source = self.kb.sources[name]
            marks = {"memory": "justice.source_memory", "secondary": "justice.source_secondary"}
            mark = marks.get(source.verified)
            lines.append(self.say(mark, source=source.cite()) if mark else source.cite())
        return [Block(self.say("justice.sources"), items=tuple(lines))]

    # Pages.

    def track(self) -> list[Block]:
        view, topics = track_of(self.rec, self.read, as_of=self.as_of), topics_of(self.rec, self.read)
        for track in view.tracks:
            self.cite(track)
        says = [
            self.say("justice.named", name=self.text(track.name), says=self.text(track.says.for_role(self.role)))
            for track in view.tracks
        ]
        if not view.settled:
            says.insert(0, self.say("justice.track_open"))
        does = view.tracks[0].does.in_language(self.say.lang) if view.settled else ()
        return [
            Block(self.say("justice.track"), tuple(says)),
            Block(self.say("justice.why"), items=(*self.risk(view.risk), *self.need(view))),
            Block(self.say("justice.does"), items=does),
            self.care(),
            self.note("risk_is_not_care"),
            *self.needs(topics),
            *self.people(topics),
            Block(self.say("justice.courts"), items=tuple(self.courts(view))),
            Block(self.say("justice.ask"), items=tuple(self.questions(topics))),
        ]

    def need(self, view: TrackView) -> list[str]:
        if view.need_high:
            for one in view.need_high:
                self.cite(one)
            return [self.text(one.because.for_role(self.role)) for one in view.need_high]
        return [self.say("justice.need_open" if view.need_open else "justice.need_low")]

    def people(self, topics: tuple[TopicView, ...]) -> list[Block]:
        """Strengths, and how a program is fitted."""
        strengths = {view.topic.id: view.topic for view in topics if view.topic.part == "strength"}
        found = capital(strengths, self.read.answers)
        there = [
            self.say("justice.named", name=self.text(strengths[name].name), says=self.text(strengths[name].does))
            for name in found.there
        ]
        open_names = self.say.join(self.text(strengths[name].name).lower() for name in found.not_asked)
        says = (self.say("justice.strengths_not_asked", names=open_names),) if found.not_asked else ()
        fitted = [
            self.checked(
                view.topic, self.say("justice.named", name=self.text(view.topic.name), says=self.text(view.topic.does))
            )
            for view in topics
            if view.topic.part == "responsivity" and view.there
        ]
        return [
            Block(self.say("justice.strengths"), says, tuple(there)),
            Block(self.say("justice.fitted"), items=tuple(fitted)),
        ]

    def courts(self, view: TrackView) -> Iterable[str]:
        for court, says in view.courts:
            told = {
                "may": self.text(court.says),
                "wrong_status": self.text(court.wrong_status),
                "wrong_track": self.text(court.wrong_track),
                "open": self.say("justice.court_open"),
            }[says]
            if says != "wrong_status" or self.read.status != "none":
                self.cite(court)
                yield self.say("justice.named", name=self.text(court.name), says=self.checked(court, told))

    def questions(self, topics: tuple[TopicView, ...]) -> Iterable[str]:
        """What nobody has said yet, asked of whoever reads the page."""
        for view in topics:
            if view.known or view.there:
                continue
            asks = view.topic.asks.person if self.role == "person" else view.topic.asks.professional
            yield from asks.in_language(self.say.lang)

    def dose(self) -> list[Block]:
        view = dose_of(self.rec, self.read, as_of=self.as_of)
        sections = [
            Block(self.say("justice.dose"), tuple(self.hours(view)), danger=view.too_much),
            Block(self.say("justice.why"), items=tuple(self.risk(view.risk))),
            self.note("dose_not_tested"),
            *self.needs(topics_of(self.rec, self.read)),
            self.sessions("justice.sessions", view.counted),
        ]
        others = self.sessions("justice.sessions_not", view.not_counted)
        if view.not_counted:
            others = Block(others.title, (self.say("justice.sessions_not_why"),), rows=others.rows)
        return [*sections, others, self.care()]

    def hours(self, view: DoseView) -> Iterable[str]:
        if view.too_much:
            yield self.say("justice.too_much", hours=self.amount(view.attended))
        if view.says in ("none", "unknown"):
            yield self.say(f"justice.dose_{view.says}")
        elif view.most is not None and view.says == "hours":
            weekly = self.say("justice.dose_weekly", count=view.most.weekly)
            span = {"from_": view.most.months_from, "to": view.most.months_to}
            yield self.say("justice.dose_hours", hours=view.most.hours, weekly=weekly, **span)
        elif view.most is not None and view.least is not None:
            yield self.say("justice.dose_between", least=view.least.hours, most=view.most.hours)
        elif view.most is not None:
            yield self.say("justice.dose_between_none", most=view.most.hours)
        if view.left is not None and view.says == "hours":
            yield self.say("justice.attended", hours=self.amount(view.attended), left=self.amount(view.left))
        elif view.attended and not view.too_much:
            yield self.say("justice.attended_only", hours=self.amount(view.attended))

    def amount(self, hours: float) -> str:
        return f"{hours:g}"

    def sessions(self, title: str, several: tuple[Session, ...]) -> Block:
        heads = ("justice.day_head", "justice.program_head", "justice.hours_head")
        rows = [tuple(self.say(head) for head in heads)] if several else []
        rows += [(self.say.day(one.on), self.names([one.program])[0], self.amount(one.hours)) for one in several]
        return Block(self.say(title), rows=tuple(rows))

    def reentry(self) -> list[Block]:
        view = reentry_of(self.rec, self.read, as_of=self.as_of)
        first = [self.what(one) for one in view.not_ready]
        notes = [self.note(note.id) for note in view.notes]
        when = (
            self.say("justice.release_unknown")
            if view.release is None
            else self.say("justice.release_was" if view.out else "justice.release_on", day=self.say.day(view.release))
        )
        tables = [self.tasks(view, phase) for phase in REENTRY_PHASES]
        tables[0] = Block(tables[0].title, (when,), rows=tables[0].rows)
        return [
            Block(self.say("justice.not_ready"), items=tuple(first), danger=True),
            *notes[:1],
            *tables,
            Block(self.say("justice.collisions"), tuple(self.ways()), tuple(self.collided(view.collisions))),
            Block(self.own("justice.violations"), items=tuple(self.held(view))),
            *notes[1:],
            self.care(),
        ]

    def what(self, view: TaskView) -> str:
        self.cite(view.task)
        told = self.text(view.task.what.for_role(self.role))
        told = self.say("justice.in_case", what=told.removesuffix(".")) + "." if view.in_case else told
        return self.checked(view.task, told)

    def tasks(self, view: ReentryView, phase: str) -> Block:
        heads = ("justice.what_head", "justice.who_head", "justice.when_head", "justice.state_head")
        rows = [tuple(self.say(head) for head in heads)]
        for one in view.of(phase):
            who = titles.capital(self.say.join(self.who(name) for name in one.task.who))
            rows.append((self.what(one), who, self.when(one), self.say(f"justice.state_{one.state}")))
        return Block(self.say(f"justice.{phase}"), rows=tuple(rows) if len(rows) > 1 else ())

    def who(self, name: DoneBy) -> str:
        own = f"justice.who_{name}"
        if name == "family" and self.role == "clinician":
            return self.say(own)
        return self.own(own) if name in ("person", "family") else self.say(own)

    def when(self, view: TaskView) -> str:
        if view.due is None:
            return self.say("justice.days_after", count=view.task.by_day)
        if view.late:
            return self.say("justice.late", day=self.say.day(view.due))
        return self.say("justice.now") if view.due == self.as_of else self.say.day(view.due)

    def ways(self) -> Iterable[str]:
        unknown = dict.fromkeys(slot.what for slot in ways_not_told(self.read))
        if unknown:
            yield self.say("justice.way_not_told", names=self.say.join(unknown))

    def collided(self, several: tuple[Collided, ...]) -> Iterable[str]:
        """Each collision once, with all its days, and the ways out."""
        alike: dict[tuple[object, ...], list[Collided]] = {}
        for one in several:
            key = (one.rule, one.slot.what, one.slot.start, one.other.what if one.other else "", one.short)
            alike.setdefault(key, []).append(one)
        rules: dict[str, CollisionRule] = dict(self.kb.of("collision_rules"))
        for same in alike.values():
            one, rule = same[0], rules[same[0].rule]
            slots = {
                "what": one.slot.what,
                "days": self.say.join(self.say(f"justice.day_{DAYS[each.slot.day]}") for each in same),
                "start": f"{one.slot.start // 60:02}:{one.slot.start % 60:02}",
                "rule": self.text(rule.name),
            }
            head = (
                self.say("justice.collision_at", **slots)
                if one.other is None
                else self.say("justice.collision_with", other=one.other.what, **slots)
            )
            short = [self.say("justice.collision_short", count=one.short)] if one.short else []
            yield " ".join([head, self.text(rule.says), *short, *rule.ways_out.in_language(self.say.lang)])

    def held(self, view: ReentryView) -> Iterable[str]:
        for one, day in view.violations:
            self.cite(one)
            slots = {"day": self.say.day(day), "name": self.text(one.name), "says": self.text(one.says)}
            told = self.say("justice.violation_is", breach=self.say(f"justice.breach_{one.breach}"), **slots)
            yield self.checked(one, told)
