"""A written consent, what it covers, every disclosure that was made, and what else the law asks to be written down."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from trellis.workspace.access.rules import Thing
from trellis.workspace.access.scoped import NotAllowed, ScopedManager, ScopedModel, ScopedQuerySet
from trellis.workspace.people.keys import LENGTH, new_key

AFTER_SIGNING = frozenset({"ended", "revoked", "revoked_words", "replaced_by", "replaced_by_id"})
"""What may still be written on a consent that was signed: that it ended. All else makes a new version."""


class ConsentQuerySet(ScopedQuerySet):
    """Consents that somebody may see."""

    def update(self, **values: Any) -> int:
        """As for every such table; what was signed is not changed. Raises :class:`NotAllowed`."""
        if set(values) - AFTER_SIGNING and self.exclude(signed=None).exists():
            raise NotAllowed("A consent that was signed is not changed: a new version replaces it.")
        return super().update(**values)


class Consent(ScopedModel):
    """One version of one written consent (42 CFR 2.31). It is never changed once signed: a new version replaces it."""

    thing = Thing.CONSENT

    PURPOSES = ("treatment", "treatment_payment_operations", "payment", "family", "benefits", "own_request")
    GIVEN_AS = ("self", "parent", "guardian", "surrogate")
    RECIPIENTS = ("member", "named", "group")

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="consents")
    given_by = models.CharField(max_length=200)
    given_as = models.CharField(max_length=20, default="self")
    given_basis = models.CharField(max_length=300, blank=True)
    program = models.CharField(max_length=200, blank=True)  # who may share
    recipient_kind = models.CharField(max_length=20, default="member")
    recipient = models.ForeignKey("people.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    recipient_name = models.CharField(max_length=200)
    recipient_role = models.CharField(max_length=100, blank=True)
    purpose = models.CharField(max_length=40)
    purpose_words = models.CharField(max_length=300, blank=True)
    justice = models.BooleanField(default=False)  # 42 CFR 2.35, kept apart from all others
    signed = models.DateTimeField(null=True, blank=True)
    signature = models.CharField(max_length=200, blank=True)
    signed_how = models.CharField(max_length=20, blank=True)  # own_session or paper
    second_signature = models.CharField(max_length=200, blank=True)  # a minor's, beside that of a parent or guardian
    witness = models.CharField(max_length=200, blank=True)  # the name of who saw the paper
    starts = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    ends_with = models.CharField(max_length=200, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    revocable_from = models.DateTimeField(null=True, blank=True)
    revocable_event = models.CharField(max_length=40, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    revoked_words = models.CharField(max_length=300, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    changes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )  # of a draft: which one
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = ScopedManager.from_queryset(ConsentQuerySet)()

    class Meta(ScopedModel.Meta):
        db_table = "consent_consent"
        indexes = (models.Index(fields=("person", "recipient"), name="consent_by_recipient"),)

    def save(self, *rest: Any, **options: Any) -> None:
        """Keep it. Raises :class:`NotAllowed` where it was signed and something else than its end would change."""
        if not self._state.adding:
            there = models.QuerySet(Consent).filter(pk=self.pk).exclude(signed=None).values().first()
            changed = {name for name, value in (there or {}).items() if getattr(self, name) != value}
            if changed - AFTER_SIGNING:
                raise NotAllowed("A consent that was signed is not changed: a new version replaces it.")
        super().save(*rest, **options)


class ConsentScope(ScopedModel):
    """What a consent covers: one :class:`~trellis.workspace.access.rules.Thing`, or one part of a report."""

    thing = Thing.CONSENT

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=40)

    class Meta(ScopedModel.Meta):
        db_table = "consent_scope"
        constraints = (models.UniqueConstraint(fields=("consent", "scope"), name="one_scope"),)

    def must_be_addable(self) -> None:
        """Raises :class:`NotAllowed` also where the consent was signed, or is another person's."""
        super().must_be_addable()
        same = {"pk": self.consent_id, "person_id": self.person_id, "organisation_id": self.organisation_id}
        if not models.QuerySet(Consent).filter(**same, signed=None).exists():
            raise NotAllowed("A consent that was signed is not made wider: a new version replaces it.")


