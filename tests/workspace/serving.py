"""The site in a process of its own with an embedded database, for a browser: what it answers is committed."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
WAIT = 30
SERVER = """
import socketserver, sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from trellis.workspace.site.wsgi import application
class Several(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
class Quiet(WSGIRequestHandler):
    def log_message(self, *said):
        pass
make_server("127.0.0.1", int(sys.argv[1]), application, Several, Quiet).serve_forever()
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of a site in a folder, and none of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRELLIS_", "DJANGO_"))}
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return kept | {"TRELLIS_FOLDER": str(folder), "PYTHONPATH": path} | more


def command(folder: Path, *words: str, expect: int = 0) -> str:
    """What ``trellis workspace`` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "trellis", "workspace", *words],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expect, done.stderr
    return done.stdout + done.stderr


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """The address of the site, as long as it is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=environment(folder, **more))
    try:
        begun = time.monotonic()
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                break
            except (URLError, OSError):
                assert process.poll() is None, "the site did not start"
                assert time.monotonic() - begun < WAIT, "the site did not answer"
                time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def path_in(text: str) -> str:
    """The path of the invitation's link in what was printed."""
    found = re.search(r"/team/invitation/\S+", text)
    assert found is not None, text
    return found[0]
