"""A record opened in an emergency: by who knows the person, with a reason, for some hours, and looked at afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.workspace.world import VIEWPOINTS, World
from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.audit.models import Entry
from trellis.workspace.people.models import EmergencyAccess, Person

WHY = "Invented: Kim was brought in and cannot speak"
BORN = date(1990, 5, 17)
SAID = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"| ?value="[^"]*"')


@pytest.fixture(autouse=True)
def _known(world: World) -> None:
    cache.clear()
    with upkeep("a test"):
        for name, chart in (("kim", "H-100"), ("stranger", "E-200")):
            Person.objects.filter(pk=world.people[name].pk).update(born=BORN, chart=chart)


def refusals() -> int:
    with upkeep("a test"):
        return Entry.objects.filter(action="refused", table="people_emergency_access").count()


@pytest.mark.parametrize(
    "known", [{"chart": "H-100"}, {"name": "kim  invented", "born": "1990-05-17"}, {"chart": " H-100 ", "name": ""}]
)
def test_who_knows_the_person_exactly_opens_the_record_for_four_hours(
    known: dict[str, str], signed_in: Callable[[str], Client], world: World
) -> None:
    client, kim = signed_in("other_clinician"), world.people["kim"]
    assert b"Kim" not in client.get("/team/people/").content
    assert client.get(f"/team/people/{kim.key}/").status_code == 404
    answer = client.post("/team/emergency/", known | {"reason": WHY})
    assert answer["Location"] == f"/team/people/{kim.key}/"
    page = client.get(f"/team/people/{kim.key}/")
    assert page.status_code == 200
    assert b"Emergency access is open until" in page.content
    assert b"Emergency access is open until" in client.get("/team/people/").content, "on every page"
    with upkeep("a test"):
        one = EmergencyAccess.objects.get()
        entry = Entry.objects.filter(action="emergency_access").get()
        kim.phone = "555-0100"
    assert one.until - one.at == timedelta(hours=4)
    assert (entry.person_id, entry.why, entry.acting) == (kim.pk, WHY, "clinician")
    with acting_as(world.viewer("other_clinician")), pytest.raises(NotAllowed):
        kim.save()
    with upkeep("a test"):
        EmergencyAccess.objects.update(until=timezone.now())
    assert client.get(f"/team/people/{kim.key}/").status_code == 404
    assert b"Emergency access is open until" not in client.get("/team/people/").content


def test_supervisors_of_the_organisation_are_told_without_a_name(
    signed_in: Callable[[str], Client], world: World
) -> None:
    signed_in("other_clinician").post("/team/emergency/", {"chart": "H-100", "reason": WHY})
    assert [letter.to for letter in mail.outbox] == [["supervisor@example.org"]]
    for word in ("Kim", "Invented", "H-100", "brought"):
        assert word not in mail.outbox[0].subject + mail.outbox[0].body
    assert b"1 emergency access to look at" in signed_in("supervisor").get("/team/people/").content
    assert b"emergency access to look at" not in signed_in("supervisor_elsewhere").get("/team/people/").content


WRONG = (
    {"chart": "H-999"},
    {"chart": "E-200"},
    {"chart": "H-10"},
    {"name": "Kim Invented", "born": "1990-05-18"},
    {"name": "Kim", "born": "1990-05-17"},
    {"name": "Stranger Invented", "born": "1990-05-17"},
    {"chart": "H-100", "name": "Dana Invented"},
)


def test_a_wrong_guess_says_nothing_about_who_exists_and_is_written_down(
    signed_in: Callable[[str], Client], world: World
) -> None:
    client, pages = signed_in("other_clinician"), set()
    for number, guess in enumerate(WRONG, 1):
        cache.clear()
        answer = client.post("/team/emergency/", guess | {"reason": WHY})
        assert answer.status_code == 422
        pages.add(SAID.sub(b"", answer.content))
        assert refusals() == number
    assert len(pages) == 1
    with upkeep("a test"):
        assert not EmergencyAccess.objects.exists()
        kept = Entry.objects.filter(action="refused", table="people_emergency_access")
        assert not [one for one in kept if one.person_id or "H-" in one.after]


def test_two_whom_the_same_fits_are_nobody(signed_in: Callable[[str], Client], world: World) -> None:
    with upkeep("a test"):
        Person.objects.create(organisation=world.organisations["harbor"], name="Kim Invented", born=BORN)
    given = {"name": "Kim Invented", "born": "1990-05-17", "reason": WHY}
    assert signed_in("other_clinician").post("/team/emergency/", given).status_code == 422


def test_after_five_wrong_guesses_also_a_right_one_opens_nothing(
    signed_in: Callable[[str], Client], world: World
) -> None:
    client = signed_in("other_clinician")
    for _ in range(5):
        assert client.post("/team/emergency/", {"chart": "H-999", "reason": WHY}).status_code == 422
    answer = client.post("/team/emergency/", {"chart": "H-100", "reason": WHY})
    assert answer.status_code == 429
    assert WHY.encode() in answer.content, "what was typed is not lost"
    assert signed_in("clinician").post("/team/emergency/", {"chart": "H-100", "reason": WHY}).status_code == 302


@pytest.mark.parametrize("reason", ["", "needed", "a b c d"])
def test_without_a_reason_in_words_nothing_opens(reason: str, signed_in: Callable[[str], Client], world: World) -> None:
    answer = signed_in("other_clinician").post("/team/emergency/", {"chart": "H-100", "reason": reason})
    assert answer.status_code == 422
    assert b"H-100" in answer.content
    assert refusals() == 0


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_only_who_treats_opens_and_only_who_supervises_looks_at_it(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    client, role = signed_in(viewpoint), VIEWPOINTS[viewpoint][1]
    opens = role == "clinician" and VIEWPOINTS[viewpoint][0] == "harbor"
    answer = client.post("/team/emergency/", {"chart": "H-100", "reason": WHY})
    assert answer.status_code == (302 if opens else 422 if role == "clinician" else 404)
    assert client.get("/team/emergency/to-look-at/").status_code == (200 if role == "supervisor" else 404)


def test_a_supervisor_keeps_a_finding_and_one_from_elsewhere_sees_nothing(
    signed_in: Callable[[str], Client], world: World
) -> None:
    signed_in("other_clinician").post("/team/emergency/", {"chart": "H-100", "reason": WHY})
    with upkeep("a test"):
        one = EmergencyAccess.objects.get()
    elsewhere = signed_in("supervisor_elsewhere")
    assert b"Kim" not in elsewhere.get("/team/emergency/to-look-at/").content
    given = {"access": one.pk, "finding": "Invented: it was needed"}
    assert elsewhere.post("/team/emergency/to-look-at/", given).status_code == 404
    client = signed_in("supervisor")
    assert WHY.encode() in client.get("/team/emergency/to-look-at/").content
    wrong = client.post("/team/emergency/to-look-at/", {"access": one.pk, "finding": "fine"})
    assert wrong.status_code == 422
    assert b"fine" in wrong.content
    assert client.post("/team/emergency/to-look-at/", given).status_code == 302
    page = client.get("/team/emergency/to-look-at/").content
    assert b"it was needed" in page
    assert b"<textarea" not in page
    with upkeep("a test"):
        one.refresh_from_db()
    assert one.reviewed_by_id == world.members["supervisor"].pk
    assert client.post("/team/emergency/to-look-at/", given).status_code == 404, "it was looked at already"


def test_nobody_looks_at_their_own(signed_in: Callable[[str], Client], world: World) -> None:
    from trellis.workspace.people.models import Membership

    signed_in("other_clinician").post("/team/emergency/", {"chart": "H-100", "reason": WHY})
    with upkeep("a test"):
        one = EmergencyAccess.objects.get()
        both = Membership.objects.create(
            organisation=world.organisations["harbor"],
            account=world.members["other_clinician"].account,
            role="supervisor",
        )
    world.members["both"] = both
    given: dict[str, Any] = {"access": one.pk, "finding": "Invented: it was needed"}
    answer = signed_in("both").post("/team/emergency/to-look-at/", given)
    assert answer.status_code == 422
    assert b"yourself" in answer.content
