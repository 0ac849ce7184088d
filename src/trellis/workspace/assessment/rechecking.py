"""After the content has changed: open assessments whose result is another now, from what to what."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction

from trellis.say import Say
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.assessment import deciding, panel, saving
from trellis.workspace.assessment.models import Assessment

SAID = ("urgent", "least", "most", "settled")


class MovedResult(NamedTuple):
    """An open assessment whose result is another now."""

    assessment: Any
    was: str
    is_now: str


def recheck(organisation: int | None = None, most: int | None = None) -> int:
    """Decide every open assessment anew that was last decided with another content, and keep what it said before.

    Args:
        organisation: only of this one; all when left out.
        most: at most so many; the rest at the next call.

    Returns:
        how many were looked at.
    """
    kb = deciding.knowledge()
    with upkeep("the content has changed", organisation):
        old = Assessment.objects.filter(closed=None).exclude(knowledge__in=("", kb.digest)).order_by("pk")
        if organisation is not None:
            old = old.filter(organisation_id=organisation)
        several = list(old.select_related("organisation")[:most])
        for one in several:
            with transaction.atomic():
                saving.lock(one)
                before, content = {name: getattr(one, name) for name in SAID}, one.knowledge
                saving.decide(one, saving.rows_of(one))
                if before != {name: getattr(one, name) for name in SAID}:
                    kept = one.was or before | {"knowledge": content}
                    Assessment.objects.filter(pk=one.pk).update(was=kept)
    return len(several)


def moved(say: Say) -> list[MovedResult]:
    """Open assessments that whoever asks may see and whose result changed, what is urgent now first."""
    several = Assessment.objects.filter(closed=None).exclude(was={}).select_related("person", "organisation")
    return [
        MovedResult(one, words(one.was, say), words({name: getattr(one, name) for name in SAID}, say))
        for one in several.order_by("-urgent", "-changed")
    ]


def words(said: dict[str, Any], say: Say) -> str:
    """What the columns of an assessment say, in a sentence."""
    least, most = (panel.package_name(said.get(name, ""), say) for name in ("least", "most"))
    if not least and not most:
        found = say("workspace.assess_nothing_decided")
    elif least == most:
        found = say("workspace.assess_range_one", place=least)
    else:
        found = say("workspace.assess_range", least=least, most=most)
    return f"{say('workspace.assess_urgent')} {found}" if said.get("urgent") else found
