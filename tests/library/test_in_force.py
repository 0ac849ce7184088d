"""Dates and places: a need waits for its date, a place switches off rules and never care, and the result says which."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import trellis
from tests.library.tiny import TINY, known, plant, problems, tiny
from trellis.decide.danger import danger_in
from trellis.interview import next_question
from trellis.library.in_force import in_force, stages
from trellis.prove import check

BEFORE, AFTER = date(2098, 12, 31), date(2099, 1, 1)
MOOD = known(mood__low="moderate")
DATED = "- id: mood-moderate\n    effective: 2099-01-01\n    jurisdiction: Atlantis\n"


def dated(tmp_path: Path) -> trellis.Knowledge:
    plant(TINY, tmp_path, "criteria.yaml", "- id: mood-moderate\n", DATED)
    return trellis.load(tmp_path)


def ids(rec: trellis.Recommendation) -> set[str]:
    return {need.id for need in rec.active}


def test_a_need_decides_from_its_date_on_and_not_before(tmp_path: Path) -> None:
    kb = dated(tmp_path)
    before, after = (trellis.decide(kb, MOOD, as_of=day) for day in (BEFORE, AFTER))
    assert "mood-moderate" not in {need.id for need in before.needs}
    assert "mood-moderate" in ids(after)
    assert ids(after) - ids(before) == {"mood-moderate"}
    assert ids(before) == ids(trellis.decide(tiny(), MOOD, as_of=BEFORE)) - {"mood-moderate"}


def test_the_result_says_which_needs_were_off_and_why(tmp_path: Path) -> None:
    kb = dated(tmp_path)
    before, after = (trellis.decide(kb, MOOD, as_of=day).provenance for day in (BEFORE, AFTER))
    assert before.off == before.to_json()["off"] == {"mood-moderate": "in force from 2099-01-01"}
    assert after.off == {}


def test_an_old_result_is_decided_again_by_the_rules_of_its_own_day(tmp_path: Path) -> None:
    kb = dated(tmp_path)
    before = trellis.decide(kb, MOOD, as_of=BEFORE)
    trellis.decide(kb, MOOD, as_of=AFTER)
    assert trellis.replay(kb, json.loads(json.dumps(before.provenance.to_json()))) == before
    assert trellis.replay(before.kb, before.provenance) == before
    later = trellis.decide(before.kb, MOOD, as_of=AFTER)
    assert later == trellis.decide(kb, MOOD, as_of=AFTER)


def test_what_is_as_old_as_the_content_holds_on_every_day() -> None:
    """A clock that is wrong, or a decision for an earlier day, must not switch safety off."""
    old, new = (trellis.decide(tiny(), known(life__danger="yes"), as_of=day) for day in (date(1970, 1, 1), AFTER))
    assert ids(old) == ids(new)
    assert old.urgent


def test_danger_read_from_answers_with_faults_is_that_of_the_rules_of_the_day(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "- {id: danger-certain,", "- {id: danger-certain, effective: 2099-01-01,")
    kb, answers = trellis.load(tmp_path), {"life.danger": "yes", "life.dnager": "yes"}
    assert [len(danger_in(kb, answers, as_of=day)) for day in (BEFORE, AFTER)] == [0, 1]


def test_a_knowledge_without_dates_to_come_is_given_back_as_it_is() -> None:
    assert in_force(tiny(), date(1970, 1, 1)) is tiny()
    assert stages(tiny()) == (("", tiny()),)


def test_each_set_of_dates_is_compiled_once(tmp_path: Path) -> None:
    kb = dated(tmp_path)
    assert in_force(kb, BEFORE) is in_force(kb, date(2030, 1, 1))
    assert in_force(in_force(kb, BEFORE), AFTER) is kb
    assert in_force(kb, BEFORE).what_helps is kb.what_helps


def test_the_stages_are_one_for_each_date_that_is_waited_for(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "- id: mood-moderate\n", DATED)
    plant(tmp_path, tmp_path, "criteria.yaml", "- {id: no-home,", "- {id: no-home, effective: 2030-01-01,")
    found = stages(trellis.load(tmp_path))
    assert [(day, set(kb.off)) for day, kb in found] == [
        ("", {"mood-moderate", "no-home"}),
        ("from 2030-01-01", {"mood-moderate"}),
        ("from 2099-01-01", set()),
    ]


def test_nothing_is_asked_for_the_sake_of_a_need_that_waits(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "- {id: past-often,", "- {id: past-often, effective: 2099-01-01,")
    kb = trellis.load(tmp_path)
    answers = {name: value for name, value in known().items() if name != "life.past"}
    assert next_question(kb, answers, as_of=BEFORE) is None
    asked = next_question(kb, answers, as_of=AFTER)
    assert asked is not None
    assert "life.past" in asked.screen.facts


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("criteria.yaml", "- id: mood-moderate\n", "- id: mood-moderate\n    effective: someday\n", "someday"),
        ("criteria.yaml", "- id: mood-moderate\n", "- id: mood-moderate\n    effective: 2026-02-30\n", "2026-02-30"),
        ("facts.yaml", "effective: 2026-01-01", "effective: 1.1.2026", "1.1.2026"),
        (
            "rest.yaml",
            "version: {number: 0.0.1, effective: 2026-01-01",
            "version: {number: 0.0.1, effective: new",
            "new",
        ),
        ("rest.yaml", "version: {number: 0.0.1, effective: 2026-01-01,", "version: {number: 0.0.1,", ""),
        ("rest.yaml", "version: {number:", "version: {juristiction: US, number:", "juristiction"),
    ],
)
def test_a_date_or_place_that_cannot_be_read_is_refused(
    file: str, old: str, new: str, shown: str, tmp_path: Path
) -> None:
    plant(TINY, tmp_path, file, old, new)
    assert [
        line
        for line in problems(tmp_path).splitlines()
        if line.startswith(file) and f"[{shown}" in line.replace("'", "")
    ]


def test_only_a_need_can_wait_for_its_date(tmp_path: Path) -> None:
    line = plant(TINY, tmp_path, "facts.yaml", "- id: mood.low\n", "- id: mood.low\n    effective: 2099-01-01\n")
    assert problems(tmp_path) == (
        f"facts.yaml:{line}: is in force from [2099-01-01], after the content itself [2026-01-01]; "
        "only a need can wait. Raise `effective` of the version, or give the date to the needs."
    )


# --- places


def ruled(tmp_path: Path, place: str = "US-OH", **fields: str) -> Path:
    whole = {
        "id": "court-paper", "phase": "ongoing", "basis": "legal", "jurisdiction": place,
        "when": "{life.past: {at_least: once}}", "services": "[leaflet]", "because": "*because", "mapping": "judgement",
    } | fields  # fmt: skip
    rule = "  - {" + ", ".join(f"{name}: {value}" for name, value in whole.items()) + "}\n"
    plant(TINY, tmp_path, "criteria.yaml", "after_24_hour_care:", rule + "after_24_hour_care:")
    return tmp_path


@pytest.mark.parametrize(
    ("used_in", "holds"),
    [("", True), ("US-OH", True), ("US", True), ("us-oh-39", True), ("US-TX", False), ("MX", False)],
)
def test_a_legal_rule_is_off_only_where_it_is_known_not_to_hold(used_in: str, holds: bool, tmp_path: Path) -> None:
    kb = trellis.load(ruled(tmp_path), jurisdiction=used_in)
    rec = trellis.decide(kb, known(life__past="once"), as_of=AFTER)
    assert ("court-paper" in ids(rec)) == holds
    assert rec.provenance.off == ({} if holds else {"court-paper": "a legal rule of US-OH"})
    assert rec.provenance.jurisdiction == used_in


def test_the_place_may_stand_in_the_content(tmp_path: Path) -> None:
    ruled(tmp_path)
    plant(tmp_path, tmp_path, "rest.yaml", "version: {number:", "version: {jurisdiction: MX, number:")
    assert set(trellis.load(tmp_path).off) == {"court-paper"}
    assert set(trellis.load(tmp_path, jurisdiction="US").off) == set()


def test_the_place_told_at_loading_is_part_of_the_digest(tmp_path: Path) -> None:
    ruled(tmp_path)
    assert trellis.load(tmp_path, jurisdiction="MX").digest != trellis.load(tmp_path).digest


def test_a_place_never_switches_off_a_need_for_care() -> None:
    kb, elsewhere = tiny(), trellis.load(TINY, jurisdiction="MX")
    assert {need.jurisdiction for need in kb.needs.values()} == {"nowhere"}
    assert elsewhere.artefact == kb.artefact
    assert elsewhere.off == {}


@pytest.mark.parametrize(
    ("fields", "carried"),
    [
        ({"phase": "hold"}, "phase: hold"),
        ({"urgent": "danger"}, "urgent"),
        ({"evaluate": "{by: doctor, within_hours: 2}"}, "evaluate"),
        ({"requires": "{watch: visits}"}, "requires"),
        ({"services": "[naloxone]"}, "services: naloxone"),
        ({"basis": "payment", "group": "harm"}, "group"),
    ],
)
def test_a_rule_of_a_place_may_carry_nothing_that_keeps_somebody_safe(
    fields: dict[str, str], carried: str, tmp_path: Path
) -> None:
    basis = fields.get("basis", "legal")
    assert f"the {basis} rule [court-paper] carries [{carried}]" in problems(ruled(tmp_path, **fields))


# --- what the check says


def said(kb: trellis.Knowledge, kind: str, as_of: date = AFTER) -> list[str]:
    return [str(finding.problem) for finding in check(kb, as_of=as_of) if finding.kind == kind]


def test_the_check_shows_a_need_that_waits(tmp_path: Path) -> None:
    (found,) = said(dated(tmp_path), "off")
    assert "criteria.yaml:" in found
    assert "need [mood-moderate] is off before [2099-01-01]; the content itself is in force from [2026-01-01]." in found


def test_the_check_shows_a_need_for_care_of_another_place_which_holds_all_the_same(tmp_path: Path) -> None:
    found = said(dated(tmp_path), "place")
    assert any(
        "need [mood-moderate] has jurisdiction [Atlantis] and holds in [nowhere] all the same." in f for f in found
    )
    assert said(tiny(), "place") == []


def test_the_check_shows_a_rule_of_another_place(tmp_path: Path) -> None:
    (found,) = said(trellis.load(ruled(tmp_path), jurisdiction="MX"), "off")
    assert "need [court-paper] is off: it is a legal rule of US-OH, and the content is used in [MX]." in found


def test_a_legal_rule_that_names_no_place_is_an_error(tmp_path: Path) -> None:
    kb = trellis.load(ruled(tmp_path, place="any"))
    (found,) = [f for f in check(kb) if f.kind == "place" and "court-paper" in str(f)]
    assert found.level == "error"


def test_content_that_is_not_in_force_yet_is_told() -> None:
    assert said(tiny(), "date", date(2025, 12, 31)) != []
    assert said(tiny(), "date", date(2026, 1, 1)) == []
