"""A saved plan is held to its answers: an edit by hand is told on every form, and danger never goes with it."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from tests.plans.saved import CALMER, DANGER, edited, from_1_1_0, made
from tests.support import AS_OF, shipped
from trellis.errors import AnswerError
from trellis.plans import check_plan, read_plan, review
from trellis.plans.render import to_html, to_json, to_markdown, to_pdf, view_of

LATER = date(2026, 12, 7)
OUTPATIENT = {"package": "outpatient", "name": {"en": "Weekly visits", "es": "Citas semanales"}}


def softened(raw: dict[str, Any]) -> None:
    """Somebody writes weekly visits over the hospital, and takes the danger out."""
    raw["placing"]["now"] = [OUTPATIENT]
    raw["urgent"], raw["evaluate"] = [], []


SOFTENED = edited(made(DANGER), softened)


@pytest.mark.parametrize("layout", ["page", "full"])
@pytest.mark.parametrize(
    ("lang", "says", "place"),
    [
        ("en", "This plan was edited by hand", "Acute psychiatric unit"),
        ("es", "Este plan se modificó a mano", "Unidad psiquiátrica de agudos"),
    ],
)
def test_every_form_tells_the_edit_and_what_the_answers_give(layout: Any, lang: str, says: str, place: str) -> None:
    kb = shipped()
    pdf = PdfReader(io.BytesIO(to_pdf(kb, SOFTENED, layout=layout, lang=lang)))
    forms = [
        to_markdown(kb, SOFTENED, layout=layout, lang=lang),
        to_html(kb, SOFTENED, layout=layout, lang=lang),
        " ".join("".join(page.extract_text() for page in pdf.pages).split()),
        to_json(SOFTENED, view_of(kb, SOFTENED, lang=lang)),
    ]
    for text in forms:
        assert says in text
        assert place in text


def test_danger_is_shown_as_the_answers_give_it_even_when_it_was_taken_out() -> None:
    kb = shipped()
    title = kb.urgent["suicide"].title.en
    for text in (to_markdown(kb, SOFTENED), to_html(kb, SOFTENED), to_markdown(kb, SOFTENED, layout="page")):
        assert text.index(title) < text.index("Before you use this plan") < text.index("My next steps")
    contacts = {line.contact for line in view_of(kb, SOFTENED).help_lines}
    assert contacts >= {kb.lines[name].contact for name in kb.urgent["suicide"].lines}


def test_a_place_that_was_written_in_is_not_told_as_the_usual_one() -> None:
    text = to_markdown(shipped(), SOFTENED)
    assert "Usually considered in a situation like this: Weekly visits" not in text
    assert "Written in by hand: Weekly visits. The answers give: Acute psychiatric unit" in text


def test_a_plan_as_it_was_made_tells_nothing() -> None:
    kb = shipped()
    for plan in (made(DANGER), made(CALMER, called="Sam"), review(kb, made(DANGER), {}, as_of=LATER).plan):
        assert view_of(kb, plan).notices == ()
        assert json.loads(to_json(plan, view_of(kb, plan))) == json.loads(to_json(plan))


def test_an_edit_that_changes_nothing_that_follows_is_told_as_such() -> None:
    plan = edited(made(DANGER), lambda raw: raw.update(called="Sam", person={"called": "Sam"}))
    assert view_of(shipped(), plan).notices[1].startswith("All that follows from its answers")


def test_each_part_that_was_edited_is_named_on_both_sides() -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["strengths"] = ["Rich"]
        raw["step_up"] = []
        raw["review_on"] = "2027-11-23"

    found = check_plan(shipped(), edited(made(DANGER, strengths=["Sings"]), change))
    assert {one.part: (one.plan, one.answers) for one in found.parts} == {
        "strengths": (("Rich",), ("Sings",)),
        "step_up": ((), ()),
        "review_on": ((), ()),
    }


def test_answers_changed_with_all_that_follows_still_break_the_seal() -> None:
    calm = made(CALMER)
    forged = made(DANGER).model_copy(
        update={name: getattr(calm, name) for name in type(calm).model_fields} | {"seal": "x"}
    )
    found = check_plan(shipped(), forged)
    assert found.edited
    assert found.parts == ()


def test_a_plan_of_before_seals_is_told_when_it_is_not_what_its_answers_give() -> None:
    def older(raw: dict[str, Any]) -> None:
        for name in ("seal", "kept", "conflicts"):
            raw.pop(name, None)

    plain = edited(made(DANGER), older)
    assert view_of(shipped(), plain).notices == ()
    notices = view_of(shipped(), edited(plain, softened)).notices
    assert notices[0].startswith("This plan is not what its answers give: it was edited by hand, or made by an older")
    assert "danger" in notices[1]


def test_a_version_that_cannot_be_and_a_day_that_has_not_come_are_told() -> None:
    plan = edited(made(DANGER), lambda raw: raw.update(version=99, made_on="2030-01-01"))
    found = check_plan(shipped(), plan, today=AS_OF)
    notices = view_of(shipped(), plan, found=found).notices
    assert "This plan says that it is version 99. By the versions it keeps it is version 1." in notices
    assert "This plan says that it was made on January 1, 2030, a day that has not come yet." in notices
    assert review(shipped(), plan, {}, as_of=LATER).plan.version == 2


def test_names_that_mean_nothing_are_told_and_shown_as_they_are() -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["interventions"][0]["approach"] = "magic"
        raw["goals"][0]["measure"] = "guess"
        raw["barriers"] = [{"barrier": "wall", "because": raw["goals"][0]["goal"], "accommodations": ["ladder"]}]
        raw["urgent"] = ["boredom"]
        raw["ask_about"] = ["spells"]
        raw["step_up"] = ["omen"]

    plan = edited(made(DANGER), change)
    for role in ("person", "clinician"):
        text = to_markdown(shipped(), plan, role=role)
        told = next(line for line in text.splitlines() if "Names without words" in line)
        assert all(name in told for name in ("magic", "guess", "wall", "boredom", "spells", "omen", "ladder"))
        assert shipped().urgent["suicide"].title.en in text


@pytest.mark.parametrize(
    "change",
    [
        {"answers": None},
        {"answers": []},
        {"as_of": "soon"},
        {"places": [1]},
    ],
)
def test_a_basis_that_is_not_one_is_told_and_stops_a_review(change: dict[str, Any]) -> None:
    plan = edited(made(DANGER), lambda raw: raw["basis"].update(change))
    assert any("cannot be read in full" in notice for notice in view_of(shipped(), plan).notices)
    with pytest.raises(AnswerError, match="plan: basis: does not hold the answers"):
        review(shipped(), plan, {}, as_of=LATER)


def test_an_empty_basis_opens_and_is_told() -> None:
    plan = edited(made(DANGER), lambda raw: raw.update(basis={}))
    assert "cannot be read in full" in to_markdown(shipped(), plan)


def test_answers_spoiled_by_hand_are_named() -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["basis"]["answers"]["mental.depression"] = [{"value": "awful"}]
        raw["basis"]["answers"]["harm.violence"] = 7

    found = check_plan(shipped(), edited(made(DANGER), change))
    assert set(found.unreadable) == {"mental.depression", "harm.violence"}
    assert found.urgent == ("suicide",)


def test_a_review_of_an_edited_plan_compares_with_what_its_answers_give() -> None:
    found = review(shipped(), SOFTENED, {}, as_of=AS_OF)
    assert found.step == "stay"
    assert found.plan.urgent == ("suicide",)
    assert found.plan.earlier == (SOFTENED,)
    assert found.checked.edited
    assert found.to_json()["checked"]["edited"]


def test_an_earlier_version_edited_by_hand_is_named() -> None:
    second = review(shipped(), made(DANGER), {}, as_of=LATER).plan
    changed = edited(second, lambda raw: raw["earlier"][0].update(called="Nobody"))
    assert "Version 1, which is kept in this plan, was edited by hand." in view_of(shipped(), changed).notices


def test_a_review_of_a_day_before_the_plan_is_refused() -> None:
    with pytest.raises(AnswerError, match=r"as_of: is \[2026-11-22\], before version 1 .* made on \[2026-11-23\]"):
        review(shipped(), made(DANGER), {}, as_of=AS_OF - timedelta(days=1))


def test_what_json_says_about_a_plan_is_no_part_of_it() -> None:
    raw = json.loads(to_json(SOFTENED, view_of(shipped(), SOFTENED)))
    assert raw["checked"]["edited"]
    assert raw["checked"]["placing"] == ["inpatient_psychiatric"]
    assert read_plan(raw) == SOFTENED


@pytest.mark.parametrize("name", ["plan-1.1.0", "plan-1.1.0-reviewed"])
def test_plans_made_with_content_1_1_0_open_in_every_form_and_are_reviewed(name: str) -> None:
    kb, plan = shipped(), from_1_1_0(name)
    for lang in ("en", "es"):
        for role in ("person", "clinician"):
            assert plan.called in to_markdown(kb, plan, lang=lang, role=role)
            assert plan.called in to_html(kb, plan, lang=lang, role=role, layout="page")
    found = review(kb, plan, {"mental.depression": "mild"}, as_of=LATER)
    assert found.plan.version == plan.version + 1
    assert found.plan.urgent == ("suicide",)
