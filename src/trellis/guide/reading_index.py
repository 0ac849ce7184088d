"""The page that lists what there is to read, with the way and the ladder of settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.guide.pictogram import continuum_svg, ladder_svg, rungs
from trellis.guide.reading_page import Leaf
from trellis.kinds.setting import Place

KINDS = ("psychotherapy", "medication", "service", "social", "justice", "digital", "crisis")
"""The kinds of approaches, in the order of the page."""


FIRST = ("steps.html", "conditions.html", "terms/index.html")
LAST = ("about.html", "quality.html")


def index_view(leaf: Leaf) -> dict[str, Any]:
    """What the first page to read shows."""
    kb, say, lang = leaf.kb, leaf.say, leaf.lang
    way = {name: say(f"reading.way.{name}") for name in ("title", "desc", "bottom", "stay", "home", "here", "same")}
    ladder = {name: say(f"reading.ladder.{name}") for name in ("title", "desc")} | {"same": say("reading.way.same")}
    # These two have a slot that the picture fills for each rung: here it stays as it is.
    ladder |= {name: say(f"reading.ladder.{name}", axes="{axes}") for name in ("more", "less")}
    return {
        "first": [(leaf.to(page), leaf.name_of(page)) for page in FIRST],
        "last": [(leaf.to(page), leaf.name_of(page)) for page in LAST],
        "way": continuum_svg(kb, lang, words=way),
        "ladder": ladder_svg(kb, lang, words=ladder),
        "settings": list(_settings(leaf)),
        "add_ons": [_entry(leaf, place) for place in kb.add_ons.values()],
        "responses": [_entry(leaf, place) for place in kb.responses.values()],
        "approaches": [(say(f"reading.kind.{kind}"), _approaches(leaf, kind)) for kind in KINDS],
        "instruments": [
            (leaf.to(f"instruments/{one.id}.html"), one.name.in_language(lang), one.measures.in_language(lang))
            for one in kb.instruments.values()
        ],
    }


def _settings(leaf: Leaf) -> Iterable[dict[str, Any]]:
    """Each setting with its step, and in words what the ladder draws."""
    for step, rung in enumerate(rungs(leaf.kb), 1):
        for place, name in enumerate(rung.settings):
            changed = {"reading.index.gives": rung.more[place], "reading.index.less": rung.less[place]}
            said = [
                leaf.say(
                    key, axes=", ".join(leaf.kb.axes[axis].name.in_language(leaf.lang).lower() for axis, _ in axes)
                )
                for key, axes in changed.items()
                if axes
            ]
            yield _entry(leaf, leaf.kb.settings[name]) | {"step": step, "changed": said}


def _entry(leaf: Leaf, place: Place) -> dict[str, Any]:
    return {
        "href": leaf.to(f"settings/{place.id}.html"),
        "name": place.name.in_language(leaf.lang),
        "short": place.short.in_language(leaf.lang),
    }


def _approaches(leaf: Leaf, kind: str) -> list[tuple[str, str, str]]:
    found = []
    for one in leaf.kb.approaches.values():
        if one.kind == kind:
            name, short = one.name.in_language(leaf.lang), one.short.in_language(leaf.lang)
            found.append((leaf.to(f"approaches/{one.id}.html"), name, "" if short in name else short))
    return sorted(found, key=lambda entry: entry[1].casefold())
