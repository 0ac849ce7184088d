from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import trellis
from tests.support import shipped
from trellis.cli import app


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped knowledge is loaded once for all tests; any other is loaded as it is."""
    kb, real = shipped(), trellis.load

    def load(path: Any = None, *, parameters: Any = None) -> trellis.Knowledge:
        return kb if path is None and not parameters else real(path, parameters=parameters)

    monkeypatch.setattr(trellis, "load", load)


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder whose path is longer than a line, so that where a message breaks never hangs on the machine."""
    folder = tmp_path / ("longer_than_a_line_" * 5)
    folder.mkdir()
    return folder


@pytest.fixture
def invoke() -> Callable[..., Result]:
    def call(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed)

    return call
