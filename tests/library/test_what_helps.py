"""What the loader refuses in instruments, approaches and evidence: each fault planted, each named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.tiny import plant, problems
from trellis.library.files import shipped

K6, PHQ9, AUDIT = "instruments/k6.yaml", "instruments/phq9.yaml", "instruments/audit.yaml"
MATCH, SUMMARY, DATA = "approaches/matching.yaml", "evidence/summaries_talking.yaml", "evidence/datasets.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (K6, "high: 24", "high: 12", "says 0 to 12, but its items give 0 to 24"),
        (PHQ9, "high: 27", "high: 21", "says 0 to 21, but its items give 0 to 27"),
        (PHQ9, "to: harm.suicide_thoughts", "to: harm.suicide_thought", "Did you mean harm.suicide_thoughts?"),
        (PHQ9, "to: input.phq9", "to: mental.depression", "A score alone places nobody: derive a fact of kind score"),
        (PHQ9, "urgent: suicide", "urgent: suicid", "Did you mean suicide?"),
        (MATCH, "approach: methadone", "approach: methadon", "Did you mean methadone?"),
        (MATCH, "condition: opioids", "condition: opioid", "Did you mean opioids?"),
        (SUMMARY, "results: [E001", "results: [E999", r"refers to [E999], which results does not define"),
        (SUMMARY, "method: ratio", "method: difference", "That method needs one of RD with a value"),
        (SUMMARY, "method: ratio", "method: rates", "which has no rates"),
        (DATA, "landenberger2005.csv", "landenberger2006.csv", "there is no file"),
        (DATA, "study: study", "study: studyy", "has no column [studyy]"),
        ("settings/values.yaml", "      iop:", "      iopp:", "Did you mean iop?"),
        ("plans/goals.yaml", "measure: pcl_5", "measure: pcl_6", "Did you mean pcl_5"),
    ],
)
def test_what_refers_to_nothing_or_does_not_add_up_is_named(
    file: str, old: str, new: str, words: str, tmp_path: Path
) -> None:
    plant(shipped(), tmp_path, file, old, new)
    told = problems(tmp_path)
    assert words in told
    assert file.rsplit(".", 1)[0] in told


def test_words_of_an_instrument_may_not_ship_while_its_licence_is_unconfirmed(tmp_path: Path) -> None:
    plant(shipped(), tmp_path, PHQ9, "status: free", "status: unconfirmed")
    assert "Leave the texts out until the licence is confirmed" in problems(tmp_path)
