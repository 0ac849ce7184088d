"""``trellis example``: the worked examples that ship."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.driver import too_wide
from trellis.cli.example import shipped_examples

Invoke = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"
PEOPLE = [file for file in EXAMPLES.rglob("*.yaml") if "sites" not in file.parts]
"""The invented people; the settings of invented web sites are for `trellis guide build`."""


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_list_names_every_example(lang: str, invoke: Invoke) -> None:
    shown = invoke("example", "--lang", lang).stdout
    for file in PEOPLE:
        assert file.stem in shown
    assert "`trellis example NAME > " in shown
    assert too_wide(shown) == []
    assert json.loads(invoke("example", "--json").stdout) == sorted(file.stem for file in PEOPLE)


def test_an_example_comes_out_byte_by_byte(invoke: Invoke) -> None:
    for name, file in shipped_examples().items():
        assert invoke("example", name).stdout_bytes == file.read_bytes()
    assert invoke("example", "stepping-down.yaml").stdout == invoke("example", "stepping-down").stdout
    assert json.loads(invoke("example", "stepping-down", "--json").stdout)["name"] == "stepping-down"


def test_an_example_can_be_decided_at_once(invoke: Invoke) -> None:
    text = invoke("example", "stepping-down").stdout
    assert "Intensive outpatient program" in invoke("decide", "-", "--role", "clinician", typed=text).stdout


def test_a_name_that_is_none_says_which_is_near(invoke: Invoke) -> None:
    near = invoke("example", "steping-down")
    assert (near.exit_code, near.stdout) == (1, "")
    assert "[steping-down] is no example. Did you mean stepping-down?" in " ".join(near.stderr.split())
    assert "`trellis example` lists them." in " ".join(invoke("example", "zzz").stderr.split())


def test_without_the_folder_of_a_package_those_of_the_checkout_are_taken() -> None:
    assert {str(file) for file in shipped_examples().values()} == {str(file) for file in PEOPLE}
