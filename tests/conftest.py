"""What every test starts from, whatever machine it runs on.

Hypothesis: the same examples on every machine and every run, and few enough to keep the suite short. The time zone and
the locale stay those of the machine: nothing here may hang on them, and a fixed one would hide it if something did.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# What is loaded comes from the files, and nothing is left in anybody's home; tests/library/test_cache.py turns it on.
os.environ["TRELLIS_CACHE"] = "off"

settings.register_profile("trellis", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("trellis")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """80 columns, no colour asked for, nothing of what somebody has set up for their own use of Trellis."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR", "LINES", "TRELLIS_LANG", "TRELLIS_DEBUG", "TRELLIS_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
