"""What a friend would stumble over on the way: found by walking it by hand, one test for each kind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.guide.walking import Visit, said
from tests.support import complete, shipped
from trellis.say import Say

JAIL = {"focus": "both", "age": "adult", "justice.involvement": "custody", "use.opioids": "moderate"}
WARD = {"focus": "mental_health", "age": "adult", "history.any": "yes", "history.discharge": "in_care_now"}
PLAN = {
    "focus": "mental_health",
    "age": "adult",
    "harm.any": "yes",
    "harm.suicide_thoughts": "plan",
    "harm.suicide_thoughts_now": "plan",
    "harm.stays_safe": "no",
    "mental.any": "yes",
    "mental.depression": "severe",
}


def top(page: Page, selector: str) -> float:
    """Where something begins, in pixels from the top of the window."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def on_paper(visit: Visit) -> str:
    """The page that prints, as it stands when somebody prints it; else it is drawn a moment after the screen."""
    visit.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    return visit.page.locator("#paper").text_content() or ""


def unknown(visit: Visit) -> None:
    """Answer a page of questions with "don't know"."""
    for one in visit.page.locator('input[value="not_known"]').all():
        one.check()
    visit.press("talk.next")


def test_a_mother_who_says_jail_gets_a_result_for_somebody_in_jail(visit: Visit) -> None:
    visit.begin("loved_one", ("custody",))
    visit.answer_all(complete(shipped(), JAIL))
    assert shipped().of("moments")["loved_one_inside"].title.en in visit.words(), "the page to act on today"
    visit.part("next")
    words = visit.words()
    assert said("next.say.pay", "en") not in words, "a jail is not asked whether it takes insurance"
    assert said("next.anyone", "en") not in words, "nobody inside can go to a clinic near them"


def test_who_leaves_a_ward_asks_the_staff_there(visit: Visit) -> None:
    visit.begin("me", ("leaving",))
    visit.answer_all(complete(shipped(), WARD))
    assert shipped().of("moments")["leaving"].title.en in visit.words()
    visit.part("next")
    assert said("next.anyone", "en") not in visit.words()
    paper = on_paper(visit)
    assert said("next.anyone", "en") not in paper


@pytest.mark.parametrize("concern", ["drinking", "custody"])
def test_a_page_of_questions_says_what_it_is_about(visit: Visit, concern: str) -> None:
    truth = complete(shipped(), {"focus": "both", "age": "adult", "use.alcohol": "mild"})
    visit.begin(concerns=(concern,))
    for number in range(1, 6):
        title = visit.page.locator("#title").inner_text()
        assert title.startswith(f"Part {number}: ")
        assert title.split(": ")[1].strip()
        visit.answer_page(truth)


def test_a_kind_word_on_what_worries_somebody_is_seen_at_once(visit: Visit) -> None:
    visit.press("start.me")
    visit.page.locator('input[name="concerns"][value="suicide"]').check()
    button = visit.page.locator('.at-once a[href="tel:988"]').first
    expect(button).to_be_in_viewport()


def test_no_two_buttons_beside_each_other_offer_to_text_the_same_number(visit: Visit) -> None:
    visit.press("start.me")
    visit.page.locator('input[name="concerns"][value="suicide"]').check()
    words = visit.page.locator(".at-once .calls a > span").all_inner_texts()
    assert words == ["Call 988", "Text 988"]


def test_a_choice_moves_nothing_below_it(visit: Visit) -> None:
    visit.begin()
    other = 'input[value="declined"]'
    visit.page.evaluate("() => scrollTo(0, 0)")
    before = top(visit.page, other) + visit.page.evaluate("() => scrollY")
    visit.page.locator('input[value="not_known"]').first.check()
    assert top(visit.page, other) + visit.page.evaluate("() => scrollY") == pytest.approx(before, abs=1)


def test_who_does_not_know_is_hurried_by_nobody_and_may_stop(visit: Visit) -> None:
    visit.begin("loved_one")
    while not visit.page.locator("main .note button").count():
        unknown(visit)
    note = visit.page.locator("main .note", has=visit.page.locator("button"))
    words = note.inner_text()
    assert said("considered.anyone", "en") in words
    assert "within" not in words, "what is only possible has no hour"
    note.get_by_role("button", name=said("talk.skip_to_end", "en")).click()
    expect(visit.page.get_by_role("button", name=said("considered.print", "en"))).to_be_visible()


def test_in_danger_care_by_day_is_told_after_what_the_danger_asks_for(visit: Visit) -> None:
    visit.begin("me", ("suicide",))
    visit.answer_all(complete(shipped(), PLAN))
    paper = on_paper(visit)
    later = paper.index(Say("en")("grounds.later"))
    assert "sleep at home" not in paper[:later]
    assert "most often while living at home" not in paper[:later]


def test_no_score_and_nothing_far_off_comes_before_what_worries_somebody(visit: Visit) -> None:
    visit.begin("me", ("low_mood",))
    visit.answer_page({"harm.danger_now": "no"})
    visit.press("talk.skip_to_end")
    first = visit.page.locator("main li.open").first.inner_text()
    assert "Score" not in first
    assert "gambling" not in first
