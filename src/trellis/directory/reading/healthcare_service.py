"""A bundle of FHIR R4 HealthcareService resources: a place for each service at each of its locations.

Every resource is checked by the FHIR models first; one that is not as they say is told and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from trellis.directory.programme import YES
from trellis.directory.reading.form import Opened, as_raw, not_an_object, objects
from trellis.directory.reading.row import BadRow, Dictionary, Draft, ListRow
from trellis.directory.terms import Terms
from trellis.errors import Problem, TrellisError
from trellis.kinds.place_feature import PlaceList
from trellis.written import as_written

SERVICE, LOCATION, ORGANIZATION = "HealthcareService", "Location", "Organization"
CODED = ("category", "type", "specialty", "program", "characteristic", "serviceProvisionCode")
WORDS, LANGUAGE = "type", "communication"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Resource = dict[str, Any]


def read(opened: Opened, terms: Terms, place_list: PlaceList, as_of: date) -> Iterator[ListRow | BadRow]:
    """Each service at each of its locations, taken or told.

    Args:
        opened: a bundle, a list of resources, or one resource.
        terms: the terms of the knowledge.
        place_list: what the codes mean.
        as_of: the day of the import.

    Raises:
        TrellisError: the extra ``fhir`` is not installed.
    """
    check = _models()
    words = Dictionary(terms, place_list)
    found = list(_resources(opened.plain))
    # What a service points to is used only where it is as FHIR says; what is not is told in its own place.
    others: dict[str, Resource] = {}
    services: list[tuple[str, Resource]] = []
    for number, (url, resource) in enumerate(found, 1):
        where = f"{opened.shown}: entry {number}"
        if not isinstance(resource, dict):
            yield not_an_object(where, resource)
            continue
        kind = resource.get("resourceType")
        if kind not in (SERVICE, LOCATION, ORGANIZATION):
            problem = Problem(where, f"is a [{as_written(kind)}] and no {SERVICE}.", "It is left out.")
            yield BadRow(where, (problem,), as_raw(resource))
            continue
        problems = check(kind, where, resource)
        if problems:
            yield BadRow(where, problems, as_raw(resource))
        elif kind == SERVICE:
            services.append((where, resource))
        else:
            others |= {key: resource for key in _names(url, resource) if key}
    for where, resource in services:
        names = [str(one.get("reference") or "") for one in objects(resource.get("location"))]
        there = [name for name in names if name in others]
        for name in names:
            if there and name not in others:  # the service is taken at its other places
                yield BadRow(where, (Problem(where, *_nowhere(name)),), as_raw(resource))
        for name in there or names[:1] or [""]:
            yield _row(where, resource, name, others, words, as_of)


def _resources(plain: Any) -> Iterator[tuple[str, Any]]:
    for one in plain if isinstance(plain, list) else [plain]:
        if isinstance(one, dict) and one.get("resourceType") == "Bundle":
            entries = one.get("entry")
            for entry in entries if isinstance(entries, list) else [entries] if entries else []:
                if isinstance(entry, dict) and "resource" in entry:
                    yield str(entry.get("fullUrl") or ""), entry["resource"]
                else:
                    yield "", entry
        else:
            yield "", one


def _names(url: str, resource: Resource) -> tuple[str, str]:
    name = f"{resource.get('resourceType')}/{resource['id']}" if resource.get("id") else ""
    return url, name


def _models() -> Callable[[str, str, Resource], tuple[Problem, ...]]:
    """What checks a resource of a kind. Raises :class:`TrellisError` when the models are not installed."""
    try:
        modules = {
            kind: getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
            for kind in (SERVICE, LOCATION, ORGANIZATION)
        }
    except ImportError:
        what = "needs the extra `fhir` to read FHIR."
        raise TrellisError([Problem("trellis", what, "pip install 'trellis-care[fhir]'")]) from None

    def check(kind: str, where: str, resource: Resource) -> tuple[Problem, ...]:
        try:
            modules[kind].model_validate(resource)
        except ValidationError as error:
            told = []
            for one in error.errors()[:5]:
                place = ".".join(str(part) for part in one["loc"])
                told.append(
                    Problem(where, f"is no {kind} of FHIR R4: {place}: {one['msg']}.", "Mend it at its source.")
                )
            return tuple(told)
        return ()

    return check


def _nowhere(name: str) -> tuple[str, str]:
    return f"is at [{as_written(name)}], which is not in the file or is damaged.", "Export it with its places."


def _row(
    where: str,
    service: Resource,
    name: str,
    others: Mapping[str, Resource],
    words: Dictionary,
    as_of: date,
) -> ListRow | BadRow:
    location = others.get(name)
    draft = Draft(where, as_raw({"service": service, "location": location}))
    if name and location is None:
        draft.wrong(*_nowhere(name))
    provider = others.get(str((service.get("providedBy") or {}).get("reference", ""))) or {}
    organization = provider.get("name") or (service.get("providedBy") or {}).get("display")
    own = service.get("name")
    draft.put("name", organization or own or (location or {}).get("name"))
    if organization and own and own != organization:
        draft.put("part", own)
    telecoms = [
        *objects(service.get("telecom")),
        *objects((location or {}).get("telecom")),
        *objects(provider.get("telecom")),
    ]
    for system, field in (("phone", "phone"), ("email", "email"), ("url", "website")):
        draft.put(field, next((one.get("value") for one in telecoms if one.get("system") == system), None))
    if location is not None:
        _put_location(draft, location)
    draft.put("hours", _hours(service))
    for field in CODED:
        for concept in objects(service.get(field)):
            _read_concept(draft, words, concept, WORDS)
    for concept in objects(service.get("communication")):
        _read_language(draft, words, concept)
    for one in objects(service.get("eligibility")):
        _read_concept(draft, words, one.get("code") or {}, WORDS)
    if service.get("active") is False or (location or {}).get("status") == "inactive":
        draft.values["closed"] = YES
    draft.day((service.get("meta") or {}).get("lastUpdated"), as_of, "meta.lastUpdated")
    if service.get("id"):
        draft.key = "|".join(str(one["id"]) for one in (service, location or {}) if one.get("id"))
    return draft.finish()


def _put_location(draft: Draft, location: Resource) -> None:
    address = location.get("address") or {}
    lines = address.get("line")
    draft.put("street", ", ".join(str(line) for line in lines) if isinstance(lines, list) else None)
    for theirs, ours in (("city", "city"), ("state", "state"), ("postalCode", "zip")):
        draft.put(ours, address.get(theirs))
    position = location.get("position") or {}
    for name in ("latitude", "longitude"):
        given = position.get(name)
        draft.put(name, float(given) if given is not None else None)


def _read_concept(draft: Draft, words: Dictionary, concept: Resource, category: str) -> None:
    codings = objects(concept.get("coding"))
    told: list[tuple[str, str]] = []
    for one in codings:
        system, code, display = (str(one.get(name) or "") for name in ("system", "code", "display"))
        if words.knows(system, code):
            words.read(draft, system, code)
            return
        told.append((system or category, display or code))
    texts = [str(one.get("display")) for one in codings if one.get("display")]
    text = str(concept.get("text") or "")
    for word in filter(None, [*texts, text]):
        if words.knows(category, word):
            words.read(draft, category, word)
            return
    draft.not_understood += told or ([(category, text)] if text else [])


def _read_language(draft: Draft, words: Dictionary, concept: Resource) -> None:
    for one in objects(concept.get("coding")):
        code = str(one.get("code") or "").partition("-")[0].lower()
        if code:
            words.read(draft, LANGUAGE, code)
            return


def _hours(service: Resource) -> str | None:
    """The hours in the letters of the standard, such as ``mon, tue 08:00-17:00``."""
    parts = []
    for one in objects(service.get("availableTime")):
        days = ", ".join(_days(one.get("daysOfWeek") or []))
        start, end = str(one.get("availableStartTime") or "")[:5], str(one.get("availableEndTime") or "")[:5]
        span = "00:00-24:00" if one.get("allDay") else f"{start}-{end}".strip("-")
        parts.append(f"{days} {span}".strip())
    return "; ".join(part for part in parts if part) or None


def _days(days: Iterable[str]) -> list[str]:
    return [day for day in DAYS if day in set(days)]
