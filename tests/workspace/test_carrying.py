"""Answers taken over from the last assessment, the guide and questionnaires; and what a new content changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from tests.guide.keeping import payload, seal
from tests.workspace.world import World
from trellis.cli import app
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.assessment import deciding, rechecking, saving
from trellis.workspace.assessment.models import Assessment, GivenAnswer

SignedIn = Callable[[str], Client]
THOUGHTS = "harm.suicide_thoughts"
PASSPHRASE = "an invented passphrase"


def assessment(world: World, **values: Any) -> Assessment:
    with acting_as(world.viewer("clinician")):
        one = Assessment(organisation=world.organisations["harbor"], person=world.people["dana"], **values)
        one.save()
    return one


def say(world: World, one: Assessment, fact: str, value: str, days: int = 0, source: str = "clinician") -> None:
    day = deciding.today(world.organisations["harbor"]) - timedelta(days=days)
    with acting_as(world.viewer("clinician")):
        number = GivenAnswer.objects.filter(assessment=one, fact=fact).count()
        typed = [saving.Typed(fact, value, "", number)]
        saving.save(one, typed, source=source, on=day, member=world.members["clinician"])


def look(client: Client, one: Assessment, **data: Any) -> str:
    return str(client.post(f"/team/assessments/{one.key}/carry/", data).content.decode())


def take(client: Client, one: Assessment, page: str, *, all_of_them: bool = True) -> None:
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed is not None
    numbers = re.findall(r'name="take" value="(\d+)"', page) if all_of_them else []
    client.post(f"/team/assessments/{one.key}/carry/take/", {"sealed": sealed[1], "take": numbers})


def kept(one: Assessment) -> dict[str, list[GivenAnswer]]:
    with upkeep("a test"):
        rows = GivenAnswer.objects.filter(assessment=one).order_by("number")
        return deciding.fold(deciding.knowledge(), rows)


def test_answers_of_the_last_assessment_come_with_their_own_day_and_source(signed_in: SignedIn, world: World) -> None:
    last = assessment(world)
    say(world, last, "mental.depression", "severe", days=3, source="self-report")
    new, client = assessment(world, why="review"), signed_in("clinician")
    page = look(client, new, **{"from": "assessment"})
    assert kept(new) == {}
    take(client, new, page)
    (row,) = kept(new)["mental.depression"]
    assert (row.value, row.source, row.carried) == ("severe", "self-report", "assessment")
    assert row.on == deciding.today(world.organisations["harbor"]) - timedelta(days=3)


def test_what_is_past_its_validity_is_shown_as_ask_again(signed_in: SignedIn, world: World) -> None:
    last = assessment(world)
    say(world, last, "mental.depression", "severe", days=400)
    page = look(signed_in("clinician"), assessment(world), **{"from": "assessment"})
    assert "too old to count" in page


def test_danger_comes_along_whatever_is_chosen_and_stays_in_force(signed_in: SignedIn, world: World) -> None:
    last = assessment(world)
    say(world, last, THOUGHTS, "intent", days=60)
    new, client = assessment(world), signed_in("clinician")
    page = look(client, new, **{"from": "assessment"})
    assert "tells of danger and comes along" in page
    take(client, new, page, all_of_them=False)
    assert [row.value for row in kept(new)[THOUGHTS]] == ["intent"]
    with upkeep("a test"):
        assert Assessment.objects.get(pk=new.pk).urgent


def test_conflicts_are_listed_before_anything_is_taken_over_and_nothing_is_overwritten(
    signed_in: SignedIn, world: World
) -> None:
    last = assessment(world)
    say(world, last, "mental.depression", "severe", days=2, source="self-report")
    new, client = assessment(world), signed_in("clinician")
    say(world, new, "mental.depression", "mild")
    page = look(client, new, **{"from": "assessment"})
    assert "differ from what stands here" in page
    assert "Here it says" in page
    take(client, new, page, all_of_them=False)
    assert [row.value for row in kept(new)["mental.depression"]] == ["mild"]
    take(client, new, page)
    assert {row.value for row in kept(new)["mental.depression"]} == {"mild", "severe"}


def test_taking_over_twice_adds_nothing_twice(signed_in: SignedIn, world: World) -> None:
    last = assessment(world)
    say(world, last, "mental.depression", "severe", days=2)
    new, client = assessment(world), signed_in("clinician")
    page = look(client, new, **{"from": "assessment"})
    take(client, new, page)
    take(client, new, page)
    with upkeep("a test"):
        assert GivenAnswer.objects.filter(assessment=new).count() == 1


def test_a_page_of_another_assessment_or_a_changed_one_takes_nothing_over(signed_in: SignedIn, world: World) -> None:
    last = assessment(world)
    say(world, last, "mental.depression", "severe", days=2)
    new, other, client = assessment(world), assessment(world), signed_in("clinician")
    page = look(client, new, **{"from": "assessment"})
    take(client, other, page)
    take(client, new, page.replace('name="sealed" value="', 'name="sealed" value="x'))
    assert kept(new) == kept(other) == {}


def test_the_guides_file_opens_with_its_passphrase_which_is_kept_nowhere(signed_in: SignedIn, world: World) -> None:
    passphrase = PASSPHRASE
    text = seal(payload(answers={"mental.depression": "severe"}), passphrase)
    new, client = assessment(world), signed_in("clinician")
    wrong = client.post(
        f"/team/assessments/{new.key}/carry/", {"from": "guide", "code": text, "passphrase": "wrong one"}
    )
    assert wrong.status_code == 422
    assert "Capitals count" in wrong.content.decode()
    assert "wrong one" not in wrong.content.decode()
    page = look(client, new, **{"from": "guide", "code": text, "passphrase": passphrase})
    assert passphrase not in page
    take(client, new, page)
    (row,) = kept(new)["mental.depression"]
    assert (row.value, row.source, row.carried) == ("severe", "self-report", "guide")
    with upkeep("a test"):
        from trellis.workspace.audit.models import Entry

        assert not Entry.objects.filter(after__contains=passphrase).exists()


@pytest.mark.parametrize("text", ["", "nothing of ours", "K1AB2CD", '{"trellis_guide": 99}', "{" * 5000])
def test_what_is_no_file_of_the_guide_is_refused_with_what_to_do(text: str, signed_in: SignedIn, world: World) -> None:
    new = assessment(world)
    data = {"from": "guide", "code": text, "passphrase": "an invented passphrase"}
    answer = signed_in("clinician").post(f"/team/assessments/{new.key}/carry/", data)
    assert answer.status_code == 422


def test_after_the_content_changed_open_cases_with_another_result_are_listed_with_from_what_to_what(
    signed_in: SignedIn, world: World
) -> None:
    moved, same = assessment(world), assessment(world)
    for one in (moved, same):
        say(world, one, THOUGHTS, "plan")
    with upkeep("a test"):
        Assessment.objects.filter(pk=moved.pk).update(knowledge="older", least="outpatient", urgent=False)
        Assessment.objects.filter(pk=same.pk).update(knowledge="older")
    client = signed_in("clinician")
    page = client.get("/team/recheck/").content.decode()
    assert page.count("<tbody>") == 1
    assert page.count('<th scope="row">') == 1
    assert "Danger was told of." in page
    assert moved.key in page
    assert signed_in("supervisor").get("/team/recheck/").content.decode().count('<th scope="row">') == 1
    assert signed_in("clinician_elsewhere").get("/team/recheck/").content.decode().count('<th scope="row">') == 0
    client.post(f"/team/recheck/{moved.key}/looked/")
    assert "No open assessment has changed" in client.get("/team/recheck/").content.decode()


def test_looking_again_looks_at_nothing_twice(world: World) -> None:
    one = assessment(world)
    say(world, one, THOUGHTS, "plan")
    with upkeep("a test"):
        Assessment.objects.filter(pk=one.pk).update(knowledge="older")
    assert rechecking.recheck() == 1
    assert rechecking.recheck() == 0


def test_the_command_lists_who_moved_from_what_to_what_and_names_nobody(world: World) -> None:
    one = assessment(world)
    say(world, one, THOUGHTS, "plan")
    with upkeep("a test"):
        Assessment.objects.filter(pk=one.pk).update(knowledge="older", least="outpatient", urgent=False)
    done = CliRunner().invoke(app, ["workspace", "recheck"])
    assert done.exit_code == 0, done.output
    assert one.key in done.output
    assert "Outpatient care" in done.output
    assert "Day program" in done.output
    assert "Dana" not in done.output
