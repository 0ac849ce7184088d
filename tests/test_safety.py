"""The safety case cannot fall behind: every control it names is there, and every hazard has one or says it has none."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.support import shipped

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "safety.md"
OPEN = "not controlled yet"
EXPECTED = (
    "too little care", "too much care", "coercion", "danger is missed", "danger is shown late", "false alarm",
    "an old answer counts", '"i don\'t know" is read as "no"', "the wrong person's words", "one language is behind",
    "a site's own edits", "a payer", "a court", "privacy at home", "content is out of date", "versions are mixed",
    "an instrument is scored wrongly", "two readers differ", "it is not there when it is needed",
)  # fmt: skip


def hazards() -> dict[str, tuple[str, str, list[str]]]:
    """The rows of the table: what is feared, what stands against it, and what holds that."""
    table = re.search(r"<!-- hazards: begin -->(.*?)<!-- hazards: end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert table is not None
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].strip().splitlines()[2:]]
    assert all(len(row) == 4 for row in rows)
    found = {name: (feared, control, re.findall(r"`([^`]+)`", held)) for name, feared, control, held in rows}
    assert len(found) == len(rows)
    return found


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def findings() -> set[str]:
    """The kinds of findings that the checker makes."""
    folder = ROOT / "src" / "trellis" / "prove"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return set(re.findall(r"(?:error|warning|finding)\(\s*\"([a-z-]+)\"", source))


def is_there(control: str) -> bool:
    """Whether a test, a property, a kind of theorem or a kind of finding exists."""
    if "::" in control:
        file, name = control.split("::")
        return (ROOT / file).is_file() and name in names_in(file)
    what, _, name = control.partition(" ")
    if what == "property":
        kb = shipped()
        return name in kb.properties or name in kb.never_places
    if what == "theorem":
        from trellis.prove.solver import KINDS

        return name in KINDS
    return what == "check" and name in findings()


@pytest.mark.parametrize("name", hazards())
def test_every_hazard_has_a_control_with_a_test_or_says_that_it_has_none(name: str) -> None:
    feared, control, held = hazards()[name]
    assert feared.startswith("**"), "say in a few words what is feared"
    assert held or OPEN in control, f"{name} has no test: write `{OPEN}`, or name one"


@pytest.mark.parametrize("name", hazards())
def test_everything_that_holds_a_control_is_there(name: str) -> None:
    pytest.importorskip("z3")
    missing = [control for control in hazards()[name][2] if not is_there(control)]
    assert not missing, f"{name}: {missing}"


@pytest.mark.parametrize(
    "control",
    [
        "tests/test_safety.py::test_nothing", "tests/nowhere.py::test_a", "property zzz", "theorem zzz", "check zzz",
        "zzz", "proof total",
    ],
)  # fmt: skip
def test_a_control_that_is_not_there_is_found(control: str) -> None:
    assert not is_there(control)


def test_the_hazards_that_every_such_program_has_are_there() -> None:
    feared = [row[0].lower() for row in hazards().values()]
    missing = [one for one in EXPECTED if not any(one in row for row in feared)]
    assert not missing


def test_hazards_are_numbered_and_the_open_ones_are_listed_once_more() -> None:
    rows = hazards()
    assert list(rows) == [f"H{number}" for number in range(1, len(rows) + 1)]
    opened = [name for name, (_, control, _) in rows.items() if OPEN in control]
    told = re.search(rf"\*\*What is marked \*{OPEN}\* above\*\* is open: (.+)\.", PAGE.read_text(encoding="utf-8"))
    assert told is not None
    assert told[1].split(", ") == opened


def test_the_page_promises_no_watch_and_says_where_help_is() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert "Nobody watches" in text
    assert text.index("call 911") < text.index("## What it is for")
    assert not re.search(r"\bwe (will|shall) (answer|reply|respond)|within \d+ (hours|days)", text)
