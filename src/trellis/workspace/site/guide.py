"""The guide under its own path: files built once, with its own headers; no cookie, session or log of its readers."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from trellis._version import __version__
from trellis.guide.headers import HEADERS
from trellis.guide.serve import NOT_FOUND, TYPES

_building = threading.Lock()


def folder() -> Path:
    """Where the built guide lies: built when the server starts, or at the first request."""
    place = Path(settings.FOLDER) / "guide" / f"{__version__}-{date.today():%Y%m%d}"
    with _building:
        if not (place / "index.html").is_file():
            import trellis
            from trellis.guide.build import build_guide
            from trellis.guide.site import read_site

            kb, today = trellis.load(), date.today()
            own = Path(settings.FOLDER) / "site.yaml"
            site, _ = read_site(own if own.is_file() else None, kb, today)
            build_guide(kb, site, place, as_of=today)
    return place


def page(request: HttpRequest, path: str) -> HttpResponse:
    """A file of the guide."""
    root = folder().resolve()
    found = (root / path).resolve()
    if found != root and root not in found.parents:
        return _answer(NOT_FOUND.encode(), ".html", 404)
    if found.is_dir():
        if path and not path.endswith("/"):
            return HttpResponseRedirect(f"/guide/{path}/")
        found /= "index.html"
    if not found.is_file():
        return _answer(NOT_FOUND.encode(), ".html", 404)
    return _answer(found.read_bytes(), found.suffix, 200)


def _answer(content: bytes, ending: str, status: int) -> HttpResponse:
    response = HttpResponse(content, status=status, content_type=TYPES.get(ending, "application/octet-stream"))
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
