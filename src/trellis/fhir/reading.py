"""A filled-in form of any make: what in it is understood, what is not and why, and the danger in it all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trellis.errors import Problem
from trellis.fhir.names import URL, link_of
from trellis.fhir.rows import Row, form_named, is_form_of, loinc_of, rows_of
from trellis.fhir.shape import check_shape
from trellis.fhir.value import No, absent, number_of, score_of
from trellis.instruments.score import Scored, ScoreError, critical_in, score, typed
from trellis.kinds.instrument import Critical, Instrument, Item, Scale


@dataclass(frozen=True)
class ResponseRead:
    """A response that could be scored.

    Args:
        scored: the instrument with what was understood; all else is missing in it, and nothing counts as zero.
        told: what was not understood, or says that there is no answer; each with its place and the reason.
        critical: the answers that matter by themselves, those to questions of other known instruments included.
        on: the day on which it was filled in, when the response says so.
    """

    scored: Scored
    told: tuple[Problem, ...] = ()
    critical: tuple[Critical, ...] = ()
    on: date | None = None


@dataclass
class _Found:
    answers: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    seen: list[tuple[str, int]] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def from_response(instrument: Instrument, resource: Mapping[str, Any], *, form: str = "") -> Scored:
    """Score a FHIR R4 QuestionnaireResponse. :func:`read_response` tells as well what was not understood.

    Args:
        instrument: the one that was filled in, shipped or read with :func:`~trellis.fhir.from_questionnaire`.
        resource: the response as JSON values. Questions that have no score are passed over.
        form: an address that the response may give for its form, when that form is this instrument by another name.

    Returns:
        the scored instrument; its ``answers`` go from item id to score. A response with totals alone is taken as typed.

    Raises:
        ScoreError: as for :func:`read_response`.

    >>> import trellis
    >>> from trellis.fhir import to_response
    >>> phq2 = trellis.load().instruments["phq2"]
    >>> from trellis.instruments import score
    >>> from_response(phq2, to_response(score(phq2, {"1": 2, "2": 1}))).answers
    {'1': 2, '2': 1}
    """
    return read_response(instrument, resource, form=form).scored


def read_response(
    instrument: Instrument, resource: Mapping[str, Any], *, known: Iterable[Instrument] = (), form: str = ""
) -> ResponseRead:
    """Read a FHIR R4 QuestionnaireResponse, and tell what in it was not understood.

    An item is known by its link id where the response is to the instrument's own form, else by its LOINC code: in its
    link id (``/44260-8``), its ``code``, its ``definition``, or in the form inside the response.

    Args:
        instrument: the one that was filled in.
        resource: the response as JSON values.
        known: every instrument of the knowledge, so that a response to another of them is named and its danger seen.
        form: an address that the response may give for its form, when that form is this instrument by another name.

    Raises:
        ScoreError: it answers another form, an item is answered twice, an answer is none of the item's, or a stated
            total cannot come from the items; it lists every problem with the link id, and keeps the danger that was
            read from whatever is valid.

    >>> import trellis
    >>> item = {"linkId": "/44250-9", "answer": [{"valueCoding": {"system": "http://loinc.org", "code": "LA6570-1"}}]}
    >>> more = {"linkId": "mood", "answer": [{"valueString": "low"}]}
    >>> response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item, more]}
    >>> read = read_response(trellis.load().instruments["phq9"], response)
    >>> read.scored.answers, str(read.told[0])
    ({'1': 2}, 'item [mood]: is no question of PHQ-9, by its link id or a LOINC code. It is left out.')
    """
    found = _Found()
    if resource.get("resourceType") != "QuestionnaireResponse":
        message = f"is [{resource.get('resourceType')}]."
        raise ScoreError([Problem("resourceType", message, "Give a FHIR QuestionnaireResponse.")])
    if resource.get("status") == "entered-in-error":
        raise ScoreError([Problem("status", "is [entered-in-error].", "Such a response is not to be used.")])
    check_shape(resource, found.problems)
    others = [one for one in known if one.id != instrument.id]
    named = form_named(resource)
    is_own = not named or named == form.partition("|")[0] or is_form_of(instrument, named)
    other = None if is_own else next((one for one in others if is_form_of(one, named)), None)
    rows = list(rows_of(resource))
    for row in rows:
        _read_row(instrument, row, found)
    _twice(found)
    if not is_own:
        _other_form(instrument, other, named, found)
    critical = () if other is not None else critical_in(instrument, found.seen)
    critical += tuple(entry for one in others for entry in _by_codes(one, rows, whole=one is other))
    understood = found.answers or found.totals or (found.links and instrument.items)
    if not found.problems and not understood:
        message = f"holds no answer to {instrument.short}."
        remedy = "Check which form it belongs to; `trellis questionnaire import` reads a form of your own in."
        found.problems += [Problem("item", message, remedy), *found.told]
    if found.problems:
        raise ScoreError(found.problems, critical)
    try:
        scored = (
            typed(instrument, found.totals) if found.totals and not found.answers else score(instrument, found.answers)
        )
        _check_totals(scored, found.totals)
    except ValueError as wrong:
        raise ScoreError(getattr(wrong, "problems", ()), critical) from None
    return ResponseRead(scored, tuple(found.told), critical, _day(resource))


def _read_row(instrument: Instrument, row: Row, found: _Found) -> None:
    if not row.answers and not any(True for _ in absent(row.extensions)):
        return
    where = f"item [{row.link}]"
    place = _place(instrument, row, found)
    if place is None:
        message = f"is no question of {instrument.short}, by its link id or a LOINC code."
        found.told.append(Problem(where, message, "It is left out."))
        return
    found.links.setdefault(f"{type(place).__name__} {place.id}", []).append(row.link)
    if len(row.answers) > 1:
        found.problems.append(Problem(where, f"has {len(row.answers)} answers.", "Give one."))
    for answer in row.answers or ({"extension": list(row.extensions)},):
        if isinstance(place, Scale):
            _read_total(place, where, answer, found)
        else:
            _read_answer(instrument, place, where, answer, found)


def _place(instrument: Instrument, row: Row, found: _Found) -> Item | Scale | None:
    """The item or the total that a row is for: by the link of its own form, else by its LOINC code."""
    places: list[tuple[str, Item | Scale]] = [(item.id, item) for item in instrument.items]
    places += [(link_of(scale), scale) for scale in instrument.scales]
    for link, place in places:
        if link == row.link:
            if not set(row.codes) & loinc_of(place.codes):
                found.own.append(row.link)
            return place
    for code in row.codes:
        several = [place for _, place in places if code in loinc_of(place.codes)]
        if len(several) == 1:
            return several[0]
    return None


def _read_answer(instrument: Instrument, item: Item, where: str, answer: Mapping[str, Any], found: _Found) -> None:
    value = score_of(instrument, item, answer)
    if isinstance(value, int):
        found.answers[item.id] = value
        found.seen.append((item.id, value))
    elif value.fault:
        found.problems.append(Problem(where, value.what, value.remedy))
    else:
        found.told.append(Problem(where, value.what, value.remedy))


def _read_total(scale: Scale, where: str, answer: Mapping[str, Any], found: _Found) -> None:
    value = number_of(answer)
    if isinstance(value, No):
        kept = found.problems if value.fault else found.told
        kept.append(Problem(where, value.what, value.remedy))
    else:
        found.totals[scale.id] = value


def _twice(found: _Found) -> None:
    for links in found.links.values():
        if len(links) > 1:
            others = [link for link in links if link != links[0]]
            message = "is answered twice."
            if others:
                message = f"asks the same as [{', '.join(others)}], and both are answered."
            found.problems.append(Problem(f"item [{links[0]}]", message, "Keep one: which of them holds is not known."))


def _other_form(instrument: Instrument, other: Instrument | None, named: str, found: _Found) -> None:
    """A response to a form with another name: another instrument, or known by LOINC codes alone, or not at all."""
    if other is not None:
        message = f"is [{named}], which is {other.short}, and this is {instrument.short}."
        found.problems.insert(0, Problem("questionnaire", message, f"Read it as [{other.id}]."))
        return
    if named.startswith(URL):
        message = f"is [{named}], and this is {instrument.short}."
        found.problems.insert(0, Problem("questionnaire", message, f"Read it as [{named.removeprefix(URL)}]."))
        return
    coded = (found.answers or found.totals) and not found.own
    if coded:
        message = f"is [{named}], which is not known here."
        found.told.insert(0, Problem("questionnaire", message, "The items were read by their LOINC codes alone."))
        return
    message = f"is [{named}], and it is not known that this is {instrument.short}."
    remedy = f"If it is the same form by another name, say so: --form {named}"
    found.problems.insert(0, Problem("questionnaire", message, remedy))


def _by_codes(other: Instrument, rows: Iterable[Row], *, whole: bool) -> tuple[Critical, ...]:
    """The danger in questions of another instrument: by LOINC code, or by link too where it is the form of that one."""
    found = _Found()
    wanted = {entry.item for entry in other.critical}
    for row in rows:
        place = _place(other, row, found)
        if isinstance(place, Item) and place.id in wanted and (whole or row.link not in found.own):
            for answer in row.answers:
                _read_answer(other, place, row.link, answer, found)
    return critical_in(other, found.seen)


def _check_totals(scored: Scored, totals: Mapping[str, int]) -> None:
    problems = []
    for name, stated in totals.items():
        found = scored.scales[name]
        if stated in found.possible:
            continue
        gives = f"give {found.low}" if found.total is not None else f"give {found.low} to {found.high}"
        message = f"says [{stated}], but its items {gives}."
        problems.append(Problem(f"item [{link_of(found.scale)}]", message, "Correct the items or the total."))
    if problems:
        raise ScoreError(problems)


def _day(resource: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(resource.get("authored") or "")[:10])
    except ValueError:
        return None
