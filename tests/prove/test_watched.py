"""What will change on a known day is told in time, and no reader of Spanish is sent to somebody who speaks English."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import trellis
from tests.library.tiny import plant
from tests.prove.planting import copy
from tests.prove.test_check import kinds
from tests.support import shipped
from trellis.kinds.need import lines_in_order
from trellis.library.watched import WATCH_DAYS, watched
from trellis.prove.check import check
from trellis.prove.texts import NO_SPANISH
from trellis.say import catalogue

ENDS = date(2026, 12, 31)
"""The last day of the rule on controlled medicines by video."""


@pytest.mark.parametrize(("days", "told"), [(-WATCH_DAYS - 1, False), (-WATCH_DAYS, True), (0, True), (90, True)])
def test_the_checker_warns_from_thirty_days_before_a_rule_ends_until_somebody_writes_the_next_day(
    days: int, told: bool
) -> None:
    found = [one for one in check(shipped(), as_of=ENDS + timedelta(days=days)) if one.kind == "watch"]
    assert any("[telehealth]" in str(one) for one in found) == told
    assert all(one.level == "warning" for one in found)


def test_without_a_day_nothing_is_told_as_no_clock_is_read() -> None:
    assert not [one for one in check(shipped()) if one.kind == "watch"]


def test_what_is_watched_says_what_to_look_for_wherever_in_an_entry_it_stands() -> None:
    told = {one.name: one.what for one in watched(shipped(), date(2027, 1, 31))}
    assert {"line_lgbtq_youth", "telehealth", "insurance"} <= set(told)  # an entry, a drawback, a part of a moment
    assert all(told.values())


@pytest.mark.parametrize("line", ["    watch_until: 2027-05-01\n", "    watch_for: A new number.\n"])
def test_a_day_without_a_reason_and_a_reason_without_a_day_are_errors(line: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, "lines.yaml", "  - id: line_911\n", f"  - id: line_911\n{line}")
    assert kinds(check(trellis.load(root)), "line_911") == {"watch"}


def test_a_reader_of_spanish_who_is_told_to_text_the_english_word_is_an_error(tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, "lines.yaml", "Envíe la palabra AYUDA al 741741", "Envíe la palabra HOME al 741741")
    assert kinds(check(trellis.load(root)), "line_crisis_text") == {"keyword"}


def test_in_every_danger_the_first_way_to_988_that_a_reader_of_spanish_sees_answers_in_spanish() -> None:
    kb = shipped()
    with_988 = [urgent for urgent in kb.urgent.values() if "line_988" in urgent.lines]
    assert with_988
    for urgent in with_988:
        shown = lines_in_order(urgent.lines, "es", kb.lines)
        assert next(name for name in shown if name.startswith("line_988")) == "line_988_es", urgent.id
        assert sorted(shown) == sorted(urgent.lines)
        assert lines_in_order(urgent.lines, "en", kb.lines) == urgent.lines


@pytest.mark.parametrize(("danger", "line"), [("suicide", "line_988_asl"), ("danger_now", "line_911_text")])
def test_somebody_who_cannot_hear_or_speak_has_a_way_in(danger: str, line: str) -> None:
    assert line in shipped().urgent[danger].lines


def test_somebody_who_is_watched_at_home_has_a_silent_way_in_beside_the_telephone() -> None:
    assert {"line_domestic_violence", "line_domestic_violence_silent"} <= set(shipped().urgent["home_violence"].lines)


def test_spanish_that_says_to_text_988_without_the_word_that_is_answered_in_spanish_is_an_error(tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, "urgent.yaml", "llame al 988 y oprima 2, o envíe AYUDA al 988", "llame o escriba al 988")
    assert kinds(check(trellis.load(root)), "danger_now") == {"keyword"}


@pytest.mark.parametrize("topic", ["ask", "guide", "plan", "reading", "result"])
def test_no_word_of_the_surfaces_sends_a_reader_of_spanish_to_text_988_in_english(topic: str) -> None:
    assert not [name for name, text in catalogue.texts(topic).items() if NO_SPANISH.search(text.es or "")]
