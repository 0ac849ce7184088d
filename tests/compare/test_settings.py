"""Settings side by side: the same topics for each, in the same order, and what each would lack for one person."""

from __future__ import annotations

import dataclasses
import inspect
import json

import pytest

import trellis
from tests.compare.people import DETOX, IOP, IOP_AND_A_HOME, UNIT, decided, nothing_answered
from tests.support import shipped, vignettes
from trellis.compare import compare_settings, fit_of, settings
from trellis.compare.fit import standing
from trellis.compare.settings import TOPICS, topics_of
from trellis.errors import TrellisError
from trellis.evidence import statement
from trellis.evidence.words import source_lines, statement_lines

KB = shipped()
# What a person needs to know of every setting; the rest may be empty for some.
ALWAYS = (
    "short", "what", "who", "supervision", "structure", "gives", "flexibility", "day", "week", "work", "school",
    "family", "stay", "benefits", "drawbacks", "cost", "questions", "before", "after",
)  # fmt: skip


@pytest.mark.parametrize("name", KB.settings)
def test_every_setting_tells_every_topic_in_the_same_order(name: str) -> None:
    found = topics_of(KB, KB.settings[name], KB.axes)
    assert tuple(found) == TOPICS
    assert [topic for topic in ALWAYS if not found[topic]] == []


@pytest.mark.parametrize("name", [*KB.settings, *KB.add_ons, *KB.responses])
def test_every_word_of_a_place_is_in_spanish_too(name: str) -> None:
    for claims in topics_of(KB, KB.place(name), KB.axes).values():
        assert [claim.en for claim in claims if not claim.es] == []


def test_the_same_axes_are_told_of_each_place() -> None:
    compared = compare_settings(KB, ["iop", "recovery_residence", "mobile_crisis"])
    assert len({len(cell) for cell in compared.row("gives")}) == 1


@pytest.mark.parametrize("axis", ["supervision", "structure"])
def test_supervision_and_structure_are_told_by_the_steps_of_the_axis(axis: str) -> None:
    step = KB.axes[axis].steps[KB.axes[axis].rank_of(KB.settings["iop"].gives[axis])]
    told = [claim.en for claim in topics_of(KB, KB.settings["iop"])[axis]]
    assert told == [step.name.en, step.definition.en][: 2 if step.definition.es else 1]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["iop"], "2 to 4"),
        (["iop", "intensive_outpatient"], "twice"),
        (["iop", "ipo"], "Did you mean iop?"),
        (["iop", "php", "op", "hospital", "detox"], "2 to 4"),
    ],
)
def test_what_cannot_be_compared_is_said(names: list[str], words: str) -> None:
    with pytest.raises(TrellisError, match=words):
        compare_settings(KB, names)


def test_a_comparison_cannot_be_changed() -> None:
    compared = compare_settings(KB, ["iop", "php"])
    with pytest.raises(dataclasses.FrozenInstanceError):
        compared.columns = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        compared.columns[0].topics["what"] = ()  # type: ignore[index]


def test_the_comparison_of_iop_and_inpatient_is_told_as_the_review_tells_it() -> None:
    compared = compare_settings(KB, ["inpatient", "iop", "outpatient"])
    iop = compared.columns[1].evidence
    assert [one.of_100 for one in iop if one.summary.condition == "substance_use"] == [None]
    told = " ".join(statement_lines(iop[0], "en"))
    assert "about as well" in told
    assert "No pooled number exists" in told


@pytest.mark.parametrize("summary", [s for s in KB.summaries.values() if s.setting], ids=lambda s: s.id)
def test_every_sentence_about_a_setting_leads_to_a_source_with_an_address(
    summary: trellis.kinds.evidence.Summary,
) -> None:
    one = statement(KB, summary)
    assert one.sources
    assert all("https://" in line or "http://" in line for line in source_lines(KB, one))


# For one person


@pytest.mark.parametrize("vignette", [one["id"] for one in vignettes()][::4])
def test_what_is_recommended_is_enough_and_what_lacks_something_is_not(vignette: str) -> None:
    rec = decided(vignette)
    for name in KB.settings:
        fit = fit_of(rec, name)
        if fit.package is None:
            assert rec.context is not None
            continue
        assert fit.now == standing(rec.shortfalls[fit.package.id])
        assert (fit.now == "short") == any(row.certain for row in fit.lacking)
        if fit.now == "short":
            assert fit.resolve
        if rec.now and fit.package.id in rec.now.ids:
            assert (fit.now, fit.more) == ("enough", False)


def test_iop_is_enough_weekly_visits_are_not_and_a_day_program_is_more() -> None:
    fits = {name: fit_of(decided(IOP), name) for name in ("outpatient", "iop", "php")}
    assert [fit.now for fit in fits.values()] == ["short", "enough", "enough"]
    assert [fit.more for fit in fits.values()] == [False, False, True]
    assert {row.axis for row in fits["outpatient"].lacking} == {"supervision", "structure"}
    asking = {need for row in fits["outpatient"].lacking for need in row.needs}
    assert asking == {need.id for need in fits["outpatient"].resolve}


def test_a_setting_that_is_enough_only_with_a_home_joined_to_it_says_so() -> None:
    fit = fit_of(decided(IOP_AND_A_HOME), "iop")
    assert (fit.now, fit.joined) == ("enough", ("recovery_residence",))


def test_nothing_is_enough_or_lacking_for_certain_before_anything_is_answered() -> None:
    stands = {fit_of(nothing_answered(), name).now for name in KB.settings}
    assert "short" not in stands


def test_add_ons_and_responses_are_no_settings_of_their_own() -> None:
    assert fit_of(decided(IOP), "recovery_residence").now == "apart"
    unit = decided(UNIT)
    serving = {name for name in KB.responses if fit_of(unit, name).serves_hold}
    assert serving == set(unit.hold.responses if unit.hold else ())


def test_an_adolescent_is_not_shown_a_place_that_takes_none() -> None:
    rec = decided("seventeen-without-a-home")
    for name in KB.settings:
        takes = any(p.setting == name and KB.contexts.index(rec.context) in p.admits for p in KB.packages.values())  # type: ignore[arg-type]
        assert (fit_of(rec, name).now != "not_admitted") == takes


def test_plain_values_hold_the_fit_and_the_evidence() -> None:
    plain = json.loads(json.dumps(compare_settings(KB, ["detox", "iop"], rec=decided(DETOX)).to_json(), default=str))
    assert [one["id"] for one in plain] == ["medically_monitored", "iop"]
    assert [one["for_this_person"]["now"] for one in plain] == ["enough", "short"]
    assert plain[1]["evidence"][0]["sources"]


def test_comparing_never_reads_race_or_ethnicity() -> None:
    read = set(KB.facts) | {f for c in KB.rule_conditions.values() for f in trellis.kinds.condition.facts_read(c)}
    assert not [name for name in read if "race" in name.split(".")[-1].split("_") or "ethnic" in name]
    assert "ethnic" not in inspect.getsource(settings)


@pytest.mark.parametrize("name", ["inpatient_psychiatric", "hospital", "medically_monitored", "residential_high"])
def test_nobody_who_sleeps_there_is_told_to_ask_for_evening_or_video_hours(name: str) -> None:
    (column, day) = compare_settings(shipped(), [name, "iop"]).columns
    (told, by_day) = (" ".join(claim.en for claim in one.topics["flexibility"]) for one in (column, day))
    assert "evening or video" not in told
    assert "travel on most days" not in told
    assert "evening or video" in by_day
