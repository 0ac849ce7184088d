"""Narrow screens, large letters, wide spacing, no movement, the reader's own colours: nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.guide.conftest import PHONE
from tests.guide.measuring import cut_off, moving, restyled
from tests.guide.screens import screens
from tests.guide.walking import Visit
from trellis.guide.build import Built

NARROW, WIDE = 320, 1280
"""320 px is also what 1280 px are at a zoom of 400 %: WCAG 1.4.10."""
TWICE = "html { font-size: 212.5% !important; }"
"""The letters of the guide are 106.25 % of the browser's; twice that is WCAG 1.4.4."""
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
svg, svg * { letter-spacing: normal !important; word-spacing: normal !important; }
p { margin-block-end: 2em !important; }
"""
"""WCAG 1.4.12. Words in a picture stand in the text beside it as well."""
WAYS = {
    "narrow": (NARROW, ""),
    "twice as large on a phone": (PHONE["width"], TWICE),
    "twice as large": (WIDE, TWICE),
    "spaced": (NARROW, SPACED),
}
READ = (
    "index",
    "about",
    "quality",
    "terms/index",
    "settings/iop",
    "approaches/dbt",
    "instruments/phq9",
    "choices/inpatient_or_iop",
    "moments/refuses",
    "moments/loved_one_inside",
)


def lost(page: Page) -> list[str]:
    """What is cut off in any of the ways somebody may read the screen."""
    found = []
    for way, (width, rules) in WAYS.items():
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        restyled(page, rules)
        found += [f"{way}: {one}" for one in cut_off(page)]
    restyled(page, "")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "whom"), [("en", "loved_one"), ("es", "me")])
def test_no_screen_loses_words_when_it_is_narrow_or_its_letters_are_large_or_spaced(
    browser: Browser, asked: tuple[str, list[str]], lang: str, whom: str
) -> None:
    wrong = {}
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{lang}-US", reduced_motion="reduce") as visit:
        for name in screens(visit, whom):
            if found := [*lost(visit.page), *moving(visit.page)]:
                wrong[name] = found
    assert not wrong, wrong


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_page_to_read_loses_words_when_it_is_narrow_or_its_letters_are_large_or_spaced(
    browser: Browser, asked: tuple[str, list[str]], built: tuple[Path, Built], lang: str
) -> None:
    wrong = {}
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{lang}-US") as visit:
        for name in READ:
            visit.page.goto(f"{asked[0]}{lang}/read/{name}.html")
            if found := lost(visit.page):
                wrong[name] = found
    assert not wrong, wrong


# --- the reader's own colours


def look_of(page: Page, selector: str) -> dict[str, str]:
    script = """(one) => {
      const {borderTopWidth, borderTopColor, outlineStyle, outlineWidth, outlineColor, fill, stroke, appearance, color,
        backgroundColor} = getComputedStyle(one);
      return {borderTopWidth, borderTopColor, outlineStyle, outlineWidth, outlineColor, fill, stroke, appearance, color,
        backgroundColor};
    }"""
    return page.locator(selector).first.evaluate(script)


def test_in_the_reader_s_own_colours_what_is_chosen_where_the_focus_is_and_the_pictures_can_be_told_apart(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US", forced_colors="active") as visit:
        page = visit.page
        visit.begin()
        page.locator('input[value="no"]').check()
        plain, chosen = look_of(page, ".tile:has([value=yes])"), look_of(page, ".tile:has(:checked)")
        assert chosen["borderTopWidth"] != plain["borderTopWidth"]
        assert chosen["borderTopColor"] != plain["borderTopColor"]
        assert look_of(page, "input:checked")["appearance"] == "auto", "a drawn tick is lost in forced colours"
        page.keyboard.press("ArrowDown")
        focused, left = look_of(page, ".tile:has(:focus)"), look_of(page, ".tile:not(:has(:focus))")
        assert (focused["outlineStyle"], left["outlineStyle"]) == ("solid", "none")
        page.locator('input[value="no"]').check()
        visit.press("talk.next")
        visit.press("talk.skip_to_end")
        visit.part("approaches")
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        full, pale = look_of(page, ".people-sure"), look_of(page, ".people-rest")
        assert full["fill"] != pale["fill"]
        assert pale["stroke"] != "none"
        here, other = look_of(page, ".parts [aria-current]"), look_of(page, ".parts .secondary")
        assert here["backgroundColor"] != other["backgroundColor"]
