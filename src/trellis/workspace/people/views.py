"""A new person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.workspace.people.forms import PersonForm


def add(request: Any) -> HttpResponse:
    """A new person. Whoever adds them is on their care team, where they treat."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = form.keep(request.membership)
        return redirect("person", key=one.key)
    return render(request, "people/add.html", {"form": form}, status=422 if form.errors else 200)
