"""An entry of the audit, and which people it is about."""

from __future__ import annotations

from django.db import models

from trellis.workspace.access.rules import Thing
from trellis.workspace.access.scoped import ScopedModel


class Entry(ScopedModel):
    """One thing that somebody saw or changed. Written by the database, or by :mod:`trellis.workspace.audit.write`.

    Every column that is summed is a text or a number, so that the sum can be made again from the row alone.
    """

    thing = Thing.AUDIT
    person_path = "person_id"

    at = models.CharField(max_length=32)  # UTC, ISO 8601, as it was summed
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    account = models.BigIntegerField(null=True)
    acting = models.CharField(max_length=32)
    action = models.CharField(max_length=32)
    table = models.CharField(max_length=64)
    row = models.CharField(max_length=64)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_constraint=False)
    before = models.TextField()
    after = models.TextField()
    why = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta(ScopedModel.Meta):
        db_table = "audit_entry"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("organisation", "id"), name="audit_chain"),
            models.Index(fields=("table", "row"), name="audit_history"),
        )


class AboutPerson(models.Model):
    """An entry of what was seen, by person: an index, made from the entry and made again from it when in doubt."""

    entry = models.BigIntegerField()
    person = models.BigIntegerField()

    class Meta:
        db_table = "audit_about_person"
        indexes = (models.Index(fields=("person", "entry"), name="audit_person"),)
