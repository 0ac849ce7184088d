"""What cannot be changed: mappings and trees, and all that a knowledge holds."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from tests.library.tiny import tiny
from tests.library.walking import changeable, reached
from tests.support import shipped
from trellis.frozen import EMPTY, FrozenDict, frozen, thawed

CHANGES: dict[str, Callable[[Any], Any]] = {
    "set": lambda m: m.__setitem__("a", 2),
    "delete": lambda m: m.__delitem__("a"),
    "join": lambda m: m.__ior__({"b": 2}),
    "clear": lambda m: m.clear(),
    "pop": lambda m: m.pop("a"),
    "popitem": lambda m: m.popitem(),
    "setdefault": lambda m: m.setdefault("b", 2),
    "update": lambda m: m.update(b=2),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_frozen_mapping_refuses_every_change_and_says_what_to_do(change: Callable[[Any], Any]) -> None:
    mapping = FrozenDict({"a": 1})
    with pytest.raises(TypeError, match=r"cannot be changed; change a copy: dict\(\.\.\.\)"):
        change(mapping)
    assert mapping == {"a": 1}


def test_every_way_to_change_a_dictionary_is_refused() -> None:
    ways = {name for name in vars(dict) if name not in vars(object) and name not in dir(tuple)}
    reading = {"get", "keys", "values", "items", "copy", "fromkeys", "__or__", "__ror__", "__reversed__"}
    assert {name for name in ways - reading if getattr(FrozenDict, name) is getattr(dict, name)} == set()


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])  # noqa: S301
def test_a_frozen_mapping_is_copied_and_sent_as_what_it_is(again: Callable[[Any], Any]) -> None:
    mapping = FrozenDict({"a": FrozenDict({"b": (1, 2)})})
    other = again(mapping)
    assert other == mapping
    assert hash(other) == hash(mapping)
    assert type(other) is type(other["a"]) is FrozenDict


def test_a_frozen_mapping_equals_a_dictionary_and_is_written_like_one() -> None:
    assert FrozenDict({"a": 1}) == {"a": 1}
    assert json.dumps(FrozenDict({"a": 1})) == '{"a": 1}'
    assert type(FrozenDict({"a": 1}) | {"b": 2}) is dict
    assert EMPTY == {}


def test_a_tree_is_frozen_at_every_depth_and_thaws_to_what_it_was() -> None:
    tree = {"all": [{"a": {"one_of": ["x", "y"]}}, {"b": None}], "k": 2}
    assert hash(frozen(tree)) == hash(frozen(dict(reversed(tree.items()))))
    assert [way for way, thing in reached(frozen(tree)) if changeable(thing)] == []
    assert thawed(frozen(tree)) == tree
    assert frozen({"a", "b"}) == frozenset("ab")


@pytest.mark.parametrize("kb", [tiny, shipped], ids=["tiny", "shipped"])
def test_nothing_that_can_be_reached_from_a_knowledge_can_be_changed(kb: Callable[[], Any]) -> None:
    found = [(way, thing) for way, thing in reached(kb()) if not way.endswith((".later", "._kept"))]
    assert len(found) > 500  # fewer where another test has asked before for what is kept once it was made
    assert [f"{way} {how}" for way, thing in found if (how := changeable(thing))] == []


@pytest.mark.parametrize("kb", [tiny, shipped], ids=["tiny", "shipped"])
def test_all_that_is_in_a_knowledge_can_be_hashed(kb: Callable[[], Any]) -> None:
    for _, thing in reached(kb()):
        hash(thing)
