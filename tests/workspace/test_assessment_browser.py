"""Assessments in a browser: with and without a script, two people at once, danger on a form, a lost connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.soak_workspace import Site, site
from tests.guide.walking import AXE, RULES

pytestmark = pytest.mark.slow
PHONE, WIDE = {"width": 320, "height": 740}, {"width": 1280, "height": 900}
WAIT = 20_000


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """A site with one assessment for each test."""
    with site(assessments=6) as made:
        made.start()
        yield made


@contextmanager
def visit(browser: Browser, served: Site, who: str = "clinician", *, script: bool = True) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport=WIDE, java_script_enabled=script, locale="en-US")
    context.set_default_timeout(WAIT)
    session = served.made["sessions"].get(who)
    if session:
        cookie = {"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/team/"}
        context.add_cookies([cookie])  # type: ignore[list-item]
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    lost = ("Failed to load resource", "net::ERR", "htmx:sendError", "htmx:afterRequest")
    assert [said for said in complaints if not any(word in said for word in lost)] == []


def at(served: Site, number: int, where: str) -> str:
    return f"{served.address}/team/assessments/{served.made['assessments'][number]}/{where}"


def fits(page: Page) -> None:
    """Nothing is to be scrolled sideways on a narrow phone."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def accessible(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))  # past the page's own rules on scripts
    found = page.evaluate("rules => axe.run({exclude: ['.watermark']}, {runOnly: rules})", list(RULES))
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


@pytest.mark.parametrize("script", [True, False])
def test_one_by_one_is_answered_acknowledged_and_goes_on(served: Site, browser: Browser, script: bool) -> None:
    with visit(browser, served, script=script) as page:
        page.goto(at(served, 0 if script else 1, "next/"))
        first = page.locator("fieldset.fact").first
        first.locator("input[type=radio]").first.check()
        if script:
            expect(first.locator(".saved")).to_contain_text("Saved")
            expect(page.locator("#minutes")).to_contain_text("minute")
            accessible(page)
        page.get_by_role("button", name="Save and go on").last.click()
        expect(page.locator("fieldset.fact")).to_have_count(2)  # pregnancy waits for the age
        page.get_by_role("button", name="Take the last answer back").click()
        expect(page.locator("fieldset.fact")).to_have_count(1)
        fits(page)


def test_two_people_answer_the_same_and_neither_is_overwritten(served: Site, browser: Browser) -> None:
    with visit(browser, served) as one, visit(browser, served, "case_manager") as other:
        for page in (one, other):
            page.goto(at(served, 2, "part/mental/"))
        one.locator("#v-mental-depression-severe").check()
        expect(one.locator("#s-mental-depression .saved")).to_contain_text("Saved")
        other.locator("#v-mental-depression-mild").check()
        state = other.locator("#s-mental-depression")
        expect(state).to_contain_text("Somebody else answered this")
        expect(state).to_contain_text("Clinician Invented")
        state.get_by_role("button", name="Keep both").click()
        expect(other.locator("#s-mental-depression")).to_contain_text("This counts too")
        other.goto(at(served, 2, "history/mental.depression/"))
        expect(other.locator("tbody tr")).to_have_count(2)
        accessible(other)
        fits(other)


def test_without_a_script_two_people_are_led_to_a_page_that_shows_both(served: Site, browser: Browser) -> None:
    with (
        visit(browser, served, script=False) as one,
        visit(browser, served, "case_manager", script=False) as other,
    ):
        for page, step in ((one, "severe"), (other, "mild")):
            page.goto(at(served, 3, "part/mental/"))
            page.locator(f"#v-mental-depression-{step}").check()
        for page in (one, other):
            page.locator("form.answers").get_by_role("button", name="Save", exact=True).last.click()
        expect(other.locator("h1")).to_contain_text("Somebody else answered too")
        other.get_by_label("The other holds").check()
        other.get_by_role("button", name="Save", exact=True).click()
        expect(other.locator("#v-mental-depression-severe")).to_be_checked()
        fits(other)


