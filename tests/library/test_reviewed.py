"""A signature is under an entry as it was read: any change of what decides or is read voids it; nothing else does."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.library.tiny import TINY, known, plant, problems, tiny
from tests.support import AS_OF, shipped
from trellis.kinds.sign_off import SignOff, can_be_signed, signable
from trellis.kinds.text import NOT_REVIEWED
from trellis.library.reviewed import REVIEWED, EntryReview, digest_of, name_in, names_of, review_of, what_was_read
from trellis.library.write_yaml import to_yaml
from trellis.say import Say

NEED, FILE = "shakes-and-danger", "more.yaml"
EACH = {"needs": NEED, "urgent": "danger", "services": "naloxone", "facts": "life.danger"}
MORE = """
about: {title: Made up for tests, dimension: more, effective: 2026-01-01, jurisdiction: nowhere}
needs:
  - id: shakes-and-danger
    phase: acute
    group: harm
    when:
      all:
        - use.shakes: {at_least: mild}
        - life.danger: {at_least: maybe}
        - score.mood: {at_least: high}
    requires: {watch: nights, medicine: {parameter: shakes_care}}
    services: [peer]
    evaluate: {by: nurse, within_hours: 72}
    because:
      person: {en: See somebody within three days., es: Vea a alguien en tres dias.}
      loved_one: {en: They see somebody within three days., es: Ve a alguien en tres dias.}
      clinician: {en: Evaluation within 72 hours., es: Evaluacion en 72 horas.}
    mapping: judgement
    note: Ours.
    sources: [{ref: book, at: page 1}]
  - id: another
    phase: ongoing
    when: {life.home: {at_least: unsafe}}
    services: [peer]
    because: {person: {en: At home., es: En casa.}, clinician: {en: Home., es: Casa.}}
    mapping: judgement
    sources: [{ref: book}]
"""


def signed(kb: trellis.Knowledge, key: str, entry: str, **more: Any) -> SignOff:
    """A signature of somebody invented under an entry as it is."""
    given = {"digest": digest_of(kb, key, entry), "name": "A. Invented", "credentials": "MD", "read": "both"}
    return SignOff(**{"kind": key, "entry": entry, "on": "2026-12-01", **given, **more})


def with_signatures(kb: trellis.Knowledge, *given: SignOff) -> trellis.Knowledge:
    return kb.with_changes(sign_offs=given)


def sign_in(root: Path, *given: SignOff) -> None:
    plain = [one.model_dump(exclude_defaults=True) for one in given]
    about = {"title": "Invented signatures", "effective": "2026-11-30"}
    (root / "sign_offs.yaml").write_text(to_yaml({"about": about, "sign_offs": plain}), encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up content with a need more and signatures of somebody invented."""
    tiny()
    place = tmp_path_factory.mktemp("signed")
    shutil.copytree(TINY, place, dirs_exist_ok=True)
    (place / FILE).write_text(MORE.lstrip(), encoding="utf-8")
    kb = trellis.load(place)
    sign_in(place, *(signed(kb, key, name) for key, name in EACH.items()))
    return place


def test_nothing_ships_signed() -> None:
    assert shipped().sign_offs == {}
    assert shipped().review == NOT_REVIEWED
    assert {review_of(shipped(), key, name).state for key in signable() for name in names_of(shipped(), key)} == {
        "none"
    }


def test_an_entry_that_was_signed_as_it_is_is_reviewed(root: Path) -> None:
    kb = trellis.load(root)
    for key, name in EACH.items():
        review = kb.review_of(key, name)
        assert (review.state, review.read, review.signed[0].name) == ("reviewed", "both", "A. Invented"), name
    assert kb.review_of("needs", "another") == kb.review_of("needs", "nothing") == EntryReview()
    assert kb.review == NOT_REVIEWED  # a few entries are not the content


