"""Which question next, which questions on one page, and when to stop."""

from trellis.interview.group import next_questions
from trellis.interview.questions import Question, next_question
from trellis.interview.session import Interview

__all__ = ["Interview", "Question", "next_question", "next_questions"]
