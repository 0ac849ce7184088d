"""A guide that was corrected reaches those who have it on their device, on any host of plain files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support import AS_OF, shipped
from trellis.guide.build import FOR_HOSTS, build_guide
from trellis.guide.folder import MARK
from trellis.guide.serve import Handler, server
from trellis.guide.site import read_site

READY = """() => navigator.serviceWorker.ready.then((found) => new Promise((done) => {
  const look = () => (found.active.state === "activated" ? done() : setTimeout(look, 50)); look(); }))"""
KEPT = """async (count) => (await (await caches.open((await caches.keys())[0])).keys()).length === count"""
NOT_KEPT = ("sw.js", MARK, FOR_HOSTS)
LOOK = "() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null)"
WAITING = "() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))"


def build(out: Path, title: str) -> None:
    path = out.parent / "site.yaml"
    path.write_text(f"neutral_title: {title}\n", encoding="utf-8")
    site, _ = read_site(path, shipped(), AS_OF)
    build_guide(shipped(), site, out, as_of=AS_OF)


class SendsOn(Handler):
    """A host that sends index.html on to its folder, as some do."""

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        if self.path.endswith("/index.html"):
            self._send(308, b"", "text/html", {"Location": self.path.removesuffix("index.html")})
        else:
            super().do_GET()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a guide with the title Before, in tmp_path / "guide"."""
    build(tmp_path / "guide", "Before")
    found = server(tmp_path / "guide", port=0)
    found.RequestHandlerClass = SendsOn
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found.address
    found.shutdown()
    found.server_close()
    thread.join()


def until(page: Page, holds: str, argument: object = None) -> None:
    """Wait until something holds that is found out with a promise."""
    for _ in range(600):
        if page.evaluate(holds, argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never held: {holds}")


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A phone that has the guide on it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served)
    page.wait_for_selector("#title")
    page.evaluate(READY)
    yield page
    context.close()


@pytest.mark.slow
def test_a_corrected_guide_is_shown_when_the_page_is_loaded_anew(page: Page, tmp_path: Path) -> None:
    files = len([path for path in (tmp_path / "guide").rglob("*") if path.is_file()]) - len(NOT_KEPT)
    until(page, KEPT, files)
    build(tmp_path / "guide", "After")
    page.reload()
    page.wait_for_selector("#title")
    assert page.title() == "Before"  # it opens at once with what is there, and looks for a new one meanwhile
    page.evaluate(LOOK)
    until(page, WAITING)
    page.reload()
    page.wait_for_function("() => document.title === 'After' && document.getElementById('title')")
    assert len(page.evaluate("() => caches.keys()")) == 1


@pytest.mark.slow
def test_it_opens_without_a_connection_where_the_host_sends_pages_on(page: Page, served: str) -> None:
    page.context.set_offline(True)
    for address in (served, f"{served}index.html", f"{served}?from=elsewhere"):
        page.goto(address)
        page.wait_for_selector("#title")
