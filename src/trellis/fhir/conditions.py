"""Which scored questions of a form are not always asked, and what closes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trellis.fhir.form import Form, FormItem, every, formulas, short


def conditions(form: Form) -> Iterator[tuple[str, str, set[int]]]:
    """The question that is not asked, the one that closes it, and with which scores. Faults go to ``form.said``."""
    known = {question.link: question for question in form.scored}
    items = {item["linkId"]: item for item in every(form.resource.get("item", ())) if item.get("linkId")}
    for link in known:
        for holder in (*form.above[link], items[link]):
            where = f"item [{holder['linkId']}]"
            for formula in formulas(holder, "enableWhenExpression"):
                message = f"is asked on a condition that is not read here: a formula in [{formula.language}]."
                form.said.fault(where, message, "Write it as `enableWhen`, with the coded answer of a scored item.")
            yield from _of_holder(form, link, holder, known)


def _of_holder(
    form: Form, link: str, holder: Mapping[str, Any], known: Mapping[str, FormItem]
) -> Iterator[tuple[str, str, set[int]]]:
    where = f"item [{holder['linkId']}]"
    given = holder.get("enableWhen", ())
    either = holder.get("enableBehavior") == "any" and len(given) > 1
    opens: dict[str, list[set[int]]] = {}
    for condition in given:
        scores = _opens(condition, known)
        if scores is None:
            message = f"is asked on a condition that is not known here: [{short(condition)}]."
            form.said.fault(where, message, "Compare with the coded answer of a scored item.")
            continue
        opens.setdefault(str(condition["question"]), []).append(scores)
    if either and len(opens) > 1:
        message = f"is asked when any of [{', '.join(opens)}] says so."
        form.said.fault(where, message, "One question may open another.")
        return
    for question, several in opens.items():
        open_to = set.union(*several) if either else set.intersection(*several)
        closed = {answer.score for answer in known[question].answers} - open_to
        if closed:
            yield link, question, closed


def _opens(condition: Mapping[str, Any], known: Mapping[str, FormItem]) -> set[int] | None:
    """The scores of the other question with which this one is asked; None for a condition that is not known here."""
    question = known.get(str(condition.get("question")))
    if question is None:
        return None
    scores = {answer.score for answer in question.answers}
    operator = condition.get("operator")
    if operator == "exists" and condition.get("answerBoolean") is True:
        return scores
    code = (condition.get("answerCoding") or {}).get("code")
    matching = {answer.score for answer in question.answers if answer.coding.get("code") == code}
    if not matching or operator not in ("=", "!="):
        return None
    return matching if operator == "=" else scores - matching
