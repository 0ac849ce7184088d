"""What somebody takes along: short names, who can find out, the questions, the next steps and the printed page."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support import AS_OF, complete, shipped, vignettes
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.guide.next_data import next_of, who_knows
from trellis.guide.site import read_site
from trellis.guide.words import talk_of
from trellis.interview import next_questions
from trellis.kinds.text import LANGUAGES
from trellis.say import Say
from trellis.say.short_names import short_names

MOST_BYTES = 4_000
LONGEST_NAME = 8
USUAL = 12
ROOT = Path(__file__).parents[2]
TAKING = ("node", "tests/guide/js/taking.mjs")
SPOKEN_TO = re.compile(r"\b(you|your|I|my|me|usted|su|sus|mi|mis)\b", re.IGNORECASE)


# --- short names, and who can find out


def test_everything_asked_has_a_short_name_in_both_languages() -> None:
    kb = shipped()
    assert set(short_names()) == {*(name for name, fact in kb.facts.items() if fact.kind != "check"), *kb.factors}
    for lang in LANGUAGES:
        found = next_of(kb, lang)
        names = [fact["name"] for fact in found["facts"].values()] + list(found["factors"].values())
        assert len(set(names)) == len(names), "two short names are the same"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_names_are_short_and_fit_whoever_answers(lang: str) -> None:
    for name, text in short_names().items():
        said = text.in_language(lang)
        # Spanish takes more words for the same.
        assert len(said.split()) <= LONGEST_NAME + 2 * (lang == "es"), name
        assert not SPOKEN_TO.search(said), name
        assert said[0].isupper(), name


def test_a_fact_that_has_no_short_name_goes_by_what_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trellis.guide.next_data.short_names", dict)
    assert next_of(shipped(), "en")["facts"]["use.craving"]["name"] == "Craving over the past two weeks"


def test_who_can_find_out_is_an_evaluator_or_the_person_alone() -> None:
    kb = shipped()
    for name in kb.facts:
        who = who_knows(kb, name)
        assert who in ("", *kb.evaluators), name
        if kb.about("facts", name).known_by == "person":
            assert not who, name


@pytest.mark.parametrize(
    ("fact", "who"),
    [
        ("harm.suicide_thoughts", "mental_health_professional"),
        ("mental.psychosis", "psychiatrist"),
        ("physical.illness", "medical_clinician"),
        ("use.alcohol", "addiction_clinician"),
        ("withdrawal.sedatives", "medical_clinician"),
        ("overdose.now", "emergency_clinician"),
    ],
)
def test_whoever_the_needs_ask_for_can_find_it_out(fact: str, who: str) -> None:
    assert who_knows(shipped(), fact) == who


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_small(lang: str) -> None:
    plain = json.dumps(next_of(shipped(), lang), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(plain, 9)) <= MOST_BYTES


# --- what the screens make of it


@cache
def answered(vignette: str, unknown: tuple[str, ...] = ()) -> Mapping[str, str]:
    """The answers of a person who is asked and answers truthfully, save for what is not known to them."""
    kb = shipped()
    truth = complete(kb, next(one for one in vignettes() if one["id"] == vignette)["answers"])
    answers: dict[str, str] = {}
    while page := next_questions(kb, answers, as_of=AS_OF):
        for name in (name for question in page for name in (*question.factors, *question.facts)):
            best = kb.facts[name].step_at(0).id if name in kb.facts else "not_known"
            answers[name] = "not_known" if name in unknown else truth.get(name, best)
    return answers


def taken(*states: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the screens make of each state."""
    kb = shipped()
    site, _ = read_site(None, kb, date(2026, 11, 24))
    texts = {
        lang: {"talk": talk_of(kb, lang, site.to_json(lang)), "more": compare_of(kb, lang), "next": next_of(kb, lang)}
        for lang in LANGUAGES
    }
    given = json.dumps({"core": core_of(kb), "texts": texts, "states": states}, default=list)
    done = subprocess.run(TAKING, input=given, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def state(vignette: str, *unknown: str, lang: str = "en", whom: str = "me", **more: Any) -> dict[str, Any]:
    return {"lang": lang, "whom": whom, "answers": answered(vignette, unknown), **more}


def ids(questions: Iterable[Mapping[str, Any]], *, usual: bool) -> list[str]:
    return [one["id"] for one in questions if one["usual"] == usual]


def test_at_most_twelve_questions_are_on_the_list_and_none_stands_twice() -> None:
    people = [state(one["id"], lang=lang) for one in vignettes()[::9] for lang in LANGUAGES]
    for found in taken(*people):
        questions = found["questions"]
        assert 3 <= len(ids(questions, usual=True)) <= USUAL
        assert len({one["id"] for one in questions}) == len(questions)
        assert len({one["text"] for one in questions}) == len(questions)
        assert found["taken"] == [one["text"] for one in questions if one["usual"]]
        assert "ask:why" in ids(questions, usual=True)


def test_what_is_open_is_asked_about_with_who_can_find_out_and_how_soon() -> None:
    unknown = ("withdrawal.past_complication", "withdrawal.alcohol_signs")
    (found,) = taken(state("alcohol-twelve-drinks-a-day", *unknown, whom="loved_one"))
    assert {f"open:{fact}" for fact in unknown} <= set(ids(found["questions"], usual=True))
    for fact, finder in found["unknown"]:
        if fact in unknown:
            assert finder == {"who": "Medical clinician", "soon": "within 24 hours"}
    for shown in (found["next"], found["page"]):
        assert "Seizure or severe confusion in a past withdrawal. Who can find out: Medical clinician" in shown


def test_a_changed_question_stays_changed_in_the_other_language_and_the_others_follow_it() -> None:
    changed = [
        {"id": "ask:why", "text": "Why here?", "on": True},
        {"id": "ask:after", "text": "", "on": False},
        {"id": "ask:gone", "text": "From an earlier answer", "on": True},
    ]
    one = state("low-mood-and-drinking", questions=changed, own=["My own,\nin two lines", "  "])
    english, spanish = taken(one, one | {"lang": "es"})
    assert "Why here?" in english["taken"]
    assert "Why here?" in spanish["taken"]
    assert not any("whom do I call" in text for text in english["taken"])
    assert any("cuánto cuesta" in text.lower() or "cuánto me cuesta" in text.lower() for text in spanish["taken"])
    assert english["taken"][-1] == "My own,\nin two lines"
    assert english["changed"] == changed, "a change is kept even where its question is not asked at present"


def test_of_questions_kept_in_full_only_those_changed_stay() -> None:
    (fresh,) = taken(state("low-mood-and-drinking"))
    whole = [{key: one[key] for key in ("id", "text", "on")} for one in fresh["questions"]]
    whole[0] = whole[0] | {"text": "Why here?"}
    whole[1] = whole[1] | {"on": not whole[1]["on"]}
    (opened,) = taken(state("low-mood-and-drinking", questions=whole))
    assert opened["changed"] == [whole[0], whole[1] | {"text": ""}]


def test_what_was_said_in_private_is_not_on_the_page_nor_among_the_questions() -> None:
    (found,) = taken(state("afraid-of-her-husband"))
    for words in (found["page"], found["screen"]):
        assert not re.search(r"violence|shelter|threat|hurt|scare|Staying safe|husband", words, re.IGNORECASE)
    assert "Staying safe at home" in found["next"], "the help itself must be there"


@pytest.mark.parametrize(("lang", "line"), [("en", "988"), ("es", "oprima 2")])
@pytest.mark.parametrize("whom", ["me", "loved_one"])
def test_the_page_begins_with_help_and_says_what_it_is_not(lang: str, line: str, whom: str) -> None:
    (found,) = taken(state("suicide-intent-cannot-stay-safe", lang=lang, whom=whom))
    page = found["page"]
    said = shipped().urgent["suicide"]
    for sentence in (said.person if whom == "me" else said.loved_one).in_language(lang):
        assert sentence in page
    assert line in page
    assert page.index("988") < page.index(Say(lang)("guide.paper.settings"))
    assert ("Not a diagnosis" if lang == "en" else "No es un diagnóstico") in page


def test_the_page_leaves_out_what_was_answered_when_it_is_not_wanted() -> None:
    shown, hidden = taken(state("low-mood-and-drinking"), state("low-mood-and-drinking", detail=False))
    assert "What was answered" in shown["page"]
    assert "What was answered" not in hidden["page"]


def test_somebody_close_hears_of_help_for_themselves() -> None:
    (found,) = taken(state("first-treatment-for-severe-drinking", whom="loved_one"))
    assert "If someone does not want help" in found["next"]
    assert "Community reinforcement and family training" in found["next"]
    for one in found["questions"]:
        if one["usual"]:
            assert not re.search(r"\b(mine|myself|my)\b", one["text"]), one["text"]


def test_a_barrier_brings_its_own_question_and_what_can_help() -> None:
    carer = state("carer-on-shifts-drinks-heavily-at-weekends")
    carer["answers"] = {**carer["answers"], "commitments.work": "fixed_hours", "commitments.caring": "sole"}
    (found,) = taken(carer)
    barriers = [one for one in ids(found["questions"], usual=True) if one.startswith("barrier:")]
    assert barriers
    assert "What may stand in the way" in found["next"]
    assert "What can help:" in found["next"]


def test_the_line_that_finds_care_is_told_apart_from_a_crisis_line() -> None:
    (found,) = taken(state("low-mood-and-drinking"))
    for words in (found["next"], found["page"]):
        assert "1-800-662-4357" in words
        assert "It is not a crisis line" in words
        assert "findtreatment.gov" in words
