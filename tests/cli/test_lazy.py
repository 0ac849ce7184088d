"""Commands are imported when they are called; nothing that somebody sees tells them from others."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from typer.testing import Result

from trellis.cli.commands import WHERE, Found, find

HEAVY = (
    "altair",
    "fhir",
    "jinja2",
    "numpy",
    "rich",
    "trellis.evidence",
    "trellis.guide",
    "trellis.plans",
    "trellis.prove",
)


def imported(*arguments: str) -> list[str]:
    code = (
        "import sys\nfrom trellis.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    found: list[str] = eval(done.stderr.splitlines()[-1])  # noqa: S307 - a list that this test printed
    return found


@pytest.mark.parametrize(
    "command", [["version"], ["--version"], ["facts", "--domain", "harm"], ["decide", "absent.yaml"]]
)
def test_a_command_leaves_what_others_need_on_the_disk(command: list[str]) -> None:
    assert imported(*command) == []


@pytest.mark.parametrize("role", ["person", "clinician"])
def test_a_decision_is_shown_without_plans_evidence_or_the_guide(role: str, tmp_path: object) -> None:
    file = f"{tmp_path}/answers.yaml"
    with open(file, "w", encoding="utf-8") as out:
        out.write("answers: {focus: mental_health, age: adult}\n")
    assert imported("decide", file, "--role", role) == []


@pytest.mark.parametrize("name", WHERE)
def test_every_command_is_where_the_table_says(name: str) -> None:
    assert find(name).name == name


def test_commands_by_name_are_found_when_they_are_asked_for() -> None:
    found = Found()
    assert found.get("version") is found["version"]
    assert found.get("nothing", "else") == "else"
    assert [name for name, _ in found.items()] == [command.name for command in found.values()] == list(WHERE)


def test_a_name_that_is_no_command_is_refused_with_a_near_one(invoke: Callable[..., Result]) -> None:
    told = invoke("decid")
    assert told.exit_code == 2
    assert "decide" in told.stderr
