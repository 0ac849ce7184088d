"""Signing in to the demonstration: everybody is listed, and one tap is enough. Not there where it is off."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from trellis.workspace.access.rules import Role
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people.middleware import MEMBERSHIP
from trellis.workspace.people.models import Membership
from trellis.workspace.words.tags import speaking

ORDER = [str(role) for role in ("clinician", "case_manager", "supervisor", "peer", "person", "family", "liaison",
                                "administrator")]  # fmt: skip
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _members() -> list[Membership]:
    if not settings.DEMO:
        raise Http404
    with upkeep("who can be chosen in the demonstration"):
        members = Membership.objects.filter(organisation__demo=True, until=None)
        several = list(members.select_related("organisation", "account"))
    return sorted(several, key=lambda one: (one.organisation_id, ORDER.index(one.role), one.pk))


@require_safe
def choose(request: Any) -> HttpResponse:
    """Everybody who can sign in, by organization and role, with what one can try as each."""
    told = []
    for organisation, some in groupby(_members(), key=lambda one: one.organisation):
        roles = [
            (role, speaking()(f"workspace.demo_try_{Role(role)}"), list(members))
            for role, members in groupby(some, key=lambda one: one.role)
        ]
        told.append((organisation, roles))
    return render(request, "demo/sign_in.html", {"organisations": told, "next": request.GET.get("next", "")})


@require_POST
def enter(request: Any) -> HttpResponse:
    """Sign in as whoever was chosen."""
    chosen = next((one for one in _members() if str(one.pk) == request.POST.get("member")), None)
    if chosen is None:
        raise Http404
    login(request, chosen.account, backend=BACKEND)
    request.session[MEMBERSHIP] = chosen.pk
    wished = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wished, allowed_hosts={request.get_host()})
    return redirect(wished if safe and wished.startswith("/team/") else "home")
