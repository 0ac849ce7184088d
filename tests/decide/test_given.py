"""What callers hand over: numbers of numpy, unknown as pandas writes it, and arguments that are not of their kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import trellis
from tests.decide.reading import interval, read, told
from tests.library.tiny import tiny
from tests.support import AS_OF
from trellis import Answer, AnswerError


class NAType:
    """Stands in for pandas' NA, which refuses to be compared."""

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")

    def __eq__(self, other: object) -> Any:
        return self

    __hash__ = object.__hash__


class Mood(str, Enum):  # noqa: UP042 - the one whose str() is not its value
    LOW = "mild"


NAN = float("nan")

# --- numbers and texts of other libraries


@pytest.mark.parametrize("number", [22, np.int64(22), np.uint8(22), np.float32(22), Decimal(22), Fraction(22)])
@pytest.mark.parametrize("form", [lambda n: n, Answer, lambda n: [n], lambda n: {"value": n}])
def test_a_number_of_any_library_is_a_number(number: Any, form: Callable[[Any], Any]) -> None:
    (answer,) = read({"input.mood": form(number)}).used["input.mood"]
    assert answer.value == 22
    assert type(answer.value) in (int, float)


@pytest.mark.parametrize("text", [np.str_("mild"), Mood.LOW])
def test_a_text_of_any_library_is_a_text(text: Any) -> None:
    assert interval({"mood.low": text}, "mood.low") == ("mild", "mild")
    (answer,) = read({"mood.low": Answer(text, source=text)}).used["mood.low"]
    assert type(answer.value) is type(answer.source) is str


def test_the_true_of_another_library_is_refused_as_true_and_taken_as_a_flag() -> None:
    assert told({"body.weak": np.True_}) == told({"body.weak": True})
    assert interval({"mood.low": Answer("mild", at_least=np.True_)}, "mood.low") == ("mild", "severe")


def test_a_number_out_of_range_is_refused_whoever_made_it() -> None:
    assert told({"input.mood": np.int64(31)}) == told({"input.mood": 31})


# --- unknown


@pytest.mark.parametrize("missing", [NAN, np.float64("nan"), np.float32("nan"), Decimal("nan"), NAType(), None])
@pytest.mark.parametrize("form", [lambda m: m, Answer, lambda m: [m], lambda m: {"value": m}])
def test_what_pandas_calls_missing_is_unknown(missing: Any, form: Callable[[Any], Any]) -> None:
    for name in ("mood.low", "input.hours", "age"):
        assert name not in read({name: form(missing)}).used
    assert interval({"mood.low": form(missing)}, "mood.low") == ("none", "severe")


def test_what_is_missing_beside_an_answer_takes_nothing_from_it() -> None:
    assert interval({"mood.low": [NAN, "mild", None]}, "mood.low") == ("mild", "mild")


def test_a_source_or_a_date_that_is_missing_is_not_given() -> None:
    given = {"value": "mild", "source": NAN, "date": NAType(), "author": None, "at_least": NAN}
    assert read({"mood.low": given}).used["mood.low"] == (Answer("mild"),)
    assert read({"mood.low": Answer("mild", date=NAType())}).used["mood.low"] == (Answer("mild"),)


# --- arguments

