"""The page on paper in two languages: every line stands beside its twin, and nothing is fetched for it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.guide.conftest import PHONE
from tests.guide.screens import truth
from tests.guide.test_next_data import state
from tests.guide.test_reflow import lost
from tests.guide.walking import Visit, said
from tests.support import AS_OF, shipped, vignettes
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.guide.next_data import next_of
from trellis.guide.site import read_site
from trellis.guide.words import talk_of
from trellis.kinds.text import LANGUAGES

ROOT = Path(__file__).parents[2]
OWN = "I want to keep my job."
LETTER_WIDTH = 186
"""Millimetres of a page in Letter between its edges."""


@cache
def written() -> list[dict[str, Any]]:
    """The page of many people: complete and with most unknown, about oneself and about another, in each language."""
    kb = shipped()
    site, _ = read_site(None, kb, AS_OF)
    texts = {
        lang: {"talk": talk_of(kb, lang, site.to_json(lang)), "more": compare_of(kb, lang), "next": next_of(kb, lang)}
        for lang in LANGUAGES
    }
    ways = [(lang, whom) for lang in LANGUAGES for whom in ("me", "loved_one")]
    people = [state(one["id"], lang=lang, whom=whom) for one in vignettes()[::5] for lang, whom in ways]
    few = [{"lang": lang, "whom": whom, "answers": {"age": "adult"}} for lang, whom in ways]
    more = {
        "own": [OWN],
        "questions": [{"id": "ask:why", "text": OWN, "on": True}],
        "matters": {next(iter(kb.values)): 5},
        "aims": [next(iter(kb.aims))],
        "approaches": [next(iter(kb.approaches))],
    }
    states = [*people, *few, *(one | more for one in people[:4])]
    done = subprocess.run(
        ["node", "tests/guide/js/twins.mjs"],  # noqa: S607 - the one that is installed
        input=json.dumps({"core": core_of(kb), "texts": texts, "states": states}, default=list),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_every_line_of_the_one_page_stands_beside_the_same_line_of_the_other() -> None:
    other = {"en": "es", "es": "en"}
    assert len(written()) > 100
    for number, page in enumerate(written()):
        lang = LANGUAGES[number // 2 % 2]
        assert len(page["mine"]) == len(page["theirs"]) == len(page["pairs"]), page
        for mine, theirs, pair in zip(page["mine"], page["theirs"], page["pairs"], strict=True):
            wanted = [[mine, "both"]] if mine == theirs else [[mine, ""], [theirs, other[lang]]]
            assert pair == wanted


def test_what_somebody_wrote_stands_there_once() -> None:
    alone = [pair for page in written()[-4:] for pair in page["pairs"] if pair[0][0] == OWN]
    assert len(alone) == 8  # their own question, and one of ours that they wrote anew
    assert all(pair == [[OWN, "both"]] for pair in alone)


def test_there_is_as_much_room_to_write_by_hand_as_on_the_page_in_one_language() -> None:
    assert all(one == both > 0 for one, both in (page["empty"] for page in written()))


def test_without_the_words_of_the_other_language_the_page_is_as_ever() -> None:
    assert all(page["unready"] for page in written())


@pytest.fixture(params=LANGUAGES)
def printing(request: pytest.FixtureRequest, browser: Browser, asked: tuple[str, list[str]]) -> Iterator[Visit]:
    """The screen where one prints, after all was answered."""
    with Visit.of(browser, asked[0], viewport=PHONE, locale=f"{request.param}-US") as visit:
        visit.begin()
        visit.answer_all(truth())
        visit.part("keep")
        yield visit


def test_on_paper_the_two_columns_begin_at_the_same_place_from_top_to_bottom(printing: Visit) -> None:
    page = printing.page
    assert page.locator("#paper .twin").count() == 0, "nobody asked for it yet"
    page.get_by_label(said("keeping.two_languages", printing.lang)).check()
    expect(page.locator("#paper .twin").first).to_be_attached()
    page.set_viewport_size({"width": int(LETTER_WIDTH / 25.4 * 96), "height": 900})
    page.emulate_media(media="print")
    script = """all => all.map((one) => [...one.children].map((part) => {
      const {left, right, top} = part.getBoundingClientRect();
      return [Math.round(left), Math.round(right), Math.round(top)];
    }))"""
    found = page.locator("#paper .twin").evaluate_all(script)
    page.emulate_media(media="screen")
    assert len(found) > 30
    rights = [theirs[0] for _, theirs in found]
    assert max(rights) - min(rights) <= 2, sorted(set(rights))
    for mine, theirs in found:
        assert mine[1] < theirs[0], "the columns lie on one another"
        assert mine[2] == theirs[2], "a line and its twin do not begin at one height"


def test_choosing_it_asks_the_host_for_nothing_and_loses_nothing_on_a_narrow_screen(
    printing: Visit, asked: tuple[str, list[str]]
) -> None:
    page, lang = printing.page, printing.lang
    printing.wait_until_kept()
    before = len(asked[1])
    box = page.get_by_label(said("keeping.two_languages", lang))
    expect(box).not_to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.locator("summary", has_text=said("keeping.preview", lang)).click()
    expect(page.locator("main .page-two .twin").first).to_be_visible()
    assert asked[1][before:] == []
    other = "es" if lang == "en" else "en"
    assert page.locator(f'main .twin > [lang="{other}"]').count() == page.locator("main .twin").count()
    assert printing.problems_of_access() == []
    assert lost(page) == []
    printing.press("other_language")
    expect(page.locator(f'main .twin > [lang="{lang}"]').first).to_be_visible()
    expect(page.get_by_label(said("keeping.two_languages", other))).to_be_checked()
