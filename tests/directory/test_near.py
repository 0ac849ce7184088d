"""Where a ZIP code or a town lies, and how far away: in a straight line, and no way guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.directory.near import BANDS, band_of, find_near, miles, nearness, vector
from trellis.errors import AnswerError

TOWNS = [("Exampleville", "VA", 38.0, -78.5), ("Testburg", "VA", 38.1, -78.9), ("Testburg", "MD", 39.0, -77.0)]
POINTS = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


def test_distances_are_those_of_the_tables() -> None:
    new_york, los_angeles = (40.6413, -73.7781), (33.9416, -118.4085)
    assert miles(new_york, los_angeles) == pytest.approx(2470, rel=0.01)
    assert miles(new_york, new_york) == 0


@given(POINTS, POINTS)
def test_the_vectors_say_the_same_distance_as_the_formula(one: tuple[float, float], other: tuple[float, float]) -> None:
    product = sum(a * b for a, b in zip(vector(*one), vector(*other), strict=True))
    assert product == pytest.approx(nearness(miles(one, other)), abs=1e-9)


@given(st.floats(0, 3000))
def test_a_distance_lies_in_the_band_whose_edge_it_does_not_pass(distance: float) -> None:
    number = band_of(nearness(distance))
    if number < len(BANDS):
        assert distance <= BANDS[number] + 1e-4
    if number:
        assert distance >= BANDS[number - 1] - 1e-4


@pytest.mark.parametrize("typed", ["exampleville", "Exampleville, va", " Exampleville ,VA "])
def test_a_town_of_the_list_is_found_however_it_is_typed(typed: str) -> None:
    assert find_near(typed, TOWNS)[1:] == (38.0, -78.5)


def test_coordinates_are_taken_as_they_are() -> None:
    assert find_near("38.03, -78.48", []) == ("38.03, -78.48", 38.03, -78.48)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Testburg", r"is the name of 2 towns of this list. Say which: Testburg, MD, Testburg, VA"),
        ("Exampelville", "Did you mean Exampleville"),
        ("Atlantis", "Give a ZIP code: the list has no place in a town of that name"),
        ("95,10", "lies outside the earth"),
        ("2290", "is no ZIP code and no town"),
    ],
)
def test_what_cannot_be_found_is_told_with_a_way_out(typed: str, says: str) -> None:
    with pytest.raises(AnswerError, match=says):
        find_near(typed, TOWNS)


def test_a_zip_code_is_found_without_any_network() -> None:
    pytest.importorskip("zip2info")
    for typed in ("22902", "22902-1234"):
        found = find_near(typed, [])
        assert found.name == "22902"
        assert miles(found[1:], (38.02, -78.47)) < 10
    with pytest.raises(AnswerError, match="is a ZIP code that is not known"):
        find_near("00000", [])
