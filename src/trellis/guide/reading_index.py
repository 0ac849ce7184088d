"""The page that lists what there is to read, with the way and the ladder of settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.guide.pictogram import continuum_svg, ladder_svg, rungs
from trellis.guide.reading_choices import choice_pages
from trellis.guide.reading_moments import moment_pages
from trellis.guide.reading_page import Sheet
from trellis.kinds.setting import Place

KINDS = ("psychotherapy", "medication", "service", "social", "justice", "digital", "crisis")
"""The kinds of approaches, in the order of the page."""


FIRST = ("steps.html", "conditions.html", "talking.html", "terms/index.html")
LAST = ("about.html", "quality.html")


def index_view(sheet: Sheet) -> dict[str, Any]:
    """What the first page to read shows."""
    kb, say, lang = sheet.kb, sheet.say, sheet.lang
    way = {name: say(f"reading.way.{name}") for name in ("title", "desc", "bottom", "stay", "home", "here", "same")}
    ladder = {name: say(f"reading.ladder.{name}") for name in ("title", "desc")} | {"same": say("reading.way.same")}
    # These two have a slot that the picture fills for each rung: here it stays as it is.
    ladder |= {name: say(f"reading.ladder.{name}", axes="{axes}") for name in ("more", "less")}
    return {
        "first": [*choice_pages(sheet), *((sheet.to(page), sheet.name_of(page)) for page in FIRST)],
        "moments": moment_pages(sheet),
        "last": [(sheet.to(page), sheet.name_of(page)) for page in LAST],
        "way": continuum_svg(kb, lang, words=way),
        "ladder": ladder_svg(kb, lang, words=ladder),
        "settings": list(_settings(sheet)),
        "add_ons": [_entry(sheet, place) for place in kb.add_ons.values()],
        "responses": [_entry(sheet, place) for place in kb.responses.values()],
        "approaches": [(say(f"reading.kind.{kind}"), _approaches(sheet, kind)) for kind in KINDS],
        "instruments": [
            (sheet.to(f"instruments/{one.id}.html"), one.name.in_language(lang), one.measures.in_language(lang))
            for one in kb.instruments.values()
        ],
    }


def _settings(sheet: Sheet) -> Iterable[dict[str, Any]]:
    """Each setting with its step, and in words what the ladder draws."""
    for step, rung in enumerate(rungs(sheet.kb), 1):
        for place, name in enumerate(rung.settings):
            changed = {"reading.index.gives": rung.more[place], "reading.index.less": rung.less[place]}
            said = [
                sheet.say(
                    key, axes=", ".join(sheet.kb.axes[axis].name.in_language(sheet.lang).lower() for axis, _ in axes)
                )
                for key, axes in changed.items()
                if axes
            ]
            yield _entry(sheet, sheet.kb.settings[name]) | {"step": step, "changed": said}


def _entry(sheet: Sheet, place: Place) -> dict[str, Any]:
    return {
        "href": sheet.to(f"settings/{place.id}.html"),
        "name": place.name.in_language(sheet.lang),
        "short": place.short.in_language(sheet.lang),
    }


def _approaches(sheet: Sheet, kind: str) -> list[tuple[str, str, str]]:
    found = []
    for one in sheet.kb.approaches.values():
        if one.kind == kind:
            name, short = one.name.in_language(sheet.lang), one.short.in_language(sheet.lang)
            found.append((sheet.to(f"approaches/{one.id}.html"), name, "" if short in name else short))
    return sorted(found, key=lambda entry: entry[1].casefold())
