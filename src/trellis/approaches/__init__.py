"""Treatment approaches: which fit one person and why, and several side by side."""

from trellis.approaches.guidance import Guided, guidance_for
from trellis.approaches.match import ApproachView, AskAbout, Matched, Stopped, evidence_for, match_approaches
from trellis.approaches.minded import Minded, words_of_check, words_of_checks
from trellis.approaches.sayings import Heard, Proposal, hear
from trellis.approaches.wishes import AimSaid, Wishes, goals_for, read_wishes

__all__ = [
    "AimSaid",
    "ApproachView",
    "AskAbout",
    "Guided",
    "Heard",
    "Matched",
    "Minded",
    "Proposal",
    "Stopped",
    "Wishes",
    "evidence_for",
    "goals_for",
    "guidance_for",
    "hear",
    "match_approaches",
    "read_wishes",
    "words_of_check",
    "words_of_checks",
]
