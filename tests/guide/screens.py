"""Every screen of the guide, one after another, each as it stands when most of it is open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from playwright.sync_api import Page, expect

from tests.guide.walking import Visit, boxes, chosen, said
from tests.support import complete, shipped, vignettes

PERSON = "carer-on-shifts-attempted-suicide-yesterday"
"""Somebody with a danger, a hold, things that stand in the way, and a wish that collides with safety."""
PASSPHRASE = "four small plain words"
MOST_PAGES = 30
EARLY, HELPED = 2, 3
RATED = 3


@cache
def truth(vignette: str = PERSON) -> dict[str, str]:
    """A person of the vignettes, filled in to be complete."""
    found = next(one for one in vignettes() if one["id"] == vignette)
    return complete(shipped(), found["answers"])


def screens(visit: Visit, whom: str = "me") -> Iterator[str]:
    """Go through the whole guide; the name of each screen is given while it is shown.

    Args:
        visit: a visit at its very beginning.
        whom: ``"me"`` or ``"loved_one"``.
    """
    yield "start"
    visit.press(f"start.{whom}")
    yield "what worries most"
    for concern in ("suicide", "leaving"):
        visit.page.locator(f'input[name="concerns"][value="{concern}"]').check()
    yield "help at once below what worries most"
    visit.page.locator('input[name="way"][value="whole"]').check()
    visit.press("talk.next")
    yield from _first_page(visit)
    yield from _conversation(visit)
    open_all(visit.page)
    yield "considered"
    yield from _sheet(visit)
    yield from _parts(visit)
    yield from _keep(visit)


def open_all(page: Page) -> None:
    """Open every fold of the screen."""
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


def choose(page: Page) -> None:
    """Choose on the page of questions what is true of the person."""
    for name in boxes(page):
        there = page.locator(f'input[name="{name}"]').evaluate_all("all => all.map((one) => one.value)")
        for value in chosen(name, truth(), there):
            page.locator(f'input[name="{name}"][value="{value}"]').check()


def _first_page(visit: Visit) -> Iterator[str]:
    visit.press("talk.next")
    expect(visit.page.locator("main [role=alert]")).not_to_be_empty()
    yield "a page without an answer"
    visit.page.locator('input[name="harm.danger_now"][value="yes"]').check()
    expect(visit.page.locator("fieldset .danger")).to_be_visible()
    open_all(visit.page)
    yield "help at once below a question"


def _conversation(visit: Visit) -> Iterator[str]:
    page = visit.page
    shown: set[str] = set()
    for number in range(1, MOST_PAGES):
        page.wait_for_selector("main .actions button")
        if visit.shows("considered.print"):
            return
        if visit.shows("help.go_on"):
            open_all(page)
            yield f"{number}: danger"
            visit.press("help.go_on")
            continue
        if visit.shows("talk.safe_yes"):
            yield f"{number}: private gate"
            visit.press("talk.safe_yes")
        if number > EARLY and "early" not in shown:
            shown.add("early")
            yield from _early(visit)
        if number > HELPED and "help" not in shown:
            shown.add("help")
            yield from _help(visit)
        open_all(page)
        yield f"{number}: questions"
        choose(page)
        visit.press("talk.next")
    raise AssertionError(f"still asking: {visit.words()}")


def _early(visit: Visit) -> Iterator[str]:
    visit.press("talk.skip_to_end")
    open_all(visit.page)
    yield "considered early"
    visit.press("considered.go_on")


def _help(visit: Visit) -> Iterator[str]:
    visit.press("help_now")
    open_all(visit.page)
    yield "help"
    visit.page.keyboard.press("Escape")


def _sheet(visit: Visit) -> Iterator[str]:
    visit.page.locator("main .read a").first.click()
    expect(visit.page.locator(".sheet .reading h1, .sheet .reading h2").first).to_be_visible()
    yield "sheet"
    visit.page.keyboard.press("Escape")


def _parts(visit: Visit) -> Iterator[str]:
    page = visit.page
    visit.part("comparison")
    open_all(page)
    yield "comparison"
    visit.part("matters")
    for number, group in enumerate(page.locator("main .rating").all()[:RATED]):
        group.locator(f'input[value="{5 - number}"]').check()
    open_all(page)
    yield "matters"
    visit.part("approaches")
    page.locator('main input[name^="aim-"]').first.check()
    page.locator('main input[name^="take-"]').first.check()
    open_all(page)
    yield "approaches"
    visit.part("questions")
    open_all(page)
    page.locator("main .take-along textarea").first.fill("?")
    yield "questions"
    visit.part("next")
    open_all(page)
    yield "next"


def _keep(visit: Visit) -> Iterator[str]:
    page, lang = visit.page, visit.lang
    visit.part("keep")
    open_all(page)
    first = page.locator("details.keep-part").first
    first.locator('input[name="passphrase"]').fill(PASSPHRASE)
    first.get_by_role("button", name=said("keeping.code", lang)).click()
    code = first.locator("textarea.keep-code")
    expect(code).to_be_visible()
    yield "keep"
    typed = code.input_value()
    second = page.locator('details.keep-part:has(input[type="file"])')
    second.locator('textarea[name="code"]').fill(typed)
    second.locator('input[name="passphrase"]').fill(PASSPHRASE)
    second.get_by_role("button", name=said("keeping.open_do", lang), exact=True).click()
    expect(second.get_by_role("status")).to_have_text(said("keeping.opened", lang))
    yield "keep, opened again"
    visit.part("considered")
    yield "considered, restored"
