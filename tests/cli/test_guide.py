"""``trellis guide``: build, serve and read; what belongs to others is left alone, and no passphrase is ever shown."""

from __future__ import annotations

import getpass
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import trellis
from tests.cli.driver import COMMAND, too_wide
from tests.guide.keeping import PASSPHRASE, payload
from trellis.cli.guide import PORT
from trellis.cli.guide_read import VARIABLE
from trellis.guide.keep import code_of, seal

Invoke = Callable[..., Result]
DAY = "2026-11-24"
HELP = {"build": "OUT", "serve": "FOLDER", "read": "FILE"}


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


@pytest.mark.parametrize("command", HELP)
def test_help_has_examples_and_fits_the_screen(command: str, invoke: Invoke) -> None:
    shown = invoke("guide", command, "--help").stdout
    assert f"  trellis guide {command}" in shown
    assert HELP[command] in shown
    assert too_wide(shown) == []


# --- build


def test_build_says_what_it_made_how_heavy_it_is_and_how_to_look_at_it(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "a guide"
    result = invoke("guide", "build", str(out), "--as-of", DAY)
    assert result.exit_code == 0
    shown = flat(result.stdout)
    count = len([path for path in out.rglob("*") if path.is_file()])
    assert f"{count} files" in shown
    assert "compressed; at most 400 KB are wanted." in shown
    assert f"trellis guide serve '{out}'" in shown
    assert "Warning" not in shown
    assert result.stderr == ""


def test_build_as_plain_values(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("guide", "build", str(tmp_path / "out"), "--as-of", "2028-01-01", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["files"] > 200
    assert 0 < told["first_view"] < told["first_view_most"] < told["bytes"]
    assert told["removed"] == []
    assert any("were last checked on" in warning for warning in told["warnings"])


def test_a_stale_crisis_line_warns_and_does_not_stop_the_build(invoke: Invoke, tmp_path: Path) -> None:
    site = tmp_path / "site.yaml"
    site.write_text("crisis:\n  - {line: line_988, checked: 2026-01-02}\n")
    result = invoke("guide", "build", str(tmp_path / "out"), "--site", str(site), "--as-of", DAY)
    assert result.exit_code == 0
    assert "Warning:" in result.stdout
    assert f"{site}:2: [Call or text 988] was last checked on [2026-01-02], more than 180 days ago." in flat(
        result.stdout
    )


def test_a_guide_is_built_over_an_older_one_and_only_what_is_its_own_goes(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert invoke("guide", "build", str(out), "--as-of", DAY).exit_code == 0
    mark = json.loads((out / "trellis-guide.json").read_text())
    (out / "js" / "gone.js").write_text("of an older guide")
    (out / "robots.txt").write_text("of the site")
    (out / "trellis-guide.json").write_text(json.dumps(mark | {"files": [*mark["files"], "js/gone.js"]}))
    result = invoke("guide", "build", str(out), "--as-of", DAY)
    assert "Removed, as this build no longer makes them: js/gone.js" in flat(result.stdout)
    assert not (out / "js" / "gone.js").exists()
    assert (out / "robots.txt").read_text() == "of the site"
    assert json.loads((out / "trellis-guide.json").read_text()) == mark


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda out: (out.mkdir(), (out / "thesis.doc").write_text("mine")), "is not empty, and no guide was built"),
        (lambda out: out.write_text("mine"), "is a file. Give the name of a folder."),
        (lambda out: out.symlink_to(out.parent / "nowhere"), "is a file. Give the name of a folder."),
    ],
)  # fmt: skip
def test_what_belongs_to_somebody_else_is_never_written_into(
    invoke: Invoke, tmp_path: Path, prepare: Callable[[Path], Any], said: str
) -> None:
    out = tmp_path / "out"
    prepare(out)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    result = invoke("guide", "build", str(out))
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in flat(result.stderr)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("site", "said"),
    [
        (None, "there is no such file."),
        ("exit: http://a.example", "site.yaml:1: [exit] is [http://a.example], which is no https address."),
        ("nam: A", "Did you mean name?"),
        ("name: [", "is not valid YAML"),
    ],
)
def test_a_site_file_that_is_wrong_stops_before_anything_is_written(
    invoke: Invoke, tmp_path: Path, site: str | None, said: str
) -> None:
    path = tmp_path / "site.yaml"
    if site is not None:
        path.write_text(site)
    result = invoke("guide", "build", str(tmp_path / "out"), "--site", str(path))
    assert result.exit_code == 1
    assert said in flat(result.stderr)
    assert not (tmp_path / "out").exists()


