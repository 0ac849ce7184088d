"""The pages of accounts in a browser: a passkey added and used, nothing refused by the policy, axe clean."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.guide.walking import AXE, RULES
from tests.workspace.serving import command, environment, path_in, served
from tests.workspace.test_accounts import code
from tests.workspace.world import PASSWORD as WORLD_PASSWORD

PASSWORD = "seven invented lanterns"
EMAIL = "alex@example.org"
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("empty") / "site"
    command(made, "migrate")
    return made


@pytest.fixture
def folder(_empty: Path, tmp_path: Path) -> Path:
    """The folder of a site with its tables, and nobody in it."""
    return Path(shutil.copytree(_empty, tmp_path / "site"))


def visit(browser: Browser, locale: str = "en-US") -> tuple[BrowserContext, Page, list[str]]:
    """A browser with a passkey of its own, and what it complains of: the policy's refusals are among that."""
    context = browser.new_context(locale=locale, viewport=WIDE)
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return context, page, complaints


def clean(page: Page, pictures: Path | None = None, name: str = "") -> None:
    """Nothing for axe, and no scrolling to the side, wide and narrow, once the page has come."""
    page.wait_for_load_state()
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        beyond = page.evaluate(
            "() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]"
            ".filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
        )
        assert beyond == [], page.url
        if pictures:
            page.screenshot(path=pictures / f"{name}-{size['width']}.png", full_page=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(rules) => axe.run(document, {resultTypes: ['violations'], runOnly: rules}).then(({violations}) => "
        "violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))",
        list(RULES),
    )
    assert found == [], page.url
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def make_account(page: Page, address: str, folder: Path, language: str = "en") -> None:
    told = command(folder, "organisation", "add", "Harbor Clinic", "--administrator", EMAIL, "--language", language)
    page.goto(address + path_in(told))
    clean(page)
    page.fill("#id_name", "Alex Invented")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url("**/team/account/2fa/")


def test_a_passkey_is_added_and_signs_in_alone(browser: Browser, folder: Path) -> None:
    with served(folder) as address:
        context, page, complaints = visit(browser)
        make_account(page, address, folder)
        clean(page)
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.locator("#mfa_webauthn_add")).to_be_visible()
        clean(page)
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url("**/recovery-codes/")
        expect(page.locator(".codes li")).to_have_count(10)
        clean(page)
        page.get_by_role("button", name="I have kept them").click()
        page.wait_for_url("**/team/people/")
        page.goto(address + "/team/account/2fa/webauthn/")
        clean(page)
        page.locator("footer").get_by_role("button", name="Sign out").click()
        page.goto(address + "/team/people/")
        expect(page.locator("#passkey_login")).to_be_visible()
        clean(page)
        page.locator("#passkey_login").click()
        page.wait_for_url("**/team/people/")
        # With the password, the passkey is the second step.
        page.locator("footer").get_by_role("button", name="Sign out").click()
        page.goto(address + "/team/account/login/")
        page.fill("#id_login", EMAIL)
        page.fill("#id_password", PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url("**/2fa/authenticate/")
        clean(page)
        page.locator("#mfa_webauthn_authenticate").click()
        page.wait_for_url("**/team/**people/")
        assert complaints == []
        context.close()


def test_a_passkey_that_does_not_work_is_told_on_the_page(browser: Browser, folder: Path) -> None:
    with served(folder) as address:
        context = browser.new_context(locale="es-US")
        page = context.new_page()
        page.goto(address + "/team/account/login/")
        page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
        page.locator("#passkey_login").click()
        expect(page.locator("#passkey-trouble")).to_contain_text("La llave de acceso no funcionó")
        context.close()


PAGES = (
    "/team/account/login/",
    "/team/account/password/reset/",
    "/team/account/password/reset/done/",
    "/team/account/password/reset/key/1-wrong/",
    "/team/account/password/reset/key/done/",
    "/team/account/inactive/",
    "/team/invitation/none/",
)
OWN_PAGES = (
    "/team/me/",
    "/team/me/organizations/",
    "/team/members/",
    "/team/invitations/",
    "/team/invitations/new/",
    "/team/account/logout/",
    "/team/account/password/change/",
    "/team/account/reauthenticate/",
    "/team/account/2fa/",
    "/team/account/2fa/reauthenticate/",
    "/team/account/2fa/totp/deactivate/",
    "/team/account/2fa/recovery-codes/",
    "/team/account/2fa/recovery-codes/generate/",
    "/team/account/2fa/webauthn/",
    "/team/account/2fa/webauthn/add/",
)
LEFT_ENGLISH = re.compile(r"\b(the|your|password|account|sign|code|with|you|please|enter)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_of_accounts_is_clean_in_each_language(language: str, browser: Browser, folder: Path) -> None:
    pictures = Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None
    with served(folder) as address:
        context, page, complaints = visit(browser, f"{language}-US")
        for path in PAGES:
            page.goto(address + path)
            clean(page, pictures, f"{language}{path.replace('/', '-')}")
            assert not (language == "es" and LEFT_ENGLISH.search(page.locator("main").inner_text())), path
        complaints.clear()  # an invitation that does not work is answered 404
        make_account(page, address, folder, language)
        page.goto(address + "/team/account/2fa/totp/activate/")
        clean(page)
        secret = page.locator("main p > code").inner_text()
        page.fill("#id_code", "000000")
        page.locator("main form button").click()
        expect(page.locator(".error")).to_contain_text("Espere" if language == "es" else "Wait")
        clean(page)
        assert page.locator("main p > code").inner_text() == secret
        page.fill("#id_code", code(secret))
        page.locator("main form button").click()
        page.wait_for_url("**/recovery-codes/")
        for path in OWN_PAGES:
            page.goto(address + path)
            clean(page, pictures, f"{language}{path.replace('/', '-')}")
            words = page.locator("main").inner_text()
            assert not (language == "es" and LEFT_ENGLISH.search(words)), (path, words)
        assert complaints == []
        context.close()


SEED = """
import django, sys
django.setup()
from datetime import date, timedelta
from allauth.mfa.models import Authenticator
from django.utils import timezone
from tests.workspace.world import PASSWORD, SECOND_FACTOR
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.people.invitations import fresh
from trellis.workspace.people.models import *
with upkeep("a test"):
    harbor = Organisation.objects.create(name="Harbor Clinic (invented)")
    kim = Person.objects.create(organisation=harbor, name="Kim Invented", chart="H-100", born=date(1990, 5, 17))
    alex, robin = (
        Account.objects.create_user(
            f"{name}@example.org", PASSWORD, name=f"{name.title()} Invented", language=sys.argv[1]
        )
        for name in ("alex", "robin")
    )
    Authenticator.objects.create(user=alex, type="totp", data={"secret": SECOND_FACTOR})
    for role in ("administrator", "clinician", "supervisor"):
        Membership.objects.create(organisation=harbor, account=alex, role=role)
    other = Membership.objects.create(organisation=harbor, account=robin, role="clinician")
    now = timezone.now()
    Membership.objects.create(organisation=harbor, account=robin, role="peer", until=now)
    for days in (0, 1):
        EmergencyAccess.objects.create(
            organisation=harbor, person=kim, membership=other, reason="Invented: Kim could not speak",
            at=now - timedelta(days=days), until=now + timedelta(hours=4) - timedelta(days=days),
            **({"reviewed": now, "reviewed_by": other, "finding": "Invented: needed"} if days else {}),
        )
    for number, values in enumerate(({}, {"withdrawn": now}, {"accepted": now}, {"until": now}, {"sent": now})):
        Invitation.objects.create(
            organisation=harbor, email=f"somebody{number}@example.org", role="peer", by=other, **(fresh()[1] | values)
        )
"""
TIME_OUT = """
import django
django.setup()
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
Session.objects.update(expire_date=timezone.now())
cache.clear()
"""


def script(folder: Path, words: str, *given: str) -> None:
    """Run some lines at the site's own database."""
    settings = environment(folder, DJANGO_SETTINGS_MODULE="trellis.workspace.site.settings")
    subprocess.run([sys.executable, "-c", words, *given], env=settings, check=True)


def enter(page: Page) -> None:
    """Sign in with the password and a code."""
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", WORLD_PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/2fa/authenticate/")
    page.fill("#id_code", code())
    page.locator("main form button").first.click()


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_with_something_on_them_are_clean_and_nothing_typed_is_lost(
    language: str, browser: Browser, folder: Path
) -> None:
    pictures = Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None
    script(folder, SEED, language)
    with served(folder) as address:
        context, page, complaints = visit(browser, f"{language}-US")

        def look(path: str) -> None:
            page.goto(address + path)
            clean(page, pictures, f"full-{language}{path.replace('/', '-')}")

        def work_as(number: int) -> None:
            page.goto(address + "/team/me/organizations/")
            page.locator(f'main button[value="{number}"]').click()

        page.goto(address + "/team/me/organizations/")
        enter(page)
        page.wait_for_url("**/organizations/")
        for path in ("/team/me/organizations/", "/team/members/", "/team/invitations/"):
            look(path)
        work_as(3)
        look("/team/emergency/to-look-at/")
        page.locator("main textarea").fill("x")
        page.locator("main form button").click()
        complaints.clear()  # a form that is not right is answered 422
        expect(page.locator(".error")).to_be_visible()
        clean(page)
        work_as(2)
        look("/team/emergency/")
        page.fill("#id_chart", "H-9")
        page.fill("#id_reason", "Invented: Kim was brought in and cannot speak")
        page.locator("main form button").click()
        expect(page.get_by_role("alert")).to_be_visible()
        complaints.clear()
        clean(page, pictures, f"full-{language}-emergency-wrong")
        page.fill("#id_chart", "H-100")
        page.locator("main form button").click()
        page.wait_for_url(re.compile(r"/people/\w{12}/$"))
        expect(page.locator(".emergency-open")).to_be_visible()
        look("/team/emergency/")
        page.goto(address + "/team/people/new/")
        page.fill("#id_name", "Dana Invented")
        script(folder, TIME_OUT)
        page.locator("main form button").click()
        page.wait_for_url("**/login/**")
        expect(page.locator("main .note")).to_be_visible()
        clean(page, pictures, f"full-{language}-login-again")
        enter(page)
        page.wait_for_url("**/not-sent/")
        expect(page.locator(".kept-words").first).to_have_text("Dana Invented")
        clean(page, pictures, f"full-{language}-kept")
        page.locator("main form button").first.click()
        page.wait_for_url(re.compile(r"/people/\w{12}/$"))
        expect(page.locator("h1")).to_have_text("Dana Invented")
        assert complaints == []
        context.close()
