"""The Python in docs/evidence.md runs, and the page names every command."""

from __future__ import annotations

import re
from pathlib import Path

DOC = Path(__file__).parents[2] / "docs" / "evidence.md"


def test_the_python_in_the_page_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, str(DOC), "exec"), {})  # noqa: S102


def test_every_refusal_and_every_command_is_in_the_page() -> None:
    text = DOC.read_text(encoding="utf-8")
    for words in ("evidence list", "evidence show", "evidence pool", "evidence plot", "overlapping", "--leave-one-out"):
        assert words in text
