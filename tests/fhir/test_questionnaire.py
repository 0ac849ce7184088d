"""Instruments out as FHIR Questionnaires, and forms in."""

from __future__ import annotations

import copy
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fhir import forms
from tests.instruments.filling import WITH_ITEMS, partly
from tests.support import shipped
from trellis.errors import TrellisError
from trellis.kinds.instrument import Instrument, Licence

pytest.importorskip("fhir.resources")
pytest.importorskip("fhirpathpy")

from trellis.fhir import from_questionnaire, to_questionnaire
from trellis.fhir.formula import Trial, expression, variables
from trellis.fhir.names import CALCULATED, ORDINAL
from trellis.fhir.questionnaire import OUR_WORDS
from trellis.instruments import score

FREE = Licence(status="free", text="Ours.", verified="seen")
HERE = Path(__file__).parent / "data"
EVERY = sorted(shipped().instruments)


def sleep() -> dict[str, Any]:
    return json.loads((HERE / "sleep.json").read_text(encoding="utf-8"))


@cache
def again(name: str) -> Instrument:
    return from_questionnaire(to_questionnaire(shipped().instruments[name]))


# Out.
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", EVERY)
def test_every_instrument_is_valid_fhir_in_both_languages(name: str, lang: str) -> None:
    from fhir.resources.R4B.questionnaire import Questionnaire

    form = to_questionnaire(shipped().instruments[name], lang=lang)
    assert Questionnaire.model_validate(form).url == f"urn:trellis:questionnaire:{name}"
    assert json.loads(json.dumps(form)) == form


def test_a_form_carries_codes_scores_credit_and_a_total_that_calculates_itself() -> None:
    form = to_questionnaire(shipped().instruments["phq9"])
    assert form["code"][0] == {
        "system": "http://loinc.org",
        "code": "44249-1",
        "display": "PHQ-9 quick depression assessment panel",
    }
    assert "Spitzer" in form["copyright"]
    first = form["item"][1]
    assert (first["linkId"], first["code"][0]["code"]) == ("1", "44250-9")
    assert [option["extension"][0] for option in first["answerOption"]] == [
        {"url": ORDINAL, "valueDecimal": score} for score in range(4)
    ]
    assert first["answerOption"][3]["valueCoding"]["code"] == "LA6571-9"
    total = form["item"][-1]
    assert (total["type"], total["readOnly"], total["code"][0]["code"]) == ("integer", True, "44261-6")
    assert [one["url"] for one in total["extension"]].count(CALCULATED) == 1


@pytest.mark.parametrize("lang", ["en", "es"])
def test_words_that_are_not_ours_to_show_are_replaced_by_ours_and_marked(lang: str) -> None:
    for name in WITH_ITEMS:
        instrument = shipped().instruments[name]
        items = {one["linkId"]: one for one in to_questionnaire(instrument, lang=lang)["item"]}
        for item in instrument.items:
            ours = items[item.id]["text"].startswith(OUR_WORDS[lang])
            assert ours == (item.text is None), (name, item.id)


def test_an_instrument_of_which_only_totals_may_be_kept_has_only_totals_to_type() -> None:
    (total,) = to_questionnaire(shipped().instruments["dast_10"])["item"]
    assert "readOnly" not in total
    assert [one["valueInteger"] for one in total["extension"]] == [0, 10]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_formula_gives_the_total_or_nothing_and_never_another_number(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["phq9", "k6", "audit_c", "c_ssrs_screener", "pc_ptsd_5", "proxy"]))
    instrument = shipped().instruments[name]
    _, answers = data.draw(partly(instrument))
    form = to_questionnaire(instrument)
    codings = {
        item["linkId"]: {o["extension"][0]["valueDecimal"]: o["valueCoding"] for o in item["answerOption"]}
        for item in form["item"]
        if "answerOption" in item
    }
    trial = Trial(form, codings)
    for scale in instrument.scales:
        given_ = trial.value(expression(instrument, scale), variables(instrument), answers)
        found = score(instrument, answers).scales[scale.id]
        assert given_ == found.total if not found.missing else given_ in (None, found.total)


