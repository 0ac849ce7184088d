"""The settings in force: crisis lines first, each with the day of its check, and none that could not be reached."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support import AS_OF, shipped
from trellis.errors import Problem
from trellis.guide.site import CHECK_DAYS, Site, read_site, shows
from trellis.guide.site_file import SiteError
from trellis.library.watched import WATCH_DAYS

MORE = """
crisis:
  - contact: {en: Call 555-0122, es: Llame al 555-0122}
    what_for: {en: The crisis team of our county., es: El equipo de crisis de nuestro condado.}
    tel: 555-0122
    checked: 2026-11-20
"""
INSTEAD = """
crisis:
  - line: line_911
    contact: {en: Call 911 or 555-0111, es: Llame al 911 o al 555-0111}
    tel: 911
    checked: 2026-11-20
"""

ORDER = {
    "en": ["line_911", "line_988", "line_988_text", "line_988_chat", "line_988_es", "line_veterans", "line_988_asl"],
    "es": ["line_911", "line_988_es", "line_988", "line_988_text", "line_988_chat", "line_veterans", "line_988_asl"],
}
"""The lines that stand in every guide, in the order of each language."""


def settings(tmp_path: Path, text: str, as_of: date = AS_OF) -> tuple[Site, list[Problem]]:
    path = tmp_path / "site.yaml"
    path.write_text(text, encoding="utf-8")
    return read_site(path, shipped(), as_of)


def test_what_ships_has_nothing_to_warn_of_and_every_crisis_line() -> None:
    site, warnings = read_site(None, shipped(), AS_OF)
    assert warnings == []
    for lang in ("en", "es"):
        assert [line.id for line in site.crisis(lang)] == ORDER[lang]
        assert all(
            line["contact"] and (line["tel"] or line["sms"] or line["web"])
            for line in site.to_json(lang)["lines"].values()
        )
    assert list(site.to_json("en")["lines"]) == list(shipped().lines)


def test_a_second_document_in_the_file_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        settings(tmp_path, "phones: []\n---" + MORE)
    assert "site.yaml:2: begins a second document, which would be dropped." in str(raised.value)


def test_a_line_that_the_site_adds_stands_below_the_others(tmp_path: Path) -> None:
    site, _ = settings(tmp_path, MORE)
    assert [line.id for line in site.crisis("es")] == [*ORDER["es"], "site_1"]
    assert site.to_json("es")["lines"]["site_1"]["contact"] == "Llame al 555-0122"


def test_a_line_of_the_site_takes_the_place_of_one_of_the_knowledge(tmp_path: Path) -> None:
    site, _ = settings(tmp_path, INSTEAD)
    first = site.crisis("en")[0]
    assert (first.id, first.contact.en, first.own) == ("line_911", "Call 911 or 555-0111", True)
    assert first.what_for == shipped().lines["line_911"].what_for
    assert [line.id for line in site.lines if line.own] == ["line_911"]


def test_a_line_that_nobody_checked_for_long_is_warned_of_and_stays(tmp_path: Path) -> None:
    late = date(2026, 11, 20) + timedelta(days=CHECK_DAYS + 1)
    site, warnings = settings(tmp_path, MORE, as_of=late)
    assert site.crisis("en")[-1].id == "site_1"
    ours = [str(problem) for problem in warnings if "site.yaml" in problem.where]
    assert len(ours) == 1
    assert "[Call 555-0122] was last checked on [2026-11-20], more than 180 days ago." in ours[0]
    assert ":6: " in ours[0]
    _, warnings = settings(tmp_path, MORE, as_of=late - timedelta(days=1))
    assert not [problem for problem in warnings if "site.yaml" in problem.where]


def test_the_lines_of_one_file_of_the_knowledge_are_one_warning(tmp_path: Path) -> None:
    _, warnings = read_site(None, shipped(), AS_OF + timedelta(days=400))
    unchecked = [problem for problem in warnings if "last checked" in problem.what]
    assert 1 <= len(unchecked) <= 3
    assert all("below `crisis:`" in problem.remedy for problem in unchecked)


def test_checking_a_line_of_the_knowledge_ends_the_warning_about_it(tmp_path: Path) -> None:
    late = AS_OF + timedelta(days=400)
    checked = "crisis:\n" + "".join(f"  - {{line: {name}, checked: {late}}}\n" for name in shipped().lines)
    site, warnings = settings(tmp_path, checked, as_of=late)
    assert not [problem for problem in warnings if "last checked" in problem.what or "[line_" in problem.what]
    assert all(line.checked == late and not line.own for line in site.lines)


@pytest.mark.parametrize(("day", "says"), [(-WATCH_DAYS - 1, ""), (-WATCH_DAYS, "in 30 days"), (1, "1 day ago")])
def test_a_line_that_is_to_change_is_warned_of_in_time_and_until_somebody_looks(day: int, says: str) -> None:
    line = shipped().lines["line_lgbtq_youth"]
    as_of = date.fromisoformat(line.watch_until) + timedelta(days=day)
    _, warnings = read_site(None, shipped(), as_of)
    told = [problem.what for problem in warnings if f"[{line.id}] " in problem.what]
    assert len(told) == bool(says)
    assert all(says in what and line.watch_for in what for what in told)


def test_a_site_that_checked_a_line_since_its_day_is_not_warned_of_it(tmp_path: Path) -> None:
    late = date(2027, 1, 10)
    told = {}
    for day in ("2026-12-30", "2026-12-31"):
        text = f"crisis:\n  - {{line: line_lgbtq_youth, checked: {day}}}\n"
        told[day] = any("[line_lgbtq_youth]" in problem.what for problem in settings(tmp_path, text, late)[1])
    assert told == {"2026-12-30": True, "2026-12-31": False}


def test_a_line_with_another_way_in_for_each_language_shows_each_reader_their_own() -> None:
    site, _ = read_site(None, shipped(), AS_OF)
    silent = {lang: site.to_json(lang)["lines"]["line_domestic_violence_silent"] for lang in ("en", "es")}
    assert (silent["en"]["sms"], silent["es"]["sms"]) == ("88788", "")
    assert silent["es"]["web"] == "https://espanol.thehotline.org"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crisis:\n  - {line: line_98, checked: 2026-11-20}", "[line_98] is no line. Did you mean"),
        ("crisis:\n" + "  - {line: line_988, checked: 2026-11-20}\n" * 2, "[line_988] stands here twice."),
        ("crisis:\n  - {checked: 2026-11-20}", "a crisis line has no [contact]."),
        ("crisis:\n  - {line: line_988, tel: 988, checked: 2026-11-20}", "a crisis line has no [contact]."),
        ("crisis:\n  - {contact: {en: Ask us, es: Pida}, checked: 2026-11-20}", "[Ask us] leads nowhere."),
        (MORE.replace("tel: 555-0122", "tel: 555-0123"), "does not show the number it reaches: [555-0123]."),
        (MORE.replace("Llame al 555-0122", "Llame"), "[Llame] does not show the number"),
        (MORE.replace("2026-11-20", "2027-01-01"), "after the day of the build [2026-11-23]."),
    ],
)
def test_a_line_that_would_mislead_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SiteError) as caught:
        settings(tmp_path, text)
    assert said in str(caught.value)
    assert f"{tmp_path / 'site.yaml'}:" in str(caught.value)


@pytest.mark.parametrize("title", ["Crisis help", "My recovery", "Ayuda con drogas", "Terapia"])
def test_a_title_that_tells_what_the_page_is_about_is_warned_of(tmp_path: Path, title: str) -> None:
    _, warnings = settings(tmp_path, f"neutral_title: {title}")
    assert len(warnings) == 1
    assert all("tells what the page is about" in problem.what for problem in warnings)


def test_the_number_may_stand_in_the_words_as_people_write_it() -> None:
    for contact in ("Call 1-800-662-4357", "Call (800) 662-4357 now", "Call +1 800.662.4357", "Call 8006624357"):
        assert shows(contact, "800 662 4357"), contact
    for contact in ("Call 800-662-435", "Call 800-662-43570", "Call us"):
        assert not shows(contact, "8006624357"), contact


def test_a_site_speaks_each_language_whole(tmp_path: Path) -> None:
    site, _ = settings(
        tmp_path,
        "name: {en: Harbor Clinic, es: Clínica del Puerto}\n"
        "phones:\n  - {label: {en: Front desk, es: Recepción}, tel: 555-0100, hours: 24/7}\n"
        "insurance: [Medicaid, {en: Private, es: Privado}]\n"
        "links:\n  - {label: {en: County, es: Condado}, address: https://county.example.org/help, "
        "what_for: {en: Food., es: Comida.}}\n",
    )
    spanish = site.to_json("es")
    assert spanish["name"] == "Clínica del Puerto"
    assert spanish["phones"] == [{"label": "Recepción", "tel": "555-0100", "hours": "24/7"}]
    assert spanish["insurance"] == ["Medicaid", "Privado"]
    assert spanish["links"][0] == {
        "label": "Condado", "address": "https://county.example.org/help", "what_for": "Comida.",
    }  # fmt: skip
