"""The built guide, served on this machine, and a browser that visits it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.guide.walking import Visit, served
from tests.support import AS_OF, shipped
from trellis.guide.build import Built, build_guide
from trellis.guide.site import read_site

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """The guide as built with the shipped content and settings."""
    out = tmp_path_factory.mktemp("guide")
    site, _ = read_site(None, shipped(), AS_OF)
    return out, build_guide(shipped(), site, out, as_of=AS_OF)


@pytest.fixture(scope="session")
def asked(built: tuple[Path, Built]) -> Iterator[tuple[str, list[str]]]:
    """The address of the served guide, and every path that was asked for, in order."""
    with served(built[0]) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, asked: tuple[str, list[str]]) -> Iterator[Visit]:
    """A first visit on a phone, in English."""
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as opened:
        yield opened


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit.page
