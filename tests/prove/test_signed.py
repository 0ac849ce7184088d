"""Signatures as the checker sees them: under nothing, void, too few, of a day to come, and claims that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import trellis
from tests.library.test_reviewed import signed, with_signatures
from tests.library.tiny import TINY, plant, tiny
from tests.support import shipped
from trellis.prove.signed import claimed_reviews, not_yet_signed, signatures

NEED = "use-any"


def told(kb: trellis.Knowledge) -> list[str]:
    return [str(finding) for finding in signatures(kb)]


def test_the_shipped_content_claims_no_review() -> None:
    assert [*signatures(shipped()), *claimed_reviews(shipped())] == []


def test_a_signature_under_an_entry_that_is_not_there_is_an_error() -> None:
    kb = tiny()
    one = signed(kb, "needs", NEED)
    assert told(with_signatures(kb, one.model_copy(update={"entry": "use-ayn"}))) == [
        "error [signature] sign_offs [0]: signs [use-ayn], which needs does not define. Did you mean use-any?"
    ]
    (found,) = told(with_signatures(kb, one.model_copy(update={"entry": "zzz"})))
    assert found.endswith("Take the line out.")


def test_a_void_signature_is_a_warning_that_says_who_read_it_and_when() -> None:
    kb = tiny()
    old = signed(kb, "needs", NEED, digest="0" * 64)
    assert told(with_signatures(kb, old, old)) == [
        "warning [signature-void] sign_offs [0]: [use-any] has changed since A. Invented read it on 2026-12-01: the "
        "signature is void. Have it read again and signed (`trellis sign-off show needs use-any`), or leave it void."
    ]
    assert told(with_signatures(kb, old, signed(kb, "needs", NEED))) == []  # signed anew


def test_one_signature_under_care_round_the_clock_is_too_few() -> None:
    kb = tiny()
    one = signed(kb, "needs", "mood-severe-alone")
    (found,) = told(with_signatures(kb, one))
    assert "[mood-severe-alone] can require care round the clock and has too few signatures: 2 are asked" in found
    assert told(with_signatures(kb, one, one.model_copy(update={"name": "B. Invented"}))) == []
    assert told(with_signatures(kb, one.model_copy(update={"read": "words"}))) == []  # and says so where it is shown


def test_a_signature_of_a_day_to_come_is_an_error() -> None:
    kb = with_signatures(tiny(), signed(tiny(), "needs", NEED))
    (found,) = not_yet_signed(kb, date(2026, 11, 30))
    assert "[use-any] was signed on [2026-12-01], after today [2026-11-30]. Correct the day." in str(found)
    assert list(not_yet_signed(kb, date(2026, 12, 1))) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("criteria.yaml", "review: made up", "review: by Dr. No", "says of its review [by Dr. No], which counts for"),
        (
            "criteria.yaml",
            "- id: mood-moderate\n",
            "- id: mood-moderate\n    review: seen\n",
            "[mood-moderate] says of",
        ),
    ],
)
def test_a_review_that_content_claims_of_itself_is_a_warning(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    for one in TINY.rglob("*.yaml"):
        place = tmp_path / one.relative_to(TINY)
        place.parent.mkdir(exist_ok=True)
        place.write_text(one.read_text(encoding="utf-8").replace("review: made up", "review: not clinically reviewed"))
    if "made up" in old:
        old = "review: not clinically reviewed"
    plant(tmp_path, tmp_path, file, old, new)
    (found,) = [str(one) for one in claimed_reviews(trellis.load(tmp_path))]
    assert found.startswith(f"warning [review] {file}")
    assert said in found
