"""Nothing typed is lost when somebody was signed out meanwhile: what they sent waits for them, and for nobody else.

A form that arrives after the session ended, or from a page made for an earlier one, is put into the browser's new
session, on the server, under the account and membership that were signed in here before (a signed cookie that holds two
numbers says so). It is shown after the same account has signed in, and is sent with one button; the sign-in of another
account drops it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from trellis.workspace.access.routes import ANYBODY, ROUTES
from trellis.workspace.people.keys import new_key

COOKIE = "was_signed_in"
SALT = "trellis.was_signed_in"
KEPT = "kept_forms"
AGAIN = "sent_again"
"""The field of a form that is sent again, with the key under which it was kept."""
MOST = 1024 * 1024
"""Letters of all that is kept for one browser."""
SEVERAL = 5
HOURS = 12
"""How long it waits for somebody to sign in."""
NEVER = ("csrfmiddlewaretoken", AGAIN)
LIBRARY = ("account_", "mfa_")
IN_PLACE = ("assessment_answer", "assessment_minutes")
"""Where a page saves field by field it stays where it is, says at the field that it is not saved, and tries again
itself once somebody has signed in elsewhere."""
NOTHING_TYPED = ("invitation", "language", "kept", "memberships")
"""Addresses whose forms hold a password or a code, or nothing that anybody typed."""


class NothingTypedIsLost:
    """Says to the next session whose the last one was, and forgets a kept form once it has been taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/team/"):
            return response
        match = getattr(request, "resolver_match", None)
        if request.user.is_authenticated:
            _say_who(request, response)
            again = request.POST.get(AGAIN) if request.method == "POST" else None
            # A page that answers 422 shows what was sent with what is wrong in it: it has taken it over.
            if again and (response.status_code < 400 or response.status_code == 422):
                drop(request, again)
        elif match is not None and match.view_name == "account_logout":
            response.delete_cookie(COOKIE, path="/team/")
        return response

    def process_view(self, request: Any, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        """Whoever must sign in is led there, before the rule of the address is asked; what they sent is kept."""
        rule = ROUTES.get(request.resolver_match.view_name)
        if rule is None or rule.who == ANYBODY or request.user.is_authenticated:
            return None
        return to_sign_in(request)


def _say_who(request: Any, response: HttpResponse) -> None:
    member = getattr(request, "membership", None)
    value = f"{request.user.pk}:{member.pk if member else ''}"
    if _cookie(request) != value:
        response.set_signed_cookie(
            COOKIE,
            value,
            salt=SALT,
            path="/team/",
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


def _cookie(request: Any) -> str:
    try:
        return str(request.get_signed_cookie(COOKIE, default="", salt=SALT))
    except BadSignature:
        return ""


def who_it_was(request: Any) -> tuple[int, int | None] | None:
    """The account and the membership that this browser was signed in with last, or None."""
    account, _, membership = _cookie(request).partition(":")
    return (int(account), int(membership) if membership else None) if account.isdecimal() else None


def to_sign_in(request: Any) -> HttpResponse:
    """Where somebody who is not signed in goes: to sign in, and then on; what they sent is kept."""
    onward = request.path
    if request.htmx and request.resolver_match.view_name in IN_PLACE:
        return HttpResponse(status=401)
    if request.method not in ("GET", "HEAD"):
        onward = reverse("kept") if keep(request) else reverse("home")
    elif request.htmx:
        onward = urlsplit(request.htmx.current_url_abs_path or reverse("home")).path
    return _onward(request, f"{reverse('account_login')}?{urlencode({'next': onward})}")


def form_is_old(request: Any, reason: str = "") -> HttpResponse:
    """A form from a page made before a newer sign-in: kept, where it came from a page of this site; else refused."""
    if request.htmx and request.resolver_match.view_name in IN_PLACE:
        return HttpResponse(status=403)
    if not _from_here(request) or request.POST.get(AGAIN) or not keep(request):
        return render(request, "site/form_is_old.html", status=403)
    if request.user.is_authenticated:
        return _onward(request, reverse("kept"))
    return _onward(request, f"{reverse('account_login')}?{urlencode({'next': reverse('kept')})}")


def _onward(request: Any, address: str) -> HttpResponse:
    if request.htmx:  # it would put the sign-in page into a part of the page
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _from_here(request: Any) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def keep(request: Any) -> bool:
    """Keep what was sent for whoever was signed in. Whether there was somebody, and something to keep."""
    match = request.resolver_match
    was = (request.user.pk, request.membership.pk) if request.membership else who_it_was(request)
    if was is None or match is None or match.view_name.startswith(LIBRARY) or match.view_name in NOTHING_TYPED:
        return False
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER and "password" not in name
    ]
    too_long = sum(len(name) + len(value) for name, value in fields) > MOST
    one: dict[str, Any] = {
        "key": new_key(),
        "account": was[0],
        "membership": was[1],
        "path": request.get_full_path(),
        "fields": [] if too_long else fields,
        "left_out": bool(request.FILES) or too_long,
    }
    others = [other for other in _all(request) if other["account"] == was[0]]
    while others and (len(others) >= SEVERAL or sum(map(_size, [*others, one])) > MOST):
        others.pop(0)
    request.session[KEPT] = [*others, one]
    if not request.user.is_authenticated:
        request.session.set_expiry(HOURS * 3600)
    return True


def _size(one: dict[str, Any]) -> int:
    return sum(len(name) + len(value) for name, value in one["fields"])


def _all(request: Any) -> list[dict[str, Any]]:
    return list(request.session.get(KEPT, []))


def waiting(request: Any) -> list[dict[str, Any]]:
    """What waits for whoever is signed in now, in the organisation that they work in now."""
    member = request.membership.pk if request.membership else None
    return [one for one in _all(request) if (one["account"], one["membership"]) == (request.user.pk, member)]


def drop(request: Any, key: str) -> None:
    """Forget one."""
    request.session[KEPT] = [one for one in _all(request) if one["key"] != key]


def signed_in(request: Any, account: int) -> int | None:
    """Somebody signed in: what waits for another account is gone. Returns the membership they worked in before."""
    kept = [one for one in _all(request) if one["account"] == account]
    if KEPT in request.session:
        request.session[KEPT] = kept
    request.session.set_expiry(None)
    was = who_it_was(request)
    return was[1] if was is not None and was[0] == account else None
