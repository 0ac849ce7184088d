"""Running the site: back-ups come back as they were, production is checked, a demonstration stays a demonstration."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver

from tests.workspace.write_demo import written
from trellis.errors import TrellisError
from trellis.workspace.access.rules import RULES
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.demo import seed, urls, views
from trellis.workspace.environment import NAMES, SettingError
from trellis.workspace.people.models import STAGES, Membership, Organisation
from trellis.workspace.site import serving

ANCHORS = Path("there is no such file")
ROOT = Path(__file__).parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``trellis workspace`` with settings of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("TRELLIS_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "trellis", "workspace", *arguments],
        env=plain | {"PYTHONPATH": str(ROOT / "src")} | environment,
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


@pytest.mark.slow
def test_a_backup_comes_back_row_for_row_and_never_over_anything(tmp_path: Path) -> None:
    database = {"TRELLIS_FOLDER": str(tmp_path / "one")}
    assert run("migrate", **database).returncode == 0
    made = "from tests.workspace.world import make_world; make_world()"
    code = f"import django; django.setup(); {made}"
    env = (
        os.environ
        | database
        | {"DJANGO_SETTINGS_MODULE": "trellis.workspace.site.settings", "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    )
    env.pop("TRELLIS_DATABASE", None)
    subprocess.run([sys.executable, "-c", code], env=env, check=True, cwd=ROOT)
    file = tmp_path / "kept" / "a.backup"
    assert run("backup", str(file), **database).returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    assert run("backup", str(file), **database).returncode != 0  # never written over
    again = run("restore", str(file), TRELLIS_FOLDER=str(tmp_path / "two"))
    assert again.returncode == 0, again.stderr
    rows = [_rows(tmp_path / name / "trellis.sqlite3") for name in ("one", "two")]
    assert rows[0] == rows[1]
    assert rows[0]["people_person"]
    assert "not empty" in run("restore", str(file), TRELLIS_FOLDER=str(tmp_path / "two")).stderr
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert "not as it was written" in run("restore", str(file), TRELLIS_FOLDER=str(tmp_path / "three")).stderr


def _rows(path: Path) -> dict[str, list[Any]]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608


@pytest.mark.slow
def test_with_settings_for_production_nothing_is_to_be_mended_and_without_them_something_is(tmp_path: Path) -> None:
    folder = {"TRELLIS_FOLDER": str(tmp_path)}
    production = {
        "TRELLIS_HTTPS": "1",
        "TRELLIS_HOSTS": "care.example.org",
        "TRELLIS_MAIL": "smtp://a:b@mail.example.org",
    }
    before = run("check", **folder, **production)
    assert "trellis workspace migrate" in before.stdout
    assert run("migrate", **folder).returncode == 0
    ready = run("check", **folder, **production)
    assert (ready.returncode, ready.stdout) == (0, "The site is ready.\n"), ready.stdout + ready.stderr
    bare = run("check", **folder)
    assert bare.returncode != 0
    assert "TRELLIS_MAIL" in bare.stdout
    assert "security.W" in bare.stdout


def test_a_port_that_is_taken_is_told_before_anything_is_made() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not serving.is_free("127.0.0.1", port)
        with pytest.raises(SettingError, match="taken"):
            serving.serve("127.0.0.1", port, 1, lambda _: None)


def test_where_the_demonstration_is_off_nobody_enters_without_a_password(client: Client, db: Any) -> None:
    assert "demo_sign_in" not in str(get_resolver().reverse_dict)
    assert urls.addresses(False) == []
    with upkeep("a test"):
        seed.Seeding(seed.timezone.now()).all()
        member = Membership.objects.first()
    assert client.post("/team/demo/enter/", {"member": member.pk}).status_code == 404
    request = type("Request", (), {"method": "POST", "POST": {"member": str(member.pk)}})()
    with pytest.raises(views.Http404):
        views.enter(request)
    with pytest.raises(SettingError, match="is off"):
        seed.reset(lambda: None, ANCHORS)


def test_the_demonstration_is_not_made_anew_over_an_organisation_that_is_not_invented(db: Any) -> None:
    with upkeep("a test"):
        Organisation.objects.create(name="A real one", demo=False)
    with override_settings(DEMO=True), pytest.raises(SettingError, match="not invented"):
        seed.reset(lambda: None, ANCHORS)
    with upkeep("a test"):
        assert Organisation.objects.filter(demo=False).exists()


def test_the_demonstration_is_the_same_each_time_and_has_every_stage_and_role(db: Any) -> None:
    first, again = seed.Seeding(seed.timezone.now()), seed.Seeding(seed.timezone.now())
    with upkeep("a test"):
        first.all()
    assert len(first.people) == 40
    assert {one.stage for one in first.people.values()} == set(STAGES)
    assert {one.role for one in first.members.values()} == {str(rule.role) for rule in RULES}
    assert [again._key() for _ in first.people] == [one.key for one in first.people.values()]


def test_the_demonstrations_answers_are_those_of_the_vignettes() -> None:
    assert seed.ANSWERS.read_text(encoding="utf-8") == written(), "Run: python -m tests.workspace.write_demo"


def test_every_setting_is_in_the_administrators_chapter_and_no_other() -> None:
    text = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(TRELLIS_[A-Z_]+)` \| (.+) \|$", text, re.MULTILINE))
    assert rows == NAMES


def test_the_table_of_roles_in_the_chapter_is_the_table_of_rules() -> None:
    table = importlib.import_module("tests.workspace.write_roles")
    assert table.written() in (ROOT / "docs" / "workspace.md").read_text(encoding="utf-8"), (
        "Run: python -m tests.workspace.write_roles"
    )


def test_a_backup_that_is_missing_is_told(tmp_path: Path, db: Any) -> None:
    from trellis.workspace.site import backups

    with pytest.raises(TrellisError, match="missing"):
        backups.restore(tmp_path / "nothing")
