"""Forms that leave something open, or do what is not read here: asked about or refused, and never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fhir.building import FOUR, HL7, SUM, answer, choice, coded, expression, form, item, response, total
from trellis.errors import TrellisError
from trellis.kinds.instrument import Licence

pytest.importorskip("fhir.resources")
pytest.importorskip("fhirpathpy")

from trellis.fhir import from_questionnaire, from_response, read_questionnaire, read_response, to_questionnaire
from trellis.instruments import score

FREE = Licence(status="free", text="Ours.", verified="seen")
DONT_KNOW = {"1": 1, "2": 2}


def refused(resource: dict[str, Any], **said: Any) -> str:
    with pytest.raises(TrellisError) as error:
        from_questionnaire(resource, **said)
    return str(error.value)


def told(resource: dict[str, Any], **said: Any) -> str:
    return "\n".join(str(problem) for problem in read_questionnaire(resource, **said).told)


def dont_know(**more: Any) -> dict[str, Any]:
    options = [answer("1", 1), answer("2", 2), answer("dk", 9, display="Don't know")]
    return choice("a", answerOption=options) | more


# Which items a total adds.
def test_a_total_without_a_formula_asks_which_items_it_adds() -> None:
    assert refused(form(choice("a"), choice("b"), choice("c"), total())) == (
        'item [tot]: is a total without a formula. Say what it adds: `total="all"`, or `--total all`, for [a, b, c]; '
        "or `--total a --total ...` for some of them."
    )


def test_it_adds_what_is_said_and_tells_it() -> None:
    of_three = form(choice("a"), choice("b"), choice("c"), total())
    scale = from_questionnaire(of_three, total=["a", "b"]).scales[0]
    assert (scale.items, scale.high) == (("a", "b"), 6)
    assert "score [total]: adds [a, b]: 0 to 6" in told(of_three, total=["a", "b"])
    assert "item [c]: has scores, and is not in the total" in told(of_three, total=["a", "b"])
    assert from_questionnaire(of_three, total="all").scales[0].high == 9


def test_what_is_said_of_a_total_must_fit_the_form() -> None:
    assert "--total: is [z], which is no scored item" in refused(form(choice("a"), total()), total=["z"])
    assert "--total: is said, and [tot] has a formula" in refused(form(choice("a"), total(SUM)), total="all")


def test_a_help_text_below_a_total_is_no_total() -> None:
    control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
    extension = [{"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": control}]
    helping = {"linkId": "tot-help", "type": "display", "text": "What the score tells", "extension": extension}
    found = from_questionnaire(form(choice("a"), choice("b"), total(item=[helping])), total="all")
    assert [(scale.id, scale.high) for scale in found.scales] == [("total", 6)]


def test_a_calculated_text_is_no_total() -> None:
    band = {"linkId": "band", "type": "string", "extension": [expression("iif(1 > 0, 'high', 'low')")]}
    assert [scale.high for scale in from_questionnaire(form(choice("a"), total(SUM), band)).scales] == [3]
    assert "item [band]: is calculated and no number, so it is no total." in told(form(choice("a"), total(SUM), band))


# Formulas in another language.
@pytest.mark.parametrize("language", ["text/cql", "application/x-fhir-query", ""])
def test_a_formula_in_another_language_is_refused(language: str) -> None:
    other = total() | {"extension": [expression("TotalWithAReversed", language=language)]}
    shown = language or "none said"
    assert f"item [tot]: has a formula that is not read here: in [{shown}]." in refused(form(choice("a"), other))


def test_a_formula_as_plain_text_is_refused_and_not_passed_over() -> None:
    old = total() | {"extension": [{"url": f"{HL7}/questionnaire-calculatedExpression", "valueString": "a + b"}]}
    assert "has a formula that is not read here" in refused(form(choice("a"), old))


def test_a_variable_in_another_language_is_refused_where_the_total_reads_it() -> None:
    variable = {"url": f"{HL7}/variable", "valueExpression": {"name": "x", "language": "text/cql", "expression": "X"}}
    reads = total() | {"extension": [variable, expression("%x + 1")]}
    assert "has a formula that is not read here: in [text/cql]" in refused(form(choice("a"), reads))
    idle = total() | {"extension": [variable, expression(SUM)]}
    assert from_questionnaire(form(choice("a"), idle)).scales[0].high == 3


def test_a_condition_as_a_formula_is_refused_also_on_the_group_above() -> None:
    closed = {"extension": [expression("%resource.item.exists()", kind="enableWhenExpression")]}
    words = "is asked on a condition that is not read here: a formula in [text/fhirpath]."
    assert f"item [b]: {words}" in refused(form(choice("a"), choice("b", **closed), total(SUM)))
    group = {"linkId": "g", "type": "group", "item": [choice("b")], **closed}
    assert f"item [g]: {words}" in refused(form(choice("a"), group, total(SUM)))


# Scores that are missing, or are none.
def test_a_question_without_scores_is_named_until_it_is_said_not_to_count() -> None:
    lacking = form(choice("a"), choice("c", dict.fromkeys(FOUR)), total())
    assert "item [c]: has answers without scores" in refused(lacking, total="all")
    assert "say --leave-out c" in refused(lacking, total="all")
    assert from_questionnaire(lacking, total="all", leave_out=["c"]).scales[0].items == ("a",)
    assert from_questionnaire(lacking, total=["a"]).scales[0].items == ("a",)
    assert "item [c]" in told(lacking, total=["a"])


def test_a_question_without_scores_beside_a_formula_is_told() -> None:
    named = "%resource.item.where(linkId = 'a').answer.value.ordinal()"
    assert "item [c]: has answers without scores, and no formula counts it." in told(
        form(choice("a"), choice("c", {"n": None}), total(named))
    )


def test_an_answer_without_a_score_leaves_its_item_missing() -> None:
    offers = form(choice("a"), choice("b", {"n": 0, "s": 1, "u": None}), total())
    assert "item [b]: has the answer [u], which has no score." in told(offers, total="all")
    found = from_questionnaire(offers, total="all")
    read = read_response(found, response(coded("a", "e", ""), coded("b", "u", "")))
    assert (read.scored.total.possible, read.scored.total.missing) == ((3, 4), ("b",))
    assert "is answered with [u], which has no score. It is missing, and does not count as zero." in str(read.told[0])


def test_a_response_in_which_nobody_answered_is_all_missing_and_not_zero() -> None:
    found = from_questionnaire(form(choice("a", {"1": 1, "2": 2, "u": None}), total()), total="all")
    assert from_response(found, response(coded("a", "u", ""))).total.possible == (1, 2)


@pytest.mark.parametrize(
    "value", [{"valueString": "2"}, {"valueDecimal": "2"}, {"valueDecimal": True}, {"valueCode": "2"}]
)
def test_a_score_that_is_text_is_refused_and_not_taken_for_missing(value: dict[str, Any]) -> None:
    worded = choice("a", answerOption=[answer("n", 0), answer("s", **value)])
    assert "answer [s]: has the score [" in refused(form(worded, total(SUM)))
    assert "which is no number" in refused(form(worded, total(SUM)))


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 10**400])
def test_a_score_without_bounds_is_refused(number: float) -> None:
    assert "which is no number" in refused(form(choice("a", {"n": 0, "s": number}), total(SUM)))


def test_an_answer_with_two_scores_is_refused() -> None:
    twofold = answer("s", 1)
    twofold["extension"].append({"url": f"{HL7}/itemWeight", "valueDecimal": 2})
    assert "has several scores: [1, 2]" in refused(
        form(choice("a", answerOption=[answer("n", 0), twofold]), total(SUM))
    )


def test_two_answers_with_one_code_are_refused() -> None:
    twice = choice("a", answerOption=[answer("x", 0), answer("x", 3)])
    assert "item [a]: has two answers with the code [x], scores [0, 3]." in refused(form(twice, total(SUM)))


def test_one_code_in_two_systems_is_two_answers() -> None:
    apart = choice("a", answerOption=[answer("x", 0, system="urn:a"), answer("x", 3, system="urn:b")])
    found = from_questionnaire(form(apart, total(SUM)))
    assert from_response(found, response(coded("a", "x", "urn:b"))).total.total == 3


# Codes that say that there is no answer.
@pytest.mark.parametrize(
    ("code", "display", "number"),
    [
        ("dk", "Don't know", 9),
        ("r", "Refused", 8),
        ("na", "Not applicable", 0),
        ("q", "Not asked", 3),
        ("ns", "No sabe", 3),
        ("x", "x", 7),
        ("x", "x", 9),
        ("x", "x", 77),
        ("x", "x", 88),
        ("x", "x", 99),
    ],
)
def test_an_answer_that_looks_like_none_is_asked_about(code: str, display: str, number: int) -> None:
    options = [answer("1", 1), answer("2", 2), answer(code, number, display=display)]
    words = refused(form(choice("a", answerOption=options), total(SUM)))
    assert f"has the answer [{display}] with the score [{number}], which looks like no answer at all." in words
    assert f"Say --missing {code} if it leaves the item missing, or --counts {code} if it is a score." in words


def test_two_such_numbers_are_both_asked_about() -> None:
    words = refused(form(choice("a", {"y": 1, "n": 2, "r": 8, "d": 9}), total(SUM)))
    assert "the score [8]" in words
    assert "the score [9]" in words


def test_said_to_be_missing_it_has_no_score() -> None:
    for missing in ("dk", "a=dk"):
        found = from_questionnaire(form(dont_know(), total()), total="all", missing=[missing])
        assert (found.scales[0].low, found.scales[0].high) == (1, 2)
        assert from_response(found, response(coded("a", "dk", ""))).total.possible == (1, 2)


def test_said_to_count_it_is_a_score() -> None:
    assert from_questionnaire(form(dont_know(), total()), total="all", counts=["dk"]).scales[0].high == 9


def test_a_number_below_zero_may_be_said_to_be_missing() -> None:
    below = form(choice("a", {"n": 0, "s": 1, "x": -1}), total())
    assert "with the score [-1]" in refused(below, total="all")
    assert "--missing x" in refused(below, total="all")
    assert from_questionnaire(below, total="all", missing=["x"]).scales[0].low == 0


def test_a_code_of_a_system_of_reasons_needs_no_asking() -> None:
    reasons = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    options = [answer("n", 0), answer("s", 1), answer("asked-declined", 5, system=reasons)]
    assert from_questionnaire(form(choice("a", answerOption=options), total(SUM))).scales[0].high == 1


@pytest.mark.parametrize("scores", [range(10), (0, 1, 2, 4, 5), (0, 2, 4, 6, 8), (0, 4, 7)])
def test_scores_that_only_rise_are_no_special_codes(scores: Any) -> None:
    usual = form(choice("a", {f"c{number}": number for number in scores}), total(SUM))
    assert from_questionnaire(usual).scales[0].high == max(scores)


def test_what_is_said_of_nothing_in_the_form_is_told() -> None:
    words = refused(form(dont_know(), total()), total="all", missing=["dk", "kd"], counts=["zz"], leave_out=["q"])
    for line in (
        "--missing: is [kd], and the form has no such answer.",
        "--counts: is [zz], and the form has no such answer.",
        "--leave-out: is [q], and the form has no such item.",
    ):
        assert line in words


def test_answers_without_a_score_go_out_and_come_back() -> None:
    found = from_questionnaire(form(dont_know(), total()), total="all", missing=["dk"])
    again = from_questionnaire(to_questionnaire(found))
    assert again.items[0].missing[0].codes == found.items[0].missing[0].codes
    assert score(again, {}).total.possible == (1, 2)


# Several answers.
def test_a_question_that_takes_several_answers_is_refused() -> None:
    words = "item [a]: may be answered several times ([a] repeats)."
    assert words in refused(form(choice("a", repeats=True), choice("b"), total(SUM)))
    many = {"extension": [{"url": f"{HL7}/questionnaire-maxOccurs", "valueInteger": 3}]}
    assert words in refused(form(choice("a", **many), total(SUM)))
    group = {"linkId": "g", "type": "group", "repeats": True, "item": [choice("a")]}
    assert "item [a]: may be answered several times ([g] repeats)." in refused(form(group, total(SUM)))


# Value sets.
def test_a_value_set_of_fhir_itself_has_no_scores() -> None:
    languages = {"linkId": "lang", "type": "choice", "answerValueSet": "http://hl7.org/fhir/ValueSet/languages"}
    found = form(choice("a"), languages, total(SUM))
    assert [one.id for one in from_questionnaire(found).items] == ["a"]
    assert "item [lang]: takes its answers from [http://hl7.org/fhir/ValueSet/languages]" in told(found)


def test_any_other_value_set_outside_may_have_scores_and_is_refused_until_said() -> None:
    outside = {"linkId": "c", "type": "choice", "answerValueSet": "http://loinc.org/vs/LL358-3"}
    words = refused(form(choice("a"), outside, total(SUM)))
    assert "item [c]: takes its answers from [http://loinc.org/vs/LL358-3], which is not in the form." in words
    assert "--leave-out c" in words
    assert from_questionnaire(form(choice("a"), outside, total(SUM)), leave_out=["c"]).scales[0].high == 3


def test_a_value_set_inside_that_only_names_another_is_not_in_the_form() -> None:
    held = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"system": "http://loinc.org"}]}}
    inside = {"linkId": "c", "type": "choice", "answerValueSet": "#v"}
    assert "which is not in the form" in refused(form(choice("a"), inside, total(SUM), contained=[held]))


# Version and language.
def test_a_form_of_an_older_fhir_is_named_as_such() -> None:
    old = {"linkId": "a", "type": "choice", "option": [answer("n", 0), answer("s", 1)]}
    assert refused(form(old, total())) == (
        "Questionnaire: is a form of FHIR STU3: the answers to [a] stand under [option]. Convert it to FHIR R4, "
        "where they are called `answerOption`."
    )


@pytest.mark.parametrize("language", ["de", "de-AT", "est"])
def test_words_in_a_third_language_never_stand_as_english(language: str) -> None:
    other = form(choice("a"), total(SUM), language=language)
    assert f"language: is [{language}]." in refused(other, licence=FREE)
    assert from_questionnaire(other, licence=FREE, language="es").name.es == "Invented form"


@pytest.mark.parametrize(("language", "es"), [("es-MX", "Invented form"), ("en-US", None)])
def test_a_country_does_not_change_the_language(language: str, es: str | None) -> None:
    assert from_questionnaire(form(choice("a"), total(SUM), language=language)).name.es == es


def test_a_form_that_says_no_language_is_told_to_be_taken_as_english() -> None:
    silent = form(choice("a"), total(SUM))
    del silent["language"]
    assert "language: is not stated; its words are taken as English." in told(silent)


def test_words_that_are_only_blanks_are_told_and_no_fault() -> None:
    assert "String should have at least 1 character" in refused(form(choice("a", text=" "), total(SUM)), licence=FREE)


# Coming back.
def test_a_coding_without_a_system_takes_the_code_of_any() -> None:
    bare = choice("a", answerOption=[answer("n", 0, system=""), answer("m", 2, system="")])
    found = from_questionnaire(form(bare, total(SUM)))
    assert from_response(found, response(coded("a", "m"))).total.total == 2
    assert "system" not in to_questionnaire(found)["item"][0]["answerOption"][0]["valueCoding"]


def test_a_code_of_another_system_is_refused_with_both_named() -> None:
    found = from_questionnaire(form(choice("a"), total(SUM)))
    with pytest.raises(TrellisError) as error:
        from_response(found, response(coded("a", "m", "urn:other")))
    assert str(error.value) == (
        "item [a]: is answered with [m] of the system [urn:other]. Here its system is [urn:example:answers]."
    )


def test_a_form_is_known_again_by_its_address() -> None:
    address = "https://clinic.example/Questionnaire/77"
    found = from_questionnaire(form(choice("1"), total(SUM), url=f"{address}|1.2"), id="ours")
    given = response(item("1", {"valueCoding": {"code": "m"}}), questionnaire=f"{address}|1.3")
    assert from_response(found, given).total.total == 2
    with pytest.raises(TrellisError, match="it is not known that this is"):
        from_response(found, given | {"questionnaire": "https://clinic.example/Questionnaire/78"})
