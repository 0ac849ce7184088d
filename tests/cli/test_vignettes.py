"""A site's own people, and who of them comes out otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml12
from typer.testing import Result

import trellis
from tests.support import AS_OF, VIGNETTES, complete, shipped, vignettes
from trellis.cli import vignettes as people

Invoke = Callable[..., Result]
ONE = """people:
  - id: sam
    answers: {focus: mental_health, age: adult, pregnancy: no, harm.suicide_thoughts: intent, harm.stays_safe: no}
    expect: {now: %s, urgent: [%s]}
    because: [%s]
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    monkeypatch.setattr("trellis.prove.check", lambda kb, as_of: [])

    def write(text: str) -> str:
        (tmp_path / "people.yaml").write_text(text, encoding="utf-8")
        return str(tmp_path / "people.yaml")

    return write


@pytest.mark.parametrize("file", sorted(VIGNETTES.glob("*.yaml")), ids=lambda file: file.name)
def test_all_people_of_the_project_come_out_as_expected(file: Path) -> None:
    found, count = people.run(shipped(), str(file), AS_OF)
    assert [str(one) for one in found] == []
    assert count == len(yaml12.read_yaml(file)["people"])


def test_the_others_are_at_their_best_as_in_the_tests() -> None:
    for one in vignettes():
        try:
            filled = people.complete(shipped(), one["answers"], AS_OF)
        except trellis.AnswerError:  # one whose answers do not go together
            continue
        if {"focus", "age", "pregnancy"} <= set(one["answers"]):
            assert filled == complete(shipped(), one["answers"]), one["id"]


def test_who_comes_out_as_expected_is_counted(written: Callable[[str], str], invoke: Invoke) -> None:
    rec = trellis.decide(
        shipped(), people.complete(shipped(), {"focus": "mental_health", "age": "adult", "pregnancy": "no",
                                               "harm.suicide_thoughts": "intent", "harm.stays_safe": "no"}, AS_OF),
        as_of=AS_OF,
    )  # fmt: skip
    assert rec.now is not None
    file = written(ONE % (rec.now.ids[0], "suicide", rec.active[0].id))
    done = invoke("check", "--vignettes", file, "--as-of", "2026-11-23")
    assert done.exit_code == 0, done.stdout
    assert "1 person of" in done.stdout
    assert "0 of them otherwise" in " ".join(done.stdout.split())


def test_who_comes_out_otherwise_is_told_with_what_was_expected_and_found(
    written: Callable[[str], str], invoke: Invoke
) -> None:
    file = written(ONE % ("outpatient", "", "no-such-need"))
    done = invoke("check", "--vignettes", file, "--json")
    assert done.exit_code == 3
    told = json.loads(done.stdout)
    assert {one["kind"] for one in told} == {"vignette"}
    whats = [one["what"] for one in told]
    assert whats[0].startswith("now: expected [outpatient], found [")
    assert whats[1].startswith("urgent: expected [none], found [suicide")
    assert whats[2].startswith("because: expected [no-such-need], found [")
    assert all(one["where"].endswith("people.yaml: sam") for one in told)


def test_somebody_whose_answers_are_wrong_is_told_and_the_others_are_decided(
    written: Callable[[str], str], invoke: Invoke
) -> None:
    file = written(
        "people:\n"
        "  - {id: wrong, answers: {harm.anny: no}, expect: {}}\n"
        "  - {id: open, others: unknown, answers: {age: adult}, expect: {now: outpatient}}\n"
        "  - {id: range, others: unknown, answers: {age: adult},"
        " expect: {now: {least: hospital, most: self_management}}}\n"
    )
    told = json.loads(invoke("check", "--vignettes", file, "--json").stdout)
    assert "answers[harm.anny]" in told[0]["what"]
    assert told[1]["what"].startswith("now: expected [outpatient], found it not settled: [")
    assert [one["what"].split(":")[0] for one in told[2:]] == ["now, least", "now, most"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\n", "holds no [people]. Write `people:` and below it a list."),
        ("people: []\n", "holds no [people]."),
        ("people: [sam]\n", "people[0]: is [sam]."),
        ("people: [{id: a, answers: {}}]\n", "has no [expect]."),
        (
            "people: [{id: a, answers: {}, expect: {}, anwers: {}}]\n",
            "has [anwers], which means nothing. Did you mean answers?",
        ),
        ("people: [{id: a, answers: {}, expect: {nowt: iop}}]\n", "has [nowt], which means nothing. Did you mean now?"),
        ("people: [{id: a, answers: {}, expect: {now: {least: iop}}}]\n", "expect.now: is [{least: iop}]."),
        ("people: [{id: a, answers: {}, expect: {urgent: suicide}}]\n", "expect.urgent: is [suicide]."),
        ("people: [{id: a, answers: [], expect: {}}]\n", "answers: is [[]]. Write a mapping."),
        ("people: [{id: a, answers: {}, expect: {}, others: some}]\n", "others: is [some]. It may be best or unknown."),
        ("people: [{id: a, answers: {}, expect: {}, because: x}]\n", "because: is [x]."),
        (
            "people: [{id: a, answers: {}, expect: {}}, {id: a, answers: {}, expect: {}}]\n",
            "has the id [a] of somebody above.",
        ),
    ],
)
def test_a_file_that_is_not_of_the_form_is_refused(
    text: str, told: str, written: Callable[[str], str], invoke: Invoke
) -> None:
    done = invoke("check", "--vignettes", written(text))
    assert done.exit_code == 1
    assert told in " ".join(done.stderr.split())
