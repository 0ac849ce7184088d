"""Pages of people: a new person, and who looked at a record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from trellis.workspace.audit.models import AboutPerson, Entry
from trellis.workspace.people.forms import PersonForm
from trellis.workspace.people.models import Person


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
    entries = Entry.objects.filter(pk__in=numbers) | Entry.objects.filter(person_id=one.pk)
    return render(request, "people/seen_by.html", {"person": one, "entries": entries.order_by("-pk")[:200]})
