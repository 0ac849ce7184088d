"""Keeping, opening again and clearing, as people do it: on their telephone, on another one, with what went wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.guide.conftest import PHONE
from tests.guide.keeping import PASSPHRASE, payload, seal
from tests.guide.walking import Visit, said
from tests.support import AS_OF, shipped
from trellis.guide.keep import code_of, open_kept
from trellis.guide.site import read_site

NEUTRAL = r"notes-\d{4}-\d{2}-\d{2}\.json"
STORED = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
  (await indexedDB.databases()).map((one) => one.name), history.state])"""
ADDRESS = "() => [location.search, location.hash, location.pathname]"
FIRST = {"focus": "mental_health", "age": "adult", "harm.any": "no"}


def answered(visit: Visit) -> None:
    """Two pages answered, then to what is kept."""
    page = visit.page
    visit.begin()
    page.locator('input[name="harm.danger_now"][value="no"]').check()
    visit.press("talk.next")
    for name, value in FIRST.items():
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    visit.press("talk.next")
    visit.press("talk.skip_to_end")
    visit.part("keep")


def fold(visit: Visit, key: str) -> Locator:
    """A fold of the screen, opened."""
    summary = visit.page.locator("summary").filter(has_text=said(key, visit.lang)).first
    found = visit.page.locator("details").filter(has=summary).last
    found.evaluate("(one) => { one.open = true; }")
    return found


def press(part: Locator, key: str, lang: str) -> None:
    part.get_by_role("button", name=said(key, lang), exact=True).click()


def told(part: Locator, visit: Visit, *keys: str) -> None:
    """What came of it, in the words of the interface."""
    for key in keys:
        words = re.split(r"\{\w+\}", said(key, visit.lang))[0].strip()
        expect(part.get_by_role("status")).to_contain_text(words, timeout=20_000)


def try_to_open(visit: Visit, text: str | Path, passphrase: str = PASSPHRASE) -> Locator:
    """Give a file or a code, and the passphrase, and press the button."""
    part = fold(visit, "keeping.open")
    if isinstance(text, Path):
        part.locator('input[type="file"]').set_input_files(text)
        part.locator("textarea").fill("")
    else:
        part.locator("textarea").fill(text)
    part.locator('input[name="passphrase"]').fill(passphrase)
    press(part, "keeping.open_do", visit.lang)
    return part


def answers_shown(visit: Visit) -> list[str]:
    """Every answer as the result lists it."""
    visit.part("considered")
    visit.page.get_by_text(said("considered.answers", visit.lang), exact=True).click()
    return visit.page.locator("dl.answers dd").all_inner_texts()


# --- a file and a code


def test_a_file_opens_in_another_browser_and_neither_its_name_nor_the_page_tells_what_it_is(
    browser: Browser, asked: tuple[str, list[str]], visit: Visit, tmp_path: Path
) -> None:
    title = read_site(None, shipped(), AS_OF)[0].neutral_title.en
    answered(visit)
    part = fold(visit, "keeping.file")
    part.locator('input[name="passphrase"]').fill(PASSPHRASE)
    with visit.page.expect_download() as saved:
        press(part, "keeping.save", "en")
    told(part, visit, "keeping.saved")
    assert re.fullmatch(NEUTRAL, saved.value.suggested_filename)
    assert visit.page.title() == title
    saved.value.save_as(tmp_path / "kept.json")
    text = (tmp_path / "kept.json").read_text(encoding="utf-8")
    assert open_kept(text, PASSPHRASE).answers["harm.danger_now"] == "no"
    for word in ("mental_health", "harm", "adult"):
        assert word not in text
    before = answers_shown(visit)
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as other:
        other.press("start.open")
        opened = try_to_open(other, tmp_path / "kept.json")
        told(opened, other, "keeping.opened")
        assert opened.locator('input[name="passphrase"]').input_value() == "", "the passphrase stays on the screen"
        press(opened, "considered.title", "en")
        assert answers_shown(other) == before
        assert other.page.evaluate(ADDRESS) == ["", "", "/"]


def test_a_code_is_shown_and_opens_elsewhere_in_the_language_of_who_kept_it(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="es-US") as visit:
        answered(visit)
        part = fold(visit, "keeping.file")
        press(part, "keeping.code", "es")
        told(part, visit, "keep.problem.short")
        part.locator('input[name="passphrase"]').fill(PASSPHRASE)
        press(part, "keeping.code", "es")
        shown = part.locator("textarea.keep-code")
        expect(shown).to_be_focused()
        code = shown.input_value()
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        visit.press("start.open")
        try_to_open(visit, code.lower().replace(" ", "-"))
        expect(visit.page.locator("html")).to_have_attribute("lang", "es")
        visit.lang = "es"
        expect(
            visit.page.locator("main [role=status]").filter(has_text=said("keeping.opened", "en"))
        ).to_have_attribute("lang", "en")
        assert len(answers_shown(visit)) > len(FIRST)


# --- what can go wrong


def flipped(text: str) -> str:
    """The same file with one bit of what is encrypted turned over."""
    tree = json.loads(text)
    data = tree["data"]
    tree["data"] = data[:40] + ("A" if data[40] != "A" else "B") + data[41:]
    return json.dumps(tree)


def edited(text: str) -> str:
    """The same file with a number changed by hand."""
    return json.dumps(json.loads(text) | {"rounds": 700_000})


