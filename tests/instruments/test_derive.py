"""From a score to a decision: it raises, and it clears nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trellis
from tests.instruments.filling import WITH_ITEMS, partly
from tests.support import AS_OF, CONTEXT, complete, shipped
from trellis.decide.answers import read_answers
from trellis.instruments import add_answers, answers_from, score, typed
from trellis.kinds.instrument import Instrument


def raised(name: str, answers: Mapping[str, int]) -> dict[str, Any]:
    return dict(answers_from(shipped(), score(shipped().instruments[name], answers), on=AS_OF))


def ends(answers: Mapping[str, Any], fact: str) -> tuple[int, int]:
    """The best and the worst that a fact can be."""
    kb = shipped()
    reading = read_answers(kb, CONTEXT | dict(answers), AS_OF)
    lo, hi = reading.intervals(kb, reading.contexts[0])
    return lo[kb.number_of(fact)], hi[kb.number_of(fact)]


def own_bands(answers: Mapping[str, Any]) -> set[str]:
    """The facts that are a number's own band: the number says all of them, and of nothing else."""
    return {d.to for d in shipped().derivations if d.effect == "bands" and d.from_ in answers}


def urgent(answers: Mapping[str, Any]) -> list[str]:
    return [view.id for view in trellis.decide(shipped(), answers, as_of=AS_OF).urgent]


def test_item_9_of_the_phq9_raises_the_thoughts_it_asks_about() -> None:
    found = raised("phq9", {str(n): 0 for n in range(1, 9)} | {"9": 1})
    fact = shipped().facts["harm.suicide_thoughts"]
    assert (found["harm.suicide_thoughts"].value, found["harm.suicide_thoughts"].at_least) == ("wish", True)
    assert ends(found, "harm.suicide_thoughts") == (fact.rank_of("wish"), fact.top)


def test_item_9_at_zero_says_nothing_of_those_thoughts() -> None:
    found = raised("phq9", {str(n): 0 for n in range(1, 10)})
    assert "harm.suicide_thoughts" not in found
    assert ends(found, "harm.suicide_thoughts") == ends({}, "harm.suicide_thoughts")


@pytest.mark.parametrize(
    ("answers", "step"),
    [({"1": 1}, "wish"), ({"2": 1}, "thoughts"), ({"2": 1, "3": 2}, "method"), ({"2": 1, "4": 3}, "intent"),
     ({"2": 1, "5": 3}, "plan"), ({"1": 1, "2": 1, "3": 2, "4": 3, "5": 3}, "plan")],
)  # fmt: skip
def test_the_screener_raises_to_the_worst_answer(answers: Mapping[str, int], step: str) -> None:
    assert raised("c_ssrs_screener", answers)["harm.suicide_thoughts"].value == step


@pytest.mark.parametrize("item", ["4", "5", "6_recent"])
def test_intent_a_plan_or_a_recent_attempt_show_the_urgent_text_in_a_decision(item: str) -> None:
    other = {"6_recent": {"6": 2}}.get(item, {"2": 1})
    assert "suicide" in urgent(raised("c_ssrs_screener", other | {item: 3}))


def test_a_screener_without_any_yes_shows_none_and_clears_nothing() -> None:
    answers = {"1": 0, "2": 0, "6": 0}
    assert raised("c_ssrs_screener", answers) == {}
    plan = {"harm.suicide_thoughts": "plan"}
    assert "suicide" in urgent(add_answers(plan, raised("c_ssrs_screener", answers)))


@pytest.mark.parametrize("name", WITH_ITEMS)
def test_the_lowest_answers_clear_no_fact_and_lower_no_placement(name: str) -> None:
    kb, instrument = shipped(), shipped().instruments[name]
    lowest = {item.id: instrument.scores_of(item.id)[0] for item in instrument.items}
    found = raised(name, lowest)
    for fact in set(kb.facts) - own_bands(found):
        assert ends(found, fact)[1] == ends({}, fact)[1], fact
    sick = complete(kb, {"use.alcohol": "severe", "harm.suicide_thoughts": "method"})
    before = trellis.decide(kb, sick, as_of=AS_OF)
    after = trellis.decide(kb, add_answers(sick, found), as_of=AS_OF)
    assert after.now.rank >= before.now.rank


