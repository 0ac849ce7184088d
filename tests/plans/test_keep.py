"""A plan outlives the content it was made with: its words stay, and nobody is blamed for what they did not type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.plans.saved import DANGER, made, saved_plan, with_other_names
from tests.support import complete, shipped
from trellis.plans import check_plan, review
from trellis.plans.keep import names_in
from trellis.plans.render import to_html, to_markdown, view_of

LATER = date(2026, 11, 30)
NEED, SETTING = "suicide-cannot-stay-safe", "inpatient_psychiatric"
PLAN = made(DANGER, called="Sam", aims=["sleep"])


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_a_need_and_a_setting_gone_from_the_content_are_shown_in_the_words_of_the_making(lang: str, role: str) -> None:
    kb = shipped()
    old = with_other_names(PLAN, {NEED: "old-need", SETTING: "old_ward"})
    words = kb.needs[NEED].because.for_role(role).in_language(lang)
    for render in (to_markdown, to_html):
        text = render(kb, old, lang=lang, role=role)
        assert words.replace("'", "&#39;") in text or words in text
        assert "- old-need" not in text
    assert any("old-need" in notice for notice in view_of(kb, old, lang=lang).notices)


def test_every_name_in_a_plan_keeps_its_words() -> None:
    every = {name: f"{name}-of-old" for names in names_in(PLAN).values() for name in names if name not in PLAN.urgent}
    text = to_markdown(shipped(), with_other_names(PLAN, every))
    rest = text.split("## Before you use this plan")[1].split("## My next")[1]
    assert "-of-old" not in rest.replace("PHQ-9", "")
    assert "Names without words" not in text


def test_a_danger_gone_from_the_content_is_still_told() -> None:
    old = with_other_names(PLAN, {"suicide": "old-danger"})
    assert shipped().urgent["suicide"].title.en in to_markdown(shipped(), old, layout="page")


def test_a_need_gone_from_the_content_is_never_called_passed_nor_its_goal_met() -> None:
    old = with_other_names(PLAN, {need: f"{need}-of-old" for need in shipped().needs})
    found = review(shipped(), old, {"harm.suicide_thoughts": "none", "mental.depression": "none"}, as_of=LATER)
    assert found.needs_cleared == ()
    assert found.goals_met == ()
    assert f"{NEED}-of-old" in found.needs_gone
    assert set(found.goals_open) == {goal.id for goal in PLAN.goals if not goal.own}


def test_a_renamed_step_or_fact_is_asked_again_and_blames_no_answer() -> None:
    old = with_other_names(PLAN, {"mental.depression": "mental.old_mood", "without_help": "alone", "no": "never"})
    found = review(shipped(), old, {"mental.anxiety": "mild"}, as_of=LATER)
    assert "mental.old_mood" in found.checked.unreadable
    assert found.plan.version == 2


def test_danger_whose_answers_cannot_be_read_any_more_stays_on_record_until_it_is_ruled_out() -> None:
    kb = shipped()
    names = {"harm.suicide_thoughts": "harm.old_thoughts", "harm.stays_safe": "harm.old_safety"}
    old = with_other_names(PLAN, names)
    second = review(kb, old, {"mental.depression": "mild"}, as_of=LATER).plan
    assert second.urgent == ()
    assert second.on_record == ("suicide",)
    assert kb.urgent["suicide"].title.en in to_markdown(kb, second, layout="page")
    third = review(kb, second, {"mental.anxiety": "mild"}, as_of=date(2026, 12, 1)).plan
    assert third.on_record == ("suicide",)
    asked = [fact for fact in kb.facts.values() if fact.domain in ("harm", "overdose") and fact.kind != "evaluation"]
    calm = {fact.id: fact.step_at(0).id for fact in asked}
    fourth = review(kb, third, calm, as_of=date(2026, 12, 2)).plan
    assert (fourth.urgent, fourth.on_record) == ((), ())


def test_a_place_gone_from_the_content_with_its_answers_is_compared_with_nothing() -> None:
    old = with_other_names(PLAN, {SETTING: "old_ward", "mental.depression": "mental.old_mood"})
    answers = {"mental.depression": "mild", "harm.suicide_thoughts": "none", "harm.stays_safe": "without_help"}
    found = review(shipped(), old, complete(shipped(), answers), as_of=LATER)
    assert found.rec.now is not None
    assert found.step == "not_comparable"


def test_a_help_line_is_shown_as_it_is_today() -> None:
    kept = PLAN.kept.lines["line_988"]
    changed = kept.model_copy(update={"contact": kept.contact.model_copy(update={"en": "Call 555"})})
    lines = {**PLAN.kept.lines, "line_988": changed}
    old = PLAN.model_copy(update={"kept": PLAN.kept.model_copy(update={"lines": lines})})
    assert "Call 555" not in to_markdown(shipped(), with_other_names(old, {}))


def test_a_plan_of_before_goals_had_their_own_measure_opens_and_is_not_taken_for_edited() -> None:
    kb, old = shipped(), saved_plan("plan-1.3.0")
    assert any(goal.met_when for goal in old.goals)
    found = check_plan(kb, old)
    assert found.seal == "whole"
    assert found.other_knowledge
    assert not found.edited
    for lang in ("en", "es"):
        for layout in ("page", "full"):
            assert to_markdown(kb, old, layout=layout, lang=lang)  # type: ignore[arg-type]
    text = to_markdown(kb, old, role="clinician")
    assert "Met when: For four weeks in a row no dose was missed" in text
    assert not [line for goal in old.goals for told in goal.met_when if (line := told.en.splitlines()[0]) in text]


def test_a_plan_of_before_goes_on_in_a_review() -> None:
    kb, old = shipped(), saved_plan("plan-1.3.0")
    later = old.made_on + timedelta(days=14)
    found = review(kb, old, {"use.opioid_medication": "taken_or_not_needed"}, as_of=later)
    assert found.plan.version == 2
    assert found.plan.goal("keep-opioid-medicine") is not None
    assert "opioid-medicine" not in found.goals_kept
