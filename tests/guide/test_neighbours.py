"""Two guides and other pages on one host, which share a store of the browser: each leaves the others' things alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.guide.conftest import PHONE
from tests.guide.keeping import PASSPHRASE, payload, seal
from tests.guide.test_keeping_journey import answered, fold, press, told
from tests.guide.test_updating import READY
from tests.guide.walking import WAIT, Visit, said
from tests.support import AS_OF, shipped
from trellis.guide.build import build_guide
from trellis.guide.serve import server
from trellis.guide.site import read_site

ELSEWHERE = "https://weather.example/"
EARLIER = "guide-0123456789abcdef"
"""A name as earlier versions gave to what they keep for a time without a connection: the same in every folder."""
MAKE = """async ([name, page]) => { await (await caches.open(name)).put(page, new Response("an older page")); }"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a host with a page of its own and the guides of two sites, guide-a and guide-b."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "index.html").write_text("<!doctype html><title>A town</title>", encoding="utf-8")
    for name in ("guide-a", "guide-b"):
        settings = folder.parent / f"{name}.yaml"
        settings.write_text(f"neutral_title: {name}\nexit: {ELSEWHERE}\n", encoding="utf-8")
        site, _ = read_site(settings, shipped(), AS_OF)
        build_guide(shipped(), site, folder / name, as_of=AS_OF)
    found = server(folder, port=0)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found.address
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    """A phone on the host's own page."""
    context = browser.new_context(viewport=PHONE, locale="en-US")
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    page.goto(host)
    yield page
    context.close()


def open_guide(page: Page, address: str) -> Visit:
    page.goto(address)
    page.wait_for_selector("#title")
    return Visit(page, "en")


def keep(visit: Visit) -> None:
    """Answer a little and keep it on the device."""
    answered(visit)
    part = fold(visit, "keeping.device")
    part.locator('input[name="passphrase"]').fill(PASSPHRASE)
    press(part, "keeping.device_keep", "en")
    told(part, visit, "keeping.device_kept")


def leave(visit: Visit) -> None:
    visit.press("leave")
    visit.page.wait_for_url(f"{ELSEWHERE}**")


def stored(page: Page, host: str) -> dict[str, str]:
    """What the browser keeps for the host, looked at from the host's own page."""
    page.goto(host)
    return dict(page.evaluate("() => ({...localStorage})"))


@pytest.mark.slow
def test_a_guide_opens_without_a_connection_after_another_one_of_its_host_was_opened(page: Page, host: str) -> None:
    for name in ("guide-a", "guide-b"):
        open_guide(page, f"{host}{name}/")
        page.evaluate(READY)
    page.context.set_offline(True)
    for name in ("guide-a", "guide-b"):
        open_guide(page, f"{host}{name}/")
        assert page.title() == name


@pytest.mark.slow
def test_what_an_earlier_version_kept_goes_when_it_was_this_guides_own(page: Page, host: str) -> None:
    others = ("guide-fedcba9876543210", "guide-maps", "guide /guide-a/maps/ 1", "photos")
    page.evaluate(MAKE, [EARLIER, f"{host}guide-a/index.html"])
    for name in others:
        page.evaluate(MAKE, [name, f"{host}guide-b/index.html"])
    open_guide(page, f"{host}guide-a/")
    page.evaluate(READY)
    left = page.evaluate("() => caches.keys()")
    assert EARLIER not in left
    assert set(others) < set(left)


@pytest.mark.parametrize("notes", ["milk, bread", '{"name": "holiday"}', '{"of": {"trellis_guide": 1}}'])
def test_notes_of_another_page_are_neither_offered_nor_taken_away(page: Page, host: str, notes: str) -> None:
    page.evaluate("(notes) => localStorage.setItem('notes', notes)", notes)
    visit = open_guide(page, f"{host}guide-a/")
    expect(page.get_by_role("button", name=said("start.kept", "en"))).to_have_count(0)
    keep(visit)
    leave(visit)
    assert stored(page, host) == {"notes": notes}


def test_each_guide_offers_and_forgets_only_what_was_kept_in_it(page: Page, host: str) -> None:
    keep(open_guide(page, f"{host}guide-a/"))
    visit = open_guide(page, f"{host}guide-b/")
    expect(page.get_by_role("button", name=said("start.kept", "en"))).to_have_count(0)
    keep(visit)
    leave(visit)
    assert list(stored(page, host)) == ["notes /guide-a/"]
    visit = open_guide(page, f"{host}guide-a/")
    visit.press("start.kept")
    leave(visit)
    assert stored(page, host) == {}


def test_what_an_earlier_version_kept_still_opens_and_is_then_kept_as_the_guides_own(page: Page, host: str) -> None:
    page.evaluate("(text) => localStorage.setItem('notes', text)", seal(payload(lang="en"), PASSPHRASE))
    visit = open_guide(page, f"{host}guide-a/")
    visit.press("start.kept")
    part = fold(visit, "keeping.device")
    part.locator('input[name="passphrase"]').fill(PASSPHRASE)
    press(part, "keeping.device_open", "en")
    told(part, visit, "keeping.opened")
    visit.part("questions")
    page.locator("main .take-along textarea").last.fill("mine alone")
    page.wait_for_function("() => Object.keys(localStorage).join() === 'notes /guide-a/'")


def test_leaving_takes_away_what_an_earlier_version_kept(page: Page, host: str) -> None:
    page.evaluate("(text) => localStorage.setItem('notes', text)", seal(payload(lang="en"), PASSPHRASE))
    leave(open_guide(page, f"{host}guide-a/"))
    assert stored(page, host) == {}
