"""The page on what the conditions are, and on what happens when nothing is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from trellis.evidence import Estimate
from trellis.guide.pictogram import pictogram_svg
from trellis.guide.reading_page import Sentence, Sheet
from trellis.kinds.text import Claim, Frozen, SourceRef
from trellis.library.strict_yaml import plain

PAGE = "conditions.html"


class HealthCondition(Frozen):
    """A condition: what it is, and its course without treatment. ``base`` names a summary with a comparison group."""

    condition: str
    base: str = ""
    says: tuple[Claim, ...]


@dataclass(frozen=True)
class Course:
    """How many of 100 do well without the treatment, drawn and in words; both empty where nobody has counted."""

    svg: str
    count: str
    says: Sentence | None


@cache
def conditions() -> tuple[HealthCondition, ...]:
    """What the guide says of each condition.

    >>> conditions()[0].condition
    'depression'
    """
    text = (resources.files("trellis.guide") / "conditions.yaml").read_text(encoding="utf-8")
    tree: Any = plain(text, "reading_conditions.yaml")
    return tuple(HealthCondition.model_validate(one) for one in tree["conditions"])


def conditions_view(sheet: Sheet) -> dict[str, Any]:
    """What the page shows: each condition by its name in the knowledge, what is said of it, and what is counted."""
    found = []
    for one in conditions():
        linker = sheet.linker()
        name = sheet.kb.treated[one.condition].name.in_language(sheet.lang)
        said = tuple(sheet.claim(claim, linker) for claim in one.says)
        found.append((one.condition, name, said, _course(sheet, one)))
    return {"conditions": found}


def _course(sheet: Sheet, one: HealthCondition) -> Course:
    """The share of the comparison group, as the knowledge gives it: no number stands in the words of the page."""
    frequency = sheet.kb.summaries[one.base].frequency if one.base else None
    if frequency is None or frequency.base is None:
        return Course("", "", None)
    base, lang = frequency.base, sheet.lang
    count = sheet.say("guide.approaches.about_100", value=f"{base.per_100:.0f}")
    outcome = frequency.outcome.in_language(lang)
    slots = {"count": count, "outcome": outcome, "time": frequency.time.in_language(lang)}
    says = sheet.say("reading.conditions.course", **slots, who=base.who.in_language(lang))
    svg = pictogram_svg(
        Estimate(base.per_100), key=sheet.key(), title=sheet.say("reading.study.picture"), desc=f"{count}: {outcome}"
    )
    refs = [sheet.cite(SourceRef(ref=ref.ref, at=ref.at)) for ref in base.sources]
    return Course(
        svg, f"{count}: {outcome}", Sentence(sheet.linker().link(says), base.verified == "memory", tuple(refs))
    )
