"""The lists, the comparison, the checker, the prover, the version, and the help of every command."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import trellis
from tests.cli.driver import too_wide
from tests.support import shipped
from trellis.cli import app, lists
from trellis.cli.checks import stale_faults
from trellis.cli.commands import WHERE, find
from trellis.kinds.known_fault import KnownFault
from trellis.library.files import shipped as shipped_folder
from trellis.prove.rule_sets import Covered

Invoke = Callable[..., Result]
COMMANDS = sorted(name for name in WHERE if not hasattr(find(name), "commands"))
FOLDER = Path(__file__).parents[2] / "docs"
DOCS = FOLDER / "cli.md"


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_folder(), tmp_path / "knowledge"))


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples_and_fits_the_screen(command: str, invoke: Invoke) -> None:
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert f"  trellis {command}" in result.stdout
    assert too_wide(result.stdout) == []


def test_the_first_help_tells_the_exit_codes(invoke: Invoke) -> None:
    shown = one_line(invoke("--help").stdout)
    for code in (
        "0 fine",
        "1 wrong input",
        "2 wrong usage",
        "3 check or prove",
        "4 decide: not settled",
        "5 decide: danger",
    ):
        assert code in shown
    for command in COMMANDS:
        assert command in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_the_documentation_names_every_command_and_option(command: str, invoke: Invoke) -> None:
    assert f"`trellis {command}" in DOCS.read_text(encoding="utf-8")
    every = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    options = re.findall(r"^ +(--[a-z-]+)", invoke(command, "--help").stdout, re.MULTILINE)
    assert options
    for option in options:
        assert re.search(rf"{option}(?![a-z-])", every), f"no document tells of {option} of `trellis {command}`"


def test_the_documentation_names_the_options_before_a_command(invoke: Invoke) -> None:
    for option in re.findall(r"(--[a-z-]+)", invoke("--help").stdout):
        assert f"`{option}`" in DOCS.read_text(encoding="utf-8")


@cache
def every_command() -> dict[str, set[str]]:
    """The options of each command, a command of a group with its group."""
    names = [(name,) for name in COMMANDS] + [
        (group, command) for group in WHERE for command in getattr(find(group), "commands", ())
    ]
    shown = {" ".join(name): CliRunner().invoke(app, [*name, "--help"]).stdout for name in names}
    return {name: set(re.findall(r"^ +(--[a-z-]+)", text, re.MULTILINE)) for name, text in shown.items()}


def options_in_the_table() -> list[tuple[str, str]]:
    """Each option of the table of options, with where it is said to be."""
    rows = re.findall(r"^\| (`--.+?) \| (.+?) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    found = [(option, where) for options, where in rows for option in re.findall(r"--[a-z-]+", options)]
    return [row for row in dict.fromkeys(found) if row != ("--version", "before a command")]


@pytest.mark.parametrize(("option", "where"), options_in_the_table())
def test_the_table_of_options_says_which_commands_have_one(option: str, where: str) -> None:
    having = {name for name, options in every_command().items() if option in options or option == "--help"}
    named = where.removeprefix("all but ").split(", ")
    if where.startswith("all"):
        lacking = set(every_command()) - having  # a group may be named as a whole
        assert {name if name in named else name.split()[0] for name in lacking} == set(named) - {"all"}
        return
    for place in named:
        assert [name for name in having if name == place or name.startswith(f"{place} ")], f"{place} has no {option}"
    missing = [name for name in having if not {name, name.split()[0]} & set(named)]
    assert not missing, f"the table of docs/cli.md does not say that these have {option} too"


@pytest.mark.parametrize("names", [("iop", "inpatient_psychiatric"), ("outpatient", "iop", "php"), tuple("")])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_compare_tells_everything_in_equal_detail(names: tuple[str, ...], lang: str, invoke: Invoke) -> None:
    names = names or tuple(lists.settings_in_order(shipped()))[:4]
    result = invoke("compare", *names, "--lang", lang)
    assert result.exit_code == 0
    assert too_wide(result.stdout) == []
    if len(names) == 2:
        return  # two columns: words stand side by side
    shown = one_line(result.stdout)
    for name in names:
        place = shipped().settings[name]
        for text in (place.name, place.short, place.what, *(s.text for s in (*place.benefits, *place.drawbacks))):
            assert one_line(text.in_language(lang)) in shown


def test_two_settings_stand_side_by_side_with_every_word(invoke: Invoke) -> None:
    shown = invoke("compare", "iop", "inpatient_psychiatric").stdout
    left = one_line(" ".join(line.split(" | ")[0] for line in shown.splitlines() if " | " in line))
    right = one_line(" ".join(line.split(" | ")[1] for line in shown.splitlines() if " | " in line))
    assert shipped().settings["iop"].what.en in left
    assert shipped().settings["inpatient_psychiatric"].what.en in right


def test_codes_are_for_clinicians(invoke: Invoke) -> None:
    assert "H0015" in invoke("compare", "iop", "php", "--role", "clinician").stdout
    assert "H0015" not in invoke("compare", "iop", "php").stdout


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["iop"], "2 to 4"),
        (["iop", "ipo"], "Did you mean"),
        (["iop", "iop"], "twice"),
        (["iop", "php", "outpatient", "hospital", "residential_low"], "2 to 4"),
    ],
)
def test_compare_says_what_is_wrong(names: list[str], words: str, invoke: Invoke) -> None:
    result = invoke("compare", *names)
    assert result.exit_code == 1
    assert words in one_line(result.stderr)


@pytest.mark.parametrize("role", ["person", "clinician"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_lists_name_everything_and_fit(lang: str, role: str, invoke: Invoke) -> None:
    kb = shipped()
    for command, names in (
        ("settings", [*kb.settings, *kb.add_ons, *kb.responses]),
        ("facts", [*kb.facts, *kb.factors, *kb.inputs, *kb.parameters]),
        ("needs", [*kb.needs]),
    ):
        result = invoke(command, "--lang", lang, "--role", role)
        assert result.exit_code == 0
        assert too_wide(result.stdout) == []
        for name in names:
            assert name in result.stdout


def test_lists_as_json(invoke: Invoke) -> None:
    kb = shipped()
    assert {one["id"] for one in json.loads(invoke("settings", "--json").stdout)["settings"]} == set(kb.settings)
    assert {one["id"] for one in json.loads(invoke("facts", "--json").stdout)["facts"]} == set(kb.facts)
    assert {one["id"] for one in json.loads(invoke("needs", "--json").stdout)} == set(kb.needs)
    compared = json.loads(invoke("compare", "iop", "php", "--json").stdout)
    assert [one["id"] for one in compared] == ["iop", "php"]


def test_facts_of_one_domain(invoke: Invoke) -> None:
    shown = invoke("facts", "--domain", "harm").stdout
    assert "harm.suicide_thoughts" in shown
    assert "use.alcohol" not in shown
    wrong = invoke("facts", "--domain", "harms")
    assert wrong.exit_code == 1
    assert "Did you mean harm?" in wrong.stderr


def test_needs_of_one_dimension_and_of_one_setting(invoke: Invoke) -> None:
    kb = shipped()
    some = json.loads(invoke("needs", "--dimension", "harm", "--json").stdout)
    assert {one["id"] for one in some} == {need.id for need in kb.needs.values() if need.dimension == "harm"}
    lead = {need.id for need in lists.needs(kb, None, "iop")}
    assert lead
    assert lead < set(kb.needs)
    assert invoke("needs", "--setting", "ipo").exit_code == 1
    assert invoke("needs", "--dimension", "hram").exit_code == 1


def test_version(invoke: Invoke) -> None:
    shown = invoke("version").stdout
    for part in (trellis.__version__, shipped().version, shipped().digest, shipped().review):
        assert part in shown
    assert json.loads(invoke("version", "--json").stdout)["digest"] == shipped().digest


def test_check_exits_3_on_errors_and_says_where(invoke: Invoke, copied: Path) -> None:
    path = copied / "lines.yaml"
    extra = "  - {id: line_x, contact: {en: Call}, what_for: {en: For help.}}\n"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n" + extra, encoding="utf-8")
    result = invoke("check", "--knowledge", str(copied))
    assert result.exit_code == 3
    assert "[line_x] has no Spanish" in one_line(result.stdout)
    assert too_wide(result.stdout) == [] or all("/" in line for line in too_wide(result.stdout))
    found = json.loads(invoke("check", "--knowledge", str(copied), "--json").stdout)
    assert any(one["kind"] == "untranslated" and one["level"] == "error" for one in found)


def test_check_is_fine_when_there_are_only_warnings(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trellis.prove.check", lambda kb, as_of: [])
    result = invoke("check")
    assert result.exit_code == 0
    assert "0 errors, 0 warnings." in result.stdout
    assert "Not yet proved" in result.stdout
    assert "Run trellis prove" in one_line(result.stdout)


def test_check_names_knowledge_that_does_not_load(invoke: Invoke, copied: Path) -> None:
    (copied / "lines.yaml").write_text("about: [\n", encoding="utf-8")
    result = invoke("check", "--knowledge", str(copied))
    assert result.exit_code == 1
    assert "lines.yaml" in result.stderr


@pytest.mark.parametrize("command", ["decide", "explain"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_a_result_says_that_content_of_a_site_decided_and_not_what_ships(
    command: str, role: str, invoke: Invoke, copied: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("answers: {focus: both, age: adult}\n", encoding="utf-8")
    arguments = (command, str(answers), "--role", role, "--knowledge", str(copied))
    assert "not the shipped" not in one_line(invoke(*arguments).stdout), "a copy of what ships is what ships"
    path = copied / "criteria" / "harm.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  - id: danger-now\n", "  - id: danger-now\n    effective: 2099-01-01\n"), "utf-8")
    shown = one_line(invoke(*arguments).stdout)
    assert f"Site content, not the shipped {shipped().version}." in shown
    assert ("Off: danger-now (in force from 2099-01-01)" in shown) == (command == "explain")
    given = json.loads(invoke(*arguments, "--json").stdout)["provenance"]
    assert given["content"] == f"site content, not the shipped {shipped().version}"
    assert given["off"] == {"danger-now": "in force from 2099-01-01"}


def test_prove_without_the_solver_names_the_extra(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "z3" else real(name, *a))
    result = invoke("prove")
    assert result.exit_code == 1
    assert "trellis-care[prove]" in one_line(result.stderr)


class Proved:
    """What the prover returns, as far as the table reads it."""

    def __init__(self, theorem: str, *, proved: bool = True, note: str = "") -> None:
        self.theorem, self.says, self.proved, self.note, self.seconds = theorem, f"Says {theorem}.", proved, note, 0.25
        self.person = {} if proved else {"focus": "both", "harm.danger_now": "yes"}
        self.known = ""


@pytest.mark.parametrize("broken", [False, True])
def test_prove_shows_kinds_times_and_who_breaks_what(
    broken: bool, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    results: list[Any] = [Proved("total now: a"), Proved("total next: b"), Proved("property: p", proved=not broken)]
    about = Covered(combinations=48, sets=2, in_rules=("one_setting",), in_bounds=("a_bound",))
    monkeypatch.setattr("trellis.cli.checks.prove", lambda kb, say, load: (results, about))
    monkeypatch.setattr("trellis.cli.checks.stale_faults", lambda kb, results: [])
    result = invoke("prove")
    shown = one_line(result.stdout)
    assert "48 combinations of values. They make 2 different sets of rules (by one_setting)" in shown
    assert "Other values (a_bound) move the bounds of numbers" in shown
    assert re.search(r"never +0 +0 +0\.00", result.stdout)
    assert result.exit_code == (3 if broken else 0)
    assert re.search(r"total +2 +2 +0\.50", result.stdout)
    assert ("harm.danger_now=yes" in result.stdout) == broken
    plain = json.loads(invoke("prove", "--json").stdout)
    assert [one["kind"] for one in plain] == ["total", "total", "property"]


def test_prove_tells_what_is_known_not_to_hold_and_what_is_mended(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Proved("evaluated: planted", proved=False)
    known.known = "Nobody looks."
    about = Covered(combinations=1, sets=1, in_rules=(), in_bounds=())
    monkeypatch.setattr("trellis.cli.checks.prove", lambda kb, say, load: ([known], about))
    monkeypatch.setattr("trellis.cli.checks.stale_faults", lambda kb, results: [])
    result = invoke("prove")
    assert result.exit_code == 0
    assert "0 theorems are proved; 1 is known not to hold yet." in one_line(result.stdout)
    assert "evaluated: planted: Nobody looks." in one_line(result.stdout)
    monkeypatch.undo()
    holds = [Proved("evaluated: suicide-danger")]
    fault = KnownFault(id="planted", theorem="evaluated: suicide-danger", why="It was so.", since="2026-11-30")
    planted = shipped().with_changes(known_faults={"planted": fault})
    monkeypatch.setattr("trellis.cli.checks.prove", lambda kb, say, load: (holds, about))
    monkeypatch.setattr("trellis.cli.checks.stale_faults", lambda kb, results: stale_faults(planted, results))
    mended = invoke("prove", "--json")
    assert mended.exit_code == 3
    assert {one["kind"] for one in json.loads(mended.stdout)} == {"evaluated", "fault"}


@pytest.mark.slow
def test_prove_for_real(invoke: Invoke) -> None:
    pytest.importorskip("z3")
    result = invoke("prove")
    assert result.exit_code == 0
    assert "monotone" in result.stdout
    assert too_wide(result.stdout) == []


def test_language_from_the_environment(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLIS_LANG", "es")
    assert "Conocimiento" in invoke("version").stdout


def test_the_version_alone(invoke: Invoke) -> None:
    result = invoke("--version")
    assert (result.exit_code, result.stdout) == (0, f"trellis {trellis.__version__}\n")
