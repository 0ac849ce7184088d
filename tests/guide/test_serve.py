"""The guide served on this machine: only its own files, with the headers of privacy, and no line on who reads what."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trellis.errors import TrellisError
from trellis.guide.headers import HEADERS, POLICY, headers_file
from trellis.guide.serve import GuideServer, next_free, only_here, server

PAGE = b"<!doctype html><title>Care guide</title>" + b" " * 500
Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small guide, beside something that is no part of it."""
    out = tmp_path / "guide"
    for name, content in {
        "index.html": PAGE,
        "js/app.js": b"export const a = 1;\n",
        "icons/leaf.png": b"\x89PNG",
        "en/read/index.html": b"<title>Read</title>",
        "_headers": b"secret",
        ".hidden": b"secret",
        "á b.html": b"<title>Letters</title>",
    }.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "private.txt").write_bytes(b"secret")
    (out / "link.txt").symlink_to(tmp_path / "private.txt")
    return out


@pytest.fixture
def running(folder: Path) -> Iterator[GuideServer]:
    found = server(folder, port=0)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def ask(running: GuideServer) -> Iterator[Ask]:
    connections: list[http.client.HTTPConnection] = []

    def call(path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", running.server_port, timeout=10)
        connections.append(connection)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        return connection.getresponse()

    yield call
    for connection in connections:
        connection.close()


def raw(running: GuideServer, request: bytes) -> bytes:
    """What is answered to bytes that no browser would send."""
    with socket.create_connection(("127.0.0.1", running.server_port), timeout=10) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_the_start_and_every_file_can_be_read(ask: Ask) -> None:
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/index.html?from=a", "text/html; charset=utf-8"),
        ("/js/app.js", "text/javascript; charset=utf-8"),
        ("/icons/leaf.png", "image/png"),
        ("/en/read/", "text/html; charset=utf-8"),
        ("/%C3%A1%20b.html", "text/html; charset=utf-8"),
    ):
        found = ask(path)
        assert (found.status, found.headers["Content-Type"]) == (200, kind), path
        assert len(found.read()) == int(found.headers["Content-Length"])


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/none", 404), ("/en/read", 301)])
def test_the_headers_of_privacy_go_with_every_answer(ask: Ask, path: str, status: int) -> None:
    found = ask(path)
    assert found.status == status
    for name, value in HEADERS.items():
        assert found.headers[name] == value
    assert not {"Server", "Set-Cookie", "Date", "Last-Modified"} & set(found.headers)


def test_the_policy_lets_in_nothing_but_the_guides_own_files() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) == {"'none'", "'self'"}
    assert "unsafe" not in POLICY
    assert HEADERS["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert headers_file().splitlines()[1:] == [f"  {name}: {value}" for name, value in HEADERS.items()]


@pytest.mark.parametrize(
    "path",
    [
        "/none.html",
        "/../private.txt",
        "/js/../../private.txt",
        "/%2e%2e/private.txt",
        "/%2e%2e%2fprivate.txt",
        "/..%5cprivate.txt",
        "/link.txt",
        "/_headers",
        "/.hidden",
        "/js/",
        "/index.html/",
        "/index.html%00.png",
        "/%ff",
        "//private.txt",
        "/" + "a" * 5000,
    ],
)
def test_what_is_no_part_of_the_guide_is_not_there(ask: Ask, path: str) -> None:
    found = ask(path)
    page = found.read()
    assert found.status == 404
    assert b"secret" not in page
    assert b"911" in page
    assert b"988" in page


def test_a_page_of_its_own_for_what_is_not_there_is_used(ask: Ask, folder: Path) -> None:
    (folder / "404.html").write_bytes(b"gone")
    assert ask("/none").read() == b"gone"


def test_a_folder_without_its_last_slash_is_sent_on_within_the_guide(ask: Ask) -> None:
    for path in ("/en/read", "//en/read"):
        found = ask(path)
        assert (found.status, found.headers["Location"]) == (301, "/en/read/")


def test_what_is_large_goes_packed_to_those_who_take_it(ask: Ask) -> None:
    found = ask("/", Accept_Encoding="br, gzip")
    assert found.headers["Content-Encoding"] == "gzip"
    assert found.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(found.read()) == PAGE
    plain = ask("/", Accept_Encoding="gzip;q=0")
    assert (plain.headers["Content-Encoding"], plain.read()) == (None, PAGE)


def test_what_is_still_the_same_is_not_sent_again(ask: Ask, folder: Path) -> None:
    mark = ask("/").headers["ETag"]
    again = ask("/", If_None_Match=mark)
    assert (again.status, again.read()) == (304, b"")
    (folder / "index.html").write_bytes(b"new")
    assert ask("/", If_None_Match=mark).read() == b"new"


def test_only_reading_is_answered(ask: Ask, running: GuideServer) -> None:
    head = ask("/", method="HEAD")
    assert (head.status, head.headers["Content-Length"], head.read()) == (200, str(len(PAGE)), b"")
    posted = ask("/", method="POST")
    assert (posted.status, posted.headers["Allow"]) == (405, "GET, HEAD")
    for request in (b"nonsense\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"GET " + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n"):
        answer = raw(running, request)
        assert b"aaaa" not in answer
        assert b"nonsense" not in answer


def test_nothing_is_logged(ask: Ask, running: GuideServer, capfd: pytest.CaptureFixture[str]) -> None:
    for path in ("/", "/none", "/js/app.js"):
        ask(path).read()
    ask("/", method="POST").read()
    raw(running, b"nonsense\r\n\r\n")
    line = socket.create_connection(("127.0.0.1", running.server_port))
    line.sendall(b"GET / HTTP/1.1\r\n\r\n")
    line.close()  # goes away before it is answered
    assert capfd.readouterr() == ("", "")


def test_a_folder_without_a_guide_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrellisError, match=r"holds no guide\. Make one with `trellis guide build FOLDER`"):
        server(tmp_path)


def test_a_port_in_use_names_a_free_one(folder: Path, running: GuideServer) -> None:
    with pytest.raises(TrellisError) as caught:
        server(folder, port=running.server_port)
    free = next_free("127.0.0.1", running.server_port)
    assert free is not None
    assert free > running.server_port
    assert f"[{running.server_port}] is in use. Take --port {free}." in str(caught.value)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "a..b", "::g", "x" * 300])
def test_an_address_that_is_not_of_this_machine_is_told(folder: Path, host: str) -> None:
    with pytest.raises(TrellisError, match=r"is no address of this machine\. Take 127\.0\.0\.1\."):
        server(folder, host=host, port=0)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may take every port")
def test_a_port_that_this_account_may_not_use_is_told(folder: Path) -> None:
    with pytest.raises(TrellisError, match="may not be used by this account"):
        server(folder, port=1)


def test_whoever_listens_for_others_is_shown_an_address_that_opens(folder: Path) -> None:
    with server(folder, host="0.0.0.0", port=0) as found:  # noqa: S104
        assert found.address == f"http://localhost:{found.server_port}/"
    for host, here in (("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("", False)):  # noqa: S104
        assert only_here(host) is here
