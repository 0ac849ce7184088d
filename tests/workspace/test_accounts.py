"""Who comes in, how, and what becomes of what they typed when they were signed out meanwhile. All are invented."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.workspace.world import PASSWORD, SECOND_FACTOR, VIEWPOINTS, World
from trellis.workspace.access.routes import ROUTES
from trellis.workspace.access.rules import STAFF
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.audit.models import Entry
from trellis.workspace.people.models import Account, Membership, Organisation, Person

ADDRESSES = {
    "person": "/team/people/{dana}/",
    "person_seen_by": "/team/people/{dana}/seen/",
    "person_invite": "/team/people/{dana}/invite/",
    "invitation": "/team/invitation/none/",
    "mfa_edit_webauthn": "/team/account/2fa/webauthn/keys/1/edit/",
    "mfa_remove_webauthn": "/team/account/2fa/webauthn/keys/1/remove/",
    "account_reset_password_from_key": "/team/account/password/reset/key/1-set-password/",
}
"""Addresses with something in them."""


@pytest.fixture(autouse=True)
def _no_tries_yet(db: Any) -> None:
    cache.clear()


def code(secret: str = SECOND_FACTOR) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client: Client, world: World, name: str, **more: Any) -> Any:
    """As somebody does: the password, and the code where there is an app."""
    cache.clear()  # a code is good once
    email = world.members[name].account.email
    address = "/team/account/login/" + (f"?next={more['next']}" if "next" in more else "")
    answer = client.post(address, {"login": email, "password": PASSWORD, **more}, follow=True)
    if answer.resolver_match.view_name == "mfa_authenticate":
        answer = client.post("/team/account/2fa/authenticate/", {"code": code()}, follow=True)
    return answer


def time_out(client: Client) -> None:
    """Nothing happened for longer than the session lasts."""
    Session.objects.filter(session_key=client.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )


def last(action: str) -> Entry | None:
    with upkeep("a test"):
        return Entry.objects.filter(action=action).order_by("pk").last()


# --- signing in ---


def test_who_works_there_signs_in_with_a_second_factor(client: Client, world: World) -> None:
    answer = client.post(
        "/team/account/login/", {"login": world.members["clinician"].account.email, "password": PASSWORD}, follow=True
    )
    assert answer.resolver_match.view_name == "mfa_authenticate"
    assert client.get("/team/people/").status_code == 302
    client.post("/team/account/2fa/authenticate/", {"code": code()})
    assert client.get("/team/people/").status_code == 200
    entry = last("signed_in")
    assert entry is not None
    assert (entry.account, entry.acting) == (world.members["clinician"].account_id, "clinician")


def test_a_wrong_code_is_refused_and_written_down(client: Client, world: World) -> None:
    email = world.members["clinician"].account.email
    client.post("/team/account/login/", {"login": email, "password": PASSWORD})
    client.post("/team/account/2fa/authenticate/", {"code": "000000"})
    assert client.get("/team/people/").status_code == 302
    entry = last("refused")
    assert entry is not None
    assert (entry.table, entry.row) == ("mfa_authenticate", str(world.members["clinician"].account_id))


def test_signing_out_is_written_down_and_ends_it(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("clinician")
    client.post("/team/account/logout/")
    assert client.get("/team/people/").status_code == 302
    assert last("signed_out").account == world.members["clinician"].account_id  # type: ignore[union-attr]


def strip(page: Any) -> bytes:
    text = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page.content)
    return re.sub(rb'value="[^"@]*@[^"]*"', b"", text)


def test_a_failed_sign_in_says_the_same_whether_there_is_an_account_or_not(client: Client, world: World) -> None:
    there = {"login": world.members["dana"].account.email, "password": "not the password"}
    nowhere = {"login": "nobody@example.org", "password": "not the password"}
    for _ in range(7):
        answers = [client.post("/team/account/login/", given) for given in (there, nowhere)]
        assert strip(answers[0]) == strip(answers[1])
    # Now both are locked out, also with the right password, and on any server: tries are counted in the database.
    answer = Client().post("/team/account/login/", there | {"password": PASSWORD})
    assert b"15 minutes" in answer.content
    assert "_auth_user_id" not in client.session
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone()[0] > 0
    with upkeep("a test"):
        kept = " ".join(
            f"{one.after}{one.row}{one.why}" for one in Entry.objects.filter(action="refused", table="account_login")
        )
    assert str(world.members["dana"].account_id) in kept
    assert "@" not in kept


def test_a_new_password_is_promised_to_everybody_alike_and_stops_after_too_many(client: Client, world: World) -> None:
    there, nowhere = world.members["dana"].account.email, "nobody@example.org"
    pages = [client.post("/team/account/password/reset/", {"email": email}) for email in (there, nowhere)]
    assert [page["Location"] for page in pages] == ["/team/account/password/reset/done/"] * 2
    assert len(mail.outbox) == 2
    assert "Dana" not in mail.outbox[0].body + mail.outbox[0].subject
    several = [
        [client.post("/team/account/password/reset/", {"email": one}) for _ in range(6)] for one in (there, nowhere)
    ]
    assert [page.status_code for page in several[0]] == [page.status_code for page in several[1]]
    assert several[0][-1].status_code == 429
    assert b"wait an hour" in several[0][-1].content
    assert len(mail.outbox) < 12


def test_a_letter_for_a_new_password_changes_it_and_the_old_one_is_gone(client: Client, world: World) -> None:
    account = world.members["dana"].account
    client.post("/team/account/password/reset/", {"email": account.email})
    (link,) = re.findall(r"http://testserver(\S+)", mail.outbox[0].body)
    page = client.get(link, follow=True)
    assert page.status_code == 200
    new = {"password1": "seven invented lanterns", "password2": "seven invented lanterns"}
    assert client.post(page.request["PATH_INFO"], new).status_code == 302
    answer = client.post("/team/account/login/", {"login": account.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post("/team/account/login/", {"login": account.email, "password": "seven invented lanterns"})
    assert "_auth_user_id" in client.session
    assert answer.status_code == 200


# --- the second factor ---


def without_factor(world: World, name: str) -> None:
    with upkeep("a test"):
        Authenticator.objects.filter(user=world.members[name].account).delete()


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {"front", "guide", "health", "static"}))
def test_until_there_is_a_second_factor_every_page_leads_to_its_set_up(
    route: str, signed_in: Callable[[str], Client], world: World
) -> None:
    from django.urls import reverse

    allowed = route in ("account_logout", "account_reauthenticate", "language") or route.startswith("mfa_")
    for name in ("administrator", "clinician", "supervisor", "case_manager", "peer"):
        without_factor(world, name)
        client = signed_in(name)
        address = ADDRESSES.get(route, "").format(dana=world.people["dana"].key)
        if not address:
            try:
                address = reverse(route)
            except Exception:
                pytest.skip("an address with something in it, of another part")
        for method in (client.get, client.post):
            answer = method(address)
            to_set_up = answer.status_code == 302 and answer["Location"] == "/team/account/2fa/"
            not_for_them = (
                answer.status_code == 404 and ROUTES[route].who == "by_rules" and (name not in ROUTES[route].roles)
            )
            assert (allowed and not to_set_up) or to_set_up or not_for_them, (route, name, answer.status_code)


def test_with_a_second_factor_and_for_who_does_not_work_there_pages_are_there(
    signed_in: Callable[[str], Client], world: World
) -> None:
    assert signed_in("clinician").get("/team/people/").status_code == 200
    assert signed_in("dana").get(f"/team/people/{world.people['dana'].key}/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(signed_in: Callable[[str], Client], world: World) -> None:
    without_factor(world, "clinician")
    with upkeep("a test"):
        Authenticator.objects.create(
            user=world.members["clinician"].account, type="recovery_codes", data={"seed": "x", "used_mask": 0}
        )
    assert signed_in("clinician").get("/team/people/")["Location"] == "/team/account/2fa/"


def test_in_the_demonstration_nobody_needs_one(signed_in: Callable[[str], Client], world: World, settings: Any) -> None:
    without_factor(world, "clinician")
    settings.DEMO = True
    assert signed_in("clinician").get("/team/people/").status_code == 200


def test_an_app_is_set_up_and_removed_and_both_are_written_down(
    client: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    without_factor(world, "clinician")
    answer = sign_in(client, world, "clinician")
    assert answer.resolver_match.view_name == "mfa_index"
    page = client.get("/team/account/2fa/totp/activate/")
    assert page.status_code == 200, "right after the sign-in the password is not asked again"
    secret = page.context["form"].secret
    before = len(mail.outbox)
    with django_capture_on_commit_callbacks() as told:
        answer = client.post("/team/account/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    with acting_as(world.viewer("clinician")), context.request_context(answer.wsgi_request):
        for one in told:
            one()
    assert answer.resolver_match.view_name == "mfa_view_recovery_codes"
    assert client.get("/team/people/").status_code == 200
    assert last("factor_added").organisation_id == world.organisations["harbor"].pk  # type: ignore[union-attr]
    assert len(mail.outbox) > before
    assert "an app for codes" in mail.outbox[before].body.lower()
    later = client.session
    later["account_authentication_methods"] = [
        one | {"at": time.time() - 3600} for one in later["account_authentication_methods"]
    ]
    later.save()
    answer = client.post("/team/account/2fa/totp/deactivate/", follow=True)
    assert answer.resolver_match.view_name == "account_reauthenticate", "an hour later the password is asked once more"
    client.post("/team/account/reauthenticate/", {"password": PASSWORD})
    client.post("/team/account/2fa/totp/deactivate/")
    assert last("factor_removed") is not None
    assert client.get("/team/people/")["Location"] == "/team/account/2fa/"


# --- signed out meanwhile ---


def test_what_was_typed_comes_back_after_the_session_ended_and_is_sent_with_one_button(world: World) -> None:
    client = Client(enforce_csrf_checks=False)
    sign_in(client, world, "clinician")
    time_out(client)
    answer = client.post("/team/people/new/", {"name": "Robin Invented", "language": "es", "chart": "line 1\nline 2"})
    assert answer.status_code == 302
    assert answer["Location"] == "/team/account/login/?next=%2Fteam%2Fme%2Fnot-sent%2F"
    with upkeep("a test"):
        assert not Person.objects.filter(name="Robin Invented").exists()
    answer = sign_in(client, world, "clinician", next="/team/me/not-sent/")
    assert answer.resolver_match.view_name == "kept"
    assert b"Robin Invented" in answer.content
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()))
    answer = client.post("/team/people/new/", again)
    assert answer.status_code == 302
    with upkeep("a test"):
        assert Person.objects.get(name="Robin Invented").language == "es"
    assert client.get("/team/me/not-sent/").status_code == 302, "it was taken, and waits no more"


def test_the_way_back_holds_with_the_check_of_forms(world: World) -> None:
    client = Client(enforce_csrf_checks=True)

    def post(path: str, page: str, **given: str) -> Any:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(page).content.decode())
        return client.post(path, given | {"csrfmiddlewaretoken": found[1] if found else ""})

    email = world.members["dana"].account.email
    post("/team/account/login/", "/team/account/login/", login=email, password=PASSWORD)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/team/me/").content.decode())[1]  # type: ignore[index]
    time_out(client)
    given = {"name": "Dana of Old", "language": "en", "csrfmiddlewaretoken": token}
    assert "/login/" in client.post("/team/me/", given)["Location"]
    post("/team/account/login/", "/team/account/login/", login=email, password=PASSWORD)
    page = client.get("/team/me/not-sent/").content.decode()
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split("<h2>")[1]))
    assert client.post("/team/me/", again).status_code == 302
    assert Account.objects.get(email=email).name == "Dana of Old"
    # A page from before this sign-in, in another tab: its mark is old, and what it sent is kept all the same.
    old = client.post("/team/me/", given, headers={"Origin": "http://testserver"})
    assert old["Location"] == "/team/me/not-sent/"
    elsewhere = client.post("/team/me/", given, headers={"Origin": "http://elsewhere.example"})
    assert elsewhere.status_code == 403


def test_another_account_never_sees_what_was_kept(world: World) -> None:
    client = Client()
    sign_in(client, world, "clinician")
    time_out(client)
    client.post("/team/people/new/", {"name": "Robin Invented", "language": "en"})
    sign_in(client, world, "dana")
    assert client.get("/team/me/not-sent/").status_code == 302
    client.post("/team/account/logout/")
    sign_in(client, world, "clinician")
    assert b"Robin" not in client.get("/team/me/not-sent/", follow=True).content


def test_nothing_is_kept_for_a_browser_in_which_nobody_was_signed_in(client: Client, world: World) -> None:
    answer = client.post("/team/people/new/", {"name": "Robin Invented"})
    assert answer["Location"] == "/team/account/login/?next=%2Fteam%2F"
    assert not client.session.get("kept_forms")
    client.cookies["was_signed_in"] = f"{world.members['clinician'].account_id}:1"
    client.post("/team/people/new/", {"name": "Robin Invented"})
    assert not client.session.get("kept_forms"), "a cookie that somebody made up"


def test_passwords_and_more_than_a_megabyte_are_not_kept(world: World) -> None:
    client = Client()
    sign_in(client, world, "dana")
    time_out(client)
    client.post("/team/account/password/change/", {"oldpassword": PASSWORD, "password1": "x" * 20})
    assert not client.session.get("kept_forms")
    client.post("/team/me/", {"name": "Dana", "password": "secret words"})
    client.post("/team/me/", {"name": "D" * 2_000_000})
    first, second = client.session["kept_forms"]
    assert first["fields"] == [["name", "Dana"]]
    assert (second["fields"], second["left_out"]) == ([], True)


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(world: World) -> None:
    client = Client()
    sign_in(client, world, "clinician")
    time_out(client)
    answer = client.post("/team/people/new/", {"name": "Robin Invented"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/team/account/login/?next=%2Fteam%2Fme%2Fnot-sent%2F")
    assert sign_in(client, world, "clinician", next="/team/me/not-sent/").resolver_match.view_name == "kept"


def test_what_is_wrong_in_it_is_told_on_its_page_and_nothing_is_lost(world: World) -> None:
    client = Client()
    sign_in(client, world, "clinician")
    time_out(client)
    client.post("/team/people/new/", {"name": "Robin Invented", "born": "not a day", "language": "en"})
    page = sign_in(client, world, "clinician", next="/team/me/not-sent/").content.decode()
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split("<h2>")[1]))
    answer = client.post("/team/people/new/", again)
    assert answer.status_code == 422
    assert b"Robin Invented" in answer.content


# --- several organisations ---


def test_somebody_of_two_organisations_chooses_and_one_that_ended_is_gone_at_once(
    signed_in: Callable[[str], Client], world: World
) -> None:
    client = signed_in("clinician")
    with upkeep("a test"):
        other = Membership.objects.create(
            organisation=world.organisations["elsewhere"], account=world.members["clinician"].account, role="clinician"
        )
    assert b"Elsewhere Clinic" in client.get("/team/me/organizations/").content
    stranger = world.people["stranger"].key
    client.post("/team/me/organizations/", {"membership": other.pk})
    assert client.get(f"/team/people/{world.people['dana'].key}/").status_code == 404
    assert b"Elsewhere Clinic" in client.get("/team/people/").content
    assert client.get(f"/team/people/{stranger}/").status_code == 404
    with upkeep("a test"):
        other.until = timezone.now()
        other.save()
    assert b"Elsewhere Clinic" not in client.get("/team/people/").content
    assert client.post("/team/me/organizations/", {"membership": other.pk}).status_code == 404
    not_theirs = world.members["administrator_elsewhere"].pk
    assert client.post("/team/me/organizations/", {"membership": not_theirs}).status_code == 404


def test_somebody_without_an_organisation_is_told_what_to_do(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("dana")
    with upkeep("a test"):
        Membership.objects.filter(pk=world.members["dana"].pk).update(until=timezone.now())
    assert client.get("/team/").status_code == 403
    assert client.get("/team/me/").status_code == 200
    assert client.get(f"/team/people/{world.people['dana'].key}/").status_code == 404


# --- one's own account ---


def test_ones_own_name_language_and_password(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("dana")
    client.post("/team/me/", {"name": "Dana Inventada", "language": "es"})
    account = Account.objects.get(pk=world.members["dana"].account_id)
    assert (account.name, account.language) == ("Dana Inventada", "es")
    assert "Mi cuenta" in client.get("/team/me/").content.decode()
    fresh = Client()
    sign_in(fresh, world, "dana")
    assert "Mi cuenta" in fresh.get("/team/me/").content.decode(), "in her language, in any browser"
    given = {"oldpassword": PASSWORD, "password1": "seven invented lanterns", "password2": "seven invented lanterns"}
    assert client.post("/team/account/password/change/", given).status_code == 302
    assert Account.objects.get(pk=account.pk).check_password("seven invented lanterns")


# --- members ---


def member(world: World, name: str) -> Membership:
    with upkeep("a test"):
        return Membership.objects.get(pk=world.members[name].pk)


def test_a_membership_that_an_administrator_ends_ends_with_the_next_request(
    signed_in: Callable[[str], Client], world: World
) -> None:
    administrator, clinician = signed_in("administrator"), signed_in("clinician")
    assert clinician.get("/team/people/").status_code == 200
    one = {"member": world.members["clinician"].pk}
    administrator.post("/team/members/", one | {"what": "end"})
    assert clinician.get("/team/people/").status_code == 404
    administrator.post("/team/members/", one | {"what": "undo"})
    assert clinician.get("/team/people/").status_code == 200
    administrator.post("/team/members/", one | {"what": "role", "role": "peer"})
    assert member(world, "clinician").role == "peer"


def test_the_last_administrator_stays(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("administrator")
    one = {"member": world.members["administrator"].pk}
    for change in ({"what": "end"}, {"what": "role", "role": "clinician"}):
        answer = client.post("/team/members/", one | change)
        assert answer.status_code == 422
        assert b"last administrator" in answer.content
    client.post("/team/members/", {"member": world.members["supervisor"].pk, "what": "role", "role": "administrator"})
    assert client.post("/team/members/", one | {"what": "end"}).status_code == 302
    assert client.get("/team/members/").status_code == 404


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_only_administrators_see_and_change_members_and_only_their_own(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    client = signed_in(viewpoint)
    is_one = VIEWPOINTS[viewpoint][1] == "administrator"
    page = client.get("/team/members/")
    assert page.status_code == (200 if is_one else 404)
    own = VIEWPOINTS[viewpoint][0]
    stranger = "clinician_elsewhere" if own == "harbor" else "clinician"
    if is_one:
        assert world.members[stranger].account.email.encode() not in page.content
    answer = client.post("/team/members/", {"member": world.members[stranger].pk, "what": "end"})
    assert answer.status_code == 404
    assert member(world, stranger).until is None


def test_nobody_is_given_a_role_that_is_none_of_the_team(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("administrator")
    for role in ("person", "family", "liaison", "nobody", ""):
        given = {"member": world.members["clinician"].pk, "what": "role", "role": role}
        assert client.post("/team/members/", given).status_code == 404
    given = {"member": world.members["dana"].pk, "what": "role", "role": "administrator"}
    assert client.post("/team/members/", given).status_code == 404
    assert client.post("/team/members/", {"member": "x", "what": "end"}).status_code == 404
    assert set(STAFF) >= {member(world, "clinician").role}


# --- nothing personal in logs ---


def test_nothing_personal_stands_in_a_log(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    written = io.StringIO()
    handlers = [*logging.getLogger("django").handlers, *logging.getLogger().handlers]
    handlers = [one for one in handlers if isinstance(one, logging.StreamHandler) and one.filters]
    before = [one.setStream(written) for one in handlers]
    try:
        client = Client(raise_request_exception=False)
        client.post("/team/account/login/", {"login": "dana@example.org", "password": "not the password"})
        sign_in(client, world, "clinician")
        monkeypatch.setattr(
            "trellis.workspace.people.views.PersonForm.keep",
            lambda form, _: (_ for _ in ()).throw(ValueError(form.cleaned_data["name"])),
        )
        answer = client.post("/team/people/new/?said=Robin", {"name": "Robin Invented", "language": "en"})
        assert answer.status_code == 500
        assert b"Robin" not in answer.content
        client.get("/team/people/Robin Invented/")
        settings.EMAIL_BACKEND = "tests.workspace.broken_mail.Broken"
        client.post("/team/account/logout/")
        client.post("/team/account/password/reset/", {"email": "dana@example.org"})
    finally:
        for one, stream in zip(handlers, before, strict=True):
            if stream is not None:
                one.setStream(stream)
    told = written.getvalue()
    assert "ValueError" in told
    for word in ("Robin", "dana", "Dana", "@", "not the password", "Invented", world.people["dana"].key):
        assert word not in told, told


def test_organisations_have_each_a_chain_of_their_own_for_sign_ins(client: Client, world: World) -> None:
    sign_in(client, world, "clinician_elsewhere")
    with upkeep("a test"):
        names = Organisation.objects.in_bulk()
    assert names[last("signed_in").organisation_id].name.startswith("Elsewhere")  # type: ignore[union-attr]
