"""Whatever leaves: the notice that goes with it, the record as somebody may see it, and the note that it left.

All that is printed or exported carries the notice of 42 CFR 2.32 from here: :func:`notice` makes it, the template
``consent/notice.html`` prints it, :func:`as_json` and :func:`as_csv` stamp it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from trellis.say import Say
from trellis.workspace.access.relations import may_about, scopes_that_hold
from trellis.workspace.access.rules import Thing
from trellis.workspace.access.viewer import Viewer, asking, upkeep
from trellis.workspace.assessment.models import Assessment, GivenAnswer, Task
from trellis.workspace.audit.write import write
from trellis.workspace.consent.law import law
from trellis.workspace.consent.models import Consent, ConsentScope, Disclosure, LegalStanding
from trellis.workspace.consent.written import last_day
from trellis.workspace.people.models import Membership, Organisation, Person, Relation

RECORD = "record"
EVERYTHING = frozenset({"person", "standing", "relation", "assessment", "answer", "task", "consent", "disclosure"})
"""The parts of a record. Private notes are none of them, and nothing here reads them."""


def notice(
    say: Say, consents: Iterable[tuple[Consent, Sequence[str]]] = (), zone: Organisation | None = None
) -> dict[str, Any]:
    """The notice that goes with what leaves.

    Args:
        say: the reader's voice; the statement itself is in the words of the law.
        consents: those under which it leaves, each with what it names.
        zone: the organisation, in whose time zone days are told; needed where there are consents.

    >>> notice(Say("en"))["statement"]
    '42 CFR part 2 prohibits unauthorized use or disclosure of these records.'
    """
    return {
        "statement": law().notice.more["text"],
        "law": law().notice.citation,
        "plain": say("workspace.law_notice_plain"),
        "consents": [scope_in_words(say, one, scopes, zone) for one, scopes in consents if zone is not None],
    }


def scope_in_words(say: Say, one: Consent, scopes: Iterable[str], organisation: Organisation) -> str:
    """A clear explanation of what a consent covers, as 42 CFR 2.32(b) lets it stand for a copy."""
    several = set(scopes)
    order = law().scopes["justice" if one.justice else "ordinary"]
    kinds = "; ".join(say(f"workspace.law_scope_{scope}") for scope in order if scope in several)
    told = [say("workspace.law_scope_told", by=one.given_by, to=one.recipient_name, kinds=kinds)]
    told.append(say("workspace.law_scope_purpose", purpose=say(f"workspace.law_purpose_{one.purpose}")))
    if one.signed is not None:
        told.append(say("workspace.law_scope_signed", day=say.day(one.signed.astimezone(organisation.zone).date())))
    until = last_day(one.until, organisation)
    if until is not None:
        told.append(say("justice.scope_until", day=say.day(until)))
    if one.ends_with:
        told.append(say(f"workspace.law_ends_{one.ends_with}"))
    return " ".join(told)


def consents_of_viewer(person: Person) -> list[tuple[Consent, list[str]]]:
    """The consents that hold now and open this person's record to whoever asks; none for those who need none."""
    who = asking()
    if not isinstance(who, Viewer) or who.role not in ("family", "liaison"):
        return []
    numbers = scopes_that_hold(who).filter(consent__person_id=person.pk).values_list("consent_id", flat=True)
    return under(person, sorted(set(numbers)))


def under(person: Person, numbers: Sequence[int]) -> list[tuple[Consent, list[str]]]:
    """Consents with what they name. A recipient reads them only as the copy that goes with what is shared."""
    with upkeep("a copy of the consent goes with what it shares (42 CFR 2.32)", person.organisation_id):
        several = list(Consent.objects.filter(person=person, pk__in=numbers).order_by("pk"))
        scopes = list(ConsentScope.objects.filter(consent__in=several).order_by("pk"))
    return [(one, [each.scope for each in scopes if each.consent_id == one.pk]) for one in several]


def record(person: Person, parts: Iterable[str] = EVERYTHING) -> dict[str, Any]:
    """All of a person's record that whoever asks may see, and of it only some parts where they are named.

    Read through the managers that obey the rules: a part that may not be seen is not there, whatever was asked for.
    """
    wished = set(parts)
    found: dict[str, Any] = {}
    if "person" in wished:
        found["person"] = _person(person)
    readers = {
        "standing": _standings, "relation": _relations, "assessment": _assessments, "task": _tasks,
        "consent": _consents, "disclosure": _disclosures,
    }  # fmt: skip
    for part, reader in readers.items():
        if part in wished and may_about(person, Thing(part), "see"):
            found[part] = reader(person)
    if "assessment" in found and ("answer" not in wished or not may_about(person, Thing.ANSWER, "see")):
        for one in found["assessment"]:
            one.pop("answers")
    return found


def _moment(value: Any) -> str:
    return "" if value is None else value.isoformat()


def _person(one: Person) -> dict[str, Any]:
    told = {"name": one.name, "called": one.called, "language": one.language, "in_care_since": _moment(one.since)}
    if asking().role not in ("liaison",):
        told |= {"born": _moment(one.born), "phone": one.phone, "chart": one.chart}
    return told


