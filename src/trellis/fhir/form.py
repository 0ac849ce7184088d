"""What stands in a FHIR Questionnaire, taken apart: questions with scored answers, and everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trellis.fhir.choices import HL7_SETS, Choice, NoScore, choices_of, options_of
from trellis.fhir.said import Said
from trellis.fhir.shape import check_shape
from trellis.kinds.text import Text

TYPES = (
    "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "choice",
    "open-choice", "attachment", "reference", "quantity", "coding",
)  # fmt: skip
CHOSEN = ("choice", "open-choice", "coding", "boolean")
NUMBERS = ("integer", "decimal", "quantity")
TOTAL_WORDS = re.compile(r"\b(total|score|scoring|puntaje|puntuaci[oó]n)\b", re.IGNORECASE)
FHIRPATH = "text/fhirpath"
MAX_OCCURS = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs"
LEFT_OUT = "It is left out."
OLD = ("option", "options")
"""Where FHIR STU3 keeps the answers of an item; later versions call it ``answerOption``."""


@dataclass(frozen=True)
class FormItem:
    """One item whose answers have scores."""

    link: str
    text: str
    codes: tuple[Mapping[str, Any], ...]
    answers: tuple[Choice, ...]
    missing: tuple[NoScore, ...] = ()


@dataclass(frozen=True)
class Formula:
    """An expression of an extension. ``text`` is empty when it is in a language that is not read here."""

    name: str
    language: str
    text: str


@dataclass
class Form:
    """A questionnaire taken apart.

    Args:
        scored: the questions whose answers have scores.
        unscored: link ids of questions to choose in whose answers have none.
        others: every item that is no scored question.
        above: the items that each item lies in, the outermost first.
    """

    resource: Mapping[str, Any]
    said: Said
    lang: str = "en"
    scored: list[FormItem] = field(default_factory=list)
    unscored: list[str] = field(default_factory=list)
    others: list[Mapping[str, Any]] = field(default_factory=list)
    above: dict[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, resource: Mapping[str, Any], said: Said) -> Form:
        """Take a resource apart; what is wrong goes to ``said.problems``."""
        form = cls(resource, said)
        kind = resource.get("resourceType")
        if kind != "Questionnaire":
            said.fault("resourceType", f"is [{kind}].", "Give a FHIR Questionnaire.")
        elif not resource.get("item"):
            said.fault("Questionnaire", "has no items.", "Give a form with questions in it.")
        else:
            check_shape(resource, said.problems)
            _check_version(resource, said)
            if not said.problems:
                form.lang = _language(resource, said)
                form._walk(resource["item"], ())
                said.tell_unused()
        return form

    def _walk(self, items: Sequence[Mapping[str, Any]], above: tuple[Mapping[str, Any], ...]) -> None:
        for item in items:
            link = str(item.get("linkId") or "")
            where = f"item [{link}]"
            if not link:
                self.said.fault("Questionnaire", f"has an item without linkId: [{short(item)}].", "Add one.")
                continue
            if link in self.above:
                self.said.fault(where, "has the same linkId as another item.", "Give each item its own.")
            if item.get("type") not in TYPES:
                self.said.fault(where, f"is of type [{item.get('type')}].", f"It may be {', '.join(TYPES)}.")
            self.above[link] = above
            if self.said.leaves_out(link):
                self.said.note(where, "is left out, as was said.")
            elif not self._question(item, link, above):
                self.others.append(item)
            self._walk(item.get("item", ()), (*above, item))

    def _question(self, item: Mapping[str, Any], link: str, above: tuple[Mapping[str, Any], ...]) -> bool:
        where = f"item [{link}]"
        options = options_of(item, self.resource.get("contained", ()))
        if options is None and HL7_SETS.match(str(item.get("answerValueSet"))):
            self.said.note(where, f"takes its answers from [{item['answerValueSet']}], which has no scores.", LEFT_OUT)
            return False
        if options is None:
            message = f"takes its answers from [{item.get('answerValueSet')}], which is not in the form."
            remedy = (
                "Put the value set into `contained`, or its answers into `answerOption`; "
                f"if the item does not count, say --leave-out {link}."
            )
            self.said.fault(where, message, remedy)
            return False
        answers, missing = choices_of(link, options or (), self.said)
        if not answers:
            if item.get("type") in CHOSEN:
                self.unscored.append(link)
            return False
        if formulas(item, "calculatedExpression"):
            self.said.fault(where, "is calculated, and its answers have scores.", "Leave one of the two out.")
        for holder in (*above, item):
            if _repeats(holder):
                message = f"may be answered several times ([{holder.get('linkId')}] repeats)."
                remedy = f"A score needs one answer: take `repeats` out, or say --leave-out {link}."
                self.said.fault(where, message, remedy)
        codes = tuple(code for code in item.get("code", ()) if code.get("code"))
        self.scored.append(FormItem(link, str(item.get("text") or ""), codes, answers, missing))
        return True

    def text(self, words: str) -> Text:
        """Words of the form, which is in one language; they stand in for the other."""
        return Text(en=words, es=words) if self.lang == "es" else Text(en=words)

    def number(self, item: Mapping[str, Any], url: str) -> int | None:
        """A whole number that an extension of an item holds."""
        found = [e.get("valueInteger") for e in item.get("extension", ()) if e.get("url") == url]
        return found[0] if found and isinstance(found[0], int) and not isinstance(found[0], bool) else None


def formulas(holder: Mapping[str, Any], url: str) -> list[Formula]:
    """The expressions in the extensions of an item or a form whose address ends so, whatever their language.

    >>> cql = {"language": "text/cql", "expression": "Total"}
    >>> formulas(
    ...     {"extension": [{"url": "http://a.example/calculatedExpression", "valueExpression": cql}]}, "Expression"
    ... )
    [Formula(name='', language='text/cql', text='')]
    """
    found = []
    for extension in holder.get("extension", ()):
        if not str(extension.get("url", "")).endswith(url):
            continue
        value = extension.get("valueExpression") or {}
        language = str(value.get("language") or "none said")
        text = str(value.get("expression") or "") if language == FHIRPATH else ""
        found.append(Formula(str(value.get("name") or ""), language, text))
    return found


def total_words(item: Mapping[str, Any]) -> bool:
    """Whether an item without answers is a total by its words: its text or the name of its code.

    A text for help or instructions that speaks of a score is none.

    >>> total_words({"type": "decimal", "text": "Total score"}), total_words({"type": "decimal", "text": "Weight"})
    (True, False)
    """
    words = [str(item.get("text") or ""), *(str(code.get("display") or "") for code in item.get("code", ()))]
    says = bool(TOTAL_WORDS.search(" ".join(words)))
    helps = any(str(extension.get("url", "")).endswith("itemControl") for extension in item.get("extension", ()))
    return says and (item.get("type") in NUMBERS or (item.get("type") == "display" and not helps))


def every(items: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Items at any depth."""
    for item in items:
        yield item
        yield from every(item.get("item", ()))


