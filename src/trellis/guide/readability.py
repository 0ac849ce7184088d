"""How easy Spanish words are to read: the Fernández-Huerta score, beside the English grade of :mod:`trellis.prove`."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

FORMULA = "Fernández-Huerta (1959), as corrected by Law (2011): 206.84 - 60 syllables/word - 1.02 words/sentence"
"""Fernández Huerta J. Medidas sencillas de lecturabilidad. Consigna 1959;214:29-32. The formula as printed takes
sentences for words; Gwillim Law showed the slip in 2011, and the form with words a sentence is used since."""

LOWEST_SCORE = 60.0
"""From 60 on a text counts as normal for adults: what is read in grade 7 or 8."""

_WORD = re.compile(r"[a-záéíóúüñ]+", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eéií])")
_FULL = frozenset("aeoáéóíú")
"""Vowels that carry a syllable of their own next to each other; i and u without an accent join their neighbour."""


@cache
def syllables(word: str) -> int:
    """Syllables of a Spanish word, by the rules of diphthong and hiatus; hyphenation patterns would miss "día".

    >>> [syllables(word) for word in ("casa", "día", "tratamiento", "área", "guía", "muy")]
    [2, 2, 4, 3, 2, 1]
    """
    plain = _SILENT_U.sub("", word.lower())
    if plain.endswith("y"):
        plain = f"{plain[:-1]}i"
    runs = _VOWELS.findall(plain)
    return max(1, sum(1 + sum(one in _FULL and other in _FULL for one, other in pairwise(run)) for run in runs))


def fernandez_huerta(text: str) -> float:
    """The Fernández-Huerta score of a Spanish text: more is easier; 60 to 70 is normal for adults.

    Args:
        text: sentences; a semicolon, a colon and a line break end a clause, as in the English grade.

    >>> round(fernandez_huerta("Usted vive en casa. Viene tres veces por semana."), 1)
    95.6
    """
    sentences = [part for part in re.split(r"[.!?;:\n]+", text) if _WORD.search(part)]
    words = _WORD.findall(text)
    if not words:
        return 100.0
    total = sum(syllables(word) for word in words)
    return 206.84 - 60 * total / len(words) - 1.02 * len(words) / len(sentences)
