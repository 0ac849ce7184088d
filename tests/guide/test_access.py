"""Every screen, in both languages and for both who may answer: seen, heard, hit, and reached by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.guide.conftest import PHONE
from tests.guide.hearing import LANDMARKS, ambiguous, badly_built, heard, pictures, tables, unnamed, wrongly_spoken
from tests.guide.measuring import badly_focused, contrasts, small_targets
from tests.guide.screens import screens
from tests.guide.walking import SCREENS, Visit, boxes, said
from tests.support import shipped
from trellis.guide.build import Built

COLOURS = ("color-contrast",)
LEAST_CONTRAST = 3.0
"""What is no text but has to be seen: WCAG 1.4.11."""
ALREADY_USED = ("start", "a page without", "help at once", "1: questions", "matters", "approaches", "questions", "keep")
"""Screens on which something was done already when they are looked at; it has the focus."""
GROUNDS = ("--paper", "--card", "--warm")
READ = (
    "index",
    "about",
    "quality",
    "terms/index",
    "settings/iop",
    "settings/recovery_residence",
    "approaches/dbt",
    "instruments/phq9",
    "choices/inpatient_or_iop",
    "moments/after_overdose",
    "moments/refuses",
    "moments/leaving_jail",
)


@contextmanager
def at(browser: Browser, address: str, lang: str, scheme: str = "light") -> Iterator[Visit]:
    with Visit.of(browser, address, viewport=PHONE, locale=f"{lang}-US", color_scheme=scheme) as visit:
        yield visit


def of_the_screen(visit: Visit, name: str) -> list[str]:
    """All that is wrong on the screen as it stands."""
    page, lang = visit.page, visit.lang
    untitled = [] if name.startswith(ALREADY_USED) else without_focus(page)
    nodes = heard(page)
    parts = page.locator("nav.parts").count()
    page.keyboard.press("Shift")  # As for somebody who uses keys: the ring of the focus is shown.
    return [
        *untitled,
        *visit.problems_of_access(),
        *unnamed(nodes),
        *ambiguous(nodes, {said("close", lang)}),
        *badly_built(nodes, LANDMARKS | {"navigation": parts}),
        *tables(nodes),
        *pictures(nodes),
        *wrongly_spoken(page, lang),
        *small_targets(page),
        *badly_focused(page),
    ]


def without_focus(page: Page) -> list[str]:
    """A screen that is new and whose title does not have the focus: who listens to it would not hear of it."""
    found = page.evaluate("() => document.activeElement.id || document.activeElement.localName")
    return [] if found in {"title", "help-title", "sheet-title"} else [f"the focus is on [{found}]"]


def dark(visit: Visit) -> list[str]:
    """Colours that are hard to read in the dark scheme."""
    visit.page.emulate_media(color_scheme="dark")
    found = visit.problems_of_access(COLOURS)
    visit.page.emulate_media(color_scheme="light")
    return [f"dark: {one}" for one in found]


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_screen_can_be_seen_heard_hit_and_reached(
    browser: Browser, asked: tuple[str, list[str]], lang: str, whom: str
) -> None:
    wrong: dict[str, list[str]] = {}
    seen = []
    with at(browser, asked[0], lang) as visit:
        for name in screens(visit, whom):
            seen.append(name)
            found = of_the_screen(visit, name) + (dark(visit) if whom == "me" else [])
            if found:
                wrong[name] = found
    assert {"start", "help", "sheet", "considered early", *SCREENS} <= set(seen)
    assert any("danger" in name for name in seen)
    assert any("gate" in name for name in seen)
    assert not wrong, wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_signs_and_the_ring_of_the_focus_can_be_told_from_what_lies_below(
    browser: Browser, asked: tuple[str, list[str]], scheme: str
) -> None:
    drawn = ("--muted", "--accent", "--focus", "--danger")
    with at(browser, asked[0], "en", scheme) as visit:
        found = contrasts(visit.page, [(one, ground) for one in drawn for ground in GROUNDS])
        found |= contrasts(visit.page, [("--focus", "--danger-paper"), ("--danger", "--danger-paper")])
        pale = contrasts(visit.page, [("--line", "--paper")])
    assert min(found.values()) >= LEAST_CONTRAST, found
    assert max(pale.values()) < LEAST_CONTRAST, "the measure finds nothing too pale"


# --- focus and errors


def test_the_skip_link_leads_past_what_stands_on_every_screen(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=said("start.me", "en"), exact=True)).to_be_focused()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_missing_and_what_cannot_both_be_is_told_in_words(
    browser: Browser, asked: tuple[str, list[str]], lang: str
) -> None:
    with at(browser, asked[0], lang) as visit:
        page = visit.page
        visit.begin()
        visit.press("talk.next")
        expect(page.locator("main [role=alert]")).to_contain_text(said("talk.missing", lang, count=1))
        give(page, visit, {"harm.danger_now": "no"})
        visit.press("talk.next")
        expect(page.locator("main [role=alert]")).to_contain_text(said("talk.missing", lang, count=3))
        give(page, visit, {"focus": "mental_health", "age": "adult", "harm.any": "no"})
        page.locator('input[name="pregnancy"][value="pregnant"]').check()
        for name in set(boxes(page)) - {"pregnancy"}:
            page.locator(f'input[name="{name}"][value="not_known"]').check()
        visit.press("talk.next")
        visit.press("talk.skip_to_end")
        page.get_by_text(said("considered.answers", lang), exact=True).click()
        page.locator('[id="change-age"]').click()
        give(page, visit, {"age": "older_adult"})
        alert = page.locator("main [role=alert]")
        expect(alert).to_contain_text(said("talk.clash", lang))
        for name in ("age", "pregnancy"):
            asks = shipped().factors[name].question.person.in_language(lang).split("?")[0]
            expect(alert).to_contain_text(asks)
        assert page.locator('input[name="age"][value="older_adult"]').is_checked(), "what was chosen is gone"


def give(page: Page, visit: Visit, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    visit.press("talk.next")


def test_an_answer_that_cannot_stand_beside_an_earlier_one_names_both_and_takes_back_the_earlier(visit: Visit) -> None:
    page = visit.page
    visit.begin()
    give(page, visit, {"harm.danger_now": "no"})
    give(page, visit, {"focus": "mental_health", "age": "adult", "harm.any": "yes"})
    give(page, visit, {"pregnancy": "no", "harm-which": "harm.violence"})
    page.locator('input[name="harm.violence"]').last.wait_for()
    for name in dict.fromkeys(page.locator("main fieldset input").evaluate_all("all => all.map((one) => one.name)")):
        page.locator(f'input[name="{name}"]:not([value="not_known"], [value="declined"])').last.check()
    visit.press("talk.next")
    alert = page.locator("main [role=alert]")
    expect(alert.locator("li")).to_have_count(2)
    told = said("talk.your_answer", "en").split("{")[0].strip()
    expect(alert).to_contain_text(told)
    earlier = alert.locator("li").filter(has_text=shipped().facts["harm.danger_now"].question.person.en.split("?")[0])
    earlier.get_by_role("button", name=said("talk.take_back", "en")).click()
    expect(page.locator("#title")).to_be_focused()
    expect(page.locator('input[name="harm.danger_now"]').first).to_be_visible()


# --- the pages to read


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_pages_to_read_can_be_seen_heard_hit_and_reached_without_the_app(
    browser: Browser, asked: tuple[str, list[str]], built: tuple[Path, Built], lang: str
) -> None:
    pages = [f"{lang}/read/{name}.html" for name in READ]
    assert set(pages) <= set(built[1].files)
    wrong: dict[str, list[str]] = {}
    with at(browser, asked[0], lang) as visit:
        for name in [*pages, "there-is-no-such-page"]:
            visit.page.goto(asked[0] + name)
            nodes = heard(visit.page)
            own = {"main": 1} if "/read/" in name else {}
            checks: list[Callable[[], list[str]]] = [
                visit.problems_of_access,
                lambda nodes=nodes: unnamed(nodes),
                lambda nodes=nodes, own=own: badly_built(nodes, own),
                lambda: small_targets(visit.page),
                lambda: badly_focused(visit.page),
                lambda: dark(visit),
            ]
            found = [one for check in checks for one in check()]
            if found:
                wrong[name] = found
        visit.complaints.clear()  # The page that is not there is told of by the browser.
    assert not wrong, wrong
