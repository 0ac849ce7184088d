"""What the tests of the workspace share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.workspace.world import World, make_world
from trellis.workspace.people.middleware import MEMBERSHIP


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of the tests, which nobody holds open when it is taken away.

    A page that is still asking when its browser closes leaves a thread of the live server with a connection, and
    PostgreSQL does not drop a database that has one.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


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
