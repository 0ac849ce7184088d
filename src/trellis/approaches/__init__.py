"""Treatment approaches: which fit one person and why, and several side by side."""

from trellis.approaches.guidance import Guided, guidance_for
from trellis.approaches.match import ApproachView, AskAbout, Matched, Stopped, evidence_for, match_approaches
from trellis.approaches.minded import Minded, words_of_check
from trellis.approaches.wishes import AimSaid, Wishes, find_aims, read_wishes

__all__ = [
    "AimSaid",
    "ApproachView",
    "AskAbout",
    "Guided",
    "Matched",
    "Minded",
    "Stopped",
    "Wishes",
    "evidence_for",
    "find_aims",
    "guidance_for",
    "match_approaches",
    "read_wishes",
    "words_of_check",
]
