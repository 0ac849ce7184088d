"""Changing an answer from the result: each is asked again, whether anything is left open by the others or not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.guide.screens import truth
from tests.guide.walking import Visit, boxes, said

MOST_PAGES = 60
CLOSED = ("harm.any", "age", "home")
"""Answers that others imply, or without which the result stands: the conversation alone would not ask for them. The
last is a list, which is changed as a whole."""


def change(visit: Visit, name: str) -> None:
    visit.page.get_by_text(said("considered.answers", visit.lang), exact=True).click()
    visit.page.locator(f'[id="change-{name}"]').click()


def at_the_result(visit: Visit) -> None:
    visit.begin()
    visit.answer_all(truth())


@pytest.mark.slow
def test_each_answer_can_be_changed_and_going_back_loses_none(visit: Visit) -> None:
    page = visit.page
    at_the_result(visit)
    given = page.locator("dl.answers dt").count()
    for name in CLOSED:
        change(visit, name)
        expect(page.locator(f'input[name="{name}"]').first).to_be_visible()
        assert boxes(page) == [name]
        expect(page.locator(f'input[name="{name}"]:checked').first).to_be_attached()
        visit.press("back")
        page.wait_for_function("() => document.querySelector('dl.answers')")
        assert page.locator("dl.answers dt").count() == given, name
    change(visit, "age")
    page.locator('input[name="age"][value="older_adult"]').check()
    visit.press("talk.next")
    expect(page.locator("main").get_by_role("button", name=said("considered.print", "en"))).to_be_visible()
    page.get_by_text(said("considered.answers", "en"), exact=True).click()
    row = page.locator("dl.answers > div").filter(has=page.locator('[id="asked-age"]'))
    expect(row.locator("dd")).to_contain_text("65")


def test_a_changed_answer_that_cannot_stand_beside_another_names_it_and_offers_it_anew(visit: Visit) -> None:
    page = visit.page
    at_the_result(visit)
    change(visit, "harm.any")
    page.locator('input[name="harm.any"][value="no"]').check()
    visit.press("talk.next")
    alert = page.locator("main [role=alert]")
    expect(alert).to_contain_text(said("talk.clash", "en"))
    again = alert.get_by_role("button", name=said("talk.take_back", "en"))
    expect(again).to_have_count(1)
    again.click()
    expect(page.locator("main fieldset")).to_have_count(1)
    assert boxes(page) != ["harm.any"]


def test_back_shows_each_page_as_it_was_and_next_leads_on_without_choosing_again(visit: Visit) -> None:
    page = visit.page
    at_the_result(visit)
    pages = 0
    while visit.page.locator("#title").inner_text() != said("start.title", "en"):
        page.go_back()
        page.wait_for_timeout(50)
        for name in boxes(page):
            assert page.locator(f'input[name="{name}"]:checked').count(), f"{name} came back empty"
        pages += 1
        assert pages < MOST_PAGES
    visit.press("start.me")
    visit.press("talk.next")
    for _ in range(pages):
        if visit.shows("considered.print"):
            return
        visit.press(
            "help.go_on"
            if visit.shows("help.go_on")
            else "talk.safe_yes"
            if visit.shows("talk.safe_yes")
            else "talk.next"
        )
    raise AssertionError(f"not at the result again: {visit.words()}")
