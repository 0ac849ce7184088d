"""The folder that the guide is written into: new, or made by an earlier build; never one that holds something else."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from trellis.errors import Problem, TrellisError

MARK = "trellis-guide.json"
"""The file that says that a folder was made here, and so may be written again; it lists the files that are ours."""
MADE_BY = "trellis guide build"
TEMPORARY = ".trellis-"
"""How the name of a file begins that is still being written."""
LAST = ("index.html", "sw.js")
"""Written last: until then, who visits while it is being written sees the guide of before."""


class FolderError(TrellisError):
    """The folder cannot be written, or is not ours to write into."""


def check_folder(out: Path) -> None:
    """Make sure that a folder may be written into, before anything is worked out.

    Raises:
        FolderError: it is a file, cannot be looked into, or holds something that was not made here.
    """
    _files_of_before(out)


def write_folder(files: Mapping[str, bytes], out: Path) -> tuple[str, ...]:
    """Write every file, and take away what an earlier build wrote and this one did not. Nothing else is touched.

    Args:
        files: from path in the folder to content; :data:`MARK` is added.
        out: the folder; made when it is missing.

    Returns:
        the names of what was taken away.

    Raises:
        FolderError: as :func:`check_folder`, or something cannot be written.
    """
    before = _files_of_before(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        # The mark comes first, with what is old and new: a build that is cut off leaves a folder that is still ours.
        _put(out / MARK, marked(files, [*files, *before]))
        for name in sorted(files, key=lambda name: (LAST.index(name) if name in LAST else -1, name)):
            _put(out / name, files[name])
        old = [name for name in before if name not in files and name != MARK]
        removed = tuple(name for name in old if _take_away(out, name))
        _put(out / MARK, marked(files, files))
    except OSError as error:
        raise FolderError([_unwritable(out, error)]) from None
    return removed


def marked(files: Mapping[str, bytes], names: Iterable[str]) -> bytes:
    """The mark with the names of the files that are ours.

    >>> json.loads(marked({MARK: b'{"made_by": "trellis guide build"}'}, ["b", "a"]))["files"]
    ['a', 'b']
    """
    tree = json.loads(files.get(MARK, b"{}"))
    return (json.dumps(tree | {"files": sorted(set(names))}, ensure_ascii=False, indent=1) + "\n").encode()


def _files_of_before(out: Path) -> list[str]:
    """The files that an earlier build wrote here; none where the folder is new or empty."""
    try:
        if not out.is_dir():
            if out.exists() or out.is_symlink():
                raise FolderError([Problem(str(out), "is a file.", "Give the name of a folder.")])
            return []
        if not any(out.iterdir()):
            return []
        tree = _mark_of(out)
    except OSError as error:
        raise FolderError([_unwritable(out, error)]) from None
    if not isinstance(tree, dict) or tree.get("made_by") != MADE_BY:
        what, remedy = "is not empty, and no guide was built into it.", "Give a new or an empty folder."
        raise FolderError([Problem(str(out), what, remedy)])
    named = tree.get("files")
    return [name for name in named if isinstance(name, str)] if isinstance(named, list) else []


def _mark_of(out: Path) -> Any:
    try:
        return json.loads((out / MARK).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None


def _put(path: Path, content: bytes) -> None:
    """Write a file as a whole, and only when it differs: who visits never sees half of it, a copy moves little."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        new.chmod(0o644)  # a web server has to read it; mkstemp lets nobody else
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _take_away(out: Path, name: str) -> bool:
    """Remove a file of an earlier build, and the folders that are empty without it; whether there was one."""
    path = out.joinpath(*PurePosixPath(name).parts)
    # The list stands in a file that somebody may have changed, and a folder may lead elsewhere.
    if ".." in path.parts or not path.parent.resolve().is_relative_to(out.resolve()) or not path.is_file():
        return False
    path.unlink()
    for folder in path.relative_to(out).parents:
        inside = out / folder
        if inside == out or any(inside.iterdir()):
            break
        inside.rmdir()
    return True


def _unwritable(out: Path, error: OSError) -> Problem:
    named = Path(error.filename) if error.filename else out
    where = str(named.parent if named.name.startswith(TEMPORARY) else named)
    if isinstance(error, PermissionError):
        return Problem(where, "may not be read or written by this account.", "Give a folder of your own.")
    if isinstance(error, (NotADirectoryError, FileExistsError, IsADirectoryError)):
        return Problem(where, "is a file where a folder is meant, or the other way round.", "Give another folder.")
    return Problem(where, f"cannot be written: {error.strerror or type(error).__name__}.", "Check the disk.")
