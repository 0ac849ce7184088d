"""docs/directory.md shows commands that a county types: they are typed here, in order, in a folder of their own."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.directory.support import EXAMPLE
from trellis.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "directory.md"
SHOWN = re.compile(r"<!-- run ?(\d*) -->\n```sh\n(.*?)```(?:\n<!-- prints -->\n```text\n(.*?)```)?", re.DOTALL)
PERSON = "as_of: 2026-11-30\nanswers: {focus: substance_use, age: adult, pregnancy: 'no', use.opioids: severe}\n"


def shown() -> list[tuple[str, str, str]]:
    return SHOWN.findall(PAGE.read_text(encoding="utf-8"))


def test_the_commands_of_the_page_do_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("zip2info")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRELLIS_DIRECTORY", raising=False)
    shutil.copy(EXAMPLE, tmp_path / "places.csv")
    (tmp_path / "person.yaml").write_text(PERSON, encoding="utf-8")
    assert len(shown()) >= 5
    for code, commands, expected in shown():
        printed: list[str] = []
        for line in commands.splitlines():
            result = CliRunner().invoke(app, shlex.split(line)[1:])
            assert result.exit_code == int(code or 0), f"{line}: {result.output}"
            printed += result.output.splitlines()
        place = 0
        for line in expected.splitlines():
            if line != "…":
                assert any(one.startswith(line) for one in printed[place:]), f"{commands}does not print: {line}"
                place = next(n for n in range(place, len(printed)) if printed[n].startswith(line)) + 1


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, tmp_path / "places.csv")
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(block, "docs/directory.md", "exec"), {})  # noqa: S102
