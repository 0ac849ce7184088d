"""Worst alone: every fact and number is there, it is what is decided, and what was read of it still holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.prove.planting import need, with_file, with_need
from tests.support import AS_OF, complete, shipped
from trellis.engine.artefact import ONGOING
from trellis.errors import AnswerError
from trellis.prove import readings
from trellis.prove.alone import AloneRow, alone, values_tried
from trellis.prove.outcome import boxes, in_box, least
from trellis.prove.readings import NotAsRead, Readings, ReadRow, compared, read_readings, renewed, written

FILE = Path(__file__).parent.parent / "readings" / "alone.yaml"


@pytest.fixture(scope="module")
def rows() -> tuple[AloneRow, ...]:
    return alone(shipped())


@pytest.fixture(scope="module")
def read() -> Readings:
    return read_readings(FILE)


def kinds(found: list[NotAsRead], about: str = "") -> set[str]:
    return {one.kind for one in found if about in one.where}


def test_every_row_comes_out_as_it_was_read_and_has_been_read(rows: tuple[AloneRow, ...], read: Readings) -> None:
    found = compared(shipped(), rows, read)
    assert [f"{one.where} {one.what}" for one in found] == []


def test_every_worse_step_of_every_fact_is_there_in_every_context_in_which_it_is_asked(
    rows: tuple[AloneRow, ...],
) -> None:
    kb = shipped()
    there = {(row.name, row.step, number) for row in rows for number in row.contexts}
    for fact in kb.facts.values():
        for rank in range(1, fact.top + 1):
            for number in range(len(kb.contexts)):
                applies = kb.number_of(fact.id) not in kb.artefact.closed[number]
                is_row = applies and fact.kind != "check" and (fact.unless_told is None or rank != fact.start[0])
                assert ((fact.id, fact.step_at(rank).id, number) in there) == is_row, (fact.id, rank, number)


def test_what_a_row_says_is_what_is_decided_for_such_a_person(rows: tuple[AloneRow, ...]) -> None:
    kb = shipped()
    for row in rows:
        number = min(row.contexts)
        if row.name in kb.facts and kb.facts[row.name].kind == "evaluation":
            continue  # a finding needs somebody who found it; the golden people hold those
        rec = trellis.decide(kb, complete(kb, {row.name: row.step}, dict(kb.contexts[number])), as_of=AS_OF)
        decided = {
            "now": list(rec.now.ids) if rec.now else [], "next": list(rec.next.ids) if rec.next else [],
            "hold": list(rec.hold.responses) if rec.hold else [],
            "evaluate": {view.by: view.within_hours for view in rec.evaluate},
            "urgent": sorted(view.id for view in rec.urgent), "services": sorted(view.id for view in rec.services),
        }  # fmt: skip
        said = row.outcome.to_plain()
        assert said | {"urgent": sorted(said.get("urgent", []))} == {
            name: value for name, value in decided.items() if value or name == "urgent"
        }, readings.name_of(kb, row)


def test_a_number_is_tried_at_its_ends_and_on_both_sides_of_every_edge() -> None:
    kb = shipped()
    assert values_tried(kb, kb.inputs["input.ciwa_ar"]) == (0, 7, 8, 15, 16, 67)
    assert values_tried(kb, kb.inputs["input.audit"]) == (0, 7, 8, 15, 16, 19, 20, 40)
    assert values_tried(kb, kb.inputs["input.benzodiazepine_mg"]) == (0, 1, 40, 41, 1000)


def test_a_number_that_tells_the_age_is_a_row_of_those_of_that_age_only(rows: tuple[AloneRow, ...]) -> None:
    kb = shipped()
    (row,) = [one for one in rows if (one.name, one.step) == ("input.age", 17)]
    assert {kb.contexts[number]["age"] for number in row.contexts} == {"adolescent"}


def test_one_fact_can_be_looked_at_and_a_name_that_is_none_is_refused() -> None:
    assert {row.name for row in alone(shipped(), name="input.cows")} == {"input.cows"}
    with pytest.raises(AnswerError, match=r"\[harm\.violnce\] is no fact and no number\. Did you mean harm\.violence"):
        alone(shipped(), name="harm.violnce")


def test_contexts_are_told_as_boxes_that_hold_just_them() -> None:
    kb = shipped()
    everybody = frozenset(range(len(kb.contexts)))
    for row in alone(kb):
        told = row.where(kb)
        assert frozenset.union(*(in_box(kb, box) for box in told)) & row.among == row.contexts
    odd = [0, len(kb.contexts) - 1]
    assert frozenset.union(*(in_box(kb, box) for box in boxes(kb, odd, everybody))) == frozenset(odd)


def test_facts_that_do_not_go_together_or_do_not_apply_have_no_least_person() -> None:
    kb = shipped()
    number = next(n for n, context in enumerate(kb.contexts) if context["focus"] == "mental_health")
    assert least(kb, {"use.alcohol": "severe"}, number) is None
    assert least(kb, {"mental.any": "no", "mental.depression": "severe"}, number) is None


# What a change of the content does to the reading


def planted(**fields: str) -> trellis.Knowledge:
    kb = shipped()
    fact = kb.number_of("environment.access")
    return with_need(kb, [1, fact, 1, kb.facts["environment.access"].top], fields, phase=ONGOING)


def test_a_row_that_comes_out_otherwise_fails_until_it_is_read_again(read: Readings) -> None:
    kb = planted(structure="day_programme")
    found = compared(kb, alone(kb), read)
    assert {one.where for one in found} == {"environment.access: hard", "environment.access: none"}
    assert kinds(found) == {"changed"}
    assert "now: read [self_management], found [php]" in found[0].what

    again = renewed(kb, alone(kb), read)
    assert kinds(compared(kb, alone(kb), again)) == {"unread"}
    (row, _) = [one for one in again.rows if one.key[0] == "environment.access"]
    assert row.comes_out["now"] == ("php",)
    assert row.read.verdict == "unread"
    assert row.read.remark.startswith("Before it changed (2026-11-30): right.")


def test_writing_anew_keeps_every_row_that_comes_out_as_it_was_read(rows: tuple[AloneRow, ...], read: Readings) -> None:
    assert written(renewed(shipped(), rows, read)) == FILE.read_text(encoding="utf-8")


def test_a_remark_survives_being_written_anew_twice(read: Readings) -> None:
    kb = planted(structure="day_programme")
    once = renewed(kb, alone(kb), read)
    assert renewed(kb, alone(kb), once) == once


def test_readings_that_differ_by_context_stay_apart_though_the_same_comes_out(
    rows: tuple[AloneRow, ...], read: Readings
) -> None:
    key = ("environment.access", "hard")
    (one,) = [row for row in read.rows if row.key == key]
    low = one.read.model_copy(update={"verdict": "too low", "remark": "Planted."})
    young = one.model_copy(update={"who": ({"age": ("adolescent",)},), "read": low})
    others = one.model_copy(update={"who": ({"age": ("adult", "older_adult")},)})
    at = read.rows.index(one)
    split = read.model_copy(update={"rows": (*read.rows[:at], young, others, *read.rows[at + 1 :])})
    kept = [row for row in renewed(shipped(), rows, split).rows if row.key == key]
    assert {row.read.verdict for row in kept} == {one.read.verdict, "too low"}


def test_a_row_that_is_not_there_any_more_and_one_that_is_new_are_told(
    rows: tuple[AloneRow, ...], read: Readings
) -> None:
    fewer = read.model_copy(update={"rows": read.rows[1:]})
    assert kinds(compared(shipped(), rows, fewer), read.rows[0].key[0]) == {"new"}
    assert kinds(compared(shipped(), rows[1:], read)) == {"gone"}


def with_row(readings_: Readings, key: tuple[str, str], **update: Any) -> Readings:
    changed = tuple(one.model_copy(update=update) if one.key == key else one for one in readings_.rows)
    return readings_.model_copy(update={"rows": changed})


@pytest.mark.parametrize(
    "wrong", [{"source": "no-such-source"}, {"source": ""}, {"on": ""}, {"verdict": "too low", "remark": ""}]
)
def test_a_reading_without_a_source_a_day_or_a_remark_is_none(
    wrong: dict[str, str], rows: tuple[AloneRow, ...], read: Readings
) -> None:
    key = ("harm.danger_now", "yes")
    (one,) = [row for row in read.rows if row.key == key]
    changed = with_row(read, key, read=one.read.model_copy(update=wrong))
    assert kinds(compared(shipped(), rows, changed), key[0]) == {"unsourced"}


# What must never be, whatever was read


def test_what_cannot_be_left_alone_is_named() -> None:
    named = [dict(one) for one in read_readings(FILE).cannot_be_left_alone]
    assert {"function.daily_living": "cannot_care_for_self"} in named
    assert {"environment.housing": "homeless"} in named
    assert {"harm.self_neglect": "threatens_life"} in named
    kb = shipped()
    for one in named:
        ((name, step),) = one.items()
        assert step in kb.facts[name].values


def breaches_of(key: tuple[str, str], kb: trellis.Knowledge, read: Readings) -> set[str]:
    return {
        rule for row in alone(kb, name=key[0]) if str(row.step) == key[1] for rule in readings.breaches(kb, row, read)
    }


def without_needs(*names: str) -> trellis.Knowledge:
    kb = shipped()
    gone = [replace(n, contexts=frozenset()) if n.id in names else n for n in kb.artefact.needs]
    return replace(kb, artefact=replace(kb.artefact, needs=tuple(gone)))


def test_somebody_left_alone_with_self_care_is_found(read: Readings) -> None:
    assert breaches_of(("mental.cognition", "severe"), shipped(), read) == set()
    assert breaches_of(("mental.cognition", "severe"), without_needs("cognition-affects-treatment"), read) == {
        "left alone"
    }


def test_a_danger_without_help_is_found(read: Readings) -> None:
    assert breaches_of(("physical.emergency", "yes"), shipped(), read) == set()
    assert breaches_of(("physical.emergency", "yes"), without_needs("danger-now", "medical-emergency"), read) == {
        "no help shown"
    }


def asked(read: Readings, name: str, hours: int | str) -> Readings:
    changed = tuple(one.model_copy(update={"asked": hours}) if one.need == name else one for one in read.evaluations)
    return read.model_copy(update={"evaluations": changed})


@pytest.mark.parametrize(("hours", "found"), [("no hours", set()), (24, set()), (72, {"sooner than asked"}),
                                              ("nobody", {"nobody asks"})])  # fmt: skip
def test_nobody_is_seen_sooner_than_a_source_asks_and_nobody_where_none_does(
    hours: int | str, found: set[str], read: Readings
) -> None:
    assert breaches_of(("harm.violence", "threats"), shipped(), asked(read, "seen-within-a-day", hours)) == found


def test_an_evaluation_that_nobody_read_fails(tmp_path: Path, read: Readings) -> None:
    """To evaluate everybody is the cheap way out: each rule that does must say what its source asks."""
    kb = with_file(
        tmp_path,
        need(when="{environment.access: {at_least: hard}}", requires="{}",
             evaluate="{by: psychiatrist, within_hours: 24}"),
    )  # fmt: skip
    found = compared(kb, alone(kb), read)
    assert "evaluation" in kinds(found, "planted")
    again = renewed(kb, alone(kb), read)
    assert kinds(compared(kb, alone(kb), again), "planted") == {"unread"}
    gone = compared(shipped(), alone(shipped()), again)
    assert "gone" in kinds(gone, "planted")


def test_a_breach_that_is_not_admitted_and_one_that_is_mended_are_told(
    rows: tuple[AloneRow, ...], read: Readings
) -> None:
    known = [one for one in read.rows if one.breaks]
    assert known
    denied = with_row(read, known[0].key, breaks=())
    assert kinds(compared(shipped(), rows, denied), known[0].key[0]) == {"breach"}
    claimed = with_row(read, ("harm.danger_now", "yes"), breaks=("left alone",))
    assert kinds(compared(shipped(), rows, claimed), "harm.danger_now") == {"mended"}


def test_what_is_admitted_to_break_is_read_as_wrong(read: Readings) -> None:
    assert [one.key for one in read.rows if one.breaks and one.read.verdict == "right"] == []


# The file


def test_a_file_of_readings_says_what_it_is_and_survives_being_written() -> None:
    read = read_readings(FILE)
    assert read.about
    assert written(read) == FILE.read_text(encoding="utf-8")


WRONG: dict[str, Callable[[str], str]] = {
    "a verdict that is none": lambda text: text.replace("verdict: right", "verdict: fine", 1),
    "a key that means nothing": lambda text: text.replace("  - alone:", "  - aloan:", 1),
    "a key written twice": lambda text: text + "rows: []\n",
    "no YAML": lambda text: "rows: [",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_file_that_is_not_of_the_form_is_refused(wrong: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "readings.yaml"
    path.write_text(wrong(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(AnswerError, match=r"readings\.yaml"):
        read_readings(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="cannot be read"):
        read_readings(tmp_path / "none.yaml")


def test_words_that_some_reader_of_yaml_takes_for_another_are_quoted() -> None:
    row = ReadRow.model_validate(
        {"alone": {"harm.danger_now": "yes"}, "comes_out": {"now": ["iop"]}, "read": {"verdict": "unread"}}
    )
    text = written(Readings(about="A try.", rows=(row,)))
    assert "alone: {harm.danger_now: 'yes'}" in text
    assert "evaluations: []" in text
