"""Tasks: an owner, a clock, and somebody else who is told when nobody acts in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trellis.workspace.access.viewer import upkeep
from trellis.workspace.assessment.models import Form, Task
from trellis.workspace.people.models import Membership, Relation
from trellis.workspace.words.tags import voice

LOOK_WITHIN = timedelta(hours=1)
"""Until somebody must have looked at danger told on a form. It is ours; a caution of PHQ-9 asks for the same day."""
OWNERS = ("clinician", "case_manager")


def now() -> datetime:
    """The moment; tests move it."""
    return timezone.now()


def open_urgent(form: Form, kind: str, at: datetime) -> Task:
    """The urgent task of a form, opened once; its owner leads the person's care, or else is the first on the team."""
    with upkeep("an urgent task from a form", form.organisation_id):
        there: Task | None = Task.objects.filter(form=form, kind=kind).order_by("pk").first()
        if there is not None:
            return there
        owner = lead(form.person_id, at) or first_of(form.organisation_id, "supervisor", at)
        task = Task(
            organisation_id=form.organisation_id,
            person_id=form.person_id,
            kind=kind,
            form=form,
            urgent=True,
            owner=owner,
            made=at,
            due=at + LOOK_WITHIN,
        )
        task.save()
        _tell(owner)
    return task


def lead(person: int, at: datetime) -> Membership | None:
    """Who leads the care of a person at a moment; else the first clinician, then anybody on the team who treats."""
    team = Relation.objects.filter(
        Q(until=None) | Q(until__gt=at), person_id=person, kind="care_team", membership__role__in=OWNERS
    )
    team = team.filter(Q(membership__until=None) | Q(membership__until__gt=at)).select_related("membership__account")
    several = sorted(team, key=lambda one: (not one.leads, OWNERS.index(one.membership.role), one.since, one.pk))
    return several[0].membership if several else None


def first_of(organisation: int, role: str, at: datetime) -> Membership | None:
    """The first member of an organisation with a role, or None."""
    members = Membership.objects.filter(Q(until=None) | Q(until__gt=at), organisation_id=organisation, role=role)
    found: Membership | None = members.select_related("account").order_by("pk").first()
    return found


def escalate(at: datetime | None = None, organisation: int | None = None) -> int:
    """Give every urgent task that nobody did in time to a supervisor too; without one, to an administrator's notice.

    Args:
        at: the moment; now when left out.
        organisation: only of this one; all when left out.

    Returns:
        how many were escalated.
    """
    at = at or now()
    with upkeep("urgent tasks that nobody did in time", organisation), transaction.atomic():
        late = Task.objects.filter(urgent=True, done=None, escalated=None, due__lte=at)
        if organisation is not None:
            late = late.filter(organisation_id=organisation)
        several = list(late.select_for_update(of=("self",)))
        for task in several:
            task.escalated = at
            task.escalated_to = first_of(task.organisation_id, "supervisor", at)
            task.save(update_fields=("escalated", "escalated_to"))
            _tell(task.escalated_to or first_of(task.organisation_id, "administrator", at))
    return len(several)


def _tell(member: Any) -> None:
    """A letter that something urgent waits; it says nothing of anybody. A letter that fails stops nothing."""
    if member is None:
        return
    say = voice(member.account.language)
    letter = say("workspace.task_letter_subject"), say("workspace.task_letter")
    transaction.on_commit(lambda: send_mail(*letter, None, [member.account.email], fail_silently=True))
