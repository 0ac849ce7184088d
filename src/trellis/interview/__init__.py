"""Which question next, which questions on one page, and when to stop."""

from trellis.interview.about import EVERYTHING, ConcernError, Scope, asked_about, told_by
from trellis.interview.group import next_questions
from trellis.interview.questions import Question, next_question
from trellis.interview.session import Interview

__all__ = [
    "EVERYTHING",
    "ConcernError",
    "Interview",
    "Question",
    "Scope",
    "asked_about",
    "next_question",
    "next_questions",
    "told_by",
]