def test_a_save_that_fails_says_so_at_its_field_and_keeps_what_was_typed(served: Site, browser: Browser) -> None:
    with visit(browser, served) as page:
        page.goto(at(served, 4, "part/numbers/"))
        page.context.set_offline(True)
        field = page.locator("#v-input-phq9")
        field.fill("12")
        field.press("Tab")
        expect(page.locator("#s-input-phq9")).to_contain_text("Not saved")
        assert field.input_value() == "12"
        page.context.set_offline(False)
        field.fill("13")
        field.press("Tab")
        expect(page.locator("#s-input-phq9")).to_contain_text("Saved")


def test_an_answer_given_after_the_session_ended_is_saved_once_somebody_signed_in_again(
    served: Site, browser: Browser
) -> None:
    with visit(browser, served) as page:
        page.goto(at(served, 4, "part/use/"))
        kept = page.context.cookies()
        page.context.clear_cookies()
        page.locator("#f-use-alcohol input[type=radio]").first.check()
        state = page.locator("#s-use-alcohol")
        expect(state).to_contain_text("Not saved")
        signed_in_again = [one for one in kept if one["name"] == "sessionid"]
        page.context.add_cookies(signed_in_again)  # type: ignore[arg-type]
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(state).to_contain_text("Saved")
        assert page.locator("#f-use-alcohol input[type=radio]").first.is_checked()


def test_danger_on_a_form_shows_help_on_that_screen_at_once(served: Site, browser: Browser) -> None:
    with visit(browser, served) as staff, visit(browser, served, "nobody") as page:
        staff.goto(at(served, 5, "forms/"))
        staff.get_by_label("Questionnaire").select_option("phq9")
        staff.get_by_role("button", name="Make a link").click()
        link = staff.get_by_label("Link", exact=True).input_value()
        accessible(staff)
        fits(staff)
        page.goto(link)
        page.locator('[id="i-9"]').locator("input[type=radio]").nth(1).check()
        help_now = page.locator("#help")
        expect(help_now).to_contain_text("988")
        expect(help_now).to_contain_text("Nobody sees this right now")
        expect(help_now).to_be_focused()
        expect(help_now).to_be_in_viewport()
        accessible(page)
        fits(page)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("h1")).to_contain_text("Thank you")
        staff.goto(f"{served.address}/team/tasks/")
        expect(staff.locator(".task").first).to_contain_text("Urgent")
        accessible(staff)
        fits(staff)


def test_nobody_gets_from_a_handed_over_screen_back_into_the_record(served: Site, browser: Browser) -> None:
    with visit(browser, served, "case_manager") as staff:
        staff.goto(at(served, 5, "forms/"))
        staff.get_by_label("Questionnaire").select_option("gad7")
        staff.get_by_role("button", name="Fill it in on this screen").click()
        expect(staff.locator("fieldset.fact").first).to_be_visible()
        staff.go_back()
        assert re.search(r"/account/login/|/forms/", staff.url)
        staff.goto(at(served, 5, "next/"))
        assert "/account/login/" in staff.url


def test_pictures(served: Site, browser: Browser, tmp_path: Path) -> None:
    """Every page is drawn at both widths in both languages, and none is wider than its screen."""
    person = f"{served.address}/team/people/{served.made['person']}/"
    places = {
        "begin": f"{person}assessments/new/",
        "next": at(served, 5, "next/"),
        "part": at(served, 5, "part/harm/"),
        "carry": at(served, 5, "carry/"),
        "send": at(served, 5, "forms/"),
        "recheck": f"{served.address}/team/recheck/",
        "tasks": f"{served.address}/team/tasks/",
        "person": person,
    }
    with visit(browser, served) as page:
        for lang in ("en", "es"):
            cookie = {"name": "django_language", "value": lang, "domain": "127.0.0.1", "path": "/team/"}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
            for name, place in places.items():
                for width in (390, 1280):
                    page.set_viewport_size({"width": width, "height": 900})
                    assert page.goto(place).status == 200  # type: ignore[union-attr]
                    page.screenshot(path=tmp_path / f"{name}-{lang}-{width}.png", full_page=True)
                    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                accessible(page)
