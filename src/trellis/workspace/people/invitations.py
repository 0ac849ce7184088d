"""Invitations: a letter whose link makes an account or adds a membership, once, within a week, while the inviter may.

Only the SHA-256 of what stands in the link is kept. The letter names nobody, no organisation and no kind of care.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.access.viewer import Upkeep, Viewer, acting_as, upkeep
from trellis.workspace.people.models import Account, Invitation, Membership, Relation
from trellis.workspace.words.tags import voice

DAYS = 7


def summed(token: str) -> str:
    """What is kept of a token.

    >>> summed("a token")[:12]
    'e3316e2bafeb'
    """
    return hashlib.sha256(token.encode()).hexdigest()


def fresh() -> tuple[str, dict[str, Any]]:
    """A new token for a link, and the columns of an invitation that belong to it."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    return token, {"token": summed(token), "until": now + timedelta(days=DAYS), "at": now, "withdrawn": None}


def send(one: Invitation, link: str) -> bool:
    """Send the letter, in the language chosen for it. Whether it left; the day is then kept as ``sent``.

    Args:
        one: the invitation.
        link: the whole address, with the token.
    """
    say = voice(one.language)
    words = "\n\n".join(
        (
            say("workspace.invitation_letter_greeting"),
            say("workspace.invitation_letter_what"),
            link,
            say("workspace.invitation_letter_until", day=say.day(timezone.localtime(one.until).date())),
            say("workspace.invitation_letter_unexpected"),
        )
    )
    try:
        send_mail(say("workspace.invitation_letter_subject"), words, settings.DEFAULT_FROM_EMAIL, [one.email])
    except OSError:  # whatever the mail server said, or none is there
        one.sent = None
        one.save()
        return False
    one.sent = timezone.now()
    one.save()
    return True


def link_to(token: str, base: str) -> str:
    """The whole address of an invitation's page. ``base`` is such as ``https://care.example.org``."""
    return base.rstrip("/") + reverse("invitation", kwargs={"token": token})


def open_with(token: str) -> Invitation | None:
    """The invitation that a link opens, or None: unknown, used, withdrawn or too old, or its inviter may no more."""
    with upkeep("an invitation's link"):
        one = (
            Invitation.objects.select_related("by__account", "organisation", "person")
            .filter(token=summed(token), accepted=None, withdrawn=None, until__gt=timezone.now())
            .first()
        )
    return one if one is not None and still_meant(one) else None


def still_meant(one: Invitation) -> bool:
    """Whether whoever invited could do so today: a right that was lost takes its invitations along."""
    if one.by_id is None:
        return True  # the site's own command, which whoever runs the server called
    now = timezone.now()
    with upkeep("an invitation's inviter", one.organisation_id):
        by = Membership.objects.filter(pk=one.by_id, since__lte=now).exclude(until__lte=now).first()
        if by is None or not by.account.is_active:
            return False
    with acting_as(Viewer(by.account_id, by.pk, by.organisation_id, by.role)):
        try:
            one.must_be_addable()
        except NotAllowed:
            return False
    return True


def accept(token: str, account: Account | None, name: str = "", password: str = "") -> Membership | None:
    """Take an invitation up. Returns the membership, or None where the link opens nothing any more.

    Args:
        token: what stands in the link.
        account: whoever is signed in with the invitation's address; None makes an account.
        name: of the new account.
        password: of the new account.
    """
    with transaction.atomic():
        with upkeep("an invitation's link"):
            locked: Any = models.QuerySet(Invitation).select_for_update().filter(token=summed(token)).first()
        one = open_with(token) if locked is not None else None
        if one is None or (account is not None and account.email.lower() != one.email.lower()):
            return None
        with acting_as(Upkeep("an invitation is taken up", one.organisation_id)):
            if account is None:
                account = Account.objects.create_user(one.email, password, name=name, language=one.language)
            member = _membership(one, account)
            if one.person_id is not None:
                kept = Relation.objects.filter(person=one.person_id, membership=member, kind=one.kind)
                if not kept.filter(until=None).exists():
                    Relation.objects.create(
                        organisation_id=one.organisation_id, person_id=one.person_id, membership=member, kind=one.kind
                    )
            one.accepted = timezone.now()
            one.save()
    return member


def _membership(one: Invitation, account: Account) -> Membership:
    there = Membership.objects.filter(organisation=one.organisation_id, account=account, role=one.role, until=None)
    return there.first() or Membership.objects.create(
        organisation_id=one.organisation_id, account=account, role=one.role
    )
