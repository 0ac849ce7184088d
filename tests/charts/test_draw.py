"""SVG that everybody can read."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.charts import accessible_svg, to_png, to_svg
from trellis.charts.draw import altair
from trellis.errors import TrellisError

BARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>'
printable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1).filter(str.strip)


@given(printable, printable)
def test_any_words_may_stand_in_title_and_description(title: str, desc: str) -> None:
    root = ET.fromstring(accessible_svg(BARE, title=title, desc=desc, lang="en"))  # noqa: S314  # our own drawing
    assert (root[0].text, root[1].text) == (title, desc)


def test_what_it_said_of_itself_before_is_replaced() -> None:
    before = BARE.replace("<svg ", '<svg role="graphics-document" aria-label="old" lang="fr" ')
    after = accessible_svg(before, title="New", desc="Shown.", lang="es")
    root = ET.fromstring(after)  # noqa: S314  # our own drawing
    assert (root.get("role"), root.get("lang"), root.get("aria-label")) == ("img", "es", None)


def test_two_drawings_may_stand_on_one_page() -> None:
    one = accessible_svg(BARE, title="One", desc="Shown.", lang="en")
    other = accessible_svg(BARE, title="Two", desc="Shown.", lang="en")
    assert one.split('id="')[1].split('"')[0] != other.split('id="')[1].split('"')[0]


@pytest.mark.parametrize(("svg", "title", "words"), [("<p>no</p>", "A", "is no SVG"), (BARE, " ", "has the title [ ]")])
def test_what_cannot_be_named_is_refused(svg: str, title: str, words: str) -> None:
    with pytest.raises(TrellisError) as refused:
        accessible_svg(svg, title=title, desc="Shown.", lang="en")
    assert words in str(refused.value)


def test_a_chart_becomes_svg_and_png_and_its_marks_fall_silent() -> None:
    alt = altair()
    chart = alt.Chart(alt.Data(values=[{"x": 1}, {"x": 2}])).mark_point().encode(x="x:Q").configure(font="Arial")
    svg = to_svg(chart)
    assert "aria-label" in svg
    named = accessible_svg(svg, title="Dots", desc="Two dots.", lang="en")
    assert "aria-label=" not in named
    assert named.count("role=") == 1
    assert "Arial" in svg
    assert to_png(chart).startswith(b"\x89PNG")
