"""``trellis guide build`` and ``serve``: what belongs to others is left alone, and stopping leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.cli.driver import COMMAND, too_wide
from trellis.cli.guide import PORT

Invoke = Callable[..., Result]
DAY = "2026-11-24"
HELP = {"build": "OUT", "serve": "FOLDER", "read": "FILE"}


def flat(text: str) -> str:
    return " ".join(text.split())


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
    assert f"  trellis guide serve '{out}'\n" in result.stdout  # on a line of its own, to copy
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
    assert "/site.yaml:2: [Call or text 988] was last checked on [2026-01-02], more than 180 days ago." in flat(
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
        process.terminate()
        process.communicate(timeout=20)


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
