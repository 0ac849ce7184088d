"""What the tests of the workspace share."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from tests.workspace.world import World, make_world
from trellis.workspace.people.middleware import MEMBERSHIP


@pytest.fixture(scope="session")
def _made_once(django_db_setup: None, django_db_blocker: Any) -> World:
    with django_db_blocker.unblock():
        return make_world()


@pytest.fixture
def world(_made_once: World, db: Any) -> World:
    """Two invented organisations with everybody in them; what a test changes is undone after it."""
    return deepcopy(_made_once)


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """A browser in which somebody is signed in."""

    def sign_in(name: str) -> Client:
        client, member = Client(), world.members[name]
        client.force_login(member.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[MEMBERSHIP] = member.pk
        session.save()
        return client

    return sign_in
