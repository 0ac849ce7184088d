"""What every page knows: whether this is the demonstration, who is signed in, and which help stands at its top."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The values that every template may read."""
    return {"demo": settings.DEMO, "membership": getattr(request, "membership", None)}
