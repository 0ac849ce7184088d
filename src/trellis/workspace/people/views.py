"""Pages of people: who is in care with whoever asks, and one person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from trellis.workspace.people.forms import PersonForm
from trellis.workspace.people.models import Person, Relation


def caseload(request: Any) -> HttpResponse:
    """Everybody whom whoever asks may see."""
    people = Person.objects.filter(closed=None)
    return render(request, "people/caseload.html", {"people": people})


def person(request: Any, key: str) -> HttpResponse:
    """One person."""
    one = get_object_or_404(Person, key=key)
    relations = Relation.objects.filter(person=one).select_related("membership__account")
    return render(request, "people/person.html", {"person": one, "relations": relations})


def add(request: Any) -> HttpResponse:
    """A new person. Whoever adds them is on their care team, where they treat."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = form.keep(request.membership)
        return redirect("person", key=one.key)
    return render(request, "people/add.html", {"form": form}, status=422 if form.errors else 200)
