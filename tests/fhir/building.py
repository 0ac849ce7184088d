"""Small invented forms and filled-in forms, built by hand: one line says what is unusual in each."""

from __future__ import annotations

from typing import Any

HL7 = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
LOINC = "http://loinc.org"
SYSTEM = "urn:example:answers"
FOUR = {"n": 0, "s": 1, "m": 2, "e": 3}
SUM = "%resource.item.answer.value.ordinal().sum()"


def answer(code: str, score: Any = None, *, system: str = SYSTEM, display: str = "", **value: Any) -> dict[str, Any]:
    """An answer that a form offers. ``value``: the value of its score, where it is no number."""
    coding = {"system": system, "code": code, "display": display or code}
    option: dict[str, Any] = {"valueCoding": {key: part for key, part in coding.items() if part}}
    if score is not None or value:
        option["extension"] = [{"url": f"{HL7}/ordinalValue"} | (value or {"valueDecimal": score})]
    return option


def choice(link: str, scores: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A question to choose in. ``scores``: code to score, None for an answer without."""
    given = FOUR if scores is None else scores
    options = [answer(code, score) for code, score in given.items()]
    return {"linkId": link, "text": f"Question {link}", "type": "choice", "answerOption": options} | more


def expression(text: str, *, kind: str = "calculatedExpression", language: str = "text/fhirpath") -> dict[str, Any]:
    """A formula in an extension of Structured Data Capture."""
    value = {"language": language, "expression": text}
    return {"url": f"{SDC}/sdc-questionnaire-{kind}", "valueExpression": value}


def total(formula: str = "", **more: Any) -> dict[str, Any]:
    """A total, by a formula or by its words alone."""
    item = {"linkId": "tot", "text": "Total score", "type": "decimal", "readOnly": True} | more
    return item | {"extension": [expression(formula)]} if formula else item


def form(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A questionnaire with these items."""
    about = {"resourceType": "Questionnaire", "status": "draft", "title": "Invented form", "language": "en"}
    return about | {"item": list(items)} | fields


def item(link: str, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One answered item of a response."""
    return {"linkId": link, "answer": list(answers)} | more


def whole(link: str, number: Any) -> dict[str, Any]:
    """An item answered with a number."""
    return item(link, {"valueInteger": number})


def coded(link: str, code: str, system: str = LOINC) -> dict[str, Any]:
    """An item answered with a code."""
    return item(link, {"valueCoding": {"system": system, "code": code} if system else {"code": code}})


def response(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A filled-in form with these items."""
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)} | fields
