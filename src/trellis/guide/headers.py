"""The headers that a host should send with every file of the guide: one list, for the server here and for others."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: the guide's own files, and nothing from anywhere else. It stands in every page too, so that it
holds on a host that sends no headers."""
HEADERS = {
    # A page cannot say in itself that nobody may put it into a frame; only a header can.
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""What goes with every answer. ``no-cache`` means: ask whether it is still the same; the answer is short when it is."""


def headers_file() -> str:
    """The headers in the form that hosts of plain files read from ``_headers``.

    >>> headers_file().splitlines()[:2]
    ['/*', "  Content-Security-Policy: default-src 'none'; ...; frame-ancestors 'none'"]
    """
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), ""])
