"""``trellis guide read``: danger first, all in words, wrong input told, and no passphrase ever shown."""

from __future__ import annotations

import getpass
import json
import os
import stat
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import trellis
from tests.cli.driver import COMMAND, too_wide
from tests.guide.keeping import PASSPHRASE, payload, seal
from trellis.cli.guide_read import VARIABLE
from trellis.guide.keep import code_of

Invoke = Callable[..., Result]
DAY = "2026-11-24"


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def sealed() -> str:
    return seal(payload(answers=payload()["answers"] | {"harm.gone": "yes"}), PASSPHRASE)


@pytest.fixture
def kept(tmp_path: Path, sealed: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kept file, and nobody has told a passphrase yet."""
    monkeypatch.delenv(VARIABLE, raising=False)
    path = tmp_path / "notes.json"
    path.write_text(sealed, encoding="utf-8")
    return path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passphrase stands in the variable."""
    monkeypatch.setenv(VARIABLE, PASSPHRASE)


def test_read_shows_danger_first_then_all_that_was_kept_in_words(invoke: Invoke, kept: Path, told: None) -> None:
    result = invoke("guide", "read", str(kept), "--as-of", DAY)
    assert (result.exit_code, result.stderr) == (0, "")
    panel, rest = flat(result.stdout).split("What was kept in the guide")
    assert "988" in panel
    for wanted in (
        "Answered by the person, kept on 2026-11-20.",
        "Thoughts of suicide, past month: Some intent to act on the thoughts [harm.suicide_thoughts]",
        "Alcohol, past year: this or worse: A few parts of life affected [use.alcohol]",
        "Cannabis or other drugs, past year: does not know [use.other]",
        "Aims - Stop or cut down drinking or drug use",
        "5 Being at home",
        "Cognitive behavioral therapy",
        "Questions to ask - ¿Por qué este tipo de atención?",
        "In their own words - Tengo miedo de perder mi trabajo.",
        "Could not be read by this version - harm.gone",
        "not validated",
    ):
        assert wanted in rest, wanted
    assert "What will it cost me?" not in rest  # it was taken off the list
    assert too_wide(result.stdout) == []


def test_what_was_said_in_private_stands_apart_with_a_warning(invoke: Invoke, kept: Path, told: None) -> None:
    shown = flat(invoke("guide", "read", str(kept), "--as-of", DAY).stdout)
    before, _, after = shown.partition("Said in private")
    assert "See that nobody reads along, a companion least of all." in before
    assert "[environment.violence]" in after
    assert "(on 2026-11-18)" in after


def test_read_says_that_it_does_not_know_how_an_older_file_was_asked(invoke: Invoke, kept: Path, told: None) -> None:
    shown = flat(invoke("guide", "read", str(kept), "--as-of", DAY, "--full").stdout)
    fact = trellis.load().facts["harm.suicide_thoughts"]
    assert f"How it was asked is not known. The question of today: {flat(fact.question.person.en)}" in shown
    assert "Asked:" not in shown


@pytest.mark.parametrize("lang", ["en", "es"])
def test_read_fits_the_screen_in_both_languages(invoke: Invoke, kept: Path, told: None, lang: str) -> None:
    result = invoke("guide", "read", str(kept), "--full", "--lang", lang, "--as-of", DAY)
    assert result.exit_code == 0
    assert too_wide(result.stdout) == []
    assert ("Dicho en privado" in result.stdout) == (lang == "es")


def test_what_somebody_close_answered_is_told_in_their_words(invoke: Invoke, kept: Path, told: None) -> None:
    answers = {"focus": "both", "harm.self_neglect": "none"}
    kept.write_text(seal(payload(whom="loved_one", answers=answers), PASSPHRASE))
    shown = flat(invoke("guide", "read", str(kept), "--as-of", DAY).stdout)
    assert "Answered by somebody who cares about the person, kept on 2026-11-20." in shown
    step = trellis.load().facts["harm.self_neglect"].scale[0]
    assert step.loved_one is not None
    assert step.loved_one.en in shown


def test_read_as_plain_values(invoke: Invoke, kept: Path, told: None) -> None:
    found = json.loads(invoke("guide", "read", str(kept), "--json", "--as-of", DAY).stdout)
    assert found["urgent"] == ["suicide"]
    assert found["kept"]["same_knowledge"] is True
    assert found["answers"]["age"] == [{"value": "adult", "source": "self-report", "date": "2026-11-20"}]
    assert found["left"] == ["harm.gone"]
    assert "not validated" in found["review"]


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_saved_answers_are_private_and_decide_and_explain_read_them(
    invoke: Invoke, kept: Path, told: None, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    result = invoke("guide", "read", str(kept), "--save", str(out), "--as-of", DAY)
    assert result.exit_code == 0
    assert "without encryption, for this account only" in flat(result.stdout)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Tengo miedo" not in out.read_text(encoding="utf-8")
    for command, code in (("decide", 5), ("explain", 0)):
        decided = invoke(command, str(out), "--role", "clinician", "--as-of", DAY)
        assert decided.exit_code == code
        assert "THOUGHTS OF SUICIDE" in decided.stdout
        assert "made with other knowledge" not in decided.stdout
    plain = json.loads(invoke("decide", str(out), "--role", "clinician", "--as-of", DAY, "--json").stdout)
    assert plain["provenance"]["answers"]["age"][0] == {"value": "adult", "source": "self-report", "date": "2026-11-20"}
    assert invoke("plan", "new", str(out), "--as-of", DAY).exit_code == 0
    assert invoke("values", "--for", str(out), "--rate", "privacy=1", "--as-of", DAY).exit_code == 0


def test_a_file_that_is_there_is_not_written_over_unless_told(
    invoke: Invoke, kept: Path, told: None, tmp_path: Path
) -> None:
    out = tmp_path / "answers.yaml"
    out.write_text("mine")
    refused = invoke("guide", "read", str(kept), "--save", str(out), "--as-of", DAY)
    assert (refused.exit_code, refused.stdout, out.read_text()) == (1, "", "mine")
    assert "is there already. Give another name, or --force to write over it." in flat(refused.stderr)
    assert invoke("guide", "read", str(kept), "--save", str(out), "--force", "--as-of", DAY).exit_code == 0
    assert "answers:" in out.read_text()


def test_a_code_is_read_from_standard_input(invoke: Invoke, kept: Path, told: None) -> None:
    code = code_of(kept.read_text(encoding="utf-8"))
    assert invoke("guide", "read", "-", typed=code.lower()).exit_code == 0
    assert "standard input: was cut off" in flat(invoke("guide", "read", "-", typed=code[:-3]).stderr)


def test_a_passphrase_may_stand_in_a_file(invoke: Invoke, kept: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{PASSPHRASE}\n")
    assert invoke("guide", "read", str(kept), "--passphrase-file", str(secret), "--as-of", DAY).exit_code == 0
    secret.write_text("\n")
    empty = invoke("guide", "read", str(kept), "--passphrase-file", str(secret))
    assert "holds no passphrase" in empty.stderr
    both = invoke("guide", "read", "-", "--passphrase-file", "-", typed=kept.read_text())
    assert both.exit_code == 2


def test_the_passphrase_is_asked_for_unseen_and_again_when_it_is_mistyped(
    invoke: Invoke, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["four small green worms", PASSPHRASE])
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(typed)

    monkeypatch.setattr(getpass, "getpass", ask)
    result = invoke("guide", "read", str(kept), "--as-of", DAY)
    assert result.exit_code == 0
    assert prompts == ["Passphrase (nothing is shown as you type): "] * 2
    assert "That passphrase does not open it. Capitals count." in flat(result.stdout)
    assert PASSPHRASE not in result.output


def test_after_three_wrong_passphrases_it_stops(invoke: Invoke, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or "wrong passphrase")
    result = invoke("guide", "read", str(kept))
    assert (result.exit_code, len(asked)) == (1, 3)
    assert "does not open with this passphrase." in flat(result.stderr)
    assert "wrong passphrase" not in result.output


def test_where_it_would_be_seen_a_passphrase_is_not_asked_for(
    invoke: Invoke, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        return PASSPHRASE

    monkeypatch.setattr(getpass, "getpass", seen)
    result = invoke("guide", "read", str(kept))
    assert result.exit_code == 1
    assert f"Set the variable {VARIABLE}, or give --passphrase-file FILE." in flat(result.stderr)


def test_a_passphrase_is_no_option_of_the_command_line(invoke: Invoke, kept: Path) -> None:
    assert "--passphrase " not in invoke("guide", "read", "--help").stdout
    assert invoke("guide", "read", str(kept), "--passphrase", PASSPHRASE).exit_code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "is no file and no code of the guide. Ask for the file or code that the guide made."),
        (b'{"answers": {}}', "is no file and no code of the guide."),
        (b'{"trellis_guide": 1', "was cut off, changed or mistyped. Ask for it again; a code begins with K1."),
        (b'{"trellis_guide": 2}', "was made by a newer guide than this. Update Trellis."),
        (b"\xff\xfe", "is not text in UTF-8. Save it as UTF-8; it holds what the guide kept."),
    ],
)
def test_what_cannot_be_opened_is_told_before_a_passphrase_is_asked_for(
    invoke: Invoke, kept: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: pytest.fail("asked"))
    kept.write_bytes(content)
    result = invoke("guide", "read", str(kept))
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in flat(result.stderr)
    assert str(kept) in flat(result.stderr)


def test_a_wrong_passphrase_a_missing_file_and_a_code_in_the_place_of_a_file_are_told(
    invoke: Invoke, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "four small green worms")
    assert "does not open with this passphrase." in flat(invoke("guide", "read", str(kept)).stderr)
    assert "there is no such file." in flat(invoke("guide", "read", f"{kept}x").stderr)
    code = invoke("guide", "read", code_of(kept.read_text()))
    assert (code.exit_code, "Write the code into a file, or give - and pipe it in." in flat(code.stderr)) == (1, True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own kind")
def test_on_a_real_terminal_nothing_is_shown_as_the_passphrase_is_typed(kept: Path) -> None:
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop(VARIABLE, None)
        os.execv(sys.executable, [*COMMAND, "guide", "read", str(kept), "--as-of", DAY])  # noqa: S606
    shown = b""
    while b"type): " not in shown:
        shown += os.read(terminal, 1024)
    time.sleep(0.2)
    os.write(terminal, f"{PASSPHRASE}\n".encode())
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"What was kept in the guide" in shown
    assert PASSPHRASE.encode() not in shown
