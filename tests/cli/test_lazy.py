"""Commands are imported when they are called; nothing that somebody sees tells them from others."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from typer.testing import Result

from trellis.cli.commands import WHERE, CommandsByName, find
from trellis.cli.plain_values import AsTyped

HEAVY = (
    "altair",
    "fhir",
    "jinja2",
    "numpy",
    "pydantic",
    "rich",
    "trellis.evidence",
    "trellis.guide",
    "trellis.plans",
    "trellis.prove",
)


def imported(cache: str, *arguments: str) -> list[str]:
    code = (
        "import sys\nfrom trellis.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    environ = {**os.environ, "TRELLIS_CACHE": "", "XDG_CACHE_HOME": cache}
    for _ in range(2):  # the second one finds the knowledge as the first one left it
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environ
        )
    found: list[str] = eval(done.stderr.splitlines()[-1])  # noqa: S307 - a list that this test printed
    return found


@pytest.mark.parametrize("command", [["version"], ["--version"], ["settings"], ["decide", "absent.yaml"]])
def test_a_command_leaves_what_others_need_on_the_disk(command: list[str], tmp_path: Path) -> None:
    assert imported(str(tmp_path), *command) == []


@pytest.mark.parametrize("role", ["person", "clinician"])
def test_a_decision_is_shown_without_plans_evidence_or_the_guide(role: str, tmp_path: Path) -> None:
    file = f"{tmp_path}/answers.yaml"
    with open(file, "w", encoding="utf-8") as out:
        out.write("answers: {focus: mental_health, age: adult}\n")
    assert imported(str(tmp_path), "decide", file, "--role", role) == []


@pytest.mark.parametrize("name", WHERE)
def test_every_command_is_where_the_table_says(name: str) -> None:
    assert find(name).name == name


def test_commands_by_name_are_found_when_they_are_asked_for() -> None:
    found = CommandsByName()
    assert found.get("version") is found["version"]
    assert found.get("nothing", "else") == "else"
    assert [name for name, _ in found.items()] == [command.name for command in found.values()] == list(WHERE)


def test_a_name_that_is_no_command_is_refused_with_a_near_one(invoke: Callable[..., Result]) -> None:
    told = invoke("decid")
    assert told.exit_code == 2
    assert "decide" in told.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["settings", "--lang", "fr"], "--lang"),
        (["settings", "--role", "Person"], "--role"),
        (["settings", "--knowledge"], "requires an argument"),
        (["decide"], "FILE"),
    ],
)
def test_a_value_that_is_not_plainly_right_is_refused_as_typer_refuses_it(
    typed: list[str], told: str, invoke: Callable[..., Result]
) -> None:
    result = invoke(*typed)
    assert result.exit_code != 0
    assert told in result.stderr


@pytest.mark.parametrize(
    ("annotation", "value", "right"),
    [
        (str, "a", True),
        (str, 1, False),
        (Literal["a", "b"], "b", True),
        (Literal["a"], "A", False),
        (int, "1", False),
        (list[str], ["a"], True),
        (list[str], [1], False),
        (list[int], ["1"], False),
        (Path, "a", False),
    ],
)
def test_only_what_was_typed_as_it_is_meant_is_taken_as_it_is(annotation: Any, value: Any, right: bool) -> None:
    option = SimpleNamespace(type_descriptor=SimpleNamespace(annotation=annotation), multiple=False, nargs=1)
    option.get_runtime_param = lambda: SimpleNamespace(coerce=lambda value, param, ctx: "typer was asked")
    found = AsTyped(option).coerce(value, option, None)
    assert found == (value if right else "typer was asked")
    assert AsTyped(option).coerce(None, option, None) is None
