"""What the guide says: the words of its own screens, and those of the knowledge, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trellis.account.ways import choices
from trellis.kinds.fact import ContextFactor, Fact, Step
from trellis.kinds.moment import in_order
from trellis.kinds.need import HelpLine, Screen, lines_in_order
from trellis.kinds.setting import Place
from trellis.kinds.text import Part, Spoken, Text, Words, reached_in
from trellis.library.knowledge import Knowledge
from trellis.library.titles import dimension_title, topic_title
from trellis.say import catalogue
from trellis.say.of_another import of_another

LOVED_ONE = ".loved_one"
"""The end of a key whose words are for somebody who answers about another person."""
SCREENS = "guide"
"""The topic of the catalogue that the screens speak from; a script leaves its name out."""
ALSO = ("time", "ways", "grounds", "finding")
"""Other topics that the screens speak from, each with its name before the key."""


def screen_words(lang: str) -> dict[str, Any]:
    """The words of the guide's own screens in one language, by the keys that the scripts name.

    Where a number changes the words they are an object: plural forms, and under ``by`` the slots whose numbers choose.

    >>> screen_words("es")["help_now"], screen_words("en")["talk.left"]["one"]
    ('Ayuda ahora', '{minutes} minute left')
    """
    found = catalogue.plain(SCREENS, lang)
    for name in ALSO:
        found |= {f"{name}.{key}": words for key, words in catalogue.plain(name, lang).items()}
    return found


def talk_of(kb: Knowledge, lang: str, site: Mapping[str, Any]) -> dict[str, Any]:
    """All that the conversation and its result say, in one language.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.
        site: the site's settings in that language, as plain values; its help lines stand for those of the knowledge.

    >>> import trellis
    >>> talk_of(trellis.load(), "es", {})["ui"]["help_now"]
    'Ayuda ahora'
    """
    topics = dict.fromkeys([*(screen.topic for screen in kb.screens.values()), "context"])
    dimensions = dict.fromkeys(need.dimension for need in kb.needs.values())
    places: dict[str, Place] = {**kb.settings, **kb.add_ons, **kb.responses}
    return {
        "lang": lang,
        "review": kb.review,
        "version": kb.version,
        "effective": kb.effective,
        "ui": screen_words(lang),
        "facts": {name: _fact(fact, lang) for name, fact in kb.facts.items()},
        "factors": {name: _factor(factor, lang) for name, factor in kb.factors.items()},
        "screens": {name: _screen(screen, lang) for name, screen in kb.screens.items() if screen.checklist},
        "concerns": {name: _spoken(one.title, "title", lang) for name, one in kb.of("concerns").items()},
        "topics": {name: topic_title(kb, name, lang) for name in topics},
        "dimensions": {name: dimension_title(kb, name, lang) for name in dimensions},
        "needs": {
            name: _both(need.because, "because", lang)
            | _part(need.within, "within", lang)
            | _part(need.elsewhere, "elsewhere", lang)
            | _part(need.alternatives, "alternatives", lang)
            | {"dimension": need.dimension}
            for name, need in kb.needs.items()
        },
        "urgent": {
            name: {
                "title": urgent.title.in_language(lang),
                "person": urgent.person.in_language(lang),
                "loved_one": urgent.loved_one.in_language(lang),
                "lines": lines_in_order(urgent.lines, lang, kb.lines),
                "actions": [{"do": one.do.in_language(lang), "line": one.line} for one in urgent.actions],
            }
            | ({} if urgent.say is None else _spoken(urgent.say, "say", lang))
            for name, urgent in kb.urgent.items()
        },
        "atOnce": {
            name: _spoken(one.says, "says", lang)
            | _spoken(one.inside, "inside", lang)
            | _spoken(one.custody, "custody", lang)
            | {"lines": one.lines}
            for name, one in kb.at_once.items()
        },
        "inside": {
            one.id: _spoken(one.asks, "asks", lang)
            | _spoken(one.staff, "staff", lang)
            | _spoken(one.looks, "looks", lang)
            | (_spoken(one.crisis, "crisis", lang) if one.crisis else {})
            | {"person": one.person.in_language(lang), "loved_one": one.loved_one.in_language(lang)}
            for one in kb.inside_now.values()
        },
        "first": {
            name: _spoken(one.says, "says", lang)
            | _spoken(one.how, "how", lang)
            | (
                _spoken(one.custody.says, "custody_says", lang) | _spoken(one.custody.how, "custody_how", lang)
                if one.custody
                else {}
            )
            for name, one in kb.first.items()
        },
        "lines": site["lines"] if "lines" in site else {name: _line(line, lang) for name, line in kb.lines.items()},
        "evaluators": {
            name: {"name": who.name.in_language(lang), "emergency": who.emergency}
            | _turned(who.what.in_language(lang), "what", lang)
            for name, who in kb.evaluators.items()
        },
        "services": {
            name: _turned(service.name.in_language(lang), "name", lang)
            | _turned(service.what.in_language(lang), "what", lang)
            for name, service in kb.services.items()
        },
        "barriers": {name: _both(barrier.because, "because", lang) for name, barrier in kb.barriers.items()},
        "axes": {
            name: {
                "name": axis.name.in_language(lang),
                "steps": {step.id: step.name.in_language(lang) for step in axis.steps},
                "told": {step.id: (step.told or step.definition).in_language(lang) for step in axis.steps},
            }
            for name, axis in kb.axes.items()
        },
        "settings": {name: _place(place, lang) for name, place in places.items()},
        "choices": {
            choice.id: {
                "title": choice.title.in_language(lang),
                "ways": {way.id: way.name.in_language(lang) for way in choice.columns if way.in_results},
            }
            for choice in choices(kb)
        },
        "moments": {one.id: one.title.in_language(lang) for one in in_order(kb.of("moments").values())},
        "aftercare": _both(kb.aftercare.because, "because", lang),
        "site": {key: value for key, value in site.items() if key != "lines"},
    }


def _both(words: Words, key: str, lang: str) -> dict[str, str]:
    """What is said to the person and, where it is another thing, to somebody who cares about the person."""
    said = {key: words.person.in_language(lang)}
    return said if words.loved_one is None else said | {f"{key}_loved_one": words.loved_one.in_language(lang)}


def _spoken(words: Spoken, key: str, lang: str) -> dict[str, str]:
    said = {key: words.person.in_language(lang)}
    return said if words.loved_one is None else said | {f"{key}_loved_one": words.loved_one.in_language(lang)}


def _turned(words: str, key: str, lang: str) -> dict[str, str]:
    """What is said to the person, and the same said of the person where that differs."""
    close = of_another(words, lang)
    return {key: words} if close == words else {key: words, f"{key}_loved_one": close}


def _part(part: Part | None, key: str, lang: str) -> dict[str, str]:
    """Words that may be left out: within which time somebody looks, or what sends somebody elsewhere."""
    if part is None or part.person is None:
        return {}
    said = {key: part.person.in_language(lang)}
    return said if part.loved_one is None else said | {f"{key}_loved_one": part.loved_one.in_language(lang)}


def _fact(fact: Fact, lang: str) -> dict[str, Any]:
    said = _both(fact.question, "question", lang) | {"help": fact.help.in_language(lang)}
    if fact.private is not None:
        said["private"] = fact.private.in_language(lang)
    return said | _steps(fact.scale, "steps", lang)


def _factor(factor: ContextFactor, lang: str) -> dict[str, Any]:
    said = _both(factor.question, "question", lang) | {"help": factor.help.in_language(lang)}
    return said | _steps(factor.values, "values", lang)


def _steps(steps: tuple[Step, ...], key: str, lang: str) -> dict[str, Any]:
    told = {key: {step.id: step.in_language(lang) for step in steps}}
    others = {step.id: step.loved_one.in_language(lang) for step in steps if step.loved_one is not None}
    return told | ({f"{key}_loved_one": others} if others else {})


def _screen(screen: Screen, lang: str) -> dict[str, Any]:
    said: dict[str, Any] = {} if screen.prompt is None else dict(_both(screen.prompt, "prompt", lang))
    said["labels"] = {item.fact: item.label.in_language(lang) for item in screen.checklist}
    others = {item.fact: item.loved_one.in_language(lang) for item in screen.checklist if item.loved_one is not None}
    return said | ({"labels_loved_one": others} if others else {})


def _line(line: HelpLine, lang: str) -> dict[str, Any]:
    hours = line.hours.in_language(lang) if isinstance(line.hours, Text) else line.hours
    return {
        "contact": line.contact.in_language(lang),
        "what_for": line.what_for.in_language(lang),
        "reaches": line.reaches.in_language(lang) if line.reaches else "",
        "language": line.language,
        "stands_for": line.stands_for,
        "hours": hours,
        "tel": line.tel,
        "sms": reached_in(line.sms, lang),
        "web": reached_in(line.web, lang),
        "refers": line.refers,
    }


def _place(place: Place, lang: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": name_with(place.name, place.known_as, lang),
    } | _turned(place.short.in_language(lang), "short", lang)
    units = [
        {"contexts": unit.contexts, "name": name_with(unit.name, unit.known_as or place.known_as, lang)}
        for unit in place.units
    ]
    return said | ({"units": units} if units else {})


def name_with(name: Text, known_as: Text | None, lang: str) -> str:
    """A name with the word that people use for it, in brackets where the name does not hold it.

    >>> name_with(Text(en="day program (partial hospital)"), Text(en="PHP"), "en")
    'day program (partial hospital, PHP)'
    >>> name_with(Text(en="inpatient unit"), Text(en="inpatient"), "en")
    'inpatient unit'
    """
    said, known = name.in_language(lang), "" if known_as is None else known_as.in_language(lang)
    if known.lower() in said.lower():
        return said
    return f"{said[:-1]}, {known})" if said.endswith(")") else f"{said} ({known})"
