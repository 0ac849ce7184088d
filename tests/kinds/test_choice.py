"""A choice that people come with: every way is answered for, every sentence has a ground, and there is no verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

import trellis
from tests.guide.verdict import verdicts
from tests.library.tiny import plant
from tests.prove.planting import copy
from tests.support import shipped
from trellis.errors import TrellisError
from trellis.kinds.choice import SettingChoice


def choice() -> SettingChoice:
    found: SettingChoice = shipped().of("choices")["inpatient_or_iop"]
    return found


def test_the_questions_are_those_that_people_ask() -> None:
    assert [row.id for row in choice().rows] == ["sleep", "work", "length", "safe", "withdrawal", "cost", "works"]
    assert all(row.asks.en.endswith("?") and (row.asks.es or "").endswith("?") for row in choice().rows)


def test_inpatient_and_iop_stand_there_at_first_and_the_first_screen_says_who_each_is_for() -> None:
    first = [column for column in choice().columns if column.shown]
    assert [column.id for column in first] == ["iop", "inpatient"]
    assert all(column.for_whom for column in first)
    assert [column.id for column in choice().columns if column.in_results] == ["iop", "inpatient"]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_on_it_is_a_verdict(lang: str) -> None:
    said = [choice().title, choice().lead, *choice().limits]
    said += [column.for_whom for column in choice().columns if column.for_whom]
    said += [cell for row in choice().rows for cell in row.cells.values()]
    assert not [found for text in said for found in verdicts(text.in_language(lang), lang)]


def test_what_works_as_well_rests_on_a_study_or_says_that_there_is_none() -> None:
    row = next(row for row in choice().rows if row.id == "works")
    for name, cell in row.cells.items():
        assert cell.sources or "no study" in cell.en, name


PLANTED = {
    "no answer": (
        "          outpatient:\n            en: The least.",
        "          outpatients:\n            en: The least.",
        "in the row [cost] does not answer for each column",
    ),
    "held nowhere": ("        held: supervision\n", "        held: supervison\n", "names [supervison]"),
    "no setting": ("settings: [php]", "settings: [phq]", "puts [phq] below [php]"),
    "no study": ("findings: [iop-substance-use,", "findings: [iop-substance-us,", "iop-substance-us"),
    "without ground": (
        "            sources: [{ref: reif-2014, at: abstract}]\n", "", "claims without ground: Results were mixed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), PLANTED.values(), ids=PLANTED)
def test_what_is_wrong_with_a_choice_is_told_with_its_place(old: str, new: str, said: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, "choices/inpatient_or_iop.yaml", old, new)
    with pytest.raises(TrellisError) as caught:
        trellis.load(root).of("choices")
    assert said in str(caught.value)
    assert "choices/inpatient_or_iop.yaml:" in str(caught.value)
