"""The pages on the guide itself: what it is and is not, privacy, makers, dates; and the steps to a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trellis.guide.reading_page import Sheet
from trellis.guide.site import CHECK_DAYS, Site
from trellis.library.watched import WATCH_DAYS

ABOUT = {
    "is": ("is_1", "is_2"),
    "rules": ("rules_1", "rules_2", "rules_3"),
    "is_not": ("is_not_1", "is_not_2", "is_not_3"),
    "privacy": ("privacy_1", "privacy_2", "privacy_3", "privacy_4"),
    "kept": ("kept_1", "kept_2"),
    "made": ("made_1", "made_2", "licence"),
}
"""The headings of the page about the guide, with what stands below each; the later ones follow the dates."""
LATER: Mapping[str, tuple[str, ...]] = {
    "update": ("update_1", "update_3", "update_2"),
    "evidence": ("evidence_1", "evidence_2", "evidence_3"),
}
STEPS = {
    "one": ("conditions.html",),
    "two": ("talking.html", "index.html"),
    "three": ("terms/index.html",),
    "four": ("settings/inpatient_psychiatric.html", "settings/iop.html", "settings/outpatient.html", "index.html"),
    "five": ("moments/good_program.html",),
}
"""The steps to a decision, with what there is to read for each."""


def about_view(sheet: Sheet, site: Site, dates: dict[str, str], software: str) -> dict[str, Any]:
    """What the page about the guide shows.

    Args:
        sheet: the page.
        site: the site, for its name, its telephones and its crisis lines.
        dates: the version of the content, since when it holds, the day of the build.
        software: the version of the program.
    """
    slots = {name: text.in_language(sheet.lang) for name, text in (("site", site.name), ("funding", site.funding))}
    slots |= {"days": str(CHECK_DAYS), "watch": str(WATCH_DAYS)}
    return {
        "lines": [line.to_json(sheet.lang) for line in site.crisis(sheet.lang)],
        "phones": [
            (phone.label.in_language(sheet.lang), phone.tel, phone.hours.in_language(sheet.lang) if phone.hours else "")
            for phone in site.phones
        ],
        "told_first": _parts(sheet, ABOUT, slots),
        "later": _parts(sheet, LATER, slots),
        "versions": [
            sheet.say("reading.about.date_content", version=dates["version"], effective=dates["effective"]),
            sheet.say("reading.about.date_software", software=software),
            sheet.say("reading.about.date_built", built=dates["built"]),
        ],
    }


def _parts(sheet: Sheet, parts: Mapping[str, tuple[str, ...]], slots: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    found = []
    for heading, keys in parts.items():
        linker = sheet.linker()
        found.append(
            (
                sheet.say(f"reading.about.{heading}"),
                [linker.link(sheet.say(f"reading.about.{key}", **slots)) for key in keys],
            )
        )
    return found


def steps_view(sheet: Sheet) -> dict[str, Any]:
    """The steps to a decision, each with what there is to read."""
    return {
        "steps": [
            (
                sheet.say(f"reading.steps.{name}"),
                sheet.linker().link(sheet.say(f"reading.steps.{name}_how")),
                [(sheet.to(page), sheet.name_of(page)) for page in pages],
            )
            for name, pages in STEPS.items()
        ]
    }
