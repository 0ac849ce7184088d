"""A relation as a condition of a query: the same for one thing and for many."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from trellis.workspace.access.rules import Relates, Thing, relations_for
from trellis.workspace.access.viewer import Asking, Upkeep, Viewer, asking

NOTHING = Q(pk__in=[])
TEAM = "care_team"
SELF = "self"


def condition(thing: Thing, action: str, person: str, who: Asking | None = None) -> Q:
    """Which rows of a thing somebody may do an action to.

    Args:
        thing: what the rows are.
        action: one of :class:`~trellis.workspace.access.rules.Action`.
        person: the path from a row to its person's number, such as ``person_id``; empty where it is about no person.
        who: who asks; whoever asks now when left out.
    """
    who = who or asking()
    if isinstance(who, Upkeep):
        return Q()
    if not isinstance(who, Viewer):
        return NOTHING
    own = "pk" if thing is Thing.ORGANISATION else "organisation_id"
    together = NOTHING
    for relation in relations_for(who.role, thing, action):
        if relation is Relates.ORGANISATION:  # an empty condition joined by "or" would be lost
            return Q(**{own: who.organisation})
        together |= _by_relation(relation, thing, person, who)
    return Q(**{own: who.organisation}) & together


def _by_relation(relation: Relates, thing: Thing, person: str, who: Viewer) -> Q:
    match relation:
        case Relates.ORGANISATION:
            return Q(pk__isnull=False)
        case Relates.AUTHOR:
            return Q(author_id=who.membership)
        case Relates.OWN:
            return Q(pk=who.membership) if thing is Thing.MEMBERSHIP else Q(membership_id=who.membership)
        case Relates.CARE_TEAM:
            return _tied(person, who, TEAM)
        case Relates.SELF:
            return _tied(person, who, SELF)
        case Relates.CONSENTED:
            return _consented(person, who, thing)
        case Relates.EMERGENCY:
            opened = _all("people", "EmergencyAccess")
            return Q(
                Exists(
                    opened.filter(person_id=OuterRef(person), membership_id=who.membership, until__gt=timezone.now())
                )
            )


def _tied(person: str, who: Viewer, kind: str) -> Q:
    now = timezone.now()
    ties = _all("people", "Relation").filter(person_id=OuterRef(person), membership_id=who.membership, kind=kind)
    return Q(Exists(ties.filter(Q(until=None) | Q(until__gt=now), since__lte=now)))


def _consented(person: str, who: Viewer, thing: Thing) -> Q:
    """A tie of any kind, and a consent that holds now and names this member and this kind of thing."""
    now = timezone.now()
    scopes = _all("consent", "ConsentScope").filter(
        Q(consent__until=None) | Q(consent__until__gt=now),
        scope=thing,
        consent__person_id=OuterRef(person),
        consent__recipient_id=who.membership,
        consent__signed__lte=now,
        consent__starts__lte=now,
        consent__revoked=None,
        consent__replaced_by=None,
        consent__ended=None,
    )
    return Q(Exists(scopes))


def _all(app: str, model: str) -> QuerySet[Any]:
    """All rows, past the manager: a condition would otherwise ask itself."""
    return QuerySet(apps.get_model(app, model))


def condition_without_row(thing: Thing, action: str, row: Any) -> tuple[bool, Q]:
    """For a row that does not stand there yet: whether it may be added whoever it is about, and else which people allow it.

    Args:
        thing: what the row will be.
        action: what is done, ``add``.
        row: it; only who wrote it and whose it is are read.
    """
    who = asking()
    if isinstance(who, Upkeep):
        return True, Q()
    if not isinstance(who, Viewer):
        return False, NOTHING
    people = NOTHING
    for relation in relations_for(who.role, thing, action):
        if relation is Relates.ORGANISATION:
            return True, Q()
        if relation is Relates.AUTHOR and getattr(row, "author_id", None) == who.membership:
            people |= condition(Thing.PERSON, "see", "pk", who)  # one writes about people whom one may see
        if relation is Relates.OWN and getattr(row, "membership_id", None) == who.membership:
            return True, Q()
        if relation in (Relates.CARE_TEAM, Relates.SELF, Relates.CONSENTED, Relates.EMERGENCY):
            people |= _by_relation(relation, thing, "pk", who)
    return False, people & Q(organisation_id=who.organisation)
