"""Serving a built guide on this machine: with the headers that a host should send, and no log of who read what."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import socket
from collections.abc import Callable
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from trellis.errors import Problem, TrellisError
from trellis.guide.headers import HEADERS

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""By ending; not by what the machine thinks, which on some machines takes scripts for plain text."""
PACKED = (".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest")
TRIES = 20
NOT_FOUND = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>404</title>
</head>
<body>
<main>
<h1>There is no such page</h1>
<p><a href="/">To the start</a></p>
<p>In danger? Call 911. To talk: call or text 988.</p>
<div lang="es">
<h2>No existe esta página</h2>
<p><a href="/">Al inicio</a></p>
<p>¿En peligro? Llame al 911. Para hablar: llame o escriba al 988.</p>
</div>
</main>
</body>
</html>
"""
Asked = Callable[[str], None]


class GuideServer(ThreadingHTTPServer):
    """Serves one folder.

    Args:
        folder: what was built.
        asked: called with the path of each request; for tests. Nothing is logged.
    """

    daemon_threads = True
    # Elsewhere this lets two servers share a port, and each gets some of the requests.
    allow_reuse_address = os.name != "nt"

    def __init__(self, address: tuple[str, int], folder: Path, asked: Asked | None) -> None:
        self.folder = folder.resolve()
        self.asked = asked
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind. The library's own way looks this machine up by its name, which asks a server of the network."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who goes away in the middle is no error, and no line with an address is written."""

    @property
    def address(self) -> str:
        """The address to open."""
        host, port = str(self.server_address[0]), self.server_address[1]
        shown = "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
        return f"http://{shown}:{port}/"


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with files of the folder, and nothing else."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: GuideServer

    def do_GET(self) -> None:
        """Send a file."""
        if self.server.asked is not None:
            self.server.asked(self.path)
        found = self._file()
        if found is None:
            page = self.server.folder / "404.html"
            self._send(404, page.read_bytes() if page.is_file() else NOT_FOUND.encode(), TYPES[".html"])
            return
        if found.is_dir():
            inside = found.relative_to(self.server.folder).as_posix()
            self._send(301, b"", TYPES[".html"], {"Location": f"/{quote(inside)}/"})
            return
        content, packed, mark = _content(found, found.stat().st_mtime_ns, found.stat().st_size)
        headers = {"ETag": mark}
        if self.headers.get("If-None-Match") == mark:
            self._send(304, None, "", headers)
            return
        if packed is not None:
            headers["Vary"] = "Accept-Encoding"
            if accepts_gzip(self.headers.get("Accept-Encoding", "")):
                headers["Content-Encoding"], content = "gzip", packed
        self._send(200, content, TYPES.get(found.suffix.lower(), "application/octet-stream"), headers)

    do_HEAD = do_GET  # noqa: N815

    def _file(self) -> Path | None:
        """The file that is asked for, or a folder when its last slash is missing; None for everything else."""
        try:
            asked = unquote(urlsplit(f"//x/{self.path.lstrip('/')}").path, errors="strict")
        except (UnicodeDecodeError, ValueError):
            return None
        parts = [part for part in asked.split("/") if part]
        # Names that begin so are none of the guide's: `..`, hidden files, and what is written for hosts (`_headers`).
        if any(part.startswith((".", "_")) or "\\" in part or "\0" in part for part in parts):
            return None
        try:
            path = self.server.folder.joinpath(*parts).resolve()
            if not path.is_relative_to(self.server.folder):
                return None
            if path.is_dir():
                index = path / "index.html"
                return (index if asked.endswith("/") else path) if index.is_file() else None
            return path if path.is_file() and not asked.endswith("/") else None
        except OSError:
            return None

    def _send(self, status: int, content: bytes | None, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        for name, value in (HEADERS | (headers or {})).items():
            self.send_header(name, value)
        if content is not None:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if content and self.command != "HEAD":
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """A request that is not understood: a number, and nothing of what was asked."""
        self.close_connection = True
        self.command = getattr(self, "command", None) or "GET"
        extra = {"Connection": "close"} | ({"Allow": "GET, HEAD"} if code in (405, 501) else {})
        self._send(405 if code == 501 else code, f"{code}\n".encode(), TYPES[".txt"], extra)

    def log_message(self, format: str, *args: Any) -> None:
        """No log: who read what stays nobody's business."""


def accepts_gzip(header: str) -> bool:
    """Whether a reader takes gzip.

    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0"), accepts_gzip("")
    (True, False, False)
    """
    wanted: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        try:
            wanted[name.strip()] = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            wanted[name.strip()] = 0
    return wanted.get("gzip", wanted.get("*", 0)) > 0


@lru_cache(maxsize=2000)
def _content(path: Path, changed: int, size: int) -> tuple[bytes, bytes | None, str]:
    """A file as it is and packed, and a mark that changes with it."""
    del changed, size  # a file that has changed is another entry
    content = path.read_bytes()
    packed = gzip.compress(content, 6, mtime=0) if path.suffix.lower() in PACKED else None
    smaller = packed if packed is not None and len(packed) < len(content) else None
    return content, smaller, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def server(folder: Path, *, host: str = "127.0.0.1", port: int = 8000, asked: Asked | None = None) -> GuideServer:
    """A server that is ready; ``serve_forever()`` lets it serve.

    Args:
        folder: a built guide.
        host: the address to listen at; 127.0.0.1 is reached from this machine only.
        port: 0 takes any that is free.
        asked: called with the path of each request.

    Raises:
        TrellisError: there is no guide in the folder, or the address or the port cannot be had.
    """
    if not (folder / "index.html").is_file():
        remedy = "Make one with `trellis guide build FOLDER`."
        raise TrellisError([Problem(str(folder), "holds no guide.", remedy)])
    try:
        return GuideServer((host, port), folder, asked)
    except PermissionError:
        what, remedy = f"[{port}] may not be used by this account.", "Take one from 1024 on."
        raise TrellisError([Problem("--port", what, remedy)]) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = next_free(host, port + 1)
            remedy = f"Take --port {free}." if free else "Take another, or end what uses it."
            raise TrellisError([Problem("--port", f"[{port}] is in use.", remedy)]) from None
        what, remedy = f"[{host}] is no address of this machine.", "Take 127.0.0.1."
        raise TrellisError([Problem("--host", what, remedy)]) from None


def next_free(host: str, port: int) -> int | None:
    """The first free port from this one on, of the next twenty; None when all are in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + TRIES, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return None


def only_here(host: str) -> bool:
    """Whether an address is reached from this machine only.

    >>> only_here("127.0.0.1"), only_here("localhost"), only_here("192.168.1.5")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
