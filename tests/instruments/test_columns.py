"""Many people at once score as each would alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.instruments.filling import WITH_ITEMS, partly
from tests.support import shipped
from trellis.errors import AnswerError
from trellis.instruments import score
from trellis.instruments.columns import MISSING, score_columns

np = pytest.importorskip("numpy")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_column_gives_what_each_row_gives_alone(data: st.DataObject) -> None:
    instrument = shipped().instruments[data.draw(st.sampled_from(WITH_ITEMS))]
    rows = [answers for _, answers in data.draw(st.lists(partly(instrument), min_size=1, max_size=6))]
    columns = {
        item.id: np.array([answers.get(item.id, MISSING) for answers in rows], dtype=np.int8)
        for item in instrument.items
    }
    found = score_columns(instrument, columns)
    for place, answers in enumerate(rows):
        alone = score(instrument, answers)
        for name, one in alone.scales.items():
            both = found[name]
            assert (both.low[place], both.high[place]) == (one.low, one.high)
            if one.scale.bands:
                bands = [band.id for band in one.scale.bands]
                assert (bands[both.band_low[place]], bands[both.band_high[place]]) == (
                    one.bands[0].id,
                    one.bands[-1].id,
                )
            else:
                assert (both.band_low[place], both.band_high[place]) == (-1, -1)


def test_an_item_left_out_is_missing_for_everybody() -> None:
    found = score_columns(shipped().instruments["phq2"], {"1": np.array([0, 3])})["total"]
    assert (found.low.tolist(), found.high.tolist()) == ([0, 3], [3, 6])


def test_the_columns_given_stay_as_they_are() -> None:
    first = np.array([0, 1, 2], dtype=np.int8)
    score_columns(shipped().instruments["audit_c"], {"1": first, "2": np.array([-1, -1, 3])})
    assert first.tolist() == [0, 1, 2]


def test_nobody_gives_nothing() -> None:
    none = np.array([], dtype=np.int8)
    assert score_columns(shipped().instruments["phq2"], {"1": none, "2": none})["total"].low.tolist() == []


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"1": [0, 4]}, r"phq2\[1\]: is \[4\] in row 1"),
        ({"1": [0, -2]}, r"is \[-2\] in row 1"),
        ({"3": [0]}, r"PHQ-2 has no item \[3\]"),
        ({"1": [0.5]}, r"holds \[float64\]"),
        ({"1": [0], "2": [0, 1]}, "different lengths"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_row(columns: dict[str, list[float]], words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        score_columns(shipped().instruments["phq2"], {name: np.array(column) for name, column in columns.items()})


def test_an_answer_to_an_item_that_is_not_asked_is_refused_with_its_row() -> None:
    columns = {"1": np.array([1, 0]), "2": np.array([0, 3]), "3": np.array([0, 0])}
    with pytest.raises(AnswerError, match=r"audit_c\[2\]: is \[3\] in row 1, where item \[1\] says it is not asked"):
        score_columns(shipped().instruments["audit_c"], columns)
