"""An assessment: answers are saved, never overwritten, folded into what decides, and seen by whom the rules name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.world import VIEWPOINTS, World
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.assessment import deciding, fields, panel, saving
from trellis.workspace.assessment.models import Assessment, GivenAnswer

SignedIn = Callable[[str], Client]
THOUGHTS = "harm.suicide_thoughts"
MAY_ANSWER = {"clinician", "case_manager"}
SEE_ANSWERS = MAY_ANSWER | {"supervisor", "dana"}


@pytest.fixture
def begun(world: World) -> Assessment:
    """An open assessment of Dana's."""
    with acting_as(world.viewer("clinician")):
        one = Assessment(organisation=world.organisations["harbor"], person=world.people["dana"], why="intake")
        one.save()
    return one


def post(client: Client, one: Assessment, where: str = "answer", htmx: bool = True, **values: Any) -> Any:
    data = {name.replace("__", "."): value for name, value in values.items()}
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/team/assessments/{one.key}/{where}/", data, headers=headers)


def rows(one: Assessment, fact: str = THOUGHTS) -> list[GivenAnswer]:
    with upkeep("a test"):
        return list(GivenAnswer.objects.filter(assessment=one, fact=fact).order_by("number"))


def give(client: Client, one: Assessment, fact: str, value: str, drawn: int = 0, **more: Any) -> Any:
    return post(client, one, **{f"v.{fact}": value, f"n.{fact}": drawn} | more)


def test_an_answer_is_saved_at_once_and_its_acknowledgement_says_when(signed_in: SignedIn, begun: Assessment) -> None:
    answer = give(signed_in("clinician"), begun, "mental.depression", "severe")
    assert answer.status_code == 200
    assert re.search(r"Saved \d\d:\d\d", answer.content.decode())
    (row,) = rows(begun, "mental.depression")
    assert (row.value, row.number, row.source, row.by) == ("severe", 1, "clinician", "Clinician")


def test_danger_stands_in_the_panel_and_in_the_columns_right_after_the_save(
    signed_in: SignedIn, begun: Assessment
) -> None:
    answer = give(signed_in("clinician"), begun, THOUGHTS, "plan").content.decode()
    assert answer.index("Thoughts of suicide") < answer.index("What the answers say")
    assert "tel:988" in answer
    with upkeep("a test"):
        one = Assessment.objects.get(pk=begun.pk)
    assert one.urgent
    assert not one.settled
    assert one.knowledge == deciding.knowledge().digest
    assert (one.least, one.most) == ("php", "hospital+psychiatric_service")


