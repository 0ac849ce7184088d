"""Who may invite whom, and what a letter's link opens: once, for a week, while whoever invited may do so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.workspace.test_accounts import sign_in
from tests.workspace.world import PASSWORD, VIEWPOINTS, World
from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.people.invitations import fresh, summed
from trellis.workspace.people.models import Account, Invitation, Membership, Person, Relation

MAY_INVITE_FOR_DANA = {"administrator", "clinician", "case_manager", "dana"}
NEW = {"name": "Robin Invented", "password1": "seven invented lanterns", "password2": "seven invented lanterns"}


@pytest.fixture(autouse=True)
def _no_tries_yet(db: Any) -> None:
    cache.clear()


def link() -> str:
    (found,) = re.findall(r"http://testserver(/team/invitation/\S+)", mail.outbox[-1].body)
    return str(found)


def invite(client: Client, email: str = "robin@example.org", role: str = "peer", language: str = "en") -> str:
    answer = client.post("/team/invitations/new/", {"email": email, "role": role, "language": language})
    assert answer.status_code == 302
    return link()


def invitation(email: str = "robin@example.org") -> Invitation:
    with upkeep("a test"):
        return Invitation.objects.get(email=email)


def gone(page: Any) -> bool:
    return page.status_code == 404 and b"ask whoever invited you" in page.content.lower()


def test_a_letter_says_nothing_of_anybody_and_its_link_is_kept_as_a_sum_alone(
    signed_in: Callable[[str], Client], world: World
) -> None:
    for language, says in (("en", "An invitation to Trellis"), ("es", "Una invitación a Trellis")):
        path = invite(signed_in("administrator"), email=f"{language}@example.org", language=language)
        letter = mail.outbox[-1]
        assert letter.subject == says
        for word in ("Harbor", "Administrator", "Dana", "peer", "clinic", "addiction", "treatment"):
            assert word.lower() not in (letter.subject + letter.body).lower().replace("/team/invitation/", "")
        token = path.split("/")[-2]
        kept = invitation(f"{language}@example.org")
        assert kept.token == summed(token)
        assert token not in str(kept.__dict__)
        assert timedelta(days=6, hours=23) < kept.until - timezone.now() <= timedelta(days=7)


def test_the_link_makes_an_account_once(signed_in: Callable[[str], Client], world: World) -> None:
    path = invite(signed_in("administrator"))
    visitor = Client()
    page = visitor.get(path)
    assert page.status_code == 200
    assert b"robin@example.org" in page.content
    wrong = visitor.post(path, NEW | {"password2": "another"})
    assert wrong.status_code == 422
    assert b"Robin Invented" in wrong.content
    assert visitor.post(path, NEW | {"password1": "short", "password2": "short"}).status_code == 422
    assert visitor.post(path, NEW)["Location"] == "/team/"
    assert visitor.get("/team/people/")["Location"] == "/team/account/2fa/", "who works there needs a second factor"
    with upkeep("a test"):
        (member,) = Membership.objects.filter(account__email="robin@example.org")
    assert (member.role, member.organisation_id) == ("peer", world.organisations["harbor"].pk)
    assert gone(Client().get(path))
    assert gone(Client().post(path, NEW))


def test_whoever_has_an_account_signs_in_and_joins(signed_in: Callable[[str], Client], world: World) -> None:
    stranger = world.members["clinician_elsewhere"]
    path = invite(signed_in("administrator"), stranger.account.email, "supervisor")
    visitor = Client()
    page = visitor.get(path).content.decode()
    assert f"/team/account/login/?next={path.replace('/', '%2F')}" in page
    assert visitor.post(path, NEW).status_code == 200, "a password for somebody else's account changes nothing"
    assert Account.objects.get(pk=stranger.account_id).check_password(PASSWORD)
    answer = sign_in(visitor, world, "clinician_elsewhere", next=path)
    assert b"Accept the invitation" in answer.content
    assert visitor.post(path).status_code == 302
    with upkeep("a test"):
        roles = {one.role for one in Membership.objects.filter(account=stranger.account_id)}
    assert roles == {"clinician", "supervisor"}
    assert gone(visitor.get(path))


def test_an_invitation_for_another_address_is_not_taken_up(signed_in: Callable[[str], Client], world: World) -> None:
    path = invite(signed_in("administrator"))
    other = signed_in("peer")
    assert b"another e-mail address" in other.get(path).content
    other.post(path)
    assert invitation().accepted is None


@pytest.mark.parametrize("why", ["unknown", "withdrawn", "expired", "used", "inviter_ended", "inviter_other_role"])
def test_what_holds_no_more_gets_one_and_the_same_page(
    why: str, signed_in: Callable[[str], Client], world: World
) -> None:
    path = invite(signed_in("administrator"))
    nothing = Client().get("/team/invitation/none/")
    assert gone(nothing)
    with upkeep("a test"):
        kept, now = Invitation.objects.filter(email="robin@example.org"), timezone.now()
        if why == "unknown":
            path = path[:-3] + "zz/"
        elif why == "withdrawn":
            kept.update(withdrawn=now)
        elif why == "expired":
            kept.update(until=now)
        elif why == "used":
            kept.update(accepted=now)
        elif why == "inviter_ended":
            Membership.objects.filter(pk=world.members["administrator"].pk).update(until=now)
        else:
            Membership.objects.filter(pk=world.members["administrator"].pk).update(role="clinician")
    once = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|/team/invitation/[^"]+')
    for page in (Client().get(path), Client().post(path, NEW)):
        assert page.status_code == 404
        assert once.sub(b"", page.content) == once.sub(b"", nothing.content)
    assert not Account.objects.filter(email="robin@example.org").exists()


def test_withdraw_take_that_back_and_send_again(signed_in: Callable[[str], Client], world: World) -> None:
    client = signed_in("administrator")
    path = invite(client)
    one = {"invitation": invitation().pk}
    client.post("/team/invitations/", one | {"what": "withdraw"})
    assert gone(Client().get(path))
    client.post("/team/invitations/", one | {"what": "undo"})
    assert Client().get(path).status_code == 200
    client.post("/team/invitations/", one | {"what": "resend"})
    assert gone(Client().get(path)), "the first letter's link is good no more"
    assert Client().get(link()).status_code == 200


def test_a_letter_that_cannot_leave_is_told_and_its_link_shown_once(
    signed_in: Callable[[str], Client], world: World, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.workspace.broken_mail.Broken"
    client = signed_in("administrator")
    given = {"email": "robin@example.org", "role": "peer", "language": "en"}
    page = client.post("/team/invitations/new/", given, follow=True)
    assert b"could not be sent" in page.content
    (path,) = re.findall(r"http://testserver(/team/invitation/[^<\s]+)", page.content.decode())
    assert Client().get(path).status_code == 200
    assert path.encode() not in client.get("/team/invitations/").content
    assert invitation().sent is None


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_who_may_invite_for_a_person_may_and_nobody_else(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    client = signed_in(viewpoint)
    address = f"/team/people/{world.people['dana'].key}/invite/"
    given = {"email": "mother@example.org", "role": "family:family", "language": "es"}
    allowed = viewpoint in MAY_INVITE_FOR_DANA
    assert client.get(address).status_code == (200 if allowed else 404)
    assert client.post(address, given).status_code == (302 if allowed else 404)
    with upkeep("a test"):
        assert Invitation.objects.filter(email="mother@example.org").exists() is allowed
    if allowed:
        assert b"mother@example.org" in client.get("/team/invitations/").content


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_nobody_but_an_administrator_invites_to_the_team_by_any_way(
    viewpoint: str, signed_in: Callable[[str], Client], world: World
) -> None:
    allowed = VIEWPOINTS[viewpoint][1] == "administrator"
    answer = signed_in(viewpoint).post(
        "/team/invitations/new/", {"email": "robin@example.org", "role": "administrator", "language": "en"}
    )
    assert answer.status_code == (302 if allowed else 404)
    member = world.members[viewpoint]
    with acting_as(world.viewer(viewpoint)):
        for person in (None, world.people["dana"]):
            one = Invitation(
                organisation=member.organisation, email="x@example.org", role="administrator", person=person, by=member,
                **fresh()[1],
            )  # fmt: skip
            if allowed and person is None:
                one.save()
            else:
                with pytest.raises(NotAllowed):
                    one.save()


def test_an_invitation_never_becomes_one_for_another_role_or_address(
    signed_in: Callable[[str], Client], world: World
) -> None:
    address = f"/team/people/{world.people['dana'].key}/invite/"
    given = {"email": "mother@example.org", "role": "family:family", "language": "en"}
    signed_in("clinician").post(address, given)
    with acting_as(world.viewer("clinician")):
        one = Invitation.objects.get(email="mother@example.org")
        one.role, one.kind, one.person = "administrator", "", None
        with pytest.raises(NotAllowed):
            one.save()
    # And where somebody wrote past the model: the link opens nothing, for its inviter could not invite so.
    with acting_as(world.viewer("clinician")):
        Invitation.objects.filter(email="mother@example.org").update(role="administrator", kind="")
    assert gone(Client().get(link()))


def test_somebody_close_sees_nothing_until_the_person_consents(
    signed_in: Callable[[str], Client], world: World
) -> None:
    address = f"/team/people/{world.people['dana'].key}/invite/"
    signed_in("dana").post(address, {"email": "uncle@example.org", "role": "family:friend", "language": "es"})
    visitor = Client()
    visitor.post(link(), NEW | {"name": "Uncle Invented"})
    with upkeep("a test"):
        (relation,) = Relation.objects.filter(membership__account__email="uncle@example.org")
    assert (relation.kind, relation.person_id) == ("friend", world.people["dana"].pk)
    assert "Personas" in visitor.get("/team/people/").content.decode(), "in the language of the letter"
    assert b"Dana" not in visitor.get("/team/people/").content
    assert visitor.get(f"/team/people/{world.people['dana'].key}/").status_code == 404


def test_a_clinician_who_left_the_care_team_leaves_no_open_invitation(
    signed_in: Callable[[str], Client], world: World
) -> None:
    address = f"/team/people/{world.people['dana'].key}/invite/"
    signed_in("clinician").post(address, {"email": "aunt@example.org", "role": "family:family", "language": "en"})
    path = link()
    assert Client().get(path).status_code == 200
    with upkeep("a test"):
        Relation.objects.filter(membership=world.members["clinician"]).update(until=timezone.now())
        assert Person.objects.filter(pk=world.people["dana"].pk).exists()
    assert gone(Client().get(path))
