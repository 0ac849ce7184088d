"""What every test starts from, whatever machine it runs on.

Hypothesis: the same examples on every machine and every run, and few enough to keep the suite short. The time zone and
the locale stay those of the machine: nothing here may hang on them, and a fixed one would hide it if something did.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# Nothing is left in anybody's home. The processes of one run share what was read: every test of a command loads the
# knowledge, and reading all its files anew each time was a third of the suite.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["TRELLIS_CACHE"] = tempfile.mkdtemp(prefix="trellis-tests-")
    atexit.register(shutil.rmtree, os.environ["TRELLIS_CACHE"], ignore_errors=True)

settings.register_profile("trellis", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("trellis")


@pytest.fixture(scope="session", autouse=True)
def each_file_is_read_once() -> Iterator[None]:
    """A copy of the knowledge with one more or another file reads that one; the others were read before."""
    from trellis.library import files

    really, known = files.read_strictly, {}

    def read_strictly(text: str, name: str, rules: Any, **how: Any) -> Any:
        key = (text, name, id(rules), tuple(how.items()))
        if key not in known:
            known[key] = really(text, name, rules, **how)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "read_strictly", read_strictly)
        yield


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """80 columns, no colour asked for, nothing of what somebody has set up for their own use of Trellis."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR", "LINES", "TRELLIS_LANG", "TRELLIS_DEBUG", "TRELLIS_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
