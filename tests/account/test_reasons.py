"""The reasons of a result: in which order, what is folded under what, and which times are told."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.guide.invented import rows
from tests.prove.planting import copy
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.account import Reason, reasons_of, told_without_hour
from trellis.engine.artefact import covers
from trellis.errors import AnswerError

PEOPLE = vignettes()
EVERYBODY = pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])
EVERY = 40
"""Every so manieth of the invented people."""
LAST = 20_000
TIMES = {
    "en": re.compile(
        r"(?:see \w+|see the person|look at this|with you|with the person|people for this|evaluat\w+|assessment)"
        r"(?: in a hospital)?,? within ((?:an?|\w+) (?:hours?|days?|weeks?)|hours)\b",
        re.IGNORECASE,
    ),
}
HOURS = {"an hour": 1, "a day": 24, "two days": 48, "three days": 72, "a week": 168, "seven days": 168,
         "two weeks": 336, "hours": 2, "two hours": 2}  # fmt: skip


def of(answers: dict[str, Any]) -> tuple[Reason, ...]:
    kb = shipped()
    return reasons_of(trellis.decide(kb, complete(kb, answers), as_of=AS_OF))


@cache
def invented() -> list[trellis.Recommendation]:
    found = []
    for row in islice(rows(shipped()), 0, LAST, EVERY):
        try:
            found.append(trellis.decide(shipped(), row["answers"], as_of=AS_OF))
        except AnswerError:
            continue
    assert len(found) > 200
    return found


# --- the order


def test_danger_comes_first() -> None:
    answers = {"focus": "both", "harm.suicide_thoughts": "intent", "use.opioids": "severe", "use.craving": "strong"}
    assert of(answers)[0].need == "suicide-danger"


def test_what_decides_the_placement_comes_next_and_then_the_rest() -> None:
    told = [reason.need for reason in of({"use.alcohol": "severe", "environment.housing": "homeless"})]
    assert told.index("use-disorder-severe") < told.index("alcohol-use-disorder-medication")


def test_the_order_of_the_files_says_nothing() -> None:
    every = list(shipped().needs)
    orders = [[every.index(reason.need) for reason in reasons_of(rec)] for rec in invented()]
    assert any(order != sorted(order) for order in orders)


def test_danger_and_then_what_no_lighter_place_gives_stand_before_all_else_for_everybody() -> None:
    kb = shipped()
    compiled = {need.id: need for need in kb.artefact.needs}
    gives = {package.id: package.gives for package in kb.artefact.packages}
    for rec in invented():
        rank = (rec.now or rec.least.now).rank
        lighter = [
            p.id
            for p in kb.packages.values()
            if p.rank < rank and (rec.context is None or any(kb.contexts[n] == rec.context for n in p.admits))
        ]
        danger = {need for view in rec.urgent for need in view.needs}

        def place(name: str, danger: set[str] = danger, lighter: list[str] = lighter) -> int:
            if name in danger:
                return 0
            need = compiled[name]
            decides = need.phase and lighter and not any(covers(gives[p], need.requires) for p in lighter)
            return 1 if decides else 2

        places = [place(reason.need) for reason in reasons_of(rec)]
        # Needs that decide only together with others stand between the two.
        first_rest = places.index(2) if 2 in places else len(places)
        assert places[:first_rest] == sorted(places[:first_rest])
        assert 0 not in places[first_rest:]


# --- folding


def test_every_active_need_is_told_or_folded_exactly_once() -> None:
    for rec in [*invented(), *(person(shipped(), one) for one in PEOPLE)]:
        named = [name for reason in reasons_of(rec) for name in (reason.need, *reason.folded)]
        assert sorted(named) == sorted(need.id for need in rec.active)


def test_nothing_folded_adds_anything_to_what_is_told() -> None:
    kb = shipped()
    compiled = {need.id: need for need in kb.artefact.needs}
    for rec in invented():
        for reason in reasons_of(rec):
            above = kb.needs[reason.need]
            for name in reason.folded:
                need = kb.needs[name]
                if need.gives_way_to:  # told by another matter, and held to keep nobody safe below
                    continue
                assert need.dimension == above.dimension
                assert covers(compiled[above.id].requires, compiled[name].requires)
                assert set(need.services) <= set(above.services)
                assert need.urgent in (None, above.urgent)
                if need.evaluate is not None:
                    assert above.evaluate is not None
                    assert need.evaluate.by == above.evaluate.by
                    assert need.evaluate.within_hours >= above.evaluate.within_hours


def test_what_gives_way_keeps_nobody_safe_and_asks_for_no_care() -> None:
    kb = shipped()
    for need in kb.needs.values():
        if need.gives_way_to:
            assert not any((need.requires, need.evaluate, need.urgent)), need.id
            assert not any(kb.services[name].safety for name in need.services), need.id


def test_a_milder_need_of_the_same_matter_is_folded_under_the_stronger() -> None:
    folded = {reason.need: reason.folded for reason in of({"focus": "mental_health", "mental.depression": "severe"})}
    assert folded["symptoms-severe"] == ("symptoms-need-treatment", "mild-symptoms")


def test_a_need_that_alone_brings_a_service_is_told() -> None:
    told = [reason.need for reason in of({"use.alcohol": "severe"})]
    assert "alcohol-use-disorder-medication" in told


def test_thoughts_of_violence_are_not_folded_under_thoughts_of_suicide() -> None:
    told = [reason.need for reason in of({"harm.suicide_thoughts": "method", "harm.violence": "thoughts"})]
    assert {"suicide-risk-frequent-care", "violence-thoughts"} <= set(told)


# --- which times are told


def test_only_the_soonest_time_of_a_dimension_is_told() -> None:
    kb = shipped()
    spoken = ["withdrawal-adolescent", "alcohol-daily-heavy", "alcohol-daily", "symptoms-severe"]
    assert told_without_hour(kb, spoken) == {"alcohol-daily-heavy", "alcohol-daily"}


def test_three_days_are_told_alone_and_give_way_to_a_day() -> None:
    assert told_without_hour(shipped(), ["opioid-medication-to-start"]) == frozenset()
    spoken = ["opioid-medication-to-start", "not-safe-in-community"]
    assert told_without_hour(shipped(), spoken) == {"opioid-medication-to-start"}


def hours_told(text: str) -> set[int]:
    found = (match.lower() for match in TIMES["en"].findall(" ".join(text.split())))
    return {HOURS.get(told) or int(told.split()[0]) for told in found}


@pytest.mark.parametrize("role", ["person", "loved_one", "clinician"])
def test_nobody_reads_two_times_of_one_matter(role: str) -> None:
    kb = shipped()
    for rec in [*invented(), *(person(kb, one) for one in PEOPLE)]:
        told: dict[str, set[int]] = {}
        for reason in reasons_of(rec):
            need = kb.needs[reason.need]
            words = need.told(hour=reason.hour).for_role(role).en
            told.setdefault(need.dimension, set()).update(hours_told(words))
        # "Within hours" is what two hours are called as well.
        assert all(len(hours) <= 1 for hours in told.values()), (told, [r.need for r in reasons_of(rec)])


def test_a_profession_that_comes_within_hours_is_not_told_to_come_within_days() -> None:
    spoken = ["suicide-danger", "depression-severe-with-risk", "questionnaire-positive", "mania-or-psychosis-acute"]
    assert told_without_hour(shipped(), spoken) == {"depression-severe-with-risk", "questionnaire-positive"}


@pytest.mark.parametrize("role", ["person", "loved_one", "clinician"])
def test_nobody_reads_two_times_of_one_profession(role: str) -> None:
    kb = shipped()
    for rec in [*invented(), *(person(kb, one) for one in PEOPLE)]:
        told: dict[str, set[int]] = {}
        for reason in reasons_of(rec):
            need = kb.needs[reason.need]
            if need.evaluate is not None:
                words = need.told(hour=reason.hour).for_role(role).en
                told.setdefault(need.evaluate.by, set()).update(hours_told(words))
        assert all(len(hours) <= 1 for hours in told.values()), (told, [r.need for r in reasons_of(rec)])


@pytest.mark.parametrize("name", [need.id for need in shipped().needs.values() if need.within is not None])
def test_without_the_time_whole_sentences_are_left(name: str) -> None:
    need = shipped().needs[name]
    for role in ("person", "loved_one", "clinician"):
        for lang in ("en", "es"):
            full = need.because.for_role(role).in_language(lang)
            left = need.told(hour=False).for_role(role).in_language(lang)
            assert need.told().for_role(role).in_language(lang) == full
            assert left.endswith(".")
            assert not re.search(r"  |,\.|,,| [,.;:]|;\.|:\.", left), left
            if role != "clinician" and need.within is not None and need.within.person is not None:
                assert len(left) < len(full)


def test_every_need_whose_time_may_have_to_be_left_out_says_which_words_that_are() -> None:
    kb = shipped()
    evaluating = [need for need in kb.needs.values() if need.evaluate is not None]
    for need in evaluating:
        hours = need.evaluate.within_hours if need.evaluate else 0
        by = need.evaluate.by if need.evaluate else ""
        near = [o.evaluate for o in evaluating if o.evaluate and (o.dimension == need.dimension or o.evaluate.by == by)]
        sooner = [one for one in near if one.within_hours < hours]
        if sooner:
            silent = need.told(hour=False)
            for role in ("person", "loved_one", "clinician"):
                assert hours_told(silent.for_role(role).en) == set(), (need.id, role)


def test_words_for_a_time_that_do_not_stand_in_the_sentence_are_refused(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    file = folder / "criteria" / "harm.yaml"
    text = file.read_text(encoding="utf-8")
    other = text.replace('person: {en: "within hours"', 'person: {en: "within a fortnight"', 1)
    file.write_text(other, encoding="utf-8")
    with pytest.raises(trellis.KnowledgeError, match=r"\[person\.en\] does not stand once in `because`"):
        trellis.load(folder)
