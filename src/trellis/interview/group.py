"""Which questions to put on one page: the next one, and those that would follow it for most people."""

from __future__ import annotations

from datetime import date

from trellis.decide.adding import with_answers
from trellis.decide.parsing import NOT_KNOWN, Answer, AnswerLike, Answers
from trellis.errors import AnswerError
from trellis.interview.about import EVERYTHING, Scope
from trellis.interview.questions import Question, next_question, waits_for
from trellis.library.knowledge import Knowledge, once_per_knowledge

MOST_QUESTIONS = 3
MOST_WORDS = 180
"""A page holds at most so many questions and, when it holds more than one, so many words."""


def next_questions(kb: Knowledge, answers: Answers, *, as_of: date, about: Scope = EVERYTHING) -> tuple[Question, ...]:
    """The questions of the next page; none when there is nothing more to ask.

    The first is :func:`next_question`'s. Another joins it when it would come next after the best answer, which most
    people give, and when the page stays short. The question on danger now and those that are not safe to be seen by
    everybody stand alone; questions on harm stand with none but their like.

    Args:
        kb: the knowledge.
        answers: the answers so far, in the order given; see :func:`trellis.decide`.
        as_of: the day.
        about: what worries somebody most; see :func:`next_question`.

    Raises:
        AnswerError: the answers are wrong.
        ConcernError: the knowledge has no such concern.

    >>> from datetime import date
    >>> import trellis
    >>> kb, day = trellis.load(), date(2026, 11, 24)
    >>> [question.screen.id for question in next_questions(kb, {}, as_of=day)]
    ['harm.danger_now']
    >>> [question.screen.id for question in next_questions(kb, {"harm.danger_now": "no"}, as_of=day)]
    ['context', 'harm.any']
    """
    first = next_question(kb, answers, as_of=as_of, about=about)
    if first is None:
        return ()
    page = [first]
    words = length(kb, first)
    supposed: dict[str, AnswerLike] = dict(answers)
    while len(page) < MOST_QUESTIONS and not stands_alone(kb, page[-1]):
        best = best_answers(kb, page[-1])
        supposed = with_answers(kb, supposed, best)
        try:
            following = next_question(kb, supposed, as_of=as_of, about=about)
        except AnswerError:
            break
        if following is None or stands_alone(kb, following) or not _together(kb, page, following):
            break
        words += length(kb, following)
        if words > MOST_WORDS:
            break
        page.append(following)
    return tuple(page)


def stands_alone(kb: Knowledge, question: Question) -> bool:
    """Whether a question is never put beside another: on danger now, asked again, or not safe to be seen by everybody.

    >>> import trellis
    >>> kb = trellis.load()
    >>> stands_alone(kb, Question(kb.screens["environment.violence"], ("environment.violence",)))
    True
    """
    gravest = next(iter(kb.urgent))
    return question.again or any(
        kb.facts[name].private is not None
        or any(kb.needs[need].urgent == gravest for need in kb.needs if name in kb.reads[need])
        for name in question.facts
    )


def _together(kb: Knowledge, page: list[Question], following: Question) -> bool:
    apart = apart_topics(kb)
    if following.topic not in apart:
        return all(question.topic not in apart or following.factors for question in page)
    return all(question.topic == following.topic or question.factors for question in page)


@once_per_knowledge
def apart_topics(kb: Knowledge) -> frozenset[str]:
    """The topics whose questions stand on a page with none but their like, as the files of their facts say.

    >>> import trellis
    >>> sorted(apart_topics(trellis.load()))
    ['harm']
    """
    return frozenset(fact.domain for name, fact in kb.facts.items() if kb.about("facts", name).apart)


def length(kb: Knowledge, question: Question) -> int:
    """The words of a question and its choices, in English as the person reads them."""
    if question.factors:
        parts = [
            text
            for name in question.factors
            for text in (kb.factors[name].question.person.en, *(step.en for step in kb.factors[name].values))
        ]
    elif question.screen.checklist:
        parts = [question.screen.prompt.person.en] if question.screen.prompt else []
        parts += [item.label.en for item in question.screen.checklist if item.fact in question.facts]
    else:
        parts = [
            text
            for name in question.facts
            for text in (kb.facts[name].question.person.en, *(step.en for step in kb.facts[name].scale))
        ]
    return sum(len(part.split()) for part in parts)


def best_answers(kb: Knowledge, question: Question) -> dict[str, Answer]:
    """The best answers to a question: nothing ticked, every fact at its best; of a context, that it is not known."""
    if question.factors:
        # What waits for one of these comes on a later page, so that it is asked only where it can be.
        asked = set(question.factors)
        later = (name for name, earlier in waits_for(kb).items() if asked & set(earlier))
        return {name: Answer(NOT_KNOWN) for name in (*question.factors, *later)}
    if not question.screen.checklist:
        return {name: Answer(kb.facts[name].step_at(0).id) for name in question.facts}
    found = {}
    for item in question.screen.checklist:
        if item.fact in question.facts:
            rank = kb.facts[item.fact].rank_of(item.at_least) - 1
            found[item.fact] = Answer(kb.facts[item.fact].step_at(rank).id, at_most=rank > 0)
    return found
