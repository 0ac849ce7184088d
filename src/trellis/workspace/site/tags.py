"""What templates say: sentences of the one catalogue, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from trellis.say import Say

register = template.Library()


@cache
def voice(lang: str) -> Say:
    """The voice of a language; English where the language is none of ours.

    >>> voice("es").lang
    'es'
    """
    return Say(lang if lang in ("en", "es") else "en")


def speaking() -> Say:
    """The voice of whoever is answered now."""
    return voice((get_language() or "en")[:2])


@register.simple_tag
def say(key: str, **slots: Any) -> str:
    """A sentence of the topic ``workspace``: ``{% say "sign_in" %}``; another topic with its name and a dot before it."""
    return speaking()(key if "." in key else f"workspace.{key}", **slots)


@register.filter
def day(moment: Any) -> str:
    """A day in words, in the zone that the request works in."""
    if not moment:
        return ""
    return speaking().day(timezone.localtime(moment).date() if isinstance(moment, datetime) else moment)


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time in words, in the zone that the request works in."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{speaking().day(local.date())}, {local:%H:%M}"


@register.simple_tag
def get_lang() -> str:
    """The language of the page."""
    return speaking().lang


@register.simple_tag
def other_lang() -> str:
    """The language that the page is not in."""
    return "es" if speaking().lang == "en" else "en"
