"""Serving the site with granian: what must stand before it starts, and which address to open."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from trellis.workspace.access.viewer import upkeep
from trellis.workspace.environment import SettingError

TRIES = 20
FIRST_PORT = 8000


def anchors() -> Path:
    """Where the sums of the audit are put down when no other place is given."""
    return Path(settings.FOLDER) / "audit-anchors"


def migrate() -> None:
    """Bring the tables up to this version, with the table that counts tries at passwords."""
    Path(settings.FOLDER).mkdir(parents=True, exist_ok=True)
    with upkeep("bringing the tables up to date"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def what_comes(demo: bool) -> str:
    """What a first start says before it works for some seconds."""
    return "Preparing the demonstration: all people in it are invented." if demo else "Preparing the site."


def serve(host: str, port: int | None, workers: int, ready: Callable[[str], None]) -> bool:
    """Serve until Ctrl-C, or until somebody ends the process. Returns whether it was Ctrl-C.

    Args:
        host: the address to listen at. Raises :class:`SettingError` for another than loopback in the demonstration.
        port: the port; None takes the first free one from 8000 on. Raises :class:`SettingError` for one that is taken.
        workers: processes.
        ready: told the address when everything stands.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from trellis.workspace.environment import _is_loopback
    from trellis.workspace.site.guide import folder

    if settings.DEMO and not _is_loopback(host):
        raise SettingError("--host", "the demonstration lets anybody in", "Leave it out: it is for this machine only.")
    taken = port or free_port(host)
    if not is_free(host, taken):
        raise SettingError("--port", f"{taken} is taken by another program", "Give another one, or leave it out.")
    migrate()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if settings.DEMO:
        from trellis.workspace.demo.seed import ensure

        ensure()
    folder()
    os.environ["TRELLIS_FOLDER"] = str(settings.FOLDER)
    ready(f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{taken}/")  # noqa: S104
    server = Granian(
        "trellis.workspace.site.wsgi:application",
        address=host,
        port=taken,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.error,  # its own start and stop are told by us
    )
    stopped_by: list[int] = []
    stop = server.signal_handler_interrupt

    def interrupted(number: int = 0, *_: object) -> None:
        stopped_by.append(number)
        stop()

    server.signal_handler_interrupt = interrupted  # type: ignore[method-assign]
    server.serve()
    return signal.SIGINT in stopped_by


def free_port(host: str) -> int:
    """The first free port from 8000 on. Raises :class:`SettingError` when twenty are taken."""
    for port in range(FIRST_PORT, FIRST_PORT + TRIES):
        if is_free(host, port):
            return port
    raise SettingError("--port", f"{FIRST_PORT} to {FIRST_PORT + TRIES - 1} are taken", "Give a free one.")


def is_free(host: str, port: int) -> bool:
    """Whether one can listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True