class Disclosure(ScopedModel):
    """What left of a record: to whom, what, for what, under which consent (42 CFR 2.25, 45 CFR 164.528)."""

    thing = Thing.DISCLOSURE

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="disclosures")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=40, default="consent")  # one of the kinds of law.yaml
    to = models.CharField(max_length=200)
    where = models.CharField(max_length=300, blank=True)  # address, or the facility they belong to
    what = models.CharField(max_length=300)
    purpose = models.CharField(max_length=300)
    way = models.CharField(max_length=40)
    details = models.JSONField(default=dict)  # what its kind must have in writing, such as the nature of an emergency
    at = models.DateTimeField(default=timezone.now)
    made = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "consent_disclosure"
        indexes = (models.Index(fields=("person", "-at"), name="disclosure_by_day"),)


class LegalStanding(ScopedModel):
    """What the law says of a person's care, or of capacity to decide, from a day on, apart from any result.

    Nothing that decides reads it. A later one of the same kind ends the one before.
    """

    thing = Thing.STANDING

    KINDS = ("legal_status", "capacity")
    VALUES = {
        "legal_status": ("voluntary", "involuntary_hold", "committed", "court_ordered", "supervision", "custody"),
        "capacity": ("not_assessed", "has", "lacks_for_now", "lacks_by_court"),
    }

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="standings")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    basis = models.CharField(max_length=300)
    on = models.DateField()
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    made = models.DateTimeField(default=timezone.now)

    class Meta(ScopedModel.Meta):
        db_table = "consent_standing"
        indexes = (models.Index(fields=("person", "kind", "until"), name="standing_now"),)


class Restriction(ScopedModel):
    """A person's request that something be not used or not told, and what came of it (42 CFR 2.26)."""

    thing = Thing.RESTRICTION

    ANSWERS = ("agreed", "not_agreed")

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="restrictions")
    words = models.CharField(max_length=1000)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=20, blank=True)
    answer_words = models.CharField(max_length=1000, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "consent_restriction"


class Complaint(ScopedModel):
    """A complaint that the rules on records were not kept (42 CFR 2.4), and what came of it."""

    thing = Thing.COMPLAINT

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=2000)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    answer_words = models.CharField(max_length=2000, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "consent_complaint"


class BreachSheet(ScopedModel):
    """A worksheet for something that may be a breach (45 CFR 164.402), and the days by which others must be told."""

    thing = Thing.BREACH
    person_path = ""

    FACTORS = ("nature", "recipient", "viewed", "mitigated")
    LEVELS = ("low", "not_low")
    FINDINGS = ("not_yet", "breach", "low_probability", "exception")

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    happened = models.DateField(null=True, blank=True)
    discovered = models.DateField()
    people_count = models.PositiveIntegerField(null=True, blank=True)
    most_in_a_state = models.PositiveIntegerField(null=True, blank=True)
    secured = models.BooleanField(default=False)  # unreadable to others, so no unsecured information
    nature_words = models.TextField(blank=True)
    nature = models.CharField(max_length=10, blank=True)
    recipient_words = models.TextField(blank=True)
    recipient = models.CharField(max_length=10, blank=True)
    viewed_words = models.TextField(blank=True)
    viewed = models.CharField(max_length=10, blank=True)
    mitigated_words = models.TextField(blank=True)
    mitigated = models.CharField(max_length=10, blank=True)
    finding = models.CharField(max_length=20, default="not_yet")
    finding_words = models.TextField(blank=True)
    delay_until = models.DateField(null=True, blank=True)  # asked for by law enforcement (45 CFR 164.412)
    told_people = models.DateField(null=True, blank=True)
    told_secretary = models.DateField(null=True, blank=True)
    told_media = models.DateField(null=True, blank=True)
    made = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    class Meta(ScopedModel.Meta):
        db_table = "consent_breach"
        ordering = ("-discovered", "-pk")
