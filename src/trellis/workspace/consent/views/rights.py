"""The page of rights, complaints, requests to restrict, what the organisation settles, and worksheets for breaches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from trellis.workspace.access.rules import Thing
from trellis.workspace.consent import clocks, leaving
from trellis.workspace.consent.forms import (
    AnswerForm,
    BreachForm,
    RestrictionAnswerForm,
    SettingsForm,
    WordsForm,
)
from trellis.workspace.consent.law import law
from trellis.workspace.consent.models import BreachSheet, Complaint, Restriction
from trellis.workspace.consent.views.finding import can_open, page, person_for
from trellis.workspace.people.models import Organisation, Person
from trellis.workspace.words.tags import speaking

SETTLED = ("parents_see_minors", "minor_until", "own_consent_from", "address", "phone", "complaints_to")


def rights(request: Any) -> HttpResponse:
    """The notice of rights: what the law gives, whom to ask here, where to complain outside."""
    role = request.membership.role if request.membership else ""
    mine = list(Person.objects.all()[:2]) if role == "person" else []
    pages = [name for name in ("complaints", "restrictions", "breaches", "law_settings") if can_open(role, name)]
    return page(
        request,
        "rights",
        organisation=request.membership.organisation if request.membership else None,
        office=law().office.more,
        own=mine[0] if mine else None,
        pages=pages,
        part_2=[law().sources[name]["title"].partition(",")[0] for name in ("cfr-2-4", "cfr-2-25", "cfr-2-26")],
    )


def complaint_new(request: Any, key: str) -> HttpResponse:
    """Complain that the rules on records were not kept."""
    person = person_for(key, Thing.COMPLAINT, "add")
    form = WordsForm(request.POST or None)
    member = request.membership
    if request.method == "POST" and form.is_valid():
        Complaint(
            organisation_id=person.organisation_id,
            person=person,
            words=form.cleaned_data["words"],
            made_by=member,
            by_name=member.account.name,
        ).save()
        messages.success(request, speaking()("workspace.law_complaint_kept"))
        return redirect("complaint_new", key=person.key)
    several = Complaint.objects.filter(person=person).order_by("-made")
    return page(request, "complaint_new", form, person=person, several=several, office=law().office.more)


def complaints(request: Any) -> HttpResponse:
    """Every complaint, for those who answer for the organisation."""
    return page(request, "complaints", several=Complaint.objects.select_related("person").order_by("-made", "-pk"))


def complaint(request: Any, key: str) -> HttpResponse:
    """One complaint, and what came of it."""
    one = get_object_or_404(Complaint.objects.select_related("person"), key=key)
    if not one.may("change"):
        raise Http404
    form = AnswerForm(request.POST or None, initial={"answer_words": one.answer_words})
    if request.method == "POST" and form.is_valid():
        one.answer_words, one.answered = form.cleaned_data["answer_words"], timezone.now()
        one.answered_by = request.membership.account.name
        one.save()
        messages.success(request, speaking()("workspace.law_kept"))
        return redirect("complaints")
    return page(request, "complaint", form, one=one)


def restriction_new(request: Any, key: str) -> HttpResponse:
    """Ask that something be not used or not told."""
    person = person_for(key, Thing.RESTRICTION, "add")
    form = WordsForm(request.POST or None)
    form.fields["words"].max_length = 1000
    if request.method == "POST" and form.is_valid():
        if len(form.cleaned_data["words"]) > 1000:
            form.wrong("words", "too_long", count=1000)
        else:
            Restriction(
                organisation_id=person.organisation_id,
                person=person,
                words=form.cleaned_data["words"],
                made_by=request.membership,
            ).save()
            messages.success(request, speaking()("workspace.law_restriction_kept"))
            return redirect("restriction_new", key=person.key)
    several = Restriction.objects.filter(person=person).order_by("-made")
    return page(request, "restriction_new", form, person=person, several=several)


def restrictions(request: Any) -> HttpResponse:
    """Every request to restrict."""
    return page(request, "restrictions", several=Restriction.objects.select_related("person").order_by("-made", "-pk"))


def restriction(request: Any, key: str) -> HttpResponse:
    """One request, and whether it was agreed to."""
    one = get_object_or_404(Restriction.objects.select_related("person"), key=key)
    if not one.may("change"):
        raise Http404
    form = RestrictionAnswerForm(request.POST or None, initial={"answer": one.answer, "answer_words": one.answer_words})
    if request.method == "POST" and form.is_valid():
        one.answer, one.answer_words = form.cleaned_data["answer"], form.cleaned_data["answer_words"]
        one.answered, one.answered_by = timezone.now(), request.membership.account.name
        one.save()
        messages.success(request, speaking()("workspace.law_kept"))
        return redirect("restrictions")
    return page(request, "restriction", form, one=one)


def law_settings(request: Any) -> HttpResponse:
    """What the organisation settles about minors, and where complaints go."""
    one = get_object_or_404(Organisation, pk=request.membership.organisation_id)
    form = SettingsForm(request.POST or None, initial={name: getattr(one, name) for name in SETTLED})
    if request.method == "POST" and form.is_valid():
        for name in SETTLED:
            setattr(one, name, form.cleaned_data[name])
        one.save()
        messages.success(request, speaking()("workspace.law_kept"))
        return redirect("law_settings")
    return page(request, "settings", form)


def breaches(request: Any) -> HttpResponse:
    """Every worksheet, with what is due."""
    rows = [{"one": one, "due": _due(one)} for one in BreachSheet.objects.all()]
    return page(request, "breaches", rows=rows, may_add=request.membership.role == "administrator")


def _due(one: BreachSheet) -> Any:
    if one.finding in ("low_probability", "exception") or one.secured:
        return None
    days = [each["clock"].due for each in _clocks(one) if each["clock"].due and not each["told"]]
    return min(days, default=None)


def _clocks(one: BreachSheet) -> list[dict[str, Any]]:
    several = clocks.clocks(one.discovered, one.people_count, one.most_in_a_state, one.delay_until)
    return [{"clock": each, "told": getattr(one, f"told_{each.whom}")} for each in several]


def breach_new(request: Any) -> HttpResponse:
    """A new worksheet."""
    return _worksheet(request, None)


def breach(request: Any, key: str) -> HttpResponse:
    """One worksheet, printable, with the last days by which others must be told."""
    one = get_object_or_404(BreachSheet, key=key)
    if not one.may("change"):
        raise Http404
    return _worksheet(request, one)


def _worksheet(request: Any, one: BreachSheet | None) -> HttpResponse:
    member = request.membership
    begin = {} if one is None else {name: getattr(one, name) for name in BreachForm.base_fields}
    form = BreachForm(request.POST or None, organisation=member.organisation, initial=begin)
    if request.method == "POST" and form.is_valid():
        kept = one or BreachSheet(organisation=member.organisation, by_name=member.account.name)
        for name, value in form.cleaned_data.items():
            setattr(kept, name, value)
        kept.save()
        messages.success(request, speaking()("workspace.law_kept"))
        return redirect("breach", key=kept.key)
    return page(
        request,
        "breach",
        form,
        one=one,
        clocks=[] if one is None else _clocks(one),
        factors=law().factors,
        none_due=one is not None and (one.secured or one.finding in ("low_probability", "exception")),
        notice=leaving.notice(speaking()),
    )
