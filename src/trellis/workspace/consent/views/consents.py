"""Pages of a person's consents: which hold, one of them, a new one, its signature, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from trellis.say import Say
from trellis.workspace.access.rules import Thing
from trellis.workspace.consent import written
from trellis.workspace.consent.forms import ConsentForm, JusticeConsentForm, SignForm, TakeBackForm
from trellis.workspace.consent.law import law
from trellis.workspace.consent.leaving import notice
from trellis.workspace.consent.models import Consent, ConsentScope
from trellis.workspace.consent.views.finding import consent_for, page, person_for
from trellis.workspace.people.models import Organisation
from trellis.workspace.words.tags import speaking

GROUPS = {"holds": "holds", "not_yet": "holds", "not_signed": "draft"}


def several(request: Any, key: str) -> HttpResponse:
    """The consents of a person: those that hold, drafts, and those that ended."""
    person = person_for(key, Thing.CONSENT)
    by_group: dict[str, list[dict[str, Any]]] = {"holds": [], "draft": [], "ended": []}
    for one in Consent.objects.filter(person=person).order_by("-made", "-pk"):
        how = written.state(one)
        if how != "replaced":
            by_group[GROUPS.get(how, "ended")].append({"one": one, "state": state_in_words(speaking(), one)})
    may_add = person_may_add(person)
    return page(request, "consents", person=person, groups=by_group, may_add=may_add)


def person_may_add(person: Any) -> bool:
    """Whether whoever asks may begin a consent of this person."""
    from trellis.workspace.access.relations import may_about

    return may_about(person, Thing.CONSENT, "add")


def state_in_words(say: Say, one: Consent) -> str:
    """How it stands, in a sentence."""
    how = written.state(one)
    if how == "expired" and one.ended is not None:
        return say("workspace.law_state_event")
    ours = ("holds", "replaced")
    return say(f"workspace.law_state_{how}" if how in ours else f"justice.refused_{how}")


def one(request: Any, key: str) -> HttpResponse:
    """One version of one consent: its elements, what is missing, what its recipient sees, its other versions."""
    consent, scopes = consent_for(key)
    organisation, say = request.membership.organisation, speaking()
    missing = {asked.id for asked in written.lacks(consent, scopes, consent.person, organisation)}
    how = written.state(consent)
    if how == "holds" and missing:
        how = "incomplete"
    order = law().scopes["justice" if consent.justice else "ordinary"]
    names = [scope for scope in order if scope in scopes]
    own = request.membership.role == "person" and consent.given_as == "self"
    return page(
        request,
        "consent",
        consent=consent,
        person=consent.person,
        state=how,
        state_words="" if how == "incomplete" else state_in_words(say, consent),
        early=written.early(consent),
        elements=elements(say, consent, names, organisation),
        missing=[element_name(say, asked.id) for asked in written.needed(consent) if asked.id in missing],
        sees=[say(f"workspace.law_sees_{scope}") for scope in names],
        versions=[each for each in written.versions(consent) if each.pk != consent.pk],
        draft=written.draft_of(consent) if consent.may("change") else None,
        may_change=consent.may("change"),
        own=own,
        notice=notice(say, [(consent, scopes)], organisation) if how == "holds" else notice(say),
    )


def element_name(say: Say, name: str) -> str:
    """An element of a consent, by its name; those of a report's consent with the words of a report."""
    shared = {"by", "from", "kinds", "purpose", "expiry", "revocable"}
    return say(f"justice.lacks_{name}") if name in shared else say(f"workspace.law_element_{name}")


def elements(say: Say, one: Consent, scopes: list[str], organisation: Organisation) -> list[dict[str, Any]]:
    """The elements of the law with what this consent says to each, and where the law asks it."""

    def when(moment: Any) -> str:
        return say.day(moment.astimezone(organisation.zone).date())

    until = written.last_day(one.until, organisation)
    ends = [say("justice.scope_starts", day=when(one.starts))]
    ends += [say("justice.scope_until", day=say.day(until))] if until else []
    ends += [say(f"workspace.law_ends_{one.ends_with}")] if one.ends_with else []
    revocable = []
    if one.justice:
        revocable += [say("justice.revocable_from", day=when(one.revocable_from))] if one.revocable_from else []
        if one.revocable_event:
            event = say(f"justice.event_{one.revocable_event}")
            revocable.append(say("justice.revocable_event", event=event))
    purpose = say(f"workspace.law_purpose_{one.purpose}") if one.purpose else ""
    signed = []
    if one.signed is not None:
        signed.append(one.signature)
        signed += [one.second_signature] if one.second_signature else []
        signed += [say("workspace.law_signed_paper", witness=one.witness)] if one.signed_how == "paper" else []
    kinds = [say(f"workspace.law_scope_{scope}") for scope in scopes]
    said = {
        "patient": one.person.name,
        "by": say("workspace.law_by_told", name=one.given_by, role=say(f"workspace.law_as_{one.given_as}")),
        "from": one.program,
        "kinds": "; ".join(kinds),
        "to": one.recipient_name,
        "purpose": f"{purpose}. {one.purpose_words}".strip() if one.purpose_words else purpose,
        "right_to_revoke": say("workspace.law_revoke_justice" if one.justice else "workspace.law_revoke_any_time"),
        "expiry": " ".join(ends) if until or one.ends_with else "",
        "signature": ". ".join(signed),
        "day": when(one.signed) if one.signed is not None else "",
        "revocable": " ".join(revocable),
        "basis": one.given_basis,
        "second_signature": one.second_signature,
    }
    return [
        {
            "name": element_name(say, asked.id),
            "said": said[asked.id],
            "several": kinds if asked.id == "kinds" else [],
            "citation": asked.citation,
        }
        for asked in written.needed(one)
    ]