def test_without_a_script_a_group_is_saved_and_the_page_says_so(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    answer = post(client, begun, htmx=False, way="harm", v__harm__any="no", n__harm__any=0, n__harm__violence=0)
    assert answer.status_code == 302
    assert "Saved" in client.get(answer["Location"]).content.decode()
    assert rows(begun, "harm.any")[0].value == "no"


def test_what_is_wrong_is_told_at_its_field_what_was_typed_stays_and_the_rest_is_saved(
    signed_in: SignedIn, begun: Assessment
) -> None:
    client = signed_in("clinician")
    values = {"v.input.phq9": "91", "n.input.phq9": 0, "v.input.cows": "7", "n.input.cows": 0}
    answer = post(client, begun, htmx=False, way="numbers", **values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="91"' in page
    assert 'href="#f-input-phq9"' in page
    assert "from 0 to 27" in page
    assert rows(begun, "input.phq9") == []
    assert rows(begun, "input.cows")[0].value == 7


@pytest.mark.parametrize("typed", ["many", "1e999", "nan", "-1", "3.5", "٣x"])
def test_a_number_that_is_none_is_refused_with_what_to_type(typed: str, signed_in: SignedIn, begun: Assessment) -> None:
    answer = give(signed_in("clinician"), begun, "input.phq9", typed)
    assert answer.status_code == 422
    assert "0" in answer.content.decode()


def test_an_untouched_field_adds_nothing(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    give(client, begun, THOUGHTS, "wish")
    give(client, begun, THOUGHTS, "wish", drawn=1)
    assert len(rows(begun)) == 1


def test_who_answers_what_another_answered_since_is_shown_both_and_nothing_is_overwritten(
    signed_in: SignedIn, begun: Assessment
) -> None:
    first, second = signed_in("clinician"), signed_in("case_manager")
    give(first, begun, "mental.depression", "severe")
    answer = give(second, begun, "mental.depression", "mild")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Clinician" in page
    assert "Keep both" in page
    assert [row.value for row in rows(begun, "mental.depression")] == ["severe"]


@pytest.mark.parametrize(
    ("chosen", "values", "counts"),
    [
        ("mine", ["severe", "mild"], {"severe", "mild"}),
        ("theirs", ["severe", "mild", None], {"severe"}),
        ("both", ["severe", "mild"], {"severe", "mild"}),
    ],
)
def test_whatever_is_chosen_when_two_answered_both_stay_in_the_history(
    chosen: str, values: list[str], counts: set[str], signed_in: SignedIn, begun: Assessment
) -> None:
    give(signed_in("clinician"), begun, "mental.depression", "severe")
    second = signed_in("case_manager")
    give(second, begun, "mental.depression", "mild")
    data = {"v.mental.depression": "mild", "n.mental.depression": 1, "m.mental.depression": chosen}
    assert post(second, begun, "merge", htmx=False, **data).status_code == 302
    kept = rows(begun, "mental.depression")
    assert [row.value for row in kept] == values
    assert {row.value for row in deciding.fold(deciding.knowledge(), kept)["mental.depression"]} == counts


def test_kept_both_of_one_source_is_a_disagreement_in_which_the_worse_counts(
    signed_in: SignedIn, begun: Assessment, world: World
) -> None:
    client = signed_in("clinician")
    give(client, begun, "mental.depression", "severe", source="self-report")
    data = {"v.mental.depression": "mild", "n.mental.depression": 1, "m.mental.depression": "both"}
    post(signed_in("case_manager"), begun, "merge", source="self-report", **data)
    folded = deciding.fold(deciding.knowledge(), rows(begun, "mental.depression"))
    rec = deciding.result_of(folded, timezone.localdate()).rec
    assert rec is not None
    (found,) = rec.disagreements
    assert found.values == ("severe", "mild")


def test_two_rows_of_one_number_cannot_be(world: World, begun: Assessment) -> None:
    """The database itself is the arbiter, whatever the pages do."""
    with acting_as(world.viewer("clinician")):
        typed = saving.Typed("mental.depression", "severe", "", 0)
        how = {"source": "clinician", "on": timezone.localdate(), "member": world.members["clinician"]}
        saving.save(begun, [typed], **how)
        real, saving.rows_of = saving.rows_of, lambda _: []  # as one who read before the other wrote
        try:
            done = saving.save(begun, [typed._replace(value="mild")], **how)
        finally:
            saving.rows_of = real
    assert done.rows == []
    (between,) = done.between
    assert between.now[0].value == "severe"
    assert between.number == 1


def test_an_answer_is_taken_back_by_a_new_row_and_can_be_put_back(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    give(client, begun, THOUGHTS, "plan")
    post(client, begun, "take-back", back=f"{THOUGHTS}:1")
    kept = rows(begun)
    assert [row.taken_back for row in kept] == [False, True]
    assert deciding.fold(deciding.knowledge(), kept) == {}
    with upkeep("a test"):
        assert not Assessment.objects.get(pk=begun.pk).urgent
    post(client, begun, "take-back", back=f"{THOUGHTS}:2")
    assert [row.value for row in deciding.standing(rows(begun))] == ["plan"]


def test_danger_is_not_lowered_by_a_milder_answer_but_by_taking_the_mistake_back(
    signed_in: SignedIn, begun: Assessment
) -> None:
    client = signed_in("clinician")
    give(client, begun, THOUGHTS, "plan")
    answer = give(client, begun, THOUGHTS, "none", drawn=1).content.decode()
    assert "This counts too" in answer
    assert "Thoughts of suicide" in answer
    answer = post(client, begun, "take-back", back=f"{THOUGHTS}:1").content.decode()
    assert "danger-box" not in answer


def test_answers_that_cannot_both_be_true_are_both_saved_and_danger_shows_all_the_same(
    signed_in: SignedIn, begun: Assessment
) -> None:
    client = signed_in("clinician")
    give(client, begun, "harm.any", "no")
    answer = give(client, begun, THOUGHTS, "plan")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "cannot both be true" in page
    assert "Thoughts of suicide" in page
    assert rows(begun)[0].value == "plan"
    for where in ("next", "part/harm", "part/contexts"):
        assert client.get(f"/team/assessments/{begun.key}/{where}/").status_code == 200


def test_an_evaluation_is_said_by_who_treats_or_a_record_alone(signed_in: SignedIn, begun: Assessment) -> None:
    client, fact = signed_in("clinician"), "harm.suicide_evaluated"
    value = next(
        step for step in deciding.knowledge().facts[fact].values if step != deciding.knowledge().facts[fact].unless_told
    )
    assert give(client, begun, fact, value, source="self-report").status_code == 422
    assert give(client, begun, fact, value, source="clinician").status_code == 200
    assert give(signed_in("case_manager"), begun, fact, value, drawn=1, source="clinician").status_code == 422


def test_one_by_one_ends_and_writes_the_same_answers(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    for _ in range(80):
        page = client.get(f"/team/assessments/{begun.key}/next/").content.decode()
        names = re.findall(r'name="n\.([^"]+)"', page)
        if not names:
            break
        kb = deciding.knowledge()
        data = {
            f"v.{name}": kb.facts[name].step_at(0).id if name in kb.facts else kb.factors[name].values[1].id
            for name in names
        }
        answer = post(client, begun, htmx=False, way="next", **data, **{f"n.{name}": 0 for name in names})
        assert answer.status_code == 302
    assert "The result is settled" in page
    with upkeep("a test"):
        one = Assessment.objects.get(pk=begun.pk)
    assert one.settled
    assert one.least == one.most != ""


def test_none_of_these_answers_a_checklist_with_the_best_answers(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    give(client, begun, "harm.danger_now", "yes")
    page = client.get(f"/team/assessments/{begun.key}/next/").content.decode()
    names = re.findall(r'name="n\.([^"]+)"', page)
    assert len(names) > 1
    post(client, begun, htmx=False, way="next", none=1, **{f"n.{name}": 0 for name in names})
    assert all(rows(begun, name) for name in names)


def test_going_on_without_an_answer_says_what_to_choose(signed_in: SignedIn, begun: Assessment) -> None:
    answer = post(signed_in("clinician"), begun, htmx=False, way="next", **{"n.harm.danger_now": 0})
    assert answer.status_code == 422
    assert 'href="#f-harm-danger_now"' in answer.content.decode()


def test_the_history_tells_what_who_when_and_from_where(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    give(client, begun, THOUGHTS, "wish", source="self-report")
    page = client.get(f"/team/assessments/{begun.key}/history/{THOUGHTS}/").content.decode()
    assert "the person" in page
    assert "Clinician" in page
    assert client.get(f"/team/assessments/{begun.key}/history/nothing.there/").status_code == 404


def test_every_fact_context_and_number_stands_on_exactly_one_page() -> None:
    kb = deciding.knowledge()
    for lang in ("en", "es"):
        shown = [name for group in fields.groups(kb, lang) for name in group.names]
        assert sorted(shown) == sorted([*kb.facts, *kb.factors, *kb.inputs])


def test_every_page_of_the_whole_set_opens_in_both_languages(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    for lang in ("en", "es"):
        client.cookies["django_language"] = lang
        for group in fields.groups(deciding.knowledge(), lang):
            page = client.get(f"/team/assessments/{begun.key}/part/{group.id}/")
            assert page.status_code == 200
            assert page.content.decode().count("<fieldset") == len(group.names)
    assert client.get(f"/team/assessments/{begun.key}/part/nothing/").status_code == 404


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_who_may_answer_answers_and_for_all_others_there_is_no_such_page(
    viewpoint: str, signed_in: SignedIn, begun: Assessment
) -> None:
    client = signed_in(viewpoint)
    for where in ("part/harm", "next", "carry", "forms", "minutes"):
        assert client.get(f"/team/assessments/{begun.key}/{where}/").status_code == (
            200 if viewpoint in MAY_ANSWER else 404
        ), where
    answer = give(client, begun, THOUGHTS, "wish")
    assert answer.status_code == (200 if viewpoint in MAY_ANSWER else 404)
    assert len(rows(begun)) == (viewpoint in MAY_ANSWER)
    history = client.get(f"/team/assessments/{begun.key}/history/{THOUGHTS}/")
    assert history.status_code == (200 if viewpoint in SEE_ANSWERS else 404)
    whole = client.get(f"/team/assessments/{begun.key}/", follow=True)
    assert whole.status_code == (200 if viewpoint in SEE_ANSWERS | {"mother_with_consent"} else 404)


def test_a_stranger_gets_for_an_assessment_what_they_get_for_nothing(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician_elsewhere")
    once = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    there = client.get(f"/team/assessments/{begun.key}/next/")
    nothing = client.get("/team/assessments/zzzzzzzzzzzz/next/")
    assert there.status_code == nothing.status_code == 404
    assert once.sub(b"", there.content).replace(begun.key.encode(), b"zzzzzzzzzzzz") == once.sub(b"", nothing.content)


def test_a_mother_with_consent_for_the_assessment_alone_sees_no_answer(signed_in: SignedIn, begun: Assessment) -> None:
    give(signed_in("clinician"), begun, THOUGHTS, "plan")
    page = signed_in("mother_with_consent").get(f"/team/assessments/{begun.key}/").content.decode()
    assert fields.label(deciding.knowledge(), THOUGHTS, "en") not in page


def test_a_closed_assessment_takes_no_answer_until_it_is_opened_again(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    assert post(client, begun, "close", htmx=False).status_code == 302
    assert give(client, begun, THOUGHTS, "plan").status_code == 404
    assert client.get(f"/team/assessments/{begun.key}/").status_code == 200
    post(client, begun, "close", htmx=False, again="1")
    assert give(client, begun, THOUGHTS, "plan").status_code == 200


def test_an_assessment_is_begun_with_why(signed_in: SignedIn, world: World) -> None:
    client, dana = signed_in("clinician"), world.people["dana"]
    where = f"/team/people/{dana.key}/assessments/new/"
    assert client.get(where).status_code == 200
    assert client.post(where, {"why": "because"}).status_code == 422
    assert client.post(where, {"why": "review", "way": "next"}).status_code == 302
    assert signed_in("supervisor").get(where).status_code == 404
    person = client.get(f"/team/people/{dana.key}/").content.decode()
    assert "Review" in person


def test_minutes_left_are_those_that_are_asked_and_none_once_it_is_settled() -> None:
    day = timezone.localdate()
    found = panel.minutes_left(deciding.AnswersResult(deciding.knowledge(), {}, day))
    assert 1 <= found <= 20


def test_an_answer_of_another_day_counts_from_that_day_and_never_from_tomorrow(
    signed_in: SignedIn, begun: Assessment
) -> None:
    client, today = signed_in("clinician"), deciding.today(begun.organisation)
    give(client, begun, THOUGHTS, "wish", on=(today - timedelta(days=3)).isoformat())
    give(client, begun, "mental.depression", "mild", on=(today + timedelta(days=3)).isoformat())
    assert rows(begun)[0].on == today - timedelta(days=3)
    assert rows(begun, "mental.depression")[0].on == today
