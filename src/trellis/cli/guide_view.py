"""What somebody kept in the guide, in words: their answers, what matters to them, what they want to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.account import inside_of
from trellis.cli import panel
from trellis.cli.terminal import Terminal
from trellis.decide import Recommendation, decide
from trellis.decide.parsing import DECLINED, NOT_KNOWN
from trellis.guide.keep import OTHER, AnswerGiven, KeptAnswers
from trellis.guide.kept_answers import ReadAnswers, readable_answers
from trellis.kinds.fact import ContextFactor, Fact, Input
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.library.titles import capital, topic_title
from trellis.say import Say
from trellis.say.outline import fact_label
from trellis.say.short_names import short_names

CONCERNS = "concerns"
"""The list in the record on which somebody said what worries them most."""


@dataclass(frozen=True)
class KeptView:
    """What was kept, as far as this knowledge can read it.

    Args:
        answers: each with its source and day.
        left: names of what could not be read.
        concerns: what worries them most.
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
    concerns: list[str]
    rec: Recommendation
    as_of: date

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
            known(kept.concerns, kb.of("concerns")),
            decide(kb, answers, as_of=as_of),
            as_of,
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
        """An answer in words, where no more is known than the answer."""
        value = answer["value"]
        if value in (NOT_KNOWN, DECLINED):
            return self.say("kept.not_known" if value == NOT_KNOWN else "kept.declined")
        entry = self._entry(name)
        if isinstance(entry, Input):
            said = f"{value:g} {entry.unit}".strip()
        else:
            said = self._step(entry, value)
        frame = "kept.at_least" if answer.get("at_least") else "kept.at_most" if answer.get("at_most") else ""
        if frame == "kept.at_most" and isinstance(entry, Fact) and entry.kind == "score":
            frame = "kept.at_most_score"
        return self.say(frame, value=said) if frame else said

    def _step(self, entry: Fact | ContextFactor, value: str) -> str:
        steps = entry.scale if isinstance(entry, Fact) else entry.values
        step = next(step for step in steps if step.id == value)
        return ((step.loved_one if self.from_other else None) or step).in_language(self.say.lang)

    def told(self, name: str, answer: dict[str, Any]) -> AnswerGiven | None:
        """How an answer was given; None where nothing is known of it, as in what an earlier version kept."""
        given = (name, answer["value"], answer.get("at_least", False), answer.get("at_most", False), answer["date"])
        for one in reversed(self.kept.told):
            # No answer is of a later day than today, whatever the clock of the telephone said.
            day = min(one.date or self.kept.date, self.as_of).isoformat()
            if given == (one.of, one.value, one.at_least, one.at_most, day):
                return one
        return None

    def as_read(self, one: AnswerGiven) -> tuple[str, str]:
        """The question and the line of a record.

        In this language where the knowledge is the one it was answered with; else as they were read, if the file says.
        """
        if one.asked and one.said and self.kept.digest != self.kb.digest:
            return one.asked, one.said
        if one.list == CONCERNS:
            said = [name for name in self.concerns if one.of in self.kb.of("concerns")[name].tells]
            return self.say("kept.concerns_asked"), "; ".join(map(self.concern, said))
        screen = self.kb.screens.get(one.list)
        for item in screen.checklist if screen else ():
            if item.fact == one.of and screen is not None and screen.prompt is not None:
                prompt, other = screen.prompt, item.loved_one if self.from_other else None
                asked = (prompt.loved_one if self.from_other else None) or prompt.person
                return self.words(asked), self.words(other or item.label)
        answer = {"value": one.value, "at_least": one.at_least, "at_most": one.at_most}
        return self.asked(one.of), self.value(one.of, answer)

    def concern(self, name: str) -> str:
        """What worries somebody most, in the words that were read."""
        return self.words(self.kb.of("concerns")[name].title.for_role("loved_one" if self.from_other else "person"))

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
            "told": [self._told_json(name, answer) for name, given in self.answers.items() for answer in given],
            "concerns": self.concerns,
            "short": kept.short,
            "matters": self.matters,
            "aims": self.aims,
            "approaches": self.approaches,
            "compare": self.compare,
            "questions": self.questions,
            "own": self.own,
            "left": self.left,
            "review": self.say.review(self.rec.review, "clinician"),
        }

    def _told_json(self, name: str, answer: dict[str, Any]) -> dict[str, Any]:
        told = self.told(name, answer)
        if told is None:
            return {"of": name, "known": False}
        asked, said = self.as_read(told)
        return {"of": name, "list": told.list, "asked": asked, "line": said, "chosen": told.chosen}


