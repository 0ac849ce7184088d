"""What is kept, printed and shown to a clinician is the line that was on the screen, and what was chosen there.

Every question and every list of the guide is answered in every way, by the guide's own screens.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.guide.keeping import in_node, payload
from tests.support import AS_OF, shipped
from trellis.cli.guide_view import KeptView, show
from trellis.cli.terminal import Terminal
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.guide.keep import KeptAnswers
from trellis.guide.next_data import next_of
from trellis.guide.site import read_site
from trellis.guide.words import talk_of
from trellis.say import Say

ROOT = Path(__file__).parents[2]
WAYS = [("me", "en"), ("loved_one", "es")]
UNSAID = {"not_known", "declined"}
Case = dict[str, Any]


@cache
def cases(whom: str, lang: str) -> list[Case]:
    """Every way to answer every question and list: the screen, and what came of it."""
    kb = shipped()
    site, _ = read_site(None, kb, AS_OF)
    texts = {"talk": talk_of(kb, lang, site.to_json(lang)), "more": compare_of(kb, lang), "next": next_of(kb, lang)}
    given = json.dumps({"core": core_of(kb), "texts": texts, "whom": whom, "lang": lang}, default=list)
    done = subprocess.run(
        ["node", "tests/guide/js/record.mjs"],  # noqa: S607 - the one that is installed
        input=given,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Case] = json.loads(flat(done.stdout))
    return found


def every() -> Iterator[tuple[Case, str, str]]:
    for whom, lang in WAYS:
        for case in cases(whom, lang):
            yield case, whom, lang


def flat(text: str) -> str:
    """Without what a screen and a terminal break lines at: a line of several parts has one a row."""
    return re.sub(r"\s+", " ", text.replace(";", ""))


def parts(lang: str, topic: str) -> Mapping[str, str]:
    """The words before the lines of a list, by what was said of them."""
    say = Say(lang)
    return {name: say(f"{topic}.{name}") for name in ("ticked", "not_ticked", "none")}


def lines_of(case: Case) -> tuple[list[str], list[str]]:
    """The lines of a list that were ticked, and those that were not."""
    lines = {name: text for name, text in case["tiles"].items() if name not in {"none", *UNSAID}}
    picked = set(case["picked"])
    return [text for name, text in lines.items() if name in picked], [
        text for name, text in lines.items() if name not in picked
    ]


def told(case: Case, text: str, said: Mapping[str, str]) -> None:
    """The lines stand in a text behind what was said of them, and nowhere else."""
    ticked, empty = lines_of(case)
    if set(case["picked"]) & UNSAID:
        assert all(line in text for line in empty), (case["name"], text)
        assert said["ticked"] not in text
        assert said["none"] not in text
        return
    head = said["none"] if not ticked else said["not_ticked"]
    before, _, after = text.partition(head) if empty else (text, "", "")
    if ticked:
        before = before.partition(said["ticked"])[2]
    for line in ticked:
        assert line in before, (case["name"], line, text)
    for line in empty:
        assert line in after, (case["name"], line, text)
        assert line not in before or any(line in other for other in ticked), (case["name"], line, text)


def test_every_screen_is_answered() -> None:
    kb = shipped()
    names = {case["name"] for case in cases("me", "en")}
    lists = {name for name, screen in kb.screens.items() if screen.checklist}
    asked = {name for name, fact in kb.facts.items() if fact.kind != "evaluation"}
    assert names == lists | asked | set(kb.factors)
    assert all(case["screen"] == "considered" or case["picked"] for case, _, _ in every())


def test_the_record_on_the_screen_is_what_stood_there_and_what_was_chosen() -> None:
    for case, _, lang in every():
        entries = [entry for entry in case["entries"] if case["legend"] in entry]
        assert entries, (case["name"], case["legend"], case["entries"])
        if case["list"]:
            told(case, " ".join(entries), parts(lang, "guide.record"))
        else:
            (value,) = case["picked"]
            assert case["tiles"][value] in entries[0], (case["name"], value, entries)


def test_the_paper_says_the_same() -> None:
    kb = shipped()
    for case, _, lang in every():
        if not case["list"] and case["name"] in kb.facts and kb.facts[case["name"]].private:
            continue
        paper = case["paper"].partition(Say(lang)("guide.paper.answers"))[2]
        if case["list"]:
            assert case["legend"] in paper
            told(case, paper, parts(lang, "guide.record"))
        else:
            (value,) = case["picked"]
            assert case["tiles"][value] in paper, (case["name"], value, paper)


def test_what_is_kept_holds_the_line_and_what_was_chosen() -> None:
    for case, _, _ in every():
        kept = case["kept"]
        assert [one["of"] for one in kept["told"]] == list(kept["answers"])
        for one in kept["told"]:
            assert one["asked"] == case["legend"]
            if case["list"]:
                assert one["list"] == case["name"]
                assert one["said"] == case["tiles"][one["of"]]
                assert one["chosen"] == (one["of"] in case["picked"])
            else:
                assert one["said"] == case["tiles"][case["picked"][0]]


@pytest.mark.parametrize(("whom", "lang"), WAYS)
def test_guide_read_says_the_same(whom: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    for case in cases(whom, lang):
        text = read(case["kept"], lang, capsys)
        if case["list"]:
            assert case["legend"] in text, (case["name"], text)
            said = dict(parts(lang, "kept"))
            told(case, text.partition(case["legend"])[2], said)
        else:
            (value,) = case["picked"]
            expected = Say(lang)(f"kept.{value}") if value in UNSAID else case["tiles"][value]
            assert f"{expected} [{case['name']}]" in text, (case["name"], value, text)


def read(kept: Mapping[str, Any], lang: str, capsys: pytest.CaptureFixture[str], full: bool = False) -> str:
    """What ``trellis guide read`` prints."""
    answers = KeptAnswers.model_validate(kept)
    view = KeptView.of(shipped(), answers, as_of=max(AS_OF, answers.date), say=Say(lang), term=Terminal())
    show(view, full=full)
    return re.sub(r"\s(?:- )?", " ", flat(capsys.readouterr().out))


def test_no_score_is_written_down_that_nobody_gave(capsys: pytest.CaptureFixture[str]) -> None:
    case = next(one for one in cases("me", "en") if one["name"] == "scores" and one["picked"] == ["none"])
    for text in (" ".join(case["entries"]), case["paper"], read(case["kept"], "en", capsys)):
        assert "None of these were true: " in text
        assert "mild" not in text.casefold().partition("none of these were true")[2].partition("change")[0]


def test_a_low_score_of_the_first_form_tells_no_more_than_that_no_high_one_was_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = payload(lang="en", answers={"age": "adult", "score.alcohol_withdrawal": "mild"})
    text = read(old, "en", capsys)
    assert "not done, or no more than: Mild" in text


def test_words_of_another_version_are_shown_as_they_were_read(capsys: pytest.CaptureFixture[str]) -> None:
    case = next(one for one in cases("me", "en") if one["name"] == "scores" and one["picked"] == ["none"])
    kept = json.loads(json.dumps(case["kept"]))
    kept |= {"digest": "another", "lang": "en"}
    for one in kept["told"]:
        one["said"] = f"As it was: {one['said']}"
    first, *_ = shipped().screens["scores"].checklist
    assert f"As it was: {first.label.en}" in read(kept, "es", capsys)


def test_what_the_browser_opens_again_carries_the_record() -> None:
    case = next(one for one in cases("me", "en") if one["name"] == "use-which" and len(one["picked"]) == 1)
    core = core_of(shipped())
    (again,) = in_node({"do": "told", "core": core, "payload": case["kept"], "today": case["kept"]["date"]})
    assert [(one["of"], one["list"], one["chosen"]) for one in again] == [
        (one["of"], one["list"], one["chosen"]) for one in case["kept"]["told"]
    ]
