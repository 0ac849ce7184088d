"""The server is killed while answers are saved: what was acknowledged is there. ``make soak`` runs the large form."""

from __future__ import annotations

import pytest

from benchmarks.soak_workspace import at_once, kill_in_the_middle


@pytest.mark.slow
def test_every_acknowledged_answer_is_there_after_the_server_was_killed() -> None:
    found = kill_in_the_middle(saves=100, kills=1)
    assert found.lost == []
    assert found.acknowledged >= 98


@pytest.mark.slow
def test_of_two_who_answer_at_the_same_moment_one_is_saved_and_the_other_is_shown_both() -> None:
    found, rows = at_once(12)
    assert set(found) == {(200, 409)}
    assert rows == 12
