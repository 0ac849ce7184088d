"""How a total is calculated: written as FHIRPath, and recognised in somebody else's FHIRPath by trying it out."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.fhir.names import ORDINAL
from trellis.kinds.instrument import Instrument, Scale, ScoringMethod

ItemScores = Mapping[str, int]
METHODS: dict[ScoringMethod, Callable[[Sequence[int]], int]] = {
    "sum": sum,
    "highest": lambda scores: max(scores, default=0),
    "count": lambda scores: sum(score > 0 for score in scores),
}
PATTERNS = 12
VARIABLES = re.compile(r"%[`']?(\w+)")
ITEMS = re.compile(r"((?:%resource|%questionnaire)(?:\.item\.where\(linkId ?= ?'[^'\\]*'\))+)")
LINKS = re.compile(r"'([^']*)'")


def variables(instrument: Instrument) -> list[tuple[str, str]]:
    """The score of each item as a FHIRPath variable: empty while it is missing, 0 when it is rightly not asked."""
    places = {item.id: number for number, item in enumerate(instrument.items, 1)}
    found = []
    for name, number in places.items():
        link = _quoted(name)
        given = f"%resource.item.where(linkId = {link}).answer.value.code"
        raw = (
            f"%questionnaire.item.where(linkId = {link}).answerOption.where(value.code = {given})"
            f".extension.where(url = '{ORDINAL}').value"
        )
        rules = [skip for skip in instrument.skips if name in skip.skips and places[skip.item] < number]
        if not rules:
            found.append((f"v{number}", raw))
            continue
        closed = " or ".join(f"%v{places[skip.item]} = {score}" for skip in rules for score in skip.scores)
        found += [(f"a{number}", raw), (f"v{number}", f"iif(%a{number}.exists(), %a{number}, iif({closed}, 0, {{}}))")]
    return found


def expression(instrument: Instrument, scale: Scale) -> str:
    """A scale as FHIRPath over :func:`variables`. It is empty while items are missing: never a total that may be wrong.

    >>> import trellis
    >>> phq2 = trellis.load().instruments["phq2"]
    >>> expression(phq2, phq2.scale("total"))
    '%v1 + %v2'
    """
    names = [item.id for item in instrument.items]
    used = [f"%v{names.index(name) + 1}" for name in scale.items]
    if scale.method == "sum":
        return " + ".join(used)
    if scale.method == "count":
        return " + ".join(f"iif({one}.exists(), iif({one} > 0, 1, 0), {{}})" for one in used)
    every = " | ".join(used)
    scores = sorted({score for name in scale.items for score in instrument.scores_of(name)})
    ladder = str(scores[0])
    for score in scores[1:-1]:
        ladder = f"iif(({every}).where($this >= {score}).exists(), {score}, {ladder})"
    complete = " and ".join(f"{one}.exists()" for one in used)
    top = scores[-1]
    return f"iif(({every}).where($this >= {top}).exists(), {top}, iif({complete}, {ladder}, {{}}))"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


@dataclass(frozen=True)
class Found:
    """What a calculated total turned out to be."""

    method: ScoringMethod
    items: tuple[str, ...]


class Trial:
    """Tries a formula on invented answers.

    Args:
        form: the questionnaire as FHIR JSON.
        scores: item link id to its scores with the coding of one answer for each.
    """

    def __init__(self, form: Mapping[str, Any], scores: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> None:
        self.form = copy.deepcopy(dict(form))
        self.scores = scores
        self._compiled: dict[str, Any] = {}
        self._known: dict[Any, list[Any]] = {}

    def recognise(self, formula: str, named: Sequence[tuple[str, str]]) -> Found | None:
        """The method and the items of a formula, or None when it is none of the methods.

        Each item is raised alone from the lowest answers, which shows the items that count; then the method must give
        the same as the formula on every pattern tried: one item, several, all at their highest, and mixtures.

        Args:
            formula: FHIRPath.
            named: the variables it may use, name and FHIRPath, in order.

        Raises:
            Exception: what the evaluator raises for a formula that it cannot read.
        """
        lowest = {name: min(scores) for name, scores in self.scores.items()}
        base = self.value(formula, named, lowest)
        if base is None:
            return None
        read = [links_read(text) for _, text in (("", formula), *used(formula, named))]
        links = {link for found in read if found is not None for link in found}
        asked = [name for name in self.scores if None in read or name in links]
        highest = {name: max(scores) for name, scores in self.scores.items()}
        alone = {name: lowest | {name: highest[name]} for name in asked}
        counted = [name for name in asked if self.value(formula, named, alone[name]) != base]
        # One more item at its highest each time tells the methods apart; the rest looks for what is none of them.
        rising = [lowest | {name: highest[name] for name in counted[:many]} for many in range(len(counted) + 1)]
        chance = random.Random(0)  # noqa: S311
        mixed = [{name: chance.choice(sorted(scores)) for name, scores in self.scores.items()} for _ in range(PATTERNS)]
        patterns = [*alone.values(), *rising, *mixed, highest]
        totals = [self.value(formula, named, pattern) for pattern in patterns]
        for method, joined in METHODS.items():
            if totals == [joined([pattern[name] for name in counted]) for pattern in patterns]:
                return Found(method, tuple(counted))
        return None

    def value(self, formula: str, named: Sequence[tuple[str, str]], answers: ItemScores) -> float | None:
        """The number that a formula gives for these answers, or None."""
        response = {"resourceType": "QuestionnaireResponse", "item": self._items(self.form.get("item", []), answers)}
        context: dict[str, Any] = {"questionnaire": self.form, "resource": response}
        for name, text in used(formula, named):
            context[name] = self._remembered(text, answers, context)
        result = self._evaluate(formula, response, context)
        return float(result[0]) if len(result) == 1 and not isinstance(result[0], (bool, str, dict)) else None

    def _remembered(self, text: str, answers: ItemScores, context: dict[str, Any]) -> list[Any]:
        """A variable, evaluated once for each set of the answers and variables that it reads."""
        links = links_read(text)
        if links is None:
            return self._evaluate(text, context["resource"], context)
        values = [repr(context[name]) for name in VARIABLES.findall(text) if name not in ("resource", "questionnaire")]
        key = (text, *(answers.get(link) for link in sorted(links)), *values)
        if key not in self._known:
            self._known[key] = self._evaluate(text, context["resource"], context)
        return self._known[key]

    def _evaluate(self, text: str, response: dict[str, Any], context: dict[str, Any]) -> list[Any]:
        from fhirpathpy import compile as compile_path
        from fhirpathpy.models import models

        if text not in self._compiled:
            weigh = {"fn": _weigh, "arity": {0: []}, "nullable": False}
            options = {"userInvocationTable": {"weight": weigh, "ordinal": weigh}}
            self._compiled[text] = compile_path(text, models["r4"], options)
        found: list[Any] = self._compiled[text](response, context)
        return found

    def _items(self, items: Sequence[Mapping[str, Any]], answers: ItemScores) -> list[dict[str, Any]]:
        found = []
        for item in items:
            link = item["linkId"]
            one: dict[str, Any] = {"linkId": link}
            inside = self._items(item.get("item", []), answers)
            if link in answers:
                score = answers[link]
                coding = dict(self.scores[link][score])
                coding["extension"] = [{"url": ORDINAL, "valueDecimal": score}]
                one["answer"] = [{"valueCoding": coding} | ({"item": inside} if inside else {})]
            elif inside:
                one["item"] = inside
            if len(one) > 1:
                found.append(one)
        return found


def _weigh(inputs: Sequence[Any], *_: Any) -> list[float]:
    """``weight()`` and ``ordinal()`` of SDC: the score that an answer or its coding carries."""
    found = []
    for one in inputs:
        plain = getattr(one, "data", one)
        coding = plain.get("valueCoding", plain) if isinstance(plain, dict) else {}
        found += [extension["valueDecimal"] for extension in coding.get("extension", ()) if "valueDecimal" in extension]
    return found


def links_read(text: str) -> frozenset[str] | None:
    """The items whose answers an expression reads, by link id; None when it may read any.

    >>> sorted(links_read("%resource.item.where(linkId = 'a').answer.value + %v1"))
    ['a']
    >>> links_read("%resource.item.answer.weight().sum()") is None
    True
    """
    rest = ITEMS.sub("", text)
    if re.search(r"\bitem\b|\bresource\b|\bcontext\b|descendants|repeat|children", rest):
        return None
    return frozenset(found for path in ITEMS.findall(text) for found in LINKS.findall(path))


def used(formula: str, named: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The variables that a formula reads, itself or through others, in order."""
    wanted = set(VARIABLES.findall(formula))
    kept = []
    for name, text in reversed(named):
        if name in wanted:
            wanted |= set(VARIABLES.findall(text))
            kept.append((name, text))
    return kept[::-1]
