"""Answers kept for long: what is too old is told, and can be answered again."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.guide.conftest import PHONE
from tests.guide.keeping import PASSPHRASE, payload, seal
from tests.guide.test_keeping_journey import told, try_to_open
from tests.guide.walking import Visit, said

OLD = {
    "focus": "both",
    "age": "adult",
    "pregnancy": "no",
    "mental.depression": {"value": "severe", "date": "2025-01-01"},
}


def test_what_is_too_old_is_told_and_can_be_answered_again(browser: Browser, asked: tuple[str, list[str]]) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        visit.press("start.open")
        part = try_to_open(visit, seal(payload(lang="en", answers=OLD), PASSPHRASE))
        told(part, visit, "keeping.opened")
        visit.part("considered")
        note = visit.page.locator("section.note").filter(has_text=said("aged.old", "en"))
        expect(note).to_contain_text("Low nearly all day")
        expect(note).to_contain_text("2025")
        note.get_by_role("listitem").filter(has_text="Low nearly all day").get_by_role("button").click()
        expect(visit.page.locator('input[name="mental.depression"]').first).to_be_visible()
