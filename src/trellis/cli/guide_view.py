"""What somebody kept in the guide, in words: their answers, what matters to them, what they want to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.cli import panel
from trellis.cli.terminal import Terminal
from trellis.decide import Recommendation, decide
from trellis.decide.parsing import DECLINED, NOT_KNOWN
from trellis.guide.keep import OTHER, KeptAnswers
from trellis.guide.kept_answers import ReadAnswers, readable_answers
from trellis.guide.next_data import short_names
from trellis.kinds.fact import ContextFactor, Fact, Input
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital, topic_title
from trellis.say import Say
from trellis.say.outline import fact_label


@dataclass(frozen=True)
class KeptView:
    """What was kept, as far as this knowledge can read it.

    Args:
        answers: each with its source and day.
        left: names of what could not be read.
        rec: what is decided for the answers; it tells of danger.
    """

    kb: Knowledge
    kept: KeptAnswers
    say: Say
    term: Terminal
    answers: ReadAnswers
    matters: dict[str, int]
    aims: list[str]
    approaches: list[str]
    compare: list[str]
    left: list[str]
    rec: Recommendation

    @classmethod
    def of(cls, kb: Knowledge, kept: KeptAnswers, *, as_of: date, say: Say, term: Terminal) -> KeptView:
        """Sort what was kept into what this knowledge knows and what it does not."""
        answers, left = readable_answers(kb, kept, as_of)
        places = [*kb.settings, *kb.add_ons, *kb.responses, *kb.packages]

        def known(names: Iterable[str], among: Iterable[str]) -> list[str]:
            there = set(among)
            left.extend(name for name in names if name not in there and name not in left)
            return [name for name in names if name in there]

        return cls(
            kb,
            kept,
            say,
            term,
            answers,
            {name: kept.matters[name] for name in known(kept.matters, kb.values)},
            known(kept.aims, kb.aims),
            known(kept.approaches, kb.approaches),
            known(kept.compare, places),
            left,
            decide(kb, answers, as_of=as_of),
        )

    @property
    def questions(self) -> list[str]:
        """The questions on the list."""
        return [one.text for one in self.kept.questions if one.on and one.text.strip()]

    @property
    def own(self) -> list[str]:
        """The person's own words."""
        return [line for line in self.kept.own if line.strip()]

    def is_private(self, name: str) -> bool:
        """Whether it was asked only after "is it safe to answer here?"."""
        return name in self.kb.facts and self.kb.facts[name].private is not None

    def words(self, text: Text) -> str:
        """A text of the knowledge."""
        return text.in_language(self.say.lang)

    @property
    def from_other(self) -> bool:
        """Whether somebody answered who cares about the person."""
        return self.kept.source == OTHER

    def asked(self, name: str) -> str:
        """The question as it was asked."""
        question = self._entry(name).question
        return self.words((question.loved_one if self.from_other else None) or question.person)

    def about(self, name: str) -> str:
        """What an answer is about, in a few words; the question where there are none."""
        if name in short_names():
            return self.words(short_names()[name])
        return fact_label(self.kb.facts[name], self.say.lang) if name in self.kb.facts else self.asked(name)

    def _entry(self, name: str) -> Fact | ContextFactor | Input:
        facts, factors, inputs = self.kb.facts, self.kb.factors, self.kb.inputs
        return facts[name] if name in facts else factors[name] if name in factors else inputs[name]

    def value(self, name: str, answer: dict[str, Any]) -> str:
        """An answer in words."""
        value = answer["value"]
        if value in (NOT_KNOWN, DECLINED):
            return self.say("kept.not_known" if value == NOT_KNOWN else "kept.declined")
        entry = self._entry(name)
        if isinstance(entry, Input):
            said = f"{value:g} {entry.unit}".strip()
        else:
            steps = entry.scale if isinstance(entry, Fact) else entry.values
            step = next(step for step in steps if step.id == value)
            said = ((step.loved_one if self.from_other else None) or step).in_language(self.say.lang)
        frame = "kept.at_least" if answer.get("at_least") else "kept.at_most" if answer.get("at_most") else ""
        return self.say(frame, value=said) if frame else said

    def place(self, name: str) -> str:
        """What a setting or package is called."""
        return " + ".join(capital(self.kb.unit_name(part, self.rec.context, self.say.lang)) for part in name.split("+"))

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        kept = self.kept
        about: dict[str, Any] = {
            "date": kept.date.isoformat(),
            "whom": kept.whom,
            "lang": kept.lang,
            "source": kept.source,
        }
        about |= {"knowledge": kept.version, "digest": kept.digest, "same_knowledge": kept.digest == self.kb.digest}
        return {
            "urgent": [one.id for one in self.rec.urgent],
            "kept": about,
            "answers": self.answers,
            "matters": self.matters,
            "aims": self.aims,
            "approaches": self.approaches,
            "compare": self.compare,
            "questions": self.questions,
            "own": self.own,
            "left": self.left,
            "review": self.say.review(self.rec.review, "clinician"),
        }


