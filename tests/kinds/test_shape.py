"""The plain knowledge objects, and the pydantic models that check them."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from datetime import date
from typing import Annotated

import pytest
from pydantic import ValidationError

from trellis.kinds.shape import After, Before, Field, Frozen, Spec


class Leaf(Frozen):
    """A part."""

    name: str
    from_: int = Field(default=1, alias="from", gt=0)


class Whole(Frozen):
    """A whole that may hold others like itself."""

    id: Annotated[str, Before(str)] = Field(pattern=r"^[a-z0-9]+$")
    leaves: tuple[Leaf, ...] = ()
    on: date | None = None
    loud: Annotated[str, After(str.upper)] = "QUIET"
    inner: tuple[Whole, ...] = ()
    kept: dict[str, int] = Field(default_factory=dict)


class Both(Leaf):
    """A part of which a field is required that another may leave out."""

    from_: int = Field(alias="from", gt=0)
    more: str = ""


WHOLE = Whole(id=7, leaves=[{"name": " a ", "from": 2}], on="2026-11-23", loud="b", inner=[{"id": "x"}])


def test_plain_values_become_objects_all_the_way_down() -> None:
    assert WHOLE.leaves == (Leaf(name="a", **{"from": 2}),)
    assert WHOLE.inner[0] == Whole(id="x")
    assert (WHOLE.id, WHOLE.on, WHOLE.loud, WHOLE.inner[0].loud) == ("7", date(2026, 11, 23), "B", "QUIET")


def test_all_that_is_wrong_is_told_with_its_place() -> None:
    wrong = {"id": "A", "leaves": [{"name": "a", "from": 0}, {"nam": "b"}], "inner": [{"id": "y", "leaves": [{}]}]}
    with pytest.raises(ValidationError) as told:
        Whole.model_validate(wrong)
    places = [error["loc"] for error in told.value.errors()]
    assert places == [("id",), ("leaves", 0, "from"), ("leaves", 1, "name"), ("leaves", 1, "nam"),
                      ("inner", 0, "leaves", 0, "name")]  # fmt: skip


def test_an_object_stands_where_plain_values_may() -> None:
    leaf = Leaf(name="a")
    assert Whole(id="w", leaves=(leaf,)).leaves[0] is leaf
    assert Leaf.model_validate(leaf) is leaf


def test_a_field_keeps_its_place_where_a_class_below_says_more_of_it() -> None:
    assert list(Both.model_fields) == ["name", "from_", "more"]
    assert [Leaf.model_fields["from_"].is_required(), Both.model_fields["from_"].is_required()] == [False, True]
    with pytest.raises(LookupError):
        Both.model_fields["from_"].usual()


def test_nothing_can_be_set_or_removed() -> None:
    with pytest.raises(AttributeError, match=r"\[id\] of Whole cannot be set"):
        WHOLE.id = "other"
    with pytest.raises(AttributeError, match=r"\[id\] of Whole cannot be removed"):
        del WHOLE.id


def test_equal_objects_have_one_hash_and_others_are_not_equal() -> None:
    assert Leaf(name="a") == Leaf(name="a") != Leaf(name="b")
    assert hash(Leaf(name="a")) == hash(Leaf(name="a"))
    assert Leaf(name="a") != Both(name="a", **{"from": 1})
    assert Leaf(name="a") != "a"
    assert repr(Leaf(name="a")) == "Leaf(name='a', from_=1)"
    assert dict(Leaf(name="a")) == {"name": "a", "from_": 1}


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301 - its own
def test_a_copy_is_equal(again: object) -> None:
    assert again(WHOLE) == WHOLE  # type: ignore[operator]


def test_a_copy_with_a_change_leaves_the_first_as_it_was() -> None:
    assert WHOLE.model_copy(update={"loud": "C"}).loud == "C"
    assert WHOLE.loud == "B"


def test_plain_values_come_back_as_they_can_be_read() -> None:
    plain = WHOLE.model_dump(mode="json", by_alias=True)
    assert plain["leaves"] == [{"name": "a", "from": 2}]
    assert plain["on"] == "2026-11-23"
    assert Whole.model_validate(plain) == WHOLE
    assert json.loads(WHOLE.model_dump_json(by_alias=True)) == plain
    assert WHOLE.model_dump(exclude={"inner"})["leaves"] == ({"name": "a", "from_": 2},)
    assert "inner" not in WHOLE.model_dump(exclude={"inner"})
    assert Whole(id="x").model_dump(exclude_defaults=True) == {"id": "x"}
    assert "on" not in Whole(id="x").model_dump(exclude_none=True)


def test_what_was_checked_before_is_taken_as_it_is() -> None:
    assert Leaf.model_construct(name=5) == Leaf(name="a").model_copy(update={"name": 5})
    assert Whole.model_construct(id="x") == Whole(id="x")


def test_a_json_schema_names_fields_as_a_file_does() -> None:
    assert set(Leaf.model_json_schema()["properties"]) == {"name", "from"}


def test_a_default_of_a_field_is_made_anew() -> None:
    spec = Spec(default_factory=dict)
    assert spec.usual() == {}
    assert spec.usual() is not spec.usual()


def test_importing_trellis_loads_no_pydantic() -> None:
    code = "import sys, trellis; print(sorted({'pydantic', 'rich', 'yaml', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
