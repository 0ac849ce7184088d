"""An instrument as a FHIR R4 Questionnaire, with scores on the answers and totals that calculate themselves."""

from __future__ import annotations

from typing import Any

from trellis.errors import Problem, TrellisError
from trellis.fhir import formula
from trellis.fhir.names import (
    CALCULATED,
    LEAST,
    MOST,
    ORDINAL,
    VARIABLE,
    answer_coding,
    coding_of,
    codings_of,
    link_of,
    need_extra,
    url_of,
)
from trellis.kinds.instrument import MAY_SHOW, Instrument, Item, Scale

OUR_WORDS = {"en": "[Our words, not the form's] ", "es": "[Palabras nuestras, no las del formulario] "}
"""Stands before an item whose own text is not ours to show."""


def to_questionnaire(instrument: Instrument, *, lang: str = "en", reviewed: bool = False) -> dict[str, Any]:
    """An instrument as a FHIR R4 Questionnaire, as HL7's Structured Data Capture guide writes scored forms.

    Every answer carries its score (``ordinalValue``). Every scale is a read-only item with a FHIRPath formula that
    stays empty while items are missing. An item whose text is not ours to show carries our own words, marked as such.

    Args:
        instrument: as loaded.
        lang: ``"en"`` or ``"es"``.
        reviewed: a clinician has signed it (``kb.review_of("instruments", id)``); it is a draft otherwise.

    Returns:
        the resource as plain JSON values, checked against the definition of FHIR.

    Raises:
        TrellisError: the extra ``fhir`` is not installed, or the form is no valid FHIR.

    >>> import trellis
    >>> form = to_questionnaire(trellis.load().instruments["phq9"], lang="es")
    >>> form["url"], form["item"][1]["linkId"], form["item"][1]["text"]
    ('urn:trellis:questionnaire:phq9', '1', 'Poco interés o placer en hacer cosas')
    """
    need_extra()
    title = instrument.name.in_language(lang)
    form: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "language": lang,
        "url": url_of(instrument),
        "version": instrument.effective or "1",
        "name": "".join(part.capitalize() for part in instrument.id.split("_")),
        "title": f"{title} ({instrument.short})",
        "status": "active" if reviewed else "draft",
        "subjectType": ["Patient"],
        "description": instrument.measures.in_language(lang),
        "copyright": " ".join(filter(None, [instrument.licence.credit, instrument.licence.text])),
    }
    if instrument.codes:
        form["code"] = codings_of(instrument.codes)
    if instrument.items:
        form["extension"] = [_expression(VARIABLE, text, name) for name, text in formula.variables(instrument)]
    form["item"] = [*_stem(instrument, lang), *(_item(instrument, item, lang) for item in instrument.items)]
    form["item"] += [_total(instrument, scale, lang) for scale in instrument.scales]
    return checked("Questionnaire", form)


def checked(kind: str, resource: dict[str, Any]) -> dict[str, Any]:
    """The resource, once the definition of FHIR R4 has nothing against it. Raises ``TrellisError`` with what it has."""
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    try:
        get_fhir_model_class(kind).model_validate(resource)
    except ValidationError as wrong:
        problems = [Problem(".".join(map(str, e["loc"])), f"{e['msg']}.") for e in wrong.errors()]
        raise TrellisError(problems) from None
    return resource


def _expression(url: str, text: str, name: str = "") -> dict[str, Any]:
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": named | {"language": "text/fhirpath", "expression": text}}


def _stem(instrument: Instrument, lang: str) -> list[dict[str, Any]]:
    if instrument.stem is None or instrument.licence.status not in MAY_SHOW:
        return []
    return [{"linkId": "text.stem", "type": "display", "text": instrument.stem.in_language(lang)}]


def _item(instrument: Instrument, item: Item, lang: str) -> dict[str, Any]:
    ours = item.text is None
    words = item.about.in_language(lang) if item.text is None else item.text.in_language(lang)
    found: dict[str, Any] = {
        "linkId": item.id,
        "text": f"{OUR_WORDS[lang]}{words}" if ours else words,
        "type": "choice",
    }
    if item.codes:
        found["code"] = codings_of(item.codes)
    conditions = [
        {"question": skip.item, "operator": "!=", "answerCoding": answer_coding(instrument, trigger, option, lang)}
        for skip in instrument.skips
        if item.id in skip.skips
        for trigger in [instrument.item(skip.item)]
        for option in instrument.options_of(trigger)
        if option.score in skip.scores
    ]
    if conditions:
        found["enableWhen"] = conditions
        found["enableBehavior"] = "all"
    found["answerOption"] = [
        {
            "extension": [{"url": ORDINAL, "valueDecimal": option.score}],
            "valueCoding": answer_coding(instrument, item, option, lang),
        }
        for option in instrument.options_of(item)
    ]
    found["answerOption"] += [
        {"valueCoding": coding_of(unscored.codes[0], unscored.text.in_language(lang) if unscored.text else "")}
        for unscored in item.missing
        if unscored.codes
    ]
    return found


def _total(instrument: Instrument, scale: Scale, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = {"linkId": link_of(scale), "text": scale.name.in_language(lang), "type": "integer"}
    ends = [{"url": LEAST, "valueInteger": scale.low}, {"url": MOST, "valueInteger": scale.high}]
    found["extension"] = ends
    if codings_of(scale.codes):
        found["code"] = codings_of(scale.codes)
    if scale.items:
        found["readOnly"] = True
        found["extension"] = [*ends, _expression(CALCULATED, formula.expression(instrument, scale))]
    return found