# In, and back.
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_goes_out_and_comes_back_scores_the_same(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(WITH_ITEMS))
    before, after = shipped().instruments[name], again(name)
    _, answers = data.draw(partly(before))
    one, other = score(before, answers), score(after, answers)
    assert {key: found.possible for key, found in one.scales.items()} == {
        key: found.possible for key, found in other.scales.items()
    }
    assert one.skipped == other.skipped


@pytest.mark.parametrize("name", EVERY)
def test_what_comes_back_has_the_same_scales(name: str) -> None:
    before, after = shipped().instruments[name], again(name)
    assert after.id == name
    for one, other in zip(before.scales, after.scales, strict=True):
        assert (one.id, one.method, one.low, one.high, one.items) == (
            other.id, other.method, other.low, other.high, other.items,
        )  # fmt: skip


def test_words_come_in_only_on_a_ground_that_allows_it() -> None:
    form = to_questionnaire(shipped().instruments["phq9"])
    unconfirmed, free = from_questionnaire(form), from_questionnaire(form, licence=FREE)
    assert (unconfirmed.licence.status, unconfirmed.form) == ("unconfirmed", "scores_only")
    assert "interest" not in unconfirmed.model_dump_json()
    assert (free.form, free.items[0].text) == ("full", free.items[0].about)
    assert free.items[0].text is not None
    assert free.items[0].text.en == "Little interest or pleasure in doing things"


def test_our_own_words_come_back_as_ours() -> None:
    form = to_questionnaire(shipped().instruments["ciwa_ar"])
    item = from_questionnaire(form, licence=FREE).items[0]
    assert (item.text, item.about.en) == (None, shipped().instruments["ciwa_ar"].items[0].about.en)


def test_a_small_form_of_a_clinic_comes_in() -> None:
    found = from_questionnaire(sleep(), licence=FREE, id="sleep", total="all")
    assert (found.id, found.short, found.measures.en) == ("sleep", "SL-3", "How well the person sleeps")
    assert [item.id for item in found.items] == ["trouble", "how-often", "tired"]
    (scale,) = found.scales
    assert (scale.id, scale.low, scale.high, scale.items) == ("total", 1, 6, ("trouble", "how-often", "tired"))
    assert score(found, {"trouble": 0, "tired": 1}).total.total == 1
    assert score(found, {"trouble": 2, "tired": 1}).total.possible == (4, 6)


@pytest.mark.parametrize("make", [forms.with_variables, forms.with_weights, forms.with_value_sets])
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_forms_of_others_score_as_our_own_phq9(make: Any, data: st.DataObject) -> None:
    _same_as_ours(imported(make), data)


@cache
def imported(make: Any) -> Instrument:
    says = {"total": "all", "leave_out": ("g2.q1",)} if make is forms.with_value_sets else {}
    return from_questionnaire(make(), **says)


def _same_as_ours(theirs: Instrument, data: st.DataObject) -> None:
    _, answers = data.draw(partly(forms.PHQ9))
    ids = [item.id for item in theirs.items]
    assert len(ids) == 9
    given_ = {ids[int(name) - 1]: value for name, value in answers.items() if name != "10"}
    assert score(theirs, given_).total.possible == score(forms.PHQ9, answers).total.possible


@pytest.mark.skipif(not os.environ.get("TRELLIS_LFORMS"), reason="TRELLIS_LFORMS names no folder of LHC-Forms files")
@pytest.mark.parametrize("file", ["phq9.json", "phq9-with-the-weight-function.json", "argonaut-phq9-ish.json"])
@given(st.data())
def test_the_files_of_lhc_forms_score_as_our_own_phq9(file: str, data: st.DataObject) -> None:
    theirs = _read(Path(os.environ["TRELLIS_LFORMS"]) / file)
    assert [item.codes[0].code for item in theirs.items] == [forms.CODES[item.id] for item in forms.SCORED]
    _same_as_ours(theirs, data)


