"""Scoring: exact totals, what stays possible, what matters by itself, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.instruments.filling import WITH_ITEMS, by_hand, completions, filled, partly
from tests.support import shipped
from trellis.errors import AnswerError
from trellis.instruments import score, typed
from trellis.kinds.instrument import Instrument, Prorate, Scale, Skip
from trellis.kinds.text import Text

ANY = st.sampled_from(WITH_ITEMS).map(lambda name: shipped().instruments[name])
FEW_UNKNOWN = 4


def phq9() -> Instrument:
    return shipped().instruments["phq9"]


# What others have published with all its answers.
def test_the_published_answers_give_the_published_totals() -> None:
    # Medical Informatics Initiative (Germany), PROMs module: every answer "nearly every day"; its Observation says 27.
    assert score(phq9(), {str(n): 3 for n in range(1, 10)} | {"10": 3}).total.total == 27
    # US Core, AUDIT-C examples: "1 or 2" drinks, "never" six or more; its total says 0.
    assert score(shipped().instruments["audit_c"], {"1": 0}).total.total == 0


def test_the_total_stated_in_the_sdc_example_of_the_phq9_is_not_the_sum_of_its_answers() -> None:
    # HL7 Structured Data Capture, example response: the item answers add up to 10, the form states 13.
    answers = dict(zip("123456789", (0, 0, 0, 1, 2, 1, 3, 2, 1), strict=True))
    assert score(phq9(), answers).total.total == 10


@given(st.data())
def test_a_whole_form_gives_the_sum_that_a_pencil_gives(data: st.DataObject) -> None:
    instrument = data.draw(ANY)
    whole = data.draw(filled(instrument))
    scored = score(instrument, whole)
    assert scored.complete
    assert {name: found.total for name, found in scored.scales.items()} == {
        scale.id: by_hand(scale, whole) for scale in instrument.scales
    }
    assert set(scored.skipped) == {item.id for item in instrument.items} - set(whole)


@given(st.data())
def test_the_true_total_is_always_among_the_possible(data: st.DataObject) -> None:
    instrument = data.draw(ANY)
    whole, given_ = data.draw(partly(instrument))
    for name, found in score(instrument, given_).scales.items():
        assert by_hand(instrument.scale(name), whole) in found.possible


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_possible_total_is_reached_by_some_way_to_answer_the_rest(data: st.DataObject) -> None:
    instrument = data.draw(ANY)
    whole, given_ = data.draw(partly(instrument, most=3))
    unknown = [item.id for item in instrument.items if item.id not in given_]
    assume(len([name for name in unknown if name in whole]) + 2 * len(set(unknown) - set(whole)) <= 2 * FEW_UNKNOWN)
    scored = score(instrument, given_)
    assume(sum(name not in scored.skipped for name in unknown) <= FEW_UNKNOWN)
    reached = list(completions(instrument, given_))
    for name, found in scored.scales.items():
        assert set(found.possible) == {by_hand(instrument.scale(name), one) for one in reached}


@given(st.data())
def test_a_missing_item_never_counts_as_zero(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from([shipped().instruments[name] for name in ("phq9", "k6", "ciwa_ar", "cows")]))
    whole = data.draw(filled(instrument))
    hidden = data.draw(st.sampled_from(instrument.scales[0].items))
    found = score(instrument, {name: value for name, value in whole.items() if name != hidden}).total
    assert found.total is None
    assert found.missing == (hidden,)
    assert found.high - found.low == instrument.scores_of(hidden)[-1]


def test_nothing_answered_leaves_everything_possible() -> None:
    found = score(phq9(), {}).total
    assert found.possible == tuple(range(28))
    assert len(found.bands) == 5


def test_totals_that_no_answers_reach_are_not_possible() -> None:
    cows = shipped().instruments["cows"]
    answers = {item.id: 0 for item in cows.items} | {"gooseflesh": None}
    assert score(cows, answers).total.possible == (0, 3, 5)


def test_an_item_that_is_not_asked_counts_as_zero_and_is_not_missing() -> None:
    audit = shipped().instruments["audit"]
    found = score(audit, {"1": 0, "9": 2, "10": 0})
    assert (found.total.total, found.total.missing, found.skipped) == (2, (), tuple("2345678"))


def test_an_answer_shows_that_the_item_before_it_was_not_never() -> None:
    audit_c = shipped().instruments["audit_c"]
    found = score(audit_c, {"2": 4, "3": 4}).total
    assert (found.low, found.high, found.missing) == (9, 12, ("1",))


def test_what_is_not_asked_leads_on_to_what_hangs_from_it() -> None:
    texts = Text(en="x", es="x")
    two = {"score": 0}, {"score": 1}
    chain = Instrument(
        id="chain", name=texts, short="Chain", measures=texts, for_whom=texts, given_by=texts, how_often=texts,
        licence={"status": "free", "text": "x", "verified": "seen"},
        items=tuple({"id": name, "about": texts, "options": two} for name in "abc"),
        skips=(Skip(item="a", scores=(0,), skips=("b",)), Skip(item="b", scores=(0,), skips=("c",))),
        scales=(Scale(id="total", name=texts, items=("a", "b", "c"), low=0, high=3),),
    )  # fmt: skip
    assert score(chain, {"a": 0}).skipped == ("b", "c")
    assert score(chain, {"c": 1}).total.possible == (3,)
    assert score(chain, {}).total.possible == (0, 1, 2, 3)
    with pytest.raises(AnswerError, match="cannot stand together"):
        score(chain, {"a": 0, "c": 1})


def test_the_worst_answer_counts_where_answers_are_not_added() -> None:
    cssrs = shipped().instruments["c_ssrs_screener"]
    assert score(cssrs, {"1": 1, "2": 1, "3": 2, "4": 0, "5": 0, "6": 0}).total.total == 2
    assert score(cssrs, {"4": 3}).total.possible == (3,)
    assert score(cssrs, {"1": 1, "2": 0, "6": 2}).total.possible == (2, 3)


def test_a_rule_for_missing_items_is_shown_beside_the_range_and_never_in_its_place() -> None:
    rule = Prorate(missing_at_most=1, rule=Text(en="The mean stands in."), sources=({"ref": "x"},))
    plain = shipped().instruments["gad7"]
    scale = plain.scales[0].model_copy(update={"prorate": rule})
    gad7 = plain.model_copy(update={"scales": (scale,)})
    found = score(gad7, {str(n): 2 for n in range(1, 7)}).total
    assert (found.possible, found.total) == ((12, 13, 14, 15), None)
    assert found.prorated is not None
    assert (found.prorated.total, found.prorated.rule) == (14, "The mean stands in.")
    assert score(gad7, {str(n): 2 for n in range(1, 6)}).total.prorated is None


# Answers that matter by themselves.
@pytest.mark.parametrize(("value", "urgent"), [(0, ()), (1, ("suicide",)), (2, ("suicide",)), (3, ("suicide",))])
def test_item_9_of_the_phq9_tells_of_danger_whatever_the_total(value: int, urgent: tuple[str, ...]) -> None:
    found = score(phq9(), {str(n): 0 for n in range(1, 9)} | {"9": value})
    assert (found.total.total, found.urgent) == (value, urgent)


@pytest.mark.parametrize(
    ("instrument", "item", "calm", "danger", "urgent"),
    [
        ("c_ssrs_screener", "4", 0, 3, "suicide"),
        ("c_ssrs_screener", "5", 0, 3, "suicide"),
        ("c_ssrs_screener", "6_recent", 0, 3, "suicide"),
        ("ciwa_ar", "tactile", 3, 4, "withdrawal"),
        ("ciwa_ar", "auditory", 3, 4, "withdrawal"),
        ("ciwa_ar", "visual", 3, 4, "withdrawal"),
        ("ciwa_ar", "orientation", 1, 2, "withdrawal"),
    ],
)
def test_other_answers_that_matter_by_themselves(
    instrument: str, item: str, calm: int, danger: int, urgent: str
) -> None:
    one = shipped().instruments[instrument]
    assert score(one, {item: calm}).urgent == ()
    assert score(one, {item: danger}).urgent == (urgent,)


def test_a_critical_item_that_nobody_asked_is_named() -> None:
    assert [entry.item for entry in score(phq9(), {"1": 0}).unasked_critical] == ["9"]
    assert score(phq9(), {"9": 0}).unasked_critical == ()
    cssrs = shipped().instruments["c_ssrs_screener"]
    assert [entry.item for entry in score(cssrs, {"2": 0}).unasked_critical] == ["6_recent"]


def test_a_typed_total_says_nothing_of_the_items_that_matter_by_themselves() -> None:
    found = typed(phq9(), {"total": 4})
    assert found.total.total == 4
    assert found.urgent == ()
    assert [entry.item for entry in found.unasked_critical] == ["9"]


# What is refused.
@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"11": 1}, r"phq9\[11\]: PHQ-9 has no item \[11\]"),
        ({"1": 4}, r"phq9\[1\]: is \[4\]. Its answers score 0, 1, 2, 3"),
        ({"1": -1}, r"is \[-1\]"),
        ({"1": True}, r"is \[True\]"),
        ({"1": "2"}, r"is \[2\]"),
        ({"1": 1.0}, r"is \[1.0\]"),
    ],
)
def test_an_answer_that_is_none_is_refused_by_name(answers: dict[str, object], words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        score(phq9(), answers)  # type: ignore[arg-type]


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(AnswerError) as error:
        score(phq9(), {"1": 9, "2": 9, "12": 0})
    assert len(error.value.problems) == 3


def test_an_answer_to_an_item_that_is_not_asked_is_refused() -> None:
    with pytest.raises(AnswerError, match=r"audit_c\[3\]: is \[2\], but item \[1\] is \[0\]"):
        score(shipped().instruments["audit_c"], {"1": 0, "3": 2})


def test_an_instrument_without_items_takes_totals_only() -> None:
    dast = shipped().instruments["dast_10"]
    with pytest.raises(AnswerError, match="may be recorded as a total only"):
        score(dast, {"1": 1})
    assert typed(dast, {"total": 10}).total.total == 10


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ({}, "has no total"),
        ({"total": 28}, r"is \[28\]. It may be a whole number from 0 to 27"),
        ({"total": 2.5}, r"is \[2.5\]"),
        ({"total": True}, r"is \[True\]"),
        ({"sum": 2}, r"PHQ-9 has no scale \[sum\]. Its scales are total"),
    ],
)
def test_a_total_that_is_none_is_refused(totals: dict[str, object], words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        typed(phq9(), totals)
