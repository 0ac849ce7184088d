"""Default deny for addresses: one without a rule in :mod:`trellis.workspace.access.routes` is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from trellis.workspace.access.routes import ANYBODY, ROUTES, SIGNED_IN


class EveryRouteHasARule:
    """Answers as if there were no such page where no rule lets somebody see it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        """Look the address up before its view runs."""
        name = request.resolver_match.view_name
        rule = ROUTES.get(name)
        if rule is None:
            raise Http404
        if rule.who == ANYBODY:
            return None
        if not request.user.is_authenticated:
            return redirect(f"/team/account/login/?next={request.path}")
        if rule.who != SIGNED_IN and (request.membership is None or request.membership.role not in rule.roles):
            raise Http404
        return None
