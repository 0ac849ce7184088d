"""The benchmarks still measure what they say: each that needs no other engine and no browser is run in its small form.

No figure is judged here; a machine that tests at the same time measures badly.
"""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALONE = ("directory", "guide_places", "interview", "load", "pooling", "scoring", "start")
NEEDS = {"guide_places": "zip2info"}
"""What a benchmark needs of the extras."""
BORROWED = (ROOT / "tests" / "directory" / "invented.py",)
OURS = {"benchmarks", "tests", "trellis"}
NOT_WITH_THE_TESTS = {"cel": "common-expression-language", "zen": "zen-engine"}
"""Modules that only the benchmarks have installed, and what brings them."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE)
def test_a_benchmark_runs_and_fills_its_table(name: str) -> None:
    pytest.importorskip(NEEDS.get(name, "trellis"))
    figure = import_module(f"benchmarks.{name}").main(quick=True)
    assert figure.sound
    assert figure.rows
    assert all(len(row) == len(figure.header) for row in figure.rows)


def imported(path: Path) -> set[str]:
    """The modules of others that a file imports, by their first name."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} - OURS - set(sys.stdlib_module_names)


def test_whatever_the_benchmarks_import_is_among_their_requirements() -> None:
    """They borrow people from the tests, whose own packages are not there when only the benchmarks are set up."""
    files = [*(ROOT / "benchmarks").glob("*.py"), ROOT / "tests" / "support.py", *BORROWED]
    brings = packages_distributions() | {name: [brought] for name, brought in NOT_WITH_THE_TESTS.items()}
    required = set(
        re.findall(
            r"^([\w.-]+)(?:\[[^\]]*\])?==", (ROOT / "requirements" / "bench.txt").read_text("utf-8"), re.MULTILINE
        )
    )
    for name in set().union(*map(imported, files)):
        assert {one.lower() for one in brings[name]} & required, name
