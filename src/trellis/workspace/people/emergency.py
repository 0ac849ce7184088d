"""Emergency access (45 CFR 164.312(a)(2)(ii)): a record opened by who is not on the care team, for a few hours.

Nobody is found by trying: only the number of the record, or the whole name with the date of birth, opens it; a wrong
guess is answered in the same words as any other, is counted, and is written down. Supervisors are told at once.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from trellis.workspace.access.rules import Action, Thing, relations_for
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.audit.write import write
from trellis.workspace.people.models import EmergencyAccess, Membership, Person
from trellis.workspace.words.tags import voice

HOURS = 4
TRIES = "5/h/key"
"""Wrong guesses of one member, after which the page answers nobody for an hour."""


class TooManyTriesError(Exception):
    """Too many wrong guesses of one member."""


def find(member: Membership, *, chart: str = "", name: str = "", born: date | None = None) -> Person | None:
    """The one person of the member's organisation whom all that was given fits; None for none, and for several."""
    with upkeep("emergency access: somebody who is known exactly", member.organisation_id):
        people = Person.objects.filter(organisation=member.organisation_id)
        if chart:
            people = people.filter(chart=chart.strip()).exclude(chart="")
        if name:
            people = people.filter(name__iexact=" ".join(name.split()))
        if born is not None:
            people = people.filter(born=born)
        found = list(people[:2]) if chart or (name and born) else []
    return found[0] if len(found) == 1 else None


def open_record(request: Any, member: Membership, given: dict[str, Any]) -> EmergencyAccess | None:
    """Open a record, or write a wrong guess down.

    Args:
        request: whose tries are counted.
        member: who opens it.
        given: ``chart``, ``name``, ``born`` and ``reason``.

    Raises:
        TooManyTriesError: after too many wrong guesses.
    """
    tries = {"app": "trellis", "action": "emergency", "config": {"emergency": TRIES}, "key": f"emergency-{member.pk}"}
    if not ratelimit.consume(request, dry_run=True, **tries):
        write("refused", table="people_emergency_access", what={"too_many": True})
        raise TooManyTriesError
    person = find(member, chart=given["chart"], name=given["name"], born=given["born"])
    if person is None:
        ratelimit.consume(request, **tries)
        write("refused", table="people_emergency_access", why=given["reason"])
        return None
    now = timezone.now()
    with transaction.atomic():
        one = EmergencyAccess(
            organisation_id=member.organisation_id,
            person=person,
            membership=member,
            reason=given["reason"],
            at=now,
            until=now + timedelta(hours=HOURS),
        )
        one.save()
        write(
            "emergency_access",
            table="people_emergency_access",
            row=one.pk,
            person=person.pk,
            what={"until": one.until.isoformat()},
            why=given["reason"],
        )
    tell_supervisors(member.organisation_id, request.build_absolute_uri("/team/"))
    return one


def tell_supervisors(organisation: int, link: str) -> None:
    """A letter to whoever looks at it, which names nobody. What cannot be sent stands in their list all the same."""
    roles = [
        role
        for role in ("supervisor", "clinician", "administrator")
        if relations_for(role, Thing.EMERGENCY_ACCESS, Action.CHANGE)
    ]
    now = timezone.now()
    with upkeep("supervisors are told of an emergency access", organisation):
        members = Membership.objects.filter(organisation=organisation, role__in=roles, since__lte=now)
        accounts = [one.account for one in members.exclude(until__lte=now).select_related("account")]
    for account in accounts:
        say = voice(account.language)
        words = f"{say('workspace.emergency_letter_what')}\n\n{link}"
        try:
            send_mail(say("workspace.emergency_letter_subject"), words, settings.DEFAULT_FROM_EMAIL, [account.email])
        except OSError:  # one address that is refused keeps no letter from the others
            continue


def review(one: EmergencyAccess, by: Membership, finding: str) -> bool:
    """Keep what somebody found who looked at it. False where they opened it themselves."""
    with upkeep("whose emergency access this is", by.organisation_id):
        if one.membership.account_id == by.account_id:
            return False
    one.reviewed_by, one.reviewed, one.finding = by, timezone.now(), finding
    one.save()
    return True
