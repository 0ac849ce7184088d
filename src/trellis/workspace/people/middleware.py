"""Who asks: taken from the session for the length of one request, and what they saw written down at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from trellis.workspace.access.viewer import Viewer, acting_as, upkeep
from trellis.workspace.audit.seen import collecting
from trellis.workspace.audit.write import write_seen

MEMBERSHIP = "membership"


class WhoAsks:
    """Sets the viewer. Whoever is not signed in, or is in no organisation, asks as nobody: such a query is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.membership = None
        if not request.path.startswith("/work/"):
            return self.get_response(request)
        if request.user.is_authenticated:
            request.membership = membership_of(request)
        if request.membership is None:
            with upkeep("signing in"):
                return self.get_response(request)
        member = request.membership
        viewer = Viewer(member.account_id, member.pk, member.organisation_id, member.role)
        with acting_as(viewer), collecting() as seen, timezone.override(member.organisation.zone):
            response = self.get_response(request)
            match = getattr(request, "resolver_match", None)
            write_seen(seen, (match.view_name if match else "") or "")
        return response


def membership_of(request: Any) -> Any:
    """The membership that somebody works in now: the one chosen, or the only one that holds today."""
    from trellis.workspace.people.models import Membership

    with upkeep("which membership this is"):
        now = timezone.now()
        mine = Membership.objects.filter(account=request.user.pk, since__lte=now).exclude(until__lte=now)
        mine = mine.select_related("organisation", "account").order_by("pk")
        chosen = request.session.get(MEMBERSHIP)
        several = list(mine)
    return next((one for one in several if one.pk == chosen), several[0] if several else None)
