"""Pages of accounts: one's own, members, invitations, emergency access, and what waits to be sent again."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from trellis.workspace.access.rules import STAFF, Action, Thing, relations_for
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people import again
from trellis.workspace.people import emergency as emergencies
from trellis.workspace.people import invitations as letters
from trellis.workspace.people.account_forms import (
    EmergencyForm,
    FindingForm,
    InviteForm,
    InviteForPersonForm,
    NewAccountForm,
    OwnAccountForm,
    is_role,
    kind_words,
    role_words,
)
from trellis.workspace.people.middleware import MEMBERSHIP, memberships_of
from trellis.workspace.people.models import Account, EmergencyAccess, Invitation, Membership, Person
from trellis.workspace.words.tags import speaking

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LINK = "link_to_hand_over"
ENDED = 50
"""How many memberships that ended stand on the page of members."""


def tell(request: Any, key: str, **slots: Any) -> None:
    """Say something at the top of the next page."""
    messages.success(request, speaking()(f"workspace.{key}", **slots))


# --- one's own ---


@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request: Any) -> HttpResponse:
    """One's own name and language, and the way to the password and the second factor."""
    account = request.user
    form = OwnAccountForm(request.POST or None, initial={"name": account.name, "language": account.language})
    if request.method == "POST" and form.is_valid():
        account.name, account.language = form.cleaned_data["name"], form.cleaned_data["language"]
        account.save(update_fields=["name", "language"])
        translation.activate(account.language)
        tell(request, "account_saved")
        response = redirect("own_account")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            account.language,
            path="/team/",
            samesite="Lax",
            httponly=True,
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
        return response
    several = memberships_of(account.pk)
    page = {"form": form, "several": len(several) > 1, "role": role_words(request.membership.role) if several else ""}
    return render(request, "account/own.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def memberships(request: Any) -> HttpResponse:
    """Choose the organisation, and the role in it, that one works in now."""
    several = memberships_of(request.user.pk)
    if request.method == "POST":
        chosen = next((one for one in several if str(one.pk) == request.POST.get("membership")), None)
        if chosen is None:
            raise Http404
        request.session[MEMBERSHIP] = chosen.pk
        return redirect("home")
    rows = [(one, role_words(one.role), request.membership and one.pk == request.membership.pk) for one in several]
    return render(request, "account/memberships.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: Any) -> HttpResponse:
    """What was sent after the session had ended: to be sent now, or to be thrown away."""
    if request.method == "POST":
        again.drop(request, request.POST.get("key", ""))
        return redirect("kept")
    several = again.waiting(request)
    if not several:
        return redirect("home")
    for one in several:
        one["shown"] = [value for _, value in one["fields"] if value.strip()]
    return render(request, "account/kept.html", {"several": several, "again": again.AGAIN})


# --- members ---


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: Any) -> HttpResponse:
    """Who belongs to the organisation, with which role; change it, end it, take the end back."""
    own = request.membership.organisation
    now = timezone.now()
    wrong = _change_member(request) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        return redirect("members")
    everybody = Membership.objects.filter(organisation=own).select_related("account").order_by("account__name", "pk")
    holding = everybody.exclude(until__lte=now)
    ended = everybody.filter(until__lte=now).order_by("-until", "-pk")[:ENDED]
    page = {
        "rows": [(one, role_words(one.role)) for one in holding],
        "ended": [(one, role_words(one.role)) for one in ended],
        "roles": [(str(role), role_words(role)) for role in STAFF],
        "wrong": wrong and speaking()(f"workspace.members_{wrong}"),
    }
    return render(request, "account/members.html", page, status=422 if wrong else 200)


def _change_member(request: Any) -> str:
    """What cannot be, as the end of its key; empty when it was done."""
    number, what = request.POST.get("member", ""), request.POST.get("what")
    if not number.isdecimal() or what not in ("role", "end", "undo"):
        raise Http404
    with transaction.atomic():
        # Two administrators who end each other at once: one waits, and is then told.
        own: models.QuerySet[Any] = (
            models.QuerySet(Membership).select_for_update().filter(organisation=request.membership.organisation_id)
        )
        list(own.filter(role="administrator").values_list("pk", flat=True))
        one = get_object_or_404(Membership, pk=int(number), organisation=request.membership.organisation_id)
        now = timezone.now()
        role = request.POST.get("role", "")
        if what == "role":
            if not is_role(role) or not one.is_staff or (one.until is not None and one.until <= now):
                raise Http404
            if role == one.role:
                return ""
        leaves = one.role == "administrator" and (what == "end" or (what == "role" and role != "administrator"))
        if leaves and not _another_administrator(one):
            return "last_administrator"
        becomes = role if what == "role" else one.role
        twice = Membership.objects.filter(organisation=one.organisation_id, account=one.account_id, role=becomes)
        if what != "end" and twice.filter(until=None).exclude(pk=one.pk).exists():
            return "has_that_role"
        if what == "role":
            one.role = role
        else:
            one.until = now if what == "end" else None
        one.save()
    tell(request, f"members_{what}_done", name=one.account.name)
    return ""


def _another_administrator(one: Membership) -> bool:
    now = timezone.now()
    others = Membership.objects.filter(organisation=one.organisation_id, role="administrator", since__lte=now)
    return others.exclude(until__lte=now).exclude(pk=one.pk).filter(account__is_active=True).exists()


# --- invitations ---


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Any) -> HttpResponse:
    """Whom one may have invited: sent again, withdrawn, and the withdrawal taken back."""
    if request.method == "POST":
        return _change_invitation(request)
    now = timezone.now()
    several = Invitation.objects.filter(organisation=request.membership.organisation_id).select_related("by__account")
    rows = []
    for one in several[:200]:
        state = (
            "accepted"
            if one.accepted
            else "withdrawn"
            if one.withdrawn
            else "expired"
            if one.until <= now
            else "sent"
            if one.sent
            else "not_sent"
        )
        words = kind_words(one.kind) if one.kind else role_words(one.role)
        rows.append((one, words, state, speaking()(f"workspace.invitation_is_{state}")))
    page = {"rows": rows, "link": request.session.pop(LINK, ""), "may_invite": _may_invite_staff(request)}
    return render(request, "account/invitations.html", page)


