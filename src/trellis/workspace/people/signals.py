"""Sign-in, failed sign-in, sign-out and second factors are written down, whichever page or library did them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from allauth.mfa import signals as factors
from django.contrib.auth import signals
from django.dispatch import receiver

from trellis.workspace.access.viewer import Upkeep, Viewer, acting_as
from trellis.workspace.audit.write import write
from trellis.workspace.people import again
from trellis.workspace.people.middleware import MEMBERSHIP, membership_of, memberships_of
from trellis.workspace.people.models import Account


def _as(member: Any) -> AbstractContextManager[Any]:
    return acting_as(
        Upkeep("signing in")
        if member is None
        else Viewer(member.account_id, member.pk, member.organisation_id, member.role)
    )


def _refused(account: Account | None, table: str) -> None:
    """In the chain of the account's organisation, where there is one: its administrator looks there."""
    mine = memberships_of(account.pk) if account is not None else []
    with acting_as(Upkeep("signing in", mine[0].organisation_id if mine else None)):
        write("refused", table=table, row=account.pk if account is not None else "")


@receiver(signals.user_logged_in, dispatch_uid="audit_signed_in")
def signed_in(request: Any, user: Any, **_: Any) -> None:
    """Somebody is in."""
    if request is None or not hasattr(request, "membership"):
        return
    before = again.signed_in(request, user.pk)
    if before is not None:
        request.session[MEMBERSHIP] = before
    with _as(membership_of(request)):
        write("signed_in", table="people_account", row=user.pk)


@receiver(signals.user_logged_out, dispatch_uid="audit_signed_out")
def signed_out(request: Any, user: Any, **_: Any) -> None:
    """Somebody went."""
    if user is not None and getattr(request, "membership", None) is not None:
        with _as(request.membership):
            write("signed_out", table="people_account", row=user.pk)


@receiver(signals.user_login_failed, dispatch_uid="audit_sign_in_failed")
def sign_in_failed(credentials: Any, **_: Any) -> None:
    """A wrong password, or no such account: the address that was tried is not written down."""
    account = Account.objects.filter(email__iexact=credentials.get("email") or "").first()
    _refused(account, "account_login")


@receiver(factors.authentication_failed, dispatch_uid="audit_factor_failed")
def factor_failed(user: Any, **_: Any) -> None:
    """A wrong code."""
    _refused(user, "mfa_authenticate")


@receiver(factors.authenticator_added, dispatch_uid="audit_factor_added")
@receiver(factors.authenticator_removed, dispatch_uid="audit_factor_removed")
@receiver(factors.authenticator_reset, dispatch_uid="audit_factor_reset")
def factor_changed(signal: Any, request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    """A second factor came or went. The row itself is written down by its table's trigger."""
    word = {id(factors.authenticator_added): "factor_added", id(factors.authenticator_removed): "factor_removed"}
    with _as(getattr(request, "membership", None)):
        write(
            word.get(id(signal), "factor_reset"),
            table="people_account",
            row=user.pk,
            what={"type": str(authenticator.type)},
        )
