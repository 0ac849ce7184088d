"""PHQ-9 forms as others write them, built from our own texts: the same extensions, nesting and formulas.

The forms of LHC-Forms (National Library of Medicine) showed the manner; nothing of their text is here.
"""

from __future__ import annotations

from typing import Any

from tests.support import shipped
from trellis.kinds.instrument import Item

HL7 = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
LOINC = "http://loinc.org"
PHQ9 = shipped().instruments["phq9"]
CODES = {item.id: item.codes[0].code for item in PHQ9.items}
SCORED = [item for item in PHQ9.items if item.id != "10"]


def _choice(item: Item, *, weighed: bool) -> dict[str, Any]:
    options = []
    for option in PHQ9.options_of(item):
        assert option.text is not None
        coding = {"system": LOINC, "code": option.codes[0].code, "display": option.text.en}
        extension = [
            {"url": f"{HL7}/questionnaire-optionPrefix", "valueString": str(option.score)},
            {"url": f"{HL7}/ordinalValue", "valueDecimal": option.score},
        ]
        options.append({"extension": extension, "valueCoding": coding} if weighed else {"valueCoding": coding})
    drop_down = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "drop-down"}
    assert item.text is not None
    return {
        "type": "choice",
        "extension": [
            {"url": f"{HL7}/questionnaire-minOccurs", "valueInteger": 1},
            {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [drop_down]}},
            {
                "url": f"{SDC}/sdc-questionnaire-observationLinkPeriod",
                "valueDuration": {"value": "1", "unit": "year", "system": "http://unitsofmeasure.org", "code": "a"},
            },
        ],
        "required": True,
        "linkId": f"/{CODES[item.id]}",
        "code": [{"system": LOINC, "code": CODES[item.id]}],
        "text": item.text.en,
        "answerOption": options,
    }


def _form(total: list[dict[str, Any]]) -> dict[str, Any]:
    head = {"linkId": "/44261-6", "type": "decimal", "code": [{"system": LOINC, "code": "44261-6"}], "text": "Sum"}
    return {
        "resourceType": "Questionnaire",
        "status": "draft",
        "meta": {"profile": [f"{SDC}/sdc-questionnaire|2.7"]},
        "title": "PHQ-9 in the manner of LHC-Forms",
        "code": [{"system": LOINC, "code": "44249-1"}],
        "item": [
            *(_choice(item, weighed=True) for item in SCORED),
            head | {"extension": total},
            _choice(PHQ9.item("10"), weighed=False),
        ],
    }


def _fhirpath(url: str, text: str, name: str = "") -> dict[str, Any]:
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": named | {"language": "text/fhirpath", "expression": text}}


def with_variables() -> dict[str, Any]:
    """A variable an item, and a total that takes a missing one as 0 (which we do not)."""
    total = [_fhirpath(f"{HL7}/variable", f"'{HL7}/ordinalValue'", "scoreExt")]
    names = [f"q{item.id}_value" for item in SCORED]
    for name, item in zip(names, SCORED, strict=True):
        link = f"item.where(linkId = '/{CODES[item.id]}')"
        path = (
            f"%questionnaire.{link}.answerOption.where(valueCoding.code=%resource.{link}.answer.valueCoding.code)"
            ".extension.where(url=%scoreExt).valueDecimal"
        )
        total.append(_fhirpath(f"{HL7}/variable", path, name))
    answered = " or ".join(f"%{name}.exists()" for name in names)
    total.append(_fhirpath(f"{HL7}/variable", answered, "any_questions_answered"))
    added = " + ".join(f"iif(%{name}.exists(), %{name}, 0)" for name in names)
    total.append(
        _fhirpath(f"{SDC}/sdc-questionnaire-calculatedExpression", f"iif(%any_questions_answered, {added}, {{}})")
    )
    return _form(total)


def with_weights() -> dict[str, Any]:
    """The function ``weight()`` of Structured Data Capture."""
    path = "%resource.item.where(linkId != '/69722-7').answer.weight().sum()"
    return _form([_fhirpath(f"{SDC}/sdc-questionnaire-calculatedExpression", path)])


def with_value_sets() -> dict[str, Any]:
    """Groups, answers in contained value sets named in two ways, and a total that is only words."""
    sets = []
    for name, item, weighed in (("often", SCORED[0], True), ("hard", PHQ9.item("10"), False)):
        options = _choice(item, weighed=weighed)["answerOption"]
        concepts = [
            option["valueCoding"] | ({"extension": option["extension"][1:]} if weighed else {}) for option in options
        ]
        url = f"https://clinic.example/ValueSet/{name}"
        body = {"resourceType": "ValueSet", "id": name, "url": url, "status": "active"}
        sets.append(body | {"expansion": {"timestamp": "2026-01-01", "contains": concepts}})
    items = []
    for place, item in enumerate(SCORED):
        plain = {key: value for key, value in _choice(item, weighed=True).items() if key != "answerOption"}
        named = "#often" if place % 2 else "https://clinic.example/ValueSet/often"
        items.append(plain | {"linkId": f"g1.q{item.id}", "answerValueSet": named})
    words = {"linkId": "g1.s", "type": "display", "text": "Scoring: add up all boxes.", "code": [{"code": "44261-6"}]}
    last = {"linkId": "g2.q1", "type": "choice", "text": "How hard was it?", "answerValueSet": "#hard"}
    return {
        "resourceType": "Questionnaire",
        "status": "draft",
        "title": "PHQ-9 in groups",
        "contained": sets,
        "item": [
            {
                "linkId": "g1",
                "type": "group",
                "item": [{"linkId": "g1.d", "type": "display", "text": "Hi"}, *items, words],
            },
            {"linkId": "g2", "type": "group", "item": [last]},
        ],
    }
