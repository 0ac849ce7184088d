"""A guide is written into a folder of its own: what is there of somebody else is never touched."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from trellis.guide.folder import MADE_BY, MARK, FolderError, check_folder, write_folder

FIRST = {"index.html": b"1", "sw.js": b"1", "js/app.js": b"1", "en/read/old/page.html": b"1"}


def marked(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {MARK: json.dumps({"made_by": MADE_BY}).encode()}


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that an earlier build wrote."""
    folder = tmp_path / "a" / "guide"
    assert write_folder(marked(FIRST), folder) == ()
    return folder


def test_a_new_folder_holds_what_was_made_and_the_list_of_it(out: Path) -> None:
    assert files_in(out) == {*FIRST, MARK}
    assert json.loads((out / MARK).read_bytes())["files"] == sorted({*FIRST, MARK})


def test_a_web_server_can_read_every_file(out: Path) -> None:
    assert {stat.S_IMODE((out / name).stat().st_mode) for name in files_in(out)} == {0o644}


def test_what_is_no_longer_made_is_taken_away_and_nothing_else(out: Path) -> None:
    (out / "robots.txt").write_text("of the site")
    (out / "js" / "own.js").write_text("of the site")
    removed = write_folder(marked({"index.html": b"2", "sw.js": b"1"}), out)
    assert removed == ("en/read/old/page.html", "js/app.js")
    assert files_in(out) == {"index.html", "sw.js", MARK, "robots.txt", "js/own.js"}
    assert not (out / "en").exists()
    assert (out / "index.html").read_bytes() == b"2"


def test_a_file_that_is_the_same_is_not_written_again(out: Path) -> None:
    os.utime(out / "sw.js", (0, 0))
    write_folder(marked(FIRST | {"index.html": b"2"}), out)
    assert (out / "sw.js").stat().st_mtime == 0
    assert (out / "index.html").stat().st_mtime > 0


def test_a_file_that_somebody_took_away_is_written_again(out: Path) -> None:
    (out / "js" / "app.js").unlink()
    write_folder(marked(FIRST), out)
    assert files_in(out) == {*FIRST, MARK}


@pytest.mark.parametrize("mark", [None, b"", b"{}", b"[]", b'{"made_by": "somebody"}', b"\xff", b"[" * 100_000])
def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path, mark: bytes | None) -> None:
    (tmp_path / "index.html").write_text("theirs")
    if mark is not None:
        (tmp_path / MARK).write_bytes(mark)
    before = {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)}
    for attempt in (lambda: check_folder(tmp_path), lambda: write_folder(marked(FIRST), tmp_path)):
        with pytest.raises(FolderError, match="is not empty, and no guide was built into it"):
            attempt()
    assert {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)} == before


def test_a_list_that_was_changed_leads_to_nothing_outside_of_the_folder(out: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("theirs")
    (out / "away").symlink_to(tmp_path)
    tree = json.loads((out / MARK).read_bytes())
    tree["files"] += [
        "../../precious.txt",
        str(precious),
        "away/precious.txt",
        "js/../../../precious.txt",
        "js",
        "",
        5,
        None,
    ]
    (out / MARK).write_text(json.dumps(tree))
    write_folder(marked(FIRST), out)
    assert precious.read_text() == "theirs"
    assert files_in(out) >= set(FIRST)


def test_a_build_that_was_cut_off_can_be_done_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "new.js":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    later = marked({"index.html": b"2", "sw.js": b"2", "js/new.js": b"2"})
    with pytest.raises(FolderError, match="cannot be written: No space left on device"):
        write_folder(later, out)
    assert (out / "index.html").read_bytes() == b"1"  # written last: a visitor still has the guide of before
    assert not [name for name in files_in(out) if ".trellis-" in name]
    monkeypatch.undo()
    assert write_folder(later, out) == ("en/read/old/page.html", "js/app.js")
    assert files_in(out) == set(later)


def test_a_file_where_a_folder_is_meant_is_told(tmp_path: Path) -> None:
    path = tmp_path / "guide"
    path.write_text("")
    with pytest.raises(FolderError, match=r"guide: is a file\. Give the name of a folder\."):
        check_folder(path)
    with pytest.raises(FolderError, match="is a file where a folder is meant"):
        write_folder(marked(FIRST), path / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_of_another_account_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderError, match="may not be read or written by this account"):
        write_folder(marked(FIRST), tmp_path / "guide")
    tmp_path.chmod(0o700)


def test_no_permission_is_told_whoever_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(
        FolderError, match=r"guide: may not be read or written by this account\. Give a folder of your own\."
    ):
        write_folder(marked(FIRST), tmp_path / "guide")
