"""The docs cannot fall behind: what they show is run, what they list is compared."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trellis.cli import app
from trellis.model.loader import KINDS, PLAIN

ROOT = Path(__file__).parent.parent
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown_outputs() -> list[tuple[str, str]]:
    """Each block that claims to be the output of a command, with the command."""
    pattern = re.compile(r"<!-- output: trellis (.+?) -->\n```text\n(.*?)```", re.DOTALL)
    return [(command, block) for path in DOCS for command, block in pattern.findall(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("command", "block"), shown_outputs(), ids=lambda value: value[:40])
def test_what_the_docs_show_is_what_the_command_prints(
    command: str, block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    printed = CliRunner().invoke(app, shlex.split(command)).output.splitlines()
    place = 0
    for line in block.splitlines():
        if line == "…":
            continue
        assert line in printed[place:], f"`trellis {command}` does not print, in this order: {line}"
        place = printed.index(line, place) + 1


def test_the_readme_shows_real_output() -> None:
    assert any("decide" in command for command, _ in shown_outputs())


def test_the_python_in_the_readme_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    commands = [command.name or command.callback.__name__ for command in app.registered_commands]  # type: ignore[union-attr]
    assert len(commands) >= 10
    for command in commands:
        assert f"trellis {command}" in text, command


def test_everything_that_may_stand_in_a_knowledge_file_is_documented() -> None:
    text = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    for key in (*KINDS, *PLAIN):
        assert f"`{key}`" in text, f"docs/authoring.md does not explain `{key}`"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    groups += list(project["dependency-groups"].values())
    for name in {re.split(r"[<>=\[; ]", wanted)[0].lower() for group in groups for wanted in group}:
        assert name in text, f"docs/dependencies.md says nothing about {name}"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http", "mailto")):
            assert (path.parent / target).exists(), target


def test_requirements_name_no_index_and_carry_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?:|--(extra-)?index-url|--find-links", text), path.name
    assert not (ROOT / "uv.lock").exists()


def test_no_public_text_claims_validation() -> None:
    claim = re.compile(r"\b(is|are|been) (clinically )?validated\b", re.IGNORECASE)
    for path in DOCS:
        for sentence in re.split(r"(?<=[.!?])\s", path.read_text(encoding="utf-8")):
            assert not claim.search(sentence) or "not" in sentence, sentence


def test_no_package_registry_is_named() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js"]
    for path in [*DOCS, *(ROOT / "requirements").glob("*.txt"), ROOT / "pyproject.toml", ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")
        assert not [host for host in hosts if host in text], path.name
