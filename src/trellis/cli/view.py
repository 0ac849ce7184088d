"""What every view of a recommendation shares: names for places, axes, services and answers, for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from trellis.account import Account, Reason, account_of, inside_of, reason_in_words
from trellis.cli.terminal import Terminal
from trellis.decide import Recommendation
from trellis.decide.views import FactView, Shortfall
from trellis.kinds.text import Text
from trellis.kinds.told_first import Inside
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital
from trellis.say import Say
from trellis.say.outline import requirement_lines

FEW = 6
"""More open needs than this are counted rather than named."""


def may_be_danger(kb: Knowledge, name: str) -> bool:
    """Whether an answer to a fact can tell of danger."""
    return name in kb.facts and kb.facts[name].danger_rank is not None


@dataclass(frozen=True)
class View:
    """One recommendation as one reader sees it."""

    rec: Recommendation
    say: Say
    term: Terminal
    role: str

    @property
    def kb(self) -> Knowledge:
        """The knowledge that decided."""
        return self.rec.kb

    @property
    def lang(self) -> str:
        """The language."""
        return self.say.lang

    @cached_property
    def account(self) -> Account:
        """What is said of the result to this reader, in its order."""
        return account_of(self.rec, audience="clinician" if self.role == "clinician" else "person")

    @cached_property
    def here(self) -> Inside | None:
        """The place with staff at hand that the person is in now, such as a jail."""
        return inside_of(self.rec)

    @property
    def danger_left_open(self) -> tuple[str, ...]:
        """What could tell of danger and was left open, while no danger is known; see :class:`Account`."""
        return self.account.danger_left_open

    def reason(self, reason: Reason) -> str:
        """A reason in words."""
        return self.need(reason.need, hour=reason.hour)

    def need(self, name: str, *, hour: bool = True) -> str:
        """Why a need holds, in words: what was said that brought it, then what follows."""
        return reason_in_words(self.rec, name, role=self.role, lang=self.lang, hour=hour)

    def words(self, text: Text) -> str:
        """A text of the knowledge."""
        return text.in_language(self.lang)

    def part(self, name: str) -> str:
        """What a setting, add-on or response is called in the person's context."""
        return capital(self.kb.unit_name(name, self.rec.context, self.lang))

    def package(self, name: str) -> str:
        """What a package is called: its setting and what is joined to it."""
        first, *rest = name.split("+")
        if not rest:
            return self.part(first)
        more = self.say.join(self.kb.unit_name(part, self.rec.context, self.lang) for part in rest)
        return self.say("result.joined_places", first=self.part(first), more=more)

    def packages(self, names: Iterable[str]) -> str:
        """Several packages in a sentence."""
        return self.say.join(self.package(name) for name in names)

    def rows(self, requirement: tuple[tuple[str, str], ...]) -> str:
        """A requirement in one line."""
        return "; ".join(requirement_lines(self.kb, requirement, self.lang))

    def axis(self, name: str) -> str:
        """The name of an axis."""
        return self.words(self.kb.axes[name].name)

    def step(self, axis: str, step: str) -> str:
        """The name of a step of an axis."""
        entry = self.kb.axes[axis]
        return self.words(entry.steps[entry.rank_of(step)].name)

    def told(self, axis: str, step: str) -> str:
        """What somebody gets on an axis, in a sentence."""
        entry = self.kb.axes[axis]
        found = entry.steps[entry.rank_of(step)]
        return self.words(found.told or found.definition)

    def lacks(self, rows: Iterable[Shortfall]) -> list[str]:
        """What a place gives less of than was asked for, a line each: whole sentences, for a clinician by axis."""
        several = list(rows)
        certain, maybe = [r for r in several if r.certain], [r for r in several if not r.certain]
        if self.role == "clinician":
            lines = [self.say("result.lacks", rows=self._by_axis(certain))] if certain else []
            return [*lines, self.say("result.lacks_maybe", rows=self._by_axis(maybe))] if maybe else lines
        lines = [
            self.say("ways.short", given=self.told(r.axis, r.given), asked=self.told(r.axis, r.asked)) for r in certain
        ]
        asked = " ".join(self.told(r.axis, r.asked) for r in maybe)
        return [*lines, self.say("ways.short_open", sentences=asked)] if maybe else lines

    def _by_axis(self, rows: Iterable[Shortfall]) -> str:
        return "; ".join(
            self.say(
                "result.lack_row",
                axis=self.axis(r.axis),
                asked=self.step(r.axis, r.asked),
                given=self.step(r.axis, r.given),
            )
            for r in rows
        )

    def services(self, names: Iterable[str]) -> str:
        """Services in a sentence."""
        return self.say.join(self.words(self.kb.services[name].name) for name in names)

    @cached_property
    def inside(self) -> Inside | None:
        """The place that the person is in, whose staff are nearest; None elsewhere, and for a clinician."""
        return None if self.role == "clinician" else self.here

    def evaluator(self, name: str) -> str:
        """Who looks: the staff where somebody is, in the place of those of an emergency room."""
        who = self.kb.evaluators[name]
        if self.inside is not None and who.emergency:
            return self.words(self.inside.staff.for_role(self.role))
        return self.words(who.name)

    def looks(self, name: str) -> str:
        """What they do."""
        who = self.kb.evaluators[name]
        if self.inside is not None and who.emergency:
            return self.words(self.inside.looks.for_role(self.role))
        return self.words(who.what)

    def question(self, fact: str) -> str:
        """A fact's question, as this reader is asked it."""
        return self.words(self.kb.facts[fact].question.for_role(self.role))

    def value(self, view: FactView) -> str:
        """A fact's value in words; a range while it is open."""
        scale = {step.id: step.in_language(self.lang) for step in self.kb.facts[view.id].scale}
        if view.known:
            return self.say("basis.fact_value", value=scale[view.best])
        return self.say("basis.fact_range", best=scale[view.best], worst=scale[view.worst])

    def context(self) -> str:
        """The person's context in words."""
        if self.rec.context is None:
            return self.say("clinician.context_open")
        rows = []
        for name, value in self.rec.context.items():
            labels = {step.id: step.in_language(self.lang) for step in self.kb.factors[name].values}
            rows.append(self.say("clinician.factor", factor=name, value=labels[value]))
        return self.say("clinician.context", context="; ".join(rows))

    def names(self) -> dict[str, str]:
        """What the ids of a result are called: packages, responses, services, evaluators."""
        rec = self.rec
        placed = [p for p in (rec.now, rec.next, rec.least.now, rec.least.next, rec.most.now, rec.most.next) if p]
        packages = dict.fromkeys([*(name for one in placed for name in one.ids), *rec.between.now, *rec.between.next])
        named = {name: self.package(name) for name in packages}
        named |= {name: self.part(name) for name in (rec.hold.responses if rec.hold else ())}
        named |= {one.id: self.words(self.kb.services[one.id].name) for one in rec.services}
        return named | {look.by: self.evaluator(look.by) for look in rec.evaluate}

    def need_names(self, needs: Sequence[str]) -> str:
        """The ids of needs; how many there are when they are many."""
        return ", ".join(needs) if len(needs) <= FEW else self.say("basis.many_needs", count=len(needs))

    def review(self) -> str:
        """The line on the review status, and on content of a site that decided in place of what ships."""
        line = self.say.review(self.rec.review, self.role)
        given = self.rec.provenance
        return f"{line} {self.say('result.site_content', version=given.instead_of)}" if given.instead_of else line
