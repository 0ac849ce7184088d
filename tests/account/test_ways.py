"""Inpatient care and IOP in every result: what each would give and lack here, with no word on which is right."""

from __future__ import annotations

from typing import Any

import trellis
from tests.support import AS_OF, shipped
from trellis.account import WayIn, account_of, ways_of


def told(**answers: Any) -> dict[str, WayIn]:
    given = {name.replace("__", "."): value for name, value in answers.items()}
    return {way.column: way for way in ways_of(trellis.decide(shipped(), given, as_of=AS_OF))}


def test_both_are_told_of_in_every_result_whether_or_not_they_are_considered() -> None:
    for answers in ({}, {"harm.danger_now": "yes"}, {"use.opioids": "severe"}, {"use.alcohol": "none"}):
        rec = trellis.decide(shipped(), answers, as_of=AS_OF)
        for audience in ("person", "clinician"):
            assert [way.column for way in account_of(rec, audience=audience).ways] == ["iop", "inpatient"]


def test_a_plan_of_suicide_asks_for_what_an_iop_does_not_give_and_a_unit_does() -> None:
    found = told(harm__suicide_thoughts="plan")
    assert "supervision" in {row.axis for row in found["iop"].lacks if row.certain}
    assert "supervision" in {given.axis for given in found["inpatient"].gives}
    assert not [row for row in found["inpatient"].lacks if row.certain]


def test_the_form_that_stands_for_a_way_takes_the_person_and_has_the_fewest_certain_lacks() -> None:
    kb = shipped()
    columns = {c.id: c for choice in kb.of("choices").values() for c in choice.columns}
    for answers in ({"withdrawal.alcohol_history": "seizure_or_delirium"}, {"harm.suicide_thoughts": "plan"}, {}):
        answers = {
            name: value for name, value in answers.items() if name in kb.facts and value in kb.facts[name].values
        }
        rec = trellis.decide(kb, answers, as_of=AS_OF)
        for way in ways_of(rec):
            assert way.package is not None
            forms = [p for p in kb.packages.values() if p.setting in columns[way.column].settings]
            least = min(sum(row.certain for row in rec.shortfalls[form.id]) for form in forms)
            assert sum(row.certain for row in rec.shortfalls[way.package]) == least


def test_what_is_given_is_never_said_to_be_surely_missing_too() -> None:
    for step in shipped().facts["harm.suicide_thoughts"].values:
        for way in told(harm__suicide_thoughts=step).values():
            assert not {given.axis for given in way.gives} & {row.axis for row in way.lacks if row.certain}


def test_what_a_way_gives_is_the_step_of_the_form_that_stands_for_it() -> None:
    kb = shipped()
    for way in told(harm__suicide_thoughts="plan").values():
        steps = dict(kb.steps(kb.packages[way.package or ""].gives))
        assert all(steps[given.axis] == given.step for given in way.gives)


def test_every_step_of_every_axis_is_told_in_both_languages() -> None:
    for axis in shipped().axes.values():
        for step in axis.steps:
            assert step.told is not None, f"{axis.id} {step.id}"
            assert step.told.es, f"{axis.id} {step.id}"
            assert step.told.en.endswith("."), f"{axis.id} {step.id}"
            assert " you" not in f" {step.told.en.lower()}", "a sentence has to fit somebody close as well"
