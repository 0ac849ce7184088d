"""The program ends as its documentation says, whatever happens to what it reads from and writes to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]
START = "from trellis_command import main; main()"
UP_THEN_START = START.replace("; ", "; print(flush=True); ")  # that it prints tells that Python itself is up
DOCS = Path(__file__).parents[2] / "docs" / "cli.md"


def shell(line: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of bash in which $0 starts the command and the arguments are $1, $2; the code is that of the command."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TRELLIS")}
    clean |= {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHON": sys.executable, "START": START} | environment
    script = f'set -o pipefail; trellis() {{ "$PYTHON" -c "$START" "$@"; }}; {line}'
    return subprocess.run(
        ["/bin/bash", "-c", script, "bash", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env=clean,
        check=False,
    )


@pytest.fixture
def danger(tmp_path: Path) -> str:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {harm.suicide_thoughts: plan}\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ('trellis explain "$1" --role clinician | true', 141, ""),
        ('trellis explain "$1" --role clinician --json | true', 141, ""),
        ('trellis decide "$1" > /dev/full', 74, "cannot be written: No space left"),
        ('trellis decide "$1" --json > /dev/full', 74, "cannot be written: No space left"),
        ("trellis decide - <&-", 1, "standard input: is closed."),
        ('trellis decide "$1" --as-of 9999-12-31', 2, "Give a day from 1900-01-01"),
        ("timeout 20 head -c 9000000 /dev/zero | trellis decide -", 1, "is larger than 4 MiB"),
    ],
)
def test_each_end_has_its_code_and_no_traceback(line: str, code: int, words: str, danger: str) -> None:
    done = shell(line, danger)
    assert done.returncode == code
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def listen() -> None:
    """What is started in the background of a shell ignores Ctrl-C, and so do its children unless told otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.2, 0.3])
def test_ctrl_c_while_it_is_being_loaded_is_quiet(seconds: float) -> None:
    paths, pipe = {"PYTHONPATH": os.pathsep.join(sys.path)}, subprocess.PIPE
    command = [sys.executable, "-c", UP_THEN_START, "check"]
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, env=os.environ | paths, preexec_fn=listen)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert b"Traceback" not in told, told
    assert b"trellis" not in told, told
    assert process.returncode in (130, -signal.SIGINT)


@pytest.mark.parametrize("columns", ["0", "", "-5", "²", "80x", "99999999999"])
@pytest.mark.parametrize("command", ["decide", "explain"])
def test_a_terminal_of_no_width_shows_what_one_of_80_columns_does(
    command: str, columns: str, danger: str, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = invoke(command, danger).stdout
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    shown = invoke(command, danger)
    assert shown.stdout == expected
    assert "988" in shown.stdout


def test_a_wrong_use_is_json_too(invoke: Invoke) -> None:
    for arguments, where in ((("decide", "--json"), "decide"), (("facts", "--json", "--nope"), "facts")):
        result = invoke(*arguments)
        assert result.exit_code == 2
        error = json.loads(result.stdout)["error"]
        assert error["exit_code"] == 2
        assert where in error["problems"][0]["where"]
        assert "Usage:" in result.stderr


def test_every_code_is_in_the_documentation() -> None:
    from trellis.cli.options import Exit

    text = DOCS.read_text(encoding="utf-8")
    for code in Exit:
        assert f"\n| {int(code)} |" in text
