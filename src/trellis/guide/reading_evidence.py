"""What studies say, on a page to read: the sentence, pictures of 100 people, the numbers, how sure, the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from trellis.evidence import Estimate, statement
from trellis.evidence.words import level_words
from trellis.guide.compare_data import compare_of
from trellis.guide.pictogram import pictogram_svg
from trellis.guide.reading_links import Linker
from trellis.guide.reading_page import Sentence, Sheet
from trellis.kinds.text import SourceRef
from trellis.library.knowledge import Knowledge


@dataclass(frozen=True)
class Picture:
    """100 people, and the words under them."""

    label: str
    svg: Markup
    words: str


@dataclass(frozen=True)
class ShownEvidence:
    """One statement of evidence with all that stands behind it, ready to be drawn.

    Args:
        counts: what the pictures count, and whether more of it or less is better; empty where nothing is drawn.
        numbers: how many of 100, in words, as everywhere else.
        studies: first author and year of each result.
    """

    says: Sentence
    counts: str
    pictures: tuple[Picture, ...]
    numbers: tuple[str, ...]
    sure: str
    reasons: str
    people: str
    studies: str
    unverified: bool


@dataclass(frozen=True)
class Studies:
    """Statements by the condition they are about, and what a key must tell of their pictures.

    Args:
        drawn: for ``good`` and ``bad`` outcomes, whether there is a picture of one.
        unsure: likewise, whether any has people for whom it only may be so.
    """

    by_condition: Mapping[str, tuple[ShownEvidence, ...]]
    drawn: Mapping[str, bool]
    unsure: Mapping[str, bool]


def plain_evidence(kb: Knowledge, lang: str) -> Mapping[str, Any]:
    """What the app says of each summary, so that a page says and draws the same.

    >>> import trellis
    >>> plain_evidence(trellis.load(), "en")["iop-substance-use"]["level"]
    'low'
    """
    found: Mapping[str, Any] = compare_of(kb, lang)["evidence"]
    return found


def studies_of(sheet: Sheet, told: Mapping[str, Any], ids: Sequence[str]) -> Studies:
    """The statements of some summaries, with their sources cited on the page.

    Args:
        sheet: the page.
        told: what :func:`plain_evidence` gives, in the language of the page.
        ids: the summaries.
    """
    found: dict[str, list[ShownEvidence]] = {}
    linker = sheet.linker()
    pictures = [told[name]["picture"] for name in ids if "picture" in told[name]]
    for name in ids:
        found.setdefault(told[name]["about"], []).append(_study(sheet, linker, name, told[name]))
    forms = {"good": True, "bad": False}
    drawn = {name: any(one["good"] is good for one in pictures) for name, good in forms.items()}
    unsure = {
        name: any("low" in group["people"] for one in pictures if one["good"] is good for group in one["groups"])
        for name, good in forms.items()
    }
    return Studies({about: tuple(several) for about, several in found.items()}, drawn, unsure)


def _study(sheet: Sheet, linker: Linker, name: str, one: Mapping[str, Any]) -> ShownEvidence:
    sources = statement(sheet.kb, sheet.kb.summaries[name]).sources
    cites = tuple(dict.fromkeys(sheet.cite(SourceRef(ref=source.id)) for source in sources))
    drawn = one.get("picture")
    sure = level_words(one["level"], sheet.lang)
    return ShownEvidence(
        says=Sentence(linker.link(one["says"]), False, cites),
        counts="" if drawn is None else drawn["counts"],
        pictures=() if drawn is None else tuple(_pictures(sheet, drawn)),
        numbers=tuple(one["numbers"]),
        sure=sure,
        reasons=one["sure"].removeprefix(sure).strip(),
        people=_people(sheet, name),
        studies=sheet.say("guide.approaches.study", names=", ".join(one["studies"])),
        unverified=one.get("unverified", False),
    )


def _people(sheet: Sheet, name: str) -> str:
    """Who took part in the study that leads: a number says nothing without them."""
    population = sheet.kb.results[sheet.kb.summaries[name].results[0]].population.in_language(sheet.lang)
    return str(sheet.say("reading.study.people", people=population.rstrip(".")))


def _pictures(sheet: Sheet, drawn: Mapping[str, Any]) -> Iterable[Picture]:
    title = sheet.say("reading.study.picture")
    for group in drawn["groups"]:
        people, label, words = group["people"], group["label"], group["words"]
        estimate = Estimate(people["value"], people.get("low"), people.get("high"))
        desc = f"{label}: {words}"
        yield Picture(
            label, pictogram_svg(estimate, key=sheet.key(), title=title, desc=desc, good=drawn["good"]), words
        )
