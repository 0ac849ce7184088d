"""Fills an empty database with invented people, and makes it anew."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from trellis.workspace.access.viewer import upkeep
from trellis.workspace.assessment.models import Assessment, GivenAnswer, Task
from trellis.workspace.consent.models import Consent, ConsentScope, Disclosure, LegalStanding
from trellis.workspace.environment import SettingError
from trellis.workspace.people.models import Account, EmergencyAccess, Membership, Organisation, Person, Relation

ANSWERS = Path(__file__).with_name("answers.json")
PEOPLE = Path(__file__).with_name("people.yaml")
SEED = 17
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


@cache
def read() -> dict[str, Any]:
    """The demonstration as it is written down: organisations, members, people and what belongs to them."""
    told: dict[str, Any] = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    return told


@cache
def answers() -> dict[str, dict[str, Any]]:
    """By case, the answers of the invented person."""
    told: dict[str, dict[str, Any]] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return told


def ensure() -> None:
    """The demonstration's people, where nobody is there yet."""
    with upkeep("the demonstration"):
        if not Organisation.objects.exists():
            seed()


def reset(migrate: Callable[[], None], anchors: Path) -> None:
    """Everything away, the audit too, and the demonstration made anew.

    Args:
        migrate: makes the tables of an empty database.
        anchors: where the sums of the audit were put down.

    Raises :class:`SettingError` outside the demonstration: nothing of a real person is ever emptied.
    """
    _only_in_the_demonstration()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    anchors.unlink(missing_ok=True)
    migrate()
    ensure()


def _only_in_the_demonstration() -> None:
    if not settings.DEMO:
        raise SettingError("TRELLIS_DEMO", "is off: only the demonstration is made anew", "Turn it on, or leave it.")
    with upkeep("the demonstration"):
        tables = connection.introspection.table_names()
        if Organisation._meta.db_table in tables and Organisation.objects.filter(demo=False).exists():
            raise SettingError(
                "TRELLIS_DEMO", "this database holds an organization that is not invented", "Use another database."
            )


def seed(now: datetime | None = None) -> None:
    """Write all of it, the same each time but for the days, which are counted from now.

    Args:
        now: the moment that "today" is counted from.
    """
    with transaction.atomic():
        Seeding(now or timezone.now()).all()


