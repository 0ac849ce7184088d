"""The shipped table of studies gives the answers that stand among the results; rows that overlap are never pooled."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.support import shipped
from trellis.errors import TrellisError
from trellis.evidence import Pooled, pool_dataset, pool_results, read_dataset, regress_dataset
from trellis.kinds.evidence import Result
from trellis.library.knowledge import Knowledge, by_id

NAME = "landenberger2005"


def shown(pooled: Pooled) -> list[float]:
    return [math.exp(value) for value in (pooled.effect, *pooled.ci)]


@pytest.mark.parametrize(
    ("row", "method", "where", "tau2"),
    [
        ("E158", "dersimonian_laird", {}, 0.1196),
        ("E159", "reml", {}, 0.1046),
        ("E160", "reml", {"design": "rct"}, 0.0078),
    ],
)
def test_pooling_gives_the_results_that_are_kept_as_rows(row: str, method, where: dict[str, str], tau2: float) -> None:
    kept = shipped().results[row]
    found = pool_dataset(shipped(), NAME, method=method, where=where)
    original = [kept.original.value, kept.original.low, kept.original.high]
    assert shown(found.pooled) == pytest.approx(original, abs=0.0011)
    assert found.pooled.tau2 == pytest.approx(tau2, abs=5e-5)
    assert found.pooled.k == kept.studies


def test_the_spread_of_the_whole_table_is_the_known_one() -> None:
    pooled = pool_dataset(shipped(), NAME, method="dersimonian_laird").pooled
    assert pooled.q == pytest.approx(213.69, abs=0.005)
    assert pooled.i2 == pytest.approx(0.733, abs=5e-4)
    assert pooled.i2_from == "q"


def test_effects_are_those_that_the_table_itself_carries() -> None:
    """The table has a column of effects and variances from another program; ours come from the counts."""
    for study in read_dataset(shipped(), NAME).studies:
        assert study.effect == pytest.approx(float(study.row["yi"]))
        assert study.variance == pytest.approx(float(study.row["vi"]))


def test_every_study_has_a_name_of_its_own() -> None:
    labels = read_dataset(shipped(), NAME).labels
    assert len({*labels}) == len(labels) == 58
    assert "Cann (2003), 2" in labels


def test_groups_hold_every_study_once() -> None:
    found = pool_dataset(shipped(), NAME, by="design")
    assert found.groups is not None
    assert {name: group.k for name, group in found.groups.groups.items()} == {"rct": 19, "match": 23, "nonequiv": 16}
    alone = pool_dataset(shipped(), NAME, where={"design": "rct"}).pooled
    assert found.groups.groups["rct"] == alone


def test_studies_that_do_not_report_a_feature_are_left_out_with_the_reason() -> None:
    found, table = regress_dataset(shipped(), NAME, "age")
    assert found.k == len(table.studies) == 44
    assert len(table.dropped) == 14
    assert "does not report" in table.dropped[0].why.en


def test_words_become_contrasts_with_the_most_frequent() -> None:
    found, _ = regress_dataset(shipped(), NAME, "setting", method="dersimonian_laird")
    assert [one.name for one in found.coefficients] == ["intercept", "setting=prison"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "landenberger"}, "[landenberger] is not known. Did you mean landenberger2005?"),
        ({"by": "desing"}, "has no moderator [desing]. Did you mean design?"),
        ({"where": {"design": "rtc"}}, "has no study with [rtc]. Did you mean rct?"),
        ({"where": {"colour": "red"}}, "has no moderator [colour]."),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest_right_one(options: dict, words: str) -> None:
    with pytest.raises(TrellisError) as refused:
        pool_dataset(shipped(), options.pop("name", NAME), **options)
    assert words in str(refused.value)


def test_a_broken_count_is_named_by_line_and_column() -> None:
    kb = shipped()
    file = kb.datasets[NAME].file
    broken = kb.files[file].replace("prison,no,23,29,10,19", "prison,no,23,29,ten,19", 1)
    with pytest.raises(TrellisError, match=r"landenberger2005.csv:2: column \[n.cbt.rec\] holds \[ten\]"):
        read_dataset(replace(kb.with_changes(), files={**kb.files, file: broken}), NAME)


def test_other_estimators_do_not_regress() -> None:
    with pytest.raises(TrellisError, match=r"does not go with \[paule_mandel\]"):
        regress_dataset(shipped(), NAME, "design", method="paule_mandel")


# Rows of results.


def trial(name: str, **changes: object) -> Result:
    """An invented trial."""
    plain = {
        "id": name,
        "approach": "cbt",
        "form": {"en": "CBT"},
        "comparator": {"en": "Usual care"},
        "population": {"en": "Adults"},
        "condition": "depression",
        "outcome": {"en": "Response"},
        "about": "symptoms",
        "design": "RCT",
        "measure": "RR",
        "original": {"value": 2.0, "low": 1.0, "high": 4.0},
        "favours": "higher",
        "year": 2020,
        "first_author": "Nobody",
        "verified": "yes",
        "source": f"source-{name}",
    }
    return Result.model_validate(plain | changes)


def knowing(*rows: Result) -> Knowledge:
    return shipped().with_changes(results=by_id(list(rows)))


def test_two_trials_of_different_sources_may_be_pooled() -> None:
    kb = knowing(
        trial("E901"),
        trial("E902", original={"value": 0.5, "low": 0.25, "high": 1.0}, favours="lower"),
    )
    pooled, table = pool_results(kb, ["E901", "E902"], method="dersimonian_laird")
    assert table.effects == pytest.approx((math.log(2), math.log(2)))
    assert math.exp(pooled.effect) == pytest.approx(2.0)
    assert pooled.k == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"design": "meta-analysis"}, "summarise overlapping studies"),
        ({"design": "review"}, "meta-analyses or reviews"),
        ({"source": "source-E901"}, "come from one source [source-E901]"),
        ({"outcome": {"en": "Remission"}}, "differ in outcome: [Response; Remission]"),
        ({"measure": "OR"}, "differ in scale: [RR; OR]"),
        ({"condition": "anxiety"}, "differ in condition: [depression; anxiety]"),
        ({"design": "cohort"}, "differ in design: [RCT; cohort]"),
        ({"approach": "dbt"}, "differ in approach: [cbt; dbt]"),
        ({"original": {"value": 2.0}}, "has no interval"),
        ({"favours": "neither"}, "compares nothing"),
        ({"verified": "memory"}, "was not seen in its source"),
    ],
)
def test_rows_that_do_not_belong_together_are_refused_with_the_reason(changes: dict, words: str) -> None:
    with pytest.raises(TrellisError) as refused:
        pool_results(knowing(trial("E901"), trial("E902", **changes)), ["E901", "E902"])
    assert words in str(refused.value)


def test_a_scale_that_is_not_pooled_is_named() -> None:
    rows = [trial(name, measure="r", original={"value": 0.2, "low": 0.1, "high": 0.3}) for name in ("E901", "E902")]
    with pytest.raises(TrellisError, match=r"is on the scale \[r\], which is not pooled here"):
        pool_results(knowing(*rows), ["E901", "E902"])


def test_all_that_stands_against_pooling_is_said_at_once() -> None:
    with pytest.raises(TrellisError) as refused:
        pool_results(shipped(), ["E158", "E162"])
    assert len(refused.value.problems) > 1


@pytest.mark.parametrize(
    ("ids", "words"),
    [(["E001"], "there are [1] rows"), (["E001", "E001"], "[E001] is named twice"), (["E001", "E9999"], "[E9999]")],
)
def test_too_few_twice_or_unknown(ids: list[str], words: str) -> None:
    with pytest.raises(TrellisError) as refused:
        pool_results(shipped(), ids)
    assert words in str(refused.value)


def test_no_two_meta_analyses_that_ship_can_be_pooled() -> None:
    reviews = [row.id for row in shipped().results.values() if row.design in ("meta-analysis", "review")]
    for one, other in pairwise(reviews):
        with pytest.raises(TrellisError):
            pool_results(shipped(), [one, other])
