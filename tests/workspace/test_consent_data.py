"""What a consent opens, where data is read: only what a whole one of today names, to whom it names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.workspace.world import VIEWPOINTS, World, consent, relate
from trellis.justice.consent import ConsentError, permitted
from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.assessment.models import Assessment, GivenAnswer, Task
from trellis.workspace.consent import written
from trellis.workspace.consent.models import Consent, ConsentScope, Disclosure, LegalStanding
from trellis.workspace.people.models import Person, PrivateNote

NOW = timezone.now
ALL = ("person", "assessment", "answer", "task")


@pytest.fixture
def record(world: World) -> World:
    """Dana has something of everything that a consent can name."""
    dana = world.people["dana"]
    same: dict[str, Any] = {"organisation": dana.organisation, "person": dana}
    with upkeep("a test"):
        one = Assessment.objects.create(**same)
        GivenAnswer.objects.create(**same, assessment=one, fact="alcohol", value="yes", on=date(2026, 11, 1), number=1)
        Task.objects.create(**same, kind="call", due=NOW())
    return world


def counts(world: World, viewpoint: str) -> dict[str, int]:
    """What somebody sees of Dana: in a list, in a count and in a search, which must agree."""
    dana = world.people["dana"]
    found = {}
    with acting_as(world.viewer(viewpoint)):
        for name, model in (("person", Person), ("assessment", Assessment), ("answer", GivenAnswer), ("task", Task)):
            rows = model.objects.filter(pk=dana.pk) if model is Person else model.objects.filter(person=dana)
            assert len(list(rows)) == rows.count() == int(rows.exists())
            assert len(rows.values_list("pk", flat=True)) == rows.count()
            found[name] = rows.count()
        assert Person.objects.filter(name__icontains="dana").count() == found["person"]
        assert Task.objects.filter(person__name__icontains="dana").count() == found["task"]
    return found


NOTHING = dict.fromkeys(ALL, 0)
EVERYTHING = dict.fromkeys(ALL, 1)


def test_a_whole_signed_consent_opens_what_it_names_and_nothing_else(record: World) -> None:
    consent(record.people["dana"], record.members["mother_without_consent"], ("person", "task"))
    assert counts(record, "mother_without_consent") == NOTHING | {"person": 1, "task": 1}


HOUR = timedelta(hours=1)
FAULTS: dict[str, dict[str, Any]] = {
    "unsigned": {"signed": None},
    "signed tomorrow": {"signed": NOW() + 24 * HOUR},
    "not yet": {"starts": NOW() + HOUR},
    "expired": {"until": NOW() - HOUR},
    "ended by its event": {"ended": NOW() - HOUR},
    "taken back": {"revoked": NOW() - HOUR},
    "for the justice system": {"justice": True, "revocable_from": NOW()},
    "without who gives it": {"given_by": ""},
    "without who may share": {"program": ""},
    "without to whom": {"recipient_name": ""},
    "without a purpose": {"purpose": ""},
    "without an end": {"until": None, "ends_with": ""},
    "without a signature": {"signature": ""},
    "without an end, for something else than treatment, payment and operations": {
        "until": None,
        "ends_with": "until_taken_back",
    },
    "of a surrogate, without why they may act": {"given_as": "surrogate"},
    "signed by a parent for somebody whose birth is not known": {"given_as": "parent", "given_basis": "Mother"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_consent_with_a_fault_opens_nothing(fault: str, record: World) -> None:
    consent(record.people["dana"], record.members["mother_without_consent"], ALL, **FAULTS[fault])
    assert counts(record, "mother_without_consent") == NOTHING


def test_the_same_consent_without_a_fault_opens_all(record: World) -> None:
    consent(record.people["dana"], record.members["mother_without_consent"], ALL)
    assert counts(record, "mother_without_consent") == EVERYTHING


def test_a_consent_that_was_replaced_opens_nothing(record: World) -> None:
    dana, mother = record.people["dana"], record.members["mother_without_consent"]
    old = consent(dana, mother, ALL)
    with upkeep("a test"):
        old.replaced_by = consent(dana, mother, ("person",))
        old.save()
    assert counts(record, "mother_without_consent") == NOTHING | {"person": 1}


def test_a_consent_to_somebody_else_or_of_somebody_else_opens_nothing(record: World) -> None:
    consent(record.people["dana"], record.members["mother_with_consent"], ALL)
    consent(record.people["kim"], record.members["mother_without_consent"], ALL)
    assert counts(record, "mother_without_consent") == NOTHING


def test_a_consent_opens_nothing_to_another_organisation_or_to_staff_without_a_tie(record: World) -> None:
    for viewpoint in ("clinician_elsewhere", "supervisor_elsewhere", "other_clinician", "another_person"):
        consent(record.people["dana"], record.members[viewpoint], ALL)
        assert counts(record, viewpoint) == NOTHING


def test_a_liaison_reads_by_a_justice_consent_alone_and_family_never_by_one(record: World) -> None:
    dana = record.people["dana"]
    liaison, mother = record.members["liaison_without_consent"], record.members["mother_without_consent"]
    consent(dana, liaison, ALL, justice=False)
    assert counts(record, "liaison_without_consent") == NOTHING
    consent(dana, mother, ALL, justice=True, revocable_from=NOW())
    assert counts(record, "mother_without_consent") == NOTHING
    consent(dana, liaison, ("person", "attendance", "answer", "task"))
    assert counts(record, "liaison_without_consent") == NOTHING | {"person": 1}


def test_a_justice_consent_that_does_not_say_from_when_it_can_be_taken_back_opens_nothing(record: World) -> None:
    dana, liaison = record.people["dana"], record.members["liaison_without_consent"]
    consent(dana, liaison, ("person", "attendance"), revocable_from=None)
    assert counts(record, "liaison_without_consent") == NOTHING
    consent(dana, liaison, ("person", "attendance"), revocable_from=None, revocable_event="case_decided")
    assert counts(record, "liaison_without_consent")["person"] == 1


def test_a_justice_consent_that_names_no_part_of_a_report_opens_nothing(record: World) -> None:
    consent(record.people["dana"], record.members["liaison_without_consent"], ("person",))
    assert counts(record, "liaison_without_consent") == NOTHING


def test_only_the_consent_for_treatment_payment_and_operations_may_have_no_end(record: World) -> None:
    no_end: dict[str, Any] = {"until": None, "ends_with": "until_taken_back", "purpose": "treatment_payment_operations"}
    consent(record.people["dana"], record.members["mother_without_consent"], ALL, **no_end)
    assert counts(record, "mother_without_consent") == EVERYTHING


def test_what_was_signed_is_never_changed_nor_made_wider_by_any_way(world: World) -> None:
    given = consent(world.people["dana"], world.members["mother_without_consent"], ("person",))
    with acting_as(world.viewer("dana")):
        mine = Consent.objects.get(pk=given.pk)
        mine.until = NOW() + timedelta(days=4000)
        for attempt in (
            lambda: mine.save(),
            lambda: Consent.objects.filter(pk=given.pk).update(recipient_name="Somebody else"),
            lambda: Consent.objects.bulk_update([mine], ["until"]),
            lambda: ConsentScope(
                organisation=given.organisation, person=given.person, consent=given, scope="answer"
            ).save(),
        ):
            with pytest.raises(NotAllowed), transaction.atomic():
                attempt()


def test_nobody_adds_a_scope_to_a_consent_of_another_person(world: World) -> None:
    with upkeep("a test"):
        kims = Consent.objects.create(
            organisation=world.organisations["harbor"], person=world.people["kim"], given_by="Kim", recipient_name="A",
            purpose="family",
        )  # fmt: skip
    with acting_as(world.viewer("dana")), pytest.raises(NotAllowed):
        ConsentScope(organisation=kims.organisation, person=world.people["dana"], consent=kims, scope="answer").save()


MAY_WRITE = {"clinician", "case_manager", "dana"}


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_only_the_person_and_their_team_write_a_consent(viewpoint: str, world: World) -> None:
    dana = world.people["dana"]
    one = Consent(organisation=dana.organisation, person=dana, given_by="Dana", recipient_name="A", purpose="family")
    with acting_as(world.viewer(viewpoint)):
        if viewpoint in MAY_WRITE:
            one.save()
            assert Consent.objects.filter(pk=one.pk).exists()
        else:
            with pytest.raises(NotAllowed):
                one.save()


def test_whoever_says_no_more_to_somebody_takes_back_all_that_they_gave_them(world: World) -> None:
    dana, mother = world.people["dana"], world.members["mother_without_consent"]
    first, second = consent(dana, mother, ("person",)), consent(dana, mother, ("person", "task"))
    other = consent(dana, world.members["guardian"], ("person",))
    with acting_as(world.viewer("dana")):
        assert written.take_back(first) == 2
        states = {one.pk: written.state(one) for one in Consent.objects.filter(pk__in=[first.pk, second.pk, other.pk])}
    assert states == {first.pk: "revoked", second.pk: "revoked", other.pk: "holds"}


def test_a_report_reads_the_same_consent_to_the_same_end(world: World) -> None:
    dana, liaison = world.people["dana"], world.members["liaison_without_consent"]
    given = consent(dana, liaison, ("person", "attendance"))
    harbor = world.organisations["harbor"]
    today = written.today(harbor)
    read = written.for_report(given, ("person", "attendance"), harbor)
    assert permitted([read], to="probation", as_of=today).parts == ("attendance",)
    with upkeep("a test"):
        written.take_back(given)
        given.refresh_from_db()
    with pytest.raises(ConsentError) as refused:
        permitted([written.for_report(given, ("attendance",), harbor)], to="probation", as_of=today)
    assert refused.value.why == "revoked"


def test_a_disclosure_is_written_by_the_team_and_read_by_the_person(world: World) -> None:
    dana = world.people["dana"]
    same: dict[str, Any] = {"organisation": dana.organisation, "person": dana}
    for viewpoint in VIEWPOINTS:
        one = Disclosure(**same, to="A", what="B", purpose="C", way="phone")
        with acting_as(world.viewer(viewpoint)):
            if viewpoint in {"clinician", "case_manager"}:
                one.save()
            else:
                with pytest.raises(NotAllowed):
                    one.save()
    seen = set()
    for viewpoint in VIEWPOINTS:
        with acting_as(world.viewer(viewpoint)):
            if Disclosure.objects.filter(person=dana).count() == 2:
                seen.add(viewpoint)
    assert seen == {"administrator", "clinician", "supervisor", "case_manager", "dana"}


def test_legal_status_is_seen_by_the_team_and_the_person_and_never_by_family_or_a_court(world: World) -> None:
    dana = world.people["dana"]
    with upkeep("a test"):
        LegalStanding.objects.create(
            organisation=dana.organisation, person=dana, kind="legal_status", value="custody",
            basis="A", on=date.today(),
            by_name="B",
        )  # fmt: skip
    seen = set()
    for viewpoint in VIEWPOINTS:
        with acting_as(world.viewer(viewpoint)):
            if LegalStanding.objects.exists():
                seen.add(viewpoint)
    assert seen == {"clinician", "supervisor", "case_manager", "dana"}


def test_nothing_that_decides_reads_legal_status_or_capacity() -> None:
    from pathlib import Path

    import trellis

    for part in ("decide", "engine", "account", "kinds"):
        for path in (Path(trellis.__file__).parent / part).rglob("*.py"):
            assert "trellis.workspace" not in path.read_text(encoding="utf-8"), path


# Minors, guardians, surrogates.


def young(world: World, born: date, **settings: Any) -> None:
    """Dana was born on a day, and Harbor settles what it does about minors."""
    with upkeep("a test"):
        harbor = world.organisations["harbor"]
        for name, value in settings.items():
            setattr(harbor, name, value)
        harbor.save()
        dana = world.people["dana"]
        dana.born = born
        dana.save()


def years_before(today: date, age: int, days: int = 0) -> date:
    return today.replace(year=today.year - age) + timedelta(days=days)


def test_a_guardian_sees_nothing_unless_the_settings_open_it(record: World) -> None:
    young(record, date(2015, 1, 1))
    assert counts(record, "guardian") == NOTHING
    young(record, date(2015, 1, 1), parents_see_minors=True)
    assert counts(record, "guardian") == {"person": 1, "assessment": 1, "answer": 0, "task": 1}
    assert counts(record, "mother_without_consent") == NOTHING, "family is no guardian"


def test_what_a_guardian_sees_ends_on_the_birthday_in_the_clinics_time_zone(
    record: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    young(record, date(2008, 11, 30), parents_see_minors=True, time_zone="America/New_York")
    moments = {datetime(2026, 11, 30, 4, 59, tzinfo=UTC): 1, datetime(2026, 11, 30, 5, 1, tzinfo=UTC): 0}
    with upkeep("a test"):
        from trellis.workspace.people.models import Relation

        Relation.objects.update(since=datetime(2026, 1, 1, tzinfo=UTC))
    for moment, seen in moments.items():
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert counts(record, "guardian")["person"] == seen, moment
    young(record, date(2008, 11, 30), time_zone="America/Los_Angeles")
    assert counts(record, "guardian")["person"] == 1, "there it is the day before"


def test_from_the_age_of_own_consent_a_guardian_sees_nothing_without_it(record: World) -> None:
    today = written.today(record.organisations["harbor"])
    young(record, years_before(today, 14), parents_see_minors=True, own_consent_from=14)
    assert counts(record, "guardian") == NOTHING
    young(record, years_before(today, 14, days=1), parents_see_minors=True, own_consent_from=14)
    assert counts(record, "guardian")["person"] == 1
    young(record, years_before(today, 14))
    consent(record.people["dana"], record.members["guardian"], ALL)
    assert counts(record, "guardian") == EVERYTHING


def test_a_guardian_of_somebody_whose_birth_is_not_known_sees_nothing(record: World) -> None:
    with upkeep("a test"):
        harbor = record.organisations["harbor"]
        harbor.parents_see_minors = True
        harbor.save()
    assert counts(record, "guardian") == NOTHING


def test_what_a_parent_signed_for_a_minor_ends_on_the_birthday(record: World) -> None:
    today = written.today(record.organisations["harbor"])
    young(record, years_before(today, 18, days=1))
    consent(
        record.people["dana"], record.members["mother_without_consent"], ALL, given_as="parent", given_basis="Mother"
    )
    assert counts(record, "mother_without_consent") == EVERYTHING
    young(record, years_before(today, 18))
    assert counts(record, "mother_without_consent") == NOTHING


def test_what_a_minor_signed_alone_opens_nothing_where_consent_is_not_theirs_alone(record: World) -> None:
    today = written.today(record.organisations["harbor"])
    consent(record.people["dana"], record.members["mother_without_consent"], ALL)
    young(record, years_before(today, 15))
    assert counts(record, "mother_without_consent") == NOTHING
    young(record, years_before(today, 15), own_consent_from=15)
    assert counts(record, "mother_without_consent") == EVERYTHING


def test_a_surrogate_sees_only_while_a_courts_finding_stands(record: World) -> None:
    dana = record.people["dana"]
    same: dict[str, Any] = {"organisation": dana.organisation, "person": dana, "basis": "A", "by_name": "B"}
    assert counts(record, "surrogate") == NOTHING
    with upkeep("a test"):
        for_now = LegalStanding.objects.create(**same, kind="capacity", value="lacks_for_now", on=date.today())
    assert counts(record, "surrogate") == NOTHING
    with upkeep("a test"):
        for_now.until = NOW()
        for_now.save()
        found = LegalStanding.objects.create(**same, kind="capacity", value="lacks_by_court", on=date.today())
    assert counts(record, "surrogate") == EVERYTHING
    with upkeep("a test"):
        found.until = NOW()
        found.save()
    assert counts(record, "surrogate") == NOTHING


# Private notes and the audit of them.


def test_that_a_private_note_was_written_is_told_to_its_author_alone(world: World) -> None:
    from trellis.workspace.audit.models import Entry

    dana = world.people["dana"]
    with acting_as(world.viewer("clinician")):
        PrivateNote(
            organisation=dana.organisation, person=dana, author=world.members["clinician"], text="Invented words."
        ).save()
    for viewpoint in ("administrator", "supervisor", "dana"):
        with acting_as(world.viewer(viewpoint)):
            assert not Entry.objects.filter(table="people_private_note").exists()
    with upkeep("a test"):
        entry = Entry.objects.get(table="people_private_note")
        assert "Invented words" not in entry.after


def test_a_person_sees_that_their_name_stood_in_a_list_with_others(world: World) -> None:
    from trellis.workspace.access.seen import collecting
    from trellis.workspace.audit.models import Entry
    from trellis.workspace.audit.write import write_seen

    relate(world.people["kim"], world.members["clinician"], "care_team")
    with acting_as(world.viewer("clinician")), collecting() as seen:
        list(Person.objects.all())
        write_seen(seen, "caseload")
    for viewpoint, there in (("dana", True), ("another_person", True), ("mother_with_consent", False)):
        with acting_as(world.viewer(viewpoint)):
            assert Entry.objects.filter(table="caseload", person=None).exists() is there