class Seeding:
    """One seeding: what was made so far, by the names that people.yaml gives.

    Args:
        now: the moment that days are counted from.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.told = read()
        self.luck = random.Random(SEED)  # noqa: S311 - keys of invented people, the same in every seeding
        self.organisations: dict[str, Organisation] = {}
        self.members: dict[str, Membership] = {}
        self.people: dict[str, Person] = {}

    def all(self) -> None:
        """Everything, in the order in which one thing needs another."""
        self._organisations()
        self._members()
        self._people()
        self._relations()
        self._assessments()
        self._consents()
        self._tasks()
        self._emergencies()

    def _key(self) -> str:
        return "".join(self.luck.choice(ALPHABET) for _ in range(12))

    def _ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _day(self, days: int) -> date:
        return timezone.localdate(self.now) + timedelta(days=days)

    def _organisations(self) -> None:
        for name, told in self.told["organisations"].items():
            self.organisations[name] = Organisation.objects.create(demo=True, **told)

    def _members(self) -> None:
        nothing = make_password(None)
        rows = self.told["members"]
        accounts = Account.objects.bulk_create(
            Account(
                email=f"{one['id'].replace('_', '.')}@{one['at']}.example",
                name=one["name"],
                language=one.get("language", "en"),
                password=nothing,
                made=self._ago(400),
            )
            for one in rows
        )
        members = Membership.objects.bulk_create(
            Membership(
                organisation=self.organisations[one["at"]],
                account=account,
                role=one["role"],
                title=one["title"],
                since=self._ago(400),
            )
            for one, account in zip(rows, accounts, strict=True)
        )
        self.members = {one["id"]: member for one, member in zip(rows, members, strict=True)}

    def _people(self) -> None:
        plain = ("name", "called", "born", "chart", "language", "stage", "setting")
        rows = self.told["people"]
        made = Person.objects.bulk_create(
            Person(
                organisation=self.organisations[one["at"]],
                key=self._key(),
                since=self._ago(one["days"]),
                closed=self._ago(3) if one["stage"] == "closed" else None,
                **{name: one[name] for name in plain if name in one and hasattr(Person, name)},
            )
            for one in rows
        )
        self.people = {one["id"]: person for one, person in zip(rows, made, strict=True)}
        LegalStanding.objects.bulk_create(
            LegalStanding(
                organisation_id=self.people[one["id"]].organisation_id,
                person=self.people[one["id"]],
                kind=kind,
                value=one[kind],
                basis="Invented, for the demonstration",
                on=self._day(-one["days"]),
                by=self.members[one["team"][0]],
                by_name=self.members[one["team"][0]].account.name,
                made=self._ago(one["days"]),
            )
            for one in rows
            for kind in LegalStanding.KINDS
            if kind in one
        )

    def _relation(self, person: Person, member: Membership, kind: str, since: datetime, leads: bool) -> Relation:
        return Relation(
            organisation_id=person.organisation_id,
            person=person,
            membership=member,
            kind=kind,
            since=since,
            leads=leads,
        )

    def _relations(self) -> None:
        several = []
        for one in self.told["people"]:
            person = self.people[one["id"]]
            for place, name in enumerate(one["team"]):
                several.append(self._relation(person, self.members[name], "care_team", person.since, leads=place == 0))
            if "account" in one:
                several.append(self._relation(person, self.members[one["account"]], "self", person.since, leads=False))
        for one in self.told["relations"]:
            person = self.people[one["person"]]
            several.append(self._relation(person, self.members[one["member"]], one["kind"], person.since, leads=False))
        Relation.objects.bulk_create(several)

    def _assessments(self) -> None:
        import trellis

        kb = trellis.load()
        given: list[GivenAnswer] = []
        for one in self.told["people"]:
            if "case" not in one:
                continue
            person, known = self.people[one["id"]], answers()[one["case"]]
            told = dict(list(known.items())[: int(len(known) * one.get("part", 1))])
            rec = trellis.decide(kb, told, as_of=timezone.localdate(self.now))
            begun = max(person.since, self._ago(14))
            assessment = Assessment.objects.create(
                organisation_id=person.organisation_id,
                key=self._key(),
                person=person,
                begun=begun,
                begun_by=self.members[one["team"][0]],
                changed=begun + (self.now - begun) * self.luck.random(),
                closed=person.closed,
                due=self._day(one["due"]) if "due" in one else None,
                knowledge=kb.digest[:64],
                urgent=bool(rec.urgent),
                least=rec.least.now.ids[0],
                most=rec.most.now.ids[0],
                settled=rec.settled,
            )
            author = self.members[one["team"][0]]
            given += [
                GivenAnswer(
                    organisation_id=person.organisation_id,
                    person=person,
                    assessment=assessment,
                    fact=fact,
                    value=value,
                    on=timezone.localdate(begun),
                    at=begun,
                    author=author,
                    number=1,
                )
                for fact, value in told.items()
            ]
        GivenAnswer.objects.bulk_create(given, batch_size=500)

    def _consents(self) -> None:
        for one in self.told["consents"]:
            person, to = self.people[one["person"]], self.members.get(one.get("to", ""))
            justice = one.get("justice", False)
            consent = Consent.objects.create(
                organisation_id=person.organisation_id,
                key=self._key(),
                person=person,
                given_by=person.name,
                program=person.organisation.name,
                recipient_kind="member" if to else "named",
                recipient=to,
                recipient_name=to.account.name if to else one["name"],
                recipient_role="probation" if justice else to.title if to else "",
                purpose=one["purpose"],
                justice=justice,
                starts=self._ago(one["days"]),
                until=self._ago(one["days"] - 365),
                revocable_from=self._ago(one["days"]) if justice else None,
                made=self._ago(one["days"]),
            )
            ConsentScope.objects.bulk_create(
                ConsentScope(organisation_id=person.organisation_id, person=person, consent=consent, scope=scope)
                for scope in one["scopes"]
            )
            if one.get("unsigned"):
                continue
            consent.signed, consent.signature, consent.signed_how = self._ago(one["days"]), person.name, "paper"
            consent.save()
            if "revoked" in one:  # a consent is signed once; that it was taken back comes later
                consent.revoked = self._ago(one["revoked"])
                consent.save()
        Disclosure.objects.bulk_create(self._disclosures())

    def _disclosures(self) -> Iterable[Disclosure]:
        for one in self.told["disclosures"]:
            person = self.people[one["person"]]
            yield Disclosure(
                organisation_id=person.organisation_id,
                person=person,
                consent=Consent.objects.filter(person=person, recipient_name=one["to"]).first(),
                to=one["to"],
                what="person, assessment",
                purpose=one["purpose"],
                way="print",
                at=self._ago(one["days"]),
                by=self.members[one["by"]],
            )

    def _tasks(self) -> None:
        Task.objects.bulk_create(
            Task(
                organisation_id=self.people[one["person"]].organisation_id,
                key=self._key(),
                person=self.people[one["person"]],
                kind=one["kind"],
                words=one["words"],
                urgent=one.get("urgent", False),
                owner=self.members[one["owner"]],
                made=self._ago(2),
                due=self.now + timedelta(hours=one["hours"]),
            )
            for one in self.told["tasks"]
        )

    def _emergencies(self) -> None:
        for one in self.told["emergencies"]:
            person, at = self.people[one["person"]], self.now - timedelta(hours=one["hours"])
            EmergencyAccess.objects.create(
                organisation_id=person.organisation_id,
                person=person,
                membership=self.members[one["by"]],
                reason=one["reason"],
                at=at,
                until=at + timedelta(hours=4),
            )
