"""Pages from which something leaves: the record to print or take along, and the accounting of what was disclosed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from trellis.workspace.access.relations import may_about
from trellis.workspace.access.rules import Thing
from trellis.workspace.consent import leaving, written
from trellis.workspace.consent.forms import DisclosureForm
from trellis.workspace.consent.law import law
from trellis.workspace.consent.models import Consent, Disclosure
from trellis.workspace.consent.views.consents import scopes_of
from trellis.workspace.consent.views.finding import page, person_for
from trellis.workspace.people.models import Person
from trellis.workspace.words.tags import speaking

OWN_COPY = "person"
THEMSELVES = ("person", "family", "liaison")
"""Roles that take along what they themselves see."""
WAYS = ("print", "json")


def record(request: Any, key: str) -> HttpResponse:
    """Take the record along: to print, or as JSON; for the person, or under a consent that holds."""
    person = person_for(key, Thing.PERSON)
    role = request.membership.role
    consents = [] if role in THEMSELVES or not may_about(person, Thing.CONSENT, "see") else _holding(person)
    if request.method != "POST":
        return page(request, "record", person=person, consents=consents, role=role)
    way = request.POST.get("way", "print")
    chosen = request.POST.get("for", OWN_COPY)
    consent = next((one for one in consents if one.key == chosen), None)
    if way not in WAYS or (consent is None and chosen != OWN_COPY):
        raise Http404
    return _leave(request, person, way, consent)


def _holding(person: Person) -> list[Consent]:
    return [
        one
        for one in Consent.objects.filter(person=person, justice=False).order_by("pk")
        if written.state(one) == "holds"
    ]


def _leave(request: Any, person: Person, way: str, consent: Consent | None) -> HttpResponse:
    say, member = speaking(), request.membership
    role, organisation = member.role, member.organisation
    mine = leaving.consents_of_viewer(person)
    parts = leaving.EVERYTHING
    told = leaving.notice(say, mine, organisation)
    if consent is not None:
        scopes = scopes_of(consent)
        parts = frozenset(scopes)
        told = leaving.notice(say, [(consent, scopes)], organisation)
    content = leaving.record(person, parts)
    why = "right_of_access" if consent is None and not mine else "consent"
    leaving.write_export(person, {"way": way, "parts": sorted(content)}, why)
    what = say.join([say(f"workspace.law_part_{part}") for part in content])
    if consent is not None or (mine and role in THEMSELVES):
        under = consent or mine[0][0]
        leaving.disclosed(
            person,
            to=under.recipient_name,
            what=what,
            purpose=say(f"workspace.law_purpose_{under.purpose}"),
            way="paper" if way == "print" else "electronic",
            consent=under,
            by_name=member.account.name,
        )
    if way == "json":
        answer = HttpResponse(leaving.as_json({"record": content}, told), content_type="application/json")
        answer["Content-Disposition"] = 'attachment; filename="record.json"'
        return answer
    parts_in_words = [
        {"title": say(f"workspace.law_part_{part}"), "rows": _rows(value), "part": part}
        for part, value in content.items()
    ]
    return render(
        request,
        "consent/record_print.html",
        {"person": person, "parts": parts_in_words, "notice": told, "consent": consent},
    )


def _rows(value: Any) -> list[list[tuple[str, str]]]:
    say = speaking()
    several = value if isinstance(value, list) else [value]
    rows = []
    for one in several:
        row = []
        for name, told in one.items():
            if name == "answers":
                row += [(answer["fact"], f"{_plain(answer['value'])} ({answer['on']})") for answer in told]
            elif told not in ("", None, [], {}):
                row.append((say(f"workspace.law_r_{name}"), _plain(told)))
        rows.append(row)
    return rows


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return speaking()("workspace.law_yes" if value else "workspace.law_no")
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def disclosures(request: Any, key: str) -> HttpResponse:
    """The accounting: what left, to whom, when, what for, and under which consent."""
    person = person_for(key, Thing.DISCLOSURE)
    window = request.GET.get("window", "six_years")
    if window not in {one.id for one in law().windows}:
        window = "six_years"
    organisation = request.membership.organisation
    several = Disclosure.objects.filter(leaving.since(window, organisation), person=person).order_by("-at", "-pk")
    keys = {one.pk: one.key for one in Consent.objects.filter(person=person)}  # for who may see consents
    return page(
        request,
        "disclosures",
        person=person,
        window=window,
        windows=law().windows,
        rows=[
            {
                "one": one,
                "consent": keys.get(one.consent_id),
                "details": sorted(one.details.items()),
                "law": law().disclosure(one.kind),
            }
            for one in several
        ],
        may_add=may_about(person, Thing.DISCLOSURE, "add"),
        kinds=law().disclosures,
        notice=leaving.notice(speaking()),
    )


def disclosure_new(request: Any, key: str, kind: str) -> HttpResponse:
    """Write down a disclosure that was made elsewhere, with what its kind must have in writing."""
    person = person_for(key, Thing.DISCLOSURE, "add")
    if kind not in {one.id for one in law().disclosures}:
        raise Http404
    consents = list(Consent.objects.filter(person=person).exclude(signed=None).order_by("-pk"))
    form = DisclosureForm(request.POST or None, kind=kind, consents=consents)
    if request.method == "POST" and form.is_valid():
        given, member = form.cleaned_data, request.membership
        Disclosure(
            organisation_id=person.organisation_id,
            person=person,
            consent=form.consents.get(given.get("consent", "")),
            kind=kind,
            details={need: given[need] for need in form.needs},
            by=member,
            by_name=member.account.name,
            **{name: given[name] for name in ("to", "where", "what", "purpose", "way", "at")},
        ).save()
        messages.success(request, speaking()("workspace.law_disclosure_kept"))
        return redirect("disclosures", key=person.key)
    none = kind == "consent" and not consents
    return page(request, "disclosure_new", form, person=person, kind=law().disclosure(kind), none=none)
