"""Pages of people: a new person, and who looked at a record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from trellis.workspace.access.rules import Role
from trellis.workspace.audit.models import AboutPerson, Entry
from trellis.workspace.people.forms import PersonForm
from trellis.workspace.people.models import Account, Person
from trellis.workspace.site.tags import speaking

ENTRIES = 50
DONE = ("saw", "added", "changed", "removed", "exported", "refused", "signed_in")


def add(request: Any) -> HttpResponse:
    """A new person. Whoever adds them is on their care team, where they treat."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = form.keep(request.membership)
        return redirect("person", key=one.key)
    return render(request, "people/add.html", {"form": form}, status=422 if form.errors else 200)


def seen_by(request: Any, key: str) -> HttpResponse:
    """Who looked at a person's record, and who changed it."""
    one = get_object_or_404(Person, key=key)
    numbers = AboutPerson.objects.filter(person=one.pk).values("entry")
    entries = Entry.objects.filter(Q(pk__in=numbers) | Q(person_id=one.pk)).order_by("-pk")
    page = Paginator(entries, ENTRIES).get_page(request.GET.get("page"))
    several = list(page)
    accounts = Account.objects.in_bulk({entry.account for entry in several if entry.account})
    rows = [_seen(entry, accounts.get(entry.account)) for entry in several]
    return render(request, "people/seen_by.html", {"person": one, "rows": rows, "page": page})


def _seen(entry: Entry, account: Account | None) -> dict[str, Any]:
    say = speaking()
    by_a_member = entry.acting in set(Role)
    return {
        "at": datetime.fromisoformat(entry.at),
        "who": account.name if account else say("workspace.seen_by_program"),
        "role": say(f"workspace.role_{entry.acting}") if by_a_member else "",
        "what": say(f"workspace.did_{entry.action}") if entry.action in DONE else entry.action,
    }
