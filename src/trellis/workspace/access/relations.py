"""A relation as a condition of a query: the same for one thing and for many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from trellis.kinds.justice import REPORT_PARTS
from trellis.workspace.access.rules import Relates, Thing, relations_for
from trellis.workspace.access.viewer import Asking, Upkeep, Viewer, asking

NOTHING = Q(pk__in=[])
TEAM = "care_team"
SELF = "self"
GUARDIAN = "guardian"
SURROGATE = "surrogate"
LIAISON = "liaison"
FOR_A_MINOR = ("parent", "guardian")
"""Who signs with a minor; an adult's own guardian is a surrogate here."""
LACKS_BY_COURT = "lacks_by_court"
NO_END = "until_taken_back"
ALL_THREE = "treatment_payment_operations"
"""The law lets only the single consent for treatment, payment and health care operations have no end."""
PRIVATE = ("people_private_note", "notes", "note_remove")
"""The table of private notes, and the addresses at which their author reads them."""


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
            together = Q(**{own: who.organisation})
            break
        together |= _by_relation(relation, thing, person, who)
    if thing is Thing.AUDIT:
        together &= _except_private_notes(who)
    return Q(**{own: who.organisation}) & together


def _except_private_notes(who: Viewer) -> Q:
    """That a private note was written is its author's alone too (45 CFR 164.501)."""
    return ~Q(table__in=PRIVATE) | Q(account=who.account)


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
            own = _tied(person, who, SELF)
            return own | _seen_of(who) if thing is Thing.AUDIT else own
        case Relates.CONSENTED:
            return _consented(person, who, thing)
        case Relates.GUARDIAN:
            return _guarded(person, who)
        case Relates.SURROGATE:
            return _stood_in_for(person, who)
        case Relates.EMERGENCY:
            opened = _all("people", "EmergencyAccess")
            return Q(
                Exists(
                    opened.filter(person_id=OuterRef(person), membership_id=who.membership, until__gt=timezone.now())
                )
            )


def _tied(person: str, who: Viewer, kind: str) -> Q:
    return _tie(person, who, Q(kind=kind))


def _tie(person: str, who: Viewer, such: Q) -> Q:
    now = timezone.now()
    ties = _all("people", "Relation").filter(such, person_id=OuterRef(person), membership_id=who.membership)
    return Q(Exists(ties.filter(Q(until=None) | Q(until__gt=now), since__lte=now)))


def _consented(person: str, who: Viewer, thing: Thing) -> Q:
    """A consent that holds now, is whole, and names this member and this kind of thing (42 CFR 2.31).

    A consent for the justice system (42 CFR 2.35) is apart: it alone opens anything to a liaison, nothing to others.
    What a parent or guardian signed for a minor ends on the birthday.
    """
    return Q(Exists(scopes_that_hold(who).filter(scope=thing, consent__person_id=OuterRef(person))))


def scopes_that_hold(who: Viewer) -> QuerySet[Any]:
    """What the consents that hold now open to somebody; one that lacks something opens nothing."""
    now, settled = timezone.now(), _settings(who)
    for_justice = who.role == LIAISON
    scopes = (
        _all("consent", "ConsentScope")
        .filter(
            Q(consent__until=None) | Q(consent__until__gt=now),
            consent__organisation_id=who.organisation,
            consent__recipient_id=who.membership,
            consent__recipient__organisation_id=who.organisation,
            consent__justice=for_justice,
            consent__signed__lte=now,
            consent__starts__lte=now,
            consent__revoked=None,
            consent__replaced_by=None,
            consent__ended=None,
        )
        .exclude(consent__until=None, consent__ends_with="")
        .exclude(Q(consent__until=None, consent__ends_with=NO_END) & ~Q(consent__purpose=ALL_THREE))
        .exclude(~Q(consent__given_as="self"), consent__given_basis="")
    )
    for written in ("given_by", "program", "recipient_name", "purpose", "signature"):
        scopes = scopes.exclude(**{f"consent__{written}": ""})
    if for_justice:
        parts = _all("consent", "ConsentScope").filter(consent=OuterRef("consent"), scope__in=REPORT_PARTS)
        scopes = scopes.exclude(consent__revocable_from=None, consent__revocable_event="").filter(Exists(parts))
    minor = _younger(settled, settled["minor_until"], "consent__person__")
    too_young = _younger(settled, _own_age(settled), "consent__person__")
    by_self = Q(consent__given_as="self") & (Q(consent__person__born=None) | ~too_young)
    return scopes.filter(by_self | Q(consent__given_as__in=FOR_A_MINOR) & minor | Q(consent__given_as=SURROGATE))


