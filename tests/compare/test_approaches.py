"""Approaches side by side: equal detail, and benefit and limits in equal space."""

from __future__ import annotations

import typing

import pytest

from tests.support import shipped
from trellis.compare.approaches import TOPICS, compare_approaches, find_approach, topics_of
from trellis.errors import Problem, TrellisError
from trellis.evidence import statement
from trellis.evidence.words import level_words, source_lines, statement_lines
from trellis.kinds.approach import Feature
from trellis.kinds.evidence import Summary
from trellis.say import Say, catalogue

KB = shipped()
ALWAYS = (
    "what",
    "principles",
    "format",
    "sessions",
    "given_by",
    "for_whom",
    "not_for",
    "asks",
    "drawbacks",
    "questions",
)
SUMMARIES = list(KB.summaries.values())


@pytest.mark.parametrize("name", KB.approaches)
def test_every_approach_tells_every_topic_in_both_languages(name: str) -> None:
    found = topics_of(KB, KB.approaches[name])
    assert tuple(found) == TOPICS
    assert [topic for topic in ALWAYS if not found[topic]] == []
    assert [claim.en for claims in found.values() for claim in claims if not claim.es] == []


@pytest.mark.parametrize("name", KB.approaches)
def test_an_approach_is_found_by_its_id_and_by_each_short_name(name: str) -> None:
    approach = KB.approaches[name]
    assert find_approach(KB, name.upper(), []) is approach
    for short in approach.short.en.split(","):
        assert find_approach(KB, short, []) in (approach, KB.approaches.get(short.strip().casefold().replace(" ", "_")))


@pytest.mark.parametrize(
    ("said", "meant"), [("mi", "mi_met"), ("MET", "mi_met"), ("dbt", "dbt"), ("act", "act"), ("ACT team", "act_team")]
)
def test_short_names_people_use(said: str, meant: str) -> None:
    assert find_approach(KB, said, []) is KB.approaches[meant]


@pytest.mark.parametrize(
    ("said", "words"),
    [("naltrexone", "naltrexone_oral, naltrexone_xr"), ("cbtt", "Did you mean"), ("", "is no approach")],
)
def test_a_name_that_means_none_or_several_is_explained(said: str, words: str) -> None:
    problems: list[Problem] = []
    assert find_approach(KB, said, problems) is None
    assert words in str(problems[0])


@pytest.mark.parametrize(
    ("names", "condition", "words"),
    [
        ([], None, "1 to 4"),
        (["cbt", "dbt", "pe", "cpt", "emdr"], None, "1 to 4"),
        (["cbt", "CBT"], None, "twice"),
        (["cbt", "dbt"], "depresion", "Did you mean depression?"),
    ],
)
def test_what_cannot_be_compared_is_said(names: list[str], condition: str | None, words: str) -> None:
    with pytest.raises(TrellisError, match=words):
        compare_approaches(KB, names, condition=condition)


def test_evidence_is_split_into_benefit_and_limits_and_nothing_is_lost() -> None:
    for column in compare_approaches(KB, ["cbt", "dbt", "mi"]).columns:
        told = {one.id for one in (*column.benefit, *column.limits)}
        assert told == {s.id for s in SUMMARIES if s.approach == column.id}
        assert {one.summary.side for one in column.benefit} <= {"benefit"}
        assert column.limits, "limits or harm are known of each of these"


def test_evidence_of_one_condition_alone() -> None:
    columns = compare_approaches(KB, ["cbt", "ipt"], condition="depression").columns
    found = {one.summary.condition for column in columns for one in (*column.benefit, *column.limits)}
    assert found == {"depression"}


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda s: s.id)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_statement_says_how_sure_it_is_what_is_not_known_and_where_it_comes_from(
    summary: Summary, lang: str
) -> None:
    one = statement(KB, summary)
    lines = statement_lines(one, lang)
    assert any(line.startswith(level_words(one.level, lang)) for line in lines)
    assert (Say(lang)("findings.not_verified") in lines) == (not one.verified)
    if one.of_100 is None and summary.unknown is not None:
        assert summary.unknown.in_language(lang) in lines
    assert source_lines(KB, one)
    assert all("http" in line for line in source_lines(KB, one))


def test_every_feature_has_words_in_both_languages() -> None:
    named = {key.removeprefix("feature_") for key in catalogue.topic("approaches") if key.startswith("feature_")}
    assert named == set(typing.get_args(Feature))
