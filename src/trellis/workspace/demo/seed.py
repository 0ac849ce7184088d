"""Fills an empty database with invented people, and empties it again."""

from __future__ import annotations

from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people.models import Account, Membership, Organisation, Person, Relation


def ensure() -> None:
    """The demonstration's people, where they are not there yet."""
    with upkeep("the demonstration"):
        if Organisation.objects.exists():
            return
        harbor = Organisation.objects.create(name="Harbor Clinic (invented)", demo=True)
        account = Account.objects.create_user("clinician@example.org", None, name="Alex Invented")
        member = Membership.objects.create(organisation=harbor, account=account, role="clinician")
        dana = Person.objects.create(organisation=harbor, name="Dana Invented")
        Relation.objects.create(organisation=harbor, person=dana, membership=member, kind="care_team", leads=True)
