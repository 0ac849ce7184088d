"""Questionnaires and rating scales: scoring one person or many, and the facts that a score leads to."""

from trellis.instruments.derive import add_answers, answers_from
from trellis.instruments.score import (
    Prorated,
    ScaleScore,
    Scored,
    ScoreError,
    band_of,
    critical_in,
    score,
    typed,
)

__all__ = [
    "Prorated",
    "ScaleScore",
    "ScoreError",
    "Scored",
    "add_answers",
    "answers_from",
    "band_of",
    "critical_in",
    "score",
    "typed",
]
