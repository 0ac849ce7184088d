"""How hard words are to read: the Flesch-Kincaid grade, with syllables from hyphenation patterns."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

HIGHEST_GRADE = 8.9
"""The words for the person are meant for grade 6 to 8: a grade below 9."""

FORMULA = "Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words/sentence + 11.8 syllables/word - 15.59"


class NoHyphenationError(RuntimeError):
    """The package that splits words into syllables is not installed."""


@cache
def _hyphenation() -> Any:
    try:
        import pyphen
    except ImportError as error:
        raise NoHyphenationError("reading grades need the extra `check`: pip install trellis-care[check]") from error
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def syllables(word: str) -> int:
    """Syllables of an English word: hyphenation points plus one.

    >>> syllables("care"), syllables("recovery")
    (1, 3)
    """
    _hyphenation()  # that it is missing is told each time, whatever was counted before
    return _counted(word.lower())


@lru_cache(maxsize=20_000)
def _counted(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text.

    Args:
        text: sentences; a semicolon, a colon and a line break end a clause that is read as one.

    Raises:
        NoHyphenationError: the extra ``check`` is not installed.

    >>> grade("You can stop at any time. Help is there.") < 3
    True
    """
    sentences = [part for part in re.split(r"[.!?;:\n]+", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'\u2019]*", text)
    if not words or not sentences:
        return 0.0
    total = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * total / len(words) - 15.59
