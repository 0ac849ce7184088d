"""The front page with its two doors, and the pages that tell of faults without telling anything else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.views.decorators.http import require_POST

from trellis.workspace.access.rules import Role
from trellis.workspace.people.models import Person

LANGUAGES = ("en", "es")


def front(request: HttpRequest) -> HttpResponse:
    """Two doors: the guide, for anybody; the workspace, for who has an account. No cookie, no session."""
    activate(_wished(request))
    return render(request, "site/front.html")


def home(request: Any) -> HttpResponse:
    """Where somebody begins: the page of their role."""
    member = request.membership
    if member is None:
        return render(request, "site/no_organisation.html", status=403)
    if member.role in (Role.PERSON, Role.FAMILY):
        several = list(Person.objects.all()[:2])
        if len(several) == 1:  # a list of one would only stand in the way
            return redirect("person", key=several[0].key)
    return redirect("caseload")


@require_POST
def language(request: Any) -> HttpResponse:
    """Change the language of the workspace."""
    wished = request.POST.get("language", "en")
    back = request.POST.get("next", "/team/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/team/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        "django_language", wished if wished in LANGUAGES else "en", path="/team/", samesite="Lax", httponly=True
    )
    return response


def _wished(request: HttpRequest) -> str:
    asked = request.GET.get("lang") or request.headers.get("Accept-Language", "en")[:2]
    return asked if asked in LANGUAGES else "en"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or none that this person may see: the same words for both."""
    return render(request, "site/not_found.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What may not be done is answered as what is not there."""
    return render(request, "site/not_found.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """Something in the program failed."""
    return render(request, "site/fault.html", status=500)