def _standings(person: Person) -> list[dict[str, Any]]:
    several = LegalStanding.objects.filter(person=person).order_by("on", "pk")
    return [
        {"kind": one.kind, "value": one.value, "on": _moment(one.on), "basis": one.basis, "by": one.by_name}
        for one in several
    ]


def _relations(person: Person) -> list[dict[str, Any]]:
    ties = list(Relation.objects.filter(person=person).order_by("pk"))
    with upkeep("the names of those who belong to a person, for who may see that they do", person.organisation_id):
        members = Membership.objects.filter(pk__in=[tie.membership_id for tie in ties]).select_related("account")
        names = {one.pk: one.account.name for one in members}
    return [
        {
            "name": names.get(tie.membership_id, ""),
            "kind": tie.kind,
            "since": _moment(tie.since),
            "until": _moment(tie.until),
        }
        for tie in ties
    ]


def _assessments(person: Person) -> list[dict[str, Any]]:
    several = Assessment.objects.filter(person=person).order_by("begun", "pk")
    answers: dict[int, list[dict[str, Any]]] = {}
    if may_about(person, Thing.ANSWER, "see"):
        for one in GivenAnswer.objects.filter(person=person).order_by("pk"):
            told = {"fact": one.fact, "value": one.value, "on": _moment(one.on), "source": one.source}
            if one.taken_back:
                told["taken_back"] = True
            answers.setdefault(one.assessment_id, []).append(told)
    return [
        {"begun": _moment(one.begun), "why": one.why, "closed": _moment(one.closed), "answers": answers.get(one.pk, [])}
        for one in several
    ]


def _tasks(person: Person) -> list[dict[str, Any]]:
    several = Task.objects.filter(person=person).order_by("due", "pk")
    return [{"what": one.words or one.kind, "due": _moment(one.due), "done": _moment(one.done)} for one in several]


def _consents(person: Person) -> list[dict[str, Any]]:
    several = list(Consent.objects.filter(person=person).order_by("pk"))
    scopes = list(ConsentScope.objects.filter(consent__in=several).order_by("pk"))
    return [
        {
            "by": one.given_by, "to": one.recipient_name, "purpose": one.purpose, "justice": one.justice,
            "version": one.version, "names": [each.scope for each in scopes if each.consent_id == one.pk],
            "signed": _moment(one.signed), "from": _moment(one.starts), "until": _moment(one.until),
            "ends_with": one.ends_with, "ended": _moment(one.ended), "taken_back": _moment(one.revoked),
        }
        for one in several
    ]  # fmt: skip


def _disclosures(person: Person) -> list[dict[str, Any]]:
    several = Disclosure.objects.filter(person=person).order_by("at", "pk")
    return [
        {
            "at": _moment(one.at), "to": one.to, "where": one.where, "what": one.what, "purpose": one.purpose,
            "kind": one.kind, "way": one.way, "details": one.details,
        }
        for one in several
    ]  # fmt: skip


def disclosed(
    person: Person,
    *,
    to: str,
    what: str,
    purpose: str,
    way: str,
    consent: Consent | None = None,
    kind: str = "consent",
    by_name: str = "",
) -> Disclosure:
    """Write down that something left. The program does it, so that nobody takes something along without a trace."""
    who = asking()
    with upkeep("a disclosure is written down whoever makes it", person.organisation_id):
        one = Disclosure(
            organisation_id=person.organisation_id,
            person=person,
            consent=consent,
            kind=kind,
            to=to[:200],
            what=what[:300],
            purpose=purpose[:300],
            way=way,
            by_id=who.membership,
            by_name=by_name,
        )
        one.save()
    return one


def write_export(person: Person, what: dict[str, Any], why: str) -> None:
    """Write down in the audit that a record was taken along: which parts and how, never what stood in them."""
    write("exported", table=RECORD, row=person.pk, person=person.pk, what=what, why=why)


def as_json(content: dict[str, Any], told: dict[str, Any]) -> str:
    """JSON with the notice before anything else.

    >>> as_json({"a": 1}, notice(Say("en"))).splitlines()[1]
    '  "notice": {'
    """
    return (
        json.dumps({"notice": told, "made": timezone.now().isoformat(), **content}, indent=2, ensure_ascii=False) + "\n"
    )


def as_csv(names: Sequence[str], rows: Iterable[Sequence[Any]], told: dict[str, Any]) -> str:
    """CSV whose first row is the notice; a cell that a spreadsheet would run as a formula is text.

    >>> as_csv(["a"], [["=1+1"]], notice(Say("en"))).splitlines()[2]
    "'=1+1"
    """
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([f"{told['statement']} ({told['law']})"])
    lines.writerow(names)
    lines.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def since(window: str, organisation: Organisation) -> Any:
    """The first moment that an accounting asked for now goes back to, as a condition on ``at``."""
    now = timezone.now().astimezone(organisation.zone)
    year = now.year - law().years(window)
    try:
        first = now.replace(year=year)
    except ValueError:
        first = now.replace(year=year, day=28)
    return Q(at__gte=first)
