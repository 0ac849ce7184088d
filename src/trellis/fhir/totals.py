"""The totals of a form: which items each joins and how, by its formula or by what the site says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trellis.fhir import formula
from trellis.fhir.form import LEFT_OUT, NUMBERS, Form, formulas, total_words
from trellis.fhir.names import LEAST, LINK, MOST, VARIABLE, code_of, slug
from trellis.kinds.instrument import Scale, ScoringMethod
from trellis.kinds.text import Code
from trellis.say import in_each

JOINS: dict[ScoringMethod, str] = {"sum": "adds", "highest": "is the highest of", "count": "counts those above 0 of"}


def scales_of(form: Form) -> list[Scale]:
    """Every total of a form. Why one cannot be read goes to ``form.said``."""
    if not form.scored:
        return [] if form.said.problems else _totals_only(form)
    calculated = [item for item in form.others if formulas(item, "calculatedExpression")]
    numbers = [item for item in calculated if item.get("type") in NUMBERS]
    if form.said.problems and numbers:
        return []  # a formula is tried out on a form that is whole
    for item in calculated:
        if item not in numbers:
            where = f"item [{item['linkId']}]"
            form.said.note(where, "is calculated and no number, so it is no total.", LEFT_OUT)
    return _by_formula(form, numbers) if numbers else _by_word(form)


def codes_of(holder: Mapping[str, Any]) -> tuple[Code, ...]:
    """The codes of a form or an item."""
    return tuple(code_of(one, str(one.get("display") or "")) for one in holder.get("code", ()) if one.get("code"))


def _by_formula(form: Form, numbers: list[Mapping[str, Any]]) -> list[Scale]:
    if form.said.total is not None:
        names = ", ".join(str(item["linkId"]) for item in numbers)
        form.said.fault("--total", f"is said, and [{names}] has a formula.", "Leave --total out; the formula counts.")
    for link in form.unscored:
        form.said.note(f"item [{link}]", "has answers without scores, and no formula counts it.", LEFT_OUT)
    every = {question.link: {a.score: a.coding for a in reversed(question.answers)} for question in form.scored}
    trial = formula.Trial(form.resource, every)
    found = [_calculated(form, trial, item, alone=len(numbers) == 1) for item in numbers]
    return [scale for scale in found if scale is not None]


def _calculated(form: Form, trial: formula.Trial, item: Mapping[str, Any], *, alone: bool) -> Scale | None:
    where = f"item [{item['linkId']}]"
    holders = (form.resource, *form.above[item["linkId"]], item)
    given = formulas(item, "calculatedExpression")
    known = [one for holder in holders for one in formulas(holder, VARIABLE)]
    named = [(one.name, one.text) for one in known if one.text]
    text = given[0].text
    unread = [one for one in given if not one.text]
    used = {name for _, part in (("", text), *formula.used(text, named)) for name in formula.VARIABLES.findall(part)}
    unread += [one for one in known if not one.text and one.name in used]
    if unread or len(given) > 1:
        languages = ", ".join(dict.fromkeys(one.language for one in unread)) or "several"
        message = f"has a formula that is not read here: in [{languages}]."
        form.said.fault(where, message, "Write the total as one sum of scores in FHIRPath (text/fhirpath).")
        return None
    try:
        found = trial.recognise(text, named)
    except Exception as wrong:  # the evaluator raises bare exceptions for what it does not know
        reason = next(iter(str(wrong).splitlines()), type(wrong).__name__)
        message = f"has a formula that cannot be read: {reason}."
        form.said.fault(where, message, "Write the total as a sum of scores in FHIRPath.")
        return None
    if found is None or not found.items:
        message = "calculates its total in a way that is not known here."
        form.said.fault(where, message, "Known are the sum, the highest and the number of scores above 0.")
        return None
    return _scale(form, item, found, alone=alone)


def _by_word(form: Form) -> list[Scale]:
    """Without a formula the site says what counts. To add up whatever has a score could add too much, or too little."""
    said, links = form.said, [question.link for question in form.scored]
    stated = [item for item in form.others if item.get("type") in NUMBERS and total_words(item)]
    if len(stated) > 1:
        names = ", ".join(str(item["linkId"]) for item in stated)
        remedy = "Give each one a formula, or --leave-out all but one."
        said.fault("Questionnaire", f"has several totals without a formula [{names}].", remedy)
        return []
    if not stated:
        written = [item for item in form.others if total_words(item)]
        stated = written if len(written) == 1 else []
    if said.total is None:
        where = f"item [{stated[0]['linkId']}]" if stated else "Questionnaire"
        message = "is a total without a formula." if stated else "has scores but no total."
        remedy = (
            f'Say what it adds: `total="all"`, or `--total all`, for [{", ".join(links)}]; '
            f"or `--total {links[0]} --total ...` for some of them."
        )
        said.fault(where, message, remedy)
    counted = links if said.total in ("all", None) else list(said.total or ())
    for link in counted:
        if link not in links:
            said.fault("--total", f"is [{link}], which is no scored item.", f"Scored are {', '.join(links)}.")
    for link in form.unscored:
        if said.total in ("all", None):
            message = "has answers without scores, so it is not known what it counts."
            said.fault(f"item [{link}]", message, f"Add ordinalValue; if it does not count, say --leave-out {link}.")
        else:
            said.note(f"item [{link}]", "has answers without scores, and is not in the total.", LEFT_OUT)
    if said.problems:
        return []
    for link in links:
        if link not in counted:
            said.note(f"item [{link}]", "has scores, and is not in the total.")
    found = formula.Found("sum", tuple(link for link in links if link in counted))
    return [_scale(form, stated[0] if stated else None, found, alone=True)]


def _scale(form: Form, item: Mapping[str, Any] | None, found: formula.Found, *, alone: bool) -> Scale:
    scores = {question.link: [answer.score for answer in question.answers] for question in form.scored}
    joined = formula.METHODS[found.method]
    low, high = (joined([end(scores[name]) for name in found.items]) for end in (min, max))
    scale = _named(form, item, low, high, alone=alone, items=found.items, method=found.method)
    names = ", ".join(found.items)
    form.said.note(f"score [{scale.id}]", f"{JOINS[found.method]} [{names}]: {low} to {high}.", "Check that it is so.")
    return scale


def _named(form: Form, item: Mapping[str, Any] | None, low: int, high: int, *, alone: bool, **fields: Any) -> Scale:
    if item is None:
        return Scale(id="total", name=in_each("questionnaire.total"), low=low, high=high, **fields)
    link = str(item["linkId"])
    own = link.removeprefix("scale.") if link.startswith("scale.") else ""
    name = own or ("total" if alone else slug(link))
    codes = codes_of(item)
    if not own:
        codes = (*codes, Code(system=LINK, code=link))
    text = str(item.get("text") or "")
    named = form.text(text) if text and item.get("type") != "display" else in_each("questionnaire.total")
    return Scale(id=name, name=named, low=low, high=high, codes=codes, **fields)


def _totals_only(form: Form) -> list[Scale]:
    """A form of totals that somebody types, each with its least and its most."""
    found = list(_typed(form))
    if not found:
        remedy = "An answer carries its score in the extension ordinalValue or itemWeight."
        form.said.fault("Questionnaire", "has no item whose answers have scores.", remedy)
    return found


def _typed(form: Form) -> Iterator[Scale]:
    for item in form.others:
        low, high = form.number(item, LEAST), form.number(item, MOST)
        if item.get("type") == "integer" and low is not None and high is not None and low < high:
            yield _named(form, item, low, high, alone=False)
