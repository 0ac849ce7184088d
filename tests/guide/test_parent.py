"""What a frightened parent meets on a phone: help in reach, short pages, their own questions, numbers kept whole."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

import trellis
from tests.guide.test_danger import drawn
from tests.guide.walking import Visit, said
from tests.support import AS_OF, complete, shipped
from trellis.printed import numbers_marked, numbers_whole

PHONE = {"width": 390, "height": 740}
MOST_ON_TOP = 92
THUMB = 44
MANY_SCREENS = 6
TRUTH = {"focus": "substance_use", "age": "adult", "pregnancy": "no", "use.opioids": "severe", "overdose.any": "yes"}


def on_top(visit: Visit) -> float:
    return float(
        visit.page.evaluate(
            "() => Math.max(...[...document.querySelectorAll('header.top, aside.crisis')].map("
            "one => one.getBoundingClientRect().bottom))"
        )
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_top_takes_little_of_a_phone_and_keeps_help_and_leaving_in_reach(
    browser: Browser, asked: tuple[str, list[str]], lang: str
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{lang}-US") as visit:
        assert on_top(visit) <= MOST_ON_TOP
        sizes = "all => all.map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"
        found = visit.page.locator("header.top button, aside.crisis a").evaluate_all(sizes)
        assert len(found) == 6
        assert min(found) >= THUMB
        visit.page.evaluate("() => window.scrollTo(0, 600)")
        for key in ("help_now", "leave"):
            expect(visit.page.get_by_role("button", name=said(key, lang))).to_be_in_viewport(ratio=1)
        visit.page.goto(f"{asked[0]}{lang}/read/moments/refuses.html")
        assert on_top(visit) <= MOST_ON_TOP


def test_a_telephone_number_stays_on_one_line(browser: Browser, asked: tuple[str, list[str]]) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        visit.press("help_now")
        visit.page.locator("main details summary").last.click()
        numbers = visit.page.locator("main .number")
        assert numbers.count() > 3
        lines = numbers.evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => one.getClientRects().length)"
        )
        assert lines
        assert set(lines) == {1}
        bare = visit.page.locator("main").evaluate(
            "main => { const walk = document.createTreeWalker(main, 4); const found = []; let at;"
            " while ((at = walk.nextNode())) if (!at.parentElement.closest('.number')) found.push(at.data);"
            " return found; }"
        )
        assert not [words for words in bare if re.search(r"\d{3}-\d{4}", words)]


def test_a_page_to_read_and_a_printed_one_keep_numbers_whole_and_touch_nothing_else() -> None:
    page = '<title>1-800-662-4357</title><a href="tel:1-800-662-4357">Call 1-800-662-4357 or 555-0100</a> 2026-11-30'
    assert numbers_marked(page).count('<span class="number">') == 2
    assert re.sub(r"<span[^>]*>|</span>", "", numbers_whole(page)) == page


def test_that_one_need_not_know_is_told_once_and_then_only_linked(visit: Visit) -> None:
    page = visit.page
    visit.begin()
    told = []
    for _ in range(9):
        page.wait_for_selector("#title")
        if not page.locator("main fieldset").count():
            break
        told.append((visit.shows("talk.unknown_again"), said("talk.unknown", "en") in visit.words()))
        for name in dict.fromkeys(page.locator("main fieldset input").evaluate_all("all => all.map(one => one.name)")):
            page.locator(f'input[name="{name}"][value="not_known"]').check()
        visit.press("talk.next")
        if visit.shows("help.go_on"):
            visit.press("help.go_on")
    assert sum(whole for _, whole in told) == 1
    first = [whole for _, whole in told].index(True)
    assert len(told) > first + 2
    assert [link for link, _ in told] == [place > first for place in range(len(told))]


def test_nobody_of_65_or_older_is_asked_about_a_pregnancy_and_an_adult_is(visit: Visit) -> None:
    page = visit.page
    for age, is_asked in (("older_adult", False), ("adult", True)):
        page.reload()
        visit.begin()
        for values in ({"harm.danger_now": "no"}, {"focus": "both", "age": age, "harm.any": "no"}):
            assert not page.locator('input[name="pregnancy"]').count()
            for name, value in values.items():
                page.locator(f'input[name="{name}"][value="{value}"]').check()
            visit.press("talk.next")
        page.wait_for_selector("main fieldset")
        assert bool(page.locator('input[name="pregnancy"]').count()) == is_asked, age


def test_somebody_close_is_asked_who_the_person_is_and_whether_they_want_help(visit: Visit) -> None:
    page = visit.page
    visit.press("start.loved_one")
    page.locator('input[name="relation"][value="young_child"]').check()
    page.locator('input[name="engagement.readiness"][value="not_now"]').check()
    refuses = shipped().of("moments")["refuses"].title.en
    expect(page.locator("main .note").get_by_text(refuses)).to_be_visible()
    page.locator('input[name="concerns"][value="opioids"]').check()
    visit.press("talk.next")
    visit.answer_all(complete(shipped(), TRUTH))
    visit.part("next")
    expect(page.locator("main")).to_contain_text(said("next.consent.young_child", "en"))
    assert said("next.consent.adult", "en") not in visit.words()


def test_what_somebody_close_leaves_out_stays_unknown_and_nobody_else_is_asked(visit: Visit) -> None:
    visit.press("start.me")
    assert not visit.page.locator('input[name="relation"], input[name="engagement.readiness"]').count()
    visit.page.go_back()
    visit.begin("loved_one", ("opioids",))
    visit.answer_all(complete(shipped(), TRUTH))
    visit.page.get_by_text(said("considered.answers.loved_one", "en")).click()
    asks = shipped().facts["engagement.readiness"].question.loved_one
    assert asks
    assert asks.en not in visit.words()


def test_side_by_side_is_short_on_a_phone_and_all_of_it_is_one_tap_away(
    browser: Browser, asked: tuple[str, list[str]]
) -> None:
    with Visit.of(browser, asked[0], viewport=PHONE, locale="en-US") as visit:
        visit.begin("loved_one", ("opioids",))
        visit.answer_all(complete(shipped(), TRUTH))
        visit.part("comparison")
        page = visit.page
        assert page.evaluate("() => document.documentElement.scrollHeight") <= MANY_SCREENS * PHONE["height"]
        words = visit.words()
        assert "They live at home" in words
        assert not re.search(r"\byou(r)?\b (live|sleep|stay)", words, re.IGNORECASE)
        for key in ("compare.topic_work.loved_one", "compare.topic_benefits", "compare.topic_drawbacks"):
            fold = page.locator("main summary", has_text=said(key, "en"))
            expect(fold).to_be_visible()
            fold.click()
        everything = page.locator("main").evaluate("main => main.textContent")
        assert not re.search(r"\bSD \d|Montana|Texas|\d dollars", everything)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_after_an_overdose_nothing_lighter_than_the_least_that_holds_is_shown(lang: str) -> None:
    kb = shipped()
    told = {"overdose.any": "yes", "overdose.recent": "past_30_days", "overdose.intentional": "no"}
    answers = complete(kb, {"focus": "substance_use", "age": "adult", "pregnancy": "no"} | told)
    rec = trellis.decide(kb, answers, as_of=AS_OF)
    assert rec.now
    assert rec.now.ids == ("outpatient",), "the least that holds; below it stands self-care"
    found = drawn(lang, answers=answers)
    self_care = kb.settings["self_management"].short.in_language(lang)
    assert kb.settings["outpatient"].short.in_language(lang) in found["paper"]
    assert self_care not in found["paper"]
    calm = complete(kb, {"focus": "substance_use", "age": "adult", "pregnancy": "no", "use.alcohol": "moderate"})
    assert self_care in drawn(lang, answers=calm)["paper"], "the measure finds no self-care anywhere"


@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_after_an_overdose_the_result_leads_to_the_page_on_it_whatever_worries_most(lang: str, whom: str) -> None:
    title = shipped().of("moments")["after_overdose"].title.in_language(lang)
    told = {"focus": "substance_use", "age": "adult", "pregnancy": "no", "overdose.any": "yes"}
    for last, shown in {"past_2_days": True, "past_30_days": True, "over_a_year": False, "not_known": False}.items():
        page = drawn(lang, whom, answers=told | {"overdose.recent": last}, concerns=["opioids"])["result"]
        assert (title in page) is shown, last
