"""Who asks: taken from the session for the length of one request, and what they saw written down at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from trellis.workspace.access.seen import collecting
from trellis.workspace.access.viewer import Viewer, Visitor, acting_as, upkeep
from trellis.workspace.audit.write import write_seen

MEMBERSHIP = "membership"
SECOND_FACTORS = ("totp", "webauthn")
"""Recovery codes alone are none."""
BEFORE_A_SECOND_FACTOR = ("account_logout", "account_reauthenticate", "language")


class WhoAsks:
    """Sets the viewer. Whoever is not signed in, or is in no organisation, asks as nobody: such a query is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.membership = None
        if not request.path.startswith("/team/"):
            return self.get_response(request)
        if request.user.is_authenticated:
            request.membership = membership_of(request)
        if request.membership is None:
            with acting_as(Visitor(request.user.pk)):
                return self.get_response(request)
        member = request.membership
        viewer = Viewer(member.account_id, member.pk, member.organisation_id, member.role)
        with acting_as(viewer), collecting() as seen, timezone.override(member.organisation.zone):
            _speak(request, member.account.language)
            response = self.get_response(request)
            match = getattr(request, "resolver_match", None)
            write_seen(seen, (match.view_name if match else "") or "")
        return response


def _speak(request: Any, language: str) -> None:
    """In the account's language, where none was chosen in this browser."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = language


class StaffHasASecondFactor:
    """Whoever works there sets up a second factor before anything else. Not in the demonstration: nobody is real."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        """Lead to its set-up until it is there."""
        member, name = request.membership, request.resolver_match.view_name
        if settings.DEMO or member is None or not member.is_staff or member.has_second_factor:
            return None
        if name in BEFORE_A_SECOND_FACTOR or name.startswith("mfa_"):
            return None
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": "/team/account/2fa/"})
        return redirect("mfa_index")


def membership_of(request: Any) -> Any:
    """The membership that somebody works in now: the one chosen, or the first that holds today."""
    several = memberships_of(request.user.pk)
    chosen = request.session.get(MEMBERSHIP)
    return next((one for one in several if one.pk == chosen), several[0] if several else None)


def memberships_of(account: int) -> list[Any]:
    """The memberships of an account that hold today, each with its second factor and an emergency that is open."""
    from allauth.mfa.models import Authenticator

    from trellis.workspace.people.models import EmergencyAccess, Membership

    now = timezone.now()
    opened: QuerySet[Any] = (
        QuerySet(EmergencyAccess).filter(membership_id=OuterRef("pk"), until__gt=now).order_by("-until")
    )
    with upkeep("which membership this is"):
        mine = Membership.objects.filter(account=account, since__lte=now).exclude(until__lte=now)
        mine = mine.select_related("organisation", "account").order_by("pk")
        return list(
            mine.annotate(
                has_second_factor=Exists(
                    Authenticator.objects.filter(user_id=OuterRef("account_id"), type__in=SECOND_FACTORS)
                ),
                emergency_until=Subquery(opened.values("until")[:1]),
            )
        )
