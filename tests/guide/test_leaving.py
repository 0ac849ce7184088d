"""Nothing is lost by a slip: leaving asks first, help stays in reach; what is cleared is cleared in every tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.guide.conftest import PHONE
from tests.guide.walking import Visit, said

HEAR = """() => {
  window.heard = [];
  new BroadcastChannel(`clear ${location.pathname}`).onmessage = (one) => window.heard.push(one.data);
}"""


@pytest.fixture
def asked_before(visit: Visit) -> list[str]:
    """Every question that the browser asks before it leaves the page; the person then leaves."""
    found: list[str] = []

    def hear(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.accept()

    visit.page.on("dialog", hear)
    return found


def give_one_answer(visit: Visit) -> None:
    visit.begin()
    visit.page.locator('input[name="harm.danger_now"][value="no"]').check()
    visit.press("talk.next")


def test_loading_anew_asks_first_once_something_was_answered(visit: Visit, asked_before: list[str]) -> None:
    visit.begin()
    visit.page.reload()
    assert asked_before == []
    give_one_answer(visit)
    visit.page.reload()
    assert asked_before == ["beforeunload"]


def test_a_call_for_help_is_never_asked_about(visit: Visit, asked_before: list[str]) -> None:
    give_one_answer(visit)
    page = visit.page
    # No telephone is at hand here: what counts is that the page would let it go.
    page.evaluate("() => document.addEventListener('click', (event) => event.preventDefault())")
    page.locator('a[href="tel:911"]').first.click()
    page.evaluate("() => location.reload()")
    page.wait_for_selector("#title")
    assert asked_before == []


def test_leaving_now_asks_nothing(visit: Visit, asked_before: list[str]) -> None:
    give_one_answer(visit)
    visit.page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    visit.press("leave")
    expect(visit.page.locator("h1")).to_have_text("Weather")
    assert asked_before == []
    visit.foreign.clear()


@pytest.fixture
def two(browser: Browser, asked: tuple[str, list[str]]) -> Iterator[tuple[Visit, Page]]:
    """Two tabs of the guide in one browser."""
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        other = visit.page.context.new_page()
        other.goto(asked[0])
        other.wait_for_selector("#title")
        yield visit, other


@pytest.mark.parametrize("how", ["clear", "leave"])
def test_what_is_cleared_in_one_tab_is_cleared_in_the_other(two: tuple[Visit, Page], how: str) -> None:
    visit, other = two
    seen = Visit(other, "en")
    give_one_answer(seen)
    other.evaluate(HEAR)
    give_one_answer(visit)
    if how == "leave":
        visit.page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
        visit.press("leave")
        visit.foreign.clear()
    else:
        visit.press("talk.skip_to_end")
        visit.part("keep")
        visit.page.get_by_text(said("keeping.clear", "en"), exact=True).click()
        visit.press("keeping.clear_do")
    expect(other.locator("#title")).to_have_text(said("start.title", "en"))
    assert other.evaluate("() => window.heard") == [None], "the message carries something"
    other.go_back()
    assert other.locator("fieldset").count() == 0
    visit.foreign.clear()


def test_help_and_leaving_stay_in_reach(visit: Visit) -> None:
    page = visit.page
    give_one_answer(visit)
    visit.press("talk.skip_to_end")
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(200)
    for key in ("help_now", "leave"):
        expect(page.get_by_role("button", name=said(key, "en"), exact=True).first).to_be_in_viewport(ratio=1)


def test_pulling_down_does_not_load_the_page_anew(visit: Visit) -> None:
    style = visit.page.evaluate("() => getComputedStyle(document.documentElement).overscrollBehaviorY")
    assert style == "contain"


def test_an_unanswered_question_is_named_on_top_linked_and_marked(visit: Visit) -> None:
    page = visit.page
    visit.begin()
    visit.press("talk.next")
    alert = page.locator("main [role=alert]")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    link = alert.get_by_role("link")
    address = page.url
    link.click()
    expect(page.locator('input[name="harm.danger_now"]').first).to_be_focused()
    assert page.url == address
    marked = page.locator("fieldset.wrong")
    expect(marked).to_have_count(1)
    assert page.locator(f"#{str(marked.get_attribute('aria-describedby')).replace('.', chr(92) + '.')}").inner_text()
    page.locator('input[name="harm.danger_now"][value="no"]').check()
    expect(page.locator("fieldset.wrong")).to_have_count(0)
