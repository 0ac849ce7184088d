"""What the law asks, as data: each with its citation, its words in both languages, and the right arithmetic."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trellis.kinds.justice import CONSENT_EVENTS, CONSENT_PURPOSES, RECIPIENT_ROLES, REPORT_PARTS
from trellis.say import Say
from trellis.workspace.access.rules import Role, Thing
from trellis.workspace.consent import forms, leaving, written
from trellis.workspace.consent.clocks import clocks
from trellis.workspace.consent.law import VERIFIED, law
from trellis.workspace.consent.models import BreachSheet, Consent, LegalStanding, Restriction

TEMPLATES = Path(leaving.__file__).parents[1] / "templates" / "consent"
SAID = re.compile(r'\{% say "([a-z0-9_.]+)"')


def test_everything_the_law_asks_names_a_source_that_is_there_and_no_memory_is_cited() -> None:
    asked = [
        law().notice,
        law().office,
        *law().elements,
        *law().disclosures,
        *law().windows,
        *law().factors,
        *law().clocks,
    ]
    for one in asked:
        source = law().sources[one.source]
        assert source["verified"] in VERIFIED
        assert source["address"].startswith("https://")
        assert bool(one.citation) is (source["verified"] != "memory"), one
    assert {one.source for one in asked} | {
        "cfr-2-4",
        "cfr-2-26",
        "cfr-2-11-notes",
        "cfr-164-410",
        "cfr-164-524",
    } == set(law().sources)


def test_the_notice_is_the_short_statement_of_the_law_word_for_word() -> None:
    told = leaving.notice(Say("es"))
    assert told["statement"] == "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert told["law"] == "42 CFR 2.32(a)(2)"
    assert told["plain"].startswith("La ley federal")


def test_the_elements_are_the_nine_of_2_31_and_one_of_2_35() -> None:
    plain = Consent(given_as="self")
    assert [one.citation for one in written.needed(plain) if one.source == "cfr-2-31"] == [
        f"42 CFR 2.31(a)({number})" for number in (1, 8, 2, 3, 4, 5, 6, 7, 8, 9)
    ]
    assert "42 CFR 2.35(c)" in [one.citation for one in written.needed(Consent(justice=True))]


def test_the_parts_of_a_justice_consent_are_those_of_a_report_and_none_of_them_opens_a_thing() -> None:
    assert law().scopes["justice"] == ("person", *REPORT_PARTS)
    assert set(law().scopes["ordinary"]) <= {str(thing) for thing in Thing}
    assert set(REPORT_PARTS) & {str(thing) for thing in Thing} == set()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_sentence_that_is_put_together_from_two_words_is_there_in_both_languages(lang: str) -> None:
    say = Say(lang)
    names: dict[str, Any] = {
        "scope": {*law().scopes["ordinary"], *law().scopes["justice"]},
        "sees": {*law().scopes["ordinary"], *law().scopes["justice"]},
        "purpose": {*Consent.PURPOSES, *CONSENT_PURPOSES},
        "as": Consent.GIVEN_AS,
        "to": ("other", "group"),
        "role": {*map(str, Role), *RECIPIENT_ROLES, "upkeep"},
        "event": {"none", *written.EVENTS, *CONSENT_EVENTS},
        "ends": {*written.EVENTS, *CONSENT_EVENTS},
        "happened": {*written.EVENTS, *CONSENT_EVENTS} - {"until_taken_back"},
        "way": forms.DisclosureForm.WAYS,
        "disclosure": {one.id for one in law().disclosures},
        "disclosure_what": {one.id for one in law().disclosures},
        "window": {one.id for one in law().windows},
        "f": {need for one in law().disclosures for need in one.more["needs"]},
        "kind": LegalStanding.KINDS,
        "standing_new": LegalStanding.KINDS,
        "legal_status": LegalStanding.VALUES["legal_status"],
        "capacity": LegalStanding.VALUES["capacity"],
        "answer": Restriction.ANSWERS,
        "factor": BreachSheet.FACTORS,
        "level": BreachSheet.LEVELS,
        "finding": BreachSheet.FINDINGS,
        "clock": ("people", "secretary", "media"),
        "thing": {*map(str, Thing), "other"},
        "part": leaving.EVERYTHING - {"answer"},
    }
    for prefix, several in names.items():
        for name in several:
            assert say(f"workspace.law_{prefix}_{name}")


def test_every_sentence_of_a_template_is_in_the_catalogue_and_no_template_holds_bare_english() -> None:
    from trellis.say import catalogue

    known = {"workspace": catalogue.topic("workspace"), "justice": catalogue.topic("justice")}
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for key in SAID.findall(text):
            topic, _, name = key.rpartition(".")
            assert name in known[topic or "workspace"], f"{path.name}: {key}"
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text, flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]{3,}", bare), f"{path.name}: {bare.split()}"


def test_what_a_person_reads_is_read_at_grade_eight() -> None:
    import yaml

    from trellis import say
    from trellis.prove import reading

    path = Path(say.__file__).parent / "catalogue" / "workspace" / "consent.yaml"
    told = [one["en"] for one in yaml.safe_load(path.read_text(encoding="utf-8")).values()]
    sentences = [one for one in told if len(one.split()) > 5]
    assert reading.grade("\n".join(sentences)) <= 8
    assert [one for one in sentences if one.endswith(".") and reading.grade(one) > reading.HIGHEST_GRADE] == []


@pytest.mark.parametrize(
    ("discovered", "people", "in_a_state", "expected"),
    [
        (date(2026, 1, 1), 1, 1, ("2026-03-02", "2027-03-01", None)),
        (date(2026, 1, 1), 499, 499, ("2026-03-02", "2027-03-01", None)),
        (date(2026, 1, 1), 500, 500, ("2026-03-02", "2026-03-02", None)),
        (date(2026, 1, 1), 501, 501, ("2026-03-02", "2026-03-02", "2026-03-02")),
        (date(2026, 12, 31), 10, 10, ("2027-03-01", "2027-03-01", None)),
        (date(2027, 12, 31), 10, 10, ("2028-02-29", "2028-02-29", None)),
        (date(2026, 1, 1), None, None, ("2026-03-02", None, None)),
        (date(2026, 1, 1), 900, None, ("2026-03-02", "2026-03-02", "2026-03-02")),
        (date(2026, 1, 1), 900, 400, ("2026-03-02", "2026-03-02", None)),
    ],
)
def test_the_last_days_by_which_others_must_be_told(
    discovered: date, people: int | None, in_a_state: int | None, expected: tuple[str | None, ...]
) -> None:
    found = clocks(discovered, people, in_a_state)
    assert tuple(one.due and one.due.isoformat() for one in found) == expected
    assert [one.known for one in found] == [True, people is not None, in_a_state is not None or people in (1, 499)]


def test_a_delay_that_law_enforcement_asked_for_moves_a_day_before_its_end_and_no_later_one() -> None:
    moved = clocks(date(2026, 1, 1), 600, 600, date(2026, 6, 30))
    assert {str(one.due) for one in moved} == {"2026-07-01"}
    assert str(clocks(date(2026, 1, 1), 600, 600, date(2026, 1, 30))[0].due) == "2026-03-02"


def test_json_and_csv_begin_with_the_notice_and_a_cell_is_never_run_as_a_formula() -> None:
    told = leaving.notice(Say("en"))
    assert next(iter(json.loads(leaving.as_json({"record": {}}, told)))) == "notice"
    lines = leaving.as_csv(["a", "b"], [["=cmd()", "-1"], ["plain", None]], told).splitlines()
    assert lines[0].startswith("42 CFR part 2 prohibits")
    assert lines[2:] == ["'=cmd(),'-1", "plain,"]
