"""The browser and Python say the same for the same key, number, list and day, in both languages."""

from __future__ import annotations

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.support import shipped
from trellis.guide.words import ALSO, LOVED_ONE, screen_words
from trellis.kinds.text import LANGUAGES
from trellis.say import Say, catalogue, cldr

SCRIPT = Path(__file__).parent / "js" / "say.mjs"
NUMBERS = (*range(1, 121), 0, 1000, 1001, 100_000, 999_999, 1_000_000, 1_000_001, 2_000_000, 10_000_000)
STARTS = (
    "hijos", "Hijos", "hielo", "hiato", "hierba", "iglesia", "Inés", "índice", "Íñigo", "híbrido", "yoga", "y", "Iowa",
    "huir", "otro", "Otro", "hotel", "hora", "8", "80 camas", "11", "11 camas", "110", "1", "ópalo", "Óscar", "hógar",
    "uno", "home", "padres", "e", "u", "",
)  # fmt: skip


def in_node(asked: list[list[Any]]) -> list[str]:
    done = subprocess.run(
        [which("node") or "node", str(SCRIPT)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_take_the_same_form(lang: str) -> None:
    forms = {"by": ["n"]} | {name: name for name in cldr.CATEGORIES[lang]}
    said = in_node([["spoken", forms, lang, {"n": number}] for number in NUMBERS])
    assert said == [cldr.category(lang, number) for number in NUMBERS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_the_screens_is_the_same(lang: str) -> None:
    say = Say(lang)
    asked, expected = [], []
    for key, words in screen_words(lang).items():
        full = key if key.partition(".")[0] in ALSO else f"guide.{key}"
        topic, _, name = full.partition(".")
        slots = catalogue.slots_of(catalogue.topic(topic)[name][LANGUAGES.index(lang)])
        for number in (0, 1, 2, 1_000_000):
            filled = dict.fromkeys(slots, number)
            asked.append(["spoken", words, lang, filled])
            expected.append(say(full, **filled))
    assert len(asked) > 1000
    assert in_node(asked) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_are_joined_alike(lang: str) -> None:
    kb, say = shipped(), Say(lang)
    named = (kb.settings, kb.add_ons, kb.responses, kb.services, kb.evaluators, kb.values, kb.approaches, kb.aims)
    names = [entry.name.in_language(lang) for table in named for entry in table.values()]
    lists = [[], ["a"], ["a", "b", "c"], ["a", "b", "c", "d"], *(["uno", one] for one in (*STARTS, *names))]
    lists += [["x", "y", one] for one in STARTS]
    for kind, join in (("conjunction", say.join), ("disjunction", say.either)):
        assert in_node([["listed", names, lang, kind] for names in lists]) == [join(names) for names in lists]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_days_are_written_alike(lang: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=5 * n) for n in range(160)]
    assert in_node([["dayWords", day.isoformat(), lang] for day in days]) == [Say(lang).day(day) for day in days]


def test_words_for_somebody_close_have_the_same_forms_and_slots() -> None:
    words = catalogue.topic("guide")
    for key in words:
        if key.endswith(LOVED_ONE) and key.removesuffix(LOVED_ONE) in words:
            for place in range(len(LANGUAGES)):
                slots = [catalogue.slots_of(words[one][place]) for one in (key, key.removesuffix(LOVED_ONE))]
                assert slots[0] == slots[1], key
