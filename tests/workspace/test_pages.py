"""Every page that somebody can open, walked with the demonstration's people.

It answers, axe finds nothing, and on a phone nothing has to be moved sideways.

Addresses are taken from the site itself, so that a page added later is walked too; what stands in angle brackets in an
address is filled from ``FILLED`` by its name, and a name that is missing there fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import sync_playwright

from tests.guide.walking import AXE, CHROMIUM, RULES
from trellis.workspace.access.routes import ANYBODY, ROUTES
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.assessment.models import Assessment, Form, Task
from trellis.workspace.consent.law import law
from trellis.workspace.consent.models import Consent
from trellis.workspace.demo import seed
from trellis.workspace.people.middleware import MEMBERSHIP
from trellis.workspace.people.models import EmergencyAccess, Membership, Person, Relation
from trellis.workspace.words.content import knowledge

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = ("alex", "susan", "casey", "ana", "pat", "lou", "maria", "rosa_account")
"""One of each role at Harbor Clinic, by their names in demo/people.yaml."""
ELSEWHERE = {"guide", "health", "static", "language", "account_logout", "demo_sign_in"}
"""Walked by their own tests, or no page."""
NOT_OPENED = ("mfa_", "account_")
"""Pages of the library for accounts: their looks are looked at in tests of accounts."""
FILLED: dict[str | tuple[str, str], Callable[[], Any]] = {
    "key": lambda: _of("Rosa Vargas").key,
    "person": lambda: _of("Rosa Vargas").key,
    "assessment": lambda: _first(Assessment, person=_of("Rosa Vargas")).key,
    "consent": lambda: _first(Consent, person=_of("Rosa Vargas")).key,
    "task": lambda: _first(Task, person=_of("Rosa Vargas")).key,
    "form": lambda: _first(Form).key,
    "relation": lambda: _first(Relation, person=_of("Rosa Vargas")).pk,
    "emergency": lambda: _first(EmergencyAccess).pk,
    "domain": lambda: "mental",
    "fact": lambda: "mental.depression",
    "instrument": lambda: "phq-9",
    "token": lambda: "there-is-no-such-token",
    "uidb36": lambda: "1",
    "path": lambda: "index.html",
    "group": lambda: next(iter(knowledge().facts)).partition(".")[0],
    "number": lambda: 0,
    ("disclosure_new", "kind"): lambda: law().disclosures[0].id,
    ("standing_new", "kind"): lambda: "capacity",
}
"""By the name in the address: what to put there. Where there is none of a model, the page is answered as not there."""


def _first(model: Any, **wanted: Any) -> Any:
    found = model.objects.filter(**wanted).order_by("pk").first()
    return found or type("Nothing", (), {"key": "zzzzzzzzzzzz", "pk": 0})


def _of(name: str) -> Any:
    return Person.objects.get(name=name)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one


def pages() -> dict[str, list[str]]:
    """By the name of a route, the names that its address wants filled."""
    return {
        str(one.name): list(one.pattern.converters)
        for one in _patterns(get_resolver())
        if one.name in ROUTES and one.name not in ELSEWHERE and not one.name.startswith(NOT_OPENED)
    }


def _filler(name: str, wanted: str) -> Callable[[], Any]:
    return FILLED.get((name, wanted)) or FILLED[wanted]


def address(name: str) -> str:
    with upkeep("a test"):
        return reverse(name, kwargs={wanted: _filler(name, wanted)() for wanted in pages()[name]})


@pytest.fixture
def seeded(db: Any) -> dict[str, Membership]:
    """The demonstration, and its members by their names in people.yaml."""
    with upkeep("a test"):
        making = seed.Seeding(seed.timezone.now())
        making.all()
    return making.members


def browsing(member: Membership, language: str = "en") -> Client:
    client = Client()
    client.force_login(member.account, backend=BACKEND)
    session = client.session
    session[MEMBERSHIP] = member.pk
    session.save()
    client.cookies["django_language"] = language
    return client


def test_every_name_in_an_address_can_be_filled() -> None:
    wanted = {(name, one) for name, several in pages().items() for one in several}
    assert {one for one in wanted if one not in FILLED and one[1] not in FILLED} == set()


@override_settings(DEMO=True)
def test_every_page_answers_everybody_with_the_page_or_as_if_it_were_not_there(
    seeded: dict[str, Membership],
) -> None:
    opened: set[str] = set()
    for who in WHO:
        for language in ("en", "es"):
            client = browsing(seeded[who], language)
            for name in pages():
                answer = client.get(address(name))
                assert answer.status_code in (200, 302, 403, 404, 405), f"{name} as {who}: {answer.status_code}"
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    opened.add(name)
                    text = answer.content.decode()
                    assert f'<html lang="{language}"' in text or ROUTES[name].who == ANYBODY, f"{name} in {language}"
                    assert "tel:988" in text, f"{name}: help for a crisis is one tap away"
                    assert " style=" not in text, name
    assert {"caseload", "person", "person_add"} <= opened


LOOK = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: rules});
  return {
    wrong: found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).join(", ")),
    over: document.documentElement.scrollWidth - window.innerWidth,
    low: [...document.querySelectorAll("main button, header a, main a[role=button], select, input:not([type=hidden])")]
      .filter((one) => one.checkVisibility() && !one.closest(".check, .tile"))
      .filter((one) => one.getBoundingClientRect().height < 43.5)
      .map((one) => one.outerHTML.slice(0, 80)),
  };
}"""


STATIC = {
    "/static/guide/": Path(__file__).parents[2] / "src/trellis/guide/assets",
    "/static/": Path(__file__).parents[2] / "src/trellis/workspace/static",
}


def looked_at(shown: dict[str, bytes]) -> list[str]:
    """What is wrong with pages, each given to a browser with the site's own style and scripts.

    In a thread of its own: the browser's loop and Django's database do not get along in one.
    """

    def give(route: Any) -> None:
        path = "/" + route.request.url.split("//", 1)[1].split("/", 1)[1].partition("?")[0]
        for start, folder in STATIC.items():
            if path.startswith(start):
                file = folder / path.removeprefix(start)
                route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)
                return
        route.fulfill(body=shown[path], content_type="text/html; charset=utf-8")

    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.route("**/*", give)
        for path in shown:
            page.goto(f"http://pages.test{path}")
            page.add_script_tag(path=AXE)
            for width in (390, 1280) if "/en/" in path else (320,):
                page.set_viewport_size({"width": width, "height": 844})
                found = page.evaluate(LOOK, list(RULES))
                faults += [f"{path} at {width}: {what}" for what in found["wrong"]]
                if found["over"] > 0:
                    faults.append(f"{path} at {width}: {found['over']} px too wide")
                faults += [f"{path} at {width}: less than 44 px: {what}" for what in found["low"] if width == 390]
        browser.close()
    return faults


@override_settings(DEMO=True)
@pytest.mark.slow
def test_axe_finds_nothing_and_a_phone_shows_every_page_whole(seeded: dict[str, Membership]) -> None:
    shown: dict[str, bytes] = {}
    for who in ("alex", "ana", "rosa_account"):
        for language in ("en", "es"):
            client = browsing(seeded[who], language)
            for name in pages():
                answer = client.get(address(name))
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    shown[f"/{who}/{language}/{name}"] = answer.content
    with ThreadPoolExecutor(1) as apart:
        faults = apart.submit(looked_at, shown).result()
    assert not faults, "\n".join(sorted(set(faults)))
