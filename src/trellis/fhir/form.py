"""What stands in a FHIR Questionnaire, taken apart: questions with scored answers, conditions, and everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trellis.fhir.names import SCORES
from trellis.fhir.shape import check_shape
from trellis.model.errors import Problem
from trellis.model.text import Text

TYPES = (
    "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "choice",
    "open-choice", "attachment", "reference", "quantity", "coding",
)  # fmt: skip
TOTAL_WORDS = re.compile(r"\b(total|score|scoring|puntaje|puntuaci[oó]n)\b", re.IGNORECASE)
TOTAL_TYPES = ("display", "integer", "decimal", "quantity")
VALUES = ("valueDecimal", "valueInteger")


@dataclass(frozen=True)
class Choice:
    """One answer with its score."""

    score: int
    label: str
    coding: Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One item whose answers have scores."""

    link: str
    text: str
    codes: tuple[Mapping[str, Any], ...]
    answers: tuple[Choice, ...]


@dataclass
class Form:
    """A questionnaire taken apart: ``scored`` questions, ``others``, and the items above each link id."""

    resource: Mapping[str, Any]
    lang: str = "en"
    scored: list[Question] = field(default_factory=list)
    others: list[Mapping[str, Any]] = field(default_factory=list)
    parents: dict[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, resource: Mapping[str, Any], problems: list[Problem]) -> Form:
        """Take a resource apart; what is wrong goes to ``problems``."""
        form = cls(resource, lang="es" if str(resource.get("language", "")).startswith("es") else "en")
        kind = resource.get("resourceType")
        if kind != "Questionnaire":
            problems.append(Problem("resourceType", f"is [{kind}].", "Give a FHIR Questionnaire."))
        elif not resource.get("item"):
            problems.append(Problem("Questionnaire", "has no items.", "Give a form with questions in it."))
        else:
            check_shape(resource, problems)
            if not problems:
                form._walk(resource["item"], (), problems)
        return form

    def _walk(
        self, items: Sequence[Mapping[str, Any]], above: tuple[Mapping[str, Any], ...], problems: list[Problem]
    ) -> None:
        for item in items:
            link = str(item.get("linkId") or "")
            where = f"item [{link}]"
            if not link:
                problems.append(Problem("Questionnaire", f"has an item without linkId: [{_short(item)}].", "Add one."))
                continue
            if link in self.parents:
                problems.append(Problem(where, "has the same linkId as another item.", "Give each item its own."))
            if item.get("type") not in TYPES:
                problems.append(Problem(where, f"is of type [{item.get('type')}].", f"It may be {', '.join(TYPES)}."))
            self.parents[link] = above
            answers = self._answers(item, where, problems)
            if answers and not self.expression(item, "calculatedExpression"):
                codes = tuple(code for code in item.get("code", ()) if code.get("code"))
                self.scored.append(Question(link, str(item.get("text") or ""), codes, tuple(answers)))
            else:
                self.others.append(item)
            self._walk(item.get("item", ()), (*above, item), problems)

    def _answers(self, item: Mapping[str, Any], where: str, problems: list[Problem]) -> list[Choice]:
        found = []
        for option in self._options(item, where, problems):
            coding = option.get("valueCoding") or {}
            given = _score([*option.get("extension", ()), *coding.get("extension", ())])
            if given is None:
                continue
            label = str(coding.get("display") or option.get("valueString") or coding.get("code") or "")
            if given != int(given) or given < 0:
                message = f"has an answer [{label}] with the score [{given:g}]."
                problems.append(Problem(where, message, "Scores are whole numbers from 0 up."))
                continue
            kept = {key: coding[key] for key in ("system", "code") if coding.get(key)}
            if "code" not in kept:
                kept = {"code": str(option.get("valueString") or option.get("valueInteger") or f"{given:g}")}
            found.append(Choice(int(given), label, kept))
        return found

    def _options(self, item: Mapping[str, Any], where: str, problems: list[Problem]) -> list[Mapping[str, Any]]:
        address = str(item.get("answerValueSet") or "")
        if not address:
            return list(item.get("answerOption", ()))
        for held in self.resource.get("contained", ()):
            if held.get("resourceType") == "ValueSet" and address in (f"#{held.get('id')}", held.get("url")):
                return [
                    {"valueCoding": concept, "extension": concept.get("extension", ())} for concept in _concepts(held)
                ]
        remedy = "Put the value set into `contained`, or its answers into `answerOption`."
        problems.append(Problem(where, f"takes its answers from [{address}], which is not in the form.", remedy))
        return []

    def above(self, link: str) -> tuple[Mapping[str, Any], ...]:
        """The groups that an item lies in, the outermost first."""
        return self.parents[link]

    def text(self, words: str) -> Text:
        """Words of the form, which is in one language; they stand in for the other."""
        return Text(en=words, es=words) if self.lang == "es" else Text(en=words)

    def expressions(self, holder: Mapping[str, Any], url: str) -> Iterator[tuple[str, str]]:
        """The FHIRPath expressions of an extension, with their names."""
        for extension in holder.get("extension", ()):
            if str(extension.get("url", "")).endswith(url):
                value = extension.get("valueExpression") or {}
                if value.get("language") == "text/fhirpath" and value.get("expression"):
                    yield str(value.get("name", "")), str(value["expression"])

    def expression(self, holder: Mapping[str, Any], url: str) -> str:
        """The first such expression, or nothing."""
        return next((text for _, text in self.expressions(holder, url)), "")

    def number(self, item: Mapping[str, Any], url: str) -> int | None:
        """A whole number that an extension of an item holds."""
        found = [e.get("valueInteger") for e in item.get("extension", ()) if e.get("url") == url]
        return found[0] if found and isinstance(found[0], int) else None

    def conditions(self, problems: list[Problem]) -> Iterator[tuple[str, str, set[int]]]:
        """Which scored questions are not asked: the question, the one that closes it, and with which scores."""
        known = {question.link: question for question in self.scored}
        items = {item["linkId"]: item for item in _every(self.resource.get("item", ()))}
        for link in known:
            for holder in (*self.parents[link], items[link]):
                conditions = holder.get("enableWhen", ())
                either = holder.get("enableBehavior") == "any" and len(conditions) > 1
                opens: dict[str, list[set[int]]] = {}
                for condition in conditions:
                    scores = _opens(condition, known)
                    if scores is None:
                        where = f"item [{holder['linkId']}]"
                        message = f"is asked on a condition that is not known here: [{_short(condition)}]."
                        problems.append(Problem(where, message, "Compare with the coded answer of a scored item."))
                        continue
                    opens.setdefault(str(condition["question"]), []).append(scores)
                if either and len(opens) > 1:
                    message = f"is asked when any of [{', '.join(opens)}] says so."
                    problems.append(Problem(f"item [{holder['linkId']}]", message, "One question may open another."))
                    continue
                for question, several in opens.items():
                    open_to = set.union(*several) if either else set.intersection(*several)
                    closed = {answer.score for answer in known[question].answers} - open_to
                    if closed:
                        yield link, question, closed


