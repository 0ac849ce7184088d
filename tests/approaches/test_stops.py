"""Stops and cautions: what holds stops, what is open is "check first" everywhere, and the guide asks none of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.driver import COMMAND
from tests.interview.answering import answer, somebody
from tests.support import AS_OF, CONTEXT, complete, shipped, vignettes
from tests.support import person as of_vignette
from trellis.approaches import ApproachView, Matched, match_approaches, words_of_check
from trellis.decide import Recommendation, decide
from trellis.engine.node import FALSE, OPEN, TRUE
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.interview import Interview
from trellis.kinds.approach import Stop
from trellis.plans import Person, make_plan
from trellis.plans.choose import cautions as told_in_a_plan
from trellis.plans.person import Choices
from trellis.plans.render import to_html, to_markdown

KB = shipped()
CHECKS = {name: fact for name, fact in KB.facts.items() if fact.kind == "check"}
MEDICINES = [one.id for one in KB.approaches.values() if one.kind == "medication"]
PARTIAL = st.dictionaries(st.sampled_from(list(CHECKS)), st.integers(0, 2))


def matched(answers: dict[str, Any], **context: str) -> Matched:
    """Matching for somebody with this, all other that people are asked at best, and no check told that is not here."""
    everything = complete(KB, answers, CONTEXT | context)
    return match_approaches(
        decide(KB, {k: v for k, v in everything.items() if k in answers or k not in CHECKS}, as_of=AS_OF)
    )


def answers_of(vignette: dict[str, Any]) -> dict[str, Any]:
    answers = vignette["answers"]
    return complete(KB, answers) if vignette.get("others", "best") == "best" else dict(answers)


def view_of(found: Matched, name: str) -> ApproachView:
    view = found.view(name)
    assert view is not None
    return view


def checks(view: ApproachView) -> list[str]:
    return [words_of_check(stop).person.en for stop in view.check_first]


@given(st.sampled_from(vignettes()), PARTIAL, st.sets(st.sampled_from([*KB.facts, *KB.factors]), max_size=40))
def test_whatever_is_known_a_stop_that_holds_is_never_offered_and_an_open_one_is_told(
    vignette: dict[str, Any], told: dict[str, int], unknown: set[str]
) -> None:
    answers = answers_of(vignette) | {
        name: CHECKS[name].step_at(min(rank, CHECKS[name].top)).id for name, rank in told.items()
    }
    rec = decide(KB, {k: v for k, v in answers.items() if k not in unknown or k in told}, as_of=AS_OF)
    found = match_approaches(rec)
    offered = {view.id: view for view in found.ranked} | {one.approach.id: one for one in found.ask_about}
    for stop in KB.stops.values():
        value = rec.stands(KB.rule_nodes[stop.id], stop.applies)
        view = found.view(stop.approach)
        if stop.action == "stop" and value == TRUE:
            assert stop.approach not in offered
        if view is not None and stop.check is not None:
            assert (stop.check in [one.check for one in view.check_first]) or value != OPEN
        if view is not None and value == FALSE:
            assert stop not in (*view.cautions, *view.check_first)
    for view in found.ranked:
        for guided in view.guidance:
            assert not (guided.line == "against" and guided.named.action == "stop")


@pytest.mark.parametrize("stop", [one for one in KB.stops.values() if one.check], ids=lambda stop: stop.id)
def test_what_is_checked_is_said_in_both_languages_in_one_sentence(stop: Stop) -> None:
    words = words_of_check(stop).person
    assert words.es
    assert words.en.startswith("Check first: ")
    assert words.es.startswith("Revisar antes: ")
    assert words.en.count(".") == words.es.count(".") == 1


@pytest.mark.parametrize(
    ("answers", "approach", "sentence"),
    [
        ({"use.alcohol": "severe"}, "acamprosate", "Check first: severe kidney disease."),
        ({"use.alcohol": "severe"}, "naltrexone_oral", "Check first: acute hepatitis or liver failure."),
        ({"use.alcohol": "severe"}, "naltrexone_xr", "Check first: opioids in the body in the past two weeks."),
        ({"use.opioids": "severe"}, "methadone", "Check first: long QT or another risk for the heart rhythm."),
        ({"mental.psychosis": "acute"}, "antipsychotic", "Check first: long QT or another risk for the heart rhythm."),
        ({"mental.depression": "severe"}, "antidepressant", "Check first: seizures, now or in the past."),
    ],
)
def test_a_label_that_nobody_has_looked_at_is_told_as_check_first(
    answers: dict[str, Any], approach: str, sentence: str
) -> None:
    assert sentence in checks(view_of(matched(answers, age="adult", pregnancy="no"), approach))


@pytest.mark.parametrize(
    ("answers", "told", "approach"),
    [
        ({"use.alcohol": "severe"}, {"prescribing.kidney": "severe"}, "acamprosate"),
        ({"use.alcohol": "severe"}, {"prescribing.liver": "acute_or_failure"}, "naltrexone_oral"),
        ({"use.alcohol": "severe"}, {"prescribing.opioids_in_body": "yes"}, "naltrexone_xr"),
        ({"use.alcohol": "severe"}, {"prescribing.heart": "severe"}, "disulfiram"),
        ({"mental.depression": "severe"}, {"prescribing.maoi": "yes"}, "antidepressant"),
        ({"mental.depression": "severe"}, {"mental.mania": "past_or_stable"}, "antidepressant"),
    ],
)
def test_somebody_whom_a_label_excludes_is_offered_the_medicine_neither_as_an_option_nor_to_ask_about(
    answers: dict[str, Any], told: dict[str, Any], approach: str
) -> None:
    found = matched(answers | told, age="adult", pregnancy="no")
    assert found.view(approach) is None
    assert approach not in [one.approach.id for one in found.ask_about]
    assert approach in [one.approach.id for one in found.stopped]
    before = matched(answers, age="adult", pregnancy="no")
    assert before.view(approach) is not None, "without that answer it is offered"


def test_a_check_that_came_out_well_is_not_spoken_of() -> None:
    answers = {"use.alcohol": "severe", "prescribing.kidney": "none"}
    view = view_of(matched(answers, age="adult", pregnancy="no"), "acamprosate")
    assert not any("kidney" in sentence for sentence in checks(view))
    assert not any("kidney" in stop.because.person.en for stop in view.cautions)


def test_pregnancy_that_is_not_known_is_checked_before_medicine_for_alcohol() -> None:
    rec = decide(
        KB, {"use.alcohol": "severe", "use.opioids": "none", "age": "adult", "focus": "substance_use"}, as_of=AS_OF
    )
    assert "Check first: pregnancy." in checks(view_of(match_approaches(rec), "acamprosate"))


def test_a_plan_says_what_to_check_with_the_same_words_and_never_that_it_is_so() -> None:
    rec = decide(
        KB,
        {k: v for k, v in complete(KB, {"use.alcohol": "severe"}).items() if k not in CHECKS},
        as_of=AS_OF,
    )
    view = view_of(match_approaches(rec), "acamprosate")
    told = [reason.words.person.en for reason in told_in_a_plan(view)]
    assert "Check first: severe kidney disease." in told
    assert not any("Your kidneys work" in sentence for sentence in told)
    planned = {one.approach: one for one in make_plan(rec).interventions}
    for name, one in planned.items():
        for stop in view_of(match_approaches(rec), name).check_first:
            assert words_of_check(stop) in [reason.words for reason in one.cautions]


# --- who is asked ---------------------------------------------------------------------------------------------------


def test_no_need_reads_what_a_prescriber_checks_and_no_screen_lists_it() -> None:
    assert CHECKS
    assert not {name for names in KB.reads.values() for name in names} & set(CHECKS)
    assert not {item.fact for screen in KB.screens.values() for item in screen.checklist} & set(CHECKS)


@pytest.mark.parametrize("seed", range(8))
def test_no_interview_ever_asks_what_a_prescriber_checks(seed: int) -> None:
    truth, interview = somebody(KB, seed, trouble=0.3), Interview(KB, AS_OF)
    asked: set[str] = set()
    while (question := interview.current()) is not None:
        asked |= set(question.facts)
        answer(interview, truth)
    assert asked
    assert not asked & set(CHECKS)


def test_what_a_prescriber_checks_changes_no_place_and_no_danger() -> None:
    worst = {name: fact.step_at(fact.top).id for name, fact in CHECKS.items()}
    for vignette in vignettes()[::5]:
        plain: Recommendation = of_vignette(KB, vignette)
        told = decide(KB, answers_of(vignette) | worst, as_of=AS_OF, places=vignette.get("places"))
        assert [one.id for one in told.active] == [one.id for one in plain.active]
        assert (told.now, told.least.now.ids) == (plain.now, plain.least.now.ids)


# --- the same words everywhere --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "severe kidney disease"), ("es", "enfermedad grave de los riñones")]
)
def test_the_page_the_terminal_and_the_plan_with_its_pdf_say_it_with_the_same_words(
    tmp_path: Path, lang: Any, sentence: str
) -> None:
    words = words_of_check(KB.stops["acamprosate-kidney"]).person.in_language(lang)
    assert sentence in words
    answers = {k: v for k, v in complete(KB, {"use.alcohol": "severe"}).items() if k not in CHECKS}
    file = tmp_path / "person.yaml"
    file.write_text(json.dumps({"as_of": str(AS_OF), "answers": answers}), encoding="utf-8")
    command = [*COMMAND, "approaches", "--for", str(file), "--all", "--lang", lang]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert words.rstrip(".") in " ".join(shown.split())

    rec = decide(KB, answers, as_of=AS_OF)
    plan = make_plan(rec, Person(approaches=Choices(chosen=("acamprosate",))))
    assert words in to_html(KB, plan, lang=lang)  # what the PDF is printed from
    assert words in " ".join(to_markdown(KB, plan, lang=lang).split())

    assert compare_of(KB, lang)["rules"]["acamprosate-kidney.check"]["because"] == words


def test_the_guide_has_no_question_that_leads_to_what_a_prescriber_checks() -> None:
    core = core_of(KB)
    for name in CHECKS:
        assert core["facts"][name]["readers"] == []
        assert name not in core["firstDanger"]
    assert not {box["fact"] for screen in core["screens"].values() for box in screen["checklist"]} & set(CHECKS)
