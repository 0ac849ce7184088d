"""A need that lists what can bring it says which words do so: somebody is told what they said, not all that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support import AS_OF, shipped
from trellis import decide
from trellis.account import reason_in_words, said_of
from trellis.kinds.condition import Branch, Condition, Leaf, facts_read
from trellis.kinds.need import Need
from trellis.kinds.text import LANGUAGES

ROLES = ("person", "loved_one", "clinician")
OR = {"en": re.compile(r"\bor\b", re.IGNORECASE), "es": re.compile(r"\b[ou]\b", re.IGNORECASE)}

# An "or" of what follows, of who looks or of how care is given: it does not list what was said. Each with why.
HELP = "what is offered, to choose from"
WHO = "who looks, or with whom care is linked"
MORE = "what asks for more, or for nothing, in needs of their own"
EXCUSED = {
    "call or text 988": HELP,
    "A call or visit": HELP,
    "Una llamada o visita": HELP,
    "family intervention or psychoeducation": HELP,
    "intervención familiar o psicoeducación": HELP,
    "recovery or supported housing": HELP,
    "vivienda de recuperación o con apoyo": HELP,
    "methadone or buprenorphine": HELP,
    "metadona o buprenorfina": HELP,
    "at a clinic or a program": HELP,
    "en una clínica o un programa": HELP,
    "A doctor or nurse": WHO,
    "nurse, doctor or counselor": WHO,
    "con su médico o con un consejero": WHO,
    "addiction clinician or another prescriber": WHO,
    "profesional en adicciones u otra persona que receta": WHO,
    "the court or officer": WHO,
    "el tribunal o el oficial": WHO,
    "court order or legal risk": MORE,
    "orden judicial o un riesgo legal": MORE,
    "Intent or recent behavior asks for more": MORE,
    "La intención o una conducta reciente piden más": MORE,
    "Two or more ask for it sooner": MORE,
    "Dos o más la piden antes": MORE,
    "behaviour or risk factors raise it": MORE,
    "la conducta o los factores de riesgo lo elevan": MORE,
    "illness or danger beside it asks for more": MORE,
    "la enfermedad o el peligro a su lado piden más": MORE,
    "psychosis or care that was not enough are separate needs": MORE,
    "la psicosis o una atención que no bastó son necesidades aparte": MORE,
    "without withdrawal or 24-hour needs": MORE,
    "craving, housing or a wait for a program does not delay it": MORE,
    "Where dependence is possible or a disorder is known": MORE,
    "Si es posible una dependencia o ya se conoce un trastorno": MORE,
    "use or loss of help": "what an evaluation looks for",
    "consumo o pérdida de ayuda": "what an evaluation looks for",
    "psychotic or intended thoughts": "what an evaluation looks for",
    "psicóticos o con intención": "what an evaluation looks for",
    "severe or complicated withdrawal": "what these factors predict",
    "abstinencia grave o complicada": "what these factors predict",
    "hit your head or feel confused": "when to get help at once",
    "hit their head or are confused": "when to get help at once",
    "Si se golpeó la cabeza o siente confusión": "when to get help at once",
    "Si se golpeó la cabeza o está confundida": "when to get help at once",
    "stop alcohol or calming pills": "what not to stop at once",
    "opioid or benzodiazepine use is not to be stopped": "what not to stop at once",
    "los opioides o las benzodiacepinas no deben suspenderse": "what not to stop at once",
    "alcohol or sedatives taken every day": "what not to stop at once",
    "alcohol o sedantes de cada día": "what not to stop at once",
}


def chooses(condition: Condition) -> bool:
    """Whether different facts can bring it, so that a list of them is a list of what others may have said."""
    if isinstance(condition, Leaf):
        return False
    among = isinstance(condition, Branch) and condition.operator in ("any", "count_at_least")
    return (among and len(condition.children) > 1 and len(set(facts_read(condition))) > 1) or any(
        map(chooses, condition.children)
    )


def lists(need: Need) -> Iterator[str]:
    """Where the words still list what can bring it, once what was said stands in the place of the list."""
    words = need.told(alternatives=False)
    for role in ROLES:
        for lang in LANGUAGES:
            left = words.for_role(role).in_language(lang)
            for phrase in EXCUSED:
                left = left.replace(phrase, "")
            yield from (f"{need.id} {role} {lang}: {left}" for _ in OR[lang].finditer(left))


def choosing() -> list[Need]:
    kb = shipped()
    return [need for need in kb.needs.values() if chooses(kb.conditions[need.id])]


def test_a_need_that_several_facts_can_bring_lists_them_only_in_words_that_may_be_left_out() -> None:
    assert not [line for need in choosing() for line in lists(need)]


def test_a_need_without_such_words_is_found() -> None:
    without = [need.model_copy(update={"alternatives": None}) for need in choosing()]
    assert len({line.partition(" ")[0] for need in without for line in lists(need)}) > 70


def test_no_excuse_outlives_its_words() -> None:
    every = " ".join(
        need.told(alternatives=False).for_role(role).in_language(lang)
        for need in choosing()
        for role in ROLES
        for lang in LANGUAGES
    )
    assert not [phrase for phrase in EXCUSED if phrase not in every]


@pytest.mark.parametrize("need", [need for need in choosing() if need.alternatives], ids=lambda need: need.id)
def test_what_is_left_is_whole_sentences_for_every_reader(need: Need) -> None:
    part = need.alternatives
    assert part is not None
    hours = need.within.left_out_of(need.because) if need.within else need.because
    assert not part.missing_from(hours), "the time and the list are in each other's words"
    for role in ROLES:
        whole, left = need.because.for_role(role), need.told(alternatives=False).for_role(role)
        for lang in LANGUAGES:
            if part.for_role(role) is None:
                assert left == whole
                continue
            words = left.in_language(lang)
            assert words != whole.in_language(lang), (role, lang)
            assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ0-9].*\.", words), (role, words)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_reader_is_told_what_was_said_and_nothing_else_that_could_bring_it(role: str, lang: str) -> None:
    rec = decide(shipped(), {"harm.self_injury": "current"}, as_of=AS_OF)
    need = shipped().needs["self-injury-current"]
    words = reason_in_words(rec, need.id, role=role, lang=lang)
    crisis = {"en": "cris", "es": "crisis"}[lang]
    assert crisis in need.because.for_role(role).in_language(lang)
    assert crisis not in words
    assert words.startswith({"en": ("You said: ", "Reported: "), "es": ("Usted dijo: ", "Se informó: ")}[lang])


def test_what_only_follows_from_other_answers_was_not_said() -> None:
    rec = decide(shipped(), {"harm.self_injury": "not_known", "mental.emotional_crises": "some"}, as_of=AS_OF)
    assert [one.fact for one in said_of(rec, "self-injury-current")] in ([], ["mental.emotional_crises"])
    derived = decide(shipped(), {"input.audit": 30}, as_of=AS_OF)
    assert any(need.id == "use-score-high" for need in derived.active)
    assert said_of(derived, "use-score-high") == ()
    whole = shipped().needs["use-score-high"].because.person.en
    assert reason_in_words(derived, "use-score-high", role="person", lang="en") == whole


def test_of_two_answers_the_one_that_holds_is_told() -> None:
    given = {
        "harm.self_injury": [
            {"value": "current", "date": AS_OF.isoformat(), "source": "clinician"},
            {"value": "none", "date": AS_OF.isoformat(), "source": "self-report"},
        ]
    }
    rec = decide(shipped(), given, as_of=AS_OF)
    assert [one.answer.value for one in said_of(rec, "self-injury-current")] == ["current"]


def test_what_was_asked_in_private_is_not_told_as_said() -> None:
    kb = shipped()
    private = {name for name, fact in kb.facts.items() if fact.private is not None}
    reading = [need for need in choosing() if private & set(kb.reads[need.id])]
    assert reading
    for need in reading:
        worst = {name: kb.facts[name].step_at(kb.facts[name].top).id for name in kb.reads[need.id]}
        rec = decide(kb, worst, as_of=AS_OF)
        assert not private & {one.fact for one in said_of(rec, need.id)}, need.id


def test_what_is_left_without_the_list_does_not_speak_of_somebody_who_is_gone() -> None:
    lost = re.compile(r"^(They\b|It (?!helps)|Merecen\b|Necesita\b)")
    left = {
        (need.id, role, text.in_language(lang))
        for need in shipped().needs.values()
        if need.alternatives is not None
        for role in ("person", "loved_one")
        for text in [need.told(alternatives=False).for_role(role)]
        for lang in ("en", "es")
        if lost.match(text.in_language(lang))
    }
    assert left == set()
