"""A written consent, what it covers, and every disclosure that was made."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from trellis.workspace.access.rules import Thing
from trellis.workspace.access.scoped import ScopedModel
from trellis.workspace.people.keys import LENGTH, new_key


class Consent(ScopedModel):
    """One version of one written consent (42 CFR 2.31). It is never changed once signed: a new version replaces it."""

    thing = Thing.CONSENT

    PURPOSES = ("treatment", "treatment_payment_operations", "payment", "family", "supervision", "other")

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="consents")
    given_by = models.CharField(max_length=200)
    given_as = models.CharField(max_length=20, default="self")
    recipient = models.ForeignKey("people.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    recipient_name = models.CharField(max_length=200)
    recipient_role = models.CharField(max_length=100, blank=True)
    purpose = models.CharField(max_length=40, choices=[(purpose, purpose) for purpose in PURPOSES])
    purpose_words = models.CharField(max_length=300, blank=True)
    justice = models.BooleanField(default=False)  # 42 CFR 2.35, kept apart from all others
    signed = models.DateTimeField(null=True, blank=True)
    signature = models.CharField(max_length=200, blank=True)
    starts = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    ends_with = models.CharField(max_length=200, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    revocable_from = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    revoked_words = models.CharField(max_length=300, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")

    class Meta(ScopedModel.Meta):
        db_table = "consent_consent"
        indexes = (models.Index(fields=("person", "recipient"), name="consent_by_recipient"),)


class ConsentScope(ScopedModel):
    """One kind of thing that a consent covers: one of :class:`~trellis.workspace.access.rules.Thing`, or a part of a report."""

    thing = Thing.CONSENT

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=40)

    class Meta(ScopedModel.Meta):
        db_table = "consent_scope"
        constraints = (models.UniqueConstraint(fields=("consent", "scope"), name="one_scope"),)


class Disclosure(ScopedModel):
    """Something of a person's record that left: to whom, what, for what, under which consent (42 CFR 2.25, 45 CFR 164.528)."""

    thing = Thing.DISCLOSURE

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="disclosures")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+")
    to = models.CharField(max_length=200)
    what = models.CharField(max_length=300)
    purpose = models.CharField(max_length=300)
    way = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")

    class Meta(ScopedModel.Meta):
        db_table = "consent_disclosure"
