"""What Trellis writes is read alike by readers of YAML 1.1 and of YAML 1.2, and by its own."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
import yaml12
from hypothesis import given
from hypothesis import strategies as st

from trellis.library.strict_yaml import read_strictly
from trellis.library.write_yaml import to_yaml

WORDS = (
    "no", "yes", "on", "Off", "y", "N", "true", "False", "null", "~", "", " ", "12", "-3", "007", "08", "0o17",
    "0x1F", "1_000", "1:30", "1e5", "1E5", "6.02e23", ".5", "5.", ".inf", "-.INF", ".nan", "=", "<<",
    "2026-11-23", "2026-11-23 10:00:00", "#", "a: b", "a #b", "- a", "? a", "[a", "{a", "*a", "&a", "!a", "%a",
    "@a", "`a", "'a", '"a', "a'b", "é", "two\nlines", "trailing ", "0b101", "12345678901234567890", "1e400", "NO",
    "None", "+5", "0_0", "190:20:30.15", "--- a", "...", "\ttab",
)  # fmt: skip


def read_alike(tree: Any, **how: Any) -> None:
    text = to_yaml(tree, **how)
    own = read_strictly(text, "written")
    assert own.problems == [], text
    for found in (yaml.safe_load(text), yaml12.parse_yaml(text), own.documents[0]):
        assert repr(found) == repr(tree), text  # by their text, since 1 == True


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("flow", [True, False, None])
def test_a_text_stays_a_text_as_a_value_a_name_and_in_a_list(word: str, flow: bool | None) -> None:
    read_alike({"value": word, "list": [word, {"inner": word}]}, flow=flow)
    if word.strip():
        read_alike({word: 1}, flow=flow)


def test_numbers_truth_and_nothing_stay_what_they_are() -> None:
    read_alike({"a": 1, "b": 1.5, "c": True, "d": None, "e": [0, -2, 1e-7, 1e20], "f": [], "g": {}})


NAMES = st.text("abcxyz", min_size=1, max_size=3)
LEAVES = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.sampled_from(WORDS) | st.text("abc019.:-_# ")
PLAIN = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(tree=st.dictionaries(st.sampled_from(["answers", "person", "x"]), PLAIN, max_size=3))
def test_any_tree_reads_alike(tree: dict[str, Any]) -> None:
    read_alike(tree, flow=None, width=200)
