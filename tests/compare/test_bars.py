"""How many of 100 as bars of plain characters: one scale, the uncertain part lighter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import shipped
from trellis.evidence import Estimate, OutOf100, of_100
from trellis.evidence.bars import bar, frequency_bars

KB = shipped()
FOUND = [found for s in KB.summaries.values() if (found := of_100(KB, s)) is not None]
BOTH = [found for found in FOUND if found.approach and found.comparison]
PEOPLE = st.floats(0, 100)


@given(PEOPLE, PEOPLE, PEOPLE, st.integers(1, 50))
def test_a_bar_always_holds_the_same_100_people(one: float, two: float, three: float, width: int) -> None:
    low, value, high = sorted((one, two, three))
    drawn = bar(Estimate(value, low, high), width)
    assert re.fullmatch(r"\[#*=*\.*\]", drawn)
    assert len(drawn) == width + 2


@given(PEOPLE, PEOPLE)
def test_more_people_never_get_a_shorter_bar(one: float, two: float) -> None:
    fewer, more = sorted((one, two))
    assert bar(Estimate(fewer)).count("#") <= bar(Estimate(more)).count("#")


def test_ends_are_drawn_as_they_are() -> None:
    assert bar(Estimate(0), 4) == "[....]"
    assert bar(Estimate(100), 4) == "[####]"
    assert bar(Estimate(50, 25, 75), 4) == "[#==.]"


@pytest.mark.parametrize("found", BOTH, ids=lambda found: found.result.id)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_both_groups_stand_under_each_other_on_one_scale(found: OutOf100, lang: str) -> None:
    assert found.approach is not None
    assert found.comparison is not None
    one, other, key = frequency_bars(found, lang)
    assert one.index("]") == other.index("]")
    of = "de" if lang == "es" else "of"
    assert f"{found.approach.value:.0f} {of} 100" in one
    assert f"{found.comparison.value:.0f} {of} 100" in other
    assert ("=" in key) == (found.approach.low is not None or found.comparison.low is not None)


def test_where_only_a_difference_is_known_nothing_is_drawn() -> None:
    found = BOTH[0]
    alone = OutOf100(None, None, found.difference, found.frequency, found.result, found.method)
    assert frequency_bars(alone, "en") == []


def test_a_bar_needs_a_width() -> None:
    with pytest.raises(ValueError, match=r"\[0\]"):
        frequency_bars(BOTH[0], "en", width=0)
