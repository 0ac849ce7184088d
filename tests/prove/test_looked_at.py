"""Whoever is asked into much care is looked at, every hold is served, and what is known not to hold is kept as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

import trellis
from tests.prove.planting import with_need
from tests.support import shipped
from trellis.engine.artefact import ACUTE, HOLD, ONGOING
from trellis.kinds.known_fault import KnownFault
from trellis.prove import solver
from trellis.prove.faults import mended, why_known
from trellis.prove.looked_at import asks_for_much
from trellis.prove.solver import Prover, Verdict, prove


@pytest.fixture(scope="module")
def proved() -> list[Verdict]:
    return prove(shipped())


def at_worst(kb: trellis.Knowledge, fact: str) -> list[int]:
    top = kb.facts[fact].top
    return [1, kb.number_of(fact), top, top]


def broken(results: object) -> set[str]:
    return {result.theorem for result in results if not result.proved}  # type: ignore[attr-defined]


def test_what_is_known_not_to_hold_is_all_that_does_not(proved: list[Verdict]) -> None:
    assert broken(proved) == {theorem for theorem in why_known(shipped()) if not theorem.startswith("hours: ")}
    assert all(result.known == why_known(shipped()).get(result.theorem, "") for result in proved if not result.proved)


def test_a_known_fault_that_holds_now_is_an_error(proved: list[Verdict]) -> None:
    fault = KnownFault(id="planted", theorem="evaluated: suicide-danger", why="It was so.", since="2026-11-30")
    kb = shipped().with_changes(known_faults={"planted": fault})
    assert [str(finding) for finding in mended(kb, broken(proved), ["evaluated"])] == [
        "error [fault] known_faults [planted]: [evaluated: suicide-danger] holds now. "
        "Take the entry out: the list can only shrink."
    ]
    assert list(mended(kb, broken(proved), ["property"])) == []


def test_no_fault_is_kept_that_says_no_reason() -> None:
    for fault in shipped().of("known_faults").values():
        assert len(fault.why.split()) >= 5
        assert fault.since


@pytest.mark.parametrize(
    ("requires", "phase", "much"),
    [
        ({"structure": "day_programme"}, ONGOING, True),
        ({"withdrawal": "ambulatory_daily"}, ACUTE, True),
        ({"housing": "residence_24h"}, ONGOING, True),
        ({"supervision": "constant"}, HOLD, True),
        ({"structure": "intensive", "psychiatric": "daily"}, ONGOING, False),
        ({"withdrawal": "ambulatory"}, ACUTE, False),
    ],
)
def test_a_need_that_asks_for_much_and_for_nobody_to_look_is_found(
    requires: dict[str, str], phase: int, much: bool
) -> None:
    kb = shipped()
    planted = with_need(kb, at_worst(kb, "environment.access"), requires, phase=phase)
    assert asks_for_much(planted, len(planted.needs) - 1) == much
    assert ("evaluated: planted" in broken(solver.evaluated(Prover(planted)))) == much


def test_another_need_that_always_holds_with_it_may_ask_for_the_look() -> None:
    kb = shipped()
    planted = with_need(kb, at_worst(kb, "harm.violence"), {"structure": "day_programme"}, phase=ONGOING)
    assert "evaluated: planted" not in broken(solver.evaluated(Prover(planted)))


def test_one_that_holds_in_some_contexts_only_is_not_enough() -> None:
    kb = shipped()
    young = frozenset(n for n, context in enumerate(kb.contexts) if context["age"] == "adolescent")
    grown = frozenset(range(len(kb.contexts))) - young
    node = at_worst(kb, "environment.access")
    planted = with_need(kb, node, {"structure": "day_programme"}, phase=ONGOING)
    looking = with_need(planted, node, {}, phase=ONGOING, contexts=young)
    looks = next(iter(kb.needs.values())).model_copy(
        update={"id": "looks", "evaluate": kb.needs["suicide-danger"].evaluate}
    )
    last = replace(looking.artefact.needs[-1], id="looks")
    artefact = replace(planted.artefact, needs=(*planted.artefact.needs, last))
    some = replace(planted.with_changes(needs=dict(planted.needs) | {"looks": looks}), artefact=artefact)
    (verdict,) = [one for one in solver.evaluated(Prover(some)) if one.theorem == "evaluated: planted"]
    assert verdict.person["age"] != "adolescent"
    both = replace(artefact, needs=(*artefact.needs[:-1], replace(last, contexts=young | grown)))
    assert "evaluated: planted" not in broken(solver.evaluated(Prover(replace(some, artefact=both))))


def test_every_hold_is_served_in_every_context(proved: list[Verdict]) -> None:
    held = [result for result in proved if result.theorem.startswith("held: ")]
    assert len(held) == len(shipped().contexts)
    assert broken(held) == set()


def test_a_hold_that_no_response_serves_is_found_in_its_contexts() -> None:
    kb = shipped()
    young = frozenset(n for n, context in enumerate(kb.contexts) if context["age"] == "adolescent")
    node = at_worst(kb, "environment.access")
    planted = with_need(kb, node, {"psychiatric": "acute_unit"}, phase=HOLD, contexts=young)
    found = broken(solver.held(Prover(planted)))
    assert found == {f"held: {', '.join(kb.contexts[number].values())}" for number in young}


def test_holds_that_are_served_one_by_one_and_by_nothing_together_are_found() -> None:
    kb = shipped()
    gives = {"supervision": "constant", "medical": "hospital"}
    ward = kb.responses["observation_23h"].model_copy(update={"id": "ward", "gives": gives})
    some = kb.with_changes(responses={"mobile_crisis": kb.responses["mobile_crisis"], "ward": ward})
    assert len(broken(solver.held(Prover(some)))) == len(kb.contexts)


BOUNDS = (
    "stable-housed-low-risk-is-never-above-iop", "prescribed-sedatives-alone-stay-outpatient",
    "prescribed-sedatives-with-opioid-use-stay-outpatient",
    "steady-on-an-agonist-injecting-with-sedatives-stays-outpatient", "well-after-24-hour-care-stays-outpatient",
    "severe-depression-without-danger-stays-outpatient", "lifelong-support-at-home-stays-outpatient",
    "craving-or-no-home-while-untreated-is-no-bed", "evaluated-after-an-attempt-can-step-down",
)  # fmt: skip


@pytest.mark.parametrize("bound", BOUNDS)
def test_each_upper_bound_is_stated_and_breaks_when_more_is_asked_of_everybody(bound: str) -> None:
    kb = shipped()
    top = {"supervision": "constant", "structure": "continuous", "housing": "residence_24h", "withdrawal": "hospital"}
    planted = with_need(kb.with_changes(properties={bound: kb.properties[bound]}), [2], top, phase=ONGOING)
    (verdict,) = solver.stated(Prover(planted))
    assert not verdict.proved
    assert verdict.note == ""
