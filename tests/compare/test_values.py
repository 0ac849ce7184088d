"""What matters to a person: shown one by one, never averaged, and never above safety."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.people import DETOX, IOP, IOP_AND_A_HOME, UNIT, decided, nothing_answered
from tests.support import shipped, vignettes
from trellis.compare.values import IMPORTANT, SURE, fare, read_matters
from trellis.errors import AnswerError, Problem

KB = shipped()
RATINGS = st.dictionaries(st.sampled_from(list(KB.values)), st.integers(0, 5), max_size=6)
PEOPLE = st.sampled_from([one["id"] for one in vignettes()])


@pytest.mark.parametrize("value", KB.values.values(), ids=lambda value: value.id)
def test_every_setting_is_rated_on_every_thing_in_both_languages(value: object) -> None:
    assert set(value.settings) == set(KB.settings)  # type: ignore[attr-defined]
    assert all(one.why.es for one in value.settings.values())  # type: ignore[attr-defined]


def test_what_matters_most_stands_first_and_what_does_not_is_left_out() -> None:
    found = fare(KB, {"privacy": 3, "cost": 0, "being_home": 5, "work": 3})
    assert [(value.id, rating) for value, rating in found.matters] == [("being_home", 5), ("privacy", 3), ("work", 3)]


def test_one_word_is_enough_where_it_means_one_thing() -> None:
    assert read_matters(KB, {"home": 5, "family": 2}, []) == {"being_home": 5, "family_close": 2}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"hone": 3}, "[hone]"),
        ({"work": 6}, "from 0 (not at all) to 5"),
        ({"work": -1}, "[-1]"),
        ({"work": True}, "[True]"),
        ({"work": "much"}, "[much]"),
        ({"home": 1, "being_home": 2}, "twice"),
    ],
)
def test_a_wrong_rating_is_explained(given: dict[str, object], words: str) -> None:
    problems: list[Problem] = []
    read_matters(KB, given, problems)
    assert words in str(problems[0])
    with pytest.raises(AnswerError):
        fare(KB, given)  # type: ignore[arg-type]


@given(RATINGS, PEOPLE)
def test_a_wish_never_changes_which_settings_are_enough(matters: dict[str, int], name: str) -> None:
    rec = decided(name)
    found, unmoved = fare(KB, matters, rec), fare(KB, {}, rec)
    assert [one.setting for one in found.settings] == [one.setting for one in unmoved.settings]
    assert not {one.setting for one in found.settings} & {parting.setting for parting in found.partings}
    assert all(any(row.certain for row in parting.lacking) for parting in found.partings)
    assert all(parting.resolve for parting in found.partings)


@given(RATINGS, PEOPLE)
def test_where_a_wish_parts_from_safety_it_is_never_passed_over(matters: dict[str, int], name: str) -> None:
    found = fare(KB, matters, decided(name))
    named = {(parting.setting, value) for parting in found.partings for value in parting.values}
    for value in found.important:
        best = max((SURE[one.fares[value.id].how] for one in found.settings), default=0)
        for one in found.short:
            assert ((one.setting, value.id) in named) == (SURE[one.fares[value.id].how] > best)


@given(RATINGS)
def test_nothing_is_added_up_or_averaged(matters: dict[str, int]) -> None:
    plain = fare(KB, matters, decided(IOP)).to_json()
    ratings = [entry.pop("rating") for entry in plain["matters"]]
    assert all(isinstance(rating, int) for rating in ratings)

    def numbers(tree: object) -> list[object]:
        if isinstance(tree, dict):
            return [n for value in tree.values() for n in numbers(value)]
        if isinstance(tree, list):
            return [n for value in tree for n in numbers(value)]
        return [tree] if isinstance(tree, (int, float)) and not isinstance(tree, bool) else []

    assert numbers(plain) == []


@given(RATINGS)
def test_settings_stay_in_the_order_of_restrictiveness_whatever_matters(matters: dict[str, int]) -> None:
    order = list(dict.fromkeys(package.setting for package in KB.packages.values()))
    shown = [one.setting for one in fare(KB, matters).settings]
    assert shown == order


def test_somebody_who_wants_to_stay_home_and_needs_detox_sees_both() -> None:
    found = fare(KB, {"being_home": 5, "work": 2}, decided(DETOX))
    assert "iop" in [parting.setting for parting in found.partings]
    nearest = found.partings[0]
    assert nearest.values == ("being_home",)
    assert {row.axis for row in nearest.lacking if row.certain}
    assert nearest.instead == {"being_home": ()}


def test_what_matters_little_parts_from_nothing() -> None:
    assert fare(KB, {"being_home": IMPORTANT - 1}, decided(UNIT)).partings == ()


def test_without_a_person_every_setting_is_shown_and_nothing_parts() -> None:
    found = fare(KB, {"being_home": 5})
    assert {one.setting for one in found.settings} == set(KB.settings)
    assert (found.short, found.partings) == ((), ())


def test_while_nothing_is_answered_nothing_is_left_out() -> None:
    found = fare(KB, {"being_home": 5}, nothing_answered())
    assert found.short == ()
    assert {one.standing for one in found.settings} <= {"open", "enough"}


def test_a_home_that_is_joined_is_not_taken_for_ones_own() -> None:
    found = fare(KB, {"being_home": 5}, decided(IOP_AND_A_HOME))
    iop = next(one for one in found.settings if one.setting == "iop")
    assert iop.package is not None
    assert iop.package.parts == ("iop", "recovery_residence")
    assert (iop.fares["being_home"].how, iop.fares["being_home"].changed) == ("depends", True)
    assert iop.well == ()


def test_places_taken_together_are_as_hard_as_the_hardest() -> None:
    found = fare(KB, {"being_home": 5}, decided("outdoors-with-a-failing-liver"))
    low = next(one for one in found.settings if one.setting == "residential_low")
    assert low.package is not None
    assert len(low.package.parts) > 1
    assert low.fares["being_home"].how == "hard"
    assert [one.why.en for one in low.fares["being_home"].why] == [
        KB.values["being_home"].settings["residential_low"].why.en
    ]


def test_only_the_settings_asked_for_are_shown() -> None:
    found = fare(KB, {"being_home": 5}, decided(DETOX), only=["medically_monitored", "iop"])
    assert [one.setting for one in found.settings] == ["medically_monitored"]
    assert [parting.setting for parting in found.partings] == ["iop"]
    assert json.dumps(found.to_json())
