"""The knowledge as one object: where things are found in it, what they are called, how sources are cited."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from tests.library.tiny import tiny
from trellis.kinds.text import Source, SourceRef, Text, TextList, Words
from trellis.library.knowledge import Knowledge, once_per_knowledge


def test_nothing_in_the_knowledge_can_be_replaced() -> None:
    kb = tiny()
    with pytest.raises(FrozenInstanceError):
        kb.version = "2"
    with pytest.raises(TypeError):
        kb.facts["mood.low"] = kb.facts["mood.any"]


def test_a_fact_has_one_number_in_every_rank_vector() -> None:
    kb = tiny()
    assert [kb.number_of(name) for name in kb.artefact.facts] == list(range(len(kb.facts)))
    with pytest.raises(KeyError):
        kb.number_of("mood.unheard_of")


def test_a_requirement_is_told_in_steps_without_the_axes_that_ask_for_nothing() -> None:
    kb = tiny()
    assert kb.steps((2, 0, 1)) == (("watch", "nights"), ("housing", "shared"))
    assert kb.steps(kb.artefact.nothing) == ()
    assert kb.required[list(kb.needs).index("no-home")] == (("housing", "shared"),)


@pytest.mark.parametrize("part", ["ward", "shared_home", "emergency"])
def test_a_place_is_found_whatever_kind_it_is(part: str) -> None:
    assert tiny().place(part).id == part


def test_a_place_that_there_is_not_is_not_found() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        tiny().place("nowhere")


@pytest.mark.parametrize(
    ("part", "context", "lang", "name"),
    [
        ("ward", {"age": "adolescent"}, "en", "Ward for the young"),
        ("ward", {"age": "adolescent"}, "es", "Sala juvenil"),
        ("ward", {"age": "older_adult"}, "es", "Ward for adults"),
        ("ward", None, "en", "The ward"),
        ("house", {"age": "adolescent"}, "en", "The house"),
        ("home", {"age": "adult"}, "es", "home en español"),
    ],
)
def test_a_place_is_called_by_its_unit_for_the_person(part: str, context, lang: str, name: str) -> None:
    assert tiny().unit_name(part, context, lang) == name


def test_a_citation_says_what_was_not_seen() -> None:
    refs = (SourceRef(ref="book", at="page 3"), SourceRef(ref="hearsay"), SourceRef(ref="digest"))
    assert list(tiny().cite(refs)) == [
        "A. Nobody (2001). The book. At: page 3.",
        "Said by somebody. [from memory, not yet verified]",
        "(2002) A digest. Journal 1. [seen only in a secondary source]",
    ]


def test_a_source_without_a_year_is_cited_by_its_authors() -> None:
    assert Source(id="a", authors="B. Body", title="Title", verified="seen").cite() == "B. Body. Title."


def test_words_fall_back_to_english_where_spanish_is_not_written() -> None:
    words = Words(person=Text(en="Hello"), clinician=Text(en="State", es="Estado"))
    assert words.for_role("person").in_language("es") == "Hello"
    assert words.for_role("clinician").in_language("es") == "Estado"
    assert TextList(en=("One",)).in_language("es") == ("One",)
    assert TextList(en=("One",), es=("Uno",)).in_language("es") == ("Uno",)


def test_what_is_worked_out_once_is_kept_as_long_as_the_knowledge() -> None:
    worked: list[object] = []

    @once_per_knowledge
    def count(kb: Knowledge) -> int:
        worked.append(kb)
        return len(kb.facts)

    kb = tiny()
    assert count(kb) == count(kb) == len(kb.facts)
    assert worked == [kb]
