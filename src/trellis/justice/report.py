"""The report for a court or for supervision, and the person's own copy of what is shared.

No answer reaches this module: a report is made of the knowledge and of the parts of the file that are meant for it.
So nothing clinical can stand in one, whatever the file holds. Every word of it is chosen from lists, but for the names
that the consent itself gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from trellis.justice.assessment import AgreedSessions, Assessment
from trellis.justice.consent import Consent, ConsentError, Permit, against, permitted, refusal
from trellis.justice.page import Block, Page
from trellis.kinds.justice import REPORT_PARTS, LegalNotice
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital
from trellis.say import Say

WEEK = timedelta(days=7)


class Attended(NamedTuple):
    """What of one agreement was kept.

    Args:
        agreed: what was agreed.
        weeks: full weeks that have passed; a week that runs counts as neither kept nor missed.
        due: sessions agreed in these weeks; ``came``: those the person was there; ``excused``: those that fell out for
            a reason that counts.
        since: sessions the person was there after the last full week.
    """

    agreed: AgreedSessions
    weeks: int
    due: int
    came: int
    excused: int
    since: int


def attended_of(read: Assessment, agreed: AgreedSessions, *, as_of: date) -> Attended:
    """Attendance against what was agreed, in full weeks.

    >>> from trellis.justice.assessment import Session
    >>> days = [date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 17)]
    >>> read = Assessment(attendance=tuple(Session("t4c", day, 2) for day in days))
    >>> agreed = AgreedSessions("t4c", 2, date(2026, 11, 2), excused=(date(2026, 11, 10),))
    >>> attended_of(read, agreed, as_of=date(2026, 11, 18))[1:]
    (2, 4, 2, 1, 1)
    """
    last = as_of if agreed.until is None else min(as_of, agreed.until)
    # The last day counts: what is agreed from a Monday until a Sunday is one full week.
    weeks = max(0, ((last - agreed.start).days + 1) // 7)
    end = agreed.start + weeks * WEEK
    days = {one.on for one in read.attendance if one.program == agreed.program and agreed.start <= one.on <= last}
    excused = sum(1 for day in agreed.excused if agreed.start <= day < end and day not in days)
    return Attended(
        agreed,
        weeks,
        weeks * agreed.per_week,
        sum(1 for day in days if day < end),
        excused,
        sum(1 for day in days if day >= end),
    )


def report_of(
    kb: Knowledge,
    read: Assessment,
    *,
    to: str,
    parts: Iterable[str] = (),
    as_of: date,
    given_on: date | None = None,
    lang: str = "en",
) -> Page:
    """The report for one recipient, of nothing but what the person's consent names.

    Args:
        kb: the knowledge.
        read: the justice part of the file.
        to: the recipient, by name or by role, as the consent names them.
        parts: the parts asked for; all that the consent names where none is.
        as_of: the day up to which it tells.
        given_on: the day on which it is handed over, where that is later: the consent has to hold on it too.
        lang: ``"en"`` or ``"es"``.

    Raises:
        ConsentError: no consent that holds on both days gives all of this to this recipient.

    >>> import trellis
    >>> kb, day = trellis.load(), date(2026, 11, 30)
    >>> report_of(kb, Assessment(), to="court", as_of=day)
    Traceback (most recent call last):
    trellis.justice.consent.ConsentError: justice: No consent is written down. ...
    """
    asked = tuple(parts)
    permit = permitted(read.consent, to=to, parts=asked, as_of=as_of)
    if given_on is not None and given_on > as_of:
        # A day in the past brings back no consent that has ended since.
        on_the_day = permitted(read.consent, to=to, parts=asked, as_of=given_on)
        if on_the_day != permit:
            raise ConsentError("expired")
    teller = _ReportTeller(kb, read, as_of, Say(lang))
    say, consent = teller.say, permit.consent
    lead = (
        say("justice.report_to", to=teller.recipient(consent)),
        say("justice.report_about", by=consent.by),
        say("justice.report_from", program=consent.program, day=say.day(as_of)),
        say("justice.report_only"),
    )
    sections = (*teller.parts(permit), teller.rests_on(permit), teller.notice())
    return Page(say("justice.title_report"), lang, lead, sections, say("justice.report_foot"))


def own_copy(kb: Knowledge, read: Assessment, *, as_of: date, lang: str = "en") -> Page:
    """The person's own copy: what is shared with whom, what the report says today, and how to take consent back.

    It is never refused. A consent that does not hold is told with the reason.

    >>> import trellis
    >>> page = own_copy(trellis.load(), Assessment(), as_of=date(2026, 11, 30))
    >>> page.sections[0].says[0]
    'Nothing is shared with a court or with supervision. No consent is written down.'
    """
    teller = _ReportTeller(kb, read, as_of, Say(lang))
    say = teller.say
    lead = (
        *((say("justice.called", called=read.called),) if read.called else ()),
        say("justice.made_on", day=say.day(as_of)),
        say("plan.help_line"),
    )
    sections = [*teller.consents(), teller.never(), teller.take_back()]
    kept = tuple(one for one in sections if one.says or one.items or one.rows)
    return Page(say("justice.title_own_copy"), lang, lead, kept, say("justice.not_reviewed"))


class _ReportTeller:
    """Tells a report or the person's copy of it, in one language."""

    def __init__(self, kb: Knowledge, read: Assessment, as_of: date, say: Say) -> None:
        self.kb, self.read, self.as_of, self.say = kb, read, as_of, say

    def recipient(self, consent: Consent) -> str:
        role = self.say(f"justice.role_{consent.role}") if consent.role else ""
        if consent.name and role:
            return self.say("justice.name_and_role", name=consent.name, role=role)
        return consent.name or role

    def parts(self, permit: Permit) -> Iterable[Block]:
        tell: dict[str, Callable[[], Block]] = {
            "attendance": self.attendance,
            "setting": self.setting,
            "milestones": self.milestones,
            "what_helps": self.what_helps,
        }
        return [tell[part]() for part in REPORT_PARTS if part in permit.parts]

    def attendance(self) -> Block:
        title = capital(self.say("justice.part_attendance"))
        if not self.read.agreed:
            return Block(title, (self.say("justice.nothing_agreed"),))
        items = []
        for agreed in self.read.agreed:
            kept = attended_of(self.read, agreed, as_of=self.as_of)
            told = [
                self.say("justice.per_week", name=self.program(agreed.program), count=agreed.per_week),
                self.say("justice.came_of", came=kept.came, due=kept.due, count=kept.weeks),
            ]
            if kept.excused:
                told.append(self.say("justice.excused", count=kept.excused))
            if kept.since:
                told.append(self.say("justice.came_since", count=kept.since))
            items.append(" ".join(told))
        return Block(title, (self.say("justice.full_weeks"),), tuple(items))

    def program(self, name: str) -> str:
        """A program aimed at offending by its name. Any other would tell of somebody's health, so it has none."""
        approach = self.kb.approaches[name]
        if approach.kind == "justice" or name in self.kb.of("dose_programs"):
            return approach.short.in_language(self.say.lang)
        return self.say("justice.treatment_program")

    def setting(self) -> Block:
        title, care = capital(self.say("justice.part_setting")), self.read.care
        if care is None:
            return Block(title, (self.say("justice.nothing_written"),))
        place = self.kb.place(care.setting).name.in_language(self.say.lang)
        if care.since is None:
            return Block(title, (self.say("justice.care_is", place=place),))
        return Block(title, (self.say("justice.care_since", place=place, day=self.say.day(care.since)),))

    def milestones(self) -> Block:
        title, known = capital(self.say("justice.part_milestones")), self.kb.of("milestones")
        items = [
            self.say("justice.milestone_on", day=self.say.day(day), what=known[what].name.in_language(self.say.lang))
            for what, day in self.read.milestones
        ]
        return Block(title, () if items else (self.say("justice.nothing_written"),), tuple(items))

    def what_helps(self) -> Block:
        title, known = capital(self.say("justice.part_what_helps")), self.kb.of("supports")
        items = tuple(known[name].name.in_language(self.say.lang) for name in self.read.helps)
        return Block(title, () if items else (self.say("justice.nothing_written"),), items)

    def rests_on(self, permit: Permit) -> Block:
        """The scope of the consent: a copy of it, or this, goes with what is shared (42 CFR 2.32)."""
        return Block(self.say("justice.rests_on"), items=tuple(self.scope(permit.consent)))

    def scope(self, one: Consent) -> Iterable[str]:
        say = self.say
        if one.signed is not None:
            yield say("justice.scope_signed", by=one.by, day=say.day(one.signed))
        kinds = say.join(say(f"justice.part_{part}") for part in one.kinds)
        if kinds:
            yield say("justice.scope_kinds", kinds=kinds)
        if one.purpose:
            yield say("justice.scope_purpose", purpose=say(f"justice.purpose_{one.purpose}"))
        if one.starts is not None and one.starts != one.signed:
            yield say("justice.scope_starts", day=say.day(one.starts))
        if one.until is not None:
            yield say("justice.scope_until", day=say.day(one.until))
        if one.event:
            yield say("justice.scope_event", event=say(f"justice.event_{one.event}"))
        yield from self.revocable(one)

    def revocable(self, one: Consent) -> Iterable[str]:
        """From when it can be taken back: at any time, or as a consent of 42 CFR 2.35 says."""
        say = self.say
        if not one.referral:
            yield say("justice.revocable_any_time")
        if one.referral and one.revocable_from is not None:
            yield say("justice.revocable_from", day=say.day(one.revocable_from))
        if one.referral and one.revocable_event:
            yield say("justice.revocable_event", event=say(f"justice.event_{one.revocable_event}"))

    def notice(self) -> Block:
        notice: LegalNotice = self.kb.of("legal_notices")["redisclosure"]
        plain = notice.plain.in_language(self.say.lang)
        return Block(self.say("justice.notice"), (plain, self.say("justice.notice_law"), *notice.text))

    def consents(self) -> Iterable[Block]:
        say = self.say
        if not self.read.consent:
            return [Block(say("justice.shared_now"), (say("justice.shares_nothing"),))]
        found = []
        for one in self.read.consent:
            why = against(one, self.read.consent, as_of=self.as_of)
            to = self.recipient(one) or say("justice.nobody_named")
            if why is not None:
                told = refusal(one, why, (), as_of=self.as_of).reason(say.lang)
                says: tuple[str, ...] = (say("justice.not_shared"), told)
                found.append(Block(say("justice.consent_to", to=to), says, tuple(self.scope(one))))
                continue
            found.append(Block(say("justice.consent_to", to=to), (say("justice.is_shared"),), tuple(self.scope(one))))
            says = tuple(
                say(
                    "justice.named",
                    name=capital(say(f"justice.part_{part}")),
                    says=self.kb.of("report_parts")[part].says.in_language(say.lang),
                )
                for part in one.kinds
            )
            found.append(Block(say("justice.shared_now"), items=says))
            found += self.parts(Permit(one, one.kinds))
        return found

    def never(self) -> Block:
        lines = ("never_answers", "never_tests", "never_said", "never_medicine", "never_risk")
        return Block(self.say("justice.never"), items=tuple(self.say(f"justice.{line}") for line in lines))

    def take_back(self) -> Block:
        if not self.read.consent:
            return Block(self.say("justice.take_back"))
        lines = ["take_back_write", "take_back_keep", "take_back_past"]
        if any(one.referral for one in self.read.consent):
            lines.append("take_back_referral")
        lines.append("take_back_complain")
        return Block(self.say("justice.take_back"), items=tuple(self.say(f"justice.{line}") for line in lines))
