"""Nobody sees what no row of the table of rules lets them see: in a list, a count, a search or by a reference."""

from __future__ import annotations

import pytest

from tests.workspace.world import VIEWPOINTS, World, consent
from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.access.viewer import NobodyAsks, acting_as, upkeep
from trellis.workspace.people.models import Membership, Person, PrivateNote, Relation

SEE_DANA = {
    "administrator", "clinician", "supervisor", "case_manager", "peer", "liaison_with_consent", "mother_with_consent",
    "dana",
}  # fmt: skip
CHANGE_DANA = {"administrator", "clinician"}


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_who_sees_dana_sees_her_in_lists_counts_and_searches_and_nobody_else_does(viewpoint: str, world: World) -> None:
    with acting_as(world.viewer(viewpoint)):
        seen = viewpoint in SEE_DANA
        assert Person.objects.filter(name__startswith="Dana").exists() is seen
        assert (world.people["dana"] in Person.objects.all()) is seen
        assert Person.objects.filter(name__icontains="dana").count() == int(seen)
        assert (
            list(Person.objects.filter(name="Dana Invented").values_list("name", flat=True)) == ["Dana Invented"] * seen
        )


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_only_who_may_change_dana_changes_her_by_any_way(viewpoint: str, world: World) -> None:
    dana = world.people["dana"]
    with acting_as(world.viewer(viewpoint)):
        dana.phone = "555-0100"
        if viewpoint in CHANGE_DANA:
            dana.save()
            assert Person.objects.filter(pk=dana.pk).update(phone="555-0101") == 1
            assert Person.objects.bulk_update([dana], ["phone"]) == 1
        else:
            with pytest.raises(NotAllowed):
                dana.save()
            with pytest.raises(NotAllowed):
                Person.objects.bulk_update([dana], ["phone"])
            if viewpoint in SEE_DANA:
                with pytest.raises(NotAllowed):
                    Person.objects.filter(pk=dana.pk).update(phone="555-0101")
            else:
                assert Person.objects.filter(pk=dana.pk).update(phone="555-0101") == 0
        with pytest.raises(NotAllowed):
            dana.delete()


def test_where_nobody_asks_nothing_is_read(world: World) -> None:
    with pytest.raises(NobodyAsks):
        Person.objects.count()


def test_nobody_adds_a_person_to_another_organisation(world: World) -> None:
    with acting_as(world.viewer("clinician")), pytest.raises(NotAllowed):
        Person(organisation=world.organisations["elsewhere"], name="Robin Invented").save()


def test_a_person_is_not_moved_to_another_organisation(world: World) -> None:
    dana = world.people["dana"]
    with acting_as(world.viewer("clinician")):
        dana.organisation = world.organisations["elsewhere"]
        with pytest.raises(NotAllowed):
            dana.save()
        with pytest.raises(NotAllowed):
            Person.objects.filter(pk=dana.pk).update(organisation=world.organisations["elsewhere"])


def test_a_reference_is_not_a_way_around(world: World) -> None:
    with upkeep("a test"):
        relation = Relation.objects.get(person=world.people["dana"], membership=world.members["clinician"])
    with acting_as(world.viewer("clinician_elsewhere")), pytest.raises(Person.DoesNotExist):
        relation.person  # noqa: B018


def test_a_private_note_is_seen_by_its_author_alone(world: World) -> None:
    dana = world.people["dana"]
    with acting_as(world.viewer("clinician")):
        PrivateNote(
            organisation=world.organisations["harbor"], person=dana, author=world.members["clinician"], text="Invented."
        ).save()
        assert PrivateNote.objects.count() == 1
    for viewpoint in VIEWPOINTS:
        if viewpoint != "clinician":
            with acting_as(world.viewer(viewpoint)):
                assert PrivateNote.objects.count() == 0


def test_a_private_note_in_anothers_name_or_of_somebody_one_does_not_see_is_refused(world: World) -> None:
    harbor, dana = world.organisations["harbor"], world.people["dana"]
    with acting_as(world.viewer("clinician")), pytest.raises(NotAllowed):
        PrivateNote(organisation=harbor, person=dana, author=world.members["supervisor"], text="Invented.").save()
    with acting_as(world.viewer("other_clinician")), pytest.raises(NotAllowed):
        PrivateNote(organisation=harbor, person=dana, author=world.members["other_clinician"], text="Invented.").save()


def test_a_consent_that_is_taken_back_holds_no_more_on_the_next_read(world: World) -> None:
    from django.utils import timezone

    given = consent(world.people["dana"], world.members["mother_without_consent"], ("person",))
    with acting_as(world.viewer("mother_without_consent")):
        assert Person.objects.count() == 1
    with acting_as(world.viewer("dana")):
        given.revoked = timezone.now()
        given.save()
    with acting_as(world.viewer("mother_without_consent")):
        assert Person.objects.count() == 0


def test_members_of_another_organisation_are_not_there(world: World) -> None:
    with acting_as(world.viewer("administrator")):
        assert not Membership.objects.filter(organisation=world.organisations["elsewhere"]).exists()
