"""Questionnaires by link or on a tablet, danger told on them, the urgent task with its clock, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.workspace.world import World
from trellis.cli import app
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.assessment import instruments, tasks
from trellis.workspace.assessment.models import Assessment, Form, GivenAnswer, Task

SignedIn = Callable[[str], Client]
SEE_TASKS = {"clinician", "supervisor", "case_manager", "peer", "dana"}


@pytest.fixture
def begun(world: World) -> Assessment:
    with acting_as(world.viewer("clinician")):
        one = Assessment(organisation=world.organisations["harbor"], person=world.people["dana"], why="intake")
        one.save()
    return one


@pytest.fixture
def link(signed_in: SignedIn, begun: Assessment) -> str:
    """The link of a PHQ-9, as the clinician copies it."""
    return make_link(signed_in("clinician"), begun)


def make_link(client: Client, begun: Assessment, instrument: str = "phq9", language: str = "en") -> str:
    data = {"instrument": instrument, "language": language, "way": "link"}
    page = client.post(f"/team/assessments/{begun.key}/forms/", data).content.decode()
    found = re.search(r'value="http://testserver(/team/form/[^"]+)"', page)
    assert found is not None
    return found[1]


def item(client: Client, link: str, name: str, value: Any) -> Any:
    return client.post(f"{link}answer/", {f"i.{name}": value}, headers={"HX-Request": "true"})


def the_form() -> Form:
    with upkeep("a test"):
        form: Form = Form.objects.get()
    return form


def the_task() -> Task:
    with upkeep("a test"):
        task: Task = Task.objects.select_related("owner__account", "escalated_to__account").get()
    return task


def test_the_link_shows_the_questions_and_nothing_of_the_record(link: str, client: Client, world: World) -> None:
    page = client.get(link).content.decode()
    assert "Little interest or pleasure" in page
    for word in ("Dana", "Harbor", "Clinician", "Sign out", world.people["dana"].key):
        assert word not in page


def test_what_stands_in_the_link_is_kept_nowhere(link: str) -> None:
    secret = link.rstrip("/").rpartition("/")[2]
    assert len(secret) > 40
    assert the_form().token == instruments.sum_of(secret) != secret


def test_each_item_is_saved_at_once(link: str, client: Client) -> None:
    answer = item(client, link, "1", 2)
    assert answer.status_code == 200
    assert "Saved" in answer.content.decode()
    assert the_form().answers == {"1": 2}
    assert item(client, link, "1", 9).status_code == 422
    assert the_form().answers == {"1": 2}


@pytest.mark.parametrize(
    ("language", "help_line", "nobody"),
    [("en", "Thank you for telling us", "Nobody sees this right now"), ("es", "Gracias por decirlo", "Nadie ve esto")],
)
def test_danger_on_an_item_shows_help_on_that_screen_before_anything_else_and_says_that_nobody_sees_it(
    language: str, help_line: str, nobody: str, signed_in: SignedIn, begun: Assessment, client: Client
) -> None:
    link = make_link(signed_in("clinician"), begun, language=language)
    page = item(client, link, "9", 1).content.decode()
    for words in (help_line, "988", "911", nobody):
        assert words in page
    whole = client.get(link).content.decode()
    assert whole.index(help_line) < whole.index("<h1>")


def test_without_a_script_danger_comes_first_after_saving(link: str, client: Client) -> None:
    answer = client.post(link, {"i.9": "2"})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#help")
    page = client.get(answer["Location"].partition("#")[0]).content.decode()
    assert page.index("tel:988", page.index('id="help"')) < page.index("<h1>")
    assert page.index("Nobody sees this right now") < page.index("danger-box")


def test_an_organisation_says_who_sees_it(link: str, client: Client, world: World) -> None:
    with upkeep("a test"):
        harbor = world.organisations["harbor"]
        harbor.somebody_sees_forms = "A nurse sees this within an hour."
        harbor.save()
    page = item(client, link, "9", 1).content.decode()
    assert "A nurse sees this within an hour." in page
    assert "Nobody sees this" not in page


def test_danger_opens_one_urgent_task_of_who_leads_the_care_with_a_clock(
    link: str, client: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with upkeep("a test"):
        relation = world.members["case_manager"].relations.get(kind="care_team")
        relation.leads = True
        relation.save()
    before = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        item(client, link, "9", 3)
        item(client, link, "9", 0)
        item(client, link, "9", 3)
    task = the_task()
    assert task.urgent
    assert task.owner == world.members["case_manager"]
    assert timedelta(0) <= task.due - before - tasks.LOOK_WITHIN < timedelta(minutes=1)
    (letter,) = mail.outbox
    assert letter.to == ["case_manager@example.org"]
    assert "Dana" not in letter.subject + letter.body


def test_danger_that_was_told_and_changed_afterwards_was_told_all_the_same(link: str, client: Client) -> None:
    item(client, link, "9", 3)
    page = item(client, link, "9", 0).content.decode()
    assert "tel:988" in page


def test_danger_comes_into_the_assessment_before_the_form_is_sent(link: str, client: Client, begun: Assessment) -> None:
    item(client, link, "9", 1)
    with upkeep("a test"):
        (row,) = GivenAnswer.objects.filter(assessment=begun, fact="harm.suicide_thoughts")
    assert (row.value, row.at_least, row.source, row.carried) == ("wish", True, "PHQ-9, item 9", "form")


def test_the_screener_marks_its_own_danger(signed_in: SignedIn, begun: Assessment, client: Client) -> None:
    link = make_link(signed_in("clinician"), begun, "c_ssrs_screener")
    page = client.get(link).content.decode()
    names = re.findall(r'name="i\.([^"]+)"', page)
    assert "4" in names
    assert "tel:988" not in item(client, link, "1", 0).content.decode().partition('id="help"')[2]
    assert "tel:988" in item(client, link, "4", 3).content.decode()
    assert the_task().urgent


def test_a_form_without_danger_opens_no_task(link: str, client: Client) -> None:
    item(client, link, "1", 3)
    with upkeep("a test"):
        assert not Task.objects.exists()


def test_the_score_comes_into_the_assessment_with_the_instrument_as_its_source(
    link: str, client: Client, begun: Assessment, signed_in: SignedIn
) -> None:
    for number in range(1, 10):
        item(client, link, str(number), 2 if number < 9 else 0)
    assert client.post(link, {"send": "1"}).status_code == 302
    with upkeep("a test"):
        (row,) = GivenAnswer.objects.filter(assessment=begun, fact="input.phq9")
    assert (row.value, row.source) == (16, "PHQ-9")
    page = signed_in("clinician").get(f"/team/forms/{the_form().key}/").content.decode()
    assert "16" in page
    assert "More than half the days" in page


def test_the_link_works_once(link: str, client: Client) -> None:
    client.post(link, {"send": "1"})
    page = client.get(link)
    assert page.status_code == 200
    assert "Little interest" not in page.content.decode()
    assert item(client, link, "1", 2).status_code == 404


def test_a_link_that_ran_out_and_one_that_never_was_are_answered_alike(link: str, client: Client) -> None:
    with upkeep("a test"):
        Form.objects.update(until=timezone.now())
    for where in (link, "/team/form/nothing-that-was-ever-made/"):
        answer = client.get(where)
        assert answer.status_code == 404
        assert "988" in answer.content.decode()
    assert item(client, link, "1", 2).status_code == 404


def test_handing_the_screen_over_signs_out_before_the_form_is_shown(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    data = {"instrument": "phq9", "language": "en", "way": "tablet"}
    answer = client.post(f"/team/assessments/{begun.key}/forms/", data)
    assert answer["Location"].startswith("/team/form/")
    assert client.get(answer["Location"]).status_code == 200
    back = client.get(f"/team/assessments/{begun.key}/next/")
    assert back.status_code == 302
    assert back["Location"].startswith("/team/account/login/")


def test_an_instrument_whose_words_may_not_be_shown_is_not_offered(signed_in: SignedIn, begun: Assessment) -> None:
    client = signed_in("clinician")
    page = client.get(f"/team/assessments/{begun.key}/forms/").content.decode()
    assert 'value="phq9"' in page
    for name in ("lsi_r", "ciwa_ar", "assist"):
        assert f'value="{name}"' not in page
        data = {"instrument": name, "way": "link"}
        assert client.post(f"/team/assessments/{begun.key}/forms/", data).status_code == 422


def test_nobody_acting_in_time_gives_the_task_to_a_supervisor_once(link: str, client: Client, world: World) -> None:
    item(client, link, "9", 3)
    due = the_task().due
    assert tasks.escalate(due - timedelta(seconds=1)) == 0
    assert tasks.escalate(due) == 1
    assert tasks.escalate(due + timedelta(hours=9)) == 0
    task = the_task()
    assert task.escalated == due
    assert task.escalated_to == world.members["supervisor"]


def test_the_page_of_tasks_escalates_marks_what_is_late_and_lists_what_is_urgent_first(
    link: str, client: Client, signed_in: SignedIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_as(world.viewer("clinician")):
        values = {"organisation": world.organisations["harbor"], "person": world.people["dana"], "kind": "other"}
        Task(
            **values,
            words="Call the pharmacy",
            owner=world.members["clinician"],
            due=timezone.now() - timedelta(days=1),
        ).save()
    item(client, link, "9", 3)
    with upkeep("a test"):
        due = Task.objects.get(urgent=True).due
    monkeypatch.setattr(tasks, "now", lambda: due + timedelta(minutes=1))
    page = signed_in("clinician").get("/team/tasks/").content.decode()
    assert page.index("danger was told") < page.index("Call the pharmacy")
    assert page.count("Overdue") == 2
    assert "Also given to Supervisor" in page
    assert "danger was told" in signed_in("supervisor").get("/team/tasks/").content.decode()


def test_an_urgent_task_is_done_with_words_and_can_be_undone(link: str, client: Client, signed_in: SignedIn) -> None:
    item(client, link, "9", 3)
    clinician, key = signed_in("clinician"), the_task().key
    clinician.post(f"/team/tasks/{key}/done/", {"words": " "})
    assert the_task().done is None
    clinician.post(f"/team/tasks/{key}/done/", {"words": "Called. Safe at home with her sister."})
    assert the_task().done is not None
    assert "Safe at home" in clinician.get("/team/tasks/").content.decode()
    clinician.post(f"/team/tasks/{key}/undo/")
    assert the_task().done is None


def test_tasks_are_seen_by_whom_the_rules_name(link: str, client: Client, signed_in: SignedIn, world: World) -> None:
    item(client, link, "9", 3)
    key = the_task().key
    for viewpoint in world.members:
        if viewpoint == "clinician":
            continue
        viewer = signed_in(viewpoint)
        page = viewer.get("/team/tasks/").content.decode()
        assert ("danger was told" in page) is (viewpoint in SEE_TASKS), viewpoint
        if viewpoint not in SEE_TASKS - {"dana"}:
            assert viewer.post(f"/team/tasks/{key}/done/", {"words": "x"}).status_code == 404, viewpoint
            assert the_task().done is None


def test_a_form_is_read_by_whom_the_rules_name(link: str, client: Client, signed_in: SignedIn, world: World) -> None:
    item(client, link, "1", 3)
    key = the_form().key
    for viewpoint in world.members:
        expected = 200 if viewpoint in {"clinician", "supervisor", "case_manager", "dana"} else 404
        assert signed_in(viewpoint).get(f"/team/forms/{key}/").status_code == expected, viewpoint


def test_the_command_gives_late_tasks_to_a_supervisor(link: str, client: Client, world: World) -> None:
    item(client, link, "9", 3)
    with upkeep("a test"):
        Task.objects.update(due=timezone.now())
    done = CliRunner().invoke(app, ["workspace", "tasks", "escalate"])
    assert done.exit_code == 0, done.output
    assert "1 tasks given" in done.output
    assert the_task().escalated_to == world.members["supervisor"]
