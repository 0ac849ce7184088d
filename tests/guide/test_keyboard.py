"""The whole way by keys alone: no mouse, no touch, from the first screen to the printed page."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.guide.screens import PASSPHRASE, truth
from tests.guide.walking import Visit, boxes, chosen, said

MOST_KEYS = 250
MOST_PAGES = 30
PRINTS = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"


@dataclass
class Keys:
    """Hands that only reach the keyboard."""

    page: Page
    lang: str

    def on(self) -> dict[str, str]:
        """What has the focus now."""
        script = """() => {
          const one = document.activeElement;
          return {tag: one.localName, name: one.name || '', value: one.value || '', id: one.id,
            words: (one.innerText || '').trim().replace(/\\s+/g, ' ')};
        }"""
        return self.page.evaluate(script)

    def to(self, key: str = "Tab", **wanted: str) -> None:
        """Press a key until what is wanted has the focus; ``words`` are how its words begin."""
        for _ in range(MOST_KEYS):
            self.page.keyboard.press(key)
            found = self.on()
            if all(
                found[part].startswith(value) if part == "words" else found[part] == value
                for part, value in wanted.items()
            ):
                return
        raise AssertionError(f"[{wanted}] cannot be reached by [{key}]; the focus is on {self.on()}")

    def press(self, words: str, key: str = "Enter", way: str = "Tab") -> None:
        """Go to the button or fold with these words of the interface and press it."""
        self.to(way, words=said(words, self.lang).split("{")[0].rstrip(" ("))
        self.page.keyboard.press(key)

    def choose(self, name: str, value: str) -> None:
        """Choose in a group: a box by the space bar, one of several by the arrows."""
        kind = self.page.locator(f'input[name="{name}"][value="{value}"]').get_attribute("type")
        if kind == "checkbox":
            self.to(name=name, value=value)
            self.page.keyboard.press("Space")
            return
        self.to(name=name)
        if self.on()["value"] == value:
            self.page.keyboard.press("Space")
        else:
            self.to("ArrowDown", name=name, value=value)
        assert self.page.locator(f'input[name="{name}"][value="{value}"]').is_checked()

    def part(self, name: str) -> None:
        """Go back to the navigation, and from there to a part."""
        self.press(f"part.{name}", way="Shift+Tab")
        expect(self.page.locator("#title")).to_be_focused()


def answer(visit: Visit, keys: Keys) -> None:
    """Answer every page until the result is there."""
    page = visit.page
    for _ in range(MOST_PAGES):
        page.wait_for_selector("main .actions button")
        expect(page.locator("#title")).to_be_focused()
        if visit.shows("considered.print"):
            return
        if visit.shows("help.go_on"):
            keys.press("help.go_on")
            continue
        if visit.shows("talk.safe_yes"):
            keys.press("talk.safe_yes", key="Space")
            expect(page.locator("#title")).to_be_focused()
        for name in boxes(page):
            there = page.locator(f'input[name="{name}"]').evaluate_all("all => all.map((one) => one.value)")
            for value in chosen(name, truth(), there):
                keys.choose(name, value)
        before = page.locator("#title").inner_text()
        keys.press("talk.next")
        page.wait_for_function("(before) => document.querySelector('#title')?.innerText !== before", arg=before)
    raise AssertionError(f"still asking: {visit.words()}")


@pytest.mark.slow
def test_the_whole_way_goes_by_keys_alone(visit: Visit) -> None:
    page, keys = visit.page, Keys(visit.page, "en")
    page.evaluate(PRINTS)
    keys.press("start.me")
    keys.press("talk.next")
    keys.press("help_now", way="Shift+Tab")
    expect(page.locator("#help-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#title")).to_be_focused()
    answer(visit, keys)
    in_the_comparison(visit, keys)
    with_what_matters(visit, keys)
    with_treatments_and_questions(visit, keys)
    keeping_and_printing(visit, keys)


def in_the_comparison(visit: Visit, keys: Keys) -> None:
    page = visit.page
    keys.press("considered.compare")
    shown = page.locator("main table").first.locator("thead th").count()
    keys.press("compare.choose")
    keys.to(tag="input")
    page.keyboard.press("Space")
    expect(page.locator("main table").first.locator("thead th")).to_have_count(shown + 1)
    keys.press("compare.read_name")
    expect(page.locator("#sheet-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#title")).to_be_focused()


def with_what_matters(visit: Visit, keys: Keys) -> None:
    page = visit.page
    keys.part("matters")
    keys.to(tag="input")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert keys.on()["value"] == "3"
    keys.press("matters.clear")
    assert page.evaluate("() => document.activeElement.closest('main') !== null"), "the focus is lost with the button"
    assert page.locator("main .rating input:checked").count() == 0


def with_treatments_and_questions(visit: Visit, keys: Keys) -> None:
    page = visit.page
    keys.part("approaches")
    keys.to(tag="input")
    while not keys.on()["name"].startswith("take-"):
        keys.to(tag="input")
    page.keyboard.press("Space")
    assert page.locator('main input[name^="take-"]:checked').count() == 1
    keys.part("questions")
    keys.press("questions.change")
    keys.to(tag="textarea")
    page.keyboard.press("End")
    page.keyboard.type(" And at night?")
    expect(page.locator("main .take-along span").filter(has_text="And at night?").first).to_be_visible()
    keys.press("questions.add")
    keys.page.keyboard.type("Mine")
    assert keys.on()["value"] == "Mine", "a new question does not have the focus"


def keeping_and_printing(visit: Visit, keys: Keys) -> None:
    page = visit.page
    keys.part("keep")
    keys.press("keeping.print")
    assert page.evaluate("() => window.printed") == 1
    keys.press("keeping.file")
    keys.to(name="passphrase")
    page.keyboard.type(PASSPHRASE)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".json")
    expect(page.locator("main [role=status]").filter(has_text=said("keeping.saved", "en"))).to_be_visible()
    keys.to("Shift+Tab", name="passphrase")
    page.keyboard.type(PASSPHRASE)
    keys.press("keeping.code")
    expect(page.locator("textarea.keep-code").first).to_be_focused()


def test_who_presses_next_too_early_hears_what_is_missing_and_is_led_to_it(visit: Visit) -> None:
    keys = Keys(visit.page, "en")
    keys.press("start.me")
    keys.press("talk.next")
    visit.page.wait_for_selector("input[name='harm.danger_now']")
    keys.press("talk.next")
    alert = visit.page.locator("main [role=alert]")
    expect(alert).to_contain_text(said("talk.missing", "en", count=1))
    expect(alert).to_be_focused()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator('input[name="harm.danger_now"]').first).to_be_focused()
