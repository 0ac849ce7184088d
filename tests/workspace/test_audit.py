"""Every change is written down, whichever way it was made, and nothing that was written down can be changed unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.workspace.world import World
from trellis.workspace.access.viewer import acting_as, upkeep
from trellis.workspace.audit import triggers
from trellis.workspace.audit.models import Entry
from trellis.workspace.audit.verify import anchor, verify
from trellis.workspace.audit.write import write
from trellis.workspace.people.models import Person


def entries_of(person: Person) -> list[Entry]:
    with upkeep("a test"):
        return list(Entry.objects.filter(table="people_person", row=str(person.pk)).order_by("pk"))


def test_a_change_is_written_down_with_who_what_and_when(world: World) -> None:
    dana = world.people["dana"]
    with acting_as(world.viewer("clinician")):
        dana.phone = "555-0100"
        dana.save()
    entry = entries_of(dana)[-1]
    assert (entry.action, entry.acting, entry.account) == (
        "changed",
        "clinician",
        world.members["clinician"].account_id,
    )
    assert (json.loads(entry.before)["phone"], json.loads(entry.after)["phone"]) == ("", "555-0100")
    assert (entry.person_id, entry.organisation_id) == (dana.pk, dana.organisation_id)
    assert entry.at.endswith("Z")


def test_bulk_and_raw_writes_are_written_down_too(world: World) -> None:
    dana, who = world.people["dana"], world.viewer("clinician")
    before = len(entries_of(dana))
    with acting_as(who):
        Person.objects.filter(pk=dana.pk).update(phone="1")
        dana.phone = "2"
        Person.objects.bulk_update([dana], ["phone"])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_person SET phone = %s WHERE id = %s", ["3", dana.pk])
    after = entries_of(dana)[before:]
    assert [json.loads(entry.after)["phone"] for entry in after] == ["1", "2", "3"]
    assert {entry.account for entry in after} == {who.account}


def test_a_write_that_changes_nothing_is_no_change(world: World) -> None:
    dana = world.people["dana"]
    before = len(entries_of(dana))
    with acting_as(world.viewer("clinician")):
        dana.save()
    assert len(entries_of(dana)) == before


def test_where_nobody_is_known_to_act_not_even_a_raw_write_passes(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="nobody is known to act"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE people_person SET phone = '9'")


def test_a_write_that_is_rolled_back_leaves_no_entry_and_the_next_one_is_told_truly(world: World) -> None:
    dana = world.people["dana"]
    before = len(entries_of(dana))
    with transaction.atomic(), acting_as(world.viewer("supervisor")):
        write("saw", person=dana.pk)
        transaction.set_rollback(True)
    with acting_as(world.viewer("clinician")):
        Person.objects.filter(pk=dana.pk).update(phone="1")
    assert [entry.acting for entry in entries_of(dana)[before:]] == ["clinician"]


@pytest.mark.parametrize("word", ["UPDATE audit_entry SET why = 'other'", "DELETE FROM audit_entry"])
def test_an_entry_is_never_changed_or_removed(word: str, world: World) -> None:
    refused = pytest.raises(DatabaseError, match="only ever added")
    with refused, transaction.atomic(), upkeep("a test"), connection.cursor() as cursor:
        cursor.execute(word)


def test_secrets_are_not_written_down(world: World) -> None:
    with upkeep("a test"):
        account = world.members["clinician"].account
        account.set_password("another invented password")
        account.save()
        entry = Entry.objects.filter(table="people_account", row=str(account.pk)).order_by("pk").last()
    assert json.loads(entry.after)["password"] == json.loads(entry.before)["password"] == "*"
    assert entry.action == "changed"


def test_every_table_of_ours_is_audited(db: Any) -> None:
    from django.apps import apps

    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("trellis.workspace")}
    assert ours - {model._meta.db_table for model in triggers.audited()} == {
        "audit_entry",
        "audit_about_person",
        "people_looked",  # that a page was opened is an entry of what was seen
    }


def without_triggers(sql: str, *values: Any) -> None:
    """What somebody with the keys to the database could do."""
    with upkeep("a test"), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for word in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER audit_only_added_{word}")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(sql, values)


def test_an_untouched_audit_verifies_and_a_changed_entry_shows(world: World) -> None:
    assert verify().faults == ()
    assert verify().entries > 40
    number = entries_of(world.people["dana"])[0].pk
    without_triggers("UPDATE audit_entry SET account = 1 WHERE id = %s", number)
    assert verify().faults == (f"Entry {number} is not as it was written.",)


def test_an_entry_that_was_taken_out_of_the_middle_shows(world: World) -> None:
    number = entries_of(world.people["dana"])[0].pk
    without_triggers("DELETE FROM audit_entry WHERE id = %s", number)
    assert any("does not follow" in fault for fault in verify().faults)


def test_a_tail_that_was_cut_shows_against_the_anchor_alone(world: World, tmp_path: Path) -> None:
    path = tmp_path / "anchors"
    assert anchor(path) == 3
    assert verify(path).faults == ()
    without_triggers("DELETE FROM audit_entry WHERE id = (SELECT MAX(id) FROM audit_entry)")
    assert verify().faults == ()
    (fault,) = verify(path).faults
    assert "tail was cut" in fault


def test_what_was_seen_is_written_down_for_each_person_it_was_about(signed_in: Any, world: World) -> None:
    dana = world.people["dana"]
    assert signed_in("clinician").get(f"/team/people/{dana.key}/").status_code == 200
    page = signed_in("dana").get(f"/team/people/{dana.key}/seen/")
    assert page.status_code == 200
    assert b"Looked at" in page.content
