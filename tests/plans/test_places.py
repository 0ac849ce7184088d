"""Places that are full, denied or refused: told on every form, with what then; and free again when they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.plans.saved import FULL, made
from tests.support import shipped
from trellis.errors import AnswerError
from trellis.plans import make_plan, review
from trellis.plans.render import to_html, to_json, to_markdown, view_of
from trellis.plans.seal import seal_of

LATER = date(2026, 11, 27)
PLAN = made(FULL, {"iop": "full"})


def test_a_full_place_stands_in_the_plan_with_what_is_enough_and_the_day_to_look_again() -> None:
    (conflict,) = PLAN.conflicts
    assert conflict.kind == "full"
    assert [place.package for place in conflict.places] == [place.package for place in PLAN.placing.now]
    assert conflict.instead
    assert not {place.package for place in conflict.instead} & {place.package for place in conflict.places}
    assert conflict.look_again > PLAN.made_on
    assert seal_of(PLAN) == "whole"


@pytest.mark.parametrize("layout", ["page", "full"])
@pytest.mark.parametrize(("lang", "says"), [("en", "no place is free"), ("es", "no hay lugar libre")])
def test_every_form_tells_it_in_both_languages(layout: Any, lang: str, says: str) -> None:
    kb = shipped()
    (conflict,) = PLAN.conflicts
    view = view_of(kb, PLAN, lang=lang)
    for text in (to_markdown(kb, PLAN, layout=layout, lang=lang), to_html(kb, PLAN, layout=layout, lang=lang)):
        assert says in text
        assert view.text(conflict.instead[0].name) in text
        assert view.day(conflict.look_again) in text
    assert '"look_again"' in to_json(PLAN)


def test_safety_services_meanwhile_are_named() -> None:
    plan = made({**FULL, "harm.suicide_thoughts": "plan"}, {"php": "denied", "iop": "denied"})
    assert [conflict.kind for conflict in plan.conflicts] == ["denied"]
    names = [shipped().services[name].name.en for name in plan.conflicts[0].interim]
    assert names
    text = to_markdown(shipped(), plan, layout="page")
    assert "this was denied" in text
    assert all(name in text for name in names)


def test_a_place_nobody_can_replace_is_told_as_such() -> None:
    hospital = made({"harm.suicide_thoughts": "intent", "harm.stays_safe": "no"})
    name = hospital.placing.now[0].package
    every = [
        package for package in shipped().packages if shipped().packages[package].rank >= shipped().packages[name].rank
    ]
    plan = made({"harm.suicide_thoughts": "intent", "harm.stays_safe": "no"}, dict.fromkeys(every, "full"))
    assert plan.conflicts[0].instead == ()
    assert "Nothing else on the list is enough." in to_markdown(shipped(), plan)


def test_left_out_at_a_review_every_place_stays_as_before() -> None:
    found = review(shipped(), PLAN, {}, as_of=LATER)
    assert found.places == ()
    assert found.rec.provenance.places == {"iop": "full"}


def test_empty_at_a_review_every_place_is_free_again() -> None:
    found = review(shipped(), PLAN, {}, as_of=LATER, places={})
    assert found.rec.provenance.places == {}
    assert found.plan.conflicts == ()
    assert [tuple(change) for change in found.places] == [("iop", "full", "free")]


def test_one_place_becomes_free_and_the_others_stay() -> None:
    plan = made(FULL, {"iop": "full", "php": "full"})
    found = review(shipped(), plan, {}, as_of=LATER, places={"iop": "free"})
    assert found.rec.provenance.places == {"php": "full"}
    assert found.to_json()["places"] == [{"place": "iop", "before": "full", "after": "free"}]


def test_a_wrong_place_or_state_at_a_review_is_refused() -> None:
    with pytest.raises(AnswerError, match=r"\[iopp\] is no setting or package. Did you mean iop") as error:
        review(shipped(), PLAN, {}, as_of=LATER, places={"iopp": "free", "php": "maybe"})
    assert "It may be full, denied, refused, free." in str(error.value)


def test_a_plan_without_conflict_holds_none() -> None:
    kb = shipped()
    plan = make_plan(review(kb, PLAN, {}, as_of=LATER, places={}).rec)
    assert "do not fit yet" not in to_markdown(kb, plan)
