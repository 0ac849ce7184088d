"""Run a command with a PostgreSQL of its own, started in a temporary folder by a user who is not root.

    python -m scripts.with_postgresql -- python -m pytest tests/workspace

The command finds it in TRELLIS_DATABASE.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PLACES = "/usr/lib/postgresql"
OLDEST = 15
QUICK = (  # a cluster that lives for minutes and holds nobody's data
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "autovacuum=off",
)  # fmt: skip


def programs() -> Path:
    """The folder of the newest PostgreSQL that is installed."""
    versions = [int(path.name) for path in Path(PLACES).glob("*") if path.name.isdecimal()]
    newest = max((version for version in versions if version >= OLDEST), default=None)
    if newest is None:
        raise SystemExit(f"No PostgreSQL {OLDEST} or newer in {PLACES}. Install the Debian package postgresql.")
    return Path(PLACES) / str(newest) / "bin"


def _as_somebody(folder: Path) -> list[str]:
    """What to put before a command so that root does not run it: PostgreSQL refuses that."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [shutil.which("runuser") or "runuser", "-u", "postgres", "--"]


@contextlib.contextmanager
def postgresql(durable: bool = False) -> Iterator[str]:
    """A running PostgreSQL.

    Args:
        durable: keep PostgreSQL's own settings, so that what it acknowledged outlives a crash.

    Returns:
        Its address, as TRELLIS_DATABASE takes it.
    """
    tools = programs()
    with tempfile.TemporaryDirectory(prefix="trellis-postgresql-") as place:
        folder = Path(place)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(mode=0o700)
        before = _as_somebody(data)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        quiet = {"stdout": subprocess.DEVNULL, "check": True, "cwd": "/"}
        made = [
            *before,
            str(tools / "initdb"),
            "-D",
            str(data),
            "-U",
            "trellis",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(made, **quiet)  # type: ignore[call-overload]
        settings = () if durable else QUICK
        options = [f"-p {port}", "-c listen_addresses=127.0.0.1", f"-c unix_socket_directories={data}"]
        options += [f"-c {setting}" for setting in settings]
        control = [*before, str(tools / "pg_ctl"), "-D", str(data), "-w", "-s"]
        log = ["-l", str(data / "log"), "-o", " ".join(options)]
        subprocess.run([*control, *log, "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield f"postgresql://trellis@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
            for path in (data, folder):
                if os.geteuid() == 0:
                    os.chown(path, 0, 0)


def main() -> None:
    """The command after ``--``, with TRELLIS_DATABASE set."""
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        raise SystemExit(__doc__)
    with postgresql() as address:
        sys.exit(subprocess.run(command, env=os.environ | {"TRELLIS_DATABASE": address}, check=False).returncode)


if __name__ == "__main__":
    main()
