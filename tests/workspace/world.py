"""Two invented organisations and everybody's viewpoint in them. All people here are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from trellis.workspace.access.rules import STAFF
from trellis.workspace.access.viewer import Viewer, upkeep
from trellis.workspace.consent.models import Consent, ConsentScope
from trellis.workspace.people.models import Account, Membership, Organisation, Person, Relation

PASSWORD = "a long invented password"
SECOND_FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The secret of everybody's authenticator app."""


@dataclass
class World:
    """Everybody and everything that tests speak of.

    Args:
        organisations: ``harbor`` and ``elsewhere``.
        members: by viewpoint, such as ``clinician`` (who treats Dana) or ``other_clinician`` (who does not).
        people: ``dana`` and ``kim`` at Harbor, ``stranger`` elsewhere.
    """

    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        """A viewpoint, as whoever asks."""
        one = self.members[name]
        return Viewer(one.account_id, one.pk, one.organisation_id, one.role)


VIEWPOINTS = {
    # name: (organisation, role, relation to Dana, scopes of a consent of Dana's or None)
    "administrator": ("harbor", "administrator", None, None),
    "clinician": ("harbor", "clinician", "care_team", None),
    "other_clinician": ("harbor", "clinician", None, None),
    "supervisor": ("harbor", "supervisor", None, None),
    "case_manager": ("harbor", "case_manager", "care_team", None),
    "peer": ("harbor", "peer", "care_team", None),
    "liaison_with_consent": ("harbor", "liaison", "supervision", ("person", "attendance")),
    "liaison_without_consent": ("harbor", "liaison", "supervision", None),
    "mother_with_consent": ("harbor", "family", "family", ("person", "assessment")),
    "mother_without_consent": ("harbor", "family", "family", None),
    "guardian": ("harbor", "family", "guardian", None),
    "surrogate": ("harbor", "family", "surrogate", None),
    "dana": ("harbor", "person", "self", None),
    "another_person": ("harbor", "person", None, None),
    "clinician_elsewhere": ("elsewhere", "clinician", None, None),
    "administrator_elsewhere": ("elsewhere", "administrator", None, None),
    "supervisor_elsewhere": ("elsewhere", "supervisor", None, None),
}


def make_world() -> World:
    """Everybody, from nothing."""
    world = World()
    with upkeep("a test"):
        for name, told in (("harbor", "Harbor Clinic (invented)"), ("elsewhere", "Elsewhere Clinic (invented)")):
            world.organisations[name] = Organisation.objects.create(name=told, demo=True)
        for name, organisation in (("dana", "harbor"), ("kim", "harbor"), ("stranger", "elsewhere")):
            world.people[name] = Person.objects.create(
                organisation=world.organisations[organisation], name=f"{name.title()} Invented"
            )
        for name, (organisation, role, kind, scopes) in VIEWPOINTS.items():
            world.members[name] = _member(world, name, world.organisations[organisation], role)
            if kind is not None:
                relate(world.people["dana"], world.members[name], kind)
            if scopes is not None:
                consent(world.people["dana"], world.members[name], scopes)
        relate(world.people["kim"], world.members["another_person"], "self")
        relate(world.people["stranger"], world.members["clinician_elsewhere"], "care_team")
    return world


def _member(world: World, name: str, organisation: Organisation, role: str) -> Membership:
    account = Account.objects.create_user(f"{name}@example.org", PASSWORD, name=f"{name.replace('_', ' ').title()}")
    if role in STAFF:
        Authenticator.objects.create(user=account, type="totp", data={"secret": SECOND_FACTOR})
    return Membership.objects.create(organisation=organisation, account=account, role=role)


def relate(person: Person, member: Membership, kind: str) -> Relation:
    """Make somebody belong to a person."""
    with upkeep("a test"):
        return Relation.objects.create(
            organisation=person.organisation, person=person, membership=member, kind=kind, since=timezone.now()
        )


def consent(person: Person, recipient: Membership, scopes: tuple[str, ...], **values: Any) -> Consent:
    """A signed consent of a person, for a year."""
    now = timezone.now()
    with upkeep("a test"):
        given: dict[str, Any] = {
            "given_by": person.name,
            "program": person.organisation.name,
            "recipient_name": recipient.account.name,
            "purpose": "treatment",
            "signature": person.name,
            "signed_how": "own_session",
        }
        if recipient.role == "liaison":
            given |= {"justice": True, "purpose": "supervision", "revocable_from": now, "recipient_role": "probation"}
        signed = values.pop("signed", now)
        one = Consent.objects.create(
            organisation=person.organisation,
            person=person,
            recipient=recipient,
            **given | {"starts": now, "until": now + timedelta(days=365)} | values,
        )
        ConsentScope.objects.bulk_create(
            ConsentScope(organisation=person.organisation, person=person, consent=one, scope=scope) for scope in scopes
        )
        one.signed = signed  # a consent is signed once, when it is whole
        one.save()
    return one
