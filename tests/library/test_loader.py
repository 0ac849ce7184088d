"""Loading: whatever is wrong with the files is named, all at once, with file, line, value and remedy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import trellis
from tests.library.tiny import TINY, plant, problems, tiny
from trellis.library import files, loader

# file, what stands there, the fault planted, the text on whose line the fault lies, the message after file and line
Fault = tuple[str, str, str, str, str]
CRITERIA: dict[str, Fault] = {
    "a fact that no file defines": (
        "criteria.yaml", "{life.past: {at_least: often}}", "{life.psat: {at_least: often}}", "- {id: past-often",
        "the condition reads fact [life.psat], which no file defines. Did you mean life.past?",
    ),
    "a step that is not on the scale": (
        "criteria.yaml", "when: {mood.low: {at_least: moderate}}", "when: {mood.low: {at_least: modrate}}",
        "{mood.low: {at_least: mod",
        "fact [mood.low] has no value [modrate]. Its values are none, mild, moderate, severe. Did you mean moderate?",
    ),
    "an operator that does not exist": (
        "criteria.yaml", "when: {mood.low: {at_least: moderate}}", "when: {mood.low: {over: moderate}}", "{mood.low: {",
        "fact [mood.low] is read with [{'over': 'moderate'}]. Use one of at_least, at_most, is, one_of and a value.",
    ),
    "a fact read against its worse direction": (
        "criteria.yaml", "when: {mood.low: {at_least: moderate}}", "when: {mood.low: {at_most: moderate}}",
        "when: {mood.low",
        "need [mood-moderate] reads [mood.low] with at_most [moderate], against its worse direction. "
        "Read it with at_least, or put it below none.",
    ),
    "a condition that every value meets": (
        "criteria.yaml", "when: {mood.low: {at_least: moderate}}", "when: {mood.low: {at_least: none}}",
        "when: {mood.low",
        "[mood.low] with at_least [none] says nothing: every value of it meets that. "
        "Read it with at_least and a step that is not its best.",
    ),
    "a condition in a count that every value meets": (
        "criteria.yaml", "of: [{mood.low: {at_least: mild}}", "of: [{mood.low: {at_least: none}}", "of: [{mood.low",
        "[mood.low] with at_least [none] says nothing: every value of it meets that. "
        "Read it with at_least and a step that is not its best.",
    ),
    "a danger that everybody is in": (
        "facts.yaml", "danger_at: yes", "danger_at: no", "- {id: life.danger",
        "danger_at [no] is the best step of [life.danger]: everybody would be in danger. "
        "Write the scale from the least of it to the most, or set danger_at to a worse step.",
    ),
    "a fact of which less is worse read upwards": (
        "criteria.yaml", "{life.support: {at_most: nobody}}", "{life.support: {at_least: few}}",
        "when: {all: [{mood.low: {is: severe}}",
        "need [mood-severe-alone] reads [life.support] with at_least [few], against its worse direction. "
        "Read it with at_most, or put it below none.",
    ),
    "a need that rests on a score alone and is no hold": (
        "criteria.yaml", "{id: score-high, phase: hold", "{id: score-high, phase: ongoing", "{id: score-high",
        "need [score-high] rests on a score alone and has phase [ongoing]. "
        "A score alone may only hold and evaluate: use phase hold.",
    ),
    "a need that reads a preference": (
        "criteria.yaml", "{life.past: {at_least: often}}", "{life.nights: {at_least: must_home}}", "{id: past-often",
        "need [past-often] reads a commitment or preference. "
        "Those order what fits and bring barriers; see barriers.yaml.",
    ),
    "care round the clock without a group": (
        "criteria.yaml", "    group: serious_mental_illness\n", "", "- id: mood-severe-alone",
        "need [mood-severe-alone] asks for care round the clock and names no [group]. "
        "Name which of the four groups it belongs to.",
    ),
    "a need that asks for nothing": (
        "criteria.yaml", " requires: {housing: shared},", "", "{id: no-home",
        "need [no-home] asks for nothing. Give requires, services or evaluate.",
    ),
    "an axis that does not exist": (
        "criteria.yaml", "requires: {watch: visits, medicine: doctor}", "requires: {wacth: visits, medicine: doctor}",
        "requires: {wa", "[wacth] is no axis. Did you mean watch?",
    ),
    "a step that is not on the axis": (
        "criteria.yaml", "requires: {watch: visits, medicine: doctor}", "requires: {watch: visits, medicine: docter}",
        "requires: {watch: visits, medicine", "axis [medicine] has no step [docter]. Did you mean doctor?",
    ),
    "a step unlike any other": (
        "criteria.yaml", "requires: {watch: visits, medicine: doctor}", "requires: {watch: zzz, medicine: doctor}",
        "requires: {watch", "axis [watch] has no step [zzz]. See capabilities.yaml.",
    ),
    "a parameter that does not exist": (
        "criteria.yaml", "{parameter: shakes_care}", "{parameter: shakes_cure}", "medicine: {parameter",
        "axis [medicine] has no step []. See capabilities.yaml.",
    ),
    "a service that does not exist": (
        "criteria.yaml", "services: [talking]", "services: [talkin]", "- id: mood-moderate",
        "refers to [talkin], which services does not define. Did you mean talking?",
    ),
    "an urgent text that does not exist": (
        "criteria.yaml", "urgent: danger", "urgent: dangre", "- {id: danger-certain",
        "refers to [dangre], which urgent does not define. Did you mean danger?",
    ),
    "an evaluator that does not exist": (
        "criteria.yaml", "{by: doctor, within_hours: 2}", "{by: docter, within_hours: 2}", "- {id: danger-certain",
        "refers to [docter], which evaluators does not define. Did you mean doctor?",
    ),
    "an evaluation within no time": (
        "criteria.yaml", "within_hours: 2}", "within_hours: 0}", "within_hours: 2",
        "[within_hours] with [0]: input should be greater than 0.",
    ),
    "a source that does not exist": (
        "criteria.yaml", "{ref: book, at: page 1}", "{ref: boook, at: page 1}", "- id: mood-moderate",
        "cites [boook], which no file defines. Did you mean book?",
    ),
    "one focus without both": (
        "criteria.yaml", "applies: {age: [adolescent]}", "applies: {focus: [mental_health]}", "- {id: young, phase",
        "applies to focus ['mental_health'] but not to both. "
        "Add both: co-occurring conditions never ask for less than either alone.",
    ),
    "a context that does not exist": (
        "criteria.yaml", "applies: {age: [adolescent]}", "applies: {aeg: [adolescent]}", "- {id: young, phase",
        "[aeg] is no context. Did you mean age?",
    ),
    "a value that a context does not have": (
        "criteria.yaml", "applies: {age: [adolescent]}", "applies: {age: [adolescnet]}", "- {id: young, phase",
        "context [age] has no value [adolescnet]. Did you mean adolescent?",
    ),
    "an id that is taken": (
        "criteria.yaml", "id: past-often", "id: no-home", "{id: past-often",
        "[no-home] is defined twice in needs; first in criteria.yaml. Rename or remove one.",
    ),
    "a key that means nothing in an entry": (
        "criteria.yaml", "    mapping: source", "    servces: [talking]\n    mapping: source", "    mapping: source",
        "[servces] with [['talking']]: extra inputs are not permitted. Did you mean services?",
    ),
    "a key that is missing in an entry": (
        "criteria.yaml", "    mapping: source\n", "", "- id: mood-severe-alone", "[mapping]: field required.",
    ),
    "a group that does not exist": (
        "criteria.yaml", "group: harm, when", "group: ham, when", "group: harm",
        "[group] with ['ham']: input should be "
        "'serious_mental_illness', 'medical_detox', 'structure' or 'harm'.",
    ),
    "care afterwards with a step that does not exist": (
        "criteria.yaml", "  requires: {watch: visits}\n  because", "  requires: {watch: vists}\n  because",
        "  requires: {watch: visits}\n  because", "axis [watch] has no step [vists]. Did you mean visits?",
    ),
}  # fmt: skip
THE_REST: dict[str, Fault] = {
    "a key that means nothing in a file": (
        "rest.yaml", "topics:", "topcis:", "topics:", "has [topcis], which means nothing. Did you mean topics?",
    ),
    "an entry that is not in a list": (
        "rest.yaml", "lines:\n  - {id: help,", "lines:\n  {id: help,", "lines:\n",
        "[lines] must be a list. Begin each entry with a dash.",
    ),
    "a danger that is not on the scale": (
        "facts.yaml", "danger_at: yes", "danger_at: yse", "{id: life.danger", "danger_at [yse] is not on the scale. "
        "Did you mean yes?",
    ),
    "a danger without the step where it begins": (
        "facts.yaml", " danger_at: yes,", "", "{id: life.danger",
        "fact [life.danger] has kind [danger] and danger_at [None]. "
        "Kind danger needs danger_at; of the other kinds only a score may have it.",
    ),
    "history that expires": (
        "facts.yaml", "kind: history,", "kind: history, valid_days: 3,", "{id: life.past",
        "fact [life.past] has kind [history] and valid_days [3]. "
        "History never expires; every other kind needs valid_days.",
    ),
    "a state that never expires": (
        "facts.yaml", "use.window, kind: state, valid_days: 2,", "use.window, kind: state,", "{id: use.window",
        "fact [use.window] has kind [state] and valid_days [None]. "
        "History never expires; every other kind needs valid_days.",
    ),
    "a circle of implications": (
        "implications.yaml", "implications:", "implications:\n  - "
        "{if: {mood.any: {at_least: yes}}, then: {mood.low: {at_least: mild}}}", "implications:",
        "[mood.low] implies itself in a circle. Break the circle.",
    ),
    "an implication against the worse direction": (
        "implications.yaml", "{life.support: {at_most: few}}", "{life.support: {at_least: few}}", "{if: {body.weak",
        "both sides of an implication must read one fact in its worse direction. "
        "Use at_least on worse-up facts, at_most on worse-down ones.",
    ),
    "an implication of two facts": (
        "implications.yaml", "{body.weak: {at_least: yes}}", "{all: [{body.weak: {at_least: yes}}]}", "{if: {body.weak",
        "[all] with [[{'body.weak': {'at_least': 'yes'}}]]: input should be a valid dictionary.",
    ),
    "an implication of a fact that no file defines": (
        "implications.yaml", "{body.weak: {at_least: yes}}", "{body.waek: {at_least: yes}}", "{if: {body.weak",
        "the condition reads fact [body.waek], which no file defines. Did you mean body.weak?",
    ),
    "an implication that reaches beyond where it is asked": (
        "implications.yaml", "then: {life.support: {at_most: few}}", "then: {use.drink: {at_least: some}}",
        "{if: {body.weak", "[body.weak] applies where [use.drink] does not. "
        "An implication must hold wherever its first fact is asked.",
    ),
    "a derivation of what no file defines": (
        "numbers.yaml", "to: use.window", "to: use.widnow", "- to: use.window",
        "derives [use.widnow], which no file defines. Did you mean use.window?",
    ),
    "a derivation from what no file defines": (
        "numbers.yaml", "from: input.hours", "from: input.huors", "- to: use.window",
        "refers to [input.huors], which inputs does not define. Did you mean input.hours?",
    ),
    "a band with a step that is not on the scale": (
        "numbers.yaml", "step: closed}", "step: shut}", "- to: use.window", "[use.window] has no value [shut].",
    ),
    "a band with two limits": (
        "numbers.yaml", "{below: 40, step: yes}", "{below: 40, above: 50, step: yes}", "- to: body.weak",
        "a band needs one of from, above, below. Give exactly one.",
    ),
    "a band with a parameter that does not exist": (
        "numbers.yaml", "{parameter: mood_high_from}", "{parameter: mood_hihg_from}", "- to: score.mood",
        "parameter [mood_hihg_from] is not a number or not defined. Did you mean mood_high_from?",
    ),
    "a checklist with a fact that no file defines": (
        "rest.yaml", "{fact: use.drink,", "{fact: use.dirnk,", "- id: use_list",
        "refers to [use.dirnk], which facts does not define. Did you mean use.drink?",
    ),
    "a checklist with a step that is not on the scale": (
        "rest.yaml", "{fact: use.drink, at_least: some", "{fact: use.drink, at_least: smoe", "- id: use_list",
        "[use.drink] has no value [smoe]. Did you mean some?",
    ),
    "a help line that does not exist": (
        "rest.yaml", "lines: [help],\n     reviewed_on: 2026-01-01}\nscreens", "lines: [hlep],\n     "
        "reviewed_on: 2026-01-01}\nscreens", "- {id: danger, severity: 1",
        "refers to [hlep], which lines does not define. Did you mean help?",
    ),
    "an accommodation that does not exist": (
        "settings/places.yaml", "accommodations: [evening],\n     because: &because", "accommodations: [evenign],\n"
        "     because: &because", "- {id: work_fixed",
        "refers to [evenign], which services does not define. Did you mean evening?",
    ),
    "a service of a setting that does not exist": (
        "settings/house.yaml", "services: [peer", "services: [per", "setting:",
        "refers to [per], which services does not define. Did you mean peer?",
    ),
    "a package of a setting that does not exist": (
        "settings/places.yaml", "{setting: house}", "{setting: huose}", "- {rank: 5",
        "joins [huose], which no file defines. Did you mean house?",
    ),
    "ranks that do not rise": (
        "settings/places.yaml", "{rank: 5", "{rank: 4", "- {rank: 5",
        "rank [4] stands after rank [4]. Ranks rise from the least restrictive on.",
    ),
    "impossible contexts that are no list": (
        "context.yaml", "\n  - {age: older_adult, pregnancy: yes}", " {age: older_adult}", "impossible:",
        "[impossible] must be a list of contexts. See docs/authoring.md.",
    ),
    "no package that covers everything in a context": (
        "settings/ward.yaml", "contexts: {age: [adolescent]}", "contexts: {age: [adult]}", "",
        "in the context [focus mental_health, age adolescent, pregnancy no] no package covers the top step of every "
        "axis. Let the top package admit this context, or raise what it gives.",
    ),
    "a setting that says nothing about an axis": (
        "settings/home.yaml", ", medicine: none", "", "gives:",
        "says nothing about ['medicine']. Give a step on every axis.",
    ),
    "a setting with an axis that does not exist": (
        "settings/home.yaml", "{watch: none,", "{watch: none, wacth: none,", "gives:",
        "[wacth] is no axis. Did you mean watch?",
    ),
    "a setting with a step that is not on the axis": (
        "settings/home.yaml", "housing: own", "housing: onw", "gives:",
        "axis [housing] has no step [onw]. Did you mean own?",
    ),
}  # fmt: skip
FAULTS = CRITERIA | THE_REST


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_file_its_line_its_value_and_its_remedy(fault: Fault, tmp_path: Path) -> None:
    file, old, new, at, message = fault
    plant(TINY, tmp_path, file, old, new)
    text = (TINY / file).read_text(encoding="utf-8")
    assert at in text
    if "no package covers" in message:
        where = "settings/packages.yaml"
    elif "in a circle" in message:
        where = "implications.yaml:2"
    else:
        where = f"{file}:{text[: text.index(at)].count(chr(10)) + 1}"
    assert f"{where}: {message}" in problems(tmp_path).splitlines()


def test_what_helps_is_read_once_also_when_a_part_of_the_knowledge_is_replaced() -> None:
    kb = trellis.load()
    assert replace(kb, files={}).what_helps is kb.what_helps
    assert kb.with_changes(summaries={}).results is kb.results


# --- parameters


@pytest.mark.parametrize("value", [12, 12.0, np.int64(12), np.float32(12)])
def test_a_parameter_is_the_value_that_the_files_define_however_it_is_written(value: Any) -> None:
    kb = tiny(mood_high_from=value)
    assert type(kb.parameters["mood_high_from"]) is int
    assert kb.digest == tiny(mood_high_from=12).digest


@pytest.mark.parametrize("value", [11, "12", True, None, float("nan"), [12]])
def test_a_parameter_with_a_value_that_it_may_not_have_is_refused(value: Any) -> None:
    assert problems(TINY, mood_high_from=value) == (
        f"parameters: [mood_high_from] is [{value}]. It may be one of 10, 12."
    )


def test_a_parameter_unlike_any_is_refused_with_those_that_there_are() -> None:
    assert problems(TINY, x=1) == "parameters: is not a parameter: [x]. It may be mood_high_from, shakes_care."


# --- when what is read later is wrong


def later_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trellis.Knowledge:
    """The shipped knowledge with a mistake in what is read when first asked for."""
    root = files.shipped()
    shutil.copytree(root, tmp_path / "knowledge")
    (tmp_path / "knowledge/instruments/planted.yaml").write_text(
        "about: {effective: '2026-01-01'}\ninstruments: [{id: PLANTED}]\n", encoding="utf-8"
    )
    monkeypatch.setattr(loader, "shipped", lambda: tmp_path / "knowledge")
    return trellis.load()


def test_what_is_wrong_later_is_told_alike_each_time_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = later_wrong(tmp_path, monkeypatch)
    told = []
    for _ in range(2):
        with pytest.raises(trellis.KnowledgeError) as raised:
            _ = kb.instruments
        told.append(str(raised.value))
    assert told[0] == told[1]
    assert "instruments/planted.yaml:2" in told[0]
    assert "defined twice" not in told[0]
