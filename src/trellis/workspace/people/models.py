"""Who there is: organisations and their accounts, and the people in care with everybody who belongs to them."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.workspace.access.rules import STAFF, Action, Role, Thing, relations_for
from trellis.workspace.access.scoped import NotAllowed, ScopedModel
from trellis.workspace.access.viewer import Upkeep, asking
from trellis.workspace.people.keys import LENGTH, new_key

ROLES = [(str(role), str(role)) for role in Role]
STAGES = (
    "called", "assessing", "waiting", "inpatient", "stepping_down", "in_care", "in_custody", "leaving_custody",
    "supervision", "closed",
)  # fmt: skip
"""Where somebody can stand on their way through care."""


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by e-mail."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> Account:
        """A new account. Without a password nobody can sign in with one."""
        account = self.model(email=self.normalize_email(email).lower(), **values)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, email: str | None) -> Account:
        """The account with an e-mail, whatever its capitals."""
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they may do stands in their memberships, never here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    made = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "people_account"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, where a library asks for it."""
        return self.name


class Organisation(ScopedModel):
    """A clinic, program or agency. Nothing of it is ever seen from another."""

    thing = Thing.ORGANISATION
    person_path = ""

    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    crisis_words = models.TextField(blank=True)
    parents_see_minors = models.BooleanField(default=False)
    minor_until = models.PositiveSmallIntegerField(default=18)
    own_consent_from = models.PositiveSmallIntegerField(null=True, blank=True)  # an age; none: from minor_until on
    somebody_sees_forms = models.CharField(max_length=300, blank=True)
    complaints_to = models.CharField(max_length=300, blank=True)
    demo = models.BooleanField(default=False)

    class Meta(ScopedModel.Meta):
        db_table = "people_organisation"

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone, in which its days begin and its clocks run."""
        return ZoneInfo(self.time_zone)


class Membership(ScopedModel):
    """What an account is in an organisation."""

    thing = Thing.MEMBERSHIP
    person_path = ""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    title = models.CharField(max_length=100, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "people_membership"
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "account", "role"), condition=Q(until=None), name="one_membership"
            ),
        )

    def __str__(self) -> str:
        return self.account.name

    @property
    def is_staff(self) -> bool:
        """Whether they work there."""
        return self.role in STAFF


class Person(ScopedModel):  # type: ignore[django-manager-missing]
    """Somebody in care, or who asks for it."""

    thing = Thing.PERSON
    person_path = "pk"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    name = models.CharField(max_length=200)
    called = models.CharField(max_length=100, blank=True)
    born = models.DateField(null=True, blank=True)
    chart = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, default="en")
    phone = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)
    # Where the person stands on their way through care, as the team says; what fits stands in the assessment.
    stage = models.CharField(max_length=20, default="called", choices=[(stage, stage) for stage in STAGES])
    setting = models.CharField(max_length=80, blank=True)  # the package they are in now

    class Meta(ScopedModel.Meta):
        db_table = "people_person"
        ordering = ("name", "pk")
        indexes = (models.Index(fields=("organisation", "closed", "name"), name="people_by_name"),)

    def __str__(self) -> str:
        return self.called or self.name


class Relation(ScopedModel):
    """How a member of the organisation belongs to a person: on the care team, as themselves, as family, ..."""

    thing = Thing.RELATION

    KINDS = ("care_team", "self", "family", "friend", "guardian", "surrogate", "supervision")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    words = models.CharField(max_length=100, blank=True)
    leads = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "people_relation"
        indexes = (models.Index(fields=("membership", "kind", "person"), name="relation_by_member"),)


class PrivateNote(ScopedModel):
    """What a clinician keeps apart from the record (45 CFR 164.501, 42 CFR 2.11): only its author sees it."""

    thing = Thing.PRIVATE_NOTE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(ScopedModel.Meta):
        db_table = "people_private_note"


class SavedView(ScopedModel):
    """Filters of the caseload that somebody gave a name to. No words that were searched for are kept."""

    thing = Thing.SAVED_VIEW
    person_path = ""
    MOST = 20

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta(ScopedModel.Meta):
        db_table = "people_saved_view"
        ordering = ("name", "pk")


class LastLook(ScopedModel):
    """When a member last looked at a person's page, so that the caseload can say what changed since."""

    thing = Thing.LOOKED
    not_audited = True  # that the page was seen is in the audit already

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(ScopedModel.Meta):
        db_table = "people_looked"
        constraints = (models.UniqueConstraint(fields=("membership", "person"), name="one_look"),)


class Invitation(ScopedModel):
    """A letter that lets somebody make an account, once."""

    thing = Thing.INVITATION

    WITH_A_PERSON: ClassVar[dict[str, tuple[str, ...]]] = {
        "person": ("self",),
        "family": ("family", "friend", "guardian", "surrogate"),
        "liaison": ("supervision",),
    }
    """The roles that stand to one person, and the relations that each may have."""
    FIXED = ("organisation_id", "email", "role", "person_id", "kind")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="en")
    role = models.CharField(max_length=20, choices=ROLES)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    token = models.CharField(max_length=64, unique=True)  # the sum of what stands in the letter
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")  # none: made by the site's command
    at = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "people_invitation"
        ordering = ("-at", "-pk")

    def must_be_addable(self) -> None:
        """As every row, and more: who may invite for a person invites nobody to work there."""
        super().must_be_addable()
        if self.role in self.WITH_A_PERSON:
            fits = self.person_id is not None and self.kind in self.WITH_A_PERSON[self.role]
        else:
            fits = self.person_id is None and not self.kind and may_invite_staff()
        if not fits:
            raise NotAllowed(f"add {self.thing} as {self.role}")

    def must_allow(self, action: Action) -> None:
        """As every row; and an invitation never becomes one for another address, role or person."""
        super().must_allow(action)
        there = models.QuerySet(type(self)).filter(pk=self.pk).values(*self.FIXED, "by_id").get()
        by, who = there.pop("by_id"), asking()
        if there != {name: getattr(self, name) for name in self.FIXED}:
            raise NotAllowed(f"{action} {self.thing}: it is for somebody else")
        if self.by_id not in (by, who.membership):  # whoever sends it again answers for it, and nobody else
            raise NotAllowed(f"{action} {self.thing}: in the name of somebody else")


def may_invite_staff() -> bool:
    """Whether whoever asks may invite to any role: the one whom the rules let add memberships."""
    who = asking()
    return isinstance(who, Upkeep) or bool(relations_for(who.role, Thing.MEMBERSHIP, Action.ADD))


class EmergencyAccess(ScopedModel):
    """A record opened from outside the care team (45 CFR 164.312(a)(2)(ii)): why, until when, who looked at it."""

    thing = Thing.EMERGENCY_ACCESS

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed = models.DateTimeField(null=True, blank=True)
    finding = models.TextField(blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "people_emergency_access"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("person", "membership", "until"), name="emergency_open"),)
