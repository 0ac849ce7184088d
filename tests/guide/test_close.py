"""Somebody close reads of the person: nothing told of settings, wishes and treatments calls the reader "you"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import shipped
from trellis.guide.compare_data import CLOSE, FOR_CLOSE, compare_of
from trellis.guide.words import talk_of
from trellis.say.of_another import SPANISH_REQUESTS, of_another

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


AS_TOLD = frozenset(
    [
        "acepta",
        "al",
        "algunos",
        "anota",
        "aprende",
        "asiste",
        "avisa",
        "bebe",
        "busca",
        "cada",
        "con",
        "conoce",
        "contesta",
        "cuida",
        "cumple",
        "da",
        "deja",
        "dice",
        "el",
        "elige",
        "en",
        "enfrenta",
        "ensaya",
        "escribe",
        "escucha",
        "espera",
        "guarda",
        "habla",
        "hace",
        "hay",
        "la",
        "le",
        "lee",
        "llena",
        "lleva",
        "los",
        "necesita",
        "no",
        "nombra",
        "para",
        "piensa",
        "por",
        "practica",
        "practican",
        "primero",
        "prueba",
        "quienes",
        "se",
        "su",
        "sus",
        "tiene",
        "tienen",
        "todos",
        "toma",
        "trabaja",
        "un",
        "va",
        "viene",
        "vuelve",
    ]
)
"""How a line begins that tells what the person does. A new word here is read by somebody: may it be a request?"""


def test_what_the_person_is_asked_to_do_is_no_request_to_somebody_close_in_spanish_either() -> None:
    lines = [
        (line["says"], line[f"says{CLOSE}"] if f"says{CLOSE}" in line else line["says"])
        for name, approach in compare_of(shipped(), "es")["approaches"].items()
        if name not in FOR_CLOSE
        for line in approach["asks"]
    ]
    turned = [close for own, close in lines if close != own]
    assert len(turned) > 50
    assert "La toma cada día, también cuando se sienta bien o muy arriba." in turned
    for _, close in lines:
        assert not set(re.findall(r"[\w]+", close.lower())[:1]) & SPANISH_REQUESTS.keys(), close
    assert {own.split()[0].lower() for own, close in lines if own == close} - AS_TOLD == set()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Tómela cada día y busque ayuda.", "La toma cada día y busca ayuda."),
        ("No beba ni consuma mientras viva allí.", "No bebe ni consume mientras viva allí."),
        ("Avise a su equipo. Hable con su abogado.", "Avisa a su equipo. Habla con su abogado."),
        ("Deje que alguien cuide al bebé, o tráigalo.", "Deja que alguien cuide al bebé, o lo trae."),
        ("Va a grupos.", "Va a grupos."),
    ],
)
def test_spanish_requests_are_told_of_the_person_where_they_are_what_is_asked(said: str, read: str) -> None:
    assert of_another(said, "es", asked=True) == read


def test_what_the_person_should_not_do_is_no_order_to_somebody_close_in_spanish_either() -> None:
    assert (
        of_another("Usted está embarazada. No la deje ni la empiece por su cuenta.", "es")
        == "La persona está embarazada. No debe dejarla ni empezarla por su cuenta."
    )
    assert of_another("No deje la medicina por una cama.", "es") == "La persona no debe dejar la medicina por una cama."
    assert of_another("No pide un horario fijo.", "es") == "No pide un horario fijo."
    words = [close for own, close in _both("es") if re.search(r"\bNo (?:l[aeo]s? )?(\w+)", own)]
    orders = [one for one in words for verb in re.findall(r"\bNo (?:l[aeo]s? )?(\w+)", one) if verb in SPANISH_REQUESTS]
    assert orders == []


def _both(lang: str) -> Iterator[tuple[str, str]]:
    """Every pair of what the person reads and what somebody close reads in its place."""

    def pairs(found: Any) -> Iterator[tuple[str, str]]:
        if isinstance(found, dict):
            for key, value in found.items():
                close = found.get(f"{key}{CLOSE}")
                if isinstance(value, str) and isinstance(close, str):
                    yield value, close
                yield from pairs(value)
        elif isinstance(found, list | tuple):
            for one in found:
                yield from pairs(one)

    yield from pairs(compare_of(shipped(), lang))


def test_after_a_verb_the_person_is_whom_it_is_done_to() -> None:
    for lang in ("en", "es"):
        for _, close in _both(lang):
            assert not re.search(r"\bprotects? they\b|\b(to|with|of|from) they\b|\bthey(?=[.;!?])", close), close
            assert not re.search(r"[Ll]a persona (?!encargada)[^.;]*\b(sobre|con|para) la persona\b", close), close
