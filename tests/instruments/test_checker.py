"""The checker finds each fault planted in an instrument, and nothing in those that are shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.prove.planting import copy, with_file
from tests.support import shipped
from trellis.errors import KnowledgeError
from trellis.prove import check
from trellis.prove.instruments import instruments

LICENCE = "{status: free, text: Ours., verified: seen}"
ITEM = "{id: a, about: {en: About a., es: Sobre a.}, text: {en: A?, es: ¿A?}, options: [{score: 0}, {score: 1}]}"
SCALE = "{id: total, name: {en: Total, es: Total}, items: [a], low: 0, high: 1}"
DERIVES = "[{scale: total, from: 1, to: score.mental_health, step: raised}]"
SAYS = "{person: {en: You said so., es: Usted lo dijo.}, clinician: {en: Planted., es: Puesto.}}"


def planted(**fields: Any) -> str:
    """An instrument in YAML, sound but for what the caller plants."""
    text = "{en: Words, es: Palabras}"
    whole = {
        "id": "planted", "name": text, "short": "PL", "measures": text, "for_whom": text, "given_by": text,
        "how_often": text, "licence": LICENCE, "items": f"[{ITEM}]", "scales": f"[{SCALE}]", "derives": DERIVES,
    } | fields  # fmt: skip
    lines = [f"    {key}: {value}" for key, value in whole.items() if value is not None]
    return "instruments:\n  -" + "\n".join(lines)[3:] + "\n"


def found(text: str, folder: Path) -> list[str]:
    kb = with_file(folder, text, "instruments/zz_planted.yaml")
    return [str(finding) for finding in instruments(kb)]


def test_nothing_is_wrong_with_the_instruments_that_are_shipped() -> None:
    assert list(instruments(shipped())) == []


def test_nothing_is_wrong_with_a_sound_one(tmp_path: Path) -> None:
    assert found(planted(), tmp_path) == []


PLANTED = {
    "free on memory": (planted(licence="{status: free, text: Ours., verified: memory}"), "licence", "[memory]"),
    "public domain on memory": (
        planted(licence="{status: public_domain, text: Ours., verified: memory}"),
        "licence",
        "[public_domain]",
    ),
    "a stem that is not ours": (
        planted(
            licence="{status: restricted, text: Theirs., verified: seen}",
            stem="{en: In the past month, es: En el último mes}",
            items=f"[{ITEM.replace('text: {en: A?, es: ¿A?}, ', '')}]",
        ),
        "licence",
        "shows the words of [stem]",
    ),
    "no fact": (planted(derives=None), "leads-nowhere", "raises no fact"),
    "a critical item without a fact": (
        planted(critical=f"[{{item: a, from: 1, urgent: suicide, sources: [], says: {SAYS}}}]"),
        "leads-nowhere",
        "critical item [a]",
    ),
    "about without Spanish": (
        planted(items=f"[{ITEM.replace(', es: Sobre a.', '')}]"),
        "untranslated",
        "[items/a/about]",
    ),
    "a name without Spanish": (planted(name="{en: Words}"), "untranslated", "[name]"),
    "a band without Spanish": (
        planted(scales="[" + SCALE.replace("high: 1", "high: 1, bands: [{id: low, from: 0, name: {en: Low}}]") + "]"),
        "untranslated",
        "[scales/total/bands/low]",
    ),
    "an item without Spanish and without a note": (
        planted(items=f"[{ITEM.replace(', es: ¿A?', '')}]"),
        "untranslated",
        "no note says why",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    text, kind, words = PLANTED[name]
    (finding,) = found(text, tmp_path)
    assert finding.startswith(f"error [{kind}] instruments/zz_planted.yaml:")
    assert words in finding


def test_words_that_lack_spanish_pass_with_a_note(tmp_path: Path) -> None:
    assert found(planted(items=f"[{ITEM.replace(', es: ¿A?', '')}]", note="No published Spanish."), tmp_path) == []


def test_a_total_that_is_typed_need_not_lead_anywhere(tmp_path: Path) -> None:
    assert found(planted(items=None, derives=None, scales=f"[{SCALE.replace('items: [a], ', '')}]"), tmp_path) == []


def test_what_is_found_is_part_of_the_whole_check(tmp_path: Path) -> None:
    kb = with_file(tmp_path, planted(derives=None), "instruments/zz_planted.yaml")
    assert "leads-nowhere" in [finding.kind for finding in check(kb) if "[planted]" in str(finding)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (planted(licence=None), r"zz_planted.yaml.*\[licence\]: field required"),
        (planted(licence="{text: Ours., verified: seen}"), r"\[status\]: field required"),
        (planted(licence="{status: open, text: Ours., verified: seen}"), r"\[status\] with \['open'\]"),
        (
            planted(licence="{status: unconfirmed, text: Ours., verified: seen}"),
            r"item \[a\] has its text, and the licence status is \[unconfirmed\]",
        ),
        (planted(scales=f"[{SCALE.replace('high: 1', 'high: 2')}]"), r"says 0 to 2, but its items give 0 to 1"),
        (planted(derives="[{scale: total, from: 1, to: harm.any, step: 'yes'}]"), "A score alone places nobody"),
    ],
)
def test_what_may_not_even_be_loaded_is_refused_with_words(text: str, words: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "instruments" / "zz_planted.yaml").write_text(
        "about: {title: Planted, effective: 2026-11-23, review: not clinically reviewed}\n" + text, encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=words):
        trellis.load(root)
