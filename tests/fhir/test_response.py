"""Filled-in forms as FHIR QuestionnaireResponses, in and out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fhir import forms
from tests.instruments.filling import WITH_ITEMS, partly
from tests.support import shipped
from trellis.errors import AnswerError

pytest.importorskip("fhir.resources")
pytest.importorskip("fhirpathpy")

from trellis.fhir import from_questionnaire, from_response, to_response
from trellis.instruments import score, typed

SLEEP = json.loads((Path(__file__).parent / "data" / "sleep.json").read_text(encoding="utf-8"))


def response(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)} | fields


def coded(link: str, code: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": [{"valueCoding": {"code": code} | more}]}


@given(st.data())
def test_what_goes_out_and_comes_back_is_the_same(data: st.DataObject) -> None:
    instrument = shipped().instruments[data.draw(st.sampled_from(WITH_ITEMS))]
    _, answers = data.draw(partly(instrument))
    before = score(instrument, answers)
    if not answers:
        return
    resource = to_response(before, lang=data.draw(st.sampled_from(["en", "es"])))
    after = from_response(instrument, json.loads(json.dumps(resource)))
    assert after == before
    assert (resource["status"] == "completed") == before.complete


def test_a_response_is_valid_fhir_and_names_its_form_and_day() -> None:
    from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

    resource = to_response(score(forms.PHQ9, {"1": 2, "9": 0}), on=date(2026, 3, 2))
    read = QuestionnaireResponse.model_validate(resource)
    assert read.questionnaire.startswith("urn:trellis:questionnaire:phq9|")
    assert (resource["status"], resource["authored"]) == ("in-progress", "2026-03-02")
    assert [item["linkId"] for item in resource["item"]] == ["1", "9"]


def test_a_typed_total_goes_out_and_comes_back() -> None:
    dast = shipped().instruments["dast_10"]
    resource = to_response(typed(dast, {"total": 4}))
    assert resource["item"] == [{"linkId": "scale.total", "answer": [{"valueInteger": 4}]}]
    assert from_response(dast, resource).total.total == 4


def test_a_stated_total_that_does_not_match_its_items_is_refused() -> None:
    # As in the published example of Structured Data Capture: the items give 10, the total says 13.
    answers = dict(zip("123456789", (0, 0, 0, 1, 2, 1, 3, 2, 1), strict=True))
    resource = to_response(score(forms.PHQ9, answers))
    resource["item"][-1]["answer"] = [{"valueQuantity": {"value": 13, "unit": "score"}}]
    with pytest.raises(AnswerError, match=r"item \[scale.total\]: says \[13\], but its items give 10"):
        from_response(forms.PHQ9, resource)


def test_a_stated_total_never_fills_in_for_missing_items() -> None:
    resource = to_response(score(forms.PHQ9, {"1": 2}))
    total = {"linkId": "scale.total", "answer": [{"valueInteger": 2}]}
    assert from_response(forms.PHQ9, resource | {"item": [*resource["item"], total]}).total.total is None
    total["answer"] = [{"valueInteger": 1}]
    with pytest.raises(AnswerError, match="its items give 2 to 26"):
        from_response(forms.PHQ9, resource | {"item": [*resource["item"], total]})


def test_a_response_to_a_form_of_others_is_scored() -> None:
    theirs = from_questionnaire(forms.with_weights())
    items = [coded(f"/{forms.CODES[item.id]}", "LA6571-9", system="http://loinc.org") for item in forms.SCORED]
    unscored = coded("/69722-7", "LA6574-3")
    total = {"linkId": "/44261-6", "answer": [{"valueDecimal": 27}]}
    assert from_response(theirs, response(*items, total, unscored)).total.total == 27


def test_answers_in_groups_below_answers_and_as_words_are_found() -> None:
    found = from_questionnaire(SLEEP, total="all")
    inner = {"linkId": "how-often", "answer": [{"valueString": "three or more"}]}
    nested = coded("trouble", "yes")
    nested["answer"][0]["item"] = [inner]
    scored = from_response(found, response({"linkId": "nights", "item": [nested]}, coded("tired", "no")))
    assert scored.answers == {"trouble": 2, "how-often": 3, "tired": 0}
    assert scored.total.total == 5


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ({"resourceType": "Questionnaire"}, r"resourceType: is \[Questionnaire\]"),
        (response(coded("1", "LA6568-5"), status="entered-in-error"), "is not to be used"),
        (response(coded("1", "LA6568-5"), questionnaire="urn:trellis:questionnaire:gad7|1"), r"Read it as \[gad7\]"),
        (response({"linkId": "1", "answer": "yes"}), r"item\[0\].answer: is \[yes\]"),
        (response(coded("1", "LA9-9")), r"item \[1\]: is answered with \[LA9-9\]. It may be LA6568-5"),
        (response(coded("1", "LA6568-5", system="https://other.example")), r"is answered with \[LA6568-5\]"),
        (response({"linkId": "1", "answer": [{"valueInteger": 7}]}), r"is \[7\]. It may score 0, 1, 2, 3"),
        (response({"linkId": "1", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}), "has 2 answers"),
        (
            response({"linkId": "scale.total", "answer": [{"valueDecimal": 3.5}]}),
            r"is \[3.5\]. A total is a whole number",
        ),
        (response({"linkId": "scale.total", "answer": [{"valueInteger": 40}]}), r"is \[40\]"),
        (response({"linkId": "elsewhere", "answer": [{"valueInteger": 1}]}), "holds no answer to PHQ-9"),
    ],
)
def test_a_response_that_cannot_be_used_is_refused_with_words(resource: dict[str, Any], words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        from_response(forms.PHQ9, resource)
