"""Every address has a rule, and every viewpoint gets what the rule gives it: the page, or that there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.workspace.test_access import SEE_DANA
from tests.workspace.world import VIEWPOINTS, World
from trellis.workspace.access.routes import ROUTES

LIBRARY = ("account_", "mfa_")
"""Addresses of the library for accounts: those that nobody needs here have no rule, and so are not there."""
ONCE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def names(resolver: URLResolver) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one.pattern} has no name"
            yield one.name


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    there = set(names(get_resolver()))
    assert {name for name in there - set(ROUTES) if not name.startswith(LIBRARY)} == set()
    assert set(ROUTES) - there - {"health", "static", "demo_sign_in"} == set()


def test_an_address_without_a_rule_is_not_there(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("administrator").get("/team/account/signup/").status_code == 404


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_a_page_about_dana_is_there_for_whom_the_rules_name_and_for_nobody_else(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    client = signed_in(viewpoint)
    key = world.people["dana"].key
    answer = client.get(f"/team/people/{key}/")
    assert answer.status_code == (200 if viewpoint in SEE_DANA else 404)
    if answer.status_code == 404:
        nobody = client.get("/team/people/zzzzzzzzzzzz/")
        assert ONCE.sub(b"", answer.content).replace(key.encode(), b"zzzzzzzzzzzz") == ONCE.sub(b"", nobody.content)


def test_who_is_not_signed_in_is_sent_to_sign_in_whether_there_is_such_a_person_or_not(
    client: Client, world: Any
) -> None:
    for key in (world.people["dana"].key, "zzzzzzzzzzzz"):
        answer = client.get(f"/team/people/{key}/")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/team/account/login/")


def test_pages_are_kept_nowhere_and_load_nothing_from_elsewhere(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("clinician").get("/team/people/")
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_who_reads_the_front_page_or_the_guide_gets_no_cookie(client: Client, db: Any) -> None:
    for path in ("/", "/guide/", "/guide/nothing"):
        answer = client.get(path)
        assert not answer.cookies, path
