"""What templates of accounts ask for."""

from __future__ import annotations

from django import template

from trellis.workspace.people.models import EmergencyAccess
from trellis.workspace.words.tags import speaking

register = template.Library()


@register.simple_tag
def emergencies_to_look_at() -> str:
    """The entry of the navigation for whoever looks at emergency access, with how many wait."""
    count = EmergencyAccess.objects.filter(reviewed=None).count()
    return speaking()("workspace.emergency_nav", count=count) if count else speaking()("workspace.emergency_reviews")
