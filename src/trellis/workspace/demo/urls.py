"""Addresses of the demonstration: where it is off, there are none."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from trellis.workspace.demo import views


def addresses(on: bool) -> list[URLPattern]:
    """The addresses of the demonstration.

    Args:
        on: whether this site is one.

    >>> addresses(False)
    []
    """
    if not on:
        return []
    return [
        path("account/login/", views.choose, name="account_login"),  # in the place of the page that asks for a password
        path("demo/enter/", views.enter, name="demo_sign_in"),
    ]


urlpatterns = addresses(settings.DEMO)
