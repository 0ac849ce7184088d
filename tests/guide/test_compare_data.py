"""What the comparing screens are given: pictures that say what they count, and what is known where nobody counted."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.support import shipped
from trellis.evidence import statement
from trellis.guide.compare_data import FROM_STANDARDISED, compare_of

LANGUAGES = ("en", "es")


@cache
def told(lang: str) -> dict[str, Any]:
    return compare_of(shipped(), lang)


def drawn(lang: str) -> dict[str, Any]:
    return {name: one["picture"] for name, one in told(lang)["evidence"].items() if "picture" in one}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_says_what_is_counted_above_it_and_again_below_it(lang: str) -> None:
    kb = shipped()
    for name, picture in drawn(lang).items():
        found = statement(kb, kb.summaries[name]).of_100
        assert found is not None
        outcome = found.frequency.outcome.in_language(lang)
        assert outcome in picture["counts"], name
        for group in picture["groups"]:
            assert outcome in group["words"], name
            assert str(group["people"]["value"]) in group["words"], name
            assert group["label"], name


def test_going_back_to_use_is_drawn_as_bad_and_fewer_who_drink_again_as_good() -> None:
    pictures = drawn("en")
    worse = pictures["naltrexone-xr-opioids-versus-buprenorphine"]
    assert worse["good"] is False
    assert worse["groups"][0]["words"] == "about 65 of 100 go back to use"
    assert worse["counts"].endswith("Fewer is better.")
    assert pictures["acamprosate-alcohol"]["good"] is True, "fewer of something bad"
    assert pictures["acamprosate-alcohol-side-effects"]["good"] is False, "more of something bad"
    assert pictures["naltrexone-xr-opioids-start"]["good"] is True


def test_nothing_is_drawn_from_a_standardised_difference_and_it_is_said_in_words() -> None:
    kb = shipped()
    seen = set()
    for name, one in told("en")["evidence"].items():
        found = statement(kb, kb.summaries[name])
        if found.of_100 is None or found.of_100.method == FROM_STANDARDISED:
            assert "picture" not in one, name
        if found.above_average is not None:
            seen.add(name)
            assert any("points on a scale" in line for line in one["numbers"]), name
            assert not any("average person" in line for line in one["numbers"]), name
    assert len(seen) > 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_approach_without_a_count_tells_what_is_known_and_from_whom(lang: str) -> None:
    kb = shipped()
    for name, one in told(lang)["approaches"].items():
        assert ("known" in one) == (not one["evidence"]["benefit"]), name
        for said in one.get("known", ()):
            assert any(said["says"].startswith(guide.by) for guide in kb.approaches[name].guidelines), name
    assert "SAMHSA" in told(lang)["approaches"]["iddt"]["known"][0]["says"]
