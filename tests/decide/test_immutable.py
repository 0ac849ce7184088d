"""A result cannot be changed at any depth; it is compared, hashed, copied and sent on by what it was decided from."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import trellis
from tests.library.tiny import CONTEXT, known, tiny
from tests.library.walking import changeable, reached
from tests.support import AS_OF, person, shipped, vignettes
from trellis import Answer, AnswerError, Recommendation
from trellis.decide import Provenance, recommend

ANSWERS: dict[str, Any] = CONTEXT | {
    "mood.low": [Answer("mild"), Answer("severe", source="clinician", date=AS_OF)],
    "life.danger": "yes",
    "input.mood": 22,
    "life.nights": "must_home",
}
PLACES = {"ward": "refused"}


def decide(answers: dict[str, Any] = ANSWERS, **places: str) -> Recommendation:
    return trellis.decide(tiny(), answers, as_of=AS_OF, places=places or PLACES)


def results() -> list[Recommendation]:
    return [decide(), decide({}), *(person(shipped(), vignette) for vignette in vignettes()[:3])]


def test_nothing_that_can_be_reached_from_a_result_can_be_changed() -> None:
    for rec in results():
        assert [f"{way} {how}" for way, thing in reached(rec) if (how := changeable(thing))] == []


def test_the_answers_and_places_given_can_be_changed_afterwards_without_changing_the_result() -> None:
    several = [Answer("mild")]
    answers: dict[str, Any] = {"mood.low": several}
    places = dict(PLACES)
    rec = trellis.decide(tiny(), answers, as_of=AS_OF, places=places)
    before = rec.to_json()
    several.append(Answer("severe"))
    answers.clear()
    places.clear()
    assert rec.to_json() == trellis.replay(tiny(), rec.provenance).to_json() == before


def test_what_a_result_gives_as_plain_values_can_be_changed_without_changing_it() -> None:
    rec = decide()
    rec.to_json()["provenance"]["answers"].clear()
    rec.provenance.to_json()["parameters"].clear()
    assert rec.to_json()["provenance"]["answers"]
    assert rec.provenance.parameters


def test_a_provenance_made_by_hand_cannot_be_changed_either() -> None:
    made = Provenance("1", "1", "d", {"a": 1}, AS_OF, {"mood.low": (Answer("mild"),)}, {}, "no")
    assert [way for way, thing in reached(made) if changeable(thing)] == []
    hash(made)


def test_results_are_equal_when_they_were_decided_from_the_same() -> None:
    rec, again = decide(), decide(dict(reversed(ANSWERS.items())))
    assert rec == again
    assert hash(rec) == hash(again)
    assert len({rec, again}) == 1


@pytest.mark.parametrize(
    "other",
    [
        lambda: decide(ANSWERS | {"mood.low": "severe"}),
        lambda: decide(ward="full"),
        lambda: trellis.decide(tiny(), ANSWERS, as_of=AS_OF.replace(day=24), places=PLACES),
        lambda: trellis.decide(tiny(mood_high_from=12), ANSWERS, as_of=AS_OF, places=PLACES),
        lambda: decide().provenance,
    ],
    ids=["another answer", "another place", "another day", "another parameter", "something else"],
)
def test_results_are_not_equal_when_they_were_decided_from_something_else(other: Any) -> None:
    assert decide() != other()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_result_that_was_sent_on_is_the_same_result(protocol: int) -> None:
    for rec in results():
        again = pickle.loads(pickle.dumps(rec, protocol))  # noqa: S301 - made here
        assert again == rec
        assert hash(again) == hash(rec)
        assert again.to_json() == rec.to_json()


def test_a_copy_of_a_result_is_itself() -> None:
    rec = decide()
    assert copy.copy(rec) is copy.deepcopy(rec) is rec
    assert copy.deepcopy({"kept": rec}) == {"kept": rec}


def test_the_parts_of_a_result_can_be_sent_and_copied_too() -> None:
    rec = decide()
    parts = (rec.provenance, rec.needs, rec.facts, rec.shortfalls, rec.step_down, rec.conflicts, rec.least, rec.urgent)
    for part in parts:
        assert pickle.loads(pickle.dumps(part)) == copy.deepcopy(part) == part  # noqa: S301 - made here


def test_a_result_made_by_other_software_is_not_decided_otherwise_without_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = pickle.dumps(decide())
    monkeypatch.setattr(recommend, "__version__", "99")
    with pytest.raises(AnswerError) as raised:
        pickle.loads(sent)  # noqa: S301 - made here
    assert str(raised.value) == (
        f"provenance[software]: was made by Trellis [{trellis.__version__}], but this is [99]. "
        "Keep the provenance and use trellis.replay."
    )


def test_an_interview_can_be_sent_on_and_goes_on_there() -> None:
    interview = trellis.Interview(shipped(), AS_OF)
    interview.answer({"harm.danger_now": "no"})
    again = pickle.loads(pickle.dumps(interview))  # noqa: S301 - made here
    assert again.current() == interview.current()
    assert again.result() == interview.result()


# --- in words


def test_a_result_says_itself_in_a_few_lines_with_danger_first_and_the_review_last() -> None:
    assert str(decide(known(life__danger="yes", mood__low="severe"))).splitlines() == [
        "Danger: Now",
        "Now: Ward for adults",
        "Next: The clinic",
        "To be evaluated by: Doctor within 2 hours; Nurse within 24 hours",
        "Settled: yes",
        "Knowledge: 0.0.1, not clinically reviewed",
    ]


def test_a_result_that_is_open_says_how_far() -> None:
    lines = str(trellis.decide(shipped(), {}, as_of=AS_OF)).splitlines()
    assert lines[0].startswith("Now: open, 25 not ruled out, from Self-care")
    assert [line.split(":")[0] for line in lines] == ["Now", "Next", "Settled", "Knowledge"]
    assert lines[-1].endswith("not clinically reviewed")


def test_a_danger_that_is_only_last_known_says_so() -> None:
    old = Answer("yes", date=AS_OF.replace(year=2025))
    assert "(last known)" in str(decide({"life.danger": old})).splitlines()[0]
