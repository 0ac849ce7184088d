"""A FHIR R4 Questionnaire as an instrument: its scored items, its total, and which items are not always asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError

from trellis.fhir import formula
from trellis.fhir.form import Form, Question, total_words
from trellis.fhir.names import CALCULATED, LEAST, LINK, MOST, URL, VARIABLE, code_of, need_extra, slug
from trellis.fhir.questionnaire import OUR_WORDS
from trellis.model.errors import Problem, TrellisError
from trellis.model.instrument import Instrument, Item, Licence, Option, Scale, Skip
from trellis.model.text import Code, Text
from trellis.model.what_helps import MAY_SHOW

UNCONFIRMED = Licence(
    status="unconfirmed",
    text="Read in from a form; whether its words may be shown has not been confirmed, so they are left out.",
    verified="memory",
)
UNSAID = Text(en="The form does not say.", es="El formulario no lo dice.")
TOTAL = Text(en="Total", es="Total")
SHORT_TITLE = 16


def from_questionnaire(
    resource: Mapping[str, Any],
    *,
    licence: Licence | None = None,
    id: str | None = None,
    total: Literal["all"] | None = None,
) -> Instrument:
    """Read a FHIR R4 Questionnaire as an instrument.

    What is read: items with scores on their answers (``ordinalValue``, ``questionnaire-ordinalValue``, ``itemWeight``),
    in groups of any depth; totals with a FHIRPath formula, which is tried out to see which items it joins and how; when
    none has one, an item that is a total by its words joins all scored items. Bands, answers that matter by themselves
    and the facts that a score leads to have no place in such a form: a site adds them.

    Args:
        resource: the Questionnaire as JSON values.
        licence: on what ground its words may be shown; ``unconfirmed``, without its words, when left out.
        id: a name for the instrument; made from the form's address or title when left out.
        total: ``"all"`` adds up all scored items of a form without a total.

    Returns:
        the instrument; its item ids are the form's link ids.

    Raises:
        TrellisError: there is no form, item, score or total in it, or it does something that is not known here; it
            lists every problem with the link id.

    >>> import trellis
    >>> from trellis.fhir import to_questionnaire
    >>> again = from_questionnaire(to_questionnaire(trellis.load().instruments["phq9"]))
    >>> again.id, len(again.items), again.scales[0].high, again.form, again.licence.status
    ('phq9', 10, 27, 'scores_only', 'unconfirmed')
    """
    need_extra()
    problems: list[Problem] = []
    form = Form.read(resource, problems)
    _fail(problems)
    ground = licence or UNCONFIRMED
    shown = ground.status in MAY_SHOW
    items = tuple(_item(form, question, number, shown) for number, question in enumerate(form.scored, 1))
    skips = tuple(Skip(item=i, scores=tuple(sorted(s)), skips=(q,)) for q, i, s in form.conditions(problems))
    scales = _scales(form, total, problems)
    _fail(problems)
    title = str(resource.get("title") or resource.get("name") or id or "Form")
    version = f", version {resource['version']}" if resource.get("version") else ""
    stated = resource.get("url") or resource.get("name") or title
    try:
        return Instrument(
            id=id or _id(resource, title),
            name=form.text(title),
            short=_short(title, id or _id(resource, title)),
            measures=form.text(str(resource["description"])) if resource.get("description") else UNSAID,
            for_whom=UNSAID,
            given_by=UNSAID,
            how_often=UNSAID,
            licence=ground,
            items=items,
            skips=_joined(skips),
            scales=tuple(scales),
            codes=_codes(resource),
            verified="seen",
            note=f"Read in from the FHIR Questionnaire {stated}{version}.",
        )
    except ValidationError as wrong:
        raise TrellisError(
            Problem(".".join(map(str, e["loc"])), f"is [{e['input']}]: {e['msg']}.", "Give another `id`.")
            for e in wrong.errors()
        ) from None


def _fail(problems: list[Problem]) -> None:
    if problems:
        raise TrellisError(problems)


def _id(resource: Mapping[str, Any], title: str) -> str:
    url = str(resource.get("url") or "")
    return slug(url.removeprefix(URL)) if url.startswith(URL) else slug(title)


def _codes(holder: Mapping[str, Any]) -> tuple[Code, ...]:
    return tuple(code_of(one, str(one.get("display") or "")) for one in holder.get("code", ()) if one.get("code"))


def _short(title: str, name: str) -> str:
    """What stands in brackets at the end of a title, a short title itself, or the name in capitals."""
    found = re.search(r"\(([^()]{2,16})\)\s*$", title)
    return found.group(1) if found else title if len(title) <= SHORT_TITLE else name.upper()


def _item(form: Form, question: Question, number: int, shown: bool) -> Item:
    ours = next((mark for mark in OUR_WORDS.values() if question.text.startswith(mark)), None)
    if ours is not None:
        about, text = form.text(question.text.removeprefix(ours)), None
    elif shown and question.text:
        about = text = form.text(question.text)
    else:
        about, text = Text(en=f"Question {number} of the form", es=f"Pregunta {number} del formulario"), None
    options = tuple(
        Option(
            score=answer.score,
            text=form.text(answer.label) if shown and answer.label and answer.label != str(answer.score) else None,
            codes=(code_of(answer.coding, ""),) if answer.coding else (),
        )
        for answer in question.answers
    )
    codes = tuple(code_of(coding, "") for coding in question.codes)
    return Item(id=question.link, about=about, text=text, options=options, codes=codes)


def _joined(skips: tuple[Skip, ...]) -> tuple[Skip, ...]:
    """Rules with the same item and scores as one."""
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for skip in skips:
        found.setdefault((skip.item, skip.scores), []).extend(skip.skips)
    return tuple(Skip(item=item, scores=scores, skips=tuple(names)) for (item, scores), names in found.items())


def _scales(form: Form, total: str | None, problems: list[Problem]) -> list[Scale]:
    if not form.scored:
        return _totals_only(form, problems)
    every = {question.link: {a.score: a.coding for a in reversed(question.answers)} for question in form.scored}
    calculated = [item for item in form.others if form.expression(item, CALCULATED)]
    if calculated:
        trial = formula.Trial(form.resource, every)
        return [
            scale
            for item in calculated
            if (scale := _calculated(form, trial, item, alone=len(calculated) == 1, problems=problems)) is not None
        ]
    stated = [item for item in form.others if total_words(item)]
    if len(stated) == 1 or (total == "all" and not stated):
        return [_scale(form, stated[0] if stated else None, formula.Found("sum", tuple(every)), alone=True)]
    if stated:
        links = ", ".join(str(item["linkId"]) for item in stated)
        problems.append(Problem("Questionnaire", f"has several totals without a formula [{links}].", "Give each one."))
    else:
        remedy = 'If all scored items are to be added, say so: `total="all"`, or `--total all`.'
        problems.append(Problem("Questionnaire", "has scores but no total.", remedy))
    return []


def _calculated(
    form: Form, trial: formula.Trial, item: Mapping[str, Any], *, alone: bool, problems: list[Problem]
) -> Scale | None:
    where = f"item [{item['linkId']}]"
    text = form.expression(item, CALCULATED)
    named = [
        (name, expression)
        for holder in (form.resource, *form.above(item["linkId"]), item)
        for name, expression in form.expressions(holder, VARIABLE)
    ]
    try:
        found = trial.recognise(text, named)
    except Exception as wrong:  # the evaluator raises bare exceptions for what it does not know
        message = f"has a formula that cannot be read: {str(wrong).splitlines()[0]}."
        problems.append(Problem(where, message, "Write the total as a sum of scores in FHIRPath."))
        return None
    if found is None or not found.items:
        message = "calculates its total in a way that is not known here."
        problems.append(Problem(where, message, "Known are the sum, the highest and the number of scores above 0."))
        return None
    return _scale(form, item, found, alone=alone)


def _scale(form: Form, item: Mapping[str, Any] | None, found: formula.Found, *, alone: bool) -> Scale:
    scores = {question.link: [answer.score for answer in question.answers] for question in form.scored}
    joined = formula.METHODS[found.method]
    low, high = (joined([end(scores[name]) for name in found.items]) for end in (min, max))
    return _named(form, item, low, high, alone=alone, items=found.items, method=found.method)


def _named(form: Form, item: Mapping[str, Any] | None, low: int, high: int, *, alone: bool, **fields: Any) -> Scale:
    if item is None:
        return Scale(id="total", name=TOTAL, low=low, high=high, **fields)
    link = str(item["linkId"])
    own = link.removeprefix("scale.") if link.startswith("scale.") else ""
    name = own or ("total" if alone else slug(link))
    codes = _codes(item)
    if not own:
        codes = (*codes, Code(system=LINK, code=link))
    text = str(item.get("text") or "")
    named = form.text(text) if text and item.get("type") != "display" else TOTAL
    return Scale(id=name, name=named, low=low, high=high, codes=codes, **fields)


def _totals_only(form: Form, problems: list[Problem]) -> list[Scale]:
    """A form of totals that somebody types, each with its least and its most."""
    found = []
    for item in form.others:
        low, high = form.number(item, LEAST), form.number(item, MOST)
        if item.get("type") == "integer" and low is not None and high is not None and low < high:
            found.append(_named(form, item, low, high, alone=False))
    if not found:
        remedy = "An answer carries its score in the extension ordinalValue or itemWeight."
        problems.append(Problem("Questionnaire", "has no item whose answers have scores.", remedy))
    return found