def total_words(item: Mapping[str, Any]) -> bool:
    """Whether an item without answers is a total by its words: its text or the name of its code.

    >>> total_words({"type": "decimal", "text": "Total score"}), total_words({"type": "decimal", "text": "Weight"})
    (True, False)
    """
    words = [str(item.get("text") or ""), *(str(code.get("display") or "") for code in item.get("code", ()))]
    return item.get("type") in TOTAL_TYPES and bool(TOTAL_WORDS.search(" ".join(words)))


def _opens(condition: Mapping[str, Any], known: Mapping[str, Question]) -> set[int] | None:
    """The scores of the other question with which this one is asked; None for a condition that is not known here."""
    question = known.get(str(condition.get("question")))
    if question is None:
        return None
    every = {answer.score for answer in question.answers}
    operator = condition.get("operator")
    if operator == "exists" and condition.get("answerBoolean") is True:
        return every
    code = (condition.get("answerCoding") or {}).get("code")
    matching = {answer.score for answer in question.answers if answer.coding.get("code") == code}
    if not matching or operator not in ("=", "!="):
        return None
    return matching if operator == "=" else every - matching


def _score(extensions: Sequence[Mapping[str, Any]]) -> float | None:
    for url in SCORES:
        for extension in extensions:
            value = next((extension[key] for key in VALUES if key in extension), None)
            if extension.get("url") == url and isinstance(value, (int, float)) and not isinstance(value, bool):
                return value
    return None


def _concepts(held: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    expansion = (held.get("expansion") or {}).get("contains", ())
    if expansion:
        return list(expansion)
    return [
        {"system": part.get("system"), **concept}
        for part in (held.get("compose") or {}).get("include", ())
        for concept in part.get("concept", ())
    ]


def _every(items: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for item in items:
        yield item
        yield from _every(item.get("item", ()))


def _short(thing: Mapping[str, Any]) -> str:
    text = str(dict(thing))
    return text if len(text) <= 80 else f"{text[:77]}..."
