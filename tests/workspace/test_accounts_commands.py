"""What whoever runs the server does without a page: a first organisation, its members, and the end of a membership."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from typer.testing import CliRunner

from tests.workspace.serving import path_in
from tests.workspace.test_invitations import NEW, gone
from tests.workspace.world import World
from trellis.cli.workspace import workspace_app
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people.models import Membership, Organisation


@pytest.fixture(autouse=True)
def _tables_are_there(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr("trellis.workspace.site.serving.migrate", lambda: None)


def run(*words: str) -> Any:
    return CliRunner().invoke(workspace_app, list(words))


def test_a_first_administrator_comes_in_by_a_link_without_any_mail(world: World) -> None:
    done = run("organisation", "add", "Third Clinic (invented)", "--administrator", "Alex@example.org")
    assert done.exit_code == 0
    assert not mail.outbox
    path, visitor = path_in(done.output), Client()
    assert visitor.post(path, NEW).status_code == 302
    with upkeep("a test"):
        (one,) = Membership.objects.filter(account__email="alex@example.org")
        assert (one.role, one.organisation.name) == ("administrator", "Third Clinic (invented)")
    assert gone(Client().get(path))
    assert "alex@example.org  administrator" in run("member", "list", "third clinic (invented)").output
    done = run("member", "end", "Third Clinic (invented)", "alex@example.org")
    assert done.exit_code != 0
    assert "last administrator" in done.output


def test_a_membership_is_ended_in_every_role(world: World) -> None:
    done = run("member", "end", "Harbor Clinic (invented)", "clinician@example.org")
    assert done.exit_code == 0, done.output
    assert "1 membership of clinician@example.org ended" in done.output
    with upkeep("a test"):
        assert Membership.objects.get(pk=world.members["clinician"].pk).until is not None
        assert Membership.objects.get(pk=world.members["clinician_elsewhere"].pk).until is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("organisation", "add", "Harbor Clinic (INVENTED)", "--administrator", "a@example.org"), "is there already"),
        (("organisation", "add", "New", "--administrator", "nobody"), "no e-mail address"),
        (("organisation", "add", " ", "--administrator", "a@example.org"), "letters long"),
        (("organisation", "add", "New", "--administrator", "a@example.org", "--language", "fr"), "en or es"),
        (("member", "list", "Nowhere"), "no organization"),
        (("member", "end", "Harbor Clinic (invented)", "nobody@example.org"), "no member"),
        (("member", "end", "Harbor Clinic (invented)", "administrator@example.org"), "last administrator"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(words: tuple[str, ...], says: str, world: World) -> None:
    with upkeep("a test"):
        before = Organisation.objects.count()
    done = run(*words)
    assert done.exit_code != 0
    assert says in done.output
    with upkeep("a test"):
        assert Organisation.objects.count() == before