def show(view: KeptView, *, full: bool) -> None:
    """Everything that was kept, danger first; ``full``: with every question as it was asked."""
    say, term, kept = view.say, view.term, view.kept
    panel.show(view.kb, view.rec.urgent, say, term, "clinician")
    term.heading(say("kept.title"))
    term.text(say("kept.by_other" if view.from_other else "kept.by_self", date=kept.date.isoformat()))
    if kept.digest != view.kb.digest:
        term.text(say("kept.other_knowledge", version=kept.version, own=view.kb.version))
    if any(view.is_private(name) for name in view.answers):
        term.text(say("kept.private_first"), style="bold")
    _answers(view, full=full)
    _listed(view, "kept.aims", (view.words(view.kb.aims[name].name) for name in view.aims))
    rated = sorted(view.matters.items(), key=lambda pair: -pair[1])
    names = {name: view.words(view.kb.values[name].name) for name, _ in rated}
    _listed(view, "kept.matters", (say("kept.matters_row", rating=n, name=names[name]) for name, n in rated))
    _listed(view, "kept.approaches", (view.words(view.kb.approaches[name].name) for name in view.approaches))
    _listed(view, "kept.compare", (view.place(name) for name in view.compare))
    _listed(view, "kept.questions", view.questions)
    _listed(view, "kept.own", view.own)
    _listed(view, "kept.left", view.left)
    term.line()


def _listed(view: KeptView, title: str, texts: Iterable[str]) -> None:
    several = list(texts)
    if several:
        view.term.subheading(view.say(title))
        view.term.bullets(several)


def _answers(view: KeptView, *, full: bool) -> None:
    """Answers by topic, in the order in which they are asked; what was said in private comes last."""
    say = view.say
    if not view.answers:
        view.term.text(say("kept.answers_none"))
    for title, names in _by_topic(view).items():
        if names:
            view.term.subheading(title)
        for name in names:
            _answer(view, name, full=full)


def _by_topic(view: KeptView) -> dict[str, list[str]]:
    kb, say = view.kb, view.say
    facts = [name for name in kb.facts if name in view.answers]
    found = {say("kept.answers_about"): [name for name in (*kb.factors, *kb.inputs) if name in view.answers]}
    for domain in sorted({kb.facts[name].domain for name in facts}, key=lambda one: _place(kb, one)):
        here = [name for name in facts if kb.facts[name].domain == domain and not view.is_private(name)]
        # Some domains share a title.
        found.setdefault(topic_title(kb, domain, say.lang), []).extend(here)
    return found | {say("kept.private_title"): [name for name in facts if view.is_private(name)]}


def _place(kb: Knowledge, domain: str) -> tuple[int, str]:
    topics = list(kb.topics)
    return (topics.index(domain) if domain in topics else len(topics), domain)


def _answer(view: KeptView, name: str, *, full: bool) -> None:
    """One answer: what it is about and what was said; the day where it is another than that of the file."""
    say, term = view.say, view.term
    for answer in view.answers[name]:
        value, day = view.value(name, answer), answer["date"]
        frame = "kept.row" if day == view.kept.date.isoformat() else "kept.row_day"
        term.text(say(frame, about=view.about(name), value=value, id=name, date=day), indent="- ", hanging="  ")
    if full:
        term.text(say("kept.asked", question=view.asked(name)), indent="  ", hanging="  ")
