"""Change between two totals: reliable, important, response, remission, and nothing said without a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import shipped
from trellis.errors import AnswerError
from trellis.kinds.instrument import Change, Instrument, Points, Reliability
from trellis.kinds.text import Text
from trellis.outcomes import read_change, standard_error_of_difference
from trellis.outcomes.words import change_sentences

WORDS = Text(en="Words.", es="Palabras.")


def with_change(name: str, scale: str, **figures: object) -> Instrument:
    instrument = shipped().instruments[name]
    change = Change(**figures)  # type: ignore[arg-type]
    scales = tuple(s.model_copy(update={"change": change}) if s.id == scale else s for s in instrument.scales)
    return instrument.model_copy(update={"scales": scales})


def reliability(sd: float, r: float) -> Reliability:
    return Reliability(sd=sd, reliability=r, group=WORDS, verified="seen", sources=())


def points(number: float) -> Points:
    return Points(points=number, what=WORDS, verified="seen", sources=())


def test_the_worked_example_of_jacobson_and_truax() -> None:
    # 1991, p. 14: from 47.5 to 32.5 with a standard deviation of 7.5 and a retest reliability of .80: 15 / 4.74 = 3.16.
    example = reliability(7.5, 0.80)
    assert round(standard_error_of_difference(example), 2) == 4.74
    found = read_change(with_change("pcl_5", "total", reliability=example), "total", 48, 33)
    assert (round(found.index or 0, 2), found.reliable) == (3.16, "better")


def test_change_of_the_phq9_by_hand() -> None:
    # 6.1 * sqrt(2 * (1 - .84)) = 3.451; 1.96 * 3.451 = 6.76: 7 points are reliable, 6 are not.
    phq9 = shipped().instruments["phq9"]
    assert read_change(phq9, "total", 17, 10).reliable == "better"
    assert read_change(phq9, "total", 17, 11).reliable == "no_reliable_change"
    assert read_change(phq9, "total", 10, 16).reliable == "no_reliable_change"
    assert read_change(phq9, "total", 10, 17).reliable == "worse"


@pytest.mark.parametrize(
    ("first", "last", "response", "remission", "important"),
    [(20, 10, True, False, True), (20, 11, False, False, True), (18, 4, True, True, True), (9, 5, False, False, False),
     (9, 4, True, True, True), (5, 4, False, True, False), (0, 0, False, True, False), (4, 12, False, False, True)],
)  # fmt: skip
def test_response_remission_and_importance_of_the_phq9(
    first: int, last: int, response: bool, remission: bool, important: bool
) -> None:
    found = read_change(shipped().instruments["phq9"], "total", first, last)
    assert (found.response, found.remission, found.important) == (response, remission, important)


def test_where_higher_is_better_the_signs_turn() -> None:
    bam = with_change(
        "bam", "protective", reliability=reliability(3, 0.9), response_percent=points(50), remission=points(20)
    )
    up = read_change(bam, "protective", 8, 20)
    assert (up.points, up.reliable, up.response, up.remission) == (12, "better", True, True)
    down = read_change(bam, "protective", 20, 8)
    assert (down.points, down.reliable, down.response, down.remission) == (-12, "worse", False, False)


@pytest.mark.parametrize("name", ["k6", "cows", "audit", "pc_ptsd_5", "dast_10"])
def test_nothing_is_claimed_where_no_figure_is_known(name: str) -> None:
    instrument = shipped().instruments[name]
    found = read_change(instrument, "total", instrument.scale("total").high, 0)
    assert (found.index, found.reliable) == (None, "unknown")
    assert (found.important, found.response, found.remission) == (None, None, None)
    assert len(list(change_sentences(found, "en"))) == 2


@given(st.integers(0, 27), st.integers(0, 27))
def test_the_way_back_reads_as_the_opposite(first: int, last: int) -> None:
    phq9 = shipped().instruments["phq9"]
    there, back = read_change(phq9, "total", first, last), read_change(phq9, "total", last, first)
    turned = {"better": "worse", "worse": "better"}
    assert back.points == -there.points
    assert back.reliable == turned.get(there.reliable, there.reliable)
    assert back.important == there.important
    assert not (there.response and back.response)


@pytest.mark.parametrize(("first", "last"), [(28, 3), (3, -1)])
def test_a_total_outside_the_scale_is_refused(first: int, last: int) -> None:
    with pytest.raises(AnswerError, match="PHQ-9 goes from 0 to 27"):
        read_change(shipped().instruments["phq9"], "total", first, last)


def test_a_figure_from_memory_is_marked() -> None:
    told = list(change_sentences(read_change(shipped().instruments["phq9"], "total", 18, 9), "en"))
    assert [sentence for sentence in told if sentence.endswith("[from memory, not yet verified]")]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_words_say_better_only_when_it_is(lang: str) -> None:
    phq9 = shipped().instruments["phq9"]
    better, worse = ({"en": ("better", "worse"), "es": ("mejor", "peor")})[lang]
    rising = " ".join(change_sentences(read_change(phq9, "total", 5, 20), lang))
    falling = " ".join(change_sentences(read_change(phq9, "total", 20, 5), lang))
    assert better in falling.split("5", 1)[0]
    assert worse in rising.split("5", 1)[0]
