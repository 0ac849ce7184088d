"""The chart of a measure: the same for the eye and for the ear."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from tests.support import shipped
from trellis.errors import AnswerError
from trellis.outcomes.chart import MeasureChart, measure_chart

DAYS = (date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2))


def chart(*totals: int, name: str = "phq9", scale: str = "total", lang: str = "en") -> MeasureChart:
    return measure_chart(shipped().instruments[name], scale, list(zip(DAYS, totals, strict=False)), lang=lang)


def seen(drawn: MeasureChart) -> list[str]:
    """The words that stand in the drawing."""
    pytest.importorskip("altair")
    root = ElementTree.fromstring(drawn.svg())  # noqa: S314 - our own drawing
    texts = root.iter("{http://www.w3.org/2000/svg}text")
    return [re.sub(r"\s+", " ", " ".join("".join(t.itertext()) for t in [text])) for text in texts]


def test_the_ear_hears_first_last_change_bands_and_what_they_mean() -> None:
    told = chart(18, 20, 4).sentences
    assert told[:6] == (
        "PHQ-9 goes from 0 to 27. A higher number is worse.",
        "It was filled in 3 times, from January 5, 2026 to March 2, 2026.",
        "The first total was 18 (Moderately severe).",
        "The last total was 4 (Minimal).",
        "In between it went up to 20.",
        "That is better by 14 points.",
    )
    assert "Remission: a total of 4 or less. The last total is there." in told
    assert told[-1].startswith("A total is one view")


def test_every_total_stands_in_the_text_with_its_day_and_band() -> None:
    assert chart(18, 9, lang="es").text().splitlines()[-2:] == [
        "5 de enero de 2026: 18 (Moderadamente grave)",
        "2 de febrero de 2026: 9 (Leve)",
    ]


def test_one_total_is_told_without_a_change() -> None:
    told = chart(12)
    assert told.change is None
    assert "On January 5, 2026 the total was 12 (Moderate)." in told.desc
    assert "better" not in told.desc


def test_nothing_is_claimed_where_no_figure_is_known() -> None:
    told = chart(20, 3, name="k6").desc
    assert "It is not known here how large a change must be" in told
    assert not re.search("real change|Remission|response", told)


def test_a_turn_for_the_worse_is_said_plainly() -> None:
    assert "likely a real change for the worse" in chart(4, 18).desc


def test_the_scale_says_which_way_is_better() -> None:
    assert "A higher number is better." in chart(9, 14, name="bam", scale="protective").desc


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", ["phq9", "bam", "ciwa_ar", "audit_c", "taps", "pcl_5", "lsi_r"])
def test_every_band_has_its_name_in_the_drawing_and_not_only_a_colour(name: str, lang: str) -> None:
    instrument = shipped().instruments[name]
    scale = instrument.scales[0]
    words = " ".join(seen(chart(scale.low, scale.high, name=name, scale=scale.id, lang=lang))).replace("\u00a0", " ")
    for band in scale.bands:
        for part in band.name.in_language(lang).split():
            assert part in words


def test_every_total_and_the_first_and_last_day_stand_in_the_drawing() -> None:
    words = seen(chart(18, 9, 4))
    assert {"18", "9", "4", "Jan 5", "Mar 2"} <= set(words)


def test_the_drawing_carries_its_title_and_the_same_description() -> None:
    pytest.importorskip("altair")
    drawn = chart(18, 9, lang="es")
    svg = drawn.svg()
    assert drawn.title in svg
    assert drawn.desc in svg
    assert 'lang="es"' in svg


def test_a_png_is_a_png() -> None:
    pytest.importorskip("vl_convert")
    assert chart(18, 9).png().startswith(b"\x89PNG")


def test_totals_of_one_day_keep_their_order_and_the_rest_is_sorted() -> None:
    points = [(DAYS[1], 3), (DAYS[0], 18), (DAYS[0], 24), (DAYS[0], 15)]
    drawn = measure_chart(shipped().instruments["ciwa_ar"], "total", points)
    assert drawn.points == ((DAYS[0], 18), (DAYS[0], 24), (DAYS[0], 15), (DAYS[1], 3))


@pytest.mark.parametrize(
    ("points", "words"),
    [([], "has no totals"), ([(DAYS[0], 28)], r"2026-01-05: is \[28\]"), ([(DAYS[0], -1)], r"\[-1\]")],
)
def test_what_cannot_be_drawn_is_refused(points: list[tuple[date, int]], words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        measure_chart(shipped().instruments["phq9"], "total", points)
