"""Which question next, and when to stop."""

from trellis.interview.questions import Question, next_question
from trellis.interview.session import Interview

__all__ = ["Interview", "Question", "next_question"]