def _may_invite_staff(request: Any) -> bool:
    return bool(relations_for(request.membership.role, Thing.MEMBERSHIP, Action.ADD))


def _change_invitation(request: Any) -> HttpResponse:
    number, what = request.POST.get("invitation", ""), request.POST.get("what")
    if not number.isdecimal():
        raise Http404
    one = get_object_or_404(Invitation, pk=int(number), accepted=None)
    if what == "withdraw":
        one.withdrawn = timezone.now()
        one.save()
        tell(request, "invitation_withdraw_done")
    elif what == "undo":
        one.withdrawn = None
        one.save()
        tell(request, "invitation_undo_done")
    elif what == "resend":
        token, columns = letters.fresh()
        for name, value in columns.items():
            setattr(one, name, value)
        one.by = request.membership
        _send(request, one, token)
    else:
        raise Http404
    return redirect("invitations")


def _send(request: Any, one: Invitation, token: str) -> None:
    one.save()
    link = letters.link_to(token, request.build_absolute_uri("/"))
    if letters.send(one, link):
        tell(request, "invitation_sent_done")
    else:
        request.session[LINK] = link  # shown once: only its sum is kept
        messages.error(request, speaking()("workspace.invitation_not_sent_done"))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: Any) -> HttpResponse:
    """Invite somebody to work there."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, form.cleaned_data, {"role": form.cleaned_data["role"]})
    return render(request, "account/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: Any, key: str) -> HttpResponse:
    """Invite the person, somebody close to them, or their court or supervision."""
    person = get_object_or_404(Person, key=key)
    probe = Invitation(
        organisation_id=person.organisation_id, person=person, role="person", kind="self", by=request.membership
    )
    probe.must_be_addable()  # whoever may see the person need not be one who may invite
    form = InviteForPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, form.cleaned_data, {"person": person, **form.cleaned_data["role"]})
    page = {"form": form, "person": person}
    return render(request, "account/invite.html", page, status=422 if form.errors else 200)


def _invite(request: Any, given: dict[str, Any], whom: dict[str, Any]) -> HttpResponse:
    token, columns = letters.fresh()
    one = Invitation(
        organisation_id=request.membership.organisation_id,
        by=request.membership,
        email=given["email"],
        language=given["language"],
        **whom,
        **columns,
    )
    _send(request, one, token)
    return redirect("invitations")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Any, token: str) -> HttpResponse:
    """The page that a letter's link opens: makes an account, or adds a membership to the one that is signed in."""
    one = letters.open_with(token)
    if one is None:
        return render(request, "account/invitation_gone.html", status=404)
    with upkeep("an invitation's link", one.organisation_id):
        there = Account.objects.filter(email__iexact=one.email).first()
    page: dict[str, Any] = {"role": role_words(one.role), "organisation": one.organisation.name}
    if request.user.is_authenticated:
        return _take_up_signed_in(request, one, token, page)
    if there is not None:
        page["sign_in"] = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        return render(request, "account/invitation.html", page)
    form = NewAccountForm(request.POST or None, email=one.email)
    if request.method == "POST" and form.is_valid():
        member = letters.accept(token, None, form.cleaned_data["name"], form.cleaned_data["password1"])
        if member is None:
            return render(request, "account/invitation_gone.html", status=404)
        login(request, member.account, backend=BACKEND)
        record_authentication(request, member.account, method="password")
        request.session[MEMBERSHIP] = member.pk
        return redirect("home")
    page |= {"form": form, "email": one.email}
    return render(request, "account/invitation.html", page, status=422 if form.errors else 200)


