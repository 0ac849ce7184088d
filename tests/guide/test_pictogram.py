"""Pictures tell what the words beside them tell: the right number of people, every setting, a name for who listens."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import shipped
from trellis.evidence import Estimate
from trellis.guide.pictogram import BOX, continuum_svg, ladder_svg, mark_svg, pictogram_svg, rungs, share

SVG = "{http://www.w3.org/2000/svg}"
WAY = dict.fromkeys(("title", "desc", "bottom", "stay", "home", "same"), "words") | {"here": "here"}
LADDER = {"title": "Ladder", "desc": "What each gives", "same": "or", "more": "More: {axes}", "less": "Less: {axes}"}


def parsed(svg: str) -> ElementTree.Element:
    """The picture as a browser reads it in a page: well formed, with a name and a description."""
    root = ElementTree.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314
    named = root.attrib["aria-labelledby"].split()
    titles = {one.attrib["id"] for one in root if one.tag in (f"{SVG}title", f"{SVG}desc") and one.text}
    assert root.attrib["role"] == "img"
    assert set(named) == titles
    return root


def people(svg: str) -> dict[str, set[tuple[int, int]]]:
    """Where people stand, by how they are drawn: one by one, or a row of ten."""
    found: dict[str, set[tuple[int, int]]] = {}
    for group in parsed(svg).findall(f"{SVG}g"):
        standing = found.setdefault(group.attrib["class"], set())
        for one in group.findall(f"{SVG}use"):
            x, y = int(one.attrib.get("x", 0)), int(one.attrib.get("y", 0))
            standing.update(
                (10 * column, y) for column in range(10) if one.attrib["href"].endswith("r") or 10 * column == x
            )
    return found


def picture(value: float, low: float | None = None, high: float | None = None) -> str:
    return pictogram_svg(Estimate(value, low, high), key="k", title="12 of 100", desc="12 of 100 people")


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3).map(sorted))
def test_there_are_always_a_hundred_people_each_in_a_place_of_their_own(ends: list[float]) -> None:
    low, value, high = ends
    found = people(picture(value, low, high))
    sure, perhaps = share(Estimate(value, low, high))
    assert (len(found["sure"]), len(found["perhaps"])) == (sure, perhaps)
    assert len(found["rest"]) == 100 - sure - perhaps
    assert len(found["sure"] | found["perhaps"] | found["rest"]) == 100


@pytest.mark.parametrize(
    ("estimate", "shown"),
    [
        (Estimate(40.5, 37.2, 44.1), (37, 7)),
        (Estimate(19.0), (19, 0)),
        (Estimate(0.0), (0, 0)),
        (Estimate(100.0, 100.0, 100.0), (100, 0)),
        (Estimate(50.0, 0.0, 100.0), (0, 100)),
        (Estimate(12.0, 10.0, None), (12, 0)),
    ],
)
def test_as_many_are_filled_as_there_are_at_least_and_the_range_is_striped(
    estimate: Estimate, shown: tuple[int, int]
) -> None:
    assert share(estimate) == shown


def test_nothing_is_told_by_colour_alone_and_nothing_needs_a_style() -> None:
    svg = picture(40.5, 37.2, 44.1)
    assert not re.search(r"style=|rgb|#[0-9a-f]{3,6}\b(?![^<]*href)", str(svg).replace('href="#', ""))
    kinds = {group.attrib["class"]: group.attrib for group in parsed(svg).findall(f"{SVG}g")}
    assert kinds["sure"]["fill"] == "currentColor"
    assert kinds["perhaps"]["fill"] == kinds["rest"]["fill"] == "none"
    for kind in ("sure", "perhaps", "rest"):
        assert 'aria-hidden="true"' in mark_svg(kind)


def test_a_bad_outcome_has_another_form_than_a_good_one_without_any_colour() -> None:
    good, bad = (
        pictogram_svg(Estimate(40.5, 37.2, 44.1), key="k", title="a", desc="b", good=good) for good in (True, False)
    )
    assert BOX not in good
    assert bad.count(BOX) == 2, "a full box for whom it is so, an empty one for whom it may be"
    assert {"sure bad", "perhaps bad", "rest"} == set(people(bad))
    assert BOX in mark_svg("sure", good=False)
    assert BOX not in mark_svg("sure")


def test_words_cannot_become_markup() -> None:
    svg = pictogram_svg(Estimate(1.0), key="k", title='<script>"', desc="a & b")
    assert "<script>" not in svg
    assert parsed(svg)[0].text == '<script>"'


def test_the_ladder_has_every_setting_once_the_least_restrictive_first() -> None:
    kb, ladder = shipped(), rungs(shipped())
    names = [name for rung in ladder for name in rung.settings]
    assert sorted(names) == sorted(kb.settings)
    ranks = [kb.packages[name].rank for name in names]
    assert ranks == sorted(ranks)
    assert not any(ladder[0].more)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_setting_stands_on_the_way_and_on_the_ladder(lang: str) -> None:
    kb = shipped()
    for svg in (continuum_svg(kb, lang, words=WAY), ladder_svg(kb, lang, words=LADDER)):
        parsed(svg)
        shown = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
        for setting in kb.settings.values():
            assert setting.name.in_language(lang) in shown


def test_the_setting_of_a_page_is_filled_and_named_and_no_other() -> None:
    for name in shipped().settings:
        svg = continuum_svg(shipped(), "en", words=WAY, here=name)
        assert svg.count('class="node here"') == 1
        assert svg.count("(here)") == 1
    assert 'class="node here"' not in continuum_svg(shipped(), "en", words=WAY)


def test_where_one_sleeps_there_is_a_square() -> None:
    kb, svg = shipped(), continuum_svg(shipped(), "en", words=WAY)
    stays = [name for name, setting in kb.settings.items() if "nights_away" in setting.meets]
    assert 0 < len(stays) < len(kb.settings)
    assert (svg.count("<rect"), svg.count("<circle")) == (len(stays) + 1, len(kb.settings) - len(stays) + 1)
