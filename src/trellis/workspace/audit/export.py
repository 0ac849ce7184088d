"""Taking the audit along: who did what, when, to which kind of thing, and why; never what stood in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

NAMES = ("number", "at", "organisation", "who", "role", "action", "what", "row", "people", "why", "digest")
"""The columns. ``people`` are the keys of those whom an entry is about, with blanks between them."""


def rows(first: date | None = None, last: date | None = None) -> Iterator[tuple[Any, ...]]:
    """The entries of some days (UTC), the oldest first.

    Args:
        first: the first day; from the beginning where it is left out.
        last: the last day; to the end where it is left out.
    """
    entries: QuerySet[Any] = _all("audit", "Entry").order_by("pk")
    if first is not None:
        entries = entries.filter(at__gte=first.isoformat())
    if last is not None:
        entries = entries.filter(at__lt=(last + timedelta(days=1)).isoformat())
    names = dict(_all("people", "Account").values_list("pk", "name"))
    organisations = dict(_all("people", "Organisation").values_list("pk", "name"))
    keys = dict(_all("people", "Person").values_list("pk", "key"))
    about: dict[int, list[int]] = {}
    for entry, person in _all("audit", "AboutPerson").values_list("entry", "person"):
        about.setdefault(entry, []).append(person)
    for one in entries.iterator(chunk_size=2000):
        people = dict.fromkeys([*([one.person_id] if one.person_id else []), *about.get(one.pk, [])])
        yield (
            one.pk, one.at, organisations.get(one.organisation_id, ""), names.get(one.account, ""), one.acting,
            one.action, one.table, one.row, " ".join(keys.get(person, "gone") for person in people),
            one.why, one.digest,
        )  # fmt: skip


def _all(app: str, model: str) -> QuerySet[Any]:
    """What whoever asks may see of a table, without importing its app: the audit stands below all of them."""
    found: QuerySet[Any] = apps.get_model(app, model)._default_manager.all()
    return found
