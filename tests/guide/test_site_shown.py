"""What a site sets is what a person sees; and what could not be fetched is told, with nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.guide.conftest import PHONE
from tests.guide.walking import Visit, said
from tests.support import AS_OF, shipped
from trellis.guide.build import build_guide
from trellis.guide.serve import server
from trellis.guide.site import read_site

OURS = """
crisis:
  - line: line_988
    contact: {en: Call 555-0133, es: Llame al 555-0133}
    tel: 555-0133
    checked: 2026-11-20
  - contact: {en: Call 555-0122, es: Llame al 555-0122}
    what_for: {en: The crisis team of our county., es: El equipo de crisis de nuestro condado.}
    tel: 555-0122
    checked: 2026-11-20
"""


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a guide with crisis lines of its own."""
    folder: Path = tmp_path_factory.mktemp("harbor")
    (folder / "site.yaml").write_text(OURS, encoding="utf-8")
    site, _ = read_site(folder / "site.yaml", shipped(), AS_OF)
    build_guide(shipped(), site, folder / "guide", as_of=AS_OF)
    served = server(folder / "guide", port=0)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served.address
    served.shutdown()
    served.server_close()
    thread.join()


def test_the_crisis_lines_of_a_site_are_shown_on_every_screen_in_danger_and_on_paper(
    browser: Browser, harbor: str
) -> None:
    with Visit.of(browser, harbor, viewport=PHONE, locale="en-US", service_workers="block") as visit:
        page = visit.page
        expect(page.locator('.crisis a[href="tel:555-0133"]')).to_be_visible()
        assert page.locator('.crisis a[href="tel:988"]').count() == 0
        visit.begin()
        page.locator('input[name="harm.danger_now"][value="yes"]').check()
        visit.press("talk.next")
        expect(page.locator('main .danger a[href="tel:555-0122"]').first).to_be_visible()
        visit.press("help.go_on")
        visit.press("talk.skip_to_end")
        visit.part("keep")
        paper = page.locator("#paper").text_content() or ""
        assert "Call 555-0122. The crisis team of our county." in paper


def test_a_language_that_cannot_be_fetched_is_told_and_the_answers_stay(browser: Browser, harbor: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="en-US", service_workers="block")
    page = context.new_page()
    page.route("**/data/talk.es.json", lambda route: route.abort())
    page.goto(harbor)
    page.wait_for_selector("#title")
    visit = Visit(page, "en")
    visit.begin()
    page.locator('input[name="harm.danger_now"][value="no"]').check()
    visit.press("other_language")
    expect(page.get_by_role("alert").filter(has_text=said("load_failed", "en"))).to_be_visible()
    expect(page.locator('input[name="harm.danger_now"][value="no"]')).to_be_checked()
    page.unroute_all()
    visit.press("other_language")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_text(said("load_failed", "es"))).to_have_count(0)
    context.close()