def show(view: KeptView, *, full: bool) -> None:
    """Everything that was kept, danger first; ``full``: with every question as it was read."""
    say, term, kept = view.say, view.term, view.kept
    panel.show(view.kb, view.rec.urgent, say, term, "clinician", inside_of(view.rec))
    term.heading(say("kept.title"))
    term.text(say("kept.by_other" if view.from_other else "kept.by_self", date=kept.date.isoformat()))
    if kept.digest != view.kb.digest:
        term.text(say("kept.other_knowledge", version=kept.version, own=view.kb.version))
    if any(view.is_private(name) for name in view.answers):
        term.text(say("kept.private_first"), style="bold")
    _answers(view, full=full)
    _listed(view, "kept.concerns", map(view.concern, view.concerns))
    if kept.short:
        term.text(say("kept.short"))
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
        _topic(view, names, full=full)


def _by_topic(view: KeptView) -> dict[str, list[str]]:
    kb, say = view.kb, view.say
    facts = [name for name in kb.facts if name in view.answers]
    found = {say("kept.answers_about"): [name for name in (*kb.factors, *kb.inputs) if name in view.answers]}
    open_ones = [name for name in facts if not view.is_private(name)]
    where = {name: _domain(view, name) for name in open_ones}
    for domain in sorted(set(where.values()), key=lambda one: _place(kb, one)):
        title = topic_title(kb, domain, say.lang) if domain else say("kept.answers_several")
        # Some domains share a title.
        found.setdefault(title, []).extend(name for name in open_ones if where[name] == domain)
    return found | {say("kept.private_title"): [name for name in facts if view.is_private(name)]}


def _domain(view: KeptView, name: str) -> str:
    """Where an answer stands: that of its list, so that a list stays whole; empty for a list on several topics."""
    kb = view.kb
    told = next((one for answer in view.answers[name] if (one := view.told(name, answer))), None)
    screen = kb.screens.get(told.list) if told is not None else None
    if screen is None:
        return kb.facts[name].domain
    domains = {kb.facts[item.fact].domain for item in screen.checklist}
    return domains.pop() if len(domains) == 1 else ""


def _place(kb: Knowledge, domain: str) -> tuple[int, str]:
    topics = list(kb.topics)
    return (-1 if not domain else topics.index(domain) if domain in topics else len(topics), domain)


def _topic(view: KeptView, names: list[str], *, full: bool) -> None:
    """The answers of one topic: questions of their own, then lists, each with its lines and what was chosen of them."""
    for name in names:
        _alone(view, name, full=full)
    for title, lines in _lists(view, names).items():
        view.term.text(title, indent="- ", hanging="  ")
        for frame, said in lines.items():
            view.term.text(view.say(frame), indent="  ", hanging="  ")
            view.term.bullets(said, indent="    ")


def _alone(view: KeptView, name: str, *, full: bool) -> None:
    """What was answered by itself: what it is about and what was said; the day where it is another than the file's."""
    say, term = view.say, view.term
    for answer in view.answers[name]:
        told, day = view.told(name, answer), answer["date"]
        if told is not None and told.list:
            continue
        value = view.as_read(told)[1] if told else view.value(name, answer)
        frame = "kept.row" if day == view.kept.date.isoformat() else "kept.row_day"
        term.text(say(frame, about=view.about(name), value=value, id=name, date=day), indent="- ", hanging="  ")
        if full and told is not None:
            term.text(say("kept.asked", question=view.as_read(told)[0]), indent="  ", hanging="  ")
    if full and all(view.told(name, answer) is None for answer in view.answers[name]):
        term.text(say("kept.asked_perhaps", question=view.asked(name)), indent="  ", hanging="  ")


def _lists(view: KeptView, names: list[str]) -> dict[str, dict[str, list[str]]]:
    """Per list, by its question and the day if that is not the file's: its lines, by what was said of them."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in names:
        for answer in view.answers[name]:
            told = view.told(name, answer)
            if told is None or not told.list:
                continue
            asked, said = view.as_read(told)
            if answer["date"] != view.kept.date.isoformat():
                asked = view.say("kept.list_day", asked=asked, date=answer["date"])
            line = view.say("kept.line", line=said, id=name)
            found.setdefault(asked, {}).setdefault(_frame(told), []).append(line)
    for lines in found.values():
        if "kept.not_ticked" in lines and "kept.ticked" not in lines:
            lines["kept.none"] = lines.pop("kept.not_ticked")
    order = ("kept.ticked", "kept.none", "kept.not_ticked", "kept.list_not_known", "kept.list_declined")
    return {asked: {frame: lines[frame] for frame in order if frame in lines} for asked, lines in found.items()}


def _frame(told: AnswerGiven) -> str:
    if told.value == NOT_KNOWN:
        return "kept.list_not_known"
    if told.value == DECLINED:
        return "kept.list_declined"
    return "kept.ticked" if told.chosen else "kept.not_ticked"
