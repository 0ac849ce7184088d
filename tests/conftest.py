"""Hypothesis: the same examples on every machine and on every run, and few enough to keep the suite short."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("trellis", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("trellis")
