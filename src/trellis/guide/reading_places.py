"""The pages of settings, add-ons and responses: every one is told under the same headings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.compare.settings import topics_of
from trellis.guide.pictogram import continuum_svg, rungs
from trellis.guide.reading_page import Section, Sentence, Sheet, framed
from trellis.kinds.setting import AddOn, Place, Response, Setting
from trellis.kinds.text import Claim
from trellis.library.knowledge import Knowledge

HEADINGS = {
    "what": "guide.compare.topic_what",
    "who": "guide.compare.topic_who",
    "supervision": "guide.compare.topic_supervision",
    "structure": "guide.compare.topic_structure",
    "gives": "reading.setting.gives",
    "hours": "guide.compare.topic_hours",
    "flexibility": "guide.compare.topic_flexibility",
    "day": "guide.compare.topic_day",
    "week": "guide.compare.topic_week",
    "work": "guide.compare.topic_work",
    "school": "guide.compare.topic_school",
    "family": "guide.compare.topic_family",
    "stay": "guide.compare.topic_stay",
    "benefits": "guide.compare.topic_benefits",
    "drawbacks": "guide.compare.topic_drawbacks",
    "cost": "guide.compare.topic_cost",
    "questions": "guide.compare.topic_questions",
    "before": "guide.compare.topic_before",
    "after": "guide.compare.topic_after",
    "ways_in": "reading.setting.ways_in",
    "ways_out": "reading.setting.ways_out",
}
"""The topics of a place with the key of their heading, in the order of the page."""


def place_view(sheet: Sheet, place: Place) -> dict[str, Any]:
    """What the page of a place shows.

    Args:
        sheet: the page, which gathers the sources.
        place: the setting, add-on or response.
    """
    kb, say, lang = sheet.kb, sheet.say, sheet.lang
    told = topics_of(kb, place, kb.axes)
    sections = [sheet.section(say(key), told[topic]) for topic, key in HEADINGS.items() if told[topic]]
    sections += [_services(sheet, place), *_matters(sheet, place)]
    about = [name for name, one in kb.summaries.items() if place.id in (one.setting, *one.also)]
    return {
        "name": place.name.in_language(lang),
        "lead": place.short.in_language(lang),
        "note": _note(sheet, place),
        "way": _way(sheet, place) if isinstance(place, Setting) else None,
        "joins": [
            (sheet.to(f"settings/{name}.html"), kb.settings[name].name.in_language(lang)) for name in joins(kb, place)
        ],
        "sections": sections,
        "evidence": about,
        "treatments": [
            (sheet.to(f"approaches/{name}.html"), one.name.in_language(lang))
            for name, one in kb.approaches.items()
            if place.id in one.inside
        ],
        "units": list(dict.fromkeys(unit.name.in_language(lang) for unit in place.units)),
        "entry": place,
    }


def _note(sheet: Sheet, place: Place) -> str:
    if isinstance(place, AddOn):
        return sheet.say("reading.setting.add_on")
    return sheet.say("reading.setting.response") if isinstance(place, Response) else ""


def joins(kb: Knowledge, place: Place) -> list[str]:
    """The settings that an add-on may be joined to, from less to more support."""
    if not isinstance(place, AddOn):
        return []
    packages = sorted(kb.packages.values(), key=lambda package: package.rank)
    return list(dict.fromkeys(package.setting for package in packages if place.id in package.parts))


def _way(sheet: Sheet, place: Place) -> dict[str, Any]:
    say, steps = sheet.say, rungs(sheet.kb)
    number = next(n for n, rung in enumerate(steps, 1) if place.id in rung.settings)
    slots = {"number": number, "count": len(steps)}
    words = {name: say(f"reading.way.{name}") for name in ("title", "bottom", "stay", "home", "here", "same")}
    words["desc"] = say("reading.way.desc_here", **slots)
    return {
        "svg": continuum_svg(sheet.kb, sheet.lang, words=words, here=place.id),
        "words": say("reading.way.words", **slots),
    }


def _services(sheet: Sheet, place: Place) -> Section:
    linker = sheet.linker()
    services = [sheet.kb.services[name] for name in place.services]
    slots = ({"name": service.name, "what": service.what} for service in services)
    said = tuple(sheet.words(framed("reading.setting.service", one), linker) for one in slots)
    none = (sheet.plain(sheet.say("reading.setting.no_services")),)
    return Section(sheet.say("reading.setting.services"), said or none)


def _matters(sheet: Sheet, place: Place) -> Iterable[Section]:
    """How it fares on each thing that may matter: a row for each, with its ground."""
    linker = sheet.linker()
    rows: list[tuple[str, str, Sentence]] = []
    for value in sheet.kb.values.values():
        fare = value.settings.get(place.id)
        if fare is not None:
            why = Claim(en=fare.why.en, es=fare.why.es, sources=fare.sources, verified=fare.verified)
            rows.append(
                (
                    value.name.in_language(sheet.lang),
                    sheet.say(f"guide.matters.how_{fare.how}"),
                    sheet.claim(why, linker),
                )
            )
    if rows:
        yield Section(sheet.say("reading.setting.matters"), kind="rows", more={"rows": rows})
