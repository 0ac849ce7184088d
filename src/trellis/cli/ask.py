"""The interview in a terminal, made with care for somebody in distress."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from trellis.account import at_once, inside_of
from trellis.cli import clinician, keyboard, panel, public, save
from trellis.cli.keyboard import Keyboard, Leave, StopHere
from trellis.cli.terminal import Terminal, bar
from trellis.cli.view import View, may_be_danger
from trellis.decide import DECLINED, NOT_KNOWN, Answer, Recommendation, decide
from trellis.errors import AnswerError
from trellis.interview import EVERYTHING, Interview, Question, Scope, told_by
from trellis.interview.about import check_about
from trellis.kinds.condition import facts_read
from trellis.kinds.fact import Step
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.library.titles import dimension_title, topic_title
from trellis.say import Say

KEYS = (
    "ask.key_back",
    "ask.key_why",
    "ask.key_not_known",
    "ask.key_declined",
    "ask.key_help",
    "ask.key_quit",
    "ask.key_leave",
)
WHY_PLACES = 6
NO_ANSWER = {keyboard.NOT_KNOWN: NOT_KNOWN, keyboard.DECLINED: DECLINED}


class Back(Exception):  # noqa: N818 - no error: somebody goes back
    """Go back one question."""


class Conversation:
    """One interview from the first screen to the last."""

    def __init__(
        self, kb: Knowledge, as_of: date, say: Say, term: Terminal, role: str, about: Scope = EVERYTHING
    ) -> None:
        check_about(kb, about)
        self.kb, self.say, self.term, self.role = kb, say, term, role
        self.source = "clinician" if role == "clinician" else "self-report"
        told = {name: Answer(value, source=self.source) for name, value in told_by(kb, about.concerns).items()}
        self.interview = Interview(kb, as_of, told, source=self.source, about=about)
        self.life: dict[str, Answer] = {}
        self.keyboard = Keyboard(say, term, self._help)
        self.shown: set[str] = set()
        self.left_open: set[str] = set()
        self.said_at_once: set[tuple[str, str]] = set()
        self.ask_again: Callable[[], None] | None = None

    def run(self) -> None:
        """Ask until it is settled or somebody stops; show the result; offer to save."""
        try:
            ended = self._converse()
            rec = self.result()
            if not rec.provenance.answers:
                self.term.text(self.say("ask.nothing_answered"))
                self.term.text(self.say("result.always_help"))
                return
            self._show(rec)
            if ended:
                self.term.text(self.say("ask.not_saved"))
            else:
                save.offer(rec, self.role, self.say, self.term, self.keyboard)
        except Leave:
            self.term.clear()
            self.term.text(self.say("ask.left"))
        except (StopHere, KeyboardInterrupt):
            self.term.line()
            self.term.text(self.say("ask.not_saved"))

    def result(self) -> Recommendation:
        """What all the answers lead to, those on daily life among them."""
        answers = {**self.interview.answers, **self.life}
        return decide(self.kb, answers, as_of=self.interview.as_of)

    def _converse(self) -> bool:
        """Ask everything. True when there is no more input to read."""
        try:
            self._welcome()
            self._questions()
            self._daily_life()
            self.term.rule()
            self.term.text(self.say("ask.done" if self.result().settled else "ask.done_open"))
            if self.interview.about.short:
                self.term.text(self.say("ask.done_short"))
        except StopHere as stop:
            self.term.rule()
            self.term.text(self.say("ask.input_ended" if stop.ended else "ask.stopped"))
            return stop.ended
        except KeyboardInterrupt:
            self.term.rule()
            self.term.text(self.say("ask.stopped"))
        return False

    def _show(self, rec: Recommendation) -> None:
        # Panels that were on screen are not repeated in full; a danger that was not yet shown is.
        view = View(rec, self.say, self.term, self.role)
        fresh = [u for u in rec.urgent if u.id not in self.shown]
        panel.show(self.kb, fresh, self.say, self.term, self.role, view.here)
        shown = clinician.short if self.role == "clinician" else public.short
        shown(view, after_panels=True)

    def _help(self) -> None:
        rec = self.interview.result()
        panel.help_now(self.kb, rec.urgent, self.say, self.term, self.role, inside_of(rec))
        self.term.line()
        if self.ask_again is not None:  # the panel has pushed the question off the screen
            self.ask_again()

    def _welcome(self) -> None:
        say, term = self.say, self.term
        suffix = "_clinician" if self.role == "clinician" else ""
        term.heading(say(f"ask.welcome_title{suffix}"))
        for line in ("what", "privacy", "help"):
            term.text(say(f"ask.welcome_{line}{suffix}"))
        term.line()
        term.text(say("ask.welcome_keys"))
        for key in KEYS:
            term.text(say(key), indent="  ")
        term.line()
        term.text(say("ask.welcome_length"))
        self.keyboard.pause("ask.press_enter_to_begin")

    def _questions(self) -> None:
        while (question := self.interview.current()) is not None:
            try:
                self._ask(question)
            except Back:
                went = self.interview.back()
                self.term.text(self.say("ask.went_back" if went else "ask.nothing_before"))
                self.shown &= {urgent.id for urgent in self.interview.result().urgent}
                continue
            except AnswerError as error:
                self._contradiction(error)
                continue
            self._danger()
            self._left_open(question)

    def _at_once(self, given: Mapping[str, Answer], question: Question) -> None:
        """A kind line and the number right under an answer that tells of suicide or harm, or leaves it open.

        To the person alone: a clinician is not who it happens to. The line is said once a topic, the number each time.
        """
        found = () if self.role == "clinician" else at_once(self.kb, given)
        if not found:
            return
        said = (found[0], question.topic)
        again = said in self.said_at_once
        self.said_at_once.add(said)
        panel.at_once(self.kb, found[0], self.say, self.term, here=inside_of(self.interview.result()), again=again)

    def _latest(self) -> dict[str, Answer]:
        """The latest answer to each fact and context."""
        return {name: given[-1] for name, given in self.interview.result().provenance.answers.items()}

    def _left_open(self, question: Question) -> None:
        """For a clinician, a line after "I don't know" or "rather not say" to what can tell of danger; once a topic."""
        rec = self.interview.result()
        left = [name for name in question.facts if name in rec.unanswerable and may_be_danger(self.kb, name)]
        told = {name: answer for name, answer in self._latest().items() if name in left}
        if self.role != "clinician" and at_once(self.kb, told):
            return  # said right under the answer, with the number
        if left and not rec.urgent and question.topic not in self.left_open:
            self.left_open.add(question.topic)
            self.term.line()
            self.term.text(self.say("result.danger_left_open"), style="bold")

    def _danger(self) -> None:
        """The help panel, on the very next screen after the answer that raises it."""
        rec = self.interview.result()
        urgent = rec.urgent
        new = [view for view in urgent if view.id not in self.shown]
        self.shown = {view.id for view in urgent}
        if not new:
            return
        panel.show(self.kb, new, self.say, self.term, self.role, inside_of(rec))
        if self.interview.current() is not None:
            self.term.text(self.say("ask.questions_go_on"))
        self.keyboard.pause("ask.press_enter_to_go_on")

    def _ask(self, question: Question) -> None:
        self._progress(question)
        if question.again:
            self.term.text(self.say("ask.asked_again"))
            self.term.line()
        if question.screen.checklist:
            self._checklist(question)
        else:
            self._parts(question)

    def _progress(self, question: Question) -> None:
        rec = self.interview.result()
        total = len(rec.needs)
        done = total - len(rec.open)
        number = len(self.interview.asked) + 1
        self.term.rule()
        self.term.text(self.say("ask.progress", number=number, done=done, total=total), style="dim")
        self.term.line(f"{bar(done, total)} {topic_title(self.kb, question.topic, self.say.lang)}", "dim")
        self.term.line()

    def _parts(self, question: Question) -> None:
        """The facts or contexts of one screen, one after the other."""
        names = question.factors or question.facts
        given: dict[str, Answer] = {}
        place = 0
        while place < len(names):
            if len(names) > 1:
                if place:
                    self.term.line()
                self.term.text(self.say("ask.part_of", number=place + 1, total=len(names)), style="dim")
            try:
                given[names[place]] = self._choose(names[place], question)
            except Back:
                if not place:
                    raise
                place -= 1
                continue
            except StopHere:
                self._keep(given)
                raise
            self._at_once({names[place]: given[names[place]]}, question)
            place += 1
        self.interview.answer(given)

    def _keep(self, given: dict[str, Answer]) -> None:
        """Keep what was answered of a screen that somebody stops on; what contradicts another answer is left out."""
        with contextlib.suppress(AnswerError):
            self.interview.answer(given)

    def _choose(self, name: str, question: Question | None) -> Answer:
        """One fact or context: its words, its choices, one answer."""
        factor = self.kb.factors.get(name)
        entry = factor or self.kb.facts[name]
        steps: Sequence[Step] = factor.values if factor else self.kb.facts[name].scale
        private = None if factor else self.kb.facts[name].private

        def show() -> None:
            if private is not None:
                self.term.text(private.in_language(self.say.lang))
            self.term.text(entry.question.for_role(self.role).in_language(self.say.lang), style="bold")
            self.term.line()
            self.term.numbered([self._words(step, step.loved_one) for step in steps])
            self._keys()

        show()
        while True:
            typed = self._key(show)
            if typed == keyboard.BACK:
                raise Back
            if typed == keyboard.WHY:
                self._why(entry.help.in_language(self.say.lang), question)
            elif typed in NO_ANSWER:
                return Answer(NO_ANSWER[typed], source=self.source)
            elif typed.isdecimal() and 1 <= int(typed) <= len(steps):
                return Answer(steps[int(typed) - 1].id, source=self.source)
            else:
                self.term.text(self.say("ask.wrong_choice", last=len(steps)))
                self._keys()

    def _words(self, own: Text | Step, of_another: Text | None) -> str:
        """A choice as it is read: "I" is for the person alone; whoever answers about another reads "they"."""
        chosen = own if self.role == "person" or of_another is None else of_another
        return chosen.in_language(self.say.lang)

    def _key(self, show: Callable[[], None]) -> str:
        """A key typed at a question, which is shown again below the help asked for on it."""
        self.ask_again = show
        try:
            return self.keyboard.key()
        finally:
            self.ask_again = None

    def _checklist(self, question: Question) -> None:
        screen = question.screen
        items = [item for item in screen.checklist if item.fact in question.facts]

        def show() -> None:
            if screen.prompt is not None:
                self.term.text(screen.prompt.for_role(self.role).in_language(self.say.lang), style="bold")
            self.term.text(self.say("ask.checklist_how"))
            self.term.line()
            self.term.numbered([self._words(item.label, item.loved_one) for item in items])
            self.term.numbered([self.say("ask.checklist_none")], start=0)
            self._keys()

        show()
        while True:
            typed = self._key(show)
            if typed == keyboard.BACK:
                raise Back
            if typed == keyboard.WHY:
                helps = dict.fromkeys(self.kb.facts[item.fact].help.in_language(self.say.lang) for item in items)
                self._why(" ".join(helps), question)
                continue
            if typed in NO_ANSWER:
                self._no_answer(typed)
            elif (ticked := self._ticked(typed, len(items))) is not None:
                self.interview.tick([items[number - 1].fact for number in ticked])
            else:
                continue
            self._at_once({name: one for name, one in self._latest().items() if name in question.facts}, question)
            return

    def _ticked(self, typed: str, last: int) -> list[int] | None:
        """The numbers typed, or None when they are not all choices, having said so."""
        words = re.split(r"[\s,;]+", typed.strip(" ,;"))
        if not all(word.isdecimal() and int(word) <= last for word in words):
            self.term.text(self.say("ask.wrong_checklist", last=last))
            self._keys()
            return None
        numbers = sorted({int(word) for word in words})
        if 0 in numbers and len(numbers) > 1:
            self.term.text(self.say("ask.wrong_none_and_some"))
            return None
        return [number for number in numbers if number]

    def _no_answer(self, typed: str) -> None:
        if typed == keyboard.NOT_KNOWN:
            self.interview.not_known()
        else:
            self.interview.decline()

    def _keys(self) -> None:
        self.term.line()
        self.term.text(self.say("ask.keys_short"), style="dim")

    def _why(self, help_text: str, question: Question | None) -> None:
        say, term = self.say, self.term
        term.subheading(say("ask.why_title"))
        term.text(help_text)
        needs = question.needs if question else ()
        titles = dict.fromkeys(dimension_title(self.kb, self.kb.needs[need].dimension, say.lang) for need in needs)
        if titles:
            term.text(say("ask.why_changes", titles=say.join(titles)))
        if needs and self.role == "clinician":
            term.text(say("ask.why_needs", needs=", ".join(needs)))
        rec = self.interview.result()
        view = View(rec, say, term, self.role)
        if question and 1 < len(rec.between.now) <= WHY_PLACES:
            term.text(say("ask.why_still_open", places=view.packages(rec.between.now)))
        elif question and len(rec.between.now) > WHY_PLACES:
            term.text(say("ask.why_still_many", count=len(rec.between.now)))
        term.line()

    def _contradiction(self, error: AnswerError) -> None:
        """Say which questions an answer collides on, in their own words."""
        found: dict[str, None] = {}
        for problem in error.problems:
            found |= dict.fromkeys(re.findall(r"[a-z_]+\.[a-z0-9_]+", f"{problem.where} {problem.what}"))
        self.term.line()
        self.term.text(self.say("ask.contradiction"))
        asked = (self.kb.facts[name].question for name in found if name in self.kb.facts)
        self.term.bullets(words.for_role(self.role).in_language(self.say.lang) for words in asked)
        self.term.text(self.say("ask.contradiction_what_now"))

    def _daily_life(self) -> None:
        """What barriers read: it never changes how much care is safe, so it comes last and may be skipped."""
        rec = self.interview.result()
        read = dict.fromkeys(name for c in self.kb.barrier_conditions.values() for name in facts_read(c))
        names = [name for name in read if not rec.facts[name].known and name not in rec.provenance.answers]
        if not names or not rec.provenance.answers:
            return
        self.term.rule()
        if not self.keyboard.yes(self.say("ask.life_offer", count=len(names)), default=True):
            return
        place = 0
        while place < len(names):
            self.term.rule()
            self.term.text(self.say("ask.life_progress", number=place + 1, total=len(names)), style="dim")
            self.term.line()
            try:
                self.life[names[place]] = self._choose(names[place], None)
                self.result()
            except Back:
                place = max(0, place - 1)
                self.life.pop(names[place], None)
                continue
            except AnswerError as error:
                self.life.pop(names[place], None)
                self._contradiction(error)
                continue
            place += 1
