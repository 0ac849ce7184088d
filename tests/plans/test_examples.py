"""The worked examples stay what the software makes of them today, and stay fit to show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.plans import write_examples
from tests.plans.write_examples import FOLDER, case, files, plan, recommendation
from tests.support import shipped, vignettes
from trellis.cli import app
from trellis.compare import read_matters
from trellis.plans import find_gaps, read_person, review
from trellis.plans.view import PlanView

CASES = files()
KNOWN = [path for path in CASES if case(path)["answers"]]
"""The examples of people of whom something is known."""
BY_NAME = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
BY_KNOWN = pytest.mark.parametrize("path", KNOWN, ids=lambda path: path.stem)


def test_there_are_twenty_one_and_of_one_person_nothing_is_known() -> None:
    assert len(CASES) == 21
    assert len(KNOWN) == 20


def test_the_files_on_disk_are_what_is_rendered_now() -> None:
    pages = write_examples.rendered()
    assert {path.name for path in FOLDER.glob("*.md")} == {*pages, "README.md"}
    stale = [name for name, text in pages.items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert not stale, "run: python -m tests.plans.write_examples"


@BY_KNOWN
def test_an_example_says_that_the_person_is_invented_and_from_which_vignette(path: Path) -> None:
    comment = path.read_text(encoding="utf-8").partition("as_of")[0].replace("\n# ", " ")
    found = re.search(r"From the vignette (\S+) in", comment)
    assert found is not None
    assert found[1] in {one["id"] for one in vignettes()}
    assert "invented" in comment
    assert "(invented)" in plan(path).called


@BY_KNOWN
def test_an_example_holds_what_its_vignette_says_except_for_what_its_comment_names(path: Path) -> None:
    comment = path.read_text(encoding="utf-8").partition("as_of")[0].replace("\n# ", " ")
    name = comment.split("From the vignette ")[1].split()[0]
    vignette = next(one for one in vignettes() if one["id"] == name)
    mine = case(path)["answers"]
    named = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", comment))
    assert not [fact for fact, given in vignette["answers"].items() if mine[fact] != given and fact not in named]


@BY_KNOWN
def test_an_example_settles(path: Path) -> None:
    assert recommendation(path).settled


@BY_NAME
def test_no_goal_of_an_example_lacks_anything(path: Path) -> None:
    assert not [gap for gap in find_gaps(shipped(), plan(path)) if gap.goal]


@BY_NAME
def test_what_matters_in_an_example_can_be_rated(path: Path) -> None:
    problems: list[object] = []
    read_matters(shipped(), read_person(case(path)["person"]).matters, problems)  # type: ignore[arg-type]
    assert not problems


def test_some_examples_still_have_something_to_do() -> None:
    assert [path for path in CASES if find_gaps(shipped(), plan(path))]
    assert [path for path in CASES if not plan(path).agreed]


@BY_NAME
def test_an_example_proposes_at_most_six_approaches_and_two_reasons_for_each(path: Path) -> None:
    made = plan(path)
    assert len(made.interventions) <= 6
    assert all(len(one.why) <= 2 for one in made.interventions)


@BY_NAME
def test_the_next_steps_of_an_example_are_three_different_ones_the_soonest_first(path: Path) -> None:
    days = [action.by for action in plan(path).actions]
    assert days == sorted(days)
    assert len({action.what.en for action in plan(path).actions}) == len(days) == 3


def test_the_answers_for_a_review_lead_from_the_hospital_to_less_care() -> None:
    before = plan(FOLDER / "suicidal-crisis-hospital.yaml")
    new = case(FOLDER / "review-new-answers.yaml")
    found = review(shipped(), before, new["answers"], as_of=new["as_of"], person=new.get("person"))
    assert found.step == "step_down"
    assert found.plan.version == 2
    view = PlanView(shipped(), found.plan, "en", "person")
    assert "day" in view.now.lower()


def test_the_docs_show_what_the_review_of_an_example_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (FOLDER.parents[1] / "docs" / "plans.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- review: (\S+) (\S+) -->\n```text\n(.*?)```", text, re.DOTALL)
    assert shown is not None
    monkeypatch.setenv("COLUMNS", "80")
    saved = str(tmp_path / "plan.json")
    made = CliRunner().invoke(app, ["plan", "new", str(FOLDER / shown[1]), "--out", saved])
    assert made.exit_code == 0, made.output
    printed = CliRunner().invoke(app, ["plan", "review", saved, str(FOLDER / shown[2])]).output
    assert shown[3].strip() in printed
