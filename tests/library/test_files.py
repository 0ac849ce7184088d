"""Whole files and folders: what is wrong with them, what a site may choose, and what loading leaves as it was."""

from __future__ import annotations

import gc
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import yaml12

import trellis
from tests.library.tiny import TINY, plant, problems, tiny
from tests.support import shipped
from trellis.errors import Problem
from trellis.library import files, strict_yaml
from trellis.library.strict_yaml import OF_CONTENT, line_of, plain, read_strictly


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert problems(nowhere) == f"{nowhere}: there is no such folder of knowledge. Give an existing folder."


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing to load", encoding="utf-8")
    assert problems(tmp_path) == f"{tmp_path}: holds no YAML file. Give a folder of knowledge files."


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_bytes("about: Salud en peligro, ¿sí?".encode("latin-1"))
    assert problems(tmp_path) == "facts.yaml: is not UTF-8 (invalid start byte). Save it as UTF-8."


def test_every_file_that_is_not_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "facts.yaml", "facts:", "facts: [")
    plant(tmp_path, tmp_path, "rest.yaml", "topics: [life", "topics: {life")
    first, second = _problems_of(tmp_path)
    assert re.match(r"facts\.yaml:\d+: is not valid YAML: did not find expected ", first)
    assert re.match(r"rest\.yaml:\d+: is not valid YAML: did not find expected ", second)
    assert first.endswith("Mend the line named, or the one above it.")


def _problems_of(root: Path) -> list[str]:
    with pytest.raises(trellis.KnowledgeError) as raised:
        trellis.load(root)
    return [str(problem) for problem in raised.value.problems]


TWICE = {
    "in an entry": (
        "criteria.yaml",
        "    mapping: source\n",
        "    mapping: source\n    mapping: judgement\n",
        "mapping",
    ),
    "in a mapping on one line": ("criteria.yaml", "{id: no-home,", "{id: no-home, id: no-house,", "id"),
    "in the file itself": ("rest.yaml", "topics: [life", "topics: []\ntopics: [life", "topics"),
    "in quotes once": ("criteria.yaml", "    mapping: source\n", '    mapping: source\n    "mapping": x\n', "mapping"),
}


@pytest.mark.parametrize("twice", TWICE.values(), ids=TWICE)
def test_a_key_written_twice_is_refused_with_its_line(twice: tuple[str, str, str, str], tmp_path: Path) -> None:
    file, old, new, key = twice
    line = plant(TINY, tmp_path, file, old, new)
    second = line + new.rstrip("\n").count("\n")
    assert problems(tmp_path) == f"{file}:{second}: has [{key}] twice; first in line {line}. Keep one."


def test_a_key_written_twice_in_a_copy_of_the_shipped_files_is_refused_also_in_what_is_read_later(
    tmp_path: Path,
) -> None:
    old = "    minutes: 3\n"
    line = plant(files.shipped(), tmp_path, "instruments/phq9.yaml", old, old + old)
    message = f"instruments/phq9.yaml:{line + 1}: has [minutes] twice; first in line {line}. Keep one."
    assert problems(tmp_path) == message


def test_names_for_values_that_hold_names_are_refused_before_they_fill_the_memory() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    text = "a: &a [1]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in pairwise(names)
    )
    (found,) = read_strictly(text, "many.yaml", OF_CONTENT).problems
    assert str(found) == (
        "many.yaml:7: stands for more than 1,000,000 values, with names for values that hold names. "
        "Write each value out."
    )


def test_a_value_that_is_used_again_is_the_same_value_and_a_name_of_nothing_is_refused() -> None:
    assert plain("a: &x [1, no]\nb: *x\n", "a.yaml") == {"a": [1, "no"], "b": [1, "no"]}
    with pytest.raises(trellis.KnowledgeError, match=r"a\.yaml:1: uses \[\*x\], which nothing above it is called\."):
        plain("a: &x [*x]\n", "a.yaml")


