"""Every invented person gets the answer that a clinician expects, and together they cover what matters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml12

import trellis
from tests.support import VIGNETTES, person, shipped, vignettes

PEOPLE = vignettes()
BY_ID = {one["id"]: one for one in PEOPLE}
EVERYBODY = pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])
NEAR_MISSES = [one for one in PEOPLE if "near_miss_of" in one]
EVERY_NEAR_MISS = pytest.mark.parametrize("vignette", NEAR_MISSES, ids=[one["id"] for one in NEAR_MISSES])
FILES = sorted(VIGNETTES.glob("*.yaml"))

EXPECTATIONS = {"now", "next", "urgent", "evaluate", "services", "hold", "conflicts", "barriers"}
NEEDED = {"id", "story", "answers", "because", "expect", "why"}
OPTIONAL = {"others", "places", "without", "group", "near_miss_of", "file", "justice", "justice_expect"}
LEAST_PEOPLE, MOST_RANGES = 60, 10


def ids(expected: Any) -> set[str]:
    return {expected} if isinstance(expected, str) else set(expected)


def is_range(expected: Any) -> bool:
    return isinstance(expected, dict)


def placement_found(rec: trellis.Recommendation, phase: str, expected: Any) -> Any:
    """What was found in the shape of what is expected: one set of ids, or a set for each end of a range."""
    if is_range(expected):
        return {end: set(getattr(getattr(rec, end), phase).ids) for end in ("least", "most")}
    placement = getattr(rec, phase)
    if placement is None:
        return f"not settled, from {getattr(rec.least, phase).ids} to {getattr(rec.most, phase).ids}"
    return set(placement.ids)


def placement_expected(expected: Any) -> Any:
    return {end: ids(value) for end, value in expected.items()} if is_range(expected) else ids(expected)


def hold_found(rec: trellis.Recommendation, expected: list[str]) -> set[str]:
    """The expected responses that serve the hold; when none is expected, all that it asks for."""
    if rec.hold is None:
        return set()
    if expected:
        return set(rec.hold.responses) & set(expected)
    return {*rec.hold.responses, *(f"{axis}: {step}" for axis, step in rec.hold.requirement)}


def found(rec: trellis.Recommendation, key: str, expected: Any) -> Any:
    if key in ("now", "next"):
        return placement_found(rec, key, expected)
    if key == "urgent":
        return {view.id for view in rec.urgent}
    if key == "evaluate":
        return {view.by for view in rec.evaluate if view.certain}
    if key == "services":
        return {view.id for view in rec.services if view.certain} & set(expected)
    if key == "hold":
        return hold_found(rec, expected)
    if key == "conflicts":
        return {conflict.kind for conflict in rec.conflicts}
    return {barrier.id for barrier in rec.barriers}


def one_answer_apart(left: dict[str, Any], right: dict[str, Any]) -> list[str]:
    return [name for name in sorted(left.keys() | right.keys()) if left.get(name) != right.get(name)]


def parts_expected() -> set[str]:
    """Every setting and add-on that is a part of some expected package, now or next."""
    packages: set[str] = set()
    for one in PEOPLE:
        for phase in ("now", "next"):
            expected = one["expect"].get(phase, [])
            ends = expected.values() if is_range(expected) else [expected]
            packages.update(name for end in ends for name in ids(end))
    return {part for package in packages for part in package.split("+")}


@EVERYBODY
def test_the_person_gets_what_is_expected(vignette: dict[str, Any]) -> None:
    rec = person(shipped(), vignette)
    wrong = []
    for key, expected in vignette["expect"].items():
        wanted = placement_expected(expected) if key in ("now", "next") else set(expected)
        got = found(rec, key, expected)
        if got != wanted:
            wrong.append(f"  {key}: expected {wanted or 'none'}, found {got or 'none'}")
    active = sorted(need.id for need in rec.active)
    assert not wrong, "\n".join([f"{vignette['id']} ({vignette['file']})", *wrong, f"  active: {', '.join(active)}"])


@EVERYBODY
def test_the_needs_named_are_the_reasons(vignette: dict[str, Any]) -> None:
    active = {need.id for need in person(shipped(), vignette).active}
    missing = set(vignette["because"]) - active
    too_many = set(vignette.get("without", ())) & active
    assert not missing, f"{vignette['id']}: expected because of {sorted(missing)}, found only {sorted(active)}"
    assert not too_many, f"{vignette['id']}: expected without {sorted(too_many)}, found them active"


@EVERYBODY
def test_the_story_is_told_in_the_form_that_the_readme_gives(vignette: dict[str, Any]) -> None:
    kb, name = shipped(), vignette["id"]
    assert set(vignette) <= NEEDED | OPTIONAL, f"{name}: unknown keys {sorted(set(vignette) - NEEDED - OPTIONAL)}"
    assert set(vignette) >= NEEDED, f"{name}: has no {sorted(NEEDED - set(vignette))}"
    assert set(vignette["expect"]) <= EXPECTATIONS, f"{name}: unknown {sorted(set(vignette['expect']) - EXPECTATIONS)}"
    assert vignette["story"].strip(), f"{name}: the story is empty"
    assert vignette["why"].strip(), f"{name}: does not say why"
    assert vignette.get("others", "best") in ("best", "unknown"), f"{name}: others is {vignette['others']}"
    named = {*vignette["because"], *vignette.get("without", ())}
    assert named <= set(kb.needs), f"{name}: names no needs of this knowledge: {sorted(named - set(kb.needs))}"


@EVERY_NEAR_MISS
def test_a_near_miss_differs_in_one_answer_only(vignette: dict[str, Any]) -> None:
    name, missed = vignette["id"], vignette["near_miss_of"]
    assert missed in BY_ID, f"{name}: misses [{missed}], which no file tells"
    other = BY_ID[missed]
    differing = one_answer_apart(vignette["answers"], other["answers"])
    assert len(differing) == 1, f"{name}: expected one answer apart from {missed}, found {differing}"
    for key, default in (("others", "best"), ("places", {})):
        assert vignette.get(key, default) == other.get(key, default), f"{name}: differs from {missed} in {key} too"


@EVERY_NEAR_MISS
def test_a_near_miss_has_another_outcome(vignette: dict[str, Any]) -> None:
    other = BY_ID[vignette["near_miss_of"]]
    outcomes = [{key: one["expect"].get(key) for key in ("now", "next", "urgent", "hold")} for one in (vignette, other)]
    assert outcomes[0] != outcomes[1], f"{vignette['id']}: expects the same as {other['id']}: {outcomes[0]}"


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_file_says_that_its_people_are_invented(path: Path) -> None:
    content: Any = yaml12.read_yaml(path)
    note = content["about"]["note"]
    assert "invented" in note.lower(), f"{path.name}: about.note is [{note}]"


def test_no_two_people_share_an_id() -> None:
    twice = [name for name, times in Counter(one["id"] for one in PEOPLE).items() if times > 1]
    assert not twice, f"told twice: {twice}"


def test_there_are_enough_people() -> None:
    assert len(PEOPLE) >= LEAST_PEOPLE, f"expected at least {LEAST_PEOPLE} people, found {len(PEOPLE)}"


def test_few_people_end_in_a_range() -> None:
    ranges = [one["id"] for one in PEOPLE if any(is_range(one["expect"].get(phase)) for phase in ("now", "next"))]
    assert len(ranges) <= MOST_RANGES, f"expected at most {MOST_RANGES} ranges, found {len(ranges)}: {ranges}"


def test_every_urgent_text_is_expected_by_somebody() -> None:
    expected = {text for one in PEOPLE for text in one["expect"].get("urgent", ())}
    assert expected == set(shipped().urgent), f"expected by nobody: {sorted(set(shipped().urgent) - expected)}"


def test_every_setting_is_expected_by_somebody() -> None:
    missing = set(shipped().settings) - parts_expected()
    assert not missing, f"expected by nobody: {sorted(missing)}"


def test_every_need_is_somebodys_reason() -> None:
    reasons = {need for vignette in vignettes() for need in vignette["because"]}
    assert set(shipped().needs) - reasons == set()
