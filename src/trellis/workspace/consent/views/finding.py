"""Finding what a page is about, as whoever asks may: what they may not see is not there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from trellis.workspace.access.relations import may_about
from trellis.workspace.access.routes import ROUTES
from trellis.workspace.access.rules import Thing
from trellis.workspace.consent.models import Consent, ConsentScope
from trellis.workspace.people.models import Person


def person_for(key: str, thing: Thing, action: str = "see") -> Person:
    """The person, where whoever asks may see them and may do an action to such things of theirs. Raises ``Http404``."""
    one: Person = get_object_or_404(Person, key=key)
    if not may_about(one, thing, action):
        raise Http404
    return one


def consent_for(key: str, action: str = "see") -> tuple[Consent, tuple[str, ...]]:
    """A consent and what it names. Raises ``Http404``."""
    one: Consent = get_object_or_404(Consent.objects.select_related("person"), key=key)
    if not one.may(action):
        raise Http404
    return one, tuple(ConsentScope.objects.filter(consent=one).order_by("pk").values_list("scope", flat=True))


def page(request: Any, name: str, form: Any = None, **told: Any) -> HttpResponse:
    """A page of this part; 422 where its form is wrong."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"consent/{name}.html", {"form": form, **told}, status=status)


def can_open(role: str, route: str) -> bool:
    """Whether a role has a rule for an address."""
    return role in ROUTES[route].roles
