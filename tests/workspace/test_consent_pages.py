"""The pages of consent and law, from every viewpoint: who opens them, what they do, and that nothing shows why not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.world import VIEWPOINTS, World, consent, relate
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.assessment.models import Assessment, GivenAnswer
from trellis.workspace.audit.models import Entry
from trellis.workspace.consent import written
from trellis.workspace.consent.models import (
    BreachSheet,
    Complaint,
    Consent,
    ConsentScope,
    Disclosure,
    LegalStanding,
    Restriction,
)
from trellis.workspace.people.models import PrivateNote

SignedIn = Callable[[str], Client]
ONCE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
TEAM = {"clinician", "case_manager"}
OPENS = {
    "consents/": {*TEAM, "supervisor", "dana"},
    "consents/new/": {*TEAM, "dana"},
    "consents/new/justice/": {*TEAM, "dana"},
    "record/": {"administrator", *TEAM, "supervisor", "peer", "dana", "liaison_with_consent", "mother_with_consent"},
    "disclosures/": {"administrator", *TEAM, "supervisor", "dana"},
    "disclosures/new/medical_emergency/": TEAM,
    "disclosures/new/consent/": TEAM,
    "seen/": {"administrator", "supervisor", "dana"},
    "standing/": {*TEAM, "supervisor", "dana"},
    "standing/new/capacity/": {"clinician"},
    "notes/": {*TEAM, "supervisor"},
    "complaints/": {"dana", "administrator"},  # who writes down what came by telephone
    "restrictions/": {"dana"},
}


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_each_page_about_dana_opens_for_whom_the_rules_name_and_is_not_there_for_anybody_else(
    viewpoint: str, signed_in: SignedIn, world: World
) -> None:
    client, key = signed_in(viewpoint), world.people["dana"].key
    for page, who in OPENS.items():
        answer = client.get(f"/team/people/{key}/{page}")
        assert answer.status_code == (200 if viewpoint in who else 404), page
        if answer.status_code == 404:
            nobody = client.get(f"/team/people/zzzzzzzzzzzz/{page}")
            assert ONCE.sub(b"", answer.content).replace(key.encode(), b"z" * 12) == ONCE.sub(b"", nobody.content)


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_pages_of_the_organisation_open_for_whom_the_rules_name(viewpoint: str, signed_in: SignedIn) -> None:
    client = signed_in(viewpoint)
    role = VIEWPOINTS[viewpoint][1]
    for page, roles in {
        "rights/": {VIEWPOINTS[viewpoint][1]},
        "complaints/": {"administrator", "supervisor"},
        "restrictions/": {"administrator", "supervisor"},
        "breaches/": {"administrator", "supervisor"},
        "breaches/new/": {"administrator"},
        "law/": {"administrator"},
    }.items():
        assert client.get(f"/team/{page}").status_code == (200 if role in roles else 404), page


@pytest.mark.parametrize("viewpoint", VIEWPOINTS)
def test_one_consent_is_read_and_changed_by_whom_the_rules_name(
    viewpoint: str, signed_in: SignedIn, world: World
) -> None:
    with upkeep("a test"):
        key = Consent.objects.get(recipient=world.members["mother_with_consent"]).key
    client = signed_in(viewpoint)
    sees, changes = viewpoint in {*TEAM, "supervisor", "dana"}, viewpoint in {*TEAM, "dana"}
    assert client.get(f"/team/consents/{key}/").status_code == (200 if sees else 404)
    assert client.get(f"/team/consents/{key}/change/").status_code == (200 if changes else 404)
    assert client.get(f"/team/consents/{key}/sign/").status_code == (302 if changes else 404)
    assert client.post(f"/team/consents/{key}/end/").status_code == 404
    assert client.post(f"/team/consents/{key}/take-back/").status_code == (302 if changes else 404)
    with upkeep("a test"):
        assert (Consent.objects.get(key=key).revoked is not None) is changes


ORDINARY = {
    "given_by": "Dana Invented", "program": "Harbor Clinic (invented)", "scopes": ["person", "assessment"],
    "purpose": "family", "starts": "2026-01-01", "until": "2099-01-01", "ends_with": "none",
}  # fmt: skip
JUSTICE = {
    "given_by": "Dana Invented", "program": "Harbor Clinic (invented)", "scopes": ["person", "attendance"],
    "purpose": "supervision", "starts": "2026-01-01", "until": "2099-01-01", "ends_with": "none",
    "to_role": "probation",
    "revocable_from": "2026-06-01", "revocable_event": "none",
}  # fmt: skip


def draft(client: Client, world: World, **given: Any) -> str:
    """Write a consent down; the key of the draft."""
    path = "consents/new/justice/" if "to_role" in given else "consents/new/"
    answer = client.post(f"/team/people/{world.people['dana'].key}/{path}", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[3])


def test_the_person_writes_signs_and_takes_back_a_consent_and_its_effect_is_on_the_very_next_read(
    signed_in: SignedIn, world: World
) -> None:
    dana, mother = signed_in("dana"), signed_in("mother_without_consent")
    page = f"/team/people/{world.people['dana'].key}/"
    key = draft(dana, world, **ORDINARY, to=f"m{world.members['mother_without_consent'].pk}")
    assert mother.get(page).status_code == 404, "a draft opens nothing"
    assert dana.post(f"/team/consents/{key}/sign/", {"signature": " "}).status_code == 422
    assert dana.post(f"/team/consents/{key}/sign/", {"signature": "Dana Invented"}).status_code == 302
    for path in ("", "record/"):
        assert mother.get(page + path).status_code == 200
    assert mother.get("/team/people/").content.count(b"Dana Invented") == 1
    answer = dana.post(f"/team/consents/{key}/take-back/", follow=True)
    assert b"It is taken back" in answer.content
    for path in ("", "record/", "consents/", "disclosures/", "seen/", "standing/", "notes/"):
        assert mother.get(page + path).status_code == 404
    assert b"Dana" not in mother.get("/team/people/").content
    assert mother.post(page + "record/", {"way": "json"}).status_code == 404
    again = dana.get(f"/team/consents/{key}/change/")
    assert again.status_code == 200, "it can be given again"


@pytest.mark.parametrize("recipient", ["mother_without_consent", "liaison_without_consent"])
def test_taking_back_ends_every_route_for_every_kind_of_recipient(
    recipient: str, signed_in: SignedIn, world: World
) -> None:
    given = consent(
        world.people["dana"], world.members[recipient], ("person", "assessment", "answer", "task", "attendance")
    )
    client, page = signed_in(recipient), f"/team/people/{world.people['dana'].key}/"
    assert client.get(page).status_code == client.get(page + "record/").status_code == 200
    signed_in("dana").post(f"/team/consents/{given.key}/take-back/")
    for path in ("", *OPENS):
        assert client.get(page + path).status_code == 404, path


def test_a_new_version_replaces_the_old_once_signed_and_the_old_stays_readable(
    signed_in: SignedIn, world: World
) -> None:
    dana = signed_in("dana")
    mother = world.members["mother_without_consent"]
    old = draft(dana, world, **ORDINARY, to=f"m{mother.pk}")
    dana.post(f"/team/consents/{old}/sign/", {"signature": "Dana Invented"})
    answer = dana.post(f"/team/consents/{old}/change/", ORDINARY | {"to": f"m{mother.pk}", "scopes": ["person"]})
    new = answer["Location"].split("/")[3]
    with upkeep("a test"):
        assert written.state(Consent.objects.get(key=old)) == "holds", "until the new one is signed"
    dana.post(f"/team/consents/{new}/sign/", {"signature": "Dana Invented"})
    with upkeep("a test"):
        first, second = Consent.objects.get(key=old), Consent.objects.get(key=new)
        assert (written.state(first), written.state(second)) == ("replaced", "holds")
        assert (first.version, second.version) == (1, 2)
        assert set(ConsentScope.objects.filter(consent=second).values_list("scope", flat=True)) == {"person"}
    assert b"A newer version has replaced this one" in dana.get(f"/team/consents/{old}/").content
    assert f"/team/consents/{old}/".encode() in dana.get(f"/team/consents/{new}/").content


def test_the_clinician_signs_only_for_a_paper_that_they_have_seen(signed_in: SignedIn, world: World) -> None:
    clinician = signed_in("clinician")
    key = draft(clinician, world, **ORDINARY, given_as="self", to="other", to_name="Aunt Invented")
    path = f"/team/consents/{key}/sign/"
    assert clinician.post(path, {"signature": "Dana Invented", "paper_of": "2026-11-01"}).status_code == 422
    late = {"signature": "Dana Invented", "paper_of": "2199-01-01", "seen": "on"}
    assert clinician.post(path, late).status_code == 422
    assert clinician.post(path, late | {"paper_of": "2026-11-01"}).status_code == 302
    with upkeep("a test"):
        one = Consent.objects.get(key=key)
    assert (one.signed_how, one.witness) == ("paper", "Clinician")
    assert written.last_day(one.signed + timedelta(seconds=2), world.organisations["harbor"]) == date(2026, 11, 1)


def test_a_justice_consent_is_a_form_of_its_own_and_says_when_it_can_be_taken_back(
    signed_in: SignedIn, world: World
) -> None:
    dana, liaison = signed_in("dana"), world.members["liaison_without_consent"]
    page = f"/team/people/{world.people['dana'].key}/consents/new/justice/"
    whole = JUSTICE | {"to": f"m{liaison.pk}"}
    for missing in ({"revocable_from": ""}, {"scopes": ["person"]}, {"to_role": ""}, {"until": ""}):
        answer = dana.post(page, whole | missing)
        assert answer.status_code == 422, missing
    assert dana.post(page, whole | {"scopes": ["person", "answer"]}).status_code == 422, "never answers"
    assert dana.post(page, whole | {"to": f"m{world.members['mother_with_consent'].pk}"}).status_code == 422
    key = draft(dana, world, **whole)
    dana.post(f"/team/consents/{key}/sign/", {"signature": "Dana Invented"})
    there = signed_in("liaison_without_consent").get(f"/team/people/{world.people['dana'].key}/")
    assert there.status_code == 200
    assert b"They never see your answers" in dana.get(f"/team/consents/{key}/").content


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"purpose": ""}, "purpose"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "nonsense"}, "until"),
        ({"until": ""}, "until"),
        ({"until": "", "ends_with": "until_taken_back"}, "ends_with"),
        ({"to": "other", "to_name": ""}, "to_name"),
        ({"to": "m999999"}, "to"),
        ({"given_by": ""}, "given_by"),
        ({"program": ""}, "program"),
    ],
)
def test_a_consent_form_says_what_is_wrong_and_keeps_what_was_written(
    wrong: dict[str, Any], field: str, signed_in: SignedIn, world: World
) -> None:
    given = ORDINARY | {"to": "other", "to_name": "Aunt Invented", "purpose_words": "words to keep"} | wrong
    answer = signed_in("dana").post(f"/team/people/{world.people['dana'].key}/consents/new/", given)
    assert answer.status_code == 422
    assert f'href="#id_{field}'.encode() in answer.content
    assert b"words to keep" in answer.content
    with upkeep("a test"):
        assert not Consent.objects.filter(recipient_name="Aunt Invented").exists()


def test_a_minor_does_not_sign_alone_and_a_parent_signs_with_them_on_paper(signed_in: SignedIn, world: World) -> None:
    with upkeep("a test"):
        dana = world.people["dana"]
        dana.born = written.today(world.organisations["harbor"]) - timedelta(days=365 * 15)
        dana.save()
    own = draft(signed_in("dana"), world, **ORDINARY, to="other", to_name="Aunt Invented")
    answer = signed_in("dana").post(f"/team/consents/{own}/sign/", {"signature": "Dana Invented"})
    assert b"The person is a minor" in answer.content
    with upkeep("a test"):
        assert Consent.objects.get(key=own).signed is None
    clinician = signed_in("clinician")
    both = draft(
        clinician, world, **ORDINARY, given_as="parent", given_basis="Mother", to="other", to_name="Aunt Invented"
    )
    signed = {"signature": "Mo Invented", "paper_of": "2026-11-01", "seen": "on"}
    assert clinician.post(f"/team/consents/{both}/sign/", signed).status_code == 422
    assert clinician.post(f"/team/consents/{both}/sign/", signed | {"second": "Dana Invented"}).status_code == 302


def test_when_what_ends_a_consent_has_happened_it_opens_nothing(signed_in: SignedIn, world: World) -> None:
    given = consent(
        world.people["dana"], world.members["mother_without_consent"], ("person",), ends_with="program_ends"
    )
    mother, page = signed_in("mother_without_consent"), f"/team/people/{world.people['dana'].key}/"
    assert mother.get(page).status_code == 200
    assert signed_in("clinician").post(f"/team/consents/{given.key}/end/").status_code == 302
    assert mother.get(page).status_code == 404


# What leaves.


@pytest.fixture
def answered(world: World) -> World:
    dana = world.people["dana"]
    same: dict[str, Any] = {"organisation": dana.organisation, "person": dana}
    with upkeep("a test"):
        one = Assessment.objects.create(**same)
        GivenAnswer.objects.create(**same, assessment=one, fact="alcohol", value="yes", on=date(2026, 11, 1), number=1)
        PrivateNote.objects.create(**same, author=world.members["clinician"], text="A very private word.")
        LegalStanding.objects.create(
            **same, kind="legal_status", value="custody", basis="An order", on=date(2026, 1, 1), by_name="Clinician"
        )
    return world


@pytest.mark.parametrize("viewpoint", sorted(OPENS["record/"]))
def test_a_copy_of_the_record_holds_what_its_viewer_may_see_the_notice_and_never_a_private_note(
    viewpoint: str, signed_in: SignedIn, answered: World
) -> None:
    client, page = signed_in(viewpoint), f"/team/people/{answered.people['dana'].key}/record/"
    taken = client.post(page, {"way": "json", "for": "person"})
    told = json.loads(taken.content)
    assert told["notice"]["statement"] == NOTICE
    record = told["record"]
    sees_answers = viewpoint in {*TEAM, "supervisor", "dana"}
    assert ("alcohol" in json.dumps(record)) is sees_answers
    assert ("standing" in record) is (viewpoint in {*TEAM, "supervisor", "dana"})
    assert ("assessment" in record) is (viewpoint in {*TEAM, "supervisor", "dana", "mother_with_consent"})
    printed = client.post(page, {"way": "print", "for": "person"})
    assert printed.status_code == 200
    for answer in (taken, printed):
        assert NOTICE in answer.content.decode()
        assert b"very private" not in answer.content
    with upkeep("a test"):
        entries = Entry.objects.filter(action="exported", person=answered.people["dana"])
        assert entries.count() == 2
        assert "alcohol" not in "".join(entry.after for entry in entries)
        counted = Disclosure.objects.filter(person=answered.people["dana"])
        assert counted.count() == (2 if viewpoint in ("mother_with_consent", "liaison_with_consent") else 0)


def test_a_copy_goes_with_a_clear_explanation_of_the_consent_under_which_it_leaves(
    signed_in: SignedIn, answered: World
) -> None:
    page = f"/team/people/{answered.people['dana'].key}/record/"
    told = json.loads(signed_in("mother_with_consent").post(page, {"way": "json"}).content)
    (words,) = told["notice"]["consents"]
    assert words.startswith("Dana Invented lets this be shared with Mother With Consent")


def test_a_copy_for_an_outside_recipient_holds_what_their_consent_names_and_is_counted(
    signed_in: SignedIn, answered: World
) -> None:
    clinician = signed_in("clinician")
    key = draft(clinician, answered, **ORDINARY, given_as="self", to="other", to_name="Aunt Invented")
    page = f"/team/people/{answered.people['dana'].key}/record/"
    assert clinician.post(page, {"way": "json", "for": key}).status_code == 404, "not signed"
    paper = {"signature": "Dana Invented", "paper_of": "2026-11-01", "seen": "on"}
    clinician.post(f"/team/consents/{key}/sign/", paper)
    told = json.loads(clinician.post(page, {"way": "json", "for": key}).content)
    assert set(told["record"]) == {"person", "assessment"}
    assert "alcohol" not in json.dumps(told)
    listed = signed_in("dana").get(f"/team/people/{answered.people['dana'].key}/disclosures/").content.decode()
    assert "Aunt Invented" in listed
    assert f"/team/consents/{key}/" in listed
    assert clinician.post(page, {"way": "json", "for": "zzzzzzzzzzzz"}).status_code == 404
    assert clinician.post(page, {"way": "nonsense"}).status_code == 404


def test_every_page_of_the_workspace_carries_the_notice_for_paper(signed_in: SignedIn) -> None:
    assert NOTICE in signed_in("clinician").get("/team/people/").content.decode()


def test_a_medical_emergency_is_written_down_with_what_the_law_asks(signed_in: SignedIn, world: World) -> None:
    clinician, page = signed_in("clinician"), f"/team/people/{world.people['dana'].key}/disclosures/"
    now = timezone.localtime(timezone=world.organisations["harbor"].zone)
    given = {
        "kind": "medical_emergency", "to": "Dr Invented", "where": "", "what": "medicines", "purpose": "emergency care",
        "way": "phone", "at": now.strftime("%Y-%m-%dT%H:%M"), "affiliation": "General Hospital",
        "made_by": "Clinician", "nature": "",
    }  # fmt: skip
    assert clinician.post(page + "new/medical_emergency/", given).status_code == 422
    whole = given | {"nature": "Breathing had slowed"}
    assert clinician.post(page + "new/medical_emergency/", whole | {"at": "2199-01-01T10:00"}).status_code == 422
    assert clinician.post(page + "new/medical_emergency/", whole).status_code == 302
    listed = signed_in("dana").get(page).content.decode()
    for words in ("Dr Invented", "General Hospital", "Breathing had slowed", "42 CFR 2.51(c)"):
        assert words in listed
    assert clinician.get(page + "new/nonsense/").status_code == 404


def test_the_accounting_goes_back_three_or_six_years_as_it_is_asked(signed_in: SignedIn, world: World) -> None:
    dana = world.people["dana"]
    now = timezone.now()
    with upkeep("a test"):
        for years, to in ((2, "Recent"), (4, "Older"), (7, "Oldest")):
            Disclosure.objects.create(
                organisation=dana.organisation, person=dana, to=to, what="A", purpose="B", way="phone", kind="other",
                at=now - timedelta(days=365 * years),
            )  # fmt: skip
    client, page = signed_in("dana"), f"/team/people/{dana.key}/disclosures/"
    for window, there in (("three_years", {"Recent"}), ("six_years", {"Recent", "Older"}), ("x", {"Recent", "Older"})):
        text = client.get(page, {"window": window}).content.decode()
        assert {to for to in ("Recent", "Older", "Oldest") if f">{to}<" in text} == there


# Rights.


def test_a_complaint_is_read_by_who_answers_for_the_organisation_and_answered_to_the_person(
    signed_in: SignedIn, world: World
) -> None:
    dana, page = signed_in("dana"), f"/team/people/{world.people['dana'].key}/complaints/"
    assert dana.post(page, {"words": ""}).status_code == 422
    assert dana.post(page, {"words": "Invented: too much was told."}).status_code == 302
    with upkeep("a test"):
        key = Complaint.objects.get().key
    for viewpoint in VIEWPOINTS:
        there = viewpoint in {"administrator", "supervisor"}
        assert signed_in(viewpoint).get(f"/team/complaints/{key}/").status_code == (200 if there else 404)
    signed_in("supervisor").post(f"/team/complaints/{key}/", {"answer_words": "We looked into it."})
    assert b"We looked into it." in dana.get(page).content
    assert b"1-800-368-1019" in dana.get(page).content


def test_a_request_to_restrict_is_answered_to_the_person(signed_in: SignedIn, world: World) -> None:
    dana, page = signed_in("dana"), f"/team/people/{world.people['dana'].key}/restrictions/"
    assert dana.post(page, {"words": "x" * 1500}).status_code == 422
    assert dana.post(page, {"words": "Nothing to my health plan."}).status_code == 302
    with upkeep("a test"):
        key = Restriction.objects.get().key
    assert signed_in("clinician").get(f"/team/restrictions/{key}/").status_code == 404
    given = {"answer": "agreed", "answer_words": "Yes, from today."}
    assert signed_in("administrator").post(f"/team/restrictions/{key}/", given).status_code == 302
    assert b"Yes, from today." in dana.get(page).content


def test_the_page_of_rights_names_whom_to_ask_here_and_the_government(signed_in: SignedIn, world: World) -> None:
    administrator = signed_in("administrator")
    given = {"minor_until": "18", "own_consent_from": "14", "phone": "555-0100", "complaints_to": "Privacy office"}
    assert administrator.post("/team/law/", given).status_code == 302
    assert administrator.post("/team/law/", given | {"minor_until": "nonsense"}).status_code == 422
    text = signed_in("mother_without_consent").get("/team/rights/").content.decode()
    for words in ("Privacy office", "555-0100", "Office for Civil Rights", "1-800-368-1019"):
        assert words in text
    assert world.organisations["harbor"].name in text


def test_a_breach_worksheet_says_who_must_be_told_by_when(signed_in: SignedIn, world: World) -> None:
    administrator = signed_in("administrator")
    given = {"title": "A lost paper", "discovered": "2026-11-02", "people_count": "3", "finding": "not_yet"}
    answer = administrator.post("/team/breaches/new/", given)
    text = administrator.get(answer["Location"]).content.decode()
    for words in ("January 1, 2027", "March 1, 2027", "45 CFR 164.404(b)", "45 CFR 164.408(c)", "not needed"):
        assert words in text
    path = answer["Location"]
    assert administrator.post(path, given | {"finding": "low_probability", "finding_words": "A"}).status_code == 422
    factors = dict.fromkeys(BreachSheet.FACTORS, "low") | {f"{name}_words": "Because." for name in BreachSheet.FACTORS}
    whole = given | factors | {"finding": "low_probability", "finding_words": "All four are low."}
    assert administrator.post(path, whole).status_code == 302
    assert b"nobody need be told" in administrator.get(path).content
    assert signed_in("administrator_elsewhere").get(path).status_code == 404
    assert signed_in("supervisor").get(path).status_code == 200
    assert administrator.post(path, given | {"discovered": "2199-01-01"}).status_code == 422


def test_legal_status_is_written_down_with_its_basis_and_ends_what_held_before(
    signed_in: SignedIn, world: World
) -> None:
    clinician, page = signed_in("clinician"), f"/team/people/{world.people['dana'].key}/"
    given = {"kind": "legal_status", "value": "involuntary_hold", "on": "2026-11-01", "basis": ""}
    assert clinician.post(page + "standing/new/legal_status/", given).status_code == 422
    for value in ("involuntary_hold", "voluntary"):
        assert (
            clinician.post(page + "standing/new/legal_status/", given | {"value": value, "basis": "A form"}).status_code
            == 302
        )
    with upkeep("a test"):
        now = LegalStanding.objects.get(person=world.people["dana"], until=None)
    assert now.value == "voluntary"
    assert b"voluntary" in clinician.get(page).content
    assert b"voluntary" not in signed_in("mother_with_consent").get(page).content


def test_a_private_note_is_on_its_authors_page_alone(signed_in: SignedIn, world: World) -> None:
    page = f"/team/people/{world.people['dana'].key}/"
    clinician = signed_in("clinician")
    assert clinician.post(page + "notes/", {"text": "A very private word."}).status_code == 302
    assert b"A very private word." in clinician.get(page + "notes/").content
    for viewpoint in ("case_manager", "supervisor"):
        assert b"very private" not in signed_in(viewpoint).get(page + "notes/").content
    with upkeep("a test"):
        number = PrivateNote.objects.get().pk
    assert signed_in("supervisor").post(page + f"notes/{number}/remove/").status_code == 404
    assert clinician.post(page + f"notes/{number}/remove/").status_code == 302
    for viewpoint in ("supervisor", "dana"):
        assert b"private note" not in signed_in(viewpoint).get(page + "seen/").content


# Who looked.


def test_the_person_reads_who_looked_in_words_by_day_and_nothing_of_anybody_else(
    signed_in: SignedIn, world: World
) -> None:
    relate(world.people["kim"], world.members["clinician"], "care_team")
    page = f"/team/people/{world.people['dana'].key}/"
    clinician = signed_in("clinician")
    clinician.get(page)
    clinician.get("/team/people/")
    clinician.post(page + "record/", {"way": "json"})
    text = signed_in("dana").get(page + "seen/").content.decode()
    for words in ("Clinician", "(clinician)", "Looked at:", "The name stood in a list.", "Took a copy of the record."):
        assert words in text
    assert "Kim" not in text
    only = signed_in("dana").get(page + "seen/", {"what": "exported"}).content.decode()
    assert "Took a copy" in only
    assert "Looked at:" not in only
    none = signed_in("dana").get(page + "seen/", {"first": "2020-01-01", "last": "2020-01-02"}).content.decode()
    assert "In these days nobody did" in none
    wrong = signed_in("dana").get(page + "seen/", {"first": "2020-02-01", "last": "2020-01-02"})
    assert wrong.status_code == 422
    assert signed_in("dana").get(page + "seen/", {"first": "nonsense"}).status_code == 422


def test_the_audit_is_taken_along_by_days_with_keys_and_without_what_stood_in_a_record(
    signed_in: SignedIn, world: World
) -> None:
    from trellis.workspace.audit.export import NAMES, rows

    page = f"/team/people/{world.people['dana'].key}/"
    signed_in("clinician").post(
        page + "consents/new/", ORDINARY | {"to": "other", "to_name": "Aunt Invented", "given_as": "self"}
    )
    with upkeep("a test"):
        today = timezone.now().date()
        told = [
            dict(zip(NAMES, row, strict=True)) for row in rows(today - timedelta(days=1), today + timedelta(days=1))
        ]
        assert list(rows(date(2020, 1, 1), date(2020, 1, 2))) == []
    from typer.testing import CliRunner

    from trellis.cli.workspace import workspace_app

    ran = CliRunner().invoke(workspace_app, ["audit", "export", "--format", "json", "--from", today.isoformat()])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["notice"]["statement"] == NOTICE
    assert json.loads(ran.stdout)["entries"][-1]["digest"]
    mine = [one for one in told if one["who"] == "Clinician" and one["what"] == "consent_consent"]
    assert [one["action"] for one in mine] == ["added"]
    assert mine[0]["people"] == world.people["dana"].key
    assert "Aunt Invented" not in json.dumps(told)


@pytest.mark.parametrize("viewpoint", ["dana", "clinician", "administrator"])
def test_every_page_speaks_spanish_whole(viewpoint: str, signed_in: SignedIn, world: World) -> None:
    client, key = signed_in(viewpoint), world.people["dana"].key
    client.cookies["django_language"] = "es"
    pages = [f"people/{key}/{page}" for page, who in OPENS.items() if viewpoint in who] + ["rights/"]
    pages += ["breaches/", "breaches/new/", "law/", "complaints/"] if viewpoint == "administrator" else []
    for page in pages:
        text = client.get(f"/team/{page}").content.decode()
        assert '<html lang="es">' in text, page
        for word in (" the ", " and ", " with "):
            bare = re.sub(r'<span lang="en">.*?</span>|<p lang="en">.*?</p>|<[^>]*>', " ", text, flags=re.DOTALL)
            assert word not in bare, (page, word)
