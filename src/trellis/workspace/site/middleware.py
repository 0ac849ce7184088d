"""What holds for every answer: whether the site is well, and the headers that keep pages from being kept."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

NEVER_KEPT = "no-store"
POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), usb=()"
)


class Health:
    """Answers ``/health`` before anything else, so that whoever balances load learns nothing else and needs no name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/health":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            return HttpResponse("no database\n", status=503, content_type="text/plain")
        return HttpResponse("well\n", content_type="text/plain", headers={"Cache-Control": NEVER_KEPT})


class Headers:
    """Pages of the workspace are kept nowhere: not by a proxy, not by a browser on a shared machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        if not request.path.startswith(("/static/", "/guide/")):
            response.headers["Cache-Control"] = NEVER_KEPT
        return response
