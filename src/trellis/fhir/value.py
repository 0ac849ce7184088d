"""One answer of a filled-in form: the score that it stands for, why there is none, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trellis.fhir.names import ABSENT, NO_ANSWER, answer_coding, coding_of, system_of, url_of
from trellis.fhir.rows import dicts
from trellis.fhir.shape import is_number
from trellis.kinds.instrument import Instrument, Item, Option
from trellis.kinds.text import Code

NUMBERS = ("valueInteger", "valueDecimal")
SAYS_YES, SAYS_NO = frozenset({"LA33-6", "yes"}), frozenset({"LA32-8", "no"})


@dataclass(frozen=True)
class No:
    """No score. ``fault``: the answer is wrong; else the item is missing, and the words say why."""

    what: str
    remedy: str
    fault: bool = True


MISSING = "It is missing, and does not count as zero."


def score_of(instrument: Instrument, item: Item, answer: Mapping[str, Any]) -> int | No:
    """The score of an answer, or why there is none."""
    given = {key: value for key, value in answer.items() if key.startswith("value")}
    why = next(absent(_extensions(answer)), "") or _no_answer(given.get("valueCoding"))
    if why:
        return No(f"has no answer: [{why}].", MISSING, fault=False)
    if not given:
        return No("has no answer.", MISSING, fault=False)
    if len(given) > 1:
        return No(f"has several values: [{', '.join(given)}].", "Give one.")
    (kind, value) = next(iter(given.items()))
    if kind in NUMBERS:
        scores = instrument.scores_of(item.id)
        if is_number(value) and value in scores:
            return int(value)
        return No(f"is [{value}].", f"It may score {_list(scores)}; leave it out if missing.")
    if kind == "valueBoolean":
        return _yes_or_no(instrument, item, value)
    return _coded(instrument, item, kind, value)


def _coded(instrument: Instrument, item: Item, kind: str, value: Any) -> int | No:
    coding = value if isinstance(value, dict) else {}
    code, system = (coding.get("code"), system_of(coding.get("system"))) if kind == "valueCoding" else (value, "")
    elsewhere = ""
    for option in instrument.options_of(item):
        for own in _ways(instrument, item, option):
            if own["code"] != code:
                continue
            theirs = own.get("system", "")
            if not system or not theirs or system == theirs:  # a code without a system contradicts none
                return option.score
            elsewhere = theirs
    for unscored in item.missing:
        if any(_same(other, code, system) for other in unscored.codes):
            words = unscored.text.en if unscored.text else code
            return No(f"is answered with [{words}], which has no score.", MISSING, fault=False)
    shown = code if code is not None else coding.get("display") or value
    if elsewhere:
        return No(f"is answered with [{shown}] of the system [{system}].", f"Here its system is [{elsewhere}].")
    codes = _list(answer_coding(instrument, item, option)["code"] for option in instrument.options_of(item))
    return No(f"is answered with [{shown}].", f"It may be {codes}; leave it out if missing.")


def _ways(instrument: Instrument, item: Item, option: Option) -> Iterator[Mapping[str, str]]:
    """Every coding of an answer: as we write it, by each code it has, and by its score in a form of our own."""
    own = answer_coding(instrument, item, option)
    yield own
    yield from (coding_of(code) for code in option.codes)
    if sum(other.score == option.score for other in instrument.options_of(item)) == 1:
        yield {"system": f"{url_of(instrument)}/answers", "code": str(option.score)}


def _same(own: Code, code: Any, system: str) -> bool:
    address = coding_of(own).get("system", "")
    return own.code == code and (not system or not address or system == address)


def _yes_or_no(instrument: Instrument, item: Item, value: Any) -> int | No:
    """True and false, where the answers of the item are yes and no."""
    scores: dict[bool, int] = {}
    for option in instrument.options_of(item):
        names = {code.code for code in option.codes} | ({option.text.en.casefold()} if option.text else set())
        if names & SAYS_YES:
            scores[True] = option.score
        elif names & SAYS_NO:
            scores[False] = option.score
    if isinstance(value, bool) and len(scores) == len(instrument.options_of(item)) == 2:
        return scores[value]
    return No(f"is answered with [{str(value).lower()}].", "Its answers are not yes and no; give the coded answer.")


def number_of(answer: Mapping[str, Any]) -> int | No:
    """The whole number of a stated total, or why there is none."""
    why = next(absent(_extensions(answer)), "")
    if why:
        return No(f"has no answer: [{why}].", "The total is worked out from the items.", fault=False)
    coding = answer.get("valueCoding")
    if isinstance(coding, dict):
        shown = coding.get("display") or coding.get("code")
        return No(f"states no number, but [{shown}].", "The total is worked out from the items.", fault=False)
    value = next((answer[key] for key in NUMBERS if key in answer), None)
    quantity = answer.get("valueQuantity")
    if value is None and isinstance(quantity, dict):
        value = quantity.get("value")
    if value is None:
        value = next((value for key, value in answer.items() if key.startswith("value")), None)
    if is_number(value) and value == int(value):
        return int(value)
    return No(f"is [{value}].", "A total is a whole number.")


def absent(extensions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The reasons that ``data-absent-reason`` gives for a missing answer.

    >>> list(absent([{"url": ABSENT, "valueCode": "asked-declined"}]))
    ['asked-declined']
    """
    for extension in extensions:
        if extension.get("url") == ABSENT:
            yield str(extension.get("valueCode") or "unknown")


def _extensions(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those of the answer, of its value, and of a value that is not there (``_valueString``)."""
    yield from dicts(answer.get("extension"))
    for key, value in answer.items():
        if isinstance(value, dict) and key.startswith(("value", "_value")):
            yield from dicts(value.get("extension"))


def _no_answer(coding: Any) -> str:
    if isinstance(coding, dict) and str(coding.get("system") or "").rstrip("/") in NO_ANSWER:
        return str(coding.get("display") or coding.get("code") or "unknown")
    return ""


def _list(values: Any) -> str:
    return ", ".join(str(value) for value in values)
