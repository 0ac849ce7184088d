"""A filled-in instrument as a FHIR R4 QuestionnaireResponse."""

from __future__ import annotations

from datetime import date
from typing import Any

from trellis.fhir.names import ORDINAL, answer_coding, link_of, need_extra, url_of
from trellis.fhir.questionnaire import checked
from trellis.instruments.score import Scored
from trellis.kinds.instrument import Instrument, Item


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
