"""A conversation: ask, answer, go back, say "I don't know", and stop when the result is settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from trellis.decide.adding import with_answers
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer, AnswerLike
from trellis.decide.recommend import decide
from trellis.decide.recommendation import Recommendation
from trellis.interview.about import EVERYTHING, Scope
from trellis.interview.questions import Question, next_question
from trellis.library.knowledge import Knowledge


class Interview:
    """One conversation, in memory only.

    Args:
        kb: the knowledge.
        as_of: the day.
        answers: answers to begin with.
        source: who answers; recorded with every answer.
        about: what worries somebody most, which is asked first; on the short way nothing else is asked but danger.

    >>> from datetime import date
    >>> import trellis
    >>> interview = Interview(trellis.load(), date(2026, 11, 23))
    >>> interview.current().facts
    ('harm.danger_now',)
    >>> interview.answer({"harm.danger_now": "no"})
    >>> interview.current().factors
    ('focus', 'age')
    >>> interview.back()
    True
    >>> interview.current().facts
    ('harm.danger_now',)
    """

    def __init__(
        self,
        kb: Knowledge,
        as_of: date,
        answers: Mapping[str, AnswerLike] | None = None,
        *,
        source: str = "self-report",
        about: Scope = EVERYTHING,
    ) -> None:
        self.kb = kb
        self.as_of = as_of
        self.source = source
        self.about = about
        self.answers: dict[str, AnswerLike] = dict(answers or {})
        self._before: list[tuple[dict[str, AnswerLike], Question | None]] = []
        self._current: Question | None = None
        self._stale = True

    def current(self) -> Question | None:
        """The question to ask now, or None when there is nothing more to ask."""
        if self._stale:
            self._current = next_question(self.kb, self.answers, as_of=self.as_of, about=self.about)
            self._stale = False
        return self._current

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions answered so far, in order."""
        return tuple(question for _, question in self._before if question is not None)

    def answer(self, values: Mapping[str, str | int | float | Answer]) -> None:
        """Answer the current question, or say something unasked.

        Danger on record stays there beside a milder answer, and so does what another source said; see
        :func:`trellis.decide.adding.with_answers`. What was answered by mistake is taken back with :meth:`back`.

        Args:
            values: per fact or context of the question, a value.

        Raises:
            AnswerError: a value is wrong or contradicts an earlier answer; then nothing has changed.
        """
        question = self.current()
        given = {name: self._with_source(value) for name, value in values.items()}
        changed = with_answers(self.kb, self.answers, given)
        following = next_question(self.kb, changed, as_of=self.as_of, about=self.about)
        self._before.append((self.answers, question))
        self.answers = changed
        self._current = following

    def tick(self, ticked: Collection[str]) -> None:
        """Answer a checklist: the facts whose box is ticked. None ticked means "none of these".

        Raises:
            AnswerError: as :meth:`answer`.
            ValueError: the current question is no checklist, or has no such box.
        """
        question = self.current()
        if question is None or not question.screen.checklist:
            raise ValueError("the current question is no checklist")
        unknown = set(ticked) - set(question.facts)
        if unknown:
            raise ValueError(f"no such box: {sorted(unknown)}")
        values = {}
        for item in question.screen.checklist:
            if item.fact not in question.facts:
                continue
            fact = self.kb.facts[item.fact]
            rank = fact.rank_of(item.at_least)
            if item.fact in ticked:
                values[item.fact] = Answer(item.at_least, source=self.source, at_least=rank < fact.top)
            else:
                values[item.fact] = Answer(fact.step_at(rank - 1).id, source=self.source, at_most=rank > 1)
        self.answer(values)

    def not_known(self) -> None:
        """Answer "I don't know": the question is not asked again, and what it leaves open stays open."""
        self._without_answer(NOT_KNOWN)

    def decline(self) -> None:
        """Answer "rather not say"."""
        self._without_answer(DECLINED)

    def _without_answer(self, value: str) -> None:
        question = self.current()
        if question is None:
            return
        names = question.factors or question.facts
        self.answer({name: Answer(value, source=self.source) for name in names})

    def _with_source(self, value: str | int | float | Answer) -> Answer:
        return value if isinstance(value, Answer) else Answer(value, source=self.source)

    def back(self) -> bool:
        """Take the last answer back and ask again. False when there is none."""
        if not self._before:
            return False
        self.answers, self._current = self._before.pop()
        self._stale = self._current is None
        return True

    def result(self) -> Recommendation:
        """What the answers so far lead to; not settled while something that matters is open."""
        return decide(self.kb, self.answers, as_of=self.as_of)
