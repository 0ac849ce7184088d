"""What templates ask of assessments: those of a person, tasks, what a package is called, whether a role may."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from trellis.workspace.access.rules import relations_for
from trellis.workspace.assessment import deciding, fields, rechecking, tasks
from trellis.workspace.assessment.models import Assessment, Form, Task
from trellis.workspace.words.tags import speaking

register = template.Library()


@register.simple_tag(takes_context=True)
def may_ever(context: Any, thing: str, action: str) -> bool:
    """Whether the role of whoever asks has a row for it. The row itself is checked where it is read or written."""
    member = context.get("membership")
    return member is not None and bool(relations_for(member.role, thing, action))


@register.simple_tag
def assessments_of(person: Any) -> list[Any]:
    """The assessments of a person that whoever asks may see, the last first."""
    return list(Assessment.objects.filter(person=person).select_related("begun_by__account").order_by("-begun", "-pk"))


@register.simple_tag
def forms_of(person: Any) -> list[Any]:
    """The forms of a person that whoever asks may see, the last first."""
    return list(Form.objects.filter(person=person).order_by("-at")[:10])


@register.simple_tag
def tasks_of(person: Any) -> list[Any]:
    """The open tasks about a person that whoever asks may see, urgent first; what is late goes to a supervisor now."""
    tasks.escalate(organisation=person.organisation_id)
    several = Task.objects.filter(person=person, done=None).select_related("owner__account", "escalated_to__account")
    return list(several.order_by("-urgent", "due", "pk"))


@register.filter
def in_words(assessment: Any) -> str:
    """What the last decision said, in a sentence."""
    said = {name: getattr(assessment, name) for name in rechecking.SAID}
    return rechecking.words(said, speaking())


@register.filter
def instrument_name(name: str) -> str:
    """What an instrument is called."""
    known = deciding.knowledge().instruments.get(name)
    return name if known is None else known.name.in_language(speaking().lang)


@register.filter
def clock(moment: Any) -> str:
    """Hours and minutes, in the zone that the request works in."""
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


@register.filter
def fact_name(name: str) -> str:
    """What a fact is called in a list."""
    return fields.label(deciding.knowledge(), name, speaking().lang)


@register.filter
def source_name(source: str) -> str:
    """Whose word an answer is."""
    return fields.source_words(source, speaking())


@register.simple_tag
def why_words(why: str) -> str:
    """Why an assessment was begun."""
    say = speaking()
    return say(f"workspace.assess_why_{why}") if why in ("intake", "review", "event") else why
