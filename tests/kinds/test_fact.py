"""Facts: a scale is kept as it is written; all that decides works on worse-ranks, 0 best."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.library.brute_force import FACTS, fact
from tests.library.tiny import tiny
from tests.support import shipped
from trellis.kinds.fact import Fact

KNOWLEDGE = pytest.mark.parametrize("kb", [tiny, shipped], ids=["tiny", "shipped"])


@pytest.mark.parametrize(
    ("name", "ranks"),
    [
        ("pain.level", {"none": 0, "some": 1, "much": 2, "worst": 3}),
        ("life.support", {"many": 0, "few": 1, "nobody": 2}),
    ],
)
def test_the_best_step_has_rank_0_whichever_way_the_scale_is_written(name: str, ranks: dict[str, int]) -> None:
    one = FACTS[name]
    assert {value: one.rank_of(value) for value in one.values} == ranks
    assert one.top == max(ranks.values())


def test_the_scale_is_kept_as_it_is_written() -> None:
    assert FACTS["life.support"].values == ("nobody", "few", "many")


@KNOWLEDGE
def test_step_and_rank_lead_to_each_other_on_every_scale(kb) -> None:
    for one in kb().facts.values():
        assert [one.rank_of(one.step_at(rank).id) for rank in range(one.top + 1)] == list(range(one.top + 1))


def test_a_step_that_is_not_on_the_scale_has_no_rank() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        FACTS["pain.level"].rank_of("unbearable")


def test_danger_begins_at_the_rank_of_the_step_named() -> None:
    facts = tiny().facts
    assert facts["life.danger"].danger_rank == 2
    assert facts["life.support"].danger_rank is None


def test_only_history_is_fixed() -> None:
    assert [one.id for one in tiny().facts.values() if one.fixed] == ["life.past"]


@KNOWLEDGE
def test_history_never_expires_and_all_else_does(kb) -> None:
    assert all((one.valid_days is None) == (one.kind == "history") for one in kb().facts.values())


def test_the_domain_is_what_stands_before_the_dot() -> None:
    assert FACTS["pain.level"].domain == "pain"


def test_a_step_speaks_spanish_where_it_can_and_english_where_it_cannot() -> None:
    low = tiny().facts["mood.low"]
    assert [step.in_language("es") for step in low.scale] == ["Nada", "Leve", "Moderate", "Severe"]
    assert low.step_at(0).in_language("en") == "None"


@pytest.mark.parametrize("name", ["pain", "Pain.level", "pain.level.more", "pain.le-vel"])
def test_an_id_is_a_domain_a_dot_and_a_name(name: str) -> None:
    with pytest.raises(ValidationError, match="should match pattern"):
        fact(name, "no", "yes")


def test_a_scale_has_at_least_two_steps() -> None:
    with pytest.raises(ValidationError, match="at least 2 items"):
        fact("pain.level", "only")


def test_a_fact_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match=r"\[worse\] of Fact cannot be set"):
        FACTS["pain.level"].worse = "down"
    assert isinstance(FACTS["pain.level"], Fact)