@cache
def _read(path: Path) -> Instrument:
    says = {"total": "all", "leave_out": ("g2.q1",)} if path.name.startswith("argonaut") else {}
    return from_questionnaire(json.loads(path.read_text(encoding="utf-8")), **says)


def test_a_form_without_a_total_is_added_up_only_when_told() -> None:
    form = sleep()
    form["item"] = [item for item in form["item"] if item["linkId"] != "sum"]
    with pytest.raises(TrellisError, match=r'has scores but no total.*`total="all"`'):
        from_questionnaire(form)
    assert from_questionnaire(form, total="all").scales[0].high == 6


def _planted(**changes: Any) -> dict[str, Any]:
    return sleep() | changes


def _item(link: str, **changes: Any) -> dict[str, Any]:
    form = copy.deepcopy(sleep())
    for item in form["item"]:
        if item["linkId"] == link:
            item.update(changes)
    return form


def _calculated(text: str) -> dict[str, Any]:
    return _item(
        "sum", extension=[{"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": text}}]
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"resourceType": "Patient"}, r"resourceType: is \[Patient\]. Give a FHIR Questionnaire"),
        (_planted(item=[]), "has no items"),
        (_planted(item=[{"linkId": "a", "type": "string", "text": "?"}]), "has no item whose answers have scores"),
        (_planted(item=[{"type": "string"}]), "has an item without linkId"),
        (_item("age", linkId="tired"), r"item \[tired\]: has the same linkId as another item"),
        (_item("age", type="slider"), r"item \[age\]: is of type \[slider\]"),
        (_item("tired", answerOption=[{"valueString": "half", "extension": [{"url": ORDINAL, "valueDecimal": 0.5}]}]),
         r"item \[tired\]: has an answer \[half\] with the score \[0.5\]"),
        (_item("tired", answerOption=[{"valueString": "low", "extension": [{"url": ORDINAL, "valueDecimal": -1}]}]),
         r"with the score \[-1\]"),
        (_item("tired", answerValueSet="https://x.example/vs"), r"takes its answers from \[https://x.example/vs\]"),
        (_item("tired", enableWhen=[{"question": "age", "operator": ">", "answerInteger": 18}]),
         r"item \[tired\]: is asked on a condition that is not known here"),
        (_calculated("2 * %resource.item.answer.weight().sum()"), "calculates its total in a way that is not known"),
        (_calculated("%resource.item.answer.mystery()"), "has a formula that cannot be read: Not implemented: mystery"),
        (_planted(item="x"), r"item: is \[x\]. FHIR has a list of objects there"),
        (_item("tired", answerOption={"a": 1}), r"item\[3\].answerOption: is \[\{'a': 1\}\]"),
        (_item("tired", answerOption=[{"valueCoding": "x"}]), r"valueCoding: is \[x\]. FHIR has an object there"),
        (_item("tired", code="x"), r"item\[3\].code: is \[x\]"),
        (_item("tired", linkId=7), r"linkId: is \[7\]. FHIR has text there"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_read_is_refused_with_words(form: dict[str, Any], words: str) -> None:
    with pytest.raises(TrellisError, match=words):
        from_questionnaire(form)


def test_every_problem_of_a_form_is_named_at_once() -> None:
    form = _item("age", type="slider")
    form["item"].append({"linkId": "age", "type": "string"})
    with pytest.raises(TrellisError) as error:
        from_questionnaire(form)
    assert [problem.where for problem in error.value.problems] == ["item [age]", "item [age]", "item [sum]"]


def test_scores_that_are_counted_and_scores_of_which_the_highest_counts_are_told_apart() -> None:
    counted = "iif(%resource.item.where(linkId='tired').answer.weight() > 0, 1, 0)"
    assert from_questionnaire(_calculated(counted)).scales[0].items == ("tired",)
    assert again("c_ssrs_screener").scales[0].method == "highest"
    assert again("taps").scale("past_year").method == "count"


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fhirpathpy", None)
    with pytest.raises(TrellisError, match=r"trellis-care\[fhir\]"):
        to_questionnaire(shipped().instruments["phq9"])
