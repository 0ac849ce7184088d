"""How the guide stands against the items of IPDAS, and how easy its words are to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from trellis.guide.readability import fernandez_huerta
from trellis.guide.reading_conditions import conditions
from trellis.guide.reading_page import Sheet
from trellis.guide.terms import terms
from trellis.kinds.setting import BenefitOrDrawback
from trellis.kinds.text import Claim, Frozen, Text
from trellis.library.knowledge import Knowledge, once_per_knowledge
from trellis.library.strict_yaml import plain
from trellis.prove.reading import NoSyllablesError, grade
from trellis.say import catalogue

State = Literal["met", "partly", "not_done"]
CriterionKind = Literal["qualifying", "certifying", "quality"]
SLOT = re.compile(r"\{\w+\}")
FEWEST_WORDS = 4
"""Shorter texts are labels; a label has no grade."""


class Criterion(Frozen):
    """One item: what it asks, whether the guide does it, where that can be seen."""

    id: str
    asks: Text
    state: State
    how: Text
    pages: tuple[str, ...] = ()

    @property
    def kind(self) -> CriterionKind:
        """The set of the item, by its number: Q, C, or a number alone."""
        kinds: dict[str, CriterionKind] = {"Q": "qualifying", "C": "certifying"}
        return kinds.get(self.id[0], "quality")


@dataclass(frozen=True)
class Score:
    """How many items are met, of how many."""

    met: int
    all: int


@cache
def _file() -> Mapping[str, Any]:
    text = (resources.files("trellis.guide") / "ipdas.yaml").read_text(encoding="utf-8")
    tree: dict[str, Any] = plain(text, "ipdas.yaml")
    return tree


def looked_at() -> date:
    """The day on which somebody last read every claim against the guide.

    >>> looked_at().year >= 2026
    True
    """
    return date.fromisoformat(_file()["looked_at"])


@cache
def items() -> Mapping[str, Criterion]:
    """Every item, by its id.

    >>> items()["12"].state, len(items())
    ('not_done', 35)
    """
    return {one["id"]: Criterion.model_validate(one) for one in _file()["items"]}


def score(*kinds: CriterionKind) -> Score:
    """How many items of some sets are met in full. What is met in part does not count.

    >>> score("qualifying")
    Score(met=6, all=6)
    """
    asked = [item for item in items().values() if item.kind in kinds]
    return Score(sum(item.state == "met" for item in asked), len(asked))


def quality_view(sheet: Sheet) -> dict[str, Any]:
    """What the quality page shows."""
    say, lang = sheet.say, sheet.lang
    sets: dict[str, list[dict[str, Any]]] = {}
    for item in items().values():
        told = {
            "id": item.id,
            "asks": item.asks.in_language(lang),
            "state": item.state,
            "says": say(f"reading.quality.state_{item.state}"),
            "how": item.how.in_language(lang),
            "pages": [(sheet.to(page), sheet.name_of(page)) for page in item.pages],
        }
        sets.setdefault(say(f"reading.quality.set_{item.kind}"), []).append(told)
    states = [item.state for item in items().values()]
    return {
        "looked_at": looked_at().isoformat(),
        "sets": sets,
        "required": score("qualifying", "certifying"),
        "further": score("quality"),
        "partly": states.count("partly"),
        "not_done": states.count("not_done"),
        "measured": [(say(f"reading.quality.texts_{name}"), *both) for name, both in measured(sheet.kb).items()],
    }


@once_per_knowledge
def measured(kb: Knowledge) -> Mapping[str, tuple[float | None, float]]:
    """How easy each kind of text is to read: the English grade (None without the extra ``check``), the Spanish score.

    >>> import trellis
    >>> sorted(measured(trellis.load()))
    ['approaches', 'evidence', 'pages', 'screens', 'settings', 'terms']
    """
    return {name: (_grade(texts), _score(texts)) for name, texts in _texts(kb).items()}


def _grade(texts: list[Text]) -> float | None:
    try:
        return round(grade(_joined(texts, "en")), 1)
    except NoSyllablesError:
        return None


def _score(texts: list[Text]) -> float:
    return round(fernandez_huerta(_joined(texts, "es")), 1)


def _joined(texts: Iterable[Text], lang: str) -> str:
    """The sentences of many texts, each ended, with a short word in the place of each slot."""
    said = (SLOT.sub("three" if lang == "en" else "tres", text.in_language(lang)) for text in texts)
    return "\n".join(one for one in said if len(one.split()) >= FEWEST_WORDS)


def _texts(kb: Knowledge) -> dict[str, list[Text]]:
    pages = [
        *catalogue.texts("reading").values(),
        *(text for item in items().values() for text in (item.asks, item.how)),
    ]
    pages += [claim for one in conditions() for claim in one.says]
    places = (*kb.settings.values(), *kb.add_ons.values(), *kb.responses.values())
    return {
        "screens": list(catalogue.texts("guide").values()),
        "pages": pages,
        "terms": [term.means for term in terms().values()],
        "settings": [text for place in places for text in _said(place)],
        "approaches": [text for approach in kb.approaches.values() for text in _said(approach)],
        "evidence": [summary.says.person for summary in kb.summaries.values()],
    }


def _said(part: Any) -> Iterable[Text]:
    """Every claim and statement in an entry of the knowledge, however deep it stands."""
    if isinstance(part, Claim):
        yield part
    elif isinstance(part, BenefitOrDrawback):
        yield part.text
    elif isinstance(part, tuple):
        for one in part:
            yield from _said(one)
    elif isinstance(part, Frozen) and not isinstance(part, Text):
        for name in type(part).model_fields:
            yield from _said(getattr(part, name))