def test_a_key_that_is_a_list_is_refused(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "about:", "? [a, b]\n: 1\nabout:")
    found = problems(tmp_path)
    assert "criteria.yaml:1: has a list or mapping as a name. Write one word." in found.splitlines()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("implications.yaml", "{if: {use.shakes: {at_least: mild}}", "{if: {use.shakes: {at_least: none}}"),
        ("settings/places.yaml", "when: {life.work: {at_least: fixed}}", "when: {life.work: {at_least: none}}"),
    ],
)
def test_an_implication_or_a_barrier_that_always_holds_is_refused(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    line = plant(TINY, tmp_path, file, old, new)
    (found,) = problems(tmp_path).splitlines()
    assert found.startswith(f"{file}:{line}: ")
    assert "says nothing: every value of it meets that." in found


@pytest.mark.parametrize("more", ["---\nneeds: []\n", "---\n", "...\n---\n", "--- # more\nabout: 1\n"])
def test_a_second_document_in_a_file_is_refused_with_its_line(more: str, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "criteria.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + more, encoding="utf-8")
    line = text.count("\n") + more.count("\n---") + 1
    message = f"criteria.yaml:{line}: begins a second document, which would be dropped."
    assert problems(tmp_path) == message + " Make it a file of its own, or remove the line."


def test_a_file_may_begin_with_the_mark_of_its_one_document(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "about:", "---\nabout:")
    assert problems(tmp_path) == ""


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    shutil.copytree(files.shipped(), tmp_path, dirs_exist_ok=True)
    for name in ("instruments/phq9.yaml", "criteria/harm.yaml", "evidence/landenberger2005.csv"):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    kb = trellis.load(tmp_path)
    assert kb.digest == shipped().digest
    assert kb.datasets.keys() == shipped().datasets.keys()
    assert "phq9" in kb.instruments


def test_many_problems_of_one_file_are_located_by_reading_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {name: "about: x\nneeds:\n" + "- {id: a}\n" * 100 + f"# {name}\n" for name in ("a.yaml", "b.yaml")}
    found = [Problem(f"{name}#needs/{n}/id", "is wrong.") for n in range(100) for name in texts]
    read: list[str] = []
    strictly = strict_yaml.read_strictly
    monkeypatch.setattr(strict_yaml, "read_strictly", lambda text, *how: read.append(text) or strictly(text, *how))
    located = files.with_lines(found, texts)
    assert [str(problem) for problem in located][99:101] == ["a.yaml:102: is wrong.", "b.yaml:3: is wrong."]
    assert len(read) == 2


@pytest.mark.parametrize("text", ["- a list\n", "just words\n", ""])
def test_a_file_that_is_no_mapping_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(text, encoding="utf-8")
    assert problems(tmp_path) == "facts.yaml:1: must hold a mapping. Begin with `about:`."


def test_a_file_without_about_is_named(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "implications.yaml"
    path.write_text(re.sub("(?m)^about.*$", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert problems(tmp_path) == "implications.yaml: has no [about]. Say what it holds, since when, and its review."


def test_an_about_with_a_key_missing_is_named(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "facts.yaml", ", effective: 2026-01-01", "")
    assert "facts.yaml:3: [effective]: field required." in problems(tmp_path).splitlines()


@pytest.mark.parametrize("times", [0, 2])
def test_care_after_a_stay_is_given_once(times: int, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "criteria.yaml").read_text(encoding="utf-8")
    needs, after = text.split("after_24_hour_care:")
    about = needs.splitlines()[0] + "\n"
    shared = "*because", "{person: {en: .}, clinician: {en: .}}"
    (tmp_path / "criteria.yaml").write_text(needs, encoding="utf-8")
    for number in range(times):
        written = about + "after_24_hour_care:" + after.replace(*shared)
        (tmp_path / f"after{number}.yaml").write_text(written, encoding="utf-8")
    message = f"criteria/step_down.yaml: [after_24_hour_care] is given {times} times. Give it once."
    assert message in problems(tmp_path).splitlines()


def test_a_knowledge_without_packages_is_refused(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "settings" / "places.yaml"
    head = path.read_text(encoding="utf-8").split("packages:")[0]
    path.write_text(head + "packages: []\n", encoding="utf-8")
    assert "settings/packages.yaml: no file lists a package. Give at least one setting." in problems(tmp_path)


def test_everything_wrong_is_reported_at_once_in_the_order_of_files(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "{life.past: {at_least: often}}", "{life.past: {at_least: oftne}}")
    plant(tmp_path, tmp_path, "criteria.yaml", "{life.home: {is: street}}", "{life.hmoe: {is: street}}")
    plant(tmp_path, tmp_path, "numbers.yaml", "to: use.window", "to: use.widnow")
    found = _problems_of(tmp_path)
    assert [problem.split(":")[0] for problem in found] == ["criteria.yaml", "criteria.yaml", "numbers.yaml"]
    assert found == sorted(found)


# --- faults between files

GAPS = {
    "a place in a package that has no setting": (
        "settings/places.yaml", "{setting: house}", "{settin: house}", "settin",
    ),
    "a rank of packages with a key that means nothing": (
        "settings/places.yaml", "{rank: 5, packages:", "{rank: 5, pakages:", "pakages",
    ),
    "a package that stands twice": ("settings/places.yaml", "{setting: house}", "{setting: home}", "home"),
    "a fact of an implication that applies in no context there is": (
        "facts.yaml", "applies: &mind {focus:", "applies: &mind {foucs:", "foucs",
    ),
    "an impossible context that there is not": (
        "context.yaml", "{age: older_adult, pregnancy: yes}", "{aeg: older_adult, pregnancy: yes}", "aeg",
    ),
    "care after a stay on an axis that there is not": (
        "criteria.yaml", "  requires: {watch: visits}\n  because", "  requires: {wacth: visits}\n  because", "wacth",
    ),
    "a unit for a context that there is not": ("settings/house.yaml", "contexts: {age:", "contexts: {aeg:", "aeg"),
    "a default that is not allowed": ("numbers.yaml", "default: 10", "default: 11", "11"),
    "a version that is no mapping": (
        "rest.yaml", "version: {number: 0.0.1, effective: 2026-01-01, review: made up}", "version: 3", "version",
    ),
}  # fmt: skip


@pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS)
def test_a_fault_between_files_is_named(gap: tuple[str, str, str, str], tmp_path: Path) -> None:
    file, old, new, value = gap
    plant(TINY, tmp_path, file, old, new)
    named = [line for line in problems(tmp_path).splitlines() if line.startswith(file)]
    assert any(value in line for line in named)


# --- parameters


def test_a_parameter_that_does_not_exist_is_named_with_the_nearest_one() -> None:
    message = "parameters: is not a parameter: [mood_hihg_from]. Did you mean mood_high_from?"
    assert problems(TINY, mood_hihg_from=10) == message


def test_a_value_that_a_parameter_may_not_have_is_named_with_those_it_may() -> None:
    assert problems(TINY, mood_high_from=11) == "parameters: [mood_high_from] is [11]. It may be one of 10, 12."


def test_a_parameter_changes_the_criteria_and_the_digest() -> None:
    default, chosen = tiny(), tiny(shakes_care="doctor")
    assert default.parameters == {"mood_high_from": 10, "shakes_care": "ward"}
    assert chosen.parameters == {"mood_high_from": 10, "shakes_care": "doctor"}
    place = list(default.needs).index("shakes-severe")
    assert [kb.artefact.needs[place].requires for kb in (default, chosen)] == [(2, 2, 0), (2, 1, 0)]
    assert default.digest != chosen.digest


def test_the_digest_names_the_content_and_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    assert trellis.load(tmp_path).digest == tiny().digest
    plant(TINY, tmp_path, "rest.yaml", "The book", "The Book")
    assert trellis.load(tmp_path).digest != tiny().digest


# --- what loading does and leaves alone


def test_entries_take_date_place_and_review_from_their_file_unless_they_say_otherwise(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "- id: mood-moderate\n", "- id: mood-moderate\n    review: seen by one\n")
    kb = trellis.load(tmp_path)
    assert kb.needs["mood-moderate"].review == "seen by one"
    other = kb.needs["mood-severe-alone"]
    assert (other.review, other.effective, other.jurisdiction) == ("made up", "2026-01-01", "nowhere")
    assert other.dimension == "all"


def test_urgent_texts_stand_gravest_first_whatever_the_order_in_the_file() -> None:
    assert list(tiny().urgent) == ["danger", "shakes"]


def test_every_fact_that_no_screen_asks_gets_a_screen_of_its_own() -> None:
    kb = tiny()
    asked = [name for screen in kb.screens.values() if not screen.checklist for name in screen.facts]
    assert sorted(asked) == sorted(kb.facts)


@pytest.mark.parametrize("collecting", [True, False])
def test_loading_leaves_the_collector_of_garbage_as_it_was(collecting: bool, tmp_path: Path) -> None:
    try:
        gc.enable() if collecting else gc.disable()
        trellis.load(TINY)
        assert gc.isenabled() == collecting
        problems(tmp_path)
        assert gc.isenabled() == collecting
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("path", "line"),
    [("needs/1/when", 5), ("needs/0", 3), ("needs/0/missing", 3), ("needs/7", 2), ("nothing", 1), ("needs/1/id/x", 4)],
)
def test_a_place_in_a_file_has_a_line_or_that_of_the_nearest_place_above(path: str, line: int) -> None:
    text = "about: x\nneeds:\n- id: a\n- id: b\n  when: c\n"
    assert line_of(text, path.split("/")) == line


# --- the shipped knowledge, whatever it says


def _first_need() -> tuple[str, str, int]:
    """A need of the shipped knowledge that reads one fact on one line: its file, that line, and its number."""
    for name, text in files.read_texts(files.shipped()).items():
        for number, line in enumerate(text.splitlines(), 1):
            if name.startswith("criteria/") and re.match(r"    when: \{[a-z_.]+: \{at_least: \w+\}\}$", line):
                return name, line, number
    raise AssertionError("no shipped need reads one fact on one line: write this test anew")


@pytest.mark.parametrize("what", ["a fact", "a step"])
def test_a_slip_in_the_shipped_criteria_is_named_where_it_stands(what: str, tmp_path: Path) -> None:
    file, line, number = _first_need()
    name, step = re.findall(r"\{([a-z_.]+): \{at_least: (\w+)\}\}", line)[0]
    old, new = (name, f"{name}x") if what == "a fact" else (f"at_least: {step}}}", f"at_least: {step}x}}")
    plant(files.shipped(), tmp_path, file, line, line.replace(old, new))
    found = problems(tmp_path)
    assert found.startswith(f"{file}:{number}: ")
    remedy = f"which no file defines. Did you mean {name}?" if what == "a fact" else f"Did you mean {step}?"
    assert found.endswith(remedy)


def test_the_shipped_knowledge_loads_from_anywhere(tmp_path: Path) -> None:
    shutil.copytree(files.shipped(), tmp_path, dirs_exist_ok=True)
    kb = trellis.load(tmp_path)
    assert kb.digest == shipped().digest
    assert kb.artefact == shipped().artefact


def test_all_content_reads_as_another_reader_of_yaml_1_2_reads_it() -> None:
    for name, text in files.read_texts(files.shipped()).items():
        if name.endswith(".yaml"):
            assert repr(plain(text, name)) == repr(yaml12.parse_yaml(text)), name