def _take_up_signed_in(request: Any, one: Invitation, token: str, page: dict[str, Any]) -> HttpResponse:
    if request.user.email.lower() != one.email.lower():
        return render(request, "account/invitation.html", page | {"another": True})
    if request.method == "POST":
        member = letters.accept(token, request.user)
        if member is None:
            return render(request, "account/invitation_gone.html", status=404)
        request.session[MEMBERSHIP] = member.pk
        return redirect("home")
    return render(request, "account/invitation.html", page | {"join": True})


# --- emergency access ---


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: Any) -> HttpResponse:
    """Open a record without being on the care team, with a reason, for some hours."""
    member = request.membership
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            one = emergencies.open_record(request, member, form.cleaned_data)
        except emergencies.TooManyTriesError:
            form.add_error(None, speaking()("workspace.emergency_too_many"))
            return render(request, "account/emergency.html", {"form": form}, status=429)
        if one is not None:
            tell(request, "emergency_opened")
            with upkeep("the key of the record just opened", member.organisation_id):
                key = one.person.key
            return redirect("person", key=key)
        form.add_error(None, speaking()("workspace.emergency_nobody"))
    now = timezone.now()
    opened = EmergencyAccess.objects.filter(membership=member.pk, until__gt=now).select_related("person")
    page = {"form": form, "opened": opened, "hours": emergencies.HOURS}
    return render(request, "account/emergency.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_reviews(request: Any) -> HttpResponse:
    """Emergency access that somebody must look at, and what was found before."""
    form, number, own = FindingForm(), None, False
    several = EmergencyAccess.objects.filter(organisation=request.membership.organisation_id)
    if request.method == "POST":
        number = request.POST.get("access", "")
        if not number.isdecimal():
            raise Http404
        one = get_object_or_404(several, pk=int(number), reviewed=None)
        form = FindingForm(request.POST)
        if form.is_valid():
            if emergencies.review(one, request.membership, form.cleaned_data["finding"]):
                tell(request, "emergency_reviewed")
                return redirect("emergency_reviews")
            own = True
    several = several.select_related("person", "membership__account", "reviewed_by__account")
    page = {
        "open": several.filter(reviewed=None).order_by("at"),
        "done": several.filter(~Q(reviewed=None)).order_by("-reviewed")[:50],
        "form": form,
        "number": number,
        "own": own,
    }
    return render(request, "account/emergency_reviews.html", page, status=422 if form.errors or own else 200)
