"""The table of dates, lists and plurals holds what Babel gives, line by line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from trellis.kinds.text import LANGUAGES
from trellis.say import Say, cldr

LOCALES = {"en": Locale("en", "US"), "es": Locale("es", "US")}
LISTS = {"en": Locale("en", "GB"), "es": Locale("es", "US")}
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

each_language = pytest.mark.parametrize("lang", LANGUAGES)


@each_language
def test_a_day_is_written_as_babel_writes_it(lang: str) -> None:
    say, locale = Say(lang), LOCALES[lang]
    for day in YEAR:
        assert say.day(day) == format_date(day, "long", locale=locale)
        assert say.day_short(day, year=False) == format_skeleton("MMMd", day, locale=locale)
        assert say.day_short(day, year=True) == format_skeleton("yMMMd", day, locale=locale)


@each_language
def test_the_names_of_months_are_those_of_babel(lang: str) -> None:
    names = LOCALES[lang].months["format"]
    assert cldr.MONTHS[lang] == tuple(names["wide"].values())
    assert cldr.SHORT_MONTHS[lang] == tuple(names["abbreviated"].values())


def test_spanish_months_begin_with_a_small_letter() -> None:
    assert all(name == name.lower() for name in (*cldr.MONTHS["es"], *cldr.SHORT_MONTHS["es"]))


@each_language
@pytest.mark.parametrize(("kind", "style"), [("and", "standard"), ("or", "or")])
def test_lists_have_the_parts_that_babel_gives(lang: str, kind: str, style: str) -> None:
    parts = LISTS[lang].list_patterns[style]
    assert parts["start"] == parts["middle"] == f"{{0}}{cldr.COMMA}{{1}}"
    assert parts["2"] == parts["end"] == f"{{0}}{cldr.LAST[lang][kind]}{{1}}"


@each_language
def test_a_number_takes_the_form_that_babel_gives(lang: str) -> None:
    plural = LOCALES[lang].plural_form
    millions = [n * 1_000_000 + more for n in range(1, 12) for more in (-1, 0, 1)]
    for number in (*range(-3, 2001), *millions):
        assert cldr.category(lang, number) == plural(number), number
    assert set(cldr.CATEGORIES[lang]) == {*plural.tags, "other"}


@each_language
def test_a_number_is_written_as_babel_writes_it(lang: str) -> None:
    for number in (0, 1, -1, 999, 1000, 1234, 12345, 1_000_000, -1_234_567):
        assert Say(lang).number(number) == format_decimal(number, locale=LOCALES[lang])


def test_english_lists_have_no_comma_before_the_last_and() -> None:
    say = Say("en")
    assert [say.join(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [say.either(items) for items in (["a", "b"], ["a", "b", "c"])] == ["a or b", "a, b or c"]


@pytest.mark.parametrize(
    ("last", "joined"),
    [
        ("hijos", "padres e hijos"),
        ("iglesia", "padres e iglesia"),
        ("índice", "padres e índice"),
        ("Inés", "padres e Inés"),
        ("híbrido", "padres e híbrido"),
        ("hielo", "padres y hielo"),
        ("hierba", "padres y hierba"),
        ("yoga", "padres y yoga"),
        ("madres", "padres y madres"),
    ],
)
def test_spanish_and_before_the_sound_i(last: str, joined: str) -> None:
    assert Say("es").join(["padres", last]) == joined
    assert Say("es").join(["a", "padres", last]) == f"a, {joined}"


@pytest.mark.parametrize(
    ("last", "joined"),
    [
        ("otro", "uno u otro"),
        ("hospital", "uno u hospital"),
        ("Óscar", "uno u Óscar"),
        ("8 días", "uno u 8 días"),
        ("11 días", "uno u 11 días"),
        ("110 días", "uno o 110 días"),
        ("huerto", "uno o huerto"),
        ("casa", "uno o casa"),
    ],
)
def test_spanish_or_before_the_sound_o(last: str, joined: str) -> None:
    assert Say("es").either(["uno", last]) == joined
