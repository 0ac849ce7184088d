"""The account: what is said of a result to whom, in ids only, and the same to both but for how much."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest

import trellis
from tests.support import AS_OF, complete, person, shipped, vignettes
from trellis.account import Account, account_of, admits, what_decides, why_here
from trellis.account.account import Audience
from trellis.engine.artefact import HOLD, covers

PEOPLE = vignettes()
EVERYBODY = pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])


def of(answers: dict[str, Any], audience: Audience = "person", **places: str) -> tuple[trellis.Recommendation, Account]:
    kb = shipped()
    rec = trellis.decide(kb, complete(kb, answers), as_of=AS_OF, places=places)
    return rec, account_of(rec, audience=audience)


def test_an_account_cannot_be_changed_and_holds_no_words() -> None:
    _, account = of({"use.opioids": "severe"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        account.reasons = ()  # type: ignore[misc]
    assert not any(isinstance(part, list | dict | set) for part in vars(account).values())
    words = {need.because.person.en for need in shipped().needs.values()}
    assert not any(text in repr(account) for text in words)


@EVERYBODY
def test_both_audiences_are_told_the_same_but_for_how_much(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    one, other = (vars(account_of(rec, audience=audience)) for audience in get_args(Audience))
    assert {name for name in one if one[name] != other[name]} <= {"audience", "others", "step_down"}


@EVERYBODY
def test_every_package_that_takes_the_person_is_considered_or_told_why_not(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    account = account_of(rec, audience="clinician")
    told = [*(one.package for one in account.considered), *(one.package for one in account.others)]
    assert sorted(told) == sorted(p.id for p in rec.kb.packages.values() if admits(rec, p))
    if rec.now:
        for other in account.others:
            assert other.lacks or rec.kb.packages[other.package].rank > rec.now.rank
        assert all(row.needs for other in account.others for row in other.lacks)


@EVERYBODY
def test_why_a_package_is_considered_are_reasons_that_it_answers(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    account = account_of(rec)
    order = [reason.need for reason in account.reasons]
    for package, why in account.considered:
        assert list(why) == [need for need in order if need in why]
        assert not set(why) & set(rec.step_down[package].resolve)


@EVERYBODY
def test_what_is_told_of_some_packages_is_what_the_recommendation_says_of_all(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    for audience in get_args(Audience):
        account = account_of(rec, audience=audience)
        assert all(other.lacks == rec.shortfalls[other.package] for other in account.others)
        assert all(way == rec.step_down[way.target] for way in account.step_down)


@EVERYBODY
def test_what_decides_is_what_no_lighter_package_covers_or_what_alone_rules_one_out(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    rank = (rec.now or rec.least.now).rank
    lighter = [p for p in rec.kb.packages.values() if p.rank < rank and admits(rec, p)]
    needs = {one.id: one for one in rec.kb.artefact.needs if one.phase != HOLD}
    active = [need.id for need in rec.active if need.id in needs]
    unmet = [{name for name in active if not covers(p.gives, needs[name].requires)} for p in lighter]
    nowhere = set.intersection(*unmet) if unmet else set()
    assert what_decides(rec) == nowhere.union(*(names for names in unmet if len(names) == 1))


def test_a_lone_package_is_held_against_its_lighter_neighbour() -> None:
    rec, account = of({"use.alcohol": "severe"})
    (only,) = account.considered
    assert only.why[0] == "use-disorder-severe"
    assert why_here(rec, account.reasons, "iop", None)[0] == "use-disorder-severe"
    assert why_here(rec, account.reasons, "self_management", None) == ()


def test_what_is_to_be_done_whatever_is_chosen_are_the_certain_safety_services() -> None:
    rec, account = of({"use.opioids": "severe"})
    assert "naloxone" in account.whatever
    assert all(rec.kb.services[name].safety for name in account.whatever)


def test_a_service_that_no_recommended_place_brings_is_to_be_arranged() -> None:
    rec, account = of({"use.opioids": "severe"})
    assert rec.now is not None
    assert {service.id for service in account.arrange} >= {
        service.id for service in rec.services if service.certain and service.gap
    }


def test_what_is_open_says_who_can_find_it_out_and_nothing_is_open_once_it_is_settled() -> None:
    kb = shipped()
    rec = trellis.decide(kb, {"harm.suicide_thoughts": "plan", "harm.suicide_behaviour": "none"}, as_of=AS_OF)
    account = account_of(rec)
    assert [len(one.needs) for one in account.open] == sorted((len(one.needs) for one in account.open), reverse=True)
    assert all(one.who and set(one.who) <= set(kb.evaluators) for one in account.open)
    assert of({"use.alcohol": "severe"})[1].open == ()


def test_the_way_down_for_a_person_leads_to_the_nearest_setting_that_can_be_reached() -> None:
    rec, account = of({"use.alcohol": "severe"})
    (way,) = account.step_down
    assert way.target == "outpatient"
    assert way.resolve
    assert not way.fixed
    assert [reason.need for reason in account.told_for(way.resolve)] == ["use-disorder-severe"]
    everything = account_of(rec, audience="clinician").step_down
    assert way in everything


def test_a_need_that_is_folded_is_told_by_the_one_above_it() -> None:
    _, account = of({"focus": "mental_health", "mental.depression": "severe"})
    assert [reason.need for reason in account.told_for(["symptoms-need-treatment"])] == ["symptoms-severe"]


def test_who_must_look_is_told_certain_first_and_soonest_first() -> None:
    kb = shipped()
    account = account_of(trellis.decide(kb, {"harm.suicide_thoughts": "plan"}, as_of=AS_OF))
    order = [(not look.certain, look.within_hours) for look in account.next_steps]
    assert order == sorted(order)
    assert account.next_steps[0].certain


def test_a_place_that_cannot_be_had_is_told() -> None:
    _, account = of({"use.alcohol": "severe"}, iop="full")
    assert [conflict.kind for conflict in account.conflicts] == ["full"]


def test_a_danger_left_open_is_told_while_none_is_known() -> None:
    kb = shipped()
    silent = account_of(trellis.decide(kb, {"harm.suicide_thoughts": "not_known"}, as_of=AS_OF))
    assert silent.danger_left_open == ("harm.suicide_thoughts",)
    known = trellis.decide(kb, {"harm.suicide_thoughts": "not_known", "harm.danger_now": "yes"}, as_of=AS_OF)
    assert account_of(known).danger_left_open == ()


def test_a_package_for_other_contexts_is_not_told_and_while_the_context_is_open_every_one_is() -> None:
    kb = shipped()
    adult = {"focus": "both", "age": "adult", "pregnancy": "no"}
    number = kb.contexts.index(adult)
    package = next(iter(kb.packages.values()))
    elsewhere = package.model_copy(update={"admits": package.admits - {number}})
    rec = trellis.decide(kb, adult, as_of=AS_OF)
    assert admits(rec, package)
    assert not admits(rec, elsewhere)
    assert admits(trellis.decide(kb, {}, as_of=AS_OF), elsewhere)
