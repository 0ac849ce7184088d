"""How answers join, in both readers, against expectations written by hand (see README.md here)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml12

import trellis
from tests.joining.write_table import DOCS, written
from tests.support import shipped
from trellis.decide.adding import with_answers
from trellis.errors import AnswerError
from trellis.guide.core import core_of

HERE = Path(__file__).parent
AS_OF = "2026-11-29"
RULES: list[dict[str, str]] = yaml12.read_yaml(HERE / "rules.yaml")["rules"]
PEOPLE: list[dict[str, Any]] = yaml12.read_yaml(HERE / "people.yaml")["people"]
NONE_UNLESS_SAID = ("urgent", "latched", "standing", "expired")
ONLY_WHERE_SAID = ("disagreements", "unanswerable", "hold", "fresh", "counted", "refused")
Found = Mapping[str, Any]


def in_python(row: Mapping[str, Any]) -> Found:
    """What the Python core finds of a row."""
    kb, day = shipped(), date.fromisoformat(row.get("as_of", AS_OF))
    answers = with_answers(kb, row["answers"], row.get("later", {}))
    try:
        rec = trellis.decide(kb, answers, as_of=day)
    except AnswerError as error:
        refused = [problem.where.removeprefix("answers[").removesuffix("]") for problem in error.problems]
        return {"refused": refused, "urgent": [view.id for view in trellis.danger_in(kb, answers, as_of=day)]}
    question = trellis.next_question(kb, answers, as_of=day)
    again = question is not None and (question.again or question.screen.id == "harm.danger_now")
    contexts = [kb.contexts[number] for number in rec._state[1].contexts]
    return {
        "facts": {name: [view.best, view.worst] for name, view in rec.facts.items()},
        "urgent": [view.id for view in rec.urgent],
        "fresh": [view.id for view in rec.urgent if not view.latched],
        "latched": list(rec.latched),
        "standing": [held.fact for held in rec.standing],
        "expired": [old.name for old in rec.expired],
        "disagreements": [found.fact for found in rec.disagreements],
        "unanswerable": list(rec.unanswerable),
        "hold": list(rec.hold.needs) if rec.hold else [],
        "counted": list(rec.counted),
        "contexts": {name: list(dict.fromkeys(context[name] for context in contexts)) for name in kb.factors},
        "asks_again": question.facts[0] if again and question else "nothing",
    }


@pytest.fixture(scope="module")
def in_javascript(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What the guide's reader finds of each row."""
    folder = tmp_path_factory.mktemp("joining")
    rows = [{"as_of": AS_OF} | {key: row[key] for key in ("answers", "later", "as_of") if key in row} for row in PEOPLE]
    for name, content in (("core.json", core_of(shipped())), ("rows.json", rows)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    command = ["node", HERE / "js" / "joining.mjs", folder / "core.json", folder / "rows.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for one in found:
        # Which active needs hold is no concern of the guide's screens: the knowledge says it.
        one["hold"] = [need for need in one.get("hold", ()) if shipped().needs[need].phase == "hold"]
    return dict(zip((row["id"] for row in PEOPLE), found, strict=True))


def hold_against(row: Mapping[str, Any], found: Found) -> None:
    """Every expectation of a row, against what a reader found."""
    assert set(found.get("refused", ())) == set(row.get("refused", ())), "refused"
    if "refused" in row:
        assert set(found["urgent"]) == set(row.get("urgent", ())), "urgent"
        return
    for key in NONE_UNLESS_SAID:
        assert set(found[key]) == set(row.get(key, ())), key
    for key in ONLY_WHERE_SAID:
        if key in row and key in found:
            assert set(found[key]) == set(row[key]), key
    for fact, ends in row.get("facts", {}).items():
        assert found["facts"][fact] == ends, fact
    for factor, values in row.get("contexts", {}).items():
        assert found["contexts"][factor] == values, factor
    if "asks_again" in row:
        asked = found["asks_again"]
        # After danger the first question is on danger now, which is nothing that is asked again.
        assert asked == row["asks_again"] or (row["asks_again"] == "nothing" and asked == "harm.danger_now")


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["id"])
def test_answers_join_by_the_rules_in_python(row: Mapping[str, Any]) -> None:
    hold_against(row, in_python(row))


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["id"])
def test_answers_join_by_the_rules_in_the_guides_reader(
    row: Mapping[str, Any], in_javascript: Mapping[str, Found]
) -> None:
    hold_against(row, in_javascript[row["id"]])


def test_every_rule_has_people_and_every_person_a_rule() -> None:
    assert {row["rule"] for row in PEOPLE} == {rule["id"] for rule in RULES}
    assert len({row["id"] for row in PEOPLE}) == len(PEOPLE)


def test_every_rule_is_a_line_of_the_table_in_the_docs() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    assert docs == written(docs), "run: python -m tests.joining.write_table"
    assert all(rule["says"] in docs for rule in RULES)


def test_an_expectation_that_is_not_met_fails() -> None:
    row = next(row for row in PEOPLE if row["id"] == "plan-of-september")
    for wrong in (
        {"urgent": []},
        {"latched": []},
        {"facts": {"harm.suicide_thoughts": ["none", "plan"]}},
        {"hold": []},
    ):
        with pytest.raises(AssertionError):
            hold_against(row | wrong, in_python(row))
