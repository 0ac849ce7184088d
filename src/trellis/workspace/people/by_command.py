"""What whoever runs the server does without a page: a first organisation, who belongs to one, and the end of that."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from trellis.errors import Problem, TrellisError
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people import invitations
from trellis.workspace.people.models import Invitation, Membership, Organisation

LANGUAGES = ("en", "es")
PORT = 8000
"""Where ``trellis workspace serve`` listens when nothing else is said."""


class CannotBeError(TrellisError):
    """A command names what is not there, or what cannot be."""


def add_organisation(name: str, email: str, language: str = "en", address: str | None = None) -> str:
    """Add an organisation, and an invitation for its first administrator. Returns the link.

    Args:
        name: its name. Raises :class:`CannotBeError` for one that is there already.
        email: the administrator's address. Raises :class:`CannotBeError` for what is none.
        language: ``en`` or ``es``.
        address: how the site is reached; taken from the settings when left out.
    """
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > 200:
        raise CannotBeError([Problem("NAME", "has to be between 1 and 200 letters long.", "Give another name.")])
    if language not in LANGUAGES:
        raise CannotBeError([Problem("--language", "is none of ours.", "Give en or es.")])
    try:
        validate_email(email)
    except ValidationError:
        raise CannotBeError(
            [Problem("--administrator", "is no e-mail address.", "Give one, such as a@b.org.")]
        ) from None
    with upkeep("a command adds an organisation"), transaction.atomic():
        if Organisation.objects.filter(name__iexact=wanted).exists():
            raise CannotBeError([Problem(wanted, "is there already.", "Its administrator invites others on the site.")])
        own = Organisation.objects.create(name=wanted)
        token, columns = invitations.fresh()
        Invitation.objects.create(
            organisation=own, email=email.lower(), role="administrator", language=language, **columns
        )
    return invitations.link_to(token, address or _address())


def _address() -> str:
    host = str(settings.ALLOWED_HOSTS[0])
    return f"https://{host}" if settings.SECURE_SSL_REDIRECT else f"http://{host}:{PORT}"


def _organisation(name: str) -> Organisation:
    found = list(Organisation.objects.filter(name__iexact=" ".join(name.split())))
    if len(found) != 1:
        raise CannotBeError([Problem(name, "is no organization of this site.", "Give its name as its members see it.")])
    return found[0]


def members(organisation: str) -> list[dict[str, Any]]:
    """Who belongs to an organisation, and who did. Raises :class:`CannotBeError` for one that is not there."""
    with upkeep("a command lists members"):
        several = Membership.objects.filter(organisation=_organisation(organisation)).select_related("account")
        return [
            {
                "email": one.account.email,
                "role": one.role,
                "since": one.since.isoformat(),
                "until": one.until.isoformat() if one.until else "",
            }
            for one in several.order_by("account__email", "pk")
        ]


def end_member(organisation: str, email: str) -> int:
    """End what an account is in an organisation. Returns how many memberships ended.

    Args:
        organisation: its name. Raises :class:`CannotBeError` for one that is not there.
        email: whose. Raises :class:`CannotBeError` where nothing holds, and for the last administrator.
    """
    now = timezone.now()
    with upkeep("a command ends a membership"), transaction.atomic():
        own = _organisation(organisation)
        holding = Membership.objects.filter(organisation=own).exclude(until__lte=now)
        theirs = holding.filter(account__email__iexact=email)
        if not theirs.exists():
            raise CannotBeError([Problem(email, "is no member there.", "See: trellis workspace member list")])
        left = holding.filter(role="administrator").exclude(account__email__iexact=email)
        if theirs.filter(role="administrator").exists() and not left.exists():
            raise CannotBeError([Problem(email, "is the last administrator.", "Make somebody else one first.")])
        return theirs.update(until=now)
