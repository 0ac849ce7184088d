"""Filled-in forms of others: what is understood, what is not and why, and danger before every fault."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from tests.fhir.building import LOINC, coded, item, response, whole
from tests.fhir.forms import CODES, PHQ9
from tests.support import shipped
from trellis.instruments import ScoreError

pytest.importorskip("fhir.resources")

from trellis.fhir import from_response, read_response
from trellis.fhir.rows import form_named, is_form_of

KNOWN = shipped().instruments
CSSRS = KNOWN["c_ssrs_screener"]
ZEROS = [whole(str(number), 0) for number in range(1, 9)]
NEVER, SOME, MOST, ALWAYS = "LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"
YES, NO = "LA33-6", "LA32-8"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"


def refused(resource: dict[str, Any], instrument: Any = PHQ9, **more: Any) -> ScoreError:
    with pytest.raises(ScoreError) as error:
        read_response(instrument, resource, known=KNOWN.values(), **more)
    return error.value


def by_codes(last: str = NEVER, **fields: Any) -> dict[str, Any]:
    """The nine questions as the National Library of Medicine links them, all "not at all" but the ninth."""
    links = [f"/{CODES[str(number)]}" for number in range(1, 10)]
    return response(*(coded(link, NEVER) for link in links[:-1]), coded(links[-1], last), **fields)


# Danger first.
def test_danger_is_read_whatever_else_is_wrong() -> None:
    for faulty in (
        response(whole("1", 7), whole("9", 3)),
        response({"linkId": "1", "answer": "yes"}, whole("9", 1)),
        response(*ZEROS, whole("9", 1), item("scale.total", {"valueDecimal": 20})),
        response(coded("1", "LA9-9"), whole("9", 2), questionnaire="https://a.example/Questionnaire/other"),
    ):
        assert refused(faulty).urgent == ("suicide",)


def test_a_form_said_to_be_entered_in_error_is_read_for_nothing() -> None:
    assert refused(response(whole("9", 3), status="entered-in-error")).critical == ()


def test_answers_that_cannot_stand_together_still_tell_of_danger() -> None:
    error = refused(response(coded("/93247-5", NO), coded("/93249-1", YES)), CSSRS)
    assert error.urgent == ("suicide",)
    assert "so it is not asked" in str(error)


# Answered twice.
@pytest.mark.parametrize(("first", "second"), [(3, 0), (0, 3), (0, 0)])
def test_an_item_answered_twice_is_refused_and_the_worse_answer_seen(first: int, second: int) -> None:
    error = refused(response(*ZEROS, whole("9", first), whole("9", second)))
    assert str(error) == "item [9]: is answered twice. Keep one: which of them holds is not known."
    assert error.urgent == (("suicide",) if first or second else ())


def test_twice_is_twice_in_a_group_below_an_answer_and_by_another_name() -> None:
    group = {"linkId": "g", "item": [whole("9", 0)]}
    assert "item [9]: is answered twice" in str(refused(response(whole("9", 1), group)))
    below = whole("8", 0)
    below["answer"][0]["item"] = [whole("9", 1)]
    assert "item [9]: is answered twice" in str(refused(response(whole("9", 1), below)))
    other = refused(response(whole("9", 0), coded("/44260-8", ALWAYS)))
    assert "item [9]: asks the same as [/44260-8], and both are answered." in str(other)
    assert other.urgent == ("suicide",)


def test_several_answers_where_one_is_meant_are_refused_and_each_is_seen() -> None:
    error = refused(response(item("9", {"valueInteger": 0}, {"valueInteger": 2})))
    assert (str(error), error.urgent) == ("item [9]: has 2 answers. Give one.", ("suicide",))
    assert "has several values: [valueInteger, valueString]" in str(
        refused(response(item("1", {"valueInteger": 0, "valueString": "0"})))
    )


def test_a_total_stated_twice_is_refused() -> None:
    twice = [item("scale.total", {"valueInteger": 0}), item("/44261-6", {"valueInteger": 3})]
    assert "asks the same as [/44261-6]" in str(refused(response(*ZEROS, *twice)))


# By LOINC codes.
def test_foreign_links_are_read_by_their_loinc_codes() -> None:
    read = read_response(PHQ9, by_codes(ALWAYS), known=KNOWN.values())
    assert (read.scored.total.total, read.scored.urgent, read.told) == (3, ("suicide",), ())


def test_a_stated_total_is_known_by_its_code_and_held_against_the_items() -> None:
    right, wrong = (item("/44261-6", {"valueDecimal": number}) for number in (3, 4))
    form = by_codes(ALWAYS)
    assert from_response(PHQ9, form | {"item": [*form["item"], right]}).total.total == 3
    error = refused(form | {"item": [*form["item"], wrong]})
    assert "says [4], but its items give 3" in str(error)
    assert error.urgent == ("suicide",)


def test_the_columbia_screener_is_read_by_codes_and_by_yes_and_no() -> None:
    codes = ["93246-7", "93247-5", "93248-3", "93249-1", "93250-9", "93267-3"]
    answers = [YES, YES, YES, YES, NO, NO]
    coded_ = response(*(coded(f"/{code}", given) for code, given in zip(codes, answers, strict=True)))
    plain = response(*(item(code, {"valueBoolean": given == YES}) for code, given in zip(codes, answers, strict=True)))
    for filled in (coded_, plain):
        scored = from_response(CSSRS, filled)
        assert (scored.total.total, scored.urgent, scored.skipped) == (3, ("suicide",), ("6_recent",))


@pytest.mark.parametrize(
    "where",
    [
        {"linkId": "44260-8"},
        {"linkId": "/45900-0/44260-8"},
        {"linkId": "q9", "definition": "http://loinc.org/q/44260-8"},
        {"linkId": "q9", "code": [{"system": LOINC, "code": "44260-8"}]},
    ],
)
def test_a_code_may_stand_in_several_places(where: dict[str, Any]) -> None:
    assert from_response(PHQ9, response(coded("", ALWAYS) | where)).answers == {"9": 3}


def test_the_form_inside_a_response_says_what_its_links_ask() -> None:
    inner = {"linkId": "H1/Q9", "code": [{"system": LOINC, "code": "44260-8"}]}
    form = {"resourceType": "Questionnaire", "id": "f", "item": [{"linkId": "H1", "item": [inner]}]}
    group = {"linkId": "H1", "item": [coded("H1/Q9", SOME)]}
    assert from_response(PHQ9, response(group, questionnaire="#f", contained=[form])).answers == {"9": 1}


def test_a_code_is_the_same_by_any_name_of_its_system_and_without_one() -> None:
    for system in ("https://loinc.org", "urn:oid:2.16.840.1.113883.6.1", ""):
        assert from_response(PHQ9, response(coded("/44260-8", MOST, system))).answers == {"9": 2}


def test_what_is_not_understood_is_listed_with_its_reason_and_counts_as_nothing() -> None:
    read = read_response(PHQ9, response(coded("/44250-9", MOST), coded("PHQ.2", MOST), coded("/93374-7", "LA9194-7")))
    assert read.scored.answers == {"1": 2}
    assert [str(one) for one in read.told] == [
        "item [PHQ.2]: is no question of PHQ-9, by its link id or a LOINC code. It is left out.",
        "item [/93374-7]: is no question of PHQ-9, by its link id or a LOINC code. It is left out.",
    ]
    assert read.scored.total.missing == tuple("23456789")


def test_where_nothing_is_understood_all_of_it_is_listed() -> None:
    error = refused(response(coded("PHQ.1", MOST), coded("PHQ.2", MOST)))
    assert [problem.where for problem in error.problems] == ["item", "item [PHQ.1]", "item [PHQ.2]"]
    assert "`trellis questionnaire import` reads a form of your own in" in str(error)


def test_a_level_in_place_of_a_total_is_told() -> None:
    read = read_response(CSSRS, response(coded("/93246-7", YES), coded("/93374-7", "LA9194-7")))
    assert "item [/93374-7]: states no number, but [LA9194-7]." in str(read.told[0])


def test_danger_in_a_question_of_another_instrument_is_seen() -> None:
    read = read_response(KNOWN["phq2"], by_codes(SOME), known=KNOWN.values())
    assert read.scored.answers == {"1": 0, "2": 0}
    assert [entry.urgent for entry in read.critical] == ["suicide"]


# No answer.
@pytest.mark.parametrize(
    "given",
    [
        {"valueCoding": {"system": REASONS, "code": "asked-declined"}},
        {"valueCoding": {"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "ASKU"}},
        {"extension": [{"url": ABSENT, "valueCode": "not-asked"}]},
        {"_valueCoding": {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}},
    ],
)
def test_a_reason_for_no_answer_is_missing_told_and_never_zero(given: dict[str, Any]) -> None:
    read = read_response(PHQ9, response(*ZEROS, item("9", given)))
    assert (read.scored.total.possible, read.scored.total.missing) == ((0, 1, 2, 3), ("9",))
    assert "item [9]: has no answer: [" in str(read.told[0])
    assert [entry.item for entry in read.scored.unasked_critical] == ["9"]


def test_a_reason_on_the_item_itself_is_read() -> None:
    declined = {"linkId": "9", "extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}
    read = read_response(PHQ9, response(*ZEROS, declined))
    assert "item [9]: has no answer: [asked-declined]." in str(read.told[0])


def test_a_form_in_which_all_was_declined_has_every_total() -> None:
    declined = [
        item(str(number), {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}) for number in range(1, 10)
    ]
    assert from_response(PHQ9, response(*declined)).total.possible == tuple(range(28))


# Numbers.
@pytest.mark.parametrize("number", [7, 9, 77, 88, 99, -1, True, 0.5, math.inf, math.nan, "2"])
def test_a_number_that_is_no_score_is_refused(number: Any) -> None:
    assert f"item [1]: is [{number}]. It may score 0, 1, 2, 3; leave it out if missing." in str(
        refused(response(whole("1", number)))
    )


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 10**400, 3.5, True, "12"])
def test_a_total_that_is_no_whole_number_is_refused(number: Any) -> None:
    error = refused(response(*ZEROS, item("scale.total", {"valueDecimal": number})))
    assert f"item [scale.total]: is [{number}]. A total is a whole number." in str(error)


def test_yes_is_no_answer_to_a_question_with_four() -> None:
    assert "is answered with [true]. Its answers are not yes and no" in str(
        refused(response(item("1", {"valueBoolean": True})))
    )


# Which form.
@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/Questionnaire/phq-9",
        "Questionnaire/PHQ9|2",
        "http://a.example/44249-1",
        "http://loinc.org/q/44249-1",
    ],
)
def test_a_form_is_known_by_its_name_or_code_whatever_its_version(address: str) -> None:
    assert from_response(PHQ9, response(whole("1", 2), questionnaire=address)).answers == {"1": 2}


def test_the_form_of_another_instrument_is_refused_by_name() -> None:
    sevens = [whole(str(number), 2) for number in range(1, 8)]
    error = refused(response(*sevens, questionnaire="http://a.example/q/gad-7|1.0"))
    assert str(error) == (
        "questionnaire: is [http://a.example/q/gad-7], which is GAD-7, and this is PHQ-9. Read it as [gad7]."
    )
    assert error.critical == ()


def test_danger_is_then_read_as_that_other_form_has_it() -> None:
    assert refused(response(whole("9", 1), questionnaire="Questionnaire/phq-9"), KNOWN["gad7"]).urgent == ("suicide",)
    assert refused(response(whole("9", 1), questionnaire="Questionnaire/pcl-5")).urgent == ()


def test_a_form_that_is_not_known_is_refused_until_it_is_said_to_be_this_one() -> None:
    unknown = response(whole("1", 2), questionnaire="http://a.example/Questionnaire/77|3")
    error = refused(unknown)
    assert str(error) == (
        "questionnaire: is [http://a.example/Questionnaire/77], and it is not known that this is PHQ-9. "
        "If it is the same form by another name, say so: --form http://a.example/Questionnaire/77"
    )
    assert from_response(PHQ9, unknown, form="http://a.example/Questionnaire/77").answers == {"1": 2}


def test_a_form_that_is_not_known_is_read_by_codes_and_that_is_told() -> None:
    read = read_response(PHQ9, by_codes(SOME, questionnaire="http://a.example/Questionnaire/phq-9-example"))
    assert read.scored.total.total == 1
    assert "The items were read by their LOINC codes alone." in str(read.told[0])


def test_a_name_that_only_begins_like_ours_is_another_form() -> None:
    assert not is_form_of(PHQ9, "http://a.example/Questionnaire/phq-9-teens")
    assert not is_form_of(PHQ9, "urn:trellis:questionnaire:phq2")


def test_a_reference_of_an_older_fhir_names_a_form_too() -> None:
    assert form_named({"questionnaire": {"reference": "Questionnaire/gad-7"}}) == "Questionnaire/gad-7"
    assert form_named({"questionnaire": "#gone"}) == "#gone"


def test_the_day_comes_from_the_response() -> None:
    assert read_response(PHQ9, by_codes(authored="2026-08-05T10:14:07-04:00")).on == date(2026, 8, 5)
    assert read_response(PHQ9, by_codes(authored="last week")).on is None
