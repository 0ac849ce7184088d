"""Signing on the command line: what is to be read, a line for what was read, and every way in which it is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import trellis
from tests.cli.driver import too_wide
from tests.library.tiny import TINY, tiny
from tests.support import AS_OF, shipped
from trellis.clinical import to_html
from trellis.library.reviewed import SHORTEST, digest_of

Invoke = Callable[..., Result]
WHO = ("--name", "A. Invented", "--credentials", "MD, psychiatrist", "--read", "both", "--read-on", "2026-11-01")
NEED = "use-any"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tiny()  # a copy has its digest, and the first one loaded is found by it
    return Path(shutil.copytree(TINY, tmp_path / "content"))


def digest(root: Path, name: str = NEED) -> str:
    return digest_of(trellis.load(root), "needs", name)


def test_nobody_has_signed_what_ships(invoke: Invoke) -> None:
    result = invoke("sign-off", "list", "--of", "needs")
    assert result.exit_code == 0
    assert "Nobody has signed anything yet." in result.stdout
    assert "Nadie ha firmado nada todavía." in invoke("sign-off", "list", "--of", "needs", "--lang", "es").stdout
    assert json.loads(invoke("sign-off", "list", "--of", "urgent", "--json").stdout)["entries"] == []


@pytest.mark.parametrize("command", ["list", "show", "write", "table"])
def test_help_has_examples_and_fits_the_screen(command: str, invoke: Invoke) -> None:
    shown = invoke("sign-off", command, "--help").stdout
    assert f"  trellis sign-off {command}" in shown
    assert too_wide(shown) == []


def test_what_is_to_be_read_is_shown_whole_with_its_digest(root: Path, invoke: Invoke) -> None:
    shown = invoke("sign-off", "show", "needs", "danger-certain", "--knowledge", str(root))
    assert shown.exit_code == 0
    for part in (
        "Review: not clinically reviewed.",
        "2 clinicians are asked",
        "life.danger",
        "Maybe",
        "within_hours: 2",
    ):
        assert part in shown.stdout, part
    assert digest(root, "danger-certain") in shown.stdout
    plain = json.loads(invoke("sign-off", "show", "needs", NEED, "--knowledge", str(root), "--json").stdout)
    assert (plain["digest"], plain["asked"]) == (digest(root), 1)
    assert plain["covers"]["entry"]["services"] == ["peer", "naloxone"]
    shown = invoke("sign-off", "show", "after_24_hour_care", "after_24_hour_care", "--knowledge", str(root))
    assert "Digest: " in shown.stdout


def test_a_line_for_what_was_read_is_written_and_counts(root: Path, invoke: Invoke) -> None:
    file, entry = root / "sign_offs.yaml", f"{NEED}={digest(root)[:SHORTEST]}"
    asked = ("sign-off", "write", "needs", entry, *WHO, "--registration", "0000", "--knowledge", str(root))
    printed = invoke(*asked)
    assert printed.exit_code == 0
    assert "  - kind: needs\n    entry: use-any\n" in printed.stdout
    assert not file.exists()
    done = invoke(*asked, "--to", str(file))
    assert "1 signature is in" in " ".join(done.stdout.split())
    (one,) = trellis.load(root).sign_offs.values()
    assert (one.name, one.registration, one.on, one.read) == ("A. Invented", "0000", "2026-11-01", "both")
    told = "clinically reviewed by A. Invented, MD, psychiatrist, on November 1, 2026"
    listed = invoke("sign-off", "list", "--of", "needs", "--knowledge", str(root))
    assert f"needs [use-any]: {told}" in " ".join(listed.stdout.split())
    needs = invoke("needs", "--role", "clinician", "--knowledge", str(root))
    assert f"Review: {told}." in " ".join(needs.stdout.split())
    answers = root.parent / "answers.yaml"
    answers.write_text("as_of: 2026-11-23\nanswers: {focus: both, use.drink: some}\n", encoding="utf-8")
    explained = invoke("explain", str(answers), "--role", "clinician", "--knowledge", str(root))
    assert f"Review: {told}." in " ".join(explained.stdout.split())
    text = (root / "criteria.yaml").read_text(encoding="utf-8")
    (root / "criteria.yaml").write_text(text.replace("[peer, naloxone]", "[peer]"), encoding="utf-8")
    explained = invoke("explain", str(answers), "--role", "clinician", "--knowledge", str(root))
    assert "Review: changed since it was reviewed by A. Invented" in " ".join(explained.stdout.split())


def test_lines_are_put_below_those_that_are_there_and_comments_stay(root: Path, invoke: Invoke) -> None:
    file = root / "sign_offs.yaml"
    file.write_text("# Kept.\nabout: {title: Signed, effective: 2026-01-01}\nsign_offs: []\n", encoding="utf-8")
    for name in (NEED, "no-home"):
        entry = f"{name}={digest(root, name)}"
        done = invoke("sign-off", "write", "needs", entry, *WHO, "--to", str(file), "--knowledge", str(root))
        assert done.exit_code == 0, done.output
    assert file.read_text(encoding="utf-8").startswith("# Kept.\n")
    assert [one.entry for one in trellis.load(root).sign_offs.values()] == [NEED, "no-home"]
    again = invoke("sign-off", "write", "needs", f"{NEED}={digest(root)}", *WHO, "--knowledge", str(root))
    assert again.exit_code == 1
    assert "is signed by [A. Invented] already, as it is." in " ".join(again.stderr.split())


def test_several_entries_are_signed_at_once_or_none(root: Path, invoke: Invoke) -> None:
    good, bad = f"{NEED}={digest(root)}", "no-home=0123456789ab"
    wrong = invoke(
        "sign-off", "write", "needs", good, bad, *WHO, "--to", str(root / "s.yaml"), "--knowledge", str(root)
    )
    assert wrong.exit_code == 1
    assert "was read as [0123456789ab] and is [" in " ".join(wrong.stderr.split())
    assert not (root / "s.yaml").exists()
    both = (good, f"no-home={digest(root, 'no-home')}")
    plain = json.loads(invoke("sign-off", "write", "needs", *both, *WHO, "--json", "--knowledge", str(root)).stdout)
    assert [line["entry"] for line in plain] == [NEED, "no-home"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("nedes", "use-any=0123456789ab"),
            "KIND: [nedes] is no kind whose entries can be signed. Did you mean needs?",
        ),
        (("needs", "use-ayn=0123456789ab"), "ENTRY: [use-ayn] is no entry of needs. Did you mean use-any?"),
        (
            ("needs", "use-any"),
            "needs [use-any]: is signed with the digest [], which is none. Write use-any=DIGEST, 12",
        ),
        (("needs", "use-any=0123"), "is signed with the digest [0123], which is none."),
        (("needs", "use-any=0123456789ab", "use-any=1"), "ENTRY: [use-any] is given twice. Give it once."),
        (("needs", "use-any=0123456789ab", "--read-on", "2150-01-01"), "--read-on: is [2150-01-01]"),
        (("needs", "use-any=0123456789ab", "--name", " "), "--name: is empty. A signature says who read it"),
        (("needs", "use-any=0123456789ab", "--credentials", ""), "--credentials: is empty."),
    ],
)
def test_what_cannot_be_signed_is_told_with_its_remedy(
    root: Path, invoke: Invoke, given: tuple[str, ...], said: str
) -> None:
    result = invoke("sign-off", "write", *WHO, *given, "--knowledge", str(root))
    assert result.exit_code == 1, result.output
    assert said in " ".join(result.stderr.split())


def test_who_signs_and_when_must_be_told(invoke: Invoke) -> None:
    assert invoke("sign-off", "write", "needs", "use-any=0123456789ab", "--read", "both").exit_code == 2
    wrong = invoke("sign-off", "write", "needs", "use-any=0123456789ab", *WHO, "--read-on", "yesterday")
    assert wrong.exit_code == 2
    assert "Invalid value for --read-on: [yesterday] is no day." in " ".join(wrong.stderr.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about: {title: a, effective: 2026-01-01}\nlines: []\n", "does not end with [sign_offs]."),
        ("sign_offs: []\nabout: {title: a, effective: 2026-01-01}\n", "does not end with [sign_offs]."),
        ("sign_offs: [{kind: needs}]\n", "is written in a way that no line can be put below."),
        ("a: [\n", "is not valid YAML"),
    ],
)
def test_a_file_that_holds_no_signatures_is_left_as_it_is(
    root: Path, tmp_path: Path, invoke: Invoke, text: str, said: str
) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(text, encoding="utf-8")
    entry = f"{NEED}={digest(root)}"
    result = invoke("sign-off", "write", "needs", entry, *WHO, "--to", str(file), "--knowledge", str(root))
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("kind", ["nedes", "sources"])
def test_a_kind_that_cannot_be_signed_cannot_be_listed(kind: str, invoke: Invoke) -> None:
    assert invoke("sign-off", "list", "--of", kind).exit_code == 1
    assert invoke("sign-off", "show", kind, "x").exit_code == 1


def test_the_table_of_needs_is_written_and_never_over_a_file(tmp_path: Path, invoke: Invoke) -> None:
    file = tmp_path / "needs.html"
    done = invoke("sign-off", "table", str(file), "--as-of", AS_OF.isoformat())
    assert done.exit_code == 0, done.output
    assert file.read_text(encoding="utf-8") == to_html(shipped(), as_of=AS_OF)
    again = invoke("sign-off", "table", str(file))
    assert again.exit_code == 1
    assert "is there already." in again.stderr
    plain = json.loads(invoke("sign-off", "table", str(file), "--force", "--json", "--lang", "es").stdout)
    assert plain["needs"] == len(shipped().needs)
    wrong = invoke("sign-off", "table", str(tmp_path / "needs.docx"))
    assert wrong.exit_code == 2
    assert "[.docx] is no ending of a table: give .pdf or .html." in " ".join(wrong.stderr.split())
