"""Open Referral's Human Services Data Specification 3, as JSON or as tables: a place for each service at a location."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from trellis.directory.programme import YES
from trellis.directory.reading.form import Opened, as_raw, not_an_object, objects
from trellis.directory.reading.row import BadRow, Dictionary, Draft, ListRow
from trellis.directory.terms import Terms
from trellis.errors import AnswerError, Problem
from trellis.kinds.place_feature import PlaceList
from trellis.written import as_written

Thing = dict[str, Any]

TERM, LANGUAGE = "term", "language"
GROWN, OLD, OLDEST = 18, 65, 999
"""From these ages on somebody is an adult, and an older adult, as the content has it; 999 stands for no end."""
ENDED = ("inactive", "defunct", "temporarily closed")
PARTS: Mapping[str, Mapping[str, str]] = {
    "service": {"phone": "service_id", "schedule": "service_id", "language": "service_id"},
    "location": {
        "address": "location_id",
        "phone": "location_id",
        "schedule": "location_id",
        "language": "location_id",
        "accessibility": "location_id",
    },
    "organization": {"phone": "organization_id"},
    "service_at_location": {"phone": "service_at_location_id", "schedule": "service_at_location_id"},
}
"""In a package of tables: which tables hold parts of which, and by which column."""
PLURAL = {"address": "addresses", "accessibility": "accessibility"}


def read(opened: Opened, terms: Terms, place_list: PlaceList, as_of: date) -> Iterator[ListRow | BadRow]:
    """Each service at each of its locations, taken or told.

    Args:
        opened: services, services at locations or organizations with services as JSON, one page of an API or a list; or
            a package of tables.
        terms: the terms of the knowledge.
        place_list: what the terms of the list mean.
        as_of: the day of the import.

    Raises:
        AnswerError: a table of a package cannot be read.
    """
    words = Dictionary(terms, place_list)
    if opened.package is not None:
        things: Iterator[Any] = _from_tables(opened.package, opened.shown)
    else:
        things = _things(opened.plain)
    number = 0
    for one in things:
        if isinstance(one, BadRow):
            yield one
            continue
        number += 1
        where = f"{opened.shown}: service {number}"
        if not isinstance(one, dict):
            yield not_an_object(where, one)
            continue
        yield from _rows(one, where, words, as_of)


def _things(plain: Any) -> Iterator[Any]:
    for one in plain if isinstance(plain, list) else [plain]:
        if isinstance(one, dict) and isinstance(one.get("contents"), list):
            yield from _things(one["contents"])
        elif isinstance(one, dict) and isinstance(one.get("services"), list):
            about = {key: value for key, value in one.items() if key != "services"}
            yield from ({"organization": about} | each if isinstance(each, dict) else each for each in one["services"])
        else:
            yield one


def _rows(one: Thing, where: str, words: Dictionary, as_of: date) -> Iterator[ListRow | BadRow]:
    if isinstance(one.get("service"), dict):  # a service at one location, with its service inside
        yield _row(where, one["service"], one, words, as_of)
        return
    places = objects(one.get("service_at_locations"))
    for place in places or [{}]:
        yield _row(where, one, place, words, as_of)


def _row(where: str, service: Thing, place: Thing, words: Dictionary, as_of: date) -> ListRow | BadRow:
    organization = service.get("organization") if isinstance(service.get("organization"), dict) else {}
    location = place.get("location") if isinstance(place.get("location"), dict) else {}
    assert organization is not None  # noqa: S101 - for the type checker
    assert location is not None  # noqa: S101
    draft = Draft(where, as_raw({"service": service, "service_at_location": place}))
    draft.put("name", organization.get("name") or service.get("name"))
    if organization.get("name") and service.get("name") != organization.get("name"):
        draft.put("part", service.get("name"))
    draft.put("website", service.get("url") or organization.get("website"))
    draft.put("email", service.get("email") or organization.get("email"))
    owners = (place, location, service, organization)
    phones = [
        one
        for owner in owners
        for one in objects(owner.get("phones"))
        if one.get("type") in (None, "", "voice", "cell")
    ]
    if phones:
        extension = phones[0].get("extension")
        draft.put("phone", f"{phones[0].get('number')}" + (f" x{extension}" if extension else ""))
    addresses = objects(location.get("addresses"))
    physical = [one for one in addresses if one.get("address_type") == "physical"]
    _put_address(draft, (physical or addresses or [{}])[0], location)
    draft.put("hours", _hours(owners))
    draft.put("license", service.get("licenses"))
    for owner in (service, place, location):
        for attribute in objects(owner.get("attributes")):
            _read_term(draft, words, attribute)
        for language in objects(owner.get("languages")):
            word = language.get("code") or language.get("name")
            if isinstance(word, str):
                words.read(draft, LANGUAGE, word)
    _ages(draft, service)
    if service.get("status") in ENDED:
        draft.values["closed"] = YES
    draft.day(service.get("assured_date") or service.get("last_modified"), as_of, "assured_date")
    keys = [str(one["id"]) for one in (place, *([] if place.get("id") else [service])) if one.get("id")]
    draft.key = keys[0] if keys else ""
    return draft.finish()


def _put_address(draft: Draft, address: Thing, location: Thing) -> None:
    street = ", ".join(str(address[name]) for name in ("address_1", "address_2") if address.get(name))
    draft.put("street", street or None)
    for theirs, ours in (("city", "city"), ("state_province", "state"), ("postal_code", "zip")):
        draft.put(ours, address.get(theirs))
    for name in ("latitude", "longitude"):
        draft.put(name, location.get(name))


def _read_term(draft: Draft, words: Dictionary, attribute: Thing) -> None:
    term = attribute.get("taxonomy_term")
    if not isinstance(term, dict):
        return
    taxonomy = term.get("taxonomy")
    system = str(taxonomy.get("name") if isinstance(taxonomy, dict) else taxonomy or "")
    code, name = str(term.get("code") or ""), str(term.get("name") or "")
    if words.knows(system, code):
        words.read(draft, system, code)
    elif name:
        words.read(draft, TERM, name)


def _ages(draft: Draft, service: Thing) -> None:
    """Whom a service takes by the ages it says. An age that is not said tells nothing."""
    ages: list[float | None] = []
    for name in ("minimum_age", "maximum_age"):
        given = service.get(name)
        if given in (None, ""):
            ages.append(None)
            continue
        try:
            age = float(given)
        except (TypeError, ValueError, OverflowError):
            age = -1.0
        right = 0 <= age <= OLDEST and not isinstance(given, bool)
        if not right:
            draft.wrong(f"{name} is no age: [{as_written(given)}].", "Write the age in years.")
        ages.append(age if right else None)
    least, most = ages
    if least is not None:
        (draft.yes if least < GROWN else draft.no).add("adolescents")
    if most is not None:
        (draft.yes if most >= GROWN else draft.no).add("adults")
        (draft.yes if most >= OLD else draft.no).add("older_adults")
    elif least is not None and least >= GROWN:
        draft.yes.add("adults")


def _hours(owners: tuple[Thing, ...]) -> str | None:
    for owner in owners:
        parts = []
        for one in objects(owner.get("schedules")):
            days, start, end = (str(one.get(name) or "") for name in ("byday", "opens_at", "closes_at"))
            span = f"{start[:5]}-{end[:5]}".strip("-")
            parts.append(f"{days} {span}".strip() or str(one.get("description") or ""))
        if any(parts):
            return "; ".join(part for part in parts if part)
    return None


# --- a package of tables ---


def _from_tables(package: Path, shown: str) -> Iterator[Thing | BadRow]:
    """Each service at a location, put together from the tables as the JSON form has it; damaged rows first."""
    tables: dict[str, list[Thing]] = {}
    for name in _needed():
        tables[name], damaged = _table(package, shown, name)
        yield from damaged
    yield from _belonging_to_none(tables, shown)
    terms = {one["id"]: one for one in tables["taxonomy_term"]}
    attributes: dict[str, list[Thing]] = {}
    for one in tables["attribute"]:
        found = terms.get(one.get("taxonomy_term_id", ""))
        attributes.setdefault(one.get("link_id", ""), []).append({"taxonomy_term": found})
    for owner, parts in PARTS.items():
        for part, column in parts.items():
            by_owner: dict[str, list[Thing]] = {}
            for one in tables[part]:
                by_owner.setdefault(one.get(column, ""), []).append(one)
            for one in tables[owner]:
                one[PLURAL.get(part, f"{part}s")] = by_owner.get(one["id"], [])
        for one in tables[owner]:
            one["attributes"] = attributes.get(one["id"], [])
    organizations = {one["id"]: one for one in tables["organization"]}
    locations = {one["id"]: one for one in tables["location"]}
    by_service: dict[str, list[Thing]] = {}
    for one in tables["service_at_location"]:
        one["location"] = locations.get(one.get("location_id", ""))
        by_service.setdefault(one.get("service_id", ""), []).append(one)
    for service in tables["service"]:
        service["organization"] = organizations.get(service.get("organization_id", ""))
        service["service_at_locations"] = by_service.pop(service["id"], [])
        yield service
    for lost in by_service.values():  # of a service that no table has: told as a place without a name
        yield {"service_at_locations": lost}


def _needed() -> list[str]:
    parts = [part for parts in PARTS.values() for part in parts]
    return list(dict.fromkeys([*PARTS, *parts, "attribute", "taxonomy_term"]))


def _belonging_to_none(tables: Mapping[str, list[Thing]], shown: str) -> Iterator[BadRow]:
    """Parts, such as a phone number, of something that no table has."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for owner, parts in PARTS.items():
        for part, column in parts.items():
            owners.setdefault(part, []).append((owner, column))
    ids = {owner: {one["id"] for one in tables[owner]} for owner in PARTS}
    for part, several in owners.items():
        for one in tables[part]:
            named = [(owner, one[column]) for owner, column in several if one.get(column)]
            if named and not any(name in ids[owner] for owner, name in named):
                told = ", ".join(f"{owner} [{as_written(name)}]" for owner, name in named)
                where, what = (
                    f"{shown}: {part}.csv",
                    f"[{as_written(one['id'])}] belongs to {told}, which no table has.",
                )
                yield BadRow(where, (Problem(where, what, "Mend it."),), as_raw(one))


