"""Everything is proved of what is shipped, and one planted fault of each kind is found and shown as a person."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import trellis
from tests.library.tiny import TINY, problems
from tests.prove.planting import ABOUT, copy, with_need
from tests.support import shipped
from trellis.engine.artefact import ACUTE, HOLD, ONGOING
from trellis.errors import KnowledgeError
from trellis.kinds.need import Property
from trellis.prove import solver
from trellis.prove.rule_sets import rule_sets
from trellis.prove.solver import Prover, Verdict, prove

LIMIT_SECONDS = 60


@pytest.fixture(scope="module")
def proved() -> list[Verdict]:
    return prove(shipped())


def broken(results: list[Verdict]) -> list[Verdict]:
    """What does not hold and is not known to."""
    return [result for result in results if not result.proved and not result.known]


def test_everything_is_proved_of_the_shipped_knowledge(proved: list[Verdict]) -> None:
    assert broken(proved) == []
    assert sum(result.seconds for result in proved) < LIMIT_SECONDS


def test_there_is_a_theorem_of_every_kind(proved: list[Verdict]) -> None:
    kinds = {result.theorem.split(":")[0].split(" ")[0] for result in proved}
    assert kinds == set(solver.KINDS)
    kb = shipped()
    assert sum(result.theorem.startswith("property: ") for result in proved) >= 40
    assert {f"monotone: {need}" for need in kb.needs} <= {result.theorem for result in proved}
    assert {f"reachable: {part}" for part in (*kb.settings, *kb.add_ons)} <= {result.theorem for result in proved}


def test_everything_is_proved_for_every_set_of_rules_that_a_site_can_make() -> None:
    first, *others = rule_sets(shipped(), lambda chosen: trellis.load(parameters=chosen))
    assert first == ("", shipped())
    assert [name for name, _ in others] == ["past_complication_setting=medical_24h"]
    for _, kb in others:
        assert broken(prove(kb)) == []


@pytest.mark.parametrize("fact", ["justice.court_order", "environment.housing"])
def test_a_theorem_about_a_fact_that_was_renamed_is_refused_rather_than_left_out(fact: str, tmp_path: Path) -> None:
    domain, name = fact.split(".")
    root = copy(tmp_path)
    for path in root.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name != "properties.yaml":
            path.write_text(re.sub(rf"\b{re.escape(fact)}\b", f"{domain}.{name}_new", text), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        trellis.load(root)
    found = [str(problem) for problem in raised.value.problems]
    message = f"refers to [{fact}], which facts does not define. Did you mean {fact}_new?"
    assert any(re.match(r"properties\.yaml:\d+: ", line) and line.endswith(message) for line in found)


GONE = {
    "a fact": ("never_places:\n  - {id: planted, fact: life.hmoe, whenever: alone}\n", "life.home"),
    "a context": ("never_less:\n  - {id: planted, factor: fcous, value: both}\n", "focus"),
    "a value of a context": ("never_less:\n  - {id: planted, factor: focus, value: bth}\n", "both"),
    "a parameter of a property": (
        "properties:\n  - {id: planted, says: A., others: any, parameters: {mood_hihg_from: 10}, then: {}}\n",
        "mood_high_from",
    ),
    "a context of a property": (
        "properties:\n  - {id: planted, says: A., others: any, context: {age: [adult, oldr_adult]}, then: {}}\n",
        "older_adult",
    ),
}


@pytest.mark.parametrize("gone", GONE.values(), ids=GONE)
def test_a_theorem_that_names_what_is_not_there_is_refused_with_its_line(gone: tuple[str, str], tmp_path: Path) -> None:
    text, near = gone
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "theorems.yaml").write_text(ABOUT + text, encoding="utf-8")
    assert re.fullmatch(rf"theorems\.yaml:3: .*Did you mean {near}\?", problems(tmp_path))


def test_a_property_claimed_for_a_value_that_a_site_may_not_set_is_refused(tmp_path: Path) -> None:
    text = "properties:\n  - {id: planted, says: A., others: any, parameters: {mood_high_from: 11}, then: {}}\n"
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "theorems.yaml").write_text(ABOUT + text, encoding="utf-8")
    assert problems(tmp_path) == "theorems.yaml:3: [mood_high_from] is [11]. It may be one of 10, 12."


def number(kb: trellis.Knowledge, fact: str) -> int:
    return kb.number_of(fact)


def at_worst(kb: trellis.Knowledge, fact: str) -> list[int]:
    top = kb.facts[fact].top
    return [1, number(kb, fact), top, top]


def test_a_package_that_is_missing_at_the_top_breaks_totality() -> None:
    kb = shipped()
    cut = replace(kb, artefact=replace(kb.artefact, packages=kb.artefact.packages[:-1]))
    results = list(solver.total(Prover(cut)))
    assert broken(results)
    person = broken(results)[0].person
    assert {"focus", "age", "pregnancy"} < set(person)


def test_a_need_that_a_worse_fact_clears_is_found_and_shown() -> None:
    kb = shipped()
    fact = number(kb, "use.alcohol")
    planted = with_need(kb, [1, fact, 1, 2], {"structure": "day_programme"}, phase=ONGOING)
    found = broken(list(solver.monotone_needs(Prover(planted))))
    assert [result.theorem for result in found] == ["monotone: planted"]
    assert found[0].person["use.alcohol"] in ("some", "mild")
    assert broken(list(solver.monotone_whole(Prover(planted))))


def test_a_setting_that_nobody_can_reach_is_found() -> None:
    kb = shipped()
    empty = replace(kb.with_changes(needs={}), artefact=replace(kb.artefact, needs=()))
    unreached = {result.theorem for result in broken(list(solver.reachable(Prover(empty))))}
    assert "reachable: iop" in unreached
    assert "reachable: self_management" not in unreached


def test_care_round_the_clock_outside_the_four_groups_is_found() -> None:
    kb = shipped()
    planted = with_need(kb, at_worst(kb, "mental.anxiety"), {"housing": "residence_24h"}, phase=ONGOING)
    assert broken(list(solver.groups(Prover(planted))))[0].theorem == "groups: only these four"


def test_a_score_that_places_alone_is_found() -> None:
    kb = shipped()
    planted = with_need(kb, at_worst(kb, "score.depression"), {"psychiatric": "acute_unit"}, phase=ACUTE)
    found = broken(list(solver.alone(Prover(planted))))
    assert [result.theorem for result in found] == ["alone: score.depression"]
    assert found[0].person["score.depression"] == "severe"


@pytest.mark.parametrize("fact", ["justice.court_order", "environment.housing", "engagement.readiness"])
def test_a_court_order_homelessness_or_motivation_that_raises_the_level_is_found(fact: str) -> None:
    kb = shipped()
    planted = with_need(kb, at_worst(kb, fact), {"structure": "day_programme"}, phase=ONGOING)
    assert f"alone: {fact}" in {result.theorem for result in broken(list(solver.alone(Prover(planted))))}


def test_a_court_order_that_raises_the_level_only_together_with_illness_is_found() -> None:
    kb = shipped()
    node = [2, at_worst(kb, "justice.court_order"), at_worst(kb, "mental.anxiety")]
    planted = with_need(kb, node, {"structure": "day_programme"}, phase=ONGOING)
    assert "never: justice.court_order" in {r.theorem for r in broken(list(solver.alone(Prover(planted))))}


def test_a_focus_that_gets_more_alone_than_together_is_found() -> None:
    kb = shipped()
    alone = frozenset(n for n, context in enumerate(kb.contexts) if context["focus"] == "mental_health")
    planted = with_need(kb, at_worst(kb, "mental.anxiety"), {"housing": "residence_24h"}, phase=ONGOING, contexts=alone)
    assert {r.theorem for r in broken(list(solver.never_less(Prover(planted))))} == {
        "both now: mental_health",
        "both next: mental_health",
    }


def test_a_need_that_leaves_more_for_later_than_for_now_is_found() -> None:
    kb = shipped()
    needs = list(kb.artefact.needs)
    place = next(p for p, need in enumerate(needs) if need.phase == HOLD)
    needs[place] = replace(needs[place], afterwards=kb.artefact.axis_tops)
    later = replace(kb, artefact=replace(kb.artefact, needs=tuple(needs)))
    assert "order: next after now" in {r.theorem for r in broken(list(solver.monotone_whole(Prover(later))))}


def stated(**fields: object) -> Property:
    return Property.model_validate({"id": "planted", "says": "Planted.", "others": "any"} | fields)


@pytest.mark.parametrize(
    "then",
    [
        {"now": {"structure": {"at_least": "day_programme"}}},
        {"now": {"rank": {"at_least": "php"}}},
        {"next": {"rank": {"at_most": "self_management"}}},
        {"hold": {"supervision": {"at_least": "constant"}}},
        {"services": {"has": ["naloxone"]}},
        {"services": {"lacks": ["alcohol_medication"]}},
        {"urgent": {"has": ["overdose"]}},
        {"evaluate": {"has": ["psychiatrist"]}},
    ],
)
def test_a_property_that_does_not_hold_is_refuted_by_a_person(then: dict[str, object]) -> None:
    kb = shipped().with_changes(
        properties={"planted": stated(given={"use.alcohol": {"at_least": "moderate"}}, then=then)}
    )
    (result,) = solver.stated(Prover(kb))
    assert not result.proved
    assert result.person["use.alcohol"] in ("moderate", "severe")


def test_a_property_whose_premise_can_never_hold_is_not_called_proved() -> None:
    given = {"all": [{"use.alcohol": {"is": "mild"}}, {"use.alcohol": {"is": "severe"}}]}
    kb = shipped().with_changes(properties={"planted": stated(given=given, then={"services": {"has": ["naloxone"]}})})
    (result,) = solver.stated(Prover(kb))
    assert (result.proved, result.note) == (False, "the premise can never hold")


def test_a_property_that_is_not_well_formed_is_an_error() -> None:
    given = {"no.fact": {"is": "x"}}
    kb = shipped().with_changes(properties={"planted": stated(given=given, then={"services": {"has": ["x"]}})})
    with pytest.raises(KnowledgeError, match=r"no\.fact"):
        prove(kb)


def test_others_at_best_are_as_good_as_what_is_named_allows() -> None:
    kb = shipped()
    given = {"harm.suicide_thoughts": {"at_least": "intent"}}
    then = {"urgent": {"has": ["suicide"], "lacks": ["overdose"]}, "services": {"lacks": ["naloxone"]}}
    best = kb.with_changes(properties={"planted": stated(given=given, others="best", then=then)})
    (result,) = solver.stated(Prover(best))
    assert result.proved
