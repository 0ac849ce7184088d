"""Errors: all that is wrong at once, in words, also after they were sent from another process."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from trellis.errors import AnswerError, KnowledgeError, Problem, TrellisError, did_you_mean

PROBLEMS = (Problem("a", "is wrong.", "Mend it."), Problem("b", "is missing."))


@pytest.mark.parametrize("kind", [TrellisError, KnowledgeError, AnswerError])
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])  # noqa: S301
def test_an_error_that_was_sent_says_the_same(kind: type[TrellisError], again: Callable[[Any], Any]) -> None:
    error = again(kind(PROBLEMS))
    assert type(error) is kind
    assert error.problems == PROBLEMS
    assert str(error) == "a: is wrong. Mend it.\nb: is missing."


@pytest.mark.parametrize("name", [1, None, ("a", "b"), 2.5])
def test_a_name_that_is_no_text_is_near_to_none(name: object) -> None:
    assert did_you_mean(name, ["use.alcohol"]) == ""