def _table(package: Path, shown: str, name: str) -> tuple[list[Thing], list[BadRow]]:
    """The rows of a table, and those that are damaged; none where the package has not got it."""
    where = f"{shown}: {name}.csv"
    try:
        if package.is_dir():
            path = package / f"{name}.csv"
            raw = path.read_bytes() if path.is_file() else b""
        else:
            with zipfile.ZipFile(package) as archive:
                inside = next((one for one in archive.namelist() if one.rpartition("/")[2] == f"{name}.csv"), "")
                raw = archive.read(inside) if inside else b""
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        _fail(where, "is not text in UTF-8.", "Save it as UTF-8.")
    except (csv.Error, OSError, zipfile.BadZipFile) as error:
        _fail(where, f"cannot be read: {error}.", "Mend it, or download it again.")
    if rows and "id" not in rows[0]:
        _fail(where, "has no column [id].", "HSDS 3 has one in each table.")
    good: dict[str, Thing] = {}
    bad: list[BadRow] = []
    for number, row in enumerate(rows, 2):
        what = remedy = ""
        if None in row or None in row.values():
            what, remedy = "has more or fewer cells than there are columns.", "Export the table again."
        elif not row["id"]:
            what, remedy = "has no id.", "HSDS 3 has one in each row."
        elif row["id"] in good:
            what, remedy = f"has the id [{as_written(row['id'])}] of a row before it.", "Give each row its own."
        if what:
            at = f"{where}: row {number}"
            bad.append(BadRow(at, (Problem(at, what, remedy),), as_raw({str(key): cell for key, cell in row.items()})))
        else:
            good[row["id"]] = {key: value for key, value in row.items() if value}
    return list(good.values()), bad


def _fail(where: str, what: str, remedy: str) -> NoReturn:
    raise AnswerError([Problem(where, what, remedy)])
