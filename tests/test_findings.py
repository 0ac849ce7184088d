"""The findings about libraries of others: listed and pinned, each on its own. They need a network: none runs here."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "findings"
FINDINGS = sorted(FOLDER.glob("*.sh"))


def test_the_list_names_each_finding_and_no_other() -> None:
    named = re.findall(r"^\| \[([^]]+)\]\(([^)]+)\)", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [(path.name, path.name) for path in FINDINGS] == named


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_pins_what_it_installs_cleans_up_and_knows_nothing_of_us(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert os.access(path, os.X_OK)
    subprocess.run(["/bin/bash", "-n", str(path)], check=True)
    assert "set -euo pipefail\n" in text
    assert "trap 'rm -rf \"$work\"' EXIT" in text
    assert re.search(r'"@?[\w/.-]+(==|@)\d+(\.\d+)+"', text), "no pinned package"
    assert "trellis" not in text.lower()
    assert not re.search(r"https?:|/(home|work|root)/", text)


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_says_what_was_seen_why_it_matters_and_what_to_do(path: Path) -> None:
    head = path.read_text(encoding="utf-8").partition("set -euo pipefail")[0]
    for part in ("# Seen: ", "# Why it matters: ", "# What to do: "):
        assert part in head, part
    assert all(len(line) <= 120 for line in head.splitlines())
