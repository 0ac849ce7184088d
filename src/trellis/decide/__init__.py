"""One person: answers → :class:`Recommendation`. Pure: no input or output, no clock."""

from trellis.decide.danger import danger_in
from trellis.decide.join import Disagreement
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answer, Answers
from trellis.decide.recommend import decide, replay
from trellis.decide.recommendation import Provenance, Recommendation

__all__ = [
    "DECLINED",
    "NOT_KNOWN",
    "Answer",
    "Answers",
    "Disagreement",
    "Provenance",
    "Recommendation",
    "danger_in",
    "decide",
    "replay",
]
