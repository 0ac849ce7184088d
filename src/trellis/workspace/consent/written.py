"""A written consent from draft to its end: what it lacks, whether it holds, who signs, how it is taken back.

Method: the elements of 42 CFR 2.31 and 2.35, as ``law.yaml`` lists them. The reasons why nothing is shared are those of
:mod:`trellis.justice.consent`, said with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from trellis.justice.consent import Consent as ReportConsent
from trellis.kinds.justice import CONSENT_EVENTS, CONSENT_PURPOSES, REPORT_PARTS
from trellis.workspace.access.relations import ALL_THREE as ALL_THREE
from trellis.workspace.access.relations import FOR_A_MINOR, NO_END, born_by
from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.access.viewer import asking, upkeep
from trellis.workspace.consent.law import Provision, law
from trellis.workspace.consent.models import Consent, ConsentScope
from trellis.workspace.people.models import Membership, Organisation, Person, Relation

EVENTS = ("treatment_ends", "program_ends", NO_END)
"""What may end a consent that is not for the justice system; the last is no end at all."""
NAMED_BY = ("family", "friend", "guardian", "surrogate", "supervision")
"""The ties to a person of those whom a consent can name."""


class CannotSignError(ValueError):
    """It is not signed: the names of the elements that it lacks.

    Args:
        lacks: their ids in ``law.yaml``.
    """

    def __init__(self, lacks: Iterable[str]) -> None:
        self.lacks = tuple(lacks)
        super().__init__(", ".join(self.lacks))


def today(organisation: Organisation) -> date:
    """The day in the clinic's time zone."""
    return timezone.now().astimezone(organisation.zone).date()


def begins(day: date, organisation: Organisation) -> datetime:
    """The first moment of a day in the clinic's time zone."""
    return datetime.combine(day, time(), organisation.zone)


def after(day: date, organisation: Organisation) -> datetime:
    """The first moment after a day in the clinic's time zone."""
    return begins(day + timedelta(days=1), organisation)


def last_day(moment: datetime | None, organisation: Organisation) -> date | None:
    """The last day before a moment."""
    return None if moment is None else (moment - timedelta(seconds=1)).astimezone(organisation.zone).date()


def is_minor(person: Person, organisation: Organisation) -> bool:
    """Whether somebody is a minor today; not where their birth is not known."""
    return person.born is not None and person.born > born_by(today(organisation), organisation.minor_until)


def signs_alone(person: Person, organisation: Organisation) -> bool:
    """Whether somebody's consent is their own today: an adult, or old enough by the organisation's settings."""
    if person.born is None or organisation.own_consent_from is None:
        return not is_minor(person, organisation)
    return not is_minor(person, organisation) or person.born <= born_by(
        today(organisation), organisation.own_consent_from
    )


def lacks(one: Consent, scopes: Iterable[str], person: Person, organisation: Organisation) -> tuple[Provision, ...]:
    """What a written consent needs and this one does not have, in the order of the law, the signature left aside."""
    alone = signs_alone(person, organisation)
    kinds = set(scopes) & set(law().scopes["justice" if one.justice else "ordinary"])
    ends = one.ends_with in CONSENT_EVENTS if one.justice else one.ends_with in EVENTS
    if one.ends_with == NO_END:
        ends = one.purpose == ALL_THREE
    there = {
        "patient": bool(person.name.strip()),
        "by": bool(one.given_by.strip()) and (one.given_as != "self" or alone),
        "from": bool(one.program.strip()),
        "kinds": bool(kinds - {"person"}) if one.justice else bool(kinds),
        "to": bool(one.recipient_name.strip()),
        "purpose": one.purpose in (CONSENT_PURPOSES if one.justice else Consent.PURPOSES),
        "expiry": one.until is not None or ends,
        "revocable": one.revocable_from is not None or one.revocable_event in CONSENT_EVENTS,
        "basis": bool(one.given_basis.strip()) and (one.given_as not in FOR_A_MINOR or is_minor(person, organisation)),
    }
    return tuple(asked for asked in needed(one) if not there.get(asked.id, True))


def needed(one: Consent) -> tuple[Provision, ...]:
    """The elements that this consent must have."""
    return tuple(
        asked
        for asked in law().elements
        if (one.justice or not asked.more.get("justice"))
        and (one.given_as != "self" or not asked.more.get("not_self"))
        and (one.given_as in FOR_A_MINOR or not asked.more.get("minor"))
    )


def state(one: Consent) -> str:
    """How it stands now: ``holds``, or why nothing is shared by it, as :data:`trellis.justice.consent.WHYS` name it.

    >>> state(Consent(given_by="Sam", recipient_name="A brother"))
    'not_signed'
    """
    now = timezone.now()
    if one.replaced_by_id is not None:
        return "replaced"
    if one.revoked is not None:
        return "revoked"
    if one.signed is None:
        return "not_signed"
    if one.ended is not None or (one.until is not None and one.until <= now):
        return "expired"
    return "not_yet" if one.starts > now or one.signed > now else "holds"


