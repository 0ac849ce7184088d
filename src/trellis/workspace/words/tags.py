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
    """A sentence of the topic ``workspace``, such as ``{% say "sign_in" %}``; of another with its name before a dot."""
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


@register.filter
def day_short(value: Any) -> str:
    """A day in a few signs, for a column."""
    return speaking().day_short(value, year=value.year != timezone.localdate().year) if value else ""


@register.simple_tag
def stage(name: str) -> str:
    """Where somebody is on their way through care."""
    return speaking()(f"workspace.stage_{name}")


@register.simple_tag
def role(name: str) -> str:
    """What somebody is in an organization."""
    return speaking()(f"workspace.role_{name}")


@register.simple_tag
def tie(name: str) -> str:
    """How somebody belongs to a person."""
    return speaking()(f"workspace.tie_{name}")


@register.simple_tag
def package(name: str) -> str:
    """What a package of care is called."""
    from trellis.workspace.words.content import package_name

    return package_name(name, speaking().lang)


@register.simple_tag
def fits(least: str, most: str) -> str:
    """What fits: one package, or from the least to the most that is still possible."""
    if not least:
        return speaking()("workspace.fits_none")
    if least == most or not most:
        return package(least)
    return speaking()("workspace.fits_range", least=package(least), most=package(most))