def new(request: Any, key: str) -> HttpResponse:
    """Begin a consent for anything but the justice system."""
    return _begin(request, key, ConsentForm)


def new_for_justice(request: Any, key: str) -> HttpResponse:
    """Begin a consent for a court or supervision: on a page of its own, for it is never combined with another."""
    return _begin(request, key, JusticeConsentForm)


def _begin(request: Any, key: str, kind: type[ConsentForm]) -> HttpResponse:
    person = person_for(key, Thing.CONSENT, "add")
    member = request.membership
    form = kind(request.POST or None, person=person, organisation=member.organisation, own=member.role == "person")
    if request.method == "POST" and form.is_valid():
        return redirect("consent_sign", key=form.keep(member).key)
    return page(request, "consent_new", form, person=person, justice=kind.justice, old=None)


def change(request: Any, key: str) -> HttpResponse:
    """Write the next version of a consent; the one before holds until the new one is signed."""
    old, scopes = consent_for(key, "change")
    if old.replaced_by_id is not None or (draft := written.draft_of(old)) is not None:
        return redirect("consent", key=old.key if old.replaced_by_id is not None else draft.key if draft else "")
    member = request.membership
    kind = JusticeConsentForm if old.justice else ConsentForm
    form = kind(
        request.POST or None,
        person=old.person,
        organisation=member.organisation,
        own=member.role == "person",
        old=old,
        scopes=scopes,
    )
    if request.method == "POST" and form.is_valid():
        return redirect("consent_sign", key=form.keep(member).key)
    return page(request, "consent_new", form, person=old.person, justice=old.justice, old=old)


def sign(request: Any, key: str) -> HttpResponse:
    """Sign a draft: the person in their own session, or somebody who saw the paper."""
    consent, scopes = consent_for(key, "change")
    if written.state(consent) != "not_signed":
        return redirect("consent", key=consent.key)
    member, say = request.membership, speaking()
    organisation = member.organisation
    own = member.role == "person"
    missing = [element_name(say, asked.id) for asked in written.lacks(consent, scopes, consent.person, organisation)]
    form = SignForm(request.POST or None, one=consent, own=own, organisation=organisation)
    if request.method == "POST" and not missing and form.is_valid():
        given = form.cleaned_data
        written.sign(
            consent,
            scopes,
            signature=given["signature"],
            organisation=organisation,
            paper_of=None if own else given["paper_of"],
            witness="" if own else member.account.name,
            second=given.get("second", ""),
        )
        messages.success(request, say("workspace.law_signed_now", to=consent.recipient_name))
        return redirect("consent", key=consent.key)
    order = law().scopes["justice" if consent.justice else "ordinary"]
    names = [scope for scope in order if scope in scopes]
    return page(
        request,
        "consent_sign",
        form,
        consent=consent,
        person=consent.person,
        own=own,
        missing=missing,
        young=not written.signs_alone(consent.person, organisation) and consent.given_as == "self",
        elements=[
            each
            for each in elements(say, consent, names, organisation)
            if each["said"] and each["name"] not in (element_name(say, "signature"), element_name(say, "day"))
        ],
        sees=[say(f"workspace.law_sees_{scope}") for scope in names],
    )


@require_POST
def take_back(request: Any, key: str) -> HttpResponse:
    """Take a consent back, in one tap. The very next read is refused."""
    consent, _ = consent_for(key, "change")
    form = TakeBackForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if consent.revoked is None and consent.replaced_by_id is None:
        written.take_back(consent, words)
        messages.success(request, speaking()("workspace.law_taken_back", to=consent.recipient_name))
    return redirect("consent", key=consent.key)


@require_POST
def end(request: Any, key: str) -> HttpResponse:
    """What ends it has happened."""
    consent, _ = consent_for(key, "change")
    if not consent.ends_with or consent.ends_with == "until_taken_back":
        raise Http404
    if written.state(consent) in ("holds", "not_yet"):
        written.end(consent)
        messages.success(request, speaking()("workspace.law_ended_now"))
    return redirect("consent", key=consent.key)


def scopes_of(one: Consent) -> tuple[str, ...]:
    """What a consent names."""
    return tuple(ConsentScope.objects.filter(consent=one).order_by("pk").values_list("scope", flat=True))
