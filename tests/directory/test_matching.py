"""A place held against what is wanted: meets, may meet, lacks; and the order, by need first and never by who pays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.directory.invented import invented
from tests.directory.support import decided, directory, place
from tests.support import shipped
from trellis.directory import Directory, ListSource, Near, match, rank, search, terms_of, wanted_for, wanted_of
from trellis.errors import AnswerError

KB = shipped()
TERMS = terms_of(KB)
TEEN = {
    "focus": "both",
    "age": "adolescent",
    "pregnancy": "no",
    "mental.depression": "severe",
    "use.alcohol": "moderate",
}
OPIOIDS = {"focus": "substance_use", "age": "adult", "pregnancy": "no", "use.opioids": "severe"}
HERE = Near("here", 38.0, -78.5)
NEARBY = {"latitude": "38.0", "longitude": "-78.5"}
FAR = {"latitude": "39.9", "longitude": "-78.5"}


def test_a_place_that_says_all_that_is_asked_meets() -> None:
    wanted = wanted_of(decided(OPIOIDS))
    found = match(TERMS, place(has="outpatient treats_substance_use adults buprenorphine"), wanted)
    assert found.fit == "meets"
    assert not [point for point in found.ask if point.kind in ("setting", "axis", "people")]


def test_a_place_that_does_not_say_may_meet_and_what_to_ask_is_named() -> None:
    found = match(TERMS, place(has="outpatient treats_substance_use"), wanted_of(decided(OPIOIDS)))
    assert found.fit == "may"
    assert "age" in [point.id for point in found.ask if point.kind == "people"]


def test_a_place_that_only_tells_of_lighter_care_lacks_and_the_need_that_asks_is_named() -> None:
    rec = decided({"focus": "both", "age": "adult", "use.alcohol": "severe", "mental.depression": "moderate"})
    wanted = wanted_of(rec)
    assert "outpatient" not in wanted.settings
    found = match(TERMS, place(has="outpatient"), wanted)
    assert found.fit == "lacks"
    asked = [point for point in found.lacks if point.kind == "axis"]
    assert asked
    assert all(need in KB.needs for point in asked for need in point.needs)
    assert any(point.needs for point in asked)


def test_a_place_that_says_it_does_not_take_such_people_lacks() -> None:
    found = match(TERMS, place(has="outpatient treats_both", has_not="adolescents"), wanted_of(decided(TEEN)))
    assert found.fit == "lacks"
    assert [point.id for point in found.lacks if point.kind == "people"] == ["age"]


def test_a_service_that_is_missing_is_a_gap_and_rules_no_place_out() -> None:
    wanted = wanted_of(decided(OPIOIDS))
    without = place(
        "b", has="outpatient treats_substance_use adults psychiatric_medicine", has_not="buprenorphine methadone"
    )
    found = match(TERMS, without, wanted)
    assert found.fit == "meets"
    assert "opioid_medication" in [point.id for point in found.lacks]
    with_it = place("c", has="outpatient treats_substance_use adults buprenorphine", latitude="40", longitude="-80")
    here = {"latitude": "38", "longitude": "-78.5"}
    near = place(
        "d", has="outpatient treats_substance_use adults naltrexone", has_not="buprenorphine methadone", **here
    )
    assert [one.programme.id for one in rank(TERMS, [near, with_it], wanted, HERE)] == ["c", "d"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"has": "iop"} | NEARBY, {"has": "iop"} | FAR),
        ({"has": "iop", "wait_days": "1"}, {"has": "iop", "wait_days": "20"}),
        ({"has": "iop"}, {"has": "iop", "wait_days": "20"}),
        ({"has": "iop", "wait_days": "2"}, {"has": "iop"}),
        ({"has": "iop medicaid"}, {"has": "iop"}),
        ({"has": "iop"}, {"has": "iop", "has_not": "medicaid"}),
        ({"has": "iop medicaid lang_es"}, {"has": "iop medicaid"}),
        ({"has": "iop"} | FAR, {"has": "some_outpatient"} | NEARBY),
    ],
)
def test_need_goes_first_then_distance_wait_payment_and_language(first: dict[str, str], second: dict[str, str]) -> None:
    wanted = wanted_for(KB, ["iop"], language="es", payment="medicaid")
    several = [place("z", **second), place("y", **first)]  # type: ignore[arg-type]
    several[1] = place("zz", **first)  # type: ignore[arg-type]
    assert [one.programme.id for one in rank(TERMS, several, wanted, HERE)] == ["zz", "z"]


def test_where_somebody_asks_by_name_places_that_do_not_say_it_are_left_out_if_others_do() -> None:
    wanted = wanted_for(KB, ["residential_high"])
    several = [place("a", has="outpatient"), place("b", has="residential")]
    assert [one.programme.id for one in rank(TERMS, several, wanted)] == ["b"]
    assert [one.fit for one in rank(TERMS, several[:1], wanted)] == ["may"]


def test_a_closed_place_is_not_shown() -> None:
    assert rank(TERMS, [place(has="iop", closed="yes")], wanted_for(KB, ["iop"])) == []


def test_a_result_that_is_open_looks_for_all_that_is_not_ruled_out() -> None:
    wanted = wanted_of(decided({"focus": "mental_health", "mental.depression": "severe"}))
    assert wanted.open
    assert len(wanted.settings) > 1


def test_now_and_next_are_looked_for_apart() -> None:
    worst = KB.facts["withdrawal.alcohol_signs"].values[-1]
    rec = decided(
        {"focus": "substance_use", "age": "adult", "use.alcohol": "severe", "withdrawal.alcohol_signs": worst}
    )
    now, after = wanted_of(rec, "now"), wanted_of(rec, "next")
    assert "withdrawal" in [one.axis for one in now.asked]
    assert "withdrawal" not in [one.axis for one in after.asked]
    assert "outpatient" not in now.settings


def test_care_around_birth_is_looked_for_only_where_it_is_known() -> None:
    silent = wanted_of(decided({"focus": "substance_use", "age": "adult", "use.opioids": "severe"}))
    assert "prenatal_care" not in [one.service for one in silent.services]
    known = wanted_of(decided(OPIOIDS | {"pregnancy": "pregnant"}))
    assert "pregnancy" in [one.about for one in known.people]


def test_a_word_that_is_not_known_is_refused_with_the_nearest() -> None:
    with pytest.raises(AnswerError, match="Did you mean iop"):
        wanted_for(KB, ["iopp"])
    with pytest.raises(AnswerError, match=r"--payment: \[gold\] is not known here"):
        wanted_for(KB, ["iop"], payment="gold")


# --- the order in SQL is the order in Python ---


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    opened = directory(tmp_path_factory.mktemp("places"))
    with opened.writing():
        opened.remember_source(ListSource("invented", "Invented", "csv", False, "2026-11-30"))
        opened.write_said(invented(KB, 300))
        opened.index_all()
    return opened


SEVERITIES = st.sampled_from(["none", "mild", "moderate", "severe"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    focus=st.sampled_from(["mental_health", "substance_use", "both"]),
    age=st.sampled_from([None, "adolescent", "adult", "older_adult"]),
    depression=SEVERITIES,
    opioids=SEVERITIES,
    when=st.sampled_from(["now", "next"]),
    language=st.sampled_from(["", "es"]),
    payment=st.sampled_from(["", "medicaid"]),
    within=st.sampled_from([None, 25.0, 80.0]),
    limit=st.sampled_from([1, 3, 10, 40]),
)
def test_the_first_places_in_sql_are_the_first_in_python(
    full: Directory, focus, age, depression, opioids, when, language, payment, within, limit
) -> None:  # type: ignore[no-untyped-def]
    answers = {"focus": focus}
    if focus != "substance_use":
        answers["mental.depression"] = depression
    if focus != "mental_health":
        answers["use.opioids"] = opioids
    if age:
        answers["age"] = age
    wanted = wanted_of(decided(answers), when, language=language, payment=payment)
    plain = rank(TERMS, full, wanted, HERE, within)[:limit]
    found = search(full, wanted, HERE, limit=limit, within=within)
    assert [one.programme.id for one in found] == [one.programme.id for one in plain]
    assert [one.key for one in found] == [one.key for one in plain]


@pytest.mark.parametrize("setting", ["iop", "residential_high", "recovery_residence", "mobile_crisis", "hospital"])
def test_the_same_holds_where_a_kind_of_care_is_asked_by_name(full: Directory, setting: str) -> None:
    wanted = wanted_for(KB, [setting], also=["veterans"])
    for near in (None, HERE):
        plain = rank(TERMS, full, wanted, near)[:20]
        assert [one.programme.id for one in search(full, wanted, near, limit=20)] == [one.programme.id for one in plain]


def test_places_that_are_equal_in_all_but_what_nobody_reads_keep_their_order(tmp_path: Path) -> None:
    """A field that is not ours, such as one for a sponsor, cannot even be taken in."""
    with directory(tmp_path) as opened:
        (tmp_path / "paid.csv").write_text("name,sponsored\nPaid Place,yes\n", encoding="utf-8")
        from tests.directory.support import taken

        with pytest.raises(AnswerError, match=r"has a column \[sponsored\]"):
            taken(opened, tmp_path / "paid.csv")