WRONG: dict[str, tuple[Callable[[str], str], str]] = {
    "one bit turned over": (flipped, "damaged"),
    "cut off": (lambda text: text[: len(text) // 2], "damaged"),
    "changed by hand": (edited, "damaged"),
    "of a newer guide": (lambda text: json.dumps(json.loads(text) | {"trellis_guide": 2}), "newer"),
    "not ours": (lambda _: '{"name": "holiday", "photos": []}', "not_ours"),
    "no JSON": (lambda _: "Dear diary", "not_ours"),
    "empty": (lambda _: "", "not_ours"),
    "a code cut off": (lambda text: code_of(text)[:200], "damaged"),
    "a code mistyped": (lambda text: code_of(text).replace("0", "1", 1), "damaged"),
}


@pytest.fixture(scope="module")
def good() -> str:
    """A file that opens."""
    return seal(payload(), PASSPHRASE)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_cannot_be_opened_says_so_in_words_and_nothing_is_lost(
    browser: Browser, asked: tuple[str, list[str]], good: str, tmp_path: Path, lang: str
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{lang}-US") as visit:
        answered(visit)
        before = answers_shown(visit)
        visit.part("keep")
        for number, (name, (spoil, problem)) in enumerate(WRONG.items()):
            path = tmp_path / f"{number}.json"
            path.write_text(spoil(good), encoding="utf-8")
            told(try_to_open(visit, path), visit, f"keep.problem.{problem}")
            assert visit.page.locator("main [role=status].note").count() == 1, name
        part = try_to_open(visit, good, "four other plain words")
        told(part, visit, "keep.problem.passphrase")
        assert answers_shown(visit) == before


def test_a_file_of_another_version_keeps_what_can_be_read_and_names_the_rest(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    given: dict[str, Any] = payload()["answers"]
    other = payload(
        lang="en",
        digest="0" * 64,
        answers=given | {"use.alcohol": "gallons", "harm.no_such_thing": "yes"},
        aims=["no_such_aim"],
    )
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        visit.press("start.open")
        part = try_to_open(visit, seal(other, PASSPHRASE))
        told(part, visit, "keeping.opened", "keep.problem.other_knowledge", "keep.problem.left")
        words = part.get_by_role("status").inner_text()
        for name in ("harm.no_such_thing", "no_such_aim"):
            assert name in words
        assert "use.alcohol" not in words, "what has a name is told by its id"
        assert len(answers_shown(visit)) == len(given) - 1


def test_a_payload_of_a_newer_guide_is_told_from_a_damaged_one(visit: Visit) -> None:
    visit.press("start.open")
    told(try_to_open(visit, seal(payload(format=4), PASSPHRASE)), visit, "keep.problem.newer")


# --- on this device, and clearing


def stored(page: Page) -> str:
    return page.evaluate(STORED)


def test_this_device_keeps_only_after_an_explicit_choice_and_only_what_nobody_can_read(visit: Visit) -> None:
    page = visit.page
    empty = stored(page)
    answered(visit)
    assert stored(page) == empty
    part = fold(visit, "keeping.device")
    part.locator('input[name="passphrase"]').fill(PASSPHRASE)
    assert stored(page) == empty
    press(part, "keeping.device_keep", "en")
    told(part, visit, "keeping.device_kept")
    kept = stored(page)
    for word in ("danger", "mental", "adult", "none", PASSPHRASE):
        assert word not in kept
    visit.part("questions")
    page.locator("main .take-along textarea").last.fill("mine alone")
    page.wait_for_timeout(900)
    later = stored(page)
    assert later != kept, "a later change is not kept"
    assert "alone" not in later
    page.reload()
    page.wait_for_selector("#title")
    visit.press("start.kept")
    part = fold(visit, "keeping.device")
    part.locator('input[name="passphrase"]').fill("four other plain words")
    press(part, "keeping.device_open", "en")
    told(part, visit, "keep.problem.passphrase")
    part.locator('input[name="passphrase"]').fill(PASSPHRASE)
    press(part, "keeping.device_open", "en")
    told(part, visit, "keeping.opened")
    assert len(answers_shown(visit)) > len(FIRST)
    visit.part("questions")
    expect(page.locator("main .take-along textarea").last).to_have_value("mine alone")
    visit.part("keep")
    press(fold(visit, "keeping.device"), "keeping.device_forget", "en")
    assert stored(page) == empty
    assert len(answers_shown(visit)) > len(FIRST), "taking it off the device takes it off the screen"


def test_one_tap_clears_memory_device_and_the_printed_page(visit: Visit) -> None:
    page = visit.page
    empty = stored(page)
    address = page.evaluate(ADDRESS)
    answered(visit)
    part = fold(visit, "keeping.device")
    part.locator('input[name="passphrase"]').fill(PASSPHRASE)
    press(part, "keeping.device_keep", "en")
    told(part, visit, "keeping.device_kept")
    expect(page.locator("#paper .page")).to_have_count(1)
    visit.page.get_by_text(said("keeping.clear", visit.lang), exact=True).click()
    visit.press("keeping.clear_do")
    expect(page.locator("#title")).to_have_text(said("start.title", "en"))
    expect(page.locator("#paper .page")).to_have_count(0)
    page.wait_for_timeout(600)
    assert stored(page) == empty, "what was still being kept came back"
    visit.press("start.open")
    assert page.locator("nav.parts").count() == 1
    visit.part("considered")
    assert page.locator("dl.answers dd").count() == 0
    page.go_back()
    assert page.locator("dl.answers dd").count() == 0
    assert page.evaluate(ADDRESS) == address
