"""What is said of a place: whole sentences in both languages, questions by need, and a call that tells nothing."""

from __future__ import annotations

import re

import pytest

from tests.directory.support import AS_OF, decided, place
from tests.support import shipped
from trellis.directory import ListSource, Near, match, resolve, terms_of, wanted_for, wanted_of
from trellis.directory.told import MOST_QUESTIONS, ToldPlace, told_of
from trellis.say import Say

KB = shipped()
TERMS = terms_of(KB)
LIST = ListSource("list", "List", "csv", False, "2026-11-30")
PARENT = {"focus": "both", "age": "adolescent", "use.alcohol": "severe", "mental.depression": "moderate"}
HERE = Near("here", 38.0, -78.5)


def told(lang: str = "en", role: str = "person", **said: str) -> ToldPlace:
    wanted = wanted_of(decided(PARENT))
    found = match(TERMS, place(**said), wanted, HERE)  # type: ignore[arg-type]
    return told_of(KB, found, wanted, [LIST], Say(lang), as_of=AS_OF, role=role)


def lines(one: ToldPlace) -> list[str]:
    return [one.says, *one.why, *one.far, one.wait, *one.reach, *one.questions, *one.script, *one.signs, *one.checked]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "has", ["", "iop", "outpatient", "residential adolescents", "iop treats_both adolescents licensed"]
)
def test_every_line_is_said_in_both_languages_without_a_gap(lang: str, has: str) -> None:
    for line in lines(told(lang, has=has, phone="434-555-0100", wait_days="3")):
        assert line.strip()
        assert "{" not in line
        assert "None" not in line


def test_why_a_place_lacks_names_what_is_asked_and_the_reason() -> None:
    text = " ".join(told(has="outpatient adolescents").why)
    assert "gives less than is asked: Structure" in text
    assert "Why this is asked: " in text


def test_a_loved_one_reads_the_reason_in_their_own_words() -> None:
    person, close = (told(role=role, has="outpatient").why[-1] for role in ("person", "loved_one"))
    assert person != close


def test_what_is_not_known_of_what_is_needed_is_a_question_and_there_are_never_too_many() -> None:
    one = told(has="some_outpatient")
    assert any("under 18" in line for line in one.questions)
    assert len(one.questions) <= MOST_QUESTIONS
    assert one.questions[-1].startswith("What will it cost")


def test_the_call_tells_nothing_of_the_person() -> None:
    said = " ".join(told(has="iop adolescents treats_both").script).casefold()
    for word in ("teen", "depress", "alcohol", "drink", "12", "17", "suicid"):
        assert word not in said
    assert "you do not have to say your name" in said


def test_no_way_is_guessed() -> None:
    far = told(has="iop", latitude="38.3", longitude="-78.5").far
    assert far[0] == "About 21 miles away in a straight line."
    assert far[1].startswith("How long the way takes without a car is not known.")
    assert not re.search(r"minute|hour|bus ", " ".join(far))
    assert told(has="iop telehealth").far == (
        "How far away it is is not known.",
        "It says that visits can be by video or phone.",
    )


def test_what_is_old_or_gone_is_marked() -> None:
    wanted = wanted_for(KB, ["iop"])
    old = place(has="iop")
    for gone, says in (
        ("", "That is long ago, so call before you go."),
        ("2026-11-02", "no longer has this place since"),
    ):
        one = resolve(TERMS, "a", [said._replace(on="2024-01-01") for said in old.said.values()], gone=gone)
        found = told_of(KB, match(TERMS, one, wanted), wanted, [LIST], Say("en"), as_of=AS_OF)
        assert says in found.checked[0]


def test_a_sign_is_said_with_how_to_check_it_and_no_place_is_praised() -> None:
    one = told(has="licensed medicine_allowed", has_not="complaint_route")
    assert len(one.signs) == 3
    assert all("It says so." in line or "it says no" in line for line in one.signs)
    assert not re.search(r"best|excellent|top|star", " ".join(lines(one)).casefold())


def test_every_feature_has_words_and_every_sign_a_check() -> None:
    for one in TERMS.features.values():
        assert one.name.en
        assert one.name.es
        if one.group == "sign":
            assert one.check is not None
            assert one.sources or one.verified


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_question_fits_whoever_calls_the_person_or_somebody_close(lang: str) -> None:
    own = {
        "en": r"\b(I|me|my|you and me|the person)\b",
        "es": r"\b(yo|mis?|me|puedo|podría|pagaré|quiero|gano|la persona)\b",
    }
    questions = [one.ask.in_language(lang) for one in KB.of("place_features").values() if one.ask is not None]
    questions += [Say(lang)(f"directory.{key}", name="@", told="@") for key in ("ask_payment", "ask_cost", "ask_wait")]
    assert len(questions) > 30
    assert [one for one in questions if re.search(own[lang], one)] == []
