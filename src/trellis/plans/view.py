"""A plan as one reader sees it, in one language. Terminal, Markdown, HTML and PDF all read this, and decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from trellis.account import LOCATOR, filters_in_groups, inside_of, reason_in_words, told_without_hour
from trellis.kinds.need import HelpLine, Urgent, lines_in_order
from trellis.kinds.text import Source, Text, Words
from trellis.library.knowledge import Knowledge
from trellis.plans.agreement import Agreed, agreed_before, agreed_to
from trellis.plans.check import Checked, check_plan
from trellis.plans.keep import entries, lines_on_paper
from trellis.plans.person import Agreement, Medication, Member
from trellis.plans.plan import (
    Evaluation,
    Goal,
    Intervention,
    KeptDanger,
    KeptLine,
    Plan,
    PlanAim,
    PlanConflict,
    PlanReason,
    PlanService,
    Transition,
)
from trellis.plans.roles import role_in
from trellis.plans.smart import Gap, find_gaps, is_about_use, wants_safety_plan
from trellis.plans.told import conflict_lines, notices, where
from trellis.say import Say

MARKS = {"secondary": "plan.seen_only", "memory": "plan.from_memory"}
HOURS_UP_TO = 48
GOALS_FIRST = 6
"""How many goals a page tells in full before it only names the rest, which follow in full further down."""


class Numbered(NamedTuple):
    """A sentence with the numbers of its sources in the list at the end."""

    text: str
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.text} [{', '.join(map(str, self.numbers))}]" if self.numbers else self.text


@dataclass(frozen=True)
class PlanView:
    """One plan for one reader: ``role`` is ``"person"`` or ``"clinician"``, ``lang`` ``"en"`` or ``"es"``.

    ``found``: what was found about the plan; worked out when left out. ``above``: dangers already told above the page.

    >>> import trellis
    >>> from datetime import date
    >>> from trellis.plans import make_plan
    >>> kb = trellis.load()
    >>> plan = make_plan(trellis.decide(kb, {"use.opioids": "severe"}, as_of=date(2026, 11, 24)))
    >>> view = PlanView(kb, plan, "en", "person")
    >>> view.day(plan.made_on), bool(view.sources)
    ('November 24, 2026', True)
    """

    kb: Knowledge
    plan: Plan
    lang: str
    role: str
    found: Checked | None = None
    above: frozenset[str] = frozenset()

    @cached_property
    def checked(self) -> Checked:
        """What was found about the plan."""
        return self.found or check_plan(self.kb, self.plan)

    @cached_property
    def say(self) -> Say:
        """The voice that speaks the reader's language."""
        return Say(self.lang)

    def text(self, text: Text | None) -> str:
        """Words in the reader's language."""
        return "" if text is None else text.in_language(self.lang)

    def words(self, words: Words) -> str:
        """Words for the reader."""
        return self.text(words.for_role(self.role))

    def day(self, day: date) -> str:
        """A date in words, so that nobody mistakes day and month."""
        return self.say.day(day)

    def join(self, names: Iterable[str]) -> str:
        """Names on one line."""
        return ", ".join(names)

    def named(self, kind: str, name: str) -> str:
        """What an entry is called. When the content has changed, as it was called when the plan was made."""
        kept = self.plan.kept.names.get(f"{kind}.{name}")
        if kept is not None and self.checked.other_knowledge:
            return self.text(kept)
        called = getattr(entries(self.kb, kind).get(name), "name", kept)
        return self.text(called) if isinstance(called, Text) else name

    def said(self, kind: str, name: str) -> str:
        """The sentence of a need or a sign. When the content has changed, as it was when the plan was made."""
        kept = self.plan.kept.says.get(f"{kind}.{name}")
        if kept is not None and self.checked.other_knowledge:
            return self.words(kept)
        entry = entries(self.kb, kind).get(name)
        words = getattr(entry, "because", None) or getattr(entry, "says", kept)
        return self.words(words) if isinstance(words, Words) else name

    def approach(self, name: str) -> str:
        """What an approach is called."""
        return self.named("approaches", name)

    def service(self, name: str) -> str:
        """What a service is called."""
        return self.named("services", name)

    def setting(self, name: str) -> str:
        """What a setting or add-on is called."""
        return self.named("settings", name)

    def package(self, name: str) -> str:
        """What a package is called."""
        places = (*self.plan.placing.now, *self.plan.placing.next, *self.plan.placing.most)
        of_plan = next((place.name for place in places if place.package == name), None)
        package = self.kb.packages.get(name)
        parts = package.parts if package else tuple(name.split("+"))
        if of_plan is not None and package is None:
            return self.text(of_plan)
        return " + ".join(self.setting(part) for part in parts)

    def texts(self, texts: Iterable[Text]) -> str:
        """Several wordings on one line, in the reader's language."""
        return "; ".join(self.text(one) for one in texts)

    def aims(self, aim: PlanAim) -> list[str]:
        """The aims of the list that a person's aim stands for."""
        return [self.named("aims", name) for name in aim.serves]

    def names(self, approaches: Iterable[str]) -> list[str]:
        """What several approaches are called."""
        return [self.approach(name) for name in approaches]

    def services(self, names: Iterable[str]) -> list[str]:
        """What several services are called."""
        return [self.service(name) for name in names]

    def settings(self, intervention: Intervention) -> list[str]:
        """Where an approach is given, among the recommended places."""
        return [self.setting(name) for name in intervention.where]

    def needs(self, names: Iterable[str]) -> list[str]:
        """Why several needs are ones."""
        return [self.need(name).rstrip(".") for name in names]

    def medication(self, medication: Medication) -> str:
        """A medication on one line: what, how much, what for, by whom, recorded when."""
        first = " ".join(part for part in (medication.name, medication.dose, medication.how_often) if part)
        first = first if medication.taken else self.say("plan.not_taken_now", medicine=first)
        day = "" if medication.recorded_on is None else self.day(medication.recorded_on)
        more = [part for part in (medication.for_what, medication.prescriber, day) if part]
        return f"{first} ({'; '.join(more)})" if more else first

    @cached_property
    def medications(self) -> tuple[str, ...]:
        """Every medication on its line."""
        return tuple(self.medication(one) for one in self.plan.medications)

    @cached_property
    def basis(self) -> str:
        """What the plan rests on: software, content, day of the answers."""
        basis = self.plan.basis
        known = {name: str(basis.get(name, "?")) for name in ("software", "knowledge", "as_of")}
        return self.say("plan.basis", digest=str(basis.get("digest", ""))[:12], **known)

    def need(self, name: str) -> str:
        """Why a need is one, in a sentence for the reader."""
        return self.said("needs", name)

    def measure(self, goal: Goal) -> str:
        """The instrument of a goal, or the team's own words for how it is measured."""
        instrument = self.kb.instruments.get(goal.measure)
        if instrument is None:
            return goal.measure if goal.own or not goal.measure else self.named("instruments", goal.measure)
        return instrument.short if self.role == "clinician" else f"{self.text(instrument.name)} ({instrument.short})"

    def counts(self, goal: Goal) -> str:
        """When a goal is met, by its own measure. A plan of before has today's words, where the goal is still there."""
        known = self.kb.goals.get(goal.id)
        return self.text(goal.counts or (known.met_when if known else None))

    def evaluator(self, name: str) -> str:
        """Who evaluates."""
        return self.named("evaluators", name)

    def within(self, evaluation: Evaluation) -> str:
        """Who must look, and how soon: in hours up to two days, then in days."""
        who, hours = self.evaluator(evaluation.by), evaluation.within_hours
        if hours <= HOURS_UP_TO:
            return self.say("plan.within", who=who, hours=hours)
        return self.say("plan.within_days", who=who, days=-(-hours // 24))

    @cached_property
    def about_use(self) -> bool:
        """Whether the part on a return to use belongs in this plan."""
        return is_about_use(self.kb, self.plan) or any(lines for _, lines in self.plan.return_to_use)

    @cached_property
    def wants_safety_plan(self) -> bool:
        """Whether the form of a safety plan belongs here: danger calls for it, or somebody began to fill it in."""
        return wants_safety_plan(self.kb, self.plan) or any(lines for _, lines in self.plan.safety_plan)

    @cached_property
    def danger_ids(self) -> tuple[str, ...]:
        """The dangers, the gravest first: as the answers give them, whatever the plan says, then what else it says."""
        return tuple(dict.fromkeys((*self.checked.urgent, *self.plan.urgent, *self.plan.on_record)))

    @cached_property
    def _dangers(self) -> dict[str, Urgent | KeptDanger]:
        # Help as it is today, where there is any: a line may have a new number.
        known = {name: self.kb.urgent.get(name) or self.plan.kept.dangers.get(name) for name in self.danger_ids}
        return {name: danger for name, danger in known.items() if danger is not None}

    @cached_property
    def urgent(self) -> tuple[Urgent | KeptDanger, ...]:
        """The dangers that are not told above the page, the gravest first."""
        return tuple(danger for name, danger in self._dangers.items() if name not in self.above)

    def danger(self, name: str) -> str:
        """What a danger is called."""
        known = self.kb.urgent.get(name) or self.plan.kept.dangers.get(name)
        return self.text(known.title) if known else name

    def urgent_lines(self, urgent: Urgent | KeptDanger) -> tuple[str, ...]:
        """What to do, for this reader."""
        if self.role == "clinician":
            return (self.text(urgent.clinician),)
        # Who is in jail or a hospital cannot go to an emergency room: the staff there are nearest.
        return (inside_of(self.checked.rec) or urgent).person.in_language(self.lang)

    @cached_property
    def help_lines(self) -> tuple[HelpLine | KeptLine, ...]:
        """Whom to reach: the lines of every danger there is, and always 911 and 988."""
        names = [*(name for danger in self._dangers.values() for name in danger.lines), *lines_on_paper(self.kb)]
        ordered = lines_in_order(dict.fromkeys(names), self.lang, self.kb.lines)
        known = (self.kb.lines.get(name) or self.plan.kept.lines.get(name) for name in ordered)
        return tuple(line for line in known if line is not None)

    @cached_property
    def step_up(self) -> tuple[str, ...]:
        """The signs that more care is needed."""
        return tuple(self.said("step_up", name) for name in self.plan.step_up)

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What to know before the plan is used: that it was edited by hand, or made with other content."""
        return notices(self)

    @cached_property
    def where(self) -> str:
        """Where, in sentences."""
        return where(self)

    @property
    def every_service(self) -> tuple[PlanService, ...]:
        """The services of the plan, and those of the version before that stay until their needs are ruled out."""
        return (*self.plan.services, *self.plan.services_kept)

    def conflict(self, conflict: PlanConflict) -> str:
        """A place that cannot be had, or is not wanted, in sentences."""
        return " ".join(conflict_lines(self, conflict))

    @cached_property
    def agreed(self) -> tuple[Agreement, ...]:
        """Who agreed to this version."""
        return agreed_to(self.plan)

    @cached_property
    def agreed_before(self) -> Agreed | None:
        """Who agreed to the latest earlier version that anybody agreed to."""
        return agreed_before(self.plan)

    def agreement(self, one: Agreement) -> str:
        """One agreement on a line: who, when, yes or no. Their words stand beside it."""
        says = self.say("plan.agrees" if one.agrees else "plan.disagrees")
        return f"{one.name}, {role_in(one.role, self.lang)}, {self.day(one.on)}: {says}"

    def role_of(self, member: Member) -> str:
        """What a member of the team does, in the reader's language where the role has a name of its own."""
        return role_in(member.role, self.lang)

    def spoken(self, one: Agreement) -> str:
        """One agreement on a line, with the person's own words."""
        return f"{self.agreement(one)} (“{one.words}”)" if one.words else self.agreement(one)

    @property
    def version_line(self) -> str:
        """Which version it is, when it was made, and when it is looked at again."""
        made_on, review_on = self.day(self.plan.made_on), self.day(self.plan.review_on)
        return self.say("plan.version", version=self.plan.version, made_on=made_on, review_on=review_on)

    @property
    def nobody(self) -> str:
        """That nobody has agreed: to the plan, or to this version of it."""
        return self.say("plan.nobody_agreed" if self.plan.version == 1 else "plan.nobody_agreed_version")

    def before_line(self, agreed: Agreed) -> str:
        """Which version the agreement below it is of."""
        return self.say("plan.agreed_before", version=agreed.version, made_on=self.day(agreed.made_on))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What the plan still lacks."""
        return find_gaps(self.kb, self.plan)

    @cached_property
    def because(self) -> tuple[Numbered, ...]:
        """Why this place: the reasons that hold it, or all of them where nothing is said of which do."""
        holds = self.plan.placing.holds
        return self.why(name for name in self.plan.placing.because if name in holds or not holds)

    @cached_property
    def also(self) -> tuple[Numbered, ...]:
        """What else the answers say. It holds nobody at this place, and has its goals and services in the plan."""
        holds = self.plan.placing.holds
        return self.why(name for name in self.plan.placing.because if holds and name not in holds)

    def why(self, names: Iterable[str]) -> tuple[Numbered, ...]:
        """Reasons in their order. Of one matter only the soonest time is told within which somebody looks."""
        silent = told_without_hour(self.kb, self.plan.placing.because)
        return tuple(
            Numbered(self.reason(name, hour=name not in silent), self._numbers(self._sources_of(name)))
            for name in names
        )

    @cached_property
    def goals_later(self) -> tuple[Goal, ...]:
        """Goals that come once the first are under way: beyond the first few, none that guards life or is their own."""
        known = self.kb.goals
        return tuple(
            goal
            for goal in self.plan.goals[GOALS_FIRST:]
            if not goal.own and not (goal.id in known and known[goal.id].protects)
        )

    @cached_property
    def goals_first(self) -> tuple[Goal, ...]:
        """The goals that are worked on now, in their order."""
        return tuple(goal for goal in self.plan.goals if goal not in self.goals_later)

    def number(self, goal: Goal) -> int:
        """The number of a goal, from 1."""
        return self.plan.goals.index(goal) + 1

    def has_already(self, one: Intervention) -> str:
        """What is said of a medicine that somebody has already."""
        key = "plan.has_already_clinician" if self.role == "clinician" else "plan.has_already"
        return self.say(key, medicine=one.taken)

    @cached_property
    def arranged(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The services in lines: what safety needs and is to be arranged, what else is, and what is there."""
        parts = {
            "plan.arrange_first": [one for one in self.every_service if one.gap and one.safety],
            "plan.arrange": [one for one in self.every_service if one.gap and not one.safety],
            "plan.arranged": [one for one in self.every_service if not one.gap],
        }
        return tuple((key, tuple(self.service(one.service) for one in found)) for key, found in parts.items() if found)

    def reason(self, name: str, *, hour: bool = True) -> str:
        """Why a need holds for this person: what was said that brought it, then what follows."""
        if self.checked.other_knowledge or name not in self.kb.needs:
            return self.need(name)
        return reason_in_words(self.checked.rec, name, role=self.role, lang=self.lang, hour=hour)

    @cached_property
    def finding(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What to choose on the page that searches for places, by the part of its search; for a person alone."""
        if self.role == "clinician" or self.checked.other_knowledge:
            return ()
        groups = filters_in_groups(self.checked.rec).items()
        return tuple(
            (
                self.say(f"finding.{group}"),
                tuple(self.say("finding.filter", label=one.label, says=self.text(one.says)) for one in filters),
            )
            for group, filters in groups
        )

    @cached_property
    def finding_title(self) -> str:
        """The heading above what to choose there."""
        return self.say("finding.title", name=LOCATOR)

    @cached_property
    def now(self) -> str:
        """The places recommended now, in one line."""
        return self.say.either([self.text(place.name) for place in self.plan.placing.now])

    @cached_property
    def next(self) -> str:
        """The places recommended next; empty when they are the same as now."""
        same = [p.package for p in self.plan.placing.now] == [p.package for p in self.plan.placing.next]
        return "" if same else self.say.either([self.text(place.name) for place in self.plan.placing.next])

    @cached_property
    def most(self) -> str:
        """The most that is still open; empty when it is settled."""
        return self.say.either([self.text(place.name) for place in self.plan.placing.most])

    @cached_property
    def step_down(self) -> tuple[Transition, ...]:
        """Ways to less care. Of two that wait for the same, only the one that leads further."""
        further = {self.waits_for(way): way for way in self.plan.step_down}
        return tuple(way for way in self.plan.step_down if further[self.waits_for(way)] is way)

    def waits_for(self, way: Transition) -> tuple[str, ...]:
        """What a step down waits for: milestones, else whole goals, in their words, and needs that belong to no goal.

        A milestone stands where the way does not wait for the whole goal: nobody is held for more than is needed.
        """
        goals = [goal for name in way.goals if (goal := self.plan.goal(name)) is not None]
        held = {need for goal in goals for need in goal.needs}
        lines = [line for goal in goals for line in self._towards(goal, set(way.needs))]
        lines += [self.say("plan.need_cleared", need=self.need(name)) for name in way.needs if name not in held]
        return tuple(lines)

    def _towards(self, goal: Goal, needs: set[str]) -> list[str]:
        """What a goal gives towards a step down. The milestones of a goal that is worked on within it count as well."""
        lent = [known for known in self.kb.goals.values() if set(known.needs) & set(goal.needs)]
        stones = [stone for known in lent for stone in known.milestones if needs & set(stone.needs)]
        covered = {need for stone in stones for need in stone.needs}
        if needs & set(goal.needs) <= covered:
            return [self.words(stone.says) for stone in stones]
        return [self.say("plan.goal_met", goal=self.words(goal.goal))]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source one can open behind a reason or a caution, numbered from 1 by first use."""
        holds, told = self.plan.placing.holds, self.plan.placing.because
        ordered = sorted(told, key=lambda need: need not in holds)
        names = [name for need in ordered for name in self._sources_of(need)]
        names += [name for elsewhere in self.plan.ahead for name in elsewhere.why.sources]
        for one in self.plan.interventions:
            names += [name for reason in (*one.why, *one.cautions) for name in reason.sources]
        known = (self.kb.sources[name] for name in dict.fromkeys(names) if name in self.kb.sources)
        return tuple(source for source in known if source.link)

    def _sources_of(self, need: str) -> list[str]:
        return [ref.ref for ref in self.kb.needs[need].sources] if need in self.kb.needs else []

    @cached_property
    def _number(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self.sources, 1)}

    def _numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self._number[name] for name in names if name in self._number}))

    def reasons(self, reasons: Iterable[PlanReason]) -> tuple[Numbered, ...]:
        """Reasons for the reader, each once, with the numbers of their sources."""
        found = {self.words(reason.words): self._numbers(reason.sources) for reason in reasons}
        return tuple(Numbered(text, numbers) for text, numbers in found.items())

    def source_line(self, source: Source) -> str:
        """A source in one line, with a mark where it was not seen itself."""
        mark = f" [{self.say(MARKS[source.verified])}]" if source.verified in MARKS else ""
        return f"{source.cite()}{mark}"
