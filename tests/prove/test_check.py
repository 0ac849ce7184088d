"""The checker finds one planted fault of each kind, and nothing in what is shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import trellis
from tests.library.tiny import plant
from tests.prove.planting import WORDS, copy, need, with_file
from tests.support import AS_OF, shipped
from trellis.prove import Finding, check, reading
from trellis.prove.texts import claims_validation


def kinds(findings: list[Finding], name: str = "planted") -> set[str]:
    return {finding.kind for finding in findings if name in str(finding)}


def test_nothing_is_wrong_with_the_shipped_knowledge() -> None:
    assert [str(finding) for finding in check(shipped(), as_of=AS_OF) if finding.level == "error"] == []


PLANTED = {
    "dead": need(applies="{age: [older_adult], pregnancy: [pregnant]}"),
    "subsumed": need(
        id="planted",
        when="{all: [{use.alcohol: {at_least: severe}}, {use.craving: {at_least: strong}}]}",
        requires="{structure: weekly}",
    ),
    "unserved-hold": need(phase="hold", requires="{psychiatric: acute_unit}"),
    "untranslated": need(because="{person: {en: You said so.}, clinician: {en: Planted., es: Puesto.}}"),
    "unsourced": need(sources="[]"),
    "unverified": need(sources="[{ref: general-knowledge}]"),
    "claim": need(because=WORDS.replace("You said so.", "This is clinically validated.")),
    "reading": need(
        because=WORDS.replace(
            "You said so.",
            '"Multidimensional psychosocial deterioration necessitates interdisciplinary rehabilitation, '
            "incorporating individualized pharmacological intervention and comprehensive neuropsychological "
            'reassessment by appropriately credentialed professionals before considering discontinuation."',
        )
    ),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_need_is_found(kind: str, tmp_path: Path) -> None:
    findings = check(with_file(tmp_path, PLANTED[kind]))
    assert kind in kinds(findings)
    assert any("criteria/zz_planted.yaml:" in str(f) for f in findings if f.kind == kind and "planted" in str(f))


def with_danger_fact(
    tmp_path: Path, scale: str, danger_at: str, worse: str = "up", read: str = ""
) -> trellis.Knowledge:
    fact = (
        f"facts:\n  - id: harm.planted\n    kind: danger\n    worse: {worse}\n    valid_days: 1\n"
        f"    danger_at: {danger_at}\n"
        f"    scale: [{', '.join(f'{{id: {step}, en: {step}, es: {step}}}' for step in scale.split())}]\n"
        f"    question: {WORDS}\n    help: {{en: Planted., es: Puesto.}}\n    sources: [{{ref: mccarty-2014}}]\n"
    )
    reading = need(when=f"{{harm.planted: {read}}}", evaluate="{by: psychiatrist, within_hours: 2}") if read else ""
    return with_file(tmp_path, fact + reading)


@pytest.mark.parametrize(
    ("scale", "danger_at", "worse", "wrong"),
    [
        ("none some much", "much", "up", False),
        ("much some none", "some", "up", True),
        ("no with_help", "no", "down", False),
        ("with_help no", "with_help", "down", True),
    ],
)
def test_a_danger_whose_scale_begins_with_the_most_of_it_is_found(
    scale: str, danger_at: str, worse: str, wrong: bool, tmp_path: Path
) -> None:
    kb = with_danger_fact(tmp_path, scale, danger_at, worse)
    assert ("inverted" in kinds(check(kb), "harm.planted")) == wrong


@pytest.mark.parametrize(("read", "wrong"), [("", True), ("{at_least: much}", True), ("{at_least: some}", False)])
def test_a_danger_that_nobody_warns_of_from_its_danger_at_on_is_found(read: str, wrong: bool, tmp_path: Path) -> None:
    kb = with_danger_fact(tmp_path, "none some much", "some", read=read)
    assert ("unwarned" in kinds(check(kb), "harm.planted")) == wrong


THIN = {
    "a sentence of one letter": ("        - If you are in danger right now, call 911.\n", "        - A\n"),
    "no help line in one language": (
        "        - Si está en peligro en este momento, llame al 911.\n", "        - Si está en peligro, pida ayuda.\n",
    ),
    "no line with a number": (
        "    lines: [line_911, line_988, line_988_text, line_988_es, line_veterans, line_911_text]\n",
        "    lines: [line_988_chat]\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("thin", THIN.values(), ids=THIN)
def test_a_danger_text_that_does_not_say_where_help_is_is_found(thin: tuple[str, str], tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, "urgent.yaml", *thin)
    if "Si está" in thin[0]:
        text = (root / "urgent.yaml").read_text(encoding="utf-8")
        first, rest = text.split("  - id: overdose", 1)
        (root / "urgent.yaml").write_text(
            first.replace("al 988", "a la línea") + "  - id: overdose" + rest, encoding="utf-8"
        )
    assert kinds(check(trellis.load(root)), "danger_now") == {"danger-text"}


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("This is not clinically reviewed and not validated.", False),
        ("It has not been clinically reviewed or validated.", False),
        ("It is not clinically reviewed. It is validated.", True),
        ("Another place says that this is proven to work.", True),
    ],
)
def test_only_a_claim_that_is_itself_denied_is_no_claim(said: str, claimed: bool, tmp_path: Path) -> None:
    kb = with_file(tmp_path, need(because=WORDS.replace("You said so.", said)))
    assert [f.problem.what.split(" claims")[0] for f in claims_validation(kb)] == ["[planted]"] * claimed


def test_two_needs_that_say_the_same_are_found(tmp_path: Path) -> None:
    twice = need() + need(id="planted-too").removeprefix("needs:\n")
    assert "duplicate" in kinds(check(with_file(tmp_path, twice)))


def test_entries_that_nothing_uses_are_found(tmp_path: Path) -> None:
    text = (
        "services:\n  - {id: planted, name: {en: A, es: A}, what: {en: A thing., es: Una cosa.}, "
        "sources: [{ref: mccarty-2014}]}\n"
    )
    assert kinds(check(with_file(tmp_path, text, "settings/zz_planted.yaml"))) == {"unused"}


def test_a_setting_that_no_need_leads_to_is_found(tmp_path: Path) -> None:
    root = copy(tmp_path)
    packages = root / "settings" / "packages.yaml"
    text = packages.read_text(encoding="utf-8")
    start = text.index("packages:")
    packages.write_text(
        text[:start] + "packages:\n  - {rank: 1, packages: [{setting: hospital, with: [psychiatric_service]}]}\n"
        "  - {rank: 2, packages: [{setting: outpatient}]}\n",
        encoding="utf-8",
    )
    assert "unreached" in kinds(check(trellis.load(root)), "[outpatient]")


def test_benefits_told_at_greater_length_than_drawbacks_are_found(tmp_path: Path) -> None:
    root = copy(tmp_path)
    iop = root / "settings" / "iop.yaml"
    more = "  benefits:\n    - text: {en: " + "very good " * 60 + ", es: muy bueno}\n      verified: memory\n"
    iop.write_text(iop.read_text(encoding="utf-8").replace("  benefits:\n", more, 1), encoding="utf-8")
    assert "unbalanced" in kinds(check(trellis.load(root)), "[iop]")


@pytest.mark.parametrize(
    "then",
    ["{now: {rank: {at_most: nowhere}}}", "{now: {comfort: {at_least: much}}}", "{services: {has: [planted_x]}}", "{}",
     "{weather: {}}", "{now: {structure: {about: weekly}}}", "{now: {structure: {at_least: planted_x}}}"],
)  # fmt: skip
def test_a_property_that_says_nothing_sensible_is_found(then: str, tmp_path: Path) -> None:
    text = (
        "properties:\n  - {id: planted, says: A., given: {use.alcohol: {at_least: mild}}, others: any, "
        f"then: {then}, sources: [{{ref: mccarty-2014}}]}}\n"
    )
    assert "property" in kinds(check(with_file(tmp_path, text, "zz_planted.yaml")))


def test_urgent_texts_that_nobody_looked_at_for_a_year_are_found() -> None:
    assert "stale" not in {finding.kind for finding in check(shipped(), as_of=AS_OF)}
    assert "stale" in {finding.kind for finding in check(shipped(), as_of=date(2028, 1, 1))}


def test_without_the_extra_the_reading_grade_is_named_as_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise reading.NoSyllablesError("no dictionary")

    monkeypatch.setattr(reading, "_sounds", missing)
    found = [finding for finding in check(shipped()) if finding.kind == "reading"]
    assert [finding.level for finding in found] == ["warning"]


def test_the_grade_grows_with_longer_words_and_sentences() -> None:
    easy, hard = (
        "We can help. Call us now.",
        "Comprehensive interdisciplinary rehabilitation necessitates authorization.",
    )
    assert reading.grade(easy) < reading.grade(hard)
    assert reading.grade("") == 0.0
