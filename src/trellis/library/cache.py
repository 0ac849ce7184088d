"""Where bundles are kept between two runs: the user's cache folder, readable by this account only.

It holds clinical content, nothing about a person. Whatever is wrong with it, from a full disk to somebody else's file,
the answer is the same: it is passed over, and the files are read.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from hashlib import blake2b
from pathlib import Path

SWITCH = "TRELLIS_CACHE"
OFF = ("off", "no", "0")
ENDING = ".bundle"
MOST = 24
"""So many files are kept; each folder of knowledge with each choice of parameters makes two."""
_MARK = b"trellis bundle"
_NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0)


def folder() -> Path | None:
    """The folder for bundles; None where there is no place for one, or ``TRELLIS_CACHE=off`` forbids it.

    ``TRELLIS_CACHE`` may also name the folder itself, by its whole path.
    """
    said = os.environ.get(SWITCH, "")
    if said.lower() in OFF:
        return None
    if os.path.isabs(said):
        return Path(said)
    for name in ("XDG_CACHE_HOME", *(["LOCALAPPDATA"] if os.name == "nt" else [])):
        given = os.environ.get(name, "")
        if os.path.isabs(given):  # a relative one is to be passed over, says the XDG specification
            return Path(given) / "trellis"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ".cache" / "trellis" if home.is_absolute() and home.parent != home else None


def read(key: str, part: str) -> str | None:
    """What was kept under a key; None when nothing was, or it is not whole, or somebody else could have written it."""
    place = folder()
    if place is None:
        return None
    try:
        if not _own(os.stat(place)):
            return None
        opened = os.open(place / _named(key, part), os.O_RDONLY | _NOT_FOLLOWED)
        with open(opened, "rb") as file:
            state = os.fstat(file.fileno())
            if not _own(state) or not stat.S_ISREG(state.st_mode):
                return None
            kept = file.read()
    except (OSError, ValueError):
        return None
    head, _, body = kept.partition(b"\n")
    if head != _head(key, part, body):
        return None
    # What is in use stays: else a dozen other folders, each loaded once, would push out what ships.
    with contextlib.suppress(OSError):
        os.utime(place / _named(key, part))
    return body.decode("utf-8", "surrogatepass")


def write(key: str, part: str, text: str) -> None:
    """Keep something. A file is there whole or not at all; that it cannot be written is no error."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError, ValueError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _own(os.stat(place)):
            return
        body = text.encode("utf-8", "surrogatepass")
        # Its own name until it is whole, so that two processes never write into one file. Made with mode 0600.
        handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=place)
        try:
            with open(handle, "wb") as file:
                file.write(_head(key, part, body) + b"\n" + body)
            os.replace(name, place / _named(key, part))
        except BaseException:
            os.unlink(name)
            raise
        _tidy(place)


def _tidy(place: Path) -> None:
    """Remove what was not used for longest, beyond the most that are kept."""
    by_age = sorted(place.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[MOST:]:
        path.unlink(missing_ok=True)


def _named(key: str, part: str) -> str:
    return f"{key}.{part}{ENDING}"


def _head(key: str, part: str, body: bytes) -> bytes:
    return b" ".join([_MARK, key.encode(), part.encode(), blake2b(body, digest_size=24).hexdigest().encode()])


def _own(state: os.stat_result) -> bool:
    """Whether it is this account's, and nobody else may write to it."""
    return not hasattr(os, "geteuid") or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)