def short(thing: Mapping[str, Any]) -> str:
    """An object as text, cut where it is long."""
    text = str(dict(thing))
    return text if len(text) <= 80 else f"{text[:77]}..."


def _repeats(item: Mapping[str, Any]) -> bool:
    most = [one.get("valueInteger") for one in item.get("extension", ()) if one.get("url") == MAX_OCCURS]
    return item.get("repeats") is True or any(isinstance(one, int) and one > 1 for one in most)


def _check_version(resource: Mapping[str, Any], said: Said) -> None:
    if said.problems:
        return
    old = [(item.get("linkId"), key) for item in every(resource["item"]) for key in OLD if key in item]
    if old:
        message = f"is a form of FHIR STU3: the answers to [{old[0][0]}] stand under [{old[0][1]}]."
        said.fault("Questionnaire", message, "Convert it to FHIR R4, where they are called `answerOption`.")


def _language(resource: Mapping[str, Any], said: Said) -> str:
    if said.language is not None:
        return said.language
    stated = str(resource.get("language") or "")
    base = re.split(r"[-_]", stated)[0].lower()
    if not base:
        remedy = "Say --language es if they are Spanish."
        said.note("language", "is not stated; its words are taken as English.", remedy)
    elif base not in ("en", "es"):
        remedy = "Words are kept here in English and Spanish: translate the form, and say --language en or es."
        said.fault("language", f"is [{stated}].", remedy)
    return base if base in ("en", "es") else "en"
