"""Who looked at a person's record and who changed it, in words, by day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse

from trellis.say import Say
from trellis.workspace.access.rules import Thing
from trellis.workspace.audit.models import AboutPerson, Entry
from trellis.workspace.audit.triggers import model_of
from trellis.workspace.consent import written
from trellis.workspace.consent.forms import LawForm, chosen, day
from trellis.workspace.consent.views.finding import page, person_for
from trellis.workspace.people.models import Account
from trellis.workspace.words.tags import speaking

MOST = 2000
DAYS = 30
SAW = ("saw",)
CHANGED = ("added", "changed", "removed")
LEFT = ("exported",)
WHAT = {"all": (), "saw": SAW, "changed": CHANGED, "exported": LEFT}
KNOWN_WHYS = ("right_of_access", "consent")


class SeenForm(LawForm):
    """Which days, what was done, and whether one's own looks are told too."""

    named = {"first": "seen_first", "last": "seen_last"}

    first = day()
    last = day()
    what = forms.ChoiceField()
    whose = forms.ChoiceField()

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["what"].choices = chosen("what", WHAT)
        self.fields["what"].label = speaking()("workspace.law_f_seen_what")
        self.fields["whose"].choices = chosen("whose", ("others", "all"))

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.wrong("last", "until_before", day=speaking().day(given["first"]))
        return given


def seen_by(request: Any, key: str) -> HttpResponse:
    """Who looked at a record, and who changed it."""
    person = person_for(key, Thing.AUDIT)
    member, say = request.membership, speaking()
    organisation = member.organisation
    today = written.today(organisation)
    begin: dict[str, Any] = {"first": today - timedelta(days=DAYS), "last": today, "what": "all"}
    begin["whose"] = "others" if member.role == "person" else "all"
    form = SeenForm({**begin, **{name: value for name, value in request.GET.items() if name in begin}})
    given = {**begin, **form.cleaned_data} if form.is_valid() else begin
    first, last = given["first"] or begin["first"], given["last"] or today
    entries = _entries(person, written.begins(first, organisation), written.after(last, organisation))
    if WHAT[given["what"] or "all"]:
        entries = entries.filter(action__in=WHAT[given["what"]])
    if given["whose"] == "others":
        entries = entries.exclude(account=member.account_id)
    several = list(entries.order_by("-pk")[: MOST + 1])
    told = days(say, several[:MOST], organisation)
    return page(request, "seen_by", form, person=person, days=told, more=len(several) > MOST, first=first, last=last)


def _entries(person: Any, first: datetime, after: datetime) -> Any:
    numbers = AboutPerson.objects.filter(person=person.pk).values("entry")
    about = Entry.objects.filter(person_id=person.pk) | Entry.objects.filter(pk__in=numbers)
    return about.filter(at__gte=_utc(first), at__lt=_utc(after))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def days(say: Say, entries: Iterable[Entry], organisation: Any) -> list[dict[str, Any]]:
    """What happened on each day, the newest first: who, as what, with what kind of thing, at which times, and why.

    What stood in a record, and whoever else stood in the same list, is told to nobody here.
    """
    several = list(entries)
    names = dict(
        Account.objects.filter(pk__in={one.account for one in several if one.account}).values_list("pk", "name")
    )
    found: dict[date, dict[tuple[str, ...], list[str]]] = {}
    for one in several:
        at = datetime.fromisoformat(one.at).astimezone(organisation.zone)
        who = names.get(one.account, "") if one.account else ""
        role = say(f"workspace.law_role_{one.acting}") if one.acting else ""
        why = _why(say, one)
        line = (who or say("workspace.law_seen_program"), role if who else "", _what(say, one), why)
        found.setdefault(at.date(), {}).setdefault(line, []).append(f"{at:%H:%M}")
    return [
        {
            "day": one,
            "rows": [
                {"who": who, "role": role, "what": what, "why": why, "times": ", ".join(sorted(set(times)))}
                for (who, role, what, why), times in lines.items()
            ],
        }
        for one, lines in found.items()
    ]


def _why(say: Say, one: Entry) -> str:
    if one.acting == "upkeep" or not one.why:
        return ""
    return say(f"workspace.law_why_{one.why}") if one.why in KNOWN_WHYS else one.why


def _what(say: Say, one: Entry) -> str:
    if one.action == "saw":
        if one.person_id is None:
            return say("workspace.law_did_list")
        return say("workspace.law_did_saw", things=_things(say, json.loads(one.after or "{}").get("rows", {})))
    if one.action in CHANGED:
        model = model_of(one.table)
        thing = str(model.thing) if model is not None and hasattr(model, "thing") else "other"
        return say(f"workspace.law_did_{one.action}", things=say(f"workspace.law_thing_{thing}"))
    return say("workspace.law_did_exported") if one.action == "exported" else say("workspace.law_did_other")


def _things(say: Say, rows: Iterable[str]) -> str:
    hidden = {"organisation", "membership", "private_note"}
    known = {str(thing) for thing in Thing}
    names = [name for name in sorted(rows) if name in known and name not in hidden]
    return say.join([say(f"workspace.law_thing_{name}") for name in names or ["person"]])
