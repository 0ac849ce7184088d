"""The answers of one item of a form: which carry a score, which leave it missing, which must be asked about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.fhir.names import NO_ANSWER, SCORES
from trellis.fhir.said import Said
from trellis.fhir.shape import is_number

VALUES = ("valueDecimal", "valueInteger")
PLAIN = ("valueString", "valueInteger", "valueDate", "valueTime")
HL7_SETS = re.compile(r"https?://(hl7\.org/fhir|terminology\.hl7\.org)/ValueSet/")
"""FHIR's own value sets (languages, countries): none of them carries scores."""
NO_ANSWER_WORDS = re.compile(
    r"\b(don.?t know|do not know|not known|unknown|refused( to answer)?|declined( to answer)?|prefer not|rather not"
    r"|would not say|not asked|not applicable|not answered|no answer|no response|n/a|missing"
    r"|no sabe|no s[eé]|no contesta|no contest[oó]|no responde|no respondi[oó]|no se pregunt[oó]|no aplica"
    r"|sin respuesta|prefier[eo] no|se neg[oó] a|desconocid[oa])\b",
    re.IGNORECASE,
)
NO_ANSWER_CODES = re.compile(r"(dk|nk|ref|na|nr|ns|nc|unk|asku|nask)", re.IGNORECASE)
SPECIAL = frozenset({6, 7, 8, 9, 66, 77, 88, 96, 97, 98, 99, 666, 777, 888, 996, 997, 998, 999})
"""Numbers by which surveys say "don't know", "refused" and "not asked" when they lie far above the other answers."""


@dataclass(frozen=True)
class Choice:
    """One answer with its score."""

    score: int
    label: str
    coding: Mapping[str, Any]


@dataclass(frozen=True)
class NoScore:
    """One answer that leaves its item missing."""

    label: str
    coding: Mapping[str, Any]


@dataclass(frozen=True)
class _Offered:
    label: str
    coding: Mapping[str, Any]
    score: float | None

    @property
    def code(self) -> str:
        return str(self.coding["code"])


def choices_of(
    link: str, options: Sequence[Mapping[str, Any]], said: Said
) -> tuple[tuple[Choice, ...], tuple[NoScore, ...]]:
    """The scored answers of an item, and those without a score; both empty when no answer has one."""
    where = f"item [{link}]"
    offered = [_offered(option, where, said) for option in options]
    if all(one.score is None for one in offered):
        return (), ()
    _check_codes(offered, where, said)
    far = _far_off([one.score for one in offered if one.score is not None])
    scored, unscored = [], []
    for one in offered:
        if one.score is None or said.is_missing(link, one.code) or _says_none(one):
            why = "has no score" if one.score is None else f"is not taken as the score [{one.score:g}]"
            said.note(where, f"has the answer [{one.label}], which {why}.", "An item answered so is missing.")
            unscored.append(NoScore(one.label, one.coding))
        elif not said.is_score(link, one.code) and (one.score in far or _sounds_like_none(one)):
            message = f"has the answer [{one.label}] with the score [{one.score:g}], which looks like no answer at all."
            remedy = f"Say --missing {one.code} if it leaves the item missing, or --counts {one.code} if it is a score."
            said.fault(where, message, remedy)
        elif one.score != int(one.score) or one.score < 0:
            message = f"has an answer [{one.label}] with the score [{one.score:g}]."
            remedy = f"Scores are whole numbers from 0 up. If it means that there is no answer: --missing {one.code}."
            said.fault(where, message, remedy)
        else:
            scored.append(Choice(int(one.score), one.label, one.coding))
    return tuple(scored), tuple(unscored)


def _offered(option: Mapping[str, Any], where: str, said: Said) -> _Offered:
    coding = option.get("valueCoding") or {}
    value = next((option[key] for key in PLAIN if key in option), "")
    label = str(coding.get("display") or value or coding.get("code") or "")
    given = _score([*option.get("extension", ()), *coding.get("extension", ())], f"{where}: answer [{label}]", said)
    kept = {key: coding[key] for key in ("system", "code") if coding.get(key)}
    if "code" not in kept:
        kept = {"code": str(value or coding.get("display") or ("" if given is None else f"{given:g}"))}
    return _Offered(label or str(kept["code"]), kept, given)


def _score(extensions: Sequence[Mapping[str, Any]], where: str, said: Said) -> float | None:
    """The score that an answer carries. One that is no number is told: it would pass for an answer without a score."""
    found: list[float] = []
    for extension in extensions:
        if extension.get("url") not in SCORES:
            continue
        value = next((value for key, value in extension.items() if key.startswith("value")), None)
        number = next((extension[key] for key in VALUES if key in extension), None)
        if not is_number(number):
            said.fault(where, f"has the score [{value}], which is no number.", "Write it as valueDecimal.")
        else:
            found.append(number)
    if len(set(found)) > 1:
        said.fault(where, f"has several scores: [{', '.join(f'{one:g}' for one in found)}].", "Keep one.")
    return found[0] if found else None


def _check_codes(offered: Sequence[_Offered], where: str, said: Said) -> None:
    seen: dict[tuple[str, str], _Offered] = {}
    for one in offered:
        key = (str(one.coding.get("system") or ""), one.code)
        if key in seen:
            scores = ", ".join("none" if each.score is None else f"{each.score:g}" for each in (seen[key], one))
            said.fault(where, f"has two answers with the code [{one.code}], scores [{scores}].", "Give each its own.")
        seen.setdefault(key, one)


def _far_off(scores: Sequence[float]) -> set[float]:
    """Scores that stand apart above all others and are numbers by which surveys code that there is no answer."""
    rising = sorted(set(scores))
    usual = 1.0
    for place, (low, high) in enumerate(itertools.pairwise(rising), 1):
        if high in SPECIAL and high - low > usual and set(rising[place:]) <= SPECIAL:
            return set(rising[place:])
        usual = max(usual, high - low)
    return set()


def _says_none(one: _Offered) -> bool:
    return str(one.coding.get("system") or "").rstrip("/") in NO_ANSWER


def _sounds_like_none(one: _Offered) -> bool:
    return bool(NO_ANSWER_WORDS.search(one.label) or NO_ANSWER_CODES.fullmatch(one.code))


def options_of(item: Mapping[str, Any], contained: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]] | None:
    """The answers that an item offers; None when they stand in a value set that is not in the form."""
    address = str(item.get("answerValueSet") or "")
    if not address:
        return list(item.get("answerOption", ()))
    plain = address.partition("|")[0]
    for held in contained:
        if held.get("resourceType") == "ValueSet" and plain in (f"#{held.get('id')}", held.get("url")):
            parts = (held.get("compose") or {}).get("include", ())
            listed = list(_contains((held.get("expansion") or {}).get("contains", ())))
            if not listed and any(not part.get("concept") for part in parts):
                return None  # all codes of a system, or another value set: which, the form does not say
            concepts = listed or [{"system": p.get("system"), **concept} for p in parts for concept in p["concept"]]
            return [{"valueCoding": concept, "extension": concept.get("extension", ())} for concept in concepts]
    return None


def _contains(concepts: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for concept in concepts:
        if not concept.get("abstract"):
            yield concept
        yield from _contains(concept.get("contains", ()))
