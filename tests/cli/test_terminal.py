"""Readable anywhere: 80 columns, no colour needed, any encoding."""

from __future__ import annotations

import pytest

from trellis.cli.terminal import WIDEST, Terminal, bar, plain, wrap


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-8"])
def test_every_text_can_be_written_in_every_encoding(encoding: str) -> None:
    text = "¿Está “bien”? «Sí» \u2013 3 → 4 … ≥ ñ Ñ • \u00d7 € 漢"
    plain(text, encoding).encode(encoding)


def test_accents_stay_where_the_encoding_has_them() -> None:
    assert plain("Está", "latin-1") == "Está"
    assert plain("Está", "ascii") == "Esta"
    assert plain("“no” \u2013 sí", "latin-1") == '"no" - sí'


def test_an_unknown_encoding_is_no_fault() -> None:
    assert plain("Está", "no-such-encoding") == "Esta"


@pytest.mark.parametrize(("done", "total", "filled"), [(0, 10, 0), (10, 10, 20), (5, 10, 10), (0, 0, 20), (11, 10, 20)])
def test_bar(done: int, total: int, filled: int) -> None:
    assert bar(done, total).count("#") == filled
    assert len(bar(done, total)) == 22


def test_numbers_to_call_are_never_broken() -> None:
    for width in range(20, 40):
        assert any("1-800-799-7233" in line for line in wrap("The hotline is at 1-800-799-7233 day and night.", width))


@pytest.mark.parametrize("columns", [20, 60, 80, 200])
def test_never_wider_than_80(columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    term = Terminal()
    term.heading("word " * 40)
    term.text("word " * 60, indent="    ")
    term.bullets(["word " * 40])
    term.numbered(["word " * 40])
    term.columns("word " * 20, "other " * 20, listed=True)
    term.box("word " * 30)
    term.rule()
    widest = max(len(line) for line in capsys.readouterr().out.splitlines())
    assert widest <= max(40, min(80, columns))


def test_nothing_that_steers_a_terminal_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    term = Terminal()
    bad = "a\x1b[2Jb\x9bc\x07d\u202ee\ud800f\rg"
    term.line(bad)
    term.text(bad)
    term.prompt(bad)
    written = capsys.readouterr().out
    assert not set(written) & set("\x1b\x9b\x07\u202e\ud800\r")
    assert "[2J" in written


@pytest.mark.parametrize("columns", ["0", "000", "-1", "²", "٣", "1e3", "99999999999", " "])
def test_a_width_that_is_none_counts_as_80(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert Terminal().width == 80


@pytest.mark.parametrize("word", ["/a/folder/{}/site.yaml:2:", "https://example.org/{}", "C:\\folder\\{}\\site.yaml"])
def test_a_path_or_an_address_stays_whole_however_long_it_is(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    for length in range(1, 200):
        long = word.format("f" * length)
        Terminal().text(f"Warning: {long} was last checked on [2026-01-02].", hanging="  ")
        shown = capsys.readouterr().out
        assert " ".join(shown.split()) == f"Warning: {long} was last checked on [2026-01-02]."
        assert all(len(line) <= WIDEST for line in shown.splitlines() if long not in line)


def test_other_words_that_are_longer_than_a_line_are_broken(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().text("f" * 200)
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) == WIDEST
