"""For templates: which pages of a person's record whoever asks may open, and the notice on paper."""

from __future__ import annotations

from typing import Any

from django import template

from trellis.workspace.access.relations import may_about
from trellis.workspace.access.routes import ROUTES
from trellis.workspace.access.rules import Relates, Thing, relations_for
from trellis.workspace.consent.leaving import notice
from trellis.workspace.consent.models import LegalStanding
from trellis.workspace.words.tags import speaking

register = template.Library()

PAGES = ("consents", "record", "disclosures", "person_seen_by", "standing", "restriction_new", "complaint_new", "notes")


@register.simple_tag
def pages_of(person: Any, role: str) -> list[str]:
    """The names of the addresses that somebody may open for a person."""
    known: dict[tuple[Relates, ...], bool] = {}
    return [name for name in PAGES if role in ROUTES[name].roles and _may(person, name, role, known)]


def _may(person: Any, name: str, role: str, known: dict[tuple[Relates, ...], bool]) -> bool:
    route = ROUTES[name]
    if route.thing in (None, Thing.PERSON, Thing.PRIVATE_NOTE):
        return True
    relations = relations_for(role, route.thing, str(route.action))
    if relations not in known:  # the same ties, the same answer: one query for all of them
        known[relations] = may_about(person, route.thing, str(route.action))
    return known[relations]


@register.simple_tag
def standings_of(person: Any) -> list[LegalStanding]:
    """What holds now of legal status and capacity, for who may see it."""
    if not may_about(person, Thing.STANDING, "see"):
        return []
    return list(LegalStanding.objects.filter(person=person, until=None).order_by("-kind"))


@register.simple_tag
def law_notice() -> dict[str, Any]:
    """The notice that stands on everything that is printed."""
    return notice(speaking())


@register.simple_tag
def law_words(prefix: str, name: str) -> str:
    """A sentence whose key is put together from two words; a name that came from elsewhere stands as it is."""
    try:
        return speaking()(f"workspace.law_{prefix}_{name}")
    except KeyError:
        return name.replace("_", " ")


@register.simple_tag
def law_told(field: Any) -> str:
    """What a field of a form holds, as it is printed."""
    value = field.value()
    if value in ("", None):
        return ""
    if isinstance(value, bool):
        return speaking()("workspace.law_yes" if value else "workspace.law_no")
    return str(dict(getattr(field.field, "choices", ())).get(value, value))