def test_a_day_that_is_none_is_wrong_usage(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("guide", "build", str(tmp_path / "out"), "--as-of", "soon").exit_code == 2
    assert invoke("guide", "build").exit_code == 2


# --- serve


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A real process that serves, and what it printed until it was ready."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRELLIS")}
    process = subprocess.Popen(
        [*COMMAND, "guide", "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean | {"COLUMNS": "80", "PYTHONUTF8": "1"},
        # Where the tests run in the background, Ctrl-C is ignored by whoever they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                break
        yield process, lines
    finally:
        process.kill()
        process.communicate()


def address_in(lines: list[str]) -> str:
    return next(line.split()[-1] for line in lines if line.startswith("The guide is at http"))


def stopped(process: subprocess.Popen[str], how: int) -> tuple[int, str]:
    time.sleep(0.1)
    process.send_signal(how)
    _, errors = process.communicate(timeout=20)
    return process.returncode, errors


@pytest.mark.slow
def test_serve_builds_the_guide_shows_where_it_is_and_ends_quietly(tmp_path: Path) -> None:
    with serving("--port", "0") as (process, lines):
        address = address_in(lines)
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own address
            assert b"Care guide" in answer.read()
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert stopped(process, signal.SIGINT) == (0, "")


@pytest.mark.slow
def test_serve_takes_the_next_port_when_nobody_asked_for_one_and_ends_when_told_to(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", PORT))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which is as good
        with serving() as (process, lines):
            assert f"Port {PORT} is in use; this takes" in flat(" ".join(lines))
            assert not address_in(lines).endswith(f":{PORT}/")
            assert stopped(process, signal.SIGTERM) == (0, "")


@pytest.mark.slow
def test_serve_warns_when_others_can_open_it(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("guide", "build", str(tmp_path / "out"), "--as-of", DAY).exit_code == 0
    with serving(str(tmp_path / "out"), "--host", "0.0.0.0", "--port", "0") as (_, lines):  # noqa: S104
        shown = flat(" ".join(lines))
        assert "Others on this network can open it" in shown
        assert "no https: it does not work offline and cannot keep answers encrypted" in shown
        assert "http://localhost:" in shown


def test_serve_tells_a_port_in_use_that_was_asked_for(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a guide")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = invoke("guide", "serve", str(tmp_path), "--port", str(port))
    assert result.exit_code == 1
    assert f"--port: [{port}] is in use." in flat(result.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("{}",), 1, "holds no guide. Make one with `trellis guide build FOLDER`."),
        (("{}/none",), 1, "holds no guide."),
        (("{}", "--site", "site.yaml"), 2, "leave out FOLDER"),
        (("{}", "--port", "70000"), 2, "less than or equal to 65535"),
        (("--site", "{}/none.yaml"), 1, "there is no such file."),
    ],
)
def test_serve_tells_what_is_wrong(
    invoke: Invoke, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = invoke("guide", "serve", *(one.format(tmp_path) for one in arguments))
    assert result.exit_code == code
    assert said in flat(result.stderr)


def test_serve_leaves_no_folder_behind_when_it_cannot_serve(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert invoke("guide", "serve", "--host", "192.0.2.1").exit_code == 1
    assert list(tmp_path.iterdir()) == []


# --- read


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


def test_read_shows_each_question_as_it_was_asked_when_told_to(invoke: Invoke, kept: Path, told: None) -> None:
    shown = flat(invoke("guide", "read", str(kept), "--as-of", DAY, "--full").stdout)
    fact = trellis.load().facts["harm.suicide_thoughts"]
    assert f"Asked: {flat(fact.question.person.en)}" in shown


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
