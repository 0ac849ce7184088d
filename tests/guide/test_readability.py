"""Spanish syllables and sentences are counted as Spanish counts them; known texts have known scores."""

from __future__ import annotations

import pytest

from trellis.guide.readability import LOWEST_SCORE, fernandez_huerta, syllables

# The first sentence of Don Quixote, split by hand: 33 words, 60 syllables.
QUIXOTE = (
    "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo de los de "
    "lanza en astillero, adarga antigua, rocín flaco y galgo corredor."
)
EASY = "Usted vive en casa. Viene tres veces por semana. Habla con otras personas. Puede trabajar y ver a su familia."
HARD = (
    "La hospitalización psiquiátrica involuntaria constituye una intervención extraordinariamente restrictiva cuya "
    "justificación requiere consideraciones individualizadas, interdisciplinarias y constitucionalmente fundamentadas."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sol", 1), ("casa", 2), ("árbol", 2), ("médico", 3),
        # two vowels in one syllable
        ("tiempo", 2), ("cuidado", 3), ("ciudad", 2), ("aire", 2), ("peine", 2), ("causa", 2), ("deuda", 2),
        ("viuda", 2),
        # and in two
        ("día", 2), ("guía", 2), ("leer", 2), ("caos", 2), ("teatro", 3), ("área", 3), ("país", 2), ("maíz", 2),
        ("baúl", 2), ("oído", 3), ("reír", 2),
        # three vowels
        ("buey", 1), ("averiguáis", 4), ("vivíais", 3), ("caía", 3),
        # a u that is not heard, and one that is
        ("que", 1), ("guerra", 2), ("quiere", 2), ("pingüino", 3), ("agua", 2), ("antigua", 3), ("cuatro", 2),
        # y
        ("y", 1), ("muy", 1), ("hoy", 1), ("ley", 1), ("ayuda", 3), ("yo", 1),
        ("tratamiento", 4), ("rehabilitación", 6), ("psiquiátrica", 4), ("Medicaid", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spanish_counts_them(word: str, count: int) -> None:
    assert syllables(word) == count
    assert syllables(word.upper()) == count


def test_a_known_sentence_has_its_known_score() -> None:
    words = QUIXOTE.replace(",", "").replace(".", "").split()
    assert len(words) == 33
    assert sum(map(syllables, words)) == 60
    assert fernandez_huerta(QUIXOTE) == pytest.approx(206.84 - 60 * 60 / 33 - 1.02 * 33)


def test_easy_words_are_above_the_limit_and_hard_ones_far_below() -> None:
    assert fernandez_huerta(EASY) > 90 > LOWEST_SCORE > 0 > fernandez_huerta(HARD)


def test_short_sentences_are_easier_than_the_same_words_in_one() -> None:
    assert fernandez_huerta("Come bien. Duerme bien. Vive bien.") > fernandez_huerta(
        "Come bien, duerme bien, vive bien."
    )


def test_a_clause_ends_at_a_colon_a_semicolon_and_a_line() -> None:
    for mark in (".", ":", ";", "\n", "?"):
        assert fernandez_huerta(f"Come bien{mark} Duerme bien") == fernandez_huerta("Come bien. Duerme bien.")


@pytest.mark.parametrize("text", ["", "911", "…", "24/7."])
def test_a_text_without_words_is_as_easy_as_can_be(text: str) -> None:
    assert fernandez_huerta(text) == 100.0
