"""Hours in words are the hours of the rule, to everybody and in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import trellis
from tests.prove.planting import need, with_file
from tests.support import shipped
from trellis.kinds.known_fault import KnownFault
from trellis.prove.check import hours
from trellis.prove.faults import unknown_faults
from trellis.prove.hours import hours_in_words, times_told

EN, ES = "You said so. A clinician needs to see you {}.", "Usted lo dijo. Un profesional necesita verle {}."


@pytest.mark.parametrize(
    ("words", "lang", "least", "most"),
    [
        ("within an hour", "en", 1, 1), ("within 24 hours", "en", 24, 24), ("within a day", "en", 24, 24),
        ("within three days", "en", 72, 72), ("within a week", "en", 168, 168), ("within two weeks", "en", 336, 336),
        ("within hours", "en", 2, 23), ("within a few hours", "en", 2, 23), ("within some days", "en", 48, 144),
        ("today", "en", 1, 24), ("on the same day", "en", 1, 24), ("within a month", "en", 720, 720),
        ("en una hora", "es", 1, 1), ("en 24 horas", "es", 24, 24), ("en el plazo de un día", "es", 24, 24),
        ("en el plazo de tres días", "es", 72, 72), ("dentro de dos semanas", "es", 336, 336),
        ("en cuestión de horas", "es", 2, 23), ("en pocas horas", "es", 2, 23), ("hoy", "es", 1, 24),
        ("el mismo día", "es", 1, 24), ("en menos de 4 horas", "es", 4, 4), ("en un mes", "es", 720, 720),
    ],
)  # fmt: skip
def test_a_time_is_read_out_of_words(words: str, lang: str, least: int, most: int) -> None:
    (told,) = times_told((EN if lang == "en" else ES).format(words), lang)
    assert (told.least, told.most) == (least, most)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Suicidal behavior within 7 days, or thoughts.", "en"),
        ("An overdose in the past 30 days is looked at.", "en"),
        ("A call or visit within two days can help.", "en"),
        ("Evaluation decides; contact within 48 hours.", "en"),
        ("A team sees you on several days a week.", "en"),
        ("La última bebida fue en los últimos 5 días.", "es"),
        ("Una llamada o visita dentro de dos días ayuda.", "es"),
        ("Atención de día y de noche.", "es"),
    ],
)
def test_a_time_of_something_else_is_no_promise(text: str, lang: str) -> None:
    assert times_told(text, lang) == []


def test_of_several_times_the_one_of_the_evaluation_counts() -> None:
    text = "Contact within 48 hours and evaluation within 24 hours."
    assert [told.most for told in times_told(text, "en")] == [24]


def words(en: str, es: str) -> str:
    person = f"{{en: {EN.format(en)}, es: {ES.format(es)}}}"
    return f"{{person: {person}, clinician: {{en: Planted fault., es: Defecto puesto.}}}}"


@pytest.mark.parametrize(
    ("en", "es", "rule", "wrong"),
    [
        ("within a day", "en el plazo de un día", 24, []),
        ("within hours", "en cuestión de horas", 4, []),
        ("within a day", "en el plazo de un día", 72, ["within a day", "en el plazo de un día"]),
        ("within a day", "en el plazo de tres días", 24, ["en el plazo de tres días"]),
        ("within hours", "en cuestión de horas", 48, ["within hours", "en cuestión de horas"]),
        ("today", "hoy", 24, []),
        ("today", "hoy", 72, ["today", "hoy"]),
        ("within three days", "en el plazo de tres días", None, ["within three days", "en el plazo de tres días"]),
        ("soon", "pronto", None, []),
    ],
)
def test_words_that_say_other_hours_than_the_rule_are_found(
    en: str, es: str, rule: int | None, wrong: list[str], tmp_path: Path
) -> None:
    evaluate = f"{{by: psychiatrist, within_hours: {rule}}}" if rule else None
    kb = with_file(tmp_path, need(because=words(en, es), evaluate=evaluate))
    found = [str(finding) for name, finding in hours_in_words(kb) if name == "planted"]
    assert len(found) == len(wrong)
    assert all(f"[{told}]" in line for told, line in zip(wrong, found, strict=True))


def test_the_part_that_tells_the_time_must_tell_one(tmp_path: Path) -> None:
    kb = with_file(
        tmp_path,
        need(
            because=words("at home", "en casa"),
            evaluate="{by: psychiatrist, within_hours: 24}",
            within="{person: {en: at home, es: en casa}}",
        ),
    )
    assert [finding.level for name, finding in hours_in_words(kb) if name == "planted"] == ["error", "error"]


def test_words_and_rule_agree_in_all_that_is_shipped_but_for_known_faults() -> None:
    assert [str(finding) for finding in hours(shipped()) if finding.level == "error"] == []
    assert sum(1 for need in shipped().needs.values() if need.evaluate is not None) > 30


def fault(theorem: str) -> trellis.Knowledge:
    planted = KnownFault(id="planted", theorem=theorem, why="A.", since="2026-11-30")
    return shipped().with_changes(known_faults={"planted": planted})


def test_a_known_fault_is_a_warning_and_one_that_is_mended_an_error(tmp_path: Path) -> None:
    kb = with_file(tmp_path, need(because=words("today", "hoy")))
    known = {"planted": KnownFault(id="planted", theorem="hours: planted", why="A.", since="2026-11-30")}
    levels = {f.level for f in hours(kb.with_changes(known_faults=known)) if "[planted]" in str(f)}
    assert levels == {"warning"}
    mended = [str(finding) for finding in hours(fault("hours: suicide-danger")) if finding.kind == "fault"]
    assert mended == [
        "error [fault] known_faults [planted]: [hours: suicide-danger] holds now. "
        "Take the entry out: the list can only shrink."
    ]


@pytest.mark.parametrize(
    ("theorem", "told"),
    [
        ("hours: suicide-dangr", "is of [suicide-dangr], which is not there. Did you mean suicide-danger"),
        ("property: no-such", "is of [no-such], which is not there."),
        ("monotone: suicide-danger", "is of a theorem [monotone], of which no fault may be kept."),
        ("held: both, adult, no", "is of a theorem [held], of which no fault may be kept."),
    ],
)
def test_a_known_fault_of_something_that_is_not_there_is_found(theorem: str, told: str) -> None:
    (found,) = unknown_faults(fault(theorem))
    assert told in str(found)


def test_the_shipped_faults_are_of_what_is_there() -> None:
    assert list(unknown_faults(shipped())) == []
