"""The measures of access find what they are there for: each on a page made wrong on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.guide.hearing import ambiguous, badly_built, heard, pictures, tables, unnamed
from tests.guide.measuring import badly_focused, cut_off, moving, restyled, small_targets


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 600})
    yield context.new_page()
    context.close()


def test_a_control_without_a_name_is_found(blank: Page) -> None:
    blank.set_content(
        '<main><button></button><input type="checkbox"><fieldset><input aria-label="a"></fieldset></main>'
    )
    found = unnamed(heard(blank))
    assert [one.split()[0] for one in found] == ["button", "checkbox", "group"]


def test_two_buttons_of_the_same_name_are_found_unless_what_they_stand_in_has_a_name(blank: Page) -> None:
    twice = '<form aria-label="{}"><button>Change</button></form>'
    blank.set_content(twice.format("one") + twice.format("two"))
    assert not ambiguous(heard(blank), set())
    blank.set_content(
        twice.format("one") + twice.format("one") + '<a href="http://a">More</a><a href="http://b">More</a>'
    )
    assert len(ambiguous(heard(blank), set())) == 2


def test_a_missing_landmark_and_a_heading_that_skips_a_level_are_found(blank: Page) -> None:
    blank.set_content("<h1>One</h1><h3>Three</h3>")
    found = badly_built(heard(blank))
    assert "0 x main, asked: 1" in found
    assert "from level 1 to 3: Three" in found


def test_a_table_without_heads_and_a_picture_without_numbers_are_found(blank: Page) -> None:
    blank.set_content('<table><tr><td>a</td><td>b</td></tr></table><svg role="img" aria-label="people"></svg>')
    assert pictures(heard(blank)) == ["people"]
    blank.set_content("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>")
    assert tables(heard(blank))


def test_small_targets_are_found_unless_they_stand_alone_or_in_a_sentence(blank: Page) -> None:
    small = "<button style='width:18px;height:18px;padding:0;margin:0'>x</button>"
    blank.set_content(f"{small}{small}<div class=actions><button style='height:30px;width:90px'>go</button></div>")
    assert len(small_targets(blank)) == 3
    blank.set_content(f"<p>Words before <a href='/'>a link</a> and after.</p><div style='margin:60px'>{small}</div>")
    assert not small_targets(blank)


def test_words_that_leave_the_screen_or_their_button_are_found(blank: Page) -> None:
    blank.set_content("<p style='white-space:nowrap'>" + "words and more " * 9 + "</p>")
    assert any("sideways" in one for one in cut_off(blank))
    blank.set_content("<button style='width:60px;height:30px;overflow:hidden'>several words in it</button>")
    assert any("leaves button" in one for one in cut_off(blank))
    blank.set_content("<p>short</p>")
    assert not cut_off(blank)
    restyled(blank, "p { width: 400px }")
    assert cut_off(blank)


def test_a_focus_that_cannot_be_seen_or_jumps_up_is_found(blank: Page) -> None:
    over = "<div style='position:fixed;inset:0 0 auto 0;height:200px'>over</div>"
    blank.set_content(f"<div style='height:300px'></div><button>low</button>{over}<button style='outline:0'>x</button>")
    assert any(one.startswith("no ring") for one in badly_focused(blank))
    blank.set_content(f"<button>under</button>{over}")
    assert any(one.startswith("behind") for one in badly_focused(blank))
    up = "<button>low</button><button style='position:absolute;top:0'>up</button>"
    blank.set_content(f"<div style='height:300px'></div>{up}")
    assert any(one.startswith("out of order") for one in badly_focused(blank))


def test_what_moves_is_found(blank: Page) -> None:
    blank.set_content("<style>p { transition: color 1s }</style><p>slow</p>")
    assert moving(blank)
