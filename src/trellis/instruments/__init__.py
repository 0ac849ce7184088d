"""Questionnaires and rating scales: scoring one person or many, and the facts that a score leads to."""

from trellis.instruments.derive import add_answers, answers_from
from trellis.instruments.score import Prorated, ScaleScore, Scored, band_of, score, typed

__all__ = ["Prorated", "ScaleScore", "Scored", "add_answers", "answers_from", "band_of", "score", "typed"]
