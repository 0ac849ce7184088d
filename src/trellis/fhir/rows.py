"""What stands in a filled-in form, row for row: its link, the LOINC codes that say what it asks, and its answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trellis.fhir.names import FORM, SYSTEMS, URL, system_of
from trellis.kinds.instrument import Instrument
from trellis.kinds.text import Code

LOINC_CODE = re.compile(r"(?<![0-9A-Za-z-])[0-9]{3,7}-[0-9](?![0-9A-Za-z-])")
PLAIN_WORDS = re.compile(r"questionnaire|form|panel|loinc")


@dataclass(frozen=True)
class Row:
    """One item of a response. ``codes``: the LOINC codes of what it asks, the surest first."""

    link: str
    codes: tuple[str, ...]
    answers: tuple[Mapping[str, Any], ...]
    extensions: tuple[Mapping[str, Any], ...]


def rows_of(resource: Mapping[str, Any]) -> Iterator[Row]:
    """Every item at any depth, in groups and below answers. What is not built as FHIR builds it is passed over here.

    >>> form = {"item": [{"linkId": "g", "item": [{"linkId": "/1/44260-8", "answer": [{"valueInteger": 1}]}]}]}
    >>> [(row.link, row.codes) for row in rows_of(form)]
    [('g', ()), ('/1/44260-8', ('44260-8',))]
    """
    yield from _walk(resource.get("item"), _codes_inside(resource))


def _walk(items: Any, inside: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    for item in dicts(items):
        link, answers = str(item.get("linkId") or ""), tuple(dicts(item.get("answer")))
        yield Row(link, _codes(item, link, inside), answers, tuple(dicts(item.get("extension"))))
        yield from _walk(item.get("item"), inside)
        for answer in answers:
            yield from _walk(answer.get("item"), inside)


def _codes(item: Mapping[str, Any], link: str, inside: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """From the item itself, the form inside the response, the address of its definition, the last part of its link."""
    places = (str(item.get("definition") or ""), link)
    written = [found[-1] for place in places if (found := LOINC_CODE.findall(place))]
    return tuple(dict.fromkeys((*_loinc(item), *inside.get(link, ()), *written)))


def _codes_inside(resource: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The LOINC codes of each link, where the response brings its form with it."""
    found: dict[str, tuple[str, ...]] = {}

    def walk(items: Any) -> None:
        for item in dicts(items):
            found[str(item.get("linkId") or "")] = tuple(_loinc(item))
            walk(item.get("item"))

    for held in dicts(resource.get("contained")):
        if held.get("resourceType") == "Questionnaire":
            walk(held.get("item"))
    return found


def _loinc(holder: Mapping[str, Any]) -> Iterator[str]:
    for code in dicts(holder.get("code")):
        if system_of(code.get("system")) == SYSTEMS["LOINC"] and code.get("code"):
            yield str(code["code"])


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list; nothing for what is no list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def loinc_of(codes: Iterable[Code]) -> frozenset[str]:
    """The LOINC codes among some codes."""
    return frozenset(code.code for code in codes if code.system == "LOINC")


def form_named(resource: Mapping[str, Any]) -> str:
    """The address of the form that a response answers, without its version; nothing when it names none.

    A form inside the response counts by its own address.

    >>> form_named({"questionnaire": "https://clinic.example/Questionnaire/phq-9|2.0"})
    'https://clinic.example/Questionnaire/phq-9'
    """
    named = resource.get("questionnaire")
    if isinstance(named, dict):  # as in FHIR STU3
        named = named.get("reference")
    address = str(named or "").partition("|")[0].strip()
    if not address.startswith("#"):
        return address
    for held in dicts(resource.get("contained")):
        if held.get("resourceType") == "Questionnaire" and held.get("id") == address[1:]:
            code = next(_loinc(held), "")
            return str(held.get("url") or code or "").partition("|")[0] or address
    return address


def is_form_of(instrument: Instrument, address: str) -> bool:
    """Whether an address names this instrument: by its own address, or by its id or LOINC code at the end.

    A name that only holds the id (``phq-9-for-teens``) is another form's, so far as is known here.

    >>> import trellis
    >>> kb = trellis.load()
    >>> [is_form_of(kb.instruments["phq9"], end) for end in ("http://a.example/Form/phq-9", "44249-1", "gad-7")]
    [True, True, False]
    """
    if address in [code.code for code in instrument.codes if code.system == FORM]:
        return True
    if address.startswith(URL):
        return address == f"{URL}{instrument.id}"
    last = re.split(r"[/:]", address.rstrip("/"))[-1]
    if last in loinc_of(instrument.codes):
        return True
    return _plain(last) == _plain(instrument.id)


def _plain(name: str) -> str:
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    return PLAIN_WORDS.sub("", letters) or letters
