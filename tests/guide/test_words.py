"""What the guide says: both languages, no verdicts, easy to read."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import pytest

from tests.guide.verdict import verdicts
from tests.support import shipped
from trellis.guide.readability import fernandez_huerta
from trellis.guide.words import LOVED_ONE, screen_words, talk_of
from trellis.prove import reading
from trellis.say import catalogue

SLOT = re.compile(r"\{\w+\}")
WORDS = re.compile(r"[^\W\d_]{2,}")
EASIEST_SPANISH = 60
"""Fernández-Huerta: from 60 on a text is of ordinary difficulty or easier."""


@cache
def scripts() -> str:
    folder = resources.files("trellis.guide") / "assets" / "js"
    found = [*folder.iterdir(), *(folder / "ui").iterdir()]
    return "\n".join(path.read_text(encoding="utf-8") for path in found if path.name.endswith(".js"))


@cache
def code() -> str:
    """The scripts, and the Python of the pages, which name keys as well."""
    folder = resources.files("trellis.guide")
    python = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".py")]
    templates = [path.read_text(encoding="utf-8") for path in (folder / "templates").iterdir()]
    return "\n".join([scripts(), *python, *templates])


def test_no_words_are_missing_or_the_same_in_both_languages() -> None:
    for key, text in catalogue.texts("guide").items():
        assert text.es, key
        plain = SLOT.sub("", text.en)
        assert text.en != text.es or not WORDS.search(plain), key


def test_every_key_that_the_screens_ask_for_has_words() -> None:
    asked = set(re.findall(r"""say\(\s*["'`]([a-z_.]+[a-z_])["'`]""", scripts()))
    assert len(asked) > 100
    assert asked <= set(screen_words("en"))


def test_no_words_are_kept_that_nobody_says() -> None:
    families = set(re.findall(r"`([a-z_.]+[._])\$\{", code()))
    families |= set(re.findall(r"""f["']guide\.([a-z_.]+[._])\{""", code()))
    for key in catalogue.texts("guide"):
        name = key.removesuffix(LOVED_ONE)
        told = any(f'"{named}"' in code() for named in (name, f"guide.{name}"))
        told = told or any(name.startswith(one) for one in families)
        assert told, f"nobody says [{key}]"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_words_of_the_guide_are_a_verdict(lang: str) -> None:
    for key, text in catalogue.texts("guide").items():
        assert not verdicts(text.in_language(lang), lang), key


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_reason_shown_to_a_person_or_to_somebody_close_is_a_verdict(lang: str) -> None:
    talk = talk_of(shipped(), lang, {})
    for group in ("needs", "barriers", "evaluators", "services"):
        for name, entry in talk[group].items():
            for key, text in entry.items():
                if isinstance(text, str):
                    assert not verdicts(text, lang), f"{group} {name} {key}: {text}"


def test_the_words_of_the_screens_read_at_grade_six_to_eight() -> None:
    said = [text.en for key, text in catalogue.texts("guide").items() if len(text.en.split()) > 5]
    assert reading.grade(" ".join(one if one.endswith((".", "?", ":")) else f"{one}." for one in said)) <= 8
    for key, text in catalogue.texts("guide").items():
        if len(text.en.split()) >= 20:
            assert reading.grade(SLOT.sub("three", text.en)) <= reading.HIGHEST_GRADE, key


def test_the_spanish_words_of_the_screens_are_easy_to_read() -> None:
    said = [text.es or "" for text in catalogue.texts("guide").values() if len((text.es or "").split()) > 5]
    assert (
        fernandez_huerta(" ".join(one if one.endswith((".", "?", ":")) else f"{one}." for one in said))
        >= EASIEST_SPANISH
    )


def test_everything_asked_of_a_person_is_also_written_for_somebody_who_cares_about_one() -> None:
    kb = shipped()
    asked = {f"fact {name}": fact.question for name, fact in kb.facts.items()}
    asked |= {f"context {name}": factor.question for name, factor in kb.factors.items()}
    asked |= {f"screen {name}": screen.prompt for name, screen in kb.screens.items() if screen.prompt}
    asked |= {f"need {name}": need.because for name, need in kb.needs.items()}
    asked |= {f"barrier {name}": barrier.because for name, barrier in kb.barriers.items()}
    missing = [name for name, words in asked.items() if words.loved_one is None or not words.loved_one.es]
    assert not missing


FIRST_PERSON = re.compile(r"\b(I|my|me|myself|mine)\b|\b(mi|mis|me|yo|conmigo)\b", re.IGNORECASE)


def test_no_choice_for_somebody_close_speaks_in_the_first_person() -> None:
    for name, screen in shipped().screens.items():
        for item in screen.checklist:
            label = item.loved_one or item.label
            assert not FIRST_PERSON.search(label.en), f"{name}: {label.en}"
            assert not re.search(r"\b(mi|mis|me|yo|conmigo)\b", label.es or "", re.IGNORECASE), f"{name}: {label.es}"
    for name, fact in shipped().facts.items():
        for step in fact.scale:
            text = (step.loved_one or step).en
            assert not re.search(r"\b(I|my|me|myself|mine|you|your)\b", text, re.IGNORECASE), f"{name}: {text}"
