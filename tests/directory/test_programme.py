"""What counts of what lists say: the site's own words first, then the newest; what nobody says is unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.support import place
from tests.support import shipped
from trellis.directory import PlaceStatement, Programme, resolve, terms_of
from trellis.directory.programme import FIELDS

TERMS = terms_of(shipped())
FEATURES = tuple(TERMS.features)


def made(*statements: tuple[str, str, str, str, bool]) -> Programme:
    return resolve(TERMS, "a", [PlaceStatement(*one) for one in statements])


def test_what_no_list_says_is_unknown_and_never_no() -> None:
    silent = place()
    assert all(silent.has(feature) is None for feature in FEATURES)
    assert silent.no == 0
    assert silent.offers == ()


def test_what_the_site_says_goes_before_a_newer_list() -> None:
    found = made(("phone", "1", "national", "2026-11-01", False), ("phone", "2", "county", "2024-01-01", True))
    assert found.text("phone") == "2"
    assert [one.source for one in found.beside] == ["national"]


def test_the_newer_of_two_lists_counts() -> None:
    found = made(("iop", "yes", "old", "2025-01-01", False), ("iop", "no", "new", "2026-01-01", False))
    assert found.has("iop") is False


def test_the_site_may_say_that_nobody_knows() -> None:
    found = made(("iop", "yes", "national", "2026-01-01", False), ("iop", "unknown", "county", "2025-01-01", True))
    assert found.has("iop") is None


def test_two_lists_of_one_day_that_say_the_opposite_leave_it_unknown_and_it_is_named() -> None:
    found = made(("iop", "yes", "one", "2026-01-01", False), ("iop", "no", "other", "2026-01-01", False))
    assert found.has("iop") is None
    assert found.disputed == ("iop",)


def test_a_word_that_may_mean_several_settings_stands_for_each_until_one_is_named() -> None:
    assert [(one.setting, one.sure) for one in place(has="residential").offers] == [
        ("residential_low", False),
        ("residential_high", False),
    ]
    named = place(has="residential residential_high")
    assert [(one.setting, one.sure) for one in named.offers] == [("residential_high", True)]


def test_a_setting_that_is_denied_is_not_offered() -> None:
    found = place(has="residential", has_not="residential_low")
    assert [one.setting for one in found.offers] == ["residential_high"]


def test_the_name_of_a_setting_says_no_more_than_it_means() -> None:
    (offer,) = place(has="iop").offers
    usual = TERMS.usual["iop"]
    for number, axis in enumerate(TERMS.axes):
        means = axis in TERMS.features["iop"].says
        assert offer.least[number] == (usual[number] if means else 0)
        assert offer.most[number] == TERMS.tops[number]


def test_a_step_that_a_place_states_is_what_it_gives() -> None:
    (offer,) = place(has="iop", **{"iop.withdrawal": "ambulatory"}).offers
    number = TERMS.axes.index("withdrawal")
    assert offer.least[number] == offer.most[number] == TERMS.rank("withdrawal", "ambulatory")


@pytest.mark.parametrize(
    ("on", "gone", "stale"),
    [("2026-11-01", "", False), ("2025-11-01", "", True), ("", "", True), ("2026-11-01", "2026-11-02", True)],
)
def test_what_is_old_without_a_day_or_gone_has_to_be_looked_at_again(on: str, gone: str, stale: bool) -> None:
    found = resolve(TERMS, "a", [PlaceStatement("name", "A", "list", on)], gone=gone)
    assert found.is_stale(date(2026, 11, 30)) is stale


def test_there_is_no_field_for_stars_or_for_who_pays() -> None:
    for word in ("star", "rating", "rank", "sponsor", "paid", "ad", "promoted", "featured"):
        assert word not in FIELDS
        assert word not in FEATURES


statements = st.lists(
    st.builds(
        PlaceStatement,
        st.sampled_from([*FEATURES[:12], "phone", "iop.medical"]),
        st.sampled_from(["yes", "no", "unknown", "on_call"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["", "2025-01-01", "2026-01-01"]),
        st.booleans(),
    ),
    max_size=12,
)


@given(statements)
def test_nothing_that_was_said_is_lost_when_it_is_decided_what_counts(said: list[PlaceStatement]) -> None:
    said = [one for one in said if ("." in one.what) == (one.value == "on_call")]
    found = resolve(TERMS, "a", said)
    kept = [*found.said.values(), *found.beside]
    for one in said:
        unsaid = one.value == "unknown" and one.what not in found.said
        assert one in kept or unsaid


@given(statements)
def test_what_is_disputed_or_not_said_is_neither_yes_nor_no(said: list[PlaceStatement]) -> None:
    said = [one for one in said if ("." in one.what) == (one.value == "on_call")]
    found = resolve(TERMS, "a", said)
    assert found.yes & found.no == 0
    for name in FEATURES[:12]:
        told = {one.value for one in said if one.what == name}
        if name in found.disputed or not told - {"unknown"}:
            assert found.has(name) is None
