"""A plan as one reader sees it, in one language. Terminal, Markdown, HTML and PDF all read this, and decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from trellis.evidence.statement import Statement, statement
from trellis.evidence.words import statement_lines
from trellis.model.knowledge import Knowledge
from trellis.model.need import HelpLine, Urgent
from trellis.model.text import Source, Text, Words
from trellis.plans.person import Medication
from trellis.plans.plan import Aim, Evaluation, Goal, Intervention, Plan, Reason, Transition
from trellis.plans.smart import Gap, find_gaps, is_about_use
from trellis.plans.words import plan_words

MONTHS = (
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
)
MARKS = {"secondary": "seen_only", "memory": "from_memory"}
DANGER_LINES = ("line_911", "line_988")
HOURS_UP_TO = 48


class Cited(NamedTuple):
    """A sentence with the numbers of its sources in the list at the end."""

    text: str
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.text} [{', '.join(map(str, self.numbers))}]" if self.numbers else self.text


@dataclass(frozen=True)
class Shown:
    """A statement of evidence as lines, with the numbers of its sources in the list at the end."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    statement: Statement


@dataclass(frozen=True)
class PlanView:
    """One plan for one reader: ``role`` is ``"person"`` or ``"clinician"``, ``lang`` ``"en"`` or ``"es"``.

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

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the page."""
        return plan_words(key, self.lang, **slots)

    def text(self, text: Text | None) -> str:
        """Words in the reader's language."""
        return "" if text is None else text.in_language(self.lang)

    def words(self, words: Words) -> str:
        """Words for the reader."""
        return self.text(words.for_role(self.role))

    def day(self, day: date) -> str:
        """A date in words, so that nobody mistakes day and month."""
        name = MONTHS[day.month - 1][1 if self.lang == "es" else 0]
        return f"{day.day} de {name} de {day.year}" if self.lang == "es" else f"{name} {day.day}, {day.year}"

    def join(self, names: Iterable[str]) -> str:
        """Names on one line."""
        return ", ".join(names)

    def approach(self, name: str) -> str:
        """What an approach is called."""
        return self.text(self.kb.approaches[name].name)

    def service(self, name: str) -> str:
        """What a service is called."""
        return self.text(self.kb.services[name].name)

    def setting(self, name: str) -> str:
        """What a setting or add-on is called."""
        return self.text(self.kb.place(name).name)

    def aim(self, name: str) -> str:
        """What an aim of the list is called."""
        return self.text(self.kb.aims[name].name)

    def aims(self, aim: Aim) -> list[str]:
        """The aims of the list that a person's aim stands for."""
        return [self.aim(name) for name in aim.serves if name in self.kb.aims]

    def names(self, approaches: Iterable[str]) -> list[str]:
        """What several approaches are called."""
        return [self.approach(name) for name in approaches if name in self.kb.approaches]

    def services(self, names: Iterable[str]) -> list[str]:
        """What several services are called."""
        return [self.service(name) for name in names if name in self.kb.services]

    def settings(self, intervention: Intervention) -> list[str]:
        """Where an approach is given, among the recommended places."""
        return [self.setting(name) for name in intervention.where]

    def needs(self, names: Iterable[str]) -> list[str]:
        """Why several needs are ones."""
        return [self.need(name).rstrip(".") for name in names if name in self.kb.needs]

    def medication(self, medication: Medication) -> str:
        """A medication on one line: what, how much, what for, by whom, recorded when."""
        first = " ".join(part for part in (medication.name, medication.dose, medication.how_often) if part)
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
        return self.say("basis", digest=str(basis.get("digest", ""))[:12], **known)

    def need(self, name: str) -> str:
        """Why a need is one, in a sentence for the reader."""
        return self.words(self.kb.needs[name].because)

    def measure(self, goal: Goal) -> str:
        """The instrument of a goal, or the team's own words for how it is measured."""
        instrument = self.kb.instruments.get(goal.measure)
        if instrument is None:
            return goal.measure
        return instrument.short if self.role == "clinician" else f"{self.text(instrument.name)} ({instrument.short})"

    def evaluator(self, name: str) -> str:
        """Who evaluates."""
        return self.text(self.kb.evaluators[name].name)

    def within(self, evaluation: Evaluation) -> str:
        """Who must look, and how soon: in hours up to two days, then in days."""
        who, hours = self.evaluator(evaluation.by), evaluation.within_hours
        if hours <= HOURS_UP_TO:
            return self.say("within", who=who, hours=hours)
        return self.say("within_days", who=who, days=-(-hours // 24))

    @cached_property
    def about_use(self) -> bool:
        """Whether the part on a return to use belongs in this plan."""
        return is_about_use(self.plan) or any(lines for _, lines in self.plan.return_to_use)

    @cached_property
    def urgent(self) -> tuple[Urgent, ...]:
        """The dangers, the gravest first."""
        return tuple(self.kb.urgent[name] for name in self.plan.urgent if name in self.kb.urgent)

    def urgent_lines(self, urgent: Urgent) -> tuple[str, ...]:
        """What to do, for this reader."""
        if self.role == "clinician":
            return (self.text(urgent.clinician),)
        return urgent.person.in_language(self.lang)

    @cached_property
    def help_lines(self) -> tuple[HelpLine, ...]:
        """Whom to reach: the lines of every danger there is, and always 911 and 988."""
        names = [*(name for urgent in self.urgent for name in urgent.lines), *DANGER_LINES]
        return tuple(self.kb.lines[name] for name in dict.fromkeys(names) if name in self.kb.lines)

    @cached_property
    def step_up(self) -> tuple[str, ...]:
        """The signs that more care is needed."""
        return tuple(self.words(self.kb.step_up[name].says) for name in self.plan.step_up if name in self.kb.step_up)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What the plan still lacks."""
        return find_gaps(self.plan)

    @cached_property
    def because(self) -> tuple[Cited, ...]:
        """Why this place: the words of the needs that ask for it."""
        return tuple(
            Cited(self.need(name), self._numbers(ref.ref for ref in self.kb.needs[name].sources))
            for name in self.plan.placing.because
        )

    @cached_property
    def now(self) -> str:
        """The places recommended now, in one line."""
        return self._either([self.text(place.name) for place in self.plan.placing.now])

    @cached_property
    def next(self) -> str:
        """The places recommended next; empty when they are the same as now."""
        same = [p.package for p in self.plan.placing.now] == [p.package for p in self.plan.placing.next]
        return "" if same else self._either([self.text(place.name) for place in self.plan.placing.next])

    @cached_property
    def most(self) -> str:
        """The most that is still open; empty when it is settled."""
        return self._either([self.text(place.name) for place in self.plan.placing.most])

    def _either(self, names: Sequence[str]) -> str:
        return (" o " if self.lang == "es" else " or ").join(names)

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
        lines += [self.say("need_cleared", need=self.need(name)) for name in way.needs if name not in held]
        return tuple(lines)

    def _towards(self, goal: Goal, needs: set[str]) -> list[str]:
        whole = [self.say("goal_met", goal=self.words(goal.goal))]
        known = self.kb.goals.get(goal.id)
        stones = [stone for stone in known.milestones if needs & set(stone.needs)] if known else []
        covered = {need for stone in stones for need in stone.needs}
        return [self.words(stone.says) for stone in stones] if needs & set(goal.needs) <= covered else whole

    def outline(self, condition: Text) -> tuple[tuple[int, str], ...]:
        """The lines of a condition, each with its depth."""
        lines = self.text(condition).splitlines()
        return tuple(((len(line) - len(line.lstrip())) // 2, line.strip()) for line in lines)

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        names = [name for intervention in self.plan.interventions for name in intervention.evidence]
        known = [name for name in dict.fromkeys(names) if name in self.kb.summaries]
        return {name: statement(self.kb, self.kb.summaries[name]) for name in known}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source one can open behind a reason, a method or a finding, numbered from 1 by first use."""
        names = [ref.ref for need in self.plan.placing.because for ref in self.kb.needs[need].sources]
        for one in self.plan.interventions:
            names += [name for reason in (*one.why, *one.cautions) for name in reason.sources]
            names += one.method_sources
            shown = (self._statements[name] for name in one.evidence if name in self._statements)
            names += [source.id for statement in shown for source in statement.sources]
        known = (self.kb.sources[name] for name in dict.fromkeys(names) if name in self.kb.sources)
        return tuple(source for source in known if source.link)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self.sources, 1)}

    def _numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self._number[name] for name in names if name in self._number}))

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Cited, ...]:
        """Reasons for the reader, each once, with the numbers of their sources."""
        found = {self.words(reason.words): self._numbers(reason.sources) for reason in reasons}
        return tuple(Cited(text, numbers) for text, numbers in found.items())

    def method_numbers(self, intervention: Intervention) -> tuple[int, ...]:
        """The numbers of the sources behind how an approach is done."""
        return self._numbers(intervention.method_sources)

    def evidence(self, intervention: Intervention) -> tuple[Shown, ...]:
        """What studies found for an approach in this plan, each sentence with the numbers of its sources."""
        shown = []
        for name in intervention.evidence:
            one = self._statements.get(name)
            if one is not None:
                numbers = self._numbers(source.id for source in one.sources)
                shown.append(Shown(tuple(statement_lines(one, self.lang, role=self.role)), numbers, one))
        return tuple(shown)

    def source_line(self, source: Source) -> str:
        """A source in one line, with a mark where it was not seen itself."""
        mark = f" [{self.say(MARKS[source.verified])}]" if source.verified in MARKS else ""
        return f"{source.cite()}{mark}"
