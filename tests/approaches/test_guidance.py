"""The table of guidance: it orders what is shown, names what is not held, and never says two things of one person."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from tests.approaches.write_treatments import PAGE, written
from tests.support import AS_OF, CONTEXT, complete, shipped, vignettes
from tests.support import person as of_vignette
from trellis.approaches import Matched, match_approaches
from trellis.approaches.match import AGAINST, FIRST
from trellis.decide import decide
from trellis.kinds.guidance import LINES, Cell, together
from trellis.plans import make_plan

KB = shipped()
CELLS: list[Cell] = list(KB.of("guidance").values())
BY_VIGNETTE = pytest.mark.parametrize("vignette", vignettes(), ids=lambda vignette: vignette["id"])


def matched(answers: dict[str, Any], **context: str) -> Matched:
    """Matching for somebody with this and with all else at best; focus, age and pregnancy as given, else as usual."""
    return match_approaches(decide(KB, complete(KB, answers, CONTEXT | context), as_of=AS_OF))


def first(found: Matched) -> list[str]:
    return [view.id for view in found.ranked if view.line == FIRST]


def elsewhere(found: Matched) -> list[str]:
    return [one.named.not_held.en for one in found.not_held if one.line != "against" and one.named.not_held]


def test_the_page_in_the_docs_is_made_of_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert written(text, KB) == text, "run python -m tests.approaches.write_treatments"


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.id)
def test_every_cell_cites_a_source_that_was_seen_and_says_where(cell: Cell) -> None:
    assert any(KB.sources[ref.ref].verified == "seen" for ref in cell.sources)
    assert all(ref.at for ref in cell.sources)


def test_no_two_cells_say_the_contrary_of_one_person() -> None:
    for one, other in combinations([cell for cell in CELLS if cell.asked], 2):
        for cell, against in ((one, other), (other, one)):
            named = {n.approach for n in (*cell.first, *cell.second) if n.approach}
            if named & {n.approach for n in against.against}:
                assert not together(cell, against, KB.facts), (cell.id, against.id)


@BY_VIGNETTE
def test_nobody_is_shown_an_approach_that_guidance_names_and_is_against(vignette: dict[str, Any]) -> None:
    for view in match_approaches(of_vignette(KB, vignette)).ranked:
        lines = {guided.line for guided in view.guidance}
        assert not ("against" in lines and lines - {"against"}), view.id


@BY_VIGNETTE
def test_what_guidance_names_first_stands_before_all_it_does_not_name(vignette: dict[str, Any]) -> None:
    lines = [view.line for view in match_approaches(of_vignette(KB, vignette)).ranked]
    assert lines == sorted(lines)


@BY_VIGNETTE
def test_a_plan_proposes_nothing_that_guidance_is_against(vignette: dict[str, Any]) -> None:
    rec = of_vignette(KB, vignette)
    against = {view.id for view in match_approaches(rec).ranked if view.line == AGAINST}
    assert not against & {one.approach for one in make_plan(rec).interventions}


def test_for_ptsd_with_alcohol_the_trauma_therapies_come_before_twelve_steps() -> None:
    order = [view.id for view in matched({"mental.trauma": "ptsd", "use.alcohol": "mild"}, age="adult").ranked]
    assert max(order.index(name) for name in ("pe", "cpt", "emdr")) < order.index("tsf")


def test_mania_begins_with_a_medicine_for_it_and_not_with_peer_support() -> None:
    found = matched({"mental.mania": "mania"}, age="adult", pregnancy="no")
    assert {found.ranked[0].id, found.ranked[1].id} == {"antimanic", "lithium"}


def test_a_first_psychosis_begins_with_medicine_its_team_therapy_and_family_work_together() -> None:
    answers = {"mental.psychosis": "acute", "mental.first_episode": "yes", "use.other": "mild"}
    found = matched(answers, age="adult")
    assert set(first(found)[:5]) == {"antipsychotic", "csc", "cbtp", "family_intervention", "iddt"}


def test_somebody_who_refuses_all_food_is_told_that_hospital_care_is_named() -> None:
    assert elsewhere(matched({"mental.eating": "refuses_food"}, age="adult"))[0].startswith("Hospital care")


def test_mild_depression_is_offered_talking_therapy_and_guided_self_help() -> None:
    found = matched({"mental.depression": "mild"}, age="adult")
    assert first(found)[:2] == ["guided_self_help", "cbt"]


def test_in_pregnancy_medicines_for_alcohol_are_not_offered_and_guidance_says_why() -> None:
    found = matched({"use.alcohol": "severe"}, age="adult", pregnancy="pregnant")
    refused = {one.approach.id: one for one in found.stopped}
    assert "APA" in refused["acamprosate"].guidance[0].says.en
    assert "mi_met" in first(found)


def test_clozapine_is_not_put_first_in_pregnancy() -> None:
    answers = {"mental.psychosis": "acute", "history.admissions": "two_or_more"}
    found = matched(answers, age="adult", pregnancy="pregnant")
    view = found.view("clozapine")
    assert view is None or view.line == AGAINST


def test_somebody_at_low_risk_of_new_charges_is_not_sent_to_a_program() -> None:
    found = matched({"justice.reoffending_risk": "low", "justice.involvement": "supervision"}, age="adult")
    assert not {"cbt_justice", "mrt", "t4c", "rr"} & set(first(found))


def test_rewards_come_first_for_stimulants_with_others_beside_them() -> None:
    order = [view.id for view in matched({"use.stimulants": "severe"}, age="adult").ranked]
    assert order.index("cm") < order.index("cra") < order.index("peer_support")


def test_what_no_question_tells_is_never_read_for_a_person() -> None:
    asked = {guided.cell.id for guided in match_approaches(decide(KB, complete(KB, {}), as_of=AS_OF)).not_held}
    assert not asked & {cell.id for cell in CELLS if not cell.asked}


def test_what_is_open_is_not_taken_for_true() -> None:
    assert match_approaches(decide(KB, {}, as_of=AS_OF)).not_held == ()


def test_every_treatment_that_is_not_held_is_named_once_for_a_person() -> None:
    found = matched({"mental.depression": "severe", "mental.anxiety": "severe", "mental.trauma": "ptsd"}, age="adult")
    names = [one.named.not_held.en for one in found.not_held if one.named.not_held]
    assert len(names) == len(set(names)) > 1


def test_the_lists_of_the_table_are_named_in_one_order() -> None:
    assert LINES == ("first", "second", "against")