def changed(root: Path, to: Path, file: str, old: str, new: str) -> trellis.Knowledge:
    plant(root, to, file, old, new)
    return trellis.load(to)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within_hours: 72", "within_hours: 71"),
        ("use.shakes: {at_least: mild}", "use.shakes: {at_least: severe}"),
        ("        - life.danger: {at_least: maybe}\n", ""),
        ("See somebody", "Meet somebody"),
        ("Vea a alguien", "Busque a alguien"),
        ("They see", "They meet"),
        ("Evaluation within", "An evaluation within"),
        ("by: nurse", "by: doctor"),
        ("watch: nights", "watch: constant"),
        ("services: [peer]", "services: [peer, naloxone]"),
        ("mapping: judgement", "mapping: source"),
        ("note: Ours.", "note: Theirs."),
        ("at: page 1", "at: page 2"),
        ("ref: book, at", "ref: hearsay, at"),
        ("phase: acute", "phase: hold"),
        ("phase: acute", "phase: acute\n    effective: 2026-12-24"),
        ("phase: acute", "phase: acute\n    applies: {age: [adult]}"),
        ("phase: acute", "phase: acute\n    urgent: danger"),
    ],
)
def test_one_change_voids_a_signature(root: Path, tmp_path: Path, old: str, new: str) -> None:
    kb = changed(root, tmp_path, FILE, old, new)
    assert kb.review_of("needs", NEED).state == "changed"
    assert kb.review_of("facts", "life.danger").state == "reviewed"  # and of no other entry


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts.yaml", "{id: maybe, en: Maybe}", "{id: maybe, en: Perhaps}"),
        ("facts.yaml", "{id: maybe, en: Maybe}", "{id: maybe, en: Maybe, es: Quizás}"),
        ("facts.yaml", "{id: no, en: No}, {id: maybe", "{id: no, en: No}, {id: hardly, en: Hardly}, {id: maybe"),
        ("facts.yaml", "clinician: {en: State.", "clinician: {en: Status."),
        ("numbers.yaml", "{from: 20, step: highest}", "{from: 18, step: highest}"),
        ("numbers.yaml", "default: 10, allowed: [10, 12]", "default: 12, allowed: [10, 12]"),
        ("numbers.yaml", "default: ward, allowed: [doctor, ward]", "default: doctor, allowed: [doctor, ward]"),
    ],
)
def test_what_gives_a_rule_its_meaning_is_part_of_what_was_read(
    root: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    kb = changed(root, tmp_path, file, old, new)
    assert kb.review_of("needs", NEED).state == "changed"
    assert kb.review_of("services", "naloxone").state == "reviewed"


def test_what_a_step_means_that_is_asked_for_is_part_of_what_was_read(root: Path, tmp_path: Path) -> None:
    kb = changed(root, tmp_path, "settings/capabilities.yaml", "&what {en: Nobody.}", "&what {en: Somebody.}")
    assert kb.review_of("needs", NEED).state == "changed"


def test_where_an_entry_stands_says_nothing(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    head, one, other = re.split(r"(?m)^(?=  - id: )", (root / FILE).read_text(encoding="utf-8"))
    lines = one.splitlines(keepends=True)
    again = [*lines[:1], *lines[-2:], *lines[1:-2]]  # the note and the sources before all else
    (tmp_path / FILE).write_text(f"{head}\n  # A comment more.\n\n{other}{''.join(again)}", encoding="utf-8")
    (tmp_path / FILE).rename(tmp_path / "moved.yaml")
    kb = trellis.load(tmp_path)
    assert kb.where("needs", NEED) != trellis.load(root).where("needs", NEED)
    assert kb.review_of("needs", NEED).state == "reviewed"


def test_a_site_that_sets_another_number_is_told_that_this_was_not_what_was_read(root: Path) -> None:
    assert trellis.load(root, parameters={"mood_high_from": 12}).review_of("needs", NEED).state == "changed"


def test_what_a_file_says_of_its_review_counts_for_nothing_and_loads(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "- id: mood-moderate\n", "- id: mood-moderate\n    review: seen by one\n")
    kb = trellis.load(tmp_path)
    assert kb.needs["mood-moderate"].review == "seen by one"
    assert kb.review_of("needs", "mood-moderate") == EntryReview()
    assert digest_of(kb, "needs", "mood-moderate") == digest_of(tiny(), "needs", "mood-moderate")
    assert kb.review == NOT_REVIEWED


@pytest.mark.parametrize(("parts", "read"), [(("rule",), "rule"), (("words",), "words"), (("rule", "words"), "both")])
def test_what_was_read_is_what_all_read_together(parts: tuple[str, ...], read: str) -> None:
    kb = tiny()
    given = [signed(kb, "needs", "use-any", read=part, name=f"{part} reader") for part in parts]
    review = with_signatures(kb, *given).review_of("needs", "use-any")
    assert (review.state, review.read, review.enough) == ("reviewed", read, read == "both")


def test_care_round_the_clock_asks_for_two_who_are_not_the_same() -> None:
    kb, name = shipped(), "suicide-danger"
    once = [signed(kb, "needs", name), signed(kb, "needs", name, name="a. invented")]
    twice = [*once, signed(kb, "needs", name, name="B. Invented")]
    assert not with_signatures(kb, *once).review_of("needs", name).enough
    assert with_signatures(kb, *twice).review_of("needs", name).enough


def test_a_signature_that_holds_stands_before_one_that_does_not() -> None:
    kb = tiny()
    name = "use-any"
    old, new = signed(kb, "needs", name, digest="0" * 64, name="Old"), signed(kb, "needs", name)
    assert [one.name for one in with_signatures(kb, old, new).review_of("needs", name).signed] == ["A. Invented"]
    assert with_signatures(kb, old).review_of("needs", name).state == "changed"


def test_the_content_is_reviewed_once_every_need_and_text_of_danger_is() -> None:
    kb = shipped()
    every = [
        signed(kb, key, name, name=who) for key in ("needs", "urgent") for name in kb.of(key) for who in ("A", "B")
    ]
    assert with_signatures(kb, *every).review == REVIEWED
    assert with_signatures(kb, *(one for one in every if one.entry != "suicide-danger")).review == NOT_REVIEWED
    assert with_signatures(kb, *(one for one in every if one.name == "A")).review == NOT_REVIEWED
    assert "signed" in Say("en").review(REVIEWED, "person")
    assert "firma" in Say("es").review(REVIEWED, "clinician")


def test_a_field_that_a_later_version_of_the_software_adds_voids_nothing() -> None:
    need = tiny().needs["use-any"]
    assert need.basis == "care"
    assert "basis" not in what_was_read(tiny(), "needs", "use-any")["entry"]  # at its default


def test_what_has_no_id_is_signed_by_the_name_of_its_kind() -> None:
    kb = shipped()
    assert names_of(kb, "after_24_hour_care") == ("after_24_hour_care",)
    assert name_in("after_24_hour_care", "after_24_hour_care") == "0"
    one = signed(kb, "after_24_hour_care", "after_24_hour_care")
    assert with_signatures(kb, one).review_of("after_24_hour_care", "after_24_hour_care").state == "reviewed"
    assert not can_be_signed("derivations")
    assert not can_be_signed("nothing")


def test_every_entry_that_can_be_signed_has_a_digest_of_its_own() -> None:
    kb = shipped()
    found = [digest_of(kb, key, name) for key in signable() for name in names_of(kb, key)]
    assert len(found) == len(set(found)) > 1000


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: needs", "kind: nedes", "signs an entry of [nedes], of which none can be signed. Did you mean needs?"),
        (
            "kind: needs",
            "kind: sources",
            "signs an entry of [sources], of which none can be signed. Did you mean services?",
        ),
        ("credentials: MD", "credentials: ''", "[credentials] with ['']: string should have at least 1 character."),
        ("read: both", "read: all", "[read] with ['all']: input should be 'rule', 'words' or 'both'."),
        ("'2026-12-01'", "'1 December'", "[on] with ['1 December']"),
        ("digest: ", "digest: x", "[digest] with ['x"),
    ],
)
def test_a_signature_that_cannot_be_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    sign_in(tmp_path, signed(tiny(), "needs", "mood-moderate"))
    text = (tmp_path / "sign_offs.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "sign_offs.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert re.search(r"sign_offs\.yaml:\d+: " + re.escape(said), problems(tmp_path)), problems(tmp_path)


def test_what_is_told_of_a_need_says_who_signed_it_and_what_changed(root: Path, tmp_path: Path) -> None:
    answers = known(use__shakes="mild", life__danger="yes", score__mood="high")
    rec = trellis.decide(trellis.load(root), answers, as_of=AS_OF)
    say = (Say("en"), Say("es"))
    assert [one.review_of(rec.need(NEED).review) for one in say] == [
        "clinically reviewed by A. Invented, MD, on December 1, 2026",
        "con revisión clínica de A. Invented, MD, el 1 de diciembre de 2026",
    ]
    (plain,) = [need for need in rec.to_json()["needs"] if need["id"] == NEED]
    assert plain["review"] == "clinically reviewed by A. Invented, MD, on December 1, 2026"
    again = changed(root, tmp_path, FILE, "within_hours: 72", "within_hours: 48")
    later = trellis.decide(again, answers, as_of=AS_OF).need(NEED).review
    assert [one.review_of(later) for one in say] == [
        "changed since it was reviewed by A. Invented, MD, on December 1, 2026",
        "con cambios desde la revisión de A. Invented, MD, el 1 de diciembre de 2026",
    ]
    assert "changed since" in say[0].entry_review(later, "person")
    assert say[0].entry_review(EntryReview(), "person") == say[0].review(NOT_REVIEWED, "person")


def test_a_need_sent_to_another_process_keeps_its_review(root: Path) -> None:
    rec = trellis.decide(trellis.load(root), {"use.shakes": "mild"}, as_of=AS_OF)
    assert pickle.loads(pickle.dumps(rec.need(NEED))).review == rec.need(NEED).review  # noqa: S301
