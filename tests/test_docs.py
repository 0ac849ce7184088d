"""The docs cannot fall behind: what they show is run, what they list is compared."""

from __future__ import annotations

import re
import shlex
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support import AS_OF, shipped
from trellis.cli import app
from trellis.cli.commands import WHERE, find
from trellis.guide.build import FIRST_VIEW_MOST
from trellis.guide.colours import colour_problems
from trellis.guide.headers import HEADERS
from trellis.guide.keep import MOST_BYTES, MOST_ROUNDS, MOST_TEXT, PAYLOAD_FORMAT, ROUNDS, code_of, open_kept
from trellis.guide.places_data import AROUND, LEAST_PLACES, LEAST_ZIPS, NEARBY, WHOLE_MOST
from trellis.guide.site import CHECK_DAYS, read_site
from trellis.guide.site_file import ColourScheme, OwnColours, Places, Settings
from trellis.kinds.kind import every
from trellis.library.entries import PLAIN
from trellis.library.watched import WATCH_DAYS

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guide.md"
PLACES = Places("site.yaml", "")
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = [path for path in sorted((ROOT / "docs" / "decisions").glob("*.md")) if path.name != "README.md"]


def shown_outputs() -> list[tuple[str, str]]:
    """Each block that claims to be the output of a command, with the command."""
    pattern = re.compile(r"<!-- output: trellis (.+?) -->\n```text\n(.*?)```", re.DOTALL)
    return [(command, block) for path in DOCS for command, block in pattern.findall(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("command", "block"), shown_outputs(), ids=lambda value: value[:40])
def test_what_the_docs_show_is_what_the_command_prints(
    command: str, block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(app, shlex.split(command)).output.splitlines()
    place = 0
    for line in block.splitlines():
        if line == "…":
            continue
        assert line in printed[place:], f"`trellis {command}` does not print, in this order: {line}"
        place = printed.index(line, place) + 1


def test_the_readme_shows_real_output() -> None:
    assert any("decide" in command for command, _ in shown_outputs())


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_python_in_the_docs_runs(page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), space)  # noqa: S102


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert len(WHERE) >= 10
    for command in WHERE:
        assert f"trellis {command}" in text, command


def groups() -> list[tuple[str, str]]:
    """The commands that stand in a group, each with its group."""
    return [(group, command) for group in WHERE for command in getattr(find(group), "commands", ())]


@pytest.mark.parametrize(("group", "command"), groups())
def test_every_command_of_a_group_and_its_options_are_documented(group: str, command: str) -> None:
    rows = [line for line in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    named = " ".join(line for line in rows if line.startswith(f"| `trellis {group}"))
    assert re.search(rf"\b{command}\b", named), f"docs/cli.md does not list `trellis {group} {command}`"
    every = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    for option in re.findall(
        r"^ +(--[a-z-]+)", CliRunner().invoke(app, [group, command, "--help"]).stdout, re.MULTILINE
    ):
        assert re.search(rf"{option}(?![a-z-])", every), f"no document tells of {option} of `trellis {group} {command}`"


def shown_in(path: Path, mark: str) -> str:
    """The block below a mark in a document."""
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, mark
    return found[1]


def test_the_settings_of_a_site_in_the_docs_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(shown_in(GUIDE, "a whole site.yaml"), encoding="utf-8")
    for name in re.findall(r"pages/[\w.-]+\.md", path.read_text(encoding="utf-8")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}", encoding="utf-8")
    site, warnings = read_site(path, shipped(), AS_OF)
    assert warnings == []
    assert site.crisis("en")[-1].contact.en == "Call 555-0122"
    written = set(re.findall(r"^([a-z_]+):", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert written == set(Settings.model_fields)
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in ColourScheme.model_fields if not re.search(rf"^\|.*`{name}`", text, re.MULTILINE)] == []
    told = next(str(problem) for problem in colour_problems(OwnColours(light=ColourScheme(accent="#7fb0d0")), PLACES))
    assert told.partition(": ")[2] in " ".join(text.split())


def test_the_numbers_on_the_page_of_the_guide_are_those_of_the_code() -> None:
    text = " ".join(GUIDE.read_text(encoding="utf-8").split())
    for said in (
        f"more than {FIRST_VIEW_MOST // 1000} KB, compressed",
        f"nobody checked for {CHECK_DAYS} days",
        f"every build warns from {WATCH_DAYS} days before it",
        f"A list of at most {WHOLE_MOST:,} bytes, packed",
        f"at least {LEAST_ZIPS} ZIP codes and {LEAST_PLACES} places",
        f"the places within {NEARBY} miles around it",
        f"those within {AROUND} miles of a place of the list",
        f"{ROUNDS:,} rounds. A reader takes from {ROUNDS:,} to {MOST_ROUNDS:,} rounds",
        f"Unpacked it has at most {MOST_BYTES:,} bytes",
        f"A file has at most {MOST_TEXT:,} characters",
        f'`"trellis-guide"`, `{PAYLOAD_FORMAT}`;',
    ):
        assert said in text, said


def test_every_file_that_the_page_of_the_guide_names_as_a_part_is_there() -> None:
    made = GUIDE.read_text(encoding="utf-8").partition("## How it is made")[2].partition("## The form of")[0]
    there = [path.relative_to(ROOT).as_posix() for top in ("src", "tests") for path in (ROOT / top).rglob("*")]
    named = re.findall(
        r"`((?:[\w-]+/)*[\w*-]+\.(?:py|js|yaml|css))`|`((?:src|assets|knowledge|account)(?:/[\w-]+)*)/`", made
    )
    assert len(named) > 40
    for name in (file or folder for file, folder in named):
        assert any(fnmatch(path, f"*/{name}") or fnmatch(path, name) for path in there), name


def test_the_headers_in_the_docs_are_those_that_are_sent() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name, value in HEADERS.items():
        assert f'    add_header {name} "{value}" always;\n' in text
        assert f'    Header always set {name} "{value}"\n' in text
    assert text.count("add_header ") == text.count("Header always set ") == len(HEADERS)


def test_the_kept_file_in_the_docs_opens_with_the_passphrase_in_the_docs() -> None:
    text = shown_in(GUIDE, "a kept file")
    passphrase = re.search(r"with the passphrase `([^`]+)`", GUIDE.read_text(encoding="utf-8"))
    assert passphrase is not None
    kept = open_kept(text, passphrase[1])
    assert kept.own == ("I want to keep my job.",)
    assert kept.answers == {"age": "adult", "use.alcohol": {"value": "mild", "at_least": True}}
    begins = re.search(r"Its code begins with `([^`]+)`", GUIDE.read_text(encoding="utf-8"))
    assert begins is not None
    assert code_of(text).startswith(begins[1])


def test_everything_that_may_stand_in_a_knowledge_file_is_documented() -> None:
    text = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    for key in (*every(), *PLAIN):
        assert f"`{key}`" in text, f"docs/authoring.md does not explain `{key}`"


def test_every_file_of_the_knowledge_that_the_docs_name_is_there() -> None:
    folder = ROOT / "src" / "trellis" / "knowledge"
    named = re.findall(
        r"`([a-z_]+(?:/[a-z_]+)*/?[a-z_*]+\.yaml)`", (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    )
    assert len(named) > 10
    for name in named:
        assert list(folder.rglob(name)), f"docs/authoring.md names {name}, which is not there"


def test_the_packages_held_to_a_coverage_are_those_that_contributing_names() -> None:
    held = re.search(r"^CORE := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = re.search(r"95 % in each of (.+?)\.", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    assert held is not None
    assert told is not None
    assert set(re.findall(r"`(\w+)`", told[1])) == set(held[1].split())


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_nothing_is_told_twice_under_one_heading(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings: list[str] = []
    seen: set[str] = set()
    for level, title in re.findall(r"^(#+) (.+)$", text, re.MULTILINE):
        headings = [*headings[: len(level) - 1], title]
        assert "\0".join(headings) not in seen, f"{path.name} has the heading [{title}] twice"
        seen.add("\0".join(headings))


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    groups += list(project["dependency-groups"].values())
    for name in {re.split(r"[<>=\[; ]", wanted)[0].lower() for group in groups for wanted in group}:
        assert name in text, f"docs/dependencies.md says nothing about {name}"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_follows_and_what_would_change_it_on_one_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in ("**Context.** ", "**Decision.** ", "**Consequences.**\n", "**We would look again**"):
        assert text.count(part) == 1, part
    assert len(text.splitlines()) <= 40
    assert f"]({path.name})" in (path.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*DOCS, ROOT / "findings" / "README.md"], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http", "mailto")):
            assert (path.parent / target).exists(), target


def test_requirements_name_no_index_and_carry_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?:|--(extra-)?index-url|--find-links", text), path.name
    assert not (ROOT / "uv.lock").exists()


CLAIM = re.compile(r"\b(is|are|been) (clinically |fully |well )?validated\b", re.IGNORECASE)


def claims_of_validation(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s", " ".join(text.split())) if CLAIM.search(sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "Trellis is clinically validated.",
        "Another study shows that it is validated.",
        "It has not been reviewed, yet it has\nbeen validated.",
        "It is fully validated.",
    ],
)
def test_a_claim_of_validation_is_seen_whatever_else_the_sentence_says(text: str) -> None:
    assert claims_of_validation(text)


def test_no_public_text_claims_validation() -> None:
    """ "Is not validated" is no claim: between the verb and the word stands the "not"."""
    assert claims_of_validation("It is not validated, and has not been clinically reviewed.") == []
    for path in DOCS:
        assert claims_of_validation(path.read_text(encoding="utf-8")) == [], path


def test_no_package_registry_is_named() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js"]
    for path in [*DOCS, *(ROOT / "requirements").glob("*.txt"), ROOT / "pyproject.toml", ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")
        assert not [host for host in hosts if host in text], path.name
