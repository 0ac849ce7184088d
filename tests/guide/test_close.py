"""Somebody close reads of the person: nothing told of settings, wishes and treatments calls the reader "you"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import shipped
from trellis.guide.compare_data import CLOSE, FOR_CLOSE, compare_of
from trellis.guide.words import talk_of
from trellis.say.of_another import of_another

TO_THE_PERSON = {
    "en": re.compile(r"\b(you|your|yours|yourself|me|my|myself)\b|(?<![\w-])I(?![\w-])", re.IGNORECASE),
    "es": re.compile(r"\b(ustedes|usted|mis?|yo|conmigo)\b", re.IGNORECASE),
}
OWN_VOICE = {"questions"}
"""What the person can ask stands in their own voice, below a heading that says so."""
NAMES = {"lang", "benefit", "limits", "how", "level", "side", "studies", "short"}
"""What is no words for people, or is not shown."""


def read_by_close(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words that somebody close reads: their own where there are some, and else those of the person."""
    if isinstance(found, dict):
        for key, value in found.items():
            if f"{key}{CLOSE}" not in found and key not in OWN_VOICE | NAMES | FOR_CLOSE:
                yield from read_by_close(value, (*path, key))
    elif isinstance(found, list | tuple):
        for one in found:
            yield from read_by_close(one, path)
    elif isinstance(found, str):
        yield path, found


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_of_settings_wishes_and_treatments_calls_somebody_close_you(lang: str) -> None:
    read = list(read_by_close(compare_of(shipped(), lang)))
    assert len(read) > 2_000
    wrong = [(path, words) for path, words in read if TO_THE_PERSON[lang].search(words) and path[-1] != "name"]
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_of_the_result_calls_somebody_close_you(lang: str) -> None:
    talk = talk_of(shipped(), lang, {})
    for part in ("settings", "services"):
        for path, words in read_by_close(talk[part]):
            assert not TO_THE_PERSON[lang].search(words), (part, path, words)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_person_reads_the_words_as_they_were_written(lang: str) -> None:
    iop = compare_of(shipped(), lang)["settings"]["iop"]["topics"]["what"][0]
    assert iop["says"] == shipped().settings["iop"].what.in_language(lang)
    assert iop["says"] != iop[f"says{CLOSE}"]


def test_a_training_for_families_speaks_to_somebody_close_as_it_does_to_everybody() -> None:
    for lang in ("en", "es"):
        craft = compare_of(shipped(), lang)["approaches"]["craft"]
        assert f"says{CLOSE}" not in craft["what"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("You are home at night.", "They are home at night."),
        (
            "Staff see you on three days, and your doctor calls you.",
            "Staff see the person on three days, and their doctor calls them.",
        ),
        ("A team looks after you while you rest.", "A team looks after the person while they rest."),
        ("Someone you trust helps.", "Someone they trust helps."),
        ("They talk with you about your mood.", "They talk with the person about their mood."),
        ("CBT-I helps you sleep.", "CBT-I helps the person sleep."),
        ("Do not stop it at once by yourself.", "They should not stop it at once by themselves."),
    ],
)
def test_who_does_something_and_to_whom_it_is_done_keep_their_places(said: str, read: str) -> None:
    assert of_another(said, "en") == read


def test_spanish_keeps_the_person_in_each_sentence_and_the_wish_loses_its_own_voice() -> None:
    assert of_another("Usted duerme en casa.", "es") == "La persona duerme en casa."
    assert of_another("Sanar de lo que me pasó", "es") == "Sanar de lo que le pasó"
    assert of_another("Sentirme con mejor ánimo", "es") == "Sentirse con mejor ánimo"
