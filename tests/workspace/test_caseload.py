"""The caseload: what asks for attention is found, filters narrow it, the rules hold, and its queries stay as many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.workspace.world import VIEWPOINTS, World, relate
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.assessment.models import Assessment, Task
from trellis.workspace.people.models import Person, Relation, SavedView


def some_people(world: World, count: int, **values: Any) -> list[Person]:
    """People of Harbor on the clinician's care team, each with an assessment and a task."""
    harbor, clinician = world.organisations["harbor"], world.members["clinician"]
    now = timezone.now()
    with upkeep("a test"):
        people = Person.objects.bulk_create(
            Person(organisation=harbor, name=f"Invented {number:03}", chart=f"C-{number}") for number in range(count)
        )
        Relation.objects.bulk_create(
            Relation(organisation=harbor, person=one, membership=clinician, kind="care_team", leads=True)
            for one in people
        )
        told = {"least": "iop", "most": "php", "due": timezone.localdate() + timedelta(days=1)} | values
        Assessment.objects.bulk_create(Assessment(organisation=harbor, person=one, **told) for one in people)
        Task.objects.bulk_create(
            Task(organisation=harbor, person=one, kind="call", words="Call.", owner=clinician, due=now)
            for one in people
        )
    return people


def test_as_many_queries_for_sixty_people_as_for_ten(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("clinician")
    asked = []
    for more in (10, 50):
        some_people(world, more)
        client.get("/team/people/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/team/people/").status_code == 200
        asked.append([one["sql"][:60] for one in queries.captured_queries])
    assert len(asked[0]) == len(asked[1]), asked
    assert len(asked[1]) <= 28


def test_each_mark_is_found_by_its_filter(signed_in: Callable[[str], Client], world: World) -> None:
    some_people(world, 2, urgent=True, due=None)
    with upkeep("a test"):
        Task.objects.all().delete()
        Person.objects.filter(chart="C-1").update(stage="waiting")
    client = signed_in("clinician")
    for show, names in (("risk", ["000", "001"]), ("waiting", ["001"]), ("due", []), ("changed", ["000", "001"])):
        text = client.get(f"/team/people/?show={show}").content.decode()
        assert [name for name in ("000", "001") if f"Invented {name}" in text] == names, show
        assert "Dana" not in text


def test_a_page_that_was_looked_at_is_no_longer_changed_until_it_changes(
    signed_in: Callable[[str], Client], world: World
) -> None:
    (one,) = some_people(world, 1)
    client, word = signed_in("clinician"), "Invented 000"
    assert word in client.get("/team/people/?show=changed").content.decode()
    client.get(f"/team/people/{one.key}/")
    assert word not in client.get("/team/people/?show=changed").content.decode()
    with upkeep("a test"):
        Assessment.objects.update(changed=timezone.now() + timedelta(seconds=1))
    assert word in client.get("/team/people/?show=changed").content.decode()


def test_choices_within_a_group_are_joined_by_or_and_groups_by_and(
    signed_in: Callable[[str], Client], world: World
) -> None:
    some_people(world, 2, urgent=True)
    with upkeep("a test"):
        Person.objects.filter(chart="C-0").update(stage="waiting")
        Person.objects.filter(chart="C-1").update(stage="supervision")
    client = signed_in("clinician")
    both = client.get("/team/people/?stage=waiting&stage=supervision&show=risk").content.decode()
    assert "Invented 000" in both
    assert "Invented 001" in both
    one = client.get("/team/people/?stage=waiting&show=risk&setting=iop").content.decode()
    assert "Invented 000" in one
    assert "Invented 001" not in one
    assert "Invented 000" not in client.get("/team/people/?stage=waiting&setting=php").content.decode()


def test_the_lists_of_rows_and_the_counts_say_the_same(signed_in: Callable[[str], Client], world: World) -> None:
    some_people(world, 3, urgent=True)
    text = signed_in("clinician").get("/team/people/").content.decode()
    assert "Danger told (3)" in text
    assert "All (4)" in text  # and Dana


def test_a_search_finds_by_a_part_of_the_name_and_stands_in_no_address(
    signed_in: Callable[[str], Client], world: World
) -> None:
    some_people(world, 2)
    client = signed_in("clinician")
    answer = client.post("/team/people/", {"words": "dana", "query": "sort=name"})
    assert "dana" not in answer["Location"].lower()
    text = client.get(answer["Location"]).content.decode()
    assert "Dana Invented" in text
    assert "Invented 000" not in text
    client.post("/team/people/", {"clear": "1"})
    assert "Invented 000" in client.get("/team/people/").content.decode()


def test_nobody_finds_by_a_search_whom_they_may_not_see(signed_in: Callable[[str], Client], world: World) -> None:
    for viewpoint in ("other_clinician", "supervisor_elsewhere", "liaison_without_consent"):
        client = signed_in(viewpoint)
        client.post("/team/people/", {"words": "dana"})
        assert "Dana Invented" not in client.get("/team/people/").content.decode(), viewpoint


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_who_may_not_see_assessments_sees_nothing_of_them_in_the_list(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    with upkeep("a test"):
        Assessment(
            organisation=world.organisations["harbor"], person=world.people["dana"], urgent=True, least="iop"
        ).save()
    text = signed_in(viewpoint).get("/team/people/").content.decode()
    with acting_as(world.viewer(viewpoint)):
        sees = Assessment.objects.exists()
    assert ("Danger told</span>" in text) is sees
    assert ("Intensive outpatient program<span" in text) is sees


def test_a_sort_or_filter_that_there_is_not_is_left_out(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("clinician")
    for query in ("sort=x&show=y&stage=z&setting=%00&mine=no", "page=99999", "page=x", "show=risk&show=risk"):
        assert client.get(f"/team/people/?{query}").status_code == 200, query


def test_a_long_list_has_pages(signed_in: Callable[[str], Client], world: World) -> None:
    some_people(world, 55)
    client = signed_in("clinician")
    first, second = (client.get(f"/team/people/?sort=name&page={page}").content.decode() for page in (1, 2))
    assert first.count('scope="row"') == 50
    assert second.count('scope="row"') == 6
    assert "Page 2 of 2" in second


def test_a_view_is_kept_for_its_owner_alone_and_letting_it_go_can_be_undone(
    signed_in: Callable[[str], Client], world: World
) -> None:
    client = signed_in("clinician")
    client.post("/team/people/views/", {"name": "Urgent ones", "query": "show=risk&words=dana"})
    with acting_as(world.viewer("clinician")):
        kept = SavedView.objects.get()
    assert "dana" not in kept.query
    for viewpoint in VIEWPOINTS:
        if viewpoint != "clinician":
            with acting_as(world.viewer(viewpoint)):
                assert not SavedView.objects.exists(), viewpoint
    assert signed_in("case_manager").post("/team/people/views/", {"remove": kept.key}).status_code == 404
    answer = client.post("/team/people/views/", {"remove": kept.key}, follow=True)
    assert "Undo" in answer.content.decode()
    client.post("/team/people/views/", {"undo": "1"})
    with acting_as(world.viewer("clinician")):
        assert SavedView.objects.get().name == "Urgent ones"


def test_who_leaves_the_care_team_sees_the_person_no_more_until_that_is_undone(
    signed_in: Callable[[str], Client], world: World
) -> None:
    dana = world.people["dana"]
    with upkeep("a test"):
        tie = Relation.objects.get(person=dana, membership=world.members["peer"])
    client, peer, page = signed_in("clinician"), signed_in("peer"), f"/team/people/{dana.key}/"
    answer = client.post(f"{page}team/", {"end": tie.pk}, follow=True)
    assert "Undo" in answer.content.decode()
    assert peer.get(page).status_code == 404
    client.post(f"{page}team/", {"undo": tie.pk})
    assert peer.get(page).status_code == 200


def test_a_member_is_added_to_the_care_team(signed_in: Callable[[str], Client], world: World) -> None:
    page = f"/team/people/{world.people['dana'].key}/"
    other = signed_in("other_clinician")
    assert other.get(page).status_code == 404
    assert (
        signed_in("clinician").post(f"{page}team/", {"member": world.members["other_clinician"].pk}).status_code == 302
    )
    assert other.get(page).status_code == 200


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_only_whom_the_rules_name_changes_the_care_team(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    answer = signed_in(viewpoint).post(
        f"/team/people/{world.people['dana'].key}/team/", {"member": world.members["other_clinician"].pk}
    )
    may = viewpoint in {"administrator", "clinician", "supervisor"}
    assert answer.status_code == (302 if may else 404)


def test_a_member_of_another_organisation_cannot_join_a_care_team(
    signed_in: Callable[[str], Client], world: World
) -> None:
    stranger = world.members["clinician_elsewhere"]
    signed_in("clinician").post(f"/team/people/{world.people['dana'].key}/team/", {"member": stranger.pk})
    with upkeep("a test"):
        assert not Relation.objects.filter(person=world.people["dana"], membership=stranger).exists()


def test_a_person_finds_themselves_at_once(signed_in: Callable[[str], Client], world: World) -> None:
    assert signed_in("dana").get("/team/")["Location"] == f"/team/people/{world.people['dana'].key}/"


def test_who_ended_on_a_care_team_stays_in_nobodys_way(signed_in: Callable[[str], Client], world: World) -> None:
    again = relate(world.people["kim"], world.members["clinician"], "care_team")
    client, page = signed_in("clinician"), f"/team/people/{world.people['kim'].key}/"
    assert client.post(f"{page}team/", {"end": again.pk}).status_code == 302
    assert client.get(page).status_code == 404  # they took themselves off


def test_the_benchmark_of_the_caseload_runs(db: Any) -> None:
    from benchmarks.workspace import fill, measure

    found = measure(fill(200), rounds=3)
    assert found.queries <= 28
    assert found.size > 10_000
    assert found.ratio > 0  # with 200 people the queries take next to nothing: the headline is measured with 10,000
