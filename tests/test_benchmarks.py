"""The benchmarks still measure what they say: each that needs no other engine and no browser is run in its small form.

No figure is judged here; a machine that tests at the same time measures badly.
"""

from __future__ import annotations

from importlib import import_module

import pytest

ALONE = ("interview", "load", "pooling", "scoring", "start")


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE)
def test_a_benchmark_runs_and_fills_its_table(name: str) -> None:
    figure = import_module(f"benchmarks.{name}").main(quick=True)
    assert figure.sound
    assert figure.rows
    assert all(len(row) == len(figure.header) for row in figure.rows)
