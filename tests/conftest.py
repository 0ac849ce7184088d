"""What every test starts from, whatever machine it runs on.

Hypothesis: the same examples on every machine and every run, and few enough to keep the suite short. The time zone and
the locale stay those of the machine: nothing here may hang on them, and a fixed one would hide it if something did.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# Nothing is left in anybody's home. The processes of one run share what was read: every test of a command loads the
# knowledge, and reading all its files anew each time was a third of the suite.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["TRELLIS_CACHE"] = tempfile.mkdtemp(prefix="trellis-tests-")
    atexit.register(shutil.rmtree, os.environ["TRELLIS_CACHE"], ignore_errors=True)

# Counting which lines were reached makes the rules two to three times as slow, and the hundredth case of a test reaches
# what the first ones did. Every case runs; the share is counted over this many of each test, so it can only be too low.
COUNTED_CASES = 60
NOT_COUNTED = pytest.StashKey[bool]()

settings.register_profile("trellis", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("trellis")


def spread(cases: int, over: int) -> set[int]:
    """That many of the numbers below `over`, evenly spread and in no step that a list of lists could share.

    The step is the golden section: https://en.wikipedia.org/wiki/Low-discrepancy_sequence#Additive_recurrence
    """
    return {int(case * (5**0.5 - 1) / 2 % 1 * over) for case in range(cases)} if cases < over else set(range(over))


@pytest.hookimpl(tryfirst=True)  # before -k leaves any out: which cases are counted hangs on the test alone
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for alike in cases.values():
        counted = spread(COUNTED_CASES, len(alike))
        for number, item in enumerate(alike):
            item.stash[NOT_COUNTED] = number not in counted or item.get_closest_marker("no_cover") is not None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Coverage rests during what is not counted, fixtures included; `no_cover` of pytest-cov lets it count those."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    coverage = plugin.cov_controller if plugin else None
    if coverage and coverage.started and item.stash[NOT_COUNTED]:
        coverage.pause()
    result = yield
    if coverage and not coverage.started and not (nextitem and nextitem.stash.get(NOT_COUNTED, False)):
        coverage.resume()
    return result


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process: Playwright's loop runs from its start to its end, and a second one is refused."""
    from tests.guide.walking import CHROMIUM

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield opened
        opened.close()