A_DAY = "Give a datetime.date, or in a file the text YYYY-MM-DD in quotes."
DAYS: dict[str, tuple[Any, str]] = {
    "text": ("2026-11-29", f"as_of: is no day: ['2026-11-29']. {A_DAY}"),
    "nothing": (None, f"as_of: is no day: [None]. {A_DAY}"),
    "a number": (5, f"as_of: is no day: [5]. {A_DAY}"),
    "a day with a time": (
        datetime(2026, 11, 29, tzinfo=UTC),
        "as_of: is a day with a time: [2026-11-29 00:00:00+00:00]. "
        "Give the day alone, in the time zone of the site: value.date().",
    ),
}  # fmt: skip
ASKING: dict[str, Callable[[Any, Any], object]] = {
    "decide": lambda answers, day: trellis.decide(tiny(), answers, as_of=day),
    "next_question": lambda answers, day: trellis.next_question(tiny(), answers, as_of=day),
    "danger_in": lambda answers, day: trellis.danger_in(tiny(), answers, as_of=day),
}


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(AnswerError) as raised:
        work()
    return str(raised.value)


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
@pytest.mark.parametrize(("day", "message"), DAYS.values(), ids=DAYS)
def test_a_day_that_is_none_is_refused_by_name(asking: Callable[[Any, Any], object], day: Any, message: str) -> None:
    assert refused(lambda: asking({"mood.low": Answer("mild", date=AS_OF)}, day)) == message
    assert refused(lambda: asking({}, day)) == message


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
@pytest.mark.parametrize(
    ("answers", "shown"), [(None, "None"), ([("age", "adult")], "[('age', 'adult')]"), ("x", "'x'")]
)
def test_answers_that_are_no_mapping_are_refused_by_name(asking: Any, answers: Any, shown: str) -> None:
    assert refused(lambda: asking(answers, AS_OF)) == (
        f"answers: is no mapping: [{shown}]. "
        "Give one from the name of a fact, context or number to its answer; {} when there is none."
    )


def test_every_wrong_argument_is_told_at_once_and_none_at_length() -> None:
    message = refused(lambda: trellis.decide(tiny(), ["x" * 1_000], as_of=7))
    assert message.count("\n") == 1
    assert len(message) < 400


@pytest.mark.parametrize("places", [["ward"], "ward", 3])
def test_places_that_are_no_mapping_are_refused_by_name(places: Any) -> None:
    message = refused(lambda: trellis.decide(tiny(), {}, as_of=AS_OF, places=places))
    assert message.startswith(f"places: is no mapping: [{places!r}].")


def test_a_place_that_is_no_text_is_refused_and_not_a_crash() -> None:
    assert refused(lambda: trellis.decide(tiny(), {}, as_of=AS_OF, places={1: ["full"]})).splitlines() == [
        "places[1]: [1] is no setting or package.",
        "places[1]: is [['full']]. It may be full, denied, refused.",
    ]


def test_a_day_of_another_library_is_a_day() -> None:
    class Day(date):
        pass

    answers = {"mood.low": Answer("mild", date=Day(2026, 11, 20))}
    assert trellis.decide(tiny(), answers, as_of=Day(2026, 11, 23)).provenance.answers["mood.low"][0].date == date(
        2026, 11, 20
    )


# --- a provenance to replay


def provenance(**changed: Any) -> dict[str, Any]:
    whole = trellis.decide(tiny(), {"age": "adult"}, as_of=AS_OF).provenance.to_json() | changed
    return {name: value for name, value in whole.items() if value != "left out"}


@pytest.mark.parametrize("key", ["digest", "knowledge", "as_of", "answers", "places"])
def test_a_provenance_without_a_part_of_it_is_refused_by_name(key: str) -> None:
    message = refused(lambda: trellis.replay(tiny(), provenance(**{key: "left out"})))
    assert message == f"provenance: has no [{key}]. Give all of what Provenance.to_json wrote."


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"digest": None}, "provenance[digest]: is [None]. It is a text of 64 characters."),
        ({"as_of": "tomorrow"}, "provenance[as_of]: is no day: ['tomorrow']."),
        ({"as_of": None}, "provenance[as_of]: is no day: [None]."),
        ({"answers": None}, "answers: is no mapping: [None]."),
        ({"places": []}, "places: is no mapping: [[]]."),
    ],
)
def test_a_provenance_with_a_part_that_cannot_be_is_refused_by_name(changed: dict[str, Any], message: str) -> None:
    assert refused(lambda: trellis.replay(tiny(), provenance(**changed))).startswith(message)


@pytest.mark.parametrize("given", [None, "x", []])
def test_a_provenance_that_is_no_mapping_is_refused(given: Any) -> None:
    assert refused(lambda: trellis.replay(tiny(), given)).startswith("provenance: is no mapping:")


def test_a_replay_by_other_software_says_so_and_is_not_equal() -> None:
    old = provenance(software="0.0.0")
    again = trellis.replay(tiny(), old)
    assert again.provenance.software == trellis.__version__
    assert again.provenance.to_json() == old | {"software": trellis.__version__}
