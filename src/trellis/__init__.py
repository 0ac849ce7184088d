"""Trellis: the least restrictive care setting that is still safe and sufficient, with every reason.

>>> import trellis
>>> from datetime import date
>>> kb = trellis.load()
>>> rec = trellis.decide(kb, {"focus": "both"}, as_of=date(2026, 11, 23))
>>> rec.review
'not clinically reviewed'
"""

from trellis._version import __version__
from trellis.account import account_of
from trellis.decide import DECLINED, NOT_KNOWN, Answer, Recommendation, danger_in, decide, replay
from trellis.errors import AnswerError, KnowledgeError, TrellisError
from trellis.interview import Interview, Question, next_question
from trellis.library import Knowledge, load

__all__ = [
    "DECLINED",
    "NOT_KNOWN",
    "Answer",
    "AnswerError",
    "Interview",
    "Knowledge",
    "KnowledgeError",
    "Question",
    "Recommendation",
    "TrellisError",
    "__version__",
    "account_of",
    "danger_in",
    "decide",
    "load",
    "next_question",
    "replay",
]
