"""Whole ways through the guide in a browser, as people go them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.guide.conftest import PHONE
from tests.guide.verdict import verdicts
from tests.guide.walking import SCREENS, Visit, boxes, said
from tests.interview.answering import interviewed
from tests.support import complete, shipped, vignettes
from trellis.interview import told_by
from trellis.interview.group import length

ELSEWHERE = "https://www.weather.gov/"
MIDDLE = 5
"""So many people around the median are walked with; ``make bench`` walks with all of them."""
FEWEST_SETTINGS = 3


@cache
def truth(vignette: str) -> dict[str, str]:
    """A person of the vignettes, filled in to be complete."""
    found = next(one for one in vignettes() if one["id"] == vignette)
    return complete(shipped(), found["answers"])


def names_of_settings(visit: Visit) -> list[str]:
    return visit.page.locator(".cards h2").all_inner_texts()


# --- the way through


def test_a_frightened_parent_gets_a_page_to_print_and_nothing_is_sent(
    visit: Visit, asked: tuple[str, list[str]]
) -> None:
    visit.wait_until_kept()
    before = len(asked[1])
    visit.begin("loved_one")
    visit.answer_all(truth("low-mood-and-drinking"))
    assert len(names_of_settings(visit)) >= FEWEST_SETTINGS
    visit.press("considered.print")
    visit.page.emulate_media(media="print")
    paper = visit.page.locator("#paper").inner_text()
    for name in names_on(paper):
        assert name in paper
    assert "988" in paper
    assert "911" in paper
    asked_later = [path for path in asked[1][before:] if "/read/" not in path]
    assert not asked_later, "something was asked of the server after the first view"


def names_on(paper: str) -> list[str]:
    return [kb.name.en for kb in shipped().settings.values() if kb.name.en in paper]


@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_part_can_be_reached_and_says_no_verdict(
    browser: Browser, asked: tuple[str, list[str]], lang: str, whom: str
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{lang}-US") as visit:
        visit.begin(whom)
        visit.answer_all(truth("low-mood-and-drinking"))
        for part in SCREENS:
            visit.part(part)
            expect(visit.page.locator("#title")).to_be_focused()
            found = verdicts(visit.words(), lang)
            assert not found, f"{part}: {found}"
        assert not verdicts(visit.page.locator("#paper").text_content() or "", lang)


def test_no_setting_is_marked_and_all_have_the_same_size(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.begin()
    visit.answer_all(truth("home-where-everybody-drinks"))
    cards = visit.page.locator(".cards > .card")
    assert cards.count() >= FEWEST_SETTINGS
    classes = cards.evaluate_all("all => all.map(one => one.className)")
    widths = cards.evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().width))")
    assert len(set(classes)) == 1
    assert len(set(widths)) == 1


def test_who_only_reads_answers_nothing(visit: Visit) -> None:
    visit.page.get_by_role("button", name=said("start.reading", "en")).click()
    expect(visit.page.locator(".sheet .reading h1")).to_be_visible()
    visit.page.locator(".sheet .reading a[data-read]").first.click()
    expect(visit.page.locator(".sheet .reading h1")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#title")).to_have_text(said("start.title", "en"))


# --- danger


def test_danger_shows_help_at_once_and_does_not_end_the_way(visit: Visit) -> None:
    visit.begin()
    visit.page.locator('input[name="harm.danger_now"][value="yes"]').check()
    expect(visit.page.locator("fieldset .danger")).to_be_visible()
    expect(visit.page.locator('fieldset .danger a[href="tel:911"]')).to_be_visible()
    visit.press("talk.next")
    expect(visit.page.locator("main .danger").first).to_be_visible()
    assert visit.page.locator('main .danger a[href="tel:988"]').count()
    assert visit.page.locator("fieldset").count() == 0, "a question stands beside the help"
    visit.press("help.go_on")
    expect(visit.page.locator("fieldset").first).to_be_visible()


def test_somebody_close_is_told_to_stay_to_make_the_place_safe_and_to_call(visit: Visit) -> None:
    visit.begin("loved_one")
    visit.page.locator('input[name="harm.danger_now"][value="yes"]').check()
    visit.press("talk.next")
    words = visit.words()
    for line in shipped().urgent["danger_now"].loved_one.en:
        assert line in words


def test_a_crisis_in_the_middle_interrupts_once_and_keeps_the_answers(visit: Visit) -> None:
    person = truth("suicide-intent-cannot-stay-safe")
    visit.begin()
    panels = 0
    for _ in range(30):
        visit.page.wait_for_selector("#title")
        if visit.shows("considered.print"):
            break
        if visit.shows("help.go_on"):
            panels += 1
            visit.press("help.go_on")
            continue
        visit.answer_page(person)
    assert panels >= 1
    visit.page.get_by_text(said("considered.answers", "en"), exact=True).click()
    assert visit.page.locator("dl.answers dt").count() > 8


def test_help_is_one_tap_away_on_every_screen(visit: Visit) -> None:
    visit.begin()
    visit.press("help_now")
    expect(visit.page.locator(".help-panel")).to_be_visible()
    expect(visit.page.locator("#help-title")).to_be_focused()
    assert visit.page.locator('.help-panel a[href="tel:988"]').count()
    visit.press("help.go_on")
    expect(visit.page.locator("fieldset").first).to_be_visible()


# --- back, change, not known


def test_back_shows_the_page_before_and_the_key_of_the_phone_does_the_same(visit: Visit) -> None:
    visit.begin()
    first = boxes(visit.page)
    visit.answer_page(truth("low-mood-and-drinking"))
    second = boxes(visit.page)
    visit.answer_page(truth("low-mood-and-drinking"))
    visit.press("back")
    expect(visit.page.locator(f'input[name="{second[0]}"]').first).to_be_visible()
    visit.page.go_back()
    expect(visit.page.locator(f'input[name="{first[0]}"]').first).to_be_visible()
    assert visit.page.url.endswith("/")


def test_an_answer_can_be_changed_from_the_result(visit: Visit) -> None:
    visit.begin()
    visit.answer_all(truth("low-mood-and-drinking"))
    visit.page.get_by_text(said("considered.answers", "en"), exact=True).click()
    row = visit.page.locator("dl.answers > div").first
    row.get_by_role("button", name=said("considered.change", "en")).click()
    assert boxes(visit.page)[0] == "harm.danger_now"
    visit.answer_all(truth("low-mood-and-drinking"))


def test_not_knowing_anything_ends_well(visit: Visit) -> None:
    visit.begin("loved_one")
    for _ in range(30):
        visit.page.wait_for_selector("#title")
        if visit.shows("considered.print"):
            break
        if visit.shows("talk.safe_no"):
            visit.press("talk.safe_no")
            continue
        for name in boxes(visit.page):
            visit.page.locator(f'input[name="{name}"][value="not_known"]').check()
        visit.press("talk.next")
    assert said("considered.too_little", "en").partition("{")[0] in visit.words()
    assert not names_of_settings(visit), "equal cards where nothing is ruled out"
    assert visit.page.locator("main .way li").count() > FEWEST_SETTINGS
    heading = visit.page.get_by_role("heading", name=said("considered.unknown", "en"), exact=True)
    assert heading.locator("xpath=..").locator("li").count() >= 1
    visit.part("next")
    assert len(visit.words().split()) > 40


def test_a_question_without_an_answer_is_named_and_nothing_is_lost(visit: Visit) -> None:
    visit.begin()
    visit.press("talk.next")
    expect(visit.page.get_by_role("alert")).to_contain_text(said("talk.missing", "en", count=1))
    assert boxes(visit.page) == ["harm.danger_now"]


def test_the_question_on_violence_at_home_comes_after_is_it_safe_to_answer_here(visit: Visit) -> None:
    visit.begin()
    seen_gate = False
    person = truth("low-mood-and-drinking")
    for _ in range(30):
        visit.page.wait_for_selector("#title")
        if visit.shows("considered.print"):
            break
        if visit.shows("talk.safe_yes"):
            seen_gate = True
            assert visit.page.locator("fieldset").count() == 0
            visit.press("talk.safe_no")
            continue
        assert "environment.violence" not in boxes(visit.page)
        visit.answer_page(person)
    assert seen_gate


# --- offline, history, leaving


def test_going_offline_in_the_middle_changes_nothing(visit: Visit) -> None:
    visit.wait_until_kept()
    visit.begin()
    visit.answer_page(truth("low-mood-and-drinking"))
    visit.page.context.set_offline(True)
    visit.answer_all(truth("low-mood-and-drinking"))
    for part in SCREENS:
        visit.part(part)
    visit.part("considered")
    visit.page.locator(".read a").first.click()
    expect(visit.page.locator(".sheet .reading h1")).to_be_visible(timeout=15_000)
    visit.page.context.set_offline(False)


def test_the_whole_guide_opens_without_a_connection_after_the_first_visit(visit: Visit) -> None:
    visit.wait_until_kept()
    visit.page.context.set_offline(True)
    visit.page.reload()
    visit.page.wait_for_selector("#title")
    visit.begin()
    visit.answer_page(truth("low-mood-and-drinking"))
    visit.page.context.set_offline(False)


def test_a_reload_forgets_and_nothing_is_stored(visit: Visit) -> None:
    visit.begin()
    visit.answer_page(truth("low-mood-and-drinking"))
    stored = visit.page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie, "
        "(await indexedDB.databases()).length]"
    )
    assert stored == [0, 0, "", 0]
    visit.page.reload()
    expect(visit.page.locator("#title")).to_have_text(said("start.title", "en"))


@pytest.fixture
def leaving(browser: Browser, asked: tuple[str, list[str]]) -> Iterator[Visit]:
    """A visit after another page, with the page that "Leave now" opens at hand."""
    context = browser.new_context(viewport=PHONE, locale="en-US", service_workers="block")
    page = context.new_page()
    weather = "<title>Weather</title><h1>Weather</h1>"
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=weather, content_type="text/html"))
    page.goto("about:blank")
    page.goto(asked[0])
    page.wait_for_selector("#title")
    yield Visit(page, "en")
    context.close()


def test_quick_exit_clears_the_answers_and_the_entry_in_the_history(leaving: Visit) -> None:
    page = leaving.page
    leaving.begin()
    leaving.answer_page(truth("low-mood-and-drinking"))
    leaving.press("leave")
    page.wait_for_url(f"{ELSEWHERE}**")
    page.go_back()
    assert page.url == "about:blank", "going back leads to the guide again"


def test_going_forward_after_leaving_does_not_show_the_guide_either(leaving: Visit) -> None:
    page = leaving.page
    leaving.begin()
    leaving.answer_page(truth("low-mood-and-drinking"))
    leaving.press("leave")
    page.wait_for_url(f"{ELSEWHERE}**")
    with page.expect_navigation(url=f"{ELSEWHERE}**"):
        page.evaluate("() => history.forward()")
    expect(page.locator("h1")).to_have_text("Weather")


def test_quick_exit_also_takes_away_what_is_kept_on_the_device(leaving: Visit) -> None:
    page = leaving.page
    page.evaluate("() => localStorage.setItem('notes /', 'kept before')")
    leaving.begin()
    leaving.press("leave")
    page.wait_for_url(f"{ELSEWHERE}**")
    assert page.context.storage_state()["origins"] == []


def test_three_times_escape_leaves_as_well(leaving: Visit) -> None:
    for _ in range(3):
        leaving.page.keyboard.press("Escape")
    leaving.page.wait_for_url(f"{ELSEWHERE}**")
    leaving.page.go_back()
    assert leaving.page.url == "about:blank"


def test_the_back_key_closes_help_and_a_page_to_read(visit: Visit) -> None:
    page = visit.page
    visit.begin()
    visit.press("help_now")
    page.go_back()
    expect(page.locator(".help-panel")).to_have_count(0)
    expect(page.locator("fieldset").first).to_be_visible()
    page.get_by_role("link", name=said("footer.reading", "en")).click()
    expect(page.locator(".sheet")).to_be_visible()
    page.go_back()
    expect(page.locator(".sheet")).to_have_count(0)
    expect(page.locator("fieldset").first).to_be_visible()


def test_the_language_changes_at_any_time_and_keeps_the_answers(visit: Visit) -> None:
    visit.begin()
    visit.answer_page(truth("low-mood-and-drinking"))
    before = boxes(visit.page)
    visit.press("other_language")
    visit.lang = "es"
    expect(visit.page.locator("html")).to_have_attribute("lang", "es")
    assert boxes(visit.page) == before
    visit.answer_all(truth("low-mood-and-drinking"))


# --- how long it takes


WORDS_A_SECOND, SECONDS_A_CHOICE = 3, 5
"""Reading with care, 180 words a minute, and a moment for each choice."""
WITHIN = 1 / 3


def minutes_shown(visit: Visit) -> int:
    """The minutes that the first question tells, once they are worked out."""
    told = visit.page.locator(".progress span")
    told.wait_for()
    return int(re.findall(r"\d+", told.inner_text())[0])


def minutes_taken(visit: Visit, person: dict[str, str]) -> float:
    """What it takes to read all that stands on the questions and to choose; help and the result are no part of it."""
    visit.seen.clear()
    choices = 0
    while visit.page.locator("main fieldset").count() or visit.shows("help.go_on") or visit.shows("talk.safe_yes"):
        if visit.shows("help.go_on"):
            visit.press("help.go_on")
            continue
        if visit.shows("talk.safe_yes"):
            visit.press("talk.safe_yes")
        choices += len(boxes(visit.page))
        visit.answer_page(person)
        visit.page.wait_for_selector("#title")
    words = sum(len(seen.split()) for seen in visit.seen)
    return (words / WORDS_A_SECOND + choices * SECONDS_A_CHOICE) / 60


def in_the_middle(count: int) -> list[dict[str, Any]]:
    """The people of the vignettes whose way is neither long nor short, by the words that they are asked."""
    kb = shipped()
    # What is told with a date or by somebody else is answered in no guide.
    people = [
        one
        for one in vignettes()
        if one.get("others", "best") == "best" and all(isinstance(value, str) for value in one["answers"].values())
    ]

    def words(one: dict[str, Any]) -> int:
        return sum(length(kb, asked) for asked in interviewed(kb, complete(kb, one["answers"])).asked)

    ordered = sorted(people, key=words)
    first = (len(ordered) - count) // 2
    return ordered[first : first + count]


@pytest.mark.slow
@pytest.mark.parametrize("concerns", [("not_sure",), ("low_mood",), ("drinking",)], ids=" ".join)
def test_the_minutes_shown_are_within_a_third_of_the_true_ones(
    browser: Browser, asked: tuple[str, list[str]], concerns: tuple[str, ...]
) -> None:
    found = []
    for one in in_the_middle(MIDDLE):
        person = complete(shipped(), one["answers"])
        if any(person.get(fact) != step for fact, step in told_by(shipped(), set(concerns) - {"not_sure"}).items()):
            continue  # the person would not say so
        with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
            visit.begin(concerns=concerns)
            shown = minutes_shown(visit)
            found.append((shown, minutes_taken(visit, person)))
    assert found
    assert abs(median(shown / taken for shown, taken in found) - 1) <= WITHIN, found


def test_the_page_can_be_printed_by_the_browser(page: Page, visit: Visit) -> None:
    visit.begin()
    visit.answer_all(truth("low-mood-and-drinking"))
    visit.press("considered.print")
    pdf = PdfReader(BytesIO(page.pdf(format="Letter", print_background=False)))
    assert 1 <= len(pdf.pages) <= 4
    text = "\n".join(one.extract_text() for one in pdf.pages)
    assert "988" in text
    assert said("leave", "en") not in text, "the buttons are printed"