def _guarded(person: str, who: Viewer) -> Q:
    """A tie of a parent or guardian, where the settings open it, to somebody too young to consent alone today."""
    settled = _settings(who)
    if not settled["parents_see_minors"]:
        return NOTHING
    return _tie(person, who, Q(kind=GUARDIAN) & _younger(settled, _own_age(settled), "person__"))


def _stood_in_for(person: str, who: Viewer) -> Q:
    """A tie of a surrogate to somebody whom a court found to lack capacity, as it stands today."""
    now = timezone.now()
    found = _all("consent", "LegalStanding").filter(
        Q(until=None) | Q(until__gt=now), person_id=OuterRef("person_id"), kind="capacity", value=LACKS_BY_COURT
    )
    return _tie(person, who, Q(Exists(found), kind=SURROGATE))


def _own_age(settled: Mapping[str, Any]) -> int:
    """The age from which consent is somebody's own."""
    own = settled["own_consent_from"]
    return int(settled["minor_until"] if own is None else min(own, settled["minor_until"]))


def _younger(settled: Mapping[str, Any], age: int, path: str) -> Q:
    """Born so late that the birthday is still to come, by the clinic's clock; where a birth is not known, no."""
    today = timezone.now().astimezone(ZoneInfo(settled["time_zone"])).date()
    return Q(**{f"{path}born__gt": born_by(today, age)})


def born_by(today: date, age: int) -> date:
    """The last day on which somebody was born who has reached an age.

    >>> born_by(date(2026, 11, 30), 18)
    datetime.date(2008, 11, 30)
    >>> born_by(date(2024, 2, 29), 18)
    datetime.date(2006, 2, 28)
    """
    try:
        return today.replace(year=today.year - age)
    except ValueError:
        return today.replace(year=today.year - age, day=28)


def _settings(who: Viewer) -> dict[str, Any]:
    names = ("time_zone", "parents_see_minors", "minor_until", "own_consent_from")
    found: dict[str, Any] = _all("people", "Organisation").filter(pk=who.organisation).values(*names).get()
    return found


def _seen_of(who: Viewer) -> Q:
    """Entries of what was seen, among them lists in which several people stood, by the person whom they are about."""
    now = timezone.now()
    mine = _all("people", "Relation").filter(
        Q(until=None) | Q(until__gt=now), membership_id=who.membership, kind=SELF, since__lte=now
    )
    about = apps.get_model("audit", "AboutPerson").objects.filter(person__in=mine.values("person_id"))
    return Q(pk__in=about.values("entry"))


def _all(app: str, model: str) -> QuerySet[Any]:
    """All rows, past the manager: a condition would otherwise ask itself."""
    return QuerySet(apps.get_model(app, model))


def may_about(person: Any, thing: Thing, action: str) -> bool:
    """Whether whoever asks may do an action to things of one person, were there any."""
    anybody, people = condition_without_row(thing, action, None)
    there = _all("people", "Person").filter(pk=person.pk, organisation_id=asking().organisation)
    return isinstance(asking(), Upkeep) or (there if anybody else there.filter(people)).exists()


def condition_without_row(thing: Thing, action: str, row: Any) -> tuple[bool, Q]:
    """For a row that does not stand there yet: whether it may be added whoever it is about, else about whom.

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
        if relation not in (Relates.AUTHOR, Relates.OWN):
            people |= _by_relation(relation, thing, "pk", who)
    return False, people & Q(organisation_id=who.organisation)
