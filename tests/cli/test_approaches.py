"""Approaches on the terminal: the list, side by side, and which fit one person and why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.driver import too_wide
from tests.cli.test_commands import one_line
from tests.support import shipped
from trellis.cli.approaches import KINDS, TITLES
from trellis.compare.approaches import TOPICS, topics_of
from trellis.evidence import statement
from trellis.evidence.words import statement_lines

Invoke = Callable[..., Result]
KB = shipped()
PERSON = """
as_of: 2026-11-23
answers: {focus: both, age: adult, pregnancy: no, use.opioids: severe, mental.depression: moderate}
person:
  aims: [I want to keep my job, avoid_overdose, {words: my kids, serves: [be_a_better_parent]}, Zzz qqq]
  prefers: {wants: [individual], avoids: [group, injection]}
"""


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "person.yaml"
    path.write_text(PERSON, encoding="utf-8")
    return str(path)


def test_every_topic_and_kind_has_a_title() -> None:
    assert set(TITLES) == set(TOPICS)
    assert {one.kind for one in KB.approaches.values()} <= set(KINDS)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_list_names_every_approach(lang: str, invoke: Invoke) -> None:
    result = invoke("approaches", "--lang", lang)
    assert result.exit_code == 0
    assert too_wide(result.stdout) == []
    for one in KB.approaches.values():
        assert f"- {one.id}: " in result.stdout
        assert one_line(one.name.in_language(lang)) in one_line(result.stdout)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_side_by_side_tells_every_word_and_all_evidence(lang: str, role: str, invoke: Invoke) -> None:
    result = invoke("approaches", "cbt", "dbt", "mi", "--lang", lang, "--role", role)
    assert result.exit_code == 0
    assert too_wide(result.stdout) == []
    shown = one_line(result.stdout)
    for name in ("cbt", "dbt", "mi_met"):
        for claims in topics_of(KB, KB.approaches[name]).values():
            assert all(one_line(claim.in_language(lang)) in shown for claim in claims)
        for summary in KB.summaries.values():
            if summary.approach == name:
                for line in statement_lines(statement(KB, summary), lang, role=role)[1:]:
                    assert one_line(line) in shown
                assert one_line(summary.says.for_role(role).in_language(lang)) in shown


def test_benefit_and_limits_have_a_place_for_each_approach(invoke: Invoke) -> None:
    shown = invoke("approaches", "cbt", "ips", "naloxone").stdout
    benefit, limits = shown.split("What speaks for it")[1].split("Limits and harm")
    for name in ("cbt", "ips", "naloxone"):
        assert one_line(KB.approaches[name].name.en) in one_line(benefit)
        assert one_line(KB.approaches[name].name.en) in one_line(limits)


def test_every_source_number_leads_to_a_line_in_the_list(invoke: Invoke) -> None:
    shown = invoke("approaches", "cbt", "dbt", "mi").stdout
    body, listed = shown.split("\nSources\n")
    used = {int(n) for group in re.findall(r"\[(\d+(?:,\s+\d+)*)\]", body) for n in group.split(",")}
    numbers = [int(n) for n in re.findall(r"^\[(\d+)\]", listed, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert used == set(numbers)


def test_two_approaches_stand_in_two_columns(invoke: Invoke) -> None:
    shown = invoke("approaches", "cbt", "ipt", "--condition", "depression").stdout
    assert sum(" | " in line for line in shown.splitlines()) > 20
    assert too_wide(shown) == []


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["cbt", "dbt", "pe", "cpt", "emdr"], "1 to 4"),
        (["cbt", "dbx"], "Did you mean"),
        (["naltrexone", "cbt"], "may mean naltrexone_oral"),
    ],
)
def test_what_is_wrong_is_explained(names: list[str], words: str, invoke: Invoke) -> None:
    result = invoke("approaches", *names)
    assert result.exit_code == 1
    assert words in one_line(result.stderr)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_for_a_person_each_place_in_the_list_has_its_why(lang: str, role: str, invoke: Invoke, case: str) -> None:
    result = invoke("approaches", "--for", case, "--all", "--lang", lang, "--role", role)
    assert result.exit_code == 0
    assert too_wide(result.stdout) == []
    shown = one_line(result.stdout)
    found = json.loads(invoke("approaches", "--for", case, "--json").stdout)
    assert {one["approach"] for one in found["ranked"][:3]} == {"buprenorphine", "methadone", "naloxone"}
    for number, one in enumerate(found["ranked"], 1):
        assert (
            f"{number}. {one_line(KB.approaches[one['approach']].name.in_language(lang))} [{one['approach']}]" in shown
        )
        for rule in one["rules"]:
            assert one_line(KB.matches[rule].because.for_role(role).in_language(lang)) in shown
    for stopped in found["stopped"]:
        for stop in stopped["stops"]:
            assert one_line(KB.stops[stop].because.for_role(role).in_language(lang)) in shown


def test_aims_in_own_words_are_kept_and_what_was_found_in_them_is_to_be_confirmed(invoke: Invoke, case: str) -> None:
    shown = one_line(invoke("approaches", "--for", case).stdout)
    assert "“I want to keep my job”: is this meant?" in shown
    assert "serves: [keep_or_find_work]" in shown
    assert "“my kids”: " in shown
    assert "“Zzz qqq”: kept as it is" in shown


def test_what_is_not_wished_for_is_said(invoke: Invoke, case: str) -> None:
    shown = one_line(invoke("approaches", "--for", case, "--all").stdout)
    assert "Can include what was not wished for: in a group" in shown
    assert "Can have what was wished for: one to one." in shown


def test_the_rest_is_named_and_all_can_be_shown(invoke: Invoke, case: str) -> None:
    ranked = json.loads(invoke("approaches", "--for", case, "--json").stdout)["ranked"]
    shown = one_line(invoke("approaches", "--for", case).stdout)
    assert all(f"[{one['approach']}]" in shown for one in ranked)
    assert "All in full: --all" in shown


def test_side_by_side_for_a_person_says_where_each_stands(invoke: Invoke, case: str) -> None:
    shown = one_line(invoke("approaches", "buprenorphine", "cbt", "csc", "--for", case).stdout)
    assert "of" in shown.split("For what was said")[1]
    assert "Number 1 of" in shown or "Number 2 of" in shown


def test_an_aim_that_there_is_not_is_explained(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\nperson: {aims: [{serves: [keep_wrk]}]}\n", encoding="utf-8")
    result = invoke("approaches", "--for", str(path))
    assert result.exit_code == 1
    assert "[keep_wrk], which is no aim" in one_line(result.stderr)
