"""The names people use, and the place each one means."""

from __future__ import annotations

import pytest

from tests.compare.people import DETOX, IOP, UNIT, decided
from tests.support import shipped
from trellis.compare.names import INPATIENT, other_names, read_setting
from trellis.errors import Problem


@pytest.mark.parametrize(("said", "place"), other_names(shipped()).items())
def test_every_other_name_means_a_place_of_the_knowledge(said: str, place: str) -> None:
    kb = shipped()
    assert place in {**kb.settings, **kb.add_ons, **kb.responses}
    assert said not in {**kb.settings, **kb.add_ons, **kb.responses}
    named = read_setting(kb, said, [])
    assert named is not None
    assert (named.id, named.other) == (place, True)


@pytest.mark.parametrize("said", ["Day Program", "day-program", " DAY_PROGRAM "])
def test_capitals_spaces_and_hyphens_make_no_difference(said: str) -> None:
    named = read_setting(shipped(), said, [])
    assert named is not None
    assert named.id == "php"


@pytest.mark.parametrize(
    ("vignette", "place"),
    [
        (DETOX, "medically_monitored"),
        (UNIT, "inpatient_psychiatric"),
        (IOP, "medically_monitored"),
        (None, INPATIENT[1]),
    ],
)
def test_inpatient_means_what_the_situation_points_to_and_says_why(vignette: str | None, place: str) -> None:
    named = read_setting(shipped(), "inpatient", [], decided(vignette) if vignette else None)
    assert named is not None
    assert named.id == place
    assert named.why is not None
    assert named.why.es


def test_an_unknown_name_suggests_the_nearest() -> None:
    problems: list[Problem] = []
    assert read_setting(shipped(), "inpatent", problems) is None
    assert "Did you mean inpatient?" in str(problems[0])
