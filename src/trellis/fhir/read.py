"""A FHIR R4 Questionnaire as an instrument: its scored items, its total, and which items are not always asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from trellis.errors import Problem, TrellisError
from trellis.fhir.choices import NoScore
from trellis.fhir.conditions import conditions
from trellis.fhir.form import Form, FormItem
from trellis.fhir.names import FORM, URL, code_of, need_extra, slug
from trellis.fhir.questionnaire import OUR_WORDS
from trellis.fhir.said import Said
from trellis.fhir.totals import codes_of, scales_of
from trellis.kinds.instrument import MAY_SHOW, Instrument, Item, Licence, Option, Skip, Unscored
from trellis.kinds.text import Code
from trellis.say import in_each

UNCONFIRMED = Licence(
    status="unconfirmed",
    text="Read in from a form; whether its words may be shown has not been confirmed, so they are left out.",
    verified="memory",
)
SHORT_TITLE = 16
GIVE_ID = "Give another `id`."


@dataclass(frozen=True)
class FormRead:
    """A form that came in. ``told``: what was left out, which items a total adds, which answers mean missing."""

    instrument: Instrument
    told: tuple[Problem, ...]


def from_questionnaire(resource: Mapping[str, Any], **said: Any) -> Instrument:
    """Read a FHIR R4 Questionnaire as an instrument. :func:`read_questionnaire` tells as well how it was read.

    Args:
        resource: the Questionnaire as JSON values.
        said: as for :func:`read_questionnaire`.

    Raises:
        TrellisError: as for :func:`read_questionnaire`.

    >>> import trellis
    >>> from trellis.fhir import to_questionnaire
    >>> again = from_questionnaire(to_questionnaire(trellis.load().instruments["phq9"]))
    >>> again.id, len(again.items), again.scales[0].high, again.form, again.licence.status
    ('phq9', 10, 27, 'scores_only', 'unconfirmed')
    """
    return read_questionnaire(resource, **said).instrument


def read_questionnaire(
    resource: Mapping[str, Any],
    *,
    licence: Licence | None = None,
    id: str | None = None,
    total: Literal["all"] | Sequence[str] | None = None,
    leave_out: Sequence[str] = (),
    missing: Sequence[str] = (),
    counts: Sequence[str] = (),
    language: Literal["en", "es"] | None = None,
) -> FormRead:
    """Read a FHIR R4 Questionnaire as an instrument, and tell how it was read.

    What is read: items with scores on their answers (``ordinalValue``, ``questionnaire-ordinalValue``, ``itemWeight``),
    in groups of any depth; totals with a FHIRPath formula, which is tried out to see which items it joins and how.
    Where the form leaves something open that changes a score, it is refused until the site says it. Bands, answers
    that matter by themselves and the facts that a score leads to have no place in such a form: a site adds them.

    Args:
        resource: the Questionnaire as JSON values.
        licence: on what ground its words may be shown; ``unconfirmed``, without its words, when left out.
        id: a name for the instrument; made from the form's address or title when left out.
        total: what the total of a form without a formula adds: ``"all"`` scored items, or their link ids.
        leave_out: link ids of items that do not count.
        missing: codes of answers that mean "no answer" although they carry a score; ``CODE`` or ``LINK=CODE``.
        counts: codes of answers that look like "no answer" and are scores.
        language: the language of its words, where the form does not say, or in which it was translated.

    Returns:
        the instrument, whose item ids are the form's link ids, and what is worth knowing of how it was read.

    Raises:
        TrellisError: there is no form, item, score or total in it, or it does something that is not known here; it
            lists every problem with the link id.
    """
    need_extra()
    added = total if total is None or total == "all" else tuple(total)
    said = Said(added, tuple(leave_out), tuple(missing), tuple(counts), language)
    form = Form.read(resource, said)
    if not form.scored:
        _fail(said.problems)
    ground = licence or UNCONFIRMED
    skips = tuple(Skip(item=i, scores=tuple(sorted(s)), skips=(q,)) for q, i, s in conditions(form))
    scales = scales_of(form)
    _fail(said.problems)
    title = str(resource.get("title") or resource.get("name") or id or "Form")
    version = f", version {resource['version']}" if resource.get("version") else ""
    stated = resource.get("url") or resource.get("name") or title
    try:
        instrument = Instrument(
            id=id or _id(resource, title),
            name=form.text(title),
            short=_short(title, id or _id(resource, title)),
            measures=form.text(str(resource["description"]))
            if resource.get("description")
            else in_each("questionnaire.not_said"),
            for_whom=in_each("questionnaire.not_said"),
            given_by=in_each("questionnaire.not_said"),
            how_often=in_each("questionnaire.not_said"),
            licence=ground,
            items=tuple(_item(form, one, number, ground) for number, one in enumerate(form.scored, 1)),
            skips=_joined(skips),
            scales=tuple(scales),
            codes=(*codes_of(resource), *_address(resource)),
            verified="seen",
            note=f"Read in from the FHIR Questionnaire {stated}{version}.",
        )
    except ValidationError as wrong:
        raise TrellisError(
            Problem(
                ".".join(map(str, e["loc"])), f"is [{e['input']}]: {e['msg']}.", GIVE_ID if e["loc"] == ("id",) else ""
            )
            for e in wrong.errors()
        ) from None
    return FormRead(instrument, tuple(said.notes))


def _address(resource: Mapping[str, Any]) -> tuple[Code, ...]:
    """The address of the form, by which its responses are known again."""
    url = str(resource.get("url") or "").partition("|")[0]
    return (Code(system=FORM, code=url),) if url and not url.startswith(URL) else ()


def _fail(problems: list[Problem]) -> None:
    if problems:
        raise TrellisError(problems)


def _id(resource: Mapping[str, Any], title: str) -> str:
    url = str(resource.get("url") or "")
    return slug(url.removeprefix(URL)) if url.startswith(URL) else slug(title)


def _short(title: str, name: str) -> str:
    """What stands in brackets at the end of a title, a short title itself, or the name in capitals."""
    found = re.search(r"\(([^()]{2,16})\)\s*$", title)
    return found.group(1) if found else title if len(title) <= SHORT_TITLE else name.upper()


def _item(form: Form, question: FormItem, number: int, ground: Licence) -> Item:
    shown = ground.status in MAY_SHOW
    ours = next((mark for mark in OUR_WORDS.values() if question.text.startswith(mark)), None)
    if ours is not None:
        about, text = form.text(question.text.removeprefix(ours)), None
    elif shown and question.text:
        about = text = form.text(question.text)
    else:
        about, text = in_each("questionnaire.question", number=number), None
    options = tuple(
        Option(
            score=answer.score,
            text=form.text(answer.label) if shown and answer.label and answer.label != str(answer.score) else None,
            codes=(code_of(answer.coding, ""),) if answer.coding else (),
        )
        for answer in question.answers
    )
    codes = tuple(code_of(coding, "") for coding in question.codes)
    missing = tuple(_unscored(form, answer, shown) for answer in question.missing)
    return Item(id=question.link, about=about, text=text, options=options, missing=missing, codes=codes)


def _unscored(form: Form, answer: NoScore, shown: bool) -> Unscored:
    text = form.text(answer.label) if shown and answer.label else None
    return Unscored(text=text, codes=(code_of(answer.coding, ""),))


def _joined(skips: tuple[Skip, ...]) -> tuple[Skip, ...]:
    """Rules with the same item and scores as one."""
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for skip in skips:
        found.setdefault((skip.item, skip.scores), []).extend(skip.skips)
    return tuple(Skip(item=item, scores=scores, skips=tuple(names)) for (item, scores), names in found.items())
