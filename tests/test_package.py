"""What is built to be installed or unpacked elsewhere holds what it needs there."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from trellis.cli.example import shipped_examples

ROOT = Path(__file__).parent.parent
LEFT_OUT: frozenset[str] = frozenset()
"""Files that git has and the source archive needs not; each with a reason beside it."""


def built(builder: Any, folder: Path) -> Path:
    return Path(next(builder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def in_git() -> set[str]:
    """Every file that git has here, whoever checked it out."""
    trusted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(ROOT)}
    told = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the one that is installed
        cwd=ROOT,
        env=dict(os.environ) | trusted,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split("\0")) - {""}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an unpacked archive has no list of files to compare with")
def test_the_source_archive_holds_all_that_git_has(tmp_path: Path) -> None:
    with tarfile.open(built(SdistBuilder, tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    there = {name for name in in_git() if (ROOT / name).exists()}
    assert there - held == LEFT_OUT


def test_the_wheel_holds_the_program_and_the_worked_examples(tmp_path: Path) -> None:
    with zipfile.ZipFile(built(WheelBuilder, tmp_path)) as wheel:
        held = set(wheel.namelist())
    for name, file in shipped_examples().items():
        folder = "" if (ROOT / "examples" / file.name).is_file() else "plans/"
        assert f"trellis/examples/{folder}{name}.yaml" in held
    program = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/trellis").rglob("*.py")}
    assert program < held
    assert not [name for name in held if name.startswith(("tests/", "src/", "examples/"))]


def test_the_extra_all_is_every_other_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert extras["all"] == [f"{project['name']}[{','.join(sorted(set(extras) - {'all'}))}]"]