@given(st.data())
def test_an_instrument_only_ever_raises(data: st.DataObject) -> None:
    kb = shipped()
    name = data.draw(st.sampled_from(WITH_ITEMS))
    _, answers = data.draw(partly(kb.instruments[name]))
    empty = read_answers(kb, CONTEXT, AS_OF)
    full = read_answers(kb, CONTEXT | raised(name, answers), AS_OF)
    (lo, hi), (raised_lo, raised_hi) = (one.intervals(kb, one.contexts[0]) for one in (empty, full))
    assert all(after >= before for before, after in zip(lo, raised_lo, strict=True))
    own = {kb.number_of(fact) for fact in own_bands(raised(name, answers))}
    assert [high for n, high in enumerate(raised_hi) if n not in own] == [h for n, h in enumerate(hi) if n not in own]


@given(st.data())
def test_what_missing_items_leave_certain_is_never_more_than_the_whole_form_gives(data: st.DataObject) -> None:
    kb = shipped()
    name = data.draw(st.sampled_from(WITH_ITEMS))
    whole, answers = data.draw(partly(kb.instruments[name]))
    part, every = (read_answers(kb, CONTEXT | raised(name, one), AS_OF) for one in (answers, whole))
    (low, _), (full, _) = (one.intervals(kb, one.contexts[0]) for one in (part, every))
    assert all(before <= after for before, after in zip(low, full, strict=True))


def test_the_lowest_total_still_possible_raises_while_items_are_missing() -> None:
    ciwa = shipped().instruments["ciwa_ar"]
    most = {item.id: 3 for item in ciwa.items if item.id not in ("nausea", "orientation")}
    found = raised("ciwa_ar", most)
    assert "input.ciwa_ar" not in found
    assert (found["score.alcohol_withdrawal"].value, found["score.alcohol_withdrawal"].at_least) == ("severe", True)
    assert found["score.alcohol_withdrawal"].source == "CIWA-Ar, 2 items missing"


def test_an_exact_total_is_given_as_the_number_it_is() -> None:
    found = answers_from(
        shipped(), typed(shipped().instruments["phq9"], {"total": 17}), on=date(2026, 11, 1), author="RN"
    )
    assert {name: (a.value, a.source, a.date, a.author) for name, a in found.items()} == {
        "input.phq9": (17, "PHQ-9", date(2026, 11, 1), "RN")
    }


@pytest.mark.parametrize(
    ("name", "totals", "fact", "step"),
    [
        ("dast_10", {"total": 3}, "score.drug_use", "moderate"),
        ("dast_10", {"total": 6}, "score.drug_use", "high"),
        ("assist", {"alcohol": 11}, "score.alcohol_use", "hazardous"),
        ("assist", {"alcohol": 27, "cannabis": 4}, "score.alcohol_use", "possible_dependence"),
        ("gad7", {"total": 10}, "score.mental_health", "raised"),
        ("pcl_5", {"total": 33}, "score.mental_health", "high"),
        ("k6", {"total": 13}, "score.mental_health", "high"),
        ("proxy", {"total": 5}, "score.reoffending", "raised"),
    ],
)
def test_a_typed_total_raises_its_fact(name: str, totals: Mapping[str, int], fact: str, step: str) -> None:
    found = answers_from(shipped(), typed(shipped().instruments[name], totals))
    assert (found[fact].value, found[fact].at_least) == (step, True)


@pytest.mark.parametrize("name", ["lsi_r", "ls_cmi", "oras", "compas", "pss_10", "mdq", "whodas_2_12"])
def test_a_total_that_leads_to_nothing_gives_nothing(name: str) -> None:
    instrument: Instrument = shipped().instruments[name]
    for scale in instrument.scales:
        assert answers_from(shipped(), typed(instrument, {scale.id: scale.high})) == {}


def test_two_sources_are_kept_and_the_worse_counts() -> None:
    joined = add_answers({"harm.suicide_thoughts": "none"}, raised("phq9", {"9": 2}))
    fact = shipped().facts["harm.suicide_thoughts"]
    assert len(joined["harm.suicide_thoughts"]) == 2
    assert ends(joined, "harm.suicide_thoughts")[0] == fact.rank_of("wish")


def test_answers_that_were_there_stay_as_they_were() -> None:
    before = {"harm.suicide_thoughts": "none"}
    add_answers(before, raised("phq9", {"9": 2}))
    assert before == {"harm.suicide_thoughts": "none"}
