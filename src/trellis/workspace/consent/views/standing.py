"""Pages of legal status and capacity, and of a clinician's private notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from trellis.workspace.access.relations import may_about
from trellis.workspace.access.rules import Thing
from trellis.workspace.consent.forms import NoteForm, StandingForm
from trellis.workspace.consent.models import LegalStanding
from trellis.workspace.consent.views.finding import page, person_for
from trellis.workspace.people.models import Person, PrivateNote
from trellis.workspace.words.tags import speaking


def standing(request: Any, key: str) -> HttpResponse:
    """Legal status and capacity, now and before."""
    person = person_for(key, Thing.STANDING)
    several = list(LegalStanding.objects.filter(person=person).order_by("-on", "-pk"))
    return page(
        request,
        "standing",
        person=person,
        now=[one for one in several if one.until is None],
        before=[one for one in several if one.until is not None],
        may_add=may_about(person, Thing.STANDING, "add"),
        kinds=LegalStanding.KINDS,
    )


def standing_new(request: Any, key: str, kind: str) -> HttpResponse:
    """Write down what holds from a day on; it ends what held before."""
    person = person_for(key, Thing.STANDING, "add")
    if kind not in LegalStanding.KINDS:
        raise Http404
    member = request.membership
    form = StandingForm(request.POST or None, kind=kind, organisation=member.organisation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            for before in LegalStanding.objects.filter(person=person, kind=kind, until=None):
                before.until = timezone.now()
                before.save()
            LegalStanding(
                organisation_id=person.organisation_id,
                person=person,
                kind=kind,
                value=given["value"],
                basis=given["basis"],
                on=given["on"],
                by=member,
                by_name=member.account.name,
            ).save()
        messages.success(request, speaking()("workspace.law_kept"))
        return redirect("standing", key=person.key)
    return page(request, "standing_new", form, person=person, kind=kind)


def notes(request: Any, key: str) -> HttpResponse:
    """One's own private notes about a person, apart from the record."""
    person = get_object_or_404(Person, key=key)
    member = request.membership
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        PrivateNote(
            organisation_id=person.organisation_id, person=person, author=member, text=form.cleaned_data["text"]
        ).save()
        return redirect("notes", key=person.key)
    several = PrivateNote.objects.filter(person=person).order_by("-at", "-pk")
    return page(request, "notes", form, person=person, several=several)


@require_POST
def note_remove(_: Any, key: str, number: int) -> HttpResponse:
    """Remove one of one's own notes."""
    person = get_object_or_404(Person, key=key)
    get_object_or_404(PrivateNote, person=person, pk=number).delete()
    return redirect("notes", key=person.key)
