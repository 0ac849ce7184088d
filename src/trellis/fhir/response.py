"""A filled-in form: FHIR R4 QuestionnaireResponse in and out, with stated totals held against the items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from trellis.fhir.names import ORDINAL, URL, answer_coding, link_of, need_extra, url_of
from trellis.fhir.questionnaire import checked
from trellis.fhir.shape import check_shape
from trellis.instruments.score import Scored, score, typed
from trellis.model.errors import AnswerError, Problem
from trellis.model.instrument import Instrument, Item

NUMBERS = ("valueInteger", "valueDecimal")


def to_response(scored: Scored, *, lang: str = "en", on: date | None = None) -> dict[str, Any]:
    """A filled-in instrument as a FHIR R4 QuestionnaireResponse to :func:`~trellis.fhir.to_questionnaire`.

    Totals are stated only where they are exact. The response is ``completed`` when every total is, else
    ``in-progress``. It names no person: whoever sends it adds the subject.

    Args:
        scored: from :func:`trellis.instruments.score` or :func:`trellis.instruments.typed`.
        lang: the language of the displayed answers.
        on: the day it was filled in.

    Raises:
        TrellisError: the extra ``fhir`` is not installed.

    >>> import trellis
    >>> from trellis.instruments import score
    >>> filled = to_response(score(trellis.load().instruments["phq2"], {"1": 2, "2": 1}))
    >>> filled["status"], filled["item"][-1]
    ('completed', {'linkId': 'scale.total', 'answer': [{'valueInteger': 3}]})
    """
    need_extra()
    instrument = scored.instrument
    version = f"|{instrument.effective}" if instrument.effective else ""
    response: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{url_of(instrument)}{version}",
        "status": "completed" if scored.complete else "in-progress",
    }
    if on is not None:
        response["authored"] = on.isoformat()
    response["item"] = [
        {"linkId": item.id, "answer": [{"valueCoding": _given(instrument, item, scored.answers[item.id], lang)}]}
        for item in instrument.items
        if item.id in scored.answers
    ]
    response["item"] += [
        {"linkId": link_of(one.scale), "answer": [{"valueInteger": one.total}]}
        for one in scored.scales.values()
        if one.total is not None
    ]
    return checked("QuestionnaireResponse", response)


def _given(instrument: Instrument, item: Item, value: int, lang: str) -> dict[str, Any]:
    option = next(option for option in instrument.options_of(item) if option.score == value)
    return {"extension": [{"url": ORDINAL, "valueDecimal": value}], **answer_coding(instrument, item, option, lang)}


def from_response(instrument: Instrument, resource: Mapping[str, Any]) -> Scored:
    """Score a FHIR R4 QuestionnaireResponse.

    Args:
        instrument: the one that was filled in, shipped or read with :func:`~trellis.fhir.from_questionnaire`.
        resource: the response as JSON values. Questions that have no score are passed over.

    Returns:
        the scored instrument; its ``answers`` go from link id to score. A response with totals alone is taken as typed.

    Raises:
        AnswerError: an answer is none of the item's, or a stated total cannot come from the items; it lists every
            problem with the link id.

    >>> import trellis
    >>> phq2 = trellis.load().instruments["phq2"]
    >>> from trellis.instruments import score
    >>> from_response(phq2, to_response(score(phq2, {"1": 2, "2": 1}))).answers
    {'1': 2, '2': 1}
    """
    problems: list[Problem] = []
    if resource.get("resourceType") != "QuestionnaireResponse":
        message = f"is [{resource.get('resourceType')}]."
        problems.append(Problem("resourceType", message, "Give a FHIR QuestionnaireResponse."))
    check_shape(resource, problems)
    if problems:
        raise AnswerError(problems)
    if resource.get("status") == "entered-in-error":
        problems.append(Problem("status", "is [entered-in-error].", "Such a response is not to be used."))
    of = str(resource.get("questionnaire") or "").partition("|")[0]
    if of.startswith(URL) and of != url_of(instrument):
        message = f"is [{of}], and this is {instrument.short}."
        problems.append(Problem("questionnaire", message, f"Read it as [{of.removeprefix(URL)}]."))
    items = {item.id: item for item in instrument.items}
    scales = {link_of(scale): scale.id for scale in instrument.scales}
    answers: dict[str, int] = {}
    totals: dict[str, int] = {}
    for link, given in _every(resource.get("item", ())):
        if link in items and given:
            value = _score(instrument, items[link], given, problems)
            if value is not None:
                answers[link] = value
        elif link in scales and given:
            number = _number(link, given[0], problems)
            if number is not None:
                totals[scales[link]] = number
    if not problems and not answers and not totals:
        problems.append(Problem("item", f"holds no answer to {instrument.short}.", "Check which form it belongs to."))
    if problems:
        raise AnswerError(problems)
    if not answers:
        return typed(instrument, totals)
    scored = score(instrument, answers)
    _check_totals(scored, totals)
    return scored


def _every(items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    for item in items:
        given = item.get("answer", ())
        yield str(item.get("linkId")), given
        yield from _every(item.get("item", ()))
        for answer in given:
            yield from _every(answer.get("item", ()))


def _score(
    instrument: Instrument, item: Item, given: Sequence[Mapping[str, Any]], problems: list[Problem]
) -> int | None:
    where = f"item [{item.id}]"
    if len(given) > 1:
        problems.append(Problem(where, f"has {len(given)} answers.", "Give one."))
        return None
    answer = given[0]
    number = next((answer[key] for key in NUMBERS if key in answer), None)
    if number is not None:
        if number in instrument.scores_of(item.id):
            return int(number)
        problems.append(Problem(where, f"is [{number}].", f"It may score {_list(instrument.scores_of(item.id))}."))
        return None
    coding = answer.get("valueCoding") or {}
    code, system = coding.get("code", answer.get("valueString")), coding.get("system")
    for option in instrument.options_of(item):
        own = answer_coding(instrument, item, option)
        known = [own["code"], *(one.code for one in option.codes)]
        if code in known and (system is None or code != own["code"] or system == own["system"]):
            return option.score
    shown = code if code is not None else next(iter(answer.values()), None)
    codes = _list(answer_coding(instrument, item, option)["code"] for option in instrument.options_of(item))
    problems.append(Problem(where, f"is answered with [{shown}].", f"It may be {codes}; leave it out if missing."))
    return None


def _list(values: Any) -> str:
    return ", ".join(str(value) for value in values)


def _number(link: str, answer: Mapping[str, Any], problems: list[Problem]) -> int | None:
    value = next((answer[key] for key in NUMBERS if key in answer), None)
    value = (answer.get("valueQuantity") or {}).get("value") if value is None else value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        problems.append(Problem(f"item [{link}]", f"is [{value}].", "A total is a whole number."))
        return None
    return int(value)


def _check_totals(scored: Scored, totals: Mapping[str, int]) -> None:
    problems = []
    for name, stated in totals.items():
        found = scored.scales[name]
        if stated in found.possible:
            continue
        gives = f"give {found.low}" if found.total is not None else f"give {found.low} to {found.high}"
        message = f"says [{stated}], but its items {gives}."
        problems.append(Problem(f"item [{link_of(found.scale)}]", message, "Correct the items or the total."))
    if problems:
        raise AnswerError(problems)