def for_report(one: Consent, scopes: Iterable[str], organisation: Organisation) -> ReportConsent:
    """The same consent as a report for a court reads it, so that both decide by one account of consent."""

    def day(moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(organisation.zone).date()

    kinds = set(scopes)
    return ReportConsent(
        by=one.given_by,
        program=one.program,
        name=one.recipient_name,
        role=one.recipient_role,
        kinds=tuple(part for part in REPORT_PARTS if part in kinds),
        purpose=one.purpose,
        signed=day(one.signed),
        starts=day(one.starts),
        until=last_day(one.until, organisation),
        event=one.ends_with,
        event_on=day(one.ended),
        referral=True,
        revocable_from=day(one.revocable_from),
        revocable_event=one.revocable_event,
        revoked=day(one.revoked),
    )


def can_be_named(person: Person, *, justice: bool) -> list[Membership]:
    """The members of the organisation who belong to a person and whom a consent may name."""
    role = "liaison" if justice else "family"
    now = timezone.now()
    with upkeep("whom a consent of this person can name", person.organisation_id):
        ties = Relation.objects.filter(person=person, kind__in=NAMED_BY, membership__role=role, since__lte=now)
        ties = ties.exclude(until__lte=now).select_related("membership__account").order_by("pk")
        members = {tie.membership_id: tie.membership for tie in ties if tie.membership.until is None}
    return list(members.values())


def keep(one: Consent, scopes: Iterable[str], old: Consent | None = None) -> Consent:
    """Write a draft down. A signed one that it changes holds until it is signed; an unsigned one gives way at once."""
    with transaction.atomic():
        one.version = 1 if old is None else old.version + 1
        one.changes = old if old is not None and old.signed is not None else None
        if old is not None and old.signed is None:
            one.version, one.changes = old.version, old.changes
        one.save()
        for scope in dict.fromkeys(scopes):
            ConsentScope(organisation_id=one.organisation_id, person_id=one.person_id, consent=one, scope=scope).save()
        if old is not None and old.signed is None:
            old.replaced_by = one
            old.save()
    return one


def sign(
    one: Consent,
    scopes: Iterable[str],
    *,
    signature: str,
    organisation: Organisation,
    paper_of: date | None = None,
    witness: str = "",
    second: str = "",
) -> Consent:
    """Sign it: from now on it holds as it is written, and what it follows holds no more.

    Args:
        one: the draft.
        scopes: what it names.
        signature: the typed name, or that on the paper.
        organisation: the person's.
        paper_of: the day of a paper that somebody saw; None where the person signs in their own session.
        witness: who saw the paper.
        second: the minor's name, where a parent or guardian signs with them.

    Raises:
        CannotSignError: something is missing.
        NotAllowed: whoever asks may not.
    """
    who = asking()
    if one.signed is not None or one.replaced_by_id is not None:
        raise NotAllowed("It was signed or replaced already.")
    missing = [asked.id for asked in lacks(one, scopes, one.person, organisation)]
    if not signature.strip():
        missing.append("signature")
    if one.given_as in FOR_A_MINOR and not second.strip():
        missing.append("second_signature")
    if missing:
        raise CannotSignError(missing)
    own = paper_of is None
    if own and (who.role != "person" or one.given_as != "self"):
        raise NotAllowed("Only the person signs in their own session.")
    if not own and not witness:
        raise NotAllowed("Somebody must have seen the paper.")
    now = timezone.now()
    one.signature, one.second_signature, one.witness = signature.strip(), second.strip(), witness
    one.signed_how = "own_session" if own else "paper"
    one.signed = now if paper_of is None else min(now, begins(paper_of, organisation))
    with transaction.atomic():
        one.save()
        old = one.changes
        if old is not None and old.replaced_by_id is None:
            old.replaced_by = one
            old.save()
    return one


def take_back(one: Consent, words: str = "") -> int:
    """Take it back, and every other consent to the same recipient of the same form that was signed. Returns how many.

    Somebody who says "no more" does not say which paper they mean (as :func:`trellis.justice.consent.against` has it).
    """
    now = timezone.now()
    same = Consent.objects.filter(person_id=one.person_id, justice=one.justice, revoked=None, replaced_by=None)
    same = (
        same.filter(recipient_id=one.recipient_id)
        if one.recipient_id
        else same.filter(recipient_name__iexact=one.recipient_name)
    )
    with transaction.atomic():
        several = [each for each in same if each.signed is not None or each.pk == one.pk]
        for each in several:
            each.revoked, each.revoked_words = now, words
            each.save()
    return len(several)


def early(one: Consent) -> bool:
    """Whether a consent for the justice system was taken back before the day or event that it names for that."""
    if not one.justice or one.revoked is None:
        return False
    reached = one.revocable_from is not None and one.revocable_from <= one.revoked
    return not reached and not (one.revocable_event and one.revocable_event == one.ends_with and one.ended is not None)


def end(one: Consent) -> None:
    """What ends it has happened."""
    one.ended = timezone.now()
    one.save()


def versions(one: Consent) -> list[Consent]:
    """The version itself and all before and after it, the newest first."""
    earlier: QuerySet[Any] = Consent.objects.filter(person_id=one.person_id).order_by("pk")
    several = {each.pk: each for each in earlier}
    before = {each.replaced_by_id: each for each in several.values() if each.replaced_by_id}
    chain = [several[one.pk]]
    while chain[0].replaced_by_id in several:
        chain.insert(0, several[chain[0].replaced_by_id])
    while chain[-1].pk in before:
        chain.append(before[chain[-1].pk])
    return chain


def draft_of(one: Consent) -> Consent | None:
    """The draft that would change a signed consent, where somebody began one."""
    if one.signed is None:
        return None
    return Consent.objects.filter(changes=one, signed=None, replaced_by=None, revoked=None).first()
