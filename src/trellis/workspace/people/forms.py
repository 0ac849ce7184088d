"""What is asked of a new person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people.models import Membership, Person, Relation
from trellis.workspace.words.tags import speaking


class PersonForm(forms.Form):
    """A name is enough: nobody is turned away for a paper that is missing."""

    name = forms.CharField(max_length=200)
    called = forms.CharField(max_length=100, required=False)
    born = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    chart = forms.CharField(max_length=60, required=False)
    language = forms.ChoiceField(choices=[("en", "English"), ("es", "Español")], initial="en")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, field in self.fields.items():
            field.label = speaking()(f"workspace.person_{name}")

    def keep(self, member: Membership) -> Person:
        """Add the person, and whoever adds them to the care team."""
        with transaction.atomic():
            one = Person(organisation_id=member.organisation_id, **self.cleaned_data)
            one.save()
            if member.role in ("clinician", "case_manager"):
                with upkeep("whoever adds a person treats them", member.organisation_id):
                    Relation(
                        organisation_id=member.organisation_id,
                        person=one,
                        membership=member,
                        kind="care_team",
                        leads=True,
                    ).save()
        return one
