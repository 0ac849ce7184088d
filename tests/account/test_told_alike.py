"""What a place gives less of, and where to search for one, are told alike everywhere, in whole sentences."""

from __future__ import annotations

from typing import Any

import pytest

import trellis
from tests.guide.test_danger import drawn
from tests.support import AS_OF, complete, message, shipped
from trellis.account import LOCATOR, filters_in_groups
from trellis.cli import public
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.kinds.text import LANGUAGES
from trellis.plans import make_plan
from trellis.plans.render import to_html, to_markdown
from trellis.say import Say

DAILY = {"focus": "both", "age": "adult", "pregnancy": "no", "use.alcohol": "severe", "function.structure": "daily"}

UNHURRIED = {"focus": "both", "age": "adult", "pregnancy": "no", "mental.depression": "moderate"}
"""Nobody must look soon, so that a place beside the least is shown too."""


def one_line(text: str) -> str:
    return " ".join(text.split())


def terminal(lang: str, given: dict[str, Any], capsys: pytest.CaptureFixture[str], role: str = "person") -> str:
    rec = trellis.decide(shipped(), given, as_of=AS_OF)
    public.short(View(rec, Say(lang), Terminal(), role))
    return one_line(capsys.readouterr().out)


def rows(lang: str) -> set[str]:
    """Every line that names an axis and a step, which says nothing to somebody who does not know our words."""
    axes = shipped().axes.values()
    return {f"{axis.name.in_language(lang)}: {step.name.in_language(lang)}" for axis in axes for step in axis.steps}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_an_axis_is_told_in_a_sentence(lang: str) -> None:
    for axis in shipped().axes.values():
        for step in axis.steps:
            assert step.told is not None, (axis.id, step.id)
            words = step.told.in_language(lang)
            assert words[:1].isupper(), words
            assert words.endswith("."), words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_place_gives_less_of_is_said_in_sentences_everywhere(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settled = complete(shipped(), UNHURRIED)
    frame = message("ways.short", lang).split("{given}")[1].split("{asked}")[0].strip()
    found = drawn(lang, answers=settled)
    shown = {screen: one_line(found[screen]) for screen in ("result", "comparison", "paper")}
    shown["terminal"] = terminal(lang, settled, capsys)
    for screen, words in shown.items():
        assert frame in words, screen
    for screen in ("result", "paper", "terminal"):
        assert not [row for row in rows(lang) if row in shown[screen]], screen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_filters_for_a_place_stand_on_screen_on_paper_in_the_terminal_and_in_the_persons_plan(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = DAILY | {"use.opioids": "severe"}
    rec = trellis.decide(shipped(), given, as_of=AS_OF)
    labels = [one.label for filters in filters_in_groups(rec).values() for one in filters]
    assert "Buprenorphine" in labels
    plan = make_plan(rec)
    found = drawn(lang, answers=given)
    shown = {
        "next": found["next"],
        "paper": found["paper"],
        "terminal": terminal(lang, given, capsys),
        "markdown": to_markdown(shipped(), plan, layout="full", role="person", lang=lang).replace("\\", ""),
        "html": to_html(shipped(), plan, layout="full", role="person", lang=lang),
    }
    title = Say(lang)("finding.title", name=LOCATOR)
    for where, words in shown.items():
        assert title in one_line(words), where
        assert not [label for label in labels if label not in one_line(words)], where
    assert title not in to_html(shipped(), plan, layout="full", role="clinician", lang=lang)
